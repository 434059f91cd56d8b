//! Times that an outcome may have: one given when the question of its step was abandoned, which the next
//! answer is offered again, and one that its text names.

use chrono::TimeDelta;

use super::late::late;
use super::typed::is_yes;
use super::{Act, Asking, Done, Question, QuestionPart, SoFar, Then, Walk};
use crate::clock::Clock;
use crate::fact::{Precision, When};
use crate::incident::event::Outcome;
use crate::incident::{Incident, StepKey};

/// Shown when a question is abandoned that may not have been the first: what was answered before is on
/// disk already.
const BACK: &str =
    "Back at the step, which stays open. Earlier answers are kept; u takes back the last one.";

/// Shown when a question is abandoned before which nothing was answered.
const NOTHING: &str = "Back at the step; nothing was recorded.";

/// Shown when a question is abandoned and only the text typed with the key was kept.
const NOTED: &str = "Back at the step, which stays open. What you typed with it is kept as a note.";

/// Shown when the report on a command is abandoned.
const UNREPORTED: &str =
    "Back at the step. The command is not reported; c asks again. u takes back what came before.";

/// The time of day that a text names for what it tells: at its beginning, `at 10:55, page closed`, behind
/// `since`, or at its end if that was in the last hours, `all cut at 12:40`.
pub(super) fn spoken(text: &str, clock: &dyn Clock) -> Option<When> {
    const BEFORE: [&str; 4] = ["at ", "around ", "about ", "since "];
    let begins = BEFORE.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let since = || text.split_once(" since ").and_then(|(_, since)| time_of_day(since, clock));
    let ends = || {
        let (_, end) = text.rsplit_once(" at ").filter(|(_, end)| !end.contains(' '))?;
        // A time that is still ahead is an appointment, and would be read as yesterday's.
        let recent = TimeDelta::zero()..TimeDelta::hours(12);
        time_of_day(end, clock)
            .filter(|when| recent.contains(&(clock.now().at - when.earliest.to_utc())))
    };
    time_of_day(begins, clock).or_else(since).or_else(ends).or_else(|| within(text, clock))
}

/// The only time of day in a text, if it was in the last day and no word before it makes it another one:
/// `saved at 15:40 today, by the vendor`.
fn within(text: &str, clock: &dyn Clock) -> Option<When> {
    const OTHER: [&str; 10] =
        ["until", "till", "to", "by", "from", "before", "after", "between", "and", "-"];
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_time = |word: &&str| time_of_day(word, clock).is_some();
    let at = super::only((0..words.len()).filter(|&at| is_time(&words[at])))?;
    let before = words[..at].iter().rev().find(|word| **word != "at")?.to_lowercase();
    let when = spoken_within(text, clock)?;
    let recent = TimeDelta::zero()..TimeDelta::hours(24);
    let is_recent = recent.contains(&(clock.now().at - when.earliest.to_utc()));
    let is_ahead = text.contains("call at") || text.contains("back at");
    (is_recent && !is_ahead && !OTHER.contains(&&*before)).then_some(when)
}

/// The time of day with which a text begins.
fn time_of_day(text: &str, clock: &dyn Clock) -> Option<When> {
    let time = text.split([' ', ',', ';']).next()?.trim_end_matches([':', '.']);
    let (hour, minute) = time.split_once(':')?;
    let is_number = |part: &str| part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
    (is_number(hour) && is_number(minute))
        .then(|| When::parse(time, clock).ok())?
        .map(|at| at.value)
}

/// Whether a text names a day, in figures or words, beside its other words: `MC-42 by mail 30/11`.
pub(super) fn names_day(text: &str, clock: &dyn Clock) -> bool {
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let is_word = |span: &[&str]| {
        let span = span.join(" ");
        span.contains(char::is_alphabetic)
            && !span.contains([':', '-'])
            && When::parse(&span, clock).is_ok_and(|when| when.value.precision == Precision::Day)
    };
    words.iter().any(|word| is_figure(word))
        || (1..=2).any(|length| words.windows(length).any(is_word))
}

/// Whether a word may be a day and a month, `30/11`, `8.12.`.
fn is_figure(word: &str) -> bool {
    let mut parts = word.trim_end_matches('.').split(['/', '.']);
    let mut next =
        || parts.next().and_then(|part| part.parse::<u8>().ok()).filter(|n| (1..=31).contains(n));
    let is_day = next().is_some() && next().is_some();
    is_day && word.len() <= 10
}

/// The first time that stands in a text: `filed yesterday 22:40 by Ana`, `sent an hour ago`.
pub(super) fn spoken_within(text: &str, clock: &dyn Clock) -> Option<When> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.iter().any(|word| is_figure(word)) {
        // Nobody can tell the day.
        return None;
    }
    let mut spans = (0..words.len()).flat_map(|at| (1..=3).rev().map(move |length| (at, length)));
    spans.find_map(|(at, length)| {
        let span = words.get(at..at + length)?.join(" ");
        let span = span.trim_end_matches([',', ';', '.']);
        let is_spoken = ["half past ", "quarter "].iter().any(|word| span.starts_with(word));
        (span.contains(':') || span.ends_with(" ago") || is_spoken)
            .then(|| When::parse(span, clock).ok())?
            .map(|when| when.value)
    })
}

impl Asking {
    /// What to say when it is abandoned, after so much came of the act.
    fn abandoned(&self, so_far: SoFar) -> &'static str {
        match (self, so_far) {
            (Self::Elsewhere { .. }, _) => UNREPORTED,
            (_, SoFar::Noted) if self.is_calling_done() => NOTED,
            (_, SoFar::Recorded) if self.is_calling_done() => BACK,
            _ => NOTHING,
        }
    }

    /// Whether it is asked because something was called done.
    fn is_calling_done(&self) -> bool {
        match self {
            Self::Fact { then, .. } | Self::Drops { then, .. } | Self::Destroy { then, .. } => {
                matches!(then, Then::Done(_))
            }
            Self::Decided { .. } | Self::Choice { .. } | Self::Evidence { .. } => true,
            _ => false,
        }
    }

    /// The time given for an outcome not yet recorded.
    fn moment(&self, clock: &dyn Clock) -> Option<(StepKey, When)> {
        let (at, done) = match self {
            Self::Fact { at, then: Then::Done(done), .. }
            | Self::Decided { at, then: Then::Done(done), .. }
            | Self::Drops { at, then: Then::Done(done), .. }
            | Self::Destroy { at, then: Then::Done(done) }
            | Self::Choice { at, done, .. }
            | Self::Evidence { at, done, .. }
            | Self::Reason { at, done, .. } => (at, done),
            Self::Begun { at, when, .. } => return Some((at.clone(), when.clone())),
            Self::Which { at, text, .. } | Self::Reading { at, whole: text, .. } => {
                return Some((at.clone(), late(text, clock).ok()?.at?));
            }
            _ => return None,
        };
        Some((at.clone(), done.occurred.clone()?))
    }
}

impl Walk<'_> {
    /// Goes back to the step and leaves the question open. Returns the message to show.
    pub fn go_back(&mut self, clock: &dyn Clock) -> String {
        let moment = self.mode.moment(clock);
        let left = std::mem::replace(&mut self.mode, Asking::Step);
        let back = left.abandoned(self.begun_act);
        if !matches!(left, Asking::Elsewhere { .. }) && self.begun_act != SoFar::Recorded {
            self.begun_act = SoFar::Abandoned;
        }
        self.later.clear();
        let Some((at, when)) = moment else { return back.to_owned() };
        let said = format!("{back} Your next answer will offer this time again: {}.", when.show());
        self.begun = Some((at, when));
        said
    }

    /// Whether what was said with the outcome that follows is on disk already.
    pub fn has_said(&self) -> bool {
        self.mode.said().is_some()
    }

    /// Whether the question that stands open is asked because something was called done.
    pub fn is_calling_done(&self) -> bool {
        self.mode.is_calling_done()
    }

    /// The text that waits for the items that it is about.
    pub fn held(&self) -> Option<&str> {
        match &self.mode {
            Asking::Which { text, .. } | Asking::Reading { whole: text, .. } => {
                Some(text.trim()).filter(|text| !text.is_empty())
            }
            _ => None,
        }
    }

    /// Has the question that stands open be about its fact alone: somebody else settled the step.
    pub fn detach(&mut self) {
        if let Asking::Fact { queue, then, .. } = &mut self.mode {
            queue.truncate(1);
            *then = Then::Nothing;
        }
    }

    /// The time given for this step before, if its question was abandoned.
    pub(super) fn begun(&self, at: &StepKey) -> Option<When> {
        let (of, when) = self.begun.as_ref()?;
        let same = of.step == at.step && (of.item.is_none() || of.item == at.item);
        same.then(|| when.clone())
    }

    pub(super) fn ask_begun(at: &StepKey, when: &When) -> Question {
        let mut question =
            Question::plain(at, QuestionPart::Aside, "Did it happen at that time? [Y/n] ");
        question.lines.push(format!("You gave a time: {}.", when.show()));
        question
    }

    /// Takes the reply whether the time given before still holds, and continues with the outcome.
    pub(super) fn is_begun(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        at: StepKey,
        (outcome, done, text, when): (Outcome, Done, String, When),
        reply: &str,
    ) -> Vec<Act> {
        if self.is_typed_for_a_step(reply) && reply.trim().chars().count() > 1 {
            self.mode = Asking::Begun { at, outcome, done, text, when };
            return vec![Act::Refuse("Answer y or n first; < goes back to the step.".to_owned())];
        }
        let holds = is_yes(reply) || reply.trim().is_empty();
        if self.patient && !holds && !["n", "no"].contains(&&*reply.trim().to_lowercase()) {
            self.mode = Asking::Begun { at, outcome, done, text, when };
            return vec![Act::Refuse("Answer y or n; < goes back to the step.".to_owned())];
        }
        self.begun = None;
        let done = Done { occurred: holds.then_some(when), timed: true, ..done };
        match outcome {
            Outcome::Done => self.done(incident, clock, at, done, &text),
            outcome => self.outcome(incident, clock, at, outcome, done, &text),
        }
    }
}

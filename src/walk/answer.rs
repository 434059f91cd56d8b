//! What follows from a reply.

use super::key::{self, Key};
use super::people::{is_person, is_state, person_first, promised, reasoned};
use super::{Act, Asking, Done, SoFar, Then, Walk, check_at, only};
use crate::clock::Clock;
use crate::fact::Fact;
use crate::incident::event::Outcome;
use crate::incident::{Incident, StepKey};
use crate::wording;

impl Walk<'_> {
    /// Takes the reply to the question that [`Walk::turn`] asked.
    pub fn answer(&mut self, incident: &Incident, clock: &dyn Clock, reply: &str) -> Vec<Act> {
        if self.patient && !self.is_at_step() {
            match reply.trim() {
                "q" => {
                    self.go_back(clock);
                    let lost = self.begun.as_ref().map(|(_, when)| {
                        let when = when.show();
                        Act::Warn(format!("the time that you gave is not recorded: {when}"))
                    });
                    return lost.into_iter().chain([Act::Stop]).collect();
                }
                "<" => {
                    return vec![Act::Say(self.go_back(clock))];
                }
                "?" => {
                    if let Some(help) = self.mode.help() {
                        return vec![Act::Say(format!("{help} < goes back to the step, q stops."))];
                    }
                }
                _ => {}
            }
        }
        if self.is_at_step() {
            // Another line takes back what was to be confirmed.
            self.sure = self.sure.take().filter(|sure| reply.contains(sure.as_str()));
            let before = std::mem::replace(&mut self.begun_act, SoFar::Nothing);
            let is_undo = matches!(key::parse(reply), Some((Key::Undo, _)));
            if before == SoFar::Abandoned && is_undo {
                let nothing =
                    "Nothing was recorded there. u again takes back what you recorded before it.";
                return vec![Act::Say(nothing.to_owned())];
            }
        }
        let before = self.patient.then(|| self.clone());
        let acts = self.take(incident, clock, reply);
        self.begun_act = self.begun_act.max(SoFar::of(&acts));
        let (Some(before), Some(told)) = (before, self.doubt.take()) else { return acts };
        let Some(at) = before.chosen.clone() else { return acts };
        // Nothing has come of the line yet: it is taken again when the moment is right.
        let (line, asked) = (reply.to_owned(), Box::new(before.mode.clone()));
        *self = Self { mode: Asking::Moment { at, line, told, asked }, ..before };
        Vec::new()
    }

    /// Takes a reply as it is, for what it answers.
    pub(super) fn take(&mut self, incident: &Incident, clock: &dyn Clock, reply: &str) -> Vec<Act> {
        match std::mem::replace(&mut self.mode, Asking::Step) {
            Asking::Step | Asking::Pending { .. } => self.at_step(incident, clock, reply),
            Asking::Fact { at, queue, then }
                if reply.trim().is_empty() && self.sure.take().is_some() =>
            {
                let is_known = incident.fact_value(&queue[0]).is_some();
                let or = if is_known { "Enter again keeps what is known" } else { "or unknown" };
                self.mode = Asking::Fact { at, queue, then };
                vec![Act::Refuse(format!("Your answer is not recorded yet: type it again; {or}."))]
            }
            Asking::Fact { at, queue, then } => {
                self.fact(incident, clock, (at, queue, then), reply)
            }
            Asking::Decided { at, queue, then, decided } => {
                self.decided(incident, (at, queue, then), decided, reply)
            }
            Asking::Choice { at, done, choice } => self.chosen(incident, (at, done, choice), reply),
            Asking::Evidence { at, queue, done, .. } => {
                self.evidence(incident, at, queue, done, reply)
            }
            Asking::Destroy { at, then } => self.destroy(incident, at, then, reply),
            Asking::Sentence { at, text } => self.sentence(incident, clock, at, text, reply),
            Asking::Reason { .. } if self.patient && reply.trim().is_empty() => {
                vec![Act::Say("Nothing is recorded; the step stays open.".to_owned())]
            }
            Asking::Reason { at, outcome, done }
                if self.patient && self.is_typed_for_a_step(reply) =>
            {
                self.mode = Asking::Reason { at, outcome, done };
                vec![Act::Refuse("That is a key; < goes back to the step.".to_owned())]
            }
            Asking::Reason { at, outcome: Outcome::Done, done } => {
                self.done(incident, clock, at, done, reply)
            }
            Asking::Reason { at, outcome, done } => {
                self.outcome(incident, clock, at, outcome, done, reply)
            }
            Asking::Begun { at, outcome, done, text, when } => {
                self.is_begun(incident, clock, at, (outcome, done, text, when), reply)
            }
            Asking::Which { at, key, text } => self.which(incident, clock, (at, key, text), reply),
            Asking::Reading { at, key, items, text, whole } => {
                self.reading(incident, clock, at, (key, items, text, whole), reply)
            }
            Asking::Filled { at, command, name, value } => {
                self.filled(incident, &at, (&command, name, value), reply)
            }
            Asking::Moment { line, asked, .. } => {
                self.moment(incident, clock, (line, *asked), reply)
            }
            Asking::Drops { at, queue, then, reply: answer, .. } => {
                self.drops(incident, clock, (at, queue, then), &answer, reply)
            }
            Asking::KeepNote { at, text } => self.keep_note(incident, clock, (at, text), reply),
            Asking::Note { at }
                if self.patient
                    && reply.trim().contains(' ')
                    && self.is_typed_for_a_step(reply)
                    && !self.is_sure(reply) =>
            {
                self.sure = Some(reply.to_owned());
                self.mode = Asking::Note { at };
                vec![Act::Refuse(
                    "That begins like a key. < goes back to the step; the same line again is kept as \
                     the note."
                        .to_owned(),
                )]
            }
            Asking::Note { at } => self.note(&at, clock, reply),
            // An empty line takes these questions back.
            Asking::FactName { .. } | Asking::EvidenceSpec { .. } | Asking::WhichCommand { .. }
                if reply.trim().is_empty() =>
            {
                Vec::new()
            }
            Asking::FactName { at } => self.pick_fact(incident, clock, at, reply),
            Asking::EvidenceSpec { places } => self.pick_evidence(incident, &places, reply),
            Asking::WhichExhibit { places, spec } => {
                self.which_exhibit(incident, (places, spec), reply)
            }
            Asking::WhichCommand { at, elsewhere } => {
                self.pick_command(incident, at, reply.trim(), elsewhere)
            }
            Asking::Confirm { attempt, .. } => self.confirm(attempt, reply),
            Asking::Elsewhere { at, report } => self.elsewhere(at, report, reply),
        }
    }

    /// Goes on after acts were carried out and folded; to be called after every answer, until it
    /// returns nothing and it is time for the next question.
    pub fn resume(&mut self, incident: &Incident) -> Vec<Act> {
        let acts = match std::mem::replace(&mut self.mode, Asking::Step) {
            Asking::Evidence { at, queue, done, handed: true } => {
                self.after_evidence(incident, at, queue, done)
            }
            Asking::Pending { at, then } => self.after_facts(incident, at, then),
            Asking::Fact { at, queue, then } => self.spare(incident, at, queue, then),
            Asking::Step => self.next_command(incident),
            mode => {
                self.mode = mode;
                Vec::new()
            }
        };
        self.begun_act = self.begun_act.max(SoFar::of(&acts));
        acts
    }

    /// Whether the next question is about a step, and not one of those that follow from a key.
    pub fn is_at_step(&self) -> bool {
        matches!(self.mode, Asking::Step | Asking::Pending { .. })
    }

    /// Skipped, not applicable, blocked, waiting or assigned: each with its reason.
    pub(super) fn outcome(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        at: StepKey,
        outcome: Outcome,
        done: Done,
        text: &str,
    ) -> Vec<Act> {
        let (occurred, text, mut acts) = match self.late(text, clock) {
            Ok(late) => (late.at.or(done.occurred.clone()), late.text.trim(), late.said),
            Err(hint) => {
                self.mode = Asking::Reason { at, outcome, done };
                return vec![Act::Refuse(format!("Not understood: {hint}."))];
            }
        };
        let done = Done { occurred, ..done };
        if let Some(when) = self.begun(&at).filter(|_| done.occurred.is_none()) {
            self.mode = Asking::Begun { at, outcome, done, text: text.to_owned(), when };
            return acts;
        }
        if text.is_empty() {
            self.mode = Asking::Reason { at, outcome, done };
            return acts;
        }
        let sure = self.is_sure(text) || !self.patient;
        // Who changes their own mind is not asked.
        let is_own = self.is_own(incident, &at);
        if let Some(replaced) = self.replaced(incident, &at, &done).filter(|_| !sure && !is_own) {
            self.held = true;
            self.sure = Some(text.to_owned());
            return vec![Act::Refuse(format!("{replaced}. The same line again replaces that."))];
        }
        if outcome != Outcome::Waiting {
            let done = Done { text: Some(text.to_owned()), ..done };
            acts.extend(self.settle(incident, at, outcome, done));
            return acts;
        }
        let (what, check_at) = check_at::split(text, clock);
        let check_at = check_at.map(|at| {
            acts.extend(at.remarks.into_iter().map(Act::Say));
            at.value
        });
        let own = what.strip_prefix("for ").unwrap_or(&what);
        // `w me, tomorrow`.
        let first = own.split([',', ':']).next().unwrap_or_default();
        let is_own = self.own_name(first) != first;
        let what = if is_own { format!("to {own}") } else { what };
        let done = Done { check_at: check_at.or(done.check_at), ..done };
        if what.is_empty() {
            self.mode = Asking::Reason { at, outcome, done };
            return acts;
        }
        let late = check_at::unread(&what, clock).filter(|_| done.check_at.is_none());
        let late = late.map(str::to_owned);
        let (outcome, done) = if let Some(given) = what.strip_prefix("to ").map(str::trim) {
            // `to Priya will cut it`: the name, and what she does.
            let named = late.as_deref().and_then(|late| {
                let name = given.strip_suffix(late)?.trim_end_matches([' ', ',']);
                (!name.is_empty()).then_some((name, late))
            });
            let person = || person_first(incident, given).or_else(|| reasoned(incident, given));
            let (name, how) = promised(given).or(named).or_else(person).unwrap_or((given, ""));
            let text = Some(how.to_owned()).filter(|how| !how.is_empty());
            let to = Some(self.own_name(name).to_owned());
            (Outcome::Assigned, Done { text, to, ..done })
        } else {
            let promise =
                promised(&what).filter(|(_, how)| self.patient && !sure && !is_state(how));
            if let Some((name, _)) = promise.filter(|(name, _)| is_person(incident, name)) {
                let why = format!(
                    "Is it {name}'s now? `to {name}` gives it to {name}; the same again waits for that."
                );
                self.sure = Some(text.to_owned());
                self.mode = Asking::Reason { at, outcome, done };
                return vec![Act::Refuse(why)];
            }
            (Outcome::Waiting, Done { text: Some(what), ..done })
        };
        let whom = done.to.as_ref().or(done.text.as_ref()).cloned().unwrap_or_default();
        let doubt = self.doubtful_name(incident, outcome, &whom);
        acts.extend(self.settle(incident, at, outcome, done));
        acts.extend(doubt.map(Act::Say));
        acts.extend(late.map(|late| {
            Act::Warn(format!("`{late}` was not read as a time, so nobody is reminded"))
        }));
        acts
    }

    /// `f name value`, `f name`, or `f` alone.
    pub(super) fn pick_fact(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        at: StepKey,
        rest: &str,
    ) -> Vec<Act> {
        let rest = rest.trim();
        if rest.is_empty() {
            self.mode = Asking::FactName { at };
            return Vec::new();
        }
        let Some((name, value)) = self.fact_in_line(rest) else {
            let word = rest.split([' ', '=']).next().unwrap_or_default();
            let hint = self.facts_like(word);
            let say = format!("There is no fact `{word}`.{hint} f and Enter lists some.");
            return vec![Act::Refuse(say)];
        };
        let queue = vec![name];
        if value.is_empty() {
            self.next_fact(at, queue, Then::Nothing);
            return Vec::new();
        }
        let value = value.to_owned();
        self.fact(incident, clock, (at, queue, Then::Nothing), &value)
    }

    /// A fact by its name, or by the words that the screen shows for it, and what is said of it.
    pub(super) fn named_fact<'r>(&self, rest: &'r str) -> Option<(String, &'r str)> {
        let after = |end: usize| {
            rest.get(end..).filter(|after| after.is_empty() || after.starts_with([' ', '=', ':']))
        };
        // A second sign belongs to the value: `= -y` is the text `-y`.
        let value = |after: &'r str| after.strip_prefix([' ', '=', ':']).unwrap_or("").trim_start();
        let (first, _) = rest.split_once([' ', '=']).unwrap_or((rest, ""));
        // `exposed keys + x`: what stands before the sign names it.
        let sign = [" + ", " - ", " = "].iter().filter_map(|sign| rest.find(sign)).min();
        if let Some(at) = sign
            && rest[..at].contains(' ')
            && let Ok(fact) = self.vocabulary.named(&rest[..at])
        {
            return Some((fact.name.clone(), value(&rest[at..])));
        }
        let words = rest.to_lowercase();
        // By its title, or by its name with blanks: `home country`.
        let titled = self.vocabulary.iter().flat_map(|fact| {
            let called = [fact.title.to_lowercase(), fact.name.replace('_', " ")];
            called.into_iter().map(move |called| (called, fact))
        });
        let titled = titled.filter_map(|(called, fact)| {
            let after = after(called.len()).filter(|_| words.starts_with(&called))?;
            Some((called.len(), fact, value(after)))
        });
        // `aware of the breach` is a title that begins with the name of its fact.
        match titled.max_by_key(|(length, ..)| *length) {
            Some((length, fact, value)) if length > first.len() => {
                return Some((fact.name.clone(), value));
            }
            _ if self.vocabulary.get(first).is_some() => {
                return Some((first.to_owned(), value(&rest[first.len()..])));
            }
            Some((_, fact, value)) => return Some((fact.name.clone(), value)),
            None => {}
        }
        let one = self.vocabulary.named(rest).ok()?;
        Some((one.name.clone(), ""))
    }

    /// A fact as a line behind `f` names it, and what is said of it.
    pub(super) fn fact_in_line<'r>(&self, rest: &'r str) -> Option<(String, &'r str)> {
        let of_step = || self.fact_of_step(self.chosen.as_ref()?, rest);
        self.named_fact(rest).or_else(of_step)
    }

    /// The fact that one word means, in all or at this step, and what is said of it: `hosts srv-1`.
    fn fact_of_step<'r>(&self, at: &StepKey, rest: &'r str) -> Option<(String, &'r str)> {
        let (word, value) = rest.split_once([' ', '=', ':']).unwrap_or((rest, ""));
        if let Ok(fact) = self.vocabulary.named(word) {
            return Some((fact.name.clone(), value.trim_start()));
        }
        let step = self.step(at)?;
        let listed = step.for_each.iter().filter(|list| !step.ask.contains(list));
        let has = |name: &&String| name.split('_').any(|part| part.eq_ignore_ascii_case(word));
        let of_step = only(step.ask.iter().chain(listed).filter(has));
        let name =
            of_step.or_else(|| only(self.vocabulary.iter().map(|fact| &fact.name).filter(has)));
        Some((name.filter(|_| self.patient)?.clone(), value.trim_start()))
    }

    /// Which facts may be meant by a word that names none: those that have it in their title, or the one
    /// whose name is nearest.
    fn facts_like(&self, word: &str) -> String {
        let lower = word.to_lowercase();
        let has = |fact: &&Fact| {
            let title = fact.title.to_lowercase();
            title.split(' ').chain(fact.name.split('_')).any(|part| part == lower)
        };
        let titled: Vec<&str> =
            self.vocabulary.iter().filter(has).map(|fact| fact.name.as_str()).collect();
        match (titled.as_slice(), self.vocabulary.nearest(word)) {
            ([], Some(near)) => format!(" Did you mean `{near}`?"),
            ([], None) => String::new(),
            (titled, _) => format!(" Did you mean {}?", wording::some(titled, 4)),
        }
    }
}

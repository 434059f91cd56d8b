//! A moment that was given for a step whose question was left again: it is offered when the step is
//! answered, not lost.

use super::late::late;
use super::typed::is_yes;
use super::{Act, Asking, Done, Question, QuestionPart, Then, Walk};
use crate::clock::Clock;
use crate::fact::When;
use crate::incident::event::Outcome;
use crate::incident::{Incident, StepKey};

/// What is said when a question is left: what came before it is on disk.
const BACK: &str =
    "Back at the step, which stays open. What is in the log stays there; u takes it back.";

impl Asking {
    /// The moment of an outcome on its way.
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
    /// Goes back to the step; what was asked stays open. Returns what to say of it.
    pub fn go_back(&mut self, clock: &dyn Clock) -> String {
        let moment = self.mode.moment(clock);
        self.mode = Asking::Step;
        self.later.clear();
        let Some((at, when)) = moment else { return BACK.to_owned() };
        let said = format!("{BACK} The next answer offers your time again: {}.", when.show());
        self.begun = Some((at, when));
        said
    }

    /// The moment that was given for this step before, if its question was left.
    pub(super) fn begun(&self, at: &StepKey) -> Option<When> {
        let (of, when) = self.begun.as_ref()?;
        let same = of.step == at.step && (of.item.is_none() || of.item == at.item);
        same.then(|| when.clone())
    }

    pub(super) fn ask_begun(at: &StepKey, when: &When) -> Question {
        let mut question =
            Question::plain(at, QuestionPart::Aside, "Did it happen at that time? [y/N] ");
        question.lines.push(format!("You began this with a time: {}.", when.show()));
        question
    }

    /// Takes whether the moment that was given before is the one.
    pub(super) fn is_begun(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        at: StepKey,
        (outcome, done, text, when): (Outcome, Done, String, When),
        reply: &str,
    ) -> Vec<Act> {
        self.begun = None;
        let done = Done { occurred: is_yes(reply).then_some(when), ..done };
        match outcome {
            Outcome::Done => self.done(incident, clock, at, done, &text),
            outcome => self.outcome(incident, clock, at, outcome, done, &text),
        }
    }
}

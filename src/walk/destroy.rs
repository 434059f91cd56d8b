//! A step that destroys evidence which is not kept yet: nothing runs and nothing is done before
//! somebody says so, and why.

use super::plan::{Plan, titled};
use super::{Act, Asking, Question, QuestionPart, Then, Walk};
use crate::incident::event::Note;
use crate::incident::{Incident, StepKey};
use crate::playbook::Step;

impl Walk<'_> {
    /// Whether an act destroys what is not kept yet, and nobody has confirmed it in this walk.
    pub(super) fn destroys_unkept(&self, incident: &Incident, targets: &[StepKey]) -> bool {
        let unsure = targets.iter().filter(|at| !self.confirmed.contains(*at)).cloned();
        !self.unkept(incident, &unsure.collect::<Vec<_>>()).is_empty()
    }

    /// Titles of the steps that should have kept what an act destroys, each with the items not kept.
    /// All targets must belong to one step.
    pub(super) fn unkept(&self, incident: &Incident, targets: &[StepKey]) -> Vec<String> {
        let step = targets.first().and_then(|at| self.step(at));
        if step.is_none_or(|step| step.destroys.is_empty()) {
            return Vec::new();
        }
        let plan = Plan::new(self.playbook, incident);
        let mut unkept: Vec<(&Step, Vec<&str>)> = Vec::new();
        for place in targets.iter().flat_map(|at| self.places(&plan, at)) {
            for (keeper, items) in plan.keepers(self.playbook, incident, place) {
                match unkept.iter_mut().find(|(known, _)| known.id == keeper.id) {
                    Some((_, known)) => {
                        let new = items.into_iter().filter(|item| !known.contains(item));
                        known.extend(new.collect::<Vec<_>>());
                    }
                    None => unkept.push((keeper, items)),
                }
            }
        }
        unkept.iter().map(|(keeper, items)| titled(keeper, items)).collect()
    }

    pub(super) fn ask_destroy(&self, incident: &Incident, at: &StepKey, then: &Then) -> Question {
        let unkept = self.unkept(incident, &then.targets(at));
        let mut question = Question::plain(
            at,
            QuestionPart::Destroy,
            "Type `destroy` and the reason, anything else to go back: ",
        );
        question.lines.push("This step destroys evidence that has not been kept yet:".to_owned());
        question.lines.extend(unkept.iter().map(|title| format!("  - {title}")));
        question
    }

    pub(super) fn destroy(
        &mut self,
        incident: &Incident,
        at: StepKey,
        then: Then,
        reply: &str,
    ) -> Vec<Act> {
        let reply = reply.trim();
        let (word, why) = reply.split_once(char::is_whitespace).unwrap_or((reply, ""));
        if word != "destroy" {
            return vec![Act::Say("Not confirmed; the step stays open.".to_owned())];
        }
        if why.trim().is_empty() && self.patient {
            self.mode = Asking::Destroy { at, then };
            return vec![Act::Refuse("Add the reason: destroy REASON.".to_owned())];
        }
        let targets = then.targets(&at);
        let why = if why.is_empty() { "no reason given" } else { why.trim() };
        let note = self.note_of_loss(&at, &self.unkept(incident, &targets), why);
        self.confirmed.extend(targets);
        match then {
            Then::Done(done) => self.ask_facts_of(incident, at, done),
            then => self.mode = Asking::Pending { at, then },
        }
        vec![note]
    }

    /// Records that somebody wants it although this is not kept, and why.
    pub(super) fn note_of_loss(&self, at: &StepKey, unkept: &[String], why: &str) -> Act {
        let unkept = unkept.join("; ");
        let text = format!("Confirmed although this evidence was not kept: {unkept}. Why: {why}");
        self.draft(at, Note::new(text), None)
    }
}

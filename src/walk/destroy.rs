//! A step that destroys evidence which is not kept yet: nothing runs and nothing is done before
//! somebody says so, and why.

use super::plan::Plan;
use super::{Act, Asking, Question, QuestionPart, Then, Walk};
use crate::incident::event::Note;
use crate::incident::{Incident, StepKey};

impl Walk<'_> {
    /// Whether a step destroys what is not kept yet, and nobody has confirmed it in this walk.
    pub(super) fn destroys_unkept(&self, incident: &Incident, at: &StepKey) -> bool {
        !self.confirmed.contains(at) && !self.unkept(incident, at).is_empty()
    }

    /// Titles of the steps that should have kept what this one destroys.
    pub(super) fn unkept(&self, incident: &Incident, at: &StepKey) -> Vec<String> {
        let plan = Plan::new(self.playbook, incident);
        let places = self.places(&plan, at).into_iter();
        let mut unkept: Vec<String> =
            places.flat_map(|place| plan.unkept(self.playbook, incident, place)).collect();
        unkept.dedup();
        unkept
    }

    pub(super) fn ask_destroy(&self, incident: &Incident, at: &StepKey) -> Question {
        let unkept = self.unkept(incident, at);
        let mut question = Question::plain(
            at,
            QuestionPart::Destroy,
            "Type `destroy` and the reason, anything else to go back: ",
        );
        question.lines.push("This step destroys evidence that has not been kept yet:".to_owned());
        question.lines.extend(unkept.into_iter().map(|title| format!("  - {title}")));
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
        let unkept = self.unkept(incident, &at).join("; ");
        let why = if why.is_empty() { "no reason given" } else { why.trim() };
        let text = format!("Confirmed although this evidence was not kept: {unkept}. Why: {why}");
        let note = self.draft(&at, Note::new(text), None);
        self.confirmed.insert(at.clone());
        if let Then::Done(done) = &then {
            self.confirmed.extend(super::done::targets(&at, done));
        }
        match then {
            Then::Done(done) => self.ask_facts_of(at, done),
            then => self.mode = Asking::Pending { at, then },
        }
        vec![note]
    }
}

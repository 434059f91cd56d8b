//! A step that destroys evidence which is not kept yet: nothing runs and nothing is done before
//! somebody says so, and why.

use super::plan::{Plan, titled};
use super::typed::is_yes;
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
        let unkept = self.keepers(&plan, incident, targets).into_iter();
        unkept.map(|(keeper, items)| titled(keeper, &items)).collect()
    }

    /// The same as steps.
    fn keepers<'a>(
        &'a self,
        plan: &'a Plan,
        incident: &Incident,
        targets: &[StepKey],
    ) -> Vec<(&'a Step, Vec<&'a str>)> {
        let mut unkept: Vec<(&Step, Vec<&str>)> = Vec::new();
        for place in targets.iter().flat_map(|at| self.places(plan, at)) {
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
        unkept
    }

    /// Why evidence of this kind was given up before in this walk, if all of it was: whoever said so once
    /// only has to stand by it.
    fn gave_up(&self, incident: &Incident, targets: &[StepKey]) -> Option<&str> {
        let (steps, why) = self.given_up.as_ref().filter(|_| self.patient)?;
        let plan = Plan::new(self.playbook, incident);
        let keepers = self.keepers(&plan, incident, targets);
        keepers.iter().all(|(keeper, _)| steps.contains(&keeper.id)).then_some(why)
    }

    pub(super) fn ask_destroy(&self, incident: &Incident, at: &StepKey, then: &Then) -> Question {
        let targets = then.targets(at);
        let unkept = self.unkept(incident, &targets);
        let mut question = Question::plain(
            at,
            QuestionPart::Destroy,
            "Type `destroy` and the reason, anything else to go back: ",
        );
        question.lines.push("This step destroys evidence that has not been kept yet:".to_owned());
        question.lines.extend(unkept.iter().map(|title| format!("  - {title}")));
        let again = self.gave_up(incident, &targets);
        question.lines.extend(again.map(|why| format!("y: for the same reason as before: {why}")));
        question
    }

    pub(super) fn destroy(
        &mut self,
        incident: &Incident,
        at: StepKey,
        then: Then,
        reply: &str,
    ) -> Vec<Act> {
        let targets = then.targets(&at);
        let again = self.gave_up(incident, &targets).filter(|_| is_yes(reply));
        let again = again.map(|why| format!("destroy {why}"));
        let reply = again.as_deref().unwrap_or(reply).trim();
        let (word, why) = reply.split_once(char::is_whitespace).unwrap_or((reply, ""));
        // The reason alone, once it was asked for.
        let is_reason = word != "destroy" && !reply.is_empty() && self.is_sure("destroy");
        let (word, why) = if is_reason { ("destroy", reply) } else { (word, why) };
        if word != "destroy" {
            return vec![Act::Say("Not confirmed; the step stays open.".to_owned())];
        }
        if why.trim().is_empty() && self.patient {
            self.mode = Asking::Destroy { at, then };
            self.sure = Some(word.to_owned());
            return vec![Act::Refuse("Why? The reason is recorded; < goes back.".to_owned())];
        }
        let plan = Plan::new(self.playbook, incident);
        let keepers = self.keepers(&plan, incident, &targets);
        let steps = keepers.iter().map(|(keeper, _)| keeper.id.clone()).collect();
        let why = if why.is_empty() { "no reason given" } else { why.trim() };
        let unkept: Vec<String> =
            keepers.iter().map(|(keeper, items)| titled(keeper, items)).collect();
        let note = self.note_of_loss(&at, &unkept, why);
        self.given_up = Some((steps, why.to_owned()));
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

//! From `d` to a recorded outcome: what was said, the evidence it owes, the entry.

use super::card::commands;
use super::plan::fill_item;
use super::{Act, Asking, Done, Keep, Question, QuestionPart, Then, Walk};
use crate::fact::When;
use crate::incident::event::{Draft, Note, Outcome, StepOutcome};
use crate::incident::{Incident, StepKey};
use crate::playbook::Step;

impl Walk<'_> {
    /// Starts to settle a step as done.
    pub(super) fn begin_done(&mut self, incident: &Incident, at: StepKey, done: Done) -> Vec<Act> {
        let facts = self.step(&at).is_some_and(|step| !step.ask.is_empty());
        let destroys = self.destroys_unkept(incident, &at);
        // What was said is on disk before the next question, whatever comes of the step.
        let said = done.text.as_ref().filter(|text| !text.is_empty());
        let more = facts || destroys || !self.wanted(incident, &at).is_empty();
        let note = said.filter(|_| more).map(|text| {
            let note = Note::new(text.clone());
            self.draft(&at, note, done.occurred.clone())
        });
        if destroys {
            self.mode = Asking::Destroy { at, then: Then::Done(done) };
        } else {
            self.ask_facts_of(at, done);
        }
        note.into_iter().collect()
    }

    /// Goes on after the facts were asked and folded.
    pub(super) fn after_facts(&mut self, incident: &Incident, at: StepKey, then: Then) -> Vec<Act> {
        match then {
            Then::Nothing => Vec::new(),
            Then::Run(command) => self.run(incident, at, &command),
            Then::Done(done) => {
                let queue = self.wanted(incident, &at);
                self.next_evidence(incident, at, queue, done)
            }
        }
    }

    /// Required evidence of a step that is not there yet.
    pub(super) fn wanted(&self, incident: &Incident, at: &StepKey) -> Vec<String> {
        let address = self.address(at);
        self.step(at)
            .into_iter()
            .flat_map(|step| &step.evidence)
            .filter(|wanted| wanted.required)
            .filter(|wanted| !incident.has_evidence(&address, &wanted.id, at.item.as_deref()))
            .map(|wanted| wanted.id.clone())
            .collect()
    }

    fn next_evidence(
        &mut self,
        incident: &Incident,
        at: StepKey,
        queue: Vec<String>,
        done: Done,
    ) -> Vec<Act> {
        if !queue.is_empty() {
            self.mode = Asking::Evidence { at, queue, done, handed: false };
            return Vec::new();
        }
        self.settle(incident, at, Outcome::Done, done)
    }

    pub(super) fn ask_evidence(&self, at: &StepKey, wanted: &str) -> Question {
        let title = self.wanted_title(at, wanted).unwrap_or_else(|| wanted.to_owned());
        let mut question =
            Question::plain(at, QuestionPart::Evidence(wanted.to_owned()), "Evidence: ");
        question.lines.push(format!("Wanted: {title}"));
        question.lines.push(
            "A path, a reference such as aws:snap-0a1b, or Enter to owe it for now.".to_owned(),
        );
        question
    }

    pub(super) fn wanted_title(&self, at: &StepKey, wanted: &str) -> Option<String> {
        let step = self.step(at)?;
        let wanted = step.evidence.iter().find(|evidence| evidence.id == wanted)?;
        Some(fill_item(&wanted.title, at.item.as_deref()))
    }

    pub(super) fn evidence(
        &mut self,
        incident: &Incident,
        at: StepKey,
        mut queue: Vec<String>,
        done: Done,
        reply: &str,
    ) -> Vec<Act> {
        let spec = reply.trim();
        let wanted = queue[0].clone();
        if !spec.is_empty() {
            self.mode = Asking::Evidence { at: at.clone(), queue, done, handed: true };
            return vec![self.keep(&at, spec, Some(wanted))];
        }
        queue.remove(0);
        let title = self.wanted_title(&at, &wanted).unwrap_or(wanted);
        let mut acts =
            vec![Act::Warn(format!("Owed: {title}. `status` and `close` will remind you."))];
        acts.extend(self.next_evidence(incident, at, queue, done));
        acts
    }

    /// Goes on after evidence was handed in: what could not be kept is asked for again.
    pub(super) fn after_evidence(
        &mut self,
        incident: &Incident,
        at: StepKey,
        mut queue: Vec<String>,
        done: Done,
    ) -> Vec<Act> {
        if incident.has_evidence(&self.address(&at), &queue[0], at.item.as_deref()) {
            queue.remove(0);
        }
        self.next_evidence(incident, at, queue, done)
    }

    pub(super) fn keep(&self, at: &StepKey, spec: &str, wanted: Option<String>) -> Act {
        Act::Keep(Box::new(Keep {
            spec: spec.to_owned(),
            title: wanted.as_deref().and_then(|wanted| self.wanted_title(at, wanted)),
            step: self.address(at),
            item: at.item.clone(),
            wanted,
            privileged: self.is_privileged(at),
        }))
    }

    /// Records an outcome and leaves the step. Of a step that is done, required evidence that is
    /// still missing is owed.
    pub(super) fn settle(
        &mut self,
        incident: &Incident,
        at: StepKey,
        outcome: Outcome,
        done: Done,
    ) -> Vec<Act> {
        let duty = self.of_duty(incident, &at, outcome, &done);
        let missing_evidence =
            if outcome == Outcome::Done { self.wanted(incident, &at) } else { Vec::new() };
        let body = StepOutcome {
            item: at.item.clone(),
            text: done.text.filter(|text| !text.is_empty()).map(Into::into),
            check_at: done.check_at,
            missing_evidence,
            used_facts: self.step(&at).map(|step| used(step, incident)).unwrap_or_default(),
            ..StepOutcome::new(outcome)
        };
        let mut acts: Vec<Act> = echo(done.occurred.as_ref()).into_iter().collect();
        let mut draft = Draft::from(body);
        draft.step = Some(self.address(&at));
        draft.occurred = done.occurred;
        draft.privileged = self.is_privileged(&at);
        draft.corrects = incident.step(self.playbook.phase, &at).map(|state| state.entry.clone());
        acts.push(Act::Record(Box::new(draft)));
        acts.extend(duty);
        if self.patient && outcome != Outcome::Done {
            acts.push(Act::Say(format!("Recorded: {}. To correct it, press b.", outcome.as_str())));
        }
        self.mode = Asking::Step;
        self.chosen = None;
        if !outcome.is_settled() {
            self.reviewed.insert(at.clone());
        }
        self.trail.retain(|other| *other != at);
        self.trail.push(at);
        acts
    }
}

/// Facts that a step looks at: its condition, its list, its commands and what it asks.
fn used(step: &Step, incident: &Incident) -> Vec<String> {
    let mut names: Vec<String> = step.ask.clone();
    names.extend(step.when.iter().flat_map(|when| when.facts().to_vec()));
    names.extend(step.for_each.clone());
    for command in commands(step, incident) {
        names.extend(command.facts().into_iter().map(str::to_owned));
    }
    names.sort();
    names.dedup();
    names
}

/// Says when a late entry happened, resolved, so that a slip is seen at once.
pub(super) fn echo(occurred: Option<&When>) -> Option<Act> {
    occurred.map(|when| Act::Say(format!("Happened: {}", when.show())))
}

pub(super) fn ask_reason(at: &StepKey, outcome: Outcome) -> Question {
    let prompt = match outcome {
        Outcome::Skipped => "Why is it skipped? ",
        Outcome::NotApplicable => "Why does it not apply? ",
        Outcome::Blocked => "What stands in the way? ",
        _ => "Waiting for what, or `to NAME`? Add when to check again: Priya, 04:30. ",
    };
    Question::plain(at, QuestionPart::Reason(outcome), prompt)
}

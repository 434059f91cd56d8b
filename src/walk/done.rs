//! From `d` to a recorded outcome: confirmations, facts, evidence.

use super::card::{commands, fill_item};
use super::plan::Plan;
use super::{Act, Decided, Done, Keep, Mode, Part, Question, Then, Walk, line};
use crate::clock::Clock;
use crate::fact::{Value, When};
use crate::incident::event::{Decision, Draft, FactSet, Outcome, StepOutcome};
use crate::incident::{Incident, StepKey};
use crate::playbook::Step;

impl Walk<'_> {
    /// Starts to settle a step as done.
    pub(super) fn begin_done(&mut self, incident: &Incident, at: StepKey, done: Done) -> Vec<Act> {
        let plan = Plan::new(self.playbook, incident);
        let unpreserved = plan
            .find(self.playbook, &at)
            .is_some_and(|place| !plan.unpreserved(self.playbook, incident, place).is_empty());
        if unpreserved {
            self.mode = Mode::Destroy { at, done };
            return Vec::new();
        }
        self.ask_facts_of(at, done);
        Vec::new()
    }

    pub(super) fn ask_destroy(&self, incident: &Incident, at: &StepKey) -> Question {
        let plan = Plan::new(self.playbook, incident);
        let kept_back: Vec<String> = plan
            .find(self.playbook, at)
            .map(|place| plan.unpreserved(self.playbook, incident, place))
            .unwrap_or_default()
            .into_iter()
            .map(|step| fill_item(&self.playbook.steps[step].title, at.item.as_deref()))
            .collect();
        let mut question = Question::plain(
            at,
            Part::Destroy,
            "Type `destroy` to go on, anything else to go back: ",
        );
        question.lines.push("This step destroys evidence that is not kept yet:".to_owned());
        question.lines.extend(kept_back.into_iter().map(|title| format!("  - {title}")));
        question
    }

    pub(super) fn destroy(&mut self, at: StepKey, done: Done, reply: &str) -> Vec<Act> {
        if reply.trim() == "destroy" {
            self.ask_facts_of(at, done);
            return Vec::new();
        }
        vec![Act::Say("Not confirmed; the step stays open.".to_owned())]
    }

    fn ask_facts_of(&mut self, at: StepKey, done: Done) {
        let queue = self.step(&at).map(|step| step.ask.clone()).unwrap_or_default();
        self.next_fact(at, queue, Then::Done(done));
    }

    /// Asks the next fact of the queue; what follows waits until the facts are folded.
    pub(super) fn next_fact(&mut self, at: StepKey, queue: Vec<String>, then: Then) {
        self.mode = if queue.is_empty() {
            Mode::Pending { at, then }
        } else {
            Mode::Fact { at, queue, then }
        };
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

    pub(super) fn ask_fact(&self, incident: &Incident, at: &StepKey, name: &str) -> Question {
        let mut question = Question::plain(at, Part::Fact(name.to_owned()), "> ");
        let Some(fact) = self.vocabulary.get(name) else {
            return question;
        };
        let current = incident.fact_value(name).map(|value| value.show(Some(fact)));
        question.lines = done_lines(fact, current.as_deref());
        question.fact = Some(fact.clone());
        question
    }

    /// Takes a fact's value. An empty line keeps the value it has.
    pub(super) fn fact(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        (at, mut queue, then): (StepKey, Vec<String>, Then),
        reply: &str,
    ) -> Vec<Act> {
        let name = queue[0].clone();
        let Some(fact) = self.vocabulary.get(&name) else {
            return Vec::new();
        };
        let known = incident.fact_value(&name);
        if reply.trim().is_empty() {
            if known.is_none() {
                self.mode = Mode::Fact { at, queue, then };
                return vec![Act::Say(format!("Answer {}.", fact.form()))];
            }
            queue.remove(0);
            self.next_fact(at, queue, then);
            return Vec::new();
        }
        let parsed = line::late(reply, clock)
            .and_then(|(occurred, text)| Ok((occurred, fact.parse(text, clock)?)));
        let (occurred, value) = match parsed {
            Ok(parsed) => parsed,
            Err(hint) => {
                self.mode = Mode::Fact { at, queue, then };
                return vec![Act::Refuse(format!("Not understood: {hint}."))];
            }
        };
        if fact.determination && value != Value::Unknown {
            let decided = Decided { value, occurred, by: None, role: None };
            self.mode = Mode::Decided { at, queue, then, decided };
            return Vec::new();
        }
        queue.remove(0);
        let shown = format!("{}: {}", fact.title, value.show(Some(fact)));
        let warned = affected(incident, &name, known, &value);
        let told = echo(occurred.as_ref());
        let event = FactSet { name, value, item: at.item.clone(), why: None };
        let mut acts = vec![self.draft(&at, event, occurred), Act::Say(shown)];
        acts.extend(told);
        acts.extend(warned);
        self.next_fact(at, queue, then);
        acts
    }

    /// Takes who decided, in which role, and on what basis, one after the other.
    pub(super) fn decided(
        &mut self,
        incident: &Incident,
        (at, mut queue, then): (StepKey, Vec<String>, Then),
        mut decided: Decided,
        reply: &str,
    ) -> Vec<Act> {
        let reply = reply.trim();
        let mut acts = Vec::new();
        if reply.is_empty() {
            acts.push(Act::Refuse("A determination needs a name, a role and a basis.".to_owned()));
        } else if decided.by.is_none() {
            decided.by = Some(reply.to_owned());
        } else if decided.role.is_none() {
            match reply.to_ascii_lowercase().as_str() {
                role @ ("counsel" | "commander") => decided.role = Some(role.to_owned()),
                _ => acts.push(Act::Refuse("Answer counsel or commander.".to_owned())),
            }
        } else {
            let name = queue.remove(0);
            let event = Decision {
                name: name.clone(),
                by: decided.by.unwrap_or_default(),
                role: decided.role.unwrap_or_default(),
                basis: reply.to_owned(),
                value: decided.value.clone(),
            };
            acts.extend(affected(incident, &name, incident.fact_value(&name), &decided.value));
            acts.push(self.draft(&at, event, decided.occurred));
            self.next_fact(at, queue, then);
            return acts;
        }
        self.mode = Mode::Decided { at, queue, then, decided };
        acts
    }

    /// Required evidence of a step that is not there yet.
    fn wanted(&self, incident: &Incident, at: &StepKey) -> Vec<String> {
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
            self.mode = Mode::Evidence { at, queue, done, handed: false };
            return Vec::new();
        }
        self.settle(incident, at, Outcome::Done, done)
    }

    pub(super) fn ask_evidence(&self, at: &StepKey, wanted: &str) -> Question {
        let title = self.wanted_title(at, wanted).unwrap_or_else(|| wanted.to_owned());
        let mut question = Question::plain(at, Part::Evidence(wanted.to_owned()), "Evidence: ");
        question.lines.push(format!("Wanted: {title}"));
        question
            .lines
            .push("A path, a reference such as aws:snap-0a1b, or Enter to owe it.".to_owned());
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
            self.mode = Mode::Evidence { at: at.clone(), queue, done, handed: true };
            return vec![self.keep(&at, spec, Some(wanted))];
        }
        queue.remove(0);
        let title = self.wanted_title(&at, &wanted).unwrap_or(wanted);
        let mut acts = vec![Act::Warn(format!("Owed: {title}. `status` and `close` name it."))];
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
        let missing_evidence =
            if outcome == Outcome::Done { self.wanted(incident, &at) } else { Vec::new() };
        let body = StepOutcome {
            outcome,
            item: at.item.clone(),
            text: done.text.filter(|text| !text.is_empty()),
            check_at: done.check_at,
            missing_evidence,
            used_facts: self.step(&at).map(|step| used(step, incident)).unwrap_or_default(),
        };
        let mut acts: Vec<Act> = echo(done.occurred.as_ref()).into_iter().collect();
        let mut draft = Draft::from(body);
        draft.step = Some(self.address(&at));
        draft.occurred = done.occurred;
        draft.privileged = self.is_privileged(&at);
        draft.corrects = incident.step(self.playbook.phase, &at).map(|state| state.entry.clone());
        acts.push(Act::Record(Box::new(draft)));
        self.mode = Mode::Step;
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

/// Steps that used the old value of a fact that changes.
fn affected(incident: &Incident, name: &str, old: Option<&Value>, new: &Value) -> Option<Act> {
    let users = incident.users_of(name);
    let changed = old.is_some_and(|old| old != new);
    (changed && !users.is_empty()).then(|| {
        Act::Warn(format!("`{name}` was used in {}; look at them again.", users.join(", ")))
    })
}

/// Says when a late entry happened, resolved, so that a slip is seen at once.
fn echo(occurred: Option<&When>) -> Option<Act> {
    occurred.map(|when| Act::Say(format!("Happened: {}", when.show())))
}

fn done_lines(fact: &crate::fact::Fact, current: Option<&str>) -> Vec<String> {
    let mut lines = vec![fact.ask.clone()];
    lines.extend(fact.help.clone());
    for (number, option) in fact.options.iter().enumerate() {
        lines.push(format!("  {:>2} {} - {}", number + 1, option.id, option.title));
    }
    lines.push(format!("Answer {}.", fact.form()));
    if let Some(current) = current {
        lines.push(format!("Now: {current}. Enter keeps it."));
    }
    lines
}

pub(super) fn ask_decided(at: &StepKey, name: &str, decided: &Decided) -> Question {
    let (part, prompt) = match (&decided.by, &decided.role) {
        (None, _) => (Part::DecidedBy(name.to_owned()), "Who decided this? Name: "),
        (_, None) => (Part::DecidedRole(name.to_owned()), "In which role, counsel or commander? "),
        _ => (Part::DecidedBasis(name.to_owned()), "On what basis? "),
    };
    Question::plain(at, part, prompt)
}

pub(super) fn ask_reason(at: &StepKey, outcome: Outcome) -> Question {
    let prompt = match outcome {
        Outcome::Skipped => "Why is it skipped? ",
        Outcome::NotApplicable => "Why does it not apply? ",
        Outcome::Blocked => "What stands in the way? ",
        _ => "Waiting for what, or `to NAME`? With a time to look again: Priya, 04:30. ",
    };
    Question::plain(at, Part::Reason(outcome), prompt)
}

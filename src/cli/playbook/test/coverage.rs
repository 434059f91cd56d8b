//! Which steps a set of walks asked, and which way each condition went.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::incident::Incident;
use crate::playbook::Playbook;

/// What walks of one playbook met.
#[derive(Clone, Debug, Default)]
pub(super) struct Coverage {
    /// Steps by number.
    asked: BTreeSet<usize>,
    /// Conditions of steps and of their commands that were known, by number, and how they came out.
    decided: BTreeSet<(usize, Option<usize>, bool)>,
}

/// Coverage in numbers.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Measure {
    /// The playbook.
    pub(super) playbook: String,
    /// Steps that were asked, of how many.
    pub(super) steps: (usize, usize),
    /// Ways that conditions went, of how many; each condition has two.
    pub(super) branches: (usize, usize),
    /// What was not met.
    pub(super) missing: Vec<String>,
}

impl Measure {
    /// Whole percent of steps and branches together, rounded down.
    pub(super) fn percent(&self) -> usize {
        let (met, all) = (self.steps.0 + self.branches.0, self.steps.1 + self.branches.1);
        (met * 100).checked_div(all).unwrap_or(100)
    }
}

impl Coverage {
    /// A step is asked, and its commands are offered.
    pub(super) fn asked(&mut self, playbook: &Playbook, incident: &Incident, step: &str) {
        let Some(number) = playbook.steps.iter().position(|known| known.id == step) else { return };
        self.asked.insert(number);
        for (command, _, holds) in conditions(playbook, incident, number) {
            if holds == Some(true) || command.is_some() {
                self.decided.extend(holds.map(|holds| (number, command, holds)));
            }
        }
    }

    /// A walk is over: what does not apply then was passed by.
    pub(super) fn end(&mut self, playbook: &Playbook, incident: &Incident) {
        for number in 0..playbook.steps.len() {
            for (command, _, holds) in conditions(playbook, incident, number) {
                if command.is_none() && holds == Some(false) {
                    self.decided.insert((number, None, false));
                }
            }
        }
    }

    /// Adds what another walk met.
    pub(super) fn add(&mut self, other: &Self) {
        self.asked.extend(&other.asked);
        self.decided.extend(&other.decided);
    }

    /// Counts.
    pub(super) fn measure(&self, name: &str, playbook: &Playbook) -> Measure {
        let mut missing = Vec::new();
        let mut branches = 0;
        for (number, step) in playbook.steps.iter().enumerate() {
            if !self.asked.contains(&number) {
                missing.push(format!("step `{}` is never asked", step.id));
            }
            for (command, when, _) in conditions(playbook, &Incident::default(), number) {
                branches += 2;
                let of = match command {
                    Some(command) => {
                        format!("command `{}` of `{}`", step.commands[command].id, step.id)
                    }
                    None => format!("step `{}`", step.id),
                };
                for way in [true, false] {
                    if !self.decided.contains(&(number, command, way)) {
                        let never = if way { "holds" } else { "fails" };
                        missing.push(format!("the condition of {of} never {never}: {when}"));
                    }
                }
            }
        }
        Measure {
            playbook: name.to_owned(),
            steps: (self.asked.len(), playbook.steps.len()),
            branches: (self.decided.len(), branches),
            missing,
        }
    }
}

/// The condition of a step and those of its commands: whose, its text, whether it holds. What a
/// shared step offers is the business of whoever wrote it.
fn conditions<'p>(
    playbook: &'p Playbook,
    incident: &'p Incident,
    number: usize,
) -> impl Iterator<Item = (Option<usize>, &'p str, Option<bool>)> {
    let step = &playbook.steps[number];
    let own = step.when.iter().map(|when| (None, when));
    let commands = step.commands.iter().enumerate().filter(|_| !step.shared);
    let theirs =
        commands.filter_map(|(number, command)| Some((Some(number), command.when.as_ref()?)));
    own.chain(theirs).map(|(command, when)| {
        (command, when.source(), when.holds(&|name| incident.fact_value(name)))
    })
}

//! What the steps of an incident still owe.

use std::fmt;

use super::key::split_step;
use super::{Incident, StepKey};
use crate::phase::Phase;

/// Something that a step owes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Debt {
    /// The phase; none if this version knows no such phase.
    pub phase: Option<Phase>,
    /// The step, by its whole address if its phase is not known.
    pub key: StepKey,
    /// What it owes.
    pub owed: Owed,
}

/// What a step can owe.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owed {
    /// Required evidence, by its id.
    Evidence(String),
    /// How a command ended, by its id.
    Outcome(String),
}

impl fmt::Display for Debt {
    /// ``evidence `image` of containment/isolate-hosts (web-01)``.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.owed {
            Owed::Evidence(id) => write!(f, "evidence `{id}`")?,
            Owed::Outcome(id) => write!(f, "outcome of command `{id}`")?,
        }
        write!(f, " of {}", self.key.shown(self.phase))
    }
}

impl Incident {
    /// What is owed: required evidence that is still missing, and commands nobody saw end. In the order
    /// of the phases.
    pub fn owed(&self) -> Vec<Debt> {
        let mut owed = Vec::new();
        for (phase, state) in &self.phases {
            for (key, step) in &state.steps {
                let place = format!("{phase}/{}", key.step);
                let lacks = |id: &&String| !self.has_evidence(&place, id, key.item.as_deref());
                owed.extend(step.missing_evidence.iter().filter(lacks).map(|id| Debt {
                    phase: Some(*phase),
                    key: key.clone(),
                    owed: Owed::Evidence(id.clone()),
                }));
            }
        }
        for (key, _) in self.commands.iter().filter(|(_, command)| command.ended.is_none()) {
            let (phase, step) = split_step(&key.step).unzip();
            let step = step.unwrap_or(&key.step).to_owned();
            owed.push(Debt {
                phase,
                key: StepKey { step, item: key.item.clone() },
                owed: Owed::Outcome(key.command.clone()),
            });
        }
        // Items of a step that owe the same thing stand together.
        owed.sort_by_cached_key(|Debt { phase, key, owed }| {
            (*phase, key.step.clone(), owed.clone(), key.item.clone())
        });
        owed
    }

    /// The same in the words of the log, sorted.
    pub fn debts(&self) -> Vec<String> {
        let mut debts: Vec<String> = self.owed().iter().map(ToString::to_string).collect();
        debts.sort();
        debts
    }
}

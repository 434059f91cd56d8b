//! What the steps of an incident still owe.

use std::fmt;

use super::Incident;
use crate::phase::Phase;

/// Something that a step owes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Debt {
    /// The phase.
    pub phase: Phase,
    /// The step's id.
    pub step: String,
    /// What it owes.
    pub owed: Owed,
    /// The item, where the step repeats.
    pub item: Option<String>,
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
        write!(f, " of {}/{}", self.phase, self.step)?;
        self.item.as_ref().map_or(Ok(()), |item| write!(f, " ({item})"))
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
                    phase: *phase,
                    step: key.step.clone(),
                    owed: Owed::Evidence(id.clone()),
                    item: key.item.clone(),
                }));
            }
        }
        for (key, _) in self.commands.iter().filter(|(_, command)| command.ended.is_none()) {
            let Some((phase, step)) = key.step.split_once('/') else { continue };
            let Some(phase) = Phase::parse(phase) else { continue };
            owed.push(Debt {
                phase,
                step: step.to_owned(),
                owed: Owed::Outcome(key.command.clone()),
                item: key.item.clone(),
            });
        }
        owed.sort();
        owed
    }

    /// The same in the words of the log, sorted.
    pub fn debts(&self) -> Vec<String> {
        let mut debts: Vec<String> = self.owed().iter().map(ToString::to_string).collect();
        debts.sort();
        debts
    }
}

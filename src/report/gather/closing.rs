//! What was open when the incident was closed.

use crate::incident::LeftOpen;
use crate::incident::event::Closed;

/// What was open and overridden. What the law asked for is counted where the law is known.
#[derive(Clone, Debug, Default)]
pub(in crate::report) struct AtClosing {
    /// Owed items.
    pub(in crate::report) debts: usize,
    /// Phases that nobody started.
    pub(in crate::report) phases: usize,
    /// Steps that nobody settled.
    pub(in crate::report) steps: usize,
    /// Facts that nobody knew, by name.
    pub(in crate::report) facts: Vec<String>,
    /// Anything else.
    pub(in crate::report) others: usize,
    /// Why it was closed all the same.
    pub(in crate::report) reason: Option<String>,
    /// Entries written by people afterwards.
    pub(in crate::report) later: usize,
}

impl AtClosing {
    /// By the lines that an entry keeps.
    pub(super) fn new(closed: &Closed) -> Self {
        let reason = closed.reason.as_ref().map(|reason| reason.as_str().to_owned());
        let mut left = Self { debts: closed.debts.len(), reason, ..Self::default() };
        for line in &closed.open {
            match LeftOpen::read(line) {
                LeftOpen::Phase(_) => left.phases += 1,
                LeftOpen::Step(..) => left.steps += 1,
                LeftOpen::Fact(name) => left.facts.push(name),
                LeftOpen::Other(_) => left.others += 1,
                LeftOpen::Duties(_) => {}
            }
        }
        left
    }
}

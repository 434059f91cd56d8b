//! What can be marked privileged.

use super::Event;
use crate::fact::names::{COUNSEL_DIRECTS, DUTIES_OWED};

/// Kinds in which people say what they found, thought and did. What the organisation did towards
/// others, and what holds the record together, is no communication with counsel.
const WORK: [&str; 10] = [
    "note",
    "step-outcome",
    "fact",
    "fact-edit",
    "decision",
    "evidence",
    "custody",
    "intent",
    "command-outcome",
    "handoff",
];

/// Facts that are never marked unless somebody says so.
const FOR_EVERYBODY: [&str; 2] = [COUNSEL_DIRECTS, DUTIES_OWED];

impl Event {
    /// Whether it is of a kind in which people say what they found, thought and did.
    pub fn is_work(&self) -> bool {
        WORK.contains(&self.kind())
    }

    /// Whether everybody has to know it, no matter who directs the work: that counsel does, and
    /// which duties there are.
    pub fn is_for_everybody(&self) -> bool {
        match self {
            Self::FactSet(body) => FOR_EVERYBODY.contains(&body.name.as_str()),
            Self::Decision(body) => FOR_EVERYBODY.contains(&body.name.as_str()),
            _ => false,
        }
    }
}

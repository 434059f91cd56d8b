//! What can be marked privileged.

use super::{ActionChange, Event, RulingKind};
use crate::fact::names::{COUNSEL_DIRECTS, DUTIES_OWED};

/// Kinds of entries in which people say what they found, thought and did. Notices to others and entries
/// that hold the record together are not communications with counsel. The reason for forgetting
/// something must stay readable for as long as the log is.
const WORK: [&str; 18] = [
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
    "titled",
    "group",
    "linked",
    "duty",
    "action",
    "withdrawn",
    "closed",
    "reopened",
];

/// Shown in place of words that are marked privileged.
pub const WITHHELD: &str = "[marked privileged]";

/// Facts that are never marked unless somebody says so.
const FOR_EVERYBODY: [&str; 2] = [COUNSEL_DIRECTS, DUTIES_OWED];

impl Event {
    /// Whether it is of a kind in which people say what they found, thought and did.
    pub fn is_work(&self) -> bool {
        WORK.contains(&self.kind())
    }

    /// Removes the words from an act that everybody has to know of, though not why it was done: an entry
    /// was taken back, an incident closed, a duty waived, an action item done. Returns `false` for any
    /// other event, which says nothing without its words; its values stay.
    pub fn withhold_words(&mut self) -> bool {
        for text in self.texts() {
            *text = WITHHELD.into();
        }
        match self {
            Self::DutyDecided(body) => {
                WITHHELD.clone_into(&mut body.by);
                if matches!(body.what, RulingKind::Other(_)) {
                    body.what = WITHHELD.to_owned().into();
                }
            }
            Self::ActionTaken(body) => {
                if matches!(body.what, ActionChange::Other(_)) {
                    body.what = WITHHELD.to_owned().into();
                }
                for text in [&mut body.owner, &mut body.link].into_iter().flatten() {
                    WITHHELD.clone_into(text);
                }
            }
            Self::Withdrawn(_) | Self::Closed(_) | Self::Reopened(_) => {}
            _ => return false,
        }
        true
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

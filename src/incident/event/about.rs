//! What an entry is about.

use super::{Event, Imported};

/// What an entry is about: what is left out with it, and what a reader must be allowed to know of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About<'e> {
    /// The step that the entry stands at, for an item or several.
    Step {
        /// The item, if the step repeats for each item of a list.
        item: Option<&'e String>,
        /// The items, where one act settles many.
        items: &'e [String],
    },
    /// A fact, by name.
    Fact(&'e str),
    /// A duty of the law, by id.
    Duty(&'e str),
    /// None of these.
    Other,
}

impl Event {
    /// The row that it was read from, if somebody else wrote it first.
    pub fn imported(&self) -> Option<&Imported> {
        match self {
            Self::Note(body) => body.imported.as_ref(),
            Self::StepOutcome(body) => body.imported.as_ref(),
            _ => None,
        }
    }

    /// Whether it says anything of the state of its incident, or of what its author knew; otherwise it
    /// is only counted.
    pub fn changes_state(&self) -> bool {
        match self {
            Self::Note(_)
            | Self::Session(_)
            | Self::ClockStepped(_)
            | Self::Recovery(_)
            | Self::SignedOff(_)
            | Self::Stored(_)
            | Self::Reserved(_)
            | Self::Newer(_) => false,
            Self::Genesis(_)
            | Self::Joined(_)
            | Self::Opened(_)
            | Self::Titled(_)
            | Self::PlaybookPinned(_)
            | Self::StepOutcome(_)
            | Self::FactSet(_)
            | Self::FactEdit(_)
            | Self::Decision(_)
            | Self::Statement(_)
            | Self::NoticeSent(_)
            | Self::Group(_)
            | Self::NoticeDrafted(_)
            | Self::DutyDecided(_)
            | Self::EvidenceAdded(_)
            | Self::Custody(_)
            | Self::ActionTaken(_)
            | Self::Intent(_)
            | Self::CommandOutcome(_)
            | Self::Withdrawn(_)
            | Self::Forgotten(_)
            | Self::Handoff(_)
            | Self::Linked(_)
            | Self::Closed(_)
            | Self::Reopened(_) => true,
        }
    }

    /// What it is about.
    pub fn about(&self) -> About<'_> {
        match self {
            Self::StepOutcome(body) => About::Step { item: body.item.as_ref(), items: &body.items },
            Self::FactSet(body) => About::Fact(&body.name),
            Self::FactEdit(body) => About::Fact(&body.name),
            Self::Decision(body) if body.is_determination() => About::Fact(&body.name),
            Self::NoticeSent(body) => About::Duty(&body.duty),
            Self::NoticeDrafted(body) => About::Duty(&body.duty),
            Self::DutyDecided(body) => About::Duty(&body.duty),
            Self::Genesis(_)
            | Self::Opened(_)
            | Self::PlaybookPinned(_)
            | Self::Note(_)
            | Self::Decision(_)
            | Self::Forgotten(_)
            | Self::EvidenceAdded(_)
            | Self::Custody(_)
            | Self::ActionTaken(_)
            | Self::Intent(_)
            | Self::CommandOutcome(_)
            | Self::Session(_)
            | Self::ClockStepped(_)
            | Self::Recovery(_)
            | Self::Joined(_)
            | Self::SignedOff(_)
            | Self::Handoff(_)
            | Self::Linked(_)
            | Self::Closed(_)
            | Self::Reopened(_)
            | Self::Newer(_)
            | Self::Withdrawn(_)
            | Self::Titled(_)
            | Self::Group(_)
            | Self::Statement(_)
            | Self::Stored(_)
            | Self::Reserved(_) => About::Other,
        }
    }
}

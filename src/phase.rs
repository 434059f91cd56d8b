//! The phases of the work: preparation, and the four of a response.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A phase; each has playbooks of its own and its own place in the walk.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Be ready, before anything happens.
    Preparation,
    /// Stop the spread.
    Containment,
    /// Learn what was taken, from whom.
    Scoping,
    /// Tell those who must be told.
    Notification,
    /// Learn what went wrong and prevent it.
    PostMortem,
}

impl Phase {
    /// All phases in the order of the work.
    pub const ALL: [Self; 5] =
        [Self::Preparation, Self::Containment, Self::Scoping, Self::Notification, Self::PostMortem];

    /// The phases of an incident, in their order.
    pub const RESPONSE: [Self; 4] =
        [Self::Containment, Self::Scoping, Self::Notification, Self::PostMortem];

    /// The phase as playbooks and the log write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Preparation => "preparation",
            Self::Containment => "containment",
            Self::Scoping => "scoping",
            Self::Notification => "notification",
            Self::PostMortem => "post-mortem",
        }
    }

    /// The command that walks it.
    pub fn command(self) -> &'static str {
        match self {
            Self::Preparation => "prepare",
            Self::Containment => "contain",
            Self::Scoping => "scope",
            Self::Notification => "notify",
            Self::PostMortem => "postmortem",
        }
    }

    /// A phase by its name, or by that of its command.
    pub fn named(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| [phase.as_str(), phase.command()].contains(&text))
    }

    /// Reads what [`Phase::as_str`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.as_str() == text)
    }
}

impl std::fmt::Display for Phase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

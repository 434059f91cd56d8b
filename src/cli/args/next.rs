//! `breach next`, as it is typed.

use clap::{Args, ValueEnum};

use super::Format;

/// What to list.
#[derive(Debug, Args)]
pub struct NextArgs {
    /// Only what needs this role
    #[arg(long, value_enum, value_name = "ROLE")]
    pub role: Option<WorkRole>,

    /// Only what waits for you
    #[arg(long, conflicts_with = "to")]
    pub mine: bool,

    /// Only what waits for this person
    #[arg(long, value_name = "NAME", value_parser = super::person)]
    pub to: Option<String>,

    /// Format of the result
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// A role of the response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WorkRole {
    /// Leads and decides
    Commander,
    /// Keeps the commander free
    Deputy,
    /// Writes down
    Scribe,
    /// Speaks with those outside
    Liaison,
    /// Knows the system
    Expert,
    /// Does the work
    Responder,
    /// Advises on law
    Counsel,
}

impl From<WorkRole> for crate::playbook::Role {
    fn from(role: WorkRole) -> Self {
        match role {
            WorkRole::Commander => Self::Commander,
            WorkRole::Deputy => Self::Deputy,
            WorkRole::Scribe => Self::Scribe,
            WorkRole::Liaison => Self::Liaison,
            WorkRole::Expert => Self::Expert,
            WorkRole::Responder => Self::Responder,
            WorkRole::Counsel => Self::Counsel,
        }
    }
}

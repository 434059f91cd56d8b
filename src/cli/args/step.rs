//! `breach step` and `breach ran`, as they are typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Privilege;

/// What to say of a step.
#[derive(Debug, Args)]
pub struct StepArgs {
    /// The step: its id, or PHASE/ID
    #[arg(required_unless_present = "from")]
    pub step: Option<String>,

    /// How it came out
    #[arg(value_enum, required_unless_present = "from")]
    pub outcome: Option<StepOutcome>,

    /// What was done, why not, or what it waits for
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,

    /// For which items (can be repeated), such as web-01..web-12; `all`, or `rest` for those still open
    #[arg(long, value_name = "ITEM", value_delimiter = ',')]
    pub item: Vec<String>,

    /// Whose it is now; they need no program for that
    #[arg(long, value_name = "NAME", value_parser = super::person)]
    pub to: Option<String>,

    /// What kind of obstacle it is
    #[arg(long, value_enum, value_name = "REASON")]
    pub why: Option<StepWhy>,

    /// When to look again: 04:30 (the next one), "tomorrow 09:00", "in 2 h", 2026-11-24
    #[arg(long, value_name = "TIME")]
    pub check_at: Option<String>,

    /// When it happened, if not now
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,

    /// Take many items from this CSV file, all or nothing; `breach help team` names its columns
    #[arg(long, value_name = "FILE", conflicts_with_all = ["text", "item", "to", "why", "check_at"])]
    pub from: Option<PathBuf>,

    /// Record it although the step destroys evidence that is not kept; say why with --reason
    #[arg(long, requires = "reason")]
    pub anyway: bool,

    /// Why the evidence could not be kept
    #[arg(long, value_name = "TEXT", requires = "anyway", value_parser = super::words)]
    pub reason: Option<String>,

    /// Whether it is marked privileged.
    #[command(flatten)]
    pub privilege: Privilege,
}

/// How a step came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StepOutcome {
    /// It was carried out
    Done,
    /// It was left out, with a reason
    Skipped,
    /// It does not apply here, with a reason
    NotApplicable,
    /// An obstacle holds it up
    Blocked,
    /// It waits for something
    Waiting,
    /// Somebody else does it
    Assigned,
    /// Nothing is to be said of it any more: it is open again
    Open,
}

impl StepOutcome {
    /// The outcome; none: what was said is taken back.
    pub fn outcome(self) -> Option<crate::incident::event::Outcome> {
        use crate::incident::event::Outcome;
        Some(match self {
            Self::Done => Outcome::Done,
            Self::Skipped => Outcome::Skipped,
            Self::NotApplicable => Outcome::NotApplicable,
            Self::Blocked => Outcome::Blocked,
            Self::Waiting => Outcome::Waiting,
            Self::Assigned => Outcome::Assigned,
            Self::Open => return None,
        })
    }
}

/// What kind of obstacle it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StepWhy {
    /// It could not be reached when the others were done
    OfflineAtTheSweep,
    /// Nobody here may do it
    NoAccess,
    /// The person who is needed does not answer
    NoAnswer,
    /// It is not where it should be
    NotFound,
    /// It cannot be stopped now
    InUse,
}

impl From<StepWhy> for crate::incident::event::Obstacle {
    fn from(why: StepWhy) -> Self {
        match why {
            StepWhy::OfflineAtTheSweep => Self::OfflineAtTheSweep,
            StepWhy::NoAccess => Self::NoAccess,
            StepWhy::NoAnswer => Self::NoAnswer,
            StepWhy::NotFound => Self::NotFound,
            StepWhy::InUse => Self::InUse,
        }
    }
}

/// What somebody ran elsewhere; its output is read from standard input.
#[derive(Debug, Args)]
pub struct RanArgs {
    /// The step: its id, or PHASE/ID
    pub step: String,

    /// The machine it ran on
    #[arg(long, value_name = "HOST", value_parser = super::words)]
    pub host: Option<String>,

    /// The account it ran under
    #[arg(long, value_name = "ACCOUNT", value_parser = super::words)]
    pub account: Option<String>,

    /// Which command of the step, if it has several
    #[arg(long, value_name = "ID")]
    pub command: Option<String>,

    /// For which item of the step
    #[arg(long, value_name = "ITEM")]
    pub item: Option<String>,

    /// The exit code, if somebody saw it
    #[arg(long, value_name = "CODE", allow_negative_numbers = true)]
    pub exit: Option<i32>,

    /// When it ran, if not now
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,

    /// Whether it is marked privileged.
    #[command(flatten)]
    pub privilege: Privilege,
}

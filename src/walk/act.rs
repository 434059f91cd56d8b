//! What the walk decides, to be carried out by whoever drives it.

use crate::incident::CommandKey;
use crate::incident::event::{Draft, Ended};

/// What to do now, in the order given.
#[derive(Clone, Debug)]
pub enum Act {
    /// Append this to the log, and fold it.
    Record(Box<Draft>),
    /// Say this. Foreign text, not yet escaped.
    Say(String),
    /// Say this: the last answer changed nothing, and why. Foreign text, not yet escaped.
    Refuse(String),
    /// Warn of this: there is something to do about it.
    Warn(String),
    /// Start this command: intent first, then outcome.
    Run(Box<Run>),
    /// Keep the pasted output of a command that ran elsewhere, and record how it ended.
    Report(Box<Reported>),
    /// Keep these as evidence: of one thing, for one item or for several.
    Keep(Vec<Keep>),
    /// Say that this was recorded, and when.
    Recorded(String),
    /// Show this; nothing is recorded.
    Show(Show),
    /// Take back the last thing that this person recorded on this machine.
    Undo,
    /// Take back the entry with this id.
    Withdraw(String),
    /// Follow the playbook of this name; where there is none, ask which.
    Switch(String),
    /// Stop for now.
    Stop,
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// The card of the step.
    Card,
    /// The full text of the step.
    Full,
    /// The keys that apply.
    Keys,
    /// Every step and its state.
    Outline,
    /// What can be done now, waits, or is somebody's.
    Work,
    /// What is assigned to whoever is at the keyboard.
    Mine,
}

/// A command to be started.
#[derive(Clone, Debug)]
pub struct Run {
    /// Which command of which step.
    pub key: CommandKey,
    /// Program and arguments.
    pub argv: Vec<String>,
    /// Time after which it is killed with all it started.
    pub timeout: chrono::TimeDelta,
    /// Whether it changes the world.
    pub changes: bool,
    /// Whether its entries are marked privileged.
    pub privileged: bool,
    /// The intent whose outcome is unknown, after which this runs again.
    pub again_after: Option<String>,
}

/// A command that somebody ran elsewhere.
#[derive(Clone, Debug)]
pub struct Reported {
    /// Which command of which step.
    pub key: CommandKey,
    /// Where it ran.
    pub place: Option<String>,
    /// As which account.
    pub account: Option<String>,
    /// How it ended.
    pub ended: Ended,
    /// What it printed.
    pub output: String,
    /// Whether its entries are marked privileged.
    pub privileged: bool,
}

/// Evidence to be kept.
#[derive(Clone, Debug)]
pub struct Keep {
    /// A path, or a reference such as `aws:snap-0a1b`.
    pub spec: String,
    /// What it is.
    pub title: Option<String>,
    /// Address of the step, `containment/image-web-hosts`.
    pub step: String,
    /// Item of the step.
    pub item: Option<String>,
    /// The wanted evidence that it satisfies.
    pub wanted: Option<String>,
    /// Whether its entry is marked privileged.
    pub privileged: bool,
}

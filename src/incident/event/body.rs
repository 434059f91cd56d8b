//! What the bodies of events are made of.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was carried out.
    Done,
    /// It was left out, for a reason.
    Skipped,
    /// It does not apply here, for a reason.
    NotApplicable,
    /// An obstacle holds it up.
    Blocked,
    /// It waits for something.
    Waiting,
    /// Somebody else does it.
    Assigned,
}

impl Outcome {
    /// Whether the step needs nobody any more.
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Done | Self::Skipped | Self::NotApplicable)
    }

    /// The outcome as a person reads it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Skipped => "skipped",
            Self::NotApplicable => "not applicable",
            Self::Blocked => "blocked",
            Self::Waiting => "waiting",
            Self::Assigned => "assigned",
        }
    }
}

/// Place in a chain that another chain can name: `{chain, seq, head}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadRef {
    /// The chain.
    pub chain: String,
    /// Number of its last line.
    pub seq: u64,
    /// Digest of that line.
    pub head: Digest,
}

/// Bytes kept in the incident folder, named by their digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// Digest of the bytes; also their place under `evidence/sha256/`.
    pub sha256: Digest,
    /// How many there are.
    pub bytes: u64,
    /// True if the source gave more than was kept.
    #[serde(default, skip_serializing_if = "is_false")]
    pub truncated: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// Where a row or a message came from that somebody else wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Imported {
    /// Digest of the file.
    pub source: Digest,
    /// Number of the row in it, from 1.
    pub row: u64,
    /// Who wrote it, as the file says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
}

/// Why a chain goes on from another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Continues {
    /// The chain that cannot be written any more.
    pub chain: String,
    /// Its last line that verifies, if any does.
    pub last_good: Option<HeadRef>,
    /// What is wrong with it.
    pub because: String,
}

/// A line that a crash left half written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TornLine {
    /// Number of the line.
    pub line: u64,
    /// Its length with the line feed that seals it.
    pub bytes: u64,
    /// Digest of those bytes.
    pub sha256: Digest,
}

/// Where evidence comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Source {
    /// A file, copied into the incident folder.
    File {
        /// Its full path; bytes that are no text are shown as `\xNN`.
        path: String,
    },
    /// A file, hashed where it is.
    InPlace {
        /// Its full path.
        path: String,
    },
    /// Standard input.
    Stdin,
    /// A thing that somebody else keeps.
    Reference {
        /// Provider and id, `aws:snap-0a1b`.
        id: String,
        /// What it is: snapshot, image, object.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<String>,
        /// Account that holds it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        account: Option<String>,
        /// Region that it is in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        region: Option<String>,
        /// Digest as the provider gives it, with its algorithm.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        digest: Option<String>,
    },
}

/// Whether the program saw a command end or was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// The program ran it.
    Observed,
    /// Somebody ran it elsewhere and reported it.
    Reported,
}

impl Mode {
    /// Whose word it is.
    pub fn words(self) -> &'static str {
        match self {
            Self::Observed => "observed by breach",
            Self::Reported => "reported",
        }
    }
}

/// How a command ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// It exited with this code.
    Exit(i32),
    /// A signal ended it.
    Signal(i32),
    /// It ran past its time and was killed with everything it had started.
    TimedOut,
    /// It could not be started.
    NotStarted(String),
    /// Nobody said.
    Unknown,
}

impl Ended {
    /// How a command ended, without foreign text: `exit 0`, `could not be started`.
    pub fn words(&self) -> String {
        match self {
            Self::Exit(code) => format!("exit {code}"),
            Self::Signal(signal) => format!("ended by signal {signal}"),
            Self::TimedOut => "ran past its time and was killed".to_owned(),
            Self::NotStarted(_) => "could not be started".to_owned(),
            Self::Unknown => "nobody saw how it ended".to_owned(),
        }
    }

    /// The same with what the system said; not escaped.
    pub fn told(&self) -> String {
        match self {
            Self::NotStarted(error) => format!("{}: {error}", self.words()),
            _ => self.words(),
        }
    }
}

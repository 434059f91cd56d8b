//! What can happen in an incident, as data: the kinds of the log and their bodies.
//!
//! This file is the one place where a kind and its body are defined. [`KINDS`] says what each is
//! for; `breach log schema` prints the same as JSON Schema.

use chrono::{DateTime, FixedOffset, Utc};
use serde::{Deserialize, Serialize, Serializer};

use crate::digest::Digest;
use crate::fact::{Value, When};
use crate::phase::Phase;

/// The responder behind an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The person's name, if known. A shared login is nobody.
    pub name: Option<String>,
    /// The system account.
    pub user: String,
    /// POSIX session id of the login.
    pub login: u32,
}

impl Actor {
    /// The person, or failing that the account.
    pub fn shown(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.user)
    }
}

/// An event before it is written: the log adds sequence, links, id, time, place and salt.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What happened.
    pub event: Event,
    /// When it happened, if not now.
    pub occurred: Option<When>,
    /// The step that it belongs to, `containment/image-web-hosts`.
    pub step: Option<String>,
    /// Id of the entry that this one corrects.
    pub corrects: Option<String>,
    /// Marked privileged. Only a mark: whether it *is* privileged a court decides.
    pub privileged: bool,
    /// Written in a rehearsal.
    pub drill: bool,
}

impl From<Event> for Draft {
    fn from(event: Event) -> Self {
        Self {
            event,
            occurred: None,
            step: None,
            corrects: None,
            privileged: false,
            drill: false,
        }
    }
}

/// An event as read back from a log: what the fold sees.
#[derive(Clone, Debug, PartialEq)]
pub struct Stamped {
    /// Eight hex digits: the chain.
    pub chain: String,
    /// Place in the chain.
    pub seq: u64,
    /// Entry id.
    pub id: String,
    /// When it was written.
    pub at: DateTime<FixedOffset>,
    /// Machine that wrote it.
    pub host: String,
    /// Who wrote it.
    pub actor: Actor,
    /// What happened, and the optional parts of the envelope.
    pub draft: Draft,
}

impl Stamped {
    /// When it was written, in UTC.
    pub fn at_utc(&self) -> DateTime<Utc> {
        self.at.with_timezone(&Utc)
    }
}

/// How a step came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was carried out.
    Done,
    /// It was left out, for a reason.
    Skipped,
    /// It does not apply here, for a reason.
    NotApplicable,
    /// Something stands in the way.
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
pub struct Kept {
    /// Digest of the bytes; also their place under `evidence/sha256/`.
    pub sha256: Digest,
    /// How many there are.
    pub bytes: u64,
    /// True if the source gave more than was kept.
    #[serde(default, skip_serializing_if = "is_false")]
    pub truncated: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes fields by reference"
)]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// A text kept apart from the log, named by the digest of salt and text. Destroying the text
/// leaves the chain whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextRef {
    /// SHA-256 over salt then text; also the name of the file in `texts/`.
    pub sha256: Digest,
}

macro_rules! events {
    ($( $(#[$doc:meta])* $variant:ident = $kind:literal, state: $state:literal, $meaning:literal { $( $(#[$field_doc:meta])* $field:ident : $type:ty ),* $(,)? } )*) => {
        $(
            #[doc = concat!("Body of `", $kind, "`: ", $meaning)]
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            #[allow(missing_docs, reason = "the fields are documented in the table")]
            pub struct $variant { $( $(#[$field_doc])* pub $field: $type ),* }

            impl From<$variant> for Event {
                fn from(body: $variant) -> Self { Self::$variant(body) }
            }

            impl From<$variant> for Draft {
                fn from(body: $variant) -> Self { Event::$variant(body).into() }
            }
        )*

        /// Everything that can stand in a log.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Event {
            $( #[doc = $meaning] $variant($variant), )*
        }

        impl Event {
            /// The kind as the log writes it.
            pub fn kind(&self) -> &'static str {
                match self { $( Self::$variant(_) => $kind, )* }
            }

            /// The body as JSON text.
            ///
            /// # Errors
            /// None in practice: every body is plain data.
            pub fn body(&self) -> serde_json::Result<String> {
                serde_json::to_string(self)
            }

            /// Reads a body of a kind. `None` for a kind that this version does not know.
            ///
            /// # Errors
            /// The body does not have the shape of its kind.
            pub fn read(kind: &str, body: &str) -> serde_json::Result<Option<Self>> {
                match kind {
                    $( $kind => serde_json::from_str(body).map(|body| Some(Self::$variant(body))), )*
                    _ => Ok(None),
                }
            }
        }

        /// An event is written as its body alone: the kind has its own place in a line.
        impl Serialize for Event {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self { $( Self::$variant(body) => body.serialize(serializer), )* }
            }
        }

        /// Every kind that this version writes: name, meaning, whether the fold reads its body, and
        /// the names of its fields.
        pub const KINDS: &[KindDoc] = &[ $( KindDoc {
            kind: $kind,
            meaning: $meaning,
            state: $state,
            fields: &[ $( stringify!($field) ),* ],
        } ),* ];
    };
}

/// A row of [`KINDS`].
#[derive(Clone, Copy, Debug)]
pub struct KindDoc {
    /// The kind as the log writes it.
    pub kind: &'static str,
    /// What it says.
    pub meaning: &'static str,
    /// Whether the fold reads the body.
    pub state: bool,
    /// Names of the body's fields.
    pub fields: &'static [&'static str],
}

/// Whether the fold needs the body of a kind.
pub fn changes_state(kind: &str) -> bool {
    KINDS.iter().any(|doc| doc.kind == kind && doc.state)
}

events! {
    Genesis = "genesis", state: true, "the first line of a chain" {
        log_id: String,
        incident: String,
        tool: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        binary: Option<Digest>,
        machine: Digest,
        checkpoints: String,
        clock_sync: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        continues: Option<Continues>,
    }
    Opened = "opened", state: true, "the incident was opened" {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
    }
    PlaybookPinned = "playbook-pinned", state: true, "a phase starts, or goes on, with this playbook; a copy is kept" {
        phase: Phase,
        playbook: String,
        version: String,
        sha256: Digest,
        source: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        facts_sha256: Option<Digest>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instead_of: Option<String>,
    }
    StepOutcome = "step-outcome", state: true, "a step came out this way" {
        outcome: Outcome,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        check_at: Option<DateTime<FixedOffset>>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        missing_evidence: Vec<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        used_facts: Vec<String>,
    }
    FactSet = "fact", state: true, "a fact has this value from now on" {
        name: String,
        value: Value,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<String>,
    }
    Note = "note", state: false, "free text" {
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        original: Option<TextRef>,
    }
    Decision = "decision", state: true, "somebody with the role decided a determination, on this basis" {
        name: String,
        value: Value,
        by: String,
        role: String,
        basis: String,
    }
    EvidenceAdded = "evidence", state: true, "a thing was kept, or its place and digest were written down" {
        exhibit: String,
        title: String,
        source: Source,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kept: Option<Kept>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wanted: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<String>,
        #[serde(default, skip_serializing_if = "is_false")]
        changed_during_acquisition: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        modified_at: Option<DateTime<Utc>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        started_at: Option<DateTime<Utc>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires_at: Option<When>,
    }
    Custody = "custody", state: true, "something was done with a thing that is kept" {
        exhibit: String,
        action: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        result: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    }
    Intent = "intent", state: true, "a command is about to be started" {
        command: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<String>,
        argv: Vec<String>,
        changes: bool,
        timeout_s: u64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        again_after: Option<String>,
    }
    CommandOutcome = "command-outcome", state: true, "a command ended, here (observed) or elsewhere (reported)" {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        intent: Option<String>,
        command: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<String>,
        mode: Mode,
        ended: Ended,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stdout: Option<Kept>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stderr: Option<Kept>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        account: Option<String>,
    }
    Session = "session", state: true, "the walk of a phase starts or resumes" {
        phase: Phase,
        tool: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        binary: Option<Digest>,
        answers_from: String,
        clock_sync: String,
    }
    ClockStepped = "clock", state: true, "the wall clock was changed since the entry before" {
        before: DateTime<Utc>,
        expected: DateTime<Utc>,
        found: DateTime<Utc>,
        step_us: i64,
    }
    Recovery = "recovery", state: true, "lines torn by a crash were sealed; nothing was cut away" {
        lines: Vec<TornLine>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        completed: Option<u64>,
    }
    Joined = "joined", state: true, "this chain saw these heads of other chains" {
        heads: Vec<HeadRef>,
    }
    Closed = "closed", state: true, "the incident was closed" {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        debts: Vec<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        open: Vec<String>,
    }
    Reopened = "reopened", state: true, "the incident was opened again" {
        reason: String,
    }
}

/// Why a chain goes on from another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A file, copied into the incident folder.
    File {
        /// Its full path; bytes that are no text are shown as `\xNN`.
        path: String,
    },
    /// A file, hashed where it lies.
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
        /// Region that it lies in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        region: Option<String>,
        /// Digest as the provider gives it, with its algorithm.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        digest: Option<String>,
    },
}

/// Whether we saw a command end or were told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// The tool ran it.
    Observed,
    /// Somebody ran it elsewhere and said so.
    Reported,
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

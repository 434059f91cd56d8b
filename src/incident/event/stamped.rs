//! An event before it is written and as it is read back: who, when, where.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::Event;
use crate::fact::When;

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
        Self { event, occurred: None, step: None, corrects: None, privileged: false, drill: false }
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
    /// Whether this version could read all of it.
    pub is_whole: bool,
    /// Whether another entry takes it back: it stands in the record and says nothing of the state.
    pub is_withdrawn: bool,
}

impl Stamped {
    /// What is counted of it.
    pub fn passing(&self) -> Passing<'_> {
        Passing {
            chain: &self.chain,
            seq: self.seq,
            at: self.at,
            host: &self.host,
            name: self.actor.name.as_deref(),
            user: &self.actor.user,
            login: self.actor.login,
            kind: self.draft.event.kind(),
            is_privileged: self.draft.privileged,
            is_whole: self.is_whole,
        }
    }
}

/// What is counted of every entry, borrowed: nine of ten lines of a long log are notes, which change
/// no state.
#[derive(Clone, Copy, Debug)]
pub struct Passing<'a> {
    /// Eight hex digits: the chain.
    pub chain: &'a str,
    /// Place in the chain.
    pub seq: u64,
    /// When it was written.
    pub at: DateTime<FixedOffset>,
    /// Machine that wrote it.
    pub host: &'a str,
    /// The person's name, if known.
    pub name: Option<&'a str>,
    /// The system account.
    pub user: &'a str,
    /// POSIX session id of the login.
    pub login: u32,
    /// The kind as the log writes it.
    pub kind: &'a str,
    /// Whether it is marked privileged.
    pub is_privileged: bool,
    /// Whether this version could read all of it.
    pub is_whole: bool,
}

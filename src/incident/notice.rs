//! Notices that were sent.

use chrono::{DateTime, FixedOffset};

use super::event::NoticeKind;
use crate::digest::Digest;
use crate::fact::When;

/// A notice that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// When it was sent.
    pub at: When,
    /// What it is.
    pub what: NoticeKind,
    /// Whom it went to.
    pub recipient: Option<String>,
    /// How it was sent.
    pub channel: Option<String>,
    /// The reference that the recipient gave.
    pub reference: Option<String>,
    /// The exhibit that proves it.
    pub proof: Option<String>,
    /// Digest of the list of those it went to.
    pub manifest: Option<Digest>,
    /// Digest of the table that names those that came back.
    pub returned: Option<Digest>,
    /// How many people it went to.
    pub counts: Counts,
    /// Who recorded it.
    pub by: String,
    /// When it was recorded.
    pub recorded_at: DateTime<FixedOffset>,
    /// The entry.
    pub entry: String,
}

/// How many people a notice went to; none: nobody counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many people this batch went to.
    pub sent: Option<u64>,
    /// How many of these came back.
    pub bounced: Option<u64>,
    /// How many people are still to be told.
    pub remaining: Option<u64>,
}

impl Notice {
    /// Whether it is the notice itself, or what the law takes instead, and nobody is left to be told.
    /// More of it, or a correction, settles nothing.
    pub fn is_complete(&self) -> bool {
        self.is_first() && !self.is_partial()
    }

    /// Whether it is the notice itself, and not something that follows it.
    pub fn is_first(&self) -> bool {
        self.what.is_first()
    }

    /// Whether somebody is left to be told.
    pub fn is_partial(&self) -> bool {
        self.counts.remaining.is_some_and(|remaining| remaining > 0)
    }

    /// Whether it is one of the mailings of a campaign: the notice itself, to a number of people.
    pub fn is_batch(&self) -> bool {
        self.is_first() && self.counts.sent.is_some()
    }

    /// The notice, of those of a duty, after which nobody was left to be told. Whoever later says that
    /// somebody is left takes it back.
    pub fn completing(notices: &[Self]) -> Option<&Self> {
        let is_partial = |notice: &Self| notice.is_first() && notice.is_partial();
        let since = notices.iter().rposition(is_partial).map_or(0, |place| place + 1);
        notices[since..].iter().find(|notice| notice.is_complete())
    }
}

//! What a team agreed and told: decisions, hand-overs, links, drafts.

use chrono::{DateTime, FixedOffset};

use super::event::{DecidedAs, LinkedAs};
use crate::digest::Digest;
use crate::fact::When;

/// A draft of a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Digest of its text.
    pub sha256: Digest,
    /// Names of the facts that it tells.
    pub used_facts: Vec<String>,
    /// The groups that it is for, joined by `+`.
    pub group: Option<String>,
    /// Digest of the list of those it is for.
    pub manifest: Option<Digest>,
    /// When it was drafted.
    pub at: DateTime<FixedOffset>,
}

/// A text for the status page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The text, Markdown.
    pub text: String,
    /// Names of the facts that it tells.
    pub used_facts: Vec<String>,
}

/// What somebody decided that is no determination.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// What was decided.
    pub what: String,
    /// What was asked.
    pub question: Option<String>,
    /// What could have been decided.
    pub options: Vec<String>,
    /// Who decided.
    pub by: String,
    /// In which role.
    pub role: DecidedAs,
    /// On what basis.
    pub basis: String,
    /// Who disagreed, and why.
    pub dissent: Option<String>,
    /// When to look at it again.
    pub review_at: Option<DateTime<FixedOffset>>,
    /// When it was decided, if somebody said.
    pub occurred: Option<When>,
    /// When it was recorded.
    pub at: DateTime<FixedOffset>,
    /// Whether it is marked privileged.
    pub is_privileged: bool,
}

/// The work went from one person to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOver {
    /// Id of the entry.
    pub entry: String,
    /// Who handed it over.
    pub by: String,
    /// Whose it is from then on.
    pub to: String,
    /// What to know.
    pub text: Option<String>,
    /// When it was recorded.
    pub at: DateTime<FixedOffset>,
    /// Who accepted it, and when; nobody yet, if none.
    pub accepted: Option<(String, DateTime<FixedOffset>)>,
}

/// How an incident belongs with another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// How.
    pub how: LinkedAs,
    /// Why.
    pub why: Option<String>,
}

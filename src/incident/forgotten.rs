//! What was destroyed on purpose: a text or a file kept apart, of which the digest stays.

use chrono::{DateTime, FixedOffset};

use super::event::{Event, Stamped};
use crate::digest::Digest;

/// Why a text or a file is not there any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forgotten {
    /// Id of the entry that it belonged to.
    pub entry: String,
    /// Why.
    pub why: String,
    /// The law or the contract that this is based on.
    pub basis: Option<String>,
    /// Who said so.
    pub by: String,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Whether it was not here to be destroyed.
    pub was_absent: bool,
}

impl Forgotten {
    /// What an entry says was destroyed, by digest.
    pub fn told(stamped: &Stamped) -> Vec<(Digest, Self)> {
        let Event::Forgotten(body) = &stamped.draft.event else { return Vec::new() };
        let of = |digest: &Digest| Self {
            entry: body.entry.clone(),
            why: body.why.to_string(),
            basis: body.basis.as_ref().map(ToString::to_string),
            by: stamped.actor.shown().to_owned(),
            at: stamped.at,
            was_absent: body.absent.contains(digest),
        };
        body.what.iter().map(|digest| (*digest, of(digest))).collect()
    }

    /// What is read in its place.
    pub fn shown(&self) -> String {
        format!("[forgotten: {}]", self.why)
    }
}

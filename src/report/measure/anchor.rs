//! The moments from which everything is measured, each with its precision and its source.

use chrono::{DateTime, FixedOffset};
use schemars::JsonSchema;
use serde::Serialize;

use super::presence::Presence;
use crate::fact::When;
use crate::report::gate::Text;

/// A time that was recorded for an anchor.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Said {
    /// The moment in words, never finer than it was given.
    pub shown: String,
    /// When it was said, if that was not when it was recorded.
    pub said: Option<When>,
    /// When it was recorded.
    pub recorded_at: DateTime<FixedOffset>,
    /// Who recorded it.
    pub by: Text,
    /// Why, or on what basis.
    pub why: Option<Text>,
}

/// A moment that metrics start from or end at.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Anchor {
    /// `E0` to `E10`, `S1`, `N`, `D`, `P`, `G`, `W`, `J`, `R`.
    pub id: String,
    /// What happened then.
    pub event: String,
    /// Where it is recorded: the name of the fact, or the kind of entry.
    pub source: String,
    /// The same in words.
    pub source_title: String,
    /// Whether it is known.
    pub presence: Presence,
    /// The moment, as precisely as it was given.
    pub at: Option<When>,
    /// The same in words, never finer than it was given.
    pub shown: Option<String>,
    /// Who said so; of a determination, who decided.
    pub by: Option<Text>,
    /// When it was recorded.
    pub recorded_at: Option<DateTime<FixedOffset>>,
    /// Why, or on what basis.
    pub why: Option<Text>,
    /// How many earlier values there are.
    pub earlier: usize,
    /// Other times recorded before the one that counts, oldest first; the latest ten.
    pub before: Vec<Said>,
}

impl Anchor {
    /// What happened, in a few words.
    pub(super) fn called(&self) -> &str {
        self.event.split(':').next().unwrap_or_default()
    }
}

//! What a report is made of, and what every section asks of it.

use std::cell::RefCell;
use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset};

use super::gate::{Gate, Tlp};
use super::gather::Gather;
use super::measure::Zone;
use crate::digest::Digest;
use crate::fact::{Value, Vocabulary, When};
use crate::incident::{FactChange, Pinned};
use crate::log::{ChainReport, HeadCode};
use crate::phase::Phase;
use crate::playbook::Playbook;
use crate::regime::{Assessed, Gap};

/// A playbook that was followed, and what its kept copy says.
pub struct PlaybookFollowed {
    /// The phase.
    pub phase: Phase,
    /// What was pinned.
    pub pinned: Pinned,
    /// The kept copy, or why it cannot be read.
    pub playbook: Result<Playbook, String>,
}

/// A signature as the log has it.
#[derive(Clone, Debug)]
pub struct Signed {
    /// Who signed.
    pub by: String,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// `prepared`, `reviewed`, `approved`.
    pub role: String,
    /// The code up to which the log was read.
    pub head: String,
    /// For whom the report was, as [`Reader`](super::Reader) is printed.
    pub audience: String,
    /// Digest of what was signed.
    pub digest: Digest,
    /// Entries since that code; none where nobody counts.
    pub newer: Option<u64>,
}

/// Everything that a report is made of. Nothing of it is read from a clock.
pub struct Material<'m> {
    /// Name of the incident: that of its folder.
    pub name: &'m str,
    /// What was seen of the log, for whoever reads.
    pub gather: &'m Gather,
    /// The facts with their titles.
    pub vocabulary: &'m Vocabulary,
    /// The playbooks that were followed, in the order of [`Gather::pins`].
    pub playbooks: &'m [PlaybookFollowed],
    /// The law over the facts, as of the last entry.
    pub duties: &'m [Assessed<'m>],
    /// The places of which no law is held.
    pub gaps: &'m [Gap],
    /// What is known of the chains.
    pub chains: &'m [ChainReport],
    /// The signatures that the log has.
    pub signed: &'m [Signed],
    /// The last code that covers the log, and how many entries it does not cover.
    pub code: Option<(HeadCode, u64)>,
    /// With whom it may be shared.
    pub tlp: Tlp,
}

/// A report in the making.
pub(in crate::report) struct Build<'b> {
    pub(in crate::report) material: &'b Material<'b>,
    pub(in crate::report) gather: &'b Gather,
    pub(in crate::report) vocabulary: &'b Vocabulary,
    pub(in crate::report) gate: Gate,
    pub(in crate::report) zone: Zone,
    /// Facts that a section of their own tells with their history.
    pub(in crate::report) told: RefCell<BTreeSet<String>>,
}

impl Build<'_> {
    /// The values of a fact, oldest first; none of a fact that is withheld.
    pub(in crate::report) fn history(&self, name: &str) -> &[FactChange] {
        let of = self.gather.incident.facts.get(name).filter(|_| !self.is_withheld(name));
        of.map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a value of a fact was left out, or whoever reads is not told of the fact.
    pub(in crate::report) fn is_withheld(&self, name: &str) -> bool {
        self.gather.withheld.facts.contains(name) || !self.gather.reach.fact(self.vocabulary, name)
    }

    /// The moment that a fact says.
    pub(in crate::report) fn time(&self, name: &str) -> Option<&When> {
        match &self.history(name).last()?.value {
            Value::Time(when) => Some(when),
            _ => None,
        }
    }

    /// The text that a fact says.
    pub(in crate::report) fn text_of(&self, name: &str) -> Option<&str> {
        match &self.history(name).last()?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

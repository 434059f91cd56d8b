//! The chains of the log, and what their damage puts in doubt.

use schemars::JsonSchema;
use serde::Serialize;

use crate::digest::Digest;
use crate::log::ChainReport;
use crate::report::material::Build;

/// A chain of the log.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChainShown {
    /// Its name.
    pub chain: String,
    /// How many lines were read.
    pub lines: u64,
    /// Digest of the last line that verifies.
    #[schemars(with = "Option<String>")]
    pub head: Option<Digest>,
    /// Lines that a crash left half written: sealed and accounted for, never removed.
    pub torn: usize,
    /// What is wrong with it. Nothing from there on is trusted or reported.
    pub damage: Option<String>,
    /// The first line that is not trusted, from 0.
    pub damaged_at: Option<u64>,
    /// What comes after the last line feed, if anything: a write in progress or a torn end.
    pub fragment: Option<String>,
    /// What is correct but worth knowing.
    pub remarks: Vec<String>,
}

/// What is to be said of something that may have been recorded behind damage; none without.
pub(in crate::report) fn doubt(chains: &[ChainShown]) -> Option<String> {
    let damaged = chains.iter().find_map(|chain| Some((&chain.chain, chain.damaged_at?)));
    damaged.map(|(chain, line)| {
        format!("not known: the record is not trusted from line {line} of chain {chain}")
    })
}

impl Build<'_> {
    /// Every chain.
    pub(in crate::report) fn chains(&self) -> Vec<ChainShown> {
        self.material.chains.iter().map(chain).collect()
    }

    /// As [`doubt`].
    pub(in crate::report) fn doubt(&self) -> Option<String> {
        doubt(&self.chains())
    }
}

fn chain(report: &ChainReport) -> ChainShown {
    ChainShown {
        chain: report.chain.clone(),
        lines: report.lines,
        head: report.head.as_ref().map(|head| head.head),
        torn: report.torn.len(),
        damage: report.damage.as_ref().map(ToString::to_string),
        damaged_at: report.damage.as_ref().map(|damage| damage.line),
        fragment: report.fragment().map(ToString::to_string),
        remarks: report.remarks.iter().map(ToString::to_string).collect(),
    }
}

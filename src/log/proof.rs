//! What the code of an entry proves: that the log up to it is the one that was there then.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::chain::ChainReport;
use super::ending::Ending;
use super::entry::Entry;
use super::error::OpenError;
use super::head_code::HeadCode;
use super::heads::digests_of_lines;
use super::lines::line_at;
use crate::digest::Digest;
use crate::id::ChainId;
use crate::incident::event::{Event, HeadRef};

/// The last entry at an end, and how many lines its code does not cover.
pub fn last_ending(reports: &[ChainReport]) -> Option<(&Ending, u64)> {
    let endings = reports.iter().filter_map(|report| report.ending.as_ref());
    let last = endings.max_by(|a, b| a.at.cmp(&b.at))?;
    Some((last, not_covered(reports, &last.line, &last.heads)))
}

/// What a code proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The line that has the code.
    pub line: HeadRef,
    /// The heads that it names and that stand.
    pub stands: Vec<HeadRef>,
    /// The heads that it names and that are not here: cut off, rewritten, or not here yet.
    pub missing: Vec<HeadRef>,
    /// Lines that it does not cover.
    pub newer: u64,
}

/// Looks for the line that has a code among the lines that verify, and compares what it names. None:
/// no line has it.
///
/// # Errors
/// A chain cannot be read.
pub fn prove(
    chains: &[(ChainId, PathBuf)],
    reports: &[ChainReport],
    code: &HeadCode,
) -> Result<Option<Proof>, OpenError> {
    let verifies = |chain: &str, seq: u64| {
        let report = reports.iter().find(|report| report.chain == chain);
        report.is_some_and(|report| report.damage.as_ref().is_none_or(|damage| seq < damage.line))
    };
    for (chain, path) in chains {
        let failed = || OpenError::io("failed to read", path);
        let Some(bytes) = line_at(path, code.seq()).map_err(failed())? else { continue };
        let head = Digest::of(&bytes);
        if !code.fits(&head) || !verifies(chain.as_str(), code.seq()) {
            continue;
        }
        let event = Entry::parse(&bytes).ok().map(|entry| entry.read().event);
        let named = match event {
            Some(Event::Joined(joined)) => joined.heads,
            _ => Vec::new(),
        };
        let line = HeadRef { chain: chain.to_string(), seq: code.seq(), head };
        let newer = not_covered(reports, &line, &named);
        let mut here: BTreeSet<(&str, u64, Digest)> = BTreeSet::new();
        for (chain, path) in chains {
            let of_chain = named.iter().filter(|head| head.chain == chain.as_str());
            let found = digests_of_lines(path, of_chain.map(|head| head.seq).collect())?;
            let found = found.into_iter().filter(|(seq, _)| verifies(chain.as_str(), *seq));
            here.extend(found.map(|(seq, found)| (chain.as_str(), seq, found)));
        }
        let is_here = |head: &HeadRef| here.contains(&(head.chain.as_str(), head.seq, head.head));
        let (stands, missing) = named.into_iter().partition(is_here);
        return Ok(Some(Proof { line, stands, missing, newer }));
    }
    Ok(None)
}

/// Lines of all chains that stand behind a line and the heads that it names.
fn not_covered(reports: &[ChainReport], line: &HeadRef, heads: &[HeadRef]) -> u64 {
    let named = || heads.iter().chain([line]);
    let covered = |chain: &str| {
        let of_chain = named().filter(|head| head.chain == chain);
        of_chain.map(|head| head.seq.saturating_add(1)).max().unwrap_or(0)
    };
    reports.iter().map(|report| report.lines.saturating_sub(covered(&report.chain))).sum()
}

//! What chains say of each other: the heads that one of them saw of another.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use super::chain::{Chain, ChainReport};
use super::damage::{Damage, DamageKind};
use super::error::OpenError;
use super::lines::Lines;
use crate::digest::Digest;
use crate::id::ChainId;
use crate::incident::event::HeadRef;
use crate::plain_file;

/// Chains witness each other: where one of them saw a line, no other line may stand. Lines that are
/// not there are no damage: files travel piecemeal, and an older copy of another machine's chain is a
/// true one. A chain of which nothing is there gets a report of its own.
pub(super) fn compare_heads(
    chains: &[(ChainId, PathBuf)],
    reports: &mut Vec<ChainReport>,
) -> Result<(), OpenError> {
    let seen: Vec<HeadRef> =
        reports.iter().flat_map(|report| report.witnessed.iter().cloned()).collect();
    let mut places: HashMap<String, usize> =
        reports.iter().enumerate().map(|(at, report)| (report.chain.clone(), at)).collect();
    let mut wanted: HashMap<&str, BTreeMap<u64, Option<Digest>>> = HashMap::new();
    for head in &seen {
        wanted.entry(&head.chain).or_default().insert(head.seq, None);
    }
    // For each chain, the digests of those lines in it and in each of its branches. A name without a
    // file in the folder is foreign text, so no path is built from it.
    let mut found: HashMap<&str, Vec<BTreeMap<u64, Option<Digest>>>> = HashMap::new();
    for (chain, path) in chains {
        let judged = places.get(chain.as_str()).is_some_and(|at| reports[*at].damage.is_none());
        if let (Some(wanted), true) = (wanted.get(chain.root()), judged) {
            let mut lines = wanted.clone();
            digests_of_lines(path, &mut lines)?;
            found.entry(chain.root()).or_default().push(lines);
        }
    }
    for head in &seen {
        let place = *places.entry(head.chain.clone()).or_insert_with(|| {
            reports.push(ChainReport { damage: None, ..Chain::new(&head.chain).finish(0) });
            reports.len() - 1
        });
        if reports[place].damage.is_some() {
            continue;
        }
        let mut there = found
            .get(&*head.chain)
            .into_iter()
            .flatten()
            .filter_map(|lines| lines.get(&head.seq).copied().flatten())
            .peekable();
        if there.peek().is_none() {
            reports[place].lacks(head.seq);
        } else if !there.any(|digest| digest == head.head) {
            reports[place].damage = Some(Damage { line: head.seq, kind: DamageKind::Disowned });
        }
    }
    Ok(())
}

/// The digests of some lines of a chain, by number, in one pass; of those that it has.
pub(super) fn digests_of_lines(
    path: &Path,
    wanted: &mut BTreeMap<u64, Option<Digest>>,
) -> Result<(), OpenError> {
    let file = plain_file::open(path).map_err(OpenError::io("failed to open", path))?;
    let mut lines = Lines::new(file, 0);
    let mut number = 0;
    for (line, digest) in wanted {
        while number < *line {
            if lines.next().map_err(OpenError::io("failed to read", path))?.is_none() {
                return Ok(());
            }
            number += 1;
        }
        *digest = lines.next().map_err(OpenError::io("failed to read", path))?.map(Digest::of);
        number += 1;
    }
    Ok(())
}

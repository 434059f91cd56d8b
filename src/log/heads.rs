//! What chains say of each other: the heads that one of them saw of another.

use std::collections::HashMap;
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
    // There may be a thousand in each entry: none of them is copied.
    let witnessed: Vec<Vec<HeadRef>> =
        reports.iter_mut().map(|report| std::mem::take(&mut report.witnessed)).collect();
    let seen = || witnessed.iter().flatten();
    let mut places: HashMap<String, usize> =
        reports.iter().enumerate().map(|(at, report)| (report.chain.clone(), at)).collect();
    let mut wanted: HashMap<&str, Vec<u64>> = HashMap::new();
    for head in seen() {
        wanted.entry(&head.chain).or_default().push(head.seq);
    }
    // For each chain, the digests of those lines in it and in each of its branches. A name without a
    // file in the folder is foreign text, so no path is built from it.
    let mut found: HashMap<&str, Vec<Vec<(u64, Digest)>>> = HashMap::new();
    for (chain, path) in chains {
        let judged = places.get(chain.as_str()).map(|at| &reports[*at]);
        let judged = judged.filter(|report| report.damage.is_none());
        if let (Some(wanted), Some(report)) = (wanted.get(chain.root()), judged) {
            // The last line is known already, and it is what others name as a rule.
            let last = report.head.as_ref().filter(|head| wanted.contains(&head.seq));
            let is_other = |seq: &u64| last.is_none_or(|head| *seq != head.seq);
            let wanted: Vec<u64> = wanted.iter().copied().filter(is_other).collect();
            let mut lines =
                if wanted.is_empty() { Vec::new() } else { digests_of_lines(path, wanted)? };
            lines.extend(last.map(|head| (head.seq, head.head)));
            lines.sort_unstable_by_key(|(seq, _)| *seq);
            found.entry(chain.root()).or_default().push(lines);
        }
    }
    for head in seen() {
        let place = places.get(&head.chain).copied().unwrap_or_else(|| {
            reports.push(ChainReport { damage: None, ..Chain::new(&head.chain).finish(0) });
            places.insert(head.chain.clone(), reports.len() - 1);
            reports.len() - 1
        });
        if reports[place].damage.is_some() {
            continue;
        }
        let mut there = found
            .get(&*head.chain)
            .into_iter()
            .flatten()
            .filter_map(|lines| {
                let at = lines.binary_search_by_key(&head.seq, |(line, _)| *line).ok()?;
                Some(lines[at].1)
            })
            .peekable();
        if there.peek().is_none() {
            reports[place].lacks(head.seq);
        } else if !there.any(|digest| digest == head.head) {
            reports[place].damage = Some(Damage { line: head.seq, kind: DamageKind::Disowned });
        }
    }
    for (report, witnessed) in reports.iter_mut().zip(witnessed) {
        report.witnessed = witnessed;
    }
    Ok(())
}

/// The digests of some lines of a chain, by number, in one pass; of those that it has.
pub(super) fn digests_of_lines(
    path: &Path,
    mut wanted: Vec<u64>,
) -> Result<Vec<(u64, Digest)>, OpenError> {
    wanted.sort_unstable();
    wanted.dedup();
    let file = plain_file::open(path).map_err(OpenError::io("failed to open", path))?;
    let mut lines = Lines::new(file, 0);
    let mut digests = Vec::with_capacity(wanted.len());
    let mut number = 0;
    for wanted in wanted {
        loop {
            let line = lines.next().map_err(OpenError::io("failed to read", path))?;
            let Some(line) = line else { return Ok(digests) };
            number += 1;
            if number > wanted {
                digests.push((wanted, Digest::of(line)));
                break;
            }
        }
    }
    Ok(digests)
}

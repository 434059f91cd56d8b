//! Assembles chains from the segments of a store.

use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::held::Held;
use crate::digest::Digest;
use crate::id::ChainId;
use crate::log::Entry;
use crate::plain_file;

/// A partly assembled chain: its segments, each with where in the chain its part begins, its end
/// offset, and the digest of its last line.
type Piece = (Vec<(usize, u64)>, u64, Digest);

/// Assembles the chains of a store from local and downloaded segments. Where two segments fit, two
/// writers continued one chain, and both are kept as branches. Returns how many objects fit nowhere.
pub(super) fn assemble(held: &Held, inbox: &Path, log: &Path) -> io::Result<usize> {
    let roots: BTreeSet<&str> =
        held.segments.iter().map(|(segment, _)| segment.chain.as_str()).collect();
    let mut fits = BTreeSet::new();
    for root in roots {
        let of: Vec<usize> =
            (0..held.segments.len()).filter(|at| held.segments[*at].0.chain == root).collect();
        let mut known = BTreeSet::new();
        let mut paths: Vec<Piece> = vec![(Vec::new(), 0, Digest::ZERO)];
        let mut branch: u16 = 0;
        while let Some((mut path, mut end, mut last)) = paths.pop() {
            // Whether this path is new: one that meets an earlier path is a duplicate of it.
            let mut is_other = true;
            loop {
                let mut next = None;
                // The longest segment at an offset sorts last, so reverse order tries it first. One that
                // begins before the end goes on from there.
                for &at in of.iter().rev() {
                    let segment = &held.segments[at].0;
                    let to = segment.end();
                    if segment.offset > end || to <= end {
                        continue;
                    }
                    let Some(bytes) = part(held, (at, end), inbox)? else { continue };
                    let Some(tip) = follows(&bytes, last) else { continue };
                    fits.insert(at);
                    if !known.insert((to, tip.to_string())) {
                        is_other = false;
                    } else if next.is_none() {
                        next = Some((at, to, tip));
                    } else {
                        let path = path.iter().copied().chain([(at, end)]).collect();
                        paths.push((path, to, tip));
                    }
                }
                let Some((at, to, tip)) = next else { break };
                is_other = true;
                path.push((at, end));
                (end, last) = (to, tip);
            }
            let number = branch.saturating_add(1);
            let chain = ChainId::parse(root).filter(|_| number <= ChainId::BRANCHES);
            if let Some(chain) = chain.filter(|_| is_other && !path.is_empty()) {
                let place = log.join(format!("{}.jsonl", chain.with_branch(number)));
                write(held, &path, inbox, &place)?;
                branch = number;
            }
        }
    }
    Ok(held.segments.len() - fits.len())
}

/// The bytes of a segment, local or downloaded; `None` if they do not match its name.
fn bytes(held: &Held, at: usize, inbox: &Path) -> io::Result<Option<Vec<u8>>> {
    let (segment, place) = &held.segments[at];
    if let Some(ours) = place {
        return held.ours[*ours].bytes(segment);
    }
    let most = usize::try_from(segment.size).unwrap_or(usize::MAX);
    let bytes = plain_file::read(&inbox.join(segment.name()), most)?;
    Ok(segment.is(&bytes).then_some(bytes))
}

/// The bytes of a segment from an offset of the chain on.
fn part(held: &Held, (at, from): (usize, u64), inbox: &Path) -> io::Result<Option<Vec<u8>>> {
    let before = usize::try_from(from - held.segments[at].0.offset).unwrap_or(usize::MAX);
    Ok(bytes(held, at, inbox)?.map(|mut bytes| bytes.split_off(before.min(bytes.len()))))
}

/// The digest of the last line, if these are whole lines and the first one follows `last`.
fn follows(bytes: &[u8], last: Digest) -> Option<Digest> {
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let first = Entry::parse(lines.next()?).ok()?;
    let tip = bytes.split_inclusive(|byte| *byte == b'\n').next_back()?;
    (last.is(first.prev) && tip.ends_with(b"\n")).then(|| Digest::of(tip))
}

fn write(held: &Held, path: &[(usize, u64)], inbox: &Path, place: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    let mut file = options.write(true).create_new(true).mode(0o600).open(place)?;
    for place in path {
        file.write_all(&part(held, *place, inbox)?.unwrap_or_default())?;
    }
    Ok(())
}

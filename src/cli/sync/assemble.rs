//! Assembles chains from the segments of a store.

use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::held::Held;
use crate::digest::Digest;
use crate::id::{ChainId, IncidentName};
use crate::log::Pieces;
use crate::plain_file;

/// A partly assembled chain: its segments, each with where in the chain its part begins, its end
/// offset, and its lines.
type Piece = (Vec<(usize, u64)>, u64, Pieces);

/// Assembles the chains of an incident from local and downloaded segments: whatever anybody put in
/// between, each of them verifies. Where two segments fit, two writers continued one chain, and both
/// are kept as branches. Returns how many objects fit nowhere.
pub(super) fn assemble(
    held: &Held,
    incident: &IncidentName,
    inbox: &Path,
    log: &Path,
) -> io::Result<usize> {
    let roots: BTreeSet<&str> =
        held.segments.iter().map(|(segment, _)| segment.chain.as_str()).collect();
    let mut fits = BTreeSet::new();
    for root in roots {
        let Some(chain) = ChainId::parse(root) else { continue };
        let of: Vec<usize> =
            (0..held.segments.len()).filter(|at| held.segments[*at].0.chain == root).collect();
        let mut known = BTreeSet::new();
        let mut paths: Vec<Piece> = vec![(Vec::new(), 0, Pieces::new(&chain, incident))];
        let mut branch: u16 = 0;
        while let Some((mut path, mut end, mut lines)) = paths.pop() {
            // Whether this path is new: one that meets an earlier path is a duplicate of it.
            let mut is_other = true;
            loop {
                let mut next = None;
                // The longest segment at an offset sorts last, so reverse order tries it first. One that
                // begins before the end goes on from there, unless it is of another branch: what that
                // has at this offset would pass for a torn line.
                for &at in of.iter().rev() {
                    let segment = &held.segments[at].0;
                    let to = segment.end();
                    if segment.offset > end || to <= end {
                        continue;
                    }
                    let Some((before, bytes)) = parts(held, (at, end), inbox)? else { continue };
                    let is_behind = before.is_empty() || last_line(&before) == lines.tip();
                    let Some(longer) = lines.with(&bytes).filter(|_| is_behind) else { continue };
                    fits.insert(at);
                    if !known.insert((to, longer.tip())) {
                        is_other = false;
                    } else if next.is_none() {
                        next = Some((at, to, longer));
                    } else {
                        let path = path.iter().copied().chain([(at, end)]).collect();
                        paths.push((path, to, longer));
                    }
                }
                let Some((at, to, longer)) = next else { break };
                is_other = true;
                path.push((at, end));
                (end, lines) = (to, longer);
            }
            let number = branch.saturating_add(1);
            if is_other && !path.is_empty() && number <= ChainId::BRANCHES {
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

/// The bytes of a segment before an offset of the chain, and from there on.
fn parts(
    held: &Held,
    (at, from): (usize, u64),
    inbox: &Path,
) -> io::Result<Option<(Vec<u8>, Vec<u8>)>> {
    let length = usize::try_from(from - held.segments[at].0.offset).unwrap_or(usize::MAX);
    Ok(bytes(held, at, inbox)?.map(|mut before| {
        let rest = before.split_off(length.min(before.len()));
        (before, rest)
    }))
}

/// The digest of the last line, whole or not.
fn last_line(bytes: &[u8]) -> Digest {
    Digest::of(bytes.split_inclusive(|byte| *byte == b'\n').next_back().unwrap_or_default())
}

fn write(held: &Held, path: &[(usize, u64)], inbox: &Path, place: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    let mut file = options.write(true).create_new(true).mode(0o600).open(place)?;
    for place in path {
        file.write_all(&parts(held, *place, inbox)?.unwrap_or_default().1)?;
    }
    Ok(())
}

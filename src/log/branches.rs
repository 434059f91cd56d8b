//! Two files of one name that differ: branches of one chain, because two machines wrote one file. No
//! rule of the log lets that happen; where it did, both are kept, read and named.

use std::io;
use std::path::{Path, PathBuf};

use super::chain::ChainReport;
use super::damage::{Damage, DamageKind};
use super::error::OpenError;
use super::lines::Lines;
use super::vanished::chain_named;
use crate::id::ChainId;
use crate::plain_file;

/// Lines at the beginning of a branch that an earlier branch of its chain has as well.
pub(super) fn shared(path: &Path) -> io::Result<u64> {
    let Some(chain) = chain_named(path).filter(|chain| chain.branch() > 1) else { return Ok(0) };
    let mut most = 0;
    for branch in 1..chain.branch() {
        let other = path.with_file_name(format!("{}.jsonl", chain.with_branch(branch)));
        if other.symlink_metadata().is_ok_and(|found| found.is_file()) {
            most = most.max(common(path, &other)?.lines);
        }
    }
    Ok(most)
}

/// Names every branch but the first of its chain.
pub(super) fn add(
    chains: &[(ChainId, PathBuf)],
    reports: &mut [ChainReport],
) -> Result<(), OpenError> {
    for (chain, path) in chains.iter().filter(|(chain, _)| chain.branch() > 1) {
        let of_chain = reports.iter_mut().find(|report| report.chain == chain.as_str());
        if let Some(report) = of_chain.filter(|report| report.damage.is_none()) {
            let line = shared(path).map_err(OpenError::io("failed to read", path))?;
            report.damage = Some(Damage { line, kind: DamageKind::Branched });
        }
    }
    Ok(())
}

/// What two chains have in common, from their first line on.
pub(super) struct Common {
    /// Whole lines.
    pub(super) lines: u64,
    /// Bytes of those lines.
    pub(super) bytes: u64,
    /// Whether that is all of the first, and of the second; bytes after the last line feed are not
    /// looked at.
    pub(super) is_all_of: (bool, bool),
}

/// Compares two chains line by line.
pub(super) fn common(one: &Path, other: &Path) -> io::Result<Common> {
    let mut one = Lines::new(plain_file::open(one)?, 0);
    let mut other = Lines::new(plain_file::open(other)?, 0);
    let (mut lines, mut bytes) = (0, 0);
    loop {
        match (one.next()?, other.next()?) {
            (Some(a), Some(b)) if a == b => {
                lines += 1;
                bytes += a.len() as u64;
            }
            (a, b) => return Ok(Common { lines, bytes, is_all_of: (a.is_none(), b.is_none()) }),
        }
    }
}

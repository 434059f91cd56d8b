//! Which entries were taken back: to be known before the first of them is taken in.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::entry::Entry;
use super::error::OpenError;
use super::lines::holds;
use super::reader::Reader;
use crate::id::ChainId;
use crate::incident::event::Event;

/// As it stands in a line, however that is spaced: no entry is believed whose kind is escaped.
const SIGN: &str = "\"withdrawn\"";

/// Ids of the entries that other entries take back, as far as those are believed. A chain that speaks
/// of nothing of the kind is looked through and not read.
pub(super) fn withdrawn(
    chains: &[(ChainId, PathBuf)],
    limit: &dyn Fn(&str) -> u64,
) -> Result<BTreeSet<String>, OpenError> {
    let mut ids = BTreeSet::new();
    for (chain, path) in chains {
        if speaks_of_it(path)? {
            let mut reader = Reader::open(chain.as_str(), path, limit(chain.as_str()))?;
            let mut take = |entry: Box<Entry<'_>>| {
                if entry.kind == "withdrawn"
                    && let Event::Withdrawn(body) = entry.read().event
                {
                    ids.insert(body.entry);
                }
            };
            while reader.next(&mut take)?.is_some() {}
        }
    }
    Ok(ids)
}

fn speaks_of_it(path: &Path) -> Result<bool, OpenError> {
    holds(path, SIGN).map_err(OpenError::io("failed to read", path))
}

//! What was seen of other chains, and what of it our own chain has named: only so can be told later
//! which entries were made without knowledge of each other.

use std::collections::BTreeMap;

use crate::incident::event::HeadRef;

/// Heads in one entry: far below what a line holds, so that no folder full of chains keeps anybody
/// from recording.
const IN_ONE: usize = 1000;

/// The heads that were seen of other chains, and those that ours has named.
#[derive(Default)]
pub(super) struct Sight {
    named: BTreeMap<String, HeadRef>,
    seen: Vec<HeadRef>,
}

impl Sight {
    /// Our chain names these, later ones last.
    pub(super) fn names(&mut self, heads: impl IntoIterator<Item = HeadRef>) {
        self.named.extend(heads.into_iter().map(|head| (head.chain.clone(), head)));
    }

    /// Entries up to these were read, and may be known to whoever writes from here on.
    pub(super) fn sees(&mut self, heads: impl Iterator<Item = HeadRef>) {
        self.seen = heads.collect();
    }

    /// Whether nothing was seen yet.
    pub(super) fn is_blank(&self) -> bool {
        self.seen.is_empty() && self.named.is_empty()
    }

    /// What was seen and not named yet, dealt out to entries. It is handed out once.
    pub(super) fn news(&mut self) -> Vec<Vec<HeadRef>> {
        let mut seen = std::mem::take(&mut self.seen);
        seen.retain(|head| self.named.get(&head.chain) != Some(head));
        dealt_out(&seen).collect()
    }
}

/// Heads, dealt out to entries.
fn dealt_out(heads: &[HeadRef]) -> impl Iterator<Item = Vec<HeadRef>> {
    heads.chunks(IN_ONE).map(<[HeadRef]>::to_vec)
}

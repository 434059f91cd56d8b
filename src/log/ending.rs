//! The entry at an end: of a walk, of the incident.

use super::entry::Entry;
use super::head_code::HeadCode;
use crate::digest::Digest;
use crate::incident::event::HeadRef;

/// An entry at an end, which names the heads of every chain that was known then, its own too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// When it was written, as it stands in the line.
    pub at: String,
    /// The entry itself.
    pub line: HeadRef,
    /// The heads that it names.
    pub heads: Vec<HeadRef>,
}

impl Ending {
    /// The ending that an entry makes, if the heads that it names include its own chain; other entries
    /// name only heads of other chains. `head` is the digest of its line.
    pub(super) fn of(
        chain: &str,
        head: Digest,
        entry: &Entry<'_>,
        heads: &[HeadRef],
    ) -> Option<Self> {
        let is_end = heads.iter().any(|head| head.chain == chain);
        is_end.then(|| Self {
            at: entry.at.to_owned(),
            line: HeadRef { chain: chain.to_owned(), seq: entry.seq, head },
            heads: heads.to_vec(),
        })
    }

    /// Its code.
    pub fn code(&self) -> HeadCode {
        HeadCode::of(self.line.seq, &self.line.head)
    }
}

//! A chain that comes in pieces, judged as they come.

use super::chain::Chain;
use crate::digest::Digest;
use crate::id::{ChainId, IncidentName};

/// A chain of an incident, as far as its pieces are known. A clone can go on in another way.
#[derive(Clone)]
pub struct Pieces(Chain);

impl Pieces {
    /// A chain of which no piece is known yet.
    pub fn new(chain: &ChainId, incident: &IncidentName) -> Self {
        Self(Chain::of(chain.as_str(), Some(incident.to_string())))
    }

    /// The chain with a piece behind it. None: these are not whole lines, or the chain would not verify.
    #[must_use]
    pub fn with(&self, piece: &[u8]) -> Option<Self> {
        let mut chain = self.0.clone();
        for line in piece.split_inclusive(|byte| *byte == b'\n') {
            chain.line(line);
        }
        chain.forget_lists();
        (piece.ends_with(b"\n") && chain.damage().is_none()).then_some(Self(chain))
    }

    /// The digest of its last line.
    pub fn tip(&self) -> Digest {
        self.0.next().prev
    }
}

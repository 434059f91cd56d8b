//! A piece of a chain in a store: whole lines, named by where they begin and what they are.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

use crate::digest::Digest;
use crate::id::ChainId;

/// Bytes of a segment at most, unless a single line is longer.
pub const LARGEST: u64 = 256 << 10;

/// Bytes of a segment that is read: what claims to be longer was put there by somebody else.
const READ: u64 = 256 << 20;

/// Digits of an offset, so that names sort as numbers do.
const DIGITS: usize = 20;

/// A segment, as its name tells it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Segment {
    /// The chain, by the name that its branches share.
    pub chain: String,
    /// Where in the chain it begins.
    pub offset: u64,
    /// How long it is.
    pub size: u64,
    /// The digest of its bytes.
    pub sha256: Digest,
}

impl Segment {
    /// Reads the name of an object: the folder that it lies in, its own name, its length.
    pub fn parse(chain: &str, file: &str, size: u64) -> Option<Self> {
        let chain = ChainId::parse(chain).filter(|chain| chain.branch() == 1)?;
        let (offset, sha256) = file.strip_suffix(".jsonl")?.split_once('-')?;
        let is_offset = offset.len() == DIGITS && offset.bytes().all(|b| b.is_ascii_digit());
        let offset = offset.parse().ok().filter(|_| is_offset && size <= READ)?;
        let sha256 = Digest::parse(sha256)?;
        Some(Self { chain: chain.as_str().to_owned(), offset, size, sha256 })
    }

    /// Reads the name of an object below an incident; none if it is no segment.
    pub fn of(name: &str, size: u64) -> Option<Self> {
        let (chain, file) = name.strip_prefix("log/")?.split_once('/')?;
        Self::parse(chain, file, size)
    }

    /// Its name below an incident.
    pub fn name(&self) -> String {
        let Self { chain, offset, sha256, .. } = self;
        format!("log/{chain}/{offset:0DIGITS$}-{sha256}.jsonl")
    }

    /// Where in the chain it ends.
    pub fn end(&self) -> u64 {
        self.offset.saturating_add(self.size)
    }

    /// Whether these are its bytes.
    pub fn is(&self, bytes: &[u8]) -> bool {
        bytes.len() as u64 == self.size && Digest::of(bytes) == self.sha256
    }

    /// The piece of a chain that begins at `offset`: whole lines up to `end`, as many as fit into
    /// `most` bytes, one at least.
    ///
    /// # Errors
    /// The chain cannot be read.
    pub fn cut(
        chain: &str,
        file: &File,
        (offset, end): (u64, u64),
        most: u64,
    ) -> io::Result<(Self, Vec<u8>)> {
        let mut length = most.clamp(1, end - offset);
        let mut bytes;
        loop {
            bytes = vec![0; usize::try_from(length).unwrap_or(0)];
            file.read_exact_at(&mut bytes, offset)?;
            if let Some(at) = memchr::memrchr(b'\n', &bytes) {
                bytes.truncate(at + 1);
                break;
            }
            // A line that is longer than a segment is one by itself.
            if offset + length >= end {
                return Err(io::Error::other("it does not end with a line feed"));
            }
            length = (length * 2).min(end - offset);
        }
        let (size, sha256) = (bytes.len() as u64, Digest::of(&bytes));
        Ok((Self { chain: chain.to_owned(), offset, size, sha256 }, bytes))
    }
}

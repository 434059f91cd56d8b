//! Lines of a chain, hashed and parsed on every processor before they are asked for.

use std::io;

use rayon::prelude::*;
use self_cell::self_cell;

use super::entry::{Entry, Malformed};
use super::lines::Lines;
use crate::digest::Digest;

/// More bytes than this are worth sharing among processors.
const SHARE: usize = 1 << 15;

/// A line, hashed and parsed, and not yet judged by its chain.
pub(super) struct Parsed<'a> {
    /// Its line feed included.
    pub(super) bytes: &'a [u8],
    pub(super) digest: Digest,
    pub(super) entry: Result<Entry<'a>, Malformed>,
}

impl<'a> Parsed<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, digest: Digest::of(bytes), entry: Entry::parse(bytes) }
    }

    /// As [`Parsed::of`], and its event is read, too.
    fn read(bytes: &'a [u8]) -> Self {
        let parsed = Self::of(bytes);
        if let Ok(entry) = &parsed.entry {
            entry.read_ahead(|_| {});
        }
        parsed
    }
}

/// In reverse order, so that the next line is the last one.
type Reversed<'a> = Vec<Parsed<'a>>;

self_cell!(
    struct Batch {
        owner: Vec<u8>,
        #[covariant]
        dependent: Reversed,
    }
);

/// The lines of a file, read a batch ahead.
pub(super) struct Ahead {
    lines: Lines,
    /// Whether events are read ahead, too: only who wants every event should pay for that.
    reads_events: bool,
    batch: Batch,
    /// Where in the file the next line starts.
    offset: u64,
}

impl Ahead {
    pub(super) fn new(lines: Lines, reads_events: bool) -> Self {
        let offset = lines.offset();
        Self { lines, reads_events, batch: Batch::new(Vec::new(), |_| Vec::new()), offset }
    }

    /// Hands the next line to `take`; none at the end, where a file may grow later.
    pub(super) fn next<T>(&mut self, take: impl FnOnce(Parsed<'_>) -> T) -> io::Result<Option<T>> {
        if self.batch.borrow_dependent().is_empty() && !self.fill()? {
            return Ok(None);
        }
        let line = self
            .batch
            .with_dependent_mut(|_, lines| lines.pop().map(|line| (line.bytes.len(), take(line))));
        Ok(line.map(|(length, taken)| {
            self.offset += length as u64;
            taken
        }))
    }

    /// Whether there was something to read.
    fn fill(&mut self) -> io::Result<bool> {
        let empty = Batch::new(Vec::new(), |_| Vec::new());
        let mut bytes = std::mem::replace(&mut self.batch, empty).into_owner();
        if !self.lines.take(&mut bytes)? {
            return Ok(false);
        }
        let reads_events = self.reads_events;
        self.batch = Batch::new(bytes, |bytes| {
            let parse = if reads_events { Parsed::read } else { Parsed::of };
            let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').rev().collect();
            if bytes.len() > SHARE {
                lines.into_par_iter().map(parse).collect()
            } else {
                lines.into_iter().map(parse).collect()
            }
        });
        Ok(true)
    }

    /// Bytes behind the last line feed, once every line was taken.
    pub(super) fn rest(&self) -> &[u8] {
        self.lines.rest()
    }

    /// Where in the file the next line starts.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }
}

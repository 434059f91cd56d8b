//! Lines of a chain, hashed and parsed on every processor before they are asked for.

use std::io;
use std::sync::mpsc;

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
    pub(super) entry: Result<Box<Entry<'a>>, Malformed>,
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

fn parsed(bytes: Vec<u8>, reads_events: bool) -> Batch {
    Batch::new(bytes, |bytes| {
        let parse = if reads_events { Parsed::read } else { Parsed::of };
        let mut start = 0;
        let ends = memchr::memchr_iter(b'\n', bytes).map(|at| at + 1).chain([bytes.len()]);
        let lines = ends.map(|end| &bytes[std::mem::replace(&mut start, end)..end]);
        let mut lines: Vec<&[u8]> = lines.filter(|line| !line.is_empty()).collect();
        lines.reverse();
        if bytes.len() > SHARE {
            lines.into_par_iter().map(parse).collect()
        } else {
            lines.into_iter().map(parse).collect()
        }
    })
}

/// The lines of a file, read a batch ahead.
pub(super) struct Ahead {
    lines: Lines,
    /// Whether events are read ahead, too: only who wants every event should pay for that.
    reads_events: bool,
    batch: Batch,
    /// The batch behind it, being parsed; where events are read, too, and so their chains are few.
    coming: Option<mpsc::Receiver<Batch>>,
    /// Where in the file the next line starts.
    offset: u64,
}

impl Ahead {
    pub(super) fn new(lines: Lines, reads_events: bool) -> Self {
        let offset = lines.offset();
        let batch = Batch::new(Vec::new(), |_| Vec::new());
        Self { lines, reads_events, batch, coming: None, offset }
    }

    /// Hands the next line to `take`; none at the end, where a file may grow later.
    pub(super) fn next<T>(&mut self, take: impl FnOnce(Parsed<'_>) -> T) -> io::Result<Option<T>> {
        self.next_or_same(|line| (take(line), None))
    }

    /// As [`Ahead::next`]; a line that `take` gives back is the next one again.
    pub(super) fn next_or_same<T>(
        &mut self,
        take: impl for<'a> FnOnce(Parsed<'a>) -> (T, Option<Parsed<'a>>),
    ) -> io::Result<Option<T>> {
        if self.batch.borrow_dependent().is_empty() && !self.fill()? {
            return Ok(None);
        }
        let offset = &mut self.offset;
        Ok(self.batch.with_dependent_mut(|_, lines| {
            let line = lines.pop()?;
            let length = line.bytes.len() as u64;
            let (taken, back) = take(line);
            match back {
                Some(line) => lines.push(line),
                None => *offset += length,
            }
            Some(taken)
        }))
    }

    /// Whether there was something to read.
    fn fill(&mut self) -> io::Result<bool> {
        let empty = Batch::new(Vec::new(), |_| Vec::new());
        let mut bytes = std::mem::replace(&mut self.batch, empty).into_owner();
        self.batch = match self.coming.take() {
            Some(coming) => coming.recv().map_err(io::Error::other)?,
            None if self.lines.take(&mut bytes)? => {
                parsed(std::mem::take(&mut bytes), self.reads_events)
            }
            None => return Ok(false),
        };
        let is_long = self.batch.borrow_owner().len() > SHARE;
        // An error comes again when it is its turn.
        if self.reads_events && is_long && matches!(self.lines.take(&mut bytes), Ok(true)) {
            let (done, coming) = mpsc::sync_channel(1);
            rayon::spawn(move || {
                // Who does not wait any more needs nothing.
                let _ = done.send(parsed(bytes, true));
            });
            self.coming = Some(coming);
        }
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

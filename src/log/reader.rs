//! One chain, read from its first line on and checked.

use std::path::{Path, PathBuf};

use super::ahead::{Ahead, Parsed};
use super::branches;
use super::chain::{Chain, ChainReport};
use super::entry::{Entry, LONGEST};
use super::error::OpenError;
use super::follow::Follower;
use super::lines::Lines;
use crate::plain_file;

/// A chain being read and checked.
pub(super) struct Reader {
    pub(super) name: String,
    path: PathBuf,
    pub(super) lines: Ahead,
    pub(super) chain: Chain,
    limit: u64,
    /// Lines at its beginning that another branch of the chain hands out.
    shared: u64,
}

impl Reader {
    /// Starts at its first line; what begins at `limit` or behind it is not read.
    pub(super) fn open(chain: &str, path: &Path, limit: u64) -> Result<Self, OpenError> {
        Self::start(false, chain, path, limit)
    }

    /// As [`Reader::open`], for whoever reads the event of every entry.
    pub(super) fn of_events(chain: &str, path: &Path, limit: u64) -> Result<Self, OpenError> {
        Self::start(true, chain, path, limit)
    }

    fn start(reads_events: bool, chain: &str, path: &Path, limit: u64) -> Result<Self, OpenError> {
        let file = plain_file::open(path).map_err(OpenError::io("failed to open", path))?;
        let shared = branches::shared(path).map_err(OpenError::io("failed to read", path))?;
        Ok(Self {
            name: chain.to_owned(),
            path: path.to_owned(),
            shared,
            lines: Ahead::new(Lines::new(file, 0), reads_events),
            chain: Chain::of(chain, super::vanished::incident_of(path)),
            limit,
        })
    }

    /// Reads on to the next entry that is to be believed, and hands it to `take`.
    pub(super) fn next<T>(
        &mut self,
        mut take: impl FnMut(Box<Entry<'_>>) -> T,
    ) -> Result<Option<T>, OpenError> {
        self.judge(|line| (line.entry.ok().map(&mut take), None))
    }

    /// Reads on to the next entry that is to be believed and of which `look` says something. It stays, for
    /// [`Reader::take`].
    pub(super) fn look<T>(
        &mut self,
        mut look: impl FnMut(&Entry<'_>) -> Option<T>,
    ) -> Result<Option<T>, OpenError> {
        self.judge(|line| match line.entry.as_deref().ok().and_then(&mut look) {
            Some(seen) => (Some(seen), Some(line)),
            None => (None, None),
        })
    }

    /// Hands out what [`Reader::look`] found.
    pub(super) fn take(
        &mut self,
        take: impl FnOnce(&str, &[u8], Box<Entry<'_>>),
    ) -> Result<(), OpenError> {
        let taken = self.lines.next(|Parsed { bytes, entry, .. }| {
            if let Ok(entry) = entry {
                take(&self.name, bytes, entry);
            }
        });
        taken.map(drop).map_err(OpenError::io("failed to read", &self.path))
    }

    /// Reads on to the next line that is to be believed and of which `take` makes something; what `take`
    /// gives back stays.
    fn judge<T>(
        &mut self,
        mut take: impl for<'a> FnMut(Parsed<'a>) -> (Option<T>, Option<Parsed<'a>>),
    ) -> Result<Option<T>, OpenError> {
        while self.lines.offset() < self.limit {
            let (chain, shared) = (&mut self.chain, self.shared);
            let line = self.lines.next_or_same(|Parsed { bytes, digest, entry }| {
                let believed = chain.judged(Parsed { bytes, digest, entry });
                match believed.filter(|entry| entry.seq >= shared) {
                    Some(entry) => {
                        let (taken, back) = take(Parsed { bytes, digest, entry: Ok(entry) });
                        ((bytes.len(), taken), back)
                    }
                    None => ((bytes.len(), None), None),
                }
            });
            match line.map_err(OpenError::io("failed to read", &self.path))? {
                Some((_, Some(taken))) => return Ok(Some(taken)),
                // No entry is so long, and nothing behind it is believed: there may be no end of it.
                Some((length, None)) if length > LONGEST => break,
                Some(_) => {}
                None => break,
            }
        }
        Ok(None)
    }

    /// What is known of it, and from where it is followed.
    pub(super) fn finish(self) -> (ChainReport, (String, Follower)) {
        let follower = Follower::at(&self.path, self.lines.offset(), self.chain.clone());
        let fragment = if self.limit == u64::MAX { self.lines.rest().len() } else { 0 };
        (self.chain.finish(fragment), (self.name, follower))
    }
}

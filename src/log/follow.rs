//! Following a chain of another machine while it grows under our eyes.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::chain::{Chain, Next};
use super::entry::Entry;
use super::error::OpenError;
use super::lines::Lines;
use super::tail::Tail;
use crate::incident::event::{HeadRef, Stamped};
use crate::plain_file;

/// Reads what a chain grew by from `offset` on, as far as it can be believed. Returns what has no
/// line feed yet.
pub(super) fn grow(
    chain: &mut Chain,
    file: File,
    offset: &mut u64,
    take: &mut dyn FnMut(&Entry<'_>),
) -> io::Result<Vec<u8>> {
    let mut lines = Lines::new(file, *offset);
    while chain.damage().is_none()
        && let Some(line) = lines.next()?
    {
        if let Some(entry) = chain.line(line) {
            take(&entry);
        }
        *offset += line.len() as u64;
    }
    Ok(lines.rest().to_vec())
}

/// How far a chain was read.
#[derive(Clone, Debug)]
pub(super) struct Follower {
    path: PathBuf,
    offset: u64,
    /// Once it is damaged, nothing behind is believed.
    chain: Chain,
}

impl Follower {
    /// Follows from what was read and checked.
    pub(super) fn at(path: &Path, offset: u64, chain: Chain) -> Self {
        Self { path: path.to_owned(), offset, chain }
    }

    /// Follows a chain that has just appeared, from its first line.
    pub(super) fn at_start(chain: &str, path: &Path) -> Self {
        Self::at(path, 0, Chain::new(chain))
    }

    /// Follows from the end on, without reading what stands before.
    pub(super) fn at_end(chain: &str, path: &Path) -> Self {
        let tail = plain_file::open(path).ok().and_then(|file| {
            let length = file.metadata().ok()?.len();
            Tail::read(&file, length, chain).ok()
        });
        if let Some(tail) = tail {
            return Self::at(path, tail.offset, tail.chain);
        }
        let mut damaged = Chain::within(chain, Next::FIRST);
        damaged.cut();
        Self::at(path, 0, damaged)
    }

    /// How far it was read.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// The last line that was read, as far as they follow each other.
    pub(super) fn head(&self) -> Option<HeadRef> {
        self.chain.head()
    }

    /// Entries that were appended since we last looked, as far as they follow each other.
    pub(super) fn read_new(&mut self) -> Result<Vec<Stamped>, OpenError> {
        if self.chain.damage().is_some() {
            return Ok(Vec::new());
        }
        let failed = || OpenError::io("failed to read", &self.path);
        let file = plain_file::open(&self.path).map_err(failed())?;
        if file.metadata().map_err(failed())?.len() < self.offset {
            self.chain.cut();
        }
        let mut news = Vec::new();
        let name = self.chain.name().to_owned();
        grow(&mut self.chain, file, &mut self.offset, &mut |entry| {
            news.push(entry.stamped(&name));
        })
        .map_err(failed())?;
        if let Some(damage) = self.chain.damage() {
            tracing::warn!("chain {} no longer verifies: {damage}", self.chain.name());
        }
        Ok(news)
    }
}

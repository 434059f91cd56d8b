//! Following a chain of another machine while it grows under our eyes.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use super::chain::Next;
use super::entry::{Entry, Malformed};
use super::error::OpenError;
use super::tail::Tail;
use crate::incident::event::Stamped;

/// How far a chain was read.
#[derive(Clone, Debug)]
pub(super) struct Follower {
    chain: String,
    path: PathBuf,
    offset: u64,
    /// None: it does not verify any more, and nothing behind is believed.
    next: Option<Next>,
}

impl Follower {
    /// Follows from what was read and checked.
    pub(super) fn at(chain: &str, path: &Path, offset: u64, next: Option<Next>) -> Self {
        Self {
            chain: chain.to_owned(),
            path: path.to_owned(),
            offset,
            next,
        }
    }

    /// Follows a chain that has just appeared, from its first line.
    pub(super) fn at_start(chain: &str, path: &Path) -> Self {
        Self::at(chain, path, 0, Some(Next::FIRST))
    }

    /// Follows from the end on, without reading what stands before.
    pub(super) fn at_end(chain: &str, path: &Path) -> Self {
        let tail = File::open(path).ok().and_then(|file| {
            let length = file.metadata().ok()?.len();
            Tail::read(&file, length).ok()
        });
        match tail {
            Some(tail) => Self::at(chain, path, tail.offset, Some(tail.next)),
            None => Self::at(chain, path, 0, None),
        }
    }

    /// Entries that were appended since we last looked, as far as they follow each other.
    pub(super) fn read_new(&mut self) -> Result<Vec<Stamped>, OpenError> {
        let Some(mut next) = self.next else {
            return Ok(Vec::new());
        };
        let failed = || OpenError::io("failed to read", &self.path);
        let file = File::open(&self.path).map_err(failed())?;
        let length = file.metadata().map_err(failed())?.len();
        if length == self.offset {
            return Ok(Vec::new());
        }
        let mut news = Vec::new();
        let mut bytes = vec![0; usize::try_from(length.saturating_sub(self.offset)).unwrap_or(0)];
        file.read_exact_at(&mut bytes, self.offset)
            .map_err(failed())?;
        let mut broken = length < self.offset;
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            match Entry::parse(line) {
                _ if !line.ends_with(b"\n") => break,
                Ok(entry) if next.fits(&entry) => news.extend(entry.stamped(&self.chain)),
                Err(Malformed::NotJson) if next.seq > 0 => {}
                Ok(_) | Err(_) => {
                    broken = true;
                    break;
                }
            }
            next = next.after(line);
            self.offset += line.len() as u64;
        }
        self.next = (!broken).then_some(next);
        if broken {
            tracing::warn!(chain = self.chain, "a chain does not verify any more");
        }
        Ok(news)
    }
}

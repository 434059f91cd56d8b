//! The end of a chain, read backwards: what a writer must know, at the cost of a few lines.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

use super::chain::{Chain, Next};
use super::damage::{Damage, DamageKind};
use super::entry::{Entry, LONGEST};
use crate::digest::Digest;
use crate::plain_file;

/// Lines that are looked at.
const LINES: usize = 6;
/// Bytes that are looked at: the lines, and a fragment that a crash left.
const MOST: u64 = (LONGEST * (LINES + 1)) as u64;
const STEP: u64 = 16 << 10;

/// What stands at the end of a chain.
pub(super) struct Tail {
    /// The chain up to the last line feed.
    pub(super) chain: Chain,
    /// Bytes behind the last line feed.
    pub(super) fragment: Vec<u8>,
    /// The last entries, oldest first.
    pub(super) entries: Vec<Vec<u8>>,
    /// Length of the file up to the last line feed.
    pub(super) offset: u64,
}

/// Why the end of a chain cannot be used.
pub(super) enum Bad {
    Damage(Damage),
    Io(io::Error),
}

impl From<io::Error> for Bad {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Tail {
    /// Reads the end of a chain of `length` bytes and checks that its last lines follow each other.
    pub(super) fn read(file: &File, length: u64, chain: &str) -> Result<Self, Bad> {
        let bytes = last_bytes(file, length)?;
        let whole = bytes.len() as u64 == length;
        let cut = memchr::memrchr(b'\n', &bytes).map_or(0, |at| at + 1);
        let (ended, fragment) = bytes.split_at(cut);
        let mut lines: Vec<&[u8]> = ended.split_inclusive(|byte| *byte == b'\n').collect();
        if !whole && !lines.is_empty() {
            // The first piece began somewhere in the middle of its line.
            lines.remove(0);
        }
        let first = lines.len().saturating_sub(LINES);
        let lines = &lines[first..];
        let (chain, lines) =
            if whole && first == 0 { (Chain::new(chain), lines) } else { begin(chain, lines)? };
        let mut tail = Self {
            chain,
            fragment: fragment.to_vec(),
            entries: Vec::new(),
            offset: length - fragment.len() as u64,
        };
        for line in lines {
            if tail.chain.line(line).is_some() {
                tail.entries.push(line.to_vec());
            }
        }
        match tail.chain.damage() {
            Some(damage) => Err(Bad::Damage(damage.clone())),
            None if tail.entries.is_empty() => Err(headless()),
            None => Ok(tail),
        }
    }

    /// Whether a line with this digest ends where the tail was read up to.
    pub(super) fn is_up_to(&self, length: u64, line: Digest) -> bool {
        self.offset == length && self.chain.next().prev == line
    }
}

/// The last entries of a chain. None where they cannot be read: nothing hangs on them.
pub(super) fn last_lines(path: &Path, chain: &str) -> Vec<Vec<u8>> {
    let read = || {
        let file = plain_file::open(path).ok()?;
        let length = file.metadata().ok()?.len();
        Tail::read(&file, length, chain).ok()
    };
    read().map(|tail| tail.entries).unwrap_or_default()
}

/// Begins at the first entry among some lines. A torn line before it has an owner behind it, as the
/// full check sees.
fn begin<'l, 'b>(chain: &str, lines: &'l [&'b [u8]]) -> Result<(Chain, &'l [&'b [u8]]), Bad> {
    let start = lines.iter().enumerate().find_map(|(at, line)| {
        let entry = Entry::parse(line).ok()?;
        let prev = Digest::parse(entry.prev)?;
        let seq = entry.seq;
        Some((Chain::within(chain, Next { seq, prev }), &lines[at..]))
    });
    start.ok_or_else(headless)
}

/// Not one entry among the last lines: no crash does that.
fn headless() -> Bad {
    Bad::Damage(Damage { line: 0, kind: DamageKind::Unowned })
}

/// The last bytes of a file: more and more, until enough lines are in them.
fn last_bytes(file: &File, length: u64) -> io::Result<Vec<u8>> {
    let mut want = STEP;
    loop {
        let from = length.saturating_sub(want.min(MOST));
        let mut bytes = vec![0; usize::try_from(length - from).unwrap_or(0)];
        file.read_exact_at(&mut bytes, from)?;
        let lines = memchr::memchr_iter(b'\n', &bytes).count();
        if from == 0 || lines > LINES || want >= MOST {
            return Ok(bytes);
        }
        want *= 4;
    }
}

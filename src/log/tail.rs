//! The end of a chain, read backwards: what a writer must know, at the cost of a few lines.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

use super::chain::{Damage, DamageKind, Next};
use super::entry::{Entry, LONGEST, Malformed};
use crate::incident::event::TornLine;

/// Lines that are looked at.
const LINES: usize = 6;
/// Bytes that are looked at: the lines, and a fragment that a crash left.
const MOST: u64 = (LONGEST * (LINES + 1)) as u64;
const STEP: u64 = 16 << 10;
const MOST_TORN: usize = 4;

/// What stands at the end of a chain.
pub(super) struct Tail {
    /// What the next line must be, the fragment counted as none.
    pub(super) next: Next,
    /// Torn lines at the very end that no recovery owns yet.
    pub(super) torn: Vec<TornLine>,
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
    pub(super) fn read(file: &File, length: u64) -> Result<Self, Bad> {
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
        let mut tail = Self {
            next: Next::FIRST,
            torn: Vec::new(),
            fragment: fragment.to_vec(),
            entries: Vec::new(),
            offset: length - fragment.len() as u64,
        };
        tail.check(lines)?;
        if tail.entries.is_empty() {
            // Not one entry among the last lines: no crash does that.
            return Err(Bad::Damage(Damage {
                line: 0,
                kind: DamageKind::Unowned,
            }));
        }
        Ok(tail)
    }

    fn check(&mut self, lines: &[&[u8]]) -> Result<(), Bad> {
        let mut next: Option<Next> = None;
        for line in lines {
            match Entry::parse(line) {
                Ok(entry) => {
                    let fits = next.is_none_or(|next| next.fits(&entry));
                    if !fits || line.ends_with(b"\r\n") {
                        let kind = if fits {
                            DamageKind::Converted
                        } else {
                            DamageKind::Unlinked
                        };
                        let line = next.map_or(entry.seq, |next| next.seq);
                        return Err(Bad::Damage(Damage { line, kind }));
                    }
                    let at = next.unwrap_or(Next {
                        seq: entry.seq,
                        prev: crate::digest::Digest::ZERO,
                    });
                    next = Some(at.after(line));
                    // Torn lines in the middle were owned by a recovery, as the full check sees.
                    self.torn.clear();
                    self.entries.push(line.to_vec());
                }
                Err(Malformed::NotAnEntry) => {
                    let line = next.map_or(0, |next| next.seq);
                    return Err(Bad::Damage(Damage {
                        line,
                        kind: DamageKind::Malformed,
                    }));
                }
                // A torn line before the first entry seen: its number is not known, nor needed.
                Err(Malformed::NotJson) if next.is_none() => {}
                Err(Malformed::NotJson) => {
                    let at = next.unwrap_or(Next::FIRST);
                    let after = at.after(line);
                    self.torn.push(TornLine {
                        line: at.seq,
                        bytes: line.len() as u64,
                        sha256: after.prev,
                    });
                    next = Some(after);
                }
            }
        }
        if self.torn.len() > MOST_TORN {
            let line = self.torn[0].line;
            return Err(Bad::Damage(Damage {
                line,
                kind: DamageKind::Unowned,
            }));
        }
        self.next = next.unwrap_or(Next::FIRST);
        Ok(())
    }
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

//! Lines of a file, one after the other, from one buffer.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::Path;

use memchr::memmem::Finder;

use super::entry::LONGEST;
use crate::digest::Digest;
use crate::plain_file;

/// Bytes that are read at once, and at first: a folder may hold thousands of short chains.
const STEP: usize = 1 << 18;
const FIRST: usize = 1 << 13;

/// Lines that are taken at once: thousands of chains may be read side by side.
const AT_ONCE: usize = 1 << 8;

/// Reads lines without copying them. A line that is longer than any entry comes in pieces of
/// [`LONGEST`] plus one byte, which no chain accepts.
pub(super) struct Lines {
    file: File,
    buffer: Vec<u8>,
    /// Unread bytes are `buffer[start..end]`.
    start: usize,
    end: usize,
    /// Bytes behind `start` that hold no line feed.
    searched: usize,
    /// Where in the file the next line starts.
    offset: u64,
}

impl Lines {
    /// Reads from `offset` on, which must be the start of a line.
    pub(super) fn new(file: File, offset: u64) -> Self {
        Self { file, buffer: Vec::new(), start: 0, end: 0, searched: 0, offset }
    }

    /// The next line, line feed included; none at the end. A last part without a line feed is
    /// [`Lines::rest`]: it may grow into a line later.
    pub(super) fn next(&mut self) -> io::Result<Option<&[u8]>> {
        loop {
            let unread = &self.buffer[self.start..self.end];
            let found = memchr::memchr(b'\n', &unread[self.searched..]);
            let length = match found {
                Some(at) => self.searched + at + 1,
                None if unread.len() > LONGEST => LONGEST + 1,
                None => {
                    self.searched = unread.len();
                    if self.fill()? == 0 {
                        return Ok(None);
                    }
                    continue;
                }
            };
            let from = self.start;
            self.start += length;
            self.searched = 0;
            self.offset += length as u64;
            return Ok(Some(&self.buffer[from..from + length]));
        }
    }

    /// Puts the next line into `into`, and up to [`AT_ONCE`] of those behind it that were read with it.
    /// `false` at the end.
    pub(super) fn take(&mut self, into: &mut Vec<u8>) -> io::Result<bool> {
        let Some(first) = self.next()?.map(<[u8]>::len) else { return Ok(false) };
        let from = self.start - first;
        if self.buffer[self.start - 1] == b'\n' {
            let ends = memchr::memchr_iter(b'\n', self.rest()).take(AT_ONCE);
            let more = ends.last().map_or(0, |at| at + 1);
            self.start += more;
            self.offset += more as u64;
        }
        into.clear();
        into.extend_from_slice(&self.buffer[from..self.start]);
        Ok(true)
    }

    /// Bytes behind the last line feed.
    pub(super) fn rest(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Where in the file the next line starts.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    fn fill(&mut self) -> io::Result<usize> {
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        let step = self.buffer.len().clamp(FIRST, STEP);
        if self.buffer.len() - self.end < step {
            self.buffer.resize(self.end + step, 0);
        }
        loop {
            let at = self.offset + (self.end - self.start) as u64;
            match self.file.read_at(&mut self.buffer[self.end..], at) {
                Ok(read) => {
                    self.end += read;
                    return Ok(read);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// The digest of one line of a file, if there is such a line.
pub(super) fn digest_of_line(path: &Path, number: u64) -> io::Result<Option<Digest>> {
    Ok(line_at(path, number)?.map(|line| Digest::of(&line)))
}

/// One line of a file, if there is such a line.
pub(super) fn line_at(path: &Path, number: u64) -> io::Result<Option<Vec<u8>>> {
    let mut lines = Lines::new(plain_file::open(path)?, 0);
    for _ in 0..number {
        if lines.next()?.is_none() {
            return Ok(None);
        }
    }
    Ok(lines.next()?.map(<[u8]>::to_vec))
}

/// Where the last line that ends within these bytes of a chain ends; their start, if none does.
///
/// # Errors
/// It cannot be read.
pub fn whole_lines(file: &File, within: Range<u64>) -> io::Result<u64> {
    let mut end = within.end;
    // Most lines are short, and there may be a thousand chains.
    let mut size = 1 << 12;
    let mut window = Vec::new();
    while end > within.start {
        let start = end.saturating_sub(size).max(within.start);
        window.resize(usize::try_from(end - start).unwrap_or(0), 0);
        file.read_exact_at(&mut window, start)?;
        if let Some(at) = memchr::memrchr(b'\n', &window) {
            return Ok(start + at as u64 + 1);
        }
        end = start;
        size = WINDOW.min(size * 2);
    }
    Ok(within.start)
}

/// Offset of the line after this one, or of the end of the file.
pub(super) fn end_of_line(path: &Path, number: u64) -> io::Result<u64> {
    let mut lines = Lines::new(plain_file::open(path)?, 0);
    for _ in 0..=number {
        if lines.next()?.is_none() {
            break;
        }
    }
    Ok(lines.offset())
}

/// How much of a chain is looked at in one piece.
const WINDOW: u64 = 1 << 20;

/// Whether a file holds a text, which may lie across the edge of two windows.
pub(super) fn holds(path: &Path, text: &str) -> io::Result<bool> {
    let file = plain_file::open(path)?;
    let (sign, end) = (Finder::new(text), file.metadata()?.len());
    let mut start = 0;
    while start < end {
        let length = (end - start).min(WINDOW + text.len() as u64);
        let mut window = vec![0; usize::try_from(length).unwrap_or(0)];
        file.read_exact_at(&mut window, start)?;
        if sign.find(&window).is_some() {
            return Ok(true);
        }
        if is_hole(&window) {
            break;
        }
        start += WINDOW;
    }
    Ok(false)
}

/// Whether a piece can belong to no chain: no line of one has so many zeros. A file may pretend to
/// any length with them.
fn is_hole(window: &[u8]) -> bool {
    window.len() as u64 >= WINDOW && window.iter().all(|byte| *byte == 0)
}

//! What comes from the keyboard: bytes, in the order in which they came, as keys.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::os::fd::AsFd;

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

use super::line::Edit;
use crate::prompt::Stop;

/// How long after an Escape the rest of a key's sequence may take, and after a line that of a paste.
const SOON: u8 = 30;
/// How long a paste in brackets may pause. A line that drops must not leave us waiting for its end.
const PAUSE: u16 = 2000;
/// Longest sequence that a terminal sends by itself, such as its answer to a question.
const SEQUENCE: usize = 4096;

/// One key, or what was pasted.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Key {
    Text(char),
    /// Bytes that are no UTF-8.
    Bytes(Vec<u8>),
    Paste(Vec<u8>),
    Enter,
    /// Alt-Enter: the line goes on below.
    Newline,
    Edit(Edit),
    Earlier,
    Later,
    Tab,
    Clear,
    Editor,
    EndOrDelete,
    Interrupt,
    Suspend,
    /// One that does nothing.
    None,
}

/// The keyboard, and what it sent that nobody has read yet.
pub(super) struct Keyboard {
    tty: File,
    bytes: VecDeque<u8>,
    taken: u64,
}

impl Keyboard {
    pub(super) fn new(tty: File) -> Self {
        Self { tty, bytes: VecDeque::new(), taken: 0 }
    }

    /// How many bytes came so far; those that wait at the terminal are fetched first.
    pub(super) fn arrived(&mut self) -> Result<u64, Stop> {
        while self.fetch(PollTimeout::ZERO)? {}
        Ok(self.taken + self.bytes.len() as u64)
    }

    /// How many bytes were read as keys.
    pub(super) fn taken(&self) -> u64 {
        self.taken
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    pub(super) fn forget(&mut self) {
        self.bytes.clear();
    }

    /// Whether more than line ends comes at once, as in a paste.
    pub(super) fn goes_on(&mut self) -> Result<bool, Stop> {
        if self.bytes.is_empty() {
            self.fetch(SOON.into())?;
        }
        Ok(self.bytes.iter().any(|byte| !matches!(byte, b'\r' | b'\n')))
    }

    /// What waits to be read.
    pub(super) fn waiting(&mut self) -> String {
        String::from_utf8_lossy(self.bytes.make_contiguous()).into_owned()
    }

    /// Waits for the next key.
    pub(super) fn key(&mut self) -> Result<Key, Stop> {
        Ok(match self.byte()? {
            1 => Key::Edit(Edit::First),
            2 => Key::Edit(Edit::Left),
            3 => Key::Interrupt,
            4 => Key::EndOrDelete,
            5 => Key::Edit(Edit::Last),
            6 => Key::Edit(Edit::Right),
            8 | 0x7f => Key::Edit(Edit::Backspace),
            b'\t' => Key::Tab,
            11 => Key::Edit(Edit::CutAfter),
            12 => Key::Clear,
            b'\r' => {
                if self.bytes.front() == Some(&b'\n') {
                    self.byte()?;
                }
                Key::Enter
            }
            b'\n' => Key::Enter,
            14 => Key::Later,
            16 => Key::Earlier,
            21 => Key::Edit(Edit::CutBefore),
            23 => Key::Edit(Edit::CutWord),
            24 => match self.byte()? {
                5 => Key::Editor,
                _ => Key::None,
            },
            25 => Key::Edit(Edit::PutBack),
            26 => Key::Suspend,
            0x1b => self.escape()?,
            first @ 0x20..=0x7e => Key::Text(first.into()),
            first @ 0x80.. => self.wide(first)?,
            _ => Key::None,
        })
    }

    fn escape(&mut self) -> Result<Key, Stop> {
        Ok(match self.soon()? {
            Some(b'[') => self.control()?,
            Some(b'O') => self.soon()?.map_or(Key::None, |end| named(&[], end)),
            Some(b']' | b'P' | b'X' | b'^' | b'_') => {
                self.skip_text()?;
                Key::None
            }
            Some(b'b') => Key::Edit(Edit::WordLeft),
            Some(b'f') => Key::Edit(Edit::WordRight),
            Some(8 | 0x7f) => Key::Edit(Edit::CutWord),
            Some(b'\r' | b'\n') => Key::Newline,
            _ => Key::None,
        })
    }

    /// A sequence after `ESC [`: figures, then the letter that names it.
    fn control(&mut self) -> Result<Key, Stop> {
        let mut figures = Vec::new();
        while let Some(byte) = self.soon()? {
            match byte {
                0x40..=0x7e if byte != b'[' || !figures.is_empty() => {
                    return match (&figures[..], byte) {
                        (b"200", b'~') => Ok(Key::Paste(self.pasted()?)),
                        (figures, end) => Ok(named(figures, end)),
                    };
                }
                _ if figures.len() < SEQUENCE => figures.push(byte),
                _ => break,
            }
        }
        Ok(Key::None)
    }

    /// A text that a terminal sends by itself, up to its end.
    fn skip_text(&mut self) -> Result<(), Stop> {
        let mut before = 0;
        for _ in 0..SEQUENCE {
            match self.soon()? {
                None | Some(7) => break,
                Some(b'\\') if before == 0x1b => break,
                Some(byte) => before = byte,
            }
        }
        Ok(())
    }

    /// A paste up to the bracket that closes it.
    fn pasted(&mut self) -> Result<Vec<u8>, Stop> {
        const END: &[u8] = b"\x1b[201~";
        let mut bytes = Vec::new();
        while !bytes.ends_with(END) {
            if self.bytes.is_empty() && !self.fetch(PAUSE.into())? {
                return Ok(bytes);
            }
            bytes.push(self.byte()?);
        }
        bytes.truncate(bytes.len() - END.len());
        Ok(bytes)
    }

    /// A character of several bytes, or bytes that are none.
    fn wide(&mut self, first: u8) -> Result<Key, Stop> {
        let length = match first {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            _ => 1,
        };
        let mut bytes = vec![first];
        while bytes.len() < length && matches!(self.peek()?, 0x80..=0xbf) {
            bytes.push(self.byte()?);
        }
        let one = std::str::from_utf8(&bytes).ok().and_then(|text| text.chars().next());
        Ok(one.map_or(Key::Bytes(bytes), Key::Text))
    }

    fn byte(&mut self) -> Result<u8, Stop> {
        let byte = self.peek()?;
        self.bytes.pop_front();
        self.taken += 1;
        Ok(byte)
    }

    fn peek(&mut self) -> Result<u8, Stop> {
        loop {
            if let Some(byte) = self.bytes.front() {
                return Ok(*byte);
            }
            self.fetch(PollTimeout::NONE)?;
        }
    }

    fn soon(&mut self) -> Result<Option<u8>, Stop> {
        if self.bytes.is_empty() && !self.fetch(SOON.into())? {
            return Ok(None);
        }
        self.byte().map(Some)
    }

    /// Reads what has come; false if nothing did within `wait`.
    fn fetch(&mut self, wait: PollTimeout) -> Result<bool, Stop> {
        let mut tty = [PollFd::new(self.tty.as_fd(), PollFlags::POLLIN)];
        match poll(&mut tty, wait) {
            Ok(0) | Err(Errno::EINTR) => return Ok(false),
            Ok(_) => {}
            Err(error) => return Err(Stop::Io(error.into())),
        }
        let mut piece = [0; 4096];
        match self.tty.read(&mut piece) {
            Ok(0) => Err(Stop::EndOfInput),
            Ok(read) => {
                self.bytes.extend(&piece[..read]);
                Ok(true)
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => Ok(false),
            // A terminal that was closed under us is an end of input, too.
            Err(error) if error.raw_os_error() == Some(Errno::EIO as i32) => Err(Stop::EndOfInput),
            Err(error) => Err(error.into()),
        }
    }
}

/// The key that sends a sequence: xterm, rxvt, the Linux console, and what imitates them.
fn named(figures: &[u8], end: u8) -> Key {
    // `1;5C` is Right with Ctrl; 3 is Alt.
    let by_word = matches!(figures.split(|byte| *byte == b';').nth(1), Some(b"3" | b"5"));
    match (end, figures) {
        // Function keys of the Linux console.
        (_, [b'[', ..]) => Key::None,
        (b'A', _) => Key::Earlier,
        (b'B', _) => Key::Later,
        (b'C', _) => Key::Edit(if by_word { Edit::WordRight } else { Edit::Right }),
        (b'D', _) => Key::Edit(if by_word { Edit::WordLeft } else { Edit::Left }),
        (b'H', _) | (b'~', b"1" | b"7") => Key::Edit(Edit::First),
        (b'F', _) | (b'~', b"4" | b"8") => Key::Edit(Edit::Last),
        (b'~', b"3") => Key::Edit(Edit::Delete),
        // Enter of the keypad.
        (b'M', []) => Key::Enter,
        _ => Key::None,
    }
}

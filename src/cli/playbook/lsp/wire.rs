//! Messages from an editor, read from standard input. The announced length is not trusted: a message
//! that is too long is an error, and no memory is allocated for it.

use std::io::{self, BufRead, ErrorKind, Read};
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Receiver, Sender, bounded};
use lsp_server::{Connection, Message};

/// The longest message, in bytes: several times the largest file that is checked.
const LONGEST: u64 = 64 << 20;

/// The longest header, in bytes: all its lines together.
const LONGEST_HEADER: usize = 4 << 10;

/// The threads that read and write.
pub(super) struct Wire {
    reader: JoinHandle<io::Result<()>>,
    writer: JoinHandle<()>,
}

impl Wire {
    /// Waits until both threads end. The connection must have been dropped before.
    ///
    /// # Errors
    /// The input was not a valid message.
    pub(super) fn join(self) -> io::Result<()> {
        // An editor may close the pipe without notice; that is not an error.
        let _ = self.writer.join();
        match self.reader.join() {
            Ok(Err(error)) if error.kind() == ErrorKind::InvalidData => Err(error),
            _ => Ok(()),
        }
    }
}

/// A connection to the editor through standard input and output.
pub(super) fn stdio() -> (Connection, Wire) {
    let (sender, outgoing) = bounded(0);
    let (incoming, receiver) = bounded(0);
    let wire = Wire {
        reader: thread::spawn(move || read(&mut io::stdin().lock(), &incoming)),
        writer: thread::spawn(move || write(&outgoing)),
    };
    (Connection { sender, receiver }, wire)
}

fn read(input: &mut impl BufRead, incoming: &Sender<Message>) -> io::Result<()> {
    while let Some(frame) = frame(input)? {
        let Some(message) = Message::read(&mut frame.as_slice())? else { break };
        let is_exit = matches!(&message, Message::Notification(told) if told.method == "exit");
        if incoming.send(message).is_err() || is_exit {
            break;
        }
    }
    Ok(())
}

fn write(outgoing: &Receiver<Message>) {
    let mut out = io::stdout().lock();
    for message in outgoing {
        if message.write(&mut out).is_err() {
            break;
        }
    }
}

/// The next header with the message that it announces; `None` where the input ends.
fn frame(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let too_long = |what: String| io::Error::new(ErrorKind::InvalidData, what);
    let mut frame = Vec::new();
    let mut length = 0;
    loop {
        let start = frame.len();
        let left = LONGEST_HEADER.saturating_sub(start) as u64;
        input.by_ref().take(left).read_until(b'\n', &mut frame)?;
        let line = frame[start..].trim_ascii();
        if !frame[start..].ends_with(b"\n") {
            let is_long = frame.len() == LONGEST_HEADER;
            let error = || too_long(format!("a header is longer than {LONGEST_HEADER} bytes"));
            return if is_long { Err(error()) } else { Ok(None) };
        }
        if line.is_empty() {
            break;
        }
        length = announced(line).unwrap_or(length);
    }
    if length > LONGEST {
        return Err(too_long(format!("the header announces {length} bytes, which is too long")));
    }
    let read = input.by_ref().take(length).read_to_end(&mut frame)?;
    Ok((read as u64 == length).then_some(frame))
}

/// The content length, if this header line gives it.
fn announced(line: &[u8]) -> Option<u64> {
    let (name, value) = std::str::from_utf8(line).ok()?.split_once(':')?;
    let is_length = name.trim().eq_ignore_ascii_case("content-length");
    // A number that does not fit in `u64` counts as too long.
    is_length.then(|| value.trim().parse().unwrap_or(u64::MAX))
}

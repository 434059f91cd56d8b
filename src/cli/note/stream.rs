//! A note too long for an entry: kept as evidence while it is read, at the cost of a copy.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::acquire::{self, Acquired};
use crate::cli::desk::exhibit::{Taken, added, progress, record_aside, say_kept};
use crate::cli::desk::unrecorded::not_recorded_because;
use crate::cli::desk::{Context, Failure, Record, spoken};
use crate::incident::event::Event;
use crate::incident::{Sensitive, sensitive};
use crate::{escape, wording};

/// Pieces that wait to be looked through for secrets: at most so many mebibytes.
const WAITING: usize = 4;

/// How much of a line is looked at in one piece.
const LONG_LINE: usize = 1 << 20;

/// What begins with `head` and goes on in `input`, kept as it is. Returns what the note says of it.
pub(super) fn keep(
    context: &mut Context,
    record: &mut Record,
    (head, input): (&[u8], &mut (dyn Read + Send)),
    is_verbatim: bool,
) -> Result<String, Failure> {
    let begins = begins(head, is_verbatim);
    let (acquired, suspect) = taken(context, record, head, input).map_err(|error| {
        let lost = format!("{begins} … (the rest is gone)");
        not_recorded_because("failed to keep a long note", &error, &lost)
    })?;
    let size = wording::size(acquired.kept.bytes);
    let lost = |error: Failure| error.with_text(&begins);
    let Taken { body, aside } = added(context, acquired, "a note too long for an entry")?;
    let stamped = record.append(context, body.into()).map_err(lost)?;
    say_kept(context, &stamped);
    let Event::EvidenceAdded(body) = &stamped.draft.event else { return Ok(begins) };
    let exhibit = body.exhibit.clone();
    if suspect > 0 {
        let lines = wording::count(suspect, "line");
        let (verb, it) = if suspect == 1 { ("looks", "it is") } else { ("look", "they are") };
        context.screen.warn(&format!(
            "{lines} {verb} like a secret: {it} kept in {exhibit} as read, and nowhere else"
        ));
    }
    record_aside(context, record, &stamped, aside)?;
    Ok(format!("{begins} … (the whole text, {size}, is {exhibit})"))
}

/// The beginning of a text, for the entry.
fn begins(head: &[u8], is_verbatim: bool) -> String {
    let head = escape::output(head);
    let found = if is_verbatim { Vec::new() } else { sensitive(&head) };
    spoken::beginning(&Sensitive::mask(&head, &found)).to_owned()
}

/// Keeps the bytes, and counts the lines that look like a secret meanwhile.
fn taken(
    context: &Context,
    record: &Record,
    head: &[u8],
    input: &mut (dyn Read + Send),
) -> io::Result<(Acquired, usize)> {
    let bar = progress(None);
    let taken = thread::scope(|scope| {
        let (sender, receiver) = sync_channel(WAITING);
        let counting = scope.spawn(move || suspect_lines(&receiver));
        let mut input = Watched { input: head.chain(input), sender };
        let taken = acquire::stream(&mut input, &record.vault, &context.world, &mut |piece| {
            bar.inc(piece);
        });
        drop(input);
        let suspect = counting.join().map_err(|_| io::Error::other("the search for secrets died"));
        Ok((taken?, suspect?))
    });
    bar.finish_and_clear();
    taken
}

/// A reader whose bytes are looked through by somebody else, too.
struct Watched<R> {
    input: R,
    sender: SyncSender<Vec<u8>>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        // Whoever counts is there until the end.
        let _ = self.sender.send(buffer[..read].to_vec());
        Ok(read)
    }
}

/// How many lines look like a secret. A key of several lines counts once.
fn suspect_lines(pieces: &Receiver<Vec<u8>>) -> usize {
    let mut suspect = 0;
    let mut unread: Vec<u8> = Vec::new();
    for piece in pieces {
        unread.extend_from_slice(&piece);
        let whole = memchr::memrchr(b'\n', &unread).map_or(0, |at| at + 1);
        let whole = if whole == 0 && unread.len() > LONG_LINE { unread.len() } else { whole };
        suspect += suspect_in(&unread[..whole]);
        unread.drain(..whole);
    }
    suspect + suspect_in(&unread)
}

fn suspect_in(bytes: &[u8]) -> usize {
    let text = String::from_utf8_lossy(bytes);
    let (mut lines, mut end) = (0, 0);
    for found in sensitive(&text) {
        if found.span.start < end {
            continue;
        }
        lines += 1;
        let line = memchr::memchr(b'\n', &text.as_bytes()[found.span.end..]);
        end = line.map_or(text.len(), |at| found.span.end + at);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_look_like_a_secret_are_counted_wherever_a_piece_ends() {
        let text = "nothing\npassword=hunter22 password=hunter23\nnothing\nAKIA2OGYBAH6QLPZX3RT\n";
        for length in 1..text.len() {
            let (sender, receiver) = sync_channel(text.len());
            for piece in text.as_bytes().chunks(length) {
                sender.send(piece.to_vec()).expect("room");
            }
            drop(sender);
            assert_eq!(suspect_lines(&receiver), 2, "{length}");
        }
    }
}

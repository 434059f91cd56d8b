//! A note too long for an entry: kept as evidence while it is read, at the cost of a copy.

use std::io::{self, Read};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::{iter, mem, thread};

use crate::acquire::{self, Acquired};
use crate::cli::desk::exhibit::{Taken, added, progress, record_aside, say_kept};
use crate::cli::desk::unrecorded::not_recorded_because;
use crate::cli::desk::{Context, Failure, Record, spoken};
use crate::incident::event::Event;
use crate::incident::{Sensitive, sensitive};
use crate::{escape, wording};

/// How many bytes make a piece to search; it ends at the last line break in them.
const PIECE: usize = 1 << 19;

/// The most threads that search for secrets, and the most pieces queued for them: together with what
/// each thread holds, this bounds the memory that a note takes.
const SEEKERS: usize = 3;
const WAITING: usize = 4;

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
    let taken = counted(head.chain(input), |input| {
        acquire::stream(input, &record.vault, &context.world, &mut |read| bar.inc(read))
    });
    bar.finish_and_clear();
    taken
}

/// The result of `take` on the input, and how many input lines look like a secret.
fn counted<T>(
    input: impl Read,
    take: impl FnOnce(&mut dyn Read) -> io::Result<T>,
) -> io::Result<(T, usize)> {
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(WAITING);
        let receiver = Arc::new(Mutex::new(receiver));
        // This thread, which keeps and hashes the input meanwhile, mostly waits for the disk and for them.
        let all = thread::available_parallelism().map_or(1, NonZero::get);
        let seekers = vec![receiver; all.min(SEEKERS)].into_iter();
        let seekers: Vec<_> =
            seekers.map(|pieces| scope.spawn(move || suspect_lines(&pieces))).collect();
        let mut input = Watched { input, piece: Vec::new(), sender };
        let taken = take(&mut input);
        let _ = input.sender.send(input.piece);
        drop(input.sender);
        let mut suspect = 0;
        for seeker in seekers {
            suspect +=
                seeker.join().map_err(|_| io::Error::other("the search for secrets crashed"))?;
        }
        Ok((taken?, suspect))
    })
}

/// A reader that also passes its bytes to the threads that search them.
struct Watched<R> {
    input: R,
    /// The bytes not passed on yet.
    piece: Vec<u8>,
    sender: SyncSender<Vec<u8>>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.piece.extend_from_slice(&buffer[..read]);
        if self.piece.len() >= PIECE {
            // A line longer than a piece is searched in several pieces.
            let ends = memchr::memrchr(b'\n', &self.piece).map_or(self.piece.len(), |at| at + 1);
            let rest = self.piece.split_off(ends);
            // The searching threads outlive the reader.
            let _ = self.sender.send(mem::replace(&mut self.piece, rest));
        }
        Ok(read)
    }
}

/// How many lines look like a secret. A key of several lines counts once.
fn suspect_lines(pieces: &Mutex<Receiver<Vec<u8>>>) -> usize {
    let next = || pieces.lock().ok()?.recv().ok();
    iter::from_fn(next).map(|piece| suspect_in(&piece)).sum()
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

    /// A text of several pieces, and how many of its lines look like a secret when read alone.
    fn text() -> (String, usize) {
        let lines = [
            "web-03 answers again after the change of its certificate",
            "000000000042 GET /index.html HTTP/1.1 200 from 192.0.2.7 curl",
            "password=hunter22 password=hunter23",
            "",
            "the token was reset, and paßwörter €€ are fine",
            "AKIA2OGYBAH6QLPZX3RT",
            "card 4111 1111 1111 1111, pay to GB29NWBK60161331926819",
        ];
        let drawn = (0..70_000_u64).map(|number| {
            let place = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
            lines[usize::try_from(place).expect("small") % lines.len()]
        });
        let text = drawn.fold(String::new(), |text, line| text + line + "\n");
        let suspect = text.lines().filter(|line| !sensitive(line).is_empty()).count();
        (text, suspect)
    }

    #[test]
    fn lines_that_look_like_a_secret_are_counted_wherever_a_piece_ends() {
        let (text, suspect) = text();
        assert!(text.len() > 3 * PIECE && suspect > 10_000);
        for length in [7, 4096, 1 << 20, 1 << 22] {
            let keep = |input: &mut dyn Read| {
                let mut kept = Vec::new();
                let mut buffer = vec![0; length];
                loop {
                    match input.read(&mut buffer)? {
                        0 => return Ok(kept),
                        read => kept.extend_from_slice(&buffer[..read]),
                    }
                }
            };
            let (kept, counted) = counted(text.as_bytes(), keep).expect("readable");
            assert!(kept == text.as_bytes());
            assert_eq!(counted, suspect, "{length}");
        }
    }
}

//! Text broken at the width of a screen, and the few styles that repeat what words say.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use textwrap::core::{Word, display_width};

use crate::escape;
use crate::wording::is_whole;

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub(super) const ERROR: Style = AnsiColor::Red.on_default().bold();
pub(super) const HINT: Style = AnsiColor::Cyan.on_default().bold();
pub(super) const QUIET: Style = Style::new().dimmed();

/// Lines of a width that break at blanks only: half the name of a host or a rule is another name.
#[expect(clippy::disallowed_methods, reason = "everything else breaks its lines by this")]
pub(super) fn whole_words<'o>(width: usize) -> textwrap::Options<'o> {
    textwrap::Options::new(width)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::Custom(|line| Box::new(words(line))))
}

/// The words of a line, of which those that belong together count as one.
fn words(line: &str) -> impl Iterator<Item = Word<'_>> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let mut end = word(rest);
        while end > 0 && end < rest.len() {
            let next = word(&rest[end..]);
            let before = rest[..end].trim_end_matches(' ').rsplit(' ').next().unwrap_or_default();
            if !is_whole(before, rest[end..end + next].trim_end_matches(' ')) {
                break;
            }
            end += next;
        }
        let (word, behind) = rest.split_at(end);
        rest = behind;
        (end > 0).then(|| Word::from(word))
    })
}

/// Where the first word of a line ends, with the blanks behind it.
fn word(line: &str) -> usize {
    let blank = line.find(' ').unwrap_or(line.len());
    blank + line[blank..].find(|c| c != ' ').unwrap_or(line.len() - blank)
}

/// Escapes a text and breaks its lines at `width`; the leading blanks of a line stay.
pub(super) fn wrap(text: &str, first: &str, next: &str, width: usize) -> String {
    let mut shown = String::new();
    for line in escape::text(text).split('\n') {
        let words = line.trim_start_matches(' ');
        let lead = format!("{first}{}", " ".repeat((line.len() - words.len()).min(24)));
        let options =
            whole_words(width).initial_indent(&lead).subsequent_indent(next).break_words(true);
        for piece in textwrap::wrap(words, &options) {
            shown.push_str(piece.trim_end());
            shown.push('\n');
        }
    }
    shown
}

/// A page whose lines are broken at the width of the terminal; the rest of a line is indented two
/// columns in. A word is never cut: half an address or digest would be wrong.
pub struct Broken<'o> {
    out: &'o mut dyn Write,
    width: Option<u16>,
    line: Vec<u8>,
}

impl<'o> Broken<'o> {
    /// Lines on their way to `out`: as they are, where there is no terminal.
    pub fn new(out: &'o mut dyn Write, width: Option<u16>) -> Self {
        Self { out, width, line: Vec::new() }
    }

    fn end_line(&mut self) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches('\n');
        let Some(width) = self.width.map(usize::from).filter(|width| display_width(text) > *width)
        else {
            return self.out.write_all(&line);
        };
        let lead = " ".repeat((text.len() - text.trim_start_matches(' ').len()).min(24) + 2);
        let options = whole_words(width).subsequent_indent(&lead).break_words(false);
        writeln!(self.out, "{}", textwrap::fill(text, options))
    }
}

impl Write for Broken<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(piece);
            if piece.ends_with(b"\n") {
                self.end_line()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.line.is_empty() {
            self.end_line()?;
        }
        self.out.flush()
    }
}

//! Text broken at the width of a screen, and the few styles that repeat what words say.

use anstyle::{AnsiColor, Style};

use crate::escape;

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub(super) const ERROR: Style = AnsiColor::Red.on_default().bold();
pub(super) const HINT: Style = AnsiColor::Cyan.on_default().bold();
pub(super) const QUIET: Style = Style::new().dimmed();

/// Escapes a text and breaks its lines at `width`; the leading blanks of a line stay.
pub(super) fn wrap(text: &str, first: &str, next: &str, width: usize) -> String {
    let mut shown = String::new();
    for line in escape::text(text).split('\n') {
        let words = line.trim_start_matches(' ');
        let lead = format!("{first}{}", " ".repeat((line.len() - words.len()).min(24)));
        let options = textwrap::Options::new(width)
            .initial_indent(&lead)
            .subsequent_indent(next)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .break_words(true);
        for piece in textwrap::wrap(words, &options) {
            shown.push_str(piece.trim_end());
            shown.push('\n');
        }
    }
    shown
}

//! Diagnostics with the excerpt of the document that they are about.
//!
//! The document is foreign, and so is its name: nothing of it may drive a terminal, or be taken for
//! a command by a CI runner that reads our output.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Origin, Renderer, Snippet};

use crate::document::{Diagnostic, Document, Level};
use crate::escape;

/// Bytes of source that an excerpt may have. Places that lie further apart are named, not shown.
const EXCERPT: usize = 16 * 1024;

/// Bytes of what is shown of a document, beyond which excerpts are left out: places are named.
const SHOWN: usize = 256 * 1024;

/// All diagnostics of a document, one after the other with an empty line between them. `styled`
/// colours them for a terminal.
pub fn render(document: &Document, diagnostics: &[Diagnostic], styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let mut shown = String::new();
    for diagnostic in diagnostics {
        let most = if shown.len() < SHOWN { EXCERPT } else { 0 };
        let excerpt = renderer.render(&[group(document, diagnostic, most)]);
        shown.push_str(&true_column(document, diagnostic, excerpt));
        shown.push_str("\n\n");
    }
    shown
}

/// The place is that of the file, not of what is shown of it: a tab there is several blanks here.
fn true_column(document: &Document, diagnostic: &Diagnostic, excerpt: String) -> String {
    let start = clamp(&document.text, &diagnostic.span).start;
    let (line, column) = document.line_column(start);
    let before = &document.text[lines(&document.text, &(start..start)).start..start];
    // Of a line that is too long nothing is shown, and its place is the true one.
    if before.len() > EXCERPT {
        return excerpt;
    }
    let shown = 1 + clean_lines(before).chars().count();
    if shown == column {
        return excerpt;
    }
    let place = |column: usize| format!("{}:{line}:{column}", clean(&document.name));
    excerpt.replacen(&place(shown), &place(column), 1)
}

/// A diagnostic with an excerpt of `most` bytes at most.
fn group<'a>(document: &'a Document, diagnostic: &Diagnostic, most: usize) -> Group<'a> {
    let level = match diagnostic.level {
        Level::Error => annotate_snippets::Level::ERROR,
        Level::Warning => annotate_snippets::Level::WARNING,
        Level::Note => annotate_snippets::Level::NOTE,
    };
    let title = level.primary_title(clean(&diagnostic.message)).id(diagnostic.rule);
    let text = &document.text;
    let primary = clamp(text, &diagnostic.span);
    let mut excerpt = lines(text, &primary);
    let mut shown = Vec::new();
    let mut named = Vec::new();
    for (span, label) in &diagnostic.related {
        let span = clamp(text, span);
        let place = lines(text, &span);
        let both = excerpt.start.min(place.start)..excerpt.end.max(place.end);
        if both.len() <= most {
            excerpt = both;
            shown.push((span, label));
        } else {
            named.push((span, label));
        }
    }
    let (line, column) = document.line_column(primary.start);
    let name = clean(&document.name);
    let mut group = if text.is_empty() {
        title.element(Origin::path(name))
    } else if excerpt.len() > most {
        title.element(Origin::path(name).line(line).char_column(column))
    } else {
        let source = &text[excerpt.clone()];
        let moved = |span: &Range<usize>| {
            let to = |at: usize| clean_lines(&text[excerpt.start..at]).len();
            to(span.start)..to(span.end)
        };
        let mut first = AnnotationKind::Primary.span(moved(&primary));
        if let Some(label) = &diagnostic.label {
            first = first.label(clean(label));
        }
        let others = shown
            .iter()
            .map(|(span, label)| AnnotationKind::Context.span(moved(span)).label(clean(label)));
        let snippet = Snippet::source(clean_lines(source))
            .path(name)
            .line_start(document.line_column(excerpt.start).0)
            .annotation(first)
            .annotations(others);
        title.element(snippet)
    };
    for (span, label) in named {
        let (line, column) = document.line_column(span.start);
        let message = format!("{} on line {line}, column {column}", clean(label));
        group = group.element(annotate_snippets::Level::NOTE.message(message));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(annotate_snippets::Level::HELP.message(clean(help)));
    }
    group
}

/// A span on one line, from one character to another, whatever was given.
fn clamp(text: &str, span: &Range<usize>) -> Range<usize> {
    let boundary = |at: usize| {
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(span.start);
    let line = memchr::memchr2(b'\r', b'\n', &text.as_bytes()[start..]);
    let line = line.map_or(text.len(), |length| start + length);
    start..boundary(span.end).clamp(start, line)
}

/// The lines that hold a span.
fn lines(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = text[..span.start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[span.end..].find('\n').map_or(text.len(), |length| span.end + length);
    let carriage = usize::from(text[span.end..end].ends_with('\r'));
    start..end - carriage
}

/// Foreign text on one line that drives neither a terminal nor a CI runner.
pub(super) fn clean(text: &str) -> String {
    escape::runner(&escape::line(text))
}

fn clean_lines(text: &str) -> String {
    escape::runner(&escape::text(&text.replace("\r\n", "\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(name: &str, text: &str, diagnostic: Diagnostic) -> String {
        let document = Document { name: name.to_owned(), text: text.to_owned() };
        render(&document, &[diagnostic], false)
    }

    #[test]
    fn a_place_is_shown_with_what_belongs_to_it() {
        let diagnostic = Diagnostic::error("duplicate-id", "step `a` is defined twice", 14..17)
            .label("defined again here")
            .related(5..8, "first defined here")
            .help("give each its own id");
        insta::assert_snapshot!(rendered("x.toml", "id = 'a'\nid = 'a'\n", diagnostic), @r"
        error[duplicate-id]: step `a` is defined twice
         --> x.toml:2:6
          |
        1 | id = 'a'
          |      --- first defined here
        2 | id = 'a'
          |      ^^^ defined again here
          |
          = help: give each its own id
        ");
    }

    #[test]
    fn columns_are_those_of_the_file() {
        let rendered =
            rendered("x.toml", "\ta\u{202e}\t##b = 1\n", Diagnostic::error("x", "y", 8..9));
        assert!(rendered.contains(" --> x.toml:1:7\n"), "{rendered}");
    }

    #[test]
    fn no_span_is_too_wild() {
        for text in ["", "é", "a\r\nb", "\n\n", &"é".repeat(20_000)] {
            for span in [0..0, 1..1, 0..usize::MAX, 3..4, usize::MAX..usize::MAX] {
                let diagnostic = Diagnostic::warning("x", "y", span.clone()).related(span, "z");
                assert!(rendered("n", text, diagnostic).starts_with("warning[x]: y\n"));
            }
        }
    }

    #[test]
    fn nothing_foreign_is_obeyed() {
        let hostile = "::error::x\n  ::set-output::y\n##[group]z\n##vso[task]\n\u{1b}[2J\u{202e}\u{9b}m\u{200b}";
        for at in 0..hostile.len() {
            let diagnostic = Diagnostic::error("x", hostile, at..at + 3)
                .label(hostile)
                .related(0..2, hostile)
                .related(at..at, hostile)
                .help(hostile);
            let shown = rendered(hostile, hostile, diagnostic);
            assert!(!shown.contains("##"), "{shown}");
            assert!(!shown.lines().any(|line| line.trim_start().starts_with("::")), "{shown}");
            assert!(!shown.chars().any(|c| escape::is_harmful(c) && c != '\n'), "{shown}");
        }
    }
}

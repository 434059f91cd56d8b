//! Markdown as a terminal shows it: wrapped lines, plain tables, code that is never broken.

use std::fmt::Write as _;

use comfy_table::Cell;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::table;
use super::wrap::whole_words;
use crate::escape;

/// Width that is still read with ease.
const WIDEST: u16 = 100;

/// Longest inline code that is kept on one line.
const WHOLE: usize = 60;

/// Holds the words of inline code together until its line is broken.
const JOINT: char = '\u{a0}';

/// Renders Markdown at most `width` columns wide; lines of code and words that are longer stay
/// whole. Comments are left out, other raw HTML is shown as it is written.
pub fn markdown(text: &str, width: u16) -> String {
    let options = Options::ENABLE_TABLES;
    let mut page = Page { width: width.clamp(40, WIDEST), ..Page::default() };
    for event in Parser::new_ext(text, options) {
        page.take(event);
    }
    page.out
}

/// What was shown so far, and the block that is being read.
#[derive(Default)]
struct Page {
    out: String,
    width: u16,
    /// Words of the paragraph, heading or cell being read.
    words: String,
    /// Blanks before each line of the open list items and quotes.
    indent: String,
    /// The mark of an item that has no line yet.
    mark: Option<String>,
    /// Number of the next item of each open list; none where its items have no numbers.
    lists: Vec<Option<u64>>,
    /// Indents to go back to at the end of items and quotes.
    outer: Vec<String>,
    code: bool,
    /// Target of the open link.
    link: Option<String>,
    /// Cells of the table being read: rows of cells.
    rows: Vec<Vec<String>>,
}

impl Page {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code => self.words.push_str(&text),
            Event::Text(text) => self.words.push_str(&escape::text(&text)),
            Event::Code(text) => {
                let code = format!("`{}`", escape::line(&text));
                let whole = code.chars().count() <= WHOLE;
                let joint = |c| if c == ' ' && whole { JOINT } else { c };
                self.words.extend(code.chars().map(joint));
            }
            Event::Html(text) | Event::InlineHtml(text) if !text.starts_with("<!--") => {
                self.words.push_str(&escape::text(&text));
            }
            Event::SoftBreak => self.words.push(' '),
            Event::HardBreak => self.words.push('\n'),
            Event::Rule => {
                self.gap();
                self.out.push_str("---\n");
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(first) => {
                // An item's own words come before the list inside it.
                self.flush();
                if self.lists.is_empty() {
                    self.gap();
                }
                self.lists.push(first);
            }
            Tag::Item => {
                let number = self.lists.last_mut().and_then(Option::as_mut);
                let mark = number.map_or("- ".to_owned(), |number| {
                    *number += 1;
                    format!("{}. ", *number - 1)
                });
                self.outer.push(self.indent.clone());
                self.indent.push_str(&" ".repeat(mark.len()));
                self.mark = Some(mark);
            }
            Tag::BlockQuote(_) => {
                self.outer.push(self.indent.clone());
                self.indent.push_str("  ");
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.gap();
                self.code = true;
            }
            Tag::Paragraph | Tag::Heading { .. } if self.mark.is_none() => self.gap(),
            Tag::Table(_) => self.gap(),
            Tag::TableRow | Tag::TableHead => self.rows.push(Vec::new()),
            Tag::Link { dest_url, .. } => self.link = Some(dest_url.to_string()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.flush(),
            TagEnd::Heading(level) => {
                let width = self.words.chars().count();
                self.flush();
                let under = match level {
                    HeadingLevel::H1 => "=",
                    _ => "-",
                };
                self.out.push_str(&under.repeat(width.min(usize::from(self.width))));
                self.out.push('\n');
            }
            TagEnd::Item => {
                self.flush();
                self.mark = None;
                self.indent = self.outer.pop().unwrap_or_default();
            }
            TagEnd::BlockQuote(_) => self.indent = self.outer.pop().unwrap_or_default(),
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::CodeBlock => self.code(),
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.words).replace(JOINT, " ");
                self.rows.last_mut().into_iter().for_each(|row| row.push(cell.clone()));
            }
            TagEnd::Table => self.table(),
            TagEnd::Link => {
                let target = self.link.take().unwrap_or_default();
                if !self.words.ends_with(&target) {
                    let _ = write!(self.words, " ({})", escape::line(&target));
                }
            }
            _ => {}
        }
    }

    /// An empty line, unless there is one or nothing above.
    fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// Writes the words that were read, wrapped.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        if words.trim().is_empty() {
            return;
        }
        let rest = self.indent.clone();
        let mut first = rest.clone();
        if let Some(mark) = self.mark.take() {
            first.truncate(first.len().saturating_sub(mark.len()));
            first.push_str(&mark);
        }
        for line in words.trim().lines() {
            let options = whole_words(usize::from(self.width))
                .initial_indent(&first)
                .subsequent_indent(&rest)
                .break_words(false);
            for line in textwrap::wrap(line, options) {
                self.out.push_str(line.trim_end().replace(JOINT, " ").as_str());
                self.out.push('\n');
            }
            first.clone_from(&rest);
        }
    }

    fn code(&mut self) {
        self.code = false;
        let words = std::mem::take(&mut self.words);
        for line in words.lines() {
            let line = format!("{}    {}", self.indent, escape::line(line));
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }

    fn table(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let Some((head, rows)) = rows.split_first() else { return };
        let head: Vec<&str> = head.iter().map(String::as_str).collect();
        let mut table = table::plain(&head, Some(self.width));
        for row in rows {
            table.add_row(row.iter().map(Cell::new));
        }
        for line in table.lines() {
            self.out.push_str(&line);
            self.out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn each_kind_of_block_has_its_form() {
        let text = "# Head\n\nOne *two* [three](https://e/x).\n\n- a\n  b\n- c\n  1. d\n\n\
                    <!-- room: x -->\n```console\n$ x\n```\n\n| A | B |\n|---|---|\n| `c d` | e |\n";
        let shown = "Head\n====\n\nOne two three (https://e/x).\n\n- a b\n- c\n  1. d\n\n    $ x\n\n \
                     A       B\n------- ---\n `c d`   e\n";
        assert_eq!(markdown(text, 80), shown);
    }

    #[test]
    fn words_are_wrapped_code_is_not() {
        let words = "word ".repeat(40);
        let code = "x".repeat(200);
        let shown = markdown(&format!("{words}\n\n- {words}`a b`\n\n```\n{code}\n```\n"), 40);
        let long: Vec<&str> = shown.lines().filter(|line| line.chars().count() > 40).collect();
        assert_eq!(long, [format!("    {code}")]);
        assert!(shown.contains("`a b`"), "{shown}");
        assert!(shown.contains("\n  word"), "{shown}");
    }

    #[test]
    fn what_drives_a_terminal_is_shown() {
        let shown = markdown("a \u{1b}[2J `\u{1b}` <b>\n\n    \u{1b}\n", 80);
        assert_eq!(shown, "a \\x1b[2J `\\x1b` <b>\n\n    \\x1b\n");
    }
}

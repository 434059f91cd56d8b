//! Lines of an explanation: a column of names, and what they say, wrapped.

use std::fmt::Write as _;

use crate::escape;
use crate::output::wrap::whole_words;

pub(super) struct Page {
    pub(super) text: String,
    pub(super) width: usize,
}

impl Page {
    pub(super) fn title(&mut self, title: &str) {
        let _ = writeln!(self.text, "\n{title}");
    }

    pub(super) fn entry(&mut self, name: &str, text: &str) {
        let first = format!("{name:<13} ");
        let indent = text.len() - text.trim_start().len();
        self.wrap(&format!("{first}{}", " ".repeat(indent)), &" ".repeat(14 + indent), text.trim());
    }

    /// An entry, if there is something to say.
    pub(super) fn entry_of(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.entry(name, text);
        }
    }

    pub(super) fn section(&mut self, title: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.title(title);
            self.wrap("  ", "  ", text);
        }
    }

    /// A list, and what to know of all of it.
    pub(super) fn list(&mut self, title: &str, note: Option<&str>, items: &[String]) {
        if !items.is_empty() {
            self.title(title);
            for item in items {
                self.wrap("  - ", "    ", item);
            }
            if let Some(note) = note {
                self.wrap("  ", "  ", note);
            }
        }
    }

    pub(super) fn wrap(&mut self, first: &str, next: &str, text: &str) {
        let text = escape::line(text);
        let options = whole_words(self.width)
            .initial_indent(first)
            .subsequent_indent(next)
            .break_words(false);
        let _ = writeln!(self.text, "{}", textwrap::fill(&text, options));
    }
}

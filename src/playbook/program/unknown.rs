//! What programs do of which the table knows nothing, or not all: by their names, by the verbs among their
//! words, and by what a shell, a language or a database would read among them.

use super::Reads;
use super::code::{changes_data, commands, is_quoted, is_statement};
use super::look::{Looker, look};
use super::table::name;

impl Looker<'_> {
    /// What a shell or a language among the words of a program reads.
    pub(super) fn carried(&mut self, at: usize, depth: usize) {
        for inner in at + 1..self.run.len() {
            let rows = self.table.rows(name(self.run[inner]));
            for row in rows.iter().filter(|row| row.carried) {
                self.row(row, inner, depth + 1, false);
            }
        }
    }

    /// What a database reads among the words of a program.
    pub(super) fn statements(&mut self, at: usize) {
        for inner in at + 1..self.run.len() {
            let word = self.run[inner];
            let option = word.split_once('=').filter(|(option, _)| option.starts_with('-'));
            let text = option.map_or(word, |(_, value)| value);
            if is_statement(text) && !self.look.reads.iter().any(|(read, _)| *read == inner) {
                self.look.reads.push((inner, Reads::Code));
                self.look.changes |= changes_data(text);
            }
        }
    }

    /// A program of which nothing is known: what its first words say that it does, what it starts, what
    /// a shell, a language or a database among its words reads, and what may be code for itself.
    pub(super) fn unknown(&mut self, at: usize, depth: usize) {
        let inner = self.started(at);
        let end = inner.unwrap_or(self.run.len());
        self.script(at, end);
        let before = self.look.reads.len();
        match inner {
            Some(inner) => self.program(inner, depth + 1),
            None => self.carried(at, depth),
        }
        self.statements(at);
        if self.look.reads.len() > before {
            return;
        }
        let mut may_read = false;
        for inner in at + 1..end {
            let word = self.run[inner];
            let (option, value) = word.split_once('=').unwrap_or((word, ""));
            if self.is_suspect(option) {
                let is_end = self.run.get(inner + 1) == Some(&"--");
                let next = inner + 1 + usize::from(is_end);
                may_read = true;
                self.doubt(if value.is_empty() { next } else { inner });
            } else if is_quoted(word) {
                // What is asked in a language of its own.
                let reads = &mut self.look.reads;
                if may_read {
                    reads.push((inner, Reads::Code));
                } else {
                    self.look.doubts.push(inner);
                }
            } else if !self.table.prose.has(self.run[inner - 1]) && self.is_line(word) {
                self.doubt(inner);
            }
        }
    }

    /// An unknown program may read this word as code.
    fn doubt(&mut self, at: usize) {
        self.look.doubts.push(at);
        self.look.changes |= self.run.get(at).is_some_and(|word| self.is_line(word));
    }

    /// Whether a text is a line for a shell that changes the world.
    fn is_line(&self, text: &str) -> bool {
        let known = || !self.table.rows(name(text)).is_empty();
        text.contains(' ')
            && known()
            && commands(text).iter().any(|words| {
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                look(self.table, self.own, &words).changes
            })
    }

    /// What a file of code or an unknown program does by its name and by its words.
    pub(super) fn script(&mut self, at: usize, end: usize) {
        if let Some(word) = self.run.get(at) {
            let words = self.run.get(at + 1..end).unwrap_or_default();
            self.look.changes |= self.table.verbs.unknown_change(name(word), words);
        }
    }

    /// The program that an unknown one starts: a known one after `--`, or soon after `exec` or `run`.
    fn started(&self, at: usize) -> Option<usize> {
        let is_known = |inner: &usize| {
            self.run.get(*inner).is_some_and(|word| !self.table.rows(name(word)).is_empty())
        };
        let mut all = at + 1..self.run.len();
        if let Some(end) = all.clone().find(|inner| self.run[*inner] == "--") {
            return Some(end + 1).filter(is_known);
        }
        let start = all.find(|inner| self.table.starts.has(self.run[*inner]))? + 1;
        let soon = start..self.run.len().min(start + 4);
        soon.filter(|inner| !self.run[*inner].starts_with('-')).take(2).find(is_known)
    }

    /// Whether what follows this word may be code; an option may have one hyphen or two.
    fn is_suspect(&self, word: &str) -> bool {
        let short = word.strip_prefix("--").map_or(word, |_| &word[1..]);
        let all = [word, short, word.trim_start_matches('-')];
        all.iter().any(|word| self.table.suspect.has(word))
    }
}

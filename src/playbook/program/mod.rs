//! What a command runs in the end, which of its words something reads as a program, and whether it
//! changes the world: all of it read from a table of programs.
//!
//! The checker names an answer that is filled into such a word, and the walk refuses to fill it:
//! both ask here.

mod code;
mod look;
mod own;
mod table;
mod unknown;
mod verb;
mod words;

pub use own::{PROGRAM, PROGRAMS, Programs};

use super::Command;
use table::Table;

/// Who reads a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reads {
    /// A shell, word for word.
    Shell,
    /// A shell, all words together.
    Line,
    /// The shell on another machine, which reads every word again.
    FarShell,
    /// An interpreter or a database.
    Code,
    /// A program that opens what it names, which may be a command.
    Opens,
    /// Nobody: it names the program itself, or code that a program loads.
    Name,
}

impl Reads {
    /// What it would do with an answer, as the end of a sentence.
    pub(crate) fn would(self) -> &'static str {
        match self {
            Self::Shell | Self::Line => "the shell would read this answer as commands",
            Self::FarShell => "the shell on the other side would read this answer as commands",
            Self::Code => "this answer would be read as part of the program",
            Self::Opens => "this answer would be opened, and what is opened may be a command",
            Self::Name => "this answer would choose what is run",
        }
    }
}

/// What is known of the words of a command, by number.
#[derive(Debug, Default)]
pub(crate) struct Look {
    /// Words that something reads as a program, each once and in order.
    pub(crate) reads: Vec<(usize, Reads)>,
    /// Words that name a program, or code that one loads.
    programs: Vec<usize>,
    /// Words that an unknown program may read as code.
    doubts: Vec<usize>,
    /// Words that are commands if they begin so.
    begins: Vec<(usize, String)>,
    /// Whether it changes the world.
    pub(crate) changes: bool,
}

impl Look {
    /// Looks at the words of a command; `own` are programs that somebody added.
    pub(crate) fn of<S: AsRef<str>>(run: &[S], own: &Programs) -> Self {
        let run: Vec<&str> = run.iter().map(AsRef::as_ref).collect();
        look::look(Table::builtin(), own, &run)
    }

    /// The arguments of the command that was looked at, by number, into which an answer is filled that
    /// something would read as a program or as part of one, each once and in order; and who would read
    /// it.
    pub(crate) fn injections(&self, of: &Command) -> Vec<(usize, Reads)> {
        let named = self.programs.iter().map(|at| (*at, Reads::Name));
        let mut read: Vec<_> = self.reads.iter().copied().chain(named).collect();
        read.retain(|(at, _)| of.is_filled(*at));
        read.sort_by_key(|(at, _)| *at);
        read.dedup_by_key(|(at, _)| *at);
        read
    }

    /// The same, of those that a program of which nothing is known may read as code.
    pub(crate) fn doubts(&self, of: &Command) -> impl Iterator<Item = usize> {
        let is_read = |at: usize| self.reads.iter().any(|(read, _)| *read == at);
        self.doubts.iter().copied().filter(move |at| of.is_filled(*at) && !is_read(*at))
    }
}

impl Command {
    /// As [`Look::injections`], of a command that nobody has looked at; `own` are programs that somebody
    /// added.
    pub(crate) fn injections(&self, own: &Programs) -> Vec<(usize, Reads)> {
        if self.run.iter().all(|argument| argument.fill.is_none()) {
            return Vec::new();
        }
        let run: Vec<String> = self.run.iter().map(ToString::to_string).collect();
        Look::of(&run, own).injections(self)
    }

    /// Whether a program would read this value, which is the word at `at`, as a command: `less` reads
    /// `+!reboot` so.
    pub(super) fn is_command(&self, at: usize, value: &str) -> bool {
        let run: Vec<String> = self.run.iter().map(ToString::to_string).collect();
        let begins = Look::of(&run, &Programs::default()).begins;
        begins.iter().any(|(word, sign)| *word == at && value.starts_with(sign))
    }

    fn is_filled(&self, at: usize) -> bool {
        self.run.get(at).is_some_and(|argument| argument.fill.is_some())
    }
}

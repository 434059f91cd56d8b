//! What the checker found, as people and machines want it: one file per format.
//!
//! Every format carries the same findings. Texts of a finding are foreign: each format escapes them
//! in its own way, and no line can be taken for a command by a CI runner.

mod concise;
mod github;
mod gitlab;
mod human;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod sarif;

use std::io::{self, Write};

use crate::check::{Checked, FileKind};
use crate::document::{Document, Level};
use crate::wording;

pub use human::excerpts;

/// The formats of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Excerpts with carets, for people.
    Human,
    /// One line for each finding: `file:line:column: level[rule] message`.
    Concise,
    /// One JSON document.
    Json,
    /// One JSON object for each finding, a line each.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// Code quality of GitLab.
    Gitlab,
    /// `JUnit` XML.
    Junit,
    /// A Markdown page.
    Markdown,
}

impl Kind {
    /// All formats.
    pub const ALL: [Self; 9] = [
        Self::Human,
        Self::Concise,
        Self::Json,
        Self::Jsonl,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
        Self::Markdown,
    ];

    /// As one writes it on the command line.
    pub fn as_str(self) -> &'static str {
        ["human", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown"]
            [self as usize]
    }

    /// Reads what [`Kind::as_str`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// A report of this format that nothing was written to yet.
    pub fn start(self) -> Box<dyn Face> {
        match self {
            Self::Human => Box::new(human::Human),
            Self::Concise => Box::new(concise::Concise),
            Self::Json => Box::new(json::Json::default()),
            Self::Jsonl => Box::new(jsonl::Jsonl),
            Self::Sarif => Box::new(sarif::Sarif::default()),
            Self::Github => Box::new(github::Github),
            Self::Gitlab => Box::new(gitlab::Gitlab::default()),
            Self::Junit => Box::new(junit::Junit::default()),
            Self::Markdown => Box::new(markdown::Markdown::default()),
        }
    }
}

/// A report in the making: every file in its order, then the end.
pub trait Face {
    /// Takes what was found in a file; `excerpts` is [`excerpts`] of it, where wanted.
    fn file(&mut self, checked: &Checked, excerpts: &str, out: &mut dyn Write) -> io::Result<()>;

    /// Writes what stands at the end.
    fn end(&mut self, totals: &Totals, out: &mut dyn Write) -> io::Result<()>;
}

/// What a run came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Files that were checked.
    pub files: usize,
    /// Findings by level: errors, warnings, notes.
    pub by_level: [usize; 3],
    /// Files that could not be read.
    pub unreadable: usize,
    /// Findings left out because the baseline has them.
    pub known: usize,
    /// Files that were read, by kind.
    kinds: [usize; FileKind::ALL.len()],
}

impl Totals {
    /// Counts a file.
    pub fn add(&mut self, checked: &Checked) {
        self.files += 1;
        let mut is_read = true;
        for finding in &checked.findings {
            self.by_level[finding.level() as usize] += 1;
            is_read &= finding.rule.name != "unreadable";
        }
        self.unreadable += usize::from(!is_read);
        self.kinds[checked.kind as usize] += usize::from(is_read);
    }

    /// What was read, by kind: `3 playbooks and 1 test file`.
    pub fn read(&self) -> String {
        let kinds = FileKind::ALL.iter().zip(self.kinds).filter(|(_, count)| *count > 0);
        let kinds: Vec<_> = kinds.map(|(kind, n)| wording::count(n, kind.noun())).collect();
        if kinds.is_empty() { wording::count(0, "file") } else { wording::list(&kinds) }
    }

    /// Findings at this level or a worse one.
    pub fn at_least(&self, level: Level) -> usize {
        self.by_level[..=level as usize].iter().sum()
    }
}

/// Excerpts for people are only made of a document that is at hand.
pub type Source<'d> = Option<&'d Document>;

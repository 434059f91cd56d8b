//! The table of programs, read once, and the rows that a user adds.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use serde::Deserialize;

use super::verb::Verbs;
use super::words::Words;

/// Rows by the name of their program.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: HashMap<String, Vec<Arc<Row>>>,
    pub(super) verbs: Verbs,
    /// Options after which an unknown program may expect code.
    pub(super) suspect: Words,
    /// Words behind which an unknown program starts another one.
    pub(super) starts: Words,
    /// Options of an unknown program behind which prose follows.
    pub(super) prose: Words,
    /// What begins so is read by a shell.
    pub(super) lines: Words,
}

/// What is known of a program.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word of the table")]
pub(super) struct Row {
    names: Words,
    pub(super) valued: Words,
    pub(super) shell: Words,
    pub(super) code: Words,
    /// Options whose value is a file name or, after `|` or `!`, a line for a shell.
    pub(super) piped: Words,
    /// Options after which nothing is looked at.
    pub(super) stops: Words,
    /// Options with which it opens what follows, and a name may be a command.
    pub(super) opens: Words,
    /// Parts of its code that do.
    pub(super) opens_in: Words,
    /// With what a word begins that is a command to it.
    pub(super) begins: Words,
    /// Options that a program follows.
    pub(super) starts: Words,
    /// Options whose value names code: a script, a module, settings that run something.
    pub(super) loads: Words,
    /// Options that take two words.
    pub(super) pairs: Words,
    pub(super) methods: Words,
    pub(super) harmless: Words,
    pub(super) harmless_with: Words,
    pub(super) changes_on: Words,
    pub(super) changes_with: Words,
    /// Calls in its code that change the world, or run something that may change it.
    pub(super) changes_in: Words,
    pub(super) changes: bool,
    pub(super) sql: bool,
    pub(super) verb: Option<(usize, usize)>,
    pub(super) does: Vec<Does>,
    pub(super) then: Option<Then>,
    pub(super) skip: usize,
    pub(super) behind: bool,
    /// Long options have one hyphen, so none is made of several.
    pub(super) single: bool,
    /// Its options may also begin with a slash.
    pub(super) slash: bool,
    /// Any beginning of an option's name does, in any case.
    pub(super) prefix: bool,
    /// An option with code takes all that follows.
    pub(super) rest: bool,
    /// Other options may precede the code.
    pub(super) late: bool,
    /// Among the words of an unknown program, its code counts, too.
    pub(super) carried: bool,
}

/// What a program does after some words.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Does {
    words: Words,
    #[serde(default)]
    pub(super) valued: Words,
    #[serde(default)]
    pub(super) changes: bool,
    pub(super) then: Option<Then>,
    #[serde(default)]
    pub(super) skip: usize,
    #[serde(default)]
    pub(super) behind: bool,
}

/// What follows the words of a program.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Then {
    /// Another program.
    Program,
    /// Words that a shell reads.
    Shell,
    /// Words that are joined into a line for a shell.
    Line,
    /// The same on another machine.
    Far,
    /// Code.
    Code,
    /// One word of code.
    Word,
    /// A file of code, then its arguments.
    Script,
    /// What it opens, and a name may be a command.
    Opens,
    /// The name of a remote call, which says what it does.
    Call,
    /// Nothing that is ours to judge.
    Nothing,
}

#[derive(Default, Deserialize)]
struct File {
    #[serde(default)]
    suspect: Words,
    #[serde(default)]
    starts: Words,
    #[serde(default)]
    prose: Words,
    #[serde(default)]
    lines: Words,
    #[serde(default)]
    verbs: Verbs,
    #[serde(default)]
    program: Vec<Row>,
}

static BUILTIN: LazyLock<Table> = LazyLock::new(|| {
    let read = toml::from_str::<File>(include_str!("programs.toml"));
    // A test reads the table, too: it can be read.
    let File { suspect, starts, prose, lines, verbs, program } = read.unwrap_or_default();
    Table { verbs, suspect, starts, prose, lines, ..Table::of(program) }
});

impl Table {
    /// The table that comes with the tool.
    pub(super) fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Of these rows.
    pub(super) fn of(all: impl IntoIterator<Item = Row>) -> Self {
        let mut rows: HashMap<String, Vec<Arc<Row>>> = HashMap::new();
        for row in all.into_iter().map(Arc::new) {
            for name in row.names.all() {
                rows.entry(name.to_ascii_lowercase()).or_default().push(Arc::clone(&row));
            }
        }
        Self { rows, ..Self::default() }
    }

    /// What is known of a program: under its name, or without the version at its end.
    pub(super) fn rows(&self, name: &str) -> &[Arc<Row>] {
        let lower = name.bytes().any(|byte| byte.is_ascii_uppercase());
        let lower = lower.then(|| name.to_ascii_lowercase());
        let name = lower.as_deref().unwrap_or(name);
        let short = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        let first = name.split('.').next().unwrap_or_default();
        let found = [name, short, first].into_iter().find_map(|name| self.rows.get(name));
        found.map_or(&[], Vec::as_slice)
    }
}

impl Row {
    /// What somebody says of a program.
    pub(super) fn own(names: &str, shell: &str, code: &str, changes: bool, on: &str) -> Self {
        let [names, shell, code, changes_on] = [names, shell, code, on].map(Words::of);
        Self { names, shell, code, changes_on, changes, ..Self::default() }
    }
}

impl Does {
    /// Whether these are its words.
    pub(super) fn is(&self, words: &[&str]) -> bool {
        let fits = |(known, word): (&String, &&str)| {
            known.split('|').any(|known| match known.strip_suffix('*') {
                Some(start) => word.starts_with(start),
                None => known.eq_ignore_ascii_case(word),
            })
        };
        self.words.all().len() == words.len() && self.words.all().iter().zip(words).all(fits)
    }
}

/// The name of a program: without a folder, without `.exe`, without what is glued to it.
pub(super) fn name(program: &str) -> &str {
    let program = program.split_whitespace().next().unwrap_or_default();
    let program = program.rsplit(['/', '\\']).next().unwrap_or_default();
    program.strip_suffix(".exe").or(program.strip_suffix(".EXE")).unwrap_or(program)
}

/// `NAME=value` before a program.
pub(super) fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

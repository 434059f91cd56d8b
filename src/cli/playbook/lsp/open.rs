//! A file that is open in the editor: its text as it is typed, and what was found in it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use lsp_types::{DidChangeTextDocumentParams, Position, TextDocumentItem, Uri};
use toml::de::DeTable;

use super::lines::Lines;
use super::paths;
use crate::check::{self, Checked, FileKind, Finding};
use crate::cli::playbook::check::only_unknown;
use crate::cli::playbook::config::{self, Configs};
use crate::cli::playbook::discover::{Discovered, Namer};
use crate::cli::playbook::rewrite::MARK;
use crate::cli::playbook::texts::Texts;
use crate::cli::playbook::together;
use crate::document::{Document, LIMIT};

/// An open file.
pub(super) struct Open {
    pub(super) uri: Uri,
    /// Its path, if it has one.
    pub(super) path: Option<PathBuf>,
    pub(super) text: String,
    pub(super) lines: Lines,
    pub(super) version: i32,
    /// Whether it has to be checked again.
    pub(super) is_stale: bool,
    /// What else is open.
    pub(super) texts: Texts,
    /// Why its `breach.toml` cannot be used.
    pub(super) trouble: Vec<String>,
    /// What was found in this very text.
    checked: Option<Checked>,
}

impl Open {
    pub(super) fn new(opened: TextDocumentItem) -> Self {
        Self {
            path: paths::path(opened.uri.as_str()),
            uri: opened.uri,
            lines: Lines::new(&opened.text),
            text: opened.text,
            version: opened.version,
            is_stale: true,
            texts: Texts::default(),
            trouble: Vec::new(),
            checked: None,
        }
    }

    /// Takes up what was typed.
    pub(super) fn change(&mut self, changed: DidChangeTextDocumentParams) {
        for change in changed.content_changes {
            match change.range {
                Some(range) => {
                    let (start, end) = (self.offset(range.start), self.offset(range.end));
                    self.text.replace_range(start..end.max(start), &change.text);
                }
                None => self.text = change.text,
            }
            self.lines = Lines::new(&self.text);
        }
        self.version = changed.text_document.version;
        self.is_stale = true;
    }

    pub(super) fn offset(&self, place: Position) -> usize {
        self.lines.offset(&self.text, place)
    }

    /// What it is called in messages.
    fn name(&self) -> String {
        let path = self.path.as_deref().map(|path| path.display().to_string());
        path.unwrap_or_else(|| self.uri.as_str().to_owned())
    }

    /// What kind of file it is; an empty one is going to be a playbook.
    pub(super) fn kind(&self) -> FileKind {
        match FileKind::of_text(&self.text) {
            FileKind::Unknown if is_empty(&self.text) => FileKind::Playbook,
            kind => kind,
        }
    }

    /// What it is called in its folder.
    pub(super) fn file_name(&self) -> &OsStr {
        self.path.as_deref().and_then(Path::file_name).unwrap_or_default()
    }

    /// Checks it, if it was not checked as it is.
    pub(super) fn check(&mut self, today: NaiveDate, texts: &Texts) {
        if std::mem::take(&mut self.is_stale) {
            self.texts = texts.clone();
            self.checked = self.found(today);
        }
    }

    /// Whether what is found in it depends on another file: a test is held against its playbook.
    pub(super) fn is_test(&self) -> bool {
        self.checked.as_ref().is_some_and(|checked| checked.kind == FileKind::Tests)
    }

    /// What was found in it.
    pub(super) fn findings(&self) -> impl Iterator<Item = &Finding> + Clone {
        self.checked.iter().flat_map(|checked| &checked.findings)
    }

    fn found(&mut self, today: NaiveDate) -> Option<Checked> {
        let mut configs = Configs::upwards();
        configs.texts = self.texts.clone();
        let path = self.path.clone().unwrap_or_default();
        let path = path.as_path();
        let found = Discovered { path: path.to_owned(), named: false };
        let is_left_out = configs.leave_out(&found);
        let config = configs.of(path);
        self.trouble = configs.broken().collect();
        if is_left_out {
            return None;
        }
        let name = self.name();
        let machine = if self.path.is_some() { Namer::new().machine(path) } else { name.clone() };
        let mut text = self.text.clone();
        if text.starts_with(MARK) {
            // Blanks of the same length: every place stays where the editor sees it.
            text.replace_range(..MARK.len(), "   ");
        }
        let checked = match Document::within(name.clone(), text.into_bytes(), LIMIT) {
            Ok(document) if self.file_name() == config::FILE => {
                check::other(&name, &machine, &document.text, config::parse(&document, path).1)
            }
            Ok(document) => {
                let (path, policy) = (self.path.as_deref(), &config.policy);
                together::check(&document, path, &machine, policy, today, &self.texts)
            }
            Err(refused) => check::refused(&name, &machine, &self.text, *refused),
        };
        // Another program's file is open, too.
        let is_foreign = checked.kind == FileKind::Unknown && only_unknown(&checked);
        (!is_foreign).then_some(checked)
    }
}

/// Whether a text has no key yet.
fn is_empty(text: &str) -> bool {
    DeTable::parse_recoverable(text).0.get_ref().is_empty()
}

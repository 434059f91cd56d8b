//! Which files a check looks at: those that are named, and the TOML files of named folders.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::RwLock;

use ignore::WalkBuilder;

use super::texts::{Texts, plain};
use crate::check::FileKind;
use crate::document::LIMIT;

/// A file to be checked.
#[derive(Clone, Debug)]
pub(super) struct Discovered {
    /// As people named it, or found it under what they named.
    pub(super) path: PathBuf,
    /// Whether somebody named it, rather than its folder.
    pub(super) named: bool,
}

/// Files of one batch: enough for all processors, few enough for what is found in them.
const FILES: usize = 128;

/// Bytes of one batch, if it has more than one file: what is parsed at the same time may take three
/// hundred times as much.
const BYTES: u64 = 512 * 1024;

/// The files in batches that can be held in memory, each of at most so many bytes, or one file.
pub(super) fn batches(mut files: &[Discovered]) -> impl Iterator<Item = &[Discovered]> {
    std::iter::from_fn(move || {
        let (mut count, mut bytes) = (0, 0_u64);
        for found in files.iter().take(FILES) {
            // What cannot be looked at takes no memory.
            bytes += found.path.metadata().map_or(0, |metadata| metadata.len());
            if count > 0 && bytes > BYTES {
                break;
            }
            count += 1;
        }
        let (batch, rest) = files.split_at(count);
        files = rest;
        (count > 0).then_some(batch)
    })
}

/// What a folder would not show, and why.
pub(super) type Unreadable = (Discovered, String);

/// Finds names for files.
pub(super) struct Namer {
    here: PathBuf,
    root: PathBuf,
    /// The root of the repository around each folder elsewhere, if it is in one.
    elsewhere: RwLock<HashMap<PathBuf, Option<PathBuf>>>,
}

impl Namer {
    /// Names files from the repository around the current folder, or from that folder.
    pub(super) fn new() -> Self {
        let here = std::env::current_dir().unwrap_or_default();
        let root = here.ancestors().find(|dir| dir.join(".git").exists()).unwrap_or(&here);
        Self { root: root.to_owned(), here, elsewhere: RwLock::default() }
    }

    /// The name of a file for machines: from the root of its repository, parts joined by `/`.
    pub(super) fn machine(&self, path: &Path) -> String {
        let full = plain(&self.here.join(path));
        let inner = full.strip_prefix(&self.root).ok().or_else(|| {
            // It is in another repository: that one's root counts.
            let root = full.parent().and_then(|dir| self.root_of(dir))?;
            full.strip_prefix(root).ok()
        });
        let inner = inner.unwrap_or(&full);
        let parts: Vec<_> = inner.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/").replacen("//", "/", 1)
    }

    /// The root of the repository around a folder, looked for once.
    fn root_of(&self, dir: &Path) -> Option<PathBuf> {
        let known = self.elsewhere.read().ok().and_then(|all| all.get(dir).cloned());
        known.unwrap_or_else(|| {
            let root = dir.ancestors().find(|dir| dir.join(".git").exists()).map(Path::to_owned);
            if let Ok(mut all) = self.elsewhere.write() {
                all.insert(dir.to_owned(), root.clone());
            }
            root
        })
    }
}

impl Discovered {
    fn new(path: &Path, named: bool) -> Self {
        Self { path: path.strip_prefix("./").unwrap_or(path).to_owned(), named }
    }

    /// Its name for people.
    pub(super) fn name(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }
}

/// The files of all paths by name, each once, and what could not be looked into.
pub(super) fn files(paths: &[PathBuf]) -> (Vec<Discovered>, Vec<Unreadable>) {
    let (mut found, mut unreadable) = (Vec::new(), Vec::new());
    for path in paths {
        if path.is_dir() {
            folder(path, &mut found, &mut unreadable);
        } else {
            found.push(Discovered::new(path, true));
        }
    }
    // One file is checked once, however often and in whatever way it was named.
    let here = std::env::current_dir().unwrap_or_default();
    let several = paths.len() > 1;
    let full =
        |found: &Discovered| if several { plain(&here.join(&found.path)) } else { PathBuf::new() };
    let mut seen = std::collections::HashSet::new();
    found.sort_by(|a, b| (a.path.as_os_str(), b.named).cmp(&(b.path.as_os_str(), a.named)));
    found.dedup_by(|second, first| second.path == first.path);
    found.retain(|found| !several || seen.insert(full(found)));
    (found, unreadable)
}

fn folder(dir: &Path, found: &mut Vec<Discovered>, unreadable: &mut Vec<Unreadable>) {
    let root = std::fs::canonicalize(dir).ok();
    // A folder is its own project even where git is not: its `.gitignore` counts.
    let walk = WalkBuilder::new(dir).require_git(false).follow_links(false).build();
    for entry in walk {
        match entry {
            Ok(entry) if entry.path_is_symlink() => {
                let leads = std::fs::canonicalize(entry.path());
                let inside = root
                    .as_ref()
                    .is_some_and(|root| leads.as_ref().is_ok_and(|leads| leads.starts_with(root)));
                // What it leads to inside is met there. Outside lie files that nobody named: what
                // a pull request links to must not be read, shown or written.
                if !inside && is_toml(entry.path()) {
                    let why = "it is a link to somewhere outside the folder; to check it, name it";
                    unreadable.push((Discovered::new(entry.path(), false), why.to_owned()));
                }
            }
            Ok(entry) => {
                let is_dir = entry.file_type().is_some_and(|kind| kind.is_dir());
                if is_toml(entry.path()) && !is_dir {
                    found.push(Discovered::new(entry.path(), false));
                }
            }
            Err(error) => {
                let path = place(&error).unwrap_or_else(|| dir.to_owned());
                let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                unreadable.push((Discovered::new(&path, false), why));
            }
        }
    }
}

/// Whether a file is a test, by its contents or its name.
pub(super) fn is_test(path: &Path, text: &str) -> bool {
    match FileKind::of_text(text) {
        FileKind::Tests => true,
        FileKind::Unknown => is_beside_its_playbook(path, &Texts::default()),
        _ => false,
    }
}

/// Whether the name of a file makes it a test: `mail.test.toml` beside the playbook `mail.toml`.
pub(super) fn is_beside_its_playbook(path: &Path, texts: &Texts) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    let Some(name) = name.and_then(|name| name.strip_suffix(".test.toml")) else { return false };
    let playbook = texts.read(&path.with_file_name(format!("{name}.toml")), LIMIT);
    let playbook = playbook.ok().and_then(|bytes| String::from_utf8(bytes).ok());
    playbook.is_some_and(|text| FileKind::of_text(&text) == FileKind::Playbook)
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

/// Where the walk of a folder met an error.
fn place(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            place(err)
        }
        _ => None,
    }
}

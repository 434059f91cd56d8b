//! Which files a check looks at: those that are named, and the TOML files of named folders.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

/// A file to be checked.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// As people named it, or found it under what they named.
    pub(super) path: PathBuf,
    /// Whether somebody named it, rather than its folder.
    pub(super) named: bool,
}

/// What a folder would not show, and why.
pub(super) type Unreadable = (Found, String);

/// Finds names for files.
pub(super) struct Namer {
    here: PathBuf,
    root: PathBuf,
}

impl Namer {
    /// Names files from the repository around the current folder, or from that folder.
    pub(super) fn new() -> Self {
        let here = std::env::current_dir().unwrap_or_default();
        let root = here.ancestors().find(|dir| dir.join(".git").exists()).unwrap_or(&here);
        Self { root: root.to_owned(), here }
    }

    /// The name of a file for machines: from the root of its repository, parts joined by `/`.
    pub(super) fn machine(&self, path: &Path) -> String {
        let full = self.here.join(path);
        let inner = full.strip_prefix(&self.root).unwrap_or(&full);
        let parts: Vec<_> = inner.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/").replacen("//", "/", 1)
    }
}

impl Found {
    fn new(path: &Path, named: bool) -> Self {
        Self { path: path.strip_prefix("./").unwrap_or(path).to_owned(), named }
    }

    /// Its name for people.
    pub(super) fn name(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }
}

/// The files of all paths by name, each once, and what could not be looked into.
pub(super) fn files(paths: &[PathBuf]) -> (Vec<Found>, Vec<Unreadable>) {
    let (mut found, mut unreadable) = (Vec::new(), Vec::new());
    for path in paths {
        if path.is_dir() {
            folder(path, &mut found, &mut unreadable);
        } else {
            found.push(Found::new(path, true));
        }
    }
    found.sort_by(|a, b| (a.path.as_os_str(), b.named).cmp(&(b.path.as_os_str(), a.named)));
    found.dedup_by(|second, first| second.path == first.path);
    (found, unreadable)
}

fn folder(dir: &Path, found: &mut Vec<Found>, unreadable: &mut Vec<Unreadable>) {
    // A folder is its own project even where git is not: its `.gitignore` counts.
    let walk = WalkBuilder::new(dir).require_git(false).follow_links(false).build();
    for entry in walk {
        match entry {
            Ok(entry) => {
                let is_dir = entry.file_type().is_some_and(|kind| kind.is_dir());
                let is_toml = entry.path().extension().is_some_and(|extension| extension == "toml");
                if is_toml && !is_dir {
                    found.push(Found::new(entry.path(), false));
                }
            }
            Err(error) => {
                let path = place(&error).unwrap_or_else(|| dir.to_owned());
                let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                unreadable.push((Found::new(&path, false), why));
            }
        }
    }
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

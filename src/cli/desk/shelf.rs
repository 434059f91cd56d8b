//! Where playbooks come from: the built-in ones, the home's, and those of a named folder.
//!
//! Nothing is ever picked up from the current folder: an intruder may own it.

use std::path::{Path, PathBuf};

use super::context::read_input;
use super::{Exit, Failure, trust};
use crate::check::FileKind;
use crate::document::{Diagnostic, Document, Level};
use crate::output::diagnostics;
use crate::phase::Phase;
use crate::playbook::{Library, Playbook, builtin};

/// A playbook and the text it was read from.
#[derive(Clone)]
pub(in crate::cli) struct Shelved {
    pub(in crate::cli) playbook: Playbook,
    pub(in crate::cli) text: String,
    /// `built-in`, or the path of the file.
    pub(in crate::cli) source: String,
}

impl Shelved {
    fn read(document: &Document, source: &str) -> Option<Self> {
        let playbook = Playbook::read(document, Library::builtin()).0?;
        Some(Self { playbook, text: document.text.clone(), source: source.to_owned() })
    }

    fn is_same(&self, other: &Self) -> bool {
        (self.playbook.phase, &self.playbook.id) == (other.playbook.phase, &other.playbook.id)
    }
}

/// Playbooks in the order in which they win: the named folder, the home's, the built-in ones.
pub(in crate::cli) struct Shelf {
    /// Those of files, the first of each phase and id.
    own: Vec<Shelved>,
}

impl Shelf {
    pub(in crate::cli) fn open(home: Option<&Path>, extra: Option<&Path>) -> Result<Self, Failure> {
        let mut own = Vec::new();
        if let Some(extra) = extra {
            if !extra.is_dir() {
                return Err(Failure::usage(format!("`{}` is not a folder", extra.display())));
            }
            add(&mut own, files(extra)?);
        }
        if let Some(home) = home {
            add(&mut own, of_home(home)?);
        }
        Ok(Self { own })
    }

    /// Every playbook that reads without errors, the first of each phase and id.
    pub(in crate::cli) fn playbooks(&self) -> Vec<Shelved> {
        self.named(None)
    }

    /// As [`Shelf::playbooks`], only those with this id. Reading takes most of the time of a start, so
    /// a built-in one of another name is not read.
    fn named(&self, id: Option<&str>) -> Vec<Shelved> {
        let is_named = |shelved: &&Shelved| id.is_none_or(|id| shelved.playbook.id == id);
        let mut found: Vec<Shelved> = self.own.iter().filter(is_named).cloned().collect();
        for (path, text) in builtin::all() {
            let stem = Path::new(path).file_stem();
            if id.is_some_and(|id| stem != Some(id.as_ref())) {
                continue;
            }
            let document = Document { name: (*path).to_owned(), text: (*text).to_owned() };
            let shelved = Shelved::read(&document, "built-in");
            // The built-in one is meant to be replaced.
            found.extend(shelved.filter(|one| !found.iter().any(|other| other.is_same(one))));
        }
        found.sort_by(|a, b| {
            (a.playbook.phase, &a.playbook.id).cmp(&(b.playbook.phase, &b.playbook.id))
        });
        found
    }

    /// A playbook by name (`web-skimming`, `scoping/generic`) or by path.
    pub(in crate::cli) fn find(
        &self,
        phase: Option<Phase>,
        name: &str,
    ) -> Result<Shelved, Failure> {
        let path = Path::new(name);
        let is_file = path.extension().is_some_and(|extension| extension == "toml");
        if is_file || path.components().count() > 2 {
            return read(path, phase);
        }
        let (of, id) = match name.split_once('/') {
            Some((of, id)) => (Phase::parse(of), id),
            None => (phase, name),
        };
        let mut fitting: Vec<Shelved> = self
            .named(Some(id))
            .into_iter()
            .filter(|shelved| of.is_none_or(|of| shelved.playbook.phase == of))
            .collect();
        let names: Vec<String> = fitting.iter().map(full_name).collect();
        match fitting.len() {
            1 => Ok(fitting.remove(0)),
            0 => Err(self.unknown(phase, name)),
            _ => Err(Failure::usage(format!("`{name}` matches several playbooks"))
                .hint(format!("name one: {}", crate::wording::ticked(&names)))),
        }
    }

    fn unknown(&self, phase: Option<Phase>, name: &str) -> Failure {
        let fits = |shelved: &Shelved| phase.is_none_or(|phase| shelved.playbook.phase == phase);
        let names: Vec<String> =
            self.playbooks().iter().filter(|shelved| fits(shelved)).map(full_name).collect();
        let of = phase.map(|phase| format!("{phase} ")).unwrap_or_default();
        Failure::usage(format!("there is no {of}playbook `{name}`"))
            .hint(format!("there are {}", crate::wording::ticked(&names)))
            .hint("to use a file, give its path, ending in `.toml`")
    }
}

fn full_name(shelved: &Shelved) -> String {
    format!("{}/{}", shelved.playbook.phase, shelved.playbook.id)
}

/// Reads one playbook file.
pub(in crate::cli) fn read(path: &Path, phase: Option<Phase>) -> Result<Shelved, Failure> {
    let name = path.display().to_string();
    let document = Document::from_bytes(name.clone(), read_input(path)?).map_err(|diagnostic| {
        Failure::new(Exit::Mistakes, format!("`{name}`: {}", diagnostic.message))
    })?;
    let (playbook, found) = Playbook::read(&document, Library::builtin());
    let Some(playbook) = playbook else {
        return Err(mistakes(&document, &found));
    };
    if let Some(phase) = phase.filter(|phase| *phase != playbook.phase) {
        let has = playbook.phase;
        return Err(Failure::usage(format!("`{name}` is a {has} playbook, not one for {phase}"))
            .hint(format!("walk it with `breach {} --playbook {name}`", has.command())));
    }
    let source = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    Ok(Shelved { playbook, text: document.text, source: source.display().to_string() })
}

/// The mistakes of a document as a failure.
pub(in crate::cli) fn mistakes(document: &Document, found: &[Diagnostic]) -> Failure {
    let errors: Vec<Diagnostic> =
        found.iter().filter(|found| found.level == Level::Error).cloned().collect();
    let count = crate::wording::count(errors.len(), "mistake");
    let mut failure =
        Failure::new(Exit::Mistakes, format!("`{}` has {count} and cannot be used", document.name));
    failure.details = diagnostics::render(document, &errors, false);
    failure.hint("nothing was started; `breach playbook check` shows every mistake")
}

/// A template that a person wrote, and where it is.
pub(in crate::cli) fn template(path: &Path) -> Result<(Document, String), Failure> {
    let name = path.display().to_string();
    let document = Document::from_bytes(name.clone(), read_input(path)?)
        .map_err(|found| Failure::new(Exit::Mistakes, format!("`{name}`: {}", found.message)))?;
    let source = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    Ok((document, source.display().to_string()))
}

/// A template that cannot be filled, with the place.
pub(in crate::cli) fn unfilled(document: &Document, found: &Diagnostic) -> Failure {
    let mut failure =
        Failure::new(Exit::Mistakes, format!("`{}` cannot be filled in", document.name));
    failure.details = diagnostics::render(document, std::slice::from_ref(found), false);
    failure
}

/// The TOML files of a folder and its subfolders, by path, hidden ones left out.
fn files(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        let failed = |error: std::io::Error| {
            Failure::usage(format!("failed to read `{}`: {error}", folder.display()))
        };
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            // Links are not followed, so no circle can hold us.
            let kind = entry.file_type().map_err(failed)?;
            let path = entry.path();
            if kind.is_dir() && !hidden {
                folders.push(path);
            } else if !hidden && path.extension().is_some_and(|extension| extension == "toml") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The TOML files of a folder of the home, whole or not at all: law that is there and cannot be read
/// must not be taken for law that is not there, and a stranger's must not be taken for ours.
pub(in crate::cli) fn texts(dir: &Path) -> Result<Vec<Document>, Failure> {
    if !dir.is_dir() {
        return Ok(Vec::new());
    }
    let read = |path: PathBuf| {
        let name = path.display().to_string();
        if let Some(why) = trust::distrust(&path) {
            return Err(not_ours(&why));
        }
        let document = Document::from_bytes(name.clone(), read_input(&path)?);
        document
            .map_err(|found| Failure::new(Exit::Mistakes, format!("`{name}`: {}", found.message)))
    };
    if let Some(why) = dir.parent().and_then(trust::distrust).or_else(|| trust::distrust(dir)) {
        return Err(not_ours(&why));
    }
    files(dir)?.into_iter().map(read).collect()
}

/// A file of the home that a stranger can write.
pub(in crate::cli) fn not_ours(why: &str) -> Failure {
    Failure::new(Exit::Failed, format!("{why}, so it was not used"))
        .hint("nothing was started; find out who wrote it, then: chown, chmod go-w")
}

/// The files of the home's playbooks that are ours. A stranger's is named and left alone: it would be
/// proposed first, and its commands would be run.
fn of_home(home: &Path) -> Result<Vec<PathBuf>, Failure> {
    let dir = home.join("playbooks");
    if !dir.is_dir() {
        return Ok(Vec::new());
    }
    let leave = |why: &str| tracing::warn!("{why}, so its contents are ignored: chown, chmod go-w");
    if let Some(why) = trust::distrust(home).or_else(|| trust::distrust(&dir)) {
        leave(&why);
        return Ok(Vec::new());
    }
    let mut ours = files(&dir)?;
    ours.retain(|path| {
        let why = path.ancestors().take_while(|above| *above != dir).find_map(trust::distrust);
        why.inspect(|why| leave(why)).is_none()
    });
    Ok(ours)
}

/// Reads the files of one folder. One that cannot be read must not keep the others from a responder.
fn add(own: &mut Vec<Shelved>, files: Vec<PathBuf>) {
    let before = own.len();
    for path in files {
        let shown = path.display();
        let document = match read_input(&path) {
            Ok(bytes) => Document::from_bytes(shown.to_string(), bytes),
            Err(failure) => {
                tracing::warn!("{:#}", failure.error);
                continue;
            }
        };
        let document = match document {
            Ok(document) => document,
            Err(diagnostic) => {
                tracing::warn!("`{shown}` is not used: {}", diagnostic.message);
                continue;
            }
        };
        match Shelved::read(&document, &document.name) {
            Some(shelved) => match own.iter().position(|other| other.is_same(&shelved)) {
                None => own.push(shelved),
                // What a named folder holds wins over the home.
                Some(first) if first < before => {}
                Some(first) => tracing::warn!(
                    "`{}` and `{shown}` are both the {} playbook `{}`: only the first is used",
                    own[first].source,
                    shelved.playbook.phase,
                    shelved.playbook.id
                ),
            },
            None if FileKind::of_text(&document.text) == FileKind::Playbook => {
                tracing::warn!("`{shown}` has mistakes and is not used: `breach playbook check`");
            }
            None => tracing::debug!("`{shown}` is no playbook"),
        }
    }
}

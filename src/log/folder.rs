//! The folder of an incident: where its chains, texts, evidence and playbooks lie.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use super::entry::Entry;
use super::error::OpenError;
use super::tail::Tail;
use crate::id::{ChainId, IncidentName};
use crate::plain_file;

/// Where incidents lie in a home.
const INCIDENTS: &str = "incidents";

/// Where reviews lie in a home.
const REVIEWS: &str = "reviews";

/// The folder of one incident. Nobody else can read it.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    name: IncidentName,
}

impl Folder {
    /// Makes the folder of a new incident, durable before it is used.
    ///
    /// # Errors
    /// The name is taken, or the home cannot be written.
    pub fn create(home: &Path, name: &IncidentName) -> Result<Self, OpenError> {
        Self::create_in(home, INCIDENTS, name)
    }

    /// As [`Folder::create`], for a review of how ready we are: it has a record like an incident's,
    /// and is none.
    ///
    /// # Errors
    /// As [`Folder::create`].
    pub fn create_review(home: &Path, name: &IncidentName) -> Result<Self, OpenError> {
        Self::create_in(home, REVIEWS, name)
    }

    /// Makes the folder of the same incident or review under another home.
    ///
    /// # Errors
    /// As [`Folder::create`].
    pub fn create_under(&self, home: &Path) -> Result<Self, OpenError> {
        let of = self.path.parent().and_then(Path::file_name);
        let is_review = of.is_some_and(|of| of == REVIEWS);
        Self::create_in(home, if is_review { REVIEWS } else { INCIDENTS }, &self.name)
    }

    fn create_in(home: &Path, of: &str, name: &IncidentName) -> Result<Self, OpenError> {
        let all = home.join(of);
        make_dirs(&all)?;
        check_owner(&all)?;
        let path = all.join(name.as_str());
        if path.exists() {
            return Err(OpenError::Taken(path));
        }
        // Made under another name and renamed when it is whole: a crash leaves no half of one that
        // the next start would take for an incident.
        let making = all.join(format!(".{name}.{}", std::process::id()));
        let folder = Self { path: making, name: name.clone() };
        let _ = fs::remove_dir_all(&folder.path);
        DirBuilder::new()
            .mode(0o700)
            .create(&folder.path)
            .map_err(OpenError::io("failed to create", &path))?;
        for dir in
            [folder.log_dir(), folder.texts_dir(), folder.evidence_dir(), folder.playbooks_dir()]
        {
            DirBuilder::new()
                .mode(0o700)
                .create(&dir)
                .map_err(OpenError::io("failed to create", &dir))?;
        }
        sync_dir(&folder.path)?;
        fs::rename(&folder.path, &path).map_err(|error| match error.kind() {
            io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists => {
                OpenError::Taken(path.clone())
            }
            _ => OpenError::io("failed to create", &path)(error),
        })?;
        for dir in [&all, home] {
            sync_dir(dir)?;
        }
        Ok(Self { path, name: name.clone() })
    }

    /// Every incident of a home, by name. Foreign things that lie there are none.
    ///
    /// # Errors
    /// The home is there and cannot be read.
    pub fn list(home: &Path) -> Result<Vec<Self>, OpenError> {
        Self::list_in(home, INCIDENTS)
    }

    /// Every review of a home, the oldest first.
    ///
    /// # Errors
    /// The home is there and cannot be read.
    pub fn reviews(home: &Path) -> Result<Vec<Self>, OpenError> {
        Self::list_in(home, REVIEWS)
    }

    fn list_in(home: &Path, of: &str) -> Result<Vec<Self>, OpenError> {
        let all = home.join(of);
        let entries = match fs::read_dir(&all) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(OpenError::io("failed to read", &all)(error)),
        };
        let mut found = Vec::new();
        for entry in entries {
            let entry = entry.map_err(OpenError::io("failed to read", &all))?;
            let name = entry.file_name().to_str().and_then(IncidentName::parse);
            let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if let (Some(name), true) = (name, is_dir && entry.path().join("log").is_dir()) {
                found.push(Self { path: entry.path(), name });
            }
        }
        found.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(found)
    }

    /// The name of the incident.
    pub fn name(&self) -> &IncidentName {
        &self.name
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where the chains lie.
    pub fn log_dir(&self) -> PathBuf {
        self.path.join("log")
    }

    /// Where a chain lies.
    pub(super) fn chain_path(&self, chain: &str) -> PathBuf {
        self.log_dir().join(format!("{chain}.jsonl"))
    }

    /// Where texts lie that the log names by digest.
    pub fn texts_dir(&self) -> PathBuf {
        self.path.join("texts")
    }

    /// Where evidence lies.
    pub fn evidence_dir(&self) -> PathBuf {
        self.path.join("evidence")
    }

    /// Where copies of playbooks lie.
    pub fn playbooks_dir(&self) -> PathBuf {
        self.path.join("playbooks")
    }

    /// The chain files, by name.
    ///
    /// # Errors
    /// The folder cannot be read, or belongs to somebody else.
    pub fn chains(&self) -> Result<Vec<(ChainId, PathBuf)>, OpenError> {
        let dir = self.log_dir();
        check_owner(&dir)?;
        chains_in(&dir)
    }

    /// Whether the incident is a rehearsal, told by the ends of its chains.
    pub fn is_drill(&self) -> bool {
        self.chains().is_ok_and(|chains| {
            chains.iter().any(|(chain, path)| ends_in_drill(chain.as_str(), path))
        })
    }

    /// Whether the incident is open, told by the ends of its chains: the latest entry that only an
    /// open incident can have, or that closed it. One that cannot be read counts as open.
    pub fn is_open(&self) -> bool {
        let Ok(chains) = self.chains() else {
            return true;
        };
        let latest = chains
            .iter()
            .filter_map(|(chain, path)| latest_decisive(chain.as_str(), path).ok().flatten())
            .max();
        latest.is_none_or(|(_, open)| open)
    }
}

/// Whether the end of a chain was written in a rehearsal.
fn ends_in_drill(chain: &str, path: &Path) -> bool {
    let lines = || {
        let file = plain_file::open(path).ok()?;
        let length = file.metadata().ok()?.len();
        Tail::read(&file, length, chain).ok()
    };
    let lines = lines().map(|tail| tail.entries).unwrap_or_default();
    lines.iter().filter_map(|line| Entry::parse(line).ok()).any(|entry| entry.is_drill())
}

/// Chain files of a folder, by name.
pub(super) fn chains_in(dir: &Path) -> Result<Vec<(ChainId, PathBuf)>, OpenError> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).map_err(OpenError::io("failed to read", dir))? {
        let entry = entry.map_err(OpenError::io("failed to read", dir))?;
        let path = entry.path();
        let chain = path
            .file_name()
            .and_then(|name| name.to_str())
            .and_then(|name| name.strip_suffix(".jsonl"))
            .and_then(ChainId::parse);
        if let (Some(chain), true) = (chain, entry.file_type().is_ok_and(|kind| kind.is_file())) {
            found.push((chain, path));
        }
    }
    found.sort();
    Ok(found)
}

/// Looks back that are worth it: behind a few thousand notes, an incident counts as open, and the
/// fold will know better.
const PATIENCE: usize = 1000;

/// The last entry of a chain that says whether the incident is open: when, and open or not.
fn latest_decisive(chain: &str, path: &Path) -> io::Result<Option<(String, bool)>> {
    let file = plain_file::open(path)?;
    let mut end = file.metadata()?.len();
    for _ in 0..PATIENCE {
        if end == 0 {
            break;
        }
        let Ok(tail) = Tail::read(&file, end, chain) else {
            return Ok(None);
        };
        for line in tail.entries.iter().rev() {
            let Ok(entry) = Entry::parse(line) else {
                continue;
            };
            let open = match entry.kind {
                "closed" => false,
                "genesis" | "opened" | "reopened" | "session" | "step-outcome" | "intent"
                | "playbook-pinned" => true,
                _ => continue,
            };
            return Ok(Some((entry.at.to_owned(), open)));
        }
        let seen: u64 = tail.entries.iter().map(|line| line.len() as u64).sum();
        end = tail.offset.saturating_sub(seen.max(1));
    }
    Ok(None)
}

/// Makes a folder and its parents, mode 0700, flushed.
fn make_dirs(dir: &Path) -> Result<(), OpenError> {
    if dir.is_dir() {
        return Ok(());
    }
    if let Some(parent) = dir.parent() {
        make_dirs(parent)?;
    }
    match DirBuilder::new().mode(0o700).create(dir) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && dir.is_dir() => {}
        Err(error) => return Err(OpenError::io("failed to create", dir)(error)),
    }
    dir.parent().map_or(Ok(()), sync_dir)
}

/// Refuses what somebody else owns: they could rewrite what we write.
fn check_owner(dir: &Path) -> Result<(), OpenError> {
    let uid = fs::metadata(dir).map_err(OpenError::io("failed to read", dir))?.uid();
    if uid == nix::unistd::geteuid().as_raw() {
        return Ok(());
    }
    Err(OpenError::Foreign { path: dir.to_owned(), uid })
}

pub(super) fn sync_dir(dir: &Path) -> Result<(), OpenError> {
    File::open(dir).and_then(|dir| dir.sync_all()).map_err(OpenError::io("failed to flush", dir))
}

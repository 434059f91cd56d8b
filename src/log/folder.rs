//! The folder of an incident: where its chains, texts, evidence and playbooks lie.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use super::chain::Origin;
use super::ends;
use super::entry::Entry;
use super::error::OpenError;
use super::lines::{holds, line_at};
use super::tail::last_lines;
use super::vanished;
use crate::id::{ChainId, IncidentName};
use crate::plain_file::is_link;
use crate::world::World;

/// Where incidents lie in a home.
pub(super) const INCIDENTS: &str = "incidents";

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
        check_home(home)?;
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

    /// The folder of an incident wherever it is: none if it has no log, or the name of no incident.
    pub fn at(path: &Path) -> Option<Self> {
        let path = fs::canonicalize(path).ok()?;
        let named = path.file_name().and_then(|name| name.to_str()).and_then(IncidentName::parse);
        // A copy may have any name; its first line says which incident it is.
        let log = path.join("log");
        let name = named.or_else(|| incident_in(&log))?;
        log.is_dir().then_some(Self { path, name })
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

    pub(super) fn list_in(home: &Path, of: &str) -> Result<Vec<Self>, OpenError> {
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
            let Some(name) = name else { continue };
            let folder = Self { path: entry.path(), name };
            let log = folder.log_dir();
            // Removing the log folder, or replacing the incident with a link, does not make it vanish.
            if log.is_dir() || is_link(&folder.path) || vanished::holds_files(&folder.path, &log) {
                found.push(folder);
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

    /// Where a chain is.
    pub(super) fn chain_path(&self, chain: &str) -> PathBuf {
        self.log_dir().join(format!("{chain}.jsonl"))
    }

    /// Where texts lie that the log names by digest.
    pub fn texts_dir(&self) -> PathBuf {
        self.path.join("texts")
    }

    /// Where evidence is.
    pub fn evidence_dir(&self) -> PathBuf {
        self.path.join("evidence")
    }

    /// Where copies of playbooks lie.
    pub fn playbooks_dir(&self) -> PathBuf {
        self.path.join("playbooks")
    }

    /// Where drafts of notices lie, by digest; made when the first is kept.
    pub fn notices_dir(&self) -> PathBuf {
        self.path.join("notices")
    }

    /// The chain files, by name.
    ///
    /// # Errors
    /// The folder cannot be read, or belongs to somebody else.
    pub fn chains(&self) -> Result<Vec<(ChainId, PathBuf)>, OpenError> {
        self.check_links()?;
        let dir = self.log_dir();
        if let Err(error) = fs::symlink_metadata(&dir)
            && error.kind() == io::ErrorKind::NotFound
        {
            return Ok(Vec::new());
        }
        check_owner(&dir)?;
        chains_in(&dir)
    }

    /// Refuses the folder, or a folder of ours in it, if it is a link: otherwise the sender of the
    /// incident could choose what we read and where we write.
    pub(super) fn check_links(&self) -> Result<(), OpenError> {
        let dirs = [
            self.path.clone(),
            self.log_dir(),
            self.texts_dir(),
            self.evidence_dir(),
            self.playbooks_dir(),
            self.notices_dir(),
        ];
        dirs.into_iter().find(|dir| is_link(dir)).map_or(Ok(()), |dir| Err(OpenError::Link(dir)))
    }

    /// Whether the incident is a rehearsal, told by the ends of its chains.
    pub fn is_drill(&self) -> bool {
        self.chains().is_ok_and(|chains| {
            chains.iter().any(|(chain, path)| ends_in_drill(chain.as_str(), path))
        })
    }

    /// Whether a chain holds one of these texts anywhere: a quick look that believes nothing. One that
    /// cannot be read holds none.
    pub fn mentions(&self, texts: &[&str]) -> bool {
        let chains = self.chains().unwrap_or_default();
        chains.iter().any(|(_, path)| texts.iter().any(|text| holds(path, text).unwrap_or(false)))
    }

    /// Whether counsel directs the work. Of one that cannot be read nobody knows, and it counts as such.
    pub fn is_under_counsel(&self, world: &World) -> bool {
        self.chains().map_or(true, |chains| ends::is_under_counsel(&chains, world))
    }
}

/// Whether the end of a chain was written in a rehearsal.
fn ends_in_drill(chain: &str, path: &Path) -> bool {
    let lines = last_lines(path, chain);
    lines.iter().filter_map(|line| Entry::parse(line).ok()).any(|entry| entry.is_drill())
}

/// The incident that the first line of a log names.
fn incident_in(log: &Path) -> Option<IncidentName> {
    let (_, path) = chains_in(log).ok()?.into_iter().next()?;
    let line = line_at(&path, 0).ok()??;
    let origin = Origin::read(&*Entry::parse(&line).ok()?)?;
    origin.incident.as_str().and_then(IncidentName::parse)
}

/// Chain files of a folder, by name.
pub(super) fn chains_in(dir: &Path) -> Result<Vec<(ChainId, PathBuf)>, OpenError> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).map_err(OpenError::io("failed to read", dir))? {
        let entry = entry.map_err(OpenError::io("failed to read", dir))?;
        let path = entry.path();
        if let (Some(chain), true) =
            (vanished::chain_named(&path), entry.file_type().is_ok_and(|kind| kind.is_file()))
        {
            found.push((chain, path));
        }
    }
    found.sort();
    Ok(found)
}

/// Makes a folder and its parents, mode 0700, flushed.
pub(super) fn make_dirs(dir: &Path) -> Result<(), OpenError> {
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

/// As [`check_owner`], but a home may be root's: an administrator makes it, we write below it.
fn check_home(home: &Path) -> Result<(), OpenError> {
    match check_owner(home) {
        Err(OpenError::Foreign { uid: 0, .. }) => Ok(()),
        checked => checked,
    }
}

pub(super) fn sync_dir(dir: &Path) -> Result<(), OpenError> {
    File::open(dir).and_then(|dir| dir.sync_all()).map_err(OpenError::io("failed to flush", dir))
}

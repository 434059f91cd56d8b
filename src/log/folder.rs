//! The folder of an incident: where its chains, texts, evidence and playbooks lie.

use std::collections::BTreeSet;
use std::fs::{self, DirBuilder, File};
use std::io::{self, Read, Seek};
use std::os::unix::fs::{DirBuilderExt, FileExt, MetadataExt};
use std::path::{Path, PathBuf};

use memchr::memmem::Finder;

use super::entry::{Entry, LONGEST};
use super::error::OpenError;
use super::lines::{WINDOW, holds, is_hole};
use super::tail::{Tail, last_lines};
use super::vanished;
use super::withdrawn::withdrawn;
use crate::digest::Digest;
use crate::id::{ChainId, IncidentName};
use crate::incident::event::Event;
use crate::plain_file;

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
        let path = std::path::absolute(path).ok()?;
        let name = path.file_name()?.to_str().and_then(IncidentName::parse)?;
        path.join("log").is_dir().then_some(Self { path, name })
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
            let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let (Some(name), true) = (name, is_dir) else { continue };
            let folder = Self { path: entry.path(), name };
            let log = folder.log_dir();
            // Whoever removes the log folder does not make the incident vanish.
            if log.is_dir() || vanished::holds_files(&folder.path, &log) {
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

    /// Refuses a folder of ours that is a link: whoever sent the incident would choose what we read
    /// and where we write.
    pub(super) fn check_links(&self) -> Result<(), OpenError> {
        let dirs = [
            self.log_dir(),
            self.texts_dir(),
            self.evidence_dir(),
            self.playbooks_dir(),
            self.notices_dir(),
        ];
        let link = |dir: &PathBuf| dir.symlink_metadata().is_ok_and(|found| found.is_symlink());
        dirs.into_iter().find(link).map_or(Ok(()), |dir| Err(OpenError::Link(dir)))
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

    /// Whether the incident is open: the latest entry that closed it or opened it again, of all
    /// chains, and was not taken back. One that cannot be read counts as open.
    pub fn is_open(&self) -> bool {
        let Ok(chains) = self.chains() else {
            return true;
        };
        let withdrawn = withdrawn(&chains, &|_| u64::MAX).unwrap_or_default();
        let latest = chains
            .iter()
            .filter_map(|(chain, path)| {
                latest_decisive(chain.as_str(), path, &withdrawn).ok().flatten()
            })
            .max();
        latest.is_none_or(|(_, open)| open)
    }
}

/// Whether the end of a chain was written in a rehearsal.
fn ends_in_drill(chain: &str, path: &Path) -> bool {
    let lines = last_lines(path, chain);
    lines.iter().filter_map(|line| Entry::parse(line).ok()).any(|entry| entry.is_drill())
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

/// The last entry of a chain that closed the incident or opened it again: when, and open or not.
/// Nothing else says so, in the fold as here: a note or an outcome may come in late.
fn latest_decisive(
    chain: &str,
    path: &Path,
    withdrawn: &BTreeSet<String>,
) -> io::Result<Option<(String, bool)>> {
    let file = plain_file::open(path)?;
    let signs = [Finder::new("\"kind\":\"closed\""), Finder::new("\"kind\":\"reopened\"")];
    let mut end = file.metadata()?.len();
    while end > 0 {
        let start = end.saturating_sub(WINDOW);
        let mut window = vec![0; usize::try_from(end - start).unwrap_or(0)];
        file.read_exact_at(&mut window, start)?;
        if is_hole(&window) {
            break;
        }
        let mut places: Vec<usize> =
            signs.iter().flat_map(|sign| sign.find_iter(&window)).collect();
        places.sort_unstable();
        for place in places.into_iter().rev() {
            let (end, line) = line_around(&file, start + place as u64)?;
            let Ok(entry @ Entry { kind: "closed" | "reopened", .. }) = Entry::parse(&line) else {
                continue;
            };
            // What a newer version writes of an end does not end it here: the fold does not, either.
            let is_said = matches!(entry.read().event, Event::Closed(_) | Event::Reopened(_));
            if !is_said || withdrawn.contains(entry.id) {
                continue;
            }
            // Whoever forges an end would have the incident vanish: it must stand in the chain.
            if entry.kind == "closed" && !stands(&file, chain, end, &line) {
                return Ok(None);
            }
            return Ok(Some((entry.at.to_owned(), entry.kind == "reopened")));
        }
        // A sign may lie across the edge.
        end = if start == 0 { 0 } else { start + 32 };
    }
    Ok(None)
}

/// Whether a line that ends at `end` follows the lines before it, and the next one follows it.
fn stands(file: &File, chain: &str, end: u64, line: &[u8]) -> bool {
    let follows = Tail::read(file, end, chain).is_ok_and(|tail| tail.offset == end);
    let next = line_around(file, end).map(|(_, next)| next).unwrap_or_default();
    let next = Entry::parse(&next).ok();
    follows && next.is_none_or(|next| Digest::of(line).is(next.prev))
}

/// The line of a file in which a byte lies, and where it ends.
fn line_around(file: &File, at: u64) -> io::Result<(u64, Vec<u8>)> {
    let start = at.saturating_sub(LONGEST as u64);
    let mut bytes = Vec::new();
    let mut around = file.try_clone()?;
    around.seek(io::SeekFrom::Start(start))?;
    around.take(2 * LONGEST as u64).read_to_end(&mut bytes)?;
    let at = usize::try_from(at - start).unwrap_or(0);
    let from = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |before| before + 1);
    let to = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |after| at + after + 1);
    Ok((start + to as u64, bytes[from..to].to_vec()))
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

//! A place for copies of incidents that the intruder cannot reach: a folder, or an object store through
//! `rclone`.
//!
//! Objects in a store never change, and their names depend on their content: to put one again where
//! somebody altered it does no harm. A chain is kept as
//! segments, `<incident>/log/<chain>/<offset>-<sha256>.jsonl`; files are named as in the incident's
//! folder. So two machines can safely push at once, and an overwrite shows.

mod folder;
mod rclone;
mod segment;

use std::io;
use std::path::{Path, PathBuf};

pub use segment::{LARGEST, Segment};

use rclone::Remote;

/// A file or object in a store.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Object {
    /// Its name below the incident: `log/41389ab9/00000000000000000000-….jsonl`.
    pub name: String,
    /// How long it is.
    pub size: u64,
}

/// An older version, still in the store, of an object that was overwritten or deleted. Anyone who can
/// add objects can forge one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Older {
    /// The name of the object.
    pub name: String,
    /// The name under which the store lists this version.
    pub listed: String,
    /// Whether a newer version replaced it; otherwise it was deleted.
    pub is_replaced: bool,
}

/// Whether a store keeps older versions of its objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keeps {
    /// Keeps older versions that nobody can remove until this time, if the store gives one.
    Locked(Option<String>),
    /// Keeps older versions, which anyone with the permission can remove.
    Versions,
    /// Keeps no older versions.
    Nothing,
    /// The store does not say.
    Unknown,
}

/// A store.
#[derive(Clone, Debug)]
pub enum Store {
    /// A folder: a file share, a mounted disk.
    Folder(PathBuf),
    /// A remote of `rclone`.
    Rclone(Remote),
}

impl Store {
    /// `/mnt/share/breach`, or `rclone:REMOTE:PATH`.
    ///
    /// # Errors
    /// It is neither: what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        if let Some(remote) = text.strip_prefix("rclone:") {
            return Remote::parse(remote).map(Self::Rclone);
        }
        if text.is_empty() {
            return Err("it is empty");
        }
        std::path::absolute(text).map(Self::Folder).map_err(|_| "it is no path")
    }

    /// What it is remembered by.
    pub fn name(&self) -> String {
        match self {
            Self::Folder(path) => path.display().to_string(),
            Self::Rclone(remote) => format!("rclone:{remote}"),
        }
    }

    /// The names of what lies at its top: those of incidents, and whatever else.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn incidents(&self) -> io::Result<Vec<String>> {
        match self {
            Self::Folder(path) => folder::incidents(path),
            Self::Rclone(remote) => remote.incidents(),
        }
    }

    /// What it has of an incident, by name; nothing where it has nothing.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn list(&self, incident: &str) -> io::Result<Vec<Object>> {
        let mut all = match self {
            Self::Folder(path) => folder::list(&path.join(incident))?,
            Self::Rclone(remote) => remote.list(incident)?,
        };
        all.retain(|object| is_name(&object.name));
        all.sort();
        all.dedup();
        Ok(all)
    }

    /// Puts files that lie below `from` there, and overwrites nothing.
    ///
    /// # Errors
    /// Not all of them arrived. Those that did stay, whole.
    pub fn put(&self, incident: &str, from: &Path, names: &[String]) -> io::Result<()> {
        match self {
            Self::Folder(path) => folder::put(&path.join(incident), from, names),
            Self::Rclone(remote) => remote.put(incident, from, names),
        }
    }

    /// Puts files there in place of objects that were altered. A folder keeps those beside them, under
    /// hidden names.
    ///
    /// # Errors
    /// As [`Store::put`].
    pub fn put_again(&self, incident: &str, from: &Path, names: &[String]) -> io::Result<()> {
        match self {
            Self::Folder(path) => folder::put_again(&path.join(incident), from, names),
            Self::Rclone(remote) => remote.put_again(incident, from, names),
        }
    }

    /// Fetches objects to below `into`. What they hold is to be checked.
    ///
    /// # Errors
    /// Not all of them came.
    pub fn get(&self, incident: &str, names: &[String], into: &Path) -> io::Result<()> {
        match self {
            Self::Folder(path) => folder::get(&path.join(incident), names, into),
            Self::Rclone(remote) => remote.get(incident, names, into),
        }
    }

    /// What was overwritten or deleted there, as far as the store keeps versions.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn older(&self, incident: &str) -> io::Result<Vec<Older>> {
        match self {
            Self::Folder(_) => Ok(Vec::new()),
            Self::Rclone(remote) => remote.older(incident),
        }
    }

    /// Whether it keeps older versions of an object.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn keeps(&self, incident: &str, name: &str) -> io::Result<Keeps> {
        match self {
            Self::Folder(_) => Ok(Keeps::Nothing),
            Self::Rclone(remote) => remote.keeps(incident, name),
        }
    }

    /// Fetches older versions into `into`, by their [`Older::listed`] names.
    ///
    /// # Errors
    /// Not all of them arrived.
    pub fn get_older(&self, incident: &str, listed: &[String], into: &Path) -> io::Result<()> {
        match self {
            Self::Rclone(remote) if !listed.is_empty() => remote.get_older(incident, listed, into),
            _ => Ok(()),
        }
    }
}

/// Whether a name can be one of ours: whatever else lies there is nobody's business, and a path is
/// built of no other.
fn is_name(name: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.~".contains(&b))
    };
    let parts: Vec<&str> = name.split('/').collect();
    let fits = match parts.as_slice() {
        ["log", chain, file] => Segment::parse(chain, file, 0).is_some(),
        ["texts" | "notices" | "playbooks", _] | ["evidence", "sha256", _, _] => true,
        _ => false,
    };
    fits && parts.iter().all(|part| plain(part))
}

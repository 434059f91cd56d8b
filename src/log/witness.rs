//! What this machine remembers of the chains that it writes, outside every home.
//!
//! A home can be copied, moved and restored with every file in it, so nothing in it can say which
//! copy goes on. One small file for each chain, in the account's state folder, says where the chain
//! is and how far it was written. It is a witness and never the state: whoever loses it loses
//! nothing but that a cut is noticed, and goes on in a new chain.
//!
//! It is written after the entry is on disk and is not flushed, so it may lag behind its chain and
//! never runs ahead. Device numbers change when a machine starts again and are not looked at.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::chain::{Chain, ChainReport, Remembered};
use super::damage::{Damage, DamageKind};
use super::lines::digest_of_line;
use crate::digest::Digest;
use crate::id::ChainId;
use crate::incident::event::HeadRef;
use crate::plain_file;
use crate::world::World;

/// More bytes than any witness has: a path, two digests, two numbers.
const MOST: usize = 64 << 10;

/// Where a chain is and how far this account has written it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Witness {
    /// The file of the chain, every link resolved.
    pub(super) path: String,
    inode: u64,
    /// Digest of the chain and the machine: says nothing about the machine.
    machine: Digest,
    head: HeadRef,
}

/// Whether a chain is where its witness says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The same file in the same place.
    Same,
    /// Another file in the same place: restored from a backup, or copied over it.
    Replaced,
    /// Another place or another machine: a copy, or moved.
    Elsewhere,
}

impl Witness {
    /// What is remembered of a chain; nothing where that cannot be read.
    pub(super) fn read(world: &World, chain: &str) -> Option<Self> {
        // The name may be somebody's text.
        let chain = ChainId::parse(chain)?;
        let place = place(world).ok()?.join(format!("{chain}.json"));
        match plain_file::read(&place, MOST) {
            Ok(bytes) => {
                let witness: Option<Self> = serde_json::from_slice(&bytes).ok();
                let witness = witness.filter(|witness| witness.head.chain == chain.as_str());
                if witness.is_none() {
                    tracing::info!("what is remembered of chain {chain} cannot be read");
                }
                witness
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                tracing::info!("failed to read what is remembered of chain {chain}: {error}");
                None
            }
        }
    }

    /// Whether the chain is where it was written.
    pub(super) fn place(&self, path: &Path, world: &World) -> Place {
        if self.machine != machine(&self.head.chain, world) || self.path != real(path) {
            return Place::Elsewhere;
        }
        let inode = fs::symlink_metadata(path).map(|metadata| metadata.ino());
        if inode.is_ok_and(|inode| inode == self.inode) { Place::Same } else { Place::Replaced }
    }

    /// Whether a line is the last one that is remembered. Two lines with one digest are the same.
    pub(super) fn is_of(&self, line: &[u8]) -> bool {
        Digest::of(line) == self.head.head
    }

    /// What is wrong with a chain in view of what was written, where the file is not longer than
    /// `lines`. The file is read anew: it was read before this was, and may have grown between.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(super) fn contradicts(&self, path: &Path, lines: u64) -> io::Result<Option<Damage>> {
        let seq = self.head.seq;
        Ok(match digest_of_line(path, seq)? {
            None => Some(Damage { line: lines.min(seq), kind: DamageKind::RolledBack }),
            Some(found) if found != self.head.head => {
                Some(Damage { line: seq, kind: DamageKind::Disowned })
            }
            Some(_) => None,
        })
    }
}

/// Compares all that is in a log folder with what this machine remembers of it.
pub(super) fn compare(log: &Path, world: &World, reports: &mut Vec<ChainReport>) {
    compare_each(log, world, reports);
    add_gone(log, world, reports);
}

/// Compares chains of a log folder with what this machine remembers of them.
pub(super) fn compare_each(log: &Path, world: &World, reports: &mut [ChainReport]) {
    for report in reports {
        let Some(witness) = Witness::read(world, &report.chain) else { continue };
        let path = log.join(format!("{}.jsonl", report.chain));
        let is_here = witness.place(&path, world) != Place::Elsewhere;
        report.remembered = Some(if is_here { Remembered::Here } else { Remembered::Elsewhere });
        if report.damage.is_some() || report.head.as_ref() == Some(&witness.head) {
            continue;
        }
        if fs::symlink_metadata(&path).is_err() {
            if is_here {
                report.damage = Some(gone(&witness));
            }
            continue;
        }
        let Ok(found) = witness.contradicts(&path, report.lines) else { continue };
        match found {
            // A copy may be older than what it was copied from.
            Some(damage) if damage.kind == DamageKind::RolledBack && !is_here => {
                report.lacks(witness.head.seq);
            }
            found => report.damage = found,
        }
    }
}

/// Adds a report for each chain that this machine wrote in a log folder and that is not there at all.
fn add_gone(log: &Path, world: &World, reports: &mut Vec<ChainReport>) {
    let remembered = place(world).and_then(fs::read_dir).into_iter().flatten().flatten();
    for entry in remembered {
        let name = entry.file_name();
        let chain = name.to_str().and_then(|name| name.strip_suffix(".json"));
        let Some(chain) = chain.filter(|chain| reports.iter().all(|one| one.chain != **chain))
        else {
            continue;
        };
        let path = log.join(format!("{chain}.jsonl"));
        if let Some(witness) = Witness::read(world, chain)
            && witness.place(&path, world) != Place::Elsewhere
            && fs::symlink_metadata(&path).is_err()
        {
            let report = Chain::new(chain).finish(0);
            reports.push(ChainReport { damage: Some(gone(&witness)), ..report });
        }
    }
}

fn gone(witness: &Witness) -> Damage {
    Damage { line: witness.head.seq, kind: DamageKind::Gone }
}

/// Remembers how far one chain is written.
pub(super) struct Keeper {
    /// Where; nothing where that cannot be used.
    place: Option<PathBuf>,
    path: String,
    inode: u64,
    machine: Digest,
    /// What is kept already.
    kept: Option<Witness>,
}

impl Keeper {
    /// For the chain of this name whose file is at `path`.
    pub(super) fn new(path: &Path, chain: &str, world: &World) -> Self {
        let inode = fs::symlink_metadata(path).map_or(0, |metadata| metadata.ino());
        Self {
            place: usable(world).ok(),
            path: real(path),
            inode,
            machine: machine(chain, world),
            kept: Witness::read(world, chain),
        }
    }

    /// Remembers that the chain stands up to `head`, which is on disk. Its lock is held.
    pub(super) fn keep(&mut self, head: HeadRef) {
        let Some(place) = &self.place else { return };
        let chain = head.chain.clone();
        let (path, inode, machine) = (self.path.clone(), self.inode, self.machine);
        let witness = Witness { path, inode, machine, head };
        if self.kept.as_ref() == Some(&witness) {
            return;
        }
        let written = serde_json::to_vec(&witness)
            .map_err(io::Error::other)
            .and_then(|text| replace(place, &format!("{chain}.json"), &text));
        if let Err(error) = written {
            tracing::info!(
                "failed to remember how far chain {chain} is written, in `{}`: {error}",
                place.display()
            );
        }
        self.kept = Some(witness);
    }
}

/// The folder of the witnesses, made if need be, if it can be written now.
///
/// # Errors
/// It cannot be used: then nothing is remembered, and this machine goes on in the chain that has its
/// name, wherever that is.
pub(super) fn usable(world: &World) -> io::Result<PathBuf> {
    let made = || {
        let state = world.state.as_ref().ok_or(io::ErrorKind::NotFound)?;
        DirBuilder::new().recursive(true).mode(0o700).create(state)?;
        place(world)
    };
    made().inspect_err(|error| {
        tracing::info!("nothing is remembered of what is written here: {error}");
    })
}

/// Whether something can be remembered: tried by writing, since a disk may be full.
pub(super) fn can_keep(world: &World) -> bool {
    let tried = usable(world).and_then(|place| {
        replace(&place, ".try", b"{}\n")?;
        fs::remove_file(place.join(".try"))
    });
    tried.is_ok()
}

/// The folder of the witnesses, if it is this account's.
pub(super) fn place(world: &World) -> io::Result<PathBuf> {
    let state = world.state.as_ref().ok_or(io::ErrorKind::NotFound)?;
    let metadata = fs::metadata(state)?;
    if metadata.is_dir() && metadata.uid() == nix::unistd::geteuid().as_raw() {
        return Ok(state.clone());
    }
    Err(io::Error::other(format!("`{}` belongs to another user", state.display())))
}

/// Writes a file beside and moves it over the old one: a reader sees one or the other.
pub(super) fn replace(place: &Path, name: &str, text: &[u8]) -> io::Result<()> {
    let beside = place.join(format!(".{name}.new"));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    options.custom_flags(nix::fcntl::OFlag::O_NOFOLLOW.bits());
    options.open(&beside)?.write_all(text)?;
    fs::rename(&beside, place.join(name))
}

/// The digest by which a machine knows that it remembers itself.
fn machine(chain: &str, world: &World) -> Digest {
    Digest::of(format!("{chain}/{}", world.machine).as_bytes())
}

/// A path with every link on the way resolved; the file itself need not be there.
pub(super) fn real(path: &Path) -> String {
    let parent = path.parent().and_then(|parent| fs::canonicalize(parent).ok());
    let real = match (parent, path.file_name()) {
        (Some(parent), Some(name)) => parent.join(name),
        _ => path.to_owned(),
    };
    real.to_string_lossy().into_owned()
}

//! Which chain of a log this machine goes on with.

use std::path::{Path, PathBuf};

use super::chain::Origin;
use super::damage::{Damage, Remark};
use super::entry::Entry;
use super::error::OpenError;
use super::folder::Folder;
use super::lines::Lines;
use super::tail::Tail;
use super::witness::{self, Place, Witness};
use crate::digest::Digest;
use crate::id::ChainId;
use crate::plain_file;
use crate::world::World;

/// What this machine writes to.
pub(super) enum Own {
    /// This chain, which it wrote before, in this place.
    GoesOn(ChainId, PathBuf),
    /// A new chain, because the one that it wrote was cut or rewritten.
    Succeeds(ChainId, Damage),
    /// A new chain. Why, where there is one that it may have written.
    Begins(Option<Remark>),
}

/// The chain that this machine wrote in this place and that no other one continues. A chain that is
/// a copy, was moved or restored is never written: two writers of one chain would fork it.
pub(super) fn find(folder: &Folder, world: &World) -> Result<Own, OpenError> {
    let mut own = Vec::new();
    let mut ended = Vec::new();
    for (chain, path) in folder.chains()? {
        // A branch came from elsewhere.
        if chain.branch() > 1 {
            continue;
        }
        let Some(origin) = origin(&path) else {
            continue;
        };
        ended.extend(origin.continues.as_ref().map(|continues| continues.chain.clone()));
        if origin.machine == machine(&origin.log_id, world) {
            own.push((chain, path));
        }
    }
    own.retain(|(chain, _)| !ended.iter().any(|ended| ended == chain.as_str()));
    let mut begins = None;
    let mut succeeds = None;
    for (chain, path) in &own {
        let Some(witness) = Witness::read(world, chain.as_str()) else {
            begins.get_or_insert(Remark::Unremembered(chain.to_string()));
            continue;
        };
        let place = witness.place(path, world);
        if place == Place::Elsewhere {
            let of = witness.path.clone();
            begins.get_or_insert(Remark::Elsewhere { chain: chain.to_string(), of });
            continue;
        }
        let damage = contradicts(&witness, chain.as_str(), path);
        match damage.map_err(OpenError::io("failed to read", path))? {
            Some(damage) => {
                succeeds.get_or_insert((chain.clone(), damage));
            }
            None if place == Place::Same => {
                return Ok(Own::GoesOn(chain.clone(), path.clone()));
            }
            None => {
                begins.get_or_insert(Remark::Replaced(chain.to_string()));
            }
        }
    }
    if let Some((chain, damage)) = succeeds {
        return Ok(Own::Succeeds(chain, damage));
    }
    // Where nothing can be remembered, a new chain with every command would help nobody.
    match own.into_iter().next() {
        Some((chain, path)) if !witness::can_keep(world) => Ok(Own::GoesOn(chain, path)),
        _ => Ok(Own::Begins(begins)),
    }
}

/// As [`Witness::contradicts`], at the cost of a few lines where the chain ends as it should.
fn contradicts(witness: &Witness, chain: &str, path: &Path) -> std::io::Result<Option<Damage>> {
    let file = plain_file::open(path)?;
    let length = file.metadata()?.len();
    let Ok(tail) = Tail::read(&file, length, chain) else {
        // Whoever opens it says more of what is wrong.
        return Ok(None);
    };
    if tail.entries.iter().any(|line| witness.is_of(line)) {
        return Ok(None);
    }
    witness.contradicts(path, tail.chain.next().seq)
}

/// The digest by which a machine knows its own chains; says nothing about the machine.
pub(super) fn machine(log_id: &str, world: &World) -> Digest {
    Digest::of(format!("{log_id}/{}", world.machine).as_bytes())
}

fn origin(path: &Path) -> Option<Origin> {
    let mut lines = Lines::new(plain_file::open(path).ok()?, 0);
    Origin::read(&*Entry::parse(lines.next().ok()??).ok()?)
}

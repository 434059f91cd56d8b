//! `breach sync push --repair`: what was altered in a store, put again as it was.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::held::{self, Held, Ours, link};
use super::{Place, failed};
use crate::cli::args::Without;
use crate::cli::desk::workroom::Workroom;
use crate::cli::desk::{Context, Failure, chains, files};
use crate::custody::{Inventory, Store as Kept};
use crate::log::Folder;
use crate::store::{Object, Segment};
use crate::wording;

/// How many names are shown.
const MOST: usize = 5;

/// Reads everything that `there` lists, puts again what is not what its name says and is here as it
/// should be, and names the rest.
pub(super) fn run(
    context: &mut Context,
    place: &Place,
    folder: &Folder,
    without: Option<Without>,
    there: &mut [Object],
) -> Result<(), Failure> {
    let cannot = |error: io::Error| failed(place, "repair", &error);
    let (home, incident) = (context.home()?, folder.name().as_str());
    let names: Vec<String> = there.iter().map(|object| object.name.clone()).collect();
    let inbox = Workroom::open(&home).map_err(cannot)?;
    let altered = held::altered(place, incident, &names, inbox.path()).map_err(cannot)?;
    let held = Held::new(Some(folder), Vec::new()).map_err(chains::unreadable)?;
    let (inventory, _) =
        Inventory::read(folder, Some(&context.world)).map_err(chains::unreadable)?;
    let left_out = without.map(|Without::Privileged| inventory.privileged()).unwrap_or_default();
    let of_here = inventory.in_stores(&Kept::ALL).filter(|named| {
        inventory.forgotten(&named.kept.sha256).is_none() && !left_out.contains(&named.path)
    });
    let of_here: Vec<PathBuf> = of_here.map(|named| named.path.clone()).collect();
    let room = Workroom::open(&home).map_err(cannot)?;
    let (mut again, mut left) = (Vec::new(), Vec::new());
    for name in altered {
        let to = room.path().join(&name);
        let path = folder.path().join(&name);
        let staged = match Segment::of(&name, 0) {
            Some(segment) => stage(&held.ours, &segment, &to),
            None if of_here.contains(&path) => copy(&path, &name, &to),
            None => Ok(false),
        };
        if staged.map_err(cannot)? { again.push(name) } else { left.push(name) }
    }
    if !again.is_empty() {
        place.store.put_again(incident, room.path(), &again).map_err(cannot)?;
        for object in there.iter_mut().filter(|object| again.contains(&object.name)) {
            object.size = room.path().join(&object.name).metadata().map_err(cannot)?.len();
        }
    }
    let count = wording::count(again.len(), "altered object");
    context.screen.say(&format!("Read everything there, and put {count} again."));
    if !left.is_empty() {
        context.damaged = true;
        context.screen.warn(&format!(
            "altered there, and not here as it was: {}; a machine that has it can repair it",
            wording::some(&left, MOST)
        ));
    }
    Ok(())
}

/// Stages the bytes of a segment, if a chain of ours has them.
fn stage(ours: &[Ours], segment: &Segment, to: &Path) -> io::Result<bool> {
    for one in ours.iter().filter(|one| one.chain.root() == segment.chain) {
        if let Some(bytes) = one.find(segment.offset, segment.sha256)? {
            files::make_private(to.parent().unwrap_or(to))?;
            fs::write(to, bytes)?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// Stages a file that is here, if it is what its name says.
fn copy(from: &Path, name: &str, to: &Path) -> io::Result<bool> {
    let is_right = from.is_file() && held::digest_of(from)? == held::named_digest(name);
    if is_right {
        link(from, to)?;
    }
    Ok(is_right)
}

//! Kept files that no entry names: all that is left of an entry that was cut off.

use std::path::PathBuf;

use super::{Exit, Failure};
use crate::custody::{Inventory, Store};
use crate::log::Folder;
use crate::wording;

/// Files that are named; whoever has more sees the folder for themselves.
const MOST: usize = 100;

/// The files of a store that no entry names.
pub(in crate::cli) fn of(
    inventory: &Inventory,
    folder: &Folder,
    store: Store,
) -> Result<Vec<PathBuf>, Failure> {
    inventory.strays(folder, store, MOST).map_err(|error| {
        Failure::new(Exit::Failed, format!("failed to read `{store}`: {error}"))
            .hint("nothing was changed")
    })
}

/// What so many files of evidence without an entry mean for the exit code.
pub(in crate::cli) fn judge(files: usize) -> Result<Exit, Failure> {
    if files == 0 {
        return Ok(Exit::Done);
    }
    let verb = if files == 1 { "is" } else { "are" };
    let files = wording::count(files, "file");
    let error = format!("{files} of the evidence store {verb} named by no entry");
    Err(Failure::new(Exit::Damaged, error)
        .hint(
            "the end of the log may have been cut off, or a crash came before the entry: compare \
             other copies of the log",
        )
        .hint("nothing was changed; `breach evidence add FILE` records a file that belongs here"))
}

//! What is left out of a copy for others.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::{Context, Failure, chains};
use crate::custody::{Named, named_by};
use crate::log::Folder;

/// Files that only privileged entries name.
///
/// # Errors
/// The log cannot be read.
pub(in crate::cli) fn privileged(
    context: &Context,
    folder: &Folder,
) -> Result<BTreeSet<PathBuf>, Failure> {
    let (mut held, mut open) = (BTreeSet::new(), BTreeSet::new());
    crate::log::entries(folder, &context.world, &mut |chain, entry| {
        let named = named_by(folder, chain, entry, &entry.read().event);
        let paths = named.into_iter().filter(Named::is_there).map(|named| named.path);
        if entry.is_privileged() { held.extend(paths) } else { open.extend(paths) }
    })
    .map_err(chains::unreadable)?;
    held.retain(|path| !open.contains(path));
    Ok(held)
}

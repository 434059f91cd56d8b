//! What is left out of a copy for others.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::{Context, Failure, chains};
use crate::custody::{Named, Store, named_by};
use crate::incident::event::Event;
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
    // A letter repeats the facts that it was written from, privileged ones too.
    let mut facts = false;
    crate::log::entries(folder, &context.world, &mut |chain, entry| {
        let event = entry.read().event;
        facts |= entry.is_privileged() && matches!(event, Event::FactSet(_) | Event::Decision(_));
        for named in named_by(folder, chain, entry, &event).into_iter().filter(Named::is_there) {
            let is_held = entry.is_privileged() || facts && named.store == Store::Notices;
            if is_held {
                held.insert(named.path)
            } else {
                open.insert(named.path)
            };
        }
    })
    .map_err(chains::unreadable)?;
    held.retain(|path| !open.contains(path));
    Ok(held)
}

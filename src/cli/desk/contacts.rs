//! The roster of the home: whom to call.

use std::path::{Path, PathBuf};

use super::context::read_input;
use super::{Context, Exit, Failure, shelf, trust};
use crate::document::{Diagnostic, Document};
use crate::roster::Roster;

/// The roster of the home, if there is one that can be used. A step shows whom to call whatever
/// else is wrong, so mistakes only hide it.
pub(in crate::cli) fn of_home(context: &Context) -> Option<Roster> {
    let path = path(context).ok().filter(|path| path.exists())?;
    let (roster, _) = match read(context, &path) {
        Ok((_, read)) => read,
        Err(failure) => {
            tracing::warn!("{:#}", failure.error);
            return None;
        }
    };
    if roster.is_none() {
        tracing::warn!("`{}` has mistakes, so it is not shown", path.display());
    }
    roster
}

/// Where the roster of the home is kept.
pub(in crate::cli) fn path(context: &Context) -> Result<PathBuf, Failure> {
    Ok(context.home()?.join("roster.toml"))
}

/// A roster as it was written, and what it says, with every mistake.
pub(in crate::cli) type Read = (Document, (Option<Roster>, Vec<Diagnostic>));

/// Reads a roster that nobody else can change.
pub(in crate::cli) fn read(context: &Context, path: &Path) -> Result<Read, Failure> {
    let name = path.display().to_string();
    if let Some(why) = trust::distrust(path) {
        return Err(shelf::not_ours(&why));
    }
    let document = Document::from_bytes(name.clone(), read_input(path)?)
        .map_err(|found| Failure::new(Exit::Mistakes, format!("`{name}`: {}", found.message)))?;
    let read = Roster::read(&document, context.world.now().local().date_naive());
    Ok((document, read))
}

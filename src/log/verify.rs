//! Checking chains: those of an incident, of a folder, or of one file.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::branches;
use super::chain::ChainReport;
use super::entry::Entry;
use super::error::OpenError;
use super::folder::{Folder, chains_in};
use super::heads::compare_heads;
use super::reader::Reader;
use super::vanished;
use super::witness;
use crate::id::ChainId;
use crate::incident::event::{Event, HeadRef};
use crate::world::World;

/// Checks every chain of an incident, and compares them with what this machine remembers.
///
/// # Errors
/// A chain cannot be read. One that does not verify is no error: its report says so.
pub fn verify(folder: &Folder, world: &World) -> Result<Vec<ChainReport>, OpenError> {
    verify_each(folder, Some(world), &mut |_, _, _| {})
}

/// As [`verify`], and hands out every entry that is believed with what it says, chain by chain. Texts
/// that are kept apart are not read. Without a world, by what is in the folder alone: of a copy from
/// elsewhere, this machine remembers nothing that counts.
///
/// # Errors
/// As [`verify`].
pub fn verify_each(
    folder: &Folder,
    world: Option<&World>,
    take: Take<'_>,
) -> Result<Vec<ChainReport>, OpenError> {
    let mut reports = verify_all(folder.chains()?, take)?;
    vanished::add(&folder.log_dir(), &mut reports);
    if let Some(world) = world {
        witness::compare(&folder.log_dir(), world, &mut reports);
    }
    Ok(reports)
}

/// Takes every entry that is believed, with its chain and what it says.
type Take<'t> = &'t mut dyn FnMut(&str, &Entry<'_>, &Event);

pub(super) fn verify_all(
    chains: Vec<(ChainId, PathBuf)>,
    take: Take<'_>,
) -> Result<Vec<ChainReport>, OpenError> {
    let reports = chains.iter().map(|(chain, path)| verify_file(path, chain.as_str(), take));
    let mut reports = reports.collect::<Result<Vec<_>, _>>()?;
    compare_heads(&chains, &mut reports)?;
    branches::add(&chains, &mut reports)?;
    Ok(reports)
}

/// The chain that a file is, or every chain of a folder.
///
/// # Errors
/// The folder cannot be read.
pub fn chains_at(path: &Path) -> Result<Vec<(ChainId, PathBuf)>, OpenError> {
    if path.is_dir() {
        return chains_or_none(&log_of(path));
    }
    Ok(vanished::chain_named(path).map(|chain| (chain, path.to_owned())).into_iter().collect())
}

/// The folder of the chains: an incident's `log`, even if it is missing, or the folder itself.
fn log_of(path: &Path) -> PathBuf {
    let log = path.join(vanished::LOG);
    if log.is_dir() || vanished::is_incident(path) { log } else { path.to_owned() }
}

fn chains_or_none(log: &Path) -> Result<Vec<(ChainId, PathBuf)>, OpenError> {
    match chains_in(log) {
        Err(OpenError::Io { error, .. }) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        found => found,
    }
}

/// Checks a chain file, or every chain of a folder.
///
/// # Errors
/// It cannot be read.
pub fn verify_path(path: &Path, world: &World) -> Result<Vec<ChainReport>, OpenError> {
    if path.is_dir() {
        let dir = log_of(path);
        let mut reports = verify_all(chains_or_none(&dir)?, &mut |_, _, _| {})?;
        vanished::add(&dir, &mut reports);
        witness::compare(&dir, world, &mut reports);
        return Ok(reports);
    }
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let mut reports = vec![verify_file(path, &name.unwrap_or_default(), &mut |_, _, _| {})?];
    if vanished::chain_named(path).is_some() {
        let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty());
        witness::compare_each(dir.unwrap_or(Path::new(".")), world, &mut reports);
    }
    Ok(reports)
}

/// The last line of every chain that is to be believed.
pub(super) fn heads(folder: &Folder) -> Result<Vec<HeadRef>, OpenError> {
    let reports = verify_all(folder.chains()?, &mut |_, _, _| {})?;
    Ok(reports.into_iter().filter_map(|report| report.head).collect())
}

pub(super) fn verify_file(
    path: &Path,
    chain: &str,
    take: Take<'_>,
) -> Result<ChainReport, OpenError> {
    let mut reader = Reader::of_events(chain, path, u64::MAX)?;
    let mut newer = 0;
    let mut read = |entry: Box<Entry<'_>>| {
        let read = entry.read();
        take(chain, &entry, &read.event);
        read.is_whole
    };
    while let Some(is_whole) = reader.next(&mut read)? {
        newer += u64::from(!is_whole);
    }
    Ok(ChainReport { newer, ..reader.finish().0 })
}

//! Taking in what other machines wrote of the same incident: the union of files.
//!
//! Nothing is overwritten, and a chain is put in its place in one step. Again, in another order, or
//! killed anywhere and done again, it comes to the same.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::branches::{Common, common};
use super::copies::{self, Copies, opened};
use super::error::OpenError;
use super::folder::{Folder, sync_dir};
use super::lines::Lines;
use crate::id::ChainId;
use crate::plain_file;

/// What the name of a half copied chain begins with. No reader takes it for one.
const INCOMING: &str = ".incoming-";

/// What became of a chain of the other side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It was not here.
    New,
    /// Ours was an older copy, and grew by so many lines.
    Grown(u64),
    /// Ours has all of it.
    Known,
    /// Neither is the beginning of the other. Theirs is kept under this name.
    Branch(ChainId),
}

/// Takes every chain of `from` that is not in `into`, and of the others what theirs has more. Both are
/// to be checked before; bytes after the last line feed are not copied.
///
/// # Errors
/// A chain cannot be read or written. What was taken until then stays, and the next join takes the
/// rest.
pub fn join(
    into: &Folder,
    from: &Folder,
    copies: &Copies,
) -> Result<Vec<(ChainId, Taken)>, OpenError> {
    into.check_links()?;
    let mut taken = Vec::new();
    for (chain, path) in from.chains()? {
        let what = take(into, &chain, (&path, &copies.path_of(&chain)))?;
        tracing::debug!(%chain, ?what, "joined");
        taken.push((chain, what));
    }
    sync_dir(&into.log_dir())?;
    Ok(taken)
}

/// Whether every chain of `from` is the beginning of one that is here, told by its last line alone: it
/// names all before it. Where there are branches, nobody can tell so easily.
///
/// # Errors
/// A chain cannot be read.
pub fn has_all(into: &Folder, from: &Folder) -> Result<bool, OpenError> {
    let ours = into.chains()?;
    if ours.iter().any(|(chain, _)| chain.branch() > 1) {
        return Ok(false);
    }
    for (chain, theirs) in from.chains()? {
        let Some((_, ours)) = ours.iter().find(|(known, _)| *known == chain) else {
            return Ok(false);
        };
        if !ends_alike(ours, &theirs).map_err(OpenError::io("failed to read", &theirs))? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether the last whole line of theirs stands where ours has the same.
fn ends_alike(ours: &Path, theirs: &Path) -> io::Result<bool> {
    let ((ours, here), (theirs, there)) = (opened(ours)?, opened(theirs)?);
    // Nothing is the beginning of everything.
    let Some(before) = there.checked_sub(1) else { return Ok(true) };
    let start = super::lines::whole_lines(&theirs, 0..before)?;
    let line = |file: &File| {
        let mut line = vec![0; usize::try_from(there - start).unwrap_or(0)];
        file.read_exact_at(&mut line, start).map(|()| line)
    };
    let is_one = there - start <= super::LONGEST as u64;
    Ok(there <= here && is_one && line(&ours)? == line(&theirs)?)
}

fn take(
    into: &Folder,
    chain: &ChainId,
    (theirs, copy): (&Path, &Path),
) -> Result<Taken, OpenError> {
    loop {
        let all = into.chains()?;
        let mut taken_names = Vec::new();
        for (ours, path) in all.iter().filter(|(ours, _)| ours.root() == chain.root()) {
            taken_names.push(ours.branch());
            match common(path, theirs).map_err(OpenError::io("failed to read", path))? {
                Common { is_all_of: (_, true), .. } => return Ok(Taken::Known),
                Common { is_all_of: (true, false), lines, bytes } => {
                    return grow(path, theirs, bytes, lines).map(Taken::Grown);
                }
                Common { is_all_of: (false, false), .. } => {}
            }
        }
        let free = (1..=ChainId::BRANCHES).find(|branch| !taken_names.contains(branch));
        let free = free.ok_or_else(|| {
            let many = format!("the chain has {} branches already", ChainId::BRANCHES);
            OpenError::io("failed to take", theirs)(io::Error::other(many))
        })?;
        let name = chain.with_branch(free);
        match put((theirs, copy), &into.chain_path(name.as_str())) {
            // Another join was quicker: what it brought is looked at.
            Err(OpenError::Taken(_)) => {}
            Err(error) => return Err(error),
            Ok(()) if free == 1 => return Ok(Taken::New),
            Ok(()) => return Ok(Taken::Branch(name)),
        }
    }
}

/// Adds the lines of theirs that come after `bytes`. The chain's writer, if any, holds its lock.
fn grow(ours: &Path, theirs: &Path, bytes: u64, lines: u64) -> Result<u64, OpenError> {
    let file = OpenOptions::new()
        .append(true)
        .open(ours)
        .map_err(OpenError::io("failed to open", ours))?;
    let held = super::lock::take(&file, ours)?;
    let failed = |error| OpenError::io("failed to add to", ours)(error);
    // A copy that was cut off left the beginning of a line, and it goes on from there.
    let length = file.metadata().map_err(failed)?.len();
    let (mut source, end, all) = whole_lines(theirs)?;
    if !begins_with(ours, theirs, bytes, length).map_err(failed)? || length > end {
        return Err(failed(io::Error::other("it is being written to; join again")));
    }
    source.seek(SeekFrom::Start(length)).map_err(failed)?;
    io::copy(&mut source.take(end - length), &mut &file).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    drop(held);
    Ok(all - lines)
}

/// Whether what ours has after `bytes`, up to its `length`, is what theirs has there.
fn begins_with(ours: &Path, theirs: &Path, bytes: u64, length: u64) -> io::Result<bool> {
    let part = |path: &Path| {
        let mut file = plain_file::open(path)?;
        file.seek(SeekFrom::Start(bytes))?;
        let mut part = Vec::new();
        file.take(length - bytes).read_to_end(&mut part)?;
        Ok::<_, io::Error>(part)
    };
    Ok(length - bytes <= super::LONGEST as u64 && part(ours)? == part(theirs)?)
}

/// Puts a chain in its place, durable and in one step: by its copy, if there is one.
fn put((from, copy): (&Path, &Path), place: &Path) -> Result<(), OpenError> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => OpenError::Taken(place.to_owned()),
        _ => OpenError::io("failed to write", place)(error),
    };
    match fs::hard_link(copy, place) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {}
        linked => return linked.map_err(failed),
    }
    // There is none, or the incident lies on another disk.
    let dir = place.parent().unwrap_or(Path::new("."));
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let beside = Beside(dir.join(format!("{INCOMING}{name}-{}", std::process::id())));
    let _ = fs::remove_file(&beside.0);
    let source = opened(from).map_err(OpenError::io("failed to read", from))?;
    let copy = copies::copy(source, &beside.0, &AtomicBool::new(false));
    copy.and_then(|copy| copy.sync_all()).map_err(failed)?;
    fs::hard_link(&beside.0, place).map_err(failed)
}

/// A file that goes when it is not needed any more, however that comes.
struct Beside(PathBuf);

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// A chain, opened, where its last whole line ends, and how many there are.
fn whole_lines(path: &Path) -> Result<(File, u64, u64), OpenError> {
    let failed = |error| OpenError::io("failed to read", path)(error);
    let mut lines = Lines::new(plain_file::open(path).map_err(failed)?, 0);
    let mut count = 0;
    while lines.next().map_err(failed)?.is_some() {
        count += 1;
    }
    Ok((plain_file::open(path).map_err(failed)?, lines.offset(), count))
}

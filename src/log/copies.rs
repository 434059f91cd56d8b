//! Chains of another machine, copied while they are still being checked.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::entry::LONGEST;
use super::folder::Folder;
use super::lines::whole_lines;
use crate::id::ChainId;
use crate::plain_file;

/// Bytes that are copied before asking again whether the check refused them.
const PIECE: u64 = 4 << 20;

/// Whole lines of the chains that were not here, flushed, in a folder that nobody reads: to put one in
/// its place is a link. One that could not be copied is missing.
pub struct Copies {
    dir: PathBuf,
}

impl Copies {
    /// Copies the chains of `from` that `into` lacks to `dir`, which is empty and ours, for as long as
    /// `check` takes, and on to the end unless it refuses them.
    ///
    /// # Errors
    /// Whatever `check` says.
    pub fn beside<T, E>(
        (from, into): (&Folder, Option<&Folder>),
        dir: &Path,
        check: impl FnOnce() -> Result<T, E>,
    ) -> Result<(Self, T), E> {
        let copies = Self { dir: dir.to_owned() };
        let is_refused = AtomicBool::new(false);
        let checked = thread::scope(|scope| {
            // What fails here is done again, and told, when the chain is taken.
            scope.spawn(|| copies.make(from, into, &is_refused));
            let checked = check();
            is_refused.store(checked.is_err(), Ordering::Relaxed);
            checked
        });
        checked.map(|checked| (copies, checked))
    }

    /// Where the copy of a chain is, if there is one.
    pub(super) fn path_of(&self, chain: &ChainId) -> PathBuf {
        self.dir.join(chain.as_str())
    }

    fn make(&self, from: &Folder, into: Option<&Folder>, is_refused: &AtomicBool) -> Option<()> {
        let ours = into.and_then(|into| into.chains().ok()).unwrap_or_default();
        let mut copied = Vec::new();
        for (chain, theirs) in from.chains().ok()? {
            if !ours.iter().any(|(ours, _)| ours.root() == chain.root()) {
                let part = self.path_of(&chain).with_extension("part");
                copy(opened(&theirs).ok()?, &part, is_refused).ok()?;
                copied.push(part);
            }
        }
        // All are written before the disk is waited for, which then takes them in one go.
        for part in copied {
            File::open(&part).and_then(|copy| copy.sync_all()).ok()?;
            fs::rename(&part, part.with_extension("")).ok()?;
        }
        Some(())
    }
}

/// Copies the whole lines of a chain to a new file, which is to be flushed.
pub(super) fn copy(
    (mut source, mut left): (File, u64),
    to: &Path,
    is_refused: &AtomicBool,
) -> io::Result<File> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
    while left > 0 {
        if is_refused.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        match io::copy(&mut (&mut source).take(left.min(PIECE)), &mut file)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            copied => left -= copied,
        }
    }
    Ok(file)
}

/// A chain, opened, and where its last whole line ends.
pub(super) fn opened(path: &Path) -> io::Result<(File, u64)> {
    let file = plain_file::open(path)?;
    let length = file.metadata()?.len();
    // Somebody else's file may go on for ever, and no line does.
    let from = length.saturating_sub(LONGEST as u64 + 1);
    let end = whole_lines(&file, from..length)?;
    if end == from && from > 0 {
        return Err(io::Error::other("what stands at its end is longer than any entry"));
    }
    Ok((file, end))
}

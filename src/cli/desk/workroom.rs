//! A private folder below the home for what is only needed while a command runs. It is gone at the end;
//! what a killed command left is gone when the next one begins.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::TempDir;

use super::files;

/// What the names of these folders begin with.
const PREFIX: &str = ".tmp";

/// A folder of our own.
pub(in crate::cli) struct Workroom {
    dir: TempDir,
    /// Held for as long as the folder is in use.
    _held: File,
}

impl Workroom {
    /// Makes one, and clears those away that nobody holds any more.
    pub(in crate::cli) fn open(home: &Path) -> io::Result<Self> {
        files::make_private(home)?;
        for entry in fs::read_dir(home)?.flatten() {
            let is_one = entry.file_name().as_encoded_bytes().starts_with(PREFIX.as_bytes());
            if is_one && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                let left = hold(&entry.path());
                if left.is_ok() {
                    let _ = fs::remove_dir_all(entry.path());
                }
            }
        }
        let dir = tempfile::Builder::new().prefix(PREFIX).tempdir_in(home)?;
        let held = hold(dir.path())?;
        Ok(Self { dir, _held: held })
    }

    pub(in crate::cli) fn path(&self) -> &Path {
        self.dir.path()
    }
}

/// The lock of a folder, which goes when it is closed.
fn hold(dir: &Path) -> io::Result<File> {
    let held = File::open(dir)?;
    held.try_lock()?;
    Ok(held)
}

//! Putting an incident out of the way, and back: its folder moves inside the home.
//!
//! A folder is renamed in one step, so that it is in one place or the other whatever kills us. The
//! log says nothing of it: the place of a folder is no part of what happened.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::error::OpenError;
use super::folder::{Folder, INCIDENTS, make_dirs, sync_dir};

/// Where archived incidents lie in a home.
const ARCHIVE: &str = "archive";

impl Folder {
    /// Every archived incident of a home, by name.
    ///
    /// # Errors
    /// The archive is there and cannot be read.
    pub fn archived(home: &Path) -> Result<Vec<Self>, OpenError> {
        Self::list_in(home, ARCHIVE)
    }

    /// Whether it is in an archive.
    pub fn is_archived(&self) -> bool {
        let of = self.path().parent().and_then(Path::file_name);
        of.is_some_and(|of| of == ARCHIVE)
    }

    /// Moves an incident of a home into its archive. Returns where it is now.
    ///
    /// # Errors
    /// Something of this name is there, the archive is on another file system, or the home cannot
    /// be written. Then nothing was moved.
    pub fn archive(&self, home: &Path) -> Result<PathBuf, OpenError> {
        self.move_into(home, ARCHIVE)
    }

    /// Moves an archived incident back among the others. Returns where it is now.
    ///
    /// # Errors
    /// As [`Folder::archive`].
    pub fn take_back(&self, home: &Path) -> Result<PathBuf, OpenError> {
        self.move_into(home, INCIDENTS)
    }

    fn move_into(&self, home: &Path, of: &str) -> Result<PathBuf, OpenError> {
        self.check_links()?;
        let all = home.join(of);
        make_dirs(&all)?;
        let path = all.join(self.name().as_str());
        if path.symlink_metadata().is_ok() {
            return Err(OpenError::Taken(path));
        }
        // Whoever starts a chain here holds this: none is started in a folder that goes away.
        let log = self.log_dir();
        let handle = File::open(&log).map_err(OpenError::io("failed to open", &log))?;
        let _held = super::lock::take(&handle, &log)?;
        fs::rename(self.path(), &path).map_err(OpenError::io("failed to move to", &path))?;
        // It is there now; a crash may only bring it back to where it was.
        for dir in [Some(all.as_path()), self.path().parent()].into_iter().flatten() {
            if let Err(error) = sync_dir(dir) {
                tracing::info!(%error, "the move is not on disk for certain");
            }
        }
        Ok(path)
    }
}

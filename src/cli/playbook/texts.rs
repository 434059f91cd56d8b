//! Texts of files: as they are open in an editor, or else as the disk has them.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::plain_file;

/// What is open, by path. A copy costs nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts(Arc<HashMap<PathBuf, String>>);

impl Texts {
    /// These files are open.
    pub(super) fn of<'t>(open: impl Iterator<Item = (&'t Path, &'t str)>) -> Self {
        Self(Arc::new(open.map(|(path, text)| (full(path), text.to_owned())).collect()))
    }

    /// The text of a file that is open.
    pub(super) fn get(&self, path: &Path) -> Option<&str> {
        if self.0.is_empty() { None } else { self.0.get(&full(path)).map(String::as_str) }
    }

    /// As [`plain_file::read`].
    pub(super) fn read(&self, path: &Path, limit: usize) -> io::Result<Vec<u8>> {
        let open = self.get(path).map(|text| text.as_bytes().to_vec());
        open.map_or_else(|| plain_file::read(path, limit), Ok)
    }
}

/// A path from the root, without `.` and `..`.
pub(super) fn full(path: &Path) -> PathBuf {
    plain(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}

/// A path without `.` and `..`, as it is written: links are not followed.
pub(super) fn plain(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts
}

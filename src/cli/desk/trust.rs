//! Whose files may speak for us: a playbook that a stranger can write is a command that a stranger
//! can have run.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Says why a file or folder is not to be trusted, if it is not: it must belong to us or to root,
/// and nobody else may write it.
pub(in crate::cli) fn distrust(path: &Path) -> Option<String> {
    let metadata = fs::metadata(path).ok()?;
    let (uid, mode) = (metadata.uid(), metadata.mode());
    let shown = path.display();
    if uid != 0 && uid != nix::unistd::geteuid().as_raw() {
        return Some(format!("`{shown}` belongs to another user (uid {uid})"));
    }
    // Many systems give each account a group of its own and let it write.
    let ours = metadata.gid() == nix::unistd::getegid().as_raw();
    let by_group = mode & 0o020 != 0 && !ours;
    (by_group || mode & 0o002 != 0)
        .then(|| format!("`{shown}` can be written by others (mode {:o})", mode & 0o7777))
}

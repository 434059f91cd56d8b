//! Whose files may speak for us: a playbook that a stranger can write is a command that a stranger
//! can have run.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::Context;
use crate::log::Folder;

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

/// Warns, once of a folder, where somebody else could change the record of an incident: its home, its
/// folder, its log.
pub(in crate::cli) fn warn_of_record(context: &mut Context, folder: &Folder) {
    let log = folder.log_dir();
    let all = folder.path().parent().unwrap_or(folder.path());
    let home = all.parent().unwrap_or(all);
    let found =
        [home, all, folder.path(), &log].into_iter().find_map(|dir| Some((distrust(dir)?, dir)));
    if let Some((why, dir)) = found
        && context.distrusted.insert(dir.to_owned())
    {
        let is_ours = fs::metadata(dir).is_ok_and(|of| of.uid() == nix::unistd::geteuid().as_raw());
        let dir = crate::escape::shell(&dir.to_string_lossy());
        context.screen.warn(&format!("{}, and with it the record", crate::escape::line(&why)));
        context.screen.say(&if is_ours {
            format!("hint: close it to others: chmod go-w {dir}")
        } else {
            "hint: keep your record in a home of your own: --home DIR".to_owned()
        });
    }
}

//! Going on under another home, because the disk under this one fails: what is taken along.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Context, files};
use crate::log::Folder;
use crate::{escape, wording};

/// Evidence that is copied while a responder waits; the rest is named, to be copied later.
const AT_ONCE: u64 = 64 << 20;

/// Copies what an incident needs besides its chains. What cannot be copied stops nobody: the disk
/// that it is on is failing.
pub(in crate::cli) fn take_along(context: &mut Context, from: &Folder, to: &Folder) {
    let mut left = Vec::new();
    let folders = [Folder::playbooks_dir, Folder::texts_dir, Folder::notices_dir];
    for (here, there) in folders.map(|dir| (dir(from), dir(to))) {
        let _ = files::make_private(&there);
        for path in files_of(&here) {
            let name = path.file_name().unwrap_or_default();
            let copied =
                fs::read(&path).and_then(|bytes| files::write_once(&there.join(name), &[&bytes]));
            if copied.is_err() {
                left.push((path.clone(), there.join(name)));
            }
        }
    }
    let (here, there) = (from.evidence_dir(), to.evidence_dir());
    let mut budget = AT_ONCE;
    for path in files_of(&here) {
        let Ok(inside) = path.strip_prefix(&here) else { continue };
        let place = there.join(inside);
        let size = path.metadata().map_or(u64::MAX, |metadata| metadata.len());
        if size <= budget && copy(&path, &place).is_ok() {
            budget -= size;
        } else {
            left.push((path.clone(), place));
        }
    }
    if left.is_empty() {
        return;
    }
    let count = wording::count(left.len(), "file");
    context.screen.warn(&format!("{count} of evidence, texts and playbooks not copied yet"));
    let shown = |path: &Path| escape::shell(&path.to_string_lossy());
    context.screen.say("The log is complete. When you have time, copy the rest:");
    context.screen.lines(&[format!("  $ cp -Rn {}/. {}", shown(from.path()), shown(to.path()))]);
}

/// The plain files of a folder and those below, hidden ones left out.
pub(in crate::cli) fn files_of(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        for entry in entries.filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."))
        {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(kind) if kind.is_file() => found.push(entry.path()),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

/// Copies a file with its mode, flushed.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let dir = to.parent().unwrap_or(Path::new("."));
    files::make_private(dir)?;
    fs::copy(from, to)?;
    fs::File::open(to)?.sync_all()?;
    fs::File::open(dir)?.sync_all()
}

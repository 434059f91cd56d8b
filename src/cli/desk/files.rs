//! Files of our own, readable by nobody else, whole or not there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::{Context, Exit, Failure};

/// Writes a file that was not there before: beside its place first, then renamed, both flushed.
/// If it is there already, with this content by its name, nothing happens.
pub(in crate::cli) fn write_once(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    if path.symlink_metadata().is_ok_and(|found| found.is_file()) {
        return Ok(());
    }
    replace(path, parts)?;
    File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
}

/// Writes a new page that nobody else can read.
pub(in crate::cli) fn keep(context: &mut Context, path: &Path, page: &[u8]) -> Result<(), Failure> {
    let shown = path.display();
    if path.symlink_metadata().is_ok() {
        return Err(Failure::usage(format!("`{shown}` already exists"))
            .hint("nothing was written; name a new file"));
    }
    std::path::absolute(path).and_then(|path| write_once(&path, &[page])).map_err(|error| {
        Failure::new(Exit::Failed, format!("failed to write `{shown}`: {error}"))
    })?;
    context.screen.say(&format!("Wrote {shown}, which only you can read."));
    Ok(())
}

/// Replaces a file, or creates it, in one step: a reader sees the old file or the new one. Refuses
/// anything but a plain file: an account with write access to `/dev` would replace `/dev/null`.
pub(in crate::cli) fn replace(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    replace_as(path, parts, 0o600)
}

/// Like [`replace`], for a file that anyone may read.
pub(in crate::cli) fn publish(path: &Path, text: &[u8]) -> io::Result<()> {
    replace_as(path, &[text], 0o666)
}

fn replace_as(path: &Path, parts: &[&[u8]], mode: u32) -> io::Result<()> {
    if path.symlink_metadata().is_ok_and(|found| !found.is_file()) {
        let what = format!("`{}` is no plain file", path.display());
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, what));
    }
    let path = std::path::absolute(path)?;
    let temporary = beside(&path);
    let written = write(&temporary, parts, mode).and_then(|()| fs::rename(&temporary, &path));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}

/// Where a file is written before it has its name.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}", std::process::id()))
}

/// Moves a file that is not what it should be beside its place, where nobody takes it for the real
/// one and somebody can look at it.
pub(in crate::cli) fn move_aside(path: &Path) -> io::Result<()> {
    for number in 1..=100 {
        let aside = path.with_extension(format!("altered-{number}"));
        if !aside.exists() {
            return fs::rename(path, aside);
        }
    }
    Err(io::Error::new(io::ErrorKind::AlreadyExists, "there are already a hundred altered copies"))
}

/// Makes a folder that nobody else can read, and those above it.
pub(in crate::cli) fn make_private(dir: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)
}

fn write(path: &Path, parts: &[&[u8]], mode: u32) -> io::Result<()> {
    // One that a crash left is gone first: no link is written through.
    let _ = fs::remove_file(path);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(path)?;
    for part in parts {
        file.write_all(part)?;
    }
    file.sync_all()
}

//! A folder as a store: a file share, a mounted disk.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::Object;
use crate::plain_file;

/// How deep below an incident files lie: `evidence/sha256/ab/…`.
const DEEP: usize = 4;

pub(super) fn incidents(store: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(store)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            names.extend(entry.file_name().to_str().map(str::to_owned));
        }
    }
    names.sort();
    Ok(names)
}

pub(super) fn list(incident: &Path) -> io::Result<Vec<Object>> {
    let store = incident.parent().unwrap_or(incident);
    // A share that is not mounted is no empty store.
    fs::read_dir(store)?;
    let mut found = Vec::new();
    let mut folders = vec![(incident.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() && depth < DEEP {
                folders.push((entry.path(), depth + 1));
            } else if kind.is_file()
                && let Some(name) = entry.path().strip_prefix(incident).ok().and_then(Path::to_str)
            {
                found.push(Object { name: name.to_owned(), size: entry.metadata()?.len() });
            }
        }
    }
    Ok(found)
}

pub(super) fn put(incident: &Path, from: &Path, names: &[String]) -> io::Result<()> {
    for name in names {
        let place = incident.join(name);
        let dir = place.parent().unwrap_or(incident);
        plain_file::refuse_links(incident, &place)?;
        let mode = mode_of(incident.parent().unwrap_or(incident))?;
        make_dirs(dir, mode)?;
        put_one(&from.join(name), &place, mode & 0o660)?;
        File::open(dir)?.sync_all()?;
    }
    Ok(())
}

pub(super) fn put_again(incident: &Path, from: &Path, names: &[String]) -> io::Result<()> {
    for name in names {
        let place = incident.join(name);
        plain_file::refuse_links(incident, &place)?;
        let file = place.file_name().unwrap_or_default().to_string_lossy();
        let name = |number| place.with_file_name(format!(".{file}.altered-{number}"));
        plain_file::set_aside(&place, name)?;
    }
    put(incident, from, names)
}

/// Who may do what there: the owner, and of the group what it may in the store itself. Nobody else.
fn mode_of(store: &Path) -> io::Result<u32> {
    Ok(0o700 | fs::metadata(store)?.permissions().mode() & 0o070)
}

fn make_dirs(dir: &Path, mode: u32) -> io::Result<()> {
    match DirBuilder::new().mode(mode).create(dir) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            make_dirs(dir.parent().unwrap_or(dir), mode)?;
            make_dirs(dir, mode)
        }
        // What the account hides from its group by habit is meant for it here.
        created => created.and_then(|()| fs::set_permissions(dir, Permissions::from_mode(mode))),
    }
}

/// A file that goes when it has its name, or does not get it.
struct Incoming(PathBuf);

impl Drop for Incoming {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Copies a file to its place, in one step, unless something is there.
fn put_one(from: &Path, place: &Path, mode: u32) -> io::Result<()> {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let incoming = Incoming(place.with_file_name(format!(".{name}.{}", std::process::id())));
    let _ = fs::remove_file(&incoming.0);
    let mut source = plain_file::open(from)?;
    let mut options = OpenOptions::new();
    let mut file = options.write(true).create_new(true).mode(0o600).open(&incoming.0)?;
    io::copy(&mut source, &mut file)?;
    file.set_permissions(Permissions::from_mode(mode))?;
    file.sync_all()?;
    match fs::hard_link(&incoming.0, place) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        // A stick or a share that knows no second names; its files are named by what they hold.
        Err(_) if place.symlink_metadata().is_err() => fs::rename(&incoming.0, place),
        linked => linked,
    }
}

pub(super) fn get(incident: &Path, names: &[String], into: &Path) -> io::Result<()> {
    for name in names {
        let from = incident.join(name);
        plain_file::refuse_links(incident, &from)?;
        let place = into.join(name);
        let dir = place.parent().unwrap_or(into);
        DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
        let mut source = plain_file::open(&from)?;
        let mut options = OpenOptions::new();
        let mut file = options.write(true).create_new(true).mode(0o600).open(&place)?;
        io::copy(&mut source, &mut file)?;
    }
    Ok(())
}

//! Opening files that somebody else named: a pipe or a device could hold us forever, a link leads
//! elsewhere.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Reads a plain file, but no more than `most` bytes and one.
///
/// # Errors
/// As [`open`], or reading failed.
pub fn read(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let read = read_when(path, most, |_| Some(()))?;
    Ok(read.map(|(bytes, ())| bytes).unwrap_or_default())
}

/// As [`read()`], if `enter` lets so many bytes in; what it returned comes with them.
///
/// # Errors
/// As [`read()`].
pub fn read_when<P>(
    path: &Path,
    most: usize,
    enter: impl FnOnce(usize) -> Option<P>,
) -> io::Result<Option<(Vec<u8>, P)>> {
    let (file, length) = open_sized(path)?;
    // One byte more than it has: the end is found without growing.
    let length = usize::try_from(length).unwrap_or(most).min(most);
    let Some(permit) = enter(length) else { return Ok(None) };
    let mut bytes = Vec::with_capacity(length + 1);
    file.take(most as u64 + 1).read_to_end(&mut bytes)?;
    Ok(Some((bytes, permit)))
}

/// Opens a plain file for reading, without waiting for anybody.
///
/// # Errors
/// It cannot be opened, or it is a folder, a pipe, a socket or a device.
pub fn open(path: &Path) -> io::Result<File> {
    open_sized(path).map(|(file, _)| file)
}

/// Whether the path is a symbolic link, even one that leads nowhere.
pub fn is_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|found| found.is_symlink())
}

/// Refuses a symbolic link at `path` or at any folder between it and `dir`. Only we write there, so a
/// link was planted by someone who wants to choose what we read and write.
///
/// # Errors
/// There is one.
pub fn refuse_links(dir: &Path, path: &Path) -> io::Result<()> {
    let mut ours = path.ancestors().take_while(|part| part.starts_with(dir));
    ours.find(|part| is_link(part)).map_or(Ok(()), |link| {
        let what = format!("`{}` is a symbolic link", link.display());
        Err(io::Error::new(ErrorKind::InvalidInput, what))
    })
}

/// Renames what stands at a place to the first of a hundred names that is free, and returns it.
///
/// # Errors
/// None is free, or it cannot be renamed.
pub fn set_aside(place: &Path, name: impl Fn(u32) -> PathBuf) -> io::Result<PathBuf> {
    let free = (1..=100).map(name).find(|name| name.symlink_metadata().is_err());
    let aside = free.ok_or_else(|| io::Error::other("it was altered a hundred times"))?;
    std::fs::rename(place, &aside)?;
    Ok(aside)
}

fn open_sized(path: &Path) -> io::Result<(File, u64)> {
    let nonblocking = nix::fcntl::OFlag::O_NONBLOCK.bits();
    let file = OpenOptions::new().read(true).custom_flags(nonblocking).open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_file() {
        return Ok((file, metadata.len()));
    }
    Err(io::Error::new(ErrorKind::InvalidInput, "it is not a plain file"))
}

//! Taking in evidence: a file, standard input, a file hashed where it is.

use std::fs::{File, Metadata};
use std::io::{self, Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::escape;
use crate::incident::event::{Kept, Source};
use crate::plain_file;
use crate::vault::Vault;
use crate::world::World;

/// What was taken in, ready to be recorded.
#[derive(Clone, Debug)]
pub struct Acquired {
    /// Where it comes from.
    pub source: Source,
    /// Digest and size.
    pub kept: Kept,
    /// True if the source changed while it was read.
    pub changed: bool,
    /// When the source was last modified, as its file system says.
    pub modified_at: Option<DateTime<Utc>>,
    /// When we started to read it.
    pub started_at: DateTime<Utc>,
    /// Where other bytes lie that had taken its place in the vault.
    pub aside: Option<PathBuf>,
}

/// Told of every piece that was read.
pub type Progress<'a> = &'a mut dyn FnMut(u64);

/// Copies a file into the vault, hashing while copying.
///
/// # Errors
/// The source is no plain file, or reading or keeping it failed.
pub fn file(
    path: &Path,
    vault: &Vault,
    world: &World,
    progress: Progress<'_>,
) -> io::Result<Acquired> {
    let (input, before) = open(path)?;
    let started_at = world.now().at;
    let mut incoming = vault.incoming(world)?;
    copy(&mut ending(&input, &before), &mut incoming, progress)?;
    let (kept, aside) = incoming.keep_and_tell()?;
    let changed = changed(&before, &input.metadata()?) || before.len() != kept.bytes;
    let source = Source::File { path: followed(&full(path)) };
    Ok(Acquired { source, kept, changed, modified_at: modified(&before), started_at, aside })
}

/// Hashes a file where it is. Nothing is copied.
///
/// # Errors
/// The source is no plain file, reading it failed, or its path is no text: the log could not say
/// where to look for it again.
pub fn in_place(path: &Path, world: &World, progress: Progress<'_>) -> io::Result<Acquired> {
    if full(path).to_str().is_none() {
        let what = "its path is not UTF-8, so it could not be found again; copy it without \
                    --in-place";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, what));
    }
    let (input, before) = open(path)?;
    let started_at = world.now().at;
    let mut bytes = 0;
    let sha256 = crate::vault::hash(ending(&input, &before), &mut |piece| {
        bytes += piece;
        progress(piece);
    })?;
    let changed = changed(&before, &input.metadata()?) || before.len() != bytes;
    let kept = Kept { sha256, bytes, truncated: false };
    let source = Source::InPlace { path: shown(&full(path)) };
    let modified_at = modified(&before);
    Ok(Acquired { source, kept, changed, modified_at, started_at, aside: None })
}

/// Keeps all that a stream gives.
///
/// # Errors
/// Reading or keeping it failed.
pub fn stream(
    input: &mut dyn Read,
    vault: &Vault,
    world: &World,
    progress: Progress<'_>,
) -> io::Result<Acquired> {
    let started_at = world.now().at;
    let mut incoming = vault.incoming(world)?;
    copy(input, &mut incoming, progress)?;
    let (kept, aside) = incoming.keep_and_tell()?;
    let source = Source::Stdin;
    Ok(Acquired { source, kept, changed: false, modified_at: None, started_at, aside })
}

/// Opens a plain file. A pipe or a device could hold us forever, so both are refused.
fn open(path: &Path) -> io::Result<(File, Metadata)> {
    if path.is_dir() {
        let shown = escape::shell(&path.to_string_lossy());
        let what = format!("is a folder; pack it first: tar cf - {shown} | breach evidence add -");
        return Err(io::Error::new(io::ErrorKind::IsADirectory, what));
    }
    let file = plain_file::open(path)?;
    let metadata = file.metadata()?;
    Ok((file, metadata))
}

/// Bytes that a file may give beyond those that it says it has. It may grow while it is read, and
/// files of the kernel say that they have none; but some have no end.
const BEYOND: u64 = 256 << 20;

/// Reads a file that fails once it is clear that it does not end.
struct Ending<'f> {
    file: &'f File,
    left: u64,
}

fn ending<'f>(file: &'f File, metadata: &Metadata) -> Ending<'f> {
    Ending { file, left: metadata.len().saturating_mul(2).saturating_add(BEYOND) }
}

impl Read for Ending<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            io::Error::other("it goes on far beyond the length that it says it has")
        })?;
        Ok(read)
    }
}

fn copy(input: &mut dyn Read, output: &mut dyn Write, progress: Progress<'_>) -> io::Result<()> {
    let mut buffer = vec![0; 1 << 20];
    loop {
        match input.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(n) => {
                output.write_all(&buffer[..n])?;
                progress(n as u64);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn changed(before: &Metadata, after: &Metadata) -> bool {
    let state = |m: &Metadata| (m.len(), m.mtime(), m.mtime_nsec());
    state(before) != state(after)
}

fn modified(metadata: &Metadata) -> Option<DateTime<Utc>> {
    let nanos = u32::try_from(metadata.mtime_nsec()).ok()?;
    DateTime::from_timestamp(metadata.mtime(), nanos)
}

fn full(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// The path as text; of a link, with the file that it led to: it may lead elsewhere tomorrow.
fn followed(path: &Path) -> String {
    match path.canonicalize() {
        Ok(real) if path.is_symlink() => format!("{} -> {}", shown(path), shown(&real)),
        _ => shown(path),
    }
}

/// The path as text; bytes that are no text stay visible.
fn shown(path: &Path) -> String {
    match path.to_str() {
        Some(text) => text.to_owned(),
        None => escape::bytes(path.as_os_str().as_bytes()),
    }
}

//! Bytes kept by their digest: evidence files and the output of commands.
//!
//! A file is written beside its place, flushed, linked to the name of its digest, read back and
//! compared; only then may an entry name it. A digest is the whole name, so no foreign name can
//! leave the folder.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::digest::{Digest, Hasher, hex};
use crate::incident::event::Kept;
use crate::plain_file;
use crate::world::World;

/// What the name of a half copied file begins with.
const INCOMING: &str = ".incoming-";
const A_DAY: i64 = 24 * 60 * 60;

/// The evidence folder of an incident.
#[derive(Clone, Debug)]
pub struct Vault {
    dir: PathBuf,
}

/// What became of kept bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reread {
    /// They are what they were.
    Intact,
    /// They are not there.
    Missing,
    /// They are others: the digest that they have now.
    Differs(Digest),
}

impl Vault {
    /// The vault in `dir`; folders are made when they are needed.
    pub fn new(dir: PathBuf) -> Self {
        Self { dir }
    }

    /// Where bytes with this digest lie.
    pub fn path(&self, digest: &Digest) -> PathBuf {
        let name = digest.to_string();
        self.dir.join("sha256").join(&name[..2]).join(name)
    }

    /// Starts to take in bytes.
    pub fn incoming(&self, world: &World) -> io::Result<Incoming> {
        plain_file::refuse_links(&self.dir, &self.dir)?;
        make_dir(&self.dir)?;
        self.clean_up(world);
        let mut options = OpenOptions::new();
        options.read(true).write(true).mode(0o600);
        let (file, temporary) = if let Some(file) = nameless(&options, &self.dir) {
            (file, None)
        } else {
            let path = self.dir.join(format!("{INCOMING}{}", hex(&world.random::<8>()?)));
            (options.create_new(true).open(&path)?, Some(path))
        };
        Ok(Incoming { vault: self.clone(), file, temporary, hasher: Hasher::default() })
    }

    /// Takes away what was left half copied more than a day ago: no entry names it.
    fn clean_up(&self, world: &World) {
        let now = world.now().at.timestamp();
        for entry in fs::read_dir(&self.dir).into_iter().flatten().flatten() {
            let ours = entry.file_name().as_encoded_bytes().starts_with(INCOMING.as_bytes());
            let old = || entry.metadata().is_ok_and(|metadata| now - metadata.mtime() > A_DAY);
            if ours && old() {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Keeps bytes that are at hand.
    pub fn keep(&self, bytes: &[u8], world: &World) -> io::Result<Kept> {
        let mut incoming = self.incoming(world)?;
        incoming.write_all(bytes)?;
        incoming.keep()
    }

    /// Reads kept bytes again and compares; `progress` is told of every piece's length.
    ///
    /// # Errors
    /// As [`verify_file`]; or a link stands in the place of the bytes or of a folder of the vault.
    pub fn verify(&self, kept: &Kept, progress: &mut dyn FnMut(u64)) -> io::Result<Reread> {
        let path = self.path(&kept.sha256);
        plain_file::refuse_links(&self.dir, &path)?;
        verify_file(&path, kept, progress)
    }
}

/// Bytes beyond what was kept that are read all the same, to tell the digest of what there is now.
const BEYOND: u64 = 256 << 20;

/// Reads a file and compares its digest.
///
/// # Errors
/// It cannot be read, or is so much longer than what was kept that there may be no end of it.
pub fn verify_file(path: &Path, kept: &Kept, progress: &mut dyn FnMut(u64)) -> io::Result<Reread> {
    let file = match plain_file::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Reread::Missing),
        Err(error) => return Err(error),
    };
    let most = kept.bytes.saturating_add(BEYOND);
    let mut read = 0;
    let found = hash(file.take(most.saturating_add(1)), &mut |piece| {
        read += piece;
        progress(piece);
    })?;
    if read > most {
        let bytes = kept.bytes;
        return Err(io::Error::other(format!("it has far more than the {bytes} bytes of before")));
    }
    Ok(if found == kept.sha256 { Reread::Intact } else { Reread::Differs(found) })
}

/// The digest of all that a reader gives.
pub fn hash(mut input: impl Read, progress: &mut dyn FnMut(u64)) -> io::Result<Digest> {
    let mut hasher = Hasher::default();
    let mut buffer = vec![0; 1 << 20];
    loop {
        match input.read(&mut buffer) {
            Ok(0) => return Ok(hasher.finish()),
            Ok(n) => {
                hasher.update(&buffer[..n]);
                progress(n as u64);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Bytes on their way in. Dropped before [`Incoming::keep`], it leaves nothing behind.
pub struct Incoming {
    vault: Vault,
    file: File,
    /// Its name, where the file system takes no file without one.
    temporary: Option<PathBuf>,
    hasher: Hasher,
}

impl Incoming {
    /// Makes the bytes durable under the name of their digest, and reads them back.
    ///
    /// # Errors
    /// Any I/O error, and bytes that read back differently.
    pub fn keep(self) -> io::Result<Kept> {
        self.keep_and_tell().map(|(kept, _)| kept)
    }

    /// As [`Incoming::keep`]. If other bytes lay under the digest, somebody altered what was kept
    /// before: they are set aside, and the path to them is returned.
    ///
    /// # Errors
    /// As [`Incoming::keep`].
    pub fn keep_and_tell(mut self) -> io::Result<(Kept, Option<PathBuf>)> {
        let bytes = self.hasher.bytes();
        let sha256 = std::mem::take(&mut self.hasher).finish();
        let kept = Kept { sha256, bytes, truncated: false };
        self.file.set_permissions(Permissions::from_mode(0o400))?;
        self.file.sync_all()?;
        let place = self.vault.path(&sha256);
        let dir = place.parent().unwrap_or(&self.vault.dir).to_owned();
        plain_file::refuse_links(&self.vault.dir, &dir)?;
        make_dir(&dir)?;
        let mut aside = None;
        match self.link(&place) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if !matches!(self.vault.verify(&kept, &mut |_| {}), Ok(Reread::Intact)) {
                    let name = |number| place.with_extension(format!("altered-{number}"));
                    aside = Some(plain_file::set_aside(&place, name)?);
                    self.link(&place)?;
                }
            }
            linked => linked?,
        }
        let above = [self.vault.dir.join("sha256"), self.vault.dir.clone()];
        for dir in [dir].into_iter().chain(above) {
            File::open(dir)?.sync_all()?;
        }
        drop_cache(&self.file);
        match self.vault.verify(&kept, &mut |_| {})? {
            Reread::Intact => Ok((kept, aside)),
            _ => Err(io::Error::other(format!("`{}` reads back differently", place.display()))),
        }
    }

    fn link(&self, place: &Path) -> io::Result<()> {
        match &self.temporary {
            Some(temporary) => fs::hard_link(temporary, place),
            None => link_nameless(&self.file, place),
        }
    }
}

/// A file without a name: whatever kills us, nothing is left behind.
#[cfg(target_os = "linux")]
fn nameless(options: &OpenOptions, dir: &Path) -> Option<File> {
    // It gets its name through here.
    if !Path::new(DESCRIPTORS).is_dir() {
        return None;
    }
    options.clone().custom_flags(nix::fcntl::OFlag::O_TMPFILE.bits()).open(dir).ok()
}

#[cfg(target_os = "linux")]
const DESCRIPTORS: &str = "/proc/self/fd";

#[cfg(target_os = "linux")]
fn link_nameless(file: &File, place: &Path) -> io::Result<()> {
    use std::os::fd::AsRawFd;
    let from = Path::new(DESCRIPTORS).join(file.as_raw_fd().to_string());
    let follow = nix::fcntl::AtFlags::AT_SYMLINK_FOLLOW;
    nix::unistd::linkat(nix::fcntl::AT_FDCWD, &from, nix::fcntl::AT_FDCWD, place, follow)?;
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn nameless(_: &OpenOptions, _: &Path) -> Option<File> {
    None
}

#[cfg(not(target_os = "linux"))]
fn link_nameless(_: &File, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

impl Write for Incoming {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let written = self.file.write(piece)?;
        self.hasher.update(&piece[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // Nothing to be done if it fails: the name says what it is, and no entry names it.
        if let Some(temporary) = &self.temporary {
            let _ = fs::remove_file(temporary);
        }
    }
}

fn make_dir(dir: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)
}

/// Asks the kernel to forget the pages, so that reading back reads the disk. Only advice.
#[cfg(target_os = "linux")]
fn drop_cache(file: &File) {
    use nix::fcntl::{PosixFadviseAdvice, posix_fadvise};
    let _ = posix_fadvise(file, 0, 0, PosixFadviseAdvice::POSIX_FADV_DONTNEED);
}

#[cfg(not(target_os = "linux"))]
fn drop_cache(_: &File) {}

//! The file of a chain: lock, look what others wrote, write once, flush, let go.
//!
//! An entry counts as recorded only after `fdatasync` returned. Whatever fails poisons the handle:
//! a second try could succeed after the kernel dropped the page that failed.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};

use super::chain::{Damage, DamageKind, Next, Remark};
use super::entry::{self, Entry, Envelope, LONGEST};
use super::error::{AppendError, OpenError};
use super::lock;
use super::tail::{Bad, Tail};
use crate::clock::Moment;
use crate::digest::{Digest, hex};
use crate::incident::event::{Actor, ClockStepped, Draft, Recovery, Stamped, TornLine};
use crate::world::World;

/// Space that is reserved ahead, so that a full disk still takes the next entries.
const RESERVE: i64 = 1 << 20;
/// A step of the wall clock against the boot clock that is worth an entry.
const STEP: TimeDelta = TimeDelta::seconds(1);

/// A chain that this machine writes.
pub(super) struct Writer {
    path: PathBuf,
    chain: String,
    file: File,
    /// Length of the file as far as we know it.
    offset: u64,
    next: Next,
    last: Option<(Moment, String)>,
    poisoned: bool,
}

/// Why a chain cannot be opened for writing.
pub(super) enum Unusable {
    Damaged(Damage),
    Open(OpenError),
}

impl From<OpenError> for Unusable {
    fn from(error: OpenError) -> Self {
        Self::Open(error)
    }
}

impl Writer {
    /// Makes the file of a new chain. The first append writes its genesis.
    pub(super) fn create(path: &Path, chain: &str) -> Result<Self, OpenError> {
        let file = options().create_new(true).mode(0o600).open(path);
        let file = file.map_err(OpenError::io("failed to create", path))?;
        reserve(&file, 0);
        file.sync_all()
            .map_err(OpenError::io("failed to flush", path))?;
        if let Some(dir) = path.parent() {
            super::folder::sync_dir(dir)?;
        }
        Ok(Self::new(path, chain, file))
    }

    /// Opens a chain, checks its end, and seals what a crash tore.
    pub(super) fn open(
        path: &Path,
        chain: &str,
        world: &World,
        actor: &Actor,
        remarks: &mut Vec<Remark>,
    ) -> Result<Self, Unusable> {
        let file = options()
            .open(path)
            .map_err(OpenError::io("failed to open", path))?;
        let mut writer = Self::new(path, chain, file);
        let handle = writer
            .file
            .try_clone()
            .map_err(OpenError::io("failed to open", path))?;
        let held = lock::take(&handle, path, world)?;
        let length = writer.length()?;
        let tail = Tail::read(&writer.file, length).map_err(|bad| bad_tail(bad, path))?;
        writer.remember(&tail);
        writer.seal(tail, world, actor, remarks)?;
        reserve(&writer.file, writer.offset);
        drop(held);
        Ok(writer)
    }

    fn new(path: &Path, chain: &str, file: File) -> Self {
        Self {
            path: path.to_owned(),
            chain: chain.to_owned(),
            file,
            offset: 0,
            next: Next::FIRST,
            last: None,
            poisoned: false,
        }
    }

    pub(super) fn chain(&self) -> &str {
        &self.chain
    }

    /// Where the next line goes, and what it must be.
    pub(super) fn place(&self) -> (u64, Next) {
        (self.offset, self.next)
    }

    fn remember(&mut self, tail: &Tail) {
        self.offset = tail.offset;
        self.next = tail.next;
        if let Some(line) = tail.entries.last()
            && let Ok(entry) = Entry::parse(line)
        {
            self.last = stamp(&entry);
        }
    }

    /// Seals torn lines and a fragment as RECOVERY asks: nothing is cut away, a new entry owns them.
    fn seal(
        &mut self,
        tail: Tail,
        world: &World,
        actor: &Actor,
        remarks: &mut Vec<Remark>,
    ) -> Result<(), OpenError> {
        let Tail {
            mut torn,
            mut fragment,
            ..
        } = tail;
        let mut completed = None;
        if !fragment.is_empty() {
            fragment.push(b'\n');
            self.write(b"\n")
                .map_err(OpenError::io("failed to seal a torn line in", &self.path))?;
            let whole = Entry::parse(&fragment).is_ok_and(|entry| self.next.fits(&entry));
            if whole && torn.is_empty() {
                completed = Some(self.next.seq);
            } else {
                torn.push(TornLine {
                    line: self.next.seq,
                    bytes: fragment.len() as u64,
                    sha256: Digest::of(&fragment),
                });
            }
            self.next = self.next.after(&fragment);
            self.offset += fragment.len() as u64 - 1;
        }
        if torn.is_empty() && completed.is_none() {
            return Ok(());
        }
        remarks.push(completed.map_or(Remark::Sealed(torn.len()), Remark::Completed));
        let draft = Draft::from(Recovery {
            lines: torn,
            completed,
        });
        self.put(&draft, actor, world)
            .map(drop)
            .map_err(|error| OpenError::Io {
                what: "failed to record a recovery in",
                path: self.path.clone(),
                error: io::Error::other(error.to_string()),
            })
    }

    /// Appends an event. Returns it as written, and what others had written since we last looked.
    pub(super) fn append(
        &mut self,
        draft: &Draft,
        actor: &Actor,
        world: &World,
    ) -> Result<(Stamped, Vec<Stamped>), AppendError> {
        if self.poisoned {
            return Err(AppendError::Refused(io::Error::other(
                "an earlier write failed",
            )));
        }
        let handle = self.file.try_clone().map_err(AppendError::Refused)?;
        let held = lock::take(&handle, &self.path, world)?;
        self.check_place()?;
        let others = self.catch_up(world, actor)?;
        if let Some(step) = self.clock_step(world) {
            self.put(&step.into(), actor, world)?;
        }
        let stamped = self.put(draft, actor, world)?;
        drop(held);
        Ok((stamped, others))
    }

    /// The file that we hold must still be the one with our name, or two writers could each be
    /// told that they are recorded.
    fn check_place(&self) -> Result<(), OpenError> {
        let failed = || OpenError::io("failed to look at", &self.path);
        let ours = self.file.metadata().map_err(failed())?;
        let named = std::fs::metadata(&self.path).map_err(failed())?;
        if (ours.dev(), ours.ino()) == (named.dev(), named.ino()) {
            return Ok(());
        }
        let error = io::Error::other("the file was replaced while it was open");
        Err(OpenError::io("failed to append to", &self.path)(error))
    }

    /// Reads and checks what others appended since we last looked.
    fn catch_up(&mut self, world: &World, actor: &Actor) -> Result<Vec<Stamped>, AppendError> {
        let length = self.length()?;
        if length == self.offset {
            return Ok(Vec::new());
        }
        let (others, fragment) = self.read_new(length)?;
        if !fragment.is_empty() {
            // Its writer died: nobody else can be writing while we hold the lock.
            let tail = Tail {
                next: self.next,
                torn: Vec::new(),
                fragment,
                entries: Vec::new(),
                offset: self.offset,
            };
            self.seal(tail, world, actor, &mut Vec::new())?;
        }
        Ok(others)
    }

    /// Lines that were appended since we last looked, checked. What has no line feed yet is
    /// returned as it is.
    pub(super) fn read_new(&mut self, length: u64) -> Result<(Vec<Stamped>, Vec<u8>), AppendError> {
        let damaged = |line: u64, kind| AppendError::Damaged {
            chain: self.chain.clone(),
            damage: Damage { line, kind },
        };
        if length < self.offset {
            return Err(damaged(self.next.seq, DamageKind::Unlinked));
        }
        let mut bytes = vec![0; usize::try_from(length - self.offset).unwrap_or(0)];
        self.file
            .read_exact_at(&mut bytes, self.offset)
            .map_err(AppendError::Refused)?;
        let mut news = Vec::new();
        let mut fragment = Vec::new();
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            if !line.ends_with(b"\n") {
                fragment = line.to_vec();
                break;
            }
            match Entry::parse(line) {
                Ok(entry) if self.next.fits(&entry) => {
                    self.last = stamp(&entry);
                    news.extend(entry.stamped(&self.chain));
                }
                // Torn, and sealed by the line behind it.
                Err(entry::Malformed::NotJson) => {}
                Ok(_) | Err(_) => return Err(damaged(self.next.seq, DamageKind::Unlinked)),
            }
            self.next = self.next.after(line);
            self.offset += line.len() as u64;
        }
        Ok((news, fragment))
    }

    pub(super) fn length(&self) -> Result<u64, OpenError> {
        let metadata = self
            .file
            .metadata()
            .map_err(OpenError::io("failed to look at", &self.path))?;
        Ok(metadata.len())
    }

    fn clock_step(&self, world: &World) -> Option<ClockStepped> {
        let (last, boot) = self.last.as_ref()?;
        let now = world.now();
        if *boot != world.boot {
            return None;
        }
        let passed = i64::try_from(now.mono).ok()? - i64::try_from(last.mono).ok()?;
        let expected: DateTime<Utc> = last.at + TimeDelta::microseconds(passed);
        let step = now.at - expected;
        (step.abs() > STEP).then(|| ClockStepped {
            before: last.at,
            expected,
            found: now.at,
            step_us: step.num_microseconds().unwrap_or(i64::MAX),
        })
    }

    /// Writes one entry and flushes it. The lock is held.
    fn put(&mut self, draft: &Draft, actor: &Actor, world: &World) -> Result<Stamped, AppendError> {
        let salt = hex(&world.random::<16>().map_err(AppendError::Refused)?);
        let id = world.entry_id().map_err(AppendError::Refused)?;
        let moment = world.now();
        let envelope = Envelope {
            seq: self.next.seq,
            prev: self.next.prev,
            id: &id,
            moment,
            boot: &world.boot,
            host: &world.host,
            actor,
            salt: &salt,
        };
        let line = entry::build(&envelope, draft)
            .map_err(|error| AppendError::Refused(io::Error::other(error)))?;
        if line.len() > LONGEST {
            return Err(AppendError::TooLong { bytes: line.len() });
        }
        self.write(&line).map_err(|error| {
            if self.length().is_ok_and(|length| length == self.offset) {
                AppendError::Refused(error)
            } else {
                AppendError::FateUnknown(error)
            }
        })?;
        let stamped = Stamped {
            chain: self.chain.clone(),
            seq: self.next.seq,
            id,
            at: moment.local(),
            host: world.host.clone(),
            actor: actor.clone(),
            draft: draft.clone(),
        };
        self.last = Some((moment, world.boot.clone()));
        self.next = self.next.after(&line);
        self.offset += line.len() as u64;
        Ok(stamped)
    }

    /// One write, then a flush. Anything but success poisons the handle.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.poisoned = true;
        loop {
            match self.file.write(bytes) {
                Ok(written) if written == bytes.len() => break,
                Ok(written) => {
                    let what = format!("the disk took {written} of {} bytes", bytes.len());
                    return Err(io::Error::new(io::ErrorKind::StorageFull, what));
                }
                // Nothing was written yet.
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.file.sync_data()?;
        self.poisoned = false;
        Ok(())
    }
}

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options
        .read(true)
        .append(true)
        .custom_flags(nix::fcntl::OFlag::O_NOFOLLOW.bits());
    options
}

fn stamp(entry: &Entry<'_>) -> Option<(Moment, String)> {
    let local = entry.moment()?;
    let moment = Moment {
        at: local.to_utc(),
        off: *local.offset(),
        mono: entry.mono,
    };
    Some((moment, entry.boot.clone().into_owned()))
}

fn bad_tail(bad: Bad, path: &Path) -> Unusable {
    match bad {
        Bad::Damage(damage) => Unusable::Damaged(damage),
        Bad::Io(error) => Unusable::Open(OpenError::io("failed to read", path)(error)),
    }
}

/// Reserves space behind the end. Where the file system cannot, nothing is lost but the comfort.
#[cfg(target_os = "linux")]
fn reserve(file: &File, from: u64) {
    use nix::fcntl::{FallocateFlags, fallocate};
    if let Ok(from) = i64::try_from(from) {
        let _ = fallocate(file, FallocateFlags::FALLOC_FL_KEEP_SIZE, from, RESERVE);
    }
}

#[cfg(not(target_os = "linux"))]
fn reserve(_: &File, _: u64) {}

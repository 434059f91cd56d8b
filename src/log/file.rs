//! The file of a chain: lock, look what others wrote, write once, flush, let go.
//!
//! An entry counts as recorded only after `fdatasync` returned. Whatever fails poisons the handle:
//! a second try could succeed after the kernel dropped the page that failed.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};

use super::chain::{Chain, Next};
use super::damage::{Damage, Remark};
use super::entry::{Entry, LONGEST};
use super::error::{AppendError, OpenError};
use super::follow::grow;
use super::lock;
use super::reserve::reserve;
use super::tail::{Bad, Tail};
use super::witness::Keeper;
use super::written::{self, Envelope};
use crate::clock::Moment;
use crate::digest::hex;
use crate::incident::event::{Actor, ClockStepped, Draft, HeadRef, Recovery, Stamped};
use crate::world::World;

/// A step of the wall clock against the boot clock that is worth an entry.
const STEP: TimeDelta = TimeDelta::seconds(1);

/// A chain that this machine writes.
pub(super) struct Writer {
    path: PathBuf,
    file: File,
    /// Length of the file as far as we know it.
    offset: u64,
    /// The chain up to there.
    chain: Chain,
    last: Option<(Moment, String)>,
    /// Remembers how far it is written, once the chain has its name.
    keeper: Option<Keeper>,
    /// What failed first. Nothing is written after that.
    poisoned: Option<(io::ErrorKind, String)>,
}

/// What an append wrote, and what it found.
#[derive(Debug)]
pub struct Appended {
    /// The event as it stands in the log.
    pub ours: Stamped,
    /// What other processes had written before it.
    pub others: Vec<Stamped>,
    /// Microseconds by which the wall clock was changed since the entry before.
    pub clock_step_us: Option<i64>,
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
    /// Makes the file of a new chain. It has no name that a reader sees until [`Writer::publish`],
    /// so that a chain without a line is never the work of a crash.
    pub(super) fn create(path: &Path, chain: &str) -> Result<Self, OpenError> {
        let hidden = path.with_file_name(format!(".{chain}.jsonl"));
        let file = options().create_new(true).mode(0o600).open(&hidden);
        let file = file.map_err(OpenError::io("failed to create", &hidden))?;
        reserve(&file, 0);
        Ok(Self::new(&hidden, chain, file))
    }

    /// Gives a new chain, whose genesis is written, its name.
    pub(super) fn publish(&mut self, path: &Path, world: &World) -> Result<(), OpenError> {
        std::fs::rename(&self.path, path).map_err(OpenError::io("failed to create", path))?;
        path.clone_into(&mut self.path);
        path.parent().map_or(Ok(()), super::folder::sync_dir)?;
        self.keeper = Some(Keeper::new(path, self.chain.name(), world));
        self.keep();
        Ok(())
    }

    /// Remembers how far the chain is written. The lock is held.
    fn keep(&mut self) {
        if let (Some(keeper), Some(head)) = (&mut self.keeper, self.chain.head()) {
            keeper.keep(head);
        }
    }

    /// Opens a chain, checks its end, and seals what a crash tore.
    pub(super) fn open(
        path: &Path,
        chain: &str,
        world: &World,
        actor: &Actor,
        remarks: &mut Vec<Remark>,
    ) -> Result<Self, Unusable> {
        let file = options().open(path).map_err(OpenError::io("failed to open", path))?;
        let mut writer = Self::new(path, chain, file);
        let handle = writer.file.try_clone().map_err(OpenError::io("failed to open", path))?;
        let held = lock::take(&handle, path)?;
        let length = writer.length()?;
        let tail = Tail::read(&writer.file, length, chain).map_err(|bad| bad_tail(bad, path))?;
        let fragment = writer.stand_behind(tail);
        writer.seal(fragment, world, actor, remarks).map_err(|error| match error {
            AppendError::Damaged { damage, .. } => Unusable::Damaged(damage),
            AppendError::Open(error) => Unusable::Open(error),
            other => Unusable::Open(OpenError::io("failed to record a recovery in", path)(
                io::Error::other(other.to_string()),
            )),
        })?;
        reserve(&writer.file, writer.offset);
        writer.keeper = Some(Keeper::new(path, chain, world));
        writer.keep();
        drop(held);
        Ok(writer)
    }

    fn new(path: &Path, chain: &str, file: File) -> Self {
        Self {
            path: path.to_owned(),
            file,
            offset: 0,
            chain: Chain::new(chain),
            last: None,
            keeper: None,
            poisoned: None,
        }
    }

    pub(super) fn chain(&self) -> &str {
        self.chain.name()
    }

    /// Its last line.
    pub(super) fn head(&self) -> Option<HeadRef> {
        self.chain.head()
    }

    /// Where the next line goes.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Takes the place behind a tail. Returns what has no line feed yet.
    fn stand_behind(&mut self, tail: Tail) -> Vec<u8> {
        self.offset = tail.offset;
        self.chain = tail.chain;
        if let Some(line) = tail.entries.last()
            && let Ok(entry) = Entry::parse(line)
        {
            self.last = stamp(&entry);
        }
        tail.fragment
    }

    /// Seals torn lines and a fragment: nothing is cut away, a new entry owns them.
    fn seal(
        &mut self,
        mut fragment: Vec<u8>,
        world: &World,
        actor: &Actor,
        remarks: &mut Vec<Remark>,
    ) -> Result<(), AppendError> {
        let mut completed = None;
        if !fragment.is_empty() {
            fragment.push(b'\n');
            // A whole entry with a wrong number or link is no crash: nothing is written behind it.
            let mut sealed = self.chain.clone();
            if sealed.line(&fragment).is_some() {
                completed = Some(sealed.next().seq - 1);
            }
            check(&sealed)?;
            self.write(b"\n")
                .map_err(OpenError::io("failed to seal a torn line in", &self.path))?;
            self.chain = sealed;
            self.offset += fragment.len() as u64;
        }
        let lines = self.chain.waiting().to_vec();
        if lines.is_empty() && completed.is_none() {
            return Ok(());
        }
        remarks.push(completed.map_or(Remark::Sealed(lines.len()), Remark::Completed));
        self.put(&Recovery { lines, completed }.into(), actor, world, None)?;
        Ok(())
    }

    /// Appends an event, under an id that it was given before or a new one.
    pub(super) fn append(
        &mut self,
        draft: &Draft,
        actor: &Actor,
        world: &World,
        id: Option<&str>,
    ) -> Result<Appended, AppendError> {
        if let Some((kind, first)) = &self.poisoned {
            let what = format!("an earlier write failed: {first}");
            return Err(AppendError::Refused(io::Error::new(*kind, what)));
        }
        let handle = self.file.try_clone().map_err(AppendError::Refused)?;
        let held = lock::take(&handle, &self.path)?;
        self.check_place()?;
        let others = self.catch_up(world, actor)?;
        let step = self.clock_step(world);
        let clock_step_us = step.as_ref().map(|step| step.step_us);
        if let Some(step) = step {
            self.put(&step.into(), actor, world, None)?;
        }
        let ours = self.put(draft, actor, world, id)?;
        self.keep();
        drop(held);
        Ok(Appended { ours, others, clock_step_us })
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

    /// Reads and checks what others appended since we last looked, and seals what they left torn:
    /// nobody else can be writing while we hold the lock.
    fn catch_up(&mut self, world: &World, actor: &Actor) -> Result<Vec<Stamped>, AppendError> {
        let (others, fragment) = self.read_new(self.length()?)?;
        self.seal(fragment, world, actor, &mut Vec::new())?;
        Ok(others)
    }

    /// Lines that were appended since we last looked, checked. What has no line feed yet is
    /// returned as it is.
    pub(super) fn read_new(&mut self, length: u64) -> Result<(Vec<Stamped>, Vec<u8>), AppendError> {
        if length < self.offset {
            self.chain.cut();
        }
        check(&self.chain)?;
        if length == self.offset {
            return Ok((Vec::new(), Vec::new()));
        }
        let file = self.file.try_clone().map_err(AppendError::Refused)?;
        let mut news = Vec::new();
        let (name, last) = (self.chain.name().to_owned(), &mut self.last);
        let fragment = grow(&mut self.chain, file, &mut self.offset, &mut |entry| {
            *last = stamp(entry);
            news.push(entry.stamped(&name));
        })
        .map_err(AppendError::Refused)?;
        check(&self.chain)?;
        Ok((news, fragment))
    }

    pub(super) fn length(&self) -> Result<u64, OpenError> {
        let metadata =
            self.file.metadata().map_err(OpenError::io("failed to look at", &self.path))?;
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
        let most = written::LARGEST.cast_signed();
        (step.abs() > STEP).then(|| ClockStepped {
            before: last.at,
            expected,
            found: now.at,
            // More than a line holds exactly is told as far as it does; the two times are whole.
            step_us: step.num_microseconds().unwrap_or(most).clamp(-most, most),
        })
    }

    /// Writes one entry and flushes it. The lock is held.
    fn put(
        &mut self,
        draft: &Draft,
        actor: &Actor,
        world: &World,
        id: Option<&str>,
    ) -> Result<Stamped, AppendError> {
        let salt = hex(&world.random::<16>().map_err(AppendError::Refused)?);
        let id = match id {
            Some(id) => id.to_owned(),
            None => world.entry_id().map_err(AppendError::Refused)?,
        };
        let moment = world.now();
        let Next { seq, prev } = self.chain.next();
        let envelope = Envelope {
            seq,
            prev,
            id: &id,
            moment,
            boot: &world.boot,
            host: &world.host,
            actor,
            salt: &salt,
        };
        let line = written::build(&envelope, draft)
            .map_err(|error| AppendError::Refused(io::Error::other(error)))?;
        if line.len() > LONGEST {
            return Err(AppendError::TooLong { bytes: line.len() });
        }
        self.write(&line).map_err(|error| {
            if self.length().is_ok_and(|length| length == self.offset) {
                AppendError::Refused(error)
            } else {
                AppendError::FateUnknown { id: id.clone(), error }
            }
        })?;
        let stamped = Stamped {
            chain: self.chain.name().to_owned(),
            seq,
            id,
            at: moment.local(),
            host: world.host.clone(),
            actor: actor.clone(),
            draft: draft.clone(),
            is_whole: true,
            is_withdrawn: false,
        };
        self.last = Some((moment, world.boot.clone()));
        self.chain.line(&line);
        self.offset += line.len() as u64;
        check(&self.chain)?;
        Ok(stamped)
    }

    /// One write, then a flush. Anything but success poisons the handle.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_once(bytes)
            .inspect_err(|error| self.poisoned = Some((error.kind(), error.to_string())))
    }

    fn write_once(&mut self, bytes: &[u8]) -> io::Result<()> {
        loop {
            match self.file.write(bytes) {
                Ok(written) if written == bytes.len() => return self.file.sync_data(),
                Ok(written) => {
                    let what = format!("the disk took {written} of {} bytes", bytes.len());
                    return Err(io::Error::new(io::ErrorKind::StorageFull, what));
                }
                // Nothing was written yet.
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// Refuses a chain that does not verify.
fn check(chain: &Chain) -> Result<(), AppendError> {
    match chain.damage() {
        None => Ok(()),
        Some(damage) => {
            Err(AppendError::Damaged { chain: chain.name().to_owned(), damage: damage.clone() })
        }
    }
}

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).append(true).custom_flags(nix::fcntl::OFlag::O_NOFOLLOW.bits());
    options
}

fn stamp(entry: &Entry<'_>) -> Option<(Moment, String)> {
    let local = entry.moment()?;
    let moment = Moment { at: local.to_utc(), off: *local.offset(), mono: entry.mono };
    Some((moment, entry.boot.clone().into_owned()))
}

fn bad_tail(bad: Bad, path: &Path) -> Unusable {
    match bad {
        Bad::Damage(damage) => Unusable::Damaged(damage),
        Bad::Io(error) => Unusable::Open(OpenError::io("failed to read", path)(error)),
    }
}

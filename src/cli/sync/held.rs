//! How far a store has what is here, and here what the store has.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use super::Place;
use crate::cli::desk::files;
use crate::custody::{Inventory, Store as Kept};
use crate::digest::{Digest, Hasher};
use crate::id::ChainId;
use crate::log::{Folder, OpenError, whole_lines};
use crate::store::{LARGEST, Object, Segment};
use crate::{plain_file, vault};

/// A chain that is here.
pub(super) struct Ours {
    pub(super) chain: ChainId,
    pub(super) file: File,
    /// Where its last whole line ends.
    pub(super) end: u64,
    /// How far the store has it, from its first byte on.
    pub(super) up_to: u64,
}

impl Ours {
    /// The bytes of a segment as this chain has them, if it reaches so far.
    pub(super) fn bytes(&self, of: &Segment) -> io::Result<Option<Vec<u8>>> {
        if of.end() > self.end {
            return Ok(None);
        }
        let mut bytes = vec![0; usize::try_from(of.size).unwrap_or(0)];
        self.file.read_exact_at(&mut bytes, of.offset)?;
        Ok(of.is(&bytes).then_some(bytes))
    }

    /// The bytes that begin at an offset and have this digest, in whole lines.
    pub(super) fn find(&self, offset: u64, sha256: Digest) -> io::Result<Option<Vec<u8>>> {
        if offset >= self.end {
            return Ok(None);
        }
        let range = (offset, self.end);
        let (_, mut bytes) = Segment::cut(self.chain.root(), &self.file, range, LARGEST)?;
        let (mut hasher, mut length) = (Hasher::default(), 0);
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            hasher.update(line);
            length += line.len();
            if hasher.clone().finish() == sha256 {
                bytes.truncate(length);
                return Ok(Some(bytes));
            }
        }
        Ok(None)
    }

    /// How many entries it has, and how many of these the store does not have.
    pub(super) fn count(&self) -> io::Result<(usize, usize)> {
        let (all, there) = (self.lines(self.end)?, self.lines(self.up_to)?);
        Ok((all, all - there))
    }

    fn lines(&self, end: u64) -> io::Result<usize> {
        let (mut at, mut lines) = (0, 0);
        let mut buffer = vec![0; 1 << 18];
        while at < end {
            let length = (end - at).min(buffer.len() as u64);
            let part = &mut buffer[..usize::try_from(length).unwrap_or(0)];
            self.file.read_exact_at(part, at)?;
            lines += memchr::memchr_iter(b'\n', part).count();
            at += length;
        }
        Ok(lines)
    }
}

/// A store and a folder, compared by names and lengths, and segments by their digests.
pub(super) struct Held {
    pub(super) ours: Vec<Ours>,
    /// Every segment of the store, and in which chain of ours it is, if in any.
    pub(super) segments: Vec<(Segment, Option<usize>)>,
    /// The other objects of the store.
    pub(super) files: BTreeMap<String, u64>,
}

impl Held {
    pub(super) fn new(here: Option<&Folder>, objects: Vec<Object>) -> Result<Self, OpenError> {
        let (mut segments, mut files) = (Vec::new(), BTreeMap::new());
        for Object { name, size } in objects {
            match Segment::of(&name, size) {
                Some(segment) => segments.push(segment),
                None => drop(files.insert(name, size)),
            }
        }
        let mut ours = Vec::new();
        for (chain, path) in here.map_or(Ok(Vec::new()), Folder::chains)? {
            let failed = OpenError::io("failed to read", &path);
            let opened = plain_file::open(&path).and_then(|file| {
                let end = whole_lines(&file, 0..file.metadata()?.len())?;
                Ok((file, end))
            });
            let (file, end) = opened.map_err(failed)?;
            ours.push(Ours { chain, file, end, up_to: 0 });
        }
        let mut placed = Vec::new();
        for segment in segments {
            let mut place = None;
            for (number, one) in ours.iter().enumerate() {
                let is_of = place.is_none() && one.chain.root() == segment.chain;
                let failed =
                    |error| OpenError::io("failed to read", &PathBuf::from(&segment.chain))(error);
                if is_of && one.bytes(&segment).map_err(failed)?.is_some() {
                    place = Some(number);
                }
            }
            placed.push((segment, place));
        }
        // By where they begin; of those that begin at one place, the longest last.
        placed.sort_by_key(|(segment, _)| (segment.offset, segment.end()));
        for one in &mut ours {
            for (segment, place) in &placed {
                // A branch has the beginning of its chain, too.
                let is_of = place.is_some() && one.chain.root() == segment.chain;
                if is_of
                    && segment.offset <= one.up_to
                    && segment.end() > one.up_to
                    && one.bytes(segment).is_ok_and(|bytes| bytes.is_some())
                {
                    one.up_to = segment.end();
                }
            }
        }
        Ok(Self { ours, segments: placed, files })
    }

    /// Segments that are no part of what is here.
    pub(super) fn foreign(&self) -> impl Iterator<Item = &Segment> {
        self.segments.iter().filter(|(_, place)| place.is_none()).map(|(segment, _)| segment)
    }

    /// Whether a segment stands where a chain of ours has other bytes.
    pub(super) fn differs(&self, of: &Segment) -> bool {
        let mut same = self.ours.iter().filter(|one| one.chain.root() == of.chain);
        same.any(|one| of.offset < one.end && of.end() <= one.end)
    }
}

/// Files that entries name, that are here, and that the store does not have; by their names there.
pub(super) fn files_to_push(
    folder: &Folder,
    inventory: &Inventory,
    held: &Held,
) -> Vec<(String, PathBuf)> {
    let named = inventory.in_stores(&Kept::ALL).filter(|named| named.is_there());
    let named = named.filter_map(|named| {
        let name = named.path.strip_prefix(folder.path()).ok()?.to_str()?.to_owned();
        let there = held.files.contains_key(&name);
        (!there && inventory.forgotten(&named.kept.sha256).is_none())
            .then(|| (name, named.path.clone()))
    });
    named.collect()
}

/// Files that entries name and that are not here, though the store has them.
pub(super) fn files_to_pull(folder: &Folder, inventory: &Inventory, held: &Held) -> Vec<String> {
    let gone = inventory.in_stores(&Kept::ALL).filter(|named| !named.path.exists());
    let gone = gone.filter(|named| inventory.forgotten(&named.kept.sha256).is_none());
    let names = gone.filter_map(|named| {
        Some(named.path.strip_prefix(folder.path()).ok()?.to_str()?.to_owned())
    });
    names.filter(|name| held.files.contains_key(name)).collect()
}

/// Fetches objects to below `room`. Returns those of them that are not what their names say.
pub(super) fn altered(
    place: &Place,
    incident: &str,
    names: &[String],
    room: &Path,
) -> io::Result<BTreeSet<String>> {
    place.store.get(incident, names, room)?;
    let mut altered = BTreeSet::new();
    for name in names {
        if named_digest(name) != digest_of(&room.join(name))? {
            altered.insert(name.clone());
        }
    }
    Ok(altered)
}

/// The digest that the name of an object gives: the last thing in it, but for an ending.
pub(super) fn named_digest(name: &str) -> Option<Digest> {
    let file = name.rsplit('/').next()?.split('.').next()?;
    Digest::parse(file.rsplit('-').next()?)
}

/// The digest of a file.
pub(super) fn digest_of(path: &Path) -> io::Result<Option<Digest>> {
    vault::hash(plain_file::open(path)?, &mut |_| {}).map(Some)
}

/// Puts a file at another place without copying it where that can be.
pub(super) fn link(from: &Path, to: &Path) -> io::Result<()> {
    files::make_private(to.parent().unwrap_or(to))?;
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop))
}

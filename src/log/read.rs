//! Reading all chains of an incident: checked line by line, in the one order of the record.

use std::path::Path;

use chrono::{DateTime, FixedOffset, Utc};

use super::branches;
use super::chain::ChainReport;
use super::damage::DamageKind;
use super::entry::{AT, Entry, LONGEST};
use super::error::OpenError;
use super::folder::Folder;
use super::follow::Follower;
use super::heads::compare_heads;
use super::lines::{Lines, end_of_line};
use super::proof::Proof;
use super::reader::Reader;
use super::texts::Texts;
use super::vanished;
use super::withdrawn::withdrawn;
use super::witness;
use crate::incident::event::{Actor, Event, HeadRef, Stamped};
use crate::incident::{Incident, Queue, named};
use crate::plain_file;
use crate::world::World;

/// The entry with this id, if a chain has it and it is to be believed.
pub(super) fn find(path: &Path, chain: &str, id: &str) -> Result<Option<Stamped>, OpenError> {
    let mut reader = Reader::open(chain, path, u64::MAX)?;
    let mut found = None;
    while found.is_none()
        && let Some(entry) = reader.next(|entry| (entry.id == id).then(|| entry.stamped(chain)))?
    {
        found = entry;
    }
    Ok(found)
}

/// Folds every chain of an incident.
///
/// # Errors
/// A chain cannot be read.
pub fn fold_all(
    folder: &Folder,
    world: &World,
    incident: &mut Incident,
) -> Result<Vec<ChainReport>, OpenError> {
    let (mut reports, _) = fold(folder, incident, &[])?;
    witness::compare(&folder.log_dir(), world, &mut reports);
    Ok(reports)
}

/// Folds every chain of a copy from elsewhere, and shows `look` every entry that is believed: what it
/// said when it was written, whatever was taken back since.
///
/// # Errors
/// A chain cannot be read.
pub fn fold_looking(
    folder: &Folder,
    incident: &mut Incident,
    look: Look<'_>,
) -> Result<Vec<ChainReport>, OpenError> {
    Ok(fold_with(folder, incident, (&[], &Texts::of(folder)), Some(look))?.0)
}

/// Sees an entry, with its chain and what it says.
type Look<'l> = &'l mut dyn FnMut(&str, &Entry<'_>, &Event);

type Folded = (Vec<ChainReport>, Vec<(String, Follower)>);

/// Folds every chain, each at most to its limit, and tells how far each was read.
pub(super) fn fold(
    folder: &Folder,
    incident: &mut Incident,
    limits: &[(String, u64)],
) -> Result<Folded, OpenError> {
    fold_with(folder, incident, (limits, &Texts::of(folder)), None)
}

fn fold_with(
    folder: &Folder,
    incident: &mut Incident,
    (limits, texts): (&[(String, u64)], &Texts),
    mut look: Option<Look<'_>>,
) -> Result<Folded, OpenError> {
    // Most logs take nothing back. Where one does, the entry that is taken back came first, as a rule,
    // and all are folded once more.
    let mut withdrawn = incident.withdrawn().clone();
    loop {
        let mut whole = incident.clone();
        // Every entry is seen the first time.
        let mut look = look.take();
        let each = each(folder, limits, &mut |chain, entry| {
            if let Some(look) = &mut look {
                entry.read_ahead(|event| look(chain, &entry, event));
            }
            entry.among(&withdrawn, texts).fold(chain, &mut whole);
        })?;
        if whole.withdrawn().is_subset(&withdrawn) {
            whole.last_at = whole.last_at.max(each.last);
            *incident = whole;
            return Ok((each.reports, each.places));
        }
        withdrawn.clone_from(whole.withdrawn());
    }
}

/// Hands out every entry that is believed, in the order of the record, with the chain that it stands
/// in.
///
/// # Errors
/// A chain cannot be read.
pub fn entries(
    folder: &Folder,
    world: &World,
    take: &mut dyn FnMut(&str, &Entry<'_>),
) -> Result<Vec<ChainReport>, OpenError> {
    let mut reports = each_known(folder, &[], take)?.reports;
    witness::compare(&folder.log_dir(), world, &mut reports);
    Ok(reports)
}

/// As [`entries`], but as the log stood when a code was given: what a proof covers and nothing else.
///
/// # Errors
/// A chain cannot be read.
pub fn entries_at(
    folder: &Folder,
    proof: &Proof,
    take: &mut dyn FnMut(&str, &Entry<'_>),
) -> Result<Vec<ChainReport>, OpenError> {
    let mut limits = Vec::new();
    for (chain, path) in folder.chains()? {
        let covered = proof.stands.iter().chain([&proof.line]);
        let last = covered.filter(|head| head.chain == chain.as_str()).map(|head| head.seq).max();
        let end = last.map_or(Ok(0), |seq| end_of_line(&path, seq));
        limits.push((chain.to_string(), end.map_err(OpenError::io("failed to read", &path))?));
    }
    let mut reports = each_known(folder, &limits, take)?.reports;
    reports.retain(|report| report.lines > 0);
    Ok(reports)
}

/// Chains whose events are read ahead. Of more, they would take much memory before it is their turn.
const MOST_AHEAD: usize = 256;

/// What is known once every entry was handed out.
struct Each {
    reports: Vec<ChainReport>,
    places: Vec<(String, Follower)>,
    last: Option<DateTime<FixedOffset>>,
}

/// Hands out every entry as it stands for whoever knows what is taken back.
fn each_known(
    folder: &Folder,
    limits: &[(String, u64)],
    take: &mut dyn FnMut(&str, &Entry<'_>),
) -> Result<Each, OpenError> {
    let withdrawn = withdrawn(&folder.chains()?, &|chain| limit_of(limits, chain))?;
    let texts = Texts::of(folder);
    each(folder, limits, &mut |chain, entry| take(chain, &entry.among(&withdrawn, &texts)))
}

fn limit_of(limits: &[(String, u64)], chain: &str) -> u64 {
    let limit = limits.iter().find(|(limited, _)| limited == chain);
    limit.map_or(u64::MAX, |(_, at)| *at)
}

fn each(
    folder: &Folder,
    limits: &[(String, u64)],
    take: &mut dyn FnMut(&str, Box<Entry<'_>>),
) -> Result<Each, OpenError> {
    let mut readers = Vec::new();
    let chains = folder.chains()?;
    let open = if chains.len() <= MOST_AHEAD { Reader::of_events } else { Reader::open };
    for (chain, path) in &chains {
        readers.push(open(chain.as_str(), path, limit_of(limits, chain.as_str()))?);
    }
    if let [reader] = readers.as_mut_slice() {
        let chain = reader.name.clone();
        while reader.next(|entry| take(&chain, entry))?.is_some() {}
    } else {
        merge(&mut readers, None, &mut |chain, _, entry| take(chain, entry))?;
    }
    let last = readers.iter().filter_map(|reader| last_moment(reader.chain.last_at())).max();
    let (mut reports, places): Folded = readers.into_iter().map(Reader::finish).unzip();
    compare_heads(&chains, &mut reports)?;
    branches::add(&chains, &mut reports)?;
    vanished::add(&folder.log_dir(), &mut reports);
    Ok(Each { reports, places, last })
}

fn last_moment(at: &str) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(at).ok()
}

/// A line that is believed, as bytes, with what is needed to sort and show it.
#[derive(Clone, Debug)]
pub struct Line {
    bytes: Vec<u8>,
    chain: String,
    at: DateTime<FixedOffset>,
    seq: u64,
}

impl Line {
    pub(super) fn new(bytes: &[u8], chain: &str, entry: &Entry<'_>) -> Self {
        Self {
            bytes: bytes.to_vec(),
            chain: chain.to_owned(),
            at: entry.moment().unwrap_or_default(),
            seq: entry.seq,
        }
    }

    /// The line as it stands in the file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The chain that it stands in.
    pub fn chain(&self) -> &str {
        &self.chain
    }

    /// When it was written.
    pub fn at(&self) -> DateTime<FixedOffset> {
        self.at
    }

    /// Number of the line.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// The line, read. It was read before, so it can be.
    pub fn entry(&self) -> Option<Box<Entry<'_>>> {
        Entry::parse(&self.bytes).ok()
    }

    /// Who wrote it.
    pub fn actor(&self) -> Actor {
        self.entry().map_or_else(Actor::default, |entry| Actor {
            name: entry.actor.name.map(std::borrow::Cow::into_owned),
            user: entry.actor.user.into_owned(),
            login: entry.actor.login,
        })
    }
}

/// Takes an entry: its chain, its line, what stands in it.
type TakeLine<'t> = &'t mut dyn FnMut(&str, &[u8], Box<Entry<'_>>);

/// Hands out the entries of several chains in the order in which they are folded.
pub(super) fn merge(
    readers: &mut [Reader],
    since: Option<DateTime<Utc>>,
    take: TakeLine<'_>,
) -> Result<(), OpenError> {
    // As it stands in a line. Clocks go back, so every line is looked at and checked.
    let since = since.map(|since| since.format(AT).to_string()).unwrap_or_default();
    let mut queue = Queue::default();
    let push = |queue: &mut Queue<usize>, chain: String, number: usize, reader: &mut Reader| {
        let next = reader.look(|entry| (*entry.at >= *since).then(|| Next::of(entry)))?;
        if let Some(Next { at, seq, after }) = next {
            queue.push((at, chain), (seq, after), number);
        }
        Ok::<_, OpenError>(())
    };
    for (number, reader) in readers.iter_mut().enumerate() {
        push(&mut queue, reader.name.clone(), number, reader)?;
    }
    while let Some((chain, number)) = queue.pop() {
        let reader = &mut readers[number];
        reader.take(&mut *take)?;
        push(&mut queue, chain, number, reader)?;
    }
    Ok(())
}

/// What decides when it is the turn of an entry.
struct Next {
    at: DateTime<FixedOffset>,
    seq: u64,
    /// The heads that it names.
    after: Vec<HeadRef>,
}

impl Next {
    fn of(entry: &Entry<'_>) -> Self {
        let mut after = Vec::new();
        if matches!(entry.kind, "joined" | "genesis") {
            entry.read_ahead(|event| after = named(event).to_vec());
        }
        Self { at: entry.moment().unwrap_or_default(), seq: entry.seq, after }
    }
}

/// Hands out the lines that are not believed, as they stand in the files: chain, number, bytes.
///
/// # Errors
/// A chain cannot be read.
pub fn unverified(
    folder: &Folder,
    reports: &[ChainReport],
    take: &mut dyn FnMut(&str, u64, &[u8]),
) -> Result<(), OpenError> {
    for (chain, path) in folder.chains()? {
        let of_chain = reports.iter().find(|report| report.chain == chain.as_str());
        let Some(damage) = of_chain.and_then(|report| report.damage.as_ref()) else {
            continue;
        };
        if damage.kind == DamageKind::Branched {
            continue;
        }
        let file = plain_file::open(&path).map_err(OpenError::io("failed to open", &path))?;
        let mut lines = Lines::new(file, 0);
        let mut number = 0;
        while let Some(line) = lines.next().map_err(OpenError::io("failed to read", &path))? {
            if number >= damage.line {
                take(chain.as_str(), number, line);
            }
            number += 1;
            if line.len() > LONGEST {
                break;
            }
        }
        if !lines.rest().is_empty() {
            take(chain.as_str(), number, lines.rest());
        }
    }
    Ok(())
}

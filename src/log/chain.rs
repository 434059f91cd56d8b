//! The rules of a chain, fed line by line: pure, so that the writer, the reader and the verifier
//! judge alike.

use serde::Deserialize;

use super::ahead::Parsed;
use super::damage::{Damage, DamageKind, Remark};
use super::ending::Ending;
use super::entry::{Entry, Malformed};
use crate::digest::Digest;
use crate::id::root_of;
use crate::incident::event::{Continues, Event, HeadRef, TornLine};

/// Lines that a crash can leave torn at the end: recovery may have been cut short, too.
const MOST_TORN: usize = 4;

/// What a chain is, as far as it was read.
#[derive(Clone, Debug)]
pub struct ChainReport {
    /// Eight hex digits: the name of the chain and of its file.
    pub chain: String,
    /// Lines that were read, torn ones and those behind damage counted.
    pub lines: u64,
    /// The last line that verifies.
    pub head: Option<HeadRef>,
    /// Lines that a crash left half written.
    pub torn: Vec<TornLine>,
    /// What is wrong. Nothing behind it is believed.
    pub damage: Option<Damage>,
    /// What is correct but worth knowing.
    pub remarks: Vec<Remark>,
    /// Where this machine remembers having written it. `None`: it does not remember the chain, so it
    /// could not notice if the end was cut.
    pub remembered: Option<Remembered>,
    /// Heads of other chains that this one saw: they must still be there.
    pub witnessed: Vec<HeadRef>,
    /// The chain that this one goes on from; of a log that was gone, `log`.
    pub continues: Option<String>,
    /// The last entry that names every head: its code proves the log up to there.
    pub ending: Option<Ending>,
    /// Entries that need a newer version of the program, wholly or in part. Counted by a reader that
    /// reads the bodies for nothing else; where they are folded, the incident counts them.
    pub newer: u64,
}

/// Where a machine remembers having written a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remembered {
    /// In this place.
    Here,
    /// In another place; this is a copy.
    Elsewhere,
}

impl ChainReport {
    /// The remark on bytes after the last line feed, if there are any.
    pub fn fragment(&self) -> Option<&Remark> {
        self.remarks.iter().find(|remark| matches!(remark, Remark::Fragment(_)))
    }

    /// The remark on lines that are known to exist and are not here, if there are any.
    pub fn not_here(&self) -> Option<&Remark> {
        self.remarks.iter().find(|remark| matches!(remark, Remark::NotHere(_)))
    }

    /// Notes that a line is known to exist which is not here.
    pub(super) fn lacks(&mut self, line: u64) {
        let missing = line.saturating_add(1).saturating_sub(self.lines).max(1);
        let known = self.remarks.iter_mut().find_map(|remark| match remark {
            Remark::NotHere(known) => Some(known),
            _ => None,
        });
        match known {
            Some(known) => *known = missing.max(*known),
            None => self.remarks.push(Remark::NotHere(missing)),
        }
    }
}

/// What makes the first line of a chain a genesis. A newer version may say more in it, or say the
/// rest otherwise: that is no damage.
#[derive(Deserialize)]
pub(super) struct Origin {
    pub(super) log_id: String,
    pub(super) machine: Digest,
    /// The name of the incident; of another shape, it says nothing to this version.
    #[serde(default)]
    pub(super) incident: serde_json::Value,
    #[serde(default)]
    pub(super) continues: Option<Continues>,
}

impl Origin {
    /// What the first line of a chain says of it. None: it is no genesis.
    pub(super) fn read(entry: &Entry<'_>) -> Option<Self> {
        let body = (entry.kind == "genesis").then(|| entry.body.get())?;
        serde_json::from_str(body).ok()
    }
}

/// What makes a recovery the owner of torn lines.
#[derive(Deserialize)]
struct Sealed {
    lines: Vec<TornLine>,
}

/// A chain, being read. A clone goes on from the same place.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    report: ChainReport,
    next: Next,
    /// Torn lines that wait for the recovery that owns them.
    waiting: Vec<TornLine>,
    /// Number of the first line that is judged; those before are taken on trust.
    first: u64,
    last_at: String,
    /// The incident that it must belong to, where that is known.
    incident: Option<String>,
}

/// What the next line must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Next {
    pub(super) seq: u64,
    pub(super) prev: Digest,
}

impl Next {
    pub(super) const FIRST: Self = Self { seq: 0, prev: Digest::ZERO };

    /// What must follow a line with this digest.
    fn behind(self, line: Digest) -> Self {
        Self { seq: self.seq + 1, prev: line }
    }

    pub(super) fn fits(&self, entry: &Entry<'_>) -> bool {
        entry.seq == self.seq && self.prev.is(entry.prev)
    }
}

impl Chain {
    pub(super) fn new(chain: &str) -> Self {
        Self::within(chain, Next::FIRST)
    }

    /// A chain that is read from its middle on: what stands before is taken on trust.
    pub(super) fn within(chain: &str, next: Next) -> Self {
        Self {
            report: ChainReport {
                chain: chain.to_owned(),
                lines: next.seq,
                head: None,
                torn: Vec::new(),
                damage: None,
                remarks: Vec::new(),
                remembered: None,
                witnessed: Vec::new(),
                continues: None,
                ending: None,
                newer: 0,
            },
            next,
            waiting: Vec::new(),
            first: next.seq,
            last_at: String::new(),
            incident: None,
        }
    }

    /// As [`Chain::new`], of an incident: a chain of another one does not verify.
    pub(super) fn of(chain: &str, incident: Option<String>) -> Self {
        Self { incident, ..Self::new(chain) }
    }

    /// Judges the next line, line feed included. Returns the entry if it is to be believed.
    pub(super) fn line<'a>(&mut self, line: &'a [u8]) -> Option<Box<Entry<'a>>> {
        self.judged(Parsed::of(line))
    }

    /// Like [`Chain::line`], for a line that was parsed already.
    pub(super) fn judged<'a>(&mut self, line: Parsed<'a>) -> Option<Box<Entry<'a>>> {
        let Parsed { bytes: line, digest, entry } = line;
        let number = self.report.lines;
        self.report.lines += 1;
        if self.report.damage.is_some() {
            return None;
        }
        if line.len() > super::entry::LONGEST {
            return self.damaged(number, DamageKind::TooLong);
        }
        let entry = match entry {
            Ok(_) | Err(Malformed::NotAnEntry) if line.ends_with(b"\r\n") => {
                return self.damaged(number, DamageKind::Converted);
            }
            Ok(entry) if self.next.fits(&entry) => entry,
            Ok(_) => return self.damaged(number, DamageKind::Unlinked),
            Err(Malformed::NotAnEntry) => return self.damaged(number, DamageKind::Malformed),
            Err(Malformed::NotJson) => {
                self.torn(number, line.len(), digest);
                return None;
            }
        };
        if number == 0
            && let Err(kind) = self.genesis(&entry)
        {
            return self.damaged(0, kind);
        }
        if !self.waiting.is_empty() && !self.owns(&entry) {
            let first = self.waiting[0].line;
            return self.damaged(first, DamageKind::Unowned);
        }
        if entry.kind == "joined" {
            entry.read_ahead(|event| self.heads(digest, &entry, event));
        }
        if entry.at < self.last_at.as_str() {
            self.report.remarks.push(Remark::ClockBack(number));
        }
        self.last_at.clear();
        self.last_at.push_str(entry.at);
        self.next = self.next.behind(digest);
        Some(entry)
    }

    /// Records the heads that an entry names; `digest` is that of its line.
    fn heads(&mut self, digest: Digest, entry: &Entry<'_>, event: &Event) {
        let Event::Joined(joined) = event else { return };
        if let Some(ending) = Ending::of(&self.report.chain, digest, entry, &joined.heads) {
            self.report.ending = Some(ending);
        }
        // Every line already vouches for the head of its own chain.
        let own = root_of(&self.report.chain);
        let others = joined.heads.iter().filter(|one| one.chain != own);
        self.report.witnessed.extend(others.cloned());
    }

    fn damaged<T>(&mut self, line: u64, kind: DamageKind) -> Option<T> {
        self.report.damage = Some(Damage { line, kind });
        None
    }

    fn torn(&mut self, number: u64, bytes: usize, sha256: Digest) {
        let torn = TornLine { line: number, bytes: bytes as u64, sha256 };
        self.next = self.next.behind(sha256);
        self.waiting.push(torn);
        if number == 0 {
            self.damaged::<()>(0, DamageKind::NotGenesis);
        } else if self.waiting.len() > MOST_TORN {
            let first = self.waiting[0].line;
            self.damaged::<()>(first, DamageKind::Unowned);
        }
    }

    fn genesis(&mut self, entry: &Entry<'_>) -> Result<(), DamageKind> {
        let origin = Origin::read(entry).ok_or(DamageKind::NotGenesis)?;
        if origin.log_id.len() != 32 || !origin.log_id.starts_with(root_of(&self.report.chain)) {
            return Err(DamageKind::NotGenesis);
        }
        let other = |incident: &String| origin.incident.as_str().is_some_and(|own| own != incident);
        if self.incident.as_ref().is_some_and(other) {
            return Err(DamageKind::OtherIncident);
        }
        if let Some(continues) = origin.continues {
            self.report.witnessed.extend(continues.last_good);
            self.report.continues = Some(continues.chain);
        }
        Ok(())
    }

    /// Whether an entry is the recovery that names exactly the torn lines before it.
    fn owns(&mut self, entry: &Entry<'_>) -> bool {
        if entry.kind != "recovery" {
            return false;
        }
        let Ok(sealed) = serde_json::from_str::<Sealed>(entry.body.get()) else { return false };
        let judged = sealed.lines.iter().filter(|torn| torn.line >= self.first);
        let owned = judged.eq(&self.waiting);
        if owned {
            self.report.torn.append(&mut self.waiting);
        }
        owned
    }

    /// Drops what the next line is not judged by, so that a clone costs nothing.
    pub(super) fn forget_lists(&mut self) {
        let ChainReport { torn, remarks, witnessed, .. } = &mut self.report;
        (*torn, *remarks, *witnessed) = (Vec::new(), Vec::new(), Vec::new());
    }

    /// Notes that lines are gone which were there when we last looked.
    pub(super) fn cut(&mut self) {
        self.damaged::<()>(self.report.lines, DamageKind::Unlinked);
    }

    pub(super) fn name(&self) -> &str {
        &self.report.chain
    }

    /// Torn lines at the end that no recovery owns yet.
    pub(super) fn waiting(&self) -> &[TornLine] {
        &self.waiting
    }

    /// The last line that verifies.
    pub(super) fn head(&self) -> Option<HeadRef> {
        let Next { seq, prev } = self.next;
        let chain = root_of(&self.report.chain).to_owned();
        seq.checked_sub(1).map(|seq| HeadRef { chain, seq, head: prev })
    }

    /// What the next line must be, if the chain verifies so far.
    pub(super) fn next(&self) -> Next {
        self.next
    }

    pub(super) fn damage(&self) -> Option<&Damage> {
        self.report.damage.as_ref()
    }

    /// When the last entry was written.
    pub(super) fn last_at(&self) -> &str {
        &self.last_at
    }

    /// The report, with what stands behind the last line feed.
    pub(super) fn finish(mut self, fragment: usize) -> ChainReport {
        if self.report.lines == 0 && self.report.damage.is_none() {
            let kind = if fragment == 0 { DamageKind::Empty } else { DamageKind::NotGenesis };
            self.report.damage = Some(Damage { line: 0, kind });
        }
        if !self.waiting.is_empty() && self.report.damage.is_none() {
            self.report.remarks.push(Remark::Unsealed(self.waiting.len()));
        }
        if fragment > 0 {
            self.report.remarks.push(Remark::Fragment(fragment));
        }
        self.report.head = self.head();
        self.report.torn.append(&mut self.waiting);
        self.report
    }
}

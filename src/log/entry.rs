//! One line of a chain, read without copying.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use memchr::memmem::Finder;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::fact::When;
use crate::incident::event::{Actor, Draft, Event, Passing, Read, Stamped};

/// Longest line, its line feed included. More than this is evidence, not an entry.
pub const LONGEST: usize = 1 << 20;

/// The format of the lines that this version writes.
pub(super) const VERSION: u32 = 1;

/// A line as it stands in the file. Fields in the order of the format.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry<'a> {
    v: u32,
    /// Number of the line, from 0.
    pub seq: u64,
    /// Digest of the line before, its line feed included.
    pub prev: &'a str,
    /// UUID, made before the first try to write.
    pub id: &'a str,
    /// When it was written: UTC, RFC 3339, microseconds.
    pub at: &'a str,
    /// Offset of local time then in force.
    pub off: &'a str,
    /// Microseconds since boot.
    pub mono: u64,
    /// Identity of that boot.
    #[serde(borrow)]
    pub boot: Cow<'a, str>,
    /// Machine that wrote it.
    #[serde(borrow)]
    pub host: Cow<'a, str>,
    /// Who wrote it.
    #[serde(borrow)]
    pub actor: ActorRef<'a>,
    /// What it is.
    pub kind: &'a str,
    #[serde(borrow, default)]
    occurred: Option<&'a RawValue>,
    #[serde(default)]
    drill: bool,
    #[serde(borrow, default)]
    step: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    corrects: Option<Cow<'a, str>>,
    #[serde(borrow, default, rename = "priv")]
    privileged: Option<Cow<'a, str>>,
    /// Its content, by kind.
    #[serde(borrow)]
    pub body: &'a RawValue,
    salt: &'a str,
    #[serde(skip)]
    is_withdrawn: bool,
    #[serde(skip)]
    words: Option<&'a dyn Words>,
    #[serde(skip)]
    already_read: RefCell<Option<Box<Read>>>,
    #[serde(skip)]
    moment: OnceCell<Option<DateTime<FixedOffset>>>,
}

/// Who knows the words of the texts that are kept apart.
pub(super) trait Words: std::fmt::Debug + Sync {
    /// Puts them into an event, or what is to be read in their place.
    fn fill(&self, event: &mut Event, is_privileged: bool);
}

/// The actor of a line.
#[derive(Debug, Deserialize)]
pub struct ActorRef<'a> {
    /// The person.
    #[serde(borrow)]
    pub name: Option<Cow<'a, str>>,
    /// The account.
    #[serde(borrow)]
    pub user: Cow<'a, str>,
    /// The login session.
    pub login: u32,
}

/// Why a line is no entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// It is no JSON at all: what a crash leaves.
    NotJson,
    /// It is JSON, but no entry: nobody but an editor writes that.
    NotAnEntry,
}

/// What stands in every body that names a text kept apart.
static APART: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\"sha256\""));

/// How a moment stands in a line, in UTC: texts in the order of time, as far as years have four digits.
pub(super) const AT: &str = "%Y-%m-%dT%H:%M:%S%.6fZ";

impl<'a> Entry<'a> {
    /// Reads a line, with or without its line feed. Boxed: it is handed on too often to be copied.
    ///
    /// # Errors
    /// It is no entry.
    pub fn parse(line: &'a [u8]) -> Result<Box<Self>, Malformed> {
        let text = std::str::from_utf8(line).map_err(|_| Malformed::NotJson)?;
        match serde_json::from_str::<Box<Self>>(text) {
            Ok(entry) if entry.v == VERSION && entry.salt.len() == 32 => Ok(entry),
            Ok(_) => Err(Malformed::NotAnEntry),
            Err(_) if serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() => {
                Err(Malformed::NotAnEntry)
            }
            Err(_) => Err(Malformed::NotJson),
        }
    }

    /// When it was written, in local time of then. `None`: the text is no such moment.
    pub fn moment(&self) -> Option<DateTime<FixedOffset>> {
        *self.moment.get_or_init(|| {
            let utc = plain(self.at)
                .or_else(|| DateTime::parse_from_rfc3339(self.at).ok().map(|at| at.to_utc()))?;
            let off: FixedOffset = self.off.parse().ok()?;
            Some(utc.with_timezone(&off))
        })
    }

    /// Step that it belongs to.
    pub fn step(&self) -> Option<&str> {
        self.step.as_deref()
    }

    /// Written in a rehearsal.
    pub fn is_drill(&self) -> bool {
        self.drill
    }

    /// Marked privileged.
    pub fn is_privileged(&self) -> bool {
        self.privileged.is_some()
    }

    /// Whether another entry takes it back. Only whoever read all chains knows.
    pub fn is_withdrawn(&self) -> bool {
        self.is_withdrawn
    }

    /// Whether its body may name a text that is kept apart.
    pub fn may_name_texts(&self) -> bool {
        APART.find(self.body.get().as_bytes()).is_some()
    }

    /// The same entry, knowing which were taken back, and the words of texts that are kept apart.
    pub(super) fn among<'b>(
        self: Box<Self>,
        withdrawn: &BTreeSet<String>,
        words: &'b dyn Words,
    ) -> Box<Entry<'b>>
    where
        'a: 'b,
    {
        let mut entry: Box<Entry<'b>> = self;
        entry.is_withdrawn = withdrawn.contains(entry.id) && Event::is_withdrawable(entry.kind);
        entry.words = Some(words);
        entry
    }

    /// When it happened, if not when it was written.
    pub fn occurred(&self) -> Option<When> {
        serde_json::from_str(self.occurred?.get()).ok()
    }

    /// What it says, as far as this version can read it: nothing, if it cannot read its time.
    pub fn read(&self) -> Box<Read> {
        if self.occurred.is_some() && self.occurred().is_none() {
            return Box::new(Read::newer(self.kind, self.body.get()));
        }
        let mut read = self.body_read();
        if let Some(words) = self.words.filter(|_| self.is_privileged() || self.may_name_texts()) {
            words.fill(&mut read.event, self.is_privileged());
        }
        read
    }

    /// Reads body and moment now, hands the event to `look`, and keeps both for when they are asked for.
    pub(super) fn read_ahead(&self, look: impl FnOnce(&Event)) {
        self.moment();
        let read = self.body_read();
        look(&read.event);
        self.already_read.replace(Some(read));
    }

    fn body_read(&self) -> Box<Read> {
        let parse = || Box::new(Event::read(self.kind, self.body.get()));
        self.already_read.take().unwrap_or_else(parse)
    }

    /// Takes it into an incident.
    pub(super) fn fold(&self, chain: &str, incident: &mut crate::incident::Incident) {
        let read = self.read();
        if read.event.changes_state() {
            return incident.apply(&self.stamp(chain, read));
        }
        incident.count(&Passing {
            chain,
            seq: self.seq,
            at: self.moment().unwrap_or_default(),
            host: &self.host,
            name: self.actor.name.as_deref(),
            user: &self.actor.user,
            login: self.actor.login,
            kind: self.kind,
            is_privileged: self.is_privileged(),
            is_whole: read.is_whole,
        });
    }

    /// The event as the fold takes it.
    pub fn stamped(&self, chain: &str) -> Stamped {
        self.stamp(chain, self.read())
    }

    fn stamp(&self, chain: &str, read: Box<Read>) -> Stamped {
        let Read { event, is_whole } = *read;
        Stamped {
            chain: chain.to_owned(),
            seq: self.seq,
            id: self.id.to_owned(),
            at: self.moment().unwrap_or_default(),
            host: self.host.clone().into_owned(),
            actor: Actor {
                name: self.actor.name.clone().map(Cow::into_owned),
                user: self.actor.user.clone().into_owned(),
                login: self.actor.login,
            },
            draft: Draft {
                event,
                occurred: self.occurred(),
                step: self.step.clone().map(Cow::into_owned),
                corrects: self.corrects.clone().map(Cow::into_owned),
                privileged: self.is_privileged(),
                drill: self.drill,
            },
            is_whole,
            is_withdrawn: self.is_withdrawn,
        }
    }
}

/// Parses a moment in the form of [`AT`]. Every fold parses one per line, and the library's parser,
/// which takes any form, is four times as slow; it gets whatever this one rejects.
fn plain(at: &str) -> Option<DateTime<Utc>> {
    let at: &[u8; 27] = at.as_bytes().try_into().ok()?;
    if [at[4], at[7], at[10], at[13], at[16], at[19], at[26]] != *b"--T::.Z" {
        return None;
    }
    let number = |from: usize, to: usize| {
        at[from..to].iter().try_fold(0_u32, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
        })
    };
    let year = i32::try_from(number(0, 4)?).ok()?;
    let day = NaiveDate::from_ymd_opt(year, number(5, 7)?, number(8, 10)?)?;
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    Some(day.and_hms_micro_opt(hour, minute, second, number(20, 26)?)?.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_as_the_library_reads_it() {
        for at in [
            "2026-11-23T02:12:07.000001Z",
            "2024-02-29T23:59:59.999999Z",
            "0001-01-01T00:00:00.000000Z",
            "9999-12-31T00:00:00.500000Z",
        ] {
            let library = DateTime::parse_from_rfc3339(at).expect("a moment").to_utc();
            assert_eq!(plain(at), Some(library), "{at}");
        }
        for at in [
            "2026-02-29T00:00:00.000000Z",
            "2026-11-23T24:00:00.000000Z",
            "2026-11-23T02:12:07.00000xZ",
            "2026-11-23 02:12:07.000001Z",
            "2026-11-23T02:12:07.0001Z",
            "",
        ] {
            assert_eq!(plain(at), None, "{at}");
        }
    }
}

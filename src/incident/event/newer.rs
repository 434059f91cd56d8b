//! What a newer program wrote: kept as it stands, counted, and never taken for less than it says.
//!
//! A log outlives the program that wrote it, and machines of different versions share one incident.
//! So no body is damage: the chain still verifies, and whoever shows state says how much of the log
//! it could not read.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use serde::de::DeserializeOwned;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::Event;
use super::body::{Continues, Ended, HeadRef, Imported, Kept, Mode, Outcome, Source, TornLine};
use super::kind::FieldDoc;
use super::reserved::meaning;
use super::text::{Text, TextRef};
use super::words::{
    ActionChange, AnswersFrom, Checkpoints, ClockSync, CustodyAct, DecidedAs, LinkedAs, NoticeKind,
    Obstacle, RulingKind, SignedAs,
};
use crate::digest::Digest;
use crate::fact::{People, Value, When};
use crate::phase::Phase;

/// A kind that this version does not know or that is reserved, or a body that it cannot read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newer {
    /// The kind as the log has it. Foreign text.
    pub kind: String,
    /// The body as the log has it: JSON. Foreign text.
    pub body: String,
}

impl Serialize for Newer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let body = RawValue::from_string(self.body.clone()).map_err(S::Error::custom)?;
        body.serialize(serializer)
    }
}

/// An event as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// What was understood of it; [`Event::Newer`] if nothing was.
    pub event: Event,
    /// Whether that is all it says. Otherwise a field or a word of a newer version is in it.
    pub is_whole: bool,
}

impl Read {
    /// Of a kind that is no row of the table.
    pub(super) fn other(kind: &str, body: &str) -> Self {
        if meaning(kind).is_none() {
            return Self::newer(kind, body);
        }
        let kept = Newer { kind: kind.to_owned(), body: body.to_owned() };
        Self { event: Event::Reserved(kept), is_whole: true }
    }

    /// Nothing of it was understood.
    pub(crate) fn newer(kind: &str, body: &str) -> Self {
        let event = Event::Newer(Newer { kind: kind.to_owned(), body: body.to_owned() });
        Self { event, is_whole: false }
    }
}

/// Reads a body, and whether each of its fields is known. What the known fields say holds without
/// the others: a newer version adds to a body and never turns its meaning round.
pub(super) fn body<T: DeserializeOwned>(text: &str, fields: &[FieldDoc]) -> Option<(T, bool)> {
    if let Ok(known) = serde_json::from_str(text) {
        return Some((known, true));
    }
    let mut all: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).ok()?;
    let count = all.len();
    all.retain(|name, _| fields.iter().any(|field| field.name == name));
    // Read again as it stands, a body that was refused could pass: with a key twice, for one.
    let has_more = all.len() < count;
    let known = has_more.then(|| serde_json::from_value(serde_json::Value::Object(all)))?;
    Some((known.ok()?, false))
}

/// What a field of a body is made of.
pub(super) trait Legible {
    /// Whether it holds no word of a newer version.
    fn is_legible(&self) -> bool {
        true
    }

    /// Adds the free texts that it holds.
    fn texts<'t>(&'t mut self, _: &mut Vec<&'t mut Text>) {}
}

impl Legible for Text {
    fn texts<'t>(&'t mut self, all: &mut Vec<&'t mut Text>) {
        all.push(self);
    }
}

impl<T: Legible> Legible for Option<T> {
    fn is_legible(&self) -> bool {
        self.as_ref().is_none_or(Legible::is_legible)
    }

    fn texts<'t>(&'t mut self, all: &mut Vec<&'t mut Text>) {
        if let Some(one) = self {
            one.texts(all);
        }
    }
}

impl<T: Legible> Legible for Vec<T> {
    fn is_legible(&self) -> bool {
        self.iter().all(Legible::is_legible)
    }

    fn texts<'t>(&'t mut self, all: &mut Vec<&'t mut Text>) {
        for one in self {
            one.texts(all);
        }
    }
}

/// Types that hold no open word: what they cannot read makes the whole body unreadable.
macro_rules! closed {
    ($($name:ty),+ $(,)?) => { $( impl Legible for $name {} )+ };
}

/// Types that keep a word of a newer version.
macro_rules! open {
    ($($name:ident),+ $(,)?) => {
        $( impl Legible for $name {
            fn is_legible(&self) -> bool {
                !matches!(self, Self::Other(_))
            }
        } )+
    };
}

closed!(String, bool, u64, i64, NaiveDate, DateTime<Utc>, DateTime<FixedOffset>, Digest, Phase);
// Anybody can decide: what somebody is called besides our words is no word of a newer version.
closed!(DecidedAs);
closed!(
    People, Imported, Continues, Ended, HeadRef, Kept, Mode, Outcome, Source, TextRef, TornLine,
    Value, When
);
open!(
    ActionChange,
    AnswersFrom,
    Checkpoints,
    ClockSync,
    CustodyAct,
    LinkedAs,
    NoticeKind,
    Obstacle,
    RulingKind,
    SignedAs,
);

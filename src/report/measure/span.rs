//! From when to when each phase of the response lasted. They overlap, and may be open.

use schemars::JsonSchema;
use serde::Serialize;

use super::WRONG;
use super::anchor::Anchor;
use super::interval::Interval;
use super::presence::Presence;
use super::show::Zone;
use crate::fact::When;

/// A phase of the response.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Span {
    /// Its name: the dwell before, then the names of PICERL.
    pub name: String,
    /// The Cybersecurity Framework function it belongs to.
    pub function: String,
    /// The anchor it starts at, and its moment.
    pub from: (String, Option<When>),
    /// The anchor it ends at, and its moment; none if open or unknown.
    pub to: (String, Option<When>),
    /// How long it lasted, if both are known.
    pub length: Option<Interval>,
    /// In words.
    pub shown: String,
}

/// An anchor and its moment.
type At = (String, Option<When>);

const SPANS: [(&str, &str, &[&str], &[&str]); 6] = [
    ("dwell", "none", &["E0"], &["E3"]),
    ("identification", "DETECT", &["E3"], &["E6", "E5"]),
    ("containment", "RESPOND", &["E3"], &["E7'", "E7"]),
    ("eradication", "RESPOND", &["E7"], &["E8"]),
    ("recovery", "RECOVER", &["E8", "E7"], &["E9"]),
    ("lessons learned", "IDENTIFY", &["R"], &["E10"]),
];

impl Span {
    /// What is wrong, if it ends before it begins.
    pub(in crate::report) fn disorder(&self, anchors: &[Anchor], zone: Zone) -> Option<String> {
        self.length.as_ref().filter(|length| length.is_contradiction())?;
        let ((from, at), (to, end)) = (&self.from, &self.to);
        let (at, end) = (zone.show(at.as_ref()?), zone.show(end.as_ref()?));
        let called = |id: &str| anchors.iter().find(|one| one.id == id).map(Anchor::called);
        let (from, to) = (called(from)?, called(to)?);
        Some(format!("Phase {}: {to} ({end}) is before {from} ({at})", self.name))
    }
}

/// The phases over the anchors: those of which both ends are told.
pub(in crate::report) fn spans(anchors: &[Anchor]) -> Vec<Span> {
    let first = |ids: &[&str]| {
        let of = |id: &&str| anchors.iter().find(|anchor| anchor.id == **id);
        let known = ids.iter().filter_map(of).find(|anchor| anchor.at.is_some());
        known.map_or((ids[0].to_owned(), None), |anchor| (anchor.id.clone(), anchor.at.clone()))
    };
    let between = |from: &At, to: &At| {
        from.1.as_ref().zip(to.1.as_ref()).map(|(from, to)| Interval::between(from, to))
    };
    let lacks = |end: &str, id: &str| {
        let anchor = anchors.iter().find(|anchor| anchor.id == id);
        let is_asked = anchor.is_some_and(|anchor| anchor.presence == Presence::Unknown);
        format!("{end} not {}", if is_asked { "known" } else { "recorded" })
    };
    let span = |(name, function, starts, to): &(&str, &str, &[&str], &[&str])| {
        let (mut from, to) = (first(starts), first(to));
        let mut length = between(&from, &to);
        // Service often comes back before the last trace is removed: it runs from containment then.
        for start in *starts {
            let (other, wrong) =
                (first(&[*start]), length.as_ref().is_some_and(Interval::is_contradiction));
            let instead = between(&other, &to).filter(|length| wrong && !length.is_contradiction());
            if instead.is_some() {
                (from, length) = (other, instead);
            }
        }
        let shown = match (&length, &from.1) {
            (Some(length), _) if length.is_contradiction() => WRONG.to_owned(),
            (Some(length), _) => length.shown.clone(),
            (None, Some(_)) => lacks("end", &to.0),
            (None, None) => lacks("beginning", &from.0),
        };
        Span { name: (*name).to_owned(), function: (*function).to_owned(), from, to, length, shown }
    };
    let known = |id: &str| anchors.iter().any(|anchor| anchor.id == id);
    SPANS.iter().map(span).filter(|span| known(&span.from.0) && known(&span.to.0)).collect()
}

//! An entry as a flat row of a timeline: the same columns for every format of it.

use std::borrow::Cow;
use std::io;

use chrono::{DateTime, Datelike, FixedOffset};
use serde::Serialize;

use crate::fact::Precision;
use crate::report::{Text, TimelineEntry, Zone};
use crate::wording::unmarked;

/// Writes a timeline, row by row.
pub trait Rows {
    /// Writes the next row.
    ///
    /// # Errors
    /// Whatever the stream says.
    fn row(&mut self, moment: &TimelineEntry) -> io::Result<()>;

    /// Writes what is not written yet.
    ///
    /// # Errors
    /// Whatever the stream says.
    fn end(&mut self) -> io::Result<()>;
}

/// Years that every reader of dates can hold: one that cannot drops the row.
const YEARS: std::ops::RangeInclusive<i32> = 1700..=2261;

/// A row. What happened and when it was written down are two clocks, and both are kept.
#[derive(Debug, Serialize)]
pub(super) struct Line<'m> {
    pub(super) message: Cow<'m, str>,
    /// When it happened, failing that when it was recorded: UTC, microseconds.
    pub(super) datetime: String,
    /// Which of the two it is.
    pub(super) timestamp_desc: &'static str,
    /// How finely the moment was given.
    pub(super) precision: Precision,
    /// The last moment that it can have been, where it was given more coarsely.
    pub(super) latest: Option<String>,
    /// The moment in words, never finer than it was given.
    pub(super) shown: String,
    /// When it was written down.
    pub(super) recorded: String,
    pub(super) kind: &'m str,
    pub(super) step: Option<&'m str>,
    pub(super) actor: Option<&'m str>,
    pub(super) chain: &'m str,
    pub(super) seq: u64,
    pub(super) privileged: bool,
    pub(super) incident: &'m str,
    pub(super) source: &'static str,
}

impl<'m> Line<'m> {
    /// Names of the columns, in the order of [`Line::cells`].
    pub(super) const COLUMNS: [&'static str; 15] = [
        "message",
        "datetime",
        "timestamp_desc",
        "precision",
        "latest",
        "shown",
        "recorded",
        "kind",
        "step",
        "actor",
        "chain",
        "seq",
        "privileged",
        "incident",
        "source",
    ];

    pub(super) fn new(moment: &'m TimelineEntry, incident: &'m str) -> Self {
        let recorded = moment.recorded_at.unwrap_or(moment.at.earliest);
        let occurred = moment.at.earliest != recorded;
        let legible = YEARS.contains(&moment.at.earliest.to_utc().year());
        let (at, timestamp_desc) = if (occurred || moment.anchor.is_some()) && legible {
            (moment.at.earliest, "Occurred")
        } else {
            (recorded, "Recorded")
        };
        let entry = moment.entry.as_deref().unwrap_or_default();
        let (chain, seq) = entry.split_once('/').unwrap_or_default();
        let text = |text: &'m Text| text.as_str();
        let coarse = legible && moment.at.latest != moment.at.earliest;
        Self {
            message: message(moment),
            datetime: utc(at),
            timestamp_desc,
            precision: if legible { moment.at.precision } else { Precision::Second },
            latest: coarse.then(|| utc(moment.at.latest)),
            shown: Zone::of_rows().show(&moment.at),
            recorded: utc(recorded),
            kind: &moment.kind,
            step: moment.step.as_ref().map(text),
            actor: moment.author.as_ref().or(moment.by.as_ref()).map(text),
            chain,
            seq: seq.parse().unwrap_or_default(),
            privileged: moment.privileged,
            incident,
            source: "breach",
        }
    }

    /// The cells of a row.
    pub(super) fn cells(&self) -> [Cow<'_, str>; 15] {
        let option = |text: Option<&'m str>| Cow::Borrowed(text.unwrap_or_default());
        [
            Cow::Borrowed(&*self.message),
            Cow::Borrowed(&self.datetime),
            Cow::Borrowed(self.timestamp_desc),
            Cow::Borrowed(self.precision()),
            Cow::Borrowed(self.latest.as_deref().unwrap_or_default()),
            Cow::Borrowed(self.shown.as_str()),
            Cow::Borrowed(&self.recorded),
            Cow::Borrowed(self.kind),
            option(self.step),
            option(self.actor),
            Cow::Borrowed(self.chain),
            Cow::Owned(self.seq.to_string()),
            Cow::Borrowed(if self.privileged { "true" } else { "false" }),
            Cow::Borrowed(self.incident),
            Cow::Borrowed(self.source),
        ]
    }

    /// The precision as JSON writes it.
    fn precision(&self) -> &'static str {
        match self.precision {
            Precision::Second => "second",
            Precision::Minute => "minute",
            Precision::Hour => "hour",
            Precision::Day => "day",
            Precision::Month => "month",
            Precision::Year => "year",
            Precision::Range => "range",
        }
    }
}

/// The message of a row: a note in the words of whoever wrote it, unless it was taken back since; anything
/// else in our own, with what people said. A table shows no markup.
fn message(moment: &TimelineEntry) -> Cow<'_, str> {
    if let Some(anchor) = &moment.anchor {
        return Cow::Owned(format!("{anchor}: {}", moment.what));
    }
    let said: Vec<String> = moment.said.iter().map(|said| unmarked(said.as_str())).collect();
    match (moment.what.as_str(), said.as_slice()) {
        (what, []) => Cow::Borrowed(what),
        ("note", [said]) if !is_nothing(said) => Cow::Owned(said.clone()),
        (what, said) => Cow::Owned(format!("{what}: {}", said.join("; "))),
    }
}

/// Whether readers of tables take a cell for an empty one.
fn is_nothing(text: &str) -> bool {
    const NOTHING: [&str; 9] = ["", "na", "n/a", "nan", "none", "null", "<na>", "#na", "#n/a"];
    let text = text.trim().trim_start_matches('-');
    NOTHING.iter().any(|nothing| text.eq_ignore_ascii_case(nothing))
}

/// `2018-08-21T21:58:00.000000+00:00`: always the same width and zone, because a reader of many rows
/// takes the form of the first for that of all.
pub(super) fn utc(at: DateTime<FixedOffset>) -> String {
    at.to_utc().format("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}

//! Metrics, the log entry by entry, phases.

use super::super::block::{Cell, because, maybe, own};
use super::Block;
use super::noun::counted;
use crate::fact::When;
use crate::report::{Presence, Report};
use crate::wording::{self, unmarked};

pub(super) fn entries(n: u64) -> String {
    super::count(usize::try_from(n).unwrap_or(usize::MAX), "entry")
}

pub(super) fn metrics(report: &Report) -> Vec<Block> {
    let rows = report.metrics.iter().map(|metric| {
        let note = metric.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
        vec![
            metric.title.clone(),
            format!("{} to {}", metric.from, metric.to),
            format!("{}{note}", metric.shown),
        ]
    });
    let anchors = report.anchors.iter().map(|anchor| {
        let value = match (&anchor.at, anchor.presence) {
            (Some(at), Presence::Given) => Cell::at(at, report.banner.zone),
            (_, Presence::Unknown) => "unknown".to_owned().into(),
            (_, Presence::Inapplicable) => "none".to_owned().into(),
            (_, Presence::Withheld) => "withheld".to_owned().into(),
            _ => "not recorded".to_owned().into(),
        };
        let by = maybe(anchor.by.as_ref());
        let by = if by.is_empty() { by } else { format!(", {by}") };
        let why = because(anchor.why.as_ref());
        vec![
            anchor.id.clone().into(),
            anchor.event.clone().into(),
            value,
            format!("{}{by}{why}", anchor.source_title).into(),
        ]
    });
    let mut blocks =
        vec![Block::table("Times to", &["Metric", "Anchors", "Value"], rows.collect(), "none")];
    let readings = report.metrics.iter().flat_map(|metric| {
        metric.readings.iter().map(|reading| {
            vec![
                format!("{}, {}", metric.title, reading.meaning),
                format!("{} to {}", reading.from, reading.to),
                reading.shown.clone(),
            ]
        })
    });
    let readings: Vec<Vec<String>> = readings.collect();
    if !readings.is_empty() {
        blocks.push(Block::table(
            "The same, between other anchors",
            &["Metric", "Anchors", "Value"],
            readings,
            "",
        ));
    }
    blocks.push(Block::table(
        "Anchors",
        &["Id", "Event", "When", "Source"],
        anchors.collect(),
        "none",
    ));
    blocks.extend(before(report));
    blocks
}

/// Moments that were on record before the ones that count.
fn before(report: &Report) -> Option<Block> {
    let zone = report.banner.zone;
    let rows = report.anchors.iter().flat_map(|anchor| {
        anchor.before.iter().map(|said| {
            let when = said.said.as_ref().map_or_else(
                || format!("recorded {}", zone.moment(&said.recorded_at)),
                |when| format!("said {}", zone.show(when)),
            );
            vec![
                anchor.id.clone(),
                said.shown.clone(),
                when,
                format!("{}{}", own(&said.by), because(said.why.as_ref())),
            ]
        })
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let header = ["Id", "Other time", "On record since", "Source"];
    (!rows.is_empty()).then(|| Block::table("Other times that were on record", &header, rows, ""))
}

pub(super) fn timeline(report: &Report) -> Vec<Block> {
    let rows = report.timeline.moments.iter().map(|moment| {
        let said: Vec<String> = moment.said.iter().map(own).collect();
        let step = moment.step.as_ref().map(|step| format!(" ({})", spoken(&own(step))));
        let step = step.unwrap_or_default();
        let mark = if moment.privileged { " (marked privileged)" } else { "" };
        let by = maybe(moment.by.as_ref());
        let source = moment.anchor.as_ref().or(moment.entry.as_ref()).cloned().unwrap_or_default();
        let by = if by.is_empty() { source } else { format!("{by}, {source}") };
        let what = format!("{}{step}{mark}", moment.what);
        let what = match said.as_slice() {
            [] => Cell::Text(what),
            [note] if moment.kind == "note" => Cell::Note(what, note.clone()),
            said => {
                let said: Vec<String> = said.iter().map(|text| unmarked(text)).collect();
                Cell::Text(format!("{what}: {}", said.join("; ")))
            }
        };
        vec![Cell::at(&moment.at, report.banner.zone), what, by.into()]
    });
    let mut blocks = vec![Block::table(
        "What happened when (an anchor is not an entry, but what people say about that moment)",
        &["When", "What", "Recorded by, source"],
        rows.collect(),
        "nothing recorded",
    )];
    let left = counted(&report.timeline.omitted);
    if !left.is_empty() {
        blocks.push(Block::Line(format!("Not shown here: {}.", wording::list(&left))));
    }
    blocks
}

/// A step in words: `containment: isolate hosts`.
fn spoken(step: &str) -> String {
    match step.split_once('/') {
        Some((phase, id)) => format!("{phase}: {}", id.replace('-', " ")),
        None => step.to_owned(),
    }
}

pub(super) fn phases(report: &Report) -> Vec<Block> {
    let zone = report.banner.zone;
    let end = |(id, at): &(String, Option<When>)| match at {
        Some(at) => Cell::At(at.clone(), zone.show(at), format!(" ({id})")),
        None => Cell::Text(format!("open or not known ({id})")),
    };
    let rows = report.phases.iter().map(|span| {
        vec![
            span.name.clone().into(),
            span.function.clone().into(),
            end(&span.from),
            end(&span.to),
            span.shown.clone().into(),
        ]
    });
    vec![Block::table(
        "Phases (they overlap)",
        &["Phase", "CSF function", "From", "To", "Length"],
        rows.collect(),
        "none",
    )]
}

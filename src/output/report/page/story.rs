//! What was written, numbers, detection, lessons, questions.

use super::super::block::{because, own, words};
use super::Block;
use super::first::{CANNOT_BE_RIGHT, called, says_who_recorded};
use crate::fact::names::CONTROL_MONITORING;
use crate::report::{Audience, Counted, Presence, Question, Report, Tallied, Written};

/// What people wrote to sum it up, what will be looked at later, and what nobody wrote.
pub(super) fn account(report: &Report) -> Vec<Block> {
    let first = [&report.impact.scope, &report.impact.written, &report.causes.written];
    let open = first.into_iter().flatten().filter(|one| one.presence != Presence::Given);
    let all = report.summary.written.iter().chain(&report.checks).chain(open);
    if report.banner.audience != Audience::Public {
        return Block::written(all);
    }
    // Outsiders need not know what was never written down.
    let blocks = Block::written(all.filter(|one| one.presence == Presence::Given));
    if blocks.is_empty() {
        let none = "no account of the incident has been released".to_owned();
        return vec![Block::Missing("Released".to_owned(), none)];
    }
    blocks
}

pub(super) fn counts(report: &Report) -> Vec<Block> {
    let zone = report.banner.zone;
    let row = |count: &Tallied, value: &Counted, last: bool| {
        let standing = if last { "latest" } else { "earlier" };
        let why = because(value.why.as_ref());
        let when = value.said.as_ref().map_or_else(
            || format!("recorded {}", zone.moment(&value.at)),
            |when| format!("said {}", zone.show(when)),
        );
        vec![
            count.called(),
            value.shown.clone(),
            standing.to_owned(),
            when,
            format!("{}{why}", own(&value.by)),
        ]
    };
    let rows = report.impact.counts.iter().flat_map(|count| {
        let values = count.values.iter().enumerate();
        values.map(move |(number, value)| row(count, value, number + 1 == count.values.len()))
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let header = ["What", "Number", "Standing", "On record", "Source"];
    let table = Block::table("Counts with their history", &header, rows, "no numbers recorded");
    let source: &[&str] = if says_who_recorded(report.banner.audience) { &[] } else { &["Source"] };
    let mut blocks = vec![table.without(source)];
    for count in report.impact.counts.iter().filter(|count| count.omitted > 0) {
        let omitted = super::count(count.omitted, "value");
        let line = format!("… and {omitted} of {}, not shown here", count.called());
        blocks.push(Block::Line(line));
    }
    blocks.push(Block::Line("Counts overlap and are not added.".to_owned()));
    let drifts =
        report.impact.counts.iter().filter_map(|count| {
            Some(format!("{}: {}", count.called(), count.drift.as_ref()?.shown))
        });
    let drifts: Vec<String> = drifts.collect();
    if !drifts.is_empty() {
        blocks.push(Block::Points("From the first number to the latest".to_owned(), drifts));
    }
    if let Some(groups) = &report.impact.groups {
        let overlap = match (&groups.overlap_shown, groups.overlap) {
            (Some(shown), _) => shown.clone(),
            (None, Presence::Withheld) => "withheld".to_owned(),
            (None, _) => "unknown".to_owned(),
        };
        blocks.push(Block::Field("In more than one group".to_owned(), overlap));
        blocks.push(Block::Field("Together".to_owned(), groups.shown.clone()));
    }
    blocks
}

pub(super) fn detection(report: &Report) -> Vec<Block> {
    let mut blocks = Vec::new();
    let signal = report.metrics.iter().find(|metric| metric.id == "missed_signal_gap");
    if let Some(gap) = signal {
        blocks.push(Block::Field(gap.title.clone(), gap.shown.clone()));
    }
    let parts = std::iter::once(&report.detection.noticed).chain(&report.detection.written);
    // The table of controls already has the monitoring.
    let monitoring = |part: &&Written| part.fact == CONTROL_MONITORING;
    let is_tabled = report.causes.controls.iter().any(|part| monitoring(&part));
    blocks.extend(Block::written(parts.filter(|part| !(is_tabled && monitoring(part)))));
    if !report.causes.controls.is_empty() {
        blocks.push(controls(report));
    }
    blocks
}

/// How the controls were found.
fn controls(report: &Report) -> Block {
    let rows = report
        .causes
        .controls
        .iter()
        .filter(|one| one.presence != Presence::Missing && one.presence != Presence::Withheld);
    let rows = rows.map(|control| {
        let found: Vec<String> = control.texts.iter().map(words).collect();
        let found = match control.presence {
            Presence::Given => found.join(", "),
            _ => "not known".to_owned(),
        };
        vec![called(control), found]
    });
    Block::table(
        "Controls, as the review found them",
        &["Control", "Found"],
        rows.collect(),
        "no reviews of controls",
    )
}

pub(super) fn lessons(report: &Report) -> Vec<Block> {
    Block::written(&report.lessons.written)
}

pub(super) fn questions(report: &Report) -> Vec<Block> {
    let questions = &report.questions;
    let mut blocks =
        vec![Block::points(CANNOT_BE_RIGHT, questions.errors.clone(), "nothing found")];
    let ask = |question: &Question| {
        let duties = match question.titles.as_slice() {
            [] => String::new(),
            duties => format!(" (needed for {})", crate::wording::some(duties, 3)),
        };
        let why = question.why.as_ref().map(|why| format!(" (unknown: {})", words(why)));
        let why = why.unwrap_or_default();
        format!("{}{duties}{why}", own(&question.ask))
    };
    blocks.push(Block::points(
        "Asked but not known",
        questions.unknown.iter().map(ask).collect(),
        "nothing",
    ));
    blocks.push(Block::points(
        "Not decided",
        questions.undecided.iter().map(ask).collect(),
        if report.deadlines.tally.hypothetical == 0 {
            "nothing that a known duty depends on"
        } else {
            "nothing that a duty known to have been law then depends on"
        },
    ));
    let assumed = questions.assumed.iter().map(|one| {
        format!("\"{}\" is used for {}", one.title, crate::wording::some(&one.titles, 3))
    });
    blocks.push(Block::points("Assumed clocks", assumed.collect(), "none"));
    if questions.withheld > 0 {
        let withheld = super::count(questions.withheld, "question");
        blocks.push(Block::Line(format!("{withheld} not shown to this audience.")));
    }
    if questions.clock_steps > 0 {
        let steps = questions.clock_steps;
        blocks.push(Block::Line(format!("The wall clock was changed {steps} times.")));
    }
    blocks.extend(Block::written(&questions.written));
    blocks
}

//! Impact, detection, causes, lessons, actions, questions.

use super::super::block::{maybe, own};
use super::Block;
use crate::incident::ActionState;
use crate::report::{Counted, Presence, Question, Report, Tallied, show, utc};

pub(super) fn impact(report: &Report) -> Vec<Block> {
    let row = |count: &Tallied, value: &Counted, last: bool| {
        let place = count.place.as_ref().map(|place| format!(", {place}")).unwrap_or_default();
        let standing = if last { "latest" } else { "earlier" };
        let why = maybe(value.why.as_ref());
        let why = if why.is_empty() { why } else { format!(": {why}") };
        let when = value.said.as_ref().map_or_else(
            || format!("recorded {}", utc(&value.at)),
            |when| format!("said {}", show(when)),
        );
        vec![
            format!("{}{place}", own(&count.title)),
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
    let mut blocks = vec![Block::table(
        "Counts with their history",
        &["What", "Number", "Standing", "On record", "Source"],
        rows,
        "no numbers recorded",
    )];
    for count in report.impact.counts.iter().filter(|count| count.omitted > 0) {
        let omitted = crate::wording::count(count.omitted, "value");
        let line = format!("… and {omitted} of {}, not shown here", own(&count.title));
        blocks.push(Block::Line(line));
    }
    blocks.push(Block::Line("Counts overlap and are not added.".to_owned()));
    let drifts = report.impact.counts.iter().filter_map(|count| {
        let place = count.place.as_ref().map(|place| format!(", {place}")).unwrap_or_default();
        Some(format!("{}{place}: {}", own(&count.title), count.drift.as_ref()?.shown))
    });
    let drifts: Vec<String> = drifts.collect();
    if !drifts.is_empty() {
        blocks.push(Block::Points("From the first number to the latest".to_owned(), drifts));
    }
    if let Some(groups) = &report.impact.groups {
        let rows = groups.groups.iter().map(|group| vec![own(&group.what), group.shown.clone()]);
        blocks.push(Block::table(
            "Groups affected",
            &["Who or what", "Number"],
            rows.collect(),
            "none",
        ));
        let overlap = match (&groups.overlap_shown, groups.overlap) {
            (Some(shown), _) => shown.clone(),
            (None, Presence::Withheld) => "withheld".to_owned(),
            (None, _) => "unknown".to_owned(),
        };
        blocks.push(Block::Field("In more than one group".to_owned(), overlap));
        blocks.push(Block::Field("Together".to_owned(), groups.shown.clone()));
    }
    blocks.extend(Block::written(report.impact.scope.iter().chain(&report.impact.written)));
    blocks
}

pub(super) fn detection(report: &Report) -> Vec<Block> {
    let mut blocks = Vec::new();
    let signal = report.metrics.iter().find(|metric| metric.id == "missed_signal_gap");
    if let Some(gap) = signal {
        blocks.push(Block::Field(gap.title.clone(), gap.shown.clone()));
    }
    let parts = std::iter::once(&report.detection.noticed).chain(&report.detection.written);
    blocks.extend(Block::written(parts));
    blocks
}

pub(super) fn causes(report: &Report) -> Vec<Block> {
    let mut blocks = Block::written(&report.causes.written);
    let rows = report
        .causes
        .controls
        .iter()
        .filter(|one| one.presence != Presence::Missing && one.presence != Presence::Withheld);
    let rows = rows.map(|control| {
        let found: Vec<String> = control.texts.iter().map(own).collect();
        let found = match control.presence {
            Presence::Given => found.join(", "),
            _ => "not known".to_owned(),
        };
        vec![own(&control.title), found]
    });
    blocks.push(Block::table(
        "Controls, as the review found them",
        &["Control", "Found"],
        rows.collect(),
        "no reviews of controls",
    ));
    blocks
}

pub(super) fn lessons(report: &Report) -> Vec<Block> {
    Block::written(&report.lessons.written)
}

pub(super) fn actions(report: &Report) -> Vec<Block> {
    let rows = report.actions.iter().map(|action| {
        let text = action.text.as_ref().map_or_else(|| "withheld".to_owned(), own);
        let state = match (action.is_open(), action.overdue, action.handed_over) {
            (true, true, _) => "open, overdue",
            (true, false, true) => "open, handed over",
            _ => action.state.as_str(),
        };
        let why = action.link.as_ref().or(action.reason.as_ref());
        let why = why.map(|why| format!(": {}", own(why))).unwrap_or_default();
        let closure = action.closure.as_ref();
        let closure = closure.map(|lag| format!(", {} after the incident was closed", lag.shown));
        vec![
            own(&action.id),
            text,
            maybe(action.owner.as_ref()),
            action.due.map(|due| due.to_string()).unwrap_or_default(),
            format!("{state}{}{why}", closure.unwrap_or_default()),
        ]
    });
    let mut blocks = vec![Block::table(
        "Items",
        &["Item", "What", "Owner", "Due", "State"],
        rows.collect(),
        "none recorded",
    )];
    let count = |state: ActionState| report.actions.iter().filter(|one| one.state == state).count();
    let overdue = report.actions.iter().filter(|action| action.overdue).count();
    let standing = [
        (count(ActionState::Open), "open"),
        (overdue, "of these overdue"),
        (count(ActionState::Done), "done"),
        (count(ActionState::Dropped), "dropped"),
    ];
    let standing = standing.iter().filter(|(n, _)| *n > 0).map(|(n, how)| format!("{n} {how}"));
    let standing: Vec<String> = standing.collect();
    if !standing.is_empty() {
        blocks.push(Block::Field("At the last entry".to_owned(), standing.join(", ")));
    }
    blocks.extend(Block::written(&report.checks));
    blocks
}

pub(super) fn questions(report: &Report) -> Vec<Block> {
    let questions = &report.questions;
    let mut blocks =
        vec![Block::points("Errors in the log", questions.errors.clone(), "none found")];
    let ask = |question: &Question| {
        let duties = match question.duties.as_slice() {
            [] => String::new(),
            duties => format!(" (decides {})", crate::wording::some(duties, 3)),
        };
        let why = maybe(question.why.as_ref());
        let why = if why.is_empty() { why } else { format!(" (unknown: {why})") };
        format!("{}: {}{duties}{why}", question.fact, own(&question.ask))
    };
    blocks.push(Block::points(
        "Asked but not known",
        questions.unknown.iter().map(ask).collect(),
        "nothing",
    ));
    blocks.push(Block::points(
        "Not decided",
        questions.undecided.iter().map(ask).collect(),
        "nothing that a known duty depends on",
    ));
    let assumed = questions
        .assumed
        .iter()
        .map(|one| format!("`{}` is used for {}", one.clock, crate::wording::some(&one.duties, 3)));
    blocks.push(Block::points("Assumed clocks", assumed.collect(), "none"));
    if questions.withheld > 0 {
        let withheld = crate::wording::count(questions.withheld, "question");
        blocks.push(Block::Line(format!("{withheld} not shown to this audience.")));
    }
    if questions.clock_steps > 0 {
        let steps = questions.clock_steps;
        blocks.push(Block::Line(format!("The wall clock was changed {steps} times.")));
    }
    blocks.extend(Block::written(&questions.written));
    blocks
}

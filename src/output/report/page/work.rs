//! Planned and done; evidence.

use super::super::block::{because, maybe, own, words};
use super::Block;
use crate::report::{Choice, Report, Taken, Walked, Zone};
use crate::wording;

/// What stands for what only those inside see.
const OUTSIDE: &str = "not for this audience";

pub(super) fn response(report: &Report) -> Vec<Block> {
    let (response, zone) = (&report.response, report.banner.zone);
    let inside = report.banner.audience.names_people();
    let mut blocks = Vec::new();
    if response.playbooks.is_empty() {
        blocks.push(Block::Missing("Playbooks".to_owned(), "none followed".to_owned()));
    }
    for walked in &response.playbooks {
        blocks.extend(playbook(walked, zone));
    }
    let decisions = response.decisions.iter().map(|choice| decision(choice, zone));
    blocks.push(Block::table(
        "Decisions",
        &["When", "Decision", "Decided", "By", "Basis and dissent"],
        decisions.collect(),
        if inside { "none besides legal determinations" } else { OUTSIDE },
    ));
    let commands = response.commands.iter().map(|ran| {
        let seen = if ran.observed { "observed by breach" } else { "reported" };
        let parts = [own(&ran.step), maybe(ran.command.as_ref()), maybe(ran.item.as_ref())];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        vec![zone.moment(&ran.at), parts.join(" "), format!("{}, {seen}", ran.shown), own(&ran.by)]
    });
    blocks.push(Block::table(
        "Commands",
        &["When", "Command", "How it ended", "By"],
        commands.collect(),
        "none",
    ));
    blocks.push(Block::Field("Items owed".to_owned(), response.owed.to_string()));
    if !response.debts.is_empty() {
        blocks.push(Block::Points("Owed".to_owned(), response.debts.iter().map(words).collect()));
    }
    let silences = response.silences.iter().map(|silence| {
        format!("{}: {} to {}", silence.shown, zone.moment(&silence.from), zone.moment(&silence.to))
    });
    blocks.push(Block::points(
        "Longest gaps",
        silences.collect(),
        if inside { "none of a minute or more" } else { OUTSIDE },
    ));
    let edits = response.edits.iter().map(|edit| format!("{}: {}", edit.playbook, edit.proposal));
    blocks.push(Block::points(
        "Proposed changes to playbooks",
        edits.collect(),
        if inside { "none" } else { OUTSIDE },
    ));
    blocks
}

fn decision(choice: &Choice, zone: Zone) -> Vec<String> {
    let when =
        choice.occurred.as_ref().map_or_else(|| zone.moment(&choice.at), |when| zone.show(when));
    let against = choice.dissent.as_ref().map(|text| format!("against it: {}", words(text)));
    let why = choice.basis.as_ref().map(words).into_iter().chain(against);
    vec![
        when,
        choice.question.as_ref().map_or_else(|| own(&choice.name), words),
        words(&choice.decided),
        format!("{}, {}", own(&choice.by), choice.role),
        why.collect::<Vec<_>>().join("; "),
    ]
}

fn playbook(walked: &Walked, zone: Zone) -> Vec<Block> {
    let tally: Vec<String> = walked.tally.iter().map(|(how, n)| format!("{n} {how}")).collect();
    let replaced = if walked.replaced { ", replaced later" } else { "" };
    let name =
        format!("{}: {} {}{replaced}", walked.phase, own(&walked.playbook), own(&walked.version));
    let mut blocks = vec![Block::Field(
        name.clone(),
        format!(
            "since {}; {}; SHA-256 {}",
            zone.moment(&walked.at),
            wording::list(&tally),
            walked.sha256
        ),
    )];
    if let Some(problem) = &walked.problem {
        blocks.push(Block::Missing(format!("Steps of {name}"), own(problem)));
    }
    let rows = alike(walked.steps.iter().map(|taken| step(taken, zone)).collect());
    if !rows.is_empty() {
        blocks.push(Block::table(
            &format!("Steps of {name}"),
            &["Step", "Outcome", "When", "By", "Said"],
            rows,
            "",
        ));
    }
    blocks
}

/// Rows of items of which the reader is not told differ in nothing: one stands for all of them.
fn alike(rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let groups = rows.chunk_by(|one, next| one == next);
    let rows = groups.map(|rows| {
        let mut row = rows[0].clone();
        if rows.len() > 1 {
            row[0] = format!("{} ({})", row[0], super::count(rows.len(), "item"));
        }
        row
    });
    rows.collect()
}

fn step(taken: &Taken, zone: Zone) -> Vec<String> {
    let item = maybe(taken.item.as_ref());
    let title = taken.title.as_ref().map_or_else(|| own(&taken.step), own);
    let title =
        if taken.title.is_none() && !item.is_empty() { format!("{title} ({item})") } else { title };
    let late = taken.occurred.as_ref().map(|when| format!("happened {}", zone.show(when)));
    let when = late.or_else(|| taken.at.as_ref().map(|at| zone.moment(at))).unwrap_or_default();
    // What came from a file took no time of anybody.
    let took = taken
        .took_s
        .filter(|seconds| *seconds >= 60)
        .map(chrono::TimeDelta::seconds)
        .map(wording::length);
    let took = took.map(|took| format!(", took {took}")).unwrap_or_default();
    vec![
        title,
        format!("{}{took}", taken.shown),
        when,
        maybe(taken.by.as_ref()),
        taken.text.as_ref().map(words).unwrap_or_default(),
    ]
}

pub(super) fn evidence(report: &Report) -> Vec<Block> {
    let zone = report.banner.zone;
    let rows = report.evidence.exhibits.iter().map(|exhibit| {
        let sha256 = exhibit.sha256.map(|digest| digest.to_string()).unwrap_or_default();
        let mut what = maybe(exhibit.title.as_ref());
        if let Some(source) = &exhibit.source {
            what = format!("{what} from {}", own(source));
        }
        for (flag, word) in [
            (exhibit.changed, "changed while copied"),
            (exhibit.truncated, "only part of it is kept"),
        ] {
            if flag {
                what = format!("{what} ({word})");
            }
        }
        let compared = match (&exhibit.forgotten_at, &exhibit.verified, &exhibit.verified_at) {
            (Some(at), ..) => {
                format!("[forgotten{}], {}", because(exhibit.forgotten.as_ref()), zone.moment(at))
            }
            (None, Some(result), Some(at)) => format!("{}, {}", own(result), zone.moment(at)),
            _ => "never".to_owned(),
        };
        vec![
            own(&exhibit.exhibit),
            what,
            format!("{sha256} {}", exhibit.bytes.map(wording::size).unwrap_or_default()),
            format!("{}, {}", zone.moment(&exhibit.at), own(&exhibit.by)),
            compared,
        ]
    });
    let custody = report.evidence.custody.iter().map(|handled| {
        let parts = [
            maybe(handled.action.as_ref()),
            maybe(handled.result.as_ref()),
            handled.text.as_ref().map(words).unwrap_or_default(),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        vec![zone.moment(&handled.at), own(&handled.exhibit), parts.join(", "), own(&handled.by)]
    });
    vec![
        Block::table(
            "Exhibits",
            &["Name", "What", "SHA-256 and size", "Kept", "Compared"],
            rows.collect(),
            "nothing kept",
        ),
        Block::table(
            "Custody",
            &["When", "Exhibit", "What was done", "By"],
            custody.collect(),
            "nothing recorded",
        ),
    ]
}

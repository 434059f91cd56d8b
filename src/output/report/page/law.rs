//! Deadlines, and who was told.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::super::block::{Cell, because, maybe, own, words};
use super::Block;
use crate::fact::{Precision, When};
use crate::report::{Deadline, Deadlines, MayBeOwed, OpenDuty, Report, Section, Verdict, Zone};
use crate::wording::{self, capital, grouped};

pub(super) fn duties(report: &Report) -> Vec<Block> {
    let (deadlines, zone) = (&report.deadlines, report.banner.zone);
    let rows = deadlines.duties.iter().map(|duty| {
        let started = match (&duty.started, &duty.clock_title) {
            (_, Some(clock)) if duty.projected => format!("when {clock} is due").into(),
            (Some(at), Some(clock)) => {
                let assumed = if duty.assumed { ", assumed" } else { "" };
                Cell::At(at.clone(), zone.show(at), format!(" ({clock}{assumed})"))
            }
            _ => String::new().into(),
        };
        let limit = duty.limit.as_deref().unwrap_or(match (&duty.due, &duty.awaits) {
            (None, None) if duty.verdict == Verdict::Unread => "not read",
            (None, None) => "no number",
            // The limit of another duty is its own.
            _ => "same as another duty",
        });
        let mut outcome = duty.shown.clone();
        outcome.push_str(&because(duty.reason.as_ref()));
        if duty.hypothetical {
            outcome = format!("hypothetical: {outcome}");
        }
        // What was checked of the library is a matter of those who use it.
        let doubt = duty.doubt.as_ref().filter(|_| report.banner.audience.names_people());
        let notes: Vec<&str> = duty.law_of_then.iter().chain(doubt).map(String::as_str).collect();
        if !notes.is_empty() {
            outcome = format!("{outcome} ({})", notes.join("; "));
        }
        let earliest = " at the earliest: the hour at which its clock started is not known";
        let due = due(duty, zone, earliest);
        let name = format!("{} ({})", duty.title, duty.duty);
        vec![name.into(), due, outcome.into(), started, limit.to_owned().into()]
    });
    let lines = deadlines.unheld_shown.iter().map(|line| Block::Line(line.clone()));
    let mut blocks: Vec<Block> = lines.collect();
    blocks.push(
        Block::table(
            "Duties by due date",
            &["Duty", "Due", "Outcome", "Clock started", "Limit"],
            rows.collect(),
            none(deadlines),
        )
        .keyed("d"),
    );
    let inside = report.banner.audience.names_people();
    if inside && deadlines.duties.iter().any(|duty| duty.doubt.is_some()) {
        let line = "What says \"from memory\" was not checked against its source yet: check it \
                    before you rely on it.";
        blocks.push(Block::Line(line.to_owned()));
    }
    if let Some(at) = &deadlines.as_of {
        blocks.push(Block::Line(format!(
            "What has not been done is judged as of the last entry, {}.",
            zone.moment(at)
        )));
    }
    if deadlines.replayed {
        let line = "The log was opened more than a year after the incident, and the built-in law \
                    is today's law. If it does not say since when a rule has been in force, the \
                    duty is hypothetical: it shows what would be owed today, not what was owed \
                    then.";
        blocks.push(Block::Line(line.to_owned()));
    }
    if let Some(table) = may_be_owed(&deadlines.may_be_owed) {
        let line = "The JSON report lists each of them, with its law and the facts that settle it.";
        blocks.extend([table, Block::Line(line.to_owned())]);
    }
    let lags = deadlines.duties.iter().filter(|duty| duty.verdict != Verdict::Withheld);
    let lags: Vec<Vec<String>> = lags
        .filter_map(|duty| {
            let lag = duty.lag.as_ref()?.lag().to_owned();
            Some(vec![duty.title.clone(), duty.law.clone(), lag])
        })
        .collect();
    if !lags.is_empty() {
        blocks.push(Block::table(
            "Notification lag: from the start of its clock to the notice",
            &["Duty", "Law", "Lag"],
            lags,
            "",
        ));
    }
    blocks
}

/// What is known where no duty is listed: that is not always that none is owed.
pub(in crate::output::report) fn none(deadlines: &Deadlines) -> &'static str {
    match (deadlines.settled, deadlines.tally.hypothetical > 0) {
        (_, true) => "not known: the rules that may apply may not have been law at the time",
        (false, _) => "not settled: which laws apply depends on facts that are not known",
        (true, _) => "under the laws known here, no duty is known to apply to this incident",
    }
}

/// Places of which each has a row of its own, and facts that one names.
const PLACES: usize = 15;
const FACTS: usize = 2;

/// A row for each country: a few facts settle most of its duties. Those that are known to concern us
/// have a row each above, and nobody reads two hundred rows to learn that the same fact settles all.
fn may_be_owed(open: &MayBeOwed) -> Option<Block> {
    let mut places: Vec<(&str, Vec<&OpenDuty>)> = Vec::new();
    for duty in &open.duties {
        let place = country(&duty.place);
        match places.iter_mut().find(|(known, _)| *known == place) {
            Some((_, duties)) => duties.push(duty),
            None => places.push((place, vec![duty])),
        }
    }
    places.sort_by_key(|(place, duties)| (Reverse(duties.len()), *place));
    let rest = if places.len() > PLACES + 1 { places.split_off(PLACES) } else { Vec::new() };
    let others = (!rest.is_empty()).then(|| {
        let duties = rest.iter().flat_map(|(_, duties)| duties.iter().copied()).collect();
        (format!("{} other places", rest.len()), duties)
    });
    let named = places.into_iter().map(|(place, duties)| (place.to_owned(), duties));
    let rows = named.chain(others).map(|(place, duties): (String, Vec<&OpenDuty>)| {
        let old = duties.iter().filter(|duty| duty.hypothetical).count();
        let old = if old > 0 { old.to_string() } else { String::new() };
        vec![capital(&place), duties.len().to_string(), old, depends(&duties)]
    });
    let header = ["Place", "Duties", "Only if their rules were law then", "Depends on"];
    let rows: Vec<Vec<String>> = rows.collect();
    (!rows.is_empty()).then(|| Block::table("Duties that may be owed, by place", &header, rows, ""))
}

/// The country of a place, of which the states of one and its own law stand together.
fn country(place: &str) -> &str {
    if let Some((_, country)) = place.rsplit_once(", ") {
        return country;
    }
    match place.split([' ', '/']).next() {
        Some("US") => "United States",
        Some("EU") => "EU",
        // Its rules are nobody's law.
        Some("contract") => place,
        _ => place.split(" (").next().unwrap_or(place),
    }
}

/// The facts that settle most of these, and how many there are.
fn depends(duties: &[&OpenDuty]) -> String {
    let mut facts: BTreeMap<&str, usize> = BTreeMap::new();
    for fact in duties.iter().flat_map(|duty| &duty.facts) {
        *facts.entry(fact).or_default() += 1;
    }
    let mut facts: Vec<(&str, usize)> = facts.into_iter().collect();
    facts.sort_by_key(|(fact, n)| (Reverse(*n), *fact));
    let facts: Vec<&str> = facts.iter().map(|(fact, _)| *fact).collect();
    if facts.is_empty() { "what is withheld".to_owned() } else { wording::some(&facts, FACTS) }
}

/// A moment of the calendar, to the minute.
fn minute(at: DateTime<Utc>) -> When {
    let at = at.fixed_offset();
    When { earliest: at, latest: at, precision: Precision::Minute }
}

/// The last moment that is in time. If the clock started at some hour of a known day or month, this is
/// the earliest it can be, which `earliest` says.
pub(super) fn due(duty: &Deadline, zone: Zone, earliest: &str) -> Cell {
    let Some(at) = duty.due else {
        let none = if duty.verdict == Verdict::Withheld { "withheld" } else { "no date" };
        return none.to_owned().into();
    };
    let coarse = duty.started.as_ref().is_some_and(|when| {
        !duty.projected && (when.latest - when.earliest).num_seconds() >= 86_399
    });
    let hours = duty.limit.as_ref().is_some_and(|limit| limit.contains("hour"));
    let more = if coarse && hours { earliest } else { "" };
    // A law counts the days of its own place: its last minute may be on another day here.
    let shown = zone.moment(&at);
    let there = duty.due_local.as_deref().filter(|there| there.get(..6) != shown.get(..6));
    let there = there.map(|there| format!(" ({there})")).unwrap_or_default();
    Cell::At(minute(at), shown, format!("{there}{more}"))
}

pub(super) fn notifications(report: &Report) -> Vec<Block> {
    let (told, zone) = (&report.notifications, report.banner.zone);
    let measured = Section::Deadlines.is_for(report.banner.audience);
    let number = |n: Option<u64>| n.map(|n| grouped(&n.to_string())).unwrap_or_default();
    let rows = told.notices.iter().map(|notice| {
        let parts = [
            maybe(notice.recipient.as_ref()),
            maybe(notice.channel.as_ref()),
            maybe(notice.reference.as_ref()),
            maybe(notice.proof.as_ref()),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let lag = notice.lag.as_ref().map(|lag| lag.lag().to_owned()).unwrap_or_default();
        vec![
            Cell::at(&notice.at, zone),
            lag.into(),
            format!("{}; {}", own(&notice.title), own(&notice.what)).into(),
            parts.join("; ").into(),
            own(&notice.by).into(),
        ]
    });
    let header = [
        "When",
        "After its clock started",
        "Duty",
        "Recipient, channel, reference, proof",
        "Recorded by",
    ];
    let untold: &[&str] =
        if measured { &[] } else { &["After its clock started", header[3], "Recorded by"] };
    let notices = Block::table("Notices", &header, rows.collect(), "no notice is recorded");
    let mut blocks = vec![notices.without(untold)];
    let campaigns = told.campaigns.iter().map(|campaign| {
        // A sum over batches of which nobody counted what came back is no zero.
        let mut batches = told.notices.iter().filter(|notice| notice.duty == campaign.duty);
        let counted = batches.any(|notice| notice.bounced.is_some());
        let (first, last) = (&campaign.first, &campaign.last);
        vec![
            own(&campaign.title),
            campaign.batches.to_string(),
            grouped(&campaign.sent.to_string()),
            number(Some(campaign.bounced).filter(|_| counted)),
            number(campaign.remaining),
            if first == last { first.clone() } else { format!("{first} to {last}") },
        ]
    });
    let campaigns: Vec<Vec<String>> = campaigns.collect();
    if !campaigns.is_empty() {
        blocks.push(Block::table(
            "Campaigns",
            &["Duty", "Batches", "Sent", "Bounced", "Remaining", "From, to"],
            campaigns,
            "",
        ));
    }
    let rulings = told.rulings.iter().map(|ruling| {
        let until = ruling.until.as_ref().map(|at| format!(", until {}", zone.moment(at)));
        vec![
            zone.moment(&ruling.at),
            format!("{}: {}{}", own(&ruling.title), own(&ruling.what), until.unwrap_or_default()),
            ruling.reason.as_ref().map(words).unwrap_or_default(),
            own(&ruling.by),
        ]
    });
    let rulings: Vec<Vec<String>> = rulings.collect();
    if !rulings.is_empty() {
        blocks.push(Block::table(
            "Decisions and requests",
            &["Recorded", "Duty", "Why, or what was asked", "By"],
            rulings,
            "",
        ));
    }
    for other in &told.others {
        let shown = other.shown.clone().unwrap_or_else(|| "unknown".to_owned());
        blocks.push(Block::Field(own(&other.title), shown));
    }
    blocks
}

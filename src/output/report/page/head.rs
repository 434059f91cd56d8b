//! Status, summary, metrics, timeline, phases.

use super::super::block::{Cell, maybe, own};
use super::Block;
use crate::fact::When;
use crate::report::{
    Banner, Closing, Presence, Report, Section, Tallied, Unheld, Verdict, show, utc,
};
use crate::wording;

pub(super) fn banner(report: &Report) -> Vec<Block> {
    let banner = &report.banner;
    let field = |name: &str, value: String| Block::Field(name.to_owned(), value);
    let mut blocks = Vec::new();
    if banner.rehearsal {
        blocks.push(Block::Line("REHEARSAL: none of this happened.".to_owned()));
    }
    if let Some(title) = &banner.title {
        blocks.push(field("Incident", own(title)));
    }
    blocks.push(field("Status", banner.standing().to_owned()));
    if let Some(closing) = banner.closing.as_ref().and_then(closing) {
        blocks.push(field("How it was closed", closing));
    }
    let as_of = banner.last_entry_at.as_ref().map_or_else(|| "no entry".to_owned(), utc);
    let (tlp, audience) = (banner.tlp.as_str(), banner.audience.as_str());
    blocks.push(field("Share", format!("{tlp}, for: {audience}; as of {as_of} (the last entry)")));
    if banner.afterwards {
        let line = "the log was opened more than 30 days after the incident was over or public";
        blocks.push(field("Recorded afterwards", line.to_owned()));
    }
    blocks.push(field("Record", verified(banner)));
    if let Some(newer) = wording::newer(banner.unread) {
        blocks.push(field("Not read", newer));
    }
    let privileged: u64 = banner.privileged.values().sum();
    if privileged > 0 {
        blocks.push(field("Marked privileged", format!("{} left out", entries(privileged))));
    }
    if banner.unmasked > 0 {
        let names = wording::count(banner.unmasked, "name");
        let said = format!("not every form of {names} can be found in free text");
        blocks.push(Block::Field("Masking".to_owned(), said));
    }
    if !banner.withheld.is_empty() {
        let parts: Vec<String> =
            banner.withheld.iter().map(|(what, n)| format!("{n} {what}")).collect();
        blocks.push(field("Withheld from this audience", wording::list(&parts)));
    }
    blocks
}

fn is_known(count: &Tallied) -> bool {
    count.values.last().is_some_and(|value| value.n.is_some())
}

/// Duties by how they came out.
fn tally(report: &Report) -> String {
    let tally = &report.deadlines.tally;
    let parts = [
        (tally.met, "met"),
        (tally.missed, "missed"),
        (tally.open, "open"),
        (tally.overdue, "overdue"),
        (tally.waived, "waived"),
        (tally.unclear, "unclear"),
        (tally.other, "without a date or unsettled"),
        (tally.hypothetical, "hypothetical (not known to have been law at the time)"),
    ];
    let parts = parts.iter().filter(|(n, _)| *n > 0).map(|(n, how)| format!("{n} {how}"));
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() {
        let doubt = report.banner.doubt();
        return doubt.unwrap_or_else(|| {
            "under the laws known here, no duty is known to be owed".to_owned()
        });
    }
    parts.join(", ")
}

pub(super) fn entries(n: u64) -> String {
    wording::count(usize::try_from(n).unwrap_or(usize::MAX), "entry")
}

/// What was passed over to close it, and what came after; none if nothing was.
fn closing(closing: &Closing) -> Option<String> {
    let mut parts = Vec::new();
    let over = [(closing.debts, "owed item"), (closing.open, "question")];
    let over = over.iter().filter(|(n, _)| *n > 0).map(|(n, noun)| wording::count(*n, noun));
    let over: Vec<String> = over.collect();
    if !over.is_empty() {
        parts.push(format!("with --anyway, leaving {} open", over.join(" and ")));
    }
    if closing.duties > 0 {
        let duties = wording::count(closing.duties, "duty");
        parts.push(format!("{duties} neither sent nor waived, or not settled"));
    }
    if closing.later > 0 {
        parts.push(format!(
            "{} written after it was closed",
            wording::count(closing.later, "entry")
        ));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn verified(banner: &Banner) -> String {
    let told = banner.chains.iter().flat_map(|chain| {
        let damage = chain.damage.as_ref().map(|damage| format!("DOES NOT VERIFY: {damage}"));
        let told = damage.into_iter().chain(chain.fragment.clone());
        told.map(|said| format!("chain {}: {said}", chain.chain))
    });
    let told: Vec<String> = told.collect();
    if banner.chains.is_empty() {
        return "no chains".to_owned();
    }
    let verifies = if banner.verifies {
        "every chain verifies"
    } else {
        "nothing after the damage is trusted or shown"
    };
    std::iter::once(verifies.to_owned()).chain(told).collect::<Vec<String>>().join("; ")
}

/// Places that a summary names.
const PLACES: usize = 6;

/// Late duties that a summary names.
const LATE: usize = 6;

pub(super) fn summary(report: &Report) -> Vec<Block> {
    let mut blocks = Block::written(&report.summary.written);
    let field = |name: &str, value: String| Block::Field(name.to_owned(), value);
    let moment = |id: &str| {
        let anchor = report.anchors.iter().find(|anchor| anchor.id == id);
        match anchor {
            Some(anchor) if anchor.presence == Presence::Given => {
                anchor.shown.clone().unwrap_or_default()
            }
            Some(anchor) if anchor.presence == Presence::Withheld => "withheld".to_owned(),
            Some(anchor) if anchor.presence == Presence::Inapplicable => "none".to_owned(),
            // What was not said before the damage may be said behind it.
            _ => report.banner.doubt().unwrap_or_else(|| match id {
                "E10" => "still open".to_owned(),
                _ => "unknown".to_owned(),
            }),
        }
    };
    for (name, id) in [("Began", "E0"), ("Detected", "E3"), ("Contained", "E7"), ("Closed", "E10")]
    {
        blocks.push(field(name, moment(id)));
    }
    let counts = affected(&report.impact.counts);
    blocks.push(if counts.is_empty() {
        let doubt = report.banner.doubt();
        let none = doubt.unwrap_or_else(|| "no number is recorded".to_owned());
        Block::Missing("Affected".to_owned(), none)
    } else {
        let known = |count: &&Tallied| count.place.is_none() && is_known(count);
        let known = report.impact.counts.iter().filter(known).count();
        let overlap = if known > 1 { " (these overlap)" } else { "" };
        field("Affected", format!("{}{overlap}", counts.join("; ")))
    });
    // What sums up a section is for the readers of that section.
    let reads = |section: Section| section.is_for(report.banner.audience);
    if reads(Section::Deadlines) {
        blocks.extend(late(report));
    }
    if reads(Section::Questions) {
        blocks.extend(open(report));
    }
    blocks
}

/// How the deadlines came out, and those that were missed.
fn late(report: &Report) -> Vec<Block> {
    let field = |name: &str, value: String| Block::Field(name.to_owned(), value);
    let mut blocks = Vec::new();
    let (unnamed, unheld): (Vec<&Unheld>, Vec<&Unheld>) =
        report.deadlines.unheld.iter().partition(|place| place.such_as.is_some());
    let (outlined, unheld): (Vec<&Unheld>, Vec<&Unheld>) =
        unheld.into_iter().partition(|place| place.outline.is_some());
    for (name, places) in [
        ("No law known here for", unheld),
        ("Law only in outline for", outlined),
        ("Region not recorded for", unnamed),
    ] {
        let places: Vec<&str> = places.iter().map(|place| place.shown.as_str()).collect();
        if !places.is_empty() {
            blocks.push(field(name, wording::some(&places, PLACES)));
        }
    }
    blocks.push(field("Deadlines", tally(report)));
    let late = report
        .deadlines
        .duties
        .iter()
        .filter(|duty| matches!(duty.verdict, Verdict::Missed | Verdict::Overdue))
        .filter(|duty| !duty.hypothetical);
    let late: Vec<String> = late.map(|duty| format!("{}: {}", duty.duty, duty.shown)).collect();
    if !late.is_empty() {
        blocks.push(field("Late", wording::some(&late, LATE)));
    }
    let told = report.deadlines.duties.iter().filter(|duty| duty.verdict == Verdict::Unclear);
    let told = told.map(|duty| {
        let shown = duty.shown.strip_prefix("unclear: ").unwrap_or(&duty.shown);
        format!("{}: {shown}", duty.duty)
    });
    let told: Vec<String> = told.collect();
    if !told.is_empty() {
        blocks.push(field("Unclear", wording::some(&told, LATE)));
    }
    blocks
}

/// What is still to be answered, brought and done.
fn open(report: &Report) -> Vec<Block> {
    let mut blocks = Vec::new();
    let questions = &report.questions;
    let open = questions.unknown.len() + questions.undecided.len() + questions.withheld;
    blocks.push(Block::Field(
        "Open".to_owned(),
        format!(
            "{}, {}, {}",
            wording::count(open, "question"),
            wording::count(report.response.owed, "owed item"),
            wording::count(
                report.actions.iter().filter(|one| one.is_open()).count(),
                "action item"
            ),
        ),
    ));
    if !report.questions.errors.is_empty() {
        let errors = wording::count(report.questions.errors.len(), "error");
        blocks.push(Block::Line(format!("The log contains {errors}: see the open questions.")));
    }
    blocks
}

/// The latest of each number; those of places stand together, and are no sum.
fn affected(counts: &[Tallied]) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for kind in counts.chunk_by(|one, next| one.fact == next.fact) {
        let latest = kind.iter().filter_map(|count| {
            let place = count.place.as_ref().map(|place| format!("{place} "));
            Some(format!("{}{}", place.unwrap_or_default(), count.values.last()?.shown))
        });
        let latest: Vec<String> = latest.collect();
        if !latest.is_empty() {
            let more = latest.len().saturating_sub(PLACES);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let latest = latest[..latest.len().min(PLACES)].join(", ");
            told.push(format!("{}: {latest}{more}", own(&kind[0].title)));
        }
    }
    told
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
            (Some(at), Presence::Given) => Cell::at(at),
            (_, Presence::Unknown) => "unknown".to_owned().into(),
            (_, Presence::Inapplicable) => "none".to_owned().into(),
            (_, Presence::Withheld) => "withheld".to_owned().into(),
            _ => "not recorded".to_owned().into(),
        };
        let by = maybe(anchor.by.as_ref());
        let by = if by.is_empty() { by } else { format!(", {by}") };
        let why = maybe(anchor.why.as_ref());
        let why = if why.is_empty() { why } else { format!(": {why}") };
        vec![
            anchor.id.clone().into(),
            anchor.event.clone().into(),
            value,
            format!("{}{by}{why}", anchor.source).into(),
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
    let rows = report.anchors.iter().flat_map(|anchor| {
        anchor.before.iter().map(|said| {
            let when = said.said.as_ref().map_or_else(
                || format!("recorded {}", utc(&said.recorded_at)),
                |when| format!("said {}", show(when)),
            );
            let why = maybe(said.why.as_ref());
            vec![
                anchor.id.clone(),
                said.shown.clone(),
                when,
                if why.is_empty() { own(&said.by) } else { format!("{}: {why}", own(&said.by)) },
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
        let step = moment.step.as_ref().map(|step| format!(" {}", own(step))).unwrap_or_default();
        let mark = if moment.privileged { " (marked privileged)" } else { "" };
        let by = maybe(moment.by.as_ref());
        let source = moment.anchor.as_ref().or(moment.entry.as_ref()).cloned().unwrap_or_default();
        let by = if by.is_empty() { source } else { format!("{by}, {source}") };
        let what = format!("{}{step}{mark}", moment.what);
        let what = match said.as_slice() {
            [] => Cell::Text(what),
            [note] if moment.kind == "note" => Cell::Note(what, note.clone()),
            said => Cell::Text(format!("{what}: {}", said.join("; "))),
        };
        vec![Cell::at(&moment.at), what, by.into()]
    });
    let mut blocks = vec![
        Block::table(
            "What happened when (an anchor is not an entry, but what people say about that moment)",
            &["When", "What", "By, source"],
            rows.collect(),
            "nothing recorded",
        )
        .keyed("t"),
    ];
    for (kind, n) in &report.timeline.omitted {
        blocks.push(Block::Line(format!("… and {} of kind {kind}, not shown here", entries(*n))));
    }
    blocks
}

pub(super) fn phases(report: &Report) -> Vec<Block> {
    let end = |(id, at): &(String, Option<When>)| match at {
        Some(at) => Cell::At(at.clone(), show(at), format!(" ({id})")),
        None => Cell::Text(format!("unknown or open ({id})")),
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

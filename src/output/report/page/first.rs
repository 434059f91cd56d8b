//! What everybody reads first: status, three sentences, then impact, causes, actions, deadlines and a
//! short timeline. Words instead of codes; the details are in the annexes.

use super::super::block::{Cell, because, maybe, own, words};
use super::Block;
use super::annex::{closing, signatures, signed};
use super::noun::counted;
use crate::fact::names::{CONTROL_MONITORING, DATA_CLASSES, ENTRY_VECTOR, SCOPE_UNKNOWNS};
use crate::report::{Action, Audience, Banner, Moment, Presence, Report, Section, Tlp, Written};
use crate::wording::{self, some};

pub(super) fn banner(report: &Report) -> Vec<Block> {
    let (banner, zone) = (&report.banner, report.banner.zone);
    let field = |name: &str, value: String| Block::Field(name.to_owned(), value);
    let mut blocks = Vec::new();
    if banner.rehearsal {
        blocks.push(Block::Line("REHEARSAL: none of this happened.".to_owned()));
    }
    blocks.extend(banner.severity.as_ref().map(|severity| field("Severity", own(severity))));
    blocks.push(field("Status", banner.standing().to_owned()));
    blocks.extend(damage(banner).map(|told| field("Record", told)));
    blocks.extend(wrong(report).map(|told| field(CANNOT_BE_RIGHT, told)));
    blocks.extend(closing(banner));
    if let Some(newer) = wording::newer(banner.unread) {
        blocks.push(field("Not read", newer));
    }
    if banner.conflicts > 0 {
        let said = super::count(banner.conflicts, "conflict");
        blocks.push(field("Not settled", format!("{said}: `breach conflicts`")));
    }
    let as_of =
        banner.last_entry_at.as_ref().map_or_else(|| "no entry".to_owned(), |at| zone.moment(at));
    let (tlp, audience) = (banner.tlp.as_str(), banner.reader());
    let is_public = banner.audience == Audience::Public;
    let unreleased = is_public && banner.tlp != Tlp::Clear;
    let tlp =
        if unreleased { format!("{tlp}, not yet cleared for the public") } else { tlp.to_owned() };
    blocks.push(field("Share", format!("{tlp}, for: {audience}; as of {as_of} (the last entry)")));
    let times = format!("{}; a date without a time is shown as written", zone.words());
    blocks.push(field("Times", times));
    // Where there is nothing below, the whole of it stands here.
    if report.summary.unreleased {
        blocks.extend(signatures(report));
    } else {
        blocks.extend(signed(report));
    }
    let texts: u64 = banner.withheld.values().sum();
    let privileged: u64 = banner.privileged.values().sum();
    let count =
        |n: u64, noun: &str| (n > 0).then(|| super::count(usize::try_from(n).unwrap_or(0), noun));
    let withheld = [count(texts, "text"), count(privileged, "privileged entry")];
    let withheld: Vec<String> = withheld.into_iter().flatten().collect();
    // That counsel was asked is no business of everybody.
    if !withheld.is_empty() && !is_public {
        blocks.push(field("Withheld", withheld.join("; ")));
    }
    if banner.unmasked > 0 {
        let names = super::count(banner.unmasked, "name");
        let said = format!("not every form of {names} can be found in free text");
        blocks.push(field("Masking", said));
    }
    blocks
}

/// What cannot be right is called the same wherever it is told.
pub(super) const CANNOT_BE_RIGHT: &str = "Cannot be right";

/// What contradicts itself in the record, and where the rest of it is told.
fn wrong(report: &Report) -> Option<String> {
    let (first, rest) = report.questions.errors.split_first()?;
    let first = wording::clip_words(first, 2 * BESIDE.1);
    let place = if Section::Questions.is_for(report.banner.audience) {
        "below, in the open questions"
    } else {
        "in the internal report"
    };
    let more = wording::grouped(&format!("; and {} more, {place}", rest.len()));
    Some(if rest.is_empty() { first } else { format!("{first}{more}") })
}

/// What cannot be believed of the record, or came without its beginning.
fn damage(banner: &Banner) -> Option<String> {
    if banner.chains.is_empty() {
        return Some("no chains".to_owned());
    }
    let told = banner.chains.iter().flat_map(|chain| {
        let damage = chain.damage.as_ref().map(|damage| format!("DOES NOT VERIFY: {damage}"));
        let told = damage.into_iter().chain(chain.fragment.clone());
        told.map(|said| format!("chain {}: {said}", chain.chain))
    });
    let behind = "nothing after the damage is trusted or shown".to_owned();
    let behind = (!banner.verifies).then_some(behind);
    let told: Vec<String> = told.chain(behind).collect();
    (!told.is_empty()).then(|| told.join("; "))
}

pub(super) fn summary(report: &Report) -> Vec<Block> {
    let summary = &report.summary;
    if summary.unreleased {
        return vec![Block::Line(own(&summary.happened))];
    }
    let doing =
        if report.banner.closed_at.is_some() { "Where it stands" } else { "What is being done" };
    let said = [
        ("What happened", &summary.happened),
        ("How many", &summary.affected),
        (doing, &summary.doing),
    ]
    .map(|(name, text)| Block::Field(name.to_owned(), own(text)));
    let owed = summary.owed.as_ref();
    let owed = owed.map(|owed| Block::Field("Legal deadlines".to_owned(), own(owed)));
    said.into_iter().chain(owed).chain(next(report)).chain(answers(report)).collect()
}

/// Whether the summary has it, so that nothing below says it again. The slides of a board have their
/// own places for the way in and the cost.
fn is_answer(report: &Report, fact: &str) -> bool {
    let elsewhere = report.banner.audience == Audience::Board;
    fact == DATA_CLASSES || !elsewhere && (fact == ENTRY_VECTOR || is_money(fact))
}

fn is_money(fact: &str) -> bool {
    ["cost_", "fine_"].iter().any(|start| fact.starts_with(start))
}

/// What everybody asks next: which data, how they got in, how it was noticed and why not earlier, what
/// it cost, who leads and what is not known.
fn answers(report: &Report) -> Vec<Block> {
    let (impact, causes, detection) = (&report.impact, &report.causes, &report.detection);
    let audience = report.banner.audience;
    let (money, one): (Vec<&Written>, Vec<&Written>) =
        [&impact.scope, &impact.written, &causes.written]
            .into_iter()
            .flatten()
            .filter(|one| is_answer(report, &one.fact))
            // Outsiders need not know what was never written down.
            .filter(|one| one.presence == Presence::Given || audience != Audience::Public)
            .partition(|one| is_money(&one.fact));
    let is_monitoring = |one: &&Written| one.fact == CONTROL_MONITORING;
    let seen = std::iter::once(&detection.noticed).chain(&detection.written);
    let seen = seen.filter(|one| !is_monitoring(one));
    let seen: Vec<&Written> = seen.chain(causes.controls.iter().find(is_monitoring)).collect();
    let rows = one.into_iter().map(|one| answer(&own(&one.title), &[one]));
    let seen = (audience != Audience::Board).then(|| answer(&own(&detection.noticed.title), &seen));
    let rows = rows.chain(seen).chain([answer("Cost", &money)]);
    rows.flatten().chain(leads(report)).chain(open(report)).collect()
}

/// Points of a list, and characters of each, that stand beside something else.
const BESIDE: (usize, usize) = (2, 80);

/// What was said to these, and what of it is not known; none where the reader sees nothing of it.
fn answer(name: &str, parts: &[&Written]) -> Option<Block> {
    let (mut said, mut unknown, mut missing) = (Vec::new(), Vec::new(), Vec::new());
    for part in parts {
        let title = wording::capital(&called(part));
        let texts: Vec<String> = part.texts.iter().map(words).collect();
        match part.presence {
            Presence::Given if part.is_other => {}
            Presence::Given if title == name => said.push(texts.join("; ")),
            Presence::Given => {
                let texts: Vec<String> =
                    texts.iter().map(|text| wording::clip_words(text, BESIDE.1)).collect();
                said.push(format!("{title}: {}", some(&texts, BESIDE.0)));
            }
            Presence::Unknown => unknown.push(title),
            Presence::Missing => missing.push(title),
            Presence::Inapplicable | Presence::Withheld => {}
        }
    }
    for (how, titles) in [("Not known", unknown), ("Not recorded", missing)] {
        match titles.as_slice() {
            [] => {}
            [first, ..] if first == name => said.push(how.to_owned()),
            titles => said.push(format!("{how}: {}", titles.join("; "))),
        }
    }
    (!said.is_empty()).then(|| Block::Field(name.to_owned(), format!("{}.", said.join(". "))))
}

/// What a part is called; a control as in the table of controls.
pub(super) fn called(part: &Written) -> String {
    let title = own(&part.title);
    title.strip_prefix("Control: ").unwrap_or(&title).to_owned()
}

/// Who leads, for those who may call them.
fn leads(report: &Report) -> Option<Block> {
    let banner = &report.banner;
    if !banner.audience.names_people() {
        return None;
    }
    let roles =
        banner.roles.iter().map(|(role, name)| format!("{} ({})", own(name), role.to_lowercase()));
    let roles: Vec<String> = roles.collect();
    let said = if roles.is_empty() { "Not recorded".to_owned() } else { some(&roles, BESIDE.0) };
    Some(Block::Field("Who leads".to_owned(), format!("{said}.")))
}

/// The open item that is due first, of those that the reader may read, and whose it is.
fn next(report: &Report) -> Option<Block> {
    let is_told = Section::Actions.is_for(report.banner.audience);
    let open = report.actions.iter().filter(|item| is_told && item.is_open() && item.is_readable());
    let item = open.min_by_key(|item| (item.due.is_none(), item.due))?;
    let [what, owner, due] = action(item);
    let what = wording::clip_words(&what, 2 * BESIDE.1);
    let by = if item.due.is_some() { "due " } else { "" };
    Some(Block::Field("Next".to_owned(), format!("{what}: {owner}, {by}{due}.")))
}

/// What is not known: what people wrote of that, and how many questions have no answer.
fn open(report: &Report) -> Option<Block> {
    let questions = &report.questions;
    let wrote = questions.written.iter().find(|one| one.fact == SCOPE_UNKNOWNS);
    let texts = wrote.iter().flat_map(|one| &one.texts);
    let texts: Vec<String> =
        texts.map(|text| wording::clip_words(&words(text), BESIDE.1)).collect();
    let asked = questions.unknown.len() + questions.undecided.len();
    let asked =
        (asked > 0).then(|| format!("{} without an answer", super::count(asked, "question")));
    let said: Vec<String> =
        (!texts.is_empty()).then(|| some(&texts, BESIDE.0)).into_iter().chain(asked).collect();
    (!said.is_empty())
        .then(|| Block::Field("Not known".to_owned(), format!("{}.", said.join(". "))))
}

/// Characters from which on a text is no field but prose.
const PROSE: usize = 240;

/// What is known of these, short texts as fields. What is not known is told in the annex.
fn known<'w>(parts: impl IntoIterator<Item = &'w Written>) -> Vec<Block> {
    let given = parts.into_iter().filter(|part| part.presence == Presence::Given);
    let (short, rest): (Vec<&Written>, Vec<&Written>) = given.partition(|part| {
        let long: usize = part.texts.iter().map(|text| text.as_str().chars().count()).sum();
        long <= PROSE
    });
    let field = |part: &&Written| {
        let texts: Vec<String> = part.texts.iter().map(words).collect();
        Block::Field(own(&part.title), texts.join("; "))
    };
    short.iter().map(field).chain(Block::written(rest)).collect()
}

pub(super) fn impact(report: &Report) -> Vec<Block> {
    // What the first sentence says is not said again.
    let said = |part: &&Written| {
        part.texts
            .iter()
            .any(|text| report.summary.happened.as_str() == format!("{}.", text.as_str()))
    };
    let parts = report.impact.scope.iter().chain(&report.impact.written);
    let parts = parts.filter(|part| !said(part) && !is_answer(report, &part.fact));
    let mut blocks = known(parts);
    if let Some(groups) = &report.impact.groups {
        let rows = groups.groups.iter().map(|group| vec![words(&group.what), group.shown.clone()]);
        let header = ["Who or what", "Number"];
        blocks.push(Block::table("Groups affected", &header, rows.collect(), "none"));
    }
    blocks.extend(people(report));
    // That nobody knows the cost is an answer, too.
    let unknown = report.impact.written.iter();
    let unknown = unknown.filter(|one| one.presence == Presence::Unknown && is_money(&one.fact));
    let unknown: Vec<String> = unknown.map(|one| own(&one.title)).collect();
    if !unknown.is_empty() && report.banner.audience == Audience::Board {
        blocks.push(Block::Missing("Not known".to_owned(), unknown.join("; ")));
    }
    if blocks.is_empty() {
        blocks.push(Block::Missing("Impact".to_owned(), "nothing is recorded".to_owned()));
    }
    blocks
}

/// The people in each place and in each group that letters are written to, as authorities ask for them.
/// If there is no annex, the summary names the places.
fn people(report: &Report) -> Vec<Block> {
    let impact = &report.impact;
    let places = impact.counts.iter().filter(|_| report.banner.audience.has_annexes());
    let places = places.filter_map(|count| Some((count.place_name.clone()?, count.latest())));
    let (mut counted, mut uncounted) = (Vec::new(), Vec::new());
    for (name, latest) in places {
        match latest {
            Some(latest) => counted.push(vec![name, latest.shown.clone()]),
            None => uncounted.push(name),
        }
    }
    let groups = impact.described.iter().map(|group| {
        let people = if group.people.is_empty() {
            "not counted".to_owned()
        } else {
            group.people.join("; ")
        };
        vec![own(&group.name), group.lost.join("; "), people]
    });
    let tables = [
        Block::table("People affected by place", &["Place", "People"], counted, ""),
        Block::table(
            "Groups by what was lost",
            &["Group", "What was lost", "People"],
            groups.collect(),
            "",
        ),
    ];
    let uncounted = (!uncounted.is_empty()).then(|| {
        Block::Field("People affected, not counted".to_owned(), wording::list(&uncounted))
    });
    uncounted
        .into_iter()
        .chain(tables.into_iter().filter(|one| matches!(one, Block::Table(_))))
        .collect()
}

pub(super) fn causes(report: &Report) -> Vec<Block> {
    let parts = report.causes.written.iter();
    let blocks = known(parts.filter(|part| !is_answer(report, &part.fact)));
    if blocks.is_empty() {
        let mut parts = report.causes.written.iter();
        let way_in = parts.find(|one| one.fact == ENTRY_VECTOR && one.presence == Presence::Given);
        let besides = if way_in.is_some() { " besides how they got in" } else { "" };
        let nothing = format!("nothing is recorded{besides}");
        return vec![Block::Missing("Causes".to_owned(), nothing)];
    }
    blocks
}

/// Open items first, by when they are due.
pub(super) fn actions(report: &Report) -> Vec<Block> {
    let mut actions: Vec<&Action> = report.actions.iter().collect();
    // What the reader may not read takes no place from what they may.
    actions.sort_by_key(|one| (!one.is_open(), !one.is_readable(), one.due.is_none(), one.due));
    let rows = actions.into_iter().map(|item| action(item).to_vec());
    let header = ["What", "Owner", "Due, state"];
    vec![Block::table("What will be done", &header, rows.collect(), "none recorded")]
}

/// An item: what, who, by when and how it stands. More columns than three do not fit on a phone.
fn action(action: &Action) -> [String; 3] {
    let text = action.text.as_ref().map_or_else(|| "withheld".to_owned(), words);
    let state = match (action.is_open(), action.overdue, action.handed_over) {
        (true, true, _) => "overdue",
        (true, false, true) => "handed over",
        _ => action.state.as_str(),
    };
    let due = action.due.map_or_else(|| "no date".to_owned(), wording::day);
    let link = action.link.as_ref().map(|link| format!(": {}", own(link)));
    let why = link.unwrap_or_else(|| because(action.reason.as_ref()));
    let closure = action.closure.as_ref();
    let closure = closure.map(|lag| format!(", {} after the incident was closed", lag.shown));
    [
        text,
        action.owner.as_ref().map_or_else(|| "nobody yet".to_owned(), own),
        format!("{due}, {state}{why}{}", closure.unwrap_or_default()),
    ]
}

/// Whether the table has a column for who recorded something: not in a short report, nor in the public
/// one, where everybody is "responder A".
pub(super) fn says_who_recorded(audience: Audience) -> bool {
    matches!(audience, Audience::Internal | Audience::Regulator)
}

pub(super) fn timeline(report: &Report) -> Vec<Block> {
    moments(report, &report.story.moments.iter().collect::<Vec<_>>())
}

/// Of the timeline, these moments.
pub(super) fn moments(report: &Report, moments: &[&Moment]) -> Vec<Block> {
    let audience = report.banner.audience;
    let rows = moments.iter().map(|moment| {
        let said: Vec<String> = moment.said.iter().map(words).collect();
        let label = own(&moment.label);
        let what = match said.as_slice() {
            [] => Cell::Text(label),
            // The label is the beginning of the note.
            [note] if moment.kind == "note" => Cell::Text(note.clone()),
            said => Cell::Text(format!("{label}: {}", said.join("; "))),
        };
        vec![Cell::at(&moment.at, report.banner.zone), what, maybe(moment.by.as_ref()).into()]
    });
    let header = ["When", "What", "Recorded by"];
    let none = "nothing recorded";
    let table = Block::table("What happened and what people did", &header, rows.collect(), none);
    let by: &[&str] = if says_who_recorded(audience) { &[] } else { &["Recorded by"] };
    let mut blocks = vec![table.without(by)];
    // What is cut is said once, below all of it.
    if !report.story.omitted.is_empty() && audience.has_annexes() {
        let more = wording::list(&counted(&report.story.omitted));
        blocks.push(Block::Line(format!(
            "There is no room here for {more}; the log entry by entry is an annex."
        )));
    }
    blocks
}

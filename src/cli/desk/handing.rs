//! The page of a hand-over, and that somebody accepts one.

use std::collections::BTreeSet;

use super::{Context, Failure, Record, contacts, followed, law, state, waiting};
use crate::fact::Vocabulary;
use crate::incident::event::{Handoff, RulingKind};
use crate::incident::{HandedOver, Incident};
use crate::log::HeadCode;
use crate::output::handoff as face;
use crate::output::status::LastCode;
use crate::regime::Law;
use crate::report::Point;
use crate::walk::{Whose, is_of};
use crate::wording;

/// The most decisions shown on the page.
const MOST: usize = 6;

/// The page of a hand-over, as of now.
pub(in crate::cli) fn page(
    context: &mut Context,
    record: &Record,
    handed: &HandedOver,
    code: Option<HeadCode>,
) -> face::Handoff {
    let incident = &record.incident;
    let vocabulary = followed::vocabulary(context, incident, &record.folder);
    let law = law::law_or_builtin(context);
    let everybody = Whose::default();
    let owed = state::owed(context, &law, &record.folder, (incident, &vocabulary), everybody);
    let accepted = handed.accepted.as_ref();
    face::Handoff {
        schema: "breach.handoff/1",
        incident: record.folder.name().to_string(),
        title: incident.title.clone(),
        drill: incident.drill,
        from: handed.by.clone(),
        to: handed.to.clone(),
        note: handed.text.clone(),
        written_at: handed.at,
        accepted: accepted.map(|(by, at)| format!("{by}, {}", wording::moment(*at))),
        tasks: state::tasks(context, &record.folder, incident, &BTreeSet::new()),
        waiting: waiting::all(context, (incident, &vocabulary), everybody)
            .into_iter()
            .filter(|point| point.what != waiting::HAND_OVER)
            .collect(),
        owed,
        decided: decided(incident, &vocabulary, &law),
        call: call(context),
        last_code: code.map(|code| LastCode { code: code.to_string(), newer: 0 }),
    }
}

/// The latest decisions, newest first: determinations, what was decided of duties, and all others.
fn decided(incident: &Incident, vocabulary: &Vocabulary, law: &Law) -> Vec<Point> {
    let mut decided = Vec::new();
    for (name, changes) in &incident.facts {
        let last = changes.last().and_then(|last| Some((last, last.decided.as_ref()?)));
        let Some((last, (by, role))) = last else { continue };
        let value = last.shown(last.value.brief(vocabulary.get(name)));
        let mark = wording::privileged(last.is_privileged, &value);
        let said = format!("{value}, by {by} ({role}){mark}");
        decided.push((last.at, Point { what: vocabulary.called(name).to_owned(), said }));
    }
    for (name, all) in &incident.decisions {
        let Some(last) = all.last() else { continue };
        let conflict = if incident.is_contested(name) { "in conflict with another: " } else { "" };
        let mark = wording::privileged(last.is_privileged, &last.what);
        let said = format!("{conflict}{}, by {} ({}){mark}", last.what, last.by, last.role);
        decided.push((last.at, Point { what: name.clone(), said }));
    }
    for (duty, rulings) in &incident.rulings {
        let mut ours = rulings
            .iter()
            .filter(|ruling| !matches!(ruling.what, RulingKind::Asked | RulingKind::Answered));
        let Some(last) = ours.next_back() else { continue };
        let mark = wording::privileged(last.is_privileged, "");
        let said = format!("{} by {}{mark}", last.what, last.by);
        let what = law.duty(duty).map_or_else(|| duty.clone(), |(_, duty)| duty.title());
        decided.push((last.at, Point { what, said }));
    }
    decided.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let more = decided.len().checked_sub(MOST).filter(|more| *more > 0);
    let more = more.map(|more| Point {
        what: "Also".to_owned(),
        said: format!("{} before that: `breach brief`", wording::count(more, "decision")),
    });
    decided.into_iter().take(MOST).map(|(_, point)| point).chain(more).collect()
}

/// Where to talk where the intruder does not listen, and whom to call.
fn call(context: &Context) -> Vec<Point> {
    let Some(roster) = contacts::of_home(context) else { return Vec::new() };
    let channel = roster
        .channel
        .iter()
        .map(|channel| Point { what: "Talk on".to_owned(), said: channel.clone() });
    let people = roster
        .contacts
        .iter()
        .map(|contact| Point { what: contact.part.clone(), said: contact.line() });
    channel.chain(people).collect()
}

/// The hand-over to somebody that they have not accepted yet.
pub(in crate::cli) fn to_accept<'i>(incident: &'i Incident, name: &str) -> Option<&'i HandedOver> {
    let open = incident.handoff.as_ref().filter(|handed| handed.accepted.is_none());
    open.filter(|handed| is_of(&handed.to, name))
}

/// Records that somebody accepts a hand-over, under their own name.
pub(in crate::cli) fn accept(
    context: &mut Context,
    record: &mut Record,
    (handed, name): (&HandedOver, &str),
) -> Result<(), Failure> {
    let accepts = Some(handed.entry.clone());
    let body = Handoff { to: name.to_owned(), text: None, accepts };
    record.append(context, body.into())?;
    context.screen.say(&format!("{name} has accepted what {} handed over.", handed.by));
    Ok(())
}

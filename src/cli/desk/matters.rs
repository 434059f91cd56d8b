//! What nobody must forget: notices that tell what is no longer so, what was left alone on purpose, and
//! reminders that come after the deadline that they are about.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, Utc};

use crate::fact::Vocabulary;
use crate::incident::event::Outcome;
use crate::incident::{Incident, StepKey, StepState};
use crate::phase::Phase;
use crate::regime::Docket;
use crate::report::Point;
use crate::wording;

/// How many are named one by one.
const MOST: usize = 8;

/// Notices that tell a value that was changed since, each with the way to settle it.
pub(in crate::cli) fn to_correct(incident: &Incident, vocabulary: &Vocabulary) -> Vec<String> {
    let mut by_notice: BTreeMap<(&str, String), Vec<String>> = BTreeMap::new();
    for untrue in incident.untrue() {
        let fact = vocabulary.get(untrue.fact);
        let title = vocabulary.called(untrue.fact);
        let (told, now) = (untrue.told.brief(fact), untrue.now.brief(fact));
        let mark = wording::privileged(untrue.is_privileged, &now);
        let sent = format!("{} sent {}", untrue.notice.what, untrue.notice.at.show());
        let said = format!("{title}: {told}, which is now {now}{mark}");
        by_notice.entry((untrue.duty, sent)).or_default().push(said);
    }
    let line = |((duty, sent), told): (&(&str, String), &Vec<String>)| {
        let told = wording::some(told, MOST);
        format!(
            "`{duty}`, {sent}, tells {told}; once it is corrected: `breach duties sent {duty} --what \
             correction`"
        )
    };
    by_notice.iter().map(line).collect()
}

/// The same as points.
pub(in crate::cli) fn corrections(
    incident: &Incident,
    vocabulary: &Vocabulary,
) -> impl Iterator<Item = Point> {
    let point = |said| Point { what: "Notice to correct".to_owned(), said };
    to_correct(incident, vocabulary).into_iter().map(point)
}

/// Steps of containment that somebody skipped: what stays as it is, on what, why and by whom.
pub(in crate::cli) fn left_alone(incident: &Incident) -> Vec<Point> {
    let Some(phase) = incident.phases.get(&Phase::Containment) else { return Vec::new() };
    let mut skipped: Vec<(&StepKey, &StepState)> =
        phase.steps.iter().filter(|(_, state)| state.outcome == Outcome::Skipped).collect();
    skipped.sort_by_key(|(key, state)| (state.at, &key.step, &key.item));
    let alike = |one: &(&StepKey, &StepState), next: &(&StepKey, &StepState)| {
        let what = |(key, state): &(&StepKey, &StepState)| {
            (key.step.clone(), state.text.clone(), state.by.clone())
        };
        what(one) == what(next)
    };
    let told = skipped.chunk_by(alike).map(|all| {
        let (key, state) = all[0];
        let items: Vec<&str> = all.iter().filter_map(|(key, _)| key.item.as_deref()).collect();
        let on = match items.as_slice() {
            [] => String::new(),
            items => format!(" on {}", wording::few_of(items, MOST)),
        };
        let why = state.said().map(|why| format!(": {why}")).unwrap_or_default();
        let mark = wording::privileged(state.is_privileged, &why);
        let at = wording::moment(state.occurred.as_ref().map_or(state.at, |when| when.earliest));
        Point {
            what: "Skipped on purpose".to_owned(),
            said: format!("{}{on}{why} ({} at {at}){mark}", key.step, state.by),
        }
    });
    told.collect()
}

/// A deadline, and whose duty's reminder comes after it: phase, place, duty, reminder.
type Late<'l> = (DateTime<Utc>, Phase, &'l StepKey, &'l str, DateTime<FixedOffset>);

/// Reminders about a duty that come after its deadline.
pub(in crate::cli) fn too_late(docket: &Docket, incident: &Incident) -> Vec<String> {
    let due: BTreeMap<&str, _> = docket.running().into_iter().map(|(due, id)| (id, due)).collect();
    let steps = incident.phases.iter().flat_map(|(phase, state)| {
        state.steps.iter().map(move |(key, state)| (*phase, key, state))
    });
    let aside = [Outcome::Waiting, Outcome::Assigned, Outcome::Blocked];
    let mut late: Vec<_> = steps
        .filter(|(.., state)| aside.contains(&state.outcome))
        .filter_map(|(phase, key, state)| {
            let (id, at) = (key.item.as_deref()?, state.check_at?);
            let due = due.get(id).filter(|due| **due < at.to_utc())?;
            Some((*due, phase, key, id, at))
        })
        .collect();
    late.sort_by_key(|(due, _, key, ..)| (*due, *key));
    let line = |(due, phase, key, id, at): &Late<'_>| {
        format!(
            "`{id}` is due {}, and the reminder for it says {}: `breach {}`, j {} {id}, then w with an \
             earlier time",
            wording::moment(due.with_timezone(at.offset())),
            wording::moment(*at),
            phase.command(),
            key.step,
        )
    };
    late.iter().map(line).collect()
}

/// The same as a point, if there is one.
pub(in crate::cli) fn reminders(docket: &Docket, incident: &Incident) -> Option<Point> {
    let late = too_late(docket, incident);
    (!late.is_empty())
        .then(|| Point { what: "Reminder too late".to_owned(), said: wording::some(&late, MOST) })
}

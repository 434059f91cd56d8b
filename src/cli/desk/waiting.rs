//! What waits for somebody besides steps: conflicts, questions from authorities, a hand-over, decisions
//! to look at again.

use chrono::{DateTime, Days, FixedOffset, Utc};

use super::{Context, matters};
use crate::fact::names::BRIEFED_AT;
use crate::fact::{Value, Vocabulary};
use crate::incident::{ActionState, CHECKS, Incident, Ruling};
use crate::report::Point;
use crate::walk::{self, Whose};
use crate::wording;

/// How many conflicts, debts, duties or facts are listed one by one.
pub(super) const MOST: usize = 8;

/// A moment as the page shows it: in its zone.
type There<'t> = &'t dyn Fn(DateTime<FixedOffset>) -> DateTime<FixedOffset>;

/// What a hand-over that nobody accepted is called.
pub(in crate::cli) const HAND_OVER: &str = "Hand-over";

/// What nobody settled that was said differently, shown in these words.
pub(in crate::cli) fn in_conflict(subjects: &str) -> Point {
    Point { what: "In conflict".to_owned(), said: format!("{subjects}; `breach conflicts`") }
}

/// Everything that waits for them besides steps: conflicts, questions from authorities, notices to
/// correct and what was skipped, which are everybody's, what needs a look, action items that are not
/// late, and checks.
pub(in crate::cli) fn all(
    context: &Context,
    (incident, vocabulary): (&Incident, &Vocabulary),
    whose: Whose<'_>,
) -> Vec<Point> {
    let mut waiting = Vec::new();
    if whose.is_everybody() {
        let conflicts: Vec<String> =
            incident.conflicts().iter().map(|one| one.subject.shown()).collect();
        let conflicts =
            (!conflicts.is_empty()).then(|| in_conflict(&wording::some(&conflicts, MOST)));
        waiting.extend(conflicts);
        waiting.extend(questions(incident, context.world.now().at));
        waiting.extend(matters::corrections(incident, vocabulary));
        waiting.extend(matters::left_alone(incident));
    }
    waiting.extend(to_look_at(context, (incident, vocabulary), &|at| at, whose));
    let open = actions(context, incident, whose, false);
    if !open.is_empty() {
        let said = wording::some(&open, MOST);
        waiting.push(Point { what: "Action items".to_owned(), said });
    }
    waiting.extend(checks((incident, vocabulary), whose));
    waiting
}

/// Their checks that were promised, each list with the day on which it is due.
fn checks((incident, vocabulary): (&Incident, &Vocabulary), whose: Whose<'_>) -> Vec<Point> {
    let told = CHECKS.iter().filter_map(|(name, days)| {
        let last = incident.facts.get(*name)?.last()?;
        let Value::List(checks) = &last.value else { return None };
        let owner = |check: &str| check.split_once(": ").map(|(owner, _)| owner.to_owned());
        let theirs = checks.iter().filter(|check| whose.has(owner(check).as_deref(), None));
        let theirs: Vec<&String> = theirs.collect();
        let due = last.at.to_utc().date_naive().checked_add_days(Days::new(*days))?;
        let checks = wording::some(&theirs, MOST);
        let mark = wording::privileged(last.is_privileged, &checks);
        (!theirs.is_empty()).then(|| Point {
            what: vocabulary.called(name).to_owned(),
            said: format!("{checks}; due {due}{mark}"),
        })
    });
    told.collect()
}

/// Their open action items, those that are late or the others, the earliest first.
pub(in crate::cli) fn actions(
    context: &Context,
    incident: &Incident,
    whose: Whose<'_>,
    late: bool,
) -> Vec<String> {
    let today = context.world.now().local().date_naive();
    let items = incident.actions.iter().filter(|item| {
        item.state == ActionState::Open
            && item.is_overdue(today) == late
            && whose.has(item.owner.as_deref(), None)
    });
    let mut items: Vec<_> = items.collect();
    items.sort_by_key(|item| (item.due.is_none(), item.due));
    let told = items.iter().map(|item| {
        let owner = item.owner.as_deref().unwrap_or("nobody");
        let due = item.due.map(|due| format!(", due {due}")).unwrap_or_default();
        format!("{} {owner}: {}{due}", item.id, item.text)
    });
    told.collect()
}

/// The hand-over to them if nobody accepted it, the briefing if it is due, and their decisions to look at
/// again.
pub(in crate::cli) fn to_look_at(
    context: &Context,
    (incident, vocabulary): (&Incident, &Vocabulary),
    there: There<'_>,
    whose: Whose<'_>,
) -> Vec<Point> {
    let now = context.world.now().at;
    let mut waiting = Vec::new();
    let open = incident.handoff.as_ref().filter(|handoff| handoff.accepted.is_none());
    if let Some(handoff) = open.filter(|handoff| whose.has(Some(&handoff.to), None)) {
        let at = wording::moment(there(handoff.at));
        waiting.push(Point {
            what: HAND_OVER.to_owned(),
            said: format!("{} has not accepted what {} handed over {at}", handoff.to, handoff.by),
        });
    }
    let briefing = walk::briefing_due(incident, now).filter(|_| whose.has(None, None));
    if let Some((_, why)) = briefing {
        waiting.push(Point {
            what: "Briefing due".to_owned(),
            said: format!("{why}: `breach brief`, then `breach fact set {BRIEFED_AT} now`"),
        });
    }
    let reviews = reviews(incident, vocabulary).into_iter();
    let reviews = reviews.filter(|review| whose.has(Some(review.by), Some(review.role)));
    waiting.extend(reviews.map(|review| {
        let Review { called, decided, by, is_privileged, .. } = &review;
        let mark = wording::privileged(*is_privileged, decided);
        review.point(&format!("{called}: {decided}, decided by {by}"), mark, (now, there))
    }));
    waiting
}

/// A decision that somebody wants to look at again.
struct Review<'r> {
    at: DateTime<FixedOffset>,
    name: &'r str,
    called: &'r str,
    decided: String,
    by: &'r str,
    role: &'r str,
    is_privileged: bool,
}

impl Review<'_> {
    fn point(&self, decided: &str, mark: &str, (now, there): (DateTime<Utc>, There<'_>)) -> Point {
        let is_due = self.at <= now;
        let at = wording::moment(there(self.at));
        let relative = wording::relative(self.at.to_utc(), now);
        Point {
            what: if is_due { "Decision to look at again now" } else { "Decision" }.to_owned(),
            said: format!("{decided}; look again {at} ({relative}){mark}"),
        }
    }
}

/// When to look again at decisions that are `withheld`, by name.
pub(in crate::cli) fn kept_back(
    context: &Context,
    (incident, vocabulary): (&Incident, &Vocabulary),
    withheld: impl Fn(&str) -> bool,
    there: There<'_>,
) -> Vec<Point> {
    let now = context.world.now().at;
    let kept = reviews(incident, vocabulary).into_iter().filter(|review| withheld(review.name));
    kept.map(|review| review.point("marked privileged", "", (now, there))).collect()
}

/// Determinations and other decisions to look at again, the earliest first.
fn reviews<'i>(incident: &'i Incident, vocabulary: &'i Vocabulary) -> Vec<Review<'i>> {
    let determined = incident.facts.iter().filter_map(|(name, changes)| {
        let last = changes.last()?;
        let (by, role) = last.decided.as_ref()?;
        Some(Review {
            at: last.review_at?,
            name,
            called: vocabulary.called(name),
            decided: last.shown(last.value.brief(vocabulary.get(name))),
            by,
            role: role.as_str(),
            is_privileged: last.is_privileged,
        })
    });
    let decided = incident.decisions.iter().filter_map(|(name, all)| {
        let last = all.last()?;
        Some(Review {
            at: last.review_at?,
            name,
            called: name,
            decided: last.what.clone(),
            by: &last.by,
            role: last.role.as_str(),
            is_privileged: last.is_privileged,
        })
    });
    let mut reviews: Vec<Review<'_>> = determined.chain(decided).collect();
    reviews.sort_by_key(|review| review.at);
    reviews
}

/// Unanswered questions about duties, the earliest due first.
fn questions<'i>(incident: &'i Incident, now: DateTime<Utc>) -> Vec<Point> {
    let of = |duty: &'i String| incident.questions_of(duty).map(move |asked| (duty, asked));
    let mut questions: Vec<_> = incident.rulings.keys().flat_map(of).collect();
    questions.sort_by_key(|(_, asked)| (asked.until.is_none(), asked.until));
    let point = |(duty, asked): (&String, &Ruling)| {
        let until = asked.until.map(|until| {
            let relative = wording::relative(until.to_utc(), now);
            format!("; answer by {} ({relative})", wording::moment(until))
        });
        let until = until.unwrap_or_default();
        let mark = wording::privileged(asked.is_privileged, &asked.reason);
        let is_late = asked.until.is_some_and(|until| until <= now);
        let late = if is_late { ", OVERDUE" } else { "" };
        Point {
            what: format!("Question on {duty}{late}"),
            said: format!("{} asks: {}{until}{mark}", asked.by, asked.reason),
        }
    };
    questions.into_iter().map(point).collect()
}

//! The whole playbook at a glance, and what is left when nothing can be done now.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset, Utc};
use serde::Serialize;

use super::plan::{Plan, Standing};
use crate::incident::event::Outcome;
use crate::incident::{Incident, StepKey};
use crate::playbook::Playbook;
use crate::wording;

/// One line of the outline.
#[derive(Clone, Debug)]
pub struct OutlineRow {
    /// Number among the steps of the playbook, from 1.
    pub number: usize,
    /// Step and item.
    pub key: StepKey,
    /// Title, `{item}` filled in.
    pub title: String,
    /// The title of the step for all its items.
    pub title_of_all: String,
    /// How it came out, if it did.
    pub outcome: Option<Outcome>,
    /// Whether its condition holds; `None` while open.
    pub applies: Option<bool>,
    /// Numbers of the steps that must come first and have not.
    pub needs: Vec<usize>,
    /// True for the step being asked.
    pub here: bool,
    /// Whose it is, if it is assigned.
    pub owner: Option<String>,
    /// Of one that is set aside: for what it waits or whose it is, and until when.
    pub note: Option<String>,
}

impl OutlineRow {
    /// The rows of one step that are in the same state, together; each group where its first is.
    pub fn grouped(rows: &[Self]) -> Vec<Vec<&Self>> {
        let mut groups: Vec<Vec<&Self>> = Vec::new();
        for row in rows {
            let of_step = groups.iter_mut().rev().take_while(|group| group[0].number == row.number);
            match of_step.into_iter().find(|group| group[0].is_like(row)) {
                Some(group) => group.push(row),
                None => groups.push(vec![row]),
            }
        }
        groups
    }

    /// The title of rows that stand together: `Isolate each host: srv-01..srv-40`.
    pub fn title_of(alike: &[&Self]) -> String {
        let items: Vec<&str> = alike.iter().filter_map(|row| row.key.item.as_deref()).collect();
        match (alike, items.as_slice()) {
            ([one], _) | ([one, ..], []) => one.title.clone(),
            ([one, ..], items) => {
                format!("{}: {}", one.title_of_all, wording::few_of(items, 5))
            }
            ([], _) => String::new(),
        }
    }

    /// Whether another row is of the same step, in the same state.
    fn is_like(&self, other: &Self) -> bool {
        let stands = |row: &Self| {
            (row.number, row.outcome, row.applies, row.needs.clone(), row.note.clone())
        };
        stands(self) == stands(other)
    }

    /// Whether nothing was said of it, and it applies or may.
    pub fn is_open(&self) -> bool {
        self.outcome.is_none() && self.applies != Some(false)
    }
}

pub(super) fn rows(
    playbook: &Playbook,
    plan: &Plan,
    incident: &Incident,
    here: Option<&StepKey>,
) -> Vec<OutlineRow> {
    (0..plan.places.len())
        .map(|number| {
            let place = &plan.places[number];
            let key = place.key(playbook);
            OutlineRow {
                number: place.step + 1,
                title: place.title(playbook),
                title_of_all: {
                    let step = &playbook.steps[place.step];
                    step.fill(&step.title, None)
                },
                outcome: incident
                    .step(playbook.phase, &key)
                    // Of a duty whose notice was taken back, nothing is said.
                    .filter(|_| place.standing != Standing::Open)
                    .map(|state| {
                        // A legal duty that was met in another way.
                        let is_met =
                            place.standing == Standing::Settled && !state.outcome.is_settled();
                        if is_met { Outcome::Done } else { state.outcome }
                    }),
                applies: place.applies,
                needs: plan.unmet(playbook, number).map(|need| need + 1).collect(),
                here: here == Some(&key)
                    || here.is_some_and(|here| here.item.is_none() && here.step == key.step),
                owner: incident
                    .step(playbook.phase, &key)
                    .filter(|state| state.outcome == Outcome::Assigned)
                    .and_then(|state| state.owner.clone()),
                note: incident
                    .step(playbook.phase, &key)
                    .filter(|state| !state.outcome.is_settled())
                    .map(super::card::stands),
                key,
            }
        })
        .collect()
}

/// A step that is set aside.
#[derive(Clone, Debug, Serialize)]
pub struct Aside {
    /// Its title, with its item.
    #[serde(rename = "step")]
    pub title: String,
    /// Its number among the steps of the playbook, from 1.
    pub number: usize,
    /// Waiting, assigned or blocked.
    pub outcome: Outcome,
    /// To whom, for what or why.
    pub text: Option<String>,
    /// Who said so.
    pub by: String,
    /// When to look again.
    pub check_at: Option<DateTime<FixedOffset>>,
    /// Whether the text is marked privileged.
    pub privileged: bool,
}

impl Aside {
    /// A line for each, or for all items of a step in the same state, the overdue ones first.
    pub fn lines(all: &[Self], now: DateTime<Utc>) -> Vec<String> {
        let mut alike: Vec<(&Self, usize)> = Vec::new();
        let mut known = HashMap::new();
        for aside in all {
            let Self { number, outcome, text, by, check_at, .. } = aside;
            let place = *known.entry((number, outcome, text, by, check_at)).or_insert(alike.len());
            match alike.get_mut(place) {
                Some((_, more)) => *more += 1,
                None => alike.push((aside, 0)),
            }
        }
        alike.sort_by_key(|(aside, _)| !aside.is_over(now));
        let line = |(first, more): (&Self, usize)| match more {
            0 => first.line(now),
            more => {
                let title = format!("{} and {more} more", first.title);
                Self { title, ..first.clone() }.line(now)
            }
        };
        alike.into_iter().map(line).collect()
    }

    fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.check_at.is_some_and(|at| at <= now)
    }

    /// `blocked: Isolate web-03: no access, look again Mon 23 Nov 2026 04:30 +01:00 (in 2 h) (by Ada)`;
    /// once that time has passed, it starts with `OVERDUE`.
    pub fn line(&self, now: DateTime<Utc>) -> String {
        let text = self.text.as_ref().map(|text| format!(": {text}")).unwrap_or_default();
        let again = self.check_at.map(|at| {
            let relative = wording::relative(at.with_timezone(&Utc), now);
            format!(", look again {} ({relative})", wording::moment(at))
        });
        let again = again.unwrap_or_default();
        let late = if self.is_over(now) { "OVERDUE, " } else { "" };
        let mark = wording::privileged(self.privileged, &text);
        format!(
            "{late}{}: {}{text}{again} (by {}{mark})",
            self.outcome.as_str(),
            self.title,
            self.by
        )
    }
}

/// A step of which nothing was said.
#[derive(Clone, Debug)]
pub struct Open {
    /// Its number among the steps of the playbook, from 1.
    pub number: usize,
    /// Its title, with its item.
    pub title: String,
    /// Numbers of the steps that should come first.
    pub needs: Vec<usize>,
}

impl Open {
    /// `open: 14 Isolate web-03, after 12`.
    pub fn line(&self) -> String {
        let needs: Vec<String> = self.needs.iter().map(ToString::to_string).collect();
        let after = if needs.is_empty() { String::new() } else { ", after ".to_owned() };
        format!("open: {} {}{after}{}", self.number, self.title, wording::list(&needs))
    }
}

/// Where a phase stands when a walk pauses.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Steps of the playbook, counted once for each item.
    pub total: usize,
    /// How many of them are done, skipped or do not apply.
    pub settled: usize,
    /// Done.
    pub done: usize,
    /// Skipped.
    pub skipped: usize,
    /// Steps of the playbook, each counted once as on the card, and how many of them are settled for
    /// every item.
    pub steps: (usize, usize),
    /// Waiting, assigned or blocked.
    pub aside: Vec<Aside>,
    /// Open, some of them because they need what was set aside.
    pub open: Vec<Open>,
    /// When the next step comes up that only waits for its time.
    pub next_at: Option<DateTime<FixedOffset>>,
}

impl Summary {
    /// Counts the places of a plan.
    pub fn new(playbook: &Playbook, plan: &Plan, incident: &Incident) -> Self {
        let mut summary = Self { next_at: plan.ripens(playbook), ..Self::default() };
        for (number, place) in plan.places.iter().enumerate() {
            summary.total += 1;
            if !plan.concerns(number) {
                summary.settled += 1;
                continue;
            }
            let key = place.key(playbook);
            let title = place.title(playbook);
            match (place.standing, incident.step(playbook.phase, &key)) {
                (Standing::Aside, Some(state)) => {
                    summary.aside.push(Aside {
                        title,
                        number: place.step + 1,
                        outcome: state.outcome,
                        text: state.said(),
                        by: state.by.clone(),
                        check_at: state.check_at,
                        privileged: state.is_privileged,
                    });
                }
                (Standing::Settled, state) => {
                    summary.settled += 1;
                    match state.map(|state| state.outcome) {
                        // A legal duty that was met in another way.
                        None | Some(Outcome::Done) => summary.done += 1,
                        Some(Outcome::Skipped) => summary.skipped += 1,
                        Some(_) => {}
                    }
                }
                _ => summary.open.push(Open {
                    number: place.step + 1,
                    title,
                    needs: plan.unmet(playbook, number).map(|need| need + 1).collect(),
                }),
            }
        }
        let all = 0..playbook.steps.len();
        summary.steps = (all.len(), all.filter(|&step| plan.is_settled(step)).count());
        summary
    }

    /// Whether the phase is at its end.
    pub fn is_complete(&self) -> bool {
        self.settled == self.total
    }
}

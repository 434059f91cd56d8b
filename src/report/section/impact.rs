//! Who and what was affected: each count with what it counts, how it is meant, and what it was before.

use chrono::{DateTime, FixedOffset};
use schemars::JsonSchema;
use serde::Serialize;

use super::groups::{Described, Groups};
use super::written::Written;
use crate::fact::names::GROUPS_OVERLAP;
use crate::fact::{Basis, FactType, Topic, Value, When, place_named};
use crate::incident::FactChange;
use crate::report::gate::{Audience, Class, Text};
use crate::report::material::Build;
use crate::report::measure::Interval;
use crate::report::measure::interval::second;
use crate::wording::grouped;

/// What was affected.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Impact {
    /// Counts with their history. They overlap, so they are never added.
    pub counts: Vec<Tallied>,
    /// The groups that make up the people affected.
    pub groups: Option<Groups>,
    /// The groups described separately because each lost other data, with the number of their people by
    /// place.
    pub described: Vec<Described>,
    /// Classes of data, systems and the like.
    pub scope: Vec<Written>,
    /// What it did to the organisation, what was not affected, what it cost.
    pub written: Vec<Written>,
}

/// A count of something.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Tallied {
    /// Name of the fact.
    pub fact: String,
    /// What is counted, in words.
    pub title: Text,
    /// The unit: people, cards, accounts, records, transactions.
    pub unit: String,
    /// Whether it says how many are affected, and not, say, how many were told.
    pub affected: bool,
    /// The jurisdiction, if it counts the people of one.
    pub place: Option<String>,
    /// The name of the jurisdiction.
    pub place_name: Option<String>,
    /// The recorded values, oldest first. The last one counts; it replaces the others.
    pub values: Vec<Counted>,
    /// How many values after the first are not listed.
    pub omitted: usize,
    /// From the first number to the latest, if they differ.
    pub drift: Option<Drift>,
}

/// How much a number changed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Drift {
    /// The latest minus the first; none if either is a bound.
    pub difference: Option<i64>,
    /// The same as a percentage of the first, rounded; none if that is zero.
    pub percent: Option<i64>,
    /// The time between the two: when each was said or, if unknown, recorded.
    pub over: Interval,
    /// In words: `about 380,000 people to about 429,612 people (about +49,612, +13%) in 49 days`.
    pub shown: String,
}

impl Drift {
    fn over(values: &[Counted]) -> Option<Self> {
        let mut known = values.iter().filter(|value| value.n.is_some());
        let (first, last) = (known.next()?, known.next_back()?);
        if (first.n, first.basis) == (last.n, last.basis) {
            return None;
        }
        let when = |value: &Counted| value.said.clone().unwrap_or_else(|| second(value.at));
        let over = Interval::between(&when(first), &when(last));
        let bound = |value: &Counted| matches!(value.basis, Some(Basis::AtLeast | Basis::AtMost));
        let (from, to) = (i128::from(first.n?), i128::from(last.n?));
        let moved = to - from;
        let difference = i64::try_from(moved).ok().filter(|_| !bound(first) && !bound(last));
        let half = from * moved.signum();
        let percent = difference.filter(|_| from > 0).map(|_| (200 * moved + half) / (2 * from));
        let percent = percent.and_then(|percent| i64::try_from(percent).ok());
        let sign = if moved < 0 { "-" } else { "+" };
        let exact = [first, last].iter().all(|value| value.basis == Some(Basis::Exact));
        let about = if exact { "" } else { "about " };
        let share = percent.map(|n| format!(", {sign}{}%", grouped(&n.unsigned_abs().to_string())));
        let share = share.unwrap_or_default();
        let by = difference.map(|by| {
            format!(" ({about}{sign}{}{share})", grouped(&by.unsigned_abs().to_string()))
        });
        let (before, after, by) = (&first.shown, &last.shown, by.unwrap_or_default());
        let shown = format!("{before} to {after}{by} in {}", over.shown);
        Some(Self { difference, percent, over, shown })
    }
}

impl Tallied {
    /// What is counted, with the name of the place.
    pub fn called(&self) -> String {
        let place = self.place_name.as_ref().map(|place| format!(", {place}")).unwrap_or_default();
        format!("{}{place}", self.title.as_str())
    }

    /// The latest number; none if nobody counted. "At least one" person in a place says only that some
    /// live there.
    pub fn latest(&self) -> Option<&Counted> {
        let is_place = self.place.is_some();
        self.values.last().filter(|value| match (value.n, value.basis) {
            (Some(n), Some(Basis::AtLeast)) => n > 1 || !is_place,
            (n, _) => n.is_some(),
        })
    }
}

/// A value that was recorded for a count.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Counted {
    /// The number; none: unknown.
    pub n: Option<u64>,
    /// What kind of number it is.
    pub basis: Option<Basis>,
    /// In words: `about 429,612 people`.
    pub shown: String,
    /// Since when it is on record.
    pub at: DateTime<FixedOffset>,
    /// When it was said, if that was not when it was recorded.
    pub said: Option<When>,
    /// Who said so.
    pub by: Text,
    /// Where it comes from.
    pub why: Option<Text>,
}

/// Values of a number that are listed.
const VALUES: usize = 50;

/// The first value and the latest ones, and how many there are between.
fn few(history: &[FactChange]) -> (Vec<&FactChange>, usize) {
    let omitted = history.len().saturating_sub(VALUES);
    let between = |(number, _): &(usize, _)| *number == 0 || *number > omitted;
    let listed = history.iter().enumerate().filter(between).map(|(_, change)| change);
    (listed.collect(), omitted)
}

impl Build<'_> {
    pub(in crate::report) fn impact(&self) -> Impact {
        let counts = self.gather.incident.facts.keys().flat_map(|name| self.tallied(name));
        Impact {
            counts: counts.collect(),
            groups: self.groups(),
            described: self.described(),
            scope: self.writings(Topic::Scope),
            written: self.writings(Topic::Impact),
        }
    }

    /// The numbers of a fact: one, or one for each place that it names last. A place that was taken off,
    /// because its regions are counted instead, is nobody's gap.
    fn tallied(&self, name: &str) -> Vec<Tallied> {
        let Some(fact) = self.vocabulary.get(name) else { return Vec::new() };
        // How many are in two groups is told with the groups.
        if name == GROUPS_OVERLAP || self.is_withheld(name) {
            return Vec::new();
        }
        // Everybody reads how many are affected, and no other numbers.
        let is_told = fact.counts_affected() || self.gate.audience() != Audience::Public;
        if !matches!(fact.kind, FactType::Count | FactType::People) || !is_told {
            return Vec::new();
        }
        self.told.borrow_mut().insert(name.to_owned());
        let (history, omitted) = few(self.history(name));
        let counted = |n: Option<(u64, Basis)>, shown: String, change: &FactChange| Counted {
            n: n.map(|(n, _)| n),
            basis: n.map(|(_, basis)| basis),
            shown,
            at: change.at,
            said: change.occurred.clone(),
            by: self.gate.person(&change.by),
            why: self.gate.option(Class::Reason, change.why.as_deref()),
        };
        let tallied = |place: Option<String>, values: Vec<Counted>| Tallied {
            fact: name.to_owned(),
            title: self.gate.id(&fact.title),
            affected: fact.counts_affected(),
            unit: fact.of.clone().unwrap_or_else(|| "people".to_owned()),
            place_name: place.as_deref().map(place_named),
            place,
            drift: Drift::over(&values),
            values,
            omitted,
        };
        if fact.kind == FactType::Count {
            let values = history.iter().map(|change| {
                let n = match &change.value {
                    Value::Count(count) => Some((count.n, count.basis)),
                    _ => None,
                };
                counted(n, grouped(&change.value.show(Some(fact))), change)
            });
            return vec![tallied(None, values.collect())];
        }
        let last = history.iter().rev().find_map(|change| match &change.value {
            Value::People(people) => Some(people),
            _ => None,
        });
        let mut places: Vec<&String> = last.into_iter().flat_map(|last| last.by.keys()).collect();
        places.retain(|place| self.gather.reach.place(place));
        let of = |place: &String| {
            let mut values: Vec<Counted> = Vec::new();
            for change in &history {
                let count = match &change.value {
                    Value::People(people) => people.by.get(place),
                    _ => None,
                };
                let shown = match count {
                    Some(count) if count.n > 0 || count.basis != Basis::AtLeast => {
                        grouped(&Value::Count(count.clone()).show(None))
                    }
                    _ => "unknown".to_owned(),
                };
                if values.last().is_none_or(|last| last.shown != shown) {
                    values.push(counted(count.map(|count| (count.n, count.basis)), shown, change));
                }
            }
            tallied(Some(place.clone()), values)
        };
        places.into_iter().map(of).collect()
    }
}

//! The groups of which the people affected consist. Nothing adds them unless somebody said how many
//! are in more than one.

use schemars::JsonSchema;
use serde::Serialize;

use crate::fact::names::{AFFECTED_GROUPS, DATA_CLASSES, GROUPS_OVERLAP, PERSONS_AFFECTED};
use crate::fact::{Basis, Count, Value, place_named};
use crate::incident::event;
use crate::report::gate::{Class, Text};
use crate::report::material::Build;
use crate::report::measure::Presence;
use crate::wording::grouped;

/// Groups of people affected.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Groups {
    /// Each group, in the order they were named.
    pub groups: Vec<Group>,
    /// Whether it is known how many are in more than one group.
    pub overlap: Presence,
    /// How many are in more than one group, in words.
    pub overlap_shown: Option<String>,
    /// The sum without those counted twice; none if the groups may not be added.
    pub sum: Option<u64>,
    /// The sum in words, and whether it matches the number of people affected on record.
    pub shown: String,
    /// Whether the sum is the number of people affected that is on record.
    pub agrees: Option<bool>,
}

/// A group.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Group {
    /// How many; none if the item does not start with a number.
    pub n: Option<u64>,
    /// What kind of number it is.
    pub basis: Option<Basis>,
    /// The number in words; empty without one.
    pub shown: String,
    /// Who or what they are.
    pub what: Text,
}

/// A group described separately because it lost other data.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Described {
    /// Its name.
    pub name: Text,
    /// The data that it lost, in words.
    pub lost: Vec<String>,
    /// The number of its people in each place, by place name; empty if nobody counted.
    pub people: Vec<String>,
}

impl Build<'_> {
    /// The groups that letters are written to, as far as this audience may see them.
    pub(in crate::report) fn described(&self) -> Vec<Described> {
        let classes = self.vocabulary.get(DATA_CLASSES);
        let groups = self.gather.incident.groups.iter();
        let told = groups.filter_map(|group| {
            let lost = |id: &String| Value::Choice(id.clone()).show(classes);
            if !self.reaches(group) {
                return None;
            }
            let by = group.people.iter().flat_map(|people| &people.by);
            let by = by.filter(|(place, _)| self.gather.reach.place(place));
            Some(Described {
                name: self.gate.text(Class::Cause, &group.name)?,
                lost: group.classes.iter().map(lost).collect(),
                people: by
                    .map(|(place, n)| format!("{}: {}", place_named(place), words(n)))
                    .collect(),
            })
        });
        told.collect()
    }

    /// Whether an audience is told of a group: of people who all live elsewhere an authority is not.
    fn reaches(&self, group: &event::Group) -> bool {
        let mut places = group.people.iter().flat_map(|people| people.by.keys()).peekable();
        places.peek().is_none() || places.any(|place| self.gather.reach.place(place))
    }

    /// What is on record of some groups alone, each answer once, where it is not what is said of everybody.
    pub(in crate::report) fn of_some(&self, name: &str, all: &Value) -> Vec<Value> {
        let mut own: Vec<Value> = Vec::new();
        for group in self.gather.incident.groups.iter().filter(|group| self.reaches(group)) {
            let differs = |value: &Value| value != all && !own.contains(value);
            own.extend(group.own(name).filter(differs));
        }
        own
    }

    pub(in crate::report) fn groups(&self) -> Option<Groups> {
        let told = [AFFECTED_GROUPS, GROUPS_OVERLAP].map(str::to_owned);
        self.told.borrow_mut().extend(told);
        let items = match &self.history(AFFECTED_GROUPS).last()?.value {
            Value::List(items) if !items.is_empty() => items,
            _ => return None,
        };
        // Numbers mean nothing without saying whom they count, and those words were not released.
        let seen = |item: &String| self.gate.text(Class::Cause, item).is_some();
        if !items.iter().all(seen) {
            return None;
        }
        let counts: Vec<(Option<Count>, &str)> = items.iter().map(|item| read(item)).collect();
        let groups = counts.iter().map(|(count, what)| Group {
            n: count.as_ref().map(|count| count.n),
            basis: count.as_ref().map(|count| count.basis),
            shown: count.as_ref().map(words).unwrap_or_default(),
            what: self.gate.id(what),
        });
        let overlap = match self.count(GROUPS_OVERLAP) {
            Some(count) => (Presence::Given, Some(count)),
            None if self.is_withheld(GROUPS_OVERLAP) => (Presence::Withheld, None),
            None if self.history(GROUPS_OVERLAP).is_empty() => (Presence::Missing, None),
            None => (Presence::Unknown, None),
        };
        let total = self.count(PERSONS_AFFECTED);
        let sum = overlap.1.as_ref().and_then(|overlap| {
            let added: Option<Vec<&Count>> = counts.iter().map(|(n, _)| n.as_ref()).collect();
            added.and_then(|added| sum(&added, overlap))
        });
        let agrees = sum.as_ref().zip(total.as_ref()).map(|(sum, total)| sum.n == total.n);
        let shown = match (&sum, agrees) {
            (None, _) if overlap.1.is_some() => {
                "a group has no number, so they are not added".to_owned()
            }
            (None, _) => "they may overlap, so they are not added".to_owned(),
            (Some(sum), Some(true)) => {
                format!(
                    "{} people in total, which matches the number of people affected on record",
                    words(sum)
                )
            }
            (Some(sum), Some(false)) => format!(
                "{} people in total, which does NOT match the number of people affected on record",
                words(sum)
            ),
            (Some(sum), None) => format!("{} people in total", words(sum)),
        };
        Some(Groups {
            groups: groups.collect(),
            overlap: overlap.0,
            overlap_shown: overlap.1.as_ref().map(words),
            sum: sum.map(|sum| sum.n),
            shown,
            agrees,
        })
    }

    /// The number that a fact says.
    fn count(&self, name: &str) -> Option<Count> {
        match &self.history(name).last()?.value {
            Value::Count(count) => Some(count.clone()),
            _ => None,
        }
    }
}

/// The sum less those who were counted twice. It is no better than its worst part.
fn sum(groups: &[&Count], overlap: &Count) -> Option<Count> {
    let all = groups.iter().try_fold(0_u64, |sum, group| sum.checked_add(group.n))?;
    let mut parts = groups.iter().copied().chain(std::iter::once(overlap));
    let basis =
        if parts.all(|part| part.basis == Basis::Exact) { Basis::Exact } else { Basis::About };
    Some(Count { n: all.checked_sub(overlap.n)?, basis })
}

/// `about 77,000: card number and security code`.
fn read(item: &str) -> (Option<Count>, &str) {
    let parts = item.split_once(':');
    let read = parts.and_then(|(n, what)| Some((Count::parse(n)?, what.trim())));
    read.map_or((None, item), |(count, what)| (Some(count), what))
}

fn words(count: &Count) -> String {
    grouped(&Value::Count(count.clone()).show(None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounded_parts_make_an_approximate_sum() {
        let parts: Vec<Count> = ["about 244000", "77,000", "at most 612"]
            .iter()
            .filter_map(|text| Count::parse(text))
            .collect();
        let parts: Vec<&Count> = parts.iter().collect();
        let of = |overlap: &str| sum(&parts, &Count::parse(overlap).expect("a number"));
        assert_eq!(of("0").map(|sum| words(&sum)).as_deref(), Some("about 321,612"));
        assert_eq!(of("about 600").map(|sum| words(&sum)).as_deref(), Some("about 321,012"));
        assert_eq!(of("400000"), None, "more than all of them cannot be in two groups");
    }

    #[test]
    fn an_item_begins_with_its_number() {
        assert_eq!(read("about 77,000: card number").1, "card number");
        assert_eq!(read("staff: all of them"), (None, "staff: all of them"));
        assert_eq!(read("staff"), (None, "staff"));
    }
}

//! Groups of people beside the people on record: what does not fit is said, never repaired.

use std::collections::BTreeSet;

use crate::fact::{Basis, Count, People, Value, names};
use crate::incident::Incident;
use crate::incident::event::Group;
use crate::wording;

impl Group {
    /// Which of these groups share people with it, whichever of the two said so.
    pub fn shares_with<'g>(&'g self, groups: &'g [Self]) -> Vec<&'g str> {
        let others = groups.iter().filter(|other| other.name != self.name);
        let shares = others.filter(|other| {
            self.overlaps.contains(&other.name) || other.overlaps.contains(&self.name)
        });
        shares.map(|other| other.name.as_str()).collect()
    }

    /// Two descriptions that knew nothing of each other: it lost what either of them says, and what
    /// else differs is not known.
    pub(super) fn or(mut self, other: &Self) -> Self {
        for (own, more) in
            [(&mut self.classes, &other.classes), (&mut self.overlaps, &other.overlaps)]
        {
            let fresh = more.iter().filter(|one| !own.contains(one)).cloned();
            let fresh: Vec<String> = fresh.collect();
            own.extend(fresh);
        }
        self.people = self.people.filter(|people| other.people.as_ref() == Some(people));
        self.offer = self.offer.filter(|offer| other.offer.as_ref() == Some(offer));
        self.alone &= other.alone;
        self
    }
}

impl Incident {
    /// What differs between the groups and the people and classes on record, a sentence each.
    pub fn group_differences(&self) -> Vec<String> {
        let mut told = Vec::new();
        if self.groups.is_empty() {
            return told;
        }
        let unknown: Vec<&str> = self
            .groups
            .iter()
            .filter(|group| !group.alone && group.shares_with(&self.groups).is_empty())
            .filter(|_| self.groups.len() > 1)
            .map(|group| group.name.as_str())
            .collect();
        if !unknown.is_empty() {
            told.push(format!(
                "nobody said whether {} may share people with another group, so their numbers \
                 are not added up: `breach group set NAME --overlaps none`, or name the groups",
                wording::ticked(&unknown)
            ));
        }
        told.extend(self.group_contradictions());
        told
    }

    /// What cannot be true together of the groups and the record, a sentence each.
    pub fn group_contradictions(&self) -> Vec<String> {
        let mut told = Vec::new();
        if self.groups.is_empty() {
            return told;
        }
        self.classes_apart(&mut told);
        if let Some(Value::People(people)) = self.fact_value(names::PEOPLE_AFFECTED) {
            self.people_apart(people, &mut told);
        }
        // An estimate contradicts no number near it, and nobody can say what is near.
        if let Some(Value::Count(all)) = self.fact_value(names::PERSONS_AFFECTED)
            && all.basis != Basis::About
        {
            self.total_apart(all, &mut told);
        }
        told
    }

    /// Groups of which one, or all together, are more or fewer people than there are.
    fn total_apart(&self, all: &Count, told: &mut Vec<String>) {
        let (least, most) = all.bounds();
        let (low, high) = self.in_groups(&self.groups.iter().collect::<Vec<_>>());
        if most.is_some_and(|most| low > most) || high.is_some_and(|high| high < least) {
            let groups = between(low, high);
            let total = Value::Count(all.clone()).show(None);
            told.push(format!(
                "the groups have {groups} people, `{}` has {total}",
                names::PERSONS_AFFECTED
            ));
        }
    }

    /// Bounds of the number of people in these groups: the sum where nobody is in two of them, and
    /// otherwise at least the largest.
    pub fn in_groups(&self, groups: &[&Group]) -> (u64, Option<u64>) {
        let is_sum = groups.iter().all(|group| group.alone) || groups.len() == 1;
        let totals = groups.iter().map(|group| group.people.as_ref().map(People::total));
        totals.fold((0, Some(0)), |(low, high), total| {
            let (least, most) = total.unwrap_or((0, None));
            let low = if is_sum { low.saturating_add(least) } else { low.max(least) };
            (low, high.zip(most).map(|(high, most): (u64, u64)| high.saturating_add(most)))
        })
    }

    /// Classes that are on record and no group lost, and the other way round.
    fn classes_apart(&self, told: &mut Vec<String>) {
        let Some(Value::Choices(recorded)) = self.fact_value(names::DATA_CLASSES) else { return };
        let recorded: BTreeSet<&str> = recorded.iter().map(String::as_str).collect();
        let lost: BTreeSet<&str> =
            self.groups.iter().flat_map(|group| &group.classes).map(String::as_str).collect();
        for (classes, says) in [
            (recorded.difference(&lost), "on record as affected, and no group lost it"),
            (lost.difference(&recorded), "lost by a group, and not on record in `data_classes`"),
        ] {
            let classes: Vec<&&str> = classes.collect();
            if !classes.is_empty() {
                told.push(format!("{}: {says}", wording::ticked(&classes)));
            }
        }
    }

    /// Places where the groups do not make up the people on record.
    fn people_apart(&self, people: &People, told: &mut Vec<String>) {
        let counted = self.groups.iter().filter_map(|group| group.people.as_ref());
        let of_groups: Vec<&People> = counted.collect();
        if of_groups.len() < self.groups.len() {
            return;
        }
        let is_sum = self.groups.iter().all(|group| group.alone) || self.groups.len() == 1;
        let places: BTreeSet<&String> =
            of_groups.iter().flat_map(|group| group.by.keys()).chain(people.by.keys()).collect();
        for place in places {
            let (least, most) = people.of(place);
            let all = of_groups.iter().map(|group| group.of(place));
            // One person can be in several groups: the largest is then the least there can be.
            let (mut low, mut high) = (0_u64, Some(0_u64));
            for (one_least, one_most) in all {
                low = if is_sum { low.saturating_add(one_least) } else { low.max(one_least) };
                high = high.zip(one_most).map(|(high, one)| high.saturating_add(one));
            }
            if most.is_some_and(|most| low > most) || high.is_some_and(|high| high < least) {
                let high = between(low, high);
                let recorded = people.number_in(place);
                told.push(format!(
                    "{place}: the groups have {high} people, `people_affected` has {recorded}"
                ));
            }
        }
    }
}

/// A number by its bounds.
fn between(low: u64, high: Option<u64>) -> String {
    match high {
        Some(high) if high == low => high.to_string(),
        Some(high) => format!("{low} to {high}"),
        None => format!("at least {low}"),
    }
}

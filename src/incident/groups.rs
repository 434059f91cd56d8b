//! Groups of people beside the people on record: what does not fit is said, never repaired.

use std::collections::BTreeSet;

use crate::fact::{People, Value, names};
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
        self.classes_apart(&mut told);
        if let Some(Value::People(people)) = self.fact_value(names::PEOPLE_AFFECTED) {
            self.people_apart(people, &mut told);
        }
        told
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
                let high = match high {
                    Some(high) if high == low => high.to_string(),
                    Some(high) => format!("{low} to {high}"),
                    None => format!("at least {low}"),
                };
                let recorded = people.number_in(place);
                told.push(format!(
                    "{place}: the groups have {high} people, `people_affected` has {recorded}"
                ));
            }
        }
    }
}

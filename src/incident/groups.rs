//! Groups of people beside the people on record: what does not fit is said, never repaired.

use std::collections::BTreeSet;

use crate::fact::{Count, People, Value, names};
use crate::incident::Incident;
use crate::incident::event::Group;
use crate::wording;

/// In the place of a choice: nobody knows.
const UNKNOWN: &str = "unknown";

impl Group {
    /// What is said of the group alone about what was done with its data, or what became of it.
    pub fn own(&self, fact: &str) -> Option<Value> {
        let own = match fact {
            names::DATA_ACCESS => self.access.as_ref(),
            names::DATA_PUBLISHED => self.published.as_ref(),
            _ => None,
        };
        own.map(|id| if id == UNKNOWN { Value::Unknown } else { Value::Choice(id.clone()) })
    }

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
        for (own, other) in
            [(&mut self.access, &other.access), (&mut self.published, &other.published)]
        {
            if own != other {
                *own = Some(UNKNOWN.to_owned());
            }
        }
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
        if let Some(Value::Count(all)) = self.fact_value(names::PERSONS_AFFECTED) {
            self.total_apart(all, &mut told);
        }
        told
    }

    /// Groups of which one, or all together, are more or fewer people than there are.
    fn total_apart(&self, all: &Count, told: &mut Vec<String>) {
        let groups: Vec<&Group> = self.groups.iter().collect();
        let groups = in_groups(&groups, People::total);
        if differ(groups, all.firm().bounds()) {
            let groups = wording::between(groups);
            let total = Value::Count(all.clone()).show(None);
            told.push(format!(
                "the groups have {groups} people, `{}` has {total}",
                names::PERSONS_AFFECTED
            ));
        }
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
        let groups: Vec<&Group> = self.groups.iter().collect();
        let of_groups = groups.iter().filter_map(|group| group.people.as_ref());
        let places: BTreeSet<&String> =
            of_groups.flat_map(|group| group.by.keys()).chain(people.by.keys()).collect();
        let firm = people.firm();
        for place in places {
            let groups = in_groups(&groups, |group| group.of(place));
            if differ(groups, firm.of(place)) {
                let (groups, recorded) = (wording::between(groups), people.number_in(place));
                told.push(format!(
                    "{place}: the groups have {groups} people, `people_affected` has {recorded}"
                ));
            }
        }
    }
}

/// Bounds of the number of people in these groups, of whom `of` counts those who are meant: the sum
/// where nobody is in two groups, and otherwise at least the largest. Estimates count as unknown.
pub fn in_groups(
    groups: &[&Group],
    of: impl Fn(&People) -> (u64, Option<u64>),
) -> (u64, Option<u64>) {
    let is_sum = groups.iter().all(|group| group.alone) || groups.len() == 1;
    groups.iter().fold((0, Some(0)), |(low, high), group| {
        let (least, most) = group.people.as_ref().map_or((0, None), |people| of(&people.firm()));
        let low = if is_sum { low.saturating_add(least) } else { low.max(least) };
        (low, high.zip(most).map(|(high, most): (u64, u64)| high.saturating_add(most)))
    })
}

/// Whether two numbers, each by its bounds, cannot be the same.
fn differ((low, high): (u64, Option<u64>), (least, most): (u64, Option<u64>)) -> bool {
    most.is_some_and(|most| low > most) || high.is_some_and(|high| high < least)
}

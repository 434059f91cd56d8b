//! Counts of accounts and cards beside the groups of those to whom they belong.

use super::classes;
use crate::fact::{People, Value};
use crate::incident::event::Group;
use crate::incident::{Incident, in_groups};

/// Counts that are smaller than the groups of those to whom they belong, each with that number of
/// people: every one of them has at least one.
pub fn fewer_than_groups(incident: &Incident) -> Vec<(&str, u64)> {
    let mut counts: Vec<&str> =
        classes().iter().filter_map(|class| class.fewer.as_deref()).collect();
    counts.sort_unstable();
    counts.dedup();
    let fewer = counts.into_iter().filter_map(|name| {
        let Value::Count(count) = incident.fact_value(name)? else { return None };
        let of = |id: &String| {
            let class = classes().iter().find(|class| class.id == *id);
            class.is_some_and(|class| class.fewer.as_deref() == Some(name))
        };
        let lost: Vec<&Group> =
            incident.groups.iter().filter(|group| group.classes.iter().any(of)).collect();
        let (people, _) = in_groups(&lost, People::total);
        let (_, most) = count.firm().bounds();
        (people > most?).then_some((name, people))
    });
    fewer.collect()
}

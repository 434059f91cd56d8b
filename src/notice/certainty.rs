//! How certain it is what was done with data: what evidence shows, and what was determined beyond it.

use super::facts::NoticeFacts;
use crate::fact::{Value, names};
use crate::incident::Incident;
use crate::incident::event::Group;

/// What somebody determines beyond what evidence shows.
pub const BELIEVED: [&str; 2] =
    [names::ACQUISITION_REASONABLY_BELIEVED, names::ACCESS_REASONABLY_BELIEVED];

/// In the place of an option of `data_access`: nothing shows it, and somebody determined that it is
/// believed. Every language has words for them.
pub(super) const ACQUIRED: &str = "acquired-believed";
pub(super) const OPENED: &str = "opened-believed";

/// What was done with the data of a group, or of everybody. A doubt never stands beside a determination
/// that says the opposite; what is on record of a group alone is not changed by what was determined of all.
pub(super) fn done(known: &NoticeFacts<'_>, group: Option<&Group>) -> Option<Value> {
    let own = group.and_then(|group| group.own(names::DATA_ACCESS));
    own.or_else(|| {
        let said = (known.value)(names::DATA_ACCESS)?;
        Some(determined(known.value, said).unwrap_or_else(|| said.clone()))
    })
}

/// What was determined beyond what evidence shows, if anything was.
fn determined<'v>(known: &dyn Fn(&str) -> Option<&'v Value>, shown: &Value) -> Option<Value> {
    let Value::Choice(id) = shown else { return None };
    let is_believed = |name: &str| known(name) == Some(&Value::YesNo(true));
    let beyond = match id.as_str() {
        "seen" | "reachable" if is_believed(names::ACQUISITION_REASONABLY_BELIEVED) => ACQUIRED,
        "reachable" if is_believed(names::ACCESS_REASONABLY_BELIEVED) => OPENED,
        _ => return None,
    };
    Some(Value::Choice(beyond.to_owned()))
}

/// Groups in all of which somebody is, each with what is on record of it or else of everybody.
pub fn each_of(groups: &[&Group], incident: &Incident) -> Vec<Group> {
    let known = |name: &str| incident.fact_value(name);
    let of_all = |name: &str| match known(name)? {
        said @ Value::Choice(id) => match determined(&known, said) {
            Some(Value::Choice(beyond)) => Some(beyond),
            _ => Some(id.clone()),
        },
        _ => None,
    };
    let each = groups.iter().map(|group| Group {
        access: group.access.clone().or_else(|| of_all(names::DATA_ACCESS)),
        published: group.published.clone().or_else(|| of_all(names::DATA_PUBLISHED)),
        ..(*group).clone()
    });
    each.collect()
}

/// The groups on record as less certain than what was determined of the incident.
pub fn less_than_determined<'g, 'v>(
    known: &dyn Fn(&str) -> Option<&'v Value>,
    told: &[&'g Group],
) -> Vec<&'g String> {
    let is_less = |group: &&&Group| {
        group.own(names::DATA_ACCESS).is_some_and(|own| determined(known, &own).is_some())
    };
    told.iter().filter(is_less).map(|group| &group.name).collect()
}

/// What became of the data of a group, or of everybody.
pub(super) fn since(known: &NoticeFacts<'_>, group: Option<&Group>) -> Option<Value> {
    let own = group.and_then(|group| group.own(names::DATA_PUBLISHED));
    own.or_else(|| (known.value)(names::DATA_PUBLISHED).cloned())
}

/// How certain it is that data was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Taken {
    /// Evidence shows otherwise, or nothing of the kind.
    No,
    /// Nobody said.
    Open,
    /// It is believed, and nothing shows it.
    Believed,
    /// It is probable.
    Likely,
    /// Evidence shows it.
    Yes,
}

impl Taken {
    pub(super) fn of(done: Option<&Value>) -> Self {
        match done {
            Some(Value::Choice(id)) => match id.as_str() {
                "copied-confirmed" => Self::Yes,
                "copied-likely" => Self::Likely,
                ACQUIRED => Self::Believed,
                _ => Self::No,
            },
            _ => Self::Open,
        }
    }
}

/// How certain it is of each of those who are told of.
pub(super) fn taken(known: &NoticeFacts<'_>, told: &[&Group]) -> Vec<Taken> {
    of_each(done, known, told).iter().map(|done| Taken::of(done.as_ref())).collect()
}

/// Whether evidence shows of all who are told of that nobody opened their data.
pub(super) fn is_ruled_out(known: &NoticeFacts<'_>, told: &[&Group]) -> bool {
    let is_out = |done: Option<Value>| matches!(done, Some(Value::Choice(id)) if id == "excluded");
    of_each(done, known, told).into_iter().all(is_out)
}

/// What became of the data of those who are told of, other than that nobody found a sign of anything.
pub(super) fn exposed(known: &NoticeFacts<'_>, told: &[&Group]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for value in of_each(since, known, told).into_iter().flatten() {
        match value {
            Value::Choice(id) if id != "no-sign" && !ids.contains(&id) => ids.push(id),
            _ => {}
        }
    }
    ids
}

/// What is so of each of these groups, or of everybody if there are no groups.
fn of_each(
    what: fn(&NoticeFacts<'_>, Option<&Group>) -> Option<Value>,
    known: &NoticeFacts<'_>,
    told: &[&Group],
) -> Vec<Option<Value>> {
    if known.groups.is_empty() {
        return vec![what(known, None)];
    }
    told.iter().map(|group| what(known, Some(group))).collect()
}

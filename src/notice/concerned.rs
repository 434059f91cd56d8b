//! Whom a notice concerns: the groups that its law protects and that its reader serves, and what is on
//! record of them alone.

use super::of_group::{are_everybody, facts_of, is_empty, is_told, may_be_in, number_of, place_of};
use super::support::serves;
use super::{Language, Reader};
use crate::fact::{Basis, Count, People, Value, names};
use crate::incident::event::Group;
use crate::incident::{Incident, in_groups};
use crate::regime::{Duty, Regime};

/// The value of a fact.
type Known<'a, 'v> = &'a dyn Fn(&str) -> Option<&'v Value>;

/// Elements of the laws of US states, each with the classes of data of which it is part.
const ELEMENTS: [(&str, &[&str]); 9] = [
    ("driving-licence", &["government-id"]),
    ("passport", &["government-id"]),
    ("military-id", &["government-id"]),
    ("tribal-id", &["government-id"]),
    ("student-id", &["government-id"]),
    ("government-number", &["government-id"]),
    ("account-code", &["bank", "card-number", "card-track-pin", "financial"]),
    ("routing-code", &["bank", "financial"]),
    ("work-evaluations", &["employment"]),
];

/// Why a law does not protect a group, if it does not.
pub fn unprotected<'r>(group: &Group, regime: Option<&'r Regime>) -> Option<&'r str> {
    let mut not_of = regime?.not_of.iter();
    let why = not_of.find(|(class, _)| group.classes.contains(class));
    why.map(|(_, words)| words.as_str())
}

/// Whether what these people lost does not meet the test of a duty that what everybody lost may meet.
pub fn misses_test(duty: &Duty, groups: &[&Group], incident: &Incident) -> bool {
    let all = |name: &str| incident.fact_value(name);
    let mut own = facts_of(groups, incident);
    // How many they are does not count: a law that asks for a number asks for everybody's.
    let lost = [names::DATA_CLASSES, names::DATA_ACCESS, names::DATA_PUBLISHED];
    own.retain(|(name, _)| lost.contains(name));
    let theirs = |name: &str| {
        let own = own.iter().find(|(of, _)| *of == name).map(|(_, value)| value);
        own.or_else(|| all(name))
    };
    fails(duty, &theirs) && !fails(duty, &all)
}

/// Whether the test of a duty is not met, or an exemption lifts it.
fn fails(duty: &Duty, known: Known<'_, '_>) -> bool {
    duty.when.as_ref().is_some_and(|when| when.holds(known) == Some(false))
        || duty.unless.iter().any(|(lifted, _)| lifted.holds(known) == Some(true))
}

/// The groups of which a reader is told, of all: those that the law protects and whose language the
/// agents speak who read it. All of them if there would be none.
pub fn concerned(
    all: &[Group],
    (reader, language): (Reader, &Language),
    regime: Option<&Regime>,
) -> Vec<Group> {
    let is_served = |group: &Group| match &group.people {
        Some(people) if reader == Reader::Support => {
            let mut places = people.by.keys();
            places.any(|place| people.of(place).1 != Some(0) && serves(language, place))
        }
        _ => true,
    };
    let concerns = |group: &&Group| unprotected(group, regime).is_none() && is_served(group);
    let told = all.iter().filter(concerns).map(|group| {
        // What is on record of those who are left out stays so.
        let overlaps = group.shares_with(all).into_iter().map(str::to_owned).collect();
        Group { overlaps, ..group.clone() }
    });
    let told: Vec<Group> = told.collect();
    if told.is_empty() { all.to_vec() } else { told }
}

/// Those of these groups of whom a reader is told.
pub fn told_of(
    told: &[Group],
    reader: (Reader, Option<&Regime>),
    known: Known<'_, '_>,
) -> Vec<Group> {
    told.iter().filter(|group| is_told(group, reader, known)).cloned().collect()
}

/// What is on record of these groups alone, where it is not what is on record of all.
pub fn of_these(
    told: &[Group],
    all: &[Group],
    (reader, regime): (Reader, Option<&Regime>),
    known: Known<'_, '_>,
) -> Vec<(&'static str, Value)> {
    let place = place_of(reader, regime, known);
    let mut facts = Vec::new();
    if let Some(Value::Choices(ids)) = known(names::DATA_CLASSES) {
        let left_out = |id: &String| {
            let mut not_of = regime.iter().flat_map(|regime| &regime.not_of);
            not_of.any(|(class, _)| class == id)
        };
        // What may be theirs is theirs.
        let is_theirs = |id: &&String| {
            let mut lost = told.iter().filter(|group| group.classes.contains(id)).peekable();
            match (lost.peek(), place) {
                (None, _) if all.iter().any(|group| group.classes.contains(id)) => false,
                (None, place) => !left_out(id) && place.is_none_or(|place| !is_empty(place, known)),
                (Some(_), Some(place)) => lost.any(|group| may_be_in(place, group, known)),
                (Some(_), None) => true,
            }
        };
        let theirs: Vec<String> = ids.iter().filter(is_theirs).cloned().collect();
        if let Some(Value::Choices(elements)) = known(names::US_DATA_ELEMENTS) {
            let is_theirs = |id: &&String| {
                let of = ELEMENTS.iter().find(|(element, _)| element == id);
                of.is_none_or(|(_, of)| of.iter().any(|class| theirs.iter().any(|id| id == class)))
            };
            let own: Vec<String> = elements.iter().filter(is_theirs).cloned().collect();
            if own.len() < elements.len() {
                facts.push((names::US_DATA_ELEMENTS, Value::Choices(own)));
            }
        }
        if theirs.len() < ids.len() {
            facts.push((names::DATA_CLASSES, Value::Choices(theirs)));
        }
    }
    let is_left_out = |group: &Group| unprotected(group, regime).is_some();
    if all.iter().any(is_left_out) && !told.iter().any(is_left_out) {
        let is_whole = are_everybody(all, known(names::PERSONS_AFFECTED));
        facts.extend(counts(&told.iter().collect::<Vec<&Group>>(), is_whole));
    }
    facts
}

/// How many people these groups have, in all and by place; at least so many unless the groups are
/// everybody. Estimates add up to one where nobody is in two groups.
fn counts(told: &[&Group], is_whole: bool) -> [(&'static str, Value); 2] {
    let count = |(least, most): (u64, Option<u64>)| {
        let is_exact = is_whole && most == Some(least);
        Count { n: least, basis: if is_exact { Basis::Exact } else { Basis::AtLeast } }
    };
    let about = |place: Option<&str>| {
        let numbers = told.iter().map(|group| Some(number_of(group.people.as_ref()?, place)));
        let numbers = numbers.collect::<Option<Vec<Count>>>()?;
        let has = |basis: Basis| numbers.iter().any(|number| number.basis == basis);
        let is_sum = told.iter().all(|group| group.alone) || told.len() == 1;
        (is_sum && has(Basis::About) && !has(Basis::AtLeast))
            .then(|| Count { n: numbers.iter().map(|number| number.n).sum(), basis: Basis::About })
    };
    let all = about(None).unwrap_or_else(|| count(in_groups(told, People::total)));
    let all = if all.n == 0 { Value::Unknown } else { Value::Count(all) };
    let places = told.iter().filter_map(|group| group.people.as_ref());
    let by = places.flat_map(|people| people.by.keys()).map(|place| {
        let firm = || count(in_groups(told, |people| people.of(place)));
        (place.clone(), about(Some(place)).unwrap_or_else(firm))
    });
    let by = People { by: by.collect() };
    let by = if by.by.is_empty() { Value::Unknown } else { Value::People(by) };
    [(names::PERSONS_AFFECTED, all), (names::PEOPLE_AFFECTED, by)]
}

//! What a letter to groups of people is made from: their facts in the place of everybody's.

use std::collections::BTreeMap;

use super::Reader;
use crate::fact::{Basis, Count, People, Value, is_within, names};
use crate::incident::Incident;
use crate::incident::event::Group;
use crate::regime::Regime;

/// Facts that somebody writes in sentences, in one language.
pub const PROSE: [&str; 7] = [
    names::NOTICE_ACCOUNT,
    names::LIKELY_CONSEQUENCES,
    names::MEASURES_TAKEN,
    names::DELAY_REASONS,
    names::PROTECTIVE_OFFER,
    names::AFFECTED_GROUPS,
    names::SCOPE_UNKNOWNS,
];

/// Contacts for questions: often the same in every language, so translating them is optional.
pub const CONTACTS: [&str; 2] = [names::SUPPORT_CONTACT, names::NOTICE_CONTACT];

/// How the ids of the classes of card data begin.
pub(super) const CARDS: &str = "card-";

/// The class of data that says whose a card is.
pub(super) const HOLDER: &str = "names-contact";

/// Where the agencies are that keep credit files and are told of a breach.
pub(super) const OF_AGENCIES: &str = "US";

/// The value of a fact.
type Known<'a, 'v> = &'a dyn Fn(&str) -> Option<&'v Value>;

/// What is true of somebody who is in all of these groups: the classes that they lost, and no other;
/// what they are offered; how many they are. Counts of everybody are counts of nobody here.
pub fn facts_of(groups: &[&Group], incident: &Incident) -> Vec<(&'static str, Value)> {
    let mut classes: Vec<String> = Vec::new();
    for class in groups.iter().flat_map(|group| &group.classes) {
        if !classes.contains(class) {
            classes.push(class.clone());
        }
    }
    // Somebody in two of them lost what both lost: for whom it is written, that is one group.
    let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
    let mut facts = vec![
        (names::DATA_CLASSES, Value::Choices(classes)),
        (names::AFFECTED_GROUPS, Value::List(vec![names.join("+")])),
        (names::CARDS_AFFECTED, Value::Unknown),
        (names::USER_ACCOUNTS_AFFECTED, Value::Unknown),
        (names::RECORDS_AFFECTED, Value::Unknown),
    ];
    match groups {
        [Group { people: Some(people), .. }] => {
            facts.push((names::PERSONS_AFFECTED, Value::Count(number_of(people, None))));
            facts.push((names::PEOPLE_AFFECTED, Value::People(people.clone())));
        }
        _ => facts.push((names::PERSONS_AFFECTED, Value::Unknown)),
    }
    for name in [names::DATA_ACCESS, names::DATA_PUBLISHED] {
        if groups.iter().any(|group| group.own(name).is_some()) {
            let said =
                |group: &&Group| group.own(name).or_else(|| incident.fact_value(name).cloned());
            let first = said(&groups[0]);
            let is_one = groups.iter().all(|group| said(group) == first);
            facts.push((name, first.filter(|_| is_one).unwrap_or(Value::Unknown)));
        }
    }
    if groups.iter().any(|group| group.offer.is_some()) {
        let own = groups.iter().filter_map(|group| group.offer.as_deref());
        facts.push((names::PROTECTIVE_OFFER, Value::Text(together(to_all(incident), own))));
    }
    facts
}

/// What everybody is offered.
pub fn to_all(incident: &Incident) -> Option<&str> {
    match incident.fact_value(names::PROTECTIVE_OFFER) {
        Some(Value::Text(offer)) => Some(offer),
        _ => None,
    }
}

/// What everybody is offered, and what others are offered besides, each once.
pub(super) fn together<'o>(to_all: Option<&'o str>, own: impl Iterator<Item = &'o str>) -> String {
    let mut offers: Vec<&str> = Vec::new();
    for offer in to_all.into_iter().chain(own) {
        // Whoever wrote both into one text said it all.
        offers.retain(|before| !offer.contains(before));
        offers.push(offer);
    }
    sentences(&offers)
}

/// Texts one after the other, each with a full stop if another follows: where lines end is the layout's.
fn sentences(texts: &[&str]) -> String {
    let ended = |text: &str| text.trim_end().ends_with(['.', '!', '?']);
    let last = texts.len().saturating_sub(1);
    let shown = texts.iter().enumerate().map(|(at, text)| {
        if at < last && !ended(text) { format!("{}.", text.trim_end()) } else { (*text).to_owned() }
    });
    shown.collect::<Vec<String>>().join("\n")
}

/// What is offered where groups are offered something of their own: what everybody is offered, and to
/// each group its own.
pub fn offers(
    to_all: Option<&str>,
    groups: &[Group],
    titles: &BTreeMap<String, String>,
) -> Option<Value> {
    let own = groups.iter().filter_map(|group| {
        let name = titles.get(&group.name).unwrap_or(&group.name);
        Some(format!("{name}: {}", group.offer.as_deref()?))
    });
    let own: Vec<String> = own.collect();
    let offers = to_all.into_iter().chain(own.iter().map(String::as_str));
    (!own.is_empty()).then(|| Value::Text(sentences(&offers.collect::<Vec<&str>>())))
}

/// Whether somebody of a group may live in a place of a law; one that names none applies everywhere.
pub fn may_live(group: &Group, regime: Option<&Regime>) -> bool {
    let concerns = regime.and_then(|regime| regime.concerns.as_ref());
    let places = concerns.map(|concerns| concerns.jurisdictions()).unwrap_or_default();
    let Some(people) = group.people.as_ref().filter(|_| !places.is_empty()) else { return true };
    places.into_iter().any(|place| people.of(place).1 != Some(0))
}

/// The place whose people alone concern the authority of a law: the law covers one place, and we are
/// established in another one.
fn only_of<'r>(regime: &'r Regime, known: Known<'_, '_>) -> Option<&'r str> {
    let is_ours = |place: &&str| match known(names::HOME_COUNTRY) {
        Some(Value::Text(home)) => home == place || is_within(home, place),
        _ => false,
    };
    regime.only_place().filter(|place| !is_ours(place))
}

/// The place whose people alone concern a reader, if there is one.
pub(super) fn place_of<'r>(
    reader: Reader,
    regime: Option<&'r Regime>,
    known: Known<'_, '_>,
) -> Option<&'r str> {
    let of_law = || regime.and_then(|regime| only_of(regime, known));
    match reader {
        Reader::Authority => of_law(),
        Reader::Agencies => of_law().or(Some(OF_AGENCIES)),
        _ => None,
    }
}

/// Whether a reader is told of a group: who runs cards is told of cards, and the authority of one place
/// of its people.
pub(super) fn is_told(
    group: &Group,
    (reader, regime): (Reader, Option<&Regime>),
    known: Known<'_, '_>,
) -> bool {
    match (reader, place_of(reader, regime, known)) {
        (Reader::Acquirer, _) => group.classes.iter().any(|id| id.starts_with(CARDS)),
        (_, Some(place)) => may_be_in(place, group, known),
        _ => true,
    }
}

/// Whether somebody of a group may live in a place, by its own numbers or by those of everybody.
pub(super) fn may_be_in(place: &str, group: &Group, known: Known<'_, '_>) -> bool {
    match &group.people {
        Some(people) => people.of(place).1 != Some(0),
        None => !is_empty(place, known),
    }
}

/// Whether nobody in a place is on record as affected.
pub(super) fn is_empty(place: &str, known: Known<'_, '_>) -> bool {
    match known(names::PEOPLE_AFFECTED) {
        Some(Value::People(people)) => people.of(place).1 == Some(0),
        _ => false,
    }
}

/// Classes that are on record or that others lost, and nobody in these groups.
pub fn not_theirs(groups: &[&Group], incident: &Incident) -> Vec<String> {
    if groups.is_empty() {
        return Vec::new();
    }
    let recorded = match incident.fact_value(names::DATA_CLASSES) {
        Some(Value::Choices(ids)) => ids.as_slice(),
        _ => &[],
    };
    let all = incident.groups.iter().flat_map(|group| &group.classes).chain(recorded);
    let theirs = |class: &&String| groups.iter().any(|group| group.classes.contains(class));
    all.filter(|class| !theirs(class)).cloned().collect()
}

/// Whether these groups cover everybody affected, each person exactly once, by what is recorded.
pub(super) fn are_everybody(groups: &[Group], persons: Option<&Value>) -> bool {
    let Some(Value::Count(Count { n, basis: Basis::Exact })) = persons else { return false };
    let totals = groups.iter().map(|group| match group.people.as_ref().map(People::total) {
        Some((least, Some(most))) if least == most && group.alone => Some(least),
        _ => None,
    });
    totals.sum::<Option<u64>>() == Some(*n)
}

/// How many people these are, of all places or of one.
pub(super) fn number_of(people: &People, place: Option<&str>) -> Count {
    let (least, most) = place.map_or_else(|| people.total(), |place| people.of(place));
    let basis = match most {
        Some(most) if most == least && people.is_estimate(place) => Basis::About,
        Some(most) if most == least => Basis::Exact,
        _ => Basis::AtLeast,
    };
    Count { n: least, basis }
}

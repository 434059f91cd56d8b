//! The groups of people as notices describe them: how many people, where, and what data they lost.

use minijinja::Value as Jinja;

use super::facts::{NoticeFacts, markdown};
use super::{Reader, classes};
use crate::fact::{Basis, Count, People, names, place_name};
use crate::incident::event::Group;
use crate::regime::{Assessed, Regime};
use crate::template;

/// What templates see of each group.
pub(super) fn groups(
    reader: Reader,
    duty: Option<&Assessed<'_>>,
    known: &NoticeFacts<'_>,
    context: &Jinja,
) -> Jinja {
    let group = |group: &Group| {
        let people = group.people.as_ref();
        let regime = duty.map(|duty| duty.regime);
        let shares = group.shares_with(known.groups).join(", ");
        minijinja::context! {
            name => known.titles.get(&group.name).unwrap_or(&group.name).as_str(),
            count => people.map(|people| ours(number(known, people.total(), people.is_estimate(None)))),
            places => people.map(|people| ours(places(known, people))),
            here => people.and_then(|people| here(regime?, people, known)).map(ours),
            labels => labels(reader, group, known, context),
            offer => group.offer.as_deref(),
            access => own(names::DATA_ACCESS, group, reader, known),
            published => own(names::DATA_PUBLISHED, group, reader, known),
            is_alone => group.alone,
            shares => shares,
        }
    };
    Jinja::from(known.groups.iter().map(group).collect::<Vec<Jinja>>())
}

/// What is said of a group alone, where it differs from what is said of all.
fn own(name: &str, group: &Group, reader: Reader, known: &NoticeFacts<'_>) -> Option<String> {
    let own = group.own(name).filter(|own| (known.value)(name) != Some(own))?;
    let shown = known.locale.show(known.vocabulary.get(name)?, &own, reader.is_plain());
    Some(shown.unwrap_or_else(|| known.locale.form.unknown.clone()))
}

/// The number of people in the law's place, if the law covers only one.
pub(super) fn here(regime: &Regime, people: &People, known: &NoticeFacts<'_>) -> Option<String> {
    let place = regime.only_place()?;
    let number = |place: &str| number(known, people.of(place), people.is_estimate(Some(place)));
    let parts =
        people.within(place).map(|part| format!("{} {}", known.locale.place(part), number(part)));
    let mut parts: Vec<String> = parts.collect();
    // In English the place is named, in brackets, where it needs no article.
    if parts.is_empty() && known.locale.language.is_english() {
        parts.push(place_name(place).unwrap_or(&regime.jurisdiction).to_owned());
    }
    let parts = if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) };
    Some(format!("{}{parts}", number(place)))
}

/// A number given by its bounds, as the language writes it; `is_about` if an estimate is part of it.
pub(super) fn number(
    known: &NoticeFacts<'_>,
    (least, most): (u64, Option<u64>),
    is_about: bool,
) -> String {
    let form = known.locale.form;
    let count = |basis| form.count(&Count { n: least, basis });
    match most {
        Some(most) if most == least && is_about => count(Basis::About),
        Some(most) if most == least => count(Basis::Exact),
        Some(most) if known.locale.language.is_english() => {
            format!("{} to {}", form.number(least), form.number(most))
        }
        _ => count(Basis::AtLeast),
    }
}

fn places(known: &NoticeFacts<'_>, people: &People) -> String {
    let places = people.by.keys();
    let number = |place: &str| number(known, people.of(place), people.is_estimate(Some(place)));
    let places = places.map(|place| format!("{} {}", known.locale.place(place), number(place)));
    places.collect::<Vec<String>>().join(", ")
}

/// Marks digits and our own words around them as safe: they need no escaping.
pub(super) fn ours(text: String) -> Jinja {
    Jinja::from_safe_string(text)
}

/// The names of the classes of data that a group lost.
fn labels(reader: Reader, group: &Group, known: &NoticeFacts<'_>, context: &Jinja) -> Vec<Jinja> {
    // A support agent reads it to the person, so it is worded for people.
    let reader = if reader == Reader::Support { Reader::People } else { reader };
    let label = |id: &String| {
        let class = classes().iter().find(|class| class.id == *id)?;
        let words = known.locale.language.class(class, reader)?;
        let words = template::fill(words, markdown, context).ok()?;
        Some(Jinja::from_safe_string(words.trim().to_owned()))
    };
    group.classes.iter().map(|id| label(id).unwrap_or_else(|| Jinja::from(&**id))).collect()
}

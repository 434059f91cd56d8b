//! The groups of people as notices describe them: how many people, where, and what data they lost.

use minijinja::Value as Jinja;

use super::facts::{NoticeFacts, markdown};
use super::of_group::may_live;
use super::{Reader, classes};
use crate::fact::{Basis, Count, People, Value, names, place_name};
use crate::incident::event::Group;
use crate::regime::{Assessed, Regime};
use crate::template;

/// How the ids of the classes of card data begin.
pub(super) const CARDS: &str = "card-";

/// What templates see of each group.
pub(super) fn groups(
    reader: Reader,
    duty: Option<&Assessed<'_>>,
    known: &NoticeFacts<'_>,
    context: &Jinja,
) -> Jinja {
    let regime = duty.map(|duty| duty.regime);
    // Who runs cards is told of cards, and a state of the US of those whom it protects.
    let is_told = |group: &&Group| match (reader, regime.and_then(Regime::only_place)) {
        (Reader::Acquirer, _) => group.classes.iter().any(|id| id.starts_with(CARDS)),
        (Reader::Authority, Some(place)) if place.starts_with("US-") => may_live(group, regime),
        _ => true,
    };
    let group = |group: &Group| {
        let people = group.people.as_ref();
        let shares = group.shares_with(known.groups).join(", ");
        minijinja::context! {
            name => known.titles.get(&group.name).unwrap_or(&group.name).as_str(),
            count => people.map(|people| ours(number(known, people.total(), people.is_estimate(None)))),
            places => people.map(|people| ours(places(known, people))),
            here => people.and_then(|people| here(regime?, people, known)).map(ours),
            labels => labels(reader, group, known, context),
            offer => group.offer.as_deref(),
            access => own(names::DATA_ACCESS, group, reader, known),
            was => said(names::DATA_ACCESS, group, known),
            since => said(names::DATA_PUBLISHED, group, known),
            published => own(names::DATA_PUBLISHED, group, reader, known),
            is_alone => group.alone,
            shares => shares,
        }
    };
    Jinja::from(known.groups.iter().filter(is_told).map(group).collect::<Vec<Jinja>>())
}

/// The classes of data in as many lots as there are answers to what was done with them: what is certain
/// of one group is not made doubtful because less is known of another.
pub(super) fn lots(known: &NoticeFacts<'_>, classes: &[Jinja]) -> Vec<Jinja> {
    let id = |value: &Value| match value {
        Value::Choice(id) => Some(id.clone()),
        _ => None,
    };
    let all = (known.value)(names::DATA_ACCESS).and_then(id);
    let of = |group: &Group| match group.own(names::DATA_ACCESS) {
        Some(own) => id(&own),
        None => all.clone(),
    };
    let lot = |access: &Option<String>, classes: Vec<Jinja>| {
        let access = access.as_deref().unwrap_or_default();
        minijinja::context! { access => access, classes => classes }
    };
    let first = known.groups.first().map(of);
    if first.is_none_or(|first| known.groups.iter().all(|group| of(group) == first && first == all))
    {
        return vec![lot(&all, classes.to_vec())];
    }
    let options = known.vocabulary.get(names::DATA_ACCESS).map(|fact| fact.options.as_slice());
    let certain = options.unwrap_or_default().iter().map(|option| Some(option.id.clone()));
    let lots = certain.chain([None]).map(|access| {
        let theirs = classes.iter().filter(|class| {
            let is_it =
                |id: &String| class.get_attr("id").is_ok_and(|own| own.as_str() == Some(id));
            let mut whose =
                known.groups.iter().filter(|group| group.classes.iter().any(is_it)).peekable();
            // What no group lost stays with what is said of all.
            match whose.peek() {
                None => access == all,
                Some(_) => whose.any(|group| of(group) == access),
            }
        });
        let open = |class: &Jinja| minijinja::context! { of => "open", ..class.clone() };
        (access.clone(), theirs.map(open).collect::<Vec<Jinja>>())
    });
    let lots = lots.filter(|(_, classes)| !classes.is_empty());
    lots.map(|(access, classes)| lot(&access, classes)).collect()
}

/// What is said of a group alone, where it differs from what is said of all.
fn own(name: &str, group: &Group, reader: Reader, known: &NoticeFacts<'_>) -> Option<String> {
    let own = group.own(name).filter(|own| (known.value)(name) != Some(own))?;
    let shown = known.locale.show(known.vocabulary.get(name)?, &own, reader.is_plain());
    Some(shown.unwrap_or_else(|| known.locale.form.unknown.clone()))
}

/// What is on record of a group, whether of it alone or of all.
fn said(name: &str, group: &Group, known: &NoticeFacts<'_>) -> Option<String> {
    let own = group.own(name);
    let value = own.as_ref().or_else(|| (known.value)(name));
    let is_told = |value: &&Value| match value {
        Value::Unknown | Value::None => false,
        // That nobody found a sign of misuse comforts where nothing is certain.
        Value::Choice(id) => id != "no-sign",
        _ => true,
    };
    let value = value.filter(is_told)?;
    known.locale.show(known.vocabulary.get(name)?, value, true)
}

/// The number of people in the law's place, if the law covers only one.
pub(super) fn here(regime: &Regime, people: &People, known: &NoticeFacts<'_>) -> Option<String> {
    let place = regime.only_place()?;
    let number = |place: &str| number(known, people.of(place), people.is_estimate(Some(place)));
    let within: Vec<&str> = people.within(place).collect();
    let part = |part: &&str| match within.len() {
        // For a single place, the total already gives the number.
        1 => known.locale.place(part).to_owned(),
        _ => format!("{} {}", known.locale.place(part), number(part)),
    };
    let mut parts: Vec<String> = within.iter().map(part).collect();
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

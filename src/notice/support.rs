//! What those know who answer the people affected: what each group lost, in the languages of its
//! people, and how many may call.

use minijinja::Value as Jinja;

use super::class::classes;
use super::facts::{NoticeFacts, markdown};
use super::language::{Language, languages};
use super::reader::Reader;
use crate::fact::{People, Value, names};
use crate::incident::event::Group;
use crate::{template, wording};

/// The groups, and the calls to expect by language.
pub(super) fn sheet(known: &NoticeFacts<'_>, context: &Jinja) -> (Jinja, Jinja) {
    let groups: Vec<Jinja> =
        known.groups.iter().map(|one| group(one, known.groups, context)).collect();
    let calls = match (known.value)(names::PEOPLE_AFFECTED) {
        Some(Value::People(people)) => calls(people),
        _ => Vec::new(),
    };
    (Jinja::from(groups), Jinja::from(calls))
}

fn group(group: &Group, all: &[Group], context: &Jinja) -> Jinja {
    let places = group.people.iter().flat_map(|people| people.by.keys());
    let places: Vec<&str> = places.map(String::as_str).collect();
    let spoken = languages().iter().filter(|language| !language.is_english());
    let spoken = spoken.filter(|language| places.iter().any(|place| language.is_of(place)));
    let spoken = spoken.map(|language| {
        minijinja::context! { name => &*language.name, labels => labels(group, language, context) }
    });
    let overlap = match (group.alone, group.shares_with(all).as_slice()) {
        (true, _) => None,
        (false, []) => {
            Some("Nobody has looked whether these people are in another group, too.".to_owned())
        }
        (false, overlaps) => {
            Some(format!("Some of these people are also in {}.", wording::list(overlaps)))
        }
    };
    minijinja::context! {
        name => &*group.name,
        people => group.people.as_ref().map(|people| Value::People(people.clone()).show(None)),
        labels => labels(group, Language::english(), context),
        languages => spoken.collect::<Vec<Jinja>>(),
        offer => group.offer.as_deref(),
        overlap => overlap,
    }
}

/// What the people of a group lost, as their letter says it.
fn labels(group: &Group, language: &Language, context: &Jinja) -> Vec<Jinja> {
    let label = |id: &String| {
        let class = classes().iter().find(|class| class.id == *id)?;
        let words = language.class(class, Reader::People)?;
        let words = template::fill(words, markdown, context).ok()?;
        Some(Jinja::from_safe_string(words.trim().to_owned()))
    };
    group.classes.iter().map(|id| label(id).unwrap_or_else(|| Jinja::from(&**id))).collect()
}

/// People by language, each with what shares of them come to.
fn calls(people: &People) -> Vec<Jinja> {
    let mut by_language: Vec<(String, u64)> = Vec::new();
    for place in people.by.keys() {
        let (least, _) = people.of(place);
        let language = languages().iter().find(|language| language.is_of(place));
        let name = language.map_or("Other languages", |language| language.name.as_str());
        match by_language.iter_mut().find(|(known, _)| known == name) {
            Some((_, n)) => *n += least,
            None => by_language.push((name.to_owned(), least)),
        }
    }
    let row = |(of, n): (String, u64)| {
        minijinja::context! {
            of => of, people => n, hundredth => n.div_ceil(100), twentieth => n.div_ceil(20),
            tenth => n.div_ceil(10),
        }
    };
    by_language.into_iter().map(row).collect()
}

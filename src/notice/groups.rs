//! The groups of people as notices describe them: how many people, where, and what data they lost.

use minijinja::Value as Jinja;

use super::certainty::{ACQUIRED, OPENED, done, since};
use super::facts::{NoticeFacts, markdown};
use super::of_group::is_told;
use super::{Reader, classes};
use crate::fact::{Basis, Count, People, Value, names, place_name};
use crate::incident::event::Group;
use crate::regime::{Assessed, Regime};
use crate::template;

/// The groups of which a reader is told.
pub(super) fn told<'k>(
    reader: Reader,
    duty: Option<&Assessed<'_>>,
    known: &NoticeFacts<'k>,
) -> Vec<&'k Group> {
    let regime = duty.map(|duty| duty.regime);
    let told = known.groups.iter().filter(|group| is_told(group, (reader, regime), known.value));
    told.collect()
}

/// What templates see of each group.
pub(super) fn groups(
    reader: Reader,
    duty: Option<&Assessed<'_>>,
    known: &NoticeFacts<'_>,
    context: &Jinja,
) -> Jinja {
    let regime = duty.map(|duty| duty.regime);
    let told = told(reader, duty, known);
    let (done, since) = (apart(done, &told, known), apart(since, &told, known));
    let words = |name: &str, value: Option<&Value>| {
        let value = value?;
        let shown = known.locale.show(known.vocabulary.get(name)?, value, reader.is_plain());
        Some(shown.unwrap_or_else(|| known.locale.form.unknown.clone()))
    };
    let group = |(at, group): (usize, &&Group)| {
        let people = group.people.as_ref();
        let here = people.and_then(|people| Here::of(regime?, people, known));
        let is_here = here
            .as_ref()
            .is_some_and(|here| people.is_some_and(|people| people.total() == here.bounds));
        let shares = group.shares_with(known.groups).into_iter();
        let shares: Vec<&str> = shares.map(|name| called(name, known)).collect();
        minijinja::context! {
            name => called(&group.name, known),
            count => people.map(|people| ours(number(known, people.total(), people.is_estimate(None)))),
            here => here.as_ref().filter(|_| !is_here).map(|here| ours(here.shown())),
            all_here => here.filter(|_| is_here).map(|here| ours(here.places)),
            labels => labels(reader, group, known, context),
            offer => group.offer.as_deref(),
            access => words(names::DATA_ACCESS, done.of[at].as_ref()),
            published => words(names::DATA_PUBLISHED, since.of[at].as_ref()),
            was => said(names::DATA_ACCESS, group, known),
            since => said(names::DATA_PUBLISHED, group, known),
            is_alone => group.alone || !group.overlaps.is_empty() && shares.is_empty(),
            shares => shares.join(", "),
        }
    };
    Jinja::from(told.iter().enumerate().map(group).collect::<Vec<Jinja>>())
}

/// What is said of everybody who is told of, and what is said of groups alone because it differs.
pub(super) struct Apart {
    pub(super) all: Option<Value>,
    pub(super) of: Vec<Option<Value>>,
}

/// Sorts out what is said of all from what is said of some. Where it is the same of all groups that are
/// told of, it needs no names; where no group is as everybody is said to be, nothing is said of
/// everybody.
pub(super) fn apart(
    what: fn(&NoticeFacts<'_>, Option<&Group>) -> Option<Value>,
    told: &[&Group],
    known: &NoticeFacts<'_>,
) -> Apart {
    let all = what(known, None);
    let each: Vec<Option<Value>> = told.iter().map(|group| what(known, Some(group))).collect();
    let is_partial = told.len() < known.groups.len();
    match each.first() {
        Some(first) if each.iter().all(|one| one == first) && (is_partial || *first == all) => {
            Apart { all: first.clone(), of: vec![None; each.len()] }
        }
        Some(_) if is_partial || !each.contains(&all) => Apart { all: None, of: each },
        None if is_partial => Apart { all: None, of: each },
        _ => {
            let of = each.into_iter().map(|one| one.filter(|one| Some(one) != all.as_ref()));
            Apart { of: of.collect(), all }
        }
    }
}

/// The classes of data in as many lots as there are answers to what was done with them: what is certain
/// of one group is not made doubtful because less is known of another.
pub(super) fn lots(known: &NoticeFacts<'_>, classes: &[Jinja]) -> Vec<Jinja> {
    let id = |value: Value| match value {
        Value::Choice(id) => Some(id),
        _ => None,
    };
    let all = done(known, None).and_then(id);
    let of = |group: &Group| done(known, Some(group)).and_then(id);
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
    let options = options.unwrap_or_default().iter().map(|option| option.id.as_str());
    // What is believed comes after what is probable.
    let (first, last): (Vec<&str>, Vec<&str>) = options.partition(|id| id.starts_with("copied"));
    let certain = first.into_iter().chain([ACQUIRED, OPENED]).chain(last);
    let certain = certain.map(|id| Some(id.to_owned()));
    let holders = |class: &Jinja| {
        let id = class.get_attr("id").ok();
        let id = id.as_ref().and_then(Jinja::as_str).unwrap_or_default().to_owned();
        let holds = move |group: &&Group| group.classes.contains(&id);
        known.groups.iter().filter(holds).collect::<Vec<&Group>>()
    };
    if known.in_all {
        // What was lost twice is told once, as it is most certain.
        let mut rest = classes.to_vec();
        let lots = certain.chain([None]).filter_map(|access| {
            let is_so = |class: &Jinja| holders(class).into_iter().any(|group| of(group) == access);
            let (theirs, others) = rest.drain(..).partition::<Vec<Jinja>, _>(is_so);
            rest = others;
            (!theirs.is_empty()).then(|| lot(&access, theirs))
        });
        return lots.collect();
    }
    let mut before: Vec<Option<String>> = Vec::new();
    let lots = certain.chain([None]).filter_map(|access| {
        let theirs = classes.iter().filter(|class| {
            let whose = holders(class);
            // What no group lost stays with what is said of all.
            let is_of_all = whose.is_empty() && access == all;
            is_of_all || whose.into_iter().any(|group| of(group) == access)
        });
        // The same class of other people reads as a contradiction unless it says so.
        let open = |class: &Jinja| {
            let (earlier, these): (Vec<&Group>, Vec<&Group>) = {
                let whose = holders(class).into_iter();
                let whose =
                    whose.filter(|group| of(group) == access || before.contains(&of(group)));
                whose.partition(|group| before.contains(&of(group)))
            };
            let is_apart = these.iter().all(|one| {
                let shares = one.shares_with(known.groups);
                earlier.iter().all(|other| {
                    (one.alone || other.alone) && !shares.contains(&other.name.as_str())
                })
            });
            let again = match (earlier.is_empty(), is_apart) {
                (true, _) => "",
                (false, true) => "others",
                (false, false) => "maybe",
            };
            minijinja::context! { of => "open", again => again, ..class.clone() }
        };
        let theirs: Vec<Jinja> = theirs.map(open).collect();
        let told = (!theirs.is_empty()).then(|| lot(&access, theirs));
        before.push(access);
        told
    });
    lots.collect()
}

/// What readers call a group.
fn called<'n>(name: &'n str, known: &'n NoticeFacts<'_>) -> &'n str {
    known.titles.get(name).map_or(name, String::as_str)
}

/// What is on record of a group, whether of it alone or of all.
fn said(name: &str, group: &Group, known: &NoticeFacts<'_>) -> Option<String> {
    let value = match name {
        names::DATA_ACCESS => done(known, Some(group)),
        _ => since(known, Some(group)),
    };
    let is_told = |value: &Value| match value {
        Value::Unknown | Value::None => false,
        // That nobody found a sign of misuse comforts where nothing is certain.
        Value::Choice(id) => id != "no-sign",
        _ => true,
    };
    let value = value.filter(is_told)?;
    known.locale.show(known.vocabulary.get(name)?, &value, true)
}

/// The bounds of a number that nobody knows.
const NOBODY_KNOWS: (u64, Option<u64>) = (0, None);

/// The people in the place of a law that covers only one, if anything is known of their number.
pub(super) struct Here {
    pub(super) bounds: (u64, Option<u64>),
    number: String,
    /// The places, in brackets, with their numbers if they are several.
    pub(super) places: String,
}

impl Here {
    pub(super) fn of(regime: &Regime, people: &People, known: &NoticeFacts<'_>) -> Option<Self> {
        let place = regime.only_place()?;
        Self::at((place, place_name(place).unwrap_or(&regime.jurisdiction)), people, known)
    }

    /// The people in a place, and what it is called.
    pub(super) fn at(
        (place, called): (&str, &str),
        people: &People,
        known: &NoticeFacts<'_>,
    ) -> Option<Self> {
        if people.of(place) == NOBODY_KNOWS {
            return None;
        }
        let number = |place: &str| number(known, people.of(place), people.is_estimate(Some(place)));
        // A number of the whole place is not that of the parts that are on record beside it.
        let is_whole = people.by.contains_key(place);
        let within: Vec<&str> = people.within(place).filter(|_| !is_whole).collect();
        let part = |part: &&str| match within.len() {
            // For a single place, the total already gives the number.
            1 => known.locale.place(part).to_owned(),
            _ => known.locale.in_place(part, &number(part)),
        };
        let mut parts: Vec<String> = within.iter().map(part).collect();
        // In English the place is named, in brackets, where it needs no article.
        if parts.is_empty() && known.locale.language.is_english() {
            parts.push(called.to_owned());
        }
        let places =
            if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) };
        Some(Self { bounds: people.of(place), number: number(place), places })
    }

    /// `20 (Germany 10, France 10)`.
    pub(super) fn shown(&self) -> String {
        format!("{}{}", self.number, self.places)
    }
}

/// A number given by its bounds, as the language writes it; `is_about` if an estimate is part of it.
pub(super) fn number(
    known: &NoticeFacts<'_>,
    (least, most): (u64, Option<u64>),
    is_about: bool,
) -> String {
    let form = known.locale.form;
    let count = |n, basis| form.count(&Count { n, basis });
    match most {
        Some(most) if most == least && is_about => count(least, Basis::About),
        Some(most) if most == least => count(least, Basis::Exact),
        Some(most) if known.locale.language.is_english() => {
            format!("{} to {}", form.number(least), form.number(most))
        }
        Some(most) if least == 0 => count(most, Basis::AtMost),
        Some(most) => format!("{}, {}", count(least, Basis::AtLeast), count(most, Basis::AtMost)),
        None => count(least, Basis::AtLeast),
    }
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

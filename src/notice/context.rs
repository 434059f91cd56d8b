//! What templates and items see of an incident.

use std::collections::BTreeMap;

use minijinja::Value as Jinja;

use super::certainty::{Taken, done, exposed, since, taken};
use super::class::{Class, Share, classes};
use super::facts::{NoticeFacts, markdown};
use super::groups::{Here, apart, groups, lots, told};
use super::item::forbids_account;
use super::marks::{ADDRESS, DATE, SIGNATORY};
use super::of_group::{CARDS, HOLDER, OF_AGENCIES, is_empty, number_of, place_of};
use super::{Item, Locale, Reader, items, period, support};
use crate::fact::names;
use crate::fact::{Fact, People, Value, is_within, place_name};
use crate::incident::event::Group;
use crate::regime::Assessed;
use crate::{template, wording};

/// The places that a law of the Union means with its member states, where it is law of the Area.
const UNION: &str = "EEA";

/// What items see: facts as they are, ids of what was chosen, marks where a fact is not known.
pub(super) fn context(
    audience: Reader,
    duty: Option<&Assessed<'_>>,
    known: &NoticeFacts<'_>,
) -> Jinja {
    let (mut facts, mut ids, mut say) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let access = done(known, None);
    for fact in known.vocabulary.iter() {
        let name = fact.name.as_str();
        let own = if name == names::DATA_ACCESS { access.as_ref() } else { (known.value)(name) };
        let value = typed(audience, known, fact, own);
        if !fact.options.is_empty() {
            // Of several groups nothing is true of which less is known in one of them.
            let differs = known.groups.iter().any(|group| group.own(name).is_some());
            let chosen = match (known.value)(name).filter(|_| !(differs && audience.is_plain())) {
                Some(Value::Choice(id)) => vec![id.clone()],
                Some(Value::Choices(ids)) => ids.clone(),
                _ => Vec::new(),
            };
            ids.insert(name, Jinja::from(chosen));
        }
        let title = known.locale.language.title(name).unwrap_or(&fact.title);
        let mark = || known.mark(name, title);
        let said = if value.is_none() { Jinja::from_safe_string(mark()) } else { value.clone() };
        say.insert(name, said);
        facts.insert(name, value);
    }
    let about = duty.map_or(Jinja::from(()), |duty| {
        let rule = duty.duty;
        let due = duty.due.map(|due| wording::moment(due.with_timezone(&duty.zone)));
        minijinja::context! {
            id => &*rule.id, regime => &*duty.regime.id,
            cite => known.locale.language.cite(rule),
            law => &*duty.regime.name, trigger => &*duty.regime.trigger,
            jurisdiction => &*duty.regime.jurisdiction,
            who => &*rule.who, to => &rule.to, recipient => rule.recipient.as_deref(),
            stage => rule.stage.as_deref(), words => rule.words.as_deref(), due => due,
            clock => period::start(rule, known),
        }
    });
    let people = match (known.value)(names::PEOPLE_AFFECTED) {
        Some(Value::People(people)) => Some(people),
        _ => None,
    };
    let members = people.map(|people| people.inside(UNION)).filter(|people| !people.by.is_empty());
    let members = members.zip(known.vocabulary.get(names::PEOPLE_AFFECTED));
    let members = members.and_then(|(people, fact)| {
        known.locale.show(fact, &Value::People(people), audience.is_plain())
    });
    let here = match duty {
        Some(duty) => people.and_then(|people| Here::of(duty.regime, people, known)),
        None if audience == Reader::Agencies => people
            .and_then(|people| Here::at((OF_AGENCIES, place_name(OF_AGENCIES)?), people, known)),
        None => None,
    };
    let is_here = here.as_ref().is_some_and(|here| match (known.value)(names::PERSONS_AFFECTED) {
        Some(Value::Count(all)) => all.bounds() == here.bounds,
        _ => false,
    });
    let is_of_place = duty.is_some_and(|duty| duty.regime.only_place().is_some());
    let is_part = (is_of_place || audience == Reader::Agencies) && !is_here;
    let all_here = here.as_ref().filter(|_| is_here).map(|here| here.places.clone());
    let is_silent = duty.is_some_and(|duty| forbids_account(&duty.duty.never));
    let earlier = known.earlier.map(|notice| {
        let at = Jinja::from_safe_string(known.locale.form.when(&notice.at));
        minijinja::context! { at => at, reference => notice.reference.as_deref() }
    });
    let context = minijinja::context! {
        facts => Jinja::from(facts), ids => Jinja::from(ids), say => Jinja::from(say),
        reader => audience.as_str(), place => known.locale.place, is_us => is_us(duty, known),
        offer_to_all => known.offer_to_all,
        earlier => earlier,
        duty => about, is_silent => is_silent, is_part => is_part,
        here => here.map(|here| Jinja::from_safe_string(here.shown())),
        all_here => all_here.map(Jinja::from_safe_string),
        member_states => members.map(Jinja::from_safe_string),
        ..certain(audience, duty, known)
    };
    let classes = named((audience, duty), known, &context);
    let lots = Jinja::from(lots(known, &classes));
    let classes = Jinja::from(classes);
    let Locale { form, .. } = known.locale;
    let letter = minijinja::context! {
        date => slot(DATE), address => slot(ADDRESS), signatory => slot(SIGNATORY),
        salutation => slot(&form.salutation), closing => slot(&form.closing),
    };
    let context = minijinja::context! {
        classes => classes, lots => lots, letter => letter, lists_groups => lists_groups(audience, duty), ..context
    };
    // A letter goes to one group and does not mention the others.
    let groups = match audience {
        Reader::People => Jinja::from(Vec::<Jinja>::new()),
        _ => groups(audience, duty, known, &context),
    };
    let calls = if audience == Reader::Support { support::calls(known) } else { Jinja::from(()) };
    minijinja::context! { groups => groups, calls => calls, ..context }
}

/// Whether a reader is told of each group what it lost.
fn lists_groups(reader: Reader, duty: Option<&Assessed<'_>>) -> bool {
    let content = duty.map(|duty| duty.duty.content.as_slice()).unwrap_or_default();
    let lists = |item: &Item| {
        item.always.contains(&reader) || content.iter().any(|words| item.answers(words))
    };
    items().iter().any(|item| item.id == "people-groups" && lists(item))
}

/// Whether the law is one of the United States or, without a law, we are established there.
fn is_us(duty: Option<&Assessed<'_>>, known: &NoticeFacts<'_>) -> bool {
    match (duty, (known.value)(names::HOME_COUNTRY)) {
        (Some(duty), _) => duty.regime.id.starts_with("us-"),
        (None, Some(Value::Text(home))) => home == "US" || is_within(home, "US"),
        _ => false,
    }
}

/// How certain it is what was done with the data of those who are told of, and what became of it.
fn certain(reader: Reader, duty: Option<&Assessed<'_>>, known: &NoticeFacts<'_>) -> Jinja {
    let told = told(reader, duty, known);
    let place = place_of(reader, duty.map(|duty| duty.regime), known.value);
    let nobody = told.is_empty() && place.is_some_and(|place| is_empty(place, known.value));
    let words = |name: &str, value: Option<Value>| {
        known.locale.show(
            known.vocabulary.get(name)?,
            &value.filter(|_| !nobody)?,
            reader.is_plain(),
        )
    };
    let taken = taken(known, &told).into_iter().max().filter(|_| !nobody);
    let taken = match taken.unwrap_or(Taken::No) {
        Taken::Yes => "yes",
        Taken::Likely => "likely",
        // What left is on record, though nobody said of what it was taken.
        Taken::Open if !reader.is_plain() => "likely",
        Taken::Open | Taken::Believed | Taken::No => "",
    };
    minijinja::context! {
        taken => taken,
        exposed => if nobody { Vec::new() } else { exposed(known, &told) },
        data_done => words(names::DATA_ACCESS, apart(done, &told, known).all),
        data_since => words(names::DATA_PUBLISHED, apart(since, &told, known).all),
        has_groups => !known.groups.is_empty(),
        nobody => nobody,
    }
}

/// A place that is filled when the letter is written: no fact, so nothing of it is escaped.
fn slot(text: &str) -> Jinja {
    Jinja::from_safe_string(text.to_owned())
}

/// A fact as templates see it: what is not known is none.
fn typed(audience: Reader, known: &NoticeFacts<'_>, fact: &Fact, value: Option<&Value>) -> Jinja {
    match value {
        None | Some(Value::Unknown) => Jinja::from(()),
        Some(value) if value.says_none() => Jinja::from(()),
        Some(Value::YesNo(flag)) => Jinja::from(*flag),
        Some(Value::List(items)) => Jinja::from(items.clone()),
        Some(Value::Choices(ids)) => {
            let shown = ids
                .iter()
                .map(|id| known.locale.show(fact, &Value::Choice(id.clone()), audience.is_plain()));
            shown.collect::<Option<Vec<String>>>().map_or(Jinja::from(()), Jinja::from)
        }
        Some(value) => {
            // Digits and our own words around them need no escaping.
            let is_ours = matches!(value, Value::Count(_) | Value::People(_) | Value::Time(_));
            let into = if is_ours { Jinja::from_safe_string } else { Jinja::from };
            known.locale.show(fact, value, audience.is_plain()).map_or(Jinja::from(()), into)
        }
    }
}

/// The classes of data on record: what each is called, of whom it is, and how many it can be at most.
fn named(
    (reader, duty): (Reader, Option<&Assessed<'_>>),
    known: &NoticeFacts<'_>,
    context: &Jinja,
) -> Vec<Jinja> {
    let language = known.locale.language;
    let chosen = match (known.value)(names::DATA_CLASSES) {
        Some(Value::Choices(ids)) => ids.as_slice(),
        _ => &[],
    };
    let fact = known.vocabulary.get(names::DATA_CLASSES);
    let told = told(reader, duty, known);
    // Who runs cards is told of cards and whose they are, and who keeps credit files of what gets credit.
    let is_told = |id: &&String| match reader {
        Reader::Acquirer if *id == HOLDER => {
            told.is_empty() || told.iter().any(|group| group.classes.contains(id))
        }
        Reader::Acquirer => id.starts_with(CARDS),
        Reader::Agencies => classes().iter().any(|class| class.id == **id && class.credit),
        _ => true,
    };
    let place = place_of(reader, duty.map(|duty| duty.regime), known.value);
    let among = Among::new(place, &told, known);
    let named = chosen.iter().filter(is_told).map(|id| {
        let class = classes().iter().find(|class| class.id == *id);
        let words = class.and_then(|class| language.class(class, reader));
        let words = words.and_then(|words| template::fill(words, markdown, context).ok());
        // An option of a vocabulary of one's own.
        let words = words.unwrap_or_else(|| markdown(&Value::Choice(id.clone()).show(fact)));
        let share = match class {
            _ if known.in_all || reader == Reader::Acquirer => Share::All,
            Some(class) => among.share(class, known),
            None => Share::Open,
        };
        let fewer = class.and_then(|class| class.fewer.as_ref()).filter(|_| share == Share::Some);
        let count = fewer.and_then(|name| {
            known.locale.show(known.vocabulary.get(name)?, (known.value)(name)?, true)
        });
        let count = count.map(Jinja::from_safe_string);
        let of = match share {
            Share::All => "all",
            Share::Some => "some",
            Share::Open => "open",
        };
        let words = Jinja::from_safe_string(words.trim().to_owned());
        minijinja::context! { id => &**id, words => words, of => of, count => count, again => "" }
    });
    named.collect()
}

/// The people against whom it is measured whether data is of all of them: everybody, or those of the
/// place of which a reader is told.
struct Among {
    groups: Vec<Group>,
    /// How many they are in that place.
    persons: Option<Value>,
}

impl Among {
    fn new(place: Option<&str>, told: &[&Group], known: &NoticeFacts<'_>) -> Self {
        let Some(place) = place else {
            return Self { groups: known.groups.to_vec(), persons: None };
        };
        let there = |people: &People| People {
            by: [(place.to_owned(), number_of(people, Some(place)))].into(),
        };
        let of_place =
            |group: &&Group| Group { people: group.people.as_ref().map(there), ..(*group).clone() };
        let persons = match (known.value)(names::PEOPLE_AFFECTED) {
            Some(Value::People(people)) => Value::Count(number_of(people, Some(place))),
            _ => Value::Unknown,
        };
        Self { groups: told.iter().map(of_place).collect(), persons: Some(persons) }
    }

    fn share(&self, class: &Class, known: &NoticeFacts<'_>) -> Share {
        let value = |name: &str| match (&self.persons, name) {
            (Some(persons), names::PERSONS_AFFECTED) => Some(persons),
            // A list of their names does not say who lives there.
            (Some(_), names::AFFECTED_GROUPS) => None,
            _ => (known.value)(name),
        };
        class.share(&value, &self.groups)
    }
}

/// What items call certainty, and the facts behind it.
const BEHIND: [(&str, &[&str]); 6] = [
    ("member_states", &[names::PEOPLE_AFFECTED]),
    ("lots", &DONE),
    ("taken", &DONE),
    ("data_done", &DONE),
    ("data_since", &[names::DATA_PUBLISHED]),
    ("exposed", &[names::DATA_PUBLISHED]),
];

const DONE: [&str; 3] =
    [names::DATA_ACCESS, names::ACQUISITION_REASONABLY_BELIEVED, names::ACCESS_REASONABLY_BELIEVED];

/// The facts that a template names, and those behind what it names.
pub(super) fn names_in(template: &str) -> impl Iterator<Item = &str> {
    let other = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
    template.split(other).flat_map(|word| {
        let behind = BEHIND.iter().find(|(name, _)| *name == word).map(|(_, facts)| *facts);
        behind.unwrap_or_default().iter().copied().chain([word])
    })
}

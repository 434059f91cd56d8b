//! What the facts answer to the fields of a form.

use std::collections::BTreeSet;

use minijinja::Value as Jinja;

use super::{AuthorityForm, Field, Section, questions};
use crate::fact::{Basis, Condition, FactType, Value, Vocabulary, names};
use crate::incident::event::Group;
use crate::notice::certainty::{done, since};
use crate::notice::context::context;
use crate::notice::groups::{apart, number, told as told_of};
use crate::notice::{NoticeFacts, Reader, classes};
use crate::regime::Assessed;
use crate::template;

/// One answer to a field, or what is wanted in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// An option of the form that one of ours maps to.
    Option(String),
    /// What a fact says: its title, its value.
    Fact(String, String),
    /// No fact says it: the name and title of the fact that would.
    Missing(String, String),
    /// A question that no fact answers, with what there is to choose from.
    Ask(String, Vec<String>),
    /// A choice of the form that a person has to make.
    Choose(Vec<String>),
    /// By the facts the field is not asked.
    NotNeeded,
}

/// A section with its fields, each with what answers it.
pub type Answered<'f> = (&'f Section, Vec<(&'f Field, Vec<Answer>)>);

/// Answers the fields of a form from the facts, and names those that are told. If its law covers one
/// place, `here`, only the people of that place are counted.
pub fn answers<'f>(
    form: &'f AuthorityForm,
    duty: &Assessed<'_>,
    known: &NoticeFacts<'_>,
    here: Option<&str>,
) -> (Vec<Answered<'f>>, BTreeSet<String>) {
    let mut told = BTreeSet::new();
    let groups = told_of(Reader::Authority, Some(duty), known);
    let context = context(Reader::Authority, Some(duty), known);
    let (known, here) = (&(known, groups.as_slice(), &context), here);
    let section = |section: &'f Section| {
        let fields =
            section.fields.iter().map(|field| (field, answer(field, known, here, &mut told)));
        (section, fields.collect())
    };
    let answered = form.sections.iter().map(section).collect();
    (answered, told)
}

fn answer(
    field: &Field,
    (known, groups, context): &(&NoticeFacts<'_>, &[&Group], &Jinja),
    here: Option<&str>,
    told: &mut BTreeSet<String>,
) -> Vec<Answer> {
    let is_asked = |when: &Condition| when.holds(known.value) != Some(false);
    if !field.only_if.as_ref().is_none_or(is_asked) {
        return vec![Answer::NotNeeded];
    }
    let mut answers = Vec::new();
    let value = |name: &str| {
        (known.value)(name).filter(|value| !matches!(value, Value::Unknown | Value::None))
    };
    let mut is_whole = true;
    if let Some(name) = &field.map_of {
        let chosen = chosen(name, groups, known);
        let (options, is_known) = mapped(field, &chosen);
        is_whole = field.kind != "choices" || chosen.iter().flatten().all(|id| has(field, id));
        answers.extend(options.into_iter().map(Answer::Option));
        told.extend(is_known.then(|| name.clone()));
    }
    let (mut missing, mut answered) = (Vec::new(), usize::from(!answers.is_empty()));
    for name in &field.facts {
        let Some(fact) = known.vocabulary.get(name) else { continue };
        let title = known.locale.language.title(name).unwrap_or(&fact.title).to_owned();
        match value(name) {
            Some(value) => {
                told.insert(name.clone());
                let narrowed = match (value, &field.within) {
                    (Value::People(people), Some(place)) => {
                        Some(Value::People(people.inside(place)))
                    }
                    _ => None,
                };
                let value = narrowed.as_ref().unwrap_or(value);
                let say = |value: &Value| {
                    let shown = known.locale.show(fact, value, false);
                    shown.unwrap_or_else(|| value.show(Some(fact)))
                };
                let shown = match name.as_str() {
                    names::DATA_ACCESS => by_group(done, groups, known, &say),
                    names::DATA_PUBLISHED => by_group(since, groups, known, &say),
                    names::DATA_CLASSES => named(value, known, context, &say),
                    _ => say(value),
                };
                let shown = match (value, here) {
                    (Value::People(people), Some(place)) => {
                        let number = number(known, people.of(place), people.is_estimate(here));
                        known.locale.in_place(place, &number)
                    }
                    (Value::Count(_) | Value::Time(_), Some(_)) if counts_all(name) => {
                        format!("{shown} (in all places)")
                    }
                    _ => shown,
                };
                let nobody = || "nobody there is on record as affected".to_owned();
                let shown = if shown.is_empty() { nobody() } else { shown };
                answers.push(Answer::Fact(title, shown));
            }
            None if (known.value)(name) == Some(&Value::Unknown) => {
                answers.push(Answer::Fact(title, known.locale.form.unknown.clone()));
            }
            None => missing.push(Answer::Missing(name.clone(), title)),
        }
    }
    // Of several facts one answers a question; one field can ask several.
    answered = answered.max(answers.iter().filter(|one| matches!(one, Answer::Fact(..))).count());
    let several = field.label.matches(';').count() + 1;
    answers.extend(missing.into_iter().take(several.saturating_sub(answered)));
    let is_chosen = answers.iter().any(|answer| matches!(answer, Answer::Option(_)));
    let is_answered = is_chosen && is_whole;
    if !field.options.is_empty() && !is_answered {
        answers.push(Answer::Choose(field.options.clone()));
    }
    for id in &field.asks {
        let Some(asked) = questions().iter().find(|question| question.id == *id) else { continue };
        let known = asked.fact.as_deref().and_then(|name| {
            let shown = known.locale.show(known.vocabulary.get(name)?, value(name)?, false)?;
            told.insert(name.to_owned());
            let title = known.locale.language.title(name);
            Some(Answer::Fact(title.unwrap_or(known.vocabulary.called(name)).to_owned(), shown))
        });
        let ask = || Answer::Ask(asked.ask.clone(), asked.options.clone());
        answers.push(known.unwrap_or_else(ask));
    }
    answers
}

/// What was chosen of a fact: of each group that is told of, where it can differ.
fn chosen(name: &str, groups: &[&Group], known: &NoticeFacts<'_>) -> Vec<Option<String>> {
    let what: fn(&NoticeFacts<'_>, Option<&Group>) -> Option<Value> = match name {
        names::DATA_ACCESS => done,
        names::DATA_PUBLISHED => since,
        _ => {
            return match (known.value)(name) {
                Some(Value::Choices(ids)) => ids.iter().cloned().map(Some).collect(),
                Some(value) => vec![Some(kind(value).to_owned())],
                None => Vec::new(),
            };
        }
    };
    let id = |value: Option<Value>| match value {
        Some(Value::Choice(id)) => Some(id),
        _ => None,
    };
    match known.groups {
        [] => vec![id(what(known, None))],
        _ => groups.iter().map(|group| id(what(known, Some(group)))).collect(),
    }
}

/// What a form can map of a value: what was chosen, how exact a number is, or whether anything is known.
fn kind(value: &Value) -> &str {
    match value {
        Value::Choice(id) => id,
        Value::YesNo(true) => "yes",
        Value::YesNo(false) => "no",
        Value::Unknown => "unknown",
        Value::None => "none",
        Value::Count(count) => match count.basis {
            Basis::Exact => "exact",
            Basis::About => "about",
            Basis::AtLeast | Basis::AtMost => "bound",
        },
        _ => "known",
    }
}

/// The options of a form that were chosen, and whether anything was. Where it takes one, and not the
/// same is so of all groups, a person chooses.
fn mapped(field: &Field, chosen: &[Option<String>]) -> (Vec<String>, bool) {
    let mut options: Vec<String> = Vec::new();
    let is_by_group =
        matches!(field.map_of.as_deref(), Some(names::DATA_ACCESS | names::DATA_PUBLISHED));
    let mut is_clear = true;
    for id in chosen {
        let option = field.map.iter().find(|(ours, _)| Some(ours) == id.as_ref());
        is_clear &= option.is_some() || !is_by_group;
        options
            .extend(option.map(|(_, option)| option.clone()).filter(|one| !options.contains(one)));
    }
    let is_one = options.len() <= 1 && is_clear || field.kind != "choice";
    (if is_one { options } else { Vec::new() }, chosen.iter().any(Option::is_some))
}

/// Whether a form has an option for one of ours.
fn has(field: &Field, id: &str) -> bool {
    field.map.iter().any(|(ours, _)| ours == id)
}

/// Whether a fact is of the people of all places.
fn counts_all(name: &str) -> bool {
    let told = [names::PEOPLE_TOLD_FROM, names::PEOPLE_TOLD_TO];
    let fact = Vocabulary::builtin().get(name);
    let is_count = fact.is_some_and(|fact| fact.kind == FactType::Count);
    told.contains(&name) || is_count && name != names::EMPLOYEES
}

/// The classes of data as notices to authorities call them, in their language and by the words of their
/// law.
fn named(
    value: &Value,
    known: &NoticeFacts<'_>,
    context: &Jinja,
    say: &dyn Fn(&Value) -> String,
) -> String {
    let Value::Choices(ids) = value else { return say(value) };
    let named = ids.iter().map(|id| {
        let class = classes().iter().find(|class| class.id == *id);
        let words = class.and_then(|class| known.locale.language.class(class, Reader::Authority));
        let words = words.and_then(|words| template::fill(words, str::to_owned, context).ok());
        words
            .map_or_else(|| say(&Value::Choices(vec![id.clone()])), |words| words.trim().to_owned())
    });
    named.collect::<Vec<String>>().join("; ")
}

/// What is so of all who are told of, and of groups of which something else is.
fn by_group(
    what: fn(&NoticeFacts<'_>, Option<&Group>) -> Option<Value>,
    groups: &[&Group],
    known: &NoticeFacts<'_>,
    say: &dyn Fn(&Value) -> String,
) -> String {
    let apart = apart(what, groups, known);
    let of = groups.iter().zip(&apart.of).filter_map(|(group, own)| {
        let name = known.titles.get(&group.name).unwrap_or(&group.name);
        Some(format!("{name}: {}", say(own.as_ref()?)))
    });
    let of = of.collect::<Vec<String>>().join("; ");
    match &apart.all {
        Some(all) if of.is_empty() => say(all),
        Some(all) if known.locale.language.is_english() => format!("{}; except {of}", say(all)),
        Some(all) => format!("{} ({of})", say(all)),
        None => of,
    }
}

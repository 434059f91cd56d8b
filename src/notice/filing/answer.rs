//! What the facts answer to the fields of a form.

use std::collections::BTreeSet;

use super::{AuthorityForm, Field, Question, Section, questions};
use crate::fact::Value;
use crate::notice::NoticeFacts;
use crate::notice::groups::number;

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
}

/// A section with its fields, each with what answers it.
pub type Answered<'f> = (&'f Section, Vec<(&'f Field, Vec<Answer>)>);

/// Answers the fields of a form from the facts, and names those that are told. If its law covers one
/// place, `here`, only the people of that place are counted.
pub fn answers<'f>(
    form: &'f AuthorityForm,
    known: &NoticeFacts<'_>,
    here: Option<&str>,
) -> (Vec<Answered<'f>>, BTreeSet<String>) {
    let mut told = BTreeSet::new();
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
    known: &NoticeFacts<'_>,
    here: Option<&str>,
    told: &mut BTreeSet<String>,
) -> Vec<Answer> {
    let mut answers = Vec::new();
    let value = |name: &str| {
        (known.value)(name).filter(|value| !matches!(value, Value::Unknown | Value::None))
    };
    let chosen: Vec<&String> = match field.map_of.as_deref().and_then(value) {
        Some(Value::Choice(id)) => vec![id],
        Some(Value::Choices(ids)) => ids.iter().collect(),
        _ => Vec::new(),
    };
    for id in chosen {
        let option = field.map.iter().find(|(ours, _)| ours == id).map(|(_, option)| option);
        let answer = option.map(|option| Answer::Option(option.clone()));
        answers.extend(answer.filter(|answer| !answers.contains(answer)));
        told.extend(field.map_of.clone());
    }
    let (mut missing, mut answered) = (Vec::new(), usize::from(!answers.is_empty()));
    for name in &field.facts {
        let Some(fact) = known.vocabulary.get(name) else { continue };
        match value(name) {
            Some(value) => {
                told.insert(name.clone());
                let shown = known.locale.show(fact, value, false);
                let shown = shown.unwrap_or_else(|| value.show(Some(fact)));
                let shown = match (value, here) {
                    (Value::People(people), Some(place)) => {
                        let number = number(known, people.of(place), people.is_estimate(here));
                        format!("{place} {number}")
                    }
                    _ => shown,
                };
                answers.push(Answer::Fact(fact.title.clone(), shown));
            }
            None => missing.push(Answer::Missing(name.clone(), fact.title.clone())),
        }
    }
    // Of several facts one answers a question; one field can ask several.
    answered = answered.max(answers.iter().filter(|one| matches!(one, Answer::Fact(..))).count());
    let several = field.label.matches(';').count() + 1;
    answers.extend(missing.into_iter().take(several.saturating_sub(answered)));
    let is_chosen = answers.iter().any(|answer| matches!(answer, Answer::Option(_)));
    if !field.options.is_empty() && !is_chosen {
        answers.push(Answer::Choose(field.options.clone()));
    }
    for id in &field.asks {
        let asked: Option<&Question> = questions().iter().find(|question| question.id == *id);
        answers.extend(asked.map(|asked| Answer::Ask(asked.ask.clone(), asked.options.clone())));
    }
    answers
}

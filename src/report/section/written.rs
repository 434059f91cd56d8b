//! The parts that people write. Anything not recorded is reported as missing, never invented.

use chrono::{DateTime, FixedOffset};
use schemars::JsonSchema;
use serde::Serialize;

use crate::fact::{Fact, Topic, Value};
use crate::report::gate::{Class, Text};
use crate::report::material::Build;
use crate::report::measure::Presence;
use crate::wording::grouped;

/// A part of the report that a person wrote, as the answer of a fact.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Written {
    /// Name of the fact.
    pub fact: String,
    /// What it is, in a few words.
    pub title: Text,
    /// The question that asks for it; empty for the public.
    pub ask: Text,
    /// Whether it was written.
    pub presence: Presence,
    /// Whether it is only none of what the question lists, which says nothing to a reader.
    #[serde(skip)]
    pub is_other: bool,
    /// The text: one paragraph, or one for each item of a list. Whole, however long it is.
    pub texts: Vec<Text>,
    /// Who wrote it.
    pub by: Option<Text>,
    /// When it was recorded.
    pub at: Option<DateTime<FixedOffset>>,
    /// How many earlier wordings there are.
    pub earlier: usize,
}

impl Build<'_> {
    /// What was answered to a fact, as text.
    pub(in crate::report) fn written(&self, name: &str, class: Class) -> Written {
        self.told.borrow_mut().insert(name.to_owned());
        let fact = self.vocabulary.get(name);
        let history = self.history(name);
        let latest = history.last();
        let texts: Vec<String> = match latest.map(|change| &change.value) {
            None | Some(Value::Unknown) => Vec::new(),
            Some(Value::List(items)) if items.is_empty() => vec!["none".to_owned()],
            Some(Value::List(items)) => items.clone(),
            Some(value @ (Value::Count(_) | Value::Money(_))) => {
                vec![grouped(&value.show(fact))]
            }
            Some(Value::Choices(ids)) => {
                let one = |id: &String| Value::Choice(id.clone()).show(fact);
                ids.iter().map(one).collect()
            }
            Some(Value::Time(when)) => vec![self.zone.show(when)],
            Some(value @ Value::Choice(_)) => {
                let some = self.of_some(name, value);
                let some = some.iter().map(|value| format!("of some groups: {}", value.show(fact)));
                [value.show(fact)].into_iter().chain(some).collect()
            }
            Some(value) => vec![value.show(fact)],
        };
        let shown: Vec<Text> =
            texts.iter().filter_map(|text| self.gate.text(class, text)).collect();
        // What an audience never sees is withheld, whether anybody wrote it or not.
        let presence = if self.is_withheld(name) || !self.gate.sees(class) {
            Presence::Withheld
        } else {
            match latest.map(|change| &change.value) {
                None => Presence::Missing,
                Some(Value::Unknown) => Presence::Unknown,
                Some(_) => Presence::Given,
            }
        };
        let visible = presence == Presence::Given;
        Written {
            fact: name.to_owned(),
            title: self.gate.id(fact.map_or(name, |fact| &fact.title)),
            ask: self
                .gate
                .id(fact.filter(|_| self.gather.reach.judges()).map_or("", |fact| &fact.ask)),
            presence,
            is_other: latest
                .is_some_and(|change| matches!(&change.value, Value::Choice(id) if id == "other")),
            texts: if visible { shown } else { Vec::new() },
            by: latest.filter(|_| visible).map(|change| self.gate.person(&change.by)),
            at: latest.filter(|_| visible).map(|change| change.at),
            earlier: history.len().saturating_sub(1),
        }
    }

    /// What a section tells: all that the audience is told of. What most incidents have no answer to
    /// is not missing.
    pub(in crate::report) fn writings(&self, section: Topic) -> Vec<Written> {
        let facts = self.vocabulary.told_in(section).into_iter();
        let facts = facts.map(|fact| (fact, class(fact)));
        // What everybody may read says nothing of what else there is.
        let told = |(fact, class): &(&Fact, Class)| {
            let open = self.gather.reach.judges() || self.gate.sees(*class);
            open && self.gather.reach.fact(self.vocabulary, &fact.name)
        };
        let written = facts
            .filter(told)
            .map(|(fact, class)| (fact.telling.rare, self.written(&fact.name, class)));
        let there = written.filter(|(rare, one)| !rare || one.presence != Presence::Missing);
        there.map(|(_, one)| one).collect()
    }
}

/// What the text of a fact is: without a word on it, free text is a note.
pub(in crate::report) fn class(fact: &Fact) -> Class {
    let plain = if fact.is_free_text() { Class::Note } else { Class::Scope };
    fact.telling.class.unwrap_or(plain)
}

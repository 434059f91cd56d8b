//! What was written of an incident in another language: a file beside the record.

use std::collections::BTreeMap;

use super::of_group::together;
use super::{CONTACTS, PROSE};
use crate::document::shape::{KEBAB, Key, Kind, Shape};
use crate::document::{Diagnostic, Document, Findings, Table, syntax, visit};
use crate::fact::{Value, names};
use crate::incident::event::Group;

/// The sentences of an incident in one language.
#[derive(Clone, Debug)]
pub struct Translation {
    /// The language.
    pub language: String,
    texts: BTreeMap<String, Value>,
    /// What groups are offered, by group.
    offers: BTreeMap<String, String>,
    /// What readers call groups, by name.
    pub titles: BTreeMap<String, String>,
    /// Who signs letters.
    pub signatory: Option<String>,
    /// Words of laws that no fact answers, and what somebody wrote for them.
    pub written: Vec<(String, String)>,
}

static TRANSLATION: Shape = Shape {
    name: "a file of translated texts",
    keys: &[
        Key::required("language", Kind::Line, "The language, as BCP 47 has it: `de`, `pt-BR`."),
        Key::optional(names::NOTICE_ACCOUNT, Kind::Text, "What happened, as released."),
        Key::optional(names::LIKELY_CONSEQUENCES, Kind::Text, "What it can mean for people."),
        Key::optional(names::MEASURES_TAKEN, Kind::Text, "What was done."),
        Key::optional(names::DELAY_REASONS, Kind::Text, "Why it is late."),
        Key::optional(names::PROTECTIVE_OFFER, Kind::Text, "What people are offered."),
        Key::optional(names::SUPPORT_CONTACT, Kind::Text, "Where people can ask, and when."),
        Key::optional(names::NOTICE_CONTACT, Kind::Text, "Where authorities can ask."),
        Key::optional(names::AFFECTED_GROUPS, Kind::Array(&Kind::Line), "Groups of people."),
        Key::optional(names::SCOPE_UNKNOWNS, Kind::Array(&Kind::Line), "What is not known yet."),
        Key::optional("signatory", Kind::Line, "Who signs letters: name and function."),
        Key::optional("offer", Kind::Named(&KEBAB, &Kind::Text), "What a group is offered."),
        Key::optional("group", Kind::Named(&KEBAB, &Kind::Line), "What readers call a group."),
        Key::optional("write", Kind::Array(&Kind::Table(&WRITE)), "What no fact answers."),
    ],
};

static WRITE: Shape = Shape {
    name: "what no fact answers",
    keys: &[
        Key::required("for", Kind::Line, "The words of the law, as `[TO WRITE: …]` has them."),
        Key::required("text", Kind::Text, "What the notice says."),
    ],
};

impl Translation {
    /// Reads a file of translated texts.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(document: &Document) -> Result<Self, Vec<Diagnostic>> {
        let mut findings = Findings::default();
        let read = syntax::read(&document.text, &mut findings, |tree, findings| {
            visit::check(tree, &TRANSLATION, findings);
            let table = Table::root(tree);
            let texts = PROSE.into_iter().chain(CONTACTS).filter_map(|name| {
                let text = table.text(name).map(|text| Value::Text(text.to_owned()));
                let items = table.texts(name);
                let items: Vec<String> =
                    items.iter().map(crate::document::Spanned::to_owned).collect();
                let value = text.or((!items.is_empty()).then_some(Value::List(items)))?;
                Some((name.to_owned(), value))
            });
            let by_group = |key: &str| -> BTreeMap<String, String> {
                let texts = table.table(key);
                let texts = texts.iter().flat_map(|texts| {
                    let of = |id: crate::document::Spanned<'_>| {
                        Some((id.to_owned(), texts.text(&id.text)?.to_owned()))
                    };
                    texts.keys().filter_map(of).collect::<Vec<_>>()
                });
                texts.collect()
            };
            let written = table.tables("write").into_iter();
            let written = written.filter_map(|one| {
                Some((one.text("for")?.to_owned(), one.text("text")?.to_owned()))
            });
            Some(Self {
                language: table.text("language")?.to_owned(),
                texts: texts.collect(),
                offers: by_group("offer"),
                titles: by_group("group"),
                signatory: table.text("signatory").map(|text| text.to_owned()),
                written: written.collect(),
            })
        });
        match read {
            Some(read) if !findings.has_errors() => Ok(read),
            _ => Err(findings.into_sorted()),
        }
    }

    /// Adds what another file says in the same language; the name of a text that both have, if any.
    ///
    /// # Errors
    /// The name of the text.
    pub fn add(&mut self, other: Self) -> Result<(), String> {
        let twice = |one: &BTreeMap<String, String>, other: &BTreeMap<String, String>| {
            other.keys().find(|key| one.contains_key(*key)).cloned()
        };
        let texts = other.texts.keys().find(|name| self.texts.contains_key(*name)).cloned();
        let groups = twice(&self.offers, &other.offers).or(twice(&self.titles, &other.titles));
        if let Some(name) = texts.or(groups) {
            return Err(name);
        }
        self.texts.extend(other.texts);
        self.offers.extend(other.offers);
        self.titles.extend(other.titles);
        self.written.extend(other.written);
        self.signatory = self.signatory.take().or(other.signatory);
        Ok(())
    }

    /// What a group is offered.
    pub fn offer(&self, group: &str) -> Option<&str> {
        self.offers.get(group).map(String::as_str)
    }

    /// What a fact says in this language.
    pub fn value(&self, name: &str) -> Option<Value> {
        self.texts.get(name).cloned()
    }

    /// What these groups are offered, with what everybody is offered if anything is; none where
    /// somebody has yet to translate a part of it.
    pub fn offered(&self, groups: &[&Group], is_to_all: bool) -> Option<Value> {
        let to_all = match self.texts.get(names::PROTECTIVE_OFFER) {
            Some(Value::Text(offer)) if is_to_all => Some(offer.as_str()),
            _ if is_to_all => return None,
            _ => None,
        };
        let own = groups.iter().filter(|group| group.offer.is_some());
        let own: Vec<&str> = own.map(|group| self.offer(&group.name)).collect::<Option<_>>()?;
        let offer = together(to_all, own.into_iter());
        (!offer.is_empty()).then_some(Value::Text(offer))
    }
}

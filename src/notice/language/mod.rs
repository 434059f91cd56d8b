//! The languages of notices: `playbooks/notification/notices/languages/`, one file each.
//!
//! English is what items and classes say themselves. Another language says all of it again, for people
//! and for authorities, or is not offered: nothing is ever filled up with English.

mod complete;
mod form;
mod read;
mod speech;

use std::collections::BTreeMap;
use std::sync::LazyLock;

pub use complete::lacks;
pub use form::Form;
pub use read::LANGUAGE;
use speech::{Signs, Speech};

use super::{Class, Item, Reader, classes};
use crate::document::{Diagnostic, Document};
use crate::fact::{Fact, Value, place_name};
use crate::regime::Duty;

macro_rules! languages {
    ($($tag:literal)*) => {
        [$((
            concat!("languages/", $tag, ".toml"),
            include_str!(concat!("../../../playbooks/notification/notices/languages/", $tag, ".toml")),
        )),*]
    };
}

/// Name and text of the files.
pub(super) const TEXTS: [(&str, &str); 5] = languages! { "en" "de" "fr" "es" "pt-br" };

/// Where a language has its words for `yes` and `no`, beside those for the options of facts.
const YES_NO: &str = "yes_no";

/// A language in which notices can be written.
#[derive(Clone, Debug)]
pub struct Language {
    /// As BCP 47 has it: `de`, `pt-BR`.
    pub tag: String,
    /// What English calls it.
    pub name: String,
    /// Where people are written to in it.
    pub places: Vec<String>,
    /// The native speaker who read the file, and when.
    pub reviewed_by: Option<String>,
    form: Form,
    /// Forms of their own, by place.
    variants: Vec<(Vec<String>, Form)>,
    /// Words for offices and for the people themselves, by class.
    classes: BTreeMap<String, (Option<Document>, Option<Document>)>,
    /// Beginnings of words that betray a class.
    signs: BTreeMap<String, Vec<String>>,
    speech: Speech,
    /// Words for what was chosen, by fact and option.
    options: BTreeMap<String, BTreeMap<String, String>>,
    /// Texts for offices and in plain language, by item.
    items: BTreeMap<String, (Option<Document>, Option<Document>)>,
    /// Templates by reader.
    templates: BTreeMap<String, Document>,
    /// Citations of the law in this language, by duty.
    cites: BTreeMap<String, String>,
    /// What facts are called, by fact.
    titles: BTreeMap<String, String>,
    /// What places are called, by code.
    place_names: BTreeMap<String, String>,
    /// Words of laws that no fact answers, and what this language calls them.
    law: Vec<(String, String)>,
    /// Places of a letter that are filled later, and what this language writes there.
    places_to_fill: Vec<(&'static str, String)>,
}

/// A language as it is written in a place.
#[derive(Clone, Copy, Debug)]
pub struct Locale<'l> {
    /// The language.
    pub language: &'l Language,
    /// How the place writes dates, numbers and addresses.
    pub form: &'l Form,
    /// The place, where one is known.
    pub place: Option<&'l str>,
}

static BUILTIN: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let read = |(name, text): &(&str, &str)| {
        let name = format!("playbooks/notification/notices/{name}");
        Language::read(&Document { name, text: (*text).to_owned() })
            .unwrap_or_else(|found| unreachable!("a test reads the built-in languages: {found:?}"))
    };
    TEXTS.iter().map(read).collect()
});

/// The languages that come with the tool; the first is English.
pub fn languages() -> &'static [Language] {
    &BUILTIN
}

impl Language {
    /// English: what items and classes say themselves.
    pub fn english() -> &'static Self {
        &BUILTIN[0]
    }

    /// Reads a file of a language.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(document: &Document) -> Result<Self, Vec<Diagnostic>> {
        read::language(document)
    }

    /// Whether it is the language in which everything else is written.
    pub fn is_english(&self) -> bool {
        self.tag == "en"
    }

    /// The citation of a duty in this language, or the one in the law's file if the language has none.
    pub fn cite<'t>(&'t self, duty: &'t Duty) -> &'t str {
        self.cites.get(&duty.id).unwrap_or(&duty.cite)
    }

    /// Whether it has words for a law.
    pub fn cites(&self, duty: &Duty) -> bool {
        self.is_english() || self.cites.contains_key(&duty.id)
    }

    /// What it calls a fact, if it has words of its own.
    pub(super) fn title(&self, fact: &str) -> Option<&str> {
        self.titles.get(fact).map(String::as_str)
    }

    /// What it calls words of a law.
    pub fn of_law<'t>(&'t self, words: &'t str) -> &'t str {
        let own = self.law.iter().find(|(of, _)| of.eq_ignore_ascii_case(words));
        own.map_or(words, |(_, own)| own)
    }

    /// Whether it calls any words of a law so.
    pub fn is_of_law(&self, own: &str) -> bool {
        self.law.iter().any(|(_, known)| known.eq_ignore_ascii_case(own))
    }

    /// A text for somebody to look at: the places that are filled later, in this language.
    pub fn shown(&self, text: &str) -> String {
        self.places_to_fill
            .iter()
            .fold(text.to_owned(), |text, (place, own)| text.replace(place, own))
    }

    /// Whether it has words for a reader.
    pub fn speaks_to(&self, reader: Reader) -> bool {
        self.is_english() || self.templates.contains_key(reader.as_str())
    }

    /// As it is written in a place.
    pub fn at<'l>(&'l self, place: Option<&'l str>) -> Locale<'l> {
        let own = self.variants.iter().find(|(places, _)| {
            place.is_some_and(|place| places.iter().any(|of| is_in(place, of)))
        });
        Locale { language: self, form: own.map_or(&self.form, |(_, form)| form), place }
    }

    /// Whether people in a place are written to in it.
    pub fn is_of(&self, place: &str) -> bool {
        self.places.iter().any(|of| is_in(place, of))
    }

    /// The template for a reader, if it has one.
    pub fn template(&self, reader: Reader) -> Option<Document> {
        if self.is_english() {
            return Some(reader.template());
        }
        self.templates.get(reader.as_str()).cloned()
    }

    /// The text of an item for a reader; English says nothing in place of another language.
    pub fn item<'t>(&'t self, item: &'t Item, reader: Reader) -> Option<&'t Document> {
        if self.is_english() {
            return item.text_for(reader);
        }
        let (text, plain) = self.items.get(&item.id)?;
        plain.as_ref().filter(|_| reader.is_plain()).or(text.as_ref())
    }

    /// Whether a text speaks of a class of data of the people affected.
    pub fn speaks_of(&self, class: &Class, text: &str) -> bool {
        self.speech.speaks_of(self.signs(class), text)
    }

    /// Beginnings of words that betray a class.
    fn signs<'s>(&'s self, class: &'s Class) -> &'s [String] {
        let own = if self.is_english() { Some(&class.signs) } else { self.signs.get(&class.id) };
        own.map(Vec::as_slice).unwrap_or_default()
    }

    /// Where a text says that data was copied or stolen, and whether it denies that any was taken or
    /// affected; these classes were.
    pub(super) fn theft(&self, affected: &[String], text: &str) -> (Vec<String>, bool) {
        let (affected, others): (Vec<&'static Class>, Vec<&'static Class>) =
            classes().iter().partition(|class| affected.contains(&class.id));
        let signs = |of: Vec<&'static Class>| {
            of.into_iter().flat_map(|class| self.signs(class)).collect::<Vec<_>>()
        };
        let (affected, others) = (signs(affected), signs(others));
        let signs = Signs { affected: &affected, others: &others };
        (self.speech.thefts(signs, text), self.speech.denies(signs, text))
    }

    /// Whether a text speaks of the letter in which it stands.
    pub(super) fn speaks_of_letter(&self, text: &str) -> bool {
        self.speech.speaks_of_letter(text)
    }

    /// Whether a text says that this became of the data, an option of `data_published`.
    pub(super) fn tells_became(&self, became: &str, text: &str) -> bool {
        self.speech.tells_became(became, text)
    }

    /// Whether a text doubts that anything was done with data.
    pub(super) fn doubts(&self, text: &str) -> bool {
        self.speech.doubts(text)
    }

    /// Whether a text addresses its reader.
    pub(super) fn addresses(&self, text: &str) -> bool {
        self.speech.addresses(text)
    }

    /// Whether it has words for an option of a fact.
    fn names_option(&self, fact: &str, id: &str) -> bool {
        self.options.get(fact).is_some_and(|known| known.contains_key(id))
    }

    /// What a reader calls a class of data.
    pub fn class<'t>(&'t self, class: &'t Class, reader: Reader) -> Option<&'t Document> {
        let (words, people) = if self.is_english() {
            (Some(&class.words), Some(&class.people))
        } else {
            let (words, people) = self.classes.get(&class.id)?;
            (words.as_ref(), people.as_ref())
        };
        if reader == Reader::People { people } else { words }
    }
}

impl Locale<'_> {
    /// What a notice calls a place: by its name in this language or, if it has none, by its code.
    pub(super) fn place<'p>(&'p self, code: &'p str) -> &'p str {
        let own = self.language.place_names.get(code).map(String::as_str);
        own.or_else(|| place_name(code).filter(|_| self.language.is_english())).unwrap_or(code)
    }

    /// A number in a place: `Germany 10`; in other languages a name takes no number without a colon.
    pub(super) fn in_place(&self, place: &str, number: &str) -> String {
        if self.language.is_english() {
            return format!("{} {number}", self.place(place));
        }
        self.form.said(self.place(place), number)
    }

    /// A value in words; none where the language has none for it.
    pub fn show(&self, fact: &Fact, value: &Value, plain: bool) -> Option<String> {
        let chosen = |id: &String| self.language.options.get(&fact.name)?.get(id).cloned();
        match value {
            Value::Unknown => Some(self.form.unknown.clone()),
            Value::Time(when) if plain => Some(self.form.days(when)),
            Value::Time(when) => Some(self.form.when(when)),
            Value::People(people) => {
                let places = people.by.iter();
                let places = places.map(|(place, n)| self.in_place(place, &self.form.count(n)));
                Some(places.collect::<Vec<String>>().join(", "))
            }
            value @ (Value::Count(_) | Value::Money(_)) if self.language.is_english() => {
                Some(self.form.grouped(&value.show(Some(fact))))
            }
            Value::Choice(id) if self.language.is_english() => {
                chosen(id).or_else(|| Some(value.show(Some(fact))))
            }
            value if self.language.is_english() => Some(value.show(Some(fact))),
            Value::Count(count) => Some(self.form.count(count)),
            Value::YesNo(flag) => {
                let word = if *flag { "yes" } else { "no" };
                self.language.options.get(YES_NO)?.get(word).cloned()
            }
            Value::Choice(id) => chosen(id),
            Value::Choices(ids) => {
                let words: Option<Vec<String>> = ids.iter().map(chosen).collect();
                words.map(|words| words.join(", "))
            }
            Value::Money(_) => Some(self.form.money(&value.show(Some(fact)))),
            Value::Text(_) | Value::List(_) => Some(value.show(Some(fact))),
            _ => None,
        }
    }
}

/// Whether a place is another one or part of it.
fn is_in(place: &str, of: &str) -> bool {
    place == of || crate::fact::is_within(place, of)
}

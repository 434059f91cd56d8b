//! What notices call a class of data, and of whom it is: `playbooks/notification/notices/classes.toml`.

use std::sync::LazyLock;

use minijinja::Value as Jinja;

use super::facts::{NoticeFacts, markdown};
use crate::document::shape::{KEBAB, Key, Kind, SNAKE, Shape};
use crate::document::{Document, Findings, Table, syntax, visit};
use crate::fact::names;
use crate::fact::{Basis, Value};
use crate::template;

/// A class of data.
#[derive(Clone, Debug)]
pub struct Class {
    /// An option of the fact `data_classes`.
    pub id: String,
    /// What it is called: a template.
    pub words: Document,
    /// The count that tells of how many people it can be at most.
    pub fewer: Option<String>,
}

/// Of whom data of a class was affected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// Of everybody who is affected.
    All,
    /// Of fewer than all.
    Some,
    /// Nothing on record says of whom.
    Open,
}

/// The file of classes.
pub static CLASSES: Shape = Shape {
    name: "a file of classes of data",
    keys: &[
        Key::required("schema", Kind::Version(1), "Version of the format: 1."),
        Key::required("class", Kind::Array(&Kind::Table(&CLASS)), "Classes of data."),
    ],
};

static CLASS: Shape = Shape {
    name: "a class of data",
    keys: &[
        Key::required("id", Kind::Word(&KEBAB), "An option of the fact `data_classes`."),
        Key::required("words", Kind::Text, "What notices call it: a template."),
        Key::optional("fewer", Kind::Word(&SNAKE), "A count that can be smaller than all people."),
    ],
};

pub(super) const TEXT: &str = include_str!("../../playbooks/notification/notices/classes.toml");

static BUILTIN: LazyLock<Vec<Class>> = LazyLock::new(|| {
    let mut findings = Findings::default();
    let classes = syntax::read(TEXT, &mut findings, |tree, findings| {
        visit::check(tree, &CLASSES, findings);
        Table::root(tree).tables("class").iter().map(read).collect::<Option<Vec<Class>>>()
    });
    classes
        .filter(|_| !findings.has_errors())
        .unwrap_or_else(|| unreachable!("a test reads the built-in classes"))
});

/// The classes that come with the tool.
pub fn classes() -> &'static [Class] {
    &BUILTIN
}

fn read(table: &Table<'_>) -> Option<Class> {
    let id = table.text("id")?.to_owned();
    let name = format!("classes.toml, words of {id}");
    Some(Class {
        words: Document { name, text: table.text("words")?.to_owned() },
        fewer: table.text("fewer").map(|name| name.to_owned()),
        id,
    })
}

impl Class {
    /// Of whom it is. That a class was affected says nothing of how many lost it: it is of everybody
    /// only if it is the only one, or if all people affected are one group.
    pub fn share<'v>(&self, known: &dyn Fn(&str) -> Option<&'v Value>) -> Share {
        let count = |name: &str| match known(name) {
            Some(Value::Count(count)) => Some(count),
            _ => None,
        };
        let people = count(names::PERSONS_AFFECTED);
        let fewer = self.fewer.as_deref().and_then(count).zip(people).is_some_and(|(one, all)| {
            one.n < all.n && one.basis != Basis::AtLeast && all.basis != Basis::AtMost
        });
        let groups = match known(names::AFFECTED_GROUPS) {
            Some(Value::List(groups)) => Some(groups.len()),
            _ => None,
        };
        let alone =
            matches!(known(names::DATA_CLASSES), Some(Value::Choices(ids)) if ids.len() == 1);
        match groups {
            _ if fewer => Share::Some,
            Some(0 | 1) => Share::All,
            None if alone => Share::All,
            _ => Share::Open,
        }
    }
}

/// The classes of data on record: what each is called, of whom it is, and how many it can be at most.
pub(super) fn named(known: &NoticeFacts<'_>, context: &Jinja) -> Vec<Jinja> {
    let chosen = match (known.value)(names::DATA_CLASSES) {
        Some(Value::Choices(ids)) => ids.as_slice(),
        _ => &[],
    };
    let fact = known.vocabulary.get(names::DATA_CLASSES);
    let named = chosen.iter().map(|id| {
        let class = classes().iter().find(|class| class.id == *id);
        let words = class.and_then(|class| template::fill(&class.words, markdown, context).ok());
        // An option of a vocabulary of one's own.
        let words = words.unwrap_or_else(|| markdown(&Value::Choice(id.clone()).show(fact)));
        let share = class.map_or(Share::Open, |class| class.share(known.value));
        let fewer = class.and_then(|class| class.fewer.as_ref()).filter(|_| share == Share::Some);
        let count =
            fewer.and_then(|name| Some((known.value)(name)?.show(known.vocabulary.get(name))));
        let of = match share {
            Share::All => "all",
            Share::Some => "some",
            Share::Open => "open",
        };
        let words = Jinja::from_safe_string(words.trim().to_owned());
        minijinja::context! { id => &**id, words => words, of => of, count => count }
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{Count, Vocabulary};

    #[test]
    fn every_option_of_the_fact_has_words() {
        let fact = Vocabulary::builtin().get("data_classes").expect("a fact");
        let options: Vec<&str> = fact.options.iter().map(|option| option.id.as_str()).collect();
        let named: Vec<&str> = classes().iter().map(|class| class.id.as_str()).collect();
        assert_eq!(named, options);
        for name in classes().iter().filter_map(|class| class.fewer.as_ref()) {
            assert!(Vocabulary::builtin().get(name).is_some(), "{name}");
        }
    }

    #[test]
    fn a_class_is_of_everybody_only_where_the_record_says_so() {
        let cards = classes().iter().find(|class| class.id == "card-number").expect("a class");
        let count = |text: &str| Count::parse(text).map(Value::Count);
        let list = |items: &[&str]| {
            Some(Value::List(items.iter().map(|item| (*item).to_owned()).collect()))
        };
        let (two, one) = (["names-contact", "card-number"], ["card-number"]);
        for (classes, groups, cards_affected, share) in [
            (&two[..], None, None, Share::Open),
            (&two[..], None, count("3100"), Share::Some),
            (&two[..], None, count("at least 3100"), Share::Open),
            (&two[..], list(&[]), None, Share::All),
            (&two[..], list(&["all"]), None, Share::All),
            (&two[..], list(&[]), count("3100"), Share::Some),
            (&two[..], list(&["a", "b"]), None, Share::Open),
            (&one[..], None, None, Share::All),
            (&one[..], list(&["a", "b"]), None, Share::Open),
            (&one[..], None, count("3100"), Share::Some),
        ] {
            let classes = Value::Choices(classes.iter().map(|class| (*class).to_owned()).collect());
            let people = count("84312");
            let known = |name: &str| match name {
                "data_classes" => Some(&classes),
                "affected_groups" => groups.as_ref(),
                "cards_affected" => cards_affected.as_ref(),
                "persons_affected" => people.as_ref(),
                _ => None,
            };
            assert_eq!(cards.share(&known), share, "{classes:?} {groups:?} {cards_affected:?}");
        }
    }
}

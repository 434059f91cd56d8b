//! What notices call a class of data, and of whom it is: `playbooks/notification/notices/classes.toml`.

use std::sync::LazyLock;

use super::of_group::are_everybody;
use crate::document::shape::{KEBAB, Key, Kind, SNAKE, Shape};
use crate::document::{Document, Findings, Table, syntax, visit};
use crate::fact::names;
use crate::fact::{Basis, Value};
use crate::incident::event::Group;

/// A class of data.
#[derive(Clone, Debug)]
pub struct Class {
    /// An option of the fact `data_classes`.
    pub id: String,
    /// What it is called: a template.
    pub words: Document,
    /// What it is called to whom it belongs: a template.
    pub people: Document,
    /// Beginnings of words that betray that a text speaks of it, in small letters.
    pub signs: Vec<String>,
    /// The count that tells of how many people it can be at most.
    pub fewer: Option<String>,
    /// Whether somebody could get credit with it in the name of a person.
    pub credit: bool,
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
        Key::required("people", Kind::Text, "The same in a letter to whom it belongs."),
        Key::optional("signs", Kind::Array(&Kind::Line), "Beginnings of words that betray it."),
        Key::optional("credit", Kind::Flag, "Somebody could get credit with it."),
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
    let template = |key: &str| {
        let name = format!("classes.toml, {key} of {id}");
        Some(Document { name, text: table.text(key)?.to_owned() })
    };
    Some(Class {
        words: template("words")?,
        people: template("people")?,
        signs: table.texts("signs").iter().map(|sign| sign.text.to_lowercase()).collect(),
        fewer: table.text("fewer").map(|name| name.to_owned()),
        credit: table.flag("credit"),
        id,
    })
}

impl Class {
    /// Whether everybody lost this class of data or only some did, by the facts and the described
    /// groups. A class on record does not say how many people lost it: everybody did only if it is the
    /// only class, if all people affected are one group, or if the groups cover everybody and each of
    /// them lost it.
    pub fn share<'v>(
        &self,
        known: &dyn Fn(&str) -> Option<&'v Value>,
        described: &[Group],
    ) -> Share {
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
            // Described groups say more than a list of names, which may be one phrase for all of them.
            _ if described.len() > 1 => self.share_of(described, known(names::PERSONS_AFFECTED)),
            Some(0 | 1) => Share::All,
            None if alone => Share::All,
            _ => self.share_of(described, known(names::PERSONS_AFFECTED)),
        }
    }

    fn share_of(&self, described: &[Group], persons: Option<&Value>) -> Share {
        let lost = |group: &&Group| group.classes.contains(&self.id);
        match described.iter().filter(lost).count() {
            0 => Share::Open,
            n if n < described.len() => Share::Some,
            _ if are_everybody(described, persons) => Share::All,
            _ => Share::Open,
        }
    }
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
            assert_eq!(
                cards.share(&known, &[]),
                share,
                "{classes:?} {groups:?} {cards_affected:?}"
            );
        }
    }
    #[test]
    fn a_class_is_of_everybody_where_every_group_lost_it_and_the_groups_are_everybody() {
        let class = |id: &str| classes().iter().find(|class| class.id == id).expect("a class");
        let group = |name: &str, classes: &[&str], n: u64| Group {
            name: name.to_owned(),
            classes: classes.iter().map(|class| (*class).to_owned()).collect(),
            people: Some(crate::fact::People {
                by: [("DE".to_owned(), Count { n, basis: Basis::Exact })].into(),
            }),
            offer: None,
            access: None,
            published: None,
            overlaps: Vec::new(),
            alone: true,
        };
        let mut groups =
            [group("a", &["bank", "health"], 30), group("b", &["bank", "location"], 70)];
        let lost = ["bank", "health", "location", "genetic"].map(str::to_owned);
        let lost = Value::Choices(lost.to_vec());
        let share = |id: &str, groups: &[Group], people: &str| {
            let people = Count::parse(people).map(Value::Count);
            let known = |name: &str| match name {
                "data_classes" => Some(&lost),
                "persons_affected" => people.as_ref(),
                _ => None,
            };
            class(id).share(&known, groups)
        };
        assert_eq!(share("bank", &groups, "100"), Share::All);
        assert_eq!(share("bank", &groups, "101"), Share::Open, "somebody is in no group");
        assert_eq!(share("bank", &groups, "about 100"), Share::Open);
        assert_eq!(share("health", &groups, "100"), Share::Some);
        assert_eq!(share("genetic", &groups, "100"), Share::Open, "on record, and in no group");
        groups[0].alone = false;
        assert_eq!(share("bank", &groups, "100"), Share::Open, "somebody may be in both");
    }
}

//! Conditions against a naive evaluation, and against any text at all.

use std::collections::BTreeMap;

use breach::document::Document;
use breach::fact::{Basis, Condition, Count, People, Value, Vocabulary};
use proptest::prelude::*;

fn vocabulary() -> Vocabulary {
    let text = include_str!("../playbook/facts.toml").to_owned();
    Vocabulary::read(&Document { name: "facts.toml".to_owned(), text }).0
}

/// A condition as the test understands it.
#[derive(Clone, Debug)]
enum Tree {
    Leaf(&'static str),
    Not(Box<Tree>),
    And(Box<Tree>, Box<Tree>),
    Or(Box<Tree>, Box<Tree>),
}

const LEAVES: &[&str] = &[
    "cards_taken",
    "cards_taken == no",
    "entry_vector == 'web'",
    "entry_vector in ['web', 'supplier']",
    "volume_id != 'x'",
    "'email' in data_classes",
    "hosts_affected.count > 1",
    "'a' in hosts_affected",
    "persons_affected >= 500",
    "persons_affected < 500",
    "persons_affected == 500",
    "people_affected['US-CA'] > 0",
    "people_affected.total <= 500",
];

fn tree() -> impl Strategy<Value = Tree> {
    prop::sample::select(LEAVES).prop_map(Tree::Leaf).prop_recursive(6, 32, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|one| Tree::Not(Box::new(one))),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Tree::And(Box::new(a), Box::new(b))),
            (inner.clone(), inner).prop_map(|(a, b)| Tree::Or(Box::new(a), Box::new(b))),
        ]
    })
}

impl Tree {
    fn source(&self) -> String {
        match self {
            Self::Leaf(source) => (*source).to_owned(),
            Self::Not(one) => format!("not ({})", one.source()),
            Self::And(a, b) => format!("({}) and ({})", a.source(), b.source()),
            Self::Or(a, b) => format!("({}) or ({})", a.source(), b.source()),
        }
    }

    /// False is 0, unknown 1, true 2: Kleene's minimum and maximum.
    fn rank(&self, leaf: &dyn Fn(&str) -> u8) -> u8 {
        match self {
            Self::Leaf(source) => leaf(source),
            Self::Not(one) => 2 - one.rank(leaf),
            Self::And(a, b) => a.rank(leaf).min(b.rank(leaf)),
            Self::Or(a, b) => a.rank(leaf).max(b.rank(leaf)),
        }
    }

    /// The leaves that leave it open, from left to right.
    fn open(&self, leaf: &dyn Fn(&str) -> u8) -> Vec<&'static str> {
        match self {
            _ if self.rank(leaf) != 1 => Vec::new(),
            Self::Leaf(source) => vec![source],
            Self::Not(one) => one.open(leaf),
            Self::And(a, b) | Self::Or(a, b) => [a.open(leaf), b.open(leaf)].concat(),
        }
    }
}

type Facts = BTreeMap<&'static str, Value>;

fn count(bases: &'static [Basis]) -> impl Strategy<Value = Count> {
    let n = prop::sample::select(vec![0_u64, 1, 499, 500, 501]);
    (n, prop::sample::select(bases)).prop_map(|(n, basis)| Count { n, basis })
}

const SURE: &[Basis] = &[Basis::Exact, Basis::About];
const ANY: &[Basis] = &[Basis::Exact, Basis::About, Basis::AtMost, Basis::AtLeast];

/// A value for each fact of [`LEAVES`]. The people are given by region: a region inside a country
/// that is only known as a whole stays open.
fn known(bases: &'static [Basis]) -> impl Strategy<Value = Facts> {
    let word = |words: &'static [&'static str]| prop::sample::select(words).prop_map(str::to_owned);
    let words = move |known: &'static [&'static str]| prop::collection::vec(word(known), 0..3);
    let people = prop::collection::btree_map(word(&["US-NY", "US-CA", "DE"]), count(bases), 0..3);
    (
        any::<bool>(),
        word(&["web", "supplier"]),
        word(&["x", "y"]),
        words(&["email", "card-number"]),
        words(&["a", "b", "c"]),
        count(bases),
        people,
    )
        .prop_map(|(cards, vector, volume, classes, hosts, persons, by)| {
            BTreeMap::from([
                ("cards_taken", Value::YesNo(cards)),
                ("entry_vector", Value::Choice(vector)),
                ("volume_id", Value::Text(volume)),
                ("data_classes", Value::Choices(classes)),
                ("hosts_affected", Value::List(hosts)),
                ("persons_affected", Value::Count(persons)),
                ("people_affected", Value::People(People { by })),
            ])
        })
}

fn holds(source: &str, vocabulary: &Vocabulary, facts: &Facts) -> Option<bool> {
    let condition = Condition::parse(source, vocabulary).expect("a good condition");
    condition.holds(&|name| facts.get(name))
}

fn rank(holds: Option<bool>) -> u8 {
    match holds {
        Some(false) => 0,
        None => 1,
        Some(true) => 2,
    }
}

const WORDS: &[&str] = &[
    "cards_taken",
    "hosts_affected",
    "people_affected",
    " and ",
    " or ",
    " not ",
    "(",
    ")",
    "[",
    "]",
    "'web'",
    "'",
    ",",
    ".count",
    ".total",
    " == ",
    " in ",
    " >= ",
    "500",
    "é",
    "\"",
    " ",
    "99999999999999999999",
    "entry_vector",
    "yes",
];

#[test]
fn a_place_can_only_make_a_condition_hold_that_it_speaks_for() {
    let places = |source: &str| -> Vec<String> {
        let condition = Condition::parse(source, Vocabulary::builtin()).expect("a condition");
        condition.places("home_country").into_iter().map(str::to_owned).collect()
    };
    for (source, named) in [
        ("people_affected['PE'] > 0", &["PE"][..]),
        ("people_affected['PE'] >= 500 and 'merchant' in entity_kinds", &["PE"]),
        ("people_affected['PE'] == 3 or people_affected['PE'] != 0", &["PE"]),
        ("people_affected['PE'] == 0", &[]),
        ("people_affected['PE'] < 3 or people_affected['CL'] <= 3", &[]),
        ("not (people_affected['PE'] > 0 or home_country == 'CL')", &[]),
        ("not (not (people_affected['PE'] > 0))", &["PE"]),
        ("not (people_affected['PE'] < 3)", &["PE"]),
        ("home_country in ['PE', 'CL'] or people_affected['BO'] > 0", &["PE", "CL", "BO"]),
        ("home_country != 'PE' or establishment == 'one-state'", &[]),
    ] {
        assert_eq!(places(source), named, "{source}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        if let Err(mistakes) = Condition::parse(&text, &vocabulary()) {
            prop_assert!(!mistakes.is_empty());
        }
    }

    #[test]
    fn no_heap_of_words_does(words in prop::collection::vec(prop::sample::select(WORDS), 0..40)) {
        let source = words.concat();
        match Condition::parse(&source, &vocabulary()) {
            Ok(condition) => prop_assert_eq!(condition.holds(&|_| None), None),
            Err(mistakes) => {
                prop_assert!(!mistakes.is_empty());
                for mistake in mistakes {
                    prop_assert!(source.get(mistake.span).is_some());
                }
            }
        }
    }

    #[test]
    fn parts_join_as_kleene_says(
        tree in tree(),
        facts in known(ANY),
        hidden in any::<[bool; 7]>(),
    ) {
        let vocabulary = vocabulary();
        let mut facts = facts;
        for (value, hidden) in facts.values_mut().zip(hidden) {
            if hidden {
                *value = Value::Unknown;
            }
        }
        let leaf = |source: &str| rank(holds(source, &vocabulary, &facts));
        prop_assert_eq!(rank(holds(&tree.source(), &vocabulary, &facts)), tree.rank(&leaf));
        let parse = |source: &str| Condition::parse(source, &vocabulary).expect("a good condition");
        let mut open: Vec<String> = Vec::new();
        for source in tree.open(&leaf) {
            let name = parse(source).facts()[0].clone();
            if !open.contains(&name) {
                open.push(name);
            }
        }
        let condition = parse(&tree.source());
        prop_assert_eq!(condition.undecided(&|name| facts.get(name)), open);
    }

    #[test]
    fn what_is_known_decides(tree in tree(), facts in known(SURE)) {
        prop_assert!(holds(&tree.source(), &vocabulary(), &facts).is_some());
    }
}

#[test]
fn each_comparison_says_what_it_means() {
    let vocabulary = vocabulary();
    let count = |n, basis| Value::Count(Count { n, basis });
    for (source, name, value, expected) in [
        ("persons_affected >= 500", "persons_affected", count(500, Basis::Exact), Some(true)),
        ("persons_affected > 500", "persons_affected", count(500, Basis::About), Some(false)),
        ("persons_affected >= 500", "persons_affected", count(499, Basis::AtMost), Some(false)),
        ("persons_affected >= 500", "persons_affected", count(500, Basis::AtMost), None),
        ("persons_affected >= 500", "persons_affected", count(500, Basis::AtLeast), Some(true)),
        ("persons_affected < 500", "persons_affected", count(400, Basis::AtLeast), None),
        ("persons_affected != 5", "persons_affected", count(4, Basis::AtMost), Some(true)),
        ("cards_taken == no", "cards_taken", Value::YesNo(false), Some(true)),
        ("not cards_taken", "cards_taken", Value::Unknown, None),
        ("cards_taken", "cards_taken", count(1, Basis::Exact), None),
        ("entry_vector in ['web']", "entry_vector", Value::Choice("web".to_owned()), Some(true)),
        ("hosts_affected.count == 0", "hosts_affected", Value::List(Vec::new()), Some(true)),
    ] {
        let facts = BTreeMap::from([(name, value)]);
        assert_eq!(holds(source, &vocabulary, &facts), expected, "{source} {facts:?}");
    }
}

#[test]
fn its_facts_are_named_once() {
    let source = "cards_taken or not cards_taken and hosts_affected.count > 0";
    let condition = Condition::parse(source, &vocabulary()).expect("a good condition");
    assert_eq!(condition.facts(), ["cards_taken", "hosts_affected"]);
    assert_eq!(condition.source(), source);
}

/// The grammar is written down once for people, in `breach help conditions`.
#[test]
fn what_the_topic_shows_of_each_type_can_be_written() {
    let topic = include_str!("../../../src/cli/help/topics/conditions.md");
    let section = topic.split("## What each type can be compared with").nth(1).expect("a section");
    let section = section.split("\n## ").next().expect("a first part");
    let mut types = Vec::new();
    let mut tried = 0;
    for row in section.lines().filter_map(|line| line.strip_prefix("| ")).skip(1) {
        let (names, examples) = row.split_once(" | ").expect("two cells");
        types.extend(names.split(", "));
        for example in examples.split('`').skip(1).step_by(2) {
            let condition = Condition::parse(example, Vocabulary::builtin());
            let condition = condition.unwrap_or_else(|found| panic!("{example}: {found:?}"));
            let name = &condition.facts()[0];
            let kind = Vocabulary::builtin().get(name).expect("a fact").kind.as_str();
            assert!(names.split(", ").any(|name| name == kind), "{example} is of type {kind}");
            assert_eq!(condition.holds(&|_| None), None, "{example}: unknown is never false");
            tried += 1;
        }
    }
    types.sort_unstable();
    let mut all = [
        "yes-no", "count", "text", "list", "choice", "choices", "time", "duration", "money",
        "people", "place",
    ];
    all.sort_unstable();
    assert_eq!(types, all);
    assert!(tried > 12, "{tried}");
}

#[test]
fn none_is_known_and_equals_nothing() {
    let vocabulary = vocabulary();
    let none = Value::None;
    for (source, holds) in [
        ("entry_vector == 'web'", false),
        ("entry_vector != 'web'", true),
        ("entry_vector in ['web', 'supplier']", false),
        ("volume_id == 'none'", false),
        ("'email' in data_classes", false),
        ("'a' in hosts_affected", false),
        ("hosts_affected.count == 0", true),
        ("hosts_affected.count > 0", false),
    ] {
        let condition = Condition::parse(source, &vocabulary).expect(source);
        assert_eq!(condition.holds(&|_| Some(&none)), Some(holds), "{source}");
        assert_eq!(condition.holds(&|_| Some(&Value::Unknown)), None, "{source}");
    }
}

#[test]
fn only_a_comma_behind_a_number_is_told_as_part_of_one() {
    for (text, is_told) in [
        ("hosts_affected.count >= 10,000", true),
        ("incident_kind == 'insider', 'skimming'", false),
        ("leaking, controller_or_processor == 'controller'", false),
        (", leaking", false),
    ] {
        let mistakes = Condition::parse(text, Vocabulary::builtin()).expect_err(text);
        let help = |help: &String| help.contains("no commas");
        let told = mistakes.iter().any(|mistake| mistake.help.as_ref().is_some_and(help));
        assert_eq!(told, is_told, "{text}: {mistakes:?}");
    }
}

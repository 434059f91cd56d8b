//! Whether conditions can hold at all: every combination of answers that they can tell apart.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::{Condition, Node, Number, Order};
use crate::fact::definition::Fact;
use crate::fact::kind::FactType;
use crate::fact::value::{Basis, Count, People, Value};
use crate::fact::vocabulary::Vocabulary;
use crate::{escape, wording};

/// Combinations that are tried; beyond that, anything is taken for possible.
const MOST: usize = 20_000;

/// Bytes of the lists that are made for one fact; beyond that, anything is taken for possible, too.
const WEIGHT: usize = 400_000;

/// Comparisons that are made for all conditions of a document together.
const EFFORT: usize = 20_000_000;

/// What may still be spent on trying out conditions: a document of nothing but hard ones must not
/// hold its reader up.
#[derive(Debug)]
pub struct Effort(Cell<usize>);

impl Default for Effort {
    fn default() -> Self {
        Self(Cell::new(EFFORT))
    }
}

impl Effort {
    /// Whether nothing is left: what was asked since was taken for possible.
    pub fn is_spent(&self) -> bool {
        self.0.get() == 0
    }

    fn spend(&self, effort: usize) -> bool {
        self.0.set(self.0.get().saturating_sub(effort));
        !self.is_spent()
    }
}

impl Condition {
    /// Whether some combination of known answers makes all of them hold. True where there are too
    /// many combinations to try.
    pub fn can_hold(conditions: &[&Self], vocabulary: &Vocabulary, effort: &Effort) -> bool {
        if let [condition] = conditions
            && is_open(&condition.0.root)
        {
            return true;
        }
        let wanted: Vec<_> = conditions.iter().map(|condition| (*condition, true)).collect();
        !matches!(search(&wanted, vocabulary, effort), Search::Nothing)
    }

    /// Whether some combination of known answers makes it not hold. True where there are too many
    /// combinations to try.
    pub fn can_fail(&self, vocabulary: &Vocabulary, effort: &Effort) -> bool {
        is_open(&self.0.root)
            || !matches!(search(&[(self, false)], vocabulary, effort), Search::Nothing)
    }

    /// Answers, in words, with which each condition comes out as it is wanted. `None` where there are
    /// none, or too many combinations to try.
    pub fn case(
        wanted: &[(&Self, bool)],
        vocabulary: &Vocabulary,
        effort: &Effort,
    ) -> Option<Vec<String>> {
        match search(wanted, vocabulary, effort) {
            Search::Found(case) => Some(case),
            Search::Nothing | Search::TooFar => None,
        }
    }
}

/// What came of trying out conditions.
enum Search {
    /// They can come out so with these answers.
    Found(Vec<String>),
    /// They cannot.
    Nothing,
    /// There are too many combinations to try.
    TooFar,
}

/// Looks for answers with which each condition comes out as it is wanted.
fn search(wanted: &[(&Condition, bool)], vocabulary: &Vocabulary, effort: &Effort) -> Search {
    let mut marks: BTreeMap<&str, Marks> = BTreeMap::new();
    let mut weight = 0;
    for (condition, _) in wanted {
        weight += collect(&condition.0.root, &mut marks);
    }
    if !effort.spend(weight) {
        return Search::TooFar;
    }
    let mut domains: Vec<(&str, Vec<Value>)> = Vec::new();
    let mut product = 1_usize;
    for (name, marks) in &marks {
        let kind = vocabulary.get(name).map(|fact| fact.kind);
        let is_list = matches!(kind, Some(FactType::List | FactType::Choices));
        if is_list && !effort.spend(marks.weight().min(WEIGHT)) {
            return Search::TooFar;
        }
        let values = vocabulary.get(name).map_or(vec![], |fact| marks.values(fact));
        product = product.saturating_mul(values.len());
        // No value: the fact is of a type that conditions cannot look at, and was refused before.
        if product == 0 || product > MOST || !effort.spend(values.len()) {
            return Search::TooFar;
        }
        domains.push((name, values));
    }
    for combination in 0..product {
        let answers = |combination: usize| {
            let mut rest = combination;
            domains.iter().map(move |(fact, values)| {
                let value = &values[rest % values.len()];
                rest /= values.len();
                (*fact, value)
            })
        };
        let known = |name: &str| {
            let mut answers = answers(combination);
            answers.find_map(|(fact, value)| (fact == name).then_some(value))
        };
        if !effort.spend(weight + domains.len()) {
            return Search::TooFar;
        }
        if wanted.iter().all(|(one, wanted)| (one.holds(&known) == Some(true)) == *wanted) {
            let says = |(name, value)| {
                marks.get(name).map(|marks| marks.says(name, value, vocabulary)).unwrap_or_default()
            };
            return Search::Found(answers(combination).map(says).collect());
        }
    }
    Search::Nothing
}

/// Whether a condition is one comparison that some answers fulfil and others do not.
fn is_open(mut root: &Node) -> bool {
    while let Node::Not(inner) = root {
        root = inner;
    }
    match root {
        Node::Is(_) | Node::Holds(..) => true,
        Node::Compare(_, _, order, limit) => *order != Order::Less || *limit > 0,
        Node::OneOf(..) | Node::Any(_) | Node::All(_) | Node::Not(_) => false,
    }
}

/// What conditions compare a fact with.
#[derive(Default)]
struct Marks<'c> {
    texts: BTreeSet<&'c str>,
    limits: BTreeSet<u64>,
    codes: BTreeSet<&'c str>,
}

/// Adds what a condition compares, and returns how much that is.
fn collect<'c>(root: &'c Node, marks: &mut BTreeMap<&'c str, Marks<'c>>) -> usize {
    let mut weight = 0;
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        weight += 1;
        match node {
            Node::Any(nodes) | Node::All(nodes) => open.extend(nodes),
            Node::Not(node) => open.push(node),
            Node::Is(fact) => {
                marks.entry(&fact.text).or_default();
            }
            Node::OneOf(fact, texts) => {
                weight += texts.len();
                marks.entry(&fact.text).or_default().texts.extend(texts.iter().map(String::as_str));
            }
            Node::Holds(fact, text) => {
                marks.entry(&fact.text).or_default().texts.insert(text);
            }
            Node::Compare(fact, number, _, limit) => {
                let marks = marks.entry(&fact.text).or_default();
                marks.limits.insert(*limit);
                if let Number::Jurisdiction(code) = number {
                    marks.codes.insert(code);
                }
            }
        }
    }
    weight
}

impl Marks<'_> {
    /// Answers of which the conditions can tell none from one that is left out.
    fn values(&self, fact: &Fact) -> Vec<Value> {
        let mut values = self.given(fact);
        if fact.takes_none() {
            values.push(Value::None);
        }
        values
    }

    /// An answer in words, for somebody who reads the conditions.
    fn says(&self, name: &str, value: &Value, vocabulary: &Vocabulary) -> String {
        let others = |all: &[String]| all.iter().filter(|one| self.texts.contains(&***one)).count();
        match value {
            Value::Text(text) if !self.texts.contains(&**text) => {
                format!("`{name}` is something else")
            }
            Value::Text(id) | Value::Choice(id) => format!("`{name}` is `{}`", escape::line(id)),
            Value::List(all) | Value::Choices(all) if all.is_empty() => {
                format!("`{name}` is empty")
            }
            Value::List(all) | Value::Choices(all) if others(all) == 0 => {
                format!("`{name}` has {}", wording::count(all.len(), "other item"))
            }
            Value::List(all) | Value::Choices(all) => {
                let named: Vec<&String> =
                    all.iter().filter(|one| self.texts.contains(&***one)).collect();
                format!("`{name}` has {}", wording::ticked(&named))
            }
            value => format!("`{name}` is {}", value.show(vocabulary.get(name))),
        }
    }

    fn given(&self, fact: &Fact) -> Vec<Value> {
        match fact.kind {
            FactType::YesNo => vec![Value::YesNo(true), Value::YesNo(false)],
            FactType::Choice => {
                fact.options.iter().map(|option| Value::Choice(option.id.clone())).collect()
            }
            FactType::Text | FactType::Place => {
                let texts = self.texts.iter().map(|text| Value::Text((*text).to_owned()));
                texts.chain([Value::Text(self.stranger())]).collect()
            }
            FactType::Count => self.numbers().map(|n| Value::Count(count(n))).collect(),
            FactType::List => self.lists(usize::MAX, Value::List),
            FactType::Choices => self.lists(fact.options.len(), Value::Choices),
            FactType::People => self.people(),
            FactType::Time | FactType::Duration | FactType::Money => Vec::new(),
        }
    }

    /// Bytes of the lists that these marks tell apart, roughly.
    fn weight(&self) -> usize {
        let longest = self.texts.iter().map(|text| text.len()).max().unwrap_or(0);
        let most = self.limits.last().map_or(1, |limit| usize::try_from(*limit).unwrap_or(WEIGHT));
        let lists = self.numbers().count().saturating_add(1) << self.texts.len().min(11);
        lists.saturating_mul(most.saturating_add(self.texts.len())).saturating_mul(longest + 4)
    }

    /// Each limit, and the numbers beside it.
    fn numbers(&self) -> impl Iterator<Item = u64> + use<> {
        let beside = |limit: &u64| [limit.saturating_sub(1), *limit, limit.saturating_add(1)];
        let numbers: BTreeSet<u64> = self.limits.iter().flat_map(beside).chain([0]).collect();
        numbers.into_iter()
    }

    /// A text that no condition names.
    fn stranger(&self) -> String {
        let longest = self.texts.iter().map(|text| text.len()).max().unwrap_or(0);
        "x".repeat(longest + 1)
    }

    /// Every choice of the named texts, filled up with others to each telling length.
    fn lists(&self, longest: usize, value: impl Fn(Vec<String>) -> Value) -> Vec<Value> {
        let mut lists = Vec::new();
        // Few enough for the count of combinations, which is looked at afterwards.
        if self.texts.len() > 10 || self.weight() > WEIGHT {
            return (0..=MOST).map(|_| value(Vec::new())).collect();
        }
        for choice in 0..1_usize << self.texts.len() {
            let named: Vec<String> = self
                .texts
                .iter()
                .enumerate()
                .filter(|(bit, _)| choice & 1 << bit != 0)
                .map(|(_, text)| (*text).to_owned())
                .collect();
            let free = longest.saturating_sub(self.texts.len());
            let lengths: BTreeSet<usize> = self
                .numbers()
                .filter_map(|n| usize::try_from(n).ok())
                .chain([named.len()])
                .collect();
            for length in lengths {
                if length >= named.len() && length - named.len() <= free {
                    let others =
                        (0..length - named.len()).map(|n| format!("{}{n}", self.stranger()));
                    lists.push(value(named.iter().cloned().chain(others).collect()));
                }
            }
        }
        lists
    }

    fn people(&self) -> Vec<Value> {
        let mut all = vec![People::default()];
        // A jurisdiction that no condition names makes up the rest of a total.
        for code in self.codes.iter().copied().chain(["ZZ"]) {
            let with = |people: &People| {
                let with = |n: u64| {
                    let mut people = people.clone();
                    people.by.insert(code.to_owned(), count(n));
                    people
                };
                self.numbers().map(with).collect::<Vec<_>>()
            };
            all = all.iter().flat_map(with).take(MOST + 1).collect();
            if all.len() > MOST {
                break;
            }
        }
        all.into_iter().map(Value::People).collect()
    }
}

fn count(n: u64) -> Count {
    Count { n, basis: Basis::Exact }
}

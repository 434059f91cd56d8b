//! Why a condition holds or fails, in words, and what would turn it.

use super::{Condition, Node, Number, Order};
use crate::fact::definition::Fact;
use crate::fact::jurisdiction::is_within;
use crate::fact::place;
use crate::fact::value::{Basis, Count, People, Value};
use crate::fact::vocabulary::Vocabulary;

/// One element that made a condition hold, or fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground<'c> {
    /// The fact.
    pub fact: &'c str,
    /// What it says, in words: `3100 people in Texas (US-TX), the law asks for 250 or more`.
    pub says: String,
}

/// A value of a fact that could turn a condition, and how to call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn<'c> {
    /// The fact.
    pub fact: &'c str,
    /// The value in words: `yes`, `with “Payment card numbers”`, `250 or more in Texas (US-TX)`.
    pub says: String,
    /// The value, beside whatever else the fact says now.
    pub value: Value,
}

/// A leaf, and whether it counts towards the outcome as it is or by its absence.
type Leaf<'c> = (&'c Node, bool);

impl Condition {
    /// The elements that made it hold, or fail, those of a fact together; none while it is open.
    /// Where one of several would do, only the `first` of them, or each.
    pub fn grounds<'c, 'v>(
        &'c self,
        known: &dyn Fn(&str) -> Option<&'v Value>,
        vocabulary: &Vocabulary,
        first: bool,
    ) -> Vec<Ground<'c>> {
        let mut leaves = Vec::new();
        self.0.root.decisive(known, first, &mut leaves);
        let mut grounds: Vec<(Ground<'c>, Vec<String>)> = Vec::new();
        for (node, holds) in leaves {
            let Some((fact, value)) = node.fact().and_then(|name| Some((name, known(name)?)))
            else {
                continue;
            };
            let says = node.says(vocabulary.get(fact), value, holds);
            match grounds.iter_mut().find(|(ground, _)| ground.fact == fact) {
                Some((_, all)) if all.contains(&says) => {}
                Some((_, all)) => all.push(says),
                None => grounds.push((Ground { fact, says: String::new() }, vec![says])),
            }
        }
        let joined =
            |(ground, says): (Ground<'c>, Vec<String>)| Ground { says: says.join(", "), ..ground };
        grounds.into_iter().map(joined).collect()
    }

    /// Values that could turn it, one fact at a time.
    pub fn turns<'c, 'v>(
        &'c self,
        known: &dyn Fn(&str) -> Option<&'v Value>,
        vocabulary: &Vocabulary,
    ) -> Vec<Turn<'c>> {
        let mut turns = Vec::new();
        self.0.root.turns(known, vocabulary, &mut turns);
        turns
    }
}

impl Node {
    fn holds_in<'v>(&self, known: &dyn Fn(&str) -> Option<&'v Value>) -> Option<bool> {
        self.holds(&|name| known(&name.text))
    }

    /// The leaves that decided it, with what each came to.
    fn decisive<'n, 'v>(
        &'n self,
        known: &dyn Fn(&str) -> Option<&'v Value>,
        first: bool,
        leaves: &mut Vec<Leaf<'n>>,
    ) {
        let Some(holds) = self.holds_in(known) else { return };
        match self {
            Self::Any(nodes) | Self::All(nodes) => {
                let one_does = holds == matches!(self, Self::Any(_));
                let same = nodes.iter().filter(|node| node.holds_in(known) == Some(holds));
                for node in same.take(if one_does && first { 1 } else { usize::MAX }) {
                    node.decisive(known, first, leaves);
                }
            }
            Self::Not(node) => node.decisive(known, first, leaves),
            leaf => leaves.push((leaf, holds)),
        }
    }

    fn fact(&self) -> Option<&str> {
        match self {
            Self::Is(name)
            | Self::OneOf(name, _)
            | Self::Holds(name, _)
            | Self::Compare(name, ..) => Some(&name.text),
            Self::Any(_) | Self::All(_) | Self::Not(_) => None,
        }
    }

    /// What a fact says about this leaf, in words.
    fn says(&self, fact: Option<&Fact>, value: &Value, holds: bool) -> String {
        match self {
            Self::Holds(_, option) if holds => format!("“{}”", title(fact, option)),
            Self::Holds(_, option) => format!("not “{}”", title(fact, option)),
            Self::OneOf(..) => format!("“{}”", value.show(fact)),
            Self::Compare(_, number, order, limit) => {
                let shown = match (number, value) {
                    (Number::Jurisdiction(code), Value::People(people)) => {
                        format!("{} in {}", persons(&people.number_in(code)), place::named(code))
                    }
                    (Number::Total, Value::People(people)) => people.show_of(std::iter::empty()),
                    _ => value.show(fact),
                };
                match threshold(*order, *limit, holds) {
                    Some(limit) => format!("{shown}, which is {limit}"),
                    None => shown,
                }
            }
            _ => value.show(fact),
        }
    }

    fn turns<'n, 'v>(
        &'n self,
        known: &dyn Fn(&str) -> Option<&'v Value>,
        vocabulary: &Vocabulary,
        turns: &mut Vec<Turn<'n>>,
    ) {
        let mut add = |fact: &'n str, says: String, value: Value| {
            let turn = Turn { fact, says, value };
            if !turns.contains(&turn) {
                turns.push(turn);
            }
        };
        match self {
            Self::Any(nodes) | Self::All(nodes) => {
                for node in nodes {
                    node.turns(known, vocabulary, turns);
                }
            }
            Self::Not(node) => node.turns(known, vocabulary, turns),
            Self::Is(name) => {
                for yes in [true, false] {
                    add(&name.text, if yes { "yes" } else { "no" }.to_owned(), Value::YesNo(yes));
                }
            }
            Self::OneOf(name, texts) => match vocabulary.get(&name.text) {
                Some(fact) if !fact.options.is_empty() => {
                    for option in &fact.options {
                        let value = Value::Choice(option.id.clone());
                        add(&name.text, format!("“{}”", option.title), value);
                    }
                }
                _ => {
                    for text in texts {
                        add(&name.text, format!("“{text}”"), Value::Text(text.clone()));
                    }
                }
            },
            Self::Holds(name, option) => {
                let now = match known(&name.text) {
                    Some(Value::Choices(ids) | Value::List(ids)) => ids.as_slice(),
                    _ => &[],
                };
                let title = title(vocabulary.get(&name.text), option);
                let (mut ids, had) = (now.to_vec(), now.contains(option));
                if had {
                    ids.retain(|id| id != option);
                } else {
                    ids.push(option.clone());
                }
                let says = if had {
                    format!("without “{title}”")
                } else {
                    format!("with “{title}”")
                };
                add(&name.text, says, Value::Choices(ids));
            }
            Self::Compare(name, number, order, limit) => {
                let now = self.holds_in(known);
                for (holds, n) in order.sides(*limit).filter(|(holds, _)| Some(*holds) != now) {
                    let words = threshold(*order, *limit, holds);
                    let words = words.unwrap_or_else(|| match n {
                        0 => "nobody".to_owned(),
                        _ if *limit == 0 => "anybody".to_owned(),
                        _ => n.to_string(),
                    });
                    if let Some((place, value)) = number.with(n, known(&name.text)) {
                        add(&name.text, format!("{words}{place}"), value);
                    }
                }
            }
        }
    }
}

impl Order {
    /// A number for which the comparison holds, and one for which it does not.
    fn sides(self, limit: u64) -> impl Iterator<Item = (bool, u64)> {
        let sides = match self {
            Self::Less => [(true, limit.checked_sub(1)), (false, Some(limit))],
            Self::AtMost | Self::Equal => [(true, Some(limit)), (false, limit.checked_add(1))],
        };
        sides.into_iter().filter_map(|(holds, n)| Some((holds, n?)))
    }
}

impl Number {
    /// The value in which this number is `n`, and the place that it counts, in words. Of a place of
    /// which nothing is recorded while others are, nobody asks.
    fn with(&self, n: u64, now: Option<&Value>) -> Option<(String, Value)> {
        let count = Count { n, basis: Basis::Exact };
        match (self, now) {
            (Self::Itself, _) => Some((String::new(), Value::Count(count))),
            (Self::Jurisdiction(code), Some(Value::People(people))) => {
                let mut people = people.clone();
                let recorded = people.by.len();
                people.by.retain(|other, _| other != code && !is_within(other, code));
                (people.by.len() < recorded).then_some(())?;
                people.by.insert(code.clone(), count);
                Some((format!(" in {}", place::named(code)), Value::People(people)))
            }
            (Self::Jurisdiction(code), _) => {
                let people = People { by: [(code.clone(), count)].into() };
                Some((format!(" in {}", place::named(code)), Value::People(people)))
            }
            (Self::Len | Self::Total, _) => None,
        }
    }
}

/// `250 or more`, of a comparison that says something beside whether there is anybody at all.
fn threshold(order: Order, limit: u64, holds: bool) -> Option<String> {
    if limit == 0 {
        return None;
    }
    match (order, holds) {
        (Order::Less, false) => Some(format!("{limit} or more")),
        (Order::Less, true) => Some(format!("fewer than {limit}")),
        (Order::AtMost, true) => Some(format!("at most {limit}")),
        (Order::AtMost, false) => Some(format!("more than {limit}")),
        (Order::Equal, true) => None,
        (Order::Equal, false) => Some(format!("not {limit}")),
    }
}

fn persons(number: &str) -> String {
    format!("{number} {}", if number == "1" { "person" } else { "people" })
}

fn title(fact: Option<&Fact>, id: &str) -> String {
    let option = fact.and_then(|fact| fact.options.iter().find(|option| option.id == id));
    option.map_or_else(|| id.to_owned(), |option| option.title.clone())
}

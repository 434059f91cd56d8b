//! Conditions on facts: when a step applies.
//!
//! Three-valued (Kleene): what an unknown fact leaves open is unknown, never false.

mod answers;
mod comparison;
mod grounds;
mod lex;
mod open;
mod parse;
mod reach;
mod words;

pub(crate) use answers::Answers;
pub use grounds::{Ground, Turn};
pub use reach::Effort;

use std::ops::Range;
use std::sync::Arc;

use super::value::Value;
use super::vocabulary::Vocabulary;
use answers::Name;

/// A condition that was checked against a vocabulary. A copy costs nothing.
#[derive(Clone, Debug)]
pub struct Condition(Arc<Parsed>);

#[derive(Debug)]
struct Parsed {
    source: String,
    root: Node,
    facts: Vec<String>,
}

/// What is wrong with a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Stable name of the rule: `condition`, `unknown-fact` or `unknown-option`.
    pub rule: &'static str,
    /// Bytes of the source that it is about.
    pub span: Range<usize>,
    /// What is wrong. Foreign text in it is escaped.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// Mistakes of one condition that are told.
pub(crate) const MISTAKES: usize = parse::MISTAKES;

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    /// Every fact, option or comparison that makes no sense, or the first slip of the pen.
    pub fn parse(source: &str, vocabulary: &Vocabulary) -> Result<Self, Vec<Mistake>> {
        Self::read(source, vocabulary, true)
    }

    /// [`Condition::parse`]; what may have been meant is only looked for if somebody is going to
    /// read it.
    pub(crate) fn read(
        source: &str,
        vocabulary: &Vocabulary,
        suggests: bool,
    ) -> Result<Self, Vec<Mistake>> {
        let (root, facts) = parse::parse(source, vocabulary, suggests)?;
        Ok(Self(Arc::new(Parsed { source: source.to_owned(), root, facts })))
    }

    /// Whether it holds; `None` as long as what is not `known` leaves it open.
    pub fn holds<'v>(&self, known: &dyn Fn(&str) -> Option<&'v Value>) -> Option<bool> {
        self.0.root.holds(&|name| known(&name.text))
    }

    /// The facts that it looks at, each once.
    pub fn facts(&self) -> &[String] {
        &self.0.facts
    }

    /// As it was written.
    pub fn source(&self) -> &str {
        &self.0.source
    }
}

/// A part of a condition. No deeper than the parser allows.
#[derive(Clone, Debug)]
enum Node {
    Any(Vec<Node>),
    All(Vec<Node>),
    Not(Box<Node>),
    /// A yes-no fact.
    Is(Name),
    /// A choice or a text that is one of these.
    OneOf(Name, Vec<String>),
    /// Choices or a list that hold this.
    Holds(Name, String),
    /// A number.
    Compare(Name, Number, Order, u64),
}

/// Which number of a fact.
#[derive(Clone, Debug)]
enum Number {
    Itself,
    Len,
    Total,
    Jurisdiction(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Equal,
    Less,
    AtMost,
}

impl Node {
    fn holds<'n, 'v>(&'n self, known: &dyn Fn(&'n Name) -> Option<&'v Value>) -> Option<bool> {
        match self {
            Self::Any(nodes) => {
                kleene(nodes.iter().map(|node| node.holds(known).map(|holds| !holds)))
                    .map(|holds| !holds)
            }
            Self::All(nodes) => kleene(nodes.iter().map(|node| node.holds(known))),
            Self::Not(node) => node.holds(known).map(|holds| !holds),
            Self::Is(fact) => match known(fact)? {
                Value::YesNo(yes) => Some(*yes),
                _ => None,
            },
            Self::OneOf(fact, texts) => match known(fact)? {
                Value::Choice(text) | Value::Text(text) => Some(texts.contains(text)),
                Value::None => Some(false),
                _ => None,
            },
            Self::Holds(fact, text) => match known(fact)? {
                Value::Choices(texts) | Value::List(texts) => Some(texts.contains(text)),
                Value::None => Some(false),
                _ => None,
            },
            Self::Compare(fact, number, order, limit) => {
                let (least, most) = number.bounds(known(fact)?)?;
                order.decide(least, most, *limit)
            }
        }
    }
}

/// All of them: false decides, then unknown, then true.
fn kleene(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut all = Some(true);
    for part in parts {
        match part {
            Some(false) => return Some(false),
            None => all = None,
            Some(true) => {}
        }
    }
    all
}

impl Number {
    /// Least and most that the number can be.
    fn bounds(&self, value: &Value) -> Option<(u64, Option<u64>)> {
        match (self, value) {
            (Self::Itself, Value::Count(count)) => Some(count.bounds()),
            (Self::Len, Value::List(items) | Value::Choices(items)) => {
                let n = items.len() as u64;
                Some((n, Some(n)))
            }
            (Self::Len, Value::None) => Some((0, Some(0))),
            (Self::Total, Value::People(people)) => Some(people.total()),
            (Self::Jurisdiction(code), Value::People(people)) => Some(people.of(code)),
            _ => None,
        }
    }
}

impl Order {
    /// Whether every number between the bounds compares so, or none does.
    fn decide(self, least: u64, most: Option<u64>, limit: u64) -> Option<bool> {
        let (surely, never) = match self {
            Self::Equal => (
                least == limit && most == Some(limit),
                least > limit || most.is_some_and(|most| most < limit),
            ),
            Self::Less => (most.is_some_and(|most| most < limit), least >= limit),
            Self::AtMost => (most.is_some_and(|most| most <= limit), least > limit),
        };
        if surely {
            Some(true)
        } else if never {
            Some(false)
        } else {
            None
        }
    }
}

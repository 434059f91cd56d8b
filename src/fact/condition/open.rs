//! What a condition waits for, and which places it speaks of.

use super::answers::Name;
use super::{Condition, Node, Number, Order, kleene};
use crate::fact::value::Value;

impl Condition {
    /// The facts that leave it open, each once; none if it is decided. A fact beside them cannot
    /// decide it, so nobody has to be asked for it.
    pub fn undecided<'v>(&self, known: &dyn Fn(&str) -> Option<&'v Value>) -> Vec<&str> {
        let mut facts = Vec::new();
        self.0.root.undecided(&|name| known(&name.text), &mut facts);
        facts
    }

    /// The jurisdictions whose people it counts, each once.
    pub fn jurisdictions(&self) -> Vec<&str> {
        let mut codes = Vec::new();
        self.0.root.jurisdictions(&mut codes);
        codes
    }

    /// The places that can make it hold, each once: by their people, or by being what the fact
    /// `home` says.
    pub fn places(&self, home: &str) -> Vec<&str> {
        let mut codes = Vec::new();
        self.0.root.places(home, true, &mut codes);
        codes
    }
}

impl Node {
    /// [`Node::holds`], and adds the facts that leave it open.
    pub(super) fn undecided<'n, 'v>(
        &'n self,
        known: &dyn Fn(&'n Name) -> Option<&'v Value>,
        facts: &mut Vec<&'n str>,
    ) -> Option<bool> {
        let before = facts.len();
        let holds = match self {
            Self::Any(nodes) => {
                kleene(nodes.iter().map(|node| node.undecided(known, facts).map(|holds| !holds)))
                    .map(|holds| !holds)
            }
            Self::All(nodes) => kleene(nodes.iter().map(|node| node.undecided(known, facts))),
            Self::Not(node) => node.undecided(known, facts).map(|holds| !holds),
            Self::Is(fact)
            | Self::OneOf(fact, _)
            | Self::Holds(fact, _)
            | Self::Compare(fact, ..) => {
                let holds = self.holds(known);
                if holds.is_none() {
                    once(facts, &fact.text);
                }
                holds
            }
        };
        // Of a part that is decided nothing is open.
        if holds.is_some() {
            facts.truncate(before);
        }
        holds
    }

    fn jurisdictions<'n>(&'n self, codes: &mut Vec<&'n str>) {
        match self {
            Self::Any(nodes) | Self::All(nodes) => {
                for node in nodes {
                    node.jurisdictions(codes);
                }
            }
            Self::Not(node) => node.jurisdictions(codes),
            Self::Compare(_, Number::Jurisdiction(code), ..) => once(codes, code),
            _ => {}
        }
    }

    /// `speaks` for the whole: not under a negation, or under two of them.
    fn places<'n>(&'n self, home: &str, speaks: bool, codes: &mut Vec<&'n str>) {
        match self {
            Self::Any(nodes) | Self::All(nodes) => {
                for node in nodes {
                    node.places(home, speaks, codes);
                }
            }
            Self::Not(node) => node.places(home, !speaks, codes),
            // More people than a limit are written as not fewer.
            Self::Compare(_, Number::Jurisdiction(code), order, limit)
                if !speaks || *order == Order::Equal && *limit > 0 =>
            {
                once(codes, code);
            }
            Self::OneOf(fact, places) if speaks && fact.text == home => {
                for place in places {
                    once(codes, place);
                }
            }
            _ => {}
        }
    }
}

fn once<'n>(all: &mut Vec<&'n str>, one: &'n str) {
    if !all.contains(&one) {
        all.push(one);
    }
}

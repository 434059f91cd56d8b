//! What a condition waits for, and which places it speaks of.

use super::{Condition, Node, Number};
use crate::fact::value::Value;

impl Condition {
    /// The facts that leave it open, each once; none if it is decided. A fact beside them cannot
    /// decide it, so nobody has to be asked for it.
    pub fn undecided<'v>(&self, known: &dyn Fn(&str) -> Option<&'v Value>) -> Vec<&str> {
        let mut facts = Vec::new();
        self.0.root.undecided(known, &mut facts);
        facts
    }

    /// The jurisdictions whose people it counts, each once.
    pub fn jurisdictions(&self) -> Vec<&str> {
        let mut codes = Vec::new();
        self.0.root.jurisdictions(&mut codes);
        codes
    }
}

impl Node {
    fn undecided<'n, 'v>(
        &'n self,
        known: &dyn Fn(&str) -> Option<&'v Value>,
        facts: &mut Vec<&'n str>,
    ) {
        if self.holds(known).is_some() {
            return;
        }
        match self {
            Self::Any(nodes) | Self::All(nodes) => {
                for node in nodes {
                    node.undecided(known, facts);
                }
            }
            Self::Not(node) => node.undecided(known, facts),
            Self::Is(fact)
            | Self::OneOf(fact, _)
            | Self::Holds(fact, _)
            | Self::Compare(fact, ..) => once(facts, fact),
        }
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
}

fn once<'n>(all: &mut Vec<&'n str>, one: &'n str) {
    if !all.contains(&one) {
        all.push(one);
    }
}

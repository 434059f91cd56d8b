//! Times that cannot both be true, by what the vocabulary says of their order.

use std::collections::HashSet;

use super::definition::FactType;
use super::value::When;
use super::vocabulary::Vocabulary;
use crate::document::{Diagnostic, Findings, Table, did_you_mean};
use crate::escape;

/// Two times of which one must be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction<'a> {
    /// The fact that cannot come after the other.
    pub first: &'a str,
    /// The other.
    pub then: &'a str,
    /// What the first says: certainly after the other.
    pub before: &'a When,
    /// What the other says.
    pub after: &'a When,
}

/// Every pair of times that certainly are in the wrong order, as `not-after` of a fact says it. Those
/// that are too coarse to tell are none.
///
/// `time` finds the moment of a fact by its name.
pub fn contradictions<'a>(
    vocabulary: &'a Vocabulary,
    time: impl Fn(&str) -> Option<&'a When>,
) -> Vec<Contradiction<'a>> {
    let mut found = Vec::new();
    for fact in vocabulary.iter().filter(|fact| !fact.telling.not_after.is_empty()) {
        let Some(before) = time(&fact.name) else { continue };
        found.extend(fact.telling.not_after.iter().filter_map(|then| {
            let after = time(then).filter(|after| before.earliest > after.latest)?;
            Some(Contradiction { first: &fact.name, then, before, after })
        }));
    }
    found
}

/// Says which `not-after` of the table `[fact]` names no fact, no time, or runs in a circle.
pub(crate) fn check(document: &Table<'_>, vocabulary: &Vocabulary, findings: &mut Findings) {
    let Some(facts) = document.table("fact") else { return };
    for name in facts.keys() {
        let Some(fact) = facts.table(&name.text) else { continue };
        for other in fact.texts("not-after") {
            let shown = escape::line(&other.text);
            let found = match vocabulary.get(&other.text) {
                // Of one that cannot be used, its own place speaks.
                None if facts.table(&other.text).is_some() => continue,
                None => Diagnostic::error(
                    "unknown-fact",
                    format!("there is no fact `{shown}`"),
                    other.span.clone(),
                )
                .maybe_help(did_you_mean(&other.text, vocabulary.names())),
                Some(meant) if meant.kind != FactType::Time => Diagnostic::error(
                    "wrong-type",
                    format!("`{shown}` is of type `{}`, which is no time", meant.kind.as_str()),
                    other.span.clone(),
                )
                .help("`not-after` names facts of type `time`"),
                Some(_) if reaches(vocabulary, &other.text, &name.text) => Diagnostic::error(
                    "circle",
                    format!("`{}` and `{shown}` cannot each come before the other", name.text),
                    other.span.clone(),
                )
                .help("take one of the two out of `not-after`"),
                Some(_) => continue,
            };
            findings.push(found);
        }
    }
}

/// Whether one time, over however many between, cannot come after another.
fn reaches(vocabulary: &Vocabulary, from: &str, to: &str) -> bool {
    let (mut seen, mut next) = (HashSet::new(), vec![from]);
    while let Some(at) = next.pop() {
        if at == to {
            return true;
        }
        if seen.insert(at) {
            let fact = vocabulary.get(at);
            next.extend(fact.iter().flat_map(|fact| &fact.telling.not_after).map(String::as_str));
        }
    }
    false
}

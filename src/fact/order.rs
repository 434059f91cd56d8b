//! Times that cannot both be true, by what the vocabulary says of their order.

use super::value::When;
use super::vocabulary::Vocabulary;

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

//! Whether a person has to be asked for a fact: what follows from another answer is not asked.

use super::condition::Condition;
use super::definition::Fact;
use super::value::Value;
use super::vocabulary::Vocabulary;

impl Fact {
    /// Whether a person is not asked for it, given what is `known`.
    pub fn is_moot<'v>(
        &self,
        vocabulary: &Vocabulary,
        known: &dyn Fn(&str) -> Option<&'v Value>,
    ) -> bool {
        let when = condition(self.asking.when.as_deref(), vocabulary);
        when.is_some_and(|when| when.holds(known) == Some(false))
    }

    /// The titles of the facts from which it follows that the answer is yes, if it does.
    pub fn follows_from<'v>(
        &self,
        vocabulary: &Vocabulary,
        known: &dyn Fn(&str) -> Option<&'v Value>,
    ) -> Option<Vec<String>> {
        let yes = condition(self.asking.yes_when.as_deref(), vocabulary)?;
        let title = |name: &String| {
            let is_known = known(name).is_some_and(|value| *value != Value::Unknown);
            vocabulary.get(name).filter(|_| is_known).map(|fact| fact.title.clone())
        };
        let holds = yes.holds(known) == Some(true);
        holds.then(|| yes.facts().iter().filter_map(title).collect())
    }
}

fn condition(text: Option<&str>, vocabulary: &Vocabulary) -> Option<Condition> {
    Condition::parse(text?, vocabulary).ok()
}

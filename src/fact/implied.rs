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
        let grounds = || yes.grounds(known, vocabulary, false).into_iter();
        let titles = || grounds().map(|ground| vocabulary.called(ground.fact).to_owned()).collect();
        (yes.holds(known) == Some(true)).then(titles)
    }
}

fn condition(text: Option<&str>, vocabulary: &Vocabulary) -> Option<Condition> {
    Condition::parse(text?, vocabulary).ok()
}

//! What cannot be true together, by what the vocabulary says of its facts: times in the wrong order,
//! a part that is more than its whole, answers that exclude each other.

use super::asking::CONDITIONS;
use super::condition::Condition;
use super::definition::Fact;
use super::value::{Value, When};
use super::vocabulary::Vocabulary;
use crate::document::{Diagnostic, Findings, Table};
use crate::wording;

/// Two times of which one must be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction<'a> {
    /// The fact that cannot come after the other.
    pub first: &'a str,
    /// The other.
    pub then: &'a str,
    /// Their titles, in the same order.
    pub titles: [&'a str; 2],
    /// What the first says: certainly after the other.
    pub before: &'a When,
    /// What the other says.
    pub after: &'a When,
}

/// Facts of which one must be wrong, whatever their order in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// Their names.
    pub facts: Vec<String>,
    /// Their titles, in the same order.
    pub titles: Vec<String>,
    /// What is wrong with them, without their values: "`a` cannot be more than `b`".
    pub rule: String,
    /// Their values in words, in the same order.
    pub values: Vec<String>,
}

impl Contradiction<'_> {
    /// What is wrong, with both times.
    pub fn says(&self) -> String {
        let Self { first, then, titles: [title, other], before, after } = self;
        let (before, after) = (before.show(), after.show());
        format!(
            "{title} (`{first}`, {before}) is after {other} (`{then}`, {after}): one of them is wrong"
        )
    }
}

impl Clash {
    /// What is wrong in words, with the values, and the facts by which it is mended.
    pub fn says(&self) -> String {
        let mut rule = self.rule.clone();
        for (fact, title) in self.facts.iter().zip(&self.titles) {
            rule = rule.replace(&format!("`{fact}`"), title);
        }
        let values = self.values.join(" against ");
        format!("{rule}: {values} ({})", wording::ticked(&self.facts))
    }
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
            let other = vocabulary.get(then).map_or(then.as_str(), |other| &other.title);
            let titles = [fact.title.as_str(), other];
            Some(Contradiction { first: &fact.name, then, titles, before, after })
        }));
    }
    found
}

/// Everything else that cannot be true together: numbers that are more than the whole that they are
/// `part-of`, and what `never` holds. Numbers that may fit, with their bounds, are no clash.
pub fn clashes<'v>(
    vocabulary: &Vocabulary,
    known: &dyn Fn(&str) -> Option<&'v Value>,
) -> Vec<Clash> {
    let mut found = Vec::new();
    for fact in vocabulary.iter() {
        let Some(value) = known(&fact.name) else { continue };
        let more = |whole: &&String| {
            let (least, _) = number(value)?;
            let (_, most) = number(known(whole)?)?;
            (least > most?).then_some(())
        };
        for whole in fact.telling.part_of.iter().filter(|whole| more(whole).is_some()) {
            let rule = format!("`{}` cannot be more than `{whole}`", fact.name);
            found.push(clash(vec![&fact.name, whole], rule, vocabulary, known));
        }
        found.extend(fact.telling.never.iter().filter_map(|never| {
            let condition = Condition::parse(never, vocabulary).ok()?;
            let holds = condition.holds(known) == Some(true);
            let facts: Vec<&str> = condition.facts().iter().map(String::as_str).collect();
            let rule = format!("{} cannot both be so", wording::ticked(&facts));
            holds.then(|| clash(facts, rule, vocabulary, known))
        }));
    }
    found
}

/// Says which conditions of the table `[fact]` cannot be read.
pub(crate) fn check_conditions(
    vocabulary: &Vocabulary,
    source: &str,
    document: &Table<'_>,
    findings: &mut Findings,
) {
    let Some(facts) = document.table("fact") else { return };
    let tables: Vec<Table<'_>> = facts.keys().filter_map(|name| facts.table(&name.text)).collect();
    let single = tables.iter().flat_map(|fact| CONDITIONS.map(|key| fact.text(key)));
    let never = tables.iter().flat_map(|fact| fact.texts("never"));
    for condition in single.flatten().chain(never) {
        for mistake in Condition::parse(&condition.text, vocabulary).err().unwrap_or_default() {
            let span = condition.part(source, mistake.span);
            let found = Diagnostic::error(mistake.rule, mistake.message, span);
            findings.push(found.maybe_help(mistake.help));
        }
    }
}

fn clash<'v>(
    facts: Vec<&str>,
    rule: String,
    vocabulary: &Vocabulary,
    known: &dyn Fn(&str) -> Option<&'v Value>,
) -> Clash {
    let shown = |name: &&str| {
        let fact: Option<&Fact> = vocabulary.get(name);
        known(name).map_or_else(String::new, |value| value.brief(fact))
    };
    let values = facts.iter().map(shown).collect();
    let titles = facts.iter().map(|name| vocabulary.called(name).to_owned()).collect();
    Clash { facts: facts.into_iter().map(str::to_owned).collect(), titles, rule, values }
}

/// Least and most of a number, or of all people together. Estimates count as unknown.
fn number(value: &Value) -> Option<(u64, Option<u64>)> {
    match value {
        Value::Count(count) => Some(count.firm().bounds()),
        Value::People(people) => Some(people.firm().total()),
        _ => None,
    }
}

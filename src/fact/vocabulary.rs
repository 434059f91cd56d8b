//! All facts that can be asked, by name.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use toml::de::DeTable;

use super::definition::{FACTS, Fact, read_facts};
use super::kind::FactType;
use super::telling::Topic;
use crate::document::shape::{Key, Kind, Shape};
use crate::document::{
    Diagnostic, Document, Findings, Table, did_you_mean, nearest, syntax, visit,
};
use crate::escape;

/// Where the names of all facts are told.
pub(crate) const LISTED: &str = "`breach fact show --all` lists the facts that every playbook can ask; others it has to define \
     itself, under `[fact.NAME]`";

/// The facts in the order of their file. A copy costs nothing.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    layers: Vec<Arc<Layer>>,
}

/// Facts that came together.
#[derive(Debug)]
struct Layer {
    facts: Vec<Fact>,
    places: HashMap<String, usize>,
    /// Options of the facts that have many, by fact.
    options: HashMap<String, HashSet<String>>,
}

/// Options that are found as quickly by looking at each.
const FEW: usize = 32;

/// A vocabulary.
pub static SHAPE: Shape = Shape {
    name: "a vocabulary",
    keys: &[
        Key::required("schema", Kind::Version(2), "Version of the format: 1 or 2."),
        Key::required("fact", FACTS, "The facts by name."),
    ],
};

static BUILTIN: LazyLock<Vocabulary> = LazyLock::new(|| {
    let text = Vocabulary::builtin_text().to_owned();
    Vocabulary::read(&Document { name: "playbooks/facts.toml".to_owned(), text }).0
});

impl Vocabulary {
    /// Reads a vocabulary. It holds the facts that can be used, whatever else is wrong.
    pub fn read(document: &Document) -> (Self, Vec<Diagnostic>) {
        let mut findings = Findings::default();
        let vocabulary = syntax::read(&document.text, &mut findings, Self::read_tree);
        (vocabulary, findings.into_sorted())
    }

    /// Reads a vocabulary from its tree.
    pub fn read_tree(tree: &DeTable<'_>, findings: &mut Findings) -> Self {
        visit::check(tree, &SHAPE, findings);
        let root = Table::root(tree);
        let vocabulary = Self::default().with(read_facts(&root, findings));
        vocabulary.check_order(&root, findings);
        vocabulary
    }

    /// The facts that every playbook can ask.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Their text, so that a copy can be kept with an incident.
    pub fn builtin_text() -> &'static str {
        include_str!("../../playbooks/facts.toml")
    }

    /// The same with a playbook's own facts. A name that is taken keeps its meaning.
    #[must_use]
    pub fn with(mut self, extra: Vec<Fact>) -> Self {
        let mut layer =
            Layer { facts: Vec::new(), places: HashMap::new(), options: HashMap::new() };
        for fact in extra {
            if self.get(&fact.name).is_none() && !layer.places.contains_key(&fact.name) {
                layer.places.insert(fact.name.clone(), layer.facts.len());
                if fact.options.len() > FEW {
                    let ids = fact.options.iter().map(|option| option.id.clone()).collect();
                    layer.options.insert(fact.name.clone(), ids);
                }
                layer.facts.push(fact);
            }
        }
        if !layer.facts.is_empty() {
            self.layers.push(Arc::new(layer));
        }
        self
    }

    /// A fact by name.
    pub fn get(&self, name: &str) -> Option<&Fact> {
        let of = |layer: &'_ Arc<Layer>| layer.places.get(name).copied();
        self.layers.iter().find_map(|layer| of(layer).map(|place| &layer.facts[place]))
    }

    /// What a fact is called: its title or, if it is not of this vocabulary, its name.
    pub fn called<'v>(&'v self, name: &'v str) -> &'v str {
        self.get(name).map_or(name, |fact| &fact.title)
    }

    /// Whether a fact of this vocabulary has an option.
    pub(super) fn has_option(&self, fact: &Fact, id: &str) -> bool {
        match self.layers.iter().find_map(|layer| layer.options.get(&fact.name)) {
            Some(ids) => ids.contains(id),
            None => fact.options.iter().any(|option| option.id == id),
        }
    }

    /// All facts.
    pub fn iter(&self) -> impl Iterator<Item = &Fact> {
        self.layers.iter().flat_map(|layer| &layer.facts)
    }

    /// The facts that a section of a report tells, in the order in which it does.
    pub fn told_in(&self, section: Topic) -> Vec<&Fact> {
        let mut facts: Vec<&Fact> =
            self.iter().filter(|fact| fact.telling.section == Some(section)).collect();
        facts.sort_by_key(|fact| fact.telling.rank.unwrap_or(i64::MAX));
        facts
    }

    /// Says which `not-after` of the table `[fact]` names no fact, no time, or runs in a circle, and
    /// which `part-of` no number.
    pub(crate) fn check_order(&self, document: &Table<'_>, findings: &mut Findings) {
        let Some(facts) = document.table("fact") else { return };
        for name in facts.keys() {
            let Some(fact) = facts.table(&name.text) else { continue };
            self.check_parts(&facts, &fact, findings);
            for other in fact.texts("not-after") {
                let shown = escape::line(&other.text);
                let found = match self.get(&other.text) {
                    // Of one that cannot be used, its own place speaks.
                    None if facts.table(&other.text).is_some() => continue,
                    None => Diagnostic::error(
                        "unknown-fact",
                        format!("there is no fact `{shown}`"),
                        other.span.clone(),
                    )
                    .maybe_help(did_you_mean(&other.text, self.names())),
                    Some(meant) if meant.kind != FactType::Time => Diagnostic::error(
                        "wrong-type",
                        format!("`{shown}` is of type `{}`, not a time", meant.kind.as_str()),
                        other.span.clone(),
                    )
                    .help("`not-after` takes facts of type `time`"),
                    Some(_) if self.reaches(&other.text, &name.text) => Diagnostic::error(
                        "circle",
                        format!("`{}` and `{shown}` cannot each come before the other", name.text),
                        other.span.clone(),
                    )
                    .help("remove one of the two from `not-after`"),
                    Some(_) => continue,
                };
                findings.push(found);
            }
        }
    }

    /// Says which `part-of` of a fact names no number.
    fn check_parts(&self, facts: &Table<'_>, fact: &Table<'_>, findings: &mut Findings) {
        for whole in fact.texts("part-of") {
            let shown = escape::line(&whole.text);
            let found = match self.get(&whole.text) {
                Some(meant) if meant.kind.is_number() => continue,
                None if facts.table(&whole.text).is_some() => continue,
                None => Diagnostic::error(
                    "unknown-fact",
                    format!("there is no fact `{shown}`"),
                    whole.span.clone(),
                )
                .maybe_help(did_you_mean(&whole.text, self.names())),
                Some(meant) => Diagnostic::error(
                    "wrong-type",
                    format!("`{shown}` is of type `{}`, not a number", meant.kind.as_str()),
                    whole.span.clone(),
                )
                .help("`part-of` takes facts of type `count` or `people`"),
            };
            findings.push(found);
        }
    }

    /// Whether one time, over however many between, cannot come after another.
    fn reaches(&self, from: &str, to: &str) -> bool {
        let (mut seen, mut next) = (HashSet::new(), vec![from]);
        while let Some(at) = next.pop() {
            if at == to {
                return true;
            }
            if seen.insert(at) {
                let fact = self.get(at);
                next.extend(
                    fact.iter().flat_map(|fact| &fact.telling.not_after).map(String::as_str),
                );
            }
        }
        false
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|fact| fact.name.as_str())
    }

    /// A fact by its name, or by the words that the screen shows for it, or their beginning.
    ///
    /// # Errors
    /// No fact is called so, or these are.
    pub fn named(&self, words: &str) -> Result<&Fact, Vec<&str>> {
        let words = words.trim().to_lowercase();
        if let Some(fact) = self.get(&words) {
            return Ok(fact);
        }
        let titled = |whole: bool| {
            let fits = |fact: &&Fact| {
                let title = fact.title.to_lowercase();
                if whole { title == words } else { title.starts_with(&words) }
            };
            self.iter().filter(|_| !words.is_empty()).filter(fits).collect::<Vec<&Fact>>()
        };
        let found = Some(titled(true)).filter(|found| !found.is_empty());
        match found.unwrap_or_else(|| titled(false)).as_slice() {
            [one] => Ok(*one),
            several => Err(several.iter().map(|fact| fact.name.as_str()).collect()),
        }
    }

    /// The name that was probably meant.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.names())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builtin_vocabulary_is_sound() {
        let text = Vocabulary::builtin_text().to_owned();
        let document = Document { name: "facts.toml".to_owned(), text };
        let (vocabulary, findings) = Vocabulary::read(&document);
        assert_eq!(findings, []);
        assert!(vocabulary.get("incident_kind").is_some());
        assert_eq!(vocabulary.nearest("incident_knid"), Some("incident_kind"));
    }

    #[test]
    fn a_fact_is_found_by_what_the_screen_calls_it() {
        let vocabulary = Vocabulary::builtin();
        let named = |words| vocabulary.named(words).map(|fact| fact.name.as_str());
        assert_eq!(named("people_affected"), Ok("people_affected"));
        assert_eq!(named("people affected"), Ok("persons_affected"));
        assert_eq!(named("People by"), Ok("people_affected"));
        assert!(named("people").is_err_and(|found| found.contains(&"persons_affected")));
        assert_eq!(named("nothing of the kind"), Err(Vec::new()));
        for fact in vocabulary.iter() {
            let found = named(&fact.title);
            let is_found = found.as_ref().is_ok_and(|name| *name == fact.name);
            assert!(is_found || found.is_err_and(|all| all.len() > 1), "{}", fact.title);
        }
    }
}

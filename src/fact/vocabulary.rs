//! All facts that can be asked, by name.

use std::collections::HashMap;
use std::sync::LazyLock;

use toml::de::DeTable;

use super::definition::{FACTS, Fact, read_facts};
use crate::document::shape::{self, Key, Kind, Shape};
use crate::document::{Diagnostic, Document, Findings, Table, nearest, syntax};

/// The facts in the order of their file.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    facts: Vec<Fact>,
    places: HashMap<String, usize>,
}

static SHAPE: Shape = Shape {
    name: "a vocabulary",
    keys: &[
        Key::required("schema", Kind::Integer, "Version of the format: 1."),
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
        let text = syntax::check(&document.text, &mut findings);
        let (tree, _) = DeTable::parse_recoverable(&text);
        shape::check(tree.get_ref(), &SHAPE, &mut findings);
        let root = Table::root(tree.get_ref());
        schema(&root, &mut findings);
        let facts = read_facts(&root, &mut findings);
        (Self::default().with(facts), findings.into_sorted())
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
        for fact in extra {
            if !self.places.contains_key(&fact.name) {
                self.places.insert(fact.name.clone(), self.facts.len());
                self.facts.push(fact);
            }
        }
        self
    }

    /// A fact by name.
    pub fn get(&self, name: &str) -> Option<&Fact> {
        self.places.get(name).map(|place| &self.facts[*place])
    }

    /// All facts.
    pub fn iter(&self) -> impl Iterator<Item = &Fact> {
        self.facts.iter()
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.facts.iter().map(|fact| fact.name.as_str())
    }

    /// The name that was probably meant.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.names())
    }
}

/// Refuses a document of a later format.
pub(crate) fn schema(root: &Table<'_>, findings: &mut Findings) {
    if let Some(version) = root.integer("schema").filter(|version| *version != 1) {
        let message = format!("this is schema {version}; this version of the tool reads schema 1");
        let span = root.keys().find(|key| key.text == "schema").map_or(0..0, |key| key.span);
        findings.push(Diagnostic::error("schema", message, span));
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
}

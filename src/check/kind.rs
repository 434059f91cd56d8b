//! What a file is, judging by its contents.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::document::nearest;
use crate::{fact, playbook};

/// What a file is, judging by its contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A plan for one phase: `phase` or `[[step]]`.
    Playbook,
    /// Facts that every playbook can ask: `[fact]` without a phase or a step.
    Facts,
    /// Steps that several playbooks take: `[[shared-step]]`.
    Steps,
    /// Rules of law: `regime`.
    Regime,
    /// Days on which an authority is closed: `calendar`.
    Calendar,
    /// Places whose law is held in outline: `[[place]]`.
    Atlas,
    /// Answers of a scripted walk: `[step.ID]`, `[opening]`.
    Answers,
    /// Tests of a playbook: `[[case]]`.
    Tests,
    /// None of them.
    Unknown,
}

impl FileKind {
    /// All kinds, in the order in which they are declared.
    pub const ALL: [Self; 9] = [
        Self::Playbook,
        Self::Facts,
        Self::Steps,
        Self::Regime,
        Self::Calendar,
        Self::Atlas,
        Self::Answers,
        Self::Tests,
        Self::Unknown,
    ];

    /// What people call one such file.
    pub fn noun(self) -> &'static str {
        [
            "playbook",
            "facts file",
            "steps file",
            "law file",
            "calendar",
            "atlas file",
            "answers file",
            "test file",
            "other file",
        ][self as usize]
    }

    /// What a text is, as far as it can be read.
    pub fn of_text(text: &str) -> Self {
        Self::of(DeTable::parse_recoverable(text).0.get_ref())
    }

    /// Whether a text is a file of another program: no kind of ours, and none that was misspelt.
    pub fn is_foreign(text: &str) -> bool {
        let tree = DeTable::parse_recoverable(text).0;
        let tree = tree.get_ref();
        Self::of(tree) == Self::Unknown && Meant::of(tree).is_none()
    }

    pub(super) fn of(tree: &DeTable<'_>) -> Self {
        let step = tree.get("step").map(Spanned::get_ref);
        let has_steps = step.is_some_and(DeValue::is_array);
        if tree.get("case").is_some_and(|case| case.get_ref().is_array()) {
            Self::Tests
        } else if tree.contains_key("regime") {
            Self::Regime
        } else if tree.contains_key("calendar") {
            Self::Calendar
        } else if tree.get("place").is_some_and(|place| place.get_ref().is_array()) {
            Self::Atlas
        } else if tree.contains_key("shared-step") {
            Self::Steps
        } else if tree.contains_key("phase") || has_steps || tree.contains_key("suits") {
            Self::Playbook
        } else if tree.contains_key("opening") || step.is_some_and(DeValue::is_table) {
            Self::Answers
        } else if tree.contains_key("fact") {
            Self::Facts
        } else {
            Self::Unknown
        }
    }
}

/// What somebody meant who wrote a file of no kind.
pub(super) struct Meant {
    /// Where the key stands that is ours only nearly, or else the first that is ours.
    pub(super) key: Range<usize>,
    /// What is nearly ours, and the key that is.
    pub(super) nearest: Option<(String, &'static str)>,
}

impl Meant {
    /// None where nothing speaks for a file of ours: neither `schema` with a number, as each of ours
    /// has it, and a key that is ours or nearly; nor a key that nearly tells the kind, and two that are
    /// ours.
    pub(super) fn of(tree: &DeTable<'_>) -> Option<Self> {
        let shapes = [&playbook::SHAPE, &playbook::TESTS, &playbook::STEPS, &fact::SHAPE];
        let is_ours =
            |name: &str| shapes.iter().flat_map(|shape| shape.keys).any(|key| key.name == name);
        let has_schema = tree.get("schema").is_some_and(|it| it.get_ref().is_integer());
        let mut keys: Vec<_> = tree.iter().filter(|(key, _)| key.get_ref() != "schema").collect();
        keys.sort_by_key(|(key, _)| key.span().start);
        let own = keys.iter().filter(|(key, _)| is_ours(key.get_ref()));
        let (first, count) = (own.clone().next(), own.count());
        // A key tells the kind only with a value that it can have.
        let near = keys.iter().find_map(|(key, value)| {
            let telling: &[&str] = match value.get_ref() {
                DeValue::String(_) => &["phase"],
                DeValue::Array(_) => &["step", "case", "shared-step", "suits"],
                DeValue::Table(_) => &["fact", "step"],
                _ => &[],
            };
            let nearest = nearest(key.get_ref(), telling.iter().copied())?;
            Some(Self { key: key.span(), nearest: Some((key.get_ref().to_string(), nearest)) })
        });
        let first = first.map(|(key, _)| Self { key: key.span(), nearest: None });
        near.filter(|_| has_schema || count > 1).or_else(|| first.filter(|_| has_schema))
    }
}

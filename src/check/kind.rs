//! What a file is, judging by its contents.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

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

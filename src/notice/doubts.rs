//! What a person has to look into before a draft is sent: marks above its text.

use std::collections::BTreeSet;

use super::Language;
use super::marks::{TO_CHECK, UNREVIEWED};
use crate::{escape, wording};

/// What a person has to look into before a draft is sent.
#[derive(Clone, Debug, Default)]
pub struct Doubts {
    /// Facts that are marked privileged.
    pub privileged: BTreeSet<String>,
    /// What is doubtful whatever the draft tells, a sentence each.
    pub always: Vec<String>,
    /// What is doubtful where the draft tells one of these facts.
    pub of_facts: Vec<(Vec<String>, String)>,
}

impl Doubts {
    /// The doubts about a draft that tells these facts, a sentence each.
    pub fn about(&self, told: &BTreeSet<String>) -> Vec<String> {
        let mut doubts = self.always.clone();
        let of_facts = self.of_facts.iter();
        let of_facts = of_facts.filter(|(facts, _)| facts.iter().any(|fact| told.contains(fact)));
        doubts.extend(of_facts.map(|(_, doubt)| doubt.clone()));
        let privileged: Vec<&String> = self.privileged.intersection(told).collect();
        if !privileged.is_empty() {
            let names = wording::ticked(&privileged);
            doubts.push(format!("may this be told? On record it is marked privileged: {names}"));
        }
        doubts
    }

    /// The lines above a draft that tells these facts, and whose text makes somebody ask more.
    pub(super) fn above(
        &self,
        told: &BTreeSet<String>,
        asked: &[String],
        language: &Language,
    ) -> String {
        let mut lines = Vec::new();
        if language.reviewed_by.is_none() && !language.is_english() {
            lines.push(format!(
                "{UNREVIEWED}nobody whose first language is {} has read these words; have them \
                 read, and write `reviewed-by` into the file of the language]",
                language.name
            ));
        }
        let mark = |doubt: &String| format!("{TO_CHECK}: {}]", escape::ticked(doubt));
        lines.extend(self.about(told).iter().chain(asked).map(mark));
        lines.into_iter().map(|line| line + "\n\n").collect()
    }
}

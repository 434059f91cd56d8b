//! What was decided besides the determinations that the law hangs on: a shutdown, a ransom, a pause.

use chrono::{DateTime, FixedOffset};
use schemars::JsonSchema;
use serde::Serialize;

use crate::fact::When;
use crate::incident::event::DecidedAs;
use crate::report::gate::{Class, Text};
use crate::report::material::Build;

/// A decision, as it was first or changed later.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Choice {
    /// What it is called.
    pub name: Text,
    /// What was asked.
    pub question: Option<Text>,
    /// What could have been decided.
    pub options: Vec<Text>,
    /// What was decided.
    pub decided: Text,
    /// Who decided.
    pub by: Text,
    /// In which role.
    pub role: DecidedAs,
    /// On what basis.
    pub basis: Option<Text>,
    /// Who disagreed, and why.
    pub dissent: Option<Text>,
    /// When it was to be looked at again.
    pub review_at: Option<DateTime<FixedOffset>>,
    /// When it was decided, if somebody said.
    pub occurred: Option<When>,
    /// When it was recorded.
    pub at: DateTime<FixedOffset>,
}

impl Build<'_> {
    /// In the order in which they were recorded. Readers who may not see reasons see none of it.
    pub(in crate::report) fn decisions(&self) -> Vec<Choice> {
        let all = self.gather.incident.decisions.iter();
        let all = all.flat_map(|(name, all)| all.iter().map(move |one| (name, one)));
        let text = |text: &str| self.gate.text(Class::Reason, text);
        let option = |text: &Option<String>| self.gate.option(Class::Reason, text.as_deref());
        let told = all.filter_map(|(name, one)| {
            Some(Choice {
                name: text(name)?,
                question: option(&one.question),
                options: one.options.iter().filter_map(|option| text(option)).collect(),
                decided: text(&one.what)?,
                by: self.gate.person(&one.by),
                role: one.role.clone(),
                basis: text(&one.basis),
                dissent: option(&one.dissent),
                review_at: one.review_at,
                occurred: one.occurred.clone(),
                at: one.at,
            })
        });
        let mut told: Vec<Choice> = told.collect();
        told.sort_by_key(|choice| choice.at);
        told
    }
}

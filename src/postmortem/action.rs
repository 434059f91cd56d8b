//! What will be done about it.

use schemars::JsonSchema;
use serde::Serialize;

use super::build::Build;
use super::gate::{Class, Text};
use crate::fact::Value;
use crate::incident::StepKey;
use crate::incident::event::Outcome;
use crate::phase::Phase;

/// An action item.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Action {
    /// What will be done.
    pub text: Option<Text>,
    /// Who owns it.
    pub owner: Option<Text>,
    /// By when, as it was written.
    pub due: Option<String>,
    /// Whether it was handed over to its owner.
    pub handed_over: bool,
}

/// Owner and the rest of `Priya: alert on changed scripts by 2018-10-15`.
pub(super) fn owned(item: &str) -> Option<(&str, &str)> {
    let (owner, rest) = item.split_once(": ")?;
    (!owner.is_empty() && owner.chars().count() <= 60).then_some((owner, rest))
}

/// What is to be done, and by which date, if it ends in one.
fn dated(text: &str) -> (&str, Option<&str>) {
    let Some((what, day)) = text.rsplit_once(" by ") else { return (text, None) };
    let is_date = day.parse::<chrono::NaiveDate>().is_ok();
    if is_date { (what, Some(day)) } else { (text, None) }
}

impl Build<'_> {
    /// The items of the walk, in the order in which they were written.
    pub(super) fn actions(&self) -> Vec<Action> {
        let Some(Value::List(items)) = self.gather.incident.fact_value("action_items") else {
            return Vec::new();
        };
        if self.is_withheld("action_items") {
            return Vec::new();
        }
        items.iter().map(|item| self.action(item)).collect()
    }

    fn action(&self, item: &str) -> Action {
        let (owner, text) = owned(item).map_or((None, item), |(owner, rest)| (Some(owner), rest));
        let (text, due) = dated(text);
        let key = StepKey { step: "hand-over-action-item".to_owned(), item: Some(item.to_owned()) };
        let step = self.gather.incident.step(Phase::PostMortem, &key);
        Action {
            text: self.gate.text(Class::Action, text),
            owner: owner.map(|owner| self.gate.person(owner)),
            due: due.map(str::to_owned),
            handed_over: step.is_some_and(|step| step.outcome == Outcome::Done),
        }
    }
}

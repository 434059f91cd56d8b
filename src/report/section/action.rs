//! What will be done about it.

use chrono::{DateTime, FixedOffset, NaiveDate};
use schemars::JsonSchema;
use serde::Serialize;

use crate::incident::event::{Outcome, WITHHELD};
use crate::incident::{ACTION_ITEMS, ActionItem, ActionState, StepKey};
use crate::phase::Phase;
use crate::report::gate::{Class, Text};
use crate::report::material::Build;
use crate::report::measure::Interval;
use crate::report::measure::interval::second;

/// An action item.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Action {
    /// Its name: `a-3f9c1e`.
    pub id: Text,
    /// What will be done.
    pub text: Option<Text>,
    /// Who owns it.
    pub owner: Option<Text>,
    /// The last day.
    pub due: Option<NaiveDate>,
    /// Where the work is tracked, or what proves it.
    pub link: Option<Text>,
    /// Its state.
    pub state: ActionState,
    /// Why it was dropped, or how it was done.
    pub reason: Option<Text>,
    /// Whether it was overdue when the last entry was written.
    pub overdue: bool,
    /// Whether the walk handed it over to its owner.
    pub handed_over: bool,
    /// When it ended.
    pub ended_at: Option<DateTime<FixedOffset>>,
    /// From the closing of the incident (E10) until it was done; none if it was done earlier.
    pub closure: Option<Interval>,
}

impl Action {
    /// Whether the reader may read what it is.
    pub fn is_readable(&self) -> bool {
        self.text.as_ref().is_some_and(|text| text.as_str() != WITHHELD)
    }

    /// Whether it is still to be done.
    pub fn is_open(&self) -> bool {
        self.state == ActionState::Open
    }
}

impl Build<'_> {
    /// The items, in the order in which they were written down.
    pub(in crate::report) fn actions(&self) -> Vec<Action> {
        let withheld = self.is_withheld(ACTION_ITEMS);
        let items = self.gather.incident.actions.iter();
        items
            .filter(|item| !(withheld && item.listed().is_some()))
            .map(|item| self.action(item))
            .collect()
    }

    fn action(&self, item: &ActionItem) -> Action {
        let handed = item.listed().and_then(|listed| {
            let key =
                StepKey { step: "hand-over-action-item".to_owned(), item: Some(listed.to_owned()) };
            self.gather.incident.step(Phase::PostMortem, &key)
        });
        let last = self.gather.incident.last_at.map(|at| at.date_naive());
        Action {
            id: self.gate.id(&item.id),
            text: self.gate.text(Class::Action, &item.text),
            owner: item.owner.as_deref().map(|owner| self.gate.person(owner)),
            due: item.due,
            link: self.gate.option(Class::Reason, item.link.as_deref()),
            state: item.state,
            reason: self.gate.option(Class::Reason, item.reason.as_deref()),
            overdue: last.is_some_and(|last| item.is_overdue(last)),
            handed_over: handed.is_some_and(|step| step.outcome == Outcome::Done),
            ended_at: item.ended_at,
            closure: (item.state == ActionState::Done)
                .then_some(self.gather.incident.closed_at.zip(item.ended_at))
                .flatten()
                .filter(|(closed, ended)| ended >= closed)
                .map(|(closed, ended)| Interval::between(&second(closed), &second(ended))),
        }
    }
}

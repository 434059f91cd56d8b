//! What is said of a step outside a walk: one outcome for one place or many.

use std::collections::HashSet;

use chrono::{DateTime, FixedOffset};

use super::people::namesakes;
use super::plan::items;
use super::{Act, Done, Walk};
use crate::fact::{Value, When, spread};
use crate::incident::event::{Imported, Obstacle, Outcome};
use crate::incident::{Incident, StepKey};
use crate::playbook::Step;
use crate::wording;

/// Items that are named one by one where they are not on a list.
const MANY: usize = 5;

/// An outcome as somebody says it outside a walk.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// How the step came out.
    pub outcome: Outcome,
    /// For which items; none for a step that does not repeat.
    pub items: Vec<String>,
    /// The reason, what it waits for, what was done.
    pub text: Option<String>,
    /// Whose it is now.
    pub to: Option<String>,
    /// What kind of obstacle it is.
    pub why: Option<Obstacle>,
    /// When it happened, if not now.
    pub occurred: Option<When>,
    /// When to look again.
    pub check_at: Option<DateTime<FixedOffset>>,
    /// The row that it was read from.
    pub imported: Option<Imported>,
    /// Why it is said although it destroys evidence that is not kept.
    pub anyway: Option<String>,
}

impl Told {
    /// A step came out so.
    pub fn new(outcome: Outcome) -> Self {
        Self {
            outcome,
            items: Vec::new(),
            text: None,
            to: None,
            why: None,
            occurred: None,
            check_at: None,
            imported: None,
            anyway: None,
        }
    }

    /// What is missing for it to say something: each outcome but `done` has its reason.
    pub fn lacks(&self) -> Option<&'static str> {
        let has_text = self.text.as_ref().is_some_and(|text| !text.trim().is_empty());
        match self.outcome {
            Outcome::Assigned if self.to.is_none() => Some("whose it is: --to NAME"),
            Outcome::Waiting if !has_text => Some("what it waits for"),
            Outcome::Blocked if !has_text && self.why.is_none() => Some("what holds it up"),
            Outcome::Skipped | Outcome::NotApplicable if !has_text => Some("why"),
            _ => None,
        }
    }
}

impl Walk<'_> {
    /// Places of a step that items or ranges of them name; without an item, the step itself.
    ///
    /// # Errors
    /// The step does not repeat, or these are not on its list: what to say of it.
    pub fn places_of(
        &self,
        incident: &Incident,
        step: &Step,
        named: &[String],
    ) -> Result<Vec<StepKey>, String> {
        let of = |item: Option<String>| StepKey { step: step.id.clone(), item };
        // Of a table with thousands of rows, each asks for one.
        if let ([one], Some(Value::List(list))) = (named, list(incident, step))
            && list.contains(one)
        {
            return Ok(vec![of(Some(one.clone()))]);
        }
        let known = items(step, incident);
        if step.for_each.is_none() && !named.is_empty() {
            return Err(format!("`{}` is one step and has no items", step.id));
        }
        if named.is_empty() {
            return match known.as_slice() {
                [] => Err(format!("`{}` has no {} yet", step.id, step.noun)),
                [(item, _)] => Ok(vec![of(item.clone())]),
                _ => Err(format!(
                    "`{}` has {}: say which, or `--item all`",
                    step.id,
                    wording::count(known.len(), &step.noun)
                )),
            };
        }
        let state = |item: &Option<String>| incident.step(self.phase(), &of(item.clone()));
        let is_settled =
            |item: &Option<String>| state(item).is_some_and(|state| state.outcome.is_settled());
        match named {
            [word] if word == "all" => {
                return Ok(known.into_iter().map(|(item, _)| of(item)).collect());
            }
            [word] if word == "rest" => {
                let rest = known.into_iter().filter(|(item, _)| !is_settled(item));
                return Ok(rest.map(|(item, _)| of(item)).collect());
            }
            _ => {}
        }
        let all: HashSet<&str> = known.iter().filter_map(|(item, _)| item.as_deref()).collect();
        let items = |name: &String| match spread(name) {
            Some(range) if !all.contains(name.as_str()) => range,
            _ => vec![name.clone()],
        };
        let named: Vec<String> = named.iter().flat_map(items).collect();
        let strange: Vec<&String> =
            named.iter().filter(|name| !all.contains(name.as_str())).collect();
        if !strange.is_empty() {
            let list = step.for_each.as_deref().unwrap_or_default();
            let strange = wording::some(&strange, MANY);
            return Err(format!(
                "not on the list `{list}`: {strange} (`breach fact add {list} ITEM` adds to it)"
            ));
        }
        let mut places: Vec<StepKey> = named.iter().map(|name| of(Some(name.clone()))).collect();
        let mut seen = HashSet::new();
        places.retain(|place| seen.insert(place.item.clone()));
        Ok(places)
    }

    /// Whether a place already is in the state that somebody reports.
    pub fn is_so(&self, incident: &Incident, at: &StepKey, told: &Told) -> bool {
        incident.step(self.phase(), at).is_some_and(|state| {
            state.outcome == told.outcome
                && state.text == told.text
                && state.owner == told.to
                && state.why == told.why
                && state.check_at == told.check_at
        })
    }

    /// Titles of the steps that should have kept what these places are about to destroy; none for an
    /// outcome that destroys nothing.
    pub fn loses(&self, incident: &Incident, places: &[StepKey], outcome: Outcome) -> Vec<String> {
        if outcome == Outcome::Done { self.unkept(incident, places) } else { Vec::new() }
    }

    /// Records how places of one step came out: one entry for all that owe the same, behind a note of
    /// what they destroy and why.
    pub fn told(&mut self, incident: &Incident, places: &[StepKey], told: Told) -> Vec<Act> {
        let Some(first) = places.first() else { return Vec::new() };
        let anyway = told.anyway.as_ref();
        let lost = anyway.map(|_| self.loses(incident, places, told.outcome)).unwrap_or_default();
        let Told { outcome, text, to, why, occurred, check_at, imported, anyway, .. } = told;
        let anyway = anyway.filter(|_| !lost.is_empty());
        let mut acts: Vec<Act> =
            anyway.map(|why| self.note_of_loss(first, &lost, &why)).into_iter().collect();
        let namesakes = to.as_ref().and_then(|to| namesakes(incident, to));
        acts.extend(namesakes.map(Act::Warn));
        let items = places.iter().filter_map(|place| place.item.clone()).collect();
        let done = Done {
            items,
            text,
            occurred,
            timed: true,
            check_at,
            to,
            why,
            imported: imported.map(Box::new),
            ..Done::default()
        };
        acts.extend(self.settle(incident, first.clone(), outcome, done));
        acts
    }
}

fn list<'i>(incident: &'i Incident, step: &Step) -> Option<&'i Value> {
    incident.fact_value(step.for_each.as_deref()?)
}

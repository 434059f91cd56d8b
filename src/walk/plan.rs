//! Which steps there are for this incident, and where each stands: a pure function of the fold.

use std::ops::Range;

use chrono::{DateTime, FixedOffset, Utc};

use super::duty::duty;
use crate::fact::Value;
use crate::incident::event::Outcome;
use crate::incident::{Incident, StepKey, StepState};
use crate::playbook::{Playbook, Step};
use crate::wording;

/// A step or, where it repeats, the step for one item.
#[derive(Clone, Debug)]
pub struct Place {
    /// Number of the step in the playbook.
    pub step: usize,
    /// Item of its list.
    pub item: Option<String>,
    /// Whether its condition holds; `None` while an unknown fact leaves it open.
    pub applies: Option<bool>,
    /// Where it stands.
    pub standing: Standing,
    /// When it comes up, if it has to wait once the steps that it needs are settled.
    pub not_before: Option<DateTime<FixedOffset>>,
}

impl Place {
    /// Its step and item.
    pub fn key(&self, playbook: &Playbook) -> StepKey {
        StepKey { step: playbook.steps[self.step].id.clone(), item: self.item.clone() }
    }

    /// The title of its step, with the item in its place.
    pub fn title(&self, playbook: &Playbook) -> String {
        let step = &playbook.steps[self.step];
        step.fill(&step.title, self.item.as_deref())
    }
}

/// Where a place stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing was said of it.
    Open,
    /// Waiting, assigned or blocked.
    Aside,
    /// Done, skipped or not applicable.
    Settled,
}

/// All places of a playbook, in its order.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The places.
    pub places: Vec<Place>,
    /// Places of each step.
    of_step: Vec<Range<usize>>,
}

/// The title of a step, with those of its items that it is about.
pub(super) fn titled(step: &Step, items: &[&str]) -> String {
    match items {
        [one] => step.fill(&step.title, Some(*one)),
        [] => step.fill(&step.title, None),
        many => format!("{}: {}", step.fill(&step.title, None), wording::few(many)),
    }
}

impl Plan {
    /// Lays the playbook over what is known.
    pub fn new(playbook: &Playbook, incident: &Incident) -> Self {
        let mut places = Vec::with_capacity(playbook.steps.len());
        let mut of_step = Vec::with_capacity(playbook.steps.len());
        for (number, step) in playbook.steps.iter().enumerate() {
            let first = places.len();
            let condition = match &step.when {
                Some(when) => when.holds(&|name| incident.fact_value(name)),
                None => Some(true),
            };
            for (item, known) in items(step, incident) {
                let key = StepKey { step: step.id.clone(), item };
                let state = incident.step(playbook.phase, &key);
                let duty = duty(step, &key);
                let answered = duty.and_then(|duty| incident.answered_at(duty));
                // What was recorded of a duty by other ways since then counts here, too.
                let is_answered =
                    answered.is_some_and(|at| state.is_none_or(|state| state.at <= at));
                let is_done = state.is_some_and(|state| state.outcome == Outcome::Done);
                let is_untold = is_done && duty.is_some_and(|duty| incident.is_untold(duty));
                let standing = match standing(state) {
                    _ if is_answered => Standing::Settled,
                    _ if is_untold => Standing::Open,
                    standing => standing,
                };
                let applies = if known { condition } else { condition.filter(|holds| !holds) };
                let not_before = None;
                places.push(Place { step: number, item: key.item, applies, standing, not_before });
            }
            of_step.push(first..places.len());
        }
        let mut plan = Self { places, of_step };
        plan.time(playbook, incident);
        plan
    }

    /// Steps that wait count from the last outcome of those that they need.
    fn time(&mut self, playbook: &Playbook, incident: &Incident) {
        for (number, step) in playbook.steps.iter().enumerate() {
            let Some(after) = step.after else { continue };
            let needed = step.needs.iter().flat_map(|&need| self.of_step(need));
            let settled = needed.filter_map(|place| {
                incident.step(playbook.phase, &place.key(playbook)).map(|state| state.at)
            });
            let Some(ripe) = settled.max().and_then(|at| at.checked_add_signed(after)) else {
                continue;
            };
            for place in &mut self.places[self.of_step[number].clone()] {
                place.not_before = Some(ripe);
            }
        }
    }

    /// The first place that can be worked on now: open, perhaps applicable, with its needs met and
    /// its time come.
    pub fn next_ready(&self, playbook: &Playbook, now: DateTime<Utc>) -> Option<usize> {
        self.ready(playbook).find(|&place| self.not_before(place).is_none_or(|at| at <= now))
    }

    /// When the next place comes up that only waits for its time.
    pub fn ripens(&self, playbook: &Playbook) -> Option<DateTime<FixedOffset>> {
        self.ready(playbook).filter_map(|place| self.places[place].not_before).min()
    }

    /// Places that are open and concern us, with what comes first settled.
    fn ready(&self, playbook: &Playbook) -> impl Iterator<Item = usize> {
        (0..self.places.len()).filter(|&place| {
            self.places[place].standing == Standing::Open
                && self.concerns(place)
                && self.is_ready(playbook, place)
        })
    }

    fn not_before(&self, place: usize) -> Option<DateTime<FixedOffset>> {
        self.places[place].not_before
    }

    /// Whether the place applies, or may.
    pub fn concerns(&self, place: usize) -> bool {
        self.places[place].applies != Some(false)
    }

    /// Whether every step that must come first is settled or does not apply.
    pub fn is_ready(&self, playbook: &Playbook, place: usize) -> bool {
        self.unmet(playbook, place).next().is_none()
    }

    /// Steps that must come first and have not.
    pub fn unmet<'a>(
        &'a self,
        playbook: &'a Playbook,
        place: usize,
    ) -> impl Iterator<Item = usize> + 'a {
        let needs = &playbook.steps[self.places[place].step].needs;
        let is_settled = move |need: usize| match self.same_item(playbook, place, need) {
            Some(of) => self.places[of].standing == Standing::Settled || !self.concerns(of),
            None => self.is_settled(need),
        };
        needs.iter().copied().filter(move |&need| !is_settled(need))
    }

    /// The place of a needed step for the item of another place, if both repeat over the same list: a
    /// block on one host holds up no other.
    pub(super) fn same_item(
        &self,
        playbook: &Playbook,
        place: usize,
        need: usize,
    ) -> Option<usize> {
        let Place { step, item, .. } = &self.places[place];
        let list = playbook.steps[*step].for_each.as_ref().filter(|_| item.is_some());
        let is_same = list.is_some() && playbook.steps[need].for_each.as_ref() == list;
        // Steps over the same list have the same items in the same order.
        is_same.then(|| self.of_step[need].start + (place - self.of_step[*step].start))
    }

    /// Whether a step is settled for every item that concerns us.
    pub fn is_settled(&self, step: usize) -> bool {
        self.of_step(step)
            .all(|place| place.standing == Standing::Settled || place.applies == Some(false))
    }

    /// Numbers of the places that are set aside and concern us.
    pub(super) fn aside(&self) -> impl Iterator<Item = usize> {
        let is_aside =
            |&place: &usize| self.places[place].standing == Standing::Aside && self.concerns(place);
        (0..self.places.len()).filter(is_aside)
    }

    /// Numbers of the places of a step.
    pub fn range(&self, step: usize) -> Range<usize> {
        self.of_step[step].clone()
    }

    /// The places of a step.
    pub fn of_step(&self, step: usize) -> impl Iterator<Item = &Place> {
        self.places[self.of_step[step].clone()].iter()
    }

    /// Finds a place by step and item.
    pub fn find(&self, playbook: &Playbook, key: &StepKey) -> Option<usize> {
        self.places
            .iter()
            .position(|place| playbook.steps[place.step].id == key.step && place.item == key.item)
    }

    /// `4 of 14`: the number by which people jump to a step, and how many the playbook has.
    pub fn position(&self, step: usize) -> (usize, usize) {
        (step + 1, self.of_step.len())
    }

    /// The steps that should have kept what this place is about to destroy, but were not carried out;
    /// each with those of its items that are not kept.
    pub(super) fn keepers<'p>(
        &self,
        playbook: &'p Playbook,
        incident: &Incident,
        place: usize,
    ) -> Vec<(&'p Step, Vec<&str>)> {
        let Place { step: number, .. } = &self.places[place];
        let step = &playbook.steps[*number];
        playbook.steps[..*number]
            .iter()
            .enumerate()
            .filter(|(_, keeper)| keeper.preserves.iter().any(|tag| step.destroys.contains(tag)))
            .filter_map(|(keeps, keeper)| {
                let same_list = keeper.for_each.is_some() && keeper.for_each == step.for_each;
                let all = self.range(keeps);
                // Steps over the same list have the same items in the same order.
                let same = all.start + (place - self.of_step[*number].start);
                let places = if same_list { same..same + 1 } else { all };
                let unkept = self.places[places].iter().filter(|place| {
                    place.applies != Some(false) && {
                        let state = incident.step(playbook.phase, &place.key(playbook));
                        let address = format!("{}/{}", playbook.phase, keeper.id);
                        let item = place.item.as_deref();
                        let owed = |state: &StepState| {
                            state
                                .missing_evidence
                                .iter()
                                .any(|wanted| !incident.has_evidence(&address, wanted, item))
                        };
                        !state.is_some_and(|state| match state.outcome {
                            Outcome::Done => !owed(state),
                            outcome => outcome == Outcome::NotApplicable,
                        })
                    }
                });
                let mut unkept = unkept.map(|place| place.item.as_deref()).peekable();
                unkept.peek()?;
                Some((keeper, unkept.flatten().collect()))
            })
            .collect()
    }
}

/// The items of a step, and whether they are known. A list that nobody knows yet stands as one
/// place without an item, so that the step is not overlooked.
pub(super) fn items(step: &Step, incident: &Incident) -> Vec<(Option<String>, bool)> {
    let Some(list) = &step.for_each else {
        return vec![(None, true)];
    };
    match incident.fact_value(list) {
        Some(Value::List(items)) => items.iter().map(|item| (Some(item.clone()), true)).collect(),
        _ => vec![(None, false)],
    }
}

fn standing(state: Option<&StepState>) -> Standing {
    match state.map(|state| state.outcome) {
        None => Standing::Open,
        Some(outcome) if outcome.is_settled() => Standing::Settled,
        Some(_) => Standing::Aside,
    }
}

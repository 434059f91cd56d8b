//! From one step to another: back, to one that is named, to one that is opened again.

use super::duty::duty;
use super::key::Key;
use super::plan::{Place, Plan};
use super::{Act, Show, Walk, only};
use crate::incident::{Incident, StepKey};

impl Walk<'_> {
    pub(super) fn back(&mut self, incident: &Incident) -> Vec<Act> {
        let here = self.chosen.clone();
        let before = match here.as_ref().and_then(|key| self.trail.iter().position(|k| k == key)) {
            Some(place) => place.checked_sub(1).map(|place| self.trail[place].clone()),
            None => self.trail.last().cloned(),
        };
        let latest = || {
            let latest = incident.phases.get(&self.playbook.phase)?.latest.clone()?;
            let plan = Plan::new(self.playbook, incident);
            Some(self.card_key(&plan, plan.find(self.playbook, &latest)?))
        };
        match before
            .or_else(|| latest().filter(|key| self.trail.is_empty() && here.as_ref() != Some(key)))
        {
            Some(key) => {
                self.hold(key);
                Vec::new()
            }
            None => vec![Act::Refuse("There is no step before this one.".to_owned())],
        }
    }

    /// The place of `7`, `step-id`, `step-id item`, or of a duty by its id.
    fn place(&self, plan: &Plan, text: &str) -> Option<usize> {
        let (which, item) = text.split_once(' ').unwrap_or((text, ""));
        let number = which.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let place = plan.places.iter().position(|place| {
            let this = number == Some(place.step) || self.playbook.steps[place.step].id == which;
            this && (item.is_empty() || place.item.as_deref() == Some(item.trim()))
        });
        // As the prompt at a notice names its duty.
        let duty = |place: &Place| {
            let key = place.key(self.playbook);
            duty(&self.playbook.steps[place.step], &key) == Some(text)
        };
        place.or_else(|| plan.places.iter().position(duty)).or_else(|| {
            // `isolate` or `isolate hosts`, where one step is called so.
            let joined = text.to_lowercase().replace(' ', "-");
            let is_it = |id: &str| !joined.is_empty() && id.starts_with(&joined);
            let steps = self.playbook.steps.iter().enumerate();
            let (step, _) = only(steps.filter(|(_, step)| is_it(&step.id)))?;
            plan.places.iter().position(|place| place.step == step)
        })
    }

    pub(super) fn jump(&mut self, incident: &Incident, rest: &str) -> Vec<Act> {
        let plan = Plan::new(self.playbook, incident);
        match self.place(&plan, rest) {
            Some(place) => {
                let key = self.card_key(&plan, place);
                let is_here = self.chosen.as_ref() == Some(&key);
                // `<` leads back to where somebody was, settled or not.
                if let Some(here) = self.chosen.take().filter(|_| !is_here) {
                    self.trail.retain(|other| *other != here && *other != key);
                    self.trail.push(here);
                }
                self.hold(key);
                if is_here { vec![Act::Show(Show::Card)] } else { Vec::new() }
            }
            None if rest.is_empty() => {
                vec![Act::Say("Jump where? j 7, or j with a step's id; o lists them.".to_owned())]
            }
            None => vec![Act::Refuse(format!("There is no step `{rest}`; o lists them."))],
        }
    }

    /// Goes to the step at an address, if this playbook has it, after an entry about it was taken back.
    pub fn stand_on(&mut self, incident: &Incident, address: &str, item: Option<&str>) {
        // What was confirmed with it is asked again.
        self.confirmed.clear();
        self.given_up = None;
        let plan = Plan::new(self.playbook, incident);
        let place = plan.places.iter().position(|place| {
            let key = place.key(self.playbook);
            self.address(&key) == address && (item.is_none() || item == key.item.as_deref())
        });
        if let Some(place) = place {
            let key = self.card_key(&plan, place);
            self.hold(key);
        }
    }

    /// Takes back what was said of a step, so that it is open again.
    pub(super) fn open_again(
        &mut self,
        incident: &Incident,
        here: &StepKey,
        rest: &str,
    ) -> Vec<Act> {
        let plan = Plan::new(self.playbook, incident);
        let named = self.aimed(incident, here, Key::Open, rest);
        let is_here = self.names_items(incident, here, rest);
        let places = if rest.is_empty() {
            self.places(&plan, here)
        } else if is_here {
            let of = |item| plan.find(self.playbook, &StepKey { item: Some(item), ..here.clone() });
            named.into_iter().filter_map(of).collect()
        } else {
            match self.place(&plan, rest) {
                Some(place) if rest.contains(' ') => vec![place],
                Some(place) => self.places(&plan, &self.card_key(&plan, place)),
                None => {
                    return vec![Act::Refuse(format!("There is no step `{rest}`; o lists them."))];
                }
            }
        };
        let states = places.iter().filter_map(|&place| {
            incident.step(self.playbook.phase, &self.key(&plan, place)).map(|state| &state.entry)
        });
        let mut entries: Vec<String> = states.cloned().collect();
        entries.dedup();
        // What says that a notice was sent goes with the outcome that says so.
        entries.extend(
            places.iter().flat_map(|&place| self.notices_of(incident, &self.key(&plan, place))),
        );
        if entries.is_empty() {
            return vec![Act::Refuse("Nothing was said of that step; it is open.".to_owned())];
        }
        let key = places.first().map(|&place| self.card_key(&plan, place));
        if let Some(key) = key {
            self.hold(key);
        }
        entries.into_iter().map(Act::Withdraw).collect()
    }
}

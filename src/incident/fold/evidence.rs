//! What is kept, and what a step owes again once it was taken back.

use crate::incident::event::{EvidenceAdded, Outcome, Stamped};
use crate::incident::key::split_step;
use crate::incident::{Exhibit, Incident, StepKey};

impl Incident {
    pub(super) fn exhibit(&mut self, stamped: &Stamped, body: &EvidenceAdded) {
        // A name that is used twice, by chance or to hide what was kept under it, hides nothing.
        let is_other = |known: &Exhibit| known.source != body.source || known.kept != body.kept;
        let name = if self.exhibits.get(&body.exhibit).is_some_and(is_other) {
            format!("{}~{}", body.exhibit, stamped.id)
        } else {
            body.exhibit.clone()
        };
        self.exhibits.insert(
            name,
            Exhibit {
                title: body.title.to_string(),
                source: body.source.clone(),
                kept: body.kept.clone(),
                step: stamped.draft.step.clone(),
                wanted: body.wanted.clone(),
                item: body.item.clone(),
                changed: body.changed_during_acquisition,
                expires_at: body.expires_at.clone(),
                verified: None,
                at: stamped.at,
                by: stamped.actor.shown().to_owned(),
            },
        );
    }

    /// What a step wanted was kept and is taken back: as soon as the log says so, the step owes it.
    pub(super) fn unkept(&mut self, stamped: &Stamped, body: &EvidenceAdded) {
        if let (Some(step), Some(wanted)) = (&stamped.draft.step, &body.wanted) {
            let unkept = (step.clone(), body.item.clone(), wanted.clone());
            self.unkept.insert(stamped.id.clone(), unkept);
            if self.withdrawn.contains(&stamped.id) {
                self.owe_again(&stamped.id);
            }
        }
    }

    /// The next outcome of the step says again what it owes.
    pub(super) fn owe_again(&mut self, entry: &str) {
        let Some((step, item, wanted)) = self.unkept.get(entry) else { return };
        let Some((phase, step)) = split_step(step) else { return };
        let key = StepKey { step: step.to_owned(), item: item.clone() };
        let state = self.phases.get_mut(&phase).and_then(|phase| phase.steps.get_mut(&key));
        let Some(state) = state.filter(|state| state.outcome == Outcome::Done) else { return };
        if !state.missing_evidence.contains(wanted) {
            state.missing_evidence.push(wanted.clone());
        }
    }
}

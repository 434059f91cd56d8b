//! What phases before this one have to do again, because of what is found in this one.

use std::collections::{BTreeSet, HashSet};

use crate::cli::desk::followed::{self, Followed};
use crate::cli::desk::{Context, Record};
use crate::incident::{Incident, StepKey};
use crate::phase::Phase;
use crate::walk::{Plan, Standing, Task, TaskState};
use crate::wording;

/// The phases before one that were begun, with the places that each had when last looked at.
pub(super) struct Earlier {
    phases: Vec<(Followed, HashSet<StepKey>)>,
    /// After how many changes of facts that was.
    changes: u64,
}

impl Earlier {
    pub(super) fn new(record: &Record, phase: Phase) -> Self {
        let incident = &record.incident;
        let before = Phase::RESPONSE.into_iter().take_while(|other| *other != phase);
        let before = before.filter(|_| phase != Phase::Preparation);
        let phases = before.filter_map(|phase| {
            let pinned = incident.phases.get(&phase)?.pinned.as_ref()?;
            // Of a copy that is damaged, its own phase speaks.
            let followed = followed::kept_in(&record.folder, phase, pinned).ok()?;
            let known = items(&followed, incident).collect();
            Some((followed, known))
        });
        Self { phases: phases.collect(), changes: changes(incident) }
    }

    /// Says which steps new items of a list open there.
    pub(super) fn tell(&mut self, context: &mut Context, incident: &Incident) {
        let changes = changes(incident);
        if std::mem::replace(&mut self.changes, changes) == changes {
            return;
        }
        for (followed, known) in &mut self.phases {
            let opened = items(followed, incident).filter(|place| known.insert(place.clone()));
            let opened: Vec<StepKey> = opened.collect();
            let named: BTreeSet<&str> =
                opened.iter().filter_map(|place| place.item.as_deref()).collect();
            let named: Vec<&str> = named.into_iter().collect();
            let mut steps: Vec<&str> = opened.iter().map(|place| place.step.as_str()).collect();
            steps.dedup();
            if !steps.is_empty() {
                let phase = followed.playbook.phase;
                let are = if named.len() > 1 { "are" } else { "is" };
                context.screen.warn(&format!(
                    "{} {are} open in {phase} now: {}; `breach {}` goes there",
                    wording::few(&named),
                    wording::few_of(&steps, 4),
                    phase.command()
                ));
            }
        }
    }

    /// Phases in which something can be done now, each with its steps.
    pub(super) fn ready(
        &self,
        context: &Context,
        incident: &Incident,
    ) -> Vec<(Phase, Vec<String>)> {
        let now = context.world.now().at;
        let of = |(followed, _): &(Followed, HashSet<StepKey>)| {
            let playbook = &followed.playbook;
            let tasks = crate::walk::tasks(playbook, &followed.vocabulary, incident, now);
            // One that only may apply says why.
            let is_ready = |task: &Task| {
                task.reason.is_none() && matches!(task.state, TaskState::Ready | TaskState::Overdue)
            };
            let mut steps: Vec<String> =
                tasks.into_iter().filter(is_ready).map(|task| task.step).collect();
            steps.dedup();
            (!steps.is_empty()).then_some((playbook.phase, steps))
        };
        self.phases.iter().filter_map(of).collect()
    }
}

/// Places of known items that apply and of which nothing was said.
fn items(followed: &Followed, incident: &Incident) -> impl Iterator<Item = StepKey> {
    let plan = Plan::new(&followed.playbook, incident);
    let keys: Vec<StepKey> = plan
        .places
        .iter()
        .filter(|place| place.item.is_some() && place.applies == Some(true))
        .filter(|place| place.standing == Standing::Open)
        .map(|place| place.key(&followed.playbook))
        .collect();
    keys.into_iter()
}

/// How often facts were changed.
fn changes(incident: &Incident) -> u64 {
    let of = |kind| incident.tally.get(kind).copied().unwrap_or_default();
    ["fact", "fact-edit", "withdrawn"].into_iter().map(of).sum()
}

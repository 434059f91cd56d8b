//! The minute in which a step is cut, or before which it saves.

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::plan::Plan;
use crate::incident::Incident;
use crate::playbook::{CutOff, Playbook};

/// The cut-off that a step belongs to, as its card tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardCut {
    /// How long after the start of the phase.
    pub by: TimeDelta,
    /// When that is; `None` before the phase begins.
    pub at: Option<DateTime<FixedOffset>>,
    /// Ids of the other steps of that minute that are still open; none where the step only saves.
    pub with: Vec<String>,
    /// Whether the step comes before the cut, because it saves what the cut destroys.
    pub saves: bool,
}

impl CardCut {
    pub(super) fn of(
        playbook: &Playbook,
        incident: &Incident,
        plan: &Plan,
        step: usize,
    ) -> Option<Self> {
        let find = |has: &dyn Fn(&CutOff) -> bool| playbook.cut_offs.iter().find(|one| has(one));
        let cuts = find(&|cut_off| cut_off.steps.contains(&step));
        let saves = || find(&|cut_off| cut_off.after.contains(&step));
        let cut_off = cuts.or_else(saves)?;
        let others = cuts.into_iter().flat_map(|cut_off| &cut_off.steps);
        let others = others.filter(|other| **other != step && !plan.is_settled(**other));
        let begun = incident.phases.get(&playbook.phase).and_then(|phase| phase.begun);
        Some(Self {
            by: cut_off.by,
            at: begun.and_then(|begun| begun.checked_add_signed(cut_off.by)),
            with: others.map(|other| playbook.steps[*other].id.clone()).collect(),
            saves: cuts.is_none(),
        })
    }
}

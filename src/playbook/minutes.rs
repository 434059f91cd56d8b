//! When steps end, if one walks their boxes in order.

use chrono::TimeDelta;

use super::{CutOff, DraftStep, Outline, Playbook};

impl Playbook {
    /// When each step has ended, counted from the start.
    ///
    /// A box counts for one item of a list. Steps of one window are done by several hands at one
    /// word, and so is what has to be saved before it: of neighbours in a window, the longest box
    /// counts.
    pub fn ends(&self) -> Vec<TimeDelta> {
        let boxes: Vec<_> = self.steps.iter().map(|step| step.within).collect();
        ends(&boxes, &self.cut_offs)
    }
}

impl Outline<'_> {
    /// As [`Playbook::ends`]; a step that cannot be read takes no time.
    pub fn ends(&self) -> Vec<TimeDelta> {
        let within = |step: &DraftStep<'_>| step.step.as_ref().and_then(|step| step.within);
        let boxes: Vec<_> = self.steps.iter().map(within).collect();
        ends(&boxes, &self.cut_offs)
    }
}

fn ends(boxes: &[Option<TimeDelta>], cut_offs: &[CutOff]) -> Vec<TimeDelta> {
    let steps = boxes.len();
    let (mut ends, mut end) = (vec![TimeDelta::zero(); steps], TimeDelta::zero());
    let mut first = 0;
    while first < steps {
        let here = window(first, cut_offs);
        let together =
            (first..steps).take_while(|&step| here.is_some() && window(step, cut_offs) == here);
        let last = together.last().unwrap_or(first);
        let longest = boxes[first..=last].iter().flatten().max().copied().unwrap_or_default();
        end = end.checked_add(&longest).unwrap_or(TimeDelta::MAX);
        ends[first..=last].fill(end);
        first = last + 1;
    }
    ends
}

/// The number of a step's cut-off, and whether it cuts or saves.
fn window(step: usize, cut_offs: &[CutOff]) -> Option<(usize, bool)> {
    let find = |has: &dyn Fn(&CutOff) -> bool| cut_offs.iter().position(has);
    let cuts = find(&|cut_off| cut_off.steps.contains(&step)).map(|number| (number, true));
    cuts.or_else(|| find(&|cut_off| cut_off.after.contains(&step)).map(|number| (number, false)))
}

//! When steps end, if one walks their boxes in order.

use chrono::TimeDelta;

use super::{CutOff, Playbook};

impl Playbook {
    /// When each step has ended, counted from the start.
    ///
    /// A box counts for one item of a list. Steps of one window are done by several hands at one
    /// word, and so is what has to be saved before it: of neighbours in a window, the longest box
    /// counts.
    pub fn ends(&self) -> Vec<TimeDelta> {
        let steps = self.steps.len();
        let (mut ends, mut end) = (vec![TimeDelta::zero(); steps], TimeDelta::zero());
        let mut first = 0;
        while first < steps {
            let here = self.window(first);
            let together =
                (first..steps).take_while(|&step| here.is_some() && self.window(step) == here);
            let last = together.last().unwrap_or(first);
            let boxes = self.steps[first..=last].iter().filter_map(|step| step.within);
            end += boxes.max().unwrap_or_default();
            ends[first..=last].fill(end);
            first = last + 1;
        }
        ends
    }

    /// The number of a step's cut-off, and whether it cuts or saves.
    fn window(&self, step: usize) -> Option<(usize, bool)> {
        let find = |has: &dyn Fn(&CutOff) -> bool| self.cut_offs.iter().position(has);
        let cuts = find(&|cut_off| cut_off.steps.contains(&step)).map(|number| (number, true));
        cuts.or_else(|| {
            find(&|cut_off| cut_off.after.contains(&step)).map(|number| (number, false))
        })
    }
}

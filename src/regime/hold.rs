//! A request to wait: it moves a deadline only where the law has words for it.

use super::assess::Judge;
use super::assessed::Assessed;
use super::count::From;
use super::{Count, Duty, Unit};
use crate::wording;

impl<'l> Judge<'l, '_, '_, '_> {
    /// Moves the deadline to the end of a request to wait, if the law obeys one, and by what the law
    /// gives after it.
    pub(super) fn hold(&mut self, assessed: &mut Assessed<'l>, whole: &Duty) {
        let duty = assessed.duty;
        // Whoever asked named the duty as it was then, or as it is today.
        let delay = whole.ids().find_map(|id| self.facts.delays.get(id)).copied();
        let (Some(wait), Some((asked, until))) = (&duty.wait, delay) else { return };
        let Some(before) = assessed.due.filter(|_| !duty.embargo) else { return };
        if asked > before {
            self.steps
                .say(|| "asked to wait after the deadline had passed: that moves nothing".into());
            return;
        }
        let zone = assessed.zone;
        let end = duty.after_wait.and_then(|period| {
            let count = match period.unit {
                Unit::Hours => Count::ExactHours,
                Unit::Days => Count::CalDays,
                Unit::BusinessDays => Count::BusinessDays,
                Unit::Months => Count::MonthsSameDay,
            };
            let day = until.with_timezone(&zone).date_naive();
            let from = From { at: until, day };
            let end = self.quiet().count(duty, count, period, from, zone)?;
            Some((period, count, from, end))
        });
        let due = end.map_or(until, |(.., end)| end);
        if before >= due {
            return;
        }
        self.steps.say(|| {
            let there = wording::moment(until.with_timezone(&zone));
            format!("asked to wait until {there}, and the law allows that: {wait}")
        });
        assessed.beyond = None;
        if let Some((period, count, from, end)) = end {
            self.steps.say(|| format!("the law gives {} after that:", period.show()));
            self.count(duty, count, period, from, zone);
            assessed.beyond = self.beyond(duty, count, Some(end), zone);
        }
        assessed.due = Some(due);
        assessed.latest = None;
    }
}

//! How a duty came out: from when it was due and when it was done to a verdict.

use chrono::TimeDelta;

use super::deadline::{Deadline, Verdict};
use crate::fact::{Precision, When};
use crate::regime::{Assessed, Count, State, Unit as Period};
use crate::report::material::Build;
use crate::report::measure::interval::{minute, unit};
use crate::report::measure::{Interval, Unit, WRONG};

impl Build<'_> {
    pub(super) fn judge(&self, row: &mut Deadline, assessed: &Assessed<'_>) {
        // What goes with the notice that starts it, or before, is no contradiction.
        row.lag = row
            .lag
            .take()
            .filter(|lag| !(lag.is_contradiction() && assessed.duty.clock.is_filed()));
        if row.lag.as_ref().is_some_and(Interval::is_contradiction) {
            row.verdict = Verdict::Error;
            row.shown = format!("{WRONG}: {}", row.disorder(self.zone).unwrap_or_default());
            return;
        }
        let due = assessed.due.map(|at| minute(at.fixed_offset()));
        let embargo = assessed.duty.embargo;
        if let Some(done) = row.done.clone() {
            let Some(due) = due else {
                let owed = assessed.state == State::Sent;
                row.verdict = if owed { Verdict::Sent } else { Verdict::NotOwed };
                let lag =
                    row.lag.as_ref().map(|lag| format!(" {} after its clock started", lag.shown));
                let lag = lag.unwrap_or_default();
                row.shown = match row.verdict {
                    Verdict::Sent => {
                        let number = match (row.awaits.as_deref(), assessed.duty.count) {
                            (Some(awaits), _) => awaits,
                            (None, Count::Unread) => "the time that the law sets was not read",
                            (None, _) => "the law has no number",
                        };
                        format!("sent{lag}; {number}")
                    }
                    _ => format!("sent; not owed, as far as is known ({})", row.why),
                };
                return;
            };
            let before = done.latest <= due.latest;
            // By the latest moment at which its clock can have started, it may be in time.
            let after = done.earliest > due.latest + slack(row, assessed);
            let margin = match (before, after) {
                (_, true) => Interval::between(&due, &done),
                (true, _) if unit(&done) != Unit::Minute => Interval::spare(&done, due.latest),
                _ => Interval::between(&done, &due),
            };
            (row.verdict, row.shown) = match (before, after, embargo) {
                (true, _, false) => (Verdict::Met, format!("met, {} to spare", margin.margin())),
                (_, true, false) => (Verdict::Missed, format!("missed by {}", margin.margin())),
                (_, true, true) => (Verdict::Met, "sent once it was allowed".to_owned()),
                (true, _, true) => {
                    (Verdict::Missed, format!("sent {} before it was allowed", margin.margin()))
                }
                _ => (
                    Verdict::Unclear,
                    format!(
                        "unclear: sent {}, due {}",
                        self.zone.show(&done),
                        self.zone.show(&due)
                    ),
                ),
            };
            let is_late = done.earliest > due.latest;
            if row.verdict == Verdict::Unclear && is_late {
                row.shown.push_str(" by the earliest start of its clock");
            } else {
                row.margin = Some(margin);
            }
            return;
        }
        let doubt =
            self.doubt().filter(|_| !matches!(assessed.state, State::Waived | State::Check));
        if let Some(doubt) = doubt {
            (row.verdict, row.shown) = (Verdict::NotBelieved, doubt);
            return;
        }
        (row.verdict, row.shown) = match assessed.state {
            State::Waived => (Verdict::Waived, "waived".to_owned()),
            State::Check => (Verdict::Check, row.why.clone()),
            State::Unstarted => (Verdict::Unstarted, format!("open; {}", row.why)),
            State::Unread => (Verdict::Unread, format!("open; {}", row.why)),
            _ if due.is_none() => (Verdict::NoNumber, format!("open; {}", row.why)),
            _ => return self.open(row, due, embargo),
        };
    }

    /// What was not done is judged as of the last entry.
    fn open(&self, row: &mut Deadline, due: Option<When>, embargo: bool) {
        let (Some(due), Some(last)) = (due, self.gather.incident.last_at) else { return };
        let last = minute(last);
        let left = due.latest >= last.latest;
        let margin =
            if left { Interval::between(&last, &due) } else { Interval::between(&due, &last) };
        let start = if row.assumed { ", start assumed" } else { "" };
        (row.verdict, row.shown) = match (embargo, left) {
            (true, _) => (Verdict::Open, format!("not before {}", self.zone.show(&due))),
            (_, true) => {
                (Verdict::Open, format!("open, {} left at the last entry{start}", margin.margin()))
            }
            // That nothing is recorded of what nobody looked up says nothing.
            (_, false) if row.hypothetical => {
                (Verdict::Overdue, "no notice is recorded".to_owned())
            }
            (_, false) => (
                Verdict::Overdue,
                format!("open, overdue by {} at the last entry{start}", margin.margin()),
            ),
        };
        row.margin = Some(margin);
    }
}

/// How much later its clock can have started than is assumed: a day without a time is taken from its
/// first moment.
fn slack(row: &Deadline, assessed: &Assessed<'_>) -> TimeDelta {
    let started = row.started.as_ref().filter(|_| !row.projected);
    let Some(started) = started else { return TimeDelta::zero() };
    let counts_days = assessed.period.is_none_or(|period| period.unit != Period::Hours);
    if started.precision == Precision::Day && counts_days {
        // The whole day is day 0 or day 1.
        return TimeDelta::zero();
    }
    match started.precision {
        Precision::Second | Precision::Minute => TimeDelta::zero(),
        _ => started.latest - started.earliest,
    }
}

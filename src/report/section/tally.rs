//! How many duties were met, missed and left open: of one incident, and of several together.

use schemars::JsonSchema;
use serde::Serialize;

/// Duties by outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Tally {
    /// Done in time.
    pub met: usize,
    /// Done too late.
    pub missed: usize,
    /// Time was left.
    pub open: usize,
    /// The time had passed.
    pub overdue: usize,
    /// Decided not to notify.
    pub waived: usize,
    /// Sent; the law has no number, or nothing recorded starts its clock.
    pub sent: usize,
    /// Under rules not known to have been law at the time; not included above.
    pub hypothetical: usize,
    /// What was sent and when does not settle it: an imprecise time, an error, damage.
    pub unclear: usize,
    /// Not sent: without a number, with a clock that has not started, or not settled.
    pub other: usize,
}

impl Tally {
    /// Adds another incident's.
    pub(in crate::report) fn add(&mut self, other: &Self) {
        // Taken apart whole, so that no field can be forgotten.
        let Self { met, missed, open, overdue, waived, sent, hypothetical, unclear, other: rest } =
            other;
        self.met += met;
        self.missed += missed;
        self.open += open;
        self.overdue += overdue;
        self.waived += waived;
        self.sent += sent;
        self.hypothetical += hypothetical;
        self.unclear += unclear;
        self.other += rest;
    }

    /// How many ended which way, in words: first those that have a margin (met, missed, overdue), last
    /// those that are not judged (without a date, not known to have been law).
    pub fn parts(&self) -> [(usize, &'static str); 9] {
        let Self { met, missed, open, overdue, waived, sent, hypothetical, unclear, other } = *self;
        [
            (met, "met"),
            (missed, "missed"),
            (overdue, "overdue"),
            (open, "open"),
            (waived, "waived"),
            (sent, "sent without a deadline"),
            (unclear, "unclear"),
            (other, "without a date or not settled"),
            (hypothetical, "hypothetical"),
        ]
    }
}

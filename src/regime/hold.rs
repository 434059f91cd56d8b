//! A request to wait: it moves a deadline only where the law has words for it.

use chrono::{DateTime, Utc};

use super::assessed::Assessed;
use super::count::Steps;
use crate::wording;

/// Moves the deadline to the end of a request to wait, if the law obeys one.
pub(super) fn hold(
    assessed: &mut Assessed<'_>,
    until: Option<DateTime<Utc>>,
    steps: &mut Steps<'_>,
) {
    let (Some(wait), Some(until)) = (&assessed.duty.wait, until) else { return };
    if assessed.duty.embargo || assessed.due.is_none_or(|due| due >= until) {
        return;
    }
    steps.say(|| {
        let there = wording::moment(until.with_timezone(&assessed.zone));
        format!("asked to wait until {there}, and the law allows that: {wait}")
    });
    assessed.due = Some(until);
    assessed.latest = None;
}

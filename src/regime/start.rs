//! What sets a clock, if the law's own fact is recorded or not.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::count::From;
use crate::fact::{Precision, When};
use crate::wording;

/// Whether it has no time of day.
pub(super) fn is_coarse(when: &When) -> bool {
    matches!(when.precision, Precision::Day | Precision::Month | Precision::Year)
}

/// The strictest start that a time allows. A day is the day as it was written.
pub(super) fn start(when: &When, zone: Tz) -> From {
    let day = if is_coarse(when) {
        when.earliest.date_naive()
    } else {
        when.earliest.with_timezone(&zone).date_naive()
    };
    From { at: when.earliest.to_utc(), day }
}

/// The first step of the arithmetic.
pub(super) fn begin(name: &str, sign: Option<&str>, when: &When) -> String {
    let at = when.show();
    let from = if when.earliest == when.latest || when.precision == Precision::Minute {
        String::new()
    } else {
        format!("; its earliest moment counts, {}", wording::moment(when.earliest))
    };
    match sign {
        None => format!("`{name}` is {at}{from}"),
        Some(sign) => {
            format!(
                "`{name}` is not recorded; the earliest sign, `{sign}`, is used instead: {at}{from}"
            )
        }
    }
}

/// The same instant where the days are counted.
pub(super) fn there(at: DateTime<Utc>, zone: Tz) -> String {
    let local = wording::moment(at.with_timezone(&zone));
    format!("in {} that is {local}", zone.name())
}

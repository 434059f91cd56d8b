//! What sets a clock, if the law's own fact is recorded or not.

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;

use super::count::{From, instant};
use crate::fact::{Precision, When};
use crate::wording;

/// Whether it has no time of day.
pub(super) fn is_coarse(when: &When) -> bool {
    matches!(when.precision, Precision::Day | Precision::Month | Precision::Year)
}

/// The strictest start that a time allows. A day is the day as it was written, and begins where the
/// organisation sits, if somebody said where that is.
pub(super) fn start(when: &When, zone: Tz, home: Option<Tz>) -> From {
    if is_coarse(when) {
        let day = when.earliest.date_naive();
        let there = home.map(|home| instant(day.and_time(NaiveTime::MIN), home));
        return From { at: there.unwrap_or_else(|| when.earliest.to_utc()), day };
    }
    let day = when.earliest.with_timezone(&zone).date_naive();
    From { at: when.earliest.to_utc(), day }
}

/// The first step of the arithmetic.
pub(super) fn begin(name: &str, sign: Option<&str>, when: &When, home: Option<Tz>) -> String {
    let at = when.show();
    let from = if when.earliest == when.latest || when.precision == Precision::Minute {
        String::new()
    } else {
        let home = home.filter(|_| is_coarse(when));
        let earliest = home.map_or_else(
            || wording::moment(when.earliest),
            |home| wording::moment(start(when, home, Some(home)).at.with_timezone(&home)),
        );
        format!("; its earliest moment counts, {earliest}")
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

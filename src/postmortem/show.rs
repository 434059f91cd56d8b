//! Moments as the report shows them: in UTC, which is named with each, and never finer than given.

use chrono::{DateTime, TimeZone, Utc};

use super::interval::{Unit, unit};
use crate::fact::When;

/// A moment in words: `Tue 21 Aug 2018 21:58 UTC`. A day is the day as it was written.
pub fn show(when: &When) -> String {
    let whole_hours =
        |at: &DateTime<chrono::FixedOffset>| at.offset().local_minus_utc() % 3_600 == 0;
    let convert = match unit(when) {
        Unit::Day => false,
        Unit::Hour => whole_hours(&when.earliest) && whole_hours(&when.latest),
        Unit::Minute | Unit::Second => true,
    };
    if !convert {
        return when.show();
    }
    let utc = |at: DateTime<chrono::FixedOffset>| at.to_utc().fixed_offset();
    let shown =
        When { earliest: utc(when.earliest), latest: utc(when.latest), precision: when.precision };
    shown.show().replace(" +00:00", " UTC")
}

/// A moment of the log, to the minute.
pub fn utc<Z: TimeZone>(at: &DateTime<Z>) -> String {
    at.with_timezone(&Utc).format("%a %-d %b %Y %H:%M UTC").to_string()
}

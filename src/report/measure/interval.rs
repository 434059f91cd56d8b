//! Lengths between two moments of which either may be coarse: never finer than the coarser one.

use chrono::{DateTime, FixedOffset, NaiveDate, SubsecRound as _, Timelike as _};
use schemars::JsonSchema;
use serde::Serialize;

use crate::fact::{Precision, When};
use crate::wording::grouped;

/// The finest unit a length can be given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Both moments are known to the second.
    Second,
    /// To the minute.
    Minute,
    /// To the hour.
    Hour,
    /// To the day: calendar days are counted. A month is a range of its days.
    Day,
}

/// A length of time between two bounds, both included. Negative bounds are kept: they say that the
/// record contradicts itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Interval {
    /// The shortest it can have been, in `unit`.
    pub least: i64,
    /// The longest it can have been, in `unit`.
    pub most: i64,
    /// What the bounds count, and the finest unit that may be shown.
    pub unit: Unit,
    /// In words: `75 days`, `52 to 79 days`, `14 d 22 h 47 min`.
    pub shown: String,
}

impl Interval {
    /// From one moment to another.
    pub fn between(from: &When, to: &When) -> Self {
        let unit = unit(from).max(unit(to));
        let (least, most) = match unit {
            Unit::Day => {
                let (from_first, from_last) = days(from, to);
                let (to_first, to_last) = days(to, from);
                ((to_first - from_last).num_days(), (to_last - from_first).num_days())
            }
            unit => (apart(from.latest, to.earliest, unit), apart(from.earliest, to.latest, unit)),
        };
        Self::of(least, most, unit)
    }

    /// From a moment to an instant after it, in whole units that are over: of what was done on some
    /// day by an instant, the calendar would count a day too many.
    pub fn spare(from: &When, to: DateTime<FixedOffset>) -> Self {
        let unit = unit(from).max(Unit::Minute);
        let over = |from: DateTime<FixedOffset>| (to - from).num_seconds() / seconds_of(unit);
        Self::of(over(from.latest), over(from.earliest), unit)
    }

    /// The time by which something was early or late, in words: never nothing.
    pub(in crate::report) fn margin(&self) -> &str {
        let is_short = (self.least, self.most) == (0, 0) && self.unit < Unit::Day;
        if is_short { "less than a minute" } else { &self.shown }
    }

    /// How long after a clock started something was done, in words.
    pub fn lag(&self) -> &str {
        if self.is_contradiction() { "before its clock started" } else { &self.shown }
    }

    /// Between two lengths in a unit.
    pub(in crate::report) fn of(least: i64, most: i64, unit: Unit) -> Self {
        let shown = if (least, most, unit) == (0, 0, Unit::Day) {
            "0 days (the same day)".to_owned()
        } else if least == most {
            words(least, unit)
        } else if most < 0 {
            format!("{} to {}", words(most, unit), words(least, unit))
        } else if unit == Unit::Day && least >= 0 {
            format!("{} to {}", grouped(&least.to_string()), words(most, unit))
        } else if least < 0 {
            format!("at most {}; which came first is not known", words(most, unit))
        } else {
            format!("{} to {}", words(least, unit), words(most, unit))
        };
        Self { least, most, unit, shown }
    }

    /// The bounds in seconds.
    pub fn seconds(&self) -> (i64, i64) {
        let one = seconds_of(self.unit);
        (self.least.saturating_mul(one), self.most.saturating_mul(one))
    }

    /// Between two lengths in seconds, told in whole units.
    pub(in crate::report) fn of_seconds(least: i64, most: i64, unit: Unit) -> Self {
        let one = seconds_of(unit);
        Self::of(least.div_euclid(one), most.div_euclid(one), unit)
    }

    /// Whether the second moment certainly comes before the first.
    pub fn is_contradiction(&self) -> bool {
        self.most < 0
    }
}

/// First and last day of a moment: as they were written, or where the other one counts its days.
fn days(when: &When, other: &When) -> (NaiveDate, NaiveDate) {
    let day = |at: DateTime<FixedOffset>| match unit(when) {
        Unit::Day => at.date_naive(),
        _ => at.with_timezone(other.earliest.offset()).date_naive(),
    };
    (day(when.earliest), day(when.latest))
}

/// Whole units between two moments, each cut to its unit by its own clock.
fn apart(from: DateTime<FixedOffset>, to: DateTime<FixedOffset>, unit: Unit) -> i64 {
    let seconds = (cut(to, unit) - cut(from, unit)).num_seconds();
    seconds.div_euclid(seconds_of(unit))
}

fn seconds_of(unit: Unit) -> i64 {
    [1, 60, 3_600, 86_400][unit as usize]
}

fn cut(at: DateTime<FixedOffset>, unit: Unit) -> DateTime<FixedOffset> {
    let at = at.trunc_subsecs(0);
    let minute = if unit >= Unit::Minute { at.with_second(0) } else { Some(at) };
    let hour = minute.and_then(|at| if unit >= Unit::Hour { at.with_minute(0) } else { Some(at) });
    hour.unwrap_or(at)
}

/// The finest unit that a moment allows.
pub(in crate::report) fn unit(when: &When) -> Unit {
    match when.precision {
        Precision::Second => Unit::Second,
        Precision::Minute => Unit::Minute,
        Precision::Hour => Unit::Hour,
        Precision::Day | Precision::Month | Precision::Year => Unit::Day,
        Precision::Range => {
            let from = when.earliest.num_seconds_from_midnight();
            let to = when.latest.num_seconds_from_midnight();
            match (from, to) {
                (0, 86_399) => Unit::Day,
                (from, to) if from % 3_600 == 0 && to % 3_600 == 3_599 => Unit::Hour,
                (from, to) if from % 60 == 0 && to % 60 == 59 => Unit::Minute,
                _ => Unit::Second,
            }
        }
    }
}

/// A moment to the minute.
pub(in crate::report) fn minute(at: DateTime<FixedOffset>) -> When {
    When { earliest: at, latest: at, precision: Precision::Minute }
}

/// A moment of the log's own.
pub(in crate::report) fn second(at: DateTime<FixedOffset>) -> When {
    let at = chrono::SubsecRound::trunc_subsecs(at, 0);
    When { earliest: at, latest: at, precision: Precision::Second }
}

/// A length in words: `75 days`, `14 d 22 h 47 min`, `4 min 3 s`.
pub(in crate::report) fn words(n: i64, unit: Unit) -> String {
    if unit == Unit::Day {
        let days = if n.abs() == 1 { "day" } else { "days" };
        return grouped(&format!("{n} {days}"));
    }
    let sign = if n < 0 { "-" } else { "" };
    let seconds = n.unsigned_abs() * seconds_of(unit).unsigned_abs();
    let (days, hours) = (seconds / 86_400, seconds / 3_600 % 24);
    let (minutes, rest) = (seconds / 60 % 60, seconds % 60);
    let mut parts = Vec::new();
    if days > 0 {
        parts.push(grouped(&format!("{days} d")));
    }
    // Over months, hours do not matter.
    if hours > 0 && days < 100 {
        parts.push(format!("{hours} h"));
    }
    let told = minutes > 0 && days < 100;
    if unit <= Unit::Minute && (told || seconds < 60 && unit == Unit::Minute) {
        parts.push(format!("{minutes} min"));
    }
    // Beside hours, seconds are noise.
    if unit == Unit::Second && seconds < 3_600 && (rest > 0 || seconds == 0) {
        parts.push(format!("{rest} s"));
    }
    if parts.is_empty() {
        parts.push("0 h".to_owned());
    }
    format!("{sign}{}", parts.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::FakeClock;

    fn between(from: &str, to: &str) -> String {
        let now = DateTime::parse_from_rfc3339("2026-11-23T04:40:30Z").expect("a real moment");
        let zone = FixedOffset::east_opt(3_600).expect("in range");
        let clock = FakeClock::new(now.to_utc(), zone);
        let read = |text| When::parse(text, &clock).expect(text).value;
        Interval::between(&read(from), &read(to)).shown
    }

    #[test]
    fn a_length_is_no_finer_than_the_coarser_moment() {
        for (from, to, shown) in [
            ("2018-06-22", "2018-09-05", "75 days"),
            ("2018-06-22", "2018-09-05 20:45Z", "75 days"),
            ("2014-02-20 to 2014-03-10", "2014-05-01 to 2014-05-10", "52 to 79 days"),
            ("2014-12", "2016-09-22", "631 to 661 days"),
            ("2018-08-21 21:58Z", "2018-09-05 20:45Z", "14 d 22 h 47 min"),
            ("2018-08-21 22:58 +01:00", "2018-09-05 20:45Z", "14 d 22 h 47 min"),
            // The day was written at +01:00, where it is past midnight already.
            ("2018-08-21", "2018-08-21 23:30Z", "1 day"),
            ("2018-08-21 02h", "2018-08-21 05:59", "3 h"),
            ("2018-08-21 02:10:05", "2018-08-21 02:12:06", "2 min 1 s"),
            ("2018-08-21", "2018-08-21 05:59", "0 days (the same day)"),
            ("2018-08-21 02:10", "2018-08-21 02:10", "0 min"),
            (
                "2018-08-21 to 2018-08-25",
                "2018-08-23",
                "at most 2 days; which came first is not known",
            ),
            ("2018-08-25", "2018-08-23", "-2 days"),
            ("2018-08-25 04:00", "2018-08-25 02:30", "-1 h 30 min"),
            ("2018-08-25 04:00", "2026-11-25 02:30", "3,013 d"),
            ("2013-08", "2018-08-25", "1,820 to 1,850 days"),
        ] {
            assert_eq!(between(from, to), shown, "{from} to {to}");
        }
    }
}

//! Days and times as chats and people write them.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};

use crate::cli::args::DateOrder;
use crate::cli::import::zone::{self, Zone};
use crate::clock::Reading;
use crate::fact::{Precision, When};

/// How days and times are to be read.
#[derive(Clone, Copy)]
pub(super) struct Stamps<'c> {
    pub(super) zone: Zone<'c>,
    pub(super) order: Option<DateOrder>,
    /// The day of times that say none.
    pub(super) day: Option<NaiveDate>,
}

/// A day as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    /// The year first: nobody can take it for another.
    Known(NaiveDate),
    /// Two numbers, of which one is the month, and the year.
    Either(u32, u32, i32),
}

impl Day {
    /// What its numbers say of the order.
    pub(super) fn order(self) -> Option<DateOrder> {
        match self {
            Self::Either(first, _, _) if first > 12 => Some(DateOrder::DayFirst),
            Self::Either(_, second, _) if second > 12 => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }

    pub(super) fn date(self, order: Option<DateOrder>) -> Result<NaiveDate, String> {
        let Self::Either(first, second, year) = self else {
            let Self::Known(date) = self else { unreachable!("there are two forms") };
            return Ok(date);
        };
        let date = match order {
            Some(DateOrder::DayFirst) => NaiveDate::from_ymd_opt(year, second, first),
            Some(DateOrder::MonthFirst) => NaiveDate::from_ymd_opt(year, first, second),
            None if first == second => NaiveDate::from_ymd_opt(year, first, second),
            None => {
                return Err(format!(
                    "{first}/{second}/{year} can be read in two ways: say --dates day-first or \
                     --dates month-first"
                ));
            }
        };
        date.ok_or_else(|| format!("{first}/{second}/{year} is no day"))
    }
}

/// A time of day as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Time {
    pub(super) of_day: NaiveTime,
    has_seconds: bool,
    offset: Option<FixedOffset>,
}

impl Stamps<'_> {
    /// The moment of a day and a time, and how the time was read if it names no zone.
    pub(super) fn at(&self, day: NaiveDate, time: Time) -> (When, Option<Reading>) {
        let local = day.and_time(time.of_day);
        let reading = match time.offset {
            Some(offset) => Reading::of(local, &|_| offset),
            None => self.zone.reading(local),
        };
        let (seconds, precision) =
            if time.has_seconds { (0, Precision::Second) } else { (59, Precision::Minute) };
        let when = zone::when(reading, seconds, precision);
        (when, time.offset.is_none().then_some(reading))
    }
}

/// A moment to the second.
pub(super) fn exactly(at: DateTime<FixedOffset>) -> When {
    When { earliest: at, latest: at, precision: Precision::Second }
}

/// Milliseconds since 1970.
pub(super) fn millis(millis: i64) -> Option<When> {
    DateTime::from_timestamp_millis(millis).map(|at| exactly(at.fixed_offset()))
}

/// Takes a day off the beginning of a text: `2026-11-23`, `23/11/2026`, `23.11.26`.
pub(super) fn day(text: &str) -> Option<(Day, &str)> {
    let (first, rest) = number(text)?;
    let mark = rest.chars().next().filter(|mark| "-/.".contains(*mark))?;
    let (second, rest) = number(rest.strip_prefix(mark)?)?;
    let (third, rest) = number(rest.strip_prefix(mark)?)?;
    if first.len() == 4 {
        let (year, month, day) = (first.parse().ok()?, second.parse().ok()?, third.parse().ok()?);
        return Some((Day::Known(NaiveDate::from_ymd_opt(year, month, day)?), rest));
    }
    let year: i32 = third.parse().ok()?;
    let year = if third.len() == 2 { 2000 + year } else { year };
    let (one, two): (u32, u32) = (first.parse().ok()?, second.parse().ok()?);
    let is_day = |day: u32| (1..=31).contains(&day);
    if !(is_day(one) && is_day(two) && (1990..=2200).contains(&year)) {
        return None;
    }
    // With full stops, the day comes first in every country that writes dates so.
    let known = (mark == '.').then(|| NaiveDate::from_ymd_opt(year, two, one)).flatten();
    Some((known.map_or(Day::Either(one, two, year), Day::Known), rest))
}

/// Takes a time off the beginning of a text: `02:40`, `2:40:12 PM`, `02:40Z`, `02:40+01:00`.
pub(super) fn time(text: &str) -> Option<(Time, &str)> {
    let (hour, rest) = number(text)?;
    let (minute, rest) = number(rest.strip_prefix(':')?).filter(|(minute, _)| minute.len() == 2)?;
    let (second, mut rest) = match rest.strip_prefix(':').and_then(number) {
        Some((second, rest)) if second.len() == 2 => (Some(second), rest),
        _ => (None, rest),
    };
    if let Some(behind) =
        rest.strip_prefix(['.', ',']).and_then(number).filter(|_| second.is_some())
    {
        rest = behind.1;
    }
    let mut hour: u32 = hour.parse().ok()?;
    if let Some((is_late, behind)) = half(rest) {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + if is_late { 12 } else { 0 };
        rest = behind;
    }
    let seconds = second.map_or(Ok(0), str::parse).ok()?;
    let of_day = NaiveTime::from_hms_opt(hour, minute.parse().ok()?, seconds)?;
    let (offset, rest) = offset(rest);
    Some((Time { of_day, has_seconds: second.is_some(), offset }, rest))
}

/// Digits at the beginning, at most four.
fn number(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (1..=4).contains(&end).then(|| text.split_at(end))
}

/// `AM`, `p.m.`: whether it is the second half of the day.
fn half(text: &str) -> Option<(bool, &str)> {
    let text = text.trim_start();
    let forms = [("am", false), ("pm", true), ("a.m.", false), ("p.m.", true)];
    forms.into_iter().find_map(|(form, is_late)| {
        let head = text.get(..form.len())?;
        head.eq_ignore_ascii_case(form).then(|| (is_late, &text[form.len()..]))
    })
}

fn offset(text: &str) -> (Option<FixedOffset>, &str) {
    let utc = FixedOffset::east_opt(0);
    if let Some(rest) = text.strip_prefix('Z').or_else(|| text.strip_prefix(" UTC")) {
        return (utc, rest);
    }
    let signed = text.strip_prefix(' ').unwrap_or(text);
    let form = signed.get(..6).filter(|form| form.starts_with(['+', '-']));
    match form.and_then(|form| form.parse::<FixedOffset>().ok()) {
        Some(offset) => (Some(offset), &signed[6..]),
        None => (None, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(text: &str) -> Option<String> {
        match day(text)?.0 {
            Day::Known(date) => Some(date.to_string()),
            Day::Either(one, two, year) => Some(format!("{one} or {two} of {year}")),
        }
    }

    #[test]
    fn days_are_read_as_far_as_they_say() {
        assert_eq!(known("2026-11-23, x").as_deref(), Some("2026-11-23"));
        assert_eq!(known("23.11.26").as_deref(), Some("2026-11-23"));
        assert_eq!(known("3/4/2026").as_deref(), Some("3 or 4 of 2026"));
        for text in ["", "x", "2026", "3/4", "99/99/2026", "1.2.3", "12345-1-1", "192.168.1.1"] {
            assert_eq!(known(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_read_with_their_half_and_their_offset() {
        for (text, shown, behind) in [
            ("02:40 x", "02:40:00", " x"),
            ("2:40:12 PM x", "14:40:12", " x"),
            ("12:05 a.m. x", "00:05:00", " x"),
            ("02:40\u{202f}pm", "14:40:00", ""),
            ("02:40:12.345Z x", "02:40:12", " x"),
            ("02:40 +01:00 x", "02:40:00", " x"),
        ] {
            let (time, rest) = time(text).expect(text);
            assert_eq!((time.of_day.to_string().as_str(), rest), (shown, behind), "{text}");
        }
        for text in ["", "2", "25:00", "13:00 pm", "02:4", "02:60"] {
            assert!(time(text).is_none(), "{text}");
        }
    }
}

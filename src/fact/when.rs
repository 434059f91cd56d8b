//! Times as people give them: `02:40`, `yesterday 23:10`, `-20m`, `3h ago`, `2026-11`, `A to B`.

use chrono::{
    DateTime, Datelike as _, Days, FixedOffset, Months, NaiveDate, NaiveDateTime, TimeDelta,
    Timelike as _,
};

use super::day::{date, iso_date, last_such_day, latest, of_numbers, weekday, year};
use super::hour::{Hour, halves_joined, hour, passed, two};
use super::length::{length, parts};
use super::spoken::{in_digits, last_shown};
use super::understood::Understood;
use super::value::{Precision, When};
use crate::clock::{Clock, Reading};
use crate::wording;

/// How far a bare time of day may lie ahead before it means yesterday's.
const AHEAD: TimeDelta = TimeDelta::minutes(10);

/// How a time is written.
pub(super) const HINT: &str = "answer a time such as 02:40, yesterday 23:10, 2026-11-23 02:40, 2026-11-23, \
                    3h ago, a range of two (02:00 to 03:10) or unknown";

impl When {
    /// The next time that clocks here show this time of day.
    pub(super) fn next((time, precision): Hour, zone: &dyn Clock) -> Option<Understood<Self>> {
        let now = zone.now().local();
        now.date_naive().iter_days().take(3).find_map(|day| {
            let local = day.and_time(time);
            let reading = zone.reading(local);
            if reading.first() > now {
                return Some(understood(local, reading, precision));
            }
            let again = Understood::plainly(at(reading.last(), precision));
            (reading.last() > now).then_some(again)
        })
    }

    /// The time, never finer than it was given. [`When::parse`] reads it back.
    pub fn show(&self) -> String {
        let format = match self.precision {
            Precision::Second => SECOND,
            Precision::Minute => wording::MOMENT,
            Precision::Hour => "%a %-d %b %Y %Hh %:z",
            Precision::Day => DAY,
            Precision::Month => "%b %Y",
            Precision::Year => "%Y",
            Precision::Range => {
                let format = self.range_format();
                let (from, to) = (self.earliest.format(format), self.latest.format(format));
                return format!("{from} to {to}");
            }
        };
        self.earliest.format(format).to_string()
    }

    fn range_format(&self) -> &'static str {
        let (from, to) = (self.earliest.time(), self.latest.time());
        match (from.num_seconds_from_midnight(), to.num_seconds_from_midnight()) {
            (0, 86_399) => DAY,
            (from, to) if from % 60 == 0 && to % 60 == 59 => wording::MOMENT,
            _ => SECOND,
        }
    }
}

const SECOND: &str = "%a %-d %b %Y %H:%M:%S %:z";
const DAY: &str = "%a %-d %b %Y";

pub(super) fn point(text: &str, zone: &dyn Clock) -> Option<Understood<When>> {
    let text = halves_joined(&text.to_lowercase());
    let text = text.strip_prefix("just ").unwrap_or(&text);
    if let Some(text) =
        ["about ", "around ", "ca. "].iter().find_map(|word| text.strip_prefix(word))
    {
        // An hour or a day is about so much anyway; a minute is not.
        let is_coarse = |when: &Understood<When>| {
            !matches!(when.value.precision, Precision::Second | Precision::Minute)
        };
        return point(text, zone).filter(is_coarse);
    }
    let now = zone.now().local().with_nanosecond(0)?;
    let digits = in_digits(text, |face| last_shown(face, now.time()));
    let text = digits.as_deref().unwrap_or(text);
    if text == "now" {
        return Some(Understood::plainly(at(now, Precision::Second)));
    }
    if text.starts_with('-') || text.ends_with(" ago") {
        return back(text, now, zone);
    }
    let (text, offset) = offset(text);
    let whole = |word| if ["yest", "yday"].contains(&word) { "yesterday" } else { word };
    let words: Vec<&str> = text.split_whitespace().take(6).map(whole).collect();
    let day = words.first().and_then(|word| weekday(word));
    let words = &words[usize::from(day.is_some())..];
    let place = |local: NaiveDateTime| {
        let given = offset.and_then(|offset| local.and_local_timezone(offset).single());
        given.map_or_else(|| zone.reading(local), Reading::Once)
    };
    let (date, hour) = match words {
        [] => (latest(day?, now.date_naive())?, None),
        ["today" | "tonight"] | ["this", "morning" | "afternoon" | "evening"] => {
            (now.date_naive(), None)
        }
        ["yesterday"] => (now.date_naive().pred_opt()?, None),
        ["today", time] | [time, "today"] => (now.date_naive(), Some(passed(time, now.time())?)),
        ["yesterday", time] | [time, "yesterday"] => {
            (now.date_naive().pred_opt()?, Some(hour(time)?))
        }
        // The small hours of a night are those of the day on which it ends.
        ["last", "night", time] | [time, "last", "night"] => {
            let (time, precision) = hour(time)?;
            let today = now.date_naive();
            let day = if time.hour() < 12 { today } else { today.pred_opt()? };
            (day, Some((time, precision)))
        }
        [one] => match hour(one) {
            Some(hour) => {
                let today = now.date_naive();
                let ahead = place(today.and_time(hour.0)).first() > now + AHEAD;
                let last = if ahead { today.pred_opt()? } else { today };
                (day.map_or(Some(last), |day| latest(day, last))?, Some(hour))
            }
            None => match one.split_once('t') {
                Some((date, time)) => (iso_date(date)?, Some(hour(time)?)),
                None if one.len() == 4 && day.is_none() => {
                    let of = |month, day| NaiveDate::from_ymd_opt(year(one)?, month, day);
                    return span(of(1, 1)?, of(12, 31)?, Precision::Year, place);
                }
                None if one.len() == 7 && day.is_none() => {
                    return month(iso_date(&format!("{one}-01"))?, place);
                }
                None => (of_numbers(one)?, None),
            },
        },
        [day, time] if day.contains(['-', '.']) && of_numbers(day).is_some() => {
            (of_numbers(day)?, Some(hour(time)?))
        }
        [month_name, digits] if day.is_none() && digits.len() == 4 => {
            return month(date("1", month_name, digits)?, place);
        }
        [one, other] => (last_such_day(one, other, now.date_naive())?, None),
        [one, other, time] if hour(time).is_some() => {
            (last_such_day(one, other, now.date_naive())?, Some(hour(time)?))
        }
        [day, month, year] => (date(day, month, year)?, None),
        [day, month, year, time] => (date(day, month, year)?, Some(hour(time)?)),
        _ => return None,
    };
    // A weekday that is not that of its date: one of them is a slip.
    if day.is_some_and(|day| day != date.weekday()) {
        return None;
    }
    let Some((time, precision)) = hour else {
        return span(date, date, Precision::Day, place);
    };
    let local = date.and_time(time);
    let reading = place(local);
    let mut understood = understood(local, reading, precision);
    let When { earliest, latest, .. } = &mut understood.value;
    let end = place(local + (*latest - *earliest));
    if let (Reading::Once(_), Reading::Twice { second, .. }) = (reading, end) {
        // Clocks were put back within the hour that is meant.
        *latest = second;
    }
    Some(understood)
}

/// `-20m`, `3h ago`.
fn back(text: &str, now: DateTime<FixedOffset>, zone: &dyn Clock) -> Option<Understood<When>> {
    if let Some(seconds) = text.strip_prefix('-').and_then(length) {
        let then = now - TimeDelta::try_seconds(i64::try_from(seconds).ok()?)?;
        let then = then.with_timezone(&zone.offset_at(then.to_utc())).with_second(0)?;
        return Some(Understood::plainly(at(then, Precision::Minute)));
    }
    let (seconds, unit) = parts(text.strip_suffix(" ago")?)?;
    let then = now - TimeDelta::try_seconds(i64::try_from(seconds).ok()?)?;
    // The offset may have changed since.
    let then = then.with_timezone(&zone.offset_at(then.to_utc()));
    let (begin, precision) = match unit {
        1 => (then, Precision::Second),
        // Who says three hours means the clock on the wall, not the hour that it strikes.
        60 | 3_600 => (then.with_second(0)?, Precision::Minute),
        _ => {
            let day = then.date_naive();
            return span(day, day, Precision::Day, |local| zone.reading(local));
        }
    };
    Some(Understood::plainly(at(begin, precision)))
}

/// The earliest reading of a local time, and what there is to say of it.
fn understood(local: NaiveDateTime, reading: Reading, precision: Precision) -> Understood<When> {
    let remarks = remark(local, reading, precision).into_iter().collect();
    Understood { value: at(reading.first(), precision), remarks }
}

/// The second, minute or hour that begins here.
fn at(earliest: DateTime<FixedOffset>, precision: Precision) -> When {
    let length = match precision {
        Precision::Hour => 3_600,
        Precision::Minute => 60,
        _ => 1,
    };
    When { earliest, latest: earliest + TimeDelta::seconds(length - 1), precision }
}

/// What there is to say of a local time that clocks did not show exactly once.
fn remark(local: NaiveDateTime, reading: Reading, precision: Precision) -> Option<String> {
    let format = match precision {
        Precision::Second => "%Y-%m-%d %H:%M:%S",
        Precision::Minute => "%Y-%m-%d %H:%M",
        Precision::Hour => "%Y-%m-%d %Hh",
        _ => "%Y-%m-%d",
    };
    let shown = local.format(format);
    match reading {
        Reading::Once(_) => None,
        Reading::Twice { first, second } => Some(format!(
            "{shown} happened twice here, because the clocks went back. The earlier one is used, \
             at {}; for the later one, write `{shown} {}`.",
            first.format("%:z"),
            second.format("%:z"),
        )),
        Reading::Never(at) => Some(format!(
            "{shown} did not exist here, because the clocks went forward: it was {} then.",
            at.format(&format!("{format} %:z")),
        )),
    }
}

fn month(first: NaiveDate, place: impl Fn(NaiveDateTime) -> Reading) -> Option<Understood<When>> {
    let last = first.checked_add_months(Months::new(1))?.checked_sub_days(Days::new(1))?;
    span(first, last, Precision::Month, place)
}

/// From the first second of one day to the last second of another. Only where zones change sides of
/// the date line is there a day that never happened.
fn span(
    first: NaiveDate,
    last: NaiveDate,
    precision: Precision,
    place: impl Fn(NaiveDateTime) -> Reading,
) -> Option<Understood<When>> {
    let (begin, end) = (first.and_hms_opt(0, 0, 0)?, last.and_hms_opt(23, 59, 59)?);
    let (from, to) = (place(begin), place(end));
    let never = matches!((from, to), (Reading::Never(_), Reading::Never(_))) && first == last;
    let remark = never.then(|| remark(begin, from, precision)).flatten();
    let value = When { earliest: from.first(), latest: to.last(), precision };
    Some(Understood { value, remarks: remark.into_iter().collect() })
}

/// Splits off a zone behind a time of day: `Z`, ` UTC`, `+01:00`, `-0500`.
pub(super) fn offset(text: &str) -> (&str, Option<FixedOffset>) {
    let is_timed = |rest: &str| {
        let word = rest.trim_end().rsplit([' ', 't']).next();
        word.and_then(hour).is_some()
    };
    let utc = ["z", " utc", " gmt"].iter().find_map(|name| text.strip_suffix(name));
    if let Some(rest) = utc.filter(|rest| is_timed(rest)) {
        return (rest, FixedOffset::east_opt(0));
    }
    let zone = text.rfind(['+', '-']).map(|sign| text.split_at(sign));
    match zone.and_then(|(rest, zone)| Some((rest, east(zone)?))) {
        Some((rest, offset)) if is_timed(rest) => (rest, Some(offset)),
        _ => (text, None),
    }
}

/// `+01:00`, `-0500`.
fn east(zone: &str) -> Option<FixedOffset> {
    let (sign, digits) = match zone.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, zone.strip_prefix('+')?),
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None => (digits.get(..2)?, digits.get(2..)?),
    };
    let minutes = two(minutes).filter(|n| *n < 60 && minutes.len() == 2)?;
    let seconds = i32::try_from(two(hours)? * 3_600 + minutes * 60).ok()?;
    FixedOffset::east_opt(sign * seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mon 23 Nov 2026 05:40:30 +01:00.
    fn clock() -> crate::clock::FakeClock {
        let now = DateTime::parse_from_rfc3339("2026-11-23T04:40:30Z").expect("a real moment");
        crate::clock::FakeClock::new(now.to_utc(), FixedOffset::east_opt(3_600).expect("in range"))
    }

    #[test]
    fn times_are_resolved_and_shown_as_given() {
        for (text, shown) in [
            ("now", "Mon 23 Nov 2026 05:40:30 +01:00"),
            ("02:40", "Mon 23 Nov 2026 02:40 +01:00"),
            ("05:50", "Mon 23 Nov 2026 05:50 +01:00"),
            ("05:51", "Sun 22 Nov 2026 05:51 +01:00"),
            ("yesterday 23:10", "Sun 22 Nov 2026 23:10 +01:00"),
            ("2026-11-23", "Mon 23 Nov 2026"),
            ("2026-11-23 02:40", "Mon 23 Nov 2026 02:40 +01:00"),
            ("2026-11-23T02:40Z", "Mon 23 Nov 2026 02:40 +00:00"),
            ("2026-11-23 02:40:07 UTC", "Mon 23 Nov 2026 02:40:07 +00:00"),
            ("2026-11-23T02:40-05:00", "Mon 23 Nov 2026 02:40 -05:00"),
            ("2026-11", "Nov 2026"),
            ("23 Nov 2026 02:40", "Mon 23 Nov 2026 02:40 +01:00"),
            ("02:00 .. 03:10", "Mon 23 Nov 2026 02:00 +01:00 to Mon 23 Nov 2026 03:10 +01:00"),
            (
                "2026-11-20 08:00 to 12:00",
                "Fri 20 Nov 2026 08:00 +01:00 to Fri 20 Nov 2026 12:00 +01:00",
            ),
            (
                "20 Nov 2026 23:00 -05:00 to 01:00",
                "Fri 20 Nov 2026 23:00 -05:00 to Sat 21 Nov 2026 01:00 -05:00",
            ),
            ("2026-11-20 to 2026-11-22", "Fri 20 Nov 2026 to Sun 22 Nov 2026"),
            ("3h ago", "Mon 23 Nov 2026 02:40 +01:00"),
            ("2:40am", "Mon 23 Nov 2026 02:40 +01:00"),
            ("yesterday 9pm", "Sun 22 Nov 2026 21h +01:00"),
            ("yesterday 12:30 AM", "Sun 22 Nov 2026 00:30 +01:00"),
            ("9 pm to 11 pm", "Sun 22 Nov 2026 21:00 +01:00 to Sun 22 Nov 2026 23:59 +01:00"),
            ("20 min ago", "Mon 23 Nov 2026 05:20 +01:00"),
            ("-20m", "Mon 23 Nov 2026 05:20 +01:00"),
            ("-2h", "Mon 23 Nov 2026 03:40 +01:00"),
            ("friday 21:40", "Fri 20 Nov 2026 21:40 +01:00"),
            ("mon 05:40", "Mon 23 Nov 2026 05:40 +01:00"),
            ("Monday 9pm", "Mon 16 Nov 2026 21h +01:00"),
            ("sunday", "Sun 22 Nov 2026"),
            ("5.10", "Mon 23 Nov 2026 05:10 +01:00"),
            ("0510", "Mon 23 Nov 2026 05:10 +01:00"),
            ("5:10", "Mon 23 Nov 2026 05:10 +01:00"),
            ("yesterday 1340", "Sun 22 Nov 2026 13:40 +01:00"),
            ("2013", "2013"),
            ("03:00-03:10", "Mon 23 Nov 2026 03:00 +01:00 to Mon 23 Nov 2026 03:10 +01:00"),
            ("15 Nov 2:10-2:20", "Sun 15 Nov 2026 02:10 +01:00 to Sun 15 Nov 2026 02:20 +01:00"),
            ("0300 - 0310", "Mon 23 Nov 2026 03:00 +01:00 to Mon 23 Nov 2026 03:10 +01:00"),
            ("friday 9am-11am", "Fri 20 Nov 2026 09:00 +01:00 to Fri 20 Nov 2026 11:59 +01:00"),
            ("2026-11-23 02:40-05:00", "Mon 23 Nov 2026 02:40 -05:00"),
            ("16.11.2026 22:58", "Mon 16 Nov 2026 22:58 +01:00"),
            ("17 Nov", "Tue 17 Nov 2026"),
            ("june 22", "Mon 22 Jun 2026"),
            ("24 Nov", "Mon 24 Nov 2025"),
            ("Nov 17 22:58", "Tue 17 Nov 2026 22:58 +01:00"),
            ("22:40 yesterday", "Sun 22 Nov 2026 22:40 +01:00"),
            ("this morning", "Mon 23 Nov 2026"),
            ("around 3am", "Mon 23 Nov 2026 03h +01:00"),
        ] {
            let when = When::parse(text, &clock());
            assert_eq!(when.as_ref().map(|when| when.value.show()).as_deref(), Ok(shown), "{text}");
            assert_eq!(When::parse(shown, &clock()), when, "{shown}");
        }
    }

    #[test]
    fn precision_is_the_span_that_is_meant() {
        let day = When::parse("2026-11-23", &clock()).expect("good").value;
        assert_eq!((day.latest - day.earliest).num_seconds(), 86_399);
        let minute = When::parse("02:40", &clock()).expect("good").value;
        assert_eq!((minute.latest - minute.earliest).num_seconds(), 59);
    }

    #[test]
    fn slips_are_refused() {
        for bad in [
            "",
            "soon",
            "25:00",
            "13pm",
            "0am",
            "pm",
            "2026-13-01",
            "2026-02-30",
            "02:4",
            "12026-01-01",
            "0026-01-01",
            "03:00 to 02:00",
            "..",
            " to ",
            "é",
            "999999999999h ago",
            "2026-11-23 02:40 +99:00",
            "-",
            "-20",
            "-99999999999999h",
            "z",
            "Tue 23 Nov 2026 02:40",
            "monday 2026",
            "monday yesterday 02:40",
            "about 02:40",
            "31.02.2026",
            "32 Nov",
        ] {
            assert!(When::parse(bad, &clock()).is_err(), "{bad}");
        }
    }
}

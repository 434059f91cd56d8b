//! Times as people give them: `02:40`, `yesterday 23:10`, `3h ago`, `2026-11`, `A to B`.

use chrono::{
    DateTime, Days, FixedOffset, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta,
    Timelike as _,
};

use super::length::parts;
use super::value::{Precision, When};
use crate::clock::Clock;

/// How far a bare time of day may lie ahead before it means yesterday's.
const AHEAD: TimeDelta = TimeDelta::minutes(10);

const HINT: &str = "answer a time such as 02:40, yesterday 23:10, 2026-11-23 02:40, 2026-11-23, \
                    3h ago, a range of two (02:00 to 03:10) or unknown";

impl When {
    /// Reads a time; `zone` resolves local times, "now" and "ago".
    ///
    /// # Errors
    /// A hint for the person who gave it.
    pub fn parse(text: &str, zone: &dyn Clock) -> Result<Self, String> {
        let text = text.trim();
        let Some((from, to)) = text.split_once("..").or_else(|| text.split_once(" to ")) else {
            return point(text, zone).ok_or_else(|| HINT.to_owned());
        };
        let (from, to) = point(from, zone).zip(point(to, zone)).ok_or_else(|| HINT.to_owned())?;
        if to.latest < from.earliest {
            return Err("the second time of a range must not be before the first".to_owned());
        }
        Ok(Self { earliest: from.earliest, latest: to.latest, precision: Precision::Range })
    }

    /// The time, never finer than it was given. [`When::parse`] reads it back.
    pub fn show(&self) -> String {
        let format = match self.precision {
            Precision::Second => SECOND,
            Precision::Minute => MINUTE,
            Precision::Hour => "%a %-d %b %Y %Hh %:z",
            Precision::Day => DAY,
            Precision::Month => "%b %Y",
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
            (from, to) if from % 60 == 0 && to % 60 == 59 => MINUTE,
            _ => SECOND,
        }
    }
}

const SECOND: &str = "%a %-d %b %Y %H:%M:%S %:z";
const MINUTE: &str = "%a %-d %b %Y %H:%M %:z";
const DAY: &str = "%a %-d %b %Y";

/// A time of day, and how finely it was given.
type Hour = (NaiveTime, Precision);

fn point(text: &str, zone: &dyn Clock) -> Option<When> {
    let text = text.trim().to_lowercase();
    let now = zone.now().local().with_nanosecond(0)?;
    if text == "now" {
        return at(now, Precision::Second);
    }
    if let Some(length) = text.strip_suffix(" ago") {
        let (seconds, unit) = parts(length)?;
        let then = now - TimeDelta::try_seconds(i64::try_from(seconds).ok()?)?;
        // The offset may have changed since.
        let then = then.with_timezone(&zone.offset_at(then.naive_local()));
        return at(
            then,
            match unit {
                1 => Precision::Second,
                60 => Precision::Minute,
                3_600 => Precision::Hour,
                _ => Precision::Day,
            },
        );
    }
    let (text, offset) = offset(&text);
    let words: Vec<&str> = text.split_whitespace().take(6).collect();
    let words = match words.as_slice() {
        [day, rest @ ..] if is_weekday(day) && !rest.is_empty() => rest,
        words => words,
    };
    let place = |local: NaiveDateTime| {
        let offset = offset.unwrap_or_else(|| zone.offset_at(local));
        local.and_local_timezone(offset).single()
    };
    let (date, hour) = match words {
        ["today"] => (now.date_naive(), None),
        ["yesterday"] => (now.date_naive().pred_opt()?, None),
        ["today", time] => (now.date_naive(), Some(hour(time)?)),
        ["yesterday", time] => (now.date_naive().pred_opt()?, Some(hour(time)?)),
        [one] => match hour(one) {
            Some(hour) => {
                let today = now.date_naive();
                let ahead = place(today.and_time(hour.0))? > now + AHEAD;
                (if ahead { today.pred_opt()? } else { today }, Some(hour))
            }
            None => match one.split_once('t') {
                Some((date, time)) => (iso_date(date)?, Some(hour(time)?)),
                None if one.len() == 7 => return month(iso_date(&format!("{one}-01"))?, place),
                None => (iso_date(one)?, None),
            },
        },
        [day, time] if day.contains('-') => (iso_date(day)?, Some(hour(time)?)),
        [month_name, year] => return month(date("1", month_name, year)?, place),
        [day, month, year] => (date(day, month, year)?, None),
        [day, month, year, time] => (date(day, month, year)?, Some(hour(time)?)),
        _ => return None,
    };
    match hour {
        Some((time, precision)) => at(place(date.and_time(time))?, precision),
        None => span(date, date, Precision::Day, place),
    }
}

/// The second, minute, hour or day that holds `moment`.
fn at(moment: DateTime<FixedOffset>, precision: Precision) -> Option<When> {
    let (earliest, length) = match precision {
        Precision::Second => (moment, 1),
        Precision::Minute => (moment.with_second(0)?, 60),
        Precision::Hour => (moment.with_second(0)?.with_minute(0)?, 3_600),
        _ => {
            let place = |local: NaiveDateTime| local.and_local_timezone(*moment.offset()).single();
            return span(moment.date_naive(), moment.date_naive(), precision, place);
        }
    };
    Some(When { earliest, latest: earliest + TimeDelta::seconds(length - 1), precision })
}

fn month(
    first: NaiveDate,
    place: impl Fn(NaiveDateTime) -> Option<DateTime<FixedOffset>>,
) -> Option<When> {
    let last = first.checked_add_months(Months::new(1))?.checked_sub_days(Days::new(1))?;
    span(first, last, Precision::Month, place)
}

/// From the first second of one day to the last second of another.
fn span(
    first: NaiveDate,
    last: NaiveDate,
    precision: Precision,
    place: impl Fn(NaiveDateTime) -> Option<DateTime<FixedOffset>>,
) -> Option<When> {
    let earliest = place(first.and_hms_opt(0, 0, 0)?)?;
    let latest = place(last.and_hms_opt(23, 59, 59)?)?;
    Some(When { earliest, latest, precision })
}

/// Splits off a zone behind a time of day: `Z`, ` UTC`, `+01:00`, `-0500`.
fn offset(text: &str) -> (&str, Option<FixedOffset>) {
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

/// `02:40`, `02:40:07`, `02:40:07.123`, `2h`.
fn hour(text: &str) -> Option<Hour> {
    if let Some(hours) = text.strip_suffix('h') {
        return Some((NaiveTime::from_hms_opt(two(hours)?, 0, 0)?, Precision::Hour));
    }
    let (text, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let parts: Vec<&str> = text.splitn(4, ':').collect();
    match parts.as_slice() {
        [hours, minutes] if minutes.len() == 2 && fraction == "0" => {
            let time = NaiveTime::from_hms_opt(two(hours)?, two(minutes)?, 0)?;
            Some((time, Precision::Minute))
        }
        [hours, minutes, seconds] if fraction.bytes().all(|byte| byte.is_ascii_digit()) => {
            let time = NaiveTime::from_hms_opt(two(hours)?, two(minutes)?, two(seconds)?)?;
            Some((time, Precision::Second))
        }
        _ => None,
    }
}

fn iso_date(text: &str) -> Option<NaiveDate> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    NaiveDate::from_ymd_opt(self::year(year)?, two(month)?, two(day)?)
}

/// `23 nov 2026`, `23. november 2026`.
fn date(day: &str, month: &str, year: &str) -> Option<NaiveDate> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let month = month.trim_end_matches([',', '.']);
    let number = MONTHS.iter().position(|name| month.len() >= 3 && name.starts_with(month))?;
    let number = u32::try_from(number).ok()? + 1;
    NaiveDate::from_ymd_opt(self::year(year)?, number, two(day.trim_end_matches('.'))?)
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let word = word.trim_end_matches([',', '.']);
    word.len() >= 3 && DAYS.iter().any(|day| day.starts_with(word))
}

/// A year of four digits: what lies outside is a slip.
fn year(text: &str) -> Option<i32> {
    let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|year| digits && *year >= 1900)
}

/// One or two digits.
fn two(text: &str) -> Option<u32> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
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
            ("2026-11-20 to 2026-11-22", "Fri 20 Nov 2026 to Sun 22 Nov 2026"),
            ("3h ago", "Mon 23 Nov 2026 02h +01:00"),
            ("20 min ago", "Mon 23 Nov 2026 05:20 +01:00"),
        ] {
            let when = When::parse(text, &clock());
            assert_eq!(when.as_ref().map(When::show).as_deref(), Ok(shown), "{text}");
            assert_eq!(When::parse(shown, &clock()), when, "{shown}");
        }
    }

    #[test]
    fn precision_is_the_span_that_is_meant() {
        let day = When::parse("2026-11-23", &clock()).expect("good");
        assert_eq!((day.latest - day.earliest).num_seconds(), 86_399);
        let minute = When::parse("02:40", &clock()).expect("good");
        assert_eq!((minute.latest - minute.earliest).num_seconds(), 59);
    }

    #[test]
    fn slips_are_refused() {
        for bad in [
            "",
            "soon",
            "25:00",
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
            "z",
        ] {
            assert!(When::parse(bad, &clock()).is_err(), "{bad}");
        }
    }
}

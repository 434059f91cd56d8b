//! Moments as logs and tools write them.

use chrono::{DateTime, Days, Months, NaiveDate, NaiveDateTime, SubsecRound, Timelike};

use super::zone::{self, Zone};
use crate::clock::Reading;
use crate::fact::{Precision, When};

/// A cell that should hold a time, as it was read.
#[derive(Debug, PartialEq)]
pub(super) enum Time {
    /// A moment, and how it was read if it names no zone.
    At { when: When, local: Option<Reading> },
    /// A word that there is none: nothing, or the zero of a clock.
    None,
}

impl Time {
    /// The same, of which the zone is known.
    pub(super) fn known(self) -> Self {
        match self {
            Self::At { when, .. } => Self::At { when, local: None },
            Self::None => Self::None,
        }
    }
}

/// A moment near to ISO 8601, or the word that there is none. None: neither.
pub(super) fn read(text: &str, zone: Zone<'_>) -> Option<Time> {
    let text = text.trim();
    // Zeros of a clock: no year, the beginning of FILETIME.
    let zeros = ["0000-00-00", "1601-01-01T00:00:00", "1601-01-01 00:00:00"];
    let words = ["", "-", "not a time", "not set", "n/a"];
    let is_none = words.contains(&text.to_lowercase().as_str())
        || zeros.iter().any(|zero| text.starts_with(zero));
    if is_none { Some(Time::None) } else { moment(text, zone) }
}

/// Microseconds since 1970, in UTC.
pub(super) fn microseconds(text: &str) -> Option<Time> {
    let micros: i64 = text.trim().parse().ok()?;
    if micros == 0 {
        return Some(Time::None);
    }
    let at = DateTime::from_timestamp_micros(micros)?.fixed_offset();
    let year = at.format("%Y").to_string().parse::<i32>().ok()?;
    let when = When { earliest: at, latest: at, precision: Precision::Second };
    (1900..=9999).contains(&year).then_some(Time::At { when, local: None })
}

/// `11/23/2026 02:40:00 UTC`, the month first; no other zone.
pub(super) fn l2t(text: &str) -> Option<Time> {
    let text = text.trim().strip_suffix(" UTC")?;
    if text.starts_with("00/00/0000") {
        return Some(Time::None);
    }
    let at = NaiveDateTime::parse_from_str(text, "%m/%d/%Y %H:%M:%S").ok()?;
    moment(&at.format("%Y-%m-%dT%H:%M:%SZ").to_string(), Zone::Utc)
}

/// An ISO 8601 moment, as finely as it is written.
fn moment(text: &str, zone: Zone<'_>) -> Option<Time> {
    let time = |when: When, local| {
        let year = when.earliest.format("%Y").to_string().parse::<i32>().ok()?;
        // The first hours of 1900 are of 1899 in another zone. A leap second is none that every clock can show.
        let shown = (1899..=9999).contains(&year) && when.earliest.nanosecond() < 1_000_000_000;
        shown.then_some(Time::At { when, local })
    };
    let days = |first: NaiveDate, next: NaiveDate, precision| {
        let last = zone.reading(next.pred_opt()?.and_hms_opt(23, 59, 59)?);
        let earliest = zone.reading(first.into()).first();
        let when = When { earliest, latest: last.last(), precision };
        time(when, Some(Reading::Once(earliest)))
    };
    if text.len() == 7 {
        let first = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").ok()?;
        return days(first, first.checked_add_months(Months::new(1))?, Precision::Month);
    }
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return days(day, day.checked_add_days(Days::new(1))?, Precision::Day);
    }
    let text = text.replacen(' ', "T", 1).replace(' ', "");
    let in_utc = ["UTC", "Z", "z"].iter().find_map(|word| text.strip_suffix(word));
    let text = in_utc.map_or(text.clone(), |rest| format!("{rest}+00:00"));
    // `+01`, as PostgreSQL writes it.
    let short = text.len().checked_sub(3).filter(|at| text.is_char_boundary(*at)).filter(|at| {
        *at > 12
            && text[*at..].starts_with(['+', '-'])
            && text[at + 1..].bytes().all(|byte| byte.is_ascii_digit())
    });
    let text = if short.is_some() { format!("{text}:00") } else { text };
    // A comma before fractions, as ISO 8601 and Python have it.
    let text = text.replacen(',', ".", 1);
    for (form, length, precision) in
        [("%Y-%m-%dT%H:%M:%S%.f", 0, Precision::Second), ("%Y-%m-%dT%H:%M", 59, Precision::Minute)]
    {
        let zoned = DateTime::parse_from_str(&text, &format!("{form}%z"));
        let zoned = zoned.map(|at| (Reading::Once(at.trunc_subsecs(6)), false));
        let local = || NaiveDateTime::parse_from_str(&text, form).map(|at| at.trunc_subsecs(6));
        let found = zoned.or_else(|_| local().map(|at| (zone.reading(at), true)));
        if let Ok((reading, is_local)) = found {
            return time(zone::when(reading, length, precision), is_local.then_some(reading));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Option<When> {
        match super::moment(text, Zone::Utc)? {
            Time::At { when, .. } => Some(when),
            Time::None => None,
        }
    }

    #[test]
    fn a_moment_that_names_no_zone_is_of_the_one_that_is_given() {
        let zone = Zone::Named(chrono_tz::Europe::Berlin);
        for (text, shown, local) in [
            ("2018-08-21 21:58", "Tue 21 Aug 2018 21:58 +02:00", true),
            ("2018-08-21T21:58:03Z", "Tue 21 Aug 2018 21:58:03 +00:00", false),
            ("2018-08-21T21:58:03+05", "Tue 21 Aug 2018 21:58:03 +05:00", false),
            (
                "2018-10-28 02:30",
                "Sun 28 Oct 2018 02:30 +02:00 to Sun 28 Oct 2018 02:30 +01:00",
                true,
            ),
            ("2018-03-25 02:30", "Sun 25 Mar 2018 03:30 +02:00", true),
        ] {
            let Some(Time::At { when, local: read }) = read(text, zone) else { panic!("{text}") };
            assert_eq!((when.show().as_str(), read.is_some()), (shown, local), "{text}");
        }
    }

    #[test]
    fn a_day_on_which_clocks_change_ends_with_its_last_second() {
        let zone = Zone::Named(chrono_tz::Europe::Berlin);
        for (text, ends) in [
            ("2018-10-28", "2018-10-28T23:59:59+01:00"),
            ("2018-03-25", "2018-03-25T23:59:59+02:00"),
            ("2018-03", "2018-03-31T23:59:59+02:00"),
        ] {
            let Some(Time::At { when, .. }) = read(text, zone) else { panic!("{text}") };
            assert_eq!(when.latest.to_rfc3339(), ends, "{text}");
        }
    }

    #[test]
    fn a_moment_is_as_fine_as_it_is_written() {
        for (text, shown) in [
            ("2018-08-21", "Tue 21 Aug 2018"),
            ("2018-08", "Aug 2018"),
            ("2018-08-21T21:58", "Tue 21 Aug 2018 21:58 +00:00"),
            ("2018-08-21 21:58:03", "Tue 21 Aug 2018 21:58:03 +00:00"),
            ("2018-08-21T21:58:03.123456+02:00", "Tue 21 Aug 2018 21:58:03 +02:00"),
            ("2018-08-21T21:58:03Z", "Tue 21 Aug 2018 21:58:03 +00:00"),
            ("2018-08-21T21:58:03-0500", "Tue 21 Aug 2018 21:58:03 -05:00"),
            ("2022-02-22 21:58:03.745232+01", "Tue 22 Feb 2022 21:58:03 +01:00"),
            ("2022-02-22 21:58:03 UTC", "Tue 22 Feb 2022 21:58:03 +00:00"),
            ("2022-02-22 21:58:03,123", "Tue 22 Feb 2022 21:58:03 +00:00"),
        ] {
            let when = moment(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(when.show(), shown, "{text}");
        }
        let micro = moment("2018-08-21T21:58:03.1234567Z").expect("a moment");
        assert_eq!(micro.earliest.nanosecond(), 123_456_000);
        for bad in [
            "",
            "x",
            "2018",
            "2018-13-01",
            "2018-02-30",
            "21:58",
            "1534888680",
            "é",
            "éééé-éé",
            "2018-08-21T25:00",
            "2018-06-30T23:59:60Z",
            "0018-08-21",
            "9999-12-31x",
        ] {
            assert!(moment(bad).is_none(), "{bad}");
        }
    }
}

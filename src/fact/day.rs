//! Days as people give them: `2026-11-23`, `23 nov 2026`, `tue`.

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};

use super::hour::two;

/// `2026-11-23`, `23.11.2026`, `23.11.26`.
pub(super) fn of_numbers(text: &str) -> Option<NaiveDate> {
    let dotted = || {
        let mut parts = text.splitn(3, '.');
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        // `27.11.26`.
        let short = two(year).filter(|_| year.len() == 2).map(|year| 2000 + year.cast_signed());
        NaiveDate::from_ymd_opt(self::year(year).or(short)?, two(month)?, two(day)?)
    };
    iso_date(text).or_else(dotted)
}

/// `23 nov`, `nov 23`: of those up to and including today, the latest.
pub(super) fn last_such_day(one: &str, other: &str, today: NaiveDate) -> Option<NaiveDate> {
    let of = |year: i32| such_day(one, other, year);
    of(today.year()).filter(|day| *day <= today).or_else(|| of(today.year() - 1))
}

/// The same, of those from today on the first.
pub(super) fn next_such_day(one: &str, other: &str, today: NaiveDate) -> Option<NaiveDate> {
    let of = |year: i32| such_day(one, other, year);
    of(today.year()).filter(|day| *day >= today).or_else(|| of(today.year() + 1))
}

fn such_day(one: &str, other: &str, year: i32) -> Option<NaiveDate> {
    let year = year.to_string();
    date(one, other, &year).or_else(|| date(other, one, &year))
}

/// `2026-11-23`.
pub(super) fn iso_date(text: &str) -> Option<NaiveDate> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    NaiveDate::from_ymd_opt(self::year(year)?, two(month)?, two(day)?)
}

/// `23 nov 2026`, `23. november 2026`.
pub(super) fn date(day: &str, month: &str, year: &str) -> Option<NaiveDate> {
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

/// A weekday by the first three letters of its name, or more.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    const DAYS: [(&str, Weekday); 7] = [
        ("monday", Weekday::Mon),
        ("tuesday", Weekday::Tue),
        ("wednesday", Weekday::Wed),
        ("thursday", Weekday::Thu),
        ("friday", Weekday::Fri),
        ("saturday", Weekday::Sat),
        ("sunday", Weekday::Sun),
    ];
    let word = word.trim_end_matches([',', '.']);
    let found = DAYS.iter().find(|(name, _)| word.len() >= 3 && name.starts_with(word));
    found.map(|(_, day)| *day)
}

/// A day as people say when something is due: `2026-12-15`, `15 dec`, `friday`, `next monday`, `tomorrow`,
/// `6 years`. Of those that have no year, it is the next after `today`.
pub fn day_to_come(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let text = text.trim().trim_end_matches('.').to_lowercase();
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).take(4).collect();
    let after = |months: u32| today.checked_add_months(Months::new(months));
    match words.as_slice() {
        ["in", rest @ ..] if rest.len() == 2 => day_to_come(&rest.join(" "), today),
        ["today"] => Some(today),
        ["tomorrow"] => today.succ_opt(),
        [one] | ["next", one] => of_numbers(one).or_else(|| {
            let day = weekday(one)?;
            today.iter_days().skip(1).find(|next| next.weekday() == day)
        }),
        [number, "year" | "years"] => after(number.parse::<u32>().ok()?.checked_mul(12)?),
        [number, "month" | "months"] => after(number.parse().ok()?),
        [one, other] => next_such_day(one, other, today),
        [one, other, year] => date(one, other, year).or_else(|| date(other, one, year)),
        _ => None,
    }
}

/// The last such weekday, up to and including a date.
pub(super) fn latest(day: Weekday, until: NaiveDate) -> Option<NaiveDate> {
    let back = until.weekday().days_since(day);
    until.checked_sub_days(Days::new(u64::from(back)))
}

/// A year of four digits: what is outside is a slip.
pub(super) fn year(text: &str) -> Option<i32> {
    let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|year| digits && *year >= 1900)
}

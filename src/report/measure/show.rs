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

/// Numbers of four digits or more in groups of three: `about 429,612 people`, `GBP 20,000,000.00`.
pub fn grouped(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let (word, behind) = word.split_at(word.trim_end_matches(',').len());
        let (whole, cents) = word.split_at(word.find('.').unwrap_or(word.len()));
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() < 4 || !is_number(whole) || !is_number(cents.trim_start_matches('.')) {
            return format!("{word}{behind}");
        }
        let first = (whole.len() - 1) % 3 + 1;
        let (head, rest) = whole.split_at(first);
        let threes = (0..rest.len()).step_by(3).map(|at| &rest[at..at + 3]);
        let groups: Vec<&str> = std::iter::once(head).chain(threes).collect();
        format!("{}{cents}{behind}", groups.join(","))
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn long_numbers_are_read_in_threes() {
        for (text, shown) in [
            ("about 429612 people", "about 429,612 people"),
            ("3000000000", "3,000,000,000"),
            ("GBP 183390000.50", "GBP 183,390,000.50"),
            ("1200 people", "1,200 people"),
            ("DE 41207, FR 20", "DE 41,207, FR 20"),
            ("612 people", "612 people"),
            ("v12345.x 12345x", "v12345.x 12345x"),
        ] {
            assert_eq!(grouped(text), shown);
        }
    }
}

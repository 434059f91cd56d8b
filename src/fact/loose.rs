//! Times in the words of whoever tells a story: `last friday around 9pm`, `02:40 on dec 1st`, `yesterday
//! evening`. They are read where no shorter form fits.

use chrono::{Days, NaiveDate};

use super::day::{latest, weekday};
use super::hour::{hour, two};
use super::understood::Understood;
use super::value::{Precision, When};
use super::when::point;
use crate::clock::Clock;

/// Words that say that a time is only about so much.
pub(super) const ABOUT: [&str; 9] =
    ["about", "around", "approximately", "approx", "approx.", "roughly", "ca", "ca.", "circa"];

/// A part of a day that has passed as the range that it is, until now at most.
pub(super) fn part_of_day(text: &str, zone: &dyn Clock) -> Option<String> {
    let now = zone.now().local();
    let today = now.date_naive();
    let text = text.to_lowercase();
    let (day, part) = text.trim().rsplit_once(' ')?;
    let (from, to, days) = match part {
        "morning" => ("05:00", "11:59", 0),
        "afternoon" => ("12:00", "17:59", 0),
        "evening" => ("18:00", "22:59", 0),
        "night" => ("21:00", "05:59", 1),
        _ => return None,
    };
    let day = match (day.trim_start_matches("on "), part) {
        ("yesterday", _) | ("last", "night") => today.pred_opt()?,
        (day, _) => {
            let day = weekday(day.trim_start_matches("last "))?;
            let last = latest(day, today)?;
            // Tonight is no `last friday night`.
            if last == today { last.checked_sub_days(Days::new(7))? } else { last }
        }
    };
    let end = format!("{} {to}", day.checked_add_days(Days::new(days))?);
    let is_over = point(&end, zone)?.value.latest <= now;
    let end = if is_over { end } else { now.format("%Y-%m-%d %H:%M").to_string() };
    Some(format!("{day} {from} to {end}"))
}

/// The same time in words that are read, and whether it is only about so much.
pub(super) fn plainly(text: &str, zone: &dyn Clock) -> Option<String> {
    let today = zone.now().local().date_naive();
    let text = text.to_lowercase();
    let mut words: Vec<String> = Vec::new();
    let mut given = text.split([' ', ',']).filter(|word| !word.is_empty()).peekable();
    let mut has_ordinal = false;
    // `the 2nd` may be of anything.
    let is_dated = text.starts_with("on ") || text.contains(" on ");
    while let Some(word) = given.next() {
        let day = given.peek().and_then(|next| weekday(next));
        match word {
            "on" | "of" | "the" | "at" => {}
            // On a Friday, the last one is not today.
            "last" if day.is_some_and(|day| latest(day, today) != Some(today)) => {}
            word if ABOUT.contains(&word) => {}
            "week" | "weeks" if given.peek() == Some(&"ago") => {
                let weeks = words.pop()?;
                let weeks = if ["a", "one"].contains(&&*weeks) { 1 } else { two(&weeks)? };
                words.extend([(7 * weeks).to_string(), "days".to_owned()]);
            }
            word => {
                let ordinal =
                    ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
                let ordinal = ordinal.filter(|number| two(number).is_some());
                has_ordinal |= ordinal.is_some();
                let word = slashed(word, today).unwrap_or(ordinal.unwrap_or(word).to_owned());
                words.push(word);
            }
        }
    }
    // `02:40 dec 1`.
    let is_first = words.first().is_some_and(|word| hour(word).is_some());
    if is_first && words.get(1).is_some_and(|word| !word.starts_with(['+', '-'])) {
        words.rotate_left(1);
    }
    if let ([number, rest @ ..], true) = (words.as_slice(), has_ordinal && is_dated)
        && let Some(number) = two(number)
        && rest.iter().all(|word| hour(word).is_some())
    {
        // `on the 27th`: of this month or of the last.
        let is_it = |day: &NaiveDate| chrono::Datelike::day(day) == number;
        let mut days = std::iter::successors(Some(today), NaiveDate::pred_opt).take(62);
        let day = days.find(is_it)?.to_string();
        return Some([&[day], rest].concat().join(" "));
    }
    Some(words.join(" ")).filter(|plain| *plain != text)
}

/// `27/11`, `27/11/2026`, `11/27`: a date, unless it could be two.
fn slashed(word: &str, today: NaiveDate) -> Option<String> {
    let mut parts = word.split('/');
    let (one, other) = (two(parts.next()?)?, two(parts.next()?)?);
    let (day, month) = match (one > 12, other > 12) {
        (true, false) => (one, other),
        (false, true) => (other, one),
        (false, false) if one == other => (one, other),
        _ => return None,
    };
    let of = |year: i32| NaiveDate::from_ymd_opt(year, month, day);
    let year = chrono::Datelike::year(&today);
    let date = match parts.next() {
        Some(year) => of(super::day::year(year)?)?,
        None => of(year).filter(|date| *date <= today).or_else(|| of(year - 1))?,
    };
    parts.next().is_none().then(|| date.to_string())
}

/// Whether a time is exact to the minute: nobody knows how much about so much is.
pub(super) fn is_exact(when: &Understood<When>) -> bool {
    matches!(when.value.precision, Precision::Second | Precision::Minute)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, FixedOffset};

    use super::*;

    fn read(text: &str) -> Option<String> {
        // A Monday.
        let now = DateTime::parse_from_rfc3339("2026-11-23T04:40:30Z").expect("a real moment");
        let offset = FixedOffset::east_opt(3_600).expect("in range");
        let clock = crate::clock::FakeClock::new(now.to_utc(), offset);
        When::parse(text, &clock).ok().map(|when| when.value.show())
    }

    #[test]
    fn the_words_around_a_time_say_nothing() {
        for (text, shown) in [
            ("last friday 9pm", "Fri 20 Nov 2026 21h +01:00"),
            ("on friday at 21:40", "Fri 20 Nov 2026 21:40 +01:00"),
            ("20th november", "Fri 20 Nov 2026"),
            ("the 20th of november", "Fri 20 Nov 2026"),
            ("nov 20th, 02:40", "Fri 20 Nov 2026 02:40 +01:00"),
            ("02:40 on nov 20", "Fri 20 Nov 2026 02:40 +01:00"),
            ("on the 27th", "Tue 27 Oct 2026"),
            ("on the 20th at 21:40", "Fri 20 Nov 2026 21:40 +01:00"),
            ("20.11.26 21:40", "Fri 20 Nov 2026 21:40 +01:00"),
            ("20/11 21:40", "Fri 20 Nov 2026 21:40 +01:00"),
            ("11/20/2026", "Fri 20 Nov 2026"),
            ("yesterday around 9pm", "Sun 22 Nov 2026 21h +01:00"),
            ("last night around 11", "Sun 22 Nov 2026 23h +01:00"),
            ("a week ago", "Mon 16 Nov 2026"),
            ("02:00 till 03:10", "Mon 23 Nov 2026 02:00 +01:00 to Mon 23 Nov 2026 03:10 +01:00"),
            ("last night", "Sun 22 Nov 2026 21:00 +01:00 to Mon 23 Nov 2026 05:40 +01:00"),
            ("yesterday evening", "Sun 22 Nov 2026 18:00 +01:00 to Sun 22 Nov 2026 22:59 +01:00"),
            ("friday night", "Fri 20 Nov 2026 21:00 +01:00 to Sat 21 Nov 2026 05:59 +01:00"),
        ] {
            assert_eq!(read(text).as_deref(), Some(shown), "{text}");
        }
        for text in [
            "on",
            "the",
            "last",
            "about",
            "the 2nd",
            "5/11",
            "5/11 21:40",
            "about 02:40",
            "yesterday about 21:40",
            "last monday",
            "around",
            "on the 32nd",
            "20/11/2026/1",
            "a few weeks ago",
            "night",
            "last evening",
            "week ago",
            "2 days ago around noon",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}

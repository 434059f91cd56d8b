//! A time as it is written, or two with "to" between them: `2026-11-24 08:00 to 12:00`.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, TimeZone, Timelike};

use super::hour::{halves_joined, hour, two};
use super::loose::{ABOUT, is_exact, part_of_day, plainly};
use super::understood::Understood;
use super::value::{Precision, When};
use super::when::{HINT, offset, point};
use crate::clock::Clock;

impl When {
    /// The same on the clock of a place; a day is a day everywhere.
    #[must_use]
    pub fn on_clock(&self, zone: &impl TimeZone) -> Self {
        let is_moment = match self.precision {
            Precision::Second | Precision::Minute | Precision::Hour => true,
            Precision::Range => self.earliest.time() != NaiveTime::MIN,
            Precision::Day | Precision::Month | Precision::Year => false,
        };
        let there = |at: DateTime<FixedOffset>| {
            if is_moment { at.with_timezone(zone).fixed_offset() } else { at }
        };
        Self { earliest: there(self.earliest), latest: there(self.latest), ..self.clone() }
    }

    /// Reads a time; `zone` resolves local times, "now" and "ago". Of a local time that happened
    /// twice, the earlier is taken; one that never happened is taken as what clocks showed then.
    /// Both are remarked. The second time of a range may leave out the day of the first.
    ///
    /// # Errors
    /// A hint for the person who gave it.
    pub fn parse(text: &str, zone: &dyn Clock) -> Result<Understood<Self>, String> {
        const BETWEEN: [&str; 6] = ["..", " to ", " until ", " till ", " - ", "\u{2013}"];
        let text = text.trim();
        // `last night between 20:30 and 23:30`.
        let both = text.split_once("between ").and_then(|(day, times)| {
            let (from, to) = times.split_once(" and ")?;
            Some(format!("{day}{from} to {to}"))
        });
        let text = both.as_deref().unwrap_or(text);
        let part = part_of_day(text, zone);
        let text = part.as_deref().unwrap_or(text);
        let dated = days_ago(text, zone).or_else(|| of_day_and_month(text, zone));
        let text = dated.as_deref().unwrap_or(text);
        let halves = BETWEEN.iter().find_map(|word| text.split_once(word));
        let Some((from, to)) = halves.or_else(|| hyphened(text)) else {
            let hint = if is_about(text) {
                HOW_SURE
            } else if is_on_face(text) {
                WHICH_HALF
            } else {
                HINT
            };
            return single(text, zone).ok_or_else(|| hint.to_owned());
        };
        let from_point = single(from, zone).ok_or(HINT)?;
        let to = on_the_day_of((from, &from_point.value), to).unwrap_or_else(|| to.to_owned());
        let to = single(&to, zone).ok_or(HINT)?;
        let mut remarks = from_point.remarks;
        remarks.extend(to.remarks);
        let (earliest, latest) = (from_point.value.earliest, to.value.latest);
        let value = Self { earliest, latest, precision: Precision::Range };
        let is_range = earliest <= latest;
        let wrong = || "the second time of a range must not be before the first".to_owned();
        is_range.then_some(Understood { value, remarks }).ok_or_else(wrong)
    }
}

/// One time, in other words where it is none as it stands.
fn single(text: &str, zone: &dyn Clock) -> Option<Understood<When>> {
    let said = || {
        let plain = plainly(text, zone)?;
        let dated = days_ago(&plain, zone).or_else(|| of_day_and_month(&plain, zone));
        let when = point(dated.as_deref().unwrap_or(&plain), zone)?;
        Some(when).filter(|when| !is_about(text) || !is_exact(when))
    };
    point(text, zone).or_else(said)
}

/// `11 days ago at 14:10` with the date of its day.
fn days_ago(text: &str, zone: &dyn Clock) -> Option<String> {
    let (days, time) = text.split_once(" ago")?;
    let time = time.trim_start_matches([',', ' ']);
    let day = point(&format!("{days} ago"), zone).filter(|_| !time.is_empty())?.value;
    (day.precision == Precision::Day).then(|| format!("{} {time}", day.earliest.date_naive()))
}

/// `30.11. 13:10`, as half of Europe writes it, with the year of the last such day.
fn of_day_and_month(text: &str, zone: &dyn Clock) -> Option<String> {
    let (date, time) = text.split_once(' ').unwrap_or((text, ""));
    let (day, month) = date.strip_suffix('.')?.split_once('.')?;
    let today = zone.now().local().date_naive();
    let of = |year: i32| NaiveDate::from_ymd_opt(year, two(month)?, two(day)?);
    let day = of(today.year()).filter(|day| *day <= today).or_else(|| of(today.year() - 1))?;
    Some(format!("{day} {time}").trim_end().to_owned())
}

/// `03:00-03:10`, `15 Nov 9am-11am`: two times of one day. Behind a date in numbers, what may be an offset is
/// one: `2026-11-23 02:40-05:00`.
fn hyphened(text: &str) -> Option<(&str, &str)> {
    let (from, to) = text.rsplit_once('-')?;
    let (day, first) = from.rsplit_once(' ').unwrap_or(("", from));
    let time = |text: &str| hour(&text.to_lowercase()).map(|(time, _)| time);
    let end = time(to).filter(|_| time(first).is_some())?;
    let may_be_offset = end.hour() <= 14 && matches!(end.minute(), 0 | 30 | 45);
    (!may_be_offset || !day.contains('-')).then_some((from, to))
}

/// A time of day with the day and the offset of the time before it, if that has a day; on the day after,
/// if it is earlier.
fn on_the_day_of((from, begin): (&str, &When), to: &str) -> Option<String> {
    let (from, to) = (halves_joined(&from.to_lowercase()), halves_joined(&to.to_lowercase()));
    let ((from, given), (to, own)) = (offset(&from), offset(&to));
    let has_day = hour(from.trim()).is_none();
    let (time, _) = hour(to.trim()).filter(|_| has_day)?;
    let (day, first) = (begin.earliest.date_naive(), begin.earliest.time().with_nanosecond(0)?);
    let day = if time < first { day.checked_add_days(Days::new(1))? } else { day };
    let offset = own.or(given).map(|offset| format!(" {offset}")).unwrap_or_default();
    Some(format!("{day} {}{offset}", to.trim()))
}

/// Whether a time is only about so much.
fn is_about(answer: &str) -> bool {
    let answer = answer.to_lowercase();
    answer.contains('~')
        || answer.ends_with("or so")
        || answer.ends_with("ish")
        || answer.split_whitespace().any(|word| ABOUT.contains(&word))
}

/// Whether a time is one on the face of a clock, with its day: `monday half past ten`.
fn is_on_face(answer: &str) -> bool {
    let words = ["half past ", "quarter past ", "quarter to ", "o'clock"];
    words.iter().any(|word| answer.to_lowercase().contains(word))
}

/// What is asked of a time on the face of a clock, on another day.
const WHICH_HALF: &str = "morning or evening? Write 10:30 or 22:30";

/// What is asked of a minute that is only about so much: the record never invents how much.
const HOW_SURE: &str = "how sure is it? Answer a range, such as 22:00 to 22:20, or the hour, 22h";

//! How periods are counted: one rule each, named as the law files name it.
//!
//! Every rule gives the last instant that is still in time. Hours are elapsed time, so a change of
//! the clocks moves the local hour. Days end at the last second of the local day.

use chrono::{DateTime, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::calendar::Calendar;
use super::{Period, Unit};
use crate::lexicon::words;
use crate::wording;

words! {
    /// A rule of counting.
    pub enum Count {
        /// No number: the law's words count.
        Words = "words",
        /// The time that the law sets was not read: it may have a number.
        Unread = "unread",
        /// Elapsed hours from the instant.
        ExactHours = "exact-hours",
        /// Regulation (EEC, Euratom) 1182/71 Art. 3(1), (2)(a): the hour of the event is not counted.
        Eu1182Hours = "eu1182-hours",
        /// Days of the calendar; the day of the event is day 0.
        CalDays = "cal-days",
        /// Regulation 1182/71 Art. 3(4), (5): as days of the calendar, to the end of the next working
        /// day if the last is none, with at least two working days inside.
        Eu1182Days = "eu1182-days",
        /// The same date in a later month, or that month's last day.
        MonthsSameDay = "months-same-day",
        /// Regulation 1182/71 Art. 3(2)(c), (4): the same, to the end of the next working day.
        Eu1182Months = "eu1182-months",
        /// Delegated Regulation (EU) 2025/301 Art. 5(4): on a day off, noon of the next working day.
        DoraNoon = "dora-noon",
        /// SEC Form 8-K General Instruction B.1: an event on a day off runs from, and includes, the
        /// first business day after it.
        SecBusinessDays = "sec-business-days",
        /// Business days; the day of the event is not counted.
        BusinessDays = "business-days",
        /// Days of the calendar; the day of knowing is day 1.
        JpDays = "jp-days",
        /// The same, to the next day on which the authority is open.
        JpDaysDay1Roll = "jp-days-day1-roll",
    }
}

impl Count {
    /// The rules by which a duty's own period can be counted: all but those that only ever permit a
    /// later reading.
    pub const OWN: [&'static str; 12] = Self::own();

    const fn own() -> [&'static str; 12] {
        let mut names = [""; 12];
        let (mut from, mut to) = (0, 0);
        while from < Self::ALL.len() {
            if !matches!(Self::ALL[from], Self::DoraNoon) {
                names[to] = Self::NAMES[from];
                to += 1;
            }
            from += 1;
        }
        names
    }

    /// The unit of the periods that it counts; none, if it counts no period of its own.
    pub(super) fn unit(self) -> Option<Unit> {
        match self {
            Self::Words | Self::Unread | Self::DoraNoon => None,
            Self::ExactHours | Self::Eu1182Hours => Some(Unit::Hours),
            Self::MonthsSameDay | Self::Eu1182Months => Some(Unit::Months),
            Self::SecBusinessDays | Self::BusinessDays => Some(Unit::BusinessDays),
            Self::CalDays | Self::Eu1182Days | Self::JpDays | Self::JpDaysDay1Roll => {
                Some(Unit::Days)
            }
        }
    }

    /// The rule in a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Words => "no number is held here: the words of the law apply",
            Self::Unread => "the time that the law sets was not read: ask counsel",
            Self::ExactHours => "elapsed hours; weekends and holidays count",
            Self::Eu1182Hours => {
                "Regulation 1182/71 Art. 3(1), (2)(a): full hours; the hour of the event is not \
                 counted"
            }
            Self::CalDays => {
                "calendar days, weekends and holidays included; the day of the event is day 0; it \
                 ends with the last second of the last day"
            }
            Self::Eu1182Days => {
                "Regulation 1182/71 Art. 3(4), (5): calendar days; if the last day is a day off, \
                 it moves to the next working day; at least two working days"
            }
            Self::MonthsSameDay => {
                "the same date in the later month, or that month's last day; nothing rolls over"
            }
            Self::Eu1182Months => {
                "Regulation 1182/71 Art. 3(2)(c), (4): the same date in the later month; if that \
                 is a day off, the next working day"
            }
            Self::DoraNoon => {
                "Delegated Regulation (EU) 2025/301 Art. 5(4): if it ends on a day off, it moves \
                 to noon on the next working day"
            }
            Self::SecBusinessDays => {
                "Form 8-K General Instruction B.1: business days; an event on a day off runs from, \
                 and includes, the first business day after it"
            }
            Self::BusinessDays => "business days; the day of the event is not counted",
            Self::JpDays => {
                "calendar days, weekends and holidays included; the day of knowledge is day 1"
            }
            Self::JpDaysDay1Roll => {
                "calendar days; the day of knowledge is day 1; if the authority is closed on the \
                 last day, it moves to the next day it is open"
            }
        }
    }

    /// Whether a last day that is a day off moves.
    pub(super) fn rolls(self) -> bool {
        matches!(
            self,
            Self::Eu1182Days | Self::Eu1182Months | Self::DoraNoon | Self::JpDaysDay1Roll
        )
    }

    /// Whether it counts days off, so that it needs a calendar.
    pub fn needs_calendar(self) -> bool {
        matches!(self, Self::SecBusinessDays | Self::BusinessDays | Self::JpDaysDay1Roll)
    }
}

/// Where a period starts: the instant, and the local day as it was written down.
#[derive(Clone, Copy, Debug)]
pub(super) struct From {
    pub(super) at: DateTime<Utc>,
    pub(super) day: NaiveDate,
}

/// What counting needs besides.
#[derive(Clone, Copy, Debug)]
pub(super) struct By<'c> {
    pub(super) zone: Tz,
    pub(super) calendar: &'c Calendar,
    /// When a day ends, if not at midnight.
    pub(super) ends: Option<NaiveTime>,
}

impl By<'_> {
    /// Says that a day is where no days off are known.
    fn beyond(self, day: NaiveDate, steps: &mut Steps<'_>) {
        if !self.calendar.covers(day) {
            steps.say(|| match self.calendar.name.as_str() {
                "" => {
                    "no calendar of holidays is named here: only weekends were skipped".to_owned()
                }
                name => format!(
                    "the calendar `{name}` does not go that far: only weekends were skipped"
                ),
            });
        }
    }
}

/// The arithmetic in words, if somebody wants to read it.
pub(super) struct Steps<'s>(pub(super) Option<&'s mut Vec<String>>);

impl Steps<'_> {
    pub(super) fn say(&mut self, step: impl FnOnce() -> String) {
        if let Some(steps) = &mut self.0 {
            steps.push(step());
        }
    }
}

/// The last instant of a period, with the arithmetic in words. `None` past the calendar's end.
pub(super) fn end(
    count: Count,
    period: Period,
    from: From,
    by: By<'_>,
    steps: &mut Steps<'_>,
) -> Option<DateTime<Utc>> {
    match (count, period.unit) {
        (Count::Words | Count::Unread, _) => None,
        (Count::Eu1182Hours, Unit::Hours) => {
            let hour = from.at.timestamp().div_euclid(3600) * 3600;
            let start = DateTime::from_timestamp(hour, 0)? + TimeDelta::hours(1);
            steps.say(|| {
                format!(
                    "the hour of the event is not counted: it runs from {}",
                    wording::moment(start.with_timezone(&by.zone))
                )
            });
            start.checked_add_signed(TimeDelta::hours(i64::from(period.n)))
        }
        (_, Unit::Hours) => {
            let end = from.at.checked_add_signed(TimeDelta::hours(i64::from(period.n)))?;
            steps.say(|| {
                let (start, end) = (exact(from.at), exact(end));
                format!("elapsed time: {start} plus {} is {end}", period.show())
            });
            let day = end.with_timezone(&by.zone).date_naive();
            if count == Count::DoraNoon && !by.calendar.is_open(day) {
                return roll(count, day, by, steps);
            }
            Some(end)
        }
        (_, Unit::Months) => {
            let day = from.day.checked_add_months(Months::new(period.n))?;
            steps.say(|| format!("the same date {} later: {}", period.show(), wording::day(day)));
            roll(count, day, by, steps)
        }
        (_, Unit::Days) => {
            let first = u64::from(matches!(count, Count::JpDays | Count::JpDaysDay1Roll));
            let day = from.day.checked_add_days(Days::new(u64::from(period.n) - first))?;
            steps.say(|| {
                format!(
                    "{} is day {first}, so day {} is {}",
                    wording::day(from.day),
                    period.n,
                    wording::day(day)
                )
            });
            let day = if count == Count::Eu1182Days && period.n >= 2 {
                two_working_days(from.day, day, by.calendar, steps)?
            } else {
                day
            };
            roll(count, day, by, steps)
        }
        (_, Unit::BusinessDays) => {
            let mut day = from.day;
            let mut left = period.n;
            steps.say(|| format!("{} is not counted; weekends are left out", wording::day(day)));
            if count == Count::SecBusinessDays && !by.calendar.is_open(day) {
                // The first business day after it is day 1.
                steps.say(|| format!("{} is not a business day", wording::day(day)));
            }
            while left > 0 {
                day = day.succ_opt()?;
                if by.calendar.is_open(day) {
                    left -= 1;
                    let n = period.n - left;
                    steps.say(|| format!("business day {n}: {}", wording::day(day)));
                } else if let Some(name) = by.calendar.holiday(day) {
                    steps.say(|| format!("{} is not a business day: {name}", wording::day(day)));
                }
            }
            by.beyond(day, steps);
            last_instant(day, by, None)
        }
    }
}

/// What a last day that is a day off becomes.
fn roll(count: Count, day: NaiveDate, by: By<'_>, steps: &mut Steps<'_>) -> Option<DateTime<Utc>> {
    if !count.rolls() || by.calendar.is_open(day) {
        if count.rolls() {
            by.beyond(day, steps);
        }
        return last_instant(day, by, None);
    }
    let mut open = day;
    while !by.calendar.is_open(open) {
        open = open.succ_opt()?;
    }
    let name = by.calendar.holiday(day).unwrap_or("a weekend");
    steps.say(|| format!("{} is {name}, so it ends on {}", wording::day(day), wording::day(open)));
    by.beyond(open, steps);
    let noon = (count == Count::DoraNoon).then(|| NaiveTime::from_hms_opt(12, 0, 0)).flatten();
    last_instant(open, by, noon)
}

/// Art. 3(5): a period of two days or more holds at least two working days.
fn two_working_days(
    from: NaiveDate,
    day: NaiveDate,
    calendar: &Calendar,
    steps: &mut Steps<'_>,
) -> Option<NaiveDate> {
    let mut working = from.iter_days().skip(1).take_while(|at| *at <= day);
    if working.by_ref().filter(|at| calendar.is_open(*at)).take(2).count() == 2 {
        return Some(day);
    }
    let second = from.iter_days().skip(1).filter(|at| calendar.is_open(*at)).nth(1)?;
    steps.say(|| {
        format!("it must include at least two working days, so it ends on {}", wording::day(second))
    });
    Some(second)
}

/// The last second of a local day, or the time at which its day ends.
fn last_instant(day: NaiveDate, by: By<'_>, at: Option<NaiveTime>) -> Option<DateTime<Utc>> {
    match at.or(by.ends) {
        Some(ends) => Some(instant(day.and_time(ends), by.zone)),
        None => last_second(day, by.zone),
    }
}

/// The last second of a local day.
pub(super) fn last_second(day: NaiveDate, zone: Tz) -> Option<DateTime<Utc>> {
    let next = day.succ_opt()?.and_time(NaiveTime::MIN);
    Some(instant(next, zone) - TimeDelta::seconds(1))
}

/// The instant of a local time. Of one that occurs twice, the earlier; of one that never occurs, as
/// if the clocks had not moved yet.
pub(super) fn instant(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    use chrono::TimeZone as _;
    if let Some(found) = zone.from_local_datetime(&local).earliest() {
        return found.to_utc();
    }
    let before = zone.from_local_datetime(&(local - TimeDelta::hours(3))).earliest();
    before.map_or_else(|| local.and_utc(), |before| before.to_utc() + TimeDelta::hours(3))
}

/// An instant in UTC, to the second.
fn exact(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_that_a_file_may_name_for_a_period_can_count_one() {
        for name in Count::OWN {
            let count = Count::parse(name).expect("a rule");
            assert_eq!(
                count.unit().is_none(),
                matches!(count, Count::Words | Count::Unread),
                "{name}"
            );
        }
        assert!(!Count::OWN.contains(&Count::DoraNoon.as_str()));
    }
}

//! When to look again: the moment at the end of `Priya in networking, 04:30`.

use chrono::{DateTime, FixedOffset, NaiveTime, TimeDelta};

use crate::clock::Clock;
use crate::fact::{When, length};

/// Splits the moment off the last comma. Without one, the whole text is what we wait for.
pub(super) fn split(text: &str, clock: &dyn Clock) -> (String, Option<DateTime<FixedOffset>>) {
    if let Some((what, moment)) = text.rsplit_once(',')
        && let Some(at) = ahead(moment.trim(), clock)
    {
        return (what.trim().to_owned(), Some(at));
    }
    (text.trim().to_owned(), None)
}

/// A moment ahead of us: `04:30` (the next one), `in 30 min`, `2h`, or a date.
fn ahead(text: &str, clock: &dyn Clock) -> Option<DateTime<FixedOffset>> {
    let now = clock.now().local();
    if let Ok(time) = NaiveTime::parse_from_str(text, "%H:%M") {
        let today = now.date_naive().and_time(time);
        let local = if today > now.naive_local() { today } else { today + TimeDelta::days(1) };
        return local.and_local_timezone(clock.offset_at(local)).earliest();
    }
    if let Some(seconds) = length(text.strip_prefix("in ").unwrap_or(text)) {
        return now.checked_add_signed(TimeDelta::try_seconds(i64::try_from(seconds).ok()?)?);
    }
    let when = When::parse(text, clock).ok()?;
    (when.earliest > now).then_some(when.earliest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::FakeClock;

    fn at(text: &str) -> (String, Option<String>) {
        let off = FixedOffset::east_opt(3600).expect("a real offset");
        let now = DateTime::parse_from_rfc3339("2026-11-23T03:12:00+01:00").expect("a moment");
        let clock = FakeClock::new(now.to_utc(), off);
        let (what, at) = split(text, &clock);
        (what, at.map(|at| at.to_rfc3339()))
    }

    #[test]
    fn a_time_of_day_is_the_next_one() {
        assert_eq!(
            at("Priya in networking, 04:30"),
            ("Priya in networking".into(), Some("2026-11-23T04:30:00+01:00".into()))
        );
        assert_eq!(at("x, 03:00").1.as_deref(), Some("2026-11-24T03:00:00+01:00"));
    }

    #[test]
    fn lengths_count_from_now() {
        assert_eq!(at("x, in 30 min").1.as_deref(), Some("2026-11-23T03:42:00+01:00"));
        assert_eq!(at("x, 2h").1.as_deref(), Some("2026-11-23T05:12:00+01:00"));
    }

    #[test]
    fn no_moment_no_loss() {
        for text in ["the bank", "Ann, Bob", "Ann, 99999999999999999999 h", "x, -5 min"] {
            assert_eq!(at(text), (text.to_owned(), None));
        }
    }
}

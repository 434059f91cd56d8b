//! Times that are still to come: `04:30` (the next one), `tomorrow 9am`, `monday 09:00`, `in 2 h`, `+30m`.

use chrono::{Datelike as _, Days, TimeDelta};

use super::day::{next_such_day, weekday};
use super::definition::Fact;
use super::hour::{halves_joined, hour, two};
use super::kind::FactType;
use super::length::length;
use super::spoken::{in_digits, next_shown};
use super::understood::Understood;
use super::value::{Precision, When};
use super::when::{offset, point};
use crate::clock::Clock;
use crate::wording;

/// How a time that is still to come is written.
const HINT: &str = "answer a time such as 04:30 (the next one), tomorrow 09:00, monday 9am, in 2 h, +30m, \
                    2026-11-24 or 2026-11-24 09:00";

impl When {
    /// As [`When::parse`], of a moment that is still to come: a time of day is the next one, a weekday the
    /// next of its name, and a length counts from now. A date may lie in the past.
    ///
    /// # Errors
    /// It is no time: how to write one.
    pub fn coming(text: &str, clock: &dyn Clock) -> Result<Understood<Self>, String> {
        let text = text.trim().strip_prefix("at ").unwrap_or(text).trim();
        next(text, clock).or_else(|| Self::parse(text, clock).ok()).ok_or_else(|| HINT.to_owned())
    }
}

impl Fact {
    /// What to say of an answer that is no time that has passed, but one that is still to come: `tomorrow
    /// 08:00`, `+30m`. None: it is none, or such a time is asked for.
    pub fn ahead_of(&self, answer: &str, clock: &dyn Clock) -> Option<String> {
        let answer = answer.trim().trim_start_matches('@');
        let is_asked = self.kind == FactType::Time && !self.asking.to_come;
        let when = next(answer, clock).filter(|_| is_asked && length(answer).is_none())?.value;
        let (at, now) = (when.earliest.to_utc(), clock.now().at);
        (at > now).then(|| {
            format!(
                "`{answer}` is ahead of the clock: {}, {}. This asks for a time that has passed; answer \
                 unknown while it has not.",
                when.show(),
                wording::relative(at, now)
            )
        })
    }
}

fn next(text: &str, clock: &dyn Clock) -> Option<Understood<When>> {
    let now = clock.now().local();
    let text = halves_joined(&text.to_lowercase());
    let text = in_digits(&text, |face| next_shown(face, now.time())).unwrap_or(text);
    // `next monday` is the next of its name.
    let (first, second) = text.split_once(' ').unwrap_or((&text, ""));
    let is_next = first == "next" && second.split(' ').next().and_then(weekday).is_some();
    let text = if is_next { second.to_owned() } else { text };
    let text = text.strip_suffix(" from now").map_or_else(|| text.clone(), str::to_owned);
    let distance = text.strip_prefix("in ").or_else(|| text.strip_prefix('+'));
    if let Some(seconds) = length(distance.unwrap_or(&text)) {
        let length = TimeDelta::try_seconds(i64::try_from(seconds).ok()?)?;
        let at = now.to_utc().checked_add_signed(length)?;
        let at = at.with_timezone(&clock.offset_at(at));
        let when = When { earliest: at, latest: at, precision: Precision::Minute };
        return Some(Understood::plainly(when));
    }
    if let Some(hour) = hour(&text) {
        return When::next(hour, clock);
    }
    let today = now.date_naive();
    let (time, zone) = offset(&text);
    if zone.is_some() && hour(time.trim()).is_some() {
        // Its day there may be the one before or behind ours.
        let days = today.pred_opt()?.iter_days().take(4);
        let mut read = days.filter_map(|day| point(&format!("{day} {text}"), clock));
        return read.find(|when| when.value.earliest > now);
    }
    // `monday 7 dec 10:00`, if that is a Monday.
    if let Some((first, dated)) = text.split_once(' ')
        && let Some(day) = weekday(first)
        && dated.contains(' ')
        && dated.split(' ').next().and_then(hour).is_none()
        && let Some(when) = next(dated, clock)
    {
        return Some(when).filter(|when| when.value.earliest.weekday() == day);
    }
    let words: Vec<&str> = text.split_whitespace().take(4).collect();
    if let [one, other, time @ ..] = words.as_slice()
        && let Some(day) = next_such_day(one, other, today)
        && time.len() < 2
        && time.iter().all(|time| hour(time).is_some())
    {
        return point(format!("{day} {}", time.join(" ")).trim_end(), clock);
    }
    let (word, rest) = text.split_once(' ').unwrap_or((&text, ""));
    let day = match weekday(word) {
        Some(day) => today.iter_days().skip(1).find(|next| next.weekday() == day),
        None if ["tonight", "this"].contains(&word) => Some(today),
        None => (word == "tomorrow").then(|| today.checked_add_days(Days::new(1))).flatten(),
    };
    let rest = rest.trim();
    let rest = rest.strip_prefix("at ").unwrap_or(rest);
    let part = if word == "tonight" { Some("night") } else { rest.split(' ').next_back() };
    if let Some((from, to)) =
        part.and_then(hours_of).filter(|_| word == "tonight" || !rest.contains(' '))
    {
        let at = |time: &str| point(&format!("{} {time}", day?), clock);
        let (from, to) = (at(from)?.value.earliest, at(to)?.value.latest);
        let when = When { earliest: from, latest: to, precision: Precision::Range };
        return (from > now).then(|| Understood::plainly(when));
    }
    // `tomorrow 9`.
    let bare = two(rest).filter(|hours| *hours < 24 && word == "tomorrow");
    let bare = bare.map(|hours| format!("{hours}h"));
    let rest = bare.as_deref().unwrap_or(rest);
    if !rest.is_empty() {
        hour(offset(rest).0.trim())?;
    }
    point(format!("{} {rest}", day?).trim(), clock)
}

/// From when to when a part of the day is.
fn hours_of(part: &str) -> Option<(&'static str, &'static str)> {
    Some(match part {
        "morning" => ("08:00", "11:59"),
        "afternoon" => ("12:00", "17:59"),
        "evening" => ("18:00", "21:59"),
        "night" => ("20:00", "23:59"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, FixedOffset};

    use super::*;

    fn coming(text: &str) -> Option<String> {
        // A Monday.
        let now = DateTime::parse_from_rfc3339("2026-11-23T04:40:30Z").expect("a real moment");
        let offset = FixedOffset::east_opt(3_600).expect("in range");
        let clock = crate::clock::FakeClock::new(now.to_utc(), offset);
        When::coming(text, &clock).ok().map(|when| when.value.show())
    }

    #[test]
    fn it_is_the_next_of_its_name() {
        for (text, shown) in [
            ("05:40", "Tue 24 Nov 2026 05:40 +01:00"),
            ("05:41", "Mon 23 Nov 2026 05:41 +01:00"),
            ("at 6:30 pm", "Mon 23 Nov 2026 18:30 +01:00"),
            ("9 pm", "Mon 23 Nov 2026 21h +01:00"),
            ("tomorrow", "Tue 24 Nov 2026"),
            ("Tomorrow 09:00", "Tue 24 Nov 2026 09:00 +01:00"),
            ("tomorrow 9am", "Tue 24 Nov 2026 09h +01:00"),
            ("tomorrow 9", "Tue 24 Nov 2026 09h +01:00"),
            ("tomorrow at 17", "Tue 24 Nov 2026 17h +01:00"),
            ("tomorrow morning", "Tue 24 Nov 2026 08:00 +01:00 to Tue 24 Nov 2026 11:59 +01:00"),
            ("friday afternoon", "Fri 27 Nov 2026 12:00 +01:00 to Fri 27 Nov 2026 17:59 +01:00"),
            ("tonight", "Mon 23 Nov 2026 20:00 +01:00 to Mon 23 Nov 2026 23:59 +01:00"),
            ("this evening", "Mon 23 Nov 2026 18:00 +01:00 to Mon 23 Nov 2026 21:59 +01:00"),
            ("monday 7 dec 10:00", "Mon 7 Dec 2026 10:00 +01:00"),
            ("sun 20 dec", "Sun 20 Dec 2026"),
            ("20 Dec", "Sun 20 Dec 2026"),
            ("Jan 7 09:00", "Thu 7 Jan 2027 09:00 +01:00"),
            ("wednesday", "Wed 25 Nov 2026"),
            ("Mon 09:00", "Mon 30 Nov 2026 09:00 +01:00"),
            ("monday 09:00 UTC", "Mon 30 Nov 2026 09:00 +00:00"),
            ("tomorrow 09:00 utc", "Tue 24 Nov 2026 09:00 +00:00"),
            ("04:40 UTC", "Tue 24 Nov 2026 04:40 +00:00"),
            ("04:41 UTC", "Mon 23 Nov 2026 04:41 +00:00"),
            ("01:00 -05:00", "Mon 23 Nov 2026 01:00 -05:00"),
            ("in 2 h", "Mon 23 Nov 2026 07:40 +01:00"),
            ("+30m", "Mon 23 Nov 2026 06:10 +01:00"),
            ("45 min", "Mon 23 Nov 2026 06:25 +01:00"),
            ("in 3 days", "Thu 26 Nov 2026 05:40 +01:00"),
            ("2026-11-24", "Tue 24 Nov 2026"),
            ("2026-11-20 08:00", "Fri 20 Nov 2026 08:00 +01:00"),
            ("tue 24 Nov 2026 08:00", "Tue 24 Nov 2026 08:00 +01:00"),
        ] {
            assert_eq!(coming(text).as_deref(), Some(shown), "{text}");
        }
    }

    #[test]
    fn what_is_none_is_refused() {
        for text in [
            "",
            "soon",
            "tuesday 7 dec 10:00",
            "tomorrow soon",
            "monday 25:00",
            "+",
            "in",
            "+99999999999999 h",
        ] {
            assert_eq!(coming(text), None, "{text}");
        }
    }
}

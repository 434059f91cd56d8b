//! A time of day: `02:40`, `0240`, `02:40:07.123`, `2h`, `9pm`, `9:30 pm`, `12.55`, `12h55`.

use chrono::{NaiveTime, Timelike as _};

use super::value::Precision;

/// A time of day, and how finely it was given.
pub(super) type Hour = (NaiveTime, Precision);

/// Reads one in lower case.
pub(super) fn hour(text: &str) -> Option<Hour> {
    let halves = [("am", 0), ("pm", 12)];
    if let Some((time, noon)) =
        halves.iter().find_map(|(half, noon)| Some((text.strip_suffix(half)?, noon)))
    {
        let (hours, minutes) = time.split_once(':').unwrap_or((time, ""));
        let hours = two(hours).filter(|hours| (1..=12).contains(hours))? % 12 + noon;
        let (minutes, precision) = match minutes {
            "" => (0, Precision::Hour),
            minutes => (two(minutes).filter(|_| minutes.len() == 2)?, Precision::Minute),
        };
        return Some((NaiveTime::from_hms_opt(hours, minutes, 0)?, precision));
    }
    if let Some((hours, minutes)) = text.split_once('h').filter(|(_, minutes)| minutes.len() == 2) {
        return Some((NaiveTime::from_hms_opt(two(hours)?, two(minutes)?, 0)?, Precision::Minute));
    }
    if let Some(hours) = text.strip_suffix('h') {
        return Some((NaiveTime::from_hms_opt(two(hours)?, 0, 0)?, Precision::Hour));
    }
    // `0340`; 2013 is a year.
    let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits && !("1900"..="2099").contains(&text) {
        let (hours, minutes) = text.split_at(2);
        return Some((NaiveTime::from_hms_opt(two(hours)?, two(minutes)?, 0)?, Precision::Minute));
    }
    // `12.55`, as half of Europe writes it.
    if let Some((hours, minutes)) = text.split_once('.').filter(|(_, minutes)| minutes.len() == 2)
        && let (Some(hours), Some(minutes)) = (two(hours), two(minutes))
    {
        return Some((NaiveTime::from_hms_opt(hours, minutes, 0)?, Precision::Minute));
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

/// A time of day that has passed today, a bare number if only one of its two hours has: `11` at two in the
/// afternoon.
pub(super) fn passed(text: &str, now: NaiveTime) -> Option<Hour> {
    let bare = || {
        let hours = two(text).filter(|hours| *hours <= now.hour())?;
        let is_one = hours > 12 || hours + 12 > now.hour();
        is_one.then(|| hour(&format!("{hours}h")))?
    };
    hour(text).or_else(bare)
}

/// The same text with each half of the day right behind its hour: `9 pm` as `9pm`.
pub(super) fn halves_joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let is_half = matches!(word, "am" | "pm") && joined.ends_with(|c: char| c.is_ascii_digit());
        if !is_half && !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    joined
}

/// One or two digits.
pub(super) fn two(text: &str) -> Option<u32> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

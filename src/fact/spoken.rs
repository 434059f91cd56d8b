//! A time of day as people say it: `half past two`, `quarter to three`, `noon`, `tonight at 01:50`,
//! `yesterday evening 9:15`.

use chrono::{NaiveTime, Timelike as _};

use super::hour::{hour, two};
use super::length::numeral;
use super::value::Precision;

/// Minutes of half a day.
const HALF: u32 = 12 * 60;

/// A part of the day: of the two times on the face of a clock, which one is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Morning,
    /// Afternoon and evening.
    Later,
    Night,
}

impl Part {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "morning" => Self::Morning,
            "afternoon" | "evening" => Self::Later,
            "night" | "tonight" => Self::Night,
            _ => return None,
        })
    }

    /// The hour of the day of an hour on a face, from 0 to 11.
    fn place(self, minutes: u32) -> u32 {
        let is_later = self == Self::Later || self == Self::Night && minutes >= HALF / 2;
        minutes + if is_later { HALF } else { 0 }
    }
}

/// A text in lower case with its time of day in digits, if it has one that is said in words. Without a
/// part of the day and without a day, `place` says in which half of it a minute on the face of a clock
/// lies; with a day, both may be meant, and it is none.
pub(super) fn in_digits(text: &str, place: impl Fn(u32) -> u32) -> Option<String> {
    let (part, mut words) = parted(text);
    if part == Some(Part::Night) && words.first() == Some(&"yesterday") {
        words.splice(..1, ["last", "night"]);
    }
    let read = |time: &[&str], has_day: bool| {
        digits(time, part, (!has_day).then_some(&place as &dyn Fn(u32) -> u32))
    };
    // The day stands before its time or behind it.
    let read = (1..=3.min(words.len())).rev().find_map(|length| {
        let (day, time) = words.split_at(words.len() - length);
        let before = || Some([day, &[&*read(time, !day.is_empty())?]].concat().join(" "));
        let (time, day) = words.split_at(length);
        let behind = || Some([&[&*read(time, !day.is_empty())?], day].concat().join(" "));
        before().or_else(behind)
    });
    read.filter(|read| read != text)
}

/// The part of the day that a text names, and its other words.
fn parted(text: &str) -> (Option<Part>, Vec<&str>) {
    let mut part = None;
    let mut words: Vec<&str> = Vec::new();
    for word in text.split_whitespace().take(10) {
        match Part::of(word) {
            Some(of) => {
                part = Some(of);
                match words.as_slice() {
                    // The night has a rule of its own: it ends on another day.
                    [.., "last"] => words.push(word),
                    [.., "in", "the"] => words.truncate(words.len() - 2),
                    [.., "this"] => words.truncate(words.len() - 1),
                    _ => {}
                }
            }
            None if word == "at" => {}
            None => words.push(word),
        }
    }
    (part, words)
}

/// A time of day in digits; `place` where no day is named.
fn digits(time: &[&str], part: Option<Part>, place: Option<&dyn Fn(u32) -> u32>) -> Option<String> {
    let shown = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    match time {
        ["noon" | "midday"] => Some(shown(HALF)),
        ["midnight"] => Some(shown(0)),
        [one] => match (hour(one), part) {
            (Some((time, precision)), Some(part)) => {
                let is_half = one.ends_with('m') || time.hour() > 12;
                let minutes = part.place(time.hour() % 12 * 60 + time.minute());
                Some(match precision {
                    _ if is_half => (*one).to_owned(),
                    Precision::Hour => format!("{}h", minutes / 60),
                    _ => shown(minutes),
                })
            }
            (Some(_), None) => Some((*one).to_owned()),
            (None, part) => Some(format!("{}h", part?.place(on_face(one)?) / 60)),
        },
        words => {
            let face = face(words)?;
            Some(shown(match part {
                Some(part) => part.place(face),
                None => place?(face),
            }))
        }
    }
}

/// The minute of half a day that a clock with hands shows.
fn face(words: &[&str]) -> Option<u32> {
    let minutes = |word: &str| match word {
        "half" => Some(30),
        "quarter" => Some(15),
        "twenty" => Some(20),
        word => numeral(word).or_else(|| two(word)).filter(|minutes| *minutes < 30),
    };
    match words {
        [before, "past", at] => Some(on_face(at)? + minutes(before)?),
        [before, "to", at] if *before != "half" => {
            Some((on_face(at)? + HALF - minutes(before)?) % HALF)
        }
        [at, "o'clock" | "oclock"] => on_face(at),
        _ => None,
    }
}

/// The minutes of an hour from one to twelve, in words or digits.
fn on_face(word: &str) -> Option<u32> {
    let hour = numeral(word).or_else(|| two(word))?;
    (1..=12).contains(&hour).then_some(hour % 12 * 60)
}

/// The minute of the day at which clocks with hands showed this last.
pub(super) fn last_shown(face: u32, now: NaiveTime) -> u32 {
    if (face..face + HALF).contains(&minute(now)) { face } else { face + HALF }
}

/// The minute of the day at which they show it next.
pub(super) fn next_shown(face: u32, now: NaiveTime) -> u32 {
    if (face..face + HALF).contains(&minute(now)) { face + HALF } else { face }
}

fn minute(time: NaiveTime) -> u32 {
    time.hour() * 60 + time.minute()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spoken_time_is_the_one_that_was_last() {
        let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).expect("a time of day");
        for (text, now, read) in [
            ("half past two", at(3, 10), "02:30"),
            ("half past two", at(15, 0), "14:30"),
            ("half past two", at(1, 0), "14:30"),
            ("quarter to three", at(14, 50), "14:45"),
            ("quarter past nine", at(22, 0), "21:15"),
            ("ten to one", at(1, 0), "00:50"),
            ("twenty past 4", at(5, 0), "04:20"),
            ("two o'clock", at(3, 0), "02:00"),
            ("at noon", at(15, 0), "12:00"),
            ("yesterday at midnight", at(15, 0), "yesterday 00:00"),
            ("half past nine in the evening", at(3, 0), "21:30"),
            ("yesterday evening half past nine", at(3, 0), "yesterday 21:30"),
            ("half past twelve in the morning", at(3, 0), "00:30"),
            ("0150 tonight", at(3, 0), "01:50"),
            ("tonight 23:40", at(3, 0), "23:40"),
            ("9:40 at night", at(3, 0), "21:40"),
            ("yesterday evening 9:15", at(3, 0), "yesterday 21:15"),
            ("yesterday evening 23:40", at(3, 0), "yesterday 23:40"),
            ("yesterday night 1:30", at(3, 0), "last night 01:30"),
            ("last night at 23:40", at(3, 0), "last night 23:40"),
            ("friday evening 9", at(3, 0), "friday 21h"),
            ("this morning 8:30", at(9, 0), "08:30"),
            ("at 02:40", at(3, 0), "02:40"),
            ("9pm tonight", at(22, 0), "9pm"),
            ("11:50 last night", at(3, 0), "23:50 last night"),
        ] {
            assert_eq!(
                in_digits(text, |face| last_shown(face, now)).as_deref(),
                Some(read),
                "{text}"
            );
        }
        for text in [
            "half past",
            "half to two",
            "half past thirteen",
            "yesterday half past nine",
            "two",
            "02:30",
            "3h ago",
            "this morning",
            "last night",
            "2026-11-23 02:40:07 utc",
        ] {
            assert_eq!(in_digits(text, |face| last_shown(face, at(3, 0))), None, "{text}");
        }
    }
}

//! Chats of messengers, and lines that begin with a time: `[23/11/2026, 02:40:12] Ada: text`,
//! `23/11/2026, 02:40 - Ada: text`, `2026-11-23 02:40 text`, `02:40 text`. A line without a
//! time continues the message before it; one that looks like a message but cannot be read is an error.

use std::path::Path;

use chrono::{NaiveDate, TimeDelta};

use super::stamp::{self, Day, Stamps, Time};
use super::{Message, Take, lines};
use crate::cli::args::DateOrder;
use crate::wording;

/// Longest name before a message, in characters.
const LONGEST_NAME: usize = 80;

/// The longest date and time at the start of a message, in characters.
const LONGEST_HEAD: usize = 40;

/// How many characters of an unreadable line are shown.
const SHOWN: usize = 60;

/// What a line begins with.
struct Head<'l> {
    day: Option<Day>,
    time: Option<Time>,
    /// Whether an app wrote it: then somebody's name comes next.
    is_of_app: bool,
    rest: &'l str,
}

pub(super) fn read(path: &Path, stamps: &Stamps<'_>, take: Take<'_>) -> Result<(), String> {
    let (is_of_app, order) = survey(path, stamps)?;
    let stamps = Stamps { order, ..*stamps };
    let mut day = stamps.day;
    let mut last: Option<Time> = None;
    let mut message: Option<Message> = None;
    let mut row = 0;
    lines::each(path, &mut |number, line| {
        let line = clean(line);
        let head = head(&line);
        let is_other = head.as_ref().is_some_and(|head| head.is_of_app && !is_of_app);
        let is_broken = head.is_none() && begins_like_one(&line, is_of_app);
        if is_other || is_broken {
            let line = wording::clip(&line, SHOWN);
            return Err(format!(
                "line {number}: it looks like a message, but its time cannot be read: {line}"
            ));
        }
        let Some(head) = head.filter(|head| head.is_of_app == is_of_app) else {
            match &mut message {
                Some(message) if !line.trim().is_empty() => {
                    message.text.push('\n');
                    message.text.push_str(&line);
                }
                None if !line.trim().is_empty() => {
                    return Err(format!("line {number}: it begins with no time"));
                }
                _ => {}
            }
            return Ok(());
        };
        if let Some(known) = head.day {
            day = Some(known.date(order).map_err(|why| format!("line {number}: {why}"))?);
            last = None;
        }
        let Some(time) = head.time else { return Ok(()) };
        let of = day.ok_or_else(|| {
            format!("line {number}: it gives no day: say --day 2026-11-23, or write a line with it")
        })?;
        let of = if head.day.is_none() { past_midnight(of, last, time) } else { of };
        (day, last) = (Some(of), Some(time));
        row += 1;
        let (author, text) = if is_of_app { author(head.rest) } else { (None, head.rest) };
        let (at, local) = stamps.at(of, time);
        let new = Message {
            row,
            at,
            local,
            author: author.map(str::to_owned),
            text: text.to_owned(),
            attachments: Vec::new(),
        };
        match message.replace(new) {
            Some(done) => take(ended(done)),
            None => Ok(()),
        }
    })?;
    message.map_or(Ok(()), |done| take(ended(done)))
}

/// Of notes that give only times, one long before the last is of the next day.
fn past_midnight(day: NaiveDate, last: Option<Time>, time: Time) -> NaiveDate {
    let back = last.map_or(TimeDelta::zero(), |last| last.of_day - time.of_day);
    if back > TimeDelta::hours(12) { day.succ_opt().unwrap_or(day) } else { day }
}

/// Whether an app wrote the file, told by its first line, and the order of day and month in its
/// dates.
fn survey(path: &Path, stamps: &Stamps<'_>) -> Result<(bool, Option<DateOrder>), String> {
    let mut is_of_app = None;
    let mut order = stamps.order;
    lines::each(path, &mut |number, line| {
        let line = clean(line);
        let Some(head) = head(&line) else { return Ok(()) };
        is_of_app.get_or_insert(head.is_of_app);
        let Some(found) = head.day.and_then(Day::order) else { return Ok(()) };
        if order.is_some_and(|order| order != found) {
            return Err(format!("line {number}: its day is written in another order than others"));
        }
        order = Some(found);
        Ok(())
    })?;
    let is_of_app = is_of_app.ok_or("no line begins with a time such as 2026-11-23 02:40")?;
    Ok((is_of_app, order))
}

/// Marks of direction, and blanks that apps put between a time and its half of the day.
fn clean(line: &str) -> String {
    let line = line.trim_start_matches(['\u{feff}', '\u{200e}', '\u{200f}']);
    line.replace(['\u{202f}', '\u{a0}'], " ").replace('\u{200e}', "")
}

/// Whether a line without a readable head still looks like the start of a message: a date and a time as
/// an app writes them, or a date or a time as in notes.
fn begins_like_one(line: &str, is_of_app: bool) -> bool {
    if is_of_app {
        let head = match line.strip_prefix('[') {
            Some(inside) => inside.split_once(']').map_or(inside, |(head, _)| head),
            None => match line.split_once(" - ") {
                Some((head, _)) => head,
                None => return false,
            },
        };
        let head: String = head.chars().take(LONGEST_HEAD).collect();
        let marks = head.chars().filter(|c| "/.-".contains(*c)).count();
        return head.starts_with(|c: char| c.is_ascii_digit()) && marks >= 2 && head.contains(':');
    }
    let word = line.split([' ', '\t', ',', 'T']).next().unwrap_or_default();
    let numbers: Vec<&str> = word.split(['-', '/', '.', ':']).collect();
    let is_number = |text: &&str| (1..=4).contains(&text.len()) && is_digits(text);
    let is_day = |marks: &[char]| {
        numbers.len() == 3 && word.contains(marks) && numbers.iter().any(|number| number.len() == 4)
    };
    let is_time = word.contains(':') && numbers.iter().skip(1).all(|number| number.len() == 2);
    numbers.len() > 1
        && numbers.iter().all(is_number)
        && (is_day(&['-', '/', '.']) || is_time && numbers.len() <= 3)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn head(line: &str) -> Option<Head<'_>> {
    if let Some(inside) = line.strip_prefix('[') {
        let (day, rest) = stamp::day(inside)?;
        let (time, rest) = stamp::time(rest.trim_start_matches([',', ' ', 'T']))?;
        let rest = rest.trim_start().strip_prefix(']')?.trim_start();
        return Some(Head { day: Some(day), time: Some(time), is_of_app: true, rest });
    }
    let (day, rest) = match stamp::day(line) {
        Some((day, rest)) => (Some(day), rest),
        None => (None, line),
    };
    if day.is_some() && rest.trim_matches([':', ' ', '-']).is_empty() {
        return Some(Head { day, time: None, is_of_app: false, rest: "" });
    }
    let behind = if day.is_some() { rest.trim_start_matches([',', ' ', 'T']) } else { rest };
    let (time, rest) = stamp::time(behind)?;
    if !rest.is_empty() && !rest.starts_with([' ', '\t', ',', ':', ';', '-']) {
        return None;
    }
    let is_of_app = day.is_some() && rest.starts_with(" - ");
    let rest = rest.trim_start_matches([' ', '\t', ',', ':', ';', '-']);
    Some(Head { day, time: Some(time), is_of_app, rest })
}

/// Whose message it is. What an app says by itself is nobody's.
fn author(text: &str) -> (Option<&str>, &str) {
    match text.split_once(": ").or_else(|| text.strip_suffix(':').map(|name| (name, ""))) {
        Some((name, said)) if name.chars().count() <= LONGEST_NAME => (Some(name.trim()), said),
        _ => (None, text),
    }
}

/// A whole message. A file that was sent is named in many languages, and always in one of two ways.
fn ended(message: Message) -> Message {
    let first = message.text.lines().next().unwrap_or_default();
    let in_angles = first.strip_prefix('<').and_then(|text| text.split_once('>'));
    let in_angles = in_angles.and_then(|(inside, _)| inside.rsplit_once(": "));
    let before = first.split_once(" (").map(|(name, _)| name);
    let name = in_angles.map(|(_, name)| name).or(before).map(str::trim);
    let is_file = |name: &&str| {
        let ends = name.rsplit_once('.').is_some_and(|(_, end)| (2..=5).contains(&end.len()));
        ends && !name.contains(['/', ' '])
    };
    let attachments: Vec<String> = name.filter(is_file).map(str::to_owned).into_iter().collect();
    let text = match message.text.trim() {
        "" => "(empty)",
        text => text,
    };
    let text = text.to_owned();
    Message { text, attachments, ..message }
}

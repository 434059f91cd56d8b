//! A late entry: the moment at which it happened, before its text, behind it or within it.

use chrono::TimeDelta;

use super::{Act, Walk};
use crate::clock::Clock;
use crate::fact::{Fact, Understood, Value, When};
use crate::wording;

/// A text whose moment was taken off.
pub(super) struct Late<'a> {
    /// When it happened, if not now.
    pub(super) at: Option<When>,
    /// The rest.
    pub(super) text: &'a str,
    /// What to say of how the moment was read.
    pub(super) said: Vec<Act>,
}

impl Walk<'_> {
    /// As [`late()`]. A moment that is ahead of the clock, or more than twelve hours back, is asked
    /// back before anything comes of the line.
    pub(super) fn late<'a>(
        &mut self,
        text: &'a str,
        clock: &dyn Clock,
    ) -> Result<Late<'a>, String> {
        let late = late(text, clock)?;
        if let Some(at) = &late.at {
            let now = clock.now().at;
            let ahead = at.earliest.to_utc() - now;
            let near = TimeDelta::hours(-12)..=TimeDelta::zero();
            let relative = wording::relative(at.earliest.to_utc(), now);
            self.doubt = (!near.contains(&ahead))
                .then(|| format!("That is {}, {relative}.", at.show()))
                .or_else(|| self.doubt.take());
        } else if let Some(word) = unread(text) {
            self.doubt = Some(format!("`{word}` was not read as a time, so it stays in the text."));
        }
        Ok(late)
    }
}

impl Walk<'_> {
    /// Asks back for a time that is ahead of the clock, and for a time of day without its date that is more
    /// than twelve hours back: yesterday's may not be meant.
    pub(super) fn doubt_time(
        &mut self,
        (fact, text): (&Fact, &str),
        value: &Value,
        clock: &dyn Clock,
    ) {
        let Value::Time(when) = value else { return };
        let time = text.trim().to_lowercase();
        let time = time.trim_end_matches("am").trim_end_matches("pm");
        let has_date = time.chars().any(|c| c.is_alphabetic() || c == '-' || c == '.');
        let now = clock.now().at;
        let back = now - when.earliest.to_utc();
        let is_ahead = !fact.asking.to_come && back < -AHEAD;
        if self.patient && (is_ahead || !has_date && back > TimeDelta::hours(12)) {
            let relative = wording::relative(when.earliest.to_utc(), now);
            let ahead = if is_ahead { ", ahead of the clock" } else { "" };
            self.doubt = Some(format!("That is {}, {relative}{ahead}.", when.show()));
        }
    }
}

/// Clocks differ: a moment that is so little ahead is now.
const AHEAD: TimeDelta = TimeDelta::minutes(10);

/// Takes the moment off a late entry: `@02:40 isolated web-03`, `@2026-11-27 22:40 …`,
/// `@yesterday 23:10 …`, `@-20m …`. The longest beginning that is a moment is the moment; so is all that
/// stands behind the last `@` of a text, `isolated web-03 @02:40`. Within a text, `both @02:40 by hand`, it
/// is the moment and stays where it was typed.
pub(super) fn late<'a>(text: &'a str, clock: &dyn Clock) -> Result<Late<'a>, String> {
    let Some(rest) = text.trim_start().strip_prefix('@') else {
        let late = behind(text, clock).or_else(|| within(text, clock));
        return Ok(late.unwrap_or(Late { at: None, text, said: Vec::new() }));
    };
    let (moment, rest) = match rest.strip_prefix('"') {
        Some(quoted) => {
            quoted.split_once('"').ok_or("the moment behind `@` has no closing quote")?
        }
        None => words(rest)
            .find(|(moment, _)| When::parse(moment, clock).is_ok())
            .or_else(|| words(rest).last())
            .unwrap_or((rest, "")),
    };
    Ok(happened(When::parse(moment, clock)?, rest.trim_start(), clock))
}

/// A text that ends with its moment.
fn behind<'a>(text: &'a str, clock: &dyn Clock) -> Option<Late<'a>> {
    let (before, moment) = text.rsplit_once(" @")?;
    let moment = When::parse(moment.trim().trim_matches('"'), clock).ok()?;
    Some(happened(moment, before.trim_end(), clock))
}

fn within<'a>(text: &'a str, clock: &dyn Clock) -> Option<Late<'a>> {
    let mut moments =
        text.match_indices(" @").flat_map(|(at, mark)| words(&text[at + mark.len()..]));
    let moment = moments.find_map(|(moment, _)| When::parse(moment, clock).ok())?;
    Some(happened(moment, text, clock))
}

/// What somebody may mean as a moment and that is none: `@2560`.
fn unread(text: &str) -> Option<&str> {
    let is_number =
        |word: &str| word.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit());
    text.split_whitespace().find(|word| word.strip_prefix('@').is_some_and(is_number))
}

fn happened<'a>(moment: Understood<When>, text: &'a str, clock: &dyn Clock) -> Late<'a> {
    let relative = wording::relative(moment.value.earliest.to_utc(), clock.now().at);
    let mut said = vec![Act::Say(format!("Happened: {}, {relative}.", moment.value.show()))];
    said.extend(moment.remarks.into_iter().map(Act::Say));
    Late { at: Some(moment.value), text, said }
}

/// A text split after its third, its second, its first word.
pub(super) fn words(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let blanks = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let mut ends: Vec<usize> = blanks.chain([text.len()]).take(3).collect();
    ends.reverse();
    ends.into_iter().map(|end| text.split_at(end))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::clock::FakeClock;

    fn read(text: &str) -> Option<(String, String)> {
        let now = DateTime::parse_from_rfc3339("2026-11-28T03:12:00+01:00").expect("a moment");
        let clock = FakeClock::new(now.to_utc(), *now.offset());
        let late = late(text, &clock).ok()?;
        Some((late.at?.earliest.format("%m-%d %H:%M").to_string(), late.text.to_owned()))
    }

    #[test]
    fn the_moment_ends_where_the_text_begins() {
        for (line, moment, text) in [
            ("@02:40 isolated web-03", "11-28 02:40", "isolated web-03"),
            ("@2026-11-27 22:40 all sessions ended", "11-27 22:40", "all sessions ended"),
            ("@yesterday 23:10 saw it", "11-27 23:10", "saw it"),
            ("@-20m shut", "11-28 02:52", "shut"),
            ("@\"yesterday 23:10\" saw it", "11-27 23:10", "saw it"),
            ("@02:40", "11-28 02:40", ""),
            ("isolated web-03 @02:40", "11-28 02:40", "isolated web-03"),
            ("all sessions ended @2026-11-27 22:40", "11-27 22:40", "all sessions ended"),
            ("shut @-20m", "11-28 02:52", "shut"),
            ("both @02:40 by hand", "11-28 02:40", "both @02:40 by hand"),
            (
                "told @jonas @yesterday 23:10 by phone",
                "11-27 23:10",
                "told @jonas @yesterday 23:10 by phone",
            ),
        ] {
            assert_eq!(read(line), Some((moment.to_owned(), text.to_owned())), "{line}");
        }
        for text in ["@soon enough", "mail to ada@02.example", "told @jonas", "a @soon and more"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}

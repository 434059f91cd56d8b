//! A late entry: the moment at which it happened, before its text.

use chrono::TimeDelta;

use super::Act;
use crate::clock::Clock;
use crate::fact::{Precision, Understood, When, length};

/// A text whose moment was taken off.
pub(super) struct Late<'a> {
    /// When it happened, if not now.
    pub(super) at: Option<When>,
    /// The rest.
    pub(super) text: &'a str,
    /// What to say of how the moment was read.
    pub(super) said: Vec<Act>,
}

/// Takes the moment off a late entry: `@02:40 isolated web-03`, `@2026-11-27 22:40 …`,
/// `@yesterday 23:10 …`, `@-20m …`. The longest beginning that is a moment is the moment.
pub(super) fn late<'a>(text: &'a str, clock: &dyn Clock) -> Result<Late<'a>, String> {
    let Some(rest) = text.trim_start().strip_prefix('@') else {
        return Ok(Late { at: None, text, said: Vec::new() });
    };
    let (moment, rest) = match rest.strip_prefix('"') {
        Some(quoted) => {
            quoted.split_once('"').ok_or("the moment behind `@` has no closing quote")?
        }
        None => words(rest)
            .find(|(moment, _)| parse(moment, clock).is_ok())
            .or_else(|| words(rest).last())
            .unwrap_or((rest, "")),
    };
    let moment = parse(moment, clock)?;
    let said = moment.remarks.into_iter().map(Act::Say).collect();
    Ok(Late { at: Some(moment.value), text: rest.trim_start(), said })
}

/// A text split after its third, its second, its first word.
fn words(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let blanks = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let mut ends: Vec<usize> = blanks.chain([text.len()]).take(3).collect();
    ends.reverse();
    ends.into_iter().map(|end| text.split_at(end))
}

/// A moment as people write it, or how long ago it was: `-20m`.
fn parse(text: &str, clock: &dyn Clock) -> Result<Understood<When>, String> {
    let ago = text.strip_prefix('-').and_then(length).and_then(|ago| i64::try_from(ago).ok());
    let Some(ago) = ago.and_then(TimeDelta::try_seconds) else {
        return When::parse(text, clock);
    };
    let at = clock.now().at.checked_sub_signed(ago).ok_or("that is too long ago")?;
    let at = at.with_timezone(&clock.offset_at(at));
    let precision = Precision::Minute;
    Ok(Understood::plainly(When { earliest: at, latest: at, precision }))
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
        ] {
            assert_eq!(read(line), Some((moment.to_owned(), text.to_owned())), "{line}");
        }
        assert_eq!(read("@soon enough"), None);
    }
}

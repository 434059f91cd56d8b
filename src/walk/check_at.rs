//! When to look again: the moment at the end of `Priya in networking, 04:30`.

use chrono::{DateTime, FixedOffset, NaiveTime};

use super::late::words;
use crate::clock::Clock;
use crate::fact::{Understood, When, length};

/// Splits off the moment: what stands between commas or after the last, an ending that is clearly a
/// moment, such as `20:30`, `+30m`, or one within the text, `until 20:30`. Without one, the whole text is
/// what we wait for.
pub(super) fn split(
    text: &str,
    clock: &dyn Clock,
) -> (String, Option<Understood<DateTime<FixedOffset>>>) {
    let parts: Vec<&str> = text.split(',').collect();
    for (at, part) in parts.iter().enumerate().skip(1).rev() {
        let moment = plain(part.trim()).unwrap_or(part.trim());
        if let Some(found) = ahead(moment, clock) {
            let before = parts[..at].join(",");
            let what = [&[without_word(&before)], &parts[at + 1..]].concat().join(",");
            return (what, Some(found));
        }
    }
    let text = text.trim();
    let starts = text.char_indices().filter(|(at, _)| *at == 0 || text[..*at].ends_with(' '));
    // Behind `to NAME`, what can be a moment is one.
    let is_given = |at: usize| {
        text.starts_with("to ") && at > "to ".len() || at == 0 && length(text).is_some()
    };
    // The longest end that is a moment is the moment.
    for (at, _) in starts.clone() {
        let moment = plain(&text[at..]).or_else(|| is_given(at).then_some(&text[at..]));
        if let Some(found) = moment.and_then(|moment| ahead(moment, clock)) {
            return (without_word(&text[..at]).to_owned(), Some(found));
        }
    }
    for (at, _) in starts {
        let led = BEFORE.iter().find_map(|word| text[at..].strip_prefix(word));
        let mut within = led.into_iter().flat_map(words);
        let found = within.find_map(|(moment, rest)| {
            Some((ahead(moment.trim_end_matches([',', ';']), clock)?, rest))
        });
        if let Some((found, rest)) = found {
            let what = [without_word(&text[..at]), rest.trim()].join(", ");
            return (what.trim_start_matches(", ").to_owned(), Some(found));
        }
    }
    (text.to_owned(), None)
}

/// What stands before a moment, without the word that led to it.
fn without_word(text: &str) -> &str {
    const WORDS: [&str; 8] =
        [" until", " till", " by", " at", " in", " before", " every", " look again"];
    let text = text.trim_end_matches([' ', ',']);
    match WORDS.iter().find_map(|word| text.strip_suffix(word)) {
        Some(before) => without_word(before),
        None => text,
    }
}

/// What somebody may mean as a moment and that is none to us: `next week`, `till 5`, `after lunch`.
pub(super) fn unread<'t>(what: &'t str, clock: &dyn Clock) -> Option<&'t str> {
    const BEGINS: [&str; 28] = [
        "next", "after", "before", "until", "till", "by", "in", "at", "when", "once", "tonight",
        "later", "soon", "back", "half", "this", "around", "about", "eod", "tomorrow", "noon",
        "midnight", "quarter", "five", "ten", "twenty", "every", "remind",
    ];
    let last = what.rsplit_once(',').map(|(_, last)| last.trim());
    let begins = |text: &str| {
        let first = text.split(' ').next().unwrap_or_default().to_lowercase();
        BEGINS.contains(&&*first)
    };
    let has_digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    let ends = [
        " until ",
        " till ",
        " by ",
        " back at ",
        " at ",
        " next ",
        " this ",
        " every ",
        " quarter ",
    ];
    let end = ends.iter().filter_map(|word| what.rfind(word)).min();
    let end = end.map(|at| what[at..].trim_start());
    let whole = ["next ", "this ", "every ", "quarter "];
    let is_whole = |text: &&str| whole.iter().any(|word| text.starts_with(word));
    let end = end.filter(|text| has_digit(text) || is_whole(text));
    let is_day = |word: &&str| {
        word.len() > 4
            && word.chars().all(char::is_alphabetic)
            && When::coming(&word.to_lowercase(), clock).is_ok()
    };
    // In the middle, nobody reads it.
    let is_moment = |word: &&str| {
        word.strip_prefix('+').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            || word.contains([':', '.']) && When::coming(word, clock).is_ok()
    };
    last.filter(|last| has_digit(last) || begins(last))
        .or(end)
        .or_else(|| what.split([' ', ',']).find(is_moment))
        .or_else(|| what.split([' ', ',']).find(is_day))
}

/// What leads to a moment.
const BEFORE: [&str; 6] = ["until ", "till ", "by ", "at ", "in ", "back at "];

/// What can only be meant as a moment.
fn plain(text: &str) -> Option<&str> {
    let after = BEFORE.iter().find_map(|word| text.strip_prefix(word));
    let last = text.rsplit(' ').next().unwrap_or(text);
    let is_time = text.starts_with('+')
        || ["tomorrow", "tonight"].contains(&&*text.split(' ').next()?.to_lowercase())
        || NaiveTime::parse_from_str(last, "%H:%M").is_ok();
    after.or(is_time.then_some(text))
}

/// A moment ahead of us.
fn ahead(text: &str, clock: &dyn Clock) -> Option<Understood<DateTime<FixedOffset>>> {
    let at = When::coming(text, clock).ok()?.map(|when| when.earliest);
    (at.value > clock.now().local()).then_some(at)
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
        (what, at.map(|at| at.value.to_rfc3339()))
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
        assert_eq!(at("x, +30m").1.as_deref(), Some("2026-11-23T03:42:00+01:00"));
        assert_eq!(at("x, at 04:30").1.as_deref(), Some("2026-11-23T04:30:00+01:00"));
        assert_eq!(at("x, 2h").1.as_deref(), Some("2026-11-23T05:12:00+01:00"));
    }

    #[test]
    fn a_moment_at_the_end_needs_no_comma() {
        for (text, what) in [
            ("Bob 04:30", "Bob"),
            ("the bank until 04:30", "the bank"),
            ("to Priya +78m", "to Priya"),
            ("to Priya 78m", "to Priya"),
            ("to Priya Shah 78 min", "to Priya Shah"),
            ("legal in 78 min", "legal"),
            ("+78m", ""),
            ("78m", ""),
            ("to Priya, until 04:30", "to Priya"),
            ("to Priya by 04:30", "to Priya"),
            ("to Priya, back at 04:30", "to Priya"),
            ("the bank Mon 23 Nov 2026 04:30", "the bank"),
            ("to Bo, 78 min, tapes", "to Bo, tapes"),
            ("the bank, 04:30, they call back", "the bank, they call back"),
            ("Kim until 04:30 tapes", "Kim, tapes"),
            ("to Bo in 78 min, tapes", "to Bo, tapes"),
        ] {
            assert_eq!(at(text), (what.into(), Some("2026-11-23T04:30:00+01:00".into())), "{text}");
        }
        for (text, what) in [
            ("to Priya tomorrow 04:30", "to Priya"),
            ("the bank 2026-11-24 04:30", "the bank"),
            ("Ann, tuesday 04:30", "Ann"),
            ("until Tuesday 04:30", ""),
        ] {
            assert_eq!(at(text), (what.into(), Some("2026-11-24T04:30:00+01:00".into())), "{text}");
        }
    }

    #[test]
    fn no_moment_no_loss() {
        for text in [
            "the bank",
            "Ann, Bob",
            "Ann, 99999999999999999999 h",
            "x, -5 min",
            "the people in finance",
            "the image, which takes 2h",
        ] {
            assert_eq!(at(text), (text.to_owned(), None));
        }
    }
}

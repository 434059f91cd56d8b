//! Numbers, lists and lengths of time as a person reads them.

mod items;
mod sentence;
mod unmarked;
mod whole;

use std::fmt::Display;
use textwrap::core::display_width;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta, TimeZone, Utc};

pub use items::{few, few_of, ranges, these};
pub use sentence::{first_sentence, sentences};
pub use unmarked::unmarked;
pub use whole::{BLANK, clip_words, is_whole, whole};

/// What stands above a text of a rehearsal that looks as if it were for somebody.
pub const REHEARSAL: &str = "**Rehearsal: not to be sent or published.**\n\n";

/// What stands behind the title of a rehearsal.
pub fn rehearsal(is_one: bool) -> &'static str {
    if is_one { " (REHEARSAL)" } else { "" }
}

/// `1 step`, `0 steps`, `2 entries`: the noun follows its number.
pub fn count(n: usize, noun: &str) -> String {
    if n == 1 {
        return format!("1 {noun}");
    }
    match noun.strip_suffix('y') {
        Some(stem) if !noun.ends_with("ay") && !noun.ends_with("ey") => format!("{n} {stem}ies"),
        _ => format!("{n} {noun}s"),
    }
}

/// `12 newer entries are not covered`, of the code of an entry.
pub fn not_covered(newer: u64) -> String {
    let entries = count(usize::try_from(newer).unwrap_or(usize::MAX), "newer entry");
    match newer {
        0 => "it covers every entry".to_owned(),
        1 => format!("{entries} is not covered"),
        _ => format!("{entries} are not covered"),
    }
}

/// `3 entries need a newer breach`: a newer version of the program wrote them.
pub fn need_newer(entries: u64) -> String {
    let all = count(usize::try_from(entries).unwrap_or(usize::MAX), "entry");
    format!("{all} {} a newer breach", if entries == 1 { "needs" } else { "need" })
}

/// What to say before state is shown, if any entries need a newer version of the program.
pub fn newer(entries: u64) -> Option<String> {
    let warning = || format!("{}; what follows may be incomplete", need_newer(entries));
    (entries > 0).then(warning)
}

/// `a`, `a and b`, `a, b and c`.
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

/// Whether a name is the one that is meant, or fits a pattern: each `*` is any text.
pub fn fits(pattern: &str, name: &str) -> bool {
    let Some((head, tail)) = pattern.split_once('*') else { return name == pattern };
    let (between, tail) = tail.rsplit_once('*').unwrap_or(("", tail));
    let rest = name.strip_prefix(head).and_then(|rest| rest.strip_suffix(tail));
    let mut parts = between.split('*');
    rest.is_some_and(|rest| {
        parts.try_fold(rest, |rest, part| Some(rest.split_once(part)?.1)).is_some()
    })
}

/// A text of at most `most` columns of ASCII; of a longer one the beginning, and three full stops.
pub fn clip(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(3)).collect();
    format!("{kept}...")
}

/// A word as it begins a line.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Parts side by side in rows of at most `width` columns, none of them broken.
pub fn rows<'p>(parts: &'p [String], between: &str, width: usize) -> Vec<&'p [String]> {
    let mut rows = Vec::new();
    let mut rest = parts;
    while !rest.is_empty() {
        let mut used = 0;
        let fits = rest.iter().take_while(|part| {
            used += display_width(part) + between.len();
            used <= width + between.len()
        });
        let (row, others) = rest.split_at(fits.count().max(1));
        rows.push(row);
        rest = others;
    }
    rows
}

/// The first few of many: `a; b; c and 20 more`.
pub fn some<S: AsRef<str>>(items: &[S], most: usize) -> String {
    let shown: Vec<&str> = items.iter().take(most).map(AsRef::as_ref).collect();
    match items.len() - shown.len() {
        0 => shown.join("; "),
        rest => format!("{} and {rest} more", shown.join("; ")),
    }
}

/// Lines that differ only in the item at their end as one: `image of isolate-hosts (web-01, web-02 and 7
/// more)`.
fn by_item<S: AsRef<str>>(lines: &[S]) -> Vec<String> {
    const NAMED: usize = 3;
    let mut merged: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines {
        let line = line.as_ref();
        let item = line.strip_suffix(')').and_then(|line| line.rsplit_once(" ("));
        let (text, item) = item.map_or((line, None), |(text, item)| (text, Some(item)));
        match merged.last_mut().filter(|(known, items)| *known == text && !items.is_empty()) {
            Some((_, items)) if item.is_some() => items.extend(item),
            _ => merged.push((text, item.into_iter().collect())),
        }
    }
    let shown = |(text, items): (&str, Vec<&str>)| match items.len() {
        0 => text.to_owned(),
        many if many > NAMED => format!("{text} ({})", few_of(&items, NAMED - 1)),
        _ => format!("{text} ({})", list(&items)),
    };
    merged.into_iter().map(shown).collect()
}

/// The suffix for something marked privileged; empty if `said` already says so.
pub fn privileged(is_marked: bool, said: &str) -> &'static str {
    if is_marked && !said.contains("[marked privileged") { ", marked privileged" } else { "" }
}

/// What is said of a fact that changed after steps had used it; its name goes before.
pub fn used_in<S: AsRef<str>>(steps: &[S]) -> String {
    format!("was used in {}; check what was done there", by_item(steps).join(", "))
}

/// Names in ticks, as [`list`].
pub fn ticked<S: AsRef<str>>(items: &[S]) -> String {
    let items: Vec<String> = items.iter().map(|item| format!("`{}`", item.as_ref())).collect();
    list(&items)
}

/// What there is to choose from: `it is one of …`, as far as somebody reads on.
pub fn choice(options: &[&str]) -> String {
    const SHOWN: usize = 30;
    match options.len().checked_sub(SHOWN) {
        None | Some(0) => format!("it is one of {}", ticked(options)),
        Some(more) => {
            let shown: Vec<String> =
                options[..SHOWN].iter().map(|one| format!("`{one}`")).collect();
            format!("it is one of {} and {more} more", shown.join(", "))
        }
    }
}

/// A number by its bounds: `12`, `3 to 12`, `at least 3`.
pub fn between((least, most): (u64, Option<u64>)) -> String {
    match most {
        Some(most) if most == least => least.to_string(),
        Some(most) => format!("{least} to {most}"),
        None => format!("at least {least}"),
    }
}

/// The digits of a number in groups of three.
pub fn threes(digits: &str, between: &str) -> String {
    let (head, rest) = digits.split_at(digits.len() % 3);
    let head = Some(head).filter(|head| !head.is_empty()).into_iter();
    let threes = (0..rest.len()).step_by(3).map(|at| &rest[at..at + 3]);
    head.chain(threes).collect::<Vec<&str>>().join(between)
}

/// Formats the numbers in a text for people: digits in groups of three, and no `.00`.
///
/// `about 429,612 people`, `GBP 20,000,000`, `GBP 1,250.50`.
pub fn grouped(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let (word, behind) = word.split_at(word.trim_end_matches([',', ':']).len());
        let (whole, cents) = word.split_at(word.find('.').unwrap_or(word.len()));
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !is_number(whole) || !is_number(cents.trim_start_matches('.')) {
            return format!("{word}{behind}");
        }
        let cents = if cents == ".00" { "" } else { cents };
        format!("{}{cents}{behind}", threes(whole, ","))
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A length of time in its two largest units: `45 s`, `41 h 12 min`, `5 d 2 h`. Never negative.
///
/// Hours run to 96 before days begin: legal periods are told in hours (72 h, 96 h).
pub fn length(delta: TimeDelta) -> String {
    let seconds = delta.num_seconds().unsigned_abs();
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600, seconds / 60 % 60);
    match (hours, minutes) {
        (0, 0) => format!("{seconds} s"),
        (0, minutes) => format!("{minutes} min"),
        (hours @ ..=96, 0) => format!("{hours} h"),
        (hours @ ..=96, minutes) => format!("{hours} h {minutes} min"),
        _ if hours % 24 == 0 => format!("{days} d"),
        _ => format!("{days} d {} h", hours % 24),
    }
}

/// `3 h ago`, `in 41 h 12 min`, `now`.
pub fn relative(moment: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let delta = moment - now;
    if delta.num_seconds() == 0 {
        "now".to_owned()
    } else if delta < TimeDelta::zero() {
        format!("{} ago", length(delta))
    } else {
        format!("in {}", length(delta))
    }
}

/// `12 of 25 steps settled`; where steps repeat for each item, how many acts that are, too.
pub fn settled((steps, whole): (usize, usize), (acts, settled): (usize, usize)) -> String {
    let steps_settled = format!("{whole} of {} settled", count(steps, "step"));
    if steps == acts {
        return steps_settled;
    }
    format!("{steps_settled}, {settled} of {acts} counting each item")
}

/// The form of [`moment`], for whoever reads it back.
pub const MOMENT: &str = "%a %-d %b %Y %H:%M %:z";

/// A day with its weekday: `Fri 11 Dec 2026`.
pub fn day(day: NaiveDate) -> String {
    day.format("%a %-d %b %Y").to_string()
}

/// A moment with its zone, always absolute: `Mon 23 Nov 2026 02:40 +01:00`.
pub fn moment<Z: TimeZone<Offset: Display>>(at: DateTime<Z>) -> String {
    at.format(MOMENT).to_string()
}

/// A moment in as few words as cannot be mistaken: `02:40` today, `Sun 02:40` within six days, else
/// `Sun 3 Jan 02:40`, and the year if it is another.
pub fn near<Z: TimeZone>(at: DateTime<FixedOffset>, from: DateTime<Z>) -> String {
    let from = from.with_timezone(at.offset()).date_naive();
    let day = at.date_naive();
    let form = match (day - from).num_days() {
        0 => "%H:%M",
        -6..=6 => "%a %H:%M",
        _ if day.year() == from.year() => "%a %-d %b %H:%M",
        _ => "%a %-d %b %Y %H:%M",
    };
    at.format(form).to_string()
}

/// A moment of the log, to the second: `2026-11-23 02:40:07 +01:00`.
pub fn stamp(at: DateTime<FixedOffset>) -> String {
    at.format("%Y-%m-%d %H:%M:%S %:z").to_string()
}

/// How long the record of a closed incident is kept, and what to do once that is over.
pub fn kept_until(day: NaiveDate, has_passed: bool) -> String {
    if !has_passed {
        return format!("kept until {day}");
    }
    format!("kept until {day}, which has passed: `breach forget` or `breach incident archive`")
}

/// A size in bytes: `512 B`, `1.4 MiB`.
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["KiB", "MiB", "GiB", "TiB", "PiB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    #[expect(clippy::cast_precision_loss, reason = "one decimal is shown")]
    let mut size = bytes as f64 / 1024.0;
    let mut unit = 0;
    while size >= 1024.0 && unit + 1 < UNITS.len() {
        size /= 1024.0;
        unit += 1;
    }
    format!("{size:.1} {}", UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_more_than_six_days_away_has_its_date() {
        let at = |text: &str| DateTime::parse_from_rfc3339(text).expect("a moment");
        let from = at("2026-11-23T12:00:00+00:00");
        for (moment, said) in [
            ("2026-11-23T02:59:00+00:00", "02:59"),
            ("2026-11-24T02:59:00+00:00", "Tue 02:59"),
            ("2026-11-29T10:00:00+00:00", "Sun 10:00"),
            ("2026-11-30T10:00:00+00:00", "Mon 30 Nov 10:00"),
            ("2026-11-16T10:00:00+00:00", "Mon 16 Nov 10:00"),
            ("2027-01-03T10:00:00+00:00", "Sun 3 Jan 2027 10:00"),
        ] {
            assert_eq!(near(at(moment), from), said);
        }
    }

    #[test]
    fn parts_stay_whole_in_rows() {
        let parts: Vec<String> = ["one", "two", "a long part", "three"].map(Into::into).to_vec();
        let rows: Vec<String> = rows(&parts, ", ", 9).iter().map(|row| row.join(", ")).collect();
        assert_eq!(rows, ["one, two", "a long part", "three"]);
        assert!(super::rows(&[], ", ", 9).is_empty());
    }

    #[test]
    fn long_numbers_are_read_in_threes() {
        for (text, shown) in [
            ("about 429612 people", "about 429,612 people"),
            ("3000000000", "3,000,000,000"),
            ("GBP 183390000.50", "GBP 183,390,000.50"),
            ("GBP 183390000.00", "GBP 183,390,000"),
            ("EUR 20.00, EUR 7.05", "EUR 20, EUR 7.05"),
            ("1200 people", "1,200 people"),
            ("about 1200: names", "about 1,200: names"),
            ("DE 41207, FR 20", "DE 41,207, FR 20"),
            ("612 people", "612 people"),
            ("v12345.x 12345x", "v12345.x 12345x"),
        ] {
            assert_eq!(grouped(text), shown);
        }
    }

    #[test]
    fn nouns_follow_their_number() {
        assert_eq!(count(1, "step"), "1 step");
        assert_eq!(count(0, "step"), "0 steps");
        assert_eq!(count(2, "entry"), "2 entries");
        assert_eq!(count(2, "day"), "2 days");
    }

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(ticked(&["a", "b"]), "`a` and `b`");
        assert_eq!(list::<&str>(&[]), "");
        assert_eq!(some(&["a", "b", "c"], 2), "a; b and 1 more");
        assert_eq!(some(&["a", "b"], 2), "a; b");
    }

    #[test]
    fn items_of_one_line_stand_together() {
        let lines = ["a (x)", "a (y)", "b", "b (1)", "c (1)", "c (2)", "c (3)", "c (4)"];
        assert_eq!(by_item(&lines), ["a (x and y)", "b", "b (1)", "c (1..4)"]);
    }

    #[test]
    fn lengths_keep_two_units() {
        assert_eq!(length(TimeDelta::seconds(41 * 3600 + 12 * 60 + 9)), "41 h 12 min");
        assert_eq!(length(TimeDelta::seconds(12 * 60 + 9)), "12 min");
        assert_eq!(length(TimeDelta::seconds(-45)), "45 s");
        assert_eq!(length(TimeDelta::days(3)), "72 h");
        assert_eq!(length(TimeDelta::days(5)), "5 d");
    }

    #[test]
    fn sizes_are_binary() {
        assert_eq!(size(1023), "1023 B");
        assert_eq!(size(1_572_864), "1.5 MiB");
    }
}

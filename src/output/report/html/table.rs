//! Tables, and moments in them that a machine can read as well.

use chrono::{DateTime, Datelike, FixedOffset, Timelike};
use maud::{Markup, html};

use super::super::{Cell, Grid};
use super::prose;
use crate::escape;
use crate::fact::{Precision, When};
use crate::wording::whole;

/// Columns from which on a table moves sideways within its frame on a small screen.
const WIDE: usize = 4;

pub(super) fn table(grid: &Grid) -> Markup {
    let all: Vec<usize> = (1..=grid.rows.len()).collect();
    some(grid, &all)
}

/// The rows of these numbers, from 1, which they keep.
pub(super) fn some(grid: &Grid, numbers: &[usize]) -> Markup {
    let columns = grid.header.len() + usize::from(grid.key.is_some());
    let caption = escape::line(&grid.caption);
    let table = html! {
        table class=[unbroken(grid)] {
            caption { (caption) }
            thead {
                tr {
                    @if grid.key.is_some() { th scope="col" { "No." } }
                    @for name in &grid.header { th scope="col" { (name) } }
                }
            }
            tbody {
                @for number in numbers { (row(grid.key, *number, &grid.rows[number - 1])) }
            }
        }
    };
    if columns < WIDE {
        return table;
    }
    // What can be scrolled must be reachable with keys alone.
    html! { div.wide tabindex="0" role="group" aria-label=(caption) { (table) } }
}

/// The columns of which no word is too long to be kept whole, as classes `w1`, `w2` and so on: a number
/// in two lines is two numbers.
fn unbroken(grid: &Grid) -> Option<String> {
    let long = |text: &str| text.split_whitespace().any(is_long);
    let is_whole = |column: &usize| !grid.rows.iter().any(|row| long(&row[*column].words()));
    let first = 1 + usize::from(grid.key.is_some());
    let columns = (0..grid.header.len()).filter(is_whole);
    let numbers = grid.key.map(|_| "w1".to_owned());
    let names = columns.map(|column| format!("w{}", column + first));
    let names: Vec<String> = numbers.into_iter().chain(names).collect();
    (!names.is_empty()).then(|| names.join(" "))
}

/// Whether a word is too long to be kept whole. A line may break behind a dash before a letter.
fn is_long(word: &str) -> bool {
    let breaks = word.split('-').skip(1).all(|piece| piece.starts_with(char::is_alphabetic));
    let pieces = word.split(|c| c == '-' && breaks);
    pieces.map(|piece| piece.chars().count()).any(|letters| letters > WHOLE)
}

/// Letters of a word that is kept whole in a table.
const WHOLE: usize = 16;

fn row(key: Option<&str>, number: usize, cells: &[Cell]) -> Markup {
    html! {
        tr id=[key.map(|key| format!("{key}{number}"))] {
            @if key.is_some() { td { (number) } }
            @for (column, one) in cells.iter().enumerate() {
                @if column == 0 { th scope="row" { (cell(one)) } } @else { td { (cell(one)) } }
            }
        }
    }
}

fn cell(cell: &Cell) -> Markup {
    match cell {
        Cell::Text(text) => parts(text),
        Cell::At(when, shown, more) => html! { (time(when, shown)) (parts(more)) },
        Cell::Note(ours, note) => html! { (escape::line(ours)) ": " (prose::note(note)) },
    }
}

/// A text in which a number stays with its unit, and an id such as `ev-hh1988` is kept together, or breaks
/// behind a dot if it is long, as `us-fl.individuals.until-2024-06-30`: torn at a dash it reads as two.
pub(super) fn parts(text: &str) -> Markup {
    let text = whole(&escape::text(text));
    if !text.contains('-') {
        return html! { (text) };
    }
    let in_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    html! {
        @for word in text.split_inclusive(|c| !in_id(c)) {
            @let (id, behind) = word.split_at(word.trim_end_matches(|c| !in_id(c)).len());
            @match pieces(id) {
                Some(pieces) => {
                    @for (place, piece) in pieces.iter().enumerate() {
                        @if place > 0 { wbr; }
                        span.id { (piece) }
                    }
                    (behind)
                }
                None => (word),
            }
        }
    }
}

/// The pieces of the id of a duty, an exhibit or an action item, or of a date: one, unless it is long.
/// None for any other word, and for one with a piece that is too long to be kept whole.
fn pieces(word: &str) -> Option<Vec<&str>> {
    const ID: usize = WHOLE + 8;
    if word.contains(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    if word.split_once('-').is_some_and(|(kind, code)| kind.len() <= 2 && code.len() == 6) {
        return Some(vec![word]);
    }
    // A date, a section such as `28-3852`, the name of an incident.
    if word.contains('-') && word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= ID {
        return Some(vec![word]);
    }
    let (law, _) = word.split_once('.')?;
    let pieces: Vec<&str> = match word.len() {
        0..=ID => vec![word],
        _ => word.split_inclusive('.').collect(),
    };
    (law.contains('-') && pieces.iter().all(|piece| piece.len() <= ID)).then_some(pieces)
}

/// A moment as it is shown, with what a machine reads of it. A range is two of them.
fn time(when: &When, shown: &str) -> Markup {
    let shown = whole(&escape::line(shown));
    let (first, last) = (stamp(when.earliest, when), stamp(when.latest, when));
    let (Some(first), Some(last)) = (first, last) else { return html! { (shown) } };
    let range = shown.split_once(" to ").filter(|_| when.precision == Precision::Range);
    if let Some((from, to)) = range {
        return html! {
            time datetime=(first) { (from) } " to "
            time datetime=(last) { (to) }
        };
    }
    html! { time datetime=(first) { (shown) } }
}

/// A moment as HTML writes it, never finer than it was given: of an hour, the day. None for years
/// that HTML cannot write.
fn stamp(at: DateTime<FixedOffset>, when: &When) -> Option<String> {
    if !(1..=9_999).contains(&at.year()) {
        return None;
    }
    let format = match when.precision {
        Precision::Second => "%Y-%m-%dT%H:%M:%SZ",
        Precision::Range if !is_days(when) => "%Y-%m-%dT%H:%MZ",
        Precision::Minute => "%Y-%m-%dT%H:%MZ",
        Precision::Month => "%Y-%m",
        Precision::Year => "%Y",
        Precision::Hour | Precision::Day | Precision::Range => "%Y-%m-%d",
    };
    let text = match format.strip_suffix('Z') {
        Some(_) => at.to_utc().format(format).to_string(),
        None => at.format(format).to_string(),
    };
    Some(text)
}

/// Whether a range reaches from the begin of a day to the end of one.
pub(super) fn is_days(when: &When) -> bool {
    let edge = |at: DateTime<FixedOffset>| at.num_seconds_from_midnight();
    (edge(when.earliest), edge(when.latest)) == (0, 86_399)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_broken_at_its_dash_and_nowhere_else() {
        assert!(!is_long("Müller-Lüdenscheidt") && !is_long("2024-06-30"));
        assert!(is_long("Donaudampfschifffahrt") && is_long("4d202228-0a1b-2c3d-4e5f"));
    }

    #[test]
    fn an_id_breaks_behind_a_dot_only() {
        let shown = parts("(us-fl.individuals.until-2024-06-30)").into_string();
        let id = |piece: &str| format!("<span class=\"id\">{piece}</span>");
        let kept = ["us-fl.", "individuals.", "until-2024-06-30"].map(id).join("<wbr>");
        assert_eq!(shown, format!("({kept})"));
        assert_eq!(parts("eu-gdpr.33-1)").into_string(), format!("{})", id("eu-gdpr.33-1")));
        let exhibit = parts("ev-hh1988: a well-known disk").into_string();
        assert_eq!(exhibit, format!("{}: a well-known disk", id("ev-hh1988")));
        let long = format!("{}-b.c and well-known words. ", "a".repeat(300));
        let shown = parts(&format!("{long}2019-07-04, GBP 183.39 m")).into_string();
        assert_eq!(shown, format!("{long}{}, GBP\u{a0}183.39 m", id("2019-07-04")));
    }
}

//! Several items written as one: `web-01..web-09`, `db-*`, `3 hosts`, the `12` of `srv-11 and 12`.

use std::collections::HashSet;

use crate::fact::{numbered, numeral, spread};
use crate::wording;

/// The items of a range that a line begins with, if all of it are items, and how long it is.
pub(super) fn range<'i>(line: &str, items: &[&'i str]) -> Option<(Vec<&'i str>, usize)> {
    let ends = line.char_indices().map(|(at, _)| at).filter(|at| is_end(&line[*at..]));
    // `web-01 to web-09` is three words.
    let mut lengths = ends.chain([line.len()]).take(3);
    let (length, names) = lengths.find_map(|length| Some((length, spread(&line[..length])?)))?;
    let items: HashSet<&str> = items.iter().copied().collect();
    let item = |name: &String| items.get(name.as_str()).copied();
    Some((names.iter().map(item).collect::<Option<Vec<_>>>()?, length))
}

/// The items that a pattern means with which a line begins, `db-*`, and how long it is: those that are
/// left, or any where none of these fits.
pub(super) fn like<'i>(
    line: &str,
    left: &[&'i str],
    items: &[&'i str],
) -> Option<(Vec<&'i str>, usize)> {
    let length = line.find([' ', '\t', ',', ':']).unwrap_or(line.len());
    let word = &line[..length];
    let fits = |item: &&&str| word.len() > 1 && wording::fits(word, item);
    let of = |items: &[&'i str]| items.iter().filter(fits).copied().collect::<Vec<_>>();
    let found = [of(left), of(items)].into_iter().find(|found| !found.is_empty())?;
    // `**urgent**` is no pattern.
    let is_pattern = word.contains('*') && !word.contains("**") && is_end(&line[length..]);
    is_pattern.then_some((found, length))
}

/// The items that bare numbers stand for behind an item with a number, `12` and `13-15` in `srv-11, 12 and
/// 13-15`, and how long that is. A number behind a mere blank may begin the text, unless another follows.
pub(super) fn siblings<'i>(
    before: &str,
    line: &str,
    last: &str,
    items: &[&'i str],
) -> Option<(Vec<&'i str>, usize)> {
    let (name, _) = numbered(last)?;
    let end = |text: &str| text.find([' ', '\t', ',', ':', ';']).unwrap_or(text.len());
    let length = end(line);
    let (word, rest) = line.split_at(length);
    // `fs-05, -06`.
    let word = word.strip_prefix('-').unwrap_or(word);
    let (from, to) = word.split_once("..").or_else(|| word.split_once('-')).unwrap_or((word, word));
    let (from, to) = (from.parse::<u64>().ok()?, to.parse::<u64>().ok()?);
    let rest = rest.trim_start();
    let goes_on = rest.is_empty()
        || rest.starts_with([',', ':'])
        || rest[..end(rest)].parse::<u64>().is_ok()
        || rest.starts_with("and ");
    let is_joined = !before.ends_with(' ') || is_joined(before);
    let is_third =
        before.trim_end().rsplit([' ', ',']).next().is_some_and(|word| word.parse::<u64>().is_ok());
    let named = |number: u64| {
        let is = |item: &&&str| {
            numbered(item).is_some_and(|(of, n)| of == name && n.parse() == Ok(number))
        };
        items.iter().find(is).copied()
    };
    let is_short = to.checked_sub(from)? < items.len() as u64;
    let found = (goes_on || is_joined || is_third).then(|| (from..=to).map(named));
    found.filter(|_| is_short)?.collect::<Option<Vec<_>>>().map(|found| (found, length))
}

/// Whether what stands before a name joins it to others.
pub(super) fn is_joined(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with([',', ';', '&', '+']) || before.ends_with("and")
}

/// How many of them a line begins with, `3 hosts`, and how long that is.
pub(super) fn so_many(line: &str, noun: &str) -> Option<(usize, usize)> {
    let (digits, _) = line.split_once(' ')?;
    let number = digits.parse().ok().filter(|number| *number > 0)?;
    let said = wording::count(number, noun);
    line.strip_prefix(&said).is_some_and(is_end).then_some((number, said.len()))
}

/// What follows the number of all of them: `all four: shut`, `all of them: shut`.
pub(super) fn so_many_of(behind: &str, all: usize) -> Option<&str> {
    let behind = behind.trim_start();
    if let Some(rest) = behind.strip_prefix("of them") {
        return Some(rest);
    }
    let end = behind.find([' ', ',', ':']).unwrap_or(behind.len());
    let (word, rest) = behind.split_at(end);
    let number = numeral(&word.to_lowercase()).map(|number| number as usize).or(word.parse().ok());
    (number == Some(all)).then_some(rest)
}

/// The items of one family behind `all`, `all fs` of `fs-01` and `fs-02`, and how long that is.
pub(super) fn family<'i>(line: &str, items: &[&'i str]) -> Option<(Vec<&'i str>, usize)> {
    let behind = line.strip_prefix("all ").or_else(|| line.strip_prefix("all the "))?;
    let end = behind.find([' ', ',', ':']).unwrap_or(behind.len());
    let word = behind[..end].trim_end_matches("-*");
    let is_of = |item: &&&str| {
        let head = item.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word));
        head.is_some()
            && item[word.len()..].starts_with(|c: char| c.is_ascii_digit() || "-_.".contains(c))
    };
    let found: Vec<&str> = items.iter().filter(is_of).copied().collect();
    let is_family = word.len() > 1 && !found.is_empty() && is_end(&behind[end..]);
    is_family.then_some((found, line.len() - behind.len() + end))
}

/// The items of a range in another spelling, `fs1-4`, `fs-1/2`, `fs 1 to 4`, and how long that is. `same` finds
/// an item by the letters and the number of its name.
pub(super) fn spelled_range<'i>(
    line: &str,
    same: impl Fn(&str) -> Option<&'i str>,
) -> Option<(Vec<&'i str>, usize)> {
    let ends = line.char_indices().map(|(at, _)| at).filter(|at| is_end(&line[*at..]));
    let ends: Vec<usize> = ends.chain([line.len()]).take(4).collect();
    ends.into_iter().rev().find_map(|length| {
        let text = &line[..length];
        let names = spread(text).or_else(|| {
            let (names, last, sign) = if let Some((names, last)) = text.split_once("..") {
                (names, last, '-')
            } else {
                let at = text.rfind(['-', '/'])?;
                (&text[..at], &text[at + 1..], text[at..].chars().next()?)
            };
            let (before, first) = numbered(names)?;
            let (from, to) = (first.parse::<u64>().ok()?, last.parse::<u64>().ok()?);
            let is_range = sign == '-' && from < to;
            let numbers: Vec<u64> =
                if is_range { (from..=to).take(1_000).collect() } else { vec![from, to] };
            Some(numbers.into_iter().map(|number| format!("{before}{number}")).collect())
        })?;
        Some((names.iter().map(|name| same(name)).collect::<Option<Vec<_>>>()?, length))
    })
}

/// The words of a name or of a text, without signs.
pub(super) fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The one item that a line begins to name by words of it, `krbtgt` for `AD krbtgt`, `card brands` for
/// `card-brands`, and how long that is.
pub(super) fn by_words<'i>(line: &str, items: &[&'i str]) -> Option<(Vec<&'i str>, usize)> {
    // A short word is in many a text.
    const SHORT: usize = 3;
    let ends = line.char_indices().map(|(at, _)| at).filter(|at| is_end(&line[*at..]));
    let ends: Vec<usize> = ends.chain([line.len()]).take(3).collect();
    ends.into_iter().rev().find_map(|length| {
        let said: Vec<&str> = words_of(&line[..length]).collect();
        // A pattern has a reading of its own.
        let is_pattern = line[..length].contains('*');
        let is_in = |item: &&&str| {
            let words: Vec<&str> = words_of(item).collect();
            let mut spans = words.windows(said.len().max(1));
            spans.any(|span| {
                span.iter().zip(&said).all(|(word, said)| word.eq_ignore_ascii_case(said))
            })
        };
        let is_long = said
            .iter()
            .any(|word| word.chars().count() > SHORT && word.chars().any(char::is_alphabetic));
        let found = super::only(items.iter().filter(is_in)).filter(|_| is_long && !is_pattern)?;
        Some((vec![*found], length))
    })
}

/// Whether a name ends here: `web-01` is not the beginning of `web-011`.
pub(super) fn is_end(after: &str) -> bool {
    let mut rest = after.chars();
    match rest.next() {
        None | Some(' ' | '\t' | ',' | ';') => true,
        // `web-01:8080` is another name.
        Some(':') => rest.next().is_none_or(char::is_whitespace),
        Some(_) => false,
    }
}

//! Reads a list of names.

use std::collections::HashSet;

use super::definition::Fact;
use super::kind::FactType;
use super::length::numeral;
use super::range::{MOST, spread};
use super::understood::Understood;
use super::value::Value;

/// Reads names separated by commas or semicolons. Text in double quotes may contain both, and is one
/// name whatever it looks like. With `phrases`, a comma is part of the phrase unless it follows quotes.
/// `None` if quotes stay open or nothing is named.
pub(super) fn list(answer: &str, phrases: bool) -> Option<Understood<Vec<String>>> {
    let mut items = Vec::new();
    let (mut item, mut is_one) = (String::new(), false);
    let mut quoted = false;
    if let Some(rest) = behind_count(answer).filter(|_| !phrases) {
        return list(rest, phrases);
    }
    let answer =
        if phrases { answer.to_owned() } else { answer.replace(" + ", ", ").replace(" / ", ", ") };
    for c in answer.chars() {
        match c {
            '"' => (quoted, is_one) = (!quoted, true),
            ',' if phrases && !is_one => item.push(c),
            ',' | ';' | '\n' if !quoted => {
                items.push((std::mem::take(&mut item), std::mem::take(&mut is_one)));
            }
            _ => item.push(c),
        }
    }
    items.push((item, is_one));
    let mut understood = Understood::plainly(Vec::new());
    let has_several = items.len() > 1;
    if let Some((last, _)) = items.last().filter(|(_, is_one)| has_several && !is_one && !phrases)
        && let Some((before, behind)) = last.split_once(" and ")
        && !last.contains('(')
        && !behind.contains(" and ")
        && ![before, behind].iter().any(|part| part.trim().is_empty())
    {
        // `a, b and c` ends every list.
        let behind = behind.trim().strip_prefix("the ").unwrap_or(behind.trim());
        let (before, behind, last) = (before.to_owned(), behind.to_owned(), last.trim().to_owned());
        understood
            .remarks
            .push(format!("`{last}` was read as 2 names; in double quotes it is one."));
        items.pop();
        items.extend([(before, false), (behind, false)]);
    }
    for (item, is_one) in &items {
        let item = item.trim();
        // `a, b, and c` names c.
        let item = ["and ", "& "]
            .iter()
            .find_map(|and| item.strip_prefix(and))
            .filter(|_| has_several && !is_one)
            .unwrap_or(item);
        let live = (!is_one).then(|| live(item)).flatten();
        understood.remarks.extend(live.iter().map(|live| format!("`{item}` was read as {live}.")));
        let item = live.as_deref().unwrap_or(item);
        let may_be_several = !is_one && !phrases && understood.value.len() < MOST;
        let several = || spread(item).or_else(|| apart(item, has_several));
        match may_be_several.then(several).flatten() {
            Some(names) => {
                let count = names.len();
                understood.remarks.push(format!(
                    "`{item}` was read as {count} names; in double quotes it is one."
                ));
                understood.value.extend(names);
            }
            None if item.is_empty() => {}
            None => understood.value.push(item.to_owned()),
        }
    }
    understood.value = distinct(understood.value);
    let is_plain = phrases && items.iter().all(|(_, is_one)| !is_one);
    if let ([one], true) = (understood.value.as_slice(), is_plain)
        && one.contains(", ")
    {
        understood.remarks.push("Read as one phrase. Use semicolons to list several.".to_owned());
    }
    (!quoted && !understood.value.is_empty()).then_some(understood)
}

/// The list behind its own count: `a, b` of `2 keys: a, b`.
fn behind_count(answer: &str) -> Option<&str> {
    let (count, rest) = answer.split_once(": ")?;
    let mut words = count.split_whitespace();
    let number = words.next()?.to_lowercase();
    let number = numeral(&number).map(|number| number as usize).or(number.parse().ok())?;
    let is_count = words.count() < 3 && !count.contains([',', ';', '"']);
    let items = list(rest, false).filter(|_| is_count)?;
    (items.value.len() == number).then_some(rest)
}

/// Names with blanks or an "and" between them, such as `web-01 web-02`: each looks like a name that a
/// machine has, as no word of `customer database` does. Where commas part the others, they also have to
/// look alike, or have an "and": `access.log web-01` is one name.
fn apart(text: &str, has_commas: bool) -> Option<Vec<String>> {
    let is_name =
        |word: &str| word.bytes().any(|byte| byte.is_ascii_digit() || b"-_.@/".contains(&byte));
    // `db-1 to db-3 and db-7`.
    let joined = text.replace(" & ", " and ");
    let parts: Vec<&str> = joined.split(" and ").map(str::trim).collect();
    let is_part = |part: &&str| spread(part).is_some() || is_name(part) && !part.contains(' ');
    if parts.len() > 1
        && parts.iter().any(|part| spread(part).is_some())
        && parts.iter().all(is_part)
    {
        let names = |part: &&str| spread(part).unwrap_or_else(|| vec![(*part).to_owned()]);
        return Some(parts.iter().flat_map(names).collect());
    }
    let words = || text.split_whitespace().filter(|word| !["and", "&"].contains(word));
    let names = |word: &str| spread(word).unwrap_or(vec![word.to_owned()]);
    let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let first = words().next().map(letters)?;
    let has_and = text.split_whitespace().count() > words().count();
    // No name has two pages in it.
    let is_page = |word: &str| word.contains("://") || word.contains('.') && word.contains('/');
    let alike = !has_commas
        || has_and
        || words().all(|word| letters(word) == first)
        || words().all(is_page);
    (words().count() > 1 && words().all(is_name) && alike)
        .then(|| words().flat_map(names).collect())
}

/// The address behind one that was written so that nobody follows it by accident, `hxxps://drop[.]example`.
fn live(item: &str) -> Option<String> {
    let of = |word: &str| {
        let dots = word.replace("[.]", ".").replace("(.)", ".").replace("[:]", ":");
        match dots.strip_prefix("hxxp") {
            Some(rest) => format!("http{rest}"),
            None => dots,
        }
    };
    let live = item.split(' ').map(of).collect::<Vec<_>>().join(" ");
    (live != item).then_some(live)
}

/// Of addresses the name of the host alone: `drop.example` of `https://drop.example/pay?x`.
pub(super) fn hosts_only(items: &mut Understood<Vec<String>>) {
    for item in &mut items.value {
        let behind = item.split_once("://").map_or(item.as_str(), |(_, behind)| behind);
        let host = behind.split(['/', '?', '#']).next().unwrap_or_default();
        if host != item && !host.is_empty() && !host.contains(' ') {
            items.remarks.push(format!("`{item}` was read as {host}."));
            *item = host.to_owned();
        }
    }
    items.value = distinct(std::mem::take(&mut items.value));
}

/// What files are called that hold a list.
const LISTS: [&str; 9] =
    [".txt", ".csv", ".tsv", ".json", ".list", ".lst", ".xlsx", ".xls", ".ods"];

/// Items that may well be called like a file.
const FILES: [&str; 3] = ["log", "page", "indicator"];

impl Fact {
    /// The item of an answer that is a file here, as `is_here` tells, or is called like a file with a list
    /// in it: whoever gives it may mean what is in it.
    pub fn file_among<'v>(
        &self,
        value: &'v Value,
        is_here: &dyn Fn(&str) -> bool,
    ) -> Option<&'v str> {
        let may_be = self.item.as_deref().is_some_and(|item| FILES.contains(&item));
        let items = value.items().filter(|_| self.kind == FactType::List && !self.phrases);
        let is_list = |item: &str| {
            let item = item.to_lowercase();
            LISTS.iter().any(|end| item.ends_with(end)) && !item.contains([' ', '?'])
        };
        let mut items = items.filter(|_| !may_be)?.iter().map(String::as_str);
        items.find(|item| is_list(item) || is_here(item))
    }
}

/// Each once, in their order.
pub(super) fn distinct(mut items: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::new();
    items.retain(|item| seen.insert(item.clone()));
    items
}

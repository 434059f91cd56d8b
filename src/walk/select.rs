//! Which items a line is about: `web-01 web-03`, `web-01..web-09`, `db-*`, `3 hosts`, `all` or `*`, `both`,
//! `rest`, `mine`, `all except web-07`, each alone or before a colon.

use std::collections::HashSet;

use super::focus::Items;
use super::several::{
    by_words, family, is_end, is_joined, like, range, siblings, so_many, so_many_of, spelled_range,
};
use crate::document::nearest;
use crate::fact::spread;

/// What was read of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Selected {
    /// These items, and the text after the colon.
    Items(Vec<String>, String),
    /// It names no item: all of it is text.
    Text,
    /// It begins like a selector and goes on without a colon: these items, and the rest.
    Either(Vec<String>, String),
    /// It begins with a slip of the pen: these items may be meant, and the rest.
    Near(Vec<String>, String),
    /// It begins with a name like that of an item, with another number.
    Missing(String),
}

/// Reads the items that a line begins with. A name of an item is that item, longest first; with `=`
/// before it, it is never a word of ours. Where something `settles`, `all` is what is not settled yet, if
/// there is such a thing.
pub(super) fn select(line: &str, items: &Items, settles: bool) -> Selected {
    let has_left = settles && !items.left.is_empty();
    let all = if has_left { &items.left } else { &items.all };
    let (all, rest, mine) = (names(all), names(&items.ready), names(&items.mine));
    let mut by_length: Vec<&str> = names(&items.all);
    by_length.sort_by_key(|item| std::cmp::Reverse(item.len()));
    let mut found: Vec<&str> = Vec::new();
    let mut except = false;
    let mut any = false;
    let (mut is_named, mut is_near) = (true, false);
    // What comes behind `except`.
    let mut excepted = "";
    let mut at = line.trim_start();
    let named = |text: &str| {
        let is = |item: &&str| text.strip_prefix(*item).is_some_and(is_end);
        let alike = |item: &&str| {
            let word = text.get(..item.len()).filter(|word| word.eq_ignore_ascii_case(item));
            word.is_some() && is_end(&text[item.len()..])
        };
        let mut items = by_length.iter().copied();
        items.clone().find(is).or_else(|| items.find(alike))
    };
    loop {
        at = at.trim_start_matches([' ', '\t', ',']);
        if any {
            at = behind_and(at, |next| {
                named(next).is_some() || roughly(next, &by_length, true).is_some()
            });
        }
        let is_new = !any || is_joined(&line[..line.len() - at.len()]);
        let literal = at.strip_prefix('=').and_then(|text| Some((named(text)?, 1)));
        let word = |word: &str| at.strip_prefix(word).is_some_and(is_end);
        let every: &[&str] =
            if any || all.len() != 2 { &["all", "*"] } else { &["all", "*", "both"] };
        if let Some((item, mark)) = literal {
            take(&mut found, &[item], except);
            at = &at[item.len() + mark..];
        } else if let Some((names, length)) = family(at, &all).filter(|_| !except) {
            take(&mut found, &names, false);
            at = &at[length..];
        } else if let Some(every) = every.iter().find(|every| word(every) && !except) {
            take(&mut found, &all, false);
            at = &at[every.len()..];
            at = so_many_of(at, all.len()).unwrap_or(at);
        } else if let Some(other) = REST.into_iter().find(|rest| word(rest) && !except) {
            take(&mut found, &rest, false);
            at = &at[other.len()..];
        } else if word("mine") && !except && !mine.is_empty() {
            take(&mut found, &mine, false);
            at = &at["mine".len()..];
        } else if let Some((number, length)) = so_many(at, &items.noun).filter(|_| !any)
            && number <= rest.len()
        {
            take(&mut found, &rest[..number], false);
            at = &at[length..];
        } else if let Some(word) =
            ["except", "but"].into_iter().find(|but| any && !except && word(but))
        {
            except = true;
            at = at[word.len()..].trim_start();
            at = at.strip_prefix("the ").unwrap_or(at);
            excepted = at;
        } else if let Some((names, length)) = range(at, &by_length)
            .or_else(|| siblings(&line[..line.len() - at.len()], at, found.last()?, &by_length))
        {
            take(&mut found, &names, except);
            at = &at[length..];
        } else if let Some(item) = named(at) {
            take(&mut found, &[item], except);
            at = &at[item.len()..];
        } else if let Some((names, length)) = like(at, &all, &by_length) {
            take(&mut found, &names, except);
            at = &at[length..];
        } else if let Some((names, length)) = roughly(at, &by_length, is_new) {
            is_near = true;
            take(&mut found, &names, except);
            at = &at[length..];
        } else {
            break;
        }
        let taken = line[..line.len() - at.len()].to_ascii_lowercase();
        is_named &= found.last().is_some_and(|last| taken.ends_with(&last.to_ascii_lowercase()));
        any = true;
    }
    if except && at == excepted && !at.is_empty() {
        // Whatever `all but us` means, it is not all.
        let word = at.split([' ', ',', ':']).next().unwrap_or_default();
        return Selected::Missing(word.to_owned());
    }
    let found: Vec<String> = found.into_iter().map(str::to_owned).collect();
    match at.strip_prefix(':') {
        text if is_near => {
            let text = text.unwrap_or(at).trim_start_matches([' ', ',', ';']).trim_end();
            Selected::Near(found, text.to_owned())
        }
        _ if !any => near(line.trim_start(), &by_length, &all).unwrap_or(Selected::Text),
        Some(text) => Selected::Items(found, text.trim().to_owned()),
        None if at.trim().is_empty() => Selected::Items(found, String::new()),
        // Behind names that are given in full comes a text, unless it may name another item.
        None if is_named && !goes_on(at, &by_length, &all) => {
            Selected::Items(found, at.trim_start_matches([' ', ';']).trim_end().to_owned())
        }
        None => Selected::Either(found, at.trim().to_owned()),
    }
}

/// What waits for nobody else, in other words.
const REST: [&str; 5] = ["rest", "the rest", "the others", "others", "everything else"];

/// The items with which a line begins in another spelling or, where a name may begin, by words of it.
fn roughly<'i>(line: &str, items: &[&'i str], may_begin: bool) -> Option<(Vec<&'i str>, usize)> {
    let by_words = || by_words(line, items).filter(|_| may_begin);
    otherwise(line, items).or_else(by_words)
}

/// The items with which a line begins in another spelling, `srv8` for `srv-08`, `fs1-4`, and how long that is.
fn otherwise<'i>(line: &str, items: &[&'i str]) -> Option<(Vec<&'i str>, usize)> {
    let same = |word: &str| {
        let is_name = !letters(word).is_empty() && !numbers(word).is_empty();
        let is_it = |item: &&&str| letters(item) == letters(word) && numbers(item) == numbers(word);
        items.iter().find(is_it).filter(|_| is_name).copied()
    };
    let end = line.find([' ', '\t', ',', ':', ';']).unwrap_or(line.len());
    let one = || Some((vec![same(&line[..end])?], end)).filter(|_| is_end(&line[end..]));
    spelled_range(line, same).or_else(one)
}

/// What comes behind the word that joins names: of `a and b`, `a; b`, `11 and 12`, and not of `a and the
/// switch`.
fn behind_and(line: &str, is_item: impl Fn(&str) -> bool) -> &str {
    let behind = ["and ", "& ", "+ ", ";"].into_iter().find_map(|word| line.strip_prefix(word));
    let is_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let behind = behind.map(str::trim_start).filter(|next| is_item(next) || is_number(next));
    behind.unwrap_or(line)
}

/// Whether what comes behind names may be another one.
fn goes_on(rest: &str, items: &[&str], all: &[&str]) -> bool {
    let rest = rest.trim_start();
    let word = rest.split_whitespace().next().unwrap_or_default();
    let joins = ["and", "&", "or", "but", "except", "with", "to"].contains(&word);
    joins || near(rest, items, all).is_some()
}

/// The letters of a name.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase()
}

/// The numbers in a name.
fn numbers(name: &str) -> Vec<u64> {
    name.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

fn names(items: &[String]) -> Vec<&str> {
    items.iter().map(String::as_str).collect()
}

/// What a line begins with, if that is nearly an item, or all of it nearly a word of ours.
fn near(line: &str, items: &[&str], all: &[&str]) -> Option<Selected> {
    let end = line.find([' ', '\t', ',', ':']).unwrap_or(line.len());
    let (word, rest) = line.split_at(end);
    if word.starts_with('=') {
        return None;
    }
    let rest = rest.trim_start_matches([' ', ':', ',']).trim_end().to_owned();
    if word.contains('*') && !word.contains("**") && word.len() > 1 && items.len() > 1 {
        return Some(Selected::Missing(word.to_owned()));
    }
    if let Some(names) = spread(word) {
        let is_like = |item: &&str| letters(item) == letters(&names[0]);
        let same = |name: &String| {
            let is = |item: &&str| is_like(item) && numbers(item) == numbers(name);
            items.iter().copied().find(is).map(str::to_owned)
        };
        let found: Option<Vec<String>> = names.iter().map(same).collect();
        let missing = Selected::Missing(word.to_owned());
        let any = items.iter().any(is_like) && !letters(&names[0]).is_empty();
        return any.then(|| found.map_or(missing, |found| Selected::Near(found, rest)));
    }
    let is_like = |item: &&str| letters(item) == letters(word) && !letters(word).is_empty();
    if !numbers(word).is_empty() && items.iter().any(is_like) {
        // `srv-4` is `srv-04`; `srv-41` is nothing that is there.
        let same = |item: &&str| is_like(item) && numbers(item) == numbers(word);
        let found = items.iter().copied().find(same).map(|item| vec![item.to_owned()]);
        return Some(match found {
            Some(found) => Selected::Near(found, rest),
            None => Selected::Missing(word.to_owned()),
        });
    }
    // A short word is soon near another one.
    let named = items.iter().copied().filter(|item| item.len() > 3);
    let named = named.filter(|item| numbers(item) == numbers(word));
    if let Some(item) = nearest(word, named).filter(|_| word.len() > 3) {
        return Some(Selected::Near(vec![item.to_owned()], rest));
    }
    // `payments` alone is the beginning of `payments-db`.
    let begins = |item: &&&str| {
        let head = item.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word));
        head.is_some() && item[word.len()..].starts_with(|c: char| !c.is_alphabetic())
    };
    let begun: Vec<String> = all.iter().filter(begins).map(|&item| item.to_owned()).collect();
    let is_alone = rest.is_empty() || line[end..].starts_with(':');
    if is_alone && word.len() > 1 && !begun.is_empty() {
        return Some(Selected::Near(begun, rest));
    }
    let is_ours = rest.is_empty() && nearest(word, ["rest", "all"]).is_some();
    let all = all.iter().map(|&item| item.to_owned()).collect();
    is_ours.then_some(Selected::Near(all, rest))
}

fn take<'i>(found: &mut Vec<&'i str>, items: &[&'i str], except: bool) {
    if except {
        found.retain(|known| !items.contains(known));
        return;
    }
    let known: HashSet<&str> = found.iter().copied().collect();
    found.extend(items.iter().filter(|item| !known.contains(*item)));
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEMS: [&str; 5] = ["web-01", "web-02", "customer database", "all", "d"];

    fn chosen(line: &str, settles: bool) -> Selected {
        let of = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        let items = Items {
            all: of(&ITEMS),
            left: of(&["web-02", "d", "all"]),
            ready: of(&["web-02", "d"]),
            mine: of(&["d"]),
            noun: "host".to_owned(),
        };
        select(line, &items, settles)
    }

    fn items(line: &str) -> Selected {
        chosen(line, false)
    }

    #[test]
    fn what_is_settled_or_with_somebody_else_is_left_alone() {
        assert_eq!(chosen("all", true), some(&["web-02", "d", "all"], ""));
        assert_eq!(chosen("all except d: x", true), some(&["web-02", "all"], "x"));
        assert_eq!(chosen("rest", true), some(&["web-02", "d"], ""));
        assert_eq!(chosen("web-01", true), some(&["web-01"], ""), "by name, anything");
        let of = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        let settled = Items { all: of(&["a", "b"]), ..Items::default() };
        assert_eq!(select("all", &settled, true), some(&["a", "b"], ""));
    }

    fn some(names: &[&str], text: &str) -> Selected {
        Selected::Items(names.iter().map(|&name| name.to_owned()).collect(), text.to_owned())
    }

    #[test]
    fn a_selector_stands_alone_or_before_a_colon() {
        assert_eq!(items("web-01"), some(&["web-01"], ""));
        assert_eq!(items("web-01, customer database"), some(&["web-01", "customer database"], ""));
        assert_eq!(items("all"), some(&ITEMS, ""));
        assert_eq!(items("*"), some(&ITEMS, ""));
        assert_eq!(items("=all: shut"), some(&["all"], "shut"));
        assert_eq!(items("rest: by hand"), some(&["web-02", "d"], "by hand"));
        let all_but = some(&["web-01", "web-02", "customer database"], "");
        assert_eq!(items("all except =all d"), all_but);
        assert_eq!(items("d"), some(&["d"], ""));
    }

    #[test]
    fn a_slip_of_the_pen_is_no_text() {
        for line in ["web-03", "web-03: shut", "web-01-07 shut"] {
            assert!(matches!(items(line), Selected::Missing(_)), "{line}");
        }
        for line in ["web-01:8080", "wbe-01 shut", "web-1: shut"] {
            assert!(!matches!(items(line), Selected::Items(..)), "{line}");
        }
        let near = |item: &str, text: &str| Selected::Near(vec![item.to_owned()], text.to_owned());
        assert_eq!(items("wbe-01 shut"), near("web-01", "shut"));
        assert!(matches!(items("rset"), Selected::Near(..)));
    }

    #[test]
    fn a_range_is_its_items() {
        assert_eq!(items("web-01 to web-02"), some(&["web-01", "web-02"], ""));
        assert_eq!(items("web-01..web-02: shut"), some(&["web-01", "web-02"], "shut"));
        assert_eq!(items("all except web-[01-02]"), some(&["customer database", "all", "d"], ""));
        assert!(matches!(items("web-01..web-03"), Selected::Missing(_)), "one is no item");
        let both = vec!["web-01".to_owned(), "web-02".to_owned()];
        assert_eq!(items("web-1..web-2: shut"), Selected::Near(both, "shut".to_owned()));
        assert_eq!(items("1..3 are shut"), Selected::Text);
    }

    #[test]
    fn a_pattern_is_what_fits_it() {
        assert_eq!(items("web-*"), some(&["web-01", "web-02"], ""));
        assert_eq!(items("*-02: shut"), some(&["web-02"], "shut"));
        assert_eq!(items("*eb-*"), some(&["web-01", "web-02"], ""));
        assert_eq!(items("* except web-*"), some(&["customer database", "all", "d"], ""));
        assert_eq!(items("db-*"), Selected::Missing("db-*".to_owned()));
        assert_eq!(items("**all** shut"), Selected::Text);
    }

    #[test]
    fn names_are_joined_and_written_as_people_do() {
        assert_eq!(items("web-01 and web-02: shut"), some(&["web-01", "web-02"], "shut"));
        assert_eq!(items("WEB-01; Customer database"), some(&["web-01", "customer database"], ""));
        assert_eq!(items("Web-01 shut"), some(&["web-01"], "shut"));
        let but = some(&["web-01", "web-02", "all", "d"], "");
        assert_eq!(items("* but customer database"), but);
        assert!(matches!(items("web-01 and the switch"), Selected::Either(..)));
    }

    #[test]
    fn both_are_the_two_that_are_left() {
        let two = Items { all: vec!["a".to_owned(), "b".to_owned()], ..Items::default() };
        assert_eq!(select("both", &two, true), some(&["a", "b"], ""));
        assert_eq!(select("both: by hand", &two, true), some(&["a", "b"], "by hand"));
        assert!(matches!(select("both by hand", &two, true), Selected::Either(..)));
        assert_eq!(items("both"), Selected::Text, "of five");
    }

    #[test]
    fn a_number_is_the_first_of_those_that_are_ready() {
        assert_eq!(items("2 hosts: to Priya"), some(&["web-02", "d"], "to Priya"));
        assert_eq!(items("1 host"), some(&["web-02"], ""));
        let either = Selected::Either(vec!["web-02".to_owned(), "d".to_owned()], "back".to_owned());
        assert_eq!(items("2 hosts back"), either);
        for line in ["3 hosts", "2 disks", "0 hosts", "2", "2 hostsfiles"] {
            assert_eq!(items(line), Selected::Text, "{line}");
        }
    }

    #[test]
    fn mine_is_what_is_assigned_to_whoever_walks() {
        assert_eq!(items("mine: by hand"), some(&["d"], "by hand"));
        let nobody = Items { all: vec!["a".to_owned()], ..Items::default() };
        assert_eq!(select("mine", &nobody, true), Selected::Text);
    }

    #[test]
    fn what_goes_on_is_not_a_selector_and_not_a_text() {
        let either = Selected::Either(vec!["web-01".to_owned()], "and the switch".to_owned());
        assert_eq!(items("web-01 and the switch"), either);
        assert!(matches!(items("all sessions ended"), Selected::Either(..)));
    }

    #[test]
    fn other_lines_are_text() {
        for line in ["", "port shut", "web 1 shut", "except web-01", "=web-09", "done", "was it"] {
            assert_eq!(items(line), Selected::Text, "{line}");
        }
    }
}

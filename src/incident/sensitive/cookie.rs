//! Session cookies: anyone who sends one is logged in without a password.

use std::ops::Range;

use super::field::length;
use super::placeholder::{is_mixed, is_other, is_value};

/// The most bytes to read after the word.
const MOST: usize = 4096;

/// Parts of the names of session cookies.
const SESSION: [&str; 10] =
    ["sess", "sid", "auth", "token", "jwt", "login", "logged", "remember", "csrf", "xsrf"];

/// Attributes that a server sets on a cookie.
const ATTRIBUTES: [&str; 8] =
    ["domain", "path", "expires", "max-age", "samesite", "version", "comment", "priority"];

/// Reads what follows `Cookie`, `Set-Cookie` or `cookies`; `end` is the end of the word `cookie`.
/// Returns where it stopped reading, and the range from the first to the last value that identifies a
/// session.
pub(super) fn header(text: &str, end: usize) -> (usize, Option<Range<usize>>) {
    let between = |c: char| " \t\"'\\])=:({[,`".contains(c);
    let end = end + usize::from(text[end..].starts_with(['s', 'S']));
    let from = end + length(&text[end..], 12, between);
    // `--cookie 'name=value'` has a quote instead of `:` or `=`.
    if !text[end..from].contains([':', '=', '{', '"', '\'']) {
        return (from, None);
    }
    let read = length(&text[from..], MOST, |c| c != '\n');
    let found = values(&text[from..from + read]);
    (from + read, found.map(|found| from + found.start..from + found.end))
}

/// The range of the session values in `name=value; name=value`, or in cookies written as code.
pub(super) fn values(cookies: &str) -> Option<Range<usize>> {
    let around = |c: char| "\"'`\\{}[](),;&\r".contains(c);
    let mut found: Option<Range<usize>> = None;
    let (mut from, mut waits) = (0, "");
    for part in cookies.split_inclusive([' ', '\t', ';', ',', '&']) {
        let start = from;
        from += part.len();
        let (name, value) = part.split_once(['=', ':']).unwrap_or((waits, part));
        let value = value.trim_start_matches(|c| c == ' ' || around(c));
        let start = start + part.len() - value.len();
        // Text after the closing quotes is not part of the value.
        let value = value.split(|c| " \t".contains(c) || around(c)).next().unwrap_or_default();
        waits = if value.is_empty() { name } else { "" };
        let name = name.trim_matches(around).to_ascii_lowercase();
        if !name.is_empty() && tells_session(&name, value) {
            let first = found.map_or(start, |found| found.start);
            found = Some(first..start + value.len());
        }
    }
    found
}

/// Whether a cookie identifies a session: its name says so, or its value looks random.
fn tells_session(name: &str, value: &str) -> bool {
    let named = SESSION.iter().any(|part| name.contains(part));
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    let is_long = value.len() >= 20 && letters >= 6 && value.starts_with(char::is_alphanumeric);
    let drawn = if named { is_long || !is_other(value) } else { is_long && !is_other(value) };
    is_mixed(value) && drawn && !ATTRIBUTES.contains(&name) && is_value(value)
}

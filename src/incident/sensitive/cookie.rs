//! Cookies that a server knows somebody by: whoever sends one need not log in.

use std::ops::Range;

use super::field::length;
use super::placeholder::{is_mixed, is_other, is_value};

/// Bytes behind the word that are read.
const MOST: usize = 4096;

/// What a cookie of a session has in its name.
const SESSION: [&str; 10] =
    ["sess", "sid", "auth", "token", "jwt", "login", "logged", "remember", "csrf", "xsrf"];

/// What a server says of a cookie.
const ATTRIBUTES: [&str; 8] =
    ["domain", "path", "expires", "max-age", "samesite", "version", "comment", "priority"];

/// What stands behind `Cookie`, `Set-Cookie` or `cookies` that ends at `end`: where it ends, and the
/// values in it that tell a session, from the first to the last.
pub(super) fn header(text: &str, end: usize) -> (usize, Option<Range<usize>>) {
    let between = |c: char| " \t\"'\\])=:({[,`".contains(c);
    let end = end + usize::from(text[end..].starts_with(['s', 'S']));
    let from = end + length(&text[end..], 12, between);
    // `--cookie 'name=value'` has quotes in place of a sign.
    if !text[end..from].contains([':', '=', '{', '"', '\'']) {
        return (from, None);
    }
    let read = length(&text[from..], MOST, |c| c != '\n');
    let found = values(&text[from..from + read]);
    (from + read, found.map(|found| from + found.start..from + found.end))
}

/// The same in `name=value; name=value`, or as code has them.
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
        // What stands behind closing quotes is no part of it.
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

/// Whether a cookie is one of a session: by its name, or because it looks drawn at random.
fn tells_session(name: &str, value: &str) -> bool {
    let named = SESSION.iter().any(|part| name.contains(part));
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    let is_long = value.len() >= 20 && letters >= 6 && value.starts_with(char::is_alphanumeric);
    let drawn = if named { is_long || !is_other(value) } else { is_long && !is_other(value) };
    is_mixed(value) && drawn && !ATTRIBUTES.contains(&name) && is_value(value)
}

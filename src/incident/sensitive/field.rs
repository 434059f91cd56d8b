//! Values by the name that stands before them: `password=…`, `"token": "…"`, a login in an address.

use std::ops::Range;

use super::placeholder::{is_mixed, is_other, is_value};
use super::table::Name;

/// Bytes of a name, or of blanks around its sign, that are looked at.
const AROUND: usize = 64;

/// Bytes of a value that are judged: one that goes on like that is none or a secret as a whole.
const MOST: usize = 512;

/// What joins a name to its value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Equals,
    Colon,
    /// `the password is …`
    Says,
    /// `--password …`
    Option,
}

/// The value of the name that stands at `at`.
pub(super) fn value(text: &str, at: Range<usize>, name: &Name) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let before = prefix(bytes, at.start);
    let is_alone = bytes[before..at.start].iter().all(|byte| *byte == b'-');
    // `$token:ident` is a variable of a macro.
    let is_variable = before > 0 && bytes[before - 1] == b'$';
    let is_option = bytes[before..].starts_with(b"--");
    if name.whole && !is_alone || is_option && !name.option {
        return None;
    }
    let quoted_name = before > 0 && matches!(bytes[before - 1], b'"' | b'\'');
    let (sign, mut from, spaced) = sign(bytes, at.end, is_option)?;
    let blanks = blanks(bytes, from);
    from += blanks;
    let spaced = spaced || blanks > 0;
    if let Some((start, end)) = quoted(bytes, from) {
        let value = &text[start..end];
        let long = if name.whole { is_mixed(value) } else { value.len() >= 4 };
        let fits = match sign {
            Sign::Says => says(value),
            Sign::Option if !quoted_name => spoken(value),
            _ => long && !value.contains(char::is_whitespace),
        };
        return (fits && is_value(value)).then_some(start..end);
    }
    let end = from + word(text, from, MOST);
    let value = text.get(from..end)?;
    let called = matches!(bytes.get(end), Some(b'(')) || value.contains('[');
    let fits = match sign {
        Sign::Option => spoken(value),
        Sign::Says => says(value.trim_end_matches('.')),
        Sign::Equals if !spaced => !(name.whole && value.bytes().all(|b| b.is_ascii_digit())),
        // `passwd:x:1000` is a line of a list of users.
        Sign::Colon if !spaced && is_alone && !is_variable => {
            value.find(':').is_none_or(|at| at >= 4)
        }
        Sign::Equals | Sign::Colon => is_mixed(value) && !is_other(value),
    };
    let fits = fits && !called && is_value(value);
    fits.then(|| from..from + word(text, from, usize::MAX))
}

/// The digits behind the name of a card's code.
pub(super) fn code(text: &str, at: Range<usize>) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let joins = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    if at.start > 0 && joins(&bytes[at.start - 1]) {
        return None;
    }
    let between = |byte: &&u8| b" \t:=\"'#".contains(byte);
    let from = at.end + bytes[at.end..].iter().take(8).take_while(between).count();
    let count = bytes[from..].iter().take(5).take_while(|byte| byte.is_ascii_digit()).count();
    let ends = !bytes.get(from + count).is_some_and(joins);
    (from > at.end && ends && (3..=4).contains(&count)).then_some(from..from + count)
}

/// `https://name:password@host`: where the password stands, behind the `://` at `at`.
pub(super) fn in_address(text: &str, at: Range<usize>) -> Option<Range<usize>> {
    let bytes = &text.as_bytes()[at.end..];
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"\"'`,;()<>/?#".contains(byte);
    let length = bytes.iter().take(MOST).position(ends).unwrap_or(bytes.len().min(MOST));
    let login = memchr::memrchr(b'@', &bytes[..length])?;
    let colon = memchr::memchr(b':', &bytes[..login])?;
    let span = at.end + colon + 1..at.end + login;
    text.get(span.clone()).is_some_and(is_value).then_some(span)
}

/// `Authorization: Basic …`
pub(super) fn authorization(text: &str, at: Range<usize>) -> Option<Range<usize>> {
    const SCHEMES: [&str; 5] = ["basic", "bearer", "token", "apikey", "bot"];
    let bytes = text.as_bytes();
    let (sign, mut from, _) = sign(bytes, at.end, false)?;
    if sign == Sign::Says {
        return None;
    }
    from += blanks(bytes, from);
    from += bytes[from..].iter().take(2).take_while(|b| b"\\\"'".contains(b)).count();
    let scheme = SCHEMES.iter().find(|scheme| {
        let written = bytes.get(from..from + scheme.len());
        written.is_some_and(|written| written.eq_ignore_ascii_case(scheme.as_bytes()))
    })?;
    from += scheme.len();
    let gap = blanks(bytes, from);
    from += gap;
    let end = from + word(text, from, MOST);
    let value = text.get(from..end)?;
    let is_plain = value.bytes().all(|byte| byte.is_ascii_lowercase());
    let holds = gap > 0 && value.len() >= 8 && !is_plain && is_value(value);
    holds.then_some(from..end)
}

/// Where the name begins that ends with what stands at `at`.
fn prefix(bytes: &[u8], at: usize) -> usize {
    let part = |byte: &&u8| byte.is_ascii_alphanumeric() || b"_-.".contains(byte);
    at - bytes[..at].iter().rev().take(AROUND).take_while(part).count()
}

/// The sign behind a name that ends at `end`, where it ends, and whether a blank stands before it.
fn sign(bytes: &[u8], end: usize, is_option: bool) -> Option<(Sign, usize, bool)> {
    let mut at = end;
    // What closes a quoted name: `"`, `\"`, `"]`.
    let closes = bytes[at..].iter().take(3).take_while(|byte| b"\\\"']".contains(byte)).count();
    at += closes;
    let gap = blanks(bytes, at);
    at += gap;
    let next = |ahead: usize| bytes.get(at + ahead).copied();
    match next(0)? {
        b'=' if next(1) == Some(b'=') => None,
        b'=' if next(1) == Some(b'>') => Some((Sign::Equals, at + 2, true)),
        b'=' => Some((Sign::Equals, at + 1, gap > 0)),
        b':' if next(1) == Some(b':') => None,
        b':' if next(1) == Some(b'=') => Some((Sign::Equals, at + 2, true)),
        b':' => Some((Sign::Colon, at + 1, gap > 0)),
        b',' if is_option && closes > 0 => Some((Sign::Option, at + 1, true)),
        _ if is_option && gap > 0 => Some((Sign::Option, at, true)),
        b'i' | b'w' if gap > 0 && closes == 0 => {
            let says = [b"is ".as_slice(), b"was "].into_iter();
            let said = says.into_iter().find(|said| bytes[at..].starts_with(said))?;
            Some((Sign::Says, at + said.len(), true))
        }
        _ => None,
    }
}

fn blanks(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().take(AROUND).take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

/// The length of an unquoted value, of which no more than `most` bytes are read.
fn word(text: &str, from: usize, most: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"\"'`,;()<>".contains(byte);
    let length = rest.bytes().take(most).position(|byte| ends(&byte));
    let mut length = length.unwrap_or(rest.len().min(most));
    while !rest.is_char_boundary(length) {
        length -= 1;
    }
    length
}

/// What stands between the quotes that open at `at`.
fn quoted(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let escaped = usize::from(bytes.get(at) == Some(&b'\\'));
    let quote = *bytes.get(at + escaped).filter(|byte| b"\"'`".contains(byte))?;
    let start = at + escaped + 1;
    let rest = &bytes[start..];
    let length = rest.iter().take(MOST).position(|byte| *byte == quote || *byte == b'\n')?;
    let ends = rest[length] == quote;
    let length = length - usize::from(escaped > 0 && length > 0 && rest[length - 1] == b'\\');
    ends.then_some((start, start + length))
}

/// Whether a word behind an option is more than a word of the sentence.
fn spoken(value: &str) -> bool {
    value.len() >= 6 && value.bytes().any(|byte| byte.is_ascii_digit()) && !is_other(value)
}

/// Whether what somebody says of a password can only be the password.
fn says(value: &str) -> bool {
    let sign = value.contains(['!', '@', '#', '$', '%', '^', '&', '*', '+']);
    is_mixed(value) && !is_other(value) && (sign || value.len() >= 10)
}

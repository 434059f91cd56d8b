//! Values by the name that stands before them: `password=…`, `"token": "…"`, a login in an address.

use std::ops::Range;

use super::phrase::{is_phrase, is_uncased};
use super::placeholder::{is_mixed, is_other, is_value};
use super::table::{Name, Needs, TABLE};

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
    /// `<password>…</password>`
    Element,
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
    let needs_mixed = name.needs == Needs::Mixed;
    let quoted_name = before > 0 && matches!(bytes[before - 1], b'"' | b'\'');
    let (sign, mut from, spaced) = sign(text, at.end, is_option)?;
    let blanks = blanks(text, from);
    from += blanks;
    // In scripts without blanks between words, what follows can be the rest of the sentence.
    let spaced = spaced || blanks > 0 || text[at].ends_with(is_uncased);
    if let Some((start, end)) = quoted(text, from) {
        let value = &text[start..end];
        let long = if name.whole || needs_mixed { is_mixed(value) } else { value.len() >= 4 };
        let fits = if value.contains(char::is_whitespace) {
            !name.whole && is_phrase(value)
        } else {
            match sign {
                Sign::Says => is_mixed(value) && !is_other(value),
                Sign::Option if !quoted_name => spoken(value),
                _ => long,
            }
        };
        return (fits && is_value(value)).then_some(start..end);
    }
    let end = from + word(text, from, MOST);
    let value = text.get(from..end)?;
    let called = matches!(bytes.get(end), Some(b'(')) || value.contains('[');
    let fits = match sign {
        Sign::Option => spoken(value),
        Sign::Says => says(value.trim_end_matches('.')),
        Sign::Element => {
            matches!(bytes[..before].last(), Some(b'<' | b':'))
                && bytes[end..].starts_with(b"</")
                && (!name.whole || is_mixed(value))
        }
        Sign::Equals if !spaced && !needs_mixed => {
            !(name.whole && value.bytes().all(|b| b.is_ascii_digit()))
        }
        // `passwd:x:1000` is a line of a list of users.
        Sign::Colon if !spaced && !needs_mixed && is_alone && !is_variable => {
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
    let (sign, mut from, _) = sign(text, at.end, false)?;
    if !matches!(sign, Sign::Equals | Sign::Colon) {
        return None;
    }
    from += blanks(text, from);
    from += bytes[from..].iter().take(2).take_while(|b| b"\\\"'".contains(b)).count();
    let scheme = SCHEMES.iter().find(|scheme| {
        let written = bytes.get(from..from + scheme.len());
        written.is_some_and(|written| written.eq_ignore_ascii_case(scheme.as_bytes()))
    })?;
    from += scheme.len();
    let gap = blanks(text, from);
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
fn sign(text: &str, end: usize, is_option: bool) -> Option<(Sign, usize, bool)> {
    // What closes a quoted name: `"`, `\"`, `"]`.
    let closes = ['\\', '"', '\'', ']', '”', '’', '»', '」'];
    let closes = length(&text[end..], 3, |c| closes.contains(&c));
    let gap = blanks(text, end + closes);
    let at = end + closes + gap;
    let rest = &text[at..];
    // Longer signs come before their own prefixes.
    let signs = [
        ("==", None),
        ("=>", Some((Sign::Equals, true))),
        ("=", Some((Sign::Equals, gap > 0))),
        ("::", None),
        (":=", Some((Sign::Equals, true))),
        (":", Some((Sign::Colon, gap > 0))),
        ("：", Some((Sign::Colon, true))),
        ("＝", Some((Sign::Equals, true))),
    ];
    if let Some((written, sign)) = signs.iter().find(|(written, _)| rest.starts_with(written)) {
        return sign.map(|(sign, spaced)| (sign, at + written.len(), spaced));
    }
    if rest.starts_with('>') && closes + gap == 0 {
        return Some((Sign::Element, at + 1, false));
    }
    if is_option && closes > 0 && rest.starts_with(',') {
        return Some((Sign::Option, at + 1, true));
    }
    if is_option && gap > 0 {
        return Some((Sign::Option, at, true));
    }
    // SQL: `PASSWORD 'hunter22'`.
    if closes == 0 && gap > 0 && rest.starts_with('\'') {
        return Some((Sign::Says, at, true));
    }
    let says = TABLE.says.iter().find(|says| rest.starts_with(&***says))?;
    let behind = at + says.len();
    // The word must have blanks around it, unless its script has none.
    let stands = says.ends_with(is_uncased) || gap > 0 && blanks(text, behind) > 0;
    (closes == 0 && stands).then_some((Sign::Says, behind, true))
}

/// The length in bytes of the leading run of `is_part` characters, cut at about `most` bytes.
pub(super) fn length(text: &str, most: usize, is_part: impl Fn(char) -> bool) -> usize {
    let mut chars = text.char_indices();
    chars.find(|(at, c)| *at >= most || !is_part(*c)).map_or(text.len(), |(at, _)| at)
}

fn blanks(text: &str, at: usize) -> usize {
    let is_blank = |c: char| c.is_whitespace() && !matches!(c, '\n' | '\r');
    length(text.get(at..).unwrap_or_default(), AROUND, is_blank)
}

/// The length of an unquoted value, of which no more than `most` bytes are read.
fn word(text: &str, from: usize, most: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    // A letter without case ends a value: it starts the next word of a script without blanks.
    let ends = |c: char| {
        c.is_whitespace() || "\"'`,;()<>“”„‘’«»。，、；（）「」".contains(c) || is_uncased(c)
    };
    length(rest, most, |c| !ends(c))
}

/// What stands between the quotes that open at `at`.
fn quoted(text: &str, at: usize) -> Option<(usize, usize)> {
    let rest = text.get(at..)?;
    let escaped = rest.starts_with('\\');
    let opens = rest[usize::from(escaped)..].chars().next()?;
    let closes: &[char] = match opens {
        '"' => &['"'],
        '\'' => &['\''],
        '`' => &['`'],
        '“' | '„' | '”' => &['“', '”'],
        '‘' | '‚' | '’' => &['‘', '’'],
        '«' => &['»'],
        '»' => &['«'],
        '「' => &['」'],
        '『' => &['』'],
        _ => return None,
    };
    let start = at + usize::from(escaped) + opens.len_utf8();
    let rest = &text[start..];
    let length = length(rest, MOST, |c| !closes.contains(&c) && c != '\n');
    let value = &rest[..length];
    let ends = rest[length..].starts_with(closes);
    let value = if escaped { value.trim_end_matches('\\') } else { value };
    // `« … »` is written with blanks inside.
    let start = start + value.len() - value.trim_start().len();
    ends.then_some((start, start + value.trim().len()))
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

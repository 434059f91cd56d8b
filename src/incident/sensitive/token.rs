//! Tokens by what they begin with, and blocks and lines that only secrets look like.

use std::ops::Range;

use super::placeholder::is_repeated;
use super::table::{Alphabet, Key, Token};

/// Full stops and the like that may follow a token and belong to its alphabet.
const STOPS: usize = 8;

/// How far the last run of each alphabet reached: one run can hold many beginnings, and is read once.
#[derive(Default)]
pub(super) struct Reach([Range<usize>; Alphabet::COUNT]);

impl Reach {
    /// Where the run of an alphabet ends that goes on at `from`.
    fn end(&mut self, of: Alphabet, bytes: &[u8], from: usize) -> usize {
        let last = &mut self.0[of as usize];
        if !(last.start..=last.end).contains(&from) {
            let count = bytes[from..].iter().take_while(|byte| of.has(**byte)).count();
            *last = from..from + count;
        }
        last.end
    }
}

/// The token whose beginning stands at `at`.
pub(super) fn token(
    text: &str,
    at: Range<usize>,
    token: &Token,
    reach: &mut Reach,
) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = at.start;
    if let (Some((least, most)), Some(of)) = (token.before, token.before_of) {
        let before = bytes[..start].iter().rev().take(most + 1);
        let count = before.take_while(|byte| of.has(**byte)).count();
        // An alphabet of digits may follow a letter, as in `bot123456:AA…`.
        if !(least..=most).contains(&count) {
            return None;
        }
        start -= count;
    }
    let joins = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let first = bytes[start];
    let joined = start > 0 && joins(&bytes[start - 1]);
    if joined && first.is_ascii_alphanumeric() && token.before_of != Some(Alphabet::Digits) {
        return None;
    }
    let (least, most) = token.length;
    let mut end = reach.end(token.of, bytes, at.end);
    if end - at.end > most + STOPS {
        return None;
    }
    // A full stop behind it ends the sentence.
    while end > at.end && matches!(bytes[end - 1], b'.' | b',' | b'-') {
        end -= 1;
    }
    let goes_on = bytes.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    if !(least..=most).contains(&(end - at.end)) || goes_on {
        return None;
    }
    looks_random(&text[start..end], &bytes[at.end..end]).then_some(start..end)
}

/// Whether a token can have been made by a machine: digits in it, and nobody's example.
fn looks_random(whole: &str, rest: &[u8]) -> bool {
    rest.iter().any(u8::is_ascii_digit)
        && !is_repeated(rest)
        && !contains(whole.as_bytes(), b"example")
        && !contains(rest, b"xxxx")
}

/// Whether a text holds a word, in any case.
fn contains(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word))
}

/// Where the block of a key ends that begins at `at`, and whether the key is private.
pub(super) fn key_block(text: &str, at: usize, key: &Key) -> (usize, bool) {
    let find = |text: &str, what: &str| memchr::memmem::find(text.as_bytes(), what.as_bytes());
    let end = find(&text[at..], &key.ends).map_or(text.len(), |end| at + end + key.ends.len());
    (end, find(&text[at..end], &key.marks).is_some())
}

/// A line of a password dump around an empty field: `…:LM:NT:::`, or `name::DOMAIN:…` as `NTLMv2`
/// answers go over the network.
pub(super) fn windows_hash(text: &str, at: Range<usize>) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let hex = |range: Range<usize>| {
        bytes.get(range).is_some_and(|part| part.iter().all(u8::is_ascii_hexdigit))
    };
    // Two hashes of 32 digits, with a colon between them.
    if let Some(start) = at.start.checked_sub(65)
        && hex(start..start + 32)
        && bytes[start + 32] == b':'
        && hex(start + 33..at.start)
    {
        return Some(start..at.start);
    }
    let domain = bytes[at.end..].iter().take(64);
    let domain = domain.take_while(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(byte));
    let start = at.end + domain.count();
    let fields = bytes.get(start..start + 51)?;
    if fields[0] != b':' || fields[17] != b':' || fields[50] != b':' {
        return None;
    }
    let more = bytes[start + 51..].iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    let holds = hex(start + 1..start + 17) && hex(start + 18..start + 50) && more >= 8;
    holds.then_some(start + 1..start + 51 + more)
}

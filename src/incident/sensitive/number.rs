//! Numbers with check digits: payment cards and bank accounts.

use std::ops::Range;

/// A run of digits, and the gap between it and the run before.
struct Group<'t> {
    span: Range<usize>,
    gap: &'t str,
}

/// Finds payment card numbers in a line: 13 to 19 digits, ungrouped or grouped as on a card, that a
/// network issues and that pass the Luhn check. No more than the line tells of them.
pub(super) fn cards(text: &str, line: &Range<usize>, mut found: impl FnMut(Range<usize>)) {
    let mut groups = Vec::new();
    let mut at = line.start;
    while let Some(start) = next_number(&text.as_bytes()[..line.end], at) {
        at = run(text, start, &mut groups);
        let mut first = 0;
        while first < groups.len() {
            let last = card(text, &groups, first);
            if let Some(last) = last {
                found(groups[first].span.start..groups[last].span.end);
            }
            first = last.unwrap_or(first) + 1;
        }
    }
}

/// The most bytes between two groups.
const GAP: usize = 3;

/// The start of the next digits that can hold a card number. A card number has at least 13 bytes, and
/// any four in a row include a digit, so looking at four bytes out of every ten finds it.
fn next_number(bytes: &[u8], from: usize) -> Option<usize> {
    const STRIDE: usize = 13 - GAP;
    let mut at = from;
    while at < bytes.len() {
        let piece = &bytes[at..bytes.len().min(at + GAP + 1)];
        if let Some(digit) = piece.iter().position(u8::is_ascii_digit) {
            let mut start = at + digit;
            // Back over digits and gaps, to the first digit.
            while let Some(before) =
                bytes[from..start].iter().rev().take(GAP + 1).position(u8::is_ascii_digit)
            {
                start -= before + 1;
            }
            return Some(start);
        }
        at += STRIDE;
    }
    None
}

/// Collects the groups of digits that start at `from`, and returns where they end.
fn run<'t>(text: &'t str, from: usize, groups: &mut Vec<Group<'t>>) -> usize {
    groups.clear();
    let (mut start, mut gap) = (from, "");
    loop {
        let count = text.as_bytes()[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        let end = start + count;
        groups.push(Group { span: start..end, gap });
        gap = gap_at(text, end);
        start = end + gap.len();
        if gap.is_empty() || !text.as_bytes().get(start).is_some_and(u8::is_ascii_digit) {
            return end;
        }
    }
}

/// The gap at `at`, as it may separate two groups: a few blanks, hyphens and the like, or one
/// typographic space, hyphen or dot.
fn gap_at(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    let plain = rest.bytes().take(GAP).take_while(|byte| b" -._/".contains(byte)).count();
    let drawn = ['\u{a0}', '\u{2007}', '\u{2009}', '\u{202f}', '‐', '‑', '‒', '–', '—', '·', '−'];
    match rest.chars().next() {
        Some(c) if plain == 0 && drawn.contains(&c) => &rest[..c.len_utf8()],
        _ => &rest[..plain],
    }
}

/// The last group of the card number that starts with group `first`, if there is one.
fn card(text: &str, groups: &[Group<'_>], first: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let before = bytes[..groups[first].span.start].last();
    if !matches!(groups[first].span.len(), 4 | 13..=19)
        || before.is_some_and(|byte| byte.is_ascii_alphanumeric() || b".+".contains(byte))
    {
        return None;
    }
    let (mut digits, mut lengths, mut last) = (Vec::new(), Vec::new(), None);
    for (place, group) in groups.iter().enumerate().skip(first) {
        digits.extend(bytes[group.span.clone()].iter().map(|byte| byte - b'0'));
        lengths.push(group.span.len());
        if digits.len() > 19 {
            break;
        }
        let ends = !bytes.get(group.span.end).is_some_and(u8::is_ascii_alphanumeric);
        let holds = ends && is_issued(&digits) && is_grouped(&lengths) && luhn(&digits);
        if holds && stands(text, groups, first, place) {
            last = Some(place);
        }
    }
    last
}

/// Whether groups of digits form a number of their own, not part of a longer number or of a row of
/// several.
fn stands(text: &str, groups: &[Group<'_>], first: usize, last: usize) -> bool {
    let (before, next) = (first.checked_sub(1).map(|before| &groups[before]), groups.get(last + 1));
    if first == last {
        let is_joint = |group: Option<&Group<'_>>| group.is_some_and(|group| group.gap == "-");
        return !is_joint(before.map(|_| &groups[first])) && !is_joint(next);
    }
    // In a table of years, amounts or hexadecimal numbers, the neighbours look the same.
    let is_four = |group: &Group<'_>| group.span.len() == 4;
    let is_hex = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_hexdigit);
    let bytes = text.as_bytes();
    let row = before
        .is_some_and(|before| is_four(before) || is_hex(bytes[..before.span.start].last()))
        || next.is_some_and(|next| {
            is_four(next) && !is_expiry(&text[next.span.clone()])
                || is_hex(bytes.get(next.span.end))
        });
    // Two decimal numbers have a point each, and a different gap between them.
    let is_point = |group: &Group<'_>| group.gap == ".";
    let inner = &groups[first + 1..=last];
    let decimals = inner.iter().step_by(2).all(is_point) && !inner.iter().all(is_point);
    !row && !decimals
}

/// Whether four digits after a card number can be its expiry month and year.
fn is_expiry(digits: &str) -> bool {
    matches!(digits.parse::<u16>(), Ok(100..=1299))
}

/// Whether a payment network issues numbers that begin so and are so long (ISO/IEC 7812, and what
/// the networks publish).
fn is_issued(digits: &[u8]) -> bool {
    let first = digits.iter().take(4).fold(0, |first: u32, digit| first * 10 + u32::from(*digit));
    let lengths = match first {
        2200..=2204 | 2221..=2720 | 5100..=5599 => 16..=16,
        3400..=3499 | 3700..=3799 => 15..=15,
        3000..=3059 | 3600..=3699 | 3800..=3999 => 14..=16,
        3528..=3589 | 5000..=5099 | 5600..=5899 | 6000..=6999 => 16..=19,
        4000..=4999 => 13..=19,
        _ => return false,
    };
    let visa = first / 1000 != 4 || matches!(digits.len(), 13 | 16 | 19);
    visa && lengths.contains(&digits.len()) && digits.iter().any(|digit| *digit != digits[0])
}

/// Whether the digits stand in groups as on a card, or in none; a phone number has others.
fn is_grouped(groups: &[usize]) -> bool {
    let (last, most) = groups.split_last().unwrap_or((&0, &[]));
    matches!(groups, [_] | [4, 6, 4 | 5] | [4, 3, 3, 3])
        || *last <= 4 && most.iter().all(|group| *group == 4)
}

fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, &digit)| match (place % 2, u32::from(digit)) {
            (0, digit) => digit,
            (_, digit) if digit > 4 => digit * 2 - 9,
            (_, digit) => digit * 2,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// The bank account number (ISO 13616) of `length` characters that starts at `from`: two check digits
/// follow the country, and the remainder modulo 97 is 1. A few blanks, hyphens or dots may separate the
/// characters.
pub(super) fn iban(text: &str, from: usize, length: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if from.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphanumeric()) {
        return None;
    }
    let mut code: Vec<u8> = bytes[from..from + 2].to_vec();
    let mut at = from + 2;
    while code.len() < length {
        match *bytes.get(at)? {
            byte if byte.is_ascii_digit() => code.push(byte),
            byte if byte.is_ascii_uppercase() && code.len() >= 4 => code.push(byte),
            byte if is_joint(byte)
                && bytes[at.saturating_sub(GAP).max(from)..at]
                    .iter()
                    .any(u8::is_ascii_alphanumeric) => {}
            _ => return None,
        }
        at += 1;
    }
    if bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    // ISO 7064, MOD 97-10: the first four go to the end, letters count from 10.
    code.rotate_left(4);
    let rest = code.iter().fold(0, |rest: u32, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte - b'A') + 10) % 97,
    });
    (rest == 1).then_some(from..at)
}

/// Whether a byte may separate two characters of an account number.
pub(super) fn is_joint(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b'.')
}

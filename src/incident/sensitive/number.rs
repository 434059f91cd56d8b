//! Numbers with check digits: payment cards and bank accounts.

use std::collections::BTreeMap;
use std::ops::Range;

/// Runs of 13 to 19 digits, single spaces or hyphens between them, that pass the Luhn check.
pub(super) fn cards(text: &str, mut found: impl FnMut(Range<usize>)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(start) = next_number(bytes, at) {
        let (end, count) = digit_run(bytes, start);
        at = end;
        if !(13..=19).contains(&count) {
            continue;
        }
        let joins = |byte: Option<&u8>| {
            byte.is_some_and(|b| b.is_ascii_alphanumeric() || b".+".contains(b))
        };
        let before = start.checked_sub(1).and_then(|before| bytes.get(before));
        let stands_alone = !joins(before) && !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
        let digits = bytes[start..end].iter().filter(|byte| byte.is_ascii_digit());
        let digits: Vec<u8> = digits.map(|byte| byte - b'0').collect();
        if stands_alone && is_issued(&digits) && is_grouped(&bytes[start..end]) && luhn(&digits) {
            found(start..end);
        }
    }
}

/// Where the next digits start among which a card number can stand. Of any two bytes of one, one
/// is a digit, so only every twelfth pair is looked at.
fn next_number(bytes: &[u8], from: usize) -> Option<usize> {
    const STRIDE: usize = 12;
    let mut at = from;
    while at < bytes.len() {
        let pair = &bytes[at..bytes.len().min(at + 2)];
        if pair.iter().any(u8::is_ascii_digit) {
            let part = |byte: &&u8| byte.is_ascii_digit() || matches!(byte, b' ' | b'-');
            let before = bytes[from..at].iter().rev().take_while(part).count();
            let digit = bytes[at - before..].iter().position(u8::is_ascii_digit)?;
            return Some(at - before + digit);
        }
        at += STRIDE;
    }
    None
}

/// Where a run of digits ends, and how many there are.
fn digit_run(bytes: &[u8], from: usize) -> (usize, usize) {
    let (mut at, mut end, mut count) = (from, from, 0);
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_digit() {
            count += 1;
            at += 1;
            end = at;
        } else if matches!(byte, b' ' | b'-') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
            at += 1;
        } else {
            break;
        }
    }
    (end, count)
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
fn is_grouped(number: &[u8]) -> bool {
    let groups = number.split(|byte| !byte.is_ascii_digit()).filter(|group| !group.is_empty());
    let groups: Vec<usize> = groups.map(<[u8]>::len).collect();
    let (last, most) = groups.split_last().unwrap_or((&0, &[]));
    matches!(groups[..], [_] | [4, 6, 4 | 5] | [4, 3, 3, 3])
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

/// Bank account numbers (ISO 13616): the country's length, and a remainder of 1 by 97. Single
/// blanks or hyphens may stand between the characters.
pub(super) fn ibans(
    text: &str,
    lengths: &BTreeMap<String, usize>,
    mut found: impl FnMut(Range<usize>),
) {
    // Of any two bytes of one, one is a capital or a digit, and none has fewer than 15 bytes.
    const STRIDE: usize = 14;
    let bytes = text.as_bytes();
    let is_part = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let is_joint = |byte: u8| matches!(byte, b' ' | b'-');
    let (mut at, mut read) = (0, 0);
    while at < bytes.len() {
        if !bytes[at..].iter().take(2).any(|byte| is_part(*byte)) {
            at += STRIDE;
            continue;
        }
        let run = |byte: &&u8| is_part(**byte) || is_joint(**byte);
        let start = at - bytes[read..at].iter().rev().take_while(run).count();
        let end = at + bytes[at..].iter().take_while(run).count();
        let mut from = start;
        while let Some(more) =
            bytes[from..end].windows(2).position(|pair| pair.iter().all(u8::is_ascii_uppercase))
        {
            from += more;
            let alone = !from.checked_sub(1).is_some_and(|at| bytes[at].is_ascii_alphanumeric());
            // The country is followed by two digits that check the rest.
            let next = bytes[from + 2..end].iter().find(|byte| !is_joint(**byte));
            let may_begin = alone && next.is_some_and(u8::is_ascii_digit);
            let length = if may_begin { lengths.get(&text[from..from + 2]) } else { None };
            match length.and_then(|length| iban(bytes, from, *length)) {
                Some(to) => {
                    found(from..to);
                    from = to;
                }
                None => from += 1,
            }
            if from >= end {
                break;
            }
        }
        (at, read) = (end.max(at + 1), end);
    }
}

/// Where the account number of so many characters ends that starts at `from`.
fn iban(bytes: &[u8], from: usize, length: usize) -> Option<usize> {
    let mut code = Vec::with_capacity(length);
    let mut at = from;
    while code.len() < length {
        match *bytes.get(at)? {
            byte if byte.is_ascii_uppercase() || byte.is_ascii_digit() => code.push(byte),
            b' ' | b'-' if bytes[at - 1].is_ascii_alphanumeric() => {}
            _ => return None,
        }
        at += 1;
    }
    if !code[2..4].iter().all(u8::is_ascii_digit)
        || bytes.get(at).is_some_and(u8::is_ascii_alphanumeric)
    {
        return None;
    }
    // ISO 7064, MOD 97-10: the first four go to the end, letters count from 10.
    code.rotate_left(4);
    let rest = code.iter().fold(0, |rest: u32, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte - b'A') + 10) % 97,
    });
    (rest == 1).then_some(at)
}

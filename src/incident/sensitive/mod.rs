//! Finds secrets and card numbers that somebody is about to write down for good.
//!
//! The log is evidence and cannot be cleaned afterwards, so such text is held back once, with the
//! offer to mask it; a playbook is printed and sent around, so the checker names it. This looks at
//! shapes only: it can miss a secret, and a digit run that passes the Luhn check need not be a card.
//!
//! All shapes are in `shapes.toml`; a test has texts that each must and must not match. A text of any
//! length is read in one pass: it searches for all prefixes at once, and reads no further after one
//! than a secret is long.

mod cookie;
mod field;
mod number;
mod phrase;
mod placeholder;
mod run;
mod signs;
mod table;
mod token;
mod word;

use std::fmt::Write as _;
use std::ops::Range;

use signs::{Beginning, QUIET, SIGNS, Shape, Sign, checked};
use table::{KEYS, Needs};

/// What was found, and where (byte range of the text).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sensitive {
    /// What it looks like.
    pub what: &'static str,
    /// Where it stands.
    pub span: Range<usize>,
}

const CARD: &str = "card number";

impl Sensitive {
    /// The text with every finding masked; the last four digits of a card stay, as PCI DSS 3.4.1
    /// allows, so that people can still tell two cards apart.
    pub fn mask(text: &str, found: &[Self]) -> String {
        let mut masked = String::with_capacity(text.len());
        let mut from = 0;
        for finding in found {
            if finding.span.start < from {
                continue;
            }
            masked.push_str(&text[from..finding.span.start]);
            let secret = &text[finding.span.clone()];
            if finding.what == CARD {
                let digits: String = secret.chars().filter(char::is_ascii_digit).collect();
                let _ = write!(masked, "[card …{}]", &digits[digits.len() - 4..]);
            } else {
                let _ = write!(masked, "[{} masked]", finding.what);
            }
            from = finding.span.end;
        }
        masked.push_str(&text[from..]);
        masked
    }

    /// What it looks like, with its article: `an AWS access key id`.
    pub fn with_article(&self) -> String {
        let sounded = ["A", "E", "I", "O", "1", "npm", "xAI"];
        let an = sounded.iter().any(|start| self.what.starts_with(start));
        format!("{} {}", if an { "an" } else { "a" }, self.what)
    }
}

/// Finds what looks like a secret or a card number, in the order of the text. No two overlap.
pub fn sensitive(text: &str) -> Vec<Sensitive> {
    if !may_hold(text) {
        return Vec::new();
    }
    let mut found: Vec<(Shape, Range<usize>)> = Vec::new();
    let (mut cards, mut beside) = (Vec::new(), Vec::new());
    // Private key blocks, values and cookie headers are read once, however many prefixes they contain.
    let (mut key_ends, mut value_end, mut cookie_end) = ([0; KEYS], 0, 0);
    let mut reach = token::Reach::default();
    let mut take = |beginning: &'static Beginning, at: Range<usize>, found: &mut Vec<_>| {
        let span = match beginning.sign {
            Sign::Token(token) => token::token(text, at, token, &mut reach),
            Sign::Name(name) if name.needs == Needs::Card => {
                beside.extend(field::code(text, at).map(|span| (beginning.shape, span)));
                None
            }
            Sign::Name(_) if at.start < value_end => None,
            Sign::Name(name) => {
                let span = field::value(text, at, name);
                value_end = span.as_ref().map_or(value_end, |span| span.end);
                span
            }
            Sign::Program(program) => word::option(text, at, program),
            Sign::Address => field::in_address(text, at),
            Sign::Authorization => field::authorization(text, at),
            Sign::Cookie if at.start < cookie_end => None,
            Sign::Cookie => {
                let (end, span) = cookie::header(text, at.end);
                cookie_end = end;
                span
            }
            Sign::WindowsHash => token::windows_hash(text, at),
            Sign::Key(row, _) if at.start < key_ends[row] => None,
            Sign::Key(row, key) => {
                let (end, is_private) = token::key_block(text, at.start, key);
                key_ends[row] = end;
                is_private.then_some(at.start..end)
            }
            Sign::Account(length) => number::iban(text, at.start, length),
        };
        found.extend(span.map(|span| (beginning.shape, span)));
    };
    let look = |line: Range<usize>| {
        let mut is_quiet = true;
        SIGNS.find_in_line(text.as_bytes(), &line, |one, at| {
            is_quiet = false;
            take(one, at, &mut found);
        });
        is_quiet &= !run::runs(text, &line, |check, span| found.push((checked(check), span)));
        let before = cards.len();
        number::cards(text, &line, |span| cards.push(span));
        is_quiet && cards.len() == before
    };
    QUIET.with_borrow_mut(|quiet| quiet.each_other_line(text.as_bytes(), look));
    beside.retain(|(_, span): &(Shape, Range<usize>)| {
        let place = cards.partition_point(|card| card.end + NEAR <= span.start);
        cards.get(place).is_some_and(|card| card.start < span.end + NEAR)
    });
    found.extend(beside);
    let card = checked("card");
    found.extend(cards.into_iter().map(|span| (card, span)));
    merged(found)
}

/// Bytes between a card number and the code that belongs to it.
const NEAR: usize = 80;

/// Whether a text can hold a secret at all; many notes cannot, and are not searched.
fn may_hold(text: &str) -> bool {
    let tells = |byte: u8| byte.is_ascii_digit() || b"=:->\"'`".contains(&byte);
    text.bytes().any(|byte| tells(byte) || !byte.is_ascii())
}

/// Findings in order. Those that overlap become one, by the name of the first in the table.
fn merged(mut found: Vec<(Shape, Range<usize>)>) -> Vec<Sensitive> {
    found.sort_by_key(|(shape, span)| (span.start, shape.rank));
    let mut merged: Vec<(Shape, Range<usize>)> = Vec::with_capacity(found.len());
    for (shape, span) in found {
        match merged.last_mut() {
            Some((first, all)) if span.start < all.end => {
                all.end = all.end.max(span.end);
                if shape.rank < first.rank {
                    *first = shape;
                }
            }
            _ => merged.push((shape, span)),
        }
    }
    merged.into_iter().map(|(shape, span)| Sensitive { what: shape.what, span }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masking_keeps_the_rest() {
        let text = "ä 4111111111111111 and password=hunter22 ü";
        let masked = Sensitive::mask(text, &sensitive(text));
        assert_eq!(masked, "ä [card …1111] and password=[password masked] ü");
    }

    #[test]
    fn finds_cards_wherever_they_stand() {
        for before in 0..40 {
            for card in
                ["4111111111111111", "4111 1111 1111 1111", "4222222222222", "4111-1111-1111-1111"]
            {
                let text = format!("{} 9 x {card}, 12", "x".repeat(before));
                let what: Vec<&str> = sensitive(&text).iter().map(|found| found.what).collect();
                assert_eq!(what, [CARD], "{text}");
            }
        }
    }
}

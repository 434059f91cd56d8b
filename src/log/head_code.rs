//! The code of an entry: short enough to write down by hand, and later proof of the log up to there.

use std::fmt;

use crate::digest::Digest;

/// Crockford's base 32: no letter looks like another or like a digit.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Symbols for the digest: 80 bits, out of reach for anybody who would forge an entry to fit.
const DIGEST: usize = 16;
const GROUP: usize = 4;
/// The reduction polynomial of GF(32): x⁵ + x² + 1, which is primitive.
const POLYNOMIAL: u8 = 0b10_0101;

/// An entry's number and the first 80 bits of its digest, as `143-7QK4-M2ZD-9FHX-3KTW-C`.
///
/// The last symbol checks the others. The symbols are numbers of the field GF(32), and each counts
/// with the power of its place, so every symbol that is wrong and every two neighbours that are
/// swapped change the sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadCode {
    seq: u64,
    symbols: [u8; DIGEST],
}

/// Why a text is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotACode {
    /// It has not the form of one.
    #[error("a code reads like 143-7QK4-M2ZD-9FHX-3KTW-C")]
    Form,
    /// Its last symbol does not fit the others.
    #[error("the code has a typo: its last character does not match the others")]
    Typo,
}

impl HeadCode {
    /// The code of the line with this number and digest.
    pub fn of(seq: u64, digest: &Digest) -> Self {
        let mut symbols = [0; DIGEST];
        for (at, symbol) in symbols.iter_mut().enumerate() {
            *symbol = digest.symbol(at);
        }
        Self { seq, symbols }
    }

    /// Reads a code as people copy it: in either case, O for 0, I or L for 1, blanks and dashes
    /// anywhere or nowhere.
    ///
    /// # Errors
    /// It is no code, or one with a typo.
    pub fn parse(text: &str) -> Result<Self, NotACode> {
        let typed = text.chars().filter(|c| !is_gap(*c)).map(symbol).collect::<Option<Vec<u8>>>();
        let typed = typed.ok_or(NotACode::Form)?;
        let (number, rest) = typed
            .len()
            .checked_sub(DIGEST + 1)
            .map(|number| typed.split_at(number))
            .filter(|(number, _)| !number.is_empty())
            .ok_or(NotACode::Form)?;
        if sum(&typed) != 0 {
            return Err(NotACode::Typo);
        }
        let mut seq: u64 = 0;
        for digit in number {
            let digit = Some(*digit).filter(|digit| *digit < 10).ok_or(NotACode::Form)?;
            let next = seq.checked_mul(10).and_then(|seq| seq.checked_add(digit.into()));
            seq = next.ok_or(NotACode::Form)?;
        }
        let mut symbols = [0; DIGEST];
        symbols.copy_from_slice(&rest[..DIGEST]);
        Ok(Self { seq, symbols })
    }

    /// Number of the entry.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Whether a line with this digest has the code, if its number fits.
    pub fn fits(&self, digest: &Digest) -> bool {
        Self::of(self.seq, digest) == *self
    }
}

impl fmt::Display for HeadCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.seq.to_string();
        let mut all: Vec<u8> = number.bytes().map(|digit| digit - b'0').collect();
        all.extend(self.symbols);
        all.push(0);
        let check = sum(&all);
        f.write_str(&number)?;
        for group in self.symbols.chunks(GROUP) {
            f.write_str("-")?;
            group.iter().try_for_each(|symbol| f.write_str(shown(*symbol)))?;
        }
        write!(f, "-{}", shown(check))
    }
}

fn shown(symbol: u8) -> &'static str {
    let at = usize::from(symbol) % SYMBOLS.len();
    std::str::from_utf8(&SYMBOLS[at..=at]).unwrap_or_default()
}

/// Blanks and whatever a word processor makes of a dash.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The number that a character stands for.
fn symbol(c: char) -> Option<u8> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    let at = SYMBOLS.iter().position(|symbol| char::from(*symbol) == c)?;
    u8::try_from(at).ok()
}

/// The sum of all symbols in GF(32), each times the power of its place, the last one times one. The
/// powers of neighbours always differ and none is zero. A whole code sums to zero.
fn sum(symbols: &[u8]) -> u8 {
    symbols.iter().fold(0, |sum, symbol| doubled(sum) ^ symbol)
}

/// A number of GF(32) times its generator.
fn doubled(number: u8) -> u8 {
    let doubled = number << 1;
    if doubled & 0b10_0000 == 0 { doubled } else { doubled ^ POLYNOMIAL }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes() -> Vec<HeadCode> {
        let numbers = [0, 7, 10, 143, 9_999, 4_294_967_296, u64::MAX];
        let digests = (0..20_u8).map(|text| Digest::of(&[text]));
        digests.flat_map(|digest| numbers.map(|seq| HeadCode::of(seq, &digest))).collect()
    }

    #[test]
    fn a_code_is_the_number_and_the_first_80_bits() {
        // ba7816bf8f01cfea4141, by another program, in groups of five bits.
        let code = HeadCode::of(143, &Digest::of(b"abc"));
        let shown = code.to_string();
        assert_eq!(&shown[..23], "143-Q9W1-DFWF-077Y-MGA1");
        assert_eq!(HeadCode::parse(&shown), Ok(code));
        assert!(code.fits(&Digest::of(b"abc")) && !code.fits(&Digest::of(b"abd")));
    }

    #[test]
    fn every_code_is_read_as_people_copy_it() {
        for code in codes() {
            let shown = code.to_string();
            let number = shown.split('-').next().expect("a number");
            let without_zero = shown.replace('0', "o").replace('1', "l");
            for copy in [
                shown.clone(),
                shown.to_lowercase(),
                shown.replace('-', ""),
                shown.replace('-', " "),
                shown.replace('-', "–"),
                format!(" {shown}\n"),
                without_zero.to_uppercase(),
                without_zero.replace('l', "i"),
            ] {
                assert_eq!(HeadCode::parse(&copy), Ok(code), "{copy}");
            }
            assert_eq!(number, code.seq().to_string());
        }
    }

    #[test]
    fn every_wrong_symbol_is_found() {
        for code in codes() {
            let shown = code.to_string().replace('-', "").into_bytes();
            for place in 0..shown.len() {
                for other in SYMBOLS {
                    let mut typed = shown.clone();
                    typed[place] = *other;
                    let typed = String::from_utf8(typed).expect("text");
                    let is_same = shown[place] == *other;
                    assert_eq!(HeadCode::parse(&typed) == Ok(code), is_same, "{code} {typed}");
                    assert_eq!(HeadCode::parse(&typed).is_err(), !is_same, "{code} {typed}");
                }
            }
        }
    }

    #[test]
    fn every_two_swapped_neighbours_are_found() {
        for code in codes() {
            let shown = code.to_string().replace('-', "").into_bytes();
            for place in 1..shown.len() {
                let mut typed = shown.clone();
                typed.swap(place - 1, place);
                let typed = String::from_utf8(typed).expect("text");
                let is_same = shown[place - 1] == shown[place];
                assert_eq!(HeadCode::parse(&typed).is_err(), !is_same, "{code} {typed}");
            }
        }
    }

    #[test]
    fn the_powers_of_all_places_within_reach_differ_from_zero_and_their_neighbours() {
        // What the two tests above show of some codes, this shows of all: twenty digits at most.
        let mut power = 1;
        for _ in 0..20 + DIGEST {
            assert_ne!(power, 0);
            assert_ne!(doubled(power), power);
            power = doubled(power);
        }
    }

    #[test]
    fn what_is_no_code_is_none() {
        for text in ["", "-", "143", "7QK4M2ZD9FHX3KTWC", "143-7QK4-M2ZD-9FHX-3KTW-*", "Ü", "U"] {
            assert_eq!(HeadCode::parse(text), Err(NotACode::Form), "{text}");
        }
        let most = HeadCode::of(u64::MAX, &Digest::of(b"abc")).to_string();
        assert!(HeadCode::parse(&format!("9{most}")).is_err());
    }
}

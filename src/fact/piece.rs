//! An answer of people by jurisdiction, taken apart: `DE 1,200; 300 in FR and UK 5`.

use super::value::{Basis, Count};

/// Somebody is affected or may be, and nobody knows how many.
pub(super) const UNKNOWN: Count = Count { n: 0, basis: Basis::AtLeast };

/// The pairs between commas; a comma inside a number, `DE 1,200`, separates nothing.
pub(super) fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for piece in parted(text).split([',', ';']) {
        let digits = piece.bytes().take_while(u8::is_ascii_digit).count() == 3;
        match pieces.last_mut() {
            Some(last) if digits => last.push_str(piece),
            _ if piece.trim().is_empty() => {}
            _ => pieces.push(piece.trim().to_owned()),
        }
    }
    pieces
}

/// Place and number of `31200 NL`, `15500 in Germany`.
pub(super) fn turned(piece: &str) -> Option<(&str, &str)> {
    let digit = piece.find(|c: char| c.is_ascii_digit())?;
    let end = digit + piece[digit..].find(' ')?;
    let (number, place) = piece.split_at(end);
    let people = ["people ", "customers "];
    let place = place.trim();
    let place = people.iter().find_map(|word| place.strip_prefix(word)).unwrap_or(place);
    let words = ["in the ", "in ", "from the ", "from "];
    let place = words.iter().find_map(|word| place.strip_prefix(word)).unwrap_or(place);
    // `about 1200 in Spain`, and not `DE 1200`.
    many(number).is_some().then_some((place.trim(), number))
}

/// `Minnesota 4000 and Texas 2000` with a comma for the word. It separates places only beside a number:
/// Trinidad and Tobago is one.
fn parted(text: &str) -> String {
    text.split(" and ").fold(String::new(), |mut before, part| {
        if !before.is_empty() {
            let is_counted = before.rsplit(' ').next().is_some_and(|last| many(last).is_some());
            let is_turned = part.starts_with(|c: char| c.is_ascii_digit());
            before.push_str(if is_counted || is_turned { ", " } else { " and " });
        }
        before + part
    })
}

/// How many: a number, or unknown.
pub(super) fn many(text: &str) -> Option<Count> {
    if super::unsaid::is_unknown(text) {
        return Some(UNKNOWN);
    }
    super::count::count(text, Some("people"))
}

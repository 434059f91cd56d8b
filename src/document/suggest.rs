//! "Did you mean": the nearest known word.

/// Known words looked at. A hostile document must not make every miss a search through thousands.
const LOOKED_AT: usize = 2_000;

/// The candidate nearest to `word`, if one is near enough to be what was meant.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let length = word.chars().count();
    if length > 64 {
        return None;
    }
    let tolerance = 1 + length / 4;
    let mut letters = [0; 32];
    for byte in word.bytes() {
        letters[usize::from(byte % 32)] += 1;
    }
    let mut near: Vec<(usize, usize, &str)> = (0..LOOKED_AT)
        .zip(candidates)
        .filter(|(_, candidate)| candidate.len().abs_diff(word.len()) <= tolerance)
        .map(|(place, candidate)| (least_distance(word, letters, candidate), place, candidate))
        .filter(|(least, ..)| *least <= tolerance)
        .collect();
    near.sort_unstable();
    let mut nearest: Option<(usize, usize, &str)> = None;
    for (least, place, candidate) in near {
        if nearest.is_some_and(|(distance, ..)| distance < least) {
            break;
        }
        let found = (strsim::osa_distance(word, candidate), place, candidate);
        nearest = Some(nearest.map_or(found, |before| before.min(found)));
    }
    let (.., candidate) = nearest.filter(|(distance, ..)| *distance <= tolerance)?;
    Some(candidate)
}

/// No way to turn one word into the other is shorter: each edit moves at most one letter in and one
/// out. Much cheaper than the distance itself, and enough to leave most candidates out. `letters` says
/// how often each byte stands in the word, bytes that end alike taken together.
fn least_distance(word: &str, mut letters: [i16; 32], candidate: &str) -> usize {
    let strange = candidate.bytes().filter(|byte| {
        let left = &mut letters[usize::from(byte % 32)];
        *left -= 1;
        *left < 0
    });
    let strange = strange.count();
    let missing = word.len() + strange - candidate.len();
    // A character may have four bytes.
    strange.max(missing) / if candidate.is_ascii() { 1 } else { 4 }
}

/// "did you mean `…`?" for [`nearest`].
pub fn did_you_mean<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<String> {
    nearest(word, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_near_word_is_meant() {
        let known = ["responder", "commander", "counsel"];
        assert_eq!(nearest("respnoder", known), Some("responder"));
        assert_eq!(nearest("council", known), Some("counsel"));
        assert_eq!(nearest("x", known), None);
        assert_eq!(nearest("entirely-different", known), None);
    }
}

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
    candidates
        .into_iter()
        .take(LOOKED_AT)
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= tolerance)
        .filter(|candidate| least_distance(word, letters, candidate) <= tolerance)
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= tolerance)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
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

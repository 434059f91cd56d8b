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
    candidates
        .into_iter()
        .take(LOOKED_AT)
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= tolerance)
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= tolerance)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
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

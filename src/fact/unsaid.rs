//! Answers that give no value, whatever was asked: nobody knows, there is none, it has not happened.

/// The words of an answer, however they are written: no apostrophes, and nothing that only leads in.
fn plain(answer: &str) -> String {
    let answer = answer.trim().to_lowercase().replace(['\'', '\u{2019}'], "");
    let plain = answer.trim_end_matches(['.', '!', ',']).trim_end();
    let starts = [
        "sorry, ",
        "sorry ",
        "honestly ",
        "i ",
        "we ",
        "ive ",
        "weve ",
        "really ",
        "still ",
        "have ",
    ];
    let begun =
        starts.iter().fold(plain, |plain, start| plain.strip_prefix(start).unwrap_or(plain));
    begun.to_owned()
}

/// The same without a "yet".
fn so_far(answer: &str) -> String {
    let plain = plain(answer);
    let ends =
        [" yet", " so far", " for now", " that we know", " that we know of", " as far as we know"];
    let short = ends.iter().find_map(|end| plain.strip_suffix(end));
    short.unwrap_or(&plain).replace(" yet ", " ")
}

/// Whether words answer any question, and so name nobody: `yes`, `ok`, `dunno`, `none`.
pub fn answers_anything(words: &str) -> bool {
    const SAID: [&str; 16] = [
        "yes", "no", "y", "n", "yep", "yeah", "nope", "sure", "ok", "okay", "what", "why", "help",
        "quit", "exit", "never",
    ];
    is_unknown(words) || does_not_apply(words) || SAID.contains(&&*plain(words))
}

/// Whether an answer says that nobody knows.
pub(super) fn is_unknown(answer: &str) -> bool {
    const SAID: [&str; 32] = [
        "unknown",
        "?",
        "??",
        "dont know",
        "do not know",
        "dont remember",
        "not known",
        "n/k",
        "no idea",
        "no clue",
        "not a clue",
        "havent a clue",
        "idk",
        "dunno",
        "who knows",
        "god knows",
        "beats me",
        "cant say",
        "cannot say",
        "hard to say",
        "too early to say",
        "not certain",
        "not sure",
        "unsure",
        "unclear",
        "not clear",
        "tbd",
        "tbc",
        "to be determined",
        "to be confirmed",
        "nobody knows",
        "cant tell",
    ];
    SAID.contains(&&*so_far(answer))
}

/// The words at the beginning of an answer that say that nobody knows, if more follow: `no idea` of `no idea,
/// Jonas knows`.
pub fn begins_unknown(answer: &str) -> Option<&str> {
    let ends = [",", ";", ".", ":", " - ", " \u{2013} ", " but "]
        .iter()
        .filter_map(|end| answer.find(end));
    let words = &answer[..ends.min()?];
    (is_unknown(words) && words.len() > 1).then_some(words)
}

/// Whether an answer says that the question does not apply.
pub(super) fn does_not_apply(answer: &str) -> bool {
    ["none", "-", "n/a", "not applicable", "does not apply"].contains(&&*plain(answer))
}

/// Whether an answer to a question for a list says that there is none.
pub(super) fn is_none(answer: &str) -> bool {
    does_not_apply(answer)
        || [
            "none",
            "nothing",
            "nobody",
            "no one",
            "nil",
            "none known",
            "nothing known",
            "none found",
            "nothing found",
            "not found",
        ]
        .contains(&&*so_far(answer))
}

/// Whether an answer to a question when something happened says that it has not.
pub(super) fn is_not_yet(answer: &str) -> bool {
    const SAID: [&str; 14] = [
        "not",
        "no",
        "never",
        "pending",
        "to come",
        "still to come",
        "hasnt",
        "it hasnt",
        "not done",
        "not told",
        "not happened",
        "not called",
        "not sent",
        "not started",
    ];
    let said = so_far(answer);
    SAID.contains(&said.strip_prefix("no, ").unwrap_or(&said)) || plain(answer) == "none yet"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_gives_no_value_is_no_value() {
        for answer in [
            "unknown",
            "Don\u{2019}t know yet",
            "not yet known",
            "no idea.",
            "We don't know",
            "?",
            "dunno",
            "I have no clue",
            "sorry, I really don't know",
            "I've no idea",
            "we haven't a clue",
            "too early to say",
        ] {
            assert!(is_unknown(answer), "{answer}");
        }
        for answer in ["none", "Nothing", "nobody yet", "-", "N/A"] {
            assert!(is_none(answer), "{answer}");
        }
        for answer in ["not yet", "No", "never", "no, not yet", "not told yet", "none yet"] {
            assert!(is_not_yet(answer), "{answer}");
        }
        for answer in
            ["unknown-host", "no-reply", "nothing-01", "not yet 12:00", "no, 12:00", "yes"]
        {
            assert!(!is_unknown(answer) && !is_none(answer) && !is_not_yet(answer), "{answer}");
        }
    }
}

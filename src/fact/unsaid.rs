//! Answers that give no value, whatever was asked: nobody knows, there is none, it has not happened.

/// The words of an answer, however they are written.
fn plain(answer: &str) -> String {
    let answer = answer.trim().to_lowercase().replace('\u{2019}', "'");
    let plain = answer.trim_end_matches(['.', '!', ',']).trim_end();
    let starts =
        ["sorry, ", "sorry ", "honestly ", "i ", "we ", "really ", "still ", "have ", "'ve "];
    let begun =
        starts.iter().fold(plain, |plain, start| plain.strip_prefix(start).unwrap_or(plain));
    begun.to_owned()
}

/// The same without a "yet".
fn so_far(answer: &str) -> String {
    let plain = plain(answer);
    let ends = [" yet", " so far", " for now"];
    let short = ends.iter().find_map(|end| plain.strip_suffix(end));
    short.unwrap_or(&plain).replace(" yet ", " ")
}

/// Whether an answer says that nobody knows.
pub(super) fn is_unknown(answer: &str) -> bool {
    const SAID: [&str; 36] = [
        "unknown",
        "?",
        "??",
        "don't know",
        "dont know",
        "do not know",
        "don't remember",
        "not known",
        "n/k",
        "no idea",
        "no clue",
        "not a clue",
        "haven't a clue",
        "havent a clue",
        "idk",
        "dunno",
        "who knows",
        "god knows",
        "beats me",
        "can't say",
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
        "can't tell",
        "cant tell",
    ];
    SAID.contains(&&*so_far(answer))
}

/// Whether an answer says that the question does not apply.
pub(super) fn does_not_apply(answer: &str) -> bool {
    ["none", "-", "n/a", "not applicable", "does not apply"].contains(&&*plain(answer))
}

/// Whether an answer to a question for a list says that there is none.
pub(super) fn is_none(answer: &str) -> bool {
    does_not_apply(answer)
        || ["none", "nothing", "nobody", "no one", "nil"].contains(&&*so_far(answer))
}

/// Whether an answer to a question when something happened says that it has not.
pub(super) fn is_not_yet(answer: &str) -> bool {
    const SAID: [&str; 8] =
        ["not", "no", "never", "pending", "to come", "still to come", "hasn't", "it hasn't"];
    let said = so_far(answer);
    let said = said.strip_prefix("no, ").unwrap_or(&said);
    SAID.contains(&said)
        || ["not done", "not told", "not happened", "not called", "not sent", "not started"]
            .contains(&said)
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
            "too early to say",
        ] {
            assert!(is_unknown(answer), "{answer}");
        }
        for answer in ["none", "Nothing", "nobody yet", "-", "N/A"] {
            assert!(is_none(answer), "{answer}");
        }
        for answer in ["not yet", "No", "never", "no, not yet", "not told yet"] {
            assert!(is_not_yet(answer), "{answer}");
        }
        for answer in ["unknown-host", "no-reply", "nothing-01", "not yet 12:00", "yes"] {
            assert!(!is_unknown(answer) && !is_none(answer) && !is_not_yet(answer), "{answer}");
        }
    }
}

//! What entries are called where they are counted.

use std::collections::BTreeMap;

/// How many entries there are of each kind: `12 notes`, `3 step outcomes of the review`.
pub(super) fn counted(kinds: &BTreeMap<String, u64>) -> Vec<String> {
    let counted = kinds.iter().map(|(kind, n)| {
        let (kind, review) = of_the_review(kind);
        let n = usize::try_from(*n).unwrap_or(usize::MAX);
        format!("{}{review}", super::count(n, noun(kind)))
    });
    counted.collect()
}

/// A kind of the entries of a review, and what is said behind it.
pub(super) fn of_the_review(kind: &str) -> (&str, &str) {
    let review = " of the review";
    let of = kind.strip_suffix(review);
    of.map_or((kind, ""), |kind| (kind, review))
}

/// An entry of a kind, as a noun whose last word has the plural.
pub(super) fn noun(kind: &str) -> &str {
    match kind {
        "action" => "action item change",
        "any other" => "other entry",
        "clock" => "clock change",
        "closed" => "closing",
        "command-outcome" => "command outcome",
        "custody" => "evidence check",
        "draft" => "drafted notice",
        "duty" => "duty decision",
        "evidence" => "exhibit",
        "fact" => "answer",
        "fact-edit" => "list change",
        "forgotten" => "destroyed text",
        "genesis" => "chain start",
        "group" => "described group",
        "handoff" => "hand-over",
        "intent" => "started command",
        "joined" => "joining",
        "linked" => "linked incident",
        "opened" => "opening",
        "playbook-pinned" => "playbook start",
        "reopened" => "reopening",
        "signed-off" => "signature",
        "statement" => "status page draft",
        "step-outcome" => "step outcome",
        "store" => "stored copy",
        "titled" => "naming",
        "withdrawn" => "withdrawal",
        kind => kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::event::KINDS;

    #[test]
    fn no_kind_is_told_by_its_code() {
        let codes = ["fact", "genesis", "opened", "joined", "titled", "forgotten", "withdrawn"];
        for kind in KINDS {
            let noun = noun(kind.kind);
            assert!(noun == "hand-over" || !noun.contains('-'), "{noun}");
            assert!(!codes.contains(&noun), "{noun}");
        }
    }
}

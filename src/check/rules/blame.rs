//! BR403: words that blame a person.

use std::sync::LazyLock;

use aho_corasick::packed::Searcher;

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level};

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR403",
    name: "blame",
    family: Family::Upkeep,
    level: Level::Note,
    title: "words that blame a person",
    explanation: "People who fear blame hide what happened, and the post-mortem learns nothing. \
                  Ask what made the mistake possible, not whose it was.",
    wrong: r#"[[step]]
id = "find-cause"
title = "Find out who is to blame"
why = "It must not happen again."
do = "Ask everybody."
role = "scribe"
"#,
    right: r#"[[step]]
id = "find-cause"
title = "Find out what made it possible"
why = "It must not happen again."
do = "Ask everybody what they saw and what they knew then."
role = "scribe"
"#,
    judge: Judge::Playbook(judge),
};

/// Words that look for a culprit. Texts that warn of such words use them in quotes.
const WORDS: [&str; 12] = [
    "to blame",
    "whose fault",
    "at fault",
    "human error",
    "careless",
    "negligent employee",
    "culprit",
    "the guilty",
    "incompetent",
    "stupid",
    "sloppy",
    "failed to follow",
];

/// The words without their first letter, which may be a capital: most texts hold none of them.
static SIGNS: LazyLock<Option<Searcher>> =
    LazyLock::new(|| Searcher::new(WORDS.iter().map(|word| &word[1..])));

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    if SIGNS.as_ref().is_some_and(|signs| signs.find(subject.source.as_bytes()).is_none()) {
        return;
    }
    for text in subject.tables().flat_map(Subject::prose) {
        let lower = text.text.to_lowercase();
        if lower.len() != text.text.len() {
            continue;
        }
        for word in WORDS {
            let blames = |at: &usize| !is_warning(&lower[..*at], &lower[*at + word.len()..]);
            let mut places = lower.match_indices(word).map(|(at, _)| at);
            let Some(at) = places.find(blames) else { continue };
            let span = text.part(subject.source, at..at + word.len());
            let help = "ask what made the mistake possible, not whose it was";
            findings.push(RULE.at(span, format!("`{word}` blames somebody")).help(help));
        }
    }
}

/// Whether words are quoted or denied, given what stands before and behind them: "nobody is to
/// blame", "human error is never the cause".
fn is_warning(before: &str, behind: &str) -> bool {
    const DENIALS: [&str; 8] =
        ["nobody", "none", "not", "never", "no", "without", "avoid", "don't"];
    let ends = |c: char| matches!(c, '.' | '!' | '?' | ';' | ':' | '\n');
    let sentence = before.rsplit(ends).next().unwrap_or_default();
    let mut words = sentence.split(|c: char| !c.is_alphanumeric() && c != '\'');
    let behind = behind.trim_start();
    before.ends_with(['"', '“', '\'', '«', '„'])
        || words.any(|word| DENIALS.contains(&word))
        || ["is never", "is not", "is no ", "never is"]
            .iter()
            .any(|denial| behind.starts_with(denial))
}

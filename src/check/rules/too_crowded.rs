//! BR013: a file with more words and signs than a playbook can have.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR013",
    name: "too-crowded",
    family: Family::File,
    level: Level::Error,
    title: "a file with more words and signs than a playbook can have",
    explanation: "Thousands of whole steps fit into a file. One with more than 600,000 words, brackets, \
                  commas, blanks and line ends was not written by a person: it is a mistake of a \
                  generator, or an attack on the memory of the checker. It is refused before it is \
                  parsed, so nothing else is said of it. Split it, or raise the limit together with that \
                  of bytes, with `--max-size`.",
    wrong: "",
    right: "",
    judge: Judge::File,
};

//! BR013: a file with more words and signs than a playbook can have.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR013",
    name: "too-crowded",
    family: Family::File,
    level: Level::Error,
    title: "a file with more words and signs than a playbook can have",
    explanation: "Thousands of complete steps fit into one file. A file with more than 600,000 \
                  words, brackets, commas, spaces and line ends was not written by a person: it is \
                  a generator's mistake, or an attack on the checker's memory. It is refused \
                  before it is parsed, so you see no other findings for it. Split it, or raise \
                  this limit together with the size limit, with `--max-size`.",
    wrong: "",
    right: "",
    judge: Judge::File,
};

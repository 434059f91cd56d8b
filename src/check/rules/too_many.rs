//! BR012: more findings than anybody reads.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR012",
    name: "too-many",
    family: Family::File,
    level: Level::Note,
    title: "more findings than anybody reads",
    explanation: "The checker keeps the first 200 findings of a file, and gives up where it would have to \
                  look for more too long: in a text with very many syntax errors, among conditions with \
                  very many combinations, behind twenty mistakes in one condition. Correct those that are \
                  shown, and run it again.",
    wrong: "",
    right: "",
    judge: Judge::Checker,
};

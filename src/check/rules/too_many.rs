//! BR012: more findings than anybody would read.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR012",
    name: "too-many",
    family: Family::File,
    level: Level::Note,
    title: "more findings than anybody would read",
    explanation: "The checker keeps the first 200 findings of a file. It also stops where finding \
                  more would take too long: in a text with very many syntax errors, among \
                  conditions with very many combinations, after twenty mistakes in one condition. \
                  Correct what is shown, and run it again.",
    wrong: "",
    right: "",
    judge: Judge::Checker,
};

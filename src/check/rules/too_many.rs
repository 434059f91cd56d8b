//! BR012: more findings than anybody reads.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR012",
    name: "too-many",
    family: Family::File,
    level: Level::Note,
    title: "more findings than anybody reads",
    explanation: "The checker keeps the first 200 findings of a file. Correct those, and run it again.",
    wrong: "",
    right: "",
    judge: Judge::Checker,
};

//! BR003: a file that is larger than a playbook can be.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR003",
    name: "too-large",
    family: Family::File,
    level: Level::Error,
    title: "a file that is larger than a playbook can be",
    explanation: "A tired person has to read a playbook; one of several megabytes is a mistake, or \
                  an attack on the checker. Split it, or raise the limit with `--max-size`.",
    wrong: "",
    right: "",
    judge: Judge::File,
};

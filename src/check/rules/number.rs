//! BR006: a number that no program can hold.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR006",
    name: "number",
    family: Family::File,
    level: Level::Error,
    title: "a number that no program can hold",
    explanation: "The number does not fit into 64 bits. No part of a playbook needs such a number, \
                  so it is a typing mistake. Write the number you meant.",
    wrong: "schema = 99999999999999999999
",
    right: "schema = 1
",
    judge: Judge::Reader,
};

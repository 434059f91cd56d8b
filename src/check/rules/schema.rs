//! BR108: a version of the format that this tool does not read.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR108",
    name: "schema",
    family: Family::Form,
    level: Level::Error,
    title: "a version of the format that this tool does not read",
    explanation: "The file says that it uses another version of the format. The tool cannot guess \
                  what newer keys mean, and a playbook that is half understood is worse than none. \
                  Use a newer version of the tool, or write `schema = 1`.",
    wrong: "schema = 2
",
    right: "schema = 1
",
    judge: Judge::Reader,
};

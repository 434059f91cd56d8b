//! BR108: a version of the format that this tool does not read, or a key newer than the file's.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR108",
    name: "schema",
    family: Family::Form,
    level: Level::Error,
    title: "a version of the format that this tool does not read, or a key that needs a newer one",
    explanation: "The file says that it uses another version of the format. The tool cannot guess \
                  what newer keys mean, and a playbook that is half understood is worse than none. \
                  Use a newer version of the tool, or an older format. A key that a later version of the \
                  format brought needs that version in the first line: older tools then say that \
                  they cannot read the file, instead of finding an unknown key.",
    wrong: "schema = 3
",
    right: "schema = 2
",
    judge: Judge::Reader,
};

//! BR001: a file or folder that cannot be read.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR001",
    name: "unreadable",
    family: Family::File,
    level: Level::Error,
    title: "a file or folder that cannot be read",
    explanation: "A file that was named, or found in a named folder, is missing, is not a plain \
                  file, or cannot be read. What cannot be read was not checked, so the run does \
                  not succeed: it checks everything else, then ends with exit code 2. Name the \
                  right path, or give the checker permission to read it.",
    wrong: "",
    right: "",
    judge: Judge::File,
};

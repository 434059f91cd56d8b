//! BR001: a file or folder that cannot be read.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR001",
    name: "unreadable",
    family: Family::File,
    level: Level::Error,
    title: "a file or folder that cannot be read",
    explanation: "A file that was named, or found in a named folder, is missing, is no plain file, or may \
                  not be read. What cannot be read was not checked, so the run never counts as a success: \
                  it ends with exit code 2, after everything else was checked. Name the right path, or \
                  give the checker the right to read it.",
    wrong: "",
    right: "",
    judge: Judge::File,
};

//! BR002: a file that is not UTF-8.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR002",
    name: "not-utf-8",
    family: Family::File,
    level: Level::Error,
    title: "a file that is not UTF-8",
    explanation: "TOML is UTF-8. In another encoding, other readers may see different words, or \
                  none. Save the file as UTF-8; the message names the first byte that is not.",
    wrong: "",
    right: "",
    judge: Judge::File,
};

//! BR008: a TOML file of an unknown kind.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR008",
    name: "unknown-file",
    family: Family::File,
    level: Level::Error,
    title: "a TOML file of an unknown kind",
    explanation: "A file's content says what it is, not its name: a playbook has `phase` and \
                  `[[step]]`, a vocabulary has `[fact]`. This one has neither, so it cannot be \
                  checked, and the tool would never use it. Correct the keys at the top, or leave \
                  the file out of the run.",
    wrong: r#"name = "not a playbook"
"#,
    right: r#"[[step]]
id = "image-host"
"#,
    judge: Judge::Checker,
};

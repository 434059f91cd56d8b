//! BR008: a TOML file that is nothing the tool knows.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR008",
    name: "unknown-file",
    family: Family::File,
    level: Level::Error,
    title: "a TOML file that is nothing the tool knows",
    explanation: "What a file is stands in it, not in its name: a playbook has `phase` and `[[step]]`, a \
                  vocabulary has `[fact]`. This one has neither, so nothing of it can be checked, and the \
                  tool would never use it. Correct the keys at its top, or leave the file out of the run.",
    wrong: r#"name = "not a playbook"
"#,
    right: r#"[[step]]
id = "image-host"
"#,
    judge: Judge::Checker,
};

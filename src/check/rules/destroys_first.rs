//! BR301: a step that destroys what is preserved only later.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR301",
    name: "destroys-first",
    family: Family::Craft,
    level: Level::Error,
    title: "a step that destroys what is preserved only later",
    explanation: "`destroys` and `preserves` name evidence. Here, a step destroys what a later \
                  step is meant to keep, and by then it is gone. Move the step that preserves it \
                  up.",
    wrong: r#"[[step]]
id = "clean-host"
destroys = ["disk"]

[[step]]
id = "image-host"
preserves = ["disk"]
"#,
    right: r#"[[step]]
id = "image-host"
preserves = ["disk"]

[[step]]
id = "clean-host"
destroys = ["disk"]
"#,
    judge: Judge::Reader,
};

//! BR302: a step that destroys what nothing preserves.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR302",
    name: "never-preserved",
    family: Family::Craft,
    level: Level::Warning,
    title: "a step that destroys what nothing preserves",
    explanation: "The step says itself that it destroys evidence, and no step keeps it first. After it, \
                  what happened can no longer be proved. The same holds where evidence is kept only under a \
                  condition, or in the step that destroys it. Add a step that preserves it, or say in a \
                  comment why it may go.",
    wrong: r#"[[step]]
id = "clean-host"
destroys = ["disk"]
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

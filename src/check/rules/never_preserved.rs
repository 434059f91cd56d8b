//! BR302: a step that destroys what nothing preserves.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR302",
    name: "never-preserved",
    family: Family::Craft,
    level: Level::Warning,
    title: "a step that destroys what nothing preserves",
    explanation: "The step says that it destroys evidence, and no step keeps that evidence first. \
                  Afterwards, nobody can prove what happened. The rule also finds evidence that is \
                  kept only under a condition, or in the same step that destroys it; `needs` does \
                  not help there, because a step that does not apply holds nothing up. Add a step \
                  that preserves it, or say in a comment why it may go.",
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

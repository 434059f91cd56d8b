//! BR201: a need that names no step.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR201",
    name: "unknown-step",
    family: Family::Reference,
    level: Level::Error,
    title: "a need that names no step",
    explanation: "`needs` names a step that this playbook does not have, so the intended order \
                  will not be kept. Write the id of an earlier step; the message names the closest \
                  one.",
    wrong: r#"[[step]]
id = "image-host"

[[step]]
id = "clean-host"
needs = ["image-hots"]
"#,
    right: r#"[[step]]
id = "image-host"

[[step]]
id = "clean-host"
needs = ["image-host"]
"#,
    judge: Judge::Reader,
};

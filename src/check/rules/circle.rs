//! BR202: steps that need each other.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR202",
    name: "circle",
    family: Family::Reference,
    level: Level::Error,
    title: "steps that need each other",
    explanation: "Each of these steps waits for the other, or for itself, so neither is ever \
                  ready. Remove one of the needs.",
    wrong: r#"[[step]]
id = "image-host"
needs = ["image-host"]
"#,
    right: r#"[[step]]
id = "image-host"
"#,
    judge: Judge::Reader,
};

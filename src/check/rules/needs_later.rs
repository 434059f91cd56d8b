//! BR203: a need for a later step.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR203",
    name: "needs-later",
    family: Family::Reference,
    level: Level::Error,
    title: "a need for a later step",
    explanation: "A playbook is walked from top to bottom. A step that needs a later one is never \
                  ready when it is reached. Move the needed step up, or remove the need.",
    wrong: r#"[[step]]
id = "clean-host"
needs = ["image-host"]

[[step]]
id = "image-host"
"#,
    right: r#"[[step]]
id = "image-host"

[[step]]
id = "clean-host"
needs = ["image-host"]
"#,
    judge: Judge::Reader,
};

//! BR110: a playbook without a step.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR110",
    name: "no-steps",
    family: Family::Form,
    level: Level::Error,
    title: "a playbook without a step",
    explanation: "A playbook without steps is no help to whoever opens it at 3 a.m. Add the first `[[step]]`.",
    wrong: "# alone
step = []
",
    right: r#"[[step]]
id = "image-host"
"#,
    judge: Judge::Reader,
};

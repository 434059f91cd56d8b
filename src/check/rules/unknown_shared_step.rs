//! BR216: a shared step that does not exist.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR216",
    name: "unknown-shared-step",
    family: Family::Reference,
    level: Level::Error,
    title: "a shared step that does not exist",
    explanation: "`use` includes a step that is written once for all playbooks. There is none with \
                  this name, so the playbook would have a hole in its place. Write the id of a \
                  shared step; the message names the closest one.",
    wrong: r#"[[step]]
use = "go-out-of-bound"
"#,
    right: r#"[[step]]
use = "go-out-of-band"
"#,
    judge: Judge::Reader,
};

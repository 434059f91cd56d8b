//! BR216: a shared step that does not exist.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR216",
    name: "unknown-shared-step",
    family: Family::Reference,
    level: Level::Error,
    title: "a shared step that does not exist",
    explanation: "`use` takes up a step that is written once for all playbooks, and there is none of this \
                  name, so the playbook would have a hole where it should stand. Write the id of a \
                  shared step; the message names the nearest one.",
    wrong: r#"[[step]]
use = "go-out-of-bound"
"#,
    right: r#"[[step]]
use = "go-out-of-band"
"#,
    judge: Judge::Reader,
};

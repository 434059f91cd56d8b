//! BR204: a fact that nobody defined.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR204",
    name: "unknown-fact",
    family: Family::Reference,
    level: Level::Error,
    title: "a fact that nobody defined",
    explanation: "The name stands in `ask`, `when`, `for-each` or a command, and no fact is called so, \
                  neither in the shared vocabulary (`breach fact show --all`) nor in this playbook. It can \
                  never be answered. Write the name that was meant, or define it under `[fact.NAME]`.",
    wrong: r#"[[step]]
id = "image-host"
ask = ["hosts_afected"]
"#,
    right: r#"[[step]]
id = "image-host"
ask = ["hosts_affected"]
"#,
    judge: Judge::Reader,
};

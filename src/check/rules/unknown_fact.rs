//! BR204: a fact that is not defined.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR204",
    name: "unknown-fact",
    family: Family::Reference,
    level: Level::Error,
    title: "a fact that is not defined",
    explanation: "`ask`, `when`, `for-each` or a command uses this name, but there is no such fact \
                  in the shared vocabulary (`breach fact show --all`) or in this playbook. It can \
                  never be answered. Write the name that was meant, or define it under \
                  `[fact.NAME]`.",
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

//! BR206: an option that the fact does not have.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR206",
    name: "unknown-option",
    family: Family::Reference,
    level: Level::Error,
    title: "an option that the fact does not have",
    explanation: "The condition compares a fact with an answer that nobody can give, so it is \
                  never true. Write one of the options; the message names the closest one.",
    wrong: r#"[[step]]
id = "image-host"
when = "incident_kind == 'web-skiming'"
"#,
    right: r#"[[step]]
id = "image-host"
when = "incident_kind == 'web-skimming'"
"#,
    judge: Judge::Reader,
};

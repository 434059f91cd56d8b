//! BR207: a step that repeats for something that is not a list.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR207",
    name: "not-a-list",
    family: Family::Reference,
    level: Level::Error,
    title: "a step that repeats for something that is not a list",
    explanation: "A step repeats for each item of a fact of type `list`. Facts of other types have \
                  no items. Name a list.",
    wrong: r#"[[step]]
id = "image-host"
for-each = "incident_kind"
"#,
    right: r#"[[step]]
id = "image-host"
for-each = "hosts_affected"
"#,
    judge: Judge::Reader,
};

//! BR207: a step that repeats for something that is no list.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR207",
    name: "not-a-list",
    family: Family::Reference,
    level: Level::Error,
    title: "a step that repeats for something that is no list",
    explanation: "A step repeats for each item of a fact of type `list`. Of another type there are no \
                  items. Name a list.",
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

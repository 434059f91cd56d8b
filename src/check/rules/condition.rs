//! BR205: a condition that makes no sense.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR205",
    name: "condition",
    family: Family::Reference,
    level: Level::Error,
    title: "a condition that makes no sense",
    explanation: "A `when` compares facts with values of their type: `card_data_leaving`, \
                  `hosts_affected.count > 2`, `incident_kind == 'web-skimming'`. What the caret \
                  shows cannot be true or false. If a walk could not read a condition, it would \
                  leave the step out or show it to everybody.",
    wrong: r#"[[step]]
id = "image-host"
when = "hosts_affected"
"#,
    right: r#"[[step]]
id = "image-host"
when = "hosts_affected.count > 0"
"#,
    judge: Judge::Reader,
};

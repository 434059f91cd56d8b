//! BR103: a value of the wrong type.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR103",
    name: "wrong-type",
    family: Family::Form,
    level: Level::Error,
    title: "a value of the wrong type",
    explanation: "The key takes a value of another type. The tool never guesses: `\"true\"` in \
                  quotes is a text, not `true`. Write the value in the form that the message \
                  shows.",
    wrong: r#"[[step]]
id = "image-host"
privileged = "yes"
"#,
    right: r#"[[step]]
id = "image-host"
privileged = true
"#,
    judge: Judge::Reader,
};

//! BR101: a key that the format does not have.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR101",
    name: "unknown-key",
    family: Family::Form,
    level: Level::Error,
    title: "a key that the format does not have",
    explanation: "The program ignores keys that it does not know: a misspelt `needs` lets a step \
                  come too early, and a misspelt `destroys` lets it destroy evidence. Write the \
                  key that was meant; the message names the closest one.",
    wrong: r#"[[step]]
id = "image-host"
wihtin = "20m"
"#,
    right: r#"[[step]]
id = "image-host"
within = "20m"
"#,
    judge: Judge::Reader,
};

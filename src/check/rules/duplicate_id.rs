//! BR109: an id that is used twice.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR109",
    name: "duplicate-id",
    family: Family::Form,
    level: Level::Error,
    title: "an id that is used twice",
    explanation: "The log names steps, commands and evidence by their ids. If two have the same \
                  id, nobody can tell later which one was done. Both places are shown; give each \
                  its own id.",
    wrong: r#"[[step]]
id = "image-host"

[[step]]
id = "image-host"
"#,
    right: r#"[[step]]
id = "image-host"

[[step]]
id = "image-database"
"#,
    judge: Judge::Reader,
};

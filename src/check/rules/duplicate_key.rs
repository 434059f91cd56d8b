//! BR005: a key or table that is defined twice.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR005",
    name: "duplicate-key",
    family: Family::File,
    level: Level::Error,
    title: "a key or table that is defined twice",
    explanation: "TOML allows each key only once. With two, it is unclear which one counts, and \
                  other tools may read the other one. Keep one of them.",
    wrong: r#"[[step]]
id = "image-host"
role = "expert"
role = "responder"
"#,
    right: r#"[[step]]
id = "image-host"
role = "expert"
"#,
    judge: Judge::Reader,
};

//! BR106: an id, a name or a length in the wrong form.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR106",
    name: "wrong-form",
    family: Family::Form,
    level: Level::Error,
    title: "an id, a name or a length in the wrong form",
    explanation: "Ids are `kebab-case`, names of facts are `snake_case`, lengths are `90s`, `20m`, \
                  `4h`, `2d`. Ids stay in the log for years, and tired people type them, so there \
                  is only one way to write them.",
    wrong: r#"[[step]]
id = "Image Host"
"#,
    right: r#"[[step]]
id = "image-host"
"#,
    judge: Judge::Reader,
};

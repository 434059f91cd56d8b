//! BR004: text that is not TOML.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR004",
    name: "syntax",
    family: Family::File,
    level: Level::Error,
    title: "text that is not TOML",
    explanation: "The file cannot be read as TOML at this place. The checker blanks the statement and goes \
                  on, so every other mistake shows in the same run; only what may be missing because of \
                  the gap is not said. Correct the place that the caret shows.",
    wrong: r#"[[step]]
id = "image-host"
title = "Image the host
why = "Cleaning destroys traces."
do = "Take an image."
role = "expert"
"#,
    right: r#"[[step]]
id = "image-host"
title = "Image the host"
why = "Cleaning destroys traces."
do = "Take an image."
role = "expert"
"#,
    judge: Judge::Reader,
};

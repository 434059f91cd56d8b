//! BR107: a value outside the allowed choices.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR107",
    name: "wrong-option",
    family: Family::Form,
    level: Level::Error,
    title: "a value outside the allowed choices",
    explanation: "The key takes one of a few words, and this is not one of them. The message names \
                  the closest one, or all of them.",
    wrong: r#"[[step]]
id = "image-host"
title = "Image the host"
why = "Cleaning destroys traces."
do = "Take an image."
role = "forensics"
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

//! BR104: a text that says nothing.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR104",
    name: "empty-text",
    family: Family::Form,
    level: Level::Error,
    title: "a text that says nothing",
    explanation: "An empty title or instruction leaves the responder alone at 3 a.m. Say what is meant, or \
                  leave the key out where it is optional.",
    wrong: r#"[[step]]
id = "image-host"
title = ""
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

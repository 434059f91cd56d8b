//! BR105: a line break in a text that is shown on one line.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR105",
    name: "many-lines",
    family: Family::Form,
    level: Level::Error,
    title: "a line break in a text that is shown on one line",
    explanation: "Titles appear in lists, in the log and in the status, one line each. Put the \
                  rest into `do` or `why`.",
    wrong: r#"[[step]]
id = "image-host"
title = """Image the host
and keep the image"""
why = "Cleaning destroys traces."
do = "Take an image."
role = "expert"
"#,
    right: r#"[[step]]
id = "image-host"
title = "Image the host and keep the image"
why = "Cleaning destroys traces."
do = "Take an image."
role = "expert"
"#,
    judge: Judge::Reader,
};

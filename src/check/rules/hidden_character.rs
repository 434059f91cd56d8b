//! BR007: a character that hides what a text says.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR007",
    name: "hidden-character",
    family: Family::File,
    level: Level::Warning,
    title: "a character that hides what a text says",
    explanation: "Control characters and bidirectional controls make a text look different from \
                  what is stored: a reviewer approves one command, and another one runs. They are \
                  also found in comments and keys. Delete the character, or write it as an escape \
                  if you really need it.",
    wrong: "[[step]]
id = \"image-host\"
title = \"Image the host \u{202E} gnihton\"
why = \"Cleaning destroys traces.\"
do = \"Take an image.\"
role = \"expert\"
",
    right: r#"[[step]]
id = "image-host"
title = "Image the host"
why = "Cleaning destroys traces."
do = "Take an image."
role = "expert"
"#,
    judge: Judge::Reader,
};

//! BR004: text that is not TOML.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR004",
    name: "syntax",
    family: Family::File,
    level: Level::Error,
    title: "text that is not TOML",
    explanation: "The file is not valid TOML at this place. The checker skips the statement and \
                  continues, so you see every other mistake in the same run, except for things \
                  that may be missing only because of the gap. Correct the place that the caret \
                  shows.",
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

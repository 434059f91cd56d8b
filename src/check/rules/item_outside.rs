//! BR208: `{item}` in a step that does not repeat.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR208",
    name: "item-outside",
    family: Family::Reference,
    level: Level::Error,
    title: "`{item}` in a step that does not repeat",
    explanation: "Only a step with `for-each` has an item. Anywhere else, the braces would appear \
                  in the title or the command as they are. Give the step a `for-each`, or write \
                  the name out.",
    wrong: r#"[[step]]
id = "image-host"
title = "Image {item}"
why = "Cleaning destroys traces."
do = "Take an image."
role = "expert"
"#,
    right: r#"[[step]]
id = "image-host"
title = "Image {item}"
why = "Cleaning destroys traces."
do = "Take an image."
role = "expert"
for-each = "hosts_affected"
"#,
    judge: Judge::Reader,
};

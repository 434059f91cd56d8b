//! BR102: something required that is missing.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR102",
    name: "missing-key",
    family: Family::Form,
    level: Level::Error,
    title: "something required that is missing",
    explanation: "Every step needs an id for the log, a title, a reason and what to do; every \
                  playbook needs an owner, a version and the day of its last review. Without them, \
                  nobody can carry it out or trust it. Add what the message names.",
    wrong: r#"[[step]]
id = "image-host"
title = "Image the host"
why = "Cleaning destroys traces."
role = "expert"
"#,
    right: r#"[[step]]
id = "image-host"
title = "Image the host"
why = "Cleaning destroys traces."
do = "Take an image of every disk before anything is changed."
role = "expert"
"#,
    judge: Judge::Reader,
};

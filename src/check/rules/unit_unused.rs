//! BR113: a unit of a fact that counts nothing.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR113",
    name: "unit-unused",
    family: Family::Form,
    level: Level::Error,
    title: "a unit of a fact that counts nothing",
    explanation: "`of` says what a `count` counts or a `list` lists. Another type has no unit. Change the \
                  type, or take the key away.",
    wrong: r#"[fact.is_open]
title = "Still open"
ask = "Is the door still open?"
type = "yes-no"
of = "hosts"

[[step]]
id = "look"
ask = ["is_open"]
"#,
    right: r#"[fact.is_open]
title = "Still open"
ask = "Is the door still open?"
type = "yes-no"

[[step]]
id = "look"
ask = ["is_open"]
"#,
    judge: Judge::Reader,
};

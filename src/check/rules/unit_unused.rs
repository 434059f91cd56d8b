//! BR113: a unit for a fact that does not count or list anything.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR113",
    name: "unit-unused",
    family: Family::Form,
    level: Level::Error,
    title: "a unit for a fact that does not count or list anything",
    explanation: "`of` says what a `count` counts or a `list` lists. Other types have no unit. \
                  Change the type, or remove the key.",
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

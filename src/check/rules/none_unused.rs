//! BR119: `none` at a fact whose answers have a word for it.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR119",
    name: "none-unused",
    family: Family::Form,
    level: Level::Error,
    title: "`none` at a fact whose answers have a word for it",
    explanation: "`none = true` allows the answer that there is none or that the question does not apply. \
                  A yes-no fact says `no` for it, a number `0`, and conditions ask for these words. Take \
                  the key away.",
    wrong: r#"[fact.is_open]
title = "Still open"
ask = "Is the door still open?"
type = "yes-no"
none = true

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

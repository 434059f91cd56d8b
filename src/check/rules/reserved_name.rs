//! BR111: a name that means something else.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR111",
    name: "reserved-name",
    family: Family::Form,
    level: Level::Error,
    title: "a name that means something else",
    explanation: "`and`, `or`, `not`, `in`, `yes`, `no` and `item` are words of conditions and \
                  titles; `unknown` and `none` are always possible answers and cannot be options. \
                  Rename the fact or the option.",
    wrong: r#"[fact.door]
title = "Door"
ask = "Which door was used?"
type = "choice"
options = { front = "The front door", unknown = "Nobody knows" }

[[step]]
id = "name-door"
ask = ["door"]
"#,
    right: r#"[fact.door]
title = "Door"
ask = "Which door was used?"
type = "choice"
options = { front = "The front door", back = "The back door" }

[[step]]
id = "name-door"
ask = ["door"]
"#,
    judge: Judge::Reader,
};

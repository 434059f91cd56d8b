//! BR112: options of a fact that offers no choice.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR112",
    name: "options-unused",
    family: Family::Form,
    level: Level::Error,
    title: "options of a fact that offers no choice",
    explanation: "Only facts of type `choice` and `choices` have options. Whoever wrote these \
                  expected the answer to be one of them, but it will not be. Change the type, or \
                  remove the options.",
    wrong: r#"[fact.door]
title = "Door"
ask = "Which door was used?"
type = "text"
options = { front = "The front door" }

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

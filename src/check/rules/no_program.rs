//! BR115: a command that names no program.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR115",
    name: "no-program",
    family: Family::Form,
    level: Level::Error,
    title: "a command that names no program",
    explanation: "`run` lists the program and its arguments. An empty list cannot be run, and the \
                  responder finds out at the worst moment. Name the program, or remove the \
                  command.",
    wrong: r#"[[step]]
id = "look"

[[step.command]]
id = "list"
title = "List processes"
run = []
"#,
    right: r#"[[step]]
id = "look"

[[step.command]]
id = "list"
title = "List processes"
run = ["ps", "aux"]
"#,
    judge: Judge::Reader,
};

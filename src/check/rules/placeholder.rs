//! BR209: a placeholder that cannot be filled in safely.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR209",
    name: "placeholder",
    family: Family::Reference,
    level: Level::Error,
    title: "a placeholder that cannot be filled in safely",
    explanation: "`{fact}` fills one place of an argument, with a fact of type `text`, `choice` \
                  or `count`, and never the program itself. Anything else could become two \
                  arguments, or a program that an intruder chose. Split the argument, or make the \
                  step repeat and use `{item}`. A value with something behind it may hold only \
                  letters, digits and `-._~@+`.",
    wrong: r#"[[step]]
id = "look"
for-each = "hosts_affected"

[[step.command]]
id = "ping"
title = "Look whether it answers"
run = ["ping", "-c1", "{item}.{item}"]
"#,
    right: r#"[[step]]
id = "look"
for-each = "hosts_affected"

[[step.command]]
id = "ping"
title = "Look whether it answers"
run = ["ping", "-c1", "{item}.example.net"]
"#,
    judge: Judge::Reader,
};

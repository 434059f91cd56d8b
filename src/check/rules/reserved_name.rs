//! BR111: a name that means something else.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR111",
    name: "reserved-name",
    family: Family::Form,
    level: Level::Error,
    title: "a name that means something else",
    explanation: "`and`, `or`, `not`, `in`, `yes`, `no` and `item` are words of conditions and titles; \
                  `unknown` and `none` can always be answered and are no options. Call the fact or the \
                  option otherwise.",
    wrong: r#"[fact.item]
title = "Item"
ask = "Which item was touched?"
type = "text"

[[step]]
id = "name-it"
ask = ["item"]
"#,
    right: r#"[fact.item_touched]
title = "Item touched"
ask = "Which item was touched?"
type = "text"

[[step]]
id = "name-it"
ask = ["item_touched"]
"#,
    judge: Judge::Reader,
};

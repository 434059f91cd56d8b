//! BR117: a legal period that cannot be counted.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR117",
    name: "period",
    family: Family::Form,
    level: Level::Error,
    title: "a legal period that cannot be counted",
    explanation: "A duty has a period and a way to count it or, if the law gives no number, the \
                  law's own words; and it starts from a fact of type `time`. Anything else would \
                  show a deadline that the law does not set, or miss one that it does. Say what \
                  the law says.",
    wrong: r#"# regime
schema = 1
regime = "xx-law"
name = "A law"
jurisdiction = "XX"
zone = "Europe/Paris"
status = "in-force"
applies = "everybody"
trigger = "a breach"
confidence = "source-seen"

[[duty]]
id = "xx-law.notice"
cite = "Art. 1"
who = "controller"
to = ["authority"]
period = "72 hours"
count = "cal-days"
clock = "aware"
confidence = "source-seen"
"#,
    right: r#"# regime
schema = 1
regime = "xx-law"
name = "A law"
jurisdiction = "XX"
zone = "Europe/Paris"
status = "in-force"
applies = "everybody"
trigger = "a breach"
confidence = "source-seen"

[[duty]]
id = "xx-law.notice"
cite = "Art. 1"
who = "controller"
to = ["authority"]
period = "72 hours"
count = "exact-hours"
clock = "aware"
confidence = "source-seen"
"#,
    judge: Judge::Reader,
};

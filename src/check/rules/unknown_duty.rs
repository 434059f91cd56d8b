//! BR217: a duty that follows one that does not exist.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR217",
    name: "unknown-duty",
    family: Family::Reference,
    level: Level::Error,
    title: "a duty that follows one that does not exist",
    explanation: "This duty's period runs from the filing of another one, but its regime has no \
                  duty with that id, so it would never be due. Write the id of a duty in the same \
                  file; the message names the closest one.",
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
count = "words"
words = "at once"
after = "xx-law.notise"
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
count = "words"
words = "at once"
clock = "aware"
confidence = "source-seen"
"#,
    judge: Judge::Reader,
};

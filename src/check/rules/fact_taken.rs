//! BR114: a name that means something else in the shared vocabulary.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR114",
    name: "fact-taken",
    family: Family::Form,
    level: Level::Error,
    title: "a name that means something else in the shared vocabulary",
    explanation: "Every phase uses the answers from every other. If a name had two meanings, the \
                  answer to one question would decide the law for the other. Use the shared fact \
                  as it is, or choose another name.",
    wrong: r#"[fact.hosts_affected]
title = "Hosts"
ask = "Is any host affected?"
type = "yes-no"

[[step]]
id = "look"
ask = ["hosts_affected"]
"#,
    right: r#"[fact.any_host_touched]
title = "Any host touched"
ask = "Is any host affected?"
type = "yes-no"

[[step]]
id = "look"
ask = ["any_host_touched"]
"#,
    judge: Judge::Reader,
};

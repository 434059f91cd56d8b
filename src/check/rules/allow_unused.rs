//! BR009: a comment that allows something that is not there.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR009",
    name: "allow-unused",
    family: Family::File,
    level: Level::Warning,
    title: "a comment that allows something that is not there",
    explanation: "The rule that this `# breach: allow` names finds nothing here: the mistake is \
                  gone, or the comment is in the wrong place. A comment that allows nothing today \
                  can hide a mistake tomorrow. Delete it, or put it on the line of the mistake or \
                  the line above.",
    wrong: r#"[[step]]
id = "image-host"
role = "expert" # breach: allow no-role the roster names one
"#,
    right: r#"[[step]]
id = "image-host"
role = "expert"
"#,
    judge: Judge::Checker,
};

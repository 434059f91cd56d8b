//! BR011: a comment that allows an unknown rule, or one that cannot be allowed.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR011",
    name: "allow-unknown",
    family: Family::File,
    level: Level::Error,
    title: "a comment that allows an unknown rule, or one that cannot be allowed",
    explanation: "The comment names no rule, or a rule that cannot be allowed because a walk could \
                  not use the file, or it is not written as `# breach: allow`. It has no effect. \
                  `breach playbook explain` lists the rules.",
    wrong: r#"# breach: allow BR999 it is fine
[[step]]
id = "image-host"
"#,
    right: r#"[[step]]
id = "image-host"
"#,
    judge: Judge::Checker,
};

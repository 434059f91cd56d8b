//! BR011: a comment that allows what is no rule, or no choice.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR011",
    name: "allow-unknown",
    family: Family::File,
    level: Level::Error,
    title: "a comment that allows what is no rule, or no choice",
    explanation: "The comment names no rule, or one that cannot be allowed because the walk could not use \
                  the file, or it is written otherwise than `# breach: allow`. Nothing is overlooked by it. `breach playbook explain` lists the rules.",
    wrong: r#"# breach: allow BR999 it is fine
[[step]]
id = "image-host"
"#,
    right: r#"[[step]]
id = "image-host"
"#,
    judge: Judge::Checker,
};

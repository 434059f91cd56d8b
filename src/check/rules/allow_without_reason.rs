//! BR010: a comment that allows something without a reason.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::Level;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR010",
    name: "allow-without-reason",
    family: Family::File,
    level: Level::Warning,
    title: "a comment that allows something without a reason",
    explanation: "Whoever reads the playbook after you must know why the rule does not apply here. \
                  Write the reason after the rule: `# breach: allow BR308 the roster names one`.",
    wrong: r#"# breach: allow BR308
[[step]]
id = "image-host"
title = "Image the host"
why = "Cleaning destroys traces."
do = "Take an image."
"#,
    right: r#"# breach: allow BR308 the roster names one
[[step]]
id = "image-host"
title = "Image the host"
why = "Cleaning destroys traces."
do = "Take an image."
"#,
    judge: Judge::Checker,
};

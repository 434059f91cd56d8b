//! BR308: a step that nobody owns.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level, Table, nearest};

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR308",
    name: "no-role",
    family: Family::Craft,
    level: Level::Warning,
    title: "a step that nobody owns",
    explanation: "At 3 a.m. a step without a `role` is a step that everybody leaves to somebody else. Say \
                  who does it: commander, deputy, scribe, liaison, expert, responder or counsel.",
    wrong: r#"[[step]]
id = "image-host"
title = "Image the host"
why = "Cleaning destroys traces."
do = "Take an image."
"#,
    right: r#"[[step]]
id = "image-host"
title = "Image the host"
why = "Cleaning destroys traces."
do = "Take an image."
role = "expert"
"#,
    judge: Judge::Playbook(judge),
};

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    // A shared step that does not exist has nothing, and of a slip of the pen another rule speaks.
    let is_owned = |table: &Table<'_>| {
        table.has("role")
            || table.has("use")
            || table.keys().any(|key| nearest(&key.text, ["role"]).is_some())
    };
    for table in subject.tables().filter(|table| !is_owned(table)) {
        let message = "nobody owns this step: it has no `role`";
        let help = "write who does it: `role = \"responder\"`";
        findings.push_absent(RULE.at(table.span.clone(), message).help(help));
    }
}

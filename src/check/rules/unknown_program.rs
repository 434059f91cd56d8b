//! BR318: an answer that a program of which nothing is known may read as code.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level};

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR318",
    name: "unknown-program",
    family: Family::Craft,
    level: Level::Note,
    title: "an answer that an unknown program may read as code",
    explanation: "Nothing is known of this program, and the answer is filled in after an option \
                  that often takes a command or a query. If the program runs it, whoever chose a \
                  host name chose what runs. Look it up: if it is a plain value, allow this here; \
                  if not, put the command into a reviewed script.",
    wrong: r#"[[step]]
id = "look"
for-each = "hosts_affected"

[[step.command]]
id = "ask"
title = "Ask the inventory"
run = ["inventory", "--query", "{item}"]
"#,
    right: r#"[[step]]
id = "look"
for-each = "hosts_affected"

[[step.command]]
id = "ask"
title = "Ask the inventory"
run = ["inventory", "--host", "{item}"]
"#,
    judge: Judge::Playbook(judge),
};

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    for hole in subject.commands().iter().flat_map(|run| run.doubts(subject.source)) {
        let message = "nobody knows whether this program would read the answer as code";
        let help = "look it up, then allow it here or put the command into a script";
        findings.push(RULE.at(hole, message).help(help));
    }
}

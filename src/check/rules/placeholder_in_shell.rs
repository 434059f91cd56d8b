//! BR307: an answer that a shell would read as commands.

use super::shell_line::shell_line;
use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level};

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR307",
    name: "placeholder-in-shell",
    family: Family::Craft,
    level: Level::Error,
    title: "an answer that a shell would read as commands",
    explanation: "A shell reads this argument as commands, and an answer is filled into it. A host called \
                  `x; rm -rf /` would be obeyed, and the intruder chose the names of what they left. Hand \
                  the answer to the shell as an argument of its own, or do without the shell.",
    wrong: r#"[[step]]
id = "look"
for-each = "hosts_affected"

[[step.command]]
id = "ping"
title = "Look whether it answers"
run = [
    "sh",
    "-c",
    "ping -c1 {item}", # breach: allow BR305 an example
]
"#,
    right: r#"[[step]]
id = "look"
for-each = "hosts_affected"

[[step.command]]
id = "ping"
title = "Look whether it answers"
run = ["ping", "-c1", "{item}"]
"#,
    judge: Judge::Playbook(judge),
};

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    for (table, step) in subject.steps() {
        for (command, read) in table.tables("command").iter().zip(&step.commands) {
            let run = command.texts("run");
            let Some(line) = shell_line(&run) else { continue };
            let filled = run.iter().zip(&read.run).find(|(text, _)| text.span == line.span);
            if let Some((text, argument)) = filled
                && argument.fill.is_some()
            {
                let hole = argument.text.len()..text.text.len();
                let span = text.part(subject.source, hole);
                let message = "the shell would read this answer as commands";
                let help = "hand it over as an argument of its own: `\"$1\"` in the line, the \
                            placeholder behind it";
                findings.push(RULE.at(span, message).help(help));
            }
        }
    }
}

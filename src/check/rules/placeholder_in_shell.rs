//! BR307: an answer that a shell would read as commands.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level};
use crate::playbook::program::Reads;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR307",
    name: "placeholder-in-shell",
    family: Family::Craft,
    level: Level::Error,
    title: "an answer that a shell would read as commands",
    explanation: "A shell, an interpreter or a database reads this argument as a program, and an \
                  answer is filled into it. A host called `x; rm -rf /` would be run, and \
                  intruders choose the names of what they leave behind. `ssh` passes all its words \
                  to a shell on the other side. Name the program itself, with the answer as a \
                  separate argument, or run a reviewed script there.",
    wrong: r#"[[step]]
id = "look"
for-each = "hosts_affected"

[[step.command]]
id = "ping"
title = "Look whether it answers"
run = [
    "sh",
    "-c",
    "ping -c1 {item}",
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
    for (hole, reads) in subject.commands().iter().flat_map(|run| run.injections(subject.source)) {
        findings.push(RULE.at(hole, reads.would()).help(help(reads)));
    }
}

fn help(reads: Reads) -> &'static str {
    match reads {
        Reads::Shell | Reads::Line => {
            "name the program itself, with the placeholder as a separate argument"
        }
        Reads::FarShell => "a shell there reads all words as one line; run something fixed",
        Reads::Code => "use a program that takes the answer as a separate argument",
        Reads::Opens => {
            "write something behind the placeholder, such as `.log`, or use a program that opens files only"
        }
        Reads::Name => "write out the program, or the file that it loads",
    }
}

//! BR307: an answer that a shell would read as commands.

use std::ops::Range;

use crate::check::argv::Argv;
use crate::check::code::{Reads, code};
use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Diagnostic, Findings, Level};

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
    for (table, step) in subject.steps() {
        for (command, read) in table.tables("command").iter().zip(&step.commands) {
            if read.run.iter().all(|argument| argument.fill.is_none()) {
                continue;
            }
            let run = command.texts("run");
            let Some((reads, lines)) = code(&Argv::of(&run)) else { continue };
            for (text, argument) in run.iter().zip(&read.run) {
                // Texts of a shared step all stand at one place.
                let is_read = lines.as_ptr_range().contains(&std::ptr::from_ref(text));
                if argument.fill.is_some() && is_read {
                    let hole = argument.text.len()..text.text.len();
                    findings.push(said(reads, text.part(subject.source, hole)));
                }
            }
        }
    }
}

fn said(reads: Reads, span: Range<usize>) -> Diagnostic {
    let (message, help) = match reads {
        Reads::Shell => (
            "the shell would read this answer as commands",
            "name the program itself, with the placeholder as a separate argument",
        ),
        Reads::FarShell => (
            "the shell on the other side would read this answer as commands",
            "`ssh` joins all its words into one line; run something fixed there",
        ),
        Reads::Code => (
            "this answer would be read as part of the program",
            "use a program that takes the answer as a separate argument",
        ),
    };
    RULE.at(span, message).help(help)
}

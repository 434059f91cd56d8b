//! BR304: a command that changes the system without saying how to undo it.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level};

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR304",
    name: "change-without-undo",
    family: Family::Craft,
    level: Level::Warning,
    title: "a command that changes the system without saying how to undo it",
    explanation: "Before a command with `changes = true` runs, the responder types a confirmation, \
                  and the screen shows how to undo it. Without `undo`, they decide blind, and \
                  whoever has to repair a mistake must work out how under pressure. Write how to \
                  undo it, or that it cannot be undone.",
    wrong: r#"[[step]]
id = "close-account"

[[step.command]]
id = "disable"
title = "Disable the account"
run = ["usermod", "--lock", "intruder"]
timeout = "30s"
changes = true
"#,
    right: r#"[[step]]
id = "close-account"

[[step.command]]
id = "disable"
title = "Disable the account"
run = ["usermod", "--lock", "intruder"]
timeout = "30s"
changes = true
undo = "usermod --unlock intruder"
"#,
    judge: Judge::Playbook(judge),
};

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    for command in subject.tables().flat_map(|table| table.tables("command")) {
        if command.flag("changes") && !command.has("undo") {
            let message = "this command changes the system and does not say how to undo it";
            let help = "write `undo = \"…\"`: how to undo it, or that it cannot be undone";
            findings.push_absent(RULE.at(command.span, message).help(help));
        }
    }
}

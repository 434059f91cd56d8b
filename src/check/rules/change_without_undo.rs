//! BR304: a command that changes the world and names no way back.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level};

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR304",
    name: "change-without-undo",
    family: Family::Craft,
    level: Level::Warning,
    title: "a command that changes the world and names no way back",
    explanation: "Before a command with `changes = true` the responder types a confirmation, and the \
                  screen shows the way back. Without `undo` they decide blind, and whoever repairs a \
                  mistake has to find out under pressure. Write how it is taken back, or that it cannot \
                  be.",
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
            let message = "this command changes the system and names no way back";
            let help = "write `undo = \"…\"`: how it is taken back, or that it cannot be";
            findings.push_absent(RULE.at(command.span, message).help(help));
        }
    }
}

//! BR303: a command that changes the system without a time-out.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level};

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR303",
    name: "change-without-timeout",
    family: Family::Craft,
    level: Level::Warning,
    title: "a command that changes the system without a time-out",
    explanation: "A command with `changes = true` that hangs leaves the responder not knowing \
                  whether it took effect. The default of ten minutes is long when an account has \
                  to be closed now. Say how long it may run.",
    wrong: r#"[[step]]
id = "close-account"

[[step.command]]
id = "disable"
title = "Disable the account"
run = ["usermod", "--lock", "intruder"]
changes = true
undo = "usermod --unlock intruder"
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
        if command.flag("changes") && !command.has("timeout") {
            let message = "this command changes the system and has no `timeout`";
            let help = "say how long it may run: `timeout = \"1m\"`";
            findings.push_absent(RULE.at(command.span, message).help(help));
        }
    }
}

//! BR319: a time-out longer than its step may take.

use chrono::TimeDelta;

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level};
use crate::fact::length;
use crate::wording;

/// What a command may take whose step has no time box.
const MOST: TimeDelta = TimeDelta::days(1);

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR319",
    name: "long-timeout",
    family: Family::Craft,
    level: Level::Warning,
    title: "a time-out longer than its step may take",
    explanation: "A command is stopped when its `timeout` is over. One that is longer than the \
                  step's `within`, or than a day, stops nothing in time: a command that hangs \
                  holds the responder up. Shorten it, or give the step more time.",
    wrong: r#"[[step]]
id = "image-host"
within = "1h"

[[step.command]]
id = "image"
title = "Copy the disk"
run = ["ewfacquire", "/dev/sda"]
timeout = "40d"
"#,
    right: r#"[[step]]
id = "image-host"
within = "4h"

[[step.command]]
id = "image"
title = "Copy the disk"
run = ["ewfacquire", "/dev/sda"]
timeout = "3h"
"#,
    judge: Judge::Playbook(judge),
};

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    for (table, step) in subject.steps() {
        let most = step.within.unwrap_or(MOST);
        for (command, read) in table.tables("command").iter().zip(&step.commands) {
            // One that cannot be read was told already.
            let timeout = command.text("timeout").filter(|text| length(&text.text).is_some());
            let Some(timeout) = timeout.filter(|_| read.timeout > most) else { continue };
            let most = wording::length(most);
            let message = if step.within.is_some() {
                format!("this step may take {most}, but its command may run longer")
            } else {
                format!("this command may run for more than {most}")
            };
            let help = "shorten it, or give the step more time with `within`";
            findings.push(RULE.at(timeout.span, message).help(help));
        }
    }
}

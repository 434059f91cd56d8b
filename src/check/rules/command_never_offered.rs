//! BR502: a command that no combination of facts offers.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level};
use crate::fact::Condition;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR502",
    name: "command-never-offered",
    family: Family::Reach,
    level: Level::Warning,
    title: "a command that no combination of facts offers",
    explanation: "The conditions of the command and its step exclude each other, or the command's \
                  condition contradicts itself, so the command is never offered. Correct one of \
                  them.",
    wrong: r#"[[step]]
id = "ask-entry"
ask = ["incident_kind"]

[[step]]
id = "clean-host"
when = "incident_kind == 'web-skimming'"

[[step.command]]
id = "list"
title = "List processes"
run = ["ps", "aux"]
when = "incident_kind == 'insider'"
"#,
    right: r#"[[step]]
id = "ask-entry"
ask = ["incident_kind"]

[[step]]
id = "clean-host"
when = "incident_kind in ['web-skimming', 'insider']"

[[step.command]]
id = "list"
title = "List processes"
run = ["ps", "aux"]
when = "incident_kind == 'insider'"
"#,
    judge: Judge::Playbook(judge),
};

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    for (table, step) in subject.steps() {
        for (place, command) in table.tables("command").iter().zip(&step.commands) {
            let Some(when) = &command.when else { continue };
            let both: Vec<&Condition> = step.when.iter().chain([when]).collect();
            // Of a step that is never reached another rule speaks.
            let reached = step.when.as_ref().is_none_or(|when| subject.can_hold(&[when]));
            if reached && !subject.can_hold(&both) {
                let span = place.text("when").map_or_else(|| place.span.clone(), |text| text.span);
                let message = format!("no combination of facts offers command `{}`", command.id);
                let help = "correct its condition, or its step's";
                findings.push(RULE.at(span, message).help(help));
            }
        }
    }
}

//! BR315: a containment playbook that keeps no logs.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level};
use crate::phase::Phase;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR315",
    name: "logs-not-kept",
    family: Family::Craft,
    level: Level::Warning,
    title: "a containment playbook that keeps no logs",
    explanation: "Logs rotate away in days, and intruders delete them first. What was taken and since when \
                  can only be learned from them, and the law asks. Add a step that preserves the logs \
                  before anything is changed.",
    wrong: r#"phase = "containment"

[[step]]
id = "isolate"
title = "Isolate the host"
do = "Swap its security group."
why = "Without it nothing can be proved."
role = "liaison"
"#,
    right: r#"phase = "containment"

[[step]]
id = "keep-logs"
title = "Keep the logs"
do = "Copy them to where the intruder has no rights."
preserves = ["logs"]
why = "Without it nothing can be proved."
role = "liaison"
"#,
    judge: Judge::Playbook(judge),
};

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    if subject.is_for(Phase::Containment) && subject.speaks_of(&["log", "audit trail"]).is_none() {
        let message = "no step keeps the logs";
        let help = "add a step that preserves them before anything is changed";
        findings.push_absent(RULE.at(subject.phase_span(), message).help(help));
    }
}

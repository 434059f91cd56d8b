//! BR501: a step that no combination of facts reaches.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level};

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR501",
    name: "never-reached",
    family: Family::Reach,
    level: Level::Warning,
    title: "a step that no combination of facts reaches",
    explanation: "Whatever the answers are, the condition of this step is false, so nobody will \
                  ever be asked to do it. Somebody wrote it to cover a case, and the case is not \
                  covered. Correct the condition.",
    wrong: r#"[[step]]
id = "ask-entry"
ask = ["incident_kind", "hosts_affected"]

[[step]]
id = "clean-host"
when = "incident_kind == 'web-skimming' and incident_kind == 'insider'"
"#,
    right: r#"[[step]]
id = "ask-entry"
ask = ["incident_kind", "hosts_affected"]

[[step]]
id = "clean-host"
when = "incident_kind == 'web-skimming' or incident_kind == 'insider'"
"#,
    judge: Judge::Playbook(judge),
};

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    for (table, step) in subject.steps() {
        let Some(when) = &step.when else { continue };
        if !subject.can_hold(&[when]) {
            let span = table.text("when").map_or_else(|| table.span.clone(), |text| text.span);
            let message = format!("no combination of facts reaches step `{}`", step.id);
            let help = "correct the condition: it contradicts itself";
            findings.push(RULE.at(span, message).help(help));
        }
    }
}

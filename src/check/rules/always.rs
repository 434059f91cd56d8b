//! BR503: a condition that always holds.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level};

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR503",
    name: "always",
    family: Family::Reach,
    level: Level::Note,
    title: "a condition that always holds",
    explanation: "Whatever the answers are, this condition is true. It looks like a choice but is \
                  not one; perhaps another fact was meant. Correct it, or remove it.",
    wrong: r#"[[step]]
id = "ask-hosts"
ask = ["hosts_affected"]

[[step]]
id = "clean-host"
when = "hosts_affected.count >= 0"
"#,
    right: r#"[[step]]
id = "ask-hosts"
ask = ["hosts_affected"]

[[step]]
id = "clean-host"
when = "hosts_affected.count > 0"
"#,
    judge: Judge::Playbook(judge),
};

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    for (table, step) in subject.steps() {
        let Some(when) = &step.when else { continue };
        if !when.can_fail(&subject.draft.vocabulary, &subject.effort) {
            let span = table.text("when").map_or_else(|| table.span.clone(), |text| text.span);
            let message = "this condition is true whatever the answers are";
            let help = "remove it, or write the fact that was meant";
            findings.push(RULE.at(span, message).help(help));
        }
    }
}

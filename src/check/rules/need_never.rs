//! BR214: a need between steps that never both apply.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level};

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR214",
    name: "need-never",
    family: Family::Reference,
    level: Level::Warning,
    title: "a need between steps that never both apply",
    explanation: "The conditions of the two steps exclude each other: whenever one applies, the \
                  other does not. The order that `needs` promises can never matter. Correct the \
                  conditions, or remove the need.",
    wrong: r#"[[step]]
id = "ask-entry"
ask = ["incident_kind"]

[[step]]
id = "close-web"
when = "incident_kind == 'web-skimming'"

[[step]]
id = "clean-host"
when = "incident_kind == 'ransomware'"
needs = ["close-web"]
"#,
    right: r#"[[step]]
id = "ask-entry"
ask = ["incident_kind"]

[[step]]
id = "close-web"
when = "incident_kind == 'web-skimming'"

[[step]]
id = "clean-host"
when = "incident_kind in ['web-skimming', 'ransomware']"
needs = ["close-web"]
"#,
    judge: Judge::Playbook(judge),
};

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    let by_id = LazyCell::new(|| {
        let mut by_id = BTreeMap::new();
        for (table, step) in subject.steps() {
            by_id.entry(step.id.as_str()).or_insert((table, step));
        }
        by_id
    });
    for (table, step) in subject.steps() {
        let Some(when) = &step.when else { continue };
        let conditional = |need: &usize| {
            let other = subject.draft.steps.get(*need).and_then(|other| other.step.as_ref());
            other.is_none_or(|other| other.when.is_some())
        };
        if !step.needs.iter().any(conditional) {
            continue;
        }
        for text in table.texts("needs") {
            let needed = by_id.get(&*text.text);
            let Some((place, Some(other))) =
                needed.map(|(table, step)| (table, step.when.as_ref()))
            else {
                continue;
            };
            if subject.can_hold(&[when, other])
                || !subject.can_hold(&[when])
                || !subject.can_hold(&[other])
            {
                continue;
            }
            let message = format!("this step and `{}` never both apply", text.text);
            let other = place.text("when").map_or_else(|| place.span.clone(), |when| when.span);
            let finding = RULE
                .at(text.span.clone(), message)
                .related(other, "it applies only then")
                .help("correct one of the conditions, or remove the need");
            findings.push(finding);
        }
    }
}

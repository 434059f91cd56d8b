//! BR212: a fact that is used before this playbook asks for it.

use std::collections::HashMap;

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level};
use crate::fact::Condition;
use crate::playbook::Step;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR212",
    name: "fact-too-early",
    family: Family::Reference,
    level: Level::Warning,
    title: "a fact that is used before this playbook asks for it",
    explanation: "A condition or a `for-each` uses a fact that this playbook asks for only in the \
                  same step or a later one. Unless an earlier phase asked, it is unknown when it \
                  matters: the step is shown as one that may apply, or repeats for nothing. Ask \
                  for the fact in an earlier step.",
    wrong: r#"[[step]]
id = "clean-host"
when = "hosts_affected.count > 0"

[[step]]
id = "name-hosts"
ask = ["hosts_affected"]
"#,
    right: r#"[[step]]
id = "name-hosts"
ask = ["hosts_affected"]

[[step]]
id = "clean-host"
when = "hosts_affected.count > 0"
"#,
    judge: Judge::Playbook(judge),
};

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    let steps: Vec<_> = subject.steps().collect();
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (number, (_, step)) in steps.iter().enumerate() {
        for fact in &step.ask {
            first.entry(fact).or_insert(number);
        }
    }
    for (number, (table, step)) in steps.iter().enumerate() {
        for (key, fact) in used(step) {
            let Some(asking) = first.get(fact).copied().filter(|asking| *asking >= number) else {
                continue;
            };
            if findings.is_full() {
                return findings.stop();
            }
            let later = asking - number;
            let Some(text) = table.text(key) else { continue };
            let at = text.text.find(fact).unwrap_or(0);
            let span = text.part(subject.source, at..at + fact.len());
            let asking = steps[number + later].0;
            let place = asking.value_span("ask").unwrap_or_else(|| asking.span.clone());
            let message = if later == 0 {
                format!("`{fact}` is asked for only when this step is done")
            } else {
                format!("`{fact}` is asked for only later, by `{}`", steps[number + later].1.id)
            };
            let finding = RULE
                .at(span, message)
                .related(place, "asked for here")
                .help("ask for it in a step before this one");
            findings.push(finding);
        }
    }
}

/// The facts that decide whether and how often a step is done, with the key that names them.
fn used(step: &Step) -> impl Iterator<Item = (&'static str, &str)> {
    let when = step.when.iter().flat_map(Condition::facts);
    let list = step.for_each.iter().map(|list| ("for-each", list.as_str()));
    when.map(|fact| ("when", fact.as_str())).chain(list)
}

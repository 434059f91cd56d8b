//! BR212: a fact that is used before this playbook asks for it.

use std::collections::HashMap;

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level, Spanned, Table};
use crate::escape;
use crate::fact::Condition;
use crate::playbook::{DraftStep, Fill, Step};

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
    let steps = &subject.draft.steps;
    // A step asks, even if it cannot be read for another reason.
    let asks: Vec<_> = steps.iter().map(|step| step.table.texts("ask")).collect();
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (number, asks) in asks.iter().enumerate() {
        for fact in asks {
            first.entry(&*fact.text).or_insert(number);
        }
    }
    // Behind the last step that asks, nothing is too early.
    let Some(last) = first.values().max() else { return };
    for (number, DraftStep { table, step }) in steps.iter().enumerate().take(last + 1) {
        for Use { fact, text, of_command } in step.iter().flat_map(|step| uses(table, step)) {
            let asking = first.get(fact).copied();
            // What a command lacks is asked for when somebody wants to run it; only a fact of a later
            // step surprises.
            let Some(asking) = asking.filter(|asking| asking + usize::from(!of_command) > number)
            else {
                continue;
            };
            if findings.is_full() {
                return findings.stop();
            }
            let at = text.text.find(fact).unwrap_or(0);
            let span = text.part(subject.source, at..at + fact.len());
            let asks = &steps[asking].table;
            let place = asks.value_span("ask").unwrap_or_else(|| asks.span.clone());
            let message = if asking == number {
                format!("`{fact}` is asked for only when this step is done")
            } else {
                let id = asks.text("id").map(|id| id.to_owned()).unwrap_or_default();
                format!("`{fact}` is asked for only later, by `{}`", escape::line(&id))
            };
            let finding = RULE
                .at(span, message)
                .related(place, "asked for here")
                .help("ask for it in a step before this one");
            findings.push(finding);
        }
    }
}

/// A fact that a step needs, and the text that names it.
struct Use<'s> {
    fact: &'s str,
    text: Spanned<'s>,
    of_command: bool,
}

/// The facts that decide whether and how often a step is done, what is shown of it, which of its
/// commands are offered, and with what they run.
fn uses<'s>(table: &Table<'s>, step: &'s Step) -> Vec<Use<'s>> {
    let mut uses = Vec::new();
    let mut add =
        |facts: &mut dyn Iterator<Item = &'s str>, text: Option<Spanned<'s>>, of_command| {
            let Some(text) = text else { return };
            uses.extend(facts.map(|fact| Use { fact, text: text.clone(), of_command }));
        };
    let facts =
        |when: &'s Option<Condition>| when.iter().flat_map(Condition::facts).map(String::as_str);
    add(&mut facts(&step.when), table.text("when"), false);
    add(&mut step.for_each.iter().map(String::as_str), table.text("for-each"), false);
    for (table, command) in table.tables("command").iter().zip(&step.commands) {
        add(&mut facts(&command.when), table.text("when"), true);
        for (text, argument) in table.texts("run").into_iter().zip(&command.run) {
            if let Some(Fill::Fact(fact)) = &argument.fill {
                add(&mut std::iter::once(fact.as_str()), Some(text), true);
            }
        }
    }
    uses
}

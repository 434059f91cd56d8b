//! BR212: a fact that is used before this playbook asks for it.

use std::collections::HashMap;

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Diagnostic, Findings, Level, Spanned, Table};
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
    // One step that asks earlier is the remedy for all.
    let mut told: HashMap<&str, Diagnostic> = HashMap::new();
    let mut order = Vec::new();
    for (number, DraftStep { table, step }) in steps.iter().enumerate().take(last + 1) {
        for Use { fact, text, key, command } in step.iter().flat_map(|step| uses(table, step)) {
            let asking = first.get(fact).copied();
            // What a command lacks is asked for when somebody wants to run it; only a fact of a later
            // step surprises.
            let Some(asking) =
                asking.filter(|asking| asking + usize::from(command.is_none()) > number)
            else {
                continue;
            };
            let at = text.text.find(fact).unwrap_or(0);
            let span = text.part(subject.source, at..at + fact.len());
            if let Some(before) = told.get_mut(fact) {
                let is_new =
                    before.span != span && before.related.iter().all(|(at, _)| *at != span);
                if is_new && before.related.len() < RELATED {
                    before.related.push((span, "used here, too".into()));
                }
                continue;
            }
            if order.len() > Findings::LIMIT {
                break;
            }
            let asks = &steps[asking].table;
            let asked = asks.value_span("ask").unwrap_or_else(|| asks.span.clone());
            // What a shared step says stands elsewhere.
            let used = if table.has("use") {
                let of = command.map(|id| format!(" of the command `{}`", escape::line(id)));
                let of = of.unwrap_or_default();
                format!("`{fact}`, which this shared step uses in `{key}`{of},")
            } else {
                format!("`{fact}`")
            };
            let message = if asking == number {
                format!("{used} is asked for only when this step is done")
            } else {
                let id = asks.text("id").map(|id| id.to_owned()).unwrap_or_default();
                format!("{used} is asked for only later, by `{}`", escape::line(&id))
            };
            let finding = RULE
                .at(span, message)
                .related(asked, "asked for here")
                .help("ask for it in a step before this one");
            told.insert(fact, finding);
            order.push(fact);
        }
    }
    for finding in order.into_iter().filter_map(|fact| told.remove(fact)) {
        if findings.is_full() {
            return findings.stop();
        }
        findings.push(finding);
    }
}

/// Places shown beside a finding.
const RELATED: usize = 8;

/// A fact that a step needs, and the text that names it.
struct Use<'s> {
    fact: &'s str,
    text: Spanned<'s>,
    /// The key that it stands under.
    key: &'static str,
    /// Id of the command, if it is one's.
    command: Option<&'s str>,
}

/// The facts that decide whether and how often a step is done, what is shown of it, which of its
/// commands are offered, and with what they run.
fn uses<'s>(table: &Table<'s>, step: &'s Step) -> Vec<Use<'s>> {
    let mut uses = Vec::new();
    let mut add = |facts: &mut dyn Iterator<Item = &'s str>,
                   text: Option<Spanned<'s>>,
                   key: &'static str,
                   command: Option<&'s str>| {
        let Some(text) = text else { return };
        uses.extend(facts.map(|fact| Use { fact, text: text.clone(), key, command }));
    };
    let facts =
        |when: &'s Option<Condition>| when.iter().flat_map(Condition::facts).map(String::as_str);
    add(&mut facts(&step.when), table.text("when"), "when", None);
    add(&mut step.for_each.iter().map(String::as_str), table.text("for-each"), "for-each", None);
    for (table, command) in table.tables("command").iter().zip(&step.commands) {
        let id = Some(command.id.as_str());
        add(&mut facts(&command.when), table.text("when"), "when", id);
        for (text, argument) in table.texts("run").into_iter().zip(&command.run) {
            if let Some(Fill::Fact(fact)) = &argument.fill {
                add(&mut std::iter::once(fact.as_str()), Some(text), "run", id);
            }
        }
    }
    uses
}

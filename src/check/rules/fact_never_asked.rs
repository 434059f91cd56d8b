//! BR213: a fact of this playbook that no step asks for.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level};

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR213",
    name: "fact-never-asked",
    family: Family::Reference,
    level: Level::Warning,
    title: "a fact of this playbook that no step asks for",
    explanation: "The playbook defines its own fact, but no step asks for it. The walk will never \
                  ask, and whatever depends on it stays open. Ask for it in a step, or delete it.",
    wrong: r#"[fact.drop_zone]
title = "Drop zone"
ask = "Where was the data sent?"
type = "text"

[[step]]
id = "image-host"
"#,
    right: r#"[fact.drop_zone]
title = "Drop zone"
ask = "Where was the data sent?"
type = "text"

[[step]]
id = "find-drop-zone"
ask = ["drop_zone"]
"#,
    judge: Judge::Playbook(judge),
};

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(facts) = subject.draft.root.table("fact") else { return };
    let asks = subject.tables().flat_map(|table| table.texts("ask"));
    let asked: HashSet<Cow<'_, str>> = asks.map(|ask| ask.text).collect();
    for name in facts.keys() {
        if !asked.contains(&name.text) {
            let message = format!("no step asks for `{}`", crate::escape::line(&name.text));
            let help = "ask for it in a step, or delete it";
            findings.push_absent(RULE.at(name.span, message).help(help));
        }
    }
}

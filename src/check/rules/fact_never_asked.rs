//! BR213: a fact of this playbook that nobody asks.

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
    title: "a fact of this playbook that nobody asks",
    explanation: "The playbook defines a fact of its own, and no step asks it. Nobody will be asked it on \
                  the walk, and whatever depends on it stays open. Ask it in a step, or delete it.",
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
            let message = format!("no step asks `{}`", crate::escape::line(&name.text));
            let help = "ask it in a step, or delete it";
            findings.push_absent(RULE.at(name.span, message).help(help));
        }
    }
}

//! BR213: a fact of this playbook that nobody asks.

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
    for name in facts.keys() {
        let asked = |table: &crate::document::Table<'_>| {
            table.texts("ask").iter().any(|ask| ask.text == name.text)
        };
        if !subject.tables().any(asked) {
            let message = format!("no step asks `{}`", crate::escape::line(&name.text));
            let help = "ask it in a step, or delete it";
            findings.push_absent(RULE.at(name.span, message).help(help));
        }
    }
}

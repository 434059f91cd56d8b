//! BR215: two facts that ask the same.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::{Findings, Level, Spanned, Table};

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR215",
    name: "same-question",
    family: Family::Reference,
    level: Level::Warning,
    title: "two facts that ask the same question",
    explanation: "Two facts have the same question or the same title. Responders answer one of \
                  them, and whatever depends on the other stays unknown. Keep one, or make the \
                  difference clear.",
    wrong: r#"# facts.toml
[fact.door]
title = "Door"
ask = "Which door was used?"
type = "text"

[fact.entrance]
title = "Entrance"
ask = "Which door was used?"
type = "text"
"#,
    right: r#"# facts.toml
[fact.door]
title = "Door"
ask = "Which door was used?"
type = "text"

[fact.key]
title = "Key"
ask = "Which key was used?"
type = "text"
"#,
    judge: Judge::Facts(judge),
};

fn judge(root: &Table<'_>, findings: &mut Findings) {
    let Some(facts) = root.table("fact") else { return };
    let mut seen: std::collections::HashMap<String, Spanned<'_>> = std::collections::HashMap::new();
    for name in facts.keys() {
        let Some(fact) = facts.table(&name.text) else { continue };
        for key in ["title", "ask"] {
            let Some(text) = fact.text(key) else { continue };
            let before = seen.insert(format!("{key} {}", text.text.to_lowercase()), text.clone());
            if let Some(before) = before {
                let finding = RULE
                    .at(text.span, "another fact has the same words")
                    .related(before.span, "first used here")
                    .help("keep one of the facts, or make the difference clear");
                findings.push(finding);
                break;
            }
        }
    }
}

//! BR118: the same thing twice in one list.

use std::collections::BTreeSet;

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level, Table};
use crate::escape;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR118",
    name: "twice-in-list",
    family: Family::Form,
    level: Level::Warning,
    title: "the same thing twice in one list",
    explanation: "`needs`, `ask`, `suits` and the other lists take each name once. The second one \
                  has no effect; usually another name was meant, and that one is now missing. \
                  Write the name that was meant, or delete it.",
    wrong: r#"[[step]]
id = "image-host"
ask = ["hosts_affected", "hosts_affected"]
"#,
    right: r#"[[step]]
id = "image-host"
ask = ["hosts_affected"]
"#,
    judge: Judge::Playbook(judge),
};

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    let root = &subject.draft.root;
    twice(root, "suits", findings);
    twice(root, "references", findings);
    for cut_off in root.tables("cut-off") {
        twice(&cut_off, "after", findings);
    }
    for table in subject.tables() {
        for key in ["needs", "ask", "ask-again", "preserves", "destroys", "call", "see"] {
            twice(table, key, findings);
        }
        if let Some(decision) = table.table("decision") {
            twice(&decision, "options", findings);
        }
    }
}

fn twice(table: &Table<'_>, key: &str, findings: &mut Findings) {
    if table.count(key) < 2 {
        return;
    }
    let names = table.texts(key);
    let mut seen = BTreeSet::new();
    for name in names.iter().filter(|name| !seen.insert(&*name.text)) {
        let message = format!("`{key}` already has `{}`", escape::line(&name.text));
        let help = "delete it, or write the name that was meant";
        findings.push(RULE.at(name.span.clone(), message).help(help));
    }
}

//! BR116: a count that does not say what it counts.

use crate::check::rule::{Family, Judge, Rule};
use crate::document::{Findings, Level, Table};

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR116",
    name: "count-without-unit",
    family: Family::Form,
    level: Level::Warning,
    title: "a count that does not say what it counts",
    explanation: "People, accounts, records and cards are different numbers, and laws have \
                  thresholds for each. A `count` without `of` will be answered with whatever \
                  number is at hand. Say what it counts.",
    wrong: r#"# facts.toml
[fact.lost]
title = "Lost"
ask = "How many were lost?"
type = "count"
"#,
    right: r#"# facts.toml
[fact.lost]
title = "Lost cards"
ask = "How many cards were lost?"
type = "count"
of = "cards"
"#,
    judge: Judge::Facts(judge),
};

fn judge(root: &Table<'_>, findings: &mut Findings) {
    let Some(facts) = root.table("fact") else { return };
    for name in facts.keys() {
        let Some(fact) = facts.table(&name.text) else { continue };
        let is_count = fact.text("type").is_some_and(|kind| kind.text == "count");
        if is_count && !fact.has("of") {
            let message =
                format!("`{}` does not say what it counts", crate::escape::line(&name.text));
            let help = "write `of = \"people\"`, or accounts, records, cards, …";
            findings.push_absent(RULE.at(name.span, message).help(help));
        }
    }
}

//! BR313: a scoping playbook that never asks who is affected.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level};
use crate::fact::FactType;
use crate::phase::Phase;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR313",
    name: "nobody-affected",
    family: Family::Craft,
    level: Level::Warning,
    title: "a scoping playbook that never asks who is affected",
    explanation: "Every duty to tell somebody depends on how many people are affected, and where. \
                  If scoping never asks, notification starts blind. Ask for a fact of type \
                  `people`, or for a count of people, accounts, records or cards.",
    wrong: r#"phase = "scoping"

[[step]]
id = "list-systems"
title = "List the systems"
do = "Write down every system that the intruder touched."
why = "Without it nothing can be proved."
role = "liaison"
"#,
    right: r#"phase = "scoping"

[[step]]
id = "count-people"
title = "Count the people affected"
do = "Count them by country, and say how you know."
ask = ["people_affected"]
why = "Without it nothing can be proved."
role = "liaison"
"#,
    judge: Judge::Playbook(judge),
};

/// Units that stand for people.
const PEOPLE: [&str; 4] = ["people", "accounts", "records", "cards"];

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    let counts_people = |name: &str| {
        subject.draft.vocabulary.get(name).is_some_and(|fact| match fact.kind {
            FactType::People => true,
            FactType::Count => fact.of.as_deref().is_some_and(|of| PEOPLE.contains(&of)),
            _ => false,
        })
    };
    let asks = |table: &crate::document::Table<'_>| {
        table.texts("ask").iter().any(|name| counts_people(&name.text))
    };
    if subject.is_for(Phase::Scoping) && !subject.tables().any(asks) {
        let message = "no step asks how many people are affected";
        let help = "ask for it: `ask = [\"people_affected\"]`";
        findings.push_absent(RULE.at(subject.phase_span(), message).help(help));
    }
}

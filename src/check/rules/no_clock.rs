//! BR310: a notification playbook that never asks when a clock started.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level};
use crate::fact::FactType;
use crate::phase::Phase;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR310",
    name: "no-clock",
    family: Family::Craft,
    level: Level::Warning,
    title: "a notification playbook that never asks when a clock started",
    explanation: "Almost every law counts its period from a moment: awareness, discovery, \
                  determination. A notification playbook that asks for none of them leaves people \
                  without a deadline. Ask for a fact of type `time`, such as `aware`.",
    wrong: r#"phase = "notification"

[[step]]
id = "tell-insurer"
title = "Call the insurer"
do = "Call the hotline."
why = "Without it nothing can be proved."
role = "liaison"
"#,
    right: r#"phase = "notification"

[[step]]
id = "note-moment"
title = "Write down when counsel holds that the organisation became aware"
do = "Ask counsel, and record the basis."
ask = ["aware"]
why = "Without it nothing can be proved."
role = "liaison"
"#,
    judge: Judge::Playbook(judge),
};

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    let is_clock = |name: &str| {
        subject.draft.vocabulary.get(name).is_some_and(|fact| fact.kind == FactType::Time)
    };
    let asks = |table: &crate::document::Table<'_>| {
        table.texts("ask").iter().any(|name| is_clock(&name.text))
    };
    if subject.is_for(Phase::Notification) && !subject.tables().any(asks) {
        let message = "no step asks for a moment that a legal period runs from";
        let help = "ask for a fact of type `time`: `ask = [\"aware\"]`";
        findings.push_absent(RULE.at(subject.phase_span(), message).help(help));
    }
}

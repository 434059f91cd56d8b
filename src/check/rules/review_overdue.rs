//! BR401: a playbook last reviewed over a year ago, or in the future.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level};

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR401",
    name: "review-overdue",
    family: Family::Upkeep,
    level: Level::Warning,
    title: "a playbook last reviewed over a year ago, or in the future",
    explanation: "People leave, portals move, laws change. A playbook last reviewed more than a \
                  year ago names things that are gone; a review date in the future is a typing \
                  mistake. Read it through, try its commands, and set `reviewed-on`.",
    wrong: "reviewed-on = 2020-01-31
",
    right: "reviewed-on = 2026-11-01
",
    judge: Judge::Playbook(judge),
};

/// Days after which a review is due again; PCI DSS v4.0.1, 12.10.2, asks for one every 12 months.
const DUE: i64 = 366;

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(reviewed) = subject.draft.root.day("reviewed-on") else { return };
    let days = (subject.today - reviewed).num_days();
    let message = if days > DUE {
        format!("the last review was {days} days ago")
    } else if days < 0 {
        format!("the last review is {} days in the future", -days)
    } else {
        return;
    };
    let span = subject.draft.root.value_span("reviewed-on").unwrap_or(0..0);
    let help = "read it through, try its commands, then set the date";
    findings.push(RULE.at(span, message).help(help));
}

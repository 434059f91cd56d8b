//! BR314: a post-mortem without action items.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level};
use crate::phase::Phase;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR314",
    name: "no-action-items",
    family: Family::Craft,
    level: Level::Warning,
    title: "a post-mortem without action items",
    explanation: "A post-mortem that ends with insights changes nothing. Each gap needs an action \
                  item with an owner and a date, and somebody who checks on it after 30 and 90 \
                  days. Add a step that writes them down.",
    wrong: r#"phase = "post-mortem"

[[step]]
id = "tell-story"
title = "Tell what happened"
do = "Write the story down."
why = "Without it nothing can be proved."
role = "liaison"
"#,
    right: r#"phase = "post-mortem"

[[step]]
id = "list-actions"
title = "Turn each gap into an action item"
do = "Write each action item with an owner and a date."
why = "Without it nothing can be proved."
role = "liaison"
"#,
    judge: Judge::Playbook(judge),
};

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    const ACTIONS: [&str; 5] =
        ["action item", "follow-up", "corrective action", "remediation item", "improvement"];
    if subject.is_for(Phase::PostMortem) && subject.speaks_of(&ACTIONS).is_none() {
        let message = "no step turns what was learned into action items";
        let help = "add a step that turns each gap into an action item with an owner and a date";
        findings.push_absent(RULE.at(subject.phase_span(), message).help(help));
    }
}

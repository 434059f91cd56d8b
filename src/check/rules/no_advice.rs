//! BR312: customers that are told without what they can do.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::check::subject::has;
use crate::document::{Findings, Level};
use crate::phase::Phase;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR312",
    name: "no-advice",
    family: Family::Craft,
    level: Level::Warning,
    title: "customers that are told without what they can do",
    explanation: "People who learn that their data was stolen ask one thing: what do I do now? The law \
                  asks for the same. A playbook that tells them must say where the instructions are: \
                  change the password, watch the statements, freeze the credit file, whom to call.",
    wrong: r#"phase = "notification"

[[step]]
id = "tell-customers"
title = "Tell the customers"
do = "Send the letter."
ask = ["aware"]
why = "Without it nothing can be proved."
role = "liaison"
"#,
    right: r#"phase = "notification"

[[step]]
id = "tell-customers"
title = "Tell the customers"
do = "Send the letter. It says in plain words how to protect oneself: change the password, watch the statements, whom to call."
ask = ["aware"]
why = "Without it nothing can be proved."
role = "liaison"
"#,
    judge: Judge::Playbook(judge),
};

/// Who is told.
const PEOPLE: [&str; 6] =
    ["customer", "people affected", "affected people", "individual", "data subject", "consumer"];

/// How one says that somebody is told.
const TELLS: [&str; 6] = ["tell", "notify", "inform", "write to", "send", "letter"];

/// What stands in advice to those affected.
const ADVICE: [&str; 8] = [
    "protect",
    "password",
    "statement",
    "freeze",
    "advice",
    "instruction",
    "what they can do",
    "what to do",
];

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    if !subject.is_for(Phase::Notification) || subject.speaks_of(&ADVICE).is_some() {
        return;
    }
    for title in subject.tables().filter_map(|table| table.text("title")) {
        let lower = title.text.to_lowercase();
        if TELLS.iter().any(|stem| has(&lower, stem)) && PEOPLE.iter().any(|stem| has(&lower, stem))
        {
            let message = "people are told, and no step says what they can do";
            let help = "say it in `do`: change the password, watch the statements, whom to call";
            findings.push_absent(RULE.at(title.span, message).help(help));
            return;
        }
    }
}

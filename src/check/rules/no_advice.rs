//! BR312: customers who are told, but not what they can do.

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
    title: "customers who are told, but not what they can do",
    explanation: "People who learn that their data was stolen ask one thing: what do I do now? The \
                  law requires the answer too. A playbook that tells them must include the \
                  instructions: change the password, watch the statements, freeze the credit file, \
                  who to call.",
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
const PEOPLE: [&str; 14] = [
    "customer",
    "people affected",
    "affected people",
    "those affected",
    "individual",
    "data subject",
    "consumer",
    "user",
    "patient",
    "student",
    "subscriber",
    "cardholder",
    "policyholder",
    "passenger",
];

/// How one says that somebody is told.
const TELLS: [&str; 6] = ["tell", "notify", "inform", "write to", "send", "letter"];

/// What stands in advice to those affected, and in nothing about authorities or the press.
const ADVICE: [&str; 27] = [
    "protect oneself",
    "protect yourself",
    "protect themselves",
    "protect your",
    "protect their",
    "change the password",
    "change a password",
    "change your password",
    "change their password",
    "change passwords",
    "new password",
    "watch the statements",
    "watch their",
    "watch your",
    "bank statement",
    "card statement",
    "account statement",
    "freeze",
    "fraud alert",
    "what they can do",
    "what they should do",
    "what people can do",
    "what to do",
    "can do now",
    "advice to",
    "advice for",
    "instructions for",
];

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    if !subject.is_for(Phase::Notification) || subject.speaks_of(&ADVICE).is_some() {
        return;
    }
    for title in subject.tables().filter_map(|table| table.text("title")) {
        let lower = title.text.to_lowercase();
        if TELLS.iter().any(|stem| has(&lower, stem)) && PEOPLE.iter().any(|stem| has(&lower, stem))
        {
            let message = "people are told, but no step says what they can do";
            let help = "say it in `do`: change the password, watch the statements, who to call";
            findings.push_absent(RULE.at(title.span, message).help(help));
            return;
        }
    }
}

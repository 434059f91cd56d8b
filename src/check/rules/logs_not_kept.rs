//! BR315: a containment playbook that keeps no logs.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::{Subject, has};
use crate::document::{Findings, Level, Table};
use crate::phase::Phase;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR315",
    name: "logs-not-kept",
    family: Family::Craft,
    level: Level::Warning,
    title: "a containment playbook that keeps no logs",
    explanation: "Logs rotate away in days, and intruders delete them first. Only the logs can \
                  tell you what was taken and since when, and the law will ask. Add a step that \
                  preserves the logs before anything is changed.",
    wrong: r#"phase = "containment"

[[step]]
id = "isolate"
title = "Isolate the host"
do = "Swap its security group."
why = "Without it nothing can be proved."
role = "liaison"
"#,
    right: r#"phase = "containment"

[[step]]
id = "keep-logs"
title = "Keep the logs"
do = "Copy them to where the intruder has no rights."
preserves = ["logs"]
why = "Without it nothing can be proved."
role = "liaison"
"#,
    judge: Judge::Playbook(judge),
};

/// How one says that something is kept, at the start of a word.
const KEEPS: [&str; 22] = [
    "keep", "kept", "preserv", "save", "copy", "copies", "export", "collect", "hold", "retain",
    "secure", "archive", "pull", "snapshot", "back up", "backup", "gather", "download", "acquire",
    "extract", "forward", "store",
];

/// What is kept.
const LOGS: [&str; 4] = ["log", "logs", "logfile", "logfiles"];

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    let kept = || subject.tables().any(preserves_logs) || subject.tables().any(speaks_of_keeping);
    if subject.is_for(Phase::Containment) && !kept() {
        let message = "no step keeps the logs";
        let help = "add a step that preserves them before anything is changed";
        findings.push_absent(RULE.at(subject.phase_span(), message).help(help));
    }
}

fn preserves_logs(table: &Table<'_>) -> bool {
    let is_log = |word: &str| LOGS.contains(&word) || word == "trail";
    table.texts("preserves").iter().any(|tag| tag.text.split('-').any(is_log))
}

fn speaks_of_keeping(table: &Table<'_>) -> bool {
    Subject::prose(table).iter().any(|text| {
        let lower = text.text.to_lowercase();
        speaks_of_logs(&lower) && KEEPS.iter().any(|stem| has(&lower, stem))
    })
}

fn speaks_of_logs(lower: &str) -> bool {
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut next = words.next();
    while let Some(word) = next {
        next = words.next();
        let logs_in = word == "log" && matches!(next, Some("in" | "into" | "on" | "out" | "off"));
        if LOGS.contains(&word) && !logs_in || word == "audit" && next == Some("trail") {
            return true;
        }
    }
    false
}

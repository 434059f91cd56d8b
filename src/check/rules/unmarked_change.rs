//! BR316: a command that changes the system and does not say so.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::{Subject, Written};
use crate::document::{Findings, Level};
use crate::escape;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR316",
    name: "unmarked-change",
    family: Family::Craft,
    level: Level::Warning,
    title: "a command that changes the system and does not say so",
    explanation: "The program and its arguments change or delete something, but the command has no \
                  `changes = true`. It would run without a typed confirmation, even in rehearsals. \
                  Mark it, and write how to undo it.",
    wrong: r#"[[step]]
id = "stop-leak"

[[step.command]]
id = "block"
title = "Block the drop zone"
run = ["iptables", "-A", "OUTPUT", "-d", "192.0.2.7", "-j", "DROP"]
"#,
    right: r#"[[step]]
id = "stop-leak"

[[step.command]]
id = "block"
title = "Block the drop zone"
run = ["iptables", "-A", "OUTPUT", "-d", "192.0.2.7", "-j", "DROP"]
timeout = "30s"
changes = true
undo = "the same with -D instead of -A"
"#,
    judge: Judge::Playbook(judge),
};

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    for Written { table, run, look, .. } in subject.commands() {
        let mut marks = table.value_span("changes").into_iter();
        // Of a mark that is neither true nor false the shape already spoke.
        if !look.changes || marks.any(|mark| subject.source.get(mark) != Some("false")) {
            continue;
        }
        let program = run.first().map_or(0..0, |program| program.span.clone());
        let shown: Vec<_> = run.iter().take(3).map(|text| escape::line(&text.text)).collect();
        let message = format!("`{}` changes the system but is not marked", shown.join(" "));
        let help = "write `changes = true`, a `timeout`, and in `undo` how to undo it";
        findings.push(RULE.at(program, message).help(help));
    }
}

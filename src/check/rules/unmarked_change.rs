//! BR316: a command that changes the system and does not say so.

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::{Subject, Written};
use crate::document::{Findings, Level, Spanned};
use crate::escape;
use crate::playbook::program::Look;

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
        let says = guilty(run, subject);
        let span = run.get(says).map_or(0..0, |word| word.span.clone());
        let word = |at: usize| escape::line(&run[at].text);
        let shown = match says {
            0 => word(0).into_owned(),
            1 => format!("{} {}", word(0), word(1)),
            _ => format!("{} … {}", word(0), word(says)),
        };
        let message = format!("`{shown}` changes the system but is not marked");
        let help = "write `changes = true`, a `timeout`, and in `undo` how to undo it";
        findings.push(RULE.at(span, message).help(help));
    }
}

/// The word with which a command begins to change something.
fn guilty(run: &[Spanned<'_>], subject: &Subject<'_>) -> usize {
    // Nobody writes more; each try looks at all words before.
    const TRIED: usize = 40;
    let changes = |at: &usize| Look::of(&run[..=*at], subject.programs).changes;
    (0..run.len().min(TRIED)).find(changes).unwrap_or(0)
}

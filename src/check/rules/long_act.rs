//! BR317: acts that do not fit on the card.

use textwrap::core::display_width;

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Findings, Level, Spanned, TextOrTable};

/// Columns of an act, so that it is one line on a screen of 80 with its number.
const COLUMNS: usize = 68;
/// Acts of a step.
const MOST: usize = 7;

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR317",
    name: "long-act",
    family: Family::Craft,
    level: Level::Warning,
    title: "acts that do not fit on the card",
    explanation: "Acts are read half awake, on a screen of 80 by 24. Each is one line of at most 68 columns, \
                  and a step has at most seven of them; what is longer belongs in `do`, which one key \
                  shows. `{item}` counts as it is written: a long name only wraps.",
    wrong: r#"[[step]]
id = "isolate-host"
title = "Isolate the host"
why = "They come back through it."
do = "Isolate it."
acts = ["Take the host out of its load balancer and its group, and tell the network team."]
role = "responder"
"#,
    right: r#"[[step]]
id = "isolate-host"
title = "Isolate the host"
why = "They come back through it."
do = "Isolate it."
acts = ["Take the host out of its load balancer and its group.", "Tell the network team."]
role = "responder"
"#,
    judge: Judge::Playbook(judge),
};

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    for table in subject.tables().filter(|table| !table.has("use")) {
        let acts: Vec<Spanned<'_>> =
            table.texts_and_tables("acts").into_iter().filter_map(TextOrTable::text).collect();
        for act in &acts {
            let columns = display_width(&act.text);
            if columns > COLUMNS {
                let message = format!("this act has {columns} columns, and a card has {COLUMNS}");
                let help = "split it, or move the details to `do`";
                findings.push(RULE.at(act.span.clone(), message).help(help));
            }
        }
        if let Some(eighth) = acts.get(MOST) {
            let message =
                format!("this step has {} acts, and a card has room for {MOST}", acts.len());
            let help = "split the step, or move the details to `do`";
            findings.push(RULE.at(eighth.span.clone(), message).help(help));
        }
    }
}

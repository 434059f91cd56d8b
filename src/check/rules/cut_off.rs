//! BR220: a cut-off that cannot be kept as it is written.

use std::collections::HashMap;

use crate::check::rule::{Family, Judge, Rule};
use crate::check::subject::Subject;
use crate::document::{Diagnostic, Findings, Level, Spanned, Table};
use crate::{escape, wording};

pub(in crate::check) static RULE: Rule = Rule {
    id: "BR220",
    name: "cut-off",
    family: Family::Reference,
    level: Level::Error,
    title: "a cut-off that cannot be kept as it is written",
    explanation: "A cut-off names the steps that close the ways in within one minute, and in \
                  `after` those that save something first. It has to cut something, each step \
                  belongs to one cut-off only, what comes first stands above, and the time boxes \
                  up to the cut fit into `by`. Otherwise people wait for a minute that never \
                  comes.",
    wrong: r#"schema = 2

[[cut-off]]
by = "1h"
steps = ["close-account"]
after = ["copy-sessions"]

[[step]]
id = "close-account"

[[step]]
id = "copy-sessions"
"#,
    right: r#"schema = 2

[[cut-off]]
by = "1h"
steps = ["close-account"]
after = ["copy-sessions"]

[[step]]
id = "copy-sessions"

[[step]]
id = "close-account"
"#,
    judge: Judge::Playbook(judge),
};

fn judge(subject: &Subject<'_>, findings: &mut Findings) {
    let tables = subject.draft.root.tables("cut-off");
    if tables.is_empty() {
        return;
    }
    let steps: Vec<&Table<'_>> = subject.tables().collect();
    // Of two steps with one id, the first has it.
    let ids = steps.iter().enumerate().rev();
    let ids = ids.filter_map(|(number, step)| Some((step.text("id")?.text.into_owned(), number)));
    let ids: HashMap<String, usize> = ids.collect();
    let number = |step: &Spanned<'_>| ids.get(&*step.text).copied();
    let mut cut: HashMap<usize, Spanned<'_>> = HashMap::new();
    for table in &tables {
        let steps = table.texts("steps");
        if table.is_empty_array("steps") {
            let span = table.value_span("steps").unwrap_or_else(|| table.span.clone());
            let help = "name the steps that cut, or remove the cut-off";
            findings.push_absent(RULE.at(span, "this cut-off cuts nothing").help(help));
        }
        let first = steps.iter().filter_map(number).min();
        for step in table.texts("after") {
            if number(&step).zip(first).is_some_and(|(after, first)| after >= first) {
                let id = escape::line(&step.text);
                let message = format!("`{id}` comes no earlier than what is cut after it");
                let help = "move it above the steps that cut, or take it out of `after`";
                findings.push(RULE.at(step.span.clone(), message).help(help));
            }
        }
        for step in steps {
            let Some(number) = number(&step) else { continue };
            if let Some(before) = cut.get(&number) {
                let message = format!("`{}` is cut twice", escape::line(&step.text));
                let found = RULE.at(step.span.clone(), message);
                let found = found.related(before.span.clone(), "first here");
                findings.push(found.help("leave it in one of the two"));
            } else {
                cut.insert(number, step);
            }
        }
    }
    in_time(subject, &tables, findings);
}

/// Whether the time boxes up to each cut fit into its time.
fn in_time(subject: &Subject<'_>, tables: &[Table<'_>], findings: &mut Findings) {
    let (cut_offs, ends) = (&subject.draft.cut_offs, subject.draft.ends());
    // Where one could not be read, nobody can say which is which.
    if tables.len() != cut_offs.len() {
        return;
    }
    for (table, cut_off) in tables.iter().zip(cut_offs) {
        let ends = cut_off.steps.iter().filter_map(|step| ends.get(*step));
        if let Some(end) = ends.max().filter(|end| **end > cut_off.by) {
            let span = table.value_span("by").unwrap_or_else(|| table.span.clone());
            let end = wording::length(*end);
            let message = format!("the time boxes up to this cut come to {end}");
            let help = "give it more time, or shorten the steps above";
            let found = Diagnostic { level: Level::Warning, ..RULE.at(span, message) };
            findings.push(found.help(help));
        }
    }
}

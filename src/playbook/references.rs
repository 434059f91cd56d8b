//! What the steps of a playbook say of each other: ids and needs.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use chrono::TimeDelta;

use super::CutOff;
use crate::document::{Diagnostic, Findings, Spanned, Table, did_you_mean};
use crate::escape;
use crate::id::is_kebab;

/// Checks all of it, and returns for each step the numbers of the steps that it needs.
pub(super) fn check(steps: &[Table<'_>], findings: &mut Findings) -> Vec<Vec<usize>> {
    let ids = unique_ids(steps, findings);
    needs(steps, &ids, findings)
}

/// Numbers of the steps by id. Ids of commands and evidence have to be unique in their step.
pub(super) fn unique_ids<'t>(
    steps: &[Table<'t>],
    findings: &mut Findings,
) -> BTreeMap<Cow<'t, str>, usize> {
    let ids = unique(steps, "step", findings);
    for step in steps {
        for key in ["command", "evidence"] {
            if step.has(key) {
                unique(&step.tables(key), key, findings);
            }
        }
    }
    ids
}

/// Numbers of the tables by id; one that is given twice keeps its first.
fn unique<'t>(
    tables: &[Table<'t>],
    what: &str,
    findings: &mut Findings,
) -> BTreeMap<Cow<'t, str>, usize> {
    let mut first: BTreeMap<Cow<'t, str>, usize> = BTreeMap::new();
    if let [] | [_] = tables {
        let id = tables.first().and_then(|table| table.text("id"));
        return id.map(|id| (id.text, 0)).into_iter().collect();
    }
    for (number, table) in tables.iter().enumerate() {
        let Some(id) = table.text("id") else { continue };
        if let Some(before) = first.get(&id.text) {
            let before = tables[*before].value_span("id").unwrap_or(0..0);
            let message = format!("{what} `{}` is defined twice", escape::line(&id.text));
            let diagnostic = Diagnostic::error("duplicate-id", message, id.span)
                .label("defined again here")
                .related(before, "first defined here")
                .help("give each its own id, because the log refers to them by id");
            findings.push(diagnostic);
        } else {
            first.insert(id.text, number);
        }
    }
    first
}

fn needs(
    steps: &[Table<'_>],
    ids: &BTreeMap<Cow<'_, str>, usize>,
    findings: &mut Findings,
) -> Vec<Vec<usize>> {
    let texts: Vec<Vec<Spanned<'_>>> = steps.iter().map(|step| step.texts("needs")).collect();
    let numbers: Vec<Vec<usize>> = texts
        .iter()
        .map(|texts| texts.iter().filter_map(|text| ids.get(&text.text).copied()).collect())
        .collect();
    for (number, needed) in texts.iter().enumerate() {
        for text in needed {
            match ids.get(&text.text) {
                None => unknown(text, steps, number, findings),
                Some(target) if *target >= number && !findings.is_full() => {
                    findings.push(later(text, number, *target, steps, &numbers));
                }
                Some(_) => {}
            }
        }
    }
    numbers
}

/// The cut-offs of a playbook, whose `length` is read from a table: each names steps that exist, and what comes first comes first.
pub(super) fn cut_offs(
    root: &Table<'_>,
    length: fn(&Table<'_>) -> Option<TimeDelta>,
    findings: &mut Findings,
) -> Vec<CutOff> {
    let tables = root.tables("cut-off");
    if tables.is_empty() {
        return Vec::new();
    }
    let steps = root.tables("step");
    let ids: BTreeMap<_, usize> = (steps.iter().enumerate().rev())
        .filter_map(|(number, step)| Some((step.text("id")?.text, number)))
        .collect();
    let mut numbers = |table: &Table<'_>, key: &str| -> Vec<usize> {
        let texts = table.texts(key);
        texts
            .iter()
            .filter_map(|text| {
                let number = ids.get(&text.text).copied();
                if number.is_none() {
                    unknown(text, &steps, steps.len(), findings);
                }
                number
            })
            .collect()
    };
    tables
        .iter()
        .filter_map(|table| {
            let (steps, after) = (numbers(table, "steps"), numbers(table, "after"));
            Some(CutOff { by: length(table)?, steps, after })
        })
        .collect()
}

fn unknown(text: &Spanned<'_>, steps: &[Table<'_>], number: usize, findings: &mut Findings) {
    // Of its form the shape already spoke.
    if !is_kebab(&text.text) {
        return;
    }
    let message = format!("there is no step `{}`", escape::line(&text.text));
    let help = if findings.is_full() {
        None
    } else {
        let earlier: Vec<Spanned<'_>> =
            steps[..number].iter().filter_map(|step| step.text("id")).collect();
        did_you_mean(&text.text, earlier.iter().map(|id| &*id.text))
    };
    let diagnostic = Diagnostic::error("unknown-step", message, text.span.clone());
    findings.push_unnamed(&text.text, diagnostic.maybe_help(help));
}

/// A need that no walk from top to bottom could meet.
fn later(
    text: &Spanned<'_>,
    number: usize,
    target: usize,
    steps: &[Table<'_>],
    needs: &[Vec<usize>],
) -> Diagnostic {
    let id = escape::line(&text.text);
    if target == number {
        let message = format!("step `{id}` needs itself");
        return Diagnostic::error("circle", message, text.span.clone());
    }
    let place = steps[target].text("id").map_or(0..0, |id| id.span);
    if leads_to(target, number, needs) {
        let message = format!("this step and `{id}` need each other");
        return Diagnostic::error("circle", message, text.span.clone())
            .related(place, "this one leads back to it")
            .help("remove one of the needs");
    }
    let message = format!("step `{id}` comes later and cannot be needed here");
    Diagnostic::error("needs-later", message, text.span.clone())
        .related(place, "it is here")
        .help("move it above this step; steps are walked from top to bottom")
}

/// Whether the needs of `from` lead to `to`.
fn leads_to(from: usize, to: usize, needs: &[Vec<usize>]) -> bool {
    let mut seen = HashSet::from([from]);
    let mut open = vec![from];
    while let Some(step) = open.pop() {
        if step == to {
            return true;
        }
        open.extend(needs[step].iter().copied().filter(|need| seen.insert(*need)));
    }
    false
}

//! The TOML of an answers file, turned into lines as a person would type them.

use std::borrow::Cow;
use std::collections::HashMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::document::{Diagnostic, Findings};
use crate::incident::event::Outcome;

/// One answer and where it stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Answer {
    pub(super) line: String,
    pub(super) by: Option<String>,
    pub(super) role: Option<String>,
    pub(super) basis: Option<String>,
    pub(super) span: std::ops::Range<usize>,
}

/// What to type at a step, in order; the last line settles it.
#[derive(Clone, Debug, Default)]
pub(super) struct Script {
    pub(super) lines: Vec<String>,
    pub(super) reason: String,
    pub(super) evidence: HashMap<String, Spanned<String>>,
    pub(super) confirm: HashMap<String, Spanned<String>>,
    pub(super) decision: HashMap<String, Spanned<String>>,
    pub(super) span: std::ops::Range<usize>,
}

/// Steps and items, each with what to type.
pub(super) type Scripts = HashMap<(String, Option<String>), Script>;

/// Answers by name. What the shape has refused is left out.
pub(super) fn answers(table: &DeTable<'_>) -> HashMap<String, Answer> {
    let read = |(key, value): (&Spanned<Cow<'_, str>>, &Spanned<DeValue<'_>>)| {
        (key.get_ref().to_string(), answer(key.span(), value))
    };
    table.iter().map(read).collect()
}

fn answer(span: std::ops::Range<usize>, value: &Spanned<DeValue<'_>>) -> Answer {
    let DeValue::Table(fields) = value.get_ref() else {
        return Answer { line: line(value), span, ..Answer::default() };
    };
    let field = |name: &str| fields.get(name).map(line);
    Answer {
        line: late(field("at").as_deref(), &field("value").unwrap_or_default()),
        by: field("by"),
        role: field("role"),
        basis: field("basis"),
        span,
    }
}

/// Scripts of steps, and of their items.
pub(super) fn scripts(table: &DeTable<'_>, findings: &mut Findings) -> Scripts {
    let mut scripts = Scripts::new();
    for (id, value) in table {
        let DeValue::Table(fields) = value.get_ref() else { continue };
        let name = id.get_ref().to_string();
        let items = fields.get("item").and_then(|items| items.get_ref().as_table());
        for (item, value) in items.into_iter().flatten() {
            if let DeValue::Table(fields) = value.get_ref() {
                let script = script(fields, item.span(), findings);
                scripts.insert((name.clone(), Some(item.get_ref().to_string())), script);
            }
        }
        if items.is_none() || fields.contains_key("outcome") {
            scripts.insert((name, None), script(fields, id.span(), findings));
        }
    }
    scripts
}

fn script(fields: &DeTable<'_>, span: std::ops::Range<usize>, findings: &mut Findings) -> Script {
    let field = |name: &str| fields.get(name).map(line);
    let mut lines: Vec<String> = Vec::new();
    for (key, letter) in [("run", 'r'), ("note", 'n')] {
        let given = fields.get(key).map(texts).unwrap_or_default();
        lines.extend(given.into_iter().map(|text| format!("{letter} {text}")));
    }
    let text = field("text").or_else(|| field("reason")).unwrap_or_default();
    match fields.get("outcome").and_then(|value| outcome(&line(value))) {
        // `w to NAME` is how one types "assigned", and the moment goes before it.
        Some(outcome) => {
            let (key, text) = match outcome {
                Outcome::Assigned => ('w', format!("to {text}")),
                outcome => (letter(outcome), text.clone()),
            };
            lines.push(
                format!("{key} {}", late(field("at").as_deref(), &text)).trim_end().to_owned(),
            );
        }
        None if !fields.contains_key("outcome") => {
            let message = "this step has no `outcome`";
            findings.push_absent(Diagnostic::error("missing-key", message, span.clone()));
        }
        None => {}
    }
    let map = |name: &str| fields.get(name).map(named).unwrap_or_default();
    Script {
        lines,
        reason: text,
        evidence: map("evidence"),
        confirm: map("confirm"),
        decision: map("decision"),
        span,
    }
}

/// Lines by name, each with the place of its name.
fn named(value: &Spanned<DeValue<'_>>) -> HashMap<String, Spanned<String>> {
    let table = value.get_ref().as_table();
    let named = |(key, value): (&Spanned<Cow<'_, str>>, &Spanned<DeValue<'_>>)| {
        (key.get_ref().to_string(), Spanned::new(key.span(), line(value)))
    };
    table.into_iter().flatten().map(named).collect()
}

fn texts(value: &Spanned<DeValue<'_>>) -> Vec<String> {
    match value.get_ref() {
        DeValue::Array(values) => values.iter().map(line).collect(),
        _ => vec![line(value)],
    }
}

/// A value as a person would type it: list items joined by semicolons, those with `,` or `;` quoted.
pub fn line(value: &Spanned<DeValue<'_>>) -> String {
    match value.get_ref() {
        DeValue::String(text) => text.replace(['\n', '\r'], " "),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(true) => "yes".to_owned(),
        DeValue::Boolean(false) => "no".to_owned(),
        DeValue::Datetime(moment) => moment.to_string(),
        DeValue::Array(values) if values.is_empty() => "none".to_owned(),
        DeValue::Array(values) => {
            let quoted = |item: String| {
                if item.contains([',', ';']) { format!("\"{item}\"") } else { item }
            };
            values.iter().map(|value| quoted(line(value))).collect::<Vec<_>>().join("; ")
        }
        DeValue::Table(_) => String::new(),
    }
}

fn late(at: Option<&str>, text: &str) -> String {
    at.map_or_else(|| text.to_owned(), |at| format!("@\"{at}\" {text}"))
}

fn outcome(text: &str) -> Option<Outcome> {
    [
        Outcome::Done,
        Outcome::Skipped,
        Outcome::NotApplicable,
        Outcome::Blocked,
        Outcome::Waiting,
        Outcome::Assigned,
    ]
    .into_iter()
    .find(|outcome| outcome.as_str().replace(' ', "-") == text)
}

fn letter(outcome: Outcome) -> char {
    match outcome {
        Outcome::Done => 'd',
        Outcome::Skipped => 's',
        Outcome::NotApplicable => 'a',
        Outcome::Blocked => 'x',
        Outcome::Waiting | Outcome::Assigned => 'w',
    }
}

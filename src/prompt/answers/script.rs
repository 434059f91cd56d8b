//! The TOML of an answers file, turned into lines as a person would type them.

use std::borrow::Cow;
use std::collections::HashMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::document::Diagnostic;
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
    pub(super) span: std::ops::Range<usize>,
}

/// Turns the TOML into lines as a person would type them.
pub(super) struct Reader {
    pub(super) mistakes: Vec<Diagnostic>,
}

type Table<'a> = DeTable<'a>;

impl Reader {
    pub(super) fn mistake(&mut self, span: std::ops::Range<usize>, message: String) {
        self.mistakes.push(Diagnostic::error("answers", message, span));
    }

    pub(super) fn answers(&mut self, table: &Table<'_>) -> HashMap<String, Answer> {
        let mut answers = HashMap::new();
        for (key, value) in table {
            let mut answer = Answer { span: key.span(), ..Answer::default() };
            match value.get_ref() {
                DeValue::Table(fields) => {
                    let mut at = None;
                    for (field, value) in fields {
                        let text = self.line(value);
                        match field.get_ref().as_ref() {
                            "value" => answer.line = text,
                            "at" => at = Some(text),
                            "by" => answer.by = Some(text),
                            "role" => answer.role = Some(text),
                            "basis" => answer.basis = Some(text),
                            _ => self.mistake(
                                field.span(),
                                "expected value, at, by, role or basis".to_owned(),
                            ),
                        }
                    }
                    answer.line = late(at.as_deref(), &answer.line);
                }
                _ => answer.line = self.line(value),
            }
            answers.insert(key.get_ref().to_string(), answer);
        }
        answers
    }

    pub(super) fn steps(
        &mut self,
        table: &Table<'_>,
        steps: &mut HashMap<(String, Option<String>), Script>,
    ) {
        for (id, value) in table {
            let DeValue::Table(fields) = value.get_ref() else {
                self.mistake(value.span(), "expected a table with an `outcome`".to_owned());
                continue;
            };
            let id = (id.get_ref().to_string(), id.span());
            if let Some(DeValue::Table(items)) = fields.get("item").map(Spanned::get_ref) {
                for (item, value) in items {
                    if let DeValue::Table(fields) = value.get_ref() {
                        let script = self.script(fields, item.span());
                        steps.insert((id.0.clone(), Some(item.get_ref().to_string())), script);
                    } else {
                        self.mistake(value.span(), "expected a table".to_owned());
                    }
                }
            }
            if fields.get("outcome").is_some() || fields.get("item").is_none() {
                let script = self.script(fields, id.1);
                steps.insert((id.0, None), script);
            }
        }
    }

    fn script(&mut self, fields: &Table<'_>, span: std::ops::Range<usize>) -> Script {
        let mut script = Script { span: span.clone(), ..Script::default() };
        let (mut key, mut text, mut at) = (None, String::new(), None);
        for (field, value) in fields {
            match field.get_ref().as_ref() {
                "outcome" => match outcome(&self.line(value)) {
                    Some(typed) => key = Some(typed),
                    None => self.mistake(
                        value.span(),
                        "expected done, skipped, not-applicable, blocked, waiting or assigned"
                            .to_owned(),
                    ),
                },
                "text" | "reason" => text = self.line(value),
                "at" => at = Some(self.line(value)),
                "run" => {
                    script.lines.extend(self.lines(value).into_iter().map(|id| format!("r {id}")));
                }
                "note" => {
                    script
                        .lines
                        .extend(self.lines(value).into_iter().map(|note| format!("n {note}")));
                }
                "evidence" => script.evidence = self.map(value),
                "confirm" => script.confirm = self.map(value),
                "item" => {}
                _ => self.mistake(
                    field.span(),
                    "expected outcome, text, reason, at, run, note, evidence, confirm or item"
                        .to_owned(),
                ),
            }
        }
        let Some(key) = key else {
            self.mistake(span, "this step has no `outcome`".to_owned());
            return script;
        };
        // `w to NAME` is how one types "assigned", and the moment goes before it.
        let (key, text) = match key {
            Outcome::Assigned => ('w', format!("to {text}")),
            outcome => (letter(outcome), text),
        };
        script.lines.push(format!("{key} {}", late(at.as_deref(), &text)).trim_end().to_owned());
        script.reason = text;
        script
    }

    /// Lines by name, each with the place of its name.
    fn map(&mut self, value: &Spanned<DeValue<'_>>) -> HashMap<String, Spanned<String>> {
        let DeValue::Table(table) = value.get_ref() else {
            self.mistake(value.span(), "expected a table".to_owned());
            return HashMap::new();
        };
        let named = |(key, value): (&Spanned<Cow<'_, str>>, &Spanned<DeValue<'_>>)| {
            (key.get_ref().to_string(), Spanned::new(key.span(), self.line(value)))
        };
        table.iter().map(named).collect()
    }

    fn lines(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<String> {
        match value.get_ref() {
            DeValue::Array(values) => values.iter().map(|value| self.line(value)).collect(),
            _ => vec![self.line(value)],
        }
    }

    /// A value as one would type it: lists joined by commas, items with commas in quotes.
    fn line(&mut self, value: &Spanned<DeValue<'_>>) -> String {
        match value.get_ref() {
            DeValue::String(text) => text.replace(['\n', '\r'], " "),
            DeValue::Integer(number) => number.to_string(),
            DeValue::Float(number) => number.to_string(),
            DeValue::Boolean(true) => "yes".to_owned(),
            DeValue::Boolean(false) => "no".to_owned(),
            DeValue::Datetime(moment) => moment.to_string(),
            DeValue::Array(values) if values.is_empty() => "none".to_owned(),
            DeValue::Array(values) => {
                let items: Vec<String> = values
                    .iter()
                    .map(|value| self.line(value))
                    .map(
                        |item| {
                            if item.contains([',', ';']) { format!("\"{item}\"") } else { item }
                        },
                    )
                    .collect();
                items.join(", ")
            }
            DeValue::Table(_) => {
                self.mistake(value.span(), "expected a value, not a table".to_owned());
                String::new()
            }
        }
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

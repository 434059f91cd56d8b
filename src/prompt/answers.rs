//! Answers from a TOML file keyed by step and fact, for scripted walks and tests.
//!
//! ```toml
//! [opening]
//! responder = "Ada Lovelace"
//! title = "Strange script on the checkout"
//! incident_kind = "web-skimming"
//!
//! [fact]
//! hosts_affected = ["web-01", "web-02"]
//! aware = { value = "2026-11-23 03:00", by = "Kim", role = "counsel", basis = "card data seen" }
//!
//! [step.isolate-host]                     # every item; `[step.isolate-host.item.web-02]` for one
//! outcome = "done"
//! text = "security group swapped"
//! at = "2026-11-23 02:40"
//! run = ["snapshot"]
//! evidence = { host-image = "aws:snap-0a1b" }
//! ```

use std::collections::HashMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Prompt, Stop, Topic};
use crate::document::{Diagnostic, Document};
use crate::incident::event::Outcome;
use crate::walk::{Part, QuestionKey};

/// Answers, each to be used; those that nobody asked for are an error at the end.
pub struct Answers {
    opening: HashMap<String, Answer>,
    facts: HashMap<String, Answer>,
    steps: HashMap<(String, Option<String>), Script>,
    /// How far each step's script was played, by step and item.
    played: HashMap<QuestionKey, usize>,
    /// What is played now, so that confirmations find their command.
    used: std::collections::HashSet<String>,
}

/// Why a file is no answers file.
pub type AnswersError = Vec<Diagnostic>;

/// One answer and where it stands.
#[derive(Clone, Debug, Default)]
struct Answer {
    line: String,
    by: Option<String>,
    role: Option<String>,
    basis: Option<String>,
    span: std::ops::Range<usize>,
}

/// What to type at a step, in order; the last line settles it.
#[derive(Clone, Debug, Default)]
struct Script {
    lines: Vec<String>,
    reason: String,
    evidence: HashMap<String, String>,
    confirm: HashMap<String, String>,
    span: std::ops::Range<usize>,
}

impl Answers {
    /// Reads an answers file.
    ///
    /// # Errors
    /// Every mistake, with its place.
    pub fn read(document: &Document) -> Result<Self, AnswersError> {
        let (table, errors) = DeTable::parse_recoverable(&document.text);
        let mut reader = Reader {
            mistakes: Vec::new(),
        };
        for error in errors {
            reader.mistake(error.span().unwrap_or(0..0), error.message().to_owned());
        }
        let mut answers = Self {
            opening: HashMap::new(),
            facts: HashMap::new(),
            steps: HashMap::new(),
            played: HashMap::new(),
            used: std::collections::HashSet::new(),
        };
        for (key, value) in table.get_ref() {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("opening", DeValue::Table(table)) => answers.opening = reader.answers(table),
                ("fact", DeValue::Table(table)) => answers.facts = reader.answers(table),
                ("step", DeValue::Table(table)) => reader.steps(table, &mut answers.steps),
                _ => reader.mistake(
                    key.span(),
                    "expected [opening], [fact] or [step.ID]".to_owned(),
                ),
            }
        }
        if reader.mistakes.is_empty() {
            Ok(answers)
        } else {
            Err(reader.mistakes)
        }
    }

    /// Answers that nobody asked for, with their places.
    pub fn unused(&self) -> Vec<(String, std::ops::Range<usize>)> {
        let mut unused = Vec::new();
        for (section, answers) in [("opening", &self.opening), ("fact", &self.facts)] {
            for (name, answer) in answers {
                let name = format!("{section}.{name}");
                if !self.used.contains(&name) {
                    unused.push((name, answer.span.clone()));
                }
            }
        }
        for ((step, item), script) in &self.steps {
            let name = step_name(step, item.as_deref());
            if !self.used.contains(&name) {
                unused.push((name, script.span.clone()));
            }
        }
        unused.sort_by_key(|(_, span)| span.start);
        unused
    }

    fn script(&mut self, key: &QuestionKey) -> Option<&Script> {
        let own = (key.at.step.clone(), key.at.item.clone());
        let (step, item) = if self.steps.contains_key(&own) {
            own
        } else {
            (key.at.step.clone(), None)
        };
        self.used.insert(step_name(&step, item.as_deref()));
        self.steps.get(&(step, item))
    }

    fn walk(&mut self, key: &QuestionKey) -> Result<String, Stop> {
        let times = self.played.entry(key.clone()).or_default();
        let turn = *times;
        *times += 1;
        let asked = describe(key);
        let refused = || Stop::Refused(asked.clone());
        let missing = || Stop::NoAnswer(asked.clone());
        let once = |line: String| if turn == 0 { Ok(line) } else { Err(refused()) };
        match &key.part {
            Part::Step => {
                let script = self.script(key).ok_or_else(missing)?;
                script.lines.get(turn).cloned().ok_or_else(refused)
            }
            Part::Fact(name) => {
                let Some(answer) = self.facts.get(name) else {
                    // An empty line keeps a value that an earlier step gave.
                    return if turn == 0 {
                        Ok(String::new())
                    } else {
                        Err(missing())
                    };
                };
                let line = answer.line.clone();
                self.used.insert(format!("fact.{name}"));
                // A repeated step asks a fact again for each item; the same answer serves.
                once(line)
            }
            Part::DecidedBy(name) | Part::DecidedRole(name) | Part::DecidedBasis(name) => {
                let answer = self.facts.get(name).ok_or_else(missing)?;
                let field = match &key.part {
                    Part::DecidedBy(_) => &answer.by,
                    Part::DecidedRole(_) => &answer.role,
                    _ => &answer.basis,
                };
                once(field.clone().ok_or_else(missing)?)
            }
            Part::Evidence(id) => {
                let given = self
                    .script(key)
                    .and_then(|script| script.evidence.get(id).cloned());
                once(given.unwrap_or_default())
            }
            Part::Reason(_) => {
                let script = self.script(key).ok_or_else(missing)?;
                once(script.reason.clone())
            }
            Part::Confirm(id) => {
                let given = self
                    .script(key)
                    .and_then(|script| script.confirm.get(id).cloned());
                Ok(given.unwrap_or_default())
            }
            Part::Destroy => {
                let given = self
                    .script(key)
                    .and_then(|script| script.confirm.get("destroy").cloned());
                once(given.unwrap_or_default())
            }
            Part::Aside => Err(missing()),
        }
    }
}

fn step_name(step: &str, item: Option<&str>) -> String {
    match item {
        Some(item) => format!("step.{step}.item.{item}"),
        None => format!("step.{step}"),
    }
}

fn describe(key: &QuestionKey) -> String {
    let step = step_name(&key.at.step, key.at.item.as_deref());
    match &key.part {
        Part::Fact(name)
        | Part::DecidedBy(name)
        | Part::DecidedRole(name)
        | Part::DecidedBasis(name) => format!("`fact.{name}` (asked by `{step}`)"),
        Part::Evidence(id) => format!("`{step}.evidence.{id}`"),
        Part::Confirm(id) => format!("`{step}.confirm.{id}`"),
        Part::Destroy => format!("`{step}.confirm.destroy`"),
        Part::Step | Part::Reason(_) | Part::Aside => format!("`{step}`"),
    }
}

impl Prompt for Answers {
    fn line(&mut self, topic: Topic<'_>, _: &str) -> Result<String, Stop> {
        match topic {
            Topic::Walk(key) => self.walk(key),
            Topic::Opening(name) => {
                self.used.insert(format!("opening.{name}"));
                Ok(self
                    .opening
                    .get(name)
                    .map(|answer| answer.line.clone())
                    .unwrap_or_default())
            }
            Topic::Mask => Ok("m".to_owned()),
            Topic::Fault => Err(Stop::EndOfInput),
        }
    }

    fn block(&mut self, topic: Topic<'_>, prompt: &str) -> Result<String, Stop> {
        self.line(topic, prompt)
    }

    fn is_patient(&self) -> bool {
        false
    }

    fn name(&self) -> &'static str {
        "answers file"
    }
}

/// Turns the TOML into lines as a person would type them.
struct Reader {
    mistakes: Vec<Diagnostic>,
}

type Table<'a> = DeTable<'a>;

impl Reader {
    fn mistake(&mut self, span: std::ops::Range<usize>, message: String) {
        self.mistakes
            .push(Diagnostic::error("answers", message, span));
    }

    fn answers(&mut self, table: &Table<'_>) -> HashMap<String, Answer> {
        let mut answers = HashMap::new();
        for (key, value) in table {
            let mut answer = Answer {
                span: key.span(),
                ..Answer::default()
            };
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

    fn steps(&mut self, table: &Table<'_>, steps: &mut HashMap<(String, Option<String>), Script>) {
        for (id, value) in table {
            let DeValue::Table(fields) = value.get_ref() else {
                self.mistake(
                    value.span(),
                    "expected a table with an `outcome`".to_owned(),
                );
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
        let mut script = Script {
            span: span.clone(),
            ..Script::default()
        };
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
                    script
                        .lines
                        .extend(self.lines(value).into_iter().map(|id| format!("r {id}")));
                }
                "note" => {
                    script.lines.extend(
                        self.lines(value)
                            .into_iter()
                            .map(|note| format!("n {note}")),
                    );
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
        script.lines.push(
            format!("{key} {}", late(at.as_deref(), &text))
                .trim_end()
                .to_owned(),
        );
        script.reason = text;
        script
    }

    fn map(&mut self, value: &Spanned<DeValue<'_>>) -> HashMap<String, String> {
        let DeValue::Table(table) = value.get_ref() else {
            self.mistake(value.span(), "expected a table".to_owned());
            return HashMap::new();
        };
        table
            .iter()
            .map(|(key, value)| (key.get_ref().to_string(), self.line(value)))
            .collect()
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
                    .map(|item| {
                        if item.contains([',', ';']) {
                            format!("\"{item}\"")
                        } else {
                            item
                        }
                    })
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

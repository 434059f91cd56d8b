//! What the end of a line may become, for Tab: keys, items, steps, facts, options, files.

use super::card::commands;
use super::focus::Items;
use super::key::{self, KEYS, Key};
use super::{Asking, Walk};
use crate::fact::{Fact, FactType, Value};
use crate::incident::{Incident, StepKey};

/// The completions at a position in a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// Where the text begins that is completed, in bytes.
    pub from: usize,
    /// What it may become; those that do not begin with what was typed are to be left out.
    pub words: Vec<String>,
    /// True if it may become the path of a file.
    pub is_path: bool,
}

/// Whether a line is a key, perhaps followed by a text.
pub fn is_key_line(line: &str) -> bool {
    key::parse(line).is_some()
}

impl Walk<'_> {
    /// What may follow `before`, typed to the question that [`Walk::turn`] asked.
    pub fn complete(&self, incident: &Incident, before: &str) -> Completion {
        match &self.mode {
            Asking::Step | Asking::Pending { .. } => match &self.chosen {
                Some(at) => self.at_a_step(incident, at, before),
                None => Completion::default(),
            },
            Asking::Fact { queue, .. } => self.values(incident, &queue[0], (before, 0)),
            Asking::FactName { at } => self.facts(incident, at, (before, 0)),
            Asking::Which { at, .. } => self.selector(incident, at, (before, 0)),
            Asking::WhichCommand { at, .. } => self.commands_of(incident, at, (before, 0)),
            Asking::Evidence { .. } | Asking::EvidenceSpec { .. } => path((before, 0)),
            _ => Completion::default(),
        }
    }

    fn at_a_step(&self, incident: &Incident, at: &StepKey, before: &str) -> Completion {
        let start = before.len() - before.trim_start().len();
        let Some(blank) = before[start..].find(' ') else {
            let words = key::words().chain(KEYS.iter().map(|(_, name, _)| *name));
            let mut words: Vec<String> =
                words.filter(|word| !word.contains(' ')).map(str::to_owned).collect();
            words.sort_unstable();
            words.dedup();
            return of((before, start), words);
        };
        let Some((key, _)) = key::parse(&before[..start + blank]) else {
            return Completion::default();
        };
        let line = (before, start + blank + 1);
        match key {
            Key::Fact => self.facts(incident, at, line),
            Key::Jump | Key::Open => {
                let mut steps: Vec<String> =
                    self.outline(incident).into_iter().map(|row| row.key.step).collect();
                steps.dedup();
                of(line, steps)
            }
            Key::Run | Key::Copy => self.commands_of(incident, at, line),
            Key::Evidence => {
                let rest = &before[line.1..];
                let colon = rest.find(": ").map_or(0, |colon| colon + 2);
                let mut found = path((before, line.1 + colon));
                if !rest[colon..].contains(['/', '~', '"', '\'']) && colon == 0 {
                    found.words = self.selector(incident, at, line).words;
                }
                found
            }
            Key::Done | Key::Skip | Key::NotApplicable | Key::Wait | Key::Block => {
                self.selector(incident, at, line)
            }
            _ => Completion::default(),
        }
    }

    /// The items of a step, and the words that mean several of them.
    fn selector(&self, incident: &Incident, at: &StepKey, line: (&str, usize)) -> Completion {
        let Items { all: mut items, mine, .. } = self.items(incident, at);
        if items.len() > 1 {
            items.extend(["all", "rest", "except"].map(str::to_owned));
            items.extend((!mine.is_empty()).then(|| "mine".to_owned()));
        }
        of(last(line, &[' ', ',']), items)
    }

    fn commands_of(&self, incident: &Incident, at: &StepKey, line: (&str, usize)) -> Completion {
        if line.0[line.1..].contains(' ') {
            return self.selector(incident, at, line);
        }
        let step = self.step(at).into_iter();
        let ids = step.flat_map(|step| commands(step, incident)).map(|command| command.id.clone());
        of(line, ids.collect())
    }

    /// Facts by name: those asked here alone where nothing was typed, else all.
    fn facts(
        &self,
        incident: &Incident,
        at: &StepKey,
        (before, from): (&str, usize),
    ) -> Completion {
        let typed = &before[from..];
        if let Some((name, _)) = typed.split_once([' ', '=']) {
            return self.values(incident, name, (before, from + name.len() + 1));
        }
        let asked = self.step(at).map(|step| step.ask.clone()).unwrap_or_default();
        if typed.is_empty() && !asked.is_empty() {
            return of((before, from), asked);
        }
        of((before, from), self.vocabulary.iter().map(|fact| fact.name.clone()).collect())
    }

    /// What a fact can be: its options, its own items after a minus, the items of its kind.
    fn values(&self, incident: &Incident, name: &str, line: (&str, usize)) -> Completion {
        let Some(fact) = self.vocabulary.get(name) else {
            return Completion::default();
        };
        let typed = &line.0[line.1..];
        let line = match fact.kind {
            FactType::Choices => last(line, &[',', ' ', ';']),
            FactType::List => last(line, &[',', ';', '+', '-']),
            _ => line,
        };
        of(line, said(fact, incident.fact_value(name), typed))
    }
}

fn said(fact: &Fact, known: Option<&Value>, typed: &str) -> Vec<String> {
    let mut words: Vec<String> = fact.options.iter().map(|option| option.id.clone()).collect();
    if fact.kind == FactType::YesNo {
        words.extend(["yes", "no"].map(str::to_owned));
    }
    match known {
        Some(Value::List(items)) => words.extend(items.iter().cloned()),
        _ if typed.trim_start().starts_with('-') => {}
        _ => words.push("unknown".to_owned()),
    }
    words
}

fn of((_, from): (&str, usize), words: Vec<String>) -> Completion {
    Completion { from, words, is_path: false }
}

fn path((before, from): (&str, usize)) -> Completion {
    let rest = &before[from..];
    let blanks = rest.len() - rest.trim_start().len();
    Completion { from: from + blanks, words: Vec::new(), is_path: true }
}

/// The last part of a line after `from`: after one of `between`, and the blanks there.
fn last<'l>((before, from): (&'l str, usize), between: &[char]) -> (&'l str, usize) {
    let rest = &before[from..];
    let after = rest.rfind(between).map_or(0, |at| at + 1);
    let blanks = rest[after..].len() - rest[after..].trim_start().len();
    (before, from + after + blanks)
}

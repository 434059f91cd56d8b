//! The cases of a test file, read with every mistake at its place.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::clock::FakeClock;
use crate::document::{Diagnostic, Findings, did_you_mean};
use crate::fact::{FactType, Vocabulary, length};
use crate::playbook::{Playbook, Step};
use crate::prompt::{Answers, typed};

/// A walk and what must come of it.
pub(super) struct Case {
    /// What it shows.
    pub(super) name: String,
    /// Where its name stands.
    pub(super) span: Range<usize>,
    /// When the walk begins.
    pub(super) starts_at: Option<Spanned<String>>,
    /// Facts of earlier phases: name and answer.
    pub(super) known: Vec<Spanned<(String, String)>>,
    /// What comes of what is not named.
    pub(super) otherwise: Otherwise,
    /// Steps that are named.
    pub(super) named: HashSet<String>,
    /// What is answered.
    pub(super) answers: Answers,
    /// Time that steps take.
    pub(super) takes: HashMap<String, TimeDelta>,
    /// How commands end, by step and command.
    pub(super) exit: HashMap<(String, String), i32>,
    /// What must come of it; never empty.
    pub(super) expect: Vec<Spanned<Expected>>,
}

/// What comes of a step that is not named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Otherwise {
    /// It is done, its facts unknown.
    Done,
    /// It is skipped.
    Skipped,
    /// The walk stops there.
    Stop,
}

/// One thing that must come of a walk.
#[derive(Clone, Debug)]
pub(super) enum Expected {
    /// Whether the phase is at its end.
    Complete(bool),
    /// Every step that is asked, with its item, in this order.
    Asks(Vec<String>),
    /// Steps that are not asked.
    NeverAsks(Vec<String>),
    /// Step and outcome.
    Outcome(String, String),
    /// Step, item and outcome.
    Item(String, String, String),
    /// Fact and value.
    Fact(String, String),
    /// Every debt.
    Owes(Vec<String>),
    /// Step and moment.
    LookAgain(String, String),
    /// Every step that took longer than it may.
    Late(Vec<String>),
}

/// When a walk begins, if its case does not say: Monday 5 January 2026, 03:00 UTC.
const STARTS_AT: DateTime<Utc> = DateTime::from_timestamp(1_767_582_000, 0).expect("a moment");

/// Cases of a file. Each is a whole walk.
const MOST: usize = 1000;

type Entry<'t> = (&'t Spanned<Cow<'t, str>>, &'t Spanned<DeValue<'t>>);

/// Reads the cases of a tree that was compared with its shape.
pub(super) fn read(
    tree: &DeTable<'_>,
    playbook: &Playbook,
    vocabulary: &Vocabulary,
    findings: &mut Findings,
) -> Vec<Case> {
    let cases = tree.get("case").and_then(|cases| cases.get_ref().as_array());
    if let Some(cases) = cases.filter(|cases| cases.len() > MOST) {
        let message =
            format!("a test file may have {MOST} cases, and this one has {}", cases.len());
        let diagnostic = Diagnostic::error("too-many-cases", message, cases[MOST].span());
        findings.push(diagnostic.help("move the others to another file"));
        return Vec::new();
    }
    let places = playbook.steps.iter().enumerate().map(|(number, step)| (step.id.as_str(), number));
    let mut reader = Reader { playbook, places: places.collect(), vocabulary, findings };
    let tables = cases.into_iter().flatten().filter_map(|case| case.get_ref().as_table());
    tables.map(|fields| reader.case(fields)).collect()
}

struct Reader<'r> {
    playbook: &'r Playbook,
    /// Numbers of its steps by id.
    places: HashMap<&'r str, usize>,
    vocabulary: &'r Vocabulary,
    findings: &'r mut Findings,
}

impl Reader<'_> {
    fn case(&mut self, fields: &DeTable<'_>) -> Case {
        self.facts(fields);
        self.steps(fields);
        let text =
            |key: &str| fields.get(key).map(|value| Spanned::new(value.span(), typed(value)));
        let name = text("name").unwrap_or_else(|| Spanned::new(0..0, String::new()));
        let case = Case {
            span: name.span(),
            starts_at: text("starts-at"),
            known: self.known(fields),
            otherwise: match text("otherwise").as_ref().map(|text| text.get_ref().as_str()) {
                Some("done") => Otherwise::Done,
                Some("skipped") => Otherwise::Skipped,
                _ => Otherwise::Stop,
            },
            named: entries(fields, "step").map(|(key, _)| key.get_ref().to_string()).collect(),
            answers: Answers::of(fields, self.findings),
            takes: self.takes(fields),
            exit: self.exits(fields),
            expect: self.expect(fields),
            name: name.into_inner(),
        };
        if case.expect.is_empty() {
            let message = "this case expects nothing, so it cannot fail";
            self.findings.push_absent(Diagnostic::error("expect", message, case.span.clone()));
        }
        case
    }

    fn known(&mut self, fields: &DeTable<'_>) -> Vec<Spanned<(String, String)>> {
        let mut known = Vec::new();
        for (key, value) in entries(fields, "known") {
            self.is_answer(key, value);
            known.push(Spanned::new(key.span(), (key.get_ref().to_string(), typed(value))));
        }
        known
    }

    /// The facts that are answered have to be asked by the playbook, and the answers theirs.
    fn facts(&mut self, fields: &DeTable<'_>) {
        for (key, value) in entries(fields, "fact") {
            self.is_asked(key);
            match value.get_ref().as_table() {
                None => self.is_answer(key, value),
                Some(table) => match table.get("value") {
                    Some(value) => self.is_answer(key, value),
                    None => self.is_fact(key.get_ref(), key.span()),
                },
            }
        }
    }

    /// A fact that a step asks for, or may because the law does.
    fn is_asked(&mut self, key: &Spanned<Cow<'_, str>>) {
        let name = key.get_ref().as_ref();
        let asks = |step: &Step| {
            let fills = step.commands.iter().filter_map(|command| command.fills.as_ref());
            let mut asked = step.ask.iter().chain(&step.for_each).chain(fills);
            step.ask_duties || asked.any(|asked| asked == name)
        };
        if self.vocabulary.get(name).is_some() && !self.playbook.steps.iter().any(asks) {
            let message = format!("no step asks for `{name}`");
            let help = "what was known before this walk stands under `[case.known]`";
            let diagnostic = Diagnostic::error("unused-answer", message, key.span());
            self.findings.push(diagnostic.help(help));
        }
    }

    /// The same for steps, their commands and their evidence.
    fn steps(&mut self, fields: &DeTable<'_>) {
        for (key, value) in entries(fields, "step") {
            let Some(number) = self.is_step(key.get_ref(), key.span()) else { continue };
            let (step, tables) = (&self.playbook.steps[number], value.get_ref().as_table());
            let commands: Vec<&str> = step.commands.iter().map(|known| known.id.as_str()).collect();
            let wanted: Vec<&str> = step.evidence.iter().map(|known| known.id.as_str()).collect();
            let items = tables.into_iter().flat_map(|table| entries(table, "item"));
            let items = items.filter_map(|(_, item)| item.get_ref().as_table());
            for table in tables.into_iter().chain(items) {
                let run = table.get("run").map(Spanned::get_ref);
                for id in run.and_then(DeValue::as_array).into_iter().flatten() {
                    self.knows("step has no command", &typed(id), &commands, id.span());
                }
                for (id, _) in entries(table, "evidence") {
                    self.knows("step has no evidence", id.get_ref(), &wanted, id.span());
                }
            }
        }
    }

    /// A fact of the playbook with an answer that it can have. What an answer about time means
    /// depends on the clock of the walk.
    fn is_answer(&mut self, key: &Spanned<Cow<'_, str>>, value: &Spanned<DeValue<'_>>) {
        let name = key.get_ref();
        self.is_fact(name, key.span());
        let fact = self.vocabulary.get(name).filter(|fact| fact.kind != FactType::Time);
        let wrong = fact.and_then(|fact| fact.parse(&typed(value), &clock()).err());
        if let Some(hint) = wrong {
            let message = format!("`{name}` cannot have this value: {hint}");
            self.findings.push(Diagnostic::error("value", message, value.span()));
        }
    }

    fn takes(&mut self, fields: &DeTable<'_>) -> HashMap<String, TimeDelta> {
        let mut takes = HashMap::new();
        for (key, value) in entries(fields, "takes") {
            self.is_step(key.get_ref(), key.span());
            let seconds = length(&typed(value)).and_then(|seconds| i64::try_from(seconds).ok());
            takes.insert(key.get_ref().to_string(), TimeDelta::seconds(seconds.unwrap_or(0)));
        }
        takes
    }

    fn exits(&mut self, fields: &DeTable<'_>) -> HashMap<(String, String), i32> {
        let mut exits = HashMap::new();
        for (step, commands) in entries(fields, "exit") {
            let Some(own) = self.is_step(step.get_ref(), step.span()) else { continue };
            for (command, code) in commands.get_ref().as_table().into_iter().flatten() {
                let ids: Vec<&str> = self.playbook.steps[own]
                    .commands
                    .iter()
                    .map(|known| known.id.as_str())
                    .collect();
                self.knows("step has no command", command.get_ref(), &ids, command.span());
                let code = typed(code).parse().unwrap_or(1);
                exits.insert((step.get_ref().to_string(), command.get_ref().to_string()), code);
            }
        }
        exits
    }

    fn expect(&mut self, fields: &DeTable<'_>) -> Vec<Spanned<Expected>> {
        let mut expect = Vec::new();
        for (key, value) in entries(fields, "expect") {
            let texts = || -> Vec<Spanned<String>> {
                let values = value.get_ref().as_array().into_iter().flatten();
                values.map(|value| Spanned::new(value.span(), typed(value))).collect()
            };
            let lines = || texts().into_iter().map(Spanned::into_inner).collect();
            let expected = match key.get_ref().as_ref() {
                "complete" => Expected::Complete(value.get_ref().as_bool() == Some(true)),
                "asks" => {
                    for text in texts() {
                        let id = text.get_ref().split(' ').next().unwrap_or_default();
                        self.is_step(id, text.span());
                    }
                    Expected::Asks(lines())
                }
                "never-asks" | "late" => {
                    for text in texts() {
                        self.is_step(text.get_ref(), text.span());
                    }
                    let late = key.get_ref() == "late";
                    if late { Expected::Late(lines()) } else { Expected::NeverAsks(lines()) }
                }
                "owes" => Expected::Owes(lines()),
                "item" => {
                    let of = value.get_ref().as_table().into_iter().flatten();
                    expect.extend(of.flat_map(|entry| self.items(entry)));
                    continue;
                }
                by_name => {
                    let of = value.get_ref().as_table().into_iter().flatten();
                    expect.extend(of.filter_map(|entry| self.named(by_name, entry)));
                    continue;
                }
            };
            expect.push(Spanned::new(value.span(), expected));
        }
        expect
    }

    /// The outcomes of a step, item by item.
    fn items(&mut self, (step, items): Entry<'_>) -> Vec<Spanned<Expected>> {
        self.is_step(step.get_ref(), step.span());
        let items = items.get_ref().as_table().into_iter().flatten();
        let expected = |(item, outcome): Entry<'_>| {
            let (step, item) = (step.get_ref().to_string(), item.get_ref().to_string());
            Spanned::new(outcome.span(), Expected::Item(step, item, typed(outcome)))
        };
        items.map(expected).collect()
    }

    /// An expectation about one step or one fact.
    fn named(&mut self, of: &str, (key, value): Entry<'_>) -> Option<Spanned<Expected>> {
        let (name, wanted) = (key.get_ref().to_string(), typed(value));
        let expected = match of {
            "fact" => {
                self.is_fact(&name, key.span());
                Expected::Fact(name, wanted)
            }
            "outcome" => {
                self.is_step(&name, key.span());
                Expected::Outcome(name, wanted)
            }
            "look-again" => {
                self.is_step(&name, key.span());
                Expected::LookAgain(name, wanted)
            }
            _ => return None,
        };
        Some(Spanned::new(value.span(), expected))
    }

    fn is_step(&mut self, id: &str, span: Range<usize>) -> Option<usize> {
        if let Some(place) = self.places.get(id) {
            return Some(*place);
        }
        let ids: Vec<&str> = if self.findings.is_full() {
            Vec::new()
        } else {
            self.playbook.steps.iter().map(|step| step.id.as_str()).collect()
        };
        self.knows("playbook has no step", id, &ids, span)
    }

    fn is_fact(&mut self, name: &str, span: Range<usize>) {
        if self.vocabulary.get(name).is_none() {
            let is_full = self.findings.is_full();
            let names: Vec<&str> = self.vocabulary.names().filter(|_| !is_full).collect();
            self.knows("vocabulary has no fact", name, &names, span);
        }
    }

    fn knows(&mut self, lacks: &str, name: &str, of: &[&str], span: Range<usize>) -> Option<usize> {
        let found = of.iter().position(|known| *known == name);
        if found.is_none() {
            let message = format!("the {lacks} `{}`", crate::escape::line(name));
            let help = did_you_mean(name, of.iter().copied());
            self.findings.push(Diagnostic::error("unknown-name", message, span).maybe_help(help));
        }
        found
    }
}

fn entries<'t>(fields: &'t DeTable<'t>, key: &str) -> impl Iterator<Item = Entry<'t>> {
    fields.get(key).and_then(|table| table.get_ref().as_table()).into_iter().flatten()
}

/// The clock of a walk that does not say when it begins.
pub(super) fn clock() -> FakeClock {
    let utc = FixedOffset::east_opt(0).unwrap_or_else(|| unreachable!("zero is an offset"));
    FakeClock::new(STARTS_AT, utc)
}

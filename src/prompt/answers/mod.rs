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

mod script;

use std::collections::{HashMap, HashSet};

use toml::Spanned;
use toml::de::DeTable;

use super::{Prompt, Stop, Topic};
use crate::document::{Diagnostic, Document, Findings, syntax, visit};
use crate::incident::event::AnswersFrom;
use crate::incident::{Incident, StepKey};
use crate::phase::Phase;
use crate::playbook::ANSWERS;
use crate::walk::{QuestionKey, QuestionPart};

pub use script::line as typed;

use script::{Answer, Script};

/// Answers, each to be used; those that nobody asked for are an error at the end.
pub struct Answers {
    opening: HashMap<String, Answer>,
    facts: HashMap<String, Answer>,
    steps: HashMap<(String, Option<String>), Script>,
    /// How far each step's script was played, by step and item.
    played: HashMap<QuestionKey, usize>,
    /// What was asked last.
    asked: String,
    /// What somebody asked for.
    used: HashSet<String>,
}

/// Why a file is no answers file.
pub type AnswersError = Vec<Diagnostic>;

impl Answers {
    /// Reads an answers file.
    ///
    /// # Errors
    /// Every mistake, with its place.
    pub fn read(document: &Document) -> Result<Self, AnswersError> {
        let mut findings = Findings::default();
        let answers = syntax::read(&document.text, &mut findings, |tree, findings| {
            visit::check(tree, &ANSWERS, findings);
            Self::of(tree, findings)
        });
        if findings.has_errors() { Err(findings.into_sorted()) } else { Ok(answers) }
    }

    /// The answers of a table that was compared with its shape: `opening`, `fact` and `step`.
    pub fn of(table: &DeTable<'_>, findings: &mut Findings) -> Self {
        let section = |name: &str| table.get(name).and_then(|value| value.get_ref().as_table());
        Self {
            opening: section("opening").map(script::answers).unwrap_or_default(),
            facts: section("fact").map(script::answers).unwrap_or_default(),
            steps: section("step")
                .map(|steps| script::scripts(steps, findings))
                .unwrap_or_default(),
            played: HashMap::new(),
            asked: String::new(),
            used: HashSet::new(),
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
                continue;
            }
            // A confirmation that was not needed is no mistake: a rehearsal never asks for one.
            for (id, answer) in &script.evidence {
                let name = evidence_name(&name, id);
                if !self.used.contains(&name) {
                    unused.push((name, answer.span()));
                }
            }
            let spans = script.decision.values().map(Spanned::span);
            if let Some(span) = spans.min_by_key(|span| span.start)
                && !self.used.contains(&decision_name(&name))
            {
                unused.push((decision_name(&name), span));
            }
        }
        unused.sort_by_key(|(_, span)| span.start);
        unused
    }

    /// Counts what is recorded already as used: the opening of an incident that was opened before,
    /// facts that are known, steps that are settled.
    pub fn resume(&mut self, incident: &Incident, phase: Phase) {
        let settled = incident.phases.get(&phase).map(|phase| &phase.steps);
        let settled =
            || settled.into_iter().flatten().filter(|(_, state)| state.outcome.is_settled());
        if settled().next().is_some() {
            self.used.extend(self.opening.keys().map(|name| format!("opening.{name}")));
        }
        let known = self.facts.keys().filter(|name| incident.facts.contains_key(*name));
        self.used.extend(known.map(|name| format!("fact.{name}")));
        for (key, _) in settled() {
            for item in [key.item.as_deref(), None] {
                let name = step_name(&key.step, item);
                let own = (key.step.clone(), item.map(str::to_owned));
                if let Some(script) = self.steps.get(&own) {
                    let evidence = script.evidence.keys().map(|id| evidence_name(&name, id));
                    self.used.extend(evidence);
                    self.used.insert(decision_name(&name));
                    self.used.insert(name);
                }
            }
        }
    }

    fn script(&mut self, key: &QuestionKey) -> Option<&Script> {
        let own = (key.at.step.clone(), key.at.item.clone());
        let (step, item) =
            if self.steps.contains_key(&own) { own } else { (key.at.step.clone(), None) };
        let name = step_name(&step, item.as_deref());
        if let QuestionPart::Evidence(id) = &key.part {
            self.used.insert(evidence_name(&name, id));
        }
        if matches!(key.part, QuestionPart::Choice(_)) {
            self.used.insert(decision_name(&name));
        }
        self.used.insert(name);
        self.steps.get(&(step, item))
    }

    /// What was typed for a confirmation; nothing refuses.
    fn confirmation(&mut self, key: &QuestionKey, id: &str) -> String {
        let given = self.script(key).and_then(|script| script.confirm.get(id));
        given.map(|line| line.get_ref().clone()).unwrap_or_default()
    }

    fn walk(&mut self, key: &QuestionKey) -> Result<String, Stop> {
        let times = self.played.entry(key.clone()).or_default();
        let turn = *times;
        *times += 1;
        let asked = describe(key);
        self.asked.clone_from(&asked);
        let refused = || Stop::Refused(asked.clone());
        let missing = || Stop::NoAnswer(asked.clone());
        let once = |line: String| if turn == 0 { Ok(line) } else { Err(refused()) };
        match &key.part {
            QuestionPart::Step => {
                let script = self.script(key).ok_or_else(missing)?;
                script.lines.get(turn).cloned().ok_or_else(refused)
            }
            QuestionPart::Fact(name) => {
                let Some(answer) = self.facts.get(name) else {
                    // An empty line keeps a value that an earlier step gave.
                    return if turn == 0 { Ok(String::new()) } else { Err(missing()) };
                };
                let line = answer.line.clone();
                self.used.insert(format!("fact.{name}"));
                // A repeated step asks a fact again for each item; the same answer serves.
                once(line)
            }
            QuestionPart::DecidedBy(name)
            | QuestionPart::DecidedRole(name)
            | QuestionPart::DecidedBasis(name) => {
                let answer = self.facts.get(name).ok_or_else(missing)?;
                let field = match &key.part {
                    QuestionPart::DecidedBy(_) => &answer.by,
                    QuestionPart::DecidedRole(_) => &answer.role,
                    _ => &answer.basis,
                };
                once(field.clone().ok_or_else(missing)?)
            }
            QuestionPart::Evidence(id) => {
                let given = self.script(key).and_then(|script| script.evidence.get(id));
                once(given.map(|line| line.get_ref().clone()).unwrap_or_default())
            }
            QuestionPart::Reason(_) => {
                let script = self.script(key).ok_or_else(missing)?;
                once(script.reason.clone())
            }
            QuestionPart::Choice(part) => {
                let given = self.script(key).and_then(|script| script.decision.get(*part));
                once(given.map(|line| line.get_ref().clone()).unwrap_or_default())
            }
            QuestionPart::Confirm(id) => Ok(self.confirmation(key, id)),
            QuestionPart::Destroy => once(self.confirmation(key, "destroy")),
            QuestionPart::Aside => Err(missing()),
        }
    }
}

fn step_name(step: &str, item: Option<&str>) -> String {
    match item {
        Some(item) => format!("step.{step}.item.{item}"),
        None => format!("step.{step}"),
    }
}

fn evidence_name(step: &str, id: &str) -> String {
    format!("{step}.evidence.{id}")
}

fn decision_name(step: &str) -> String {
    format!("{step}.decision")
}

fn describe(key: &QuestionKey) -> String {
    let step = step_name(&key.at.step, key.at.item.as_deref());
    match &key.part {
        QuestionPart::Fact(name)
        | QuestionPart::DecidedBy(name)
        | QuestionPart::DecidedRole(name)
        | QuestionPart::DecidedBasis(name) => format!("`fact.{name}` (asked by `{step}`)"),
        QuestionPart::Evidence(id) => format!("`{}`", evidence_name(&step, id)),
        QuestionPart::Choice(part) => format!("`{step}.decision.{part}`"),
        QuestionPart::Confirm(id) => format!("`{step}.confirm.{id}`"),
        QuestionPart::Destroy => format!("`{step}.confirm.destroy`"),
        QuestionPart::Step | QuestionPart::Reason(_) | QuestionPart::Aside => format!("`{step}`"),
    }
}

impl Prompt for Answers {
    fn line(&mut self, topic: Topic<'_>, _: &str) -> Result<String, Stop> {
        match topic {
            Topic::Walk(key) => self.walk(key),
            Topic::Opening(name) => {
                // What the opening asks is a fact like others, wherever the file says it.
                let (section, answer) = match (self.opening.get(name), self.facts.get(name)) {
                    (None, Some(answer)) => ("fact", Some(answer)),
                    (answer, _) => ("opening", answer),
                };
                self.used.insert(format!("{section}.{name}"));
                Ok(answer.map(|answer| answer.line.clone()).unwrap_or_default())
            }
            Topic::Mask => Ok("m".to_owned()),
            Topic::Fault => Err(Stop::EndOfInput),
        }
    }

    fn block(&mut self, topic: Topic<'_>, prompt: &str) -> Result<String, Stop> {
        self.line(topic, prompt)
    }

    fn lacks(&self, steps: &[StepKey], determinations: &[&str]) -> Vec<String> {
        let mut lacking: Vec<String> = Vec::new();
        for StepKey { step, item } in steps {
            let has =
                |item: &Option<String>| self.steps.contains_key(&(step.clone(), item.clone()));
            // Where nothing is said of any item, one answer for all of them is what lacks.
            let some = self.steps.keys().any(|(of, _)| of == step);
            let name = step_name(step, item.as_deref().filter(|_| some));
            if !has(item) && !has(&None) && !lacking.contains(&name) {
                lacking.push(name);
            }
        }
        for name in determinations {
            let Some(answer) = self.facts.get(*name) else { continue };
            let fields = [("by", &answer.by), ("role", &answer.role), ("basis", &answer.basis)];
            let empty = fields.into_iter().filter(|(_, said)| said.is_none());
            lacking.extend(empty.map(|(field, _)| format!("fact.{name}.{field}")));
        }
        lacking
    }

    fn refused(&self) -> Result<(), Stop> {
        Err(Stop::Refused(self.asked.clone()))
    }

    fn decides(&self) -> HashSet<String> {
        let decided = self.steps.iter().filter(|(_, script)| !script.decision.is_empty());
        decided.map(|((step, _), _)| step.clone()).collect()
    }

    fn is_patient(&self) -> bool {
        false
    }

    fn answers_from(&self) -> AnswersFrom {
        AnswersFrom::File
    }
}

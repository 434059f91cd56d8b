//! The output of a command as the answer to a fact, once a person has looked at it.

use super::typed::is_yes;
use super::{Act, Asking, Question, QuestionPart, Walk};
use crate::clock::Clock;
use crate::fact::{Fact, FactType, Value};
use crate::incident::event::{FactEdit, FactSet};
use crate::incident::{CommandKey, Incident, StepKey};

/// Items that are taken from one output; a longer one is a file, and not an answer.
const MOST: usize = 200;

impl Walk<'_> {
    /// Takes what a command printed that ended well. If its playbook says that this answers a fact, the
    /// next question is whether it does; what is returned is to be said.
    pub fn printed(&mut self, clock: &dyn Clock, key: &CommandKey, output: &str) -> Option<String> {
        let id = key.step.rsplit('/').next().unwrap_or_default();
        let at = StepKey { step: id.to_owned(), item: key.item.clone() };
        let fact = self.command(&at, &key.command).and_then(|command| command.fills.as_ref());
        // A script has nobody who looks.
        let fact = fact.filter(|_| self.patient).and_then(|name| self.vocabulary.get(name))?;
        match answer(fact, output).and_then(|text| fact.parse(&text, clock).ok()) {
            Some(understood) => {
                let (name, value) = (fact.name.clone(), understood.value);
                self.mode = Asking::Filled { at, command: key.command.clone(), name, value };
                None
            }
            None => Some(format!(
                "That output does not answer `{}` as it is; set it with f.",
                fact.name
            )),
        }
    }

    pub(super) fn ask_filled(&self, at: &StepKey, name: &str, value: &Value) -> Question {
        let fact = self.vocabulary.get(name);
        let title = fact.map_or(name, |fact| &fact.title);
        let prompt = "Does the output answer that? [y/N] ";
        let mut question = Question::plain(at, QuestionPart::Aside, prompt);
        question.lines.push(format!("{title}: {}", value.show(fact)));
        question
    }

    pub(super) fn filled(
        &mut self,
        incident: &Incident,
        at: &StepKey,
        (command, name, value): (&str, String, Value),
        reply: &str,
    ) -> Vec<Act> {
        if !is_yes(reply) {
            return vec![Act::Say("Not taken; f sets it by hand.".to_owned())];
        }
        let told = self.vocabulary.called(&name).to_owned();
        let why = Some(format!("output of `{command}`"));
        let draft = match (incident.fact_value(&name), value) {
            // What is known of a list stays: an output adds to it.
            (Some(Value::List(known)), Value::List(found)) => {
                let add: Vec<String> =
                    found.into_iter().filter(|item| !known.contains(item)).collect();
                if add.is_empty() {
                    return vec![Act::Say("All of it is known already.".to_owned())];
                }
                self.draft(
                    at,
                    FactEdit {
                        name,
                        add,
                        remove: Vec::new(),
                        apart: None,
                        why: why.map(Into::into),
                    },
                    None,
                )
            }
            (_, value) => {
                let item = at.item.clone();
                self.draft(
                    at,
                    FactSet { item, why: why.map(Into::into), ..FactSet::new(name, value) },
                    None,
                )
            }
        };
        vec![draft, Act::Recorded(told)]
    }
}

/// An output as somebody would type it: one item a line for a list, else its only line.
fn answer(fact: &Fact, output: &str) -> Option<String> {
    let lines = output.lines().map(str::trim).filter(|line| !line.is_empty());
    let lines: Vec<&str> = lines.take(MOST + 1).collect();
    match (fact.kind, lines.as_slice()) {
        (_, []) => None,
        (FactType::List | FactType::Choices, lines) => {
            (lines.len() <= MOST).then(|| lines.join(", "))
        }
        (_, [one]) => Some((*one).to_owned()),
        _ => None,
    }
}

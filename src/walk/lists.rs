//! Lists are edited, not replaced: what is added, what is taken off, and what an answer would drop.

use super::typed::is_yes;
use super::{Act, Asking, Then, Walk};
use crate::clock::Clock;
use crate::fact::{Fact, FactType, Value};
use crate::incident::event::FactEdit;
use crate::incident::{Incident, StepKey};
use crate::wording;

/// Items to add or to take off.
pub(super) struct Edit {
    adds: bool,
    /// The items read, or why they could not be read.
    items: Result<Value, String>,
}

impl Walk<'_> {
    /// An answer as it is meant: `= x` is the text `x`, whatever it looks like; `+ x` and `- x` edit a
    /// list. A script means what it says: its sign comes before a blank.
    pub(super) fn read_as<'r>(
        &self,
        reply: &'r str,
        fact: &Fact,
        clock: &dyn Clock,
    ) -> (&'r str, Option<Edit>) {
        let line = reply.trim();
        if let Some(literal) = line.strip_prefix('=').filter(|_| self.patient) {
            return (literal, None);
        }
        let signs: &[&str] = if self.patient { &["+", "-"] } else { &["+ ", "- "] };
        let is_edit = signs.iter().any(|sign| line.starts_with(sign));
        if !fact.kind.has_items() || !is_edit {
            return (reply, None);
        }
        let items = fact.parse(line[1..].trim(), clock).map(|items| items.value);
        (line, Some(Edit { adds: line.starts_with('+'), items }))
    }

    /// Adds items to a list or takes them off; the question is answered by it.
    pub(super) fn edit_list(
        &mut self,
        incident: &Incident,
        (at, mut queue, then): (StepKey, Vec<String>, Then),
        fact: &Fact,
        Edit { adds, items }: Edit,
    ) -> Vec<Act> {
        let known = incident.fact_value(&fact.name);
        let items = match &items {
            Ok(value) => value.items().unwrap_or_default().to_vec(),
            Err(hint) if fact.kind == FactType::Choices => {
                self.mode = Asking::Fact { at, queue, then };
                return vec![Act::Refuse(format!("Not understood: {hint}."))];
            }
            Err(_) => Vec::new(),
        };
        let edit = match FactEdit::of(&fact.name, known, items, adds) {
            Ok(edit) => edit,
            Err(unchanged) => {
                self.mode = Asking::Fact { at, queue, then };
                let why = match (unchanged.as_slice(), adds) {
                    ([], _) => "Name the items after + or -, with commas between them.".to_owned(),
                    (items, true) => format!("Already on the list: {}.", wording::list(items)),
                    (items, false) => format!("Not on the list: {}.", wording::list(items)),
                };
                return vec![Act::Refuse(why)];
            }
        };
        queue.remove(0);
        let told = edit.told(&fact.title);
        let acts = vec![self.draft(&at, edit.of_kind(fact.kind, known), None), Act::Recorded(told)];
        self.next_fact(at, queue, then);
        acts
    }

    pub(super) fn drops(
        &mut self,
        incident: &Incident,
        clock: &dyn Clock,
        question: (StepKey, Vec<String>, Then),
        answer: &str,
        reply: &str,
    ) -> Vec<Act> {
        let (at, queue, then) = question;
        if is_yes(reply) {
            self.sure = Some(answer.to_owned());
            return self.fact(incident, clock, (at, queue, then), answer);
        }
        self.mode = Asking::Fact { at, queue, then };
        vec![Act::Say("Nothing was changed.".to_owned())]
    }
}

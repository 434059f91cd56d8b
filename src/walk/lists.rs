//! Lists are edited, not replaced: what is added, what is taken off, and what an answer would drop.

use std::collections::HashSet;

use super::typed::is_yes;
use super::{Act, Asking, Then, Walk};
use crate::clock::Clock;
use crate::fact::{Fact, FactType, People, Value};
use crate::incident::event::{FactEdit, FactSet};
use crate::incident::{Incident, StepKey};
use crate::wording;

/// Items to add or to take off.
pub(super) struct Edit {
    adds: bool,
    /// Whether it takes off, and goes on with a `+`.
    is_torn: bool,
    /// The items read, or why they could not be read.
    items: Result<Value, String>,
}

impl Edit {
    /// What is added, if it could be read.
    pub(super) fn added(&self) -> Option<&Value> {
        self.items.as_ref().ok().filter(|_| self.adds)
    }
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
        if !(fact.kind.has_items() || fact.kind == FactType::People) || !is_edit {
            return (reply, None);
        }
        // A list that was pasted has the sign before each.
        let sign = &line[..1];
        let parts = line.lines().map(|part| part.trim().strip_prefix(sign).unwrap_or(part).trim());
        let bare = parts.collect::<Vec<_>>().join("\n");
        let mut items = fact.parse(&bare, clock).map(|items| items.value);
        if items.is_err() && fact.kind == FactType::People && line.starts_with('-') {
            // A place that goes needs no number.
            let places = line[1..].split(',').map(|place| format!("{place} 0"));
            let places = places.collect::<Vec<_>>().join(",");
            items = fact.parse(&places, clock).map(|items| items.value);
        }
        let is_torn = line.starts_with('-') && line.contains(" + ");
        (line, Some(Edit { adds: line.starts_with('+'), is_torn, items }))
    }

    /// Adds items to a list or takes them off; the question is answered by it.
    pub(super) fn edit_list(
        &mut self,
        incident: &Incident,
        (at, mut queue, then): (StepKey, Vec<String>, Then),
        fact: &Fact,
        Edit { adds, is_torn, items }: Edit,
    ) -> Vec<Act> {
        let known = incident.fact_value(&fact.name);
        if fact.kind == FactType::People {
            let edit = Edit { adds, is_torn, items };
            return self.edit_people(known, (at, queue, then), fact, edit);
        }
        if is_torn {
            self.mode = Asking::Fact { at, queue, then };
            let both = "That line takes off and adds. Take off with - first, then add with + on the next line.";
            return vec![Act::Refuse(both.to_owned())];
        }
        let is_signed = |item: &String| item.starts_with("- ") || item.starts_with("+ ");
        if let Ok(value) = &items
            && let Some(signed) =
                value.items().unwrap_or_default().iter().find(|item| is_signed(item))
        {
            self.mode = Asking::Fact { at, queue, then };
            let sign = if adds { '+' } else { '-' };
            return vec![Act::Refuse(format!(
                "`{signed}` has a sign of its own: type what {sign} is for, then the rest on the next line."
            ))];
        }
        let items = match &items {
            Ok(value) => value.items().unwrap_or_default().to_vec(),
            Err(hint) if fact.kind == FactType::Choices => {
                self.mode = Asking::Fact { at, queue, then };
                return vec![Act::Refuse(format!("Not understood: {hint}."))];
            }
            Err(_) => Vec::new(),
        };
        let beside = {
            let list = known.and_then(Value::items).unwrap_or_default();
            let beside = items.iter().filter(|item| list.contains(item) == adds).cloned();
            beside.collect::<Vec<_>>()
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
        let mut acts =
            vec![self.draft(&at, edit.of_kind(fact.kind, known), None), Act::Recorded(told)];
        if !beside.is_empty() {
            let how = if adds { "Already on the list" } else { "Not on the list" };
            acts.push(Act::Say(format!("{how}: {}.", wording::list(&beside))));
        }
        self.next_fact(at, queue, then);
        acts
    }

    /// Takes in which of the names in the next line are files here: the walk sees none itself.
    pub fn beside_files(&mut self, names: HashSet<String>) {
        self.files = names;
    }

    /// Numbers of people for places, added to those that are known or put in their stead, and places that
    /// are taken off.
    fn edit_people(
        &mut self,
        known: Option<&Value>,
        (at, mut queue, then): (StepKey, Vec<String>, Then),
        fact: &Fact,
        Edit { adds, items, .. }: Edit,
    ) -> Vec<Act> {
        let mut people = match known {
            Some(Value::People(people)) => people.clone(),
            _ => People::default(),
        };
        match items {
            Ok(Value::People(given)) if adds => people.by.extend(given.by),
            Ok(Value::People(given)) => people.by.retain(|place, _| !given.by.contains_key(place)),
            Ok(_) => {}
            Err(hint) => {
                self.mode = Asking::Fact { at, queue, then };
                return vec![Act::Refuse(format!("Not understood: {hint}."))];
            }
        }
        let value = Value::People(people);
        let told = format!("{}: {}", fact.title, value.echo(fact));
        let item = self.item_of(&at, &fact.name);
        let event = FactSet { item, ..FactSet::new(queue.remove(0), value) };
        let acts = vec![self.draft(&at, event, None), Act::Recorded(told)];
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
            self.agreed = true;
            return self.fact(incident, clock, (at, queue, then), answer);
        }
        self.mode = Asking::Fact { at, queue, then };
        vec![Act::Say("Nothing was changed.".to_owned())]
    }
}

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
        if fact.kind == FactType::People {
            return self.edit_people(known, (at, queue, then), fact, Edit { adds, items });
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

    /// Takes in which of the names in the next line are files here: the walk sees none itself.
    pub fn beside_files(&mut self, names: HashSet<String>) {
        self.files = names;
    }

    /// Asks back for an item that may not be what was meant.
    pub(super) fn doubt_item(
        &self,
        incident: &Incident,
        fact: &Fact,
        value: &Value,
    ) -> Option<Act> {
        self.doubt_file(fact, value)
            .or_else(|| self.doubt_word(incident, fact, value))
            .or_else(|| self.doubt_twin(incident, fact, value))
    }

    /// Asks back for an item that says how many there are, or when, and names none.
    fn doubt_word(&self, incident: &Incident, fact: &Fact, value: &Value) -> Option<Act> {
        const MANY: [&str; 22] = [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "some",
            "several",
            "many",
            "few",
            "a few",
            "most",
            "all",
            "all of them",
            "every",
            "both",
            "everything",
            "various",
        ];
        let known = incident.fact_value(&fact.name).and_then(Value::items).unwrap_or_default();
        let is_listed = |item: &str| known.iter().any(|known| known == item);
        let names_none = |item: &&String| {
            let number = item.chars().all(|c| c.is_ascii_digit() || c == ':');
            let lower = item.to_lowercase();
            let is_but =
                ["except ", "all except ", "all but "].iter().any(|but| lower.starts_with(but));
            (number || is_but || MANY.contains(&&*lower)) && !is_listed(item)
        };
        let of_names = self.patient && fact.kind == FactType::List;
        let item = value.items().filter(|_| of_names)?.iter().find(names_none)?;
        Some(Act::Refuse(format!(
            "`{item}` names nothing, and this asks for names. The same answer again lists it as it is."
        )))
    }

    /// Asks back for an item that differs from one on the list by capitals only, or by a domain.
    fn doubt_twin(&self, incident: &Incident, fact: &Fact, value: &Value) -> Option<Act> {
        let known = incident.fact_value(&fact.name).and_then(Value::items)?;
        let is_plain = self.patient && fact.kind == FactType::List && !fact.phrases;
        let short = |item: &str| item.split('.').next().unwrap_or_default().to_lowercase();
        let is_twin = |one: &str, other: &str| {
            let is_short = |item: &str| !item.contains('.');
            one.to_lowercase() == other.to_lowercase()
                || (is_short(one) || is_short(other)) && short(one) == short(other)
        };
        let new = value.items()?.iter().filter(|item| is_plain && !known.contains(item));
        let mut twins =
            new.filter_map(|item| Some((item, known.iter().find(|known| is_twin(known, item))?)));
        let (item, known) = twins.next()?;
        Some(Act::Refuse(format!(
            "`{item}` may be {known}, which is listed. The same answer again lists both."
        )))
    }

    /// Asks back for an item that is a file here, or is called like one. Who says it again means it.
    fn doubt_file(&self, fact: &Fact, value: &Value) -> Option<Act> {
        let file = fact.file_among(value, &|item| self.files.contains(item));
        let file = file.filter(|_| self.patient)?;
        let item = fact.item.as_deref().unwrap_or("item");
        Some(Act::Refuse(format!(
            "`{file}` is the name of a file. To list what is in it, paste its lines; the same answer again \
             lists the name itself as {} {item}.",
            if item.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
        )))
    }

    /// Numbers of people for places, added to those that are known or put in their stead, and places that
    /// are taken off.
    fn edit_people(
        &mut self,
        known: Option<&Value>,
        (at, mut queue, then): (StepKey, Vec<String>, Then),
        fact: &Fact,
        Edit { adds, items }: Edit,
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
            self.sure = Some(answer.to_owned());
            return self.fact(incident, clock, (at, queue, then), answer);
        }
        self.mode = Asking::Fact { at, queue, then };
        vec![Act::Say("Nothing was changed.".to_owned())]
    }
}

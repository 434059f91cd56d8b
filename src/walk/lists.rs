//! Lists are edited, not replaced: what is added, what is taken off, and what an answer would drop.

use std::collections::HashSet;

use super::typed::is_yes;
use super::{Act, Asking, Then, Walk};
use crate::clock::Clock;
use crate::fact::{Fact, FactType, People, Value, begins_unknown};
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

    /// Asks back for an item that may not be what was meant.
    pub(super) fn doubt_item(
        &self,
        incident: &Incident,
        fact: &Fact,
        value: &Value,
    ) -> Option<Act> {
        self.doubt_file(fact, value)
            .or_else(|| self.doubt_word(incident, fact, value))
            .or_else(|| self.doubt_remark(incident, fact, value))
            .or_else(|| self.doubt_twin(incident, fact, value))
            .or_else(|| self.doubt_unsaid(value))
    }

    /// Asks back for a text that begins by saying that nobody knows, `no idea, Jonas knows`, or with `me`.
    fn doubt_unsaid(&self, value: &Value) -> Option<Act> {
        let Value::Text(text) = value else { return None };
        let first = text.split([',', ';', ' ']).next().unwrap_or_default();
        if self.patient && self.own_name(first) != first && text.contains([',', ';', '-']) {
            let own = self.own_name(first);
            return Some(Act::Refuse(format!(
                "For {own}, type `{first}` alone; n at the step keeps the rest as a note. The same answer \
                 again is kept word for word."
            )));
        }
        let words = begins_unknown(text).filter(|_| self.patient)?;
        Some(Act::Refuse(format!(
            "`{words}` says that nobody knows. Type unknown to leave it open; n at the step keeps a note. \
             The same answer again is kept word for word."
        )))
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
            (number || MANY.contains(&&*lower)) && !is_listed(item)
        };
        let of_names = self.patient && fact.kind == FactType::List;
        let item = value.items().filter(|_| of_names)?.iter().find(names_none)?;
        Some(Act::Refuse(format!(
            "`{item}` names nothing, and this asks for names. The same answer again lists it as it is."
        )))
    }

    /// Asks back for an item that reads like a remark or a correction, and not like a name: `no`, `only
    /// web-02`, `not sure about web-02`, `three: web-02`.
    fn doubt_remark(&self, incident: &Incident, fact: &Fact, value: &Value) -> Option<Act> {
        let known = incident.fact_value(&fact.name).and_then(Value::items).unwrap_or_default();
        let items = value.items().filter(|_| self.patient && fact.kind == FactType::List)?;
        let is_listed = |word: &str, of: &String| {
            let is_it = |item: &String| item == word && item != of;
            word.contains(|c: char| c.is_ascii_digit()) && known.iter().chain(items).any(is_it)
        };
        let is_remark = |item: &&String| {
            let lower = item.to_lowercase();
            let trimmed = |word| str::trim_matches(word, ['.', ',', ':', '!', '?', '(', ')']);
            let words: Vec<&str> = lower.split_whitespace().map(trimmed).collect();
            let joins = [" and ", " & "].iter().any(|and| lower.contains(and));
            let begins = words.first().is_some_and(|word| REMARKS.contains(word));
            let of = fact.item.as_deref().unwrap_or_default();
            let has_digit = lower.contains(|c: char| c.is_ascii_digit());
            let is_torn = match of {
                "host" => {
                    lower.contains(' ') && has_digit
                        || lower.contains(['{', '}'])
                        || !lower.contains(char::is_alphanumeric)
                }
                "domain" => lower.contains(' '),
                // Whoever has no address at hand calls a page `card form`.
                "page" => lower.contains(' ') && lower.contains('/'),
                _ => false,
            };
            let ends = words.last().is_some_and(|word| ["first", "last", "later"].contains(word));
            begins
                || is_torn
                || lower.starts_with('-')
                || ends && words.len() > 1
                || words.iter().any(|word| WITHIN.contains(word))
                || lower.contains(": ")
                || joins && lower.contains('(')
                || words.len() > 1 && item.split_whitespace().any(|word| is_listed(word, item))
        };
        let item =
            items.iter().filter(|item| !fact.phrases && !known.contains(item)).find(is_remark)?;
        Some(Act::Refuse(format!(
            "`{item}` reads like a remark, not like a name. + adds names, - takes them off; the same answer \
             again lists it as it is."
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

/// Words that begin a remark, and hardly a name.
const REMARKS: [&str; 37] = [
    "no",
    "not",
    "none",
    "sorry",
    "wait",
    "only",
    "just",
    "actually",
    "oh",
    "except",
    "all",
    "without",
    "yes",
    "ok",
    "maybe",
    "perhaps",
    "probably",
    "possibly",
    "correction",
    "also",
    "plus",
    "then",
    "it",
    "we",
    "i",
    "they",
    "there",
    "hm",
    "please",
    "make",
    "remove",
    "add",
    "nobody",
    "nothing",
    "and",
    "thats",
    "that's",
];

/// Words that a remark has, and hardly a name.
const WITHIN: [&str; 15] = [
    "is", "are", "was", "were", "not", "only", "too", "maybe", "probably", "sure", "yet", "also",
    "sorry", "please", "same",
];

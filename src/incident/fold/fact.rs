//! What was said of facts: values, decisions, and edits of lists.

use std::sync::Arc;

use crate::fact::{Fact, Value};
use crate::incident::claims::{items, merged};
use crate::incident::event::{Decision, Event, FactEdit, FactSet, Stamped, Text};
use crate::incident::{ACTION_ITEMS, FactChange, Incident, Subject, Times};

impl Incident {
    /// Remembers the time that an entry gives a fact, even if the entry is taken back.
    pub(super) fn remember_time(&mut self, event: &Event) {
        let (name, value) = match event {
            Event::FactSet(body) if body.item.is_none() => (&body.name, &body.value),
            Event::Decision(body) if body.is_determination() => (&body.name, &body.value),
            _ => return,
        };
        if let Some(times) = self.times.get_mut(name) {
            times.take(value);
        } else if let Some(times) = Times::new(value) {
            self.times.insert(name.clone(), times);
        }
    }

    /// Takes in a value.
    pub(super) fn fact(&mut self, stamped: &Stamped, body: &FactSet) {
        let subject = Subject::Fact { name: body.name.clone(), item: body.item.clone() };
        let change = FactChange {
            item: body.item.clone(),
            why: body.why.clone().map(String::from),
            absent: absent(body.apart.as_ref(), body.value == Value::Unknown),
            ..FactChange::of(stamped, body.value.clone())
        };
        self.value(subject, stamped, &body.settles, change);
    }

    /// Takes in a determination.
    pub(super) fn determination(&mut self, stamped: &Stamped, body: &Decision) {
        let subject = Subject::Fact { name: body.name.clone(), item: None };
        let change = FactChange {
            why: Some(body.basis.to_string()),
            decided: Some((body.by.clone(), body.role.clone())),
            dissent: body.dissent.as_deref().map(str::to_owned),
            review_at: body.review_at,
            absent: absent(body.apart.as_ref(), body.value == Value::Unknown),
            ..FactChange::of(stamped, body.value.clone())
        };
        self.value(subject, stamped, &body.settles, change);
    }

    /// Takes in a difference: what others added or took off in the meantime stays so. On what is no
    /// list it says nothing.
    pub(super) fn edit(&mut self, stamped: &Stamped, body: &FactEdit) {
        let name = body.name.clone();
        let is_empty = body.add.is_empty() && body.remove.is_empty();
        let last = self.facts.get(&name).and_then(|changes| changes.last());
        let was_privileged = last.is_some_and(|last| last.is_privileged);
        // Items that were missing from the list are still missing.
        let before = || last?.absent.clone();
        let absent = absent(body.apart.as_ref(), is_empty).or_else(before);
        let value = edited(self.fact_value(&name), body);
        let Some(value) = value.or(absent.is_some().then_some(Value::Unknown)) else { return };
        let subject = Subject::Fact { name, item: None };
        let (_, beside) = self.claims.enter(&subject, stamped, &[]);
        let view = edited(self.claims.list(&subject, &stamped.chain), body);
        let all_lists = beside.iter().all(|claim| items(&claim.view).is_some());
        let mut change = FactChange {
            why: body.why.clone().map(String::from),
            absent,
            ..FactChange::of(stamped, value)
        };
        change.is_privileged |= was_privileged;
        if !all_lists {
            change.said = Some(std::mem::replace(&mut change.value, Value::Unknown));
        }
        self.put(subject, stamped, Some(view.unwrap_or(Value::List(Vec::new()))), change);
    }

    /// Takes in a value that somebody gave, in knowledge of some of what stands.
    fn value(
        &mut self,
        subject: Subject,
        stamped: &Stamped,
        settles: &[String],
        mut change: FactChange,
    ) {
        let (known, beside) = self.claims.enter(&subject, stamped, settles);
        let view = change.value.clone();
        // Whoever was asked and never knew says nothing against somebody who does.
        let never_knew = view == Value::Unknown && known.is_empty();
        if never_knew && !beside.is_empty() {
            return;
        }
        let current = self.current(&subject);
        // Whoever knew nothing of what stands did not take its mark off either.
        change.is_privileged |=
            !beside.is_empty() && current.is_some_and(|current| current.is_privileged);
        if beside.iter().any(|claim| claim.view != view) {
            let current = current.map(|current| &current.value);
            let knew = self.claims.list(&subject, &stamped.chain);
            match merged(current, (knew, &beside), &view) {
                Some(all) => change.value = all,
                None => change.said = Some(std::mem::replace(&mut change.value, Value::Unknown)),
            }
        }
        self.put(subject, stamped, (!never_knew).then_some(view), change);
    }

    /// The last value of a fact in a few words, if it was ever given.
    pub fn fact_in_words(&self, name: &str, fact: Option<&Fact>) -> Option<String> {
        let last = self.facts.get(name)?.last()?;
        Some(last.shown(last.value.brief(fact)))
    }

    /// Of these facts, those whose values are marked privileged.
    pub fn marked<'n>(&self, names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
        let last = |name: &&str| self.facts.get(*name).and_then(|changes| changes.last());
        names.filter(|name| last(name).is_some_and(|last| last.is_privileged)).collect()
    }

    fn current(&self, subject: &Subject) -> Option<&FactChange> {
        let Subject::Fact { name, item } = subject else { return None };
        self.facts.get(name)?.iter().rfind(|change| change.item == *item)
    }

    fn put(
        &mut self,
        subject: Subject,
        stamped: &Stamped,
        view: Option<Value>,
        change: FactChange,
    ) {
        let Subject::Fact { name, .. } = &subject else { return };
        if name == ACTION_ITEMS {
            self.listed_actions(stamped, &change.value);
        }
        self.facts.entry(name.clone()).or_default().push(change);
        let said = Arc::new(stamped.clone());
        self.claims.work(Arc::clone(&said));
        if let Some(view) = view {
            self.claims.stand(subject, said, view);
        }
    }
}

impl FactChange {
    /// Whether nobody knows it; what is kept separately and missing here is known.
    pub fn is_unknown(&self) -> bool {
        self.value == Value::Unknown && self.absent.is_none()
    }

    /// Its value in words, and that it is kept separately where it is missing here: it is known, only not
    /// here.
    pub fn shown(&self, value: String) -> String {
        match &self.absent {
            Some(absent) if self.value == Value::Unknown => absent.clone(),
            Some(absent) => format!("{value} and {absent}"),
            None => value,
        }
    }

    fn of(stamped: &Stamped, value: Value) -> Self {
        Self {
            value,
            said: None,
            item: None,
            at: stamped.at,
            occurred: stamped.draft.occurred.clone(),
            by: stamped.actor.shown().to_owned(),
            why: None,
            decided: None,
            dissent: None,
            review_at: None,
            absent: None,
            is_privileged: stamped.draft.privileged,
        }
    }
}

/// The text shown in place of a value that is kept separately, if its words are missing here.
fn absent(apart: Option<&Text>, is_missing: bool) -> Option<String> {
    apart.filter(|_| is_missing).map(ToString::to_string)
}

/// A list after an edit. A list that nobody knew begins with what is added to it; what is taken off it
/// leaves it unknown.
fn edited(old: Option<&Value>, edit: &FactEdit) -> Option<Value> {
    let change = |items: &[String]| {
        let mut items: Vec<String> = items.to_vec();
        items.retain(|item| !edit.remove.contains(item));
        for item in &edit.add {
            if !items.contains(item) {
                items.push(item.clone());
            }
        }
        items
    };
    match old {
        None | Some(Value::Unknown) if edit.add.is_empty() => None,
        None | Some(Value::Unknown) => Some(Value::List(change(&[]))),
        Some(Value::List(items)) => Some(Value::List(change(items))),
        Some(Value::Choices(items)) => Some(Value::Choices(change(items))),
        Some(_) => None,
    }
}

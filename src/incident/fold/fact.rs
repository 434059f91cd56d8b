//! What was said of facts: values, decisions, and edits of lists.

use crate::fact::Value;
use crate::incident::event::{Decision, FactEdit, FactSet, Stamped};
use crate::incident::{ACTION_ITEMS, FactChange, Incident};

impl Incident {
    /// Takes in a value.
    pub(super) fn fact(&mut self, stamped: &Stamped, body: &FactSet) {
        if body.name == ACTION_ITEMS {
            self.listed_actions(stamped, &body.value);
        }
        let change = FactChange {
            item: body.item.clone(),
            why: body.why.clone().map(String::from),
            ..FactChange::of(stamped, body.value.clone())
        };
        self.change(&body.name, change);
    }

    /// Takes in a difference: what others added or took off in the meantime stays so. On what is no
    /// list it says nothing.
    pub(super) fn edit(&mut self, stamped: &Stamped, body: &FactEdit) {
        let Some(value) = edited(self.fact_value(&body.name), body) else { return };
        if body.name == ACTION_ITEMS {
            self.listed_actions(stamped, &value);
        }
        let change = FactChange {
            why: body.why.clone().map(String::from),
            ..FactChange::of(stamped, value)
        };
        self.change(&body.name, change);
    }

    /// Takes in a determination.
    pub(super) fn determination(&mut self, stamped: &Stamped, body: &Decision) {
        let change = FactChange {
            why: Some(body.basis.to_string()),
            decided: Some((body.by.clone(), body.role.clone())),
            ..FactChange::of(stamped, body.value.clone())
        };
        self.change(&body.name, change);
    }

    fn change(&mut self, name: &str, change: FactChange) {
        self.facts.entry(name.to_owned()).or_default().push(change);
    }
}

impl FactChange {
    fn of(stamped: &Stamped, value: Value) -> Self {
        Self {
            value,
            item: None,
            at: stamped.at,
            occurred: stamped.draft.occurred.clone(),
            by: stamped.actor.shown().to_owned(),
            why: None,
            decided: None,
        }
    }
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

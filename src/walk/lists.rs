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
    items: Vec<String>,
}

impl Walk<'_> {
    /// An answer as it is meant: `= x` is the text `x`, whatever it looks like; `+ x` and `- x` edit a
    /// list. A script means what it says.
    pub(super) fn read_as<'r>(&self, reply: &'r str, kind: FactType) -> (&'r str, Option<Edit>) {
        let line = reply.trim();
        if !self.patient {
            return (reply, None);
        }
        if let Some(literal) = line.strip_prefix('=') {
            return (literal, None);
        }
        if kind != FactType::List || !line.starts_with(['+', '-']) {
            return (reply, None);
        }
        let items = line[1..].split(',').map(str::trim).filter(|item| !item.is_empty());
        let items: Vec<String> = items.map(str::to_owned).collect();
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
        let known: &[String] = match incident.fact_value(&fact.name) {
            Some(Value::List(known)) => known,
            _ => &[],
        };
        let (items, not): (Vec<String>, Vec<String>) =
            items.into_iter().partition(|item| known.contains(item) != adds);
        if items.is_empty() {
            self.mode = Asking::Fact { at, queue, then };
            let why = match (not.as_slice(), adds) {
                ([], _) => "Name the items after + or -, with commas between them.".to_owned(),
                (not, true) => format!("Already on the list: {}.", wording::list(not)),
                (not, false) => format!("Not on the list: {}.", wording::list(not)),
            };
            return vec![Act::Refuse(why)];
        }
        queue.remove(0);
        let names = wording::list(&items);
        let (add, remove, told) = if adds {
            (items, Vec::new(), format!("{}, added: {names}", fact.title))
        } else {
            (Vec::new(), items, format!("{}, taken off: {names}", fact.title))
        };
        let event = FactEdit { name: fact.name.clone(), add, remove, why: None };
        let acts = vec![self.draft(&at, event, None), Act::Recorded(told)];
        self.next_fact(at, queue, then);
        acts
    }

    /// Items that an answer leaves out although they are on the list. A person is asked first.
    pub(super) fn drop(&self, known: Option<&Value>, new: &Value) -> Option<Vec<String>> {
        let (Some(Value::List(old)), true) = (known, self.patient && !self.dropping) else {
            return None;
        };
        let keeps = |item: &&String| matches!(new, Value::List(new) if new.contains(*item));
        let dropped: Vec<String> = old.iter().filter(|item| !keeps(item)).cloned().collect();
        (!dropped.is_empty()).then_some(dropped)
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
            self.dropping = true;
            return self.fact(incident, clock, (at, queue, then), answer);
        }
        self.mode = Asking::Fact { at, queue, then };
        vec![Act::Say("Nothing was changed.".to_owned())]
    }
}

//! What an answer means in the mouth of whoever gives it: `me`, a yes with a sentence behind it, a time
//! that cannot be.

use super::{Act, Walk};
use crate::clock::Clock;
use crate::fact::names::FIRST_SIGNAL;
use crate::fact::{Contradiction, Fact, FactType, Value, When, contradictions};
use crate::incident::{ACTION_ITEMS, ActionItem, Incident};

impl Walk<'_> {
    /// A name; who walks, for `me`.
    pub(super) fn own_name<'t>(&'t self, text: &'t str) -> &'t str {
        let is_own = ["me", "myself", "i", "i am"].contains(&&*text.trim().to_lowercase());
        self.name.as_deref().filter(|_| is_own && self.patient).unwrap_or(text)
    }

    /// The part of a reply that answers a fact, and what was said besides.
    pub(super) fn meant(
        &self,
        fact: &Fact,
        reply: &str,
        clock: &dyn Clock,
    ) -> (String, Option<String>) {
        let line = reply.trim();
        let (first, rest) = line.split_once([' ', ',', '.', ';', ':']).unwrap_or((line, ""));
        let rest = rest.trim_start_matches([' ', ',', '.', ';', ':', '-']);
        // `n` is also the key of a note.
        let is_answer = ["yes", "no"].contains(&&*first.to_lowercase());
        match fact.kind {
            // `no idea` is no no.
            FactType::YesNo
                if self.patient
                    && is_answer
                    && !rest.is_empty()
                    && fact.parse(line, clock).is_err() =>
            {
                (first.to_owned(), Some(format!("{} {first}: {rest}", fact.ask)))
            }
            FactType::Text => (self.own_name(reply).to_owned(), None),
            _ => (reply.to_owned(), None),
        }
    }

    /// Says of action items how many nobody owns, or have no day.
    pub(super) fn unassigned(fact: &Fact, value: &Value, clock: &dyn Clock) -> Option<Act> {
        let items = value.items().filter(|_| fact.name == ACTION_ITEMS)?;
        let at = clock.now().local();
        let lacks = |item: &&String| {
            let read = ActionItem::read(item, at);
            read.owner.is_none() || read.due.is_none()
        };
        let count = items.iter().filter(lacks).count();
        (count > 0).then(|| {
            Act::Say(format!(
                "{count} of {} without an owner or a day. As in: Priya: rotate the keys by 2026-12-15.",
                items.len()
            ))
        })
    }

    /// Asks back for what was done before anybody saw a sign of the breach.
    pub(super) fn doubt_before(&mut self, incident: &Incident, occurred: Option<&When>) {
        let Some(Value::Time(signal)) = incident.fact_value(FIRST_SIGNAL) else { return };
        if let Some(at) = occurred.filter(|at| self.patient && at.latest < signal.earliest) {
            let (at, signal) = (at.show(), signal.show());
            self.doubt = Some(format!("{at} is before the first signal, {signal}."));
        }
    }

    /// Asks back for a time that cannot be true beside one that is known: one of them is a slip.
    pub(super) fn doubt_order(&mut self, incident: &Incident, fact: &Fact, value: &Value) {
        let Value::Time(given) = value else { return };
        let time = |name: &str| match incident.fact_value(name) {
            _ if name == fact.name => Some(given),
            Some(Value::Time(known)) => Some(known),
            _ => None,
        };
        let of_this = |one: &Contradiction<'_>| [one.first, one.then].contains(&fact.name.as_str());
        let wrong = contradictions(self.vocabulary, time).into_iter().find(of_this);
        if let Some(wrong) = wrong.filter(|_| self.patient) {
            let (order, other, at) = if wrong.first == fact.name {
                ("after", wrong.titles[1], wrong.after)
            } else {
                ("before", wrong.titles[0], wrong.before)
            };
            let told = format!("{} is {order} `{other}`, {}.", given.show(), at.show());
            self.doubt = Some(told);
        }
    }
}

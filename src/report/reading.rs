//! The record entry by entry and fact by fact, as an audience may read it: for what hands out the
//! whole of it, where the report shows a part.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

use super::gate::{Class, Gate, Text};
use super::gather::Gather;
use super::gather::reach::is_shown;
use super::gather::row::row;
use super::measure::Zone;
use super::section::timeline::{TimelineEntry, moment_of};
use crate::fact::{Precision, Value, Vocabulary, When};
use crate::incident::event;
use crate::log::Entry;

/// The record for an audience. Every name must have been gathered before the first entry is read.
pub struct Reading<'r> {
    gather: &'r Gather,
    vocabulary: &'r Vocabulary,
    gate: Gate,
    zone: Zone,
}

/// Why an audience does not get an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// It is marked privileged.
    Privileged,
    /// The audience sees no entries of its kind, or is not told of what it is about or what was taken
    /// back.
    Kind,
}

impl<'r> Reading<'r> {
    /// The record that was gathered, for the same reader.
    pub fn new(gather: &'r Gather, vocabulary: &'r Vocabulary) -> Self {
        let gate = Gate::new(gather.reach.audience(), &gather.known(vocabulary));
        Self { gather, vocabulary, gate, zone: Zone::of_rows() }
    }

    /// An entry, its texts whole.
    ///
    /// # Errors
    /// The audience does not get it.
    pub fn moment(&self, chain: &str, entry: &Entry<'_>) -> Result<TimelineEntry, Left> {
        let audience = self.gate.audience();
        if !self.gather.sees(entry) {
            return Err(Left::Privileged);
        }
        let is_inside = audience.names_people();
        if !is_shown(audience, entry.kind) || (entry.is_withdrawn() && !is_inside) {
            return Err(Left::Kind);
        }
        let at = entry.moment().unwrap_or_default();
        let told = row(&entry.stamped(chain));
        let mut moment = match told {
            Some(row) if !self.gather.reach.row(self.vocabulary, &row) => return Err(Left::Kind),
            Some(row) => {
                moment_of(&row, self.gather, (&self.gate, self.zone), self.vocabulary, true)
            }
            None => self.of_the_tool(chain, entry, at),
        };
        if entry.occurred().is_none() {
            moment.at = exactly(at);
        }
        Ok(moment)
    }

    /// What the tool wrote by itself, or what a later version of it wrote.
    fn of_the_tool(
        &self,
        chain: &str,
        entry: &Entry<'_>,
        at: DateTime<FixedOffset>,
    ) -> TimelineEntry {
        let meaning = event::meaning(entry.kind);
        let what = match (meaning, entry.read().is_whole) {
            (Some(meaning), true) => meaning,
            (Some(_), false) => "an entry in a form that needs a newer breach",
            (None, _) => "an entry of a kind that needs a newer breach",
        };
        let when = entry.occurred().unwrap_or_else(|| exactly(at));
        let by = entry.actor.name.as_deref().unwrap_or(&entry.actor.user);
        TimelineEntry {
            shown: self.zone.show(&when),
            at: when,
            recorded_at: Some(at),
            anchor: None,
            kind: entry.kind.to_owned(),
            entry: Some(format!("{chain}/{}", entry.seq)),
            step: entry.step().map(|step| self.gate.id(step)),
            duty: None,
            what: what.to_owned(),
            said: Vec::new(),
            by: Some(self.gate.person(by)),
            author: None,
            privileged: entry.is_privileged(),
            before_detection: false,
        }
    }

    /// The value of a fact: a number, a choice, a moment. None of a fact that is unknown, that hangs
    /// on something privileged, or that the audience does not see.
    pub fn value(&self, name: &str, class: Class) -> Option<&'r Value> {
        self.known(name).filter(|_| self.gate.sees(class))
    }

    fn known(&self, name: &str) -> Option<&'r Value> {
        let value = self.gather.incident.fact_value(name);
        let withheld = self.gather.withheld.facts.contains(name)
            || !self.gather.reach.fact(self.vocabulary, name);
        value.filter(|value| **value != Value::Unknown && !withheld)
    }

    /// The option that a fact of choices has, by its id.
    pub fn choice(&self, name: &str, class: Class) -> Option<&'r str> {
        match self.value(name, class)? {
            Value::Choice(id) => Some(id),
            _ => None,
        }
    }

    /// The options of a fact of choices, by their ids.
    pub fn choices(&self, name: &str, class: Class) -> &'r [String] {
        match self.value(name, class) {
            Some(Value::Choices(ids)) => ids,
            _ => &[],
        }
    }

    /// The items of a list, names in them apart. Those that are withheld are counted.
    pub fn items(&self, name: &str, class: Class) -> Vec<Text> {
        match self.known(name) {
            Some(Value::List(items)) => {
                items.iter().filter_map(|item| self.gate.text(class, item)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Questions of recipients that are still to be answered by some moment: duty, moment, question.
    pub fn questions(&self) -> Vec<(Text, DateTime<FixedOffset>, Option<Text>)> {
        let incident = &self.gather.incident;
        let duties = incident.rulings.keys();
        let Gather { withheld, reach, .. } = self.gather;
        let duties = duties.filter(|duty| !withheld.duties.contains(*duty));
        let duties = duties.filter(|duty| reach.judges() && reach.duty(duty));
        let of = |duty: &'r String| {
            let asked = incident.questions_of(duty);
            asked.filter_map(|asked| {
                let reason = self.gate.text(Class::Reason, &asked.reason);
                Some((self.gate.id(duty), asked.until?, reason))
            })
        };
        duties.flat_map(of).collect()
    }

    /// Whether the incident was closed as a false alarm, and the audience is told of decisions.
    pub fn is_false_alarm(&self) -> bool {
        self.gather.is_false_alarm()
    }

    /// How many texts of each class were withheld so far.
    pub fn withheld(&self) -> BTreeMap<Class, u64> {
        self.gate.withheld()
    }

    /// A fact's answer in words, if it has one.
    pub fn shown(&self, name: &str, class: Class) -> Option<Text> {
        let value = self.value(name, class)?;
        self.gate.text(class, &value.show(self.vocabulary.get(name)))
    }
}

/// A moment of the log, to the microsecond.
fn exactly(at: DateTime<FixedOffset>) -> When {
    When { earliest: at, latest: at, precision: Precision::Second }
}

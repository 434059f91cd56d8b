//! What is known, what is not, what changed since a moment and what was decided, in a few words: for
//! those who come to an incident that goes on.

mod changed;
mod duty;
mod open;
mod place;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use self::place::{is_told, place};
use super::gate::{Audience, Class, Gate};
use super::gather::Gather;
use super::measure::Zone;
use super::section::banner::graded;
use super::section::written::class;
use crate::fact::{Fact, FactType, Topic, Value, Vocabulary, names};
use crate::incident::{FactChange, Incident};
use crate::regime::{Docket, Law};
use crate::wording::{self, grouped, unmarked};

/// Characters of a text that a brief has room for.
const SHOWN: usize = 400;

/// How many places are listed one by one.
const PLACES: usize = 8;

/// What everybody asks first: told as not known as long as nobody has said it.
const ASKED: [&str; 6] = [
    names::ENTRY_VECTOR,
    names::OCCURRED,
    names::DETECTED,
    names::CONTAINED_AT,
    names::PEOPLE_AFFECTED,
    names::DATA_ENCRYPTED,
];

/// Something of a brief: what it is, and what is to be said of it. Foreign: to be escaped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    /// What it is, or who said it and when.
    pub what: String,
    /// What is to be said.
    pub said: String,
}

/// Shown instead of a value that the reader may not see.
const WITHHELD: &str = "marked privileged";

/// What the record says in a few words, for one audience.
pub struct Brief<'b> {
    gather: &'b Gather,
    /// Every entry, folded without the words that this audience may not read.
    whole: &'b Incident,
    vocabulary: &'b Vocabulary,
    law: &'b Law,
    docket: &'b Docket,
    gate: Gate,
    zone: Zone,
    since: DateTime<FixedOffset>,
    /// What people did; a note that announces a step's outcome comes with the step.
    changed: Vec<(Option<String>, Point)>,
    /// How many entries since then are marked privileged.
    withheld: usize,
    /// Entries before those, by what they say.
    counted: BTreeMap<String, usize>,
}

impl<'b> Brief<'b> {
    /// A brief on what was gathered and on the duties that follow, for the same audience, with what changed
    /// since a moment. Times are
    /// in the zone `here` if the organisation's zone is not recorded.
    pub fn new(
        gather: &'b Gather,
        (vocabulary, law, docket): (&'b Vocabulary, &'b Law, &'b Docket),
        audience: Audience,
        (since, here): (DateTime<FixedOffset>, Option<&str>),
    ) -> Self {
        let gate = Gate::new(audience, &gather.known(vocabulary));
        let zone = gather.zone(vocabulary).or_here(here);
        Self {
            gather,
            whole: gather.whole(),
            vocabulary,
            law,
            docket,
            gate,
            zone,
            since,
            changed: Vec::new(),
            withheld: 0,
            counted: BTreeMap::new(),
        }
    }

    /// What is known: numbers, times, and what a report tells of scope and impact.
    pub fn known(&self) -> Vec<Point> {
        let mut facts: Vec<&Fact> = self.vocabulary.iter().filter(|fact| is_told(fact)).collect();
        let begins = |fact: &Fact| match self.gather.incident.fact_value(&fact.name) {
            Some(Value::Time(when)) => Some(when.earliest),
            _ => None,
        };
        facts.sort_by_key(|fact| (place(fact), begins(fact)));
        let facts = facts.into_iter().filter_map(|fact| {
            if self.is_withheld(fact) && !fact.determination {
                return Some(Point { what: fact.title.clone(), said: WITHHELD.to_owned() });
            }
            let (title, value, change) = self.latest(fact)?;
            if change.is_unknown() || change.decided.is_some() {
                return None;
            }
            Some(Point { what: title, said: value? })
        });
        facts.collect()
    }

    /// What somebody was asked for and did not know, what nobody has said yet although everybody
    /// will ask, and what people wrote of what is not known.
    pub fn unknown(&self) -> Vec<Point> {
        let mut unknown = Vec::new();
        for fact in self.vocabulary.iter().filter(|fact| !fact.telling.rare) {
            let asked =
                fact.telling.section == Some(Topic::Scope) || ASKED.contains(&fact.name.as_str());
            let said = match self.latest(fact) {
                Some((_, _, change)) if change.is_unknown() => {
                    let why = self.gate.option(Class::Reason, change.why.as_deref());
                    let why = why.map(|why| format!(": {}", clip(why.as_str())));
                    format!("not known{}", why.unwrap_or_default())
                }
                None if asked && !self.whole.facts.contains_key(&fact.name) => {
                    "nobody has said yet".to_owned()
                }
                _ => continue,
            };
            unknown.push(Point { what: fact.title.clone(), said });
        }
        for fact in self.vocabulary.told_in(Topic::Questions) {
            let of = self.latest(fact).filter(|(_, _, change)| !change.is_unknown());
            unknown.extend(of.and_then(|(what, said, _)| Some(Point { what, said: said? })));
        }
        unknown
    }

    /// What was decided, by whom, on what basis: of facts that the law hangs on, and of duties.
    pub fn decided(&self) -> Vec<Point> {
        let mut decided = Vec::new();
        for fact in self.vocabulary.iter() {
            if self.is_withheld(fact) && fact.determination {
                decided.push(Point { what: fact.title.clone(), said: WITHHELD.to_owned() });
            }
            let Some((title, Some(value), change)) = self.latest(fact) else { continue };
            let Some((by, role)) = &change.decided else { continue };
            let by = self.gate.person(by);
            let said = format!(
                "{}{value}, decided by {}, {role}{}{}",
                self.mark(change.at),
                by.as_str(),
                self.part(": ", change.why.as_deref()),
                self.part("; against it ", change.dissent.as_deref()),
            );
            decided.push(Point { what: title, said });
        }
        for (name, all) in &self.gather.incident.decisions {
            let Some(last) = all.last() else { continue };
            let Some(what) = self.gate.text(Class::Reason, &last.what) else { continue };
            let is_contested = self.gather.incident.is_contested(name);
            let said = format!(
                "{}{}{}, decided by {}, {}{}{}",
                if is_contested { "in conflict with another: " } else { "" },
                self.mark(last.at),
                clip(what.as_str()),
                self.gate.person(&last.by).as_str(),
                last.role,
                self.part(": ", Some(&last.basis)),
                self.part("; against it ", last.dissent.as_deref()),
            );
            decided.push(Point { what: self.gate.id(name).as_str().to_owned(), said });
        }
        let kept = self.gather.withheld.decisions.len();
        let said = format!("{} {WITHHELD}", wording::count(kept, "decision"));
        decided.extend((kept > 0).then(|| Point { what: "Also".to_owned(), said }));
        for (duty, rulings) in &self.whole.rulings {
            let Some(ruling) = rulings.last() else { continue };
            if !self.gather.reach.duty(duty) {
                continue;
            }
            let until = ruling.until.map(|until| format!(", until {}", self.zone.moment(&until)));
            let said = format!(
                "{}{} by {}{}{}",
                self.mark(ruling.at),
                ruling.what,
                self.gate.person(&ruling.by).as_str(),
                until.unwrap_or_default(),
                self.part(": ", Some(&ruling.reason))
            );
            decided.push(Point { what: self.duty(duty), said });
        }
        decided
    }

    /// The zone in which times are told.
    pub fn zone(&self) -> Zone {
        self.zone
    }

    fn shown(&self, fact: &Fact, value: &Value) -> String {
        match value {
            Value::Count(_) | Value::Money(_) => grouped(&value.show(Some(fact))),
            Value::People(people) if people.by.len() <= PLACES => grouped(&value.echo(fact)),
            Value::Time(when) => self.zone.show(when),
            Value::Choice(_) if fact.name == names::SEVERITY => graded(value, fact),
            Value::Text(_) if fact.kind == FactType::Place => value.echo(fact),
            // Items may contain commas, so semicolons separate them.
            Value::List(items) if !items.is_empty() && items.len() <= 2 * PLACES => {
                let numbered = fact.name == names::AFFECTED_GROUPS;
                let item = |item: &String| if numbered { grouped(item) } else { item.clone() };
                items.iter().map(item).collect::<Vec<String>>().join("; ")
            }
            Value::Choices(ids) if !ids.is_empty() => {
                let title = |id: &String| Value::Choice(id.clone()).show(Some(fact));
                ids.iter().map(title).collect::<Vec<String>>().join("; ")
            }
            Value::People(_) => grouped(&value.brief(Some(fact))),
            value => value.brief(Some(fact)),
        }
    }

    /// A word before what was decided since the moment that is asked about.
    fn mark(&self, at: DateTime<FixedOffset>) -> &'static str {
        if at > self.since { "new: " } else { "" }
    }

    /// How many entries are left out because they are marked privileged.
    pub fn privileged(&self) -> u64 {
        self.gather.withheld.entries.values().sum()
    }

    /// Names of the facts with answers that this audience may not read.
    pub fn withheld(&self) -> &BTreeSet<String> {
        &self.gather.withheld.facts
    }

    /// Whether the latest value or decision of this name is not for this audience.
    pub fn keeps(&self, name: &str) -> bool {
        let withheld = &self.gather.withheld;
        withheld.facts.contains(name) || withheld.decisions.contains(name)
    }

    /// The words behind `before`; nothing if there are none that this audience may read.
    fn part(&self, before: &str, text: Option<&str>) -> String {
        let text = self.gate.option(Class::Reason, text);
        text.map(|text| format!("{before}{}", clip(text.as_str()))).unwrap_or_default()
    }

    fn is_withheld(&self, fact: &Fact) -> bool {
        self.withheld().contains(&fact.name) && self.gather.reach.fact(self.vocabulary, &fact.name)
    }

    /// Title, value if the audience may read it, and the last change of a fact that has one.
    fn latest(&self, fact: &Fact) -> Option<(String, Option<String>, &'b FactChange)> {
        let change = self.gather.incident.facts.get(&fact.name)?.last()?;
        let withheld = self.gather.withheld.facts.contains(&fact.name);
        if withheld || !self.gather.reach.fact(self.vocabulary, &fact.name) {
            return None;
        }
        let value = change.shown(self.shown(fact, &change.value));
        let value = self.gate.text(class(fact), &value);
        let title = self.gate.id(&fact.title).as_str().to_owned();
        Some((title, value.map(|value| clip(value.as_str())), change))
    }
}

/// What there is room for: whole sentences, for a brief is read out.
fn clip(text: &str) -> String {
    wording::sentences(&unmarked(text).replace('\n', " "), usize::MAX, SHOWN)
}

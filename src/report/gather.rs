//! One pass over the entries: what the report needs beside the fold. It grows with what is reported,
//! never with the log.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::banner::Closing;
use super::gate::Audience;
use super::mask::Known;
use super::reach::Reach;
use super::row::{Row, row};
use super::show::{show, utc};
use crate::fact::Value;
use crate::incident::event::{Event, Outcome, Stamped, changes_state};
use crate::incident::{ACTION_ITEMS, ActionItem, Incident, Pinned, StepKey};
use crate::log::Entry;
use crate::phase::Phase;
use crate::regime::Law;

/// Rows that are kept of each kind of entry, the first and the last; those between are counted.
pub const ROWS: usize = 100;

/// Of these, the first.
const FIRST: usize = ROWS / 2;

/// Kinds of which every row is kept: the fold keeps these entries anyway.
const WHOLE: [&str; 6] = ["opened", "closed", "reopened", "decision", "notice", "duty"];

/// Silences, custody entries and slips that are kept.
const FEW: usize = 5;

/// Facts whose value is a person.
const PEOPLE: [&str; 4] =
    ["incident_commander", "notification_lead", "postmortem_moderator", "scope_lead"];

/// Facts that list machines, accounts and houses, whatever their names look like.
const NAMES: [&str; 11] = [
    "accounts_affected",
    "controllers_served",
    "data_stores",
    "forensics_firm",
    "hosts_affected",
    "keys_exposed",
    "out_of_band_channel",
    "partners_to_tell",
    "payment_pages",
    "suppliers_involved",
    "systems_affected",
];

/// Facts whose values are meant to be seen: what counsel released, and traces of the intruder.
const OPEN: [&str; 11] = [
    "drop_domains",
    "duties_owed",
    "entity_zone",
    "home_country",
    "indicators",
    "lead_authority",
    "notice_contact",
    "organisation",
    "status_page",
    "support_contact",
    "authorities",
];

/// What is seen of an incident, entry by entry, for one audience.
#[derive(Default)]
pub struct Gather {
    /// The fold of the entries that this audience may see.
    pub incident: Incident,
    /// What it may not see by name.
    pub(super) known: Known,
    /// What was left out because it is marked privileged.
    pub(super) withheld: Withheld,
    /// Every playbook that was followed, in the order of the pins.
    pub(super) pins: Vec<(Phase, Pinned)>,
    /// Entries for the timeline, the first of each kind.
    rows: Vec<Row>,
    /// The last of each kind, behind the first.
    last: BTreeMap<&'static str, VecDeque<Row>>,
    /// Entries between the first and the last of their kind.
    pub(super) omitted: BTreeMap<String, u64>,
    /// What was done with exhibits.
    pub(super) custody: Vec<Stamped>,
    /// How long a step took, as far as the record shows.
    pub(super) took: BTreeMap<(Phase, StepKey), TimeDelta>,
    /// The longest stretches without an entry, longest first: since when, until when.
    pub(super) silences: Vec<(DateTime<FixedOffset>, DateTime<FixedOffset>)>,
    /// Entries that say that something happened after it was written down.
    pub(super) ahead: Vec<String>,
    /// Kinds that this version does not know, or bodies that it cannot read.
    pub(super) unread: u64,
    /// When the wall clock was changed.
    pub(super) clock_steps: u64,
    /// How often the incident was opened again.
    pub(super) reopened: u64,
    /// How it was closed, if it is.
    pub(super) closing: Option<Closing>,
    /// What the audience is told of.
    pub(super) reach: Reach,
    privileged: bool,
    since: BTreeMap<Phase, DateTime<FixedOffset>>,
    per_kind: BTreeMap<&'static str, usize>,
}

/// What is marked privileged and was left out. What hangs on it is not told either.
#[derive(Default)]
pub(super) struct Withheld {
    /// Entries by kind.
    pub(super) entries: BTreeMap<String, u64>,
    /// Steps whose latest outcome is left out: `phase/step`, with the item.
    pub(super) steps: BTreeSet<(String, Option<String>)>,
    /// Facts whose latest value is left out.
    pub(super) facts: BTreeSet<String>,
    /// Duties of which something is left out.
    pub(super) duties: BTreeSet<String>,
}

impl Gather {
    /// Begins for an audience, under the law that says to whom each duty is owed.
    pub fn new(audience: Audience, law: &Law) -> Self {
        let reach = Reach::new(audience, law);
        Self { privileged: audience.is_privileged(), reach, ..Self::default() }
    }

    /// Takes in the next entry.
    pub fn entry(&mut self, chain: &str, entry: &Entry<'_>) {
        let at = entry.moment();
        self.hear(at);
        self.remember(entry);
        if entry.is_privileged() && !self.privileged {
            *self.withheld.entries.entry(entry.kind.to_owned()).or_default() += 1;
            if let Some(stamped) = entry.stamped(chain) {
                self.withhold(&stamped);
            }
            self.incident.last_at = self.incident.last_at.max(at);
            return;
        }
        let state = changes_state(entry.kind);
        let stamped = entry.stamped(chain);
        match &stamped {
            Some(stamped) if state => self.incident.apply(stamped),
            _ => self.incident.count(entry.kind, entry.actor.name.as_deref()),
        }
        match stamped {
            Some(stamped) => self.event(&stamped),
            None => self.unread += 1,
        }
        self.incident.last_at = self.incident.last_at.max(at);
    }

    /// Measures the silence before an entry.
    fn hear(&mut self, at: Option<DateTime<FixedOffset>>) {
        if let (Some(before), Some(at)) = (self.incident.last_at, at)
            && at > before
        {
            let longer = |(from, to): &(DateTime<FixedOffset>, _)| *to - *from >= at - before;
            let place = self.silences.partition_point(longer);
            if place < FEW {
                self.silences.insert(place, (before, at));
                self.silences.truncate(FEW);
            }
        }
    }

    fn remember(&mut self, entry: &Entry<'_>) {
        if let Some(name) = &entry.actor.name {
            self.known.person(name);
        }
        self.known.hidden(&entry.host);
        self.known.hidden(&entry.actor.user);
    }

    /// Names in what is withheld must be known, too: they may stand elsewhere.
    fn withhold(&mut self, stamped: &Stamped) {
        self.names(stamped);
        let step = stamped.draft.step.clone().unwrap_or_default();
        match &stamped.draft.event {
            Event::StepOutcome(body) => {
                self.withheld.steps.insert((step, body.item.clone()));
            }
            Event::FactSet(body) => {
                self.withheld.facts.insert(body.name.clone());
            }
            Event::Decision(body) => {
                self.withheld.facts.insert(body.name.clone());
            }
            Event::NoticeSent(body) => {
                self.withheld.duties.insert(body.duty.clone());
            }
            Event::DutyDecided(body) => {
                self.withheld.duties.insert(body.duty.clone());
            }
            _ => {}
        }
    }

    fn names(&mut self, stamped: &Stamped) {
        match &stamped.draft.event {
            Event::Decision(body) => self.known.person(&body.by),
            Event::DutyDecided(body) => self.known.person(&body.by),
            Event::StepOutcome(body) => {
                if let (Outcome::Assigned, Some(text)) = (body.outcome, &body.text) {
                    self.known.person(text.split(" in ").next().unwrap_or(text));
                }
                if let Some(item) = &body.item {
                    self.owner(item);
                }
            }
            Event::ActionTaken(body) => {
                if let Some(owner) = &body.owner {
                    self.known.person(owner);
                }
            }
            Event::FactSet(body) => self.value(&body.name, &body.value),
            Event::NoticeSent(body) => {
                for name in body.recipient.iter().chain(&body.channel) {
                    self.known.value(name);
                }
            }
            Event::EvidenceAdded(body) => self.known.value(&body.title),
            _ => {}
        }
    }

    /// Names in the value of a fact.
    fn value(&mut self, fact: &str, value: &Value) {
        let texts = match value {
            Value::Text(text) => std::slice::from_ref(text),
            Value::List(items) => items,
            _ => return,
        };
        for text in texts {
            match fact {
                ACTION_ITEMS => self.owner(text),
                fact if PEOPLE.contains(&fact) => self.known.person(text),
                fact if NAMES.contains(&fact) => self.known.hidden(text),
                fact if OPEN.contains(&fact) => {}
                _ => self.known.value(text),
            }
        }
    }

    /// `Priya: alert on changed scripts`: who owns an item.
    fn owner(&mut self, item: &str) {
        // Its time plays no part here.
        let at = self.incident.last_at.unwrap_or_default();
        if let Some(owner) = ActionItem::read(item, at).owner {
            self.known.person(&owner);
        }
    }

    fn event(&mut self, stamped: &Stamped) {
        self.names(stamped);
        let at = stamped.at;
        let is_closing = matches!(stamped.draft.event, Event::Closed(_));
        match &stamped.draft.event {
            Event::PlaybookPinned(body) => {
                self.since.insert(body.phase, at);
                let pinned = self.incident.phases.get(&body.phase);
                if let Some(pinned) = pinned.and_then(|phase| phase.pinned.clone()) {
                    self.pins.push((body.phase, pinned));
                }
            }
            Event::Session(body) => {
                self.since.insert(body.phase, at);
            }
            // What is open to this audience takes the place of what was not.
            Event::StepOutcome(body) => {
                let step = stamped.draft.step.clone().unwrap_or_default();
                self.withheld.steps.remove(&(step, body.item.clone()));
                self.outcome(stamped, body.item.clone(), body.outcome);
            }
            Event::FactSet(body) => {
                self.withheld.facts.remove(&body.name);
            }
            Event::Decision(body) => {
                self.withheld.facts.remove(&body.name);
            }
            Event::Custody(_) if self.custody.len() < ROWS => self.custody.push(stamped.clone()),
            Event::ClockStepped(_) => self.clock_steps += 1,
            Event::Closed(body) => {
                let (debts, open) = (body.debts.len(), body.open.len());
                self.closing = Some(Closing { debts, open, ..Closing::default() });
            }
            Event::Reopened(_) => {
                self.reopened += 1;
                self.closing = None;
            }
            _ => {}
        }
        if let Some(when) = stamped.draft.occurred.as_ref().filter(|when| when.earliest > at)
            && self.ahead.len() < FEW
        {
            self.ahead.push(format!(
                "{}/{} was written {} and says that it happened {}",
                stamped.chain,
                stamped.seq,
                utc(&at),
                show(when),
            ));
        }
        if let Some(row) = row(stamped) {
            if let Some(closing) = self.closing.as_mut().filter(|_| !is_closing) {
                closing.later += 1;
            }
            self.keep(row.short());
        }
    }

    /// Keeps a row; it takes the place of the earliest behind the first ones.
    fn keep(&mut self, row: Row) {
        let first = self.per_kind.entry(row.kind).or_default();
        if *first < FIRST || WHOLE.contains(&row.kind) {
            *first += 1;
            self.rows.push(row);
            return;
        }
        let kind = row.kind;
        let last = self.last.entry(kind).or_default();
        last.push_back(row);
        if last.len() > ROWS - FIRST {
            last.pop_front();
            *self.omitted.entry(kind.to_owned()).or_default() += 1;
        }
    }

    /// The rows that were kept.
    pub(super) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().chain(self.last.values().flatten())
    }

    /// The time since the phase was taken up or its last step came out. A late entry tells nothing
    /// of how long a step took.
    fn outcome(&mut self, stamped: &Stamped, item: Option<String>, outcome: Outcome) {
        let Some((phase, step)) = stamped.draft.step.as_deref().and_then(|step| {
            let (phase, step) = step.split_once('/')?;
            Some((Phase::parse(phase)?, step))
        }) else {
            return;
        };
        let key = (phase, StepKey { step: step.to_owned(), item });
        let since = self.since.insert(phase, stamped.at);
        let measured = since.filter(|_| {
            outcome == Outcome::Done
                && stamped.draft.occurred.is_none()
                && stamped.draft.corrects.is_none()
        });
        match measured {
            Some(since) => self.took.insert(key, stamped.at - since),
            None => self.took.remove(&key),
        };
    }
}

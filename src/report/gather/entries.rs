//! One pass over the entries: what the report needs beside the fold. It grows with what is reported,
//! never with the log.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::closing::AtClosing;
use super::reach::Reach;
use super::row::{Row, row};
use crate::fact::When;
use crate::incident::event::{Event, Outcome, Stamped};
use crate::incident::{Incident, Pinned, StepKey};
use crate::log::Entry;
use crate::phase::Phase;
use crate::regime::Law;
use crate::report::gate::Known;
use crate::report::reader::Reader;

/// Rows that are kept of each kind of entry, the first and the last; those between are counted.
pub const ROWS: usize = 100;

/// Of these, the first.
const FIRST: usize = ROWS / 2;

/// Kinds of which every row is kept: the fold keeps these entries anyway.
const WHOLE: [&str; 6] = ["opened", "closed", "reopened", "decision", "notice", "duty"];

/// Silences, custody entries and slips that are kept.
const FEW: usize = 5;

/// What is seen of an incident, entry by entry, for one audience.
#[derive(Default)]
pub struct Gather {
    /// The fold of the entries that this audience may see.
    pub incident: Incident,
    /// The fold of all of them, without the words of those that it may not see; none as long as it sees
    /// all.
    whole: Option<Box<Incident>>,
    /// What it may not see by name.
    pub(super) known: Known,
    /// Texts of facts that no shared vocabulary has: what they name is known later.
    pub(super) own: BTreeSet<(String, String)>,
    /// What was left out because it is marked privileged.
    pub(in crate::report) withheld: Withheld,
    /// Every playbook that was followed, in the order of the pins.
    pub(in crate::report) pins: Vec<(Phase, Pinned)>,
    /// Entries for the timeline, the first of each kind.
    rows: Vec<Row>,
    /// The last of each kind, behind the first.
    last: BTreeMap<&'static str, VecDeque<Row>>,
    /// Entries between the first and the last of their kind.
    pub(in crate::report) omitted: BTreeMap<String, u64>,
    /// What was done with exhibits.
    pub(in crate::report) custody: Vec<Stamped>,
    /// How long a step took, as far as the record shows.
    pub(in crate::report) took: BTreeMap<(Phase, StepKey), TimeDelta>,
    /// The longest stretches without an entry, longest first: since when, until when.
    pub(in crate::report) silences: Vec<(DateTime<FixedOffset>, DateTime<FixedOffset>)>,
    /// Entries that say that something happened after it was written down: which, when, and what
    /// they say.
    pub(in crate::report) ahead: Vec<(String, DateTime<FixedOffset>, When)>,
    /// When the wall clock was changed.
    pub(in crate::report) clock_steps: u64,
    /// How often the incident was reopened.
    pub(in crate::report) reopened: u64,
    /// How it was closed, if it is.
    pub(in crate::report) closing: Option<AtClosing>,
    /// Numbers of the entries that others are about, by their ids: those that were taken back, and those
    /// with a text that can be destroyed.
    numbers: BTreeMap<String, String>,
    /// What the audience is told of.
    pub(in crate::report) reach: Reach,
    /// Moments that are marked privileged, the latest of each fact.
    pub(super) held: BTreeMap<String, Stamped>,
    privileged: bool,
    since: BTreeMap<Phase, DateTime<FixedOffset>>,
    per_kind: BTreeMap<&'static str, usize>,
}

/// What is marked privileged and was left out. What hangs on it is not told either.
#[derive(Default)]
pub(in crate::report) struct Withheld {
    /// Entries by kind.
    pub(in crate::report) entries: BTreeMap<String, u64>,
    /// Steps whose latest outcome is left out: `phase/step`, with the item.
    pub(in crate::report) steps: BTreeSet<(String, Option<String>)>,
    /// Facts whose latest value is left out.
    pub(in crate::report) facts: BTreeSet<String>,
    /// Decisions, other than determinations, of which the latest is left out.
    pub(in crate::report) decisions: BTreeSet<String>,
    /// Duties of which something is left out.
    pub(in crate::report) duties: BTreeSet<String>,
}

impl Gather {
    /// Begins for a reader, under the law that says to whom each duty is owed.
    pub fn new(reader: impl Into<Reader>, law: &Law) -> Self {
        let reach = Reach::new(reader.into(), law);
        Self { privileged: reach.audience().is_privileged(), reach, ..Self::default() }
    }

    /// The same, without what is marked privileged: what is read aloud is heard by everybody.
    #[must_use]
    pub fn unprivileged(self) -> Self {
        Self { privileged: false, ..self }
    }

    /// The fold of every entry, for what the law makes of it: values stay, so that no duty is lost with
    /// a mark, and must not be shown where they are withheld.
    pub fn whole(&self) -> &Incident {
        self.whole.as_deref().unwrap_or(&self.incident)
    }

    /// Whether an entry is handed out.
    pub(in crate::report) fn sees(&self, entry: &Entry<'_>) -> bool {
        self.privileged || !entry.is_privileged()
    }

    /// Every playbook that was followed, in the order of the pins.
    pub fn pins(&self) -> &[(Phase, Pinned)] {
        &self.pins
    }

    /// Whether the incident was closed as a false alarm, and the audience is told of decisions.
    pub(in crate::report) fn is_false_alarm(&self) -> bool {
        let is_closed = self.incident.closed_at.is_some();
        is_closed && self.reach.judges() && self.incident.false_alarm().is_some()
    }

    /// What a reader calls an entry that another one is about.
    pub(in crate::report) fn number(&self, id: &str) -> Option<&str> {
        self.numbers.get(id).map(String::as_str)
    }

    /// Takes in the next entry.
    pub fn entry(&mut self, chain: &str, entry: &Entry<'_>) {
        let at = entry.moment();
        self.hear(at);
        self.remember(entry);
        if !self.sees(entry) {
            *self.withheld.entries.entry(entry.kind.to_owned()).or_default() += 1;
            let mut stamped = entry.stamped(chain);
            self.names(&stamped);
            let is_act = stamped.draft.event.withhold_words();
            self.whole.get_or_insert_with(|| Box::new(self.incident.clone())).apply(&stamped);
            if is_act {
                self.incident.apply(&stamped);
                if !stamped.is_withdrawn {
                    self.closing(&stamped.draft.event);
                }
            } else {
                if !stamped.is_withdrawn {
                    self.withhold(&stamped);
                }
                self.incident.newer += u64::from(!stamped.is_whole);
            }
            self.last_at(at);
            return;
        }
        let stamped = entry.stamped(chain);
        if stamped.is_withdrawn || entry.may_name_texts() {
            self.numbers.insert(stamped.id.clone(), format!("{}/{}", stamped.chain, stamped.seq));
        }
        self.incident.apply(&stamped);
        if let Some(whole) = &mut self.whole {
            whole.apply(&stamped);
        }
        if stamped.is_withdrawn {
            self.names(&stamped);
            self.take_back(&stamped);
        } else {
            self.event(&stamped);
        }
        self.last_at(at);
    }

    fn last_at(&mut self, at: Option<DateTime<FixedOffset>>) {
        for incident in [&mut self.incident].into_iter().chain(self.whole.as_deref_mut()) {
            incident.last_at = incident.last_at.max(at);
        }
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

    fn event(&mut self, stamped: &Stamped) {
        self.names(stamped);
        let at = stamped.at;
        self.closing(&stamped.draft.event);
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
                for item in &body.items {
                    self.withheld.steps.remove(&(step.clone(), Some(item.clone())));
                }
                self.withheld.steps.remove(&(step, body.item.clone()));
                self.outcome(stamped, body.item.clone(), body.outcome);
            }
            Event::FactSet(body) => {
                self.withheld.facts.remove(&body.name);
            }
            Event::Decision(body) if body.is_determination() => {
                self.withheld.facts.remove(&body.name);
            }
            Event::Decision(body) => {
                self.withheld.decisions.remove(&body.name);
            }
            // What an open edit adds to a list that is not told is no list that is known.
            Event::FactEdit(body) if self.withheld.facts.contains(&body.name) => {
                self.forget(&body.name);
            }
            Event::NoticeSent(body) => self.disclose(&body.duty),
            Event::Custody(_) if self.custody.len() < ROWS => self.custody.push(stamped.clone()),
            Event::ClockStepped(_) => self.clock_steps += 1,
            _ => {}
        }
        if let Some(when) = stamped.draft.occurred.as_ref().filter(|when| when.earliest > at)
            && self.ahead.len() < FEW
        {
            let entry = format!("{}/{}", stamped.chain, stamped.seq);
            self.ahead.push((entry, at, when.clone()));
        }
        if let Some(row) = row(stamped) {
            if let Some(closing) = self.closing.as_mut().filter(|_| !is_closing) {
                closing.later += 1;
            }
            self.keep(row.short());
        }
    }

    fn closing(&mut self, event: &Event) {
        match event {
            Event::Closed(body) => self.closing = Some(AtClosing::new(body)),
            Event::Reopened(_) => {
                self.reopened += 1;
                self.closing = None;
            }
            _ => {}
        }
    }

    /// Those inside read what was taken back; nobody else does.
    fn take_back(&mut self, stamped: &Stamped) {
        if let Some(row) = row(stamped).filter(|_| self.reach.audience().names_people()) {
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
    pub(in crate::report) fn rows(&self) -> impl Iterator<Item = &Row> {
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

//! What the law is asked about: what is known of an incident, and what is supposed besides.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::corrected::{moved_between, sent_before};
use super::{Assessed, Change, Docket, Facts, Gap, Law, State};
use crate::fact::names;
use crate::fact::{Clash, Contradiction, Value, Vocabulary, When, clashes, contradictions};
use crate::incident::Incident;

/// Clocks differ: a moment that is so little ahead is now.
const SLACK: TimeDelta = TimeDelta::minutes(10);

/// What is known of an incident, and what is supposed besides.
pub struct Matter<'i> {
    /// Name of the incident.
    pub name: String,
    /// What was folded of its log.
    pub incident: Cow<'i, Incident>,
    supposed: BTreeMap<String, Value>,
    waived: BTreeMap<String, DateTime<Utc>>,
    delays: BTreeMap<String, (DateTime<Utc>, DateTime<Utc>)>,
    /// The facts that it speaks of.
    pub vocabulary: Cow<'i, Vocabulary>,
    local: Tz,
    local_is_set: bool,
}

impl<'i> Matter<'i> {
    /// What an incident tells, on a machine in this zone; `entity_zone` decides where it is known.
    pub fn new(
        local: Tz,
        name: &str,
        incident: Cow<'i, Incident>,
        vocabulary: Cow<'i, Vocabulary>,
    ) -> Self {
        let waived = incident.waived();
        let delays = incident.delays();
        let supposed = BTreeMap::new();
        let name = name.to_owned();
        let local_is_set = false;
        let mut matter =
            Self { name, incident, supposed, waived, delays, vocabulary, local, local_is_set };
        matter.settle_zone();
        matter
    }

    fn settle_zone(&mut self) {
        if let Some(Value::Text(zone)) = self.value(names::ENTITY_ZONE)
            && let Ok(zone) = zone.parse()
        {
            self.local = zone;
            self.local_is_set = true;
        }
    }

    /// Supposes this of a fact, without recording it.
    pub fn suppose(&mut self, name: &str, value: Value) {
        self.supposed.insert(name.to_owned(), value);
        self.settle_zone();
    }

    /// Supposes each moment on the clock of the organisation, if it is known where that is: whoever
    /// reads of it has no other.
    pub fn suppose_local_times(&mut self) {
        if self.value(names::ENTITY_ZONE).is_none() {
            return;
        }
        let times = self.vocabulary.iter().filter_map(|fact| match self.value(&fact.name)? {
            Value::Time(when) => Some((fact.name.clone(), Value::Time(when.on_clock(&self.local)))),
            _ => None,
        });
        let times: Vec<(String, Value)> = times.collect();
        self.supposed.extend(times);
    }

    /// The value of a fact, as supposed or as recorded.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.supposed.get(name).or_else(|| self.incident.fact_value(name))
    }

    fn with_facts<R>(&self, at: DateTime<Utc>, then: impl FnOnce(&Facts<'_>) -> R) -> R {
        self.with(&|name| self.value(name), at, then)
    }

    fn with<'f, R>(
        &'f self,
        known: &'f dyn Fn(&str) -> Option<&'f Value>,
        at: DateTime<Utc>,
        then: impl FnOnce(&Facts<'_>) -> R,
    ) -> R {
        then(&Facts {
            known,
            filings: &self.incident.notices,
            waived: &self.waived,
            delays: &self.delays,
            local: self.local,
            local_is_set: self.local_is_set,
            at,
        })
    }

    /// Every duty over what is known.
    pub fn assess<'l>(&self, law: &'l Law, at: DateTime<Utc>) -> Vec<Assessed<'l>> {
        let mut assessed = self.with_facts(at, |facts| law.assess(facts));
        self.correct(law, at, &mut assessed, |facts| law.assess(facts));
        assessed
    }

    /// Notes on each duty what depends on times that were corrected or taken back.
    fn correct<'l>(
        &self,
        law: &'l Law,
        at: DateTime<Utc>,
        duties: &mut [Assessed<'l>],
        assess: impl FnOnce(&Facts<'_>) -> Vec<Assessed<'l>>,
    ) {
        for duty in duties.iter_mut() {
            duty.sent_before = sent_before(duty, &self.incident);
            let now = |name: &str| self.value(name).cloned();
            duty.left_over = duty.whole.left(duty.regime, &self.incident, &now);
            duty.answered_late = duty.ids().filter_map(|id| self.incident.answered_late(id)).max();
        }
        let times = self.moved(law);
        if !times.is_empty() {
            let known = |name: &str| times.get(name).copied().or_else(|| self.value(name));
            let before = self.with(&known, at, assess);
            for (now, before) in duties.iter_mut().zip(&before) {
                now.moved = moved_between(now, before, at, &times);
            }
        }
    }

    /// The earlier times of facts whose times were corrected or taken back, except facts that are only
    /// supposed.
    fn moved(&self, law: &Law) -> BTreeMap<&str, &Value> {
        let mut moved = law.moved(&self.incident, &|name| self.value(name));
        moved.retain(|name, _| !self.supposed.contains_key(*name));
        moved
    }

    /// One duty over what is known, with the arithmetic in words; none, if there is no such duty.
    pub fn explain<'l>(
        &self,
        law: &'l Law,
        id: &str,
        at: DateTime<Utc>,
    ) -> Option<(Assessed<'l>, Vec<String>)> {
        let (now, steps) = self.with_facts(at, |facts| law.explain(id, facts))?;
        let mut one = [now];
        self.correct(law, at, &mut one, |facts| {
            law.explain(id, facts).map(|(before, _)| before).into_iter().collect()
        });
        let [now] = one;
        Some((now, steps))
    }

    /// What would change how a duty stands, one fact at a time.
    pub fn changes<'l>(&self, law: &'l Law, id: &str, at: DateTime<Utc>) -> Vec<Change<'l>> {
        self.with_facts(at, |facts| law.changes(id, facts, &self.vocabulary))
    }

    /// The facts that duties wait for whose law concerns us, and that nobody knew so far: those of most duties
    /// first, then those that start a clock of which only the earliest sign is known.
    pub fn unasked(&self, law: &Law, at: DateTime<Utc>) -> Vec<String> {
        let duties = self.assess(law, at);
        let mut open: BTreeMap<&str, usize> = BTreeMap::new();
        for duty in duties.iter().filter(|duty| duty.concerns == Some(true)) {
            for name in duty.open.iter().filter(|_| duty.state == State::Check) {
                *open.entry(name).or_default() += 1;
            }
            let start = duty.start.filter(|start| start.assumed && duty.state == State::Assumed);
            if let Some(start) = start {
                open.entry(start.of).or_default();
            }
        }
        open.retain(|name, _| {
            self.incident.fact_value(name).is_none_or(|value| *value == Value::Unknown)
        });
        let mut open: Vec<(&str, usize)> = open.into_iter().collect();
        open.sort_by_key(|(name, duties)| (std::cmp::Reverse(*duties), *name));
        open.into_iter().map(|(name, _)| name.to_owned()).collect()
    }

    /// Times that are supposed to be after a moment.
    pub fn supposed_after(&self, at: DateTime<Utc>) -> impl Iterator<Item = (&str, &When)> {
        self.supposed.iter().filter_map(move |(name, value)| match value {
            Value::Time(when) if when.earliest.to_utc() > at => Some((name.as_str(), when)),
            _ => None,
        })
    }

    /// Recorded times that start a clock and lie in the future, in words: nothing of the sort is known
    /// yet, and until then no deadline seems to run.
    pub fn ahead(&self, law: &Law, now: DateTime<Utc>) -> Vec<String> {
        let ahead = self.incident.facts.keys().filter_map(|name| {
            let Some(Value::Time(when)) = self.incident.fact_value(name) else { return None };
            let is_ahead = when.earliest.to_utc() > now + SLACK;
            (is_ahead && !self.supposed.contains_key(name) && law.may_start(name)).then(|| {
                format!("`{name}` ({}) is in the future, and starts a clock: check it", when.show())
            })
        });
        ahead.collect()
    }

    /// How the duties stand at a moment.
    pub fn docket(&self, law: &Law, at: DateTime<Utc>) -> Docket {
        let mut wrong: Vec<String> =
            self.contradictions().iter().map(Contradiction::says).collect();
        wrong.extend(self.clashes().iter().map(Clash::says));
        wrong.extend(self.ahead(law, at));
        Docket::of(&self.assess(law, at), self.gaps(law)).with_wrong(wrong)
    }

    /// The places of which no law is held.
    pub fn gaps(&self, law: &Law) -> Vec<Gap> {
        law.gaps(&|name| self.value(name))
    }

    /// What else cannot be true together.
    pub fn clashes(&self) -> Vec<Clash> {
        clashes(&self.vocabulary, &|name| self.value(name))
    }

    /// Times that cannot both be true: they are told, never repaired.
    pub fn contradictions(&self) -> Vec<Contradiction<'_>> {
        contradictions(&self.vocabulary, |name| match self.value(name) {
            Some(Value::Time(when)) => Some(when),
            _ => None,
        })
    }
}

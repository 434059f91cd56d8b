//! How corrections of times change the duties.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::facts::is_sign;
use super::{Assessed, Clock, Law, Moved, State};
use crate::fact::{Value, When};
use crate::incident::Incident;
use crate::wording;

/// How much worse a duty stands by the times that facts had before; none if it is no worse.
pub(super) fn moved_between(
    now: &Assessed<'_>,
    before: &Assessed<'_>,
    at: DateTime<Utc>,
    times: &BTreeMap<&str, &Value>,
) -> Option<Moved> {
    let (late, still) = (lateness(before, at), lateness(now, at));
    if late <= still {
        return None;
    }
    let start = before.start.map(|start| start.sign.unwrap_or(start.of));
    let of = start.or(before.told_by()).filter(|name| times.contains_key(name));
    let was = of.and_then(|name| match times.get(name) {
        Some(Value::Time(when)) => Some(when.clone()),
        _ => None,
    });
    let facts = match of {
        Some(name) => vec![name.to_owned()],
        None => times.keys().map(|name| (*name).to_owned()).collect(),
    };
    let verdict = match now.state {
        _ if still > TimeDelta::zero() => format!("only {} late by", wording::length(still)),
        State::Sent => "met only by".to_owned(),
        State::Waived => "waived in time only by".to_owned(),
        State::NotTriggered => "not owed only by".to_owned(),
        _ => "not overdue only by".to_owned(),
    };
    Some(Moved { facts, was, late, verdict, is_done: now.done.is_some() })
}

/// When a duty that seems to have been met in time was sent, according to a late notice that was taken
/// back.
pub(super) fn sent_before(now: &Assessed<'_>, incident: &Incident) -> Option<When> {
    let due = now.due.filter(|_| now.state == State::Sent && now.late().is_none())?;
    let before = now.ids().filter_map(|id| incident.taken_back.get(id)).flatten();
    let late = before.filter(|notice| notice.is_complete() && notice.at.earliest.to_utc() > due);
    late.map(|notice| notice.at.clone()).max_by_key(|at| at.earliest)
}

/// How late a duty was done, or how long it has been overdue.
fn lateness(duty: &Assessed<'_>, at: DateTime<Utc>) -> TimeDelta {
    let late = duty.late().or_else(|| duty.left(at).map(|left| -left));
    late.unwrap_or_default().max(TimeDelta::zero())
}

impl Law {
    /// For each fact whose time was taken back or corrected in our favour, the least favourable time
    /// that it had: the earliest if it starts a clock, the latest if it says when something was done.
    pub(super) fn moved<'i>(
        &self,
        incident: &'i Incident,
        known: &dyn Fn(&str) -> Option<&'i Value>,
    ) -> BTreeMap<&'i str, &'i Value> {
        let moved = incident.times.iter().filter_map(|(name, times)| {
            let settles = self.only_settles(name);
            let before = if settles { &times.latest } else { &times.earliest };
            let Value::Time(was) = before else { return None };
            let is_moved = match known(name) {
                Some(Value::Time(now)) if settles => now.latest < was.earliest,
                Some(Value::Time(now)) => now.earliest > was.latest,
                _ => true,
            };
            is_moved.then_some((name.as_str(), before))
        });
        moved.collect()
    }

    /// Whether a fact says when something was done and starts no clock.
    fn only_settles(&self, name: &str) -> bool {
        let mut duties = self.regimes.iter().flat_map(|regime| &regime.duties);
        duties.any(|duty| duty.settled_by.as_deref() == Some(name)) && !self.starts(name)
    }

    /// Whether the clock of a duty starts with a fact, or with what stands in for it.
    pub(super) fn may_start(&self, name: &str) -> bool {
        is_sign(name) || self.starts(name)
    }

    fn starts(&self, name: &str) -> bool {
        let mut duties = self.regimes.iter().flat_map(|regime| &regime.duties);
        duties.any(|duty| matches!(&duty.clock, Clock::Fact { name: of, .. } if of == name))
    }
}

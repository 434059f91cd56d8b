//! What is known of an incident, as the law asks it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::fact::{Answers, Value, When, names};
use crate::incident::Notice;

/// What is known of an incident, as the law asks it.
pub struct Facts<'f> {
    /// The value of a fact.
    pub known: &'f dyn Fn(&str) -> Option<&'f Value>,
    /// What was filed, by duty, in the order of the filings.
    pub filings: &'f BTreeMap<String, Vec<Notice>>,
    /// When somebody decided not to perform a duty, by duty.
    pub waived: &'f BTreeMap<String, DateTime<Utc>>,
    /// When somebody asked to wait and until when, by duty.
    pub delays: &'f BTreeMap<String, (DateTime<Utc>, DateTime<Utc>)>,
    /// Where the organisation's own days are counted.
    pub local: Tz,
    /// Whether somebody said so; otherwise it is the zone of this machine.
    pub local_is_set: bool,
    /// The moment of the question: the law of that day counts while no clock has started.
    pub at: DateTime<Utc>,
}

impl Facts<'_> {
    /// Where the organisation's own days are counted, if somebody said so.
    pub(super) fn home(&self) -> Option<Tz> {
        self.local_is_set.then_some(self.local)
    }
}

/// Facts that stand in for a clock fact that is not recorded: the earliest of them counts. Whoever is
/// told by a processor knows, and a suspicion has to be looked into at once (EDPB Guidelines 9/2022
/// on personal data breach notification).
const SIGNS: [&str; 7] = [
    names::DISCOVERED,
    names::NOTICED,
    names::AWARE,
    names::DETECTED,
    names::FIRST_SIGNAL,
    names::SUSPECTED,
    names::PROCESSOR_INFORMED,
];

/// The time that a fact says.
pub(super) fn moment<'l, 'f>(answers: &Answers<'l, 'f>, name: &'l str) -> Option<&'f When> {
    match answers.of(name) {
        Some(Value::Time(when)) => Some(when),
        _ => None,
    }
}

/// Whether a fact stands in for the start of a clock that is not recorded.
pub(super) fn is_sign(name: &str) -> bool {
    SIGNS.contains(&name)
}

/// The earliest sign that anything happened.
pub(super) fn sign<'f>(answers: &Answers<'_, 'f>) -> Option<(&'static str, &'f When)> {
    let signs = SIGNS.iter().filter_map(|name| Some((*name, moment(answers, name)?)));
    signs.min_by_key(|(_, when)| when.earliest)
}

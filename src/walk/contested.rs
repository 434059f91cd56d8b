//! What two people said differently, told where the walk gets to it: the next answer settles it.

use crate::fact::{Fact, Value};
use crate::incident::event::{Event, Stamped};
use crate::incident::{Incident, StepKey, Subject};
use crate::phase::Phase;
use crate::wording;

/// `in conflict: done by Ada 04:10, skipped by Bo 04:12`, of a step.
pub(super) fn step(incident: &Incident, phase: Phase, key: &StepKey) -> Option<String> {
    told(incident, &Subject::Step(phase, key.clone()), None)
}

/// `in conflict: 5000 by Ada 04:10, 70000 by Bo 04:12`, of a fact.
pub(super) fn fact(incident: &Incident, fact: &Fact, item: Option<&str>) -> Option<String> {
    let of = |item: Option<&str>| {
        let subject = Subject::Fact { name: fact.name.clone(), item: item.map(str::to_owned) };
        told(incident, &subject, Some(fact))
    };
    of(item).or_else(|| of(None))
}

fn told(incident: &Incident, subject: &Subject, fact: Option<&Fact>) -> Option<String> {
    let said = |said: &&Stamped| {
        let value = |value: &Value| value.brief(fact);
        let what = match &said.draft.event {
            Event::StepOutcome(body) => body.outcome.as_str().to_owned(),
            Event::FactSet(body) => value(&body.value),
            Event::Decision(body) => value(&body.value),
            event => event.kind().to_owned(),
        };
        format!("{what} by {} {}", said.actor.shown(), said.at.format("%H:%M"))
    };
    let all: Vec<String> = incident.contested(subject)?.iter().map(said).collect();
    Some(format!("in conflict: {}", wording::list(&all)))
}

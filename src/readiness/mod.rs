//! How ready an organisation is: each graded area, what it scores, what to do next.
//!
//! An area is a choice that says for one of its options what to do next; its options stand from the
//! best to the worst, so the first is worth most and the last nothing.

use chrono::{DateTime, FixedOffset};

use crate::fact::{Fact, Value, Vocabulary};
use crate::incident::event::Outcome;
use crate::incident::{Incident, StepKey};
use crate::playbook::{Playbook, Step};

/// One area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// The fact that grades it.
    pub fact: String,
    /// Its title.
    pub title: String,
    /// The grade: the option's id and title. `None` while nobody knows.
    pub grade: Option<(String, String)>,
    /// Points, none while nobody knows.
    pub points: usize,
    /// Points of the best grade.
    pub most: usize,
    /// What to do next.
    pub next: Option<String>,
}

/// The areas of a review, in the order in which its playbook asks them.
pub fn areas(playbook: &Playbook, vocabulary: &Vocabulary, review: &Incident) -> Vec<Area> {
    let asked = playbook.steps.iter().filter(|step| applies(playbook, step, review));
    let asked = asked.flat_map(|step| &step.ask);
    let graded = asked.filter_map(|name| vocabulary.get(name)).filter(|fact| is_graded(fact));
    graded.map(|fact| area(fact, review)).collect()
}

/// What does not apply is neither a strength nor a gap.
fn applies(playbook: &Playbook, step: &Step, review: &Incident) -> bool {
    let holds = step.when.as_ref().map(|when| when.holds(&|name| review.fact_value(name)));
    let key = StepKey { step: step.id.clone(), item: None };
    let outcome = review.step(playbook.phase, &key).map(|state| state.outcome);
    holds != Some(Some(false)) && outcome != Some(Outcome::NotApplicable)
}

fn is_graded(fact: &Fact) -> bool {
    fact.options.iter().any(|option| option.next.is_some())
}

fn area(fact: &Fact, review: &Incident) -> Area {
    let most = fact.options.len().saturating_sub(1);
    let chosen = match review.fact_value(&fact.name) {
        Some(Value::Choice(id)) => fact.options.iter().position(|option| option.id == *id),
        _ => None,
    };
    let option = chosen.map(|place| &fact.options[place]);
    Area {
        fact: fact.name.clone(),
        title: fact.title.clone(),
        grade: option.map(|option| (option.id.clone(), option.title.clone())),
        points: chosen.map_or(0, |place| most - place),
        most,
        next: match option {
            Some(option) => option.next.clone(),
            None => Some("Find out: what is unknown counts as missing".to_owned()),
        },
    }
}

/// Points of all areas, and the most that there could be.
pub fn total(areas: &[Area]) -> (usize, usize) {
    (areas.iter().map(|area| area.points).sum(), areas.iter().map(|area| area.most).sum())
}

/// What a review came to.
pub struct Review {
    /// The name of its record.
    pub name: String,
    /// When it began.
    pub opened_at: Option<DateTime<FixedOffset>>,
    /// Its areas, as the playbook lists them.
    pub areas: Vec<Area>,
}

impl Review {
    /// The day on which it began.
    pub fn day(&self) -> String {
        self.opened_at.map(|at| at.date_naive().to_string()).unwrap_or_default()
    }
}

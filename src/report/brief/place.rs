//! Which facts a brief tells, and in which order.

use crate::fact::{Fact, FactType, Topic, names};

pub(super) fn is_told(fact: &Fact) -> bool {
    let told = [Topic::Summary, Topic::Scope, Topic::Impact, Topic::Causes, Topic::Roles];
    fact.name == names::SEVERITY
        || fact.counts_affected()
        || fact.kind == FactType::Time
        || fact.telling.section.is_some_and(|section| told.contains(&section))
}

/// What is read out first: how severe it is and who leads, then what sums it up, the account before
/// whom to write to, numbers, times, and what came of it.
pub(super) fn place(fact: &Fact) -> (u8, i64) {
    match fact.telling.section {
        _ if fact.name == names::SEVERITY => (0, 0),
        Some(Topic::Roles) => (1, 0),
        Some(Topic::Summary) => (2, fact.telling.rank.unwrap_or(i64::MAX)),
        _ if fact.kind == FactType::Time => (4, 0),
        Some(Topic::Impact | Topic::Causes) => (5, 0),
        _ => (3, 0),
    }
}

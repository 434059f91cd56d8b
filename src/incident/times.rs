//! Times that facts were ever given: a time that is corrected or taken back leaves a trace here.

use crate::fact::{Value, When};

/// Of all times that a fact was ever given, the outermost; also of those that were taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Times {
    /// The one that ended first.
    pub earliest: Value,
    /// The one that began last.
    pub latest: Value,
}

impl Times {
    /// The first time that a fact was given; nothing, if the value is no time.
    pub(super) fn new(value: &Value) -> Option<Self> {
        time(value)?;
        Some(Self { earliest: value.clone(), latest: value.clone() })
    }

    /// Takes in another one.
    pub(super) fn take(&mut self, value: &Value) {
        let Some(when) = time(value) else { return };
        if time(&self.earliest).is_some_and(|earliest| when.latest < earliest.latest) {
            self.earliest = value.clone();
        }
        if time(&self.latest).is_some_and(|latest| when.earliest > latest.earliest) {
            self.latest = value.clone();
        }
    }
}

fn time(value: &Value) -> Option<&When> {
    match value {
        Value::Time(when) => Some(when),
        _ => None,
    }
}

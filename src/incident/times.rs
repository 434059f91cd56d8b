//! The times that facts were ever given: a time that was corrected or taken back leaves a trace here.

use crate::fact::{Value, When};

/// The earliest and the latest time that a fact was ever given, including those taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Times {
    /// The time that ends first.
    pub earliest: Value,
    /// The time that begins last.
    pub latest: Value,
}

impl Times {
    /// Starts from the first value that a fact was given; `None` if it is not a time.
    pub(super) fn new(value: &Value) -> Option<Self> {
        time(value)?;
        Some(Self { earliest: value.clone(), latest: value.clone() })
    }

    /// Takes in another value.
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

//! Duties as people and machines read them: one file per format.

mod csv;
mod explain;
mod ical;
mod json;
mod table;

use std::io;

use chrono::{DateTime, Utc};

pub use explain::explain;
pub use table::Grouped;

use crate::regime::{Assessed, Confidence, State};
use crate::wording;

/// Duties at a moment.
pub struct View<'v> {
    /// The moment.
    pub at: DateTime<Utc>,
    /// Name of the incident; `what-if` without one.
    pub incident: &'v str,
    /// The duties.
    pub duties: &'v [Assessed<'v>],
    /// The question of a fact.
    pub ask: &'v dyn Fn(&str) -> Option<String>,
}

/// Said wherever somebody could take our word for counsel's, and nowhere else.
pub const NO_ADVICE: &str = "This is not legal advice: counsel decides.";

impl View<'_> {
    /// As JSON.
    pub fn json(&self) -> serde_json::Value {
        json::value(self)
    }

    /// As comma-separated values.
    ///
    /// # Errors
    /// Whatever the stream says.
    pub fn csv(&self, out: &mut dyn io::Write) -> io::Result<()> {
        csv::write(self, out)
    }

    /// As a calendar: an event and a to-do for each deadline.
    pub fn ical(&self) -> String {
        ical::calendar(self)
    }

    /// For people.
    ///
    /// # Errors
    /// Whatever the stream says.
    pub fn text(
        &self,
        out: &mut dyn io::Write,
        width: Option<u16>,
        grouped: Grouped,
        all: bool,
    ) -> io::Result<()> {
        table::write(self, out, width, grouped, all)
    }
}

/// The last instant as its authority's clock shows it.
fn local(duty: &Assessed<'_>) -> Option<String> {
    let due = duty.due?.with_timezone(&duty.zone);
    Some(due.format("%a %-d %b %Y %H:%M %:z").to_string())
}

/// Its state in a few words, with what makes it less than certain.
fn state(duty: &Assessed<'_>) -> String {
    let mut words = duty.state.as_str().to_owned();
    if duty.state == State::Check && duty.start.is_some_and(|start| start.assumed) {
        words.push_str(", assumed");
    }
    if duty.duty.confidence != Confidence::SourceSeen {
        words.push_str(", from memory");
    }
    words
}

/// `41 h 12 min`, `OVERDUE 3 h`.
fn left(duty: &Assessed<'_>, at: DateTime<Utc>) -> String {
    match duty.left(at) {
        None => String::new(),
        Some(left) if left < chrono::TimeDelta::zero() => {
            format!("OVERDUE {}", wording::length(left))
        }
        Some(left) => wording::length(left),
    }
}

/// Whom it tells, in words.
fn whom(duty: &Assessed<'_>) -> String {
    duty.duty.to.join(", ").replace('-', " ")
}

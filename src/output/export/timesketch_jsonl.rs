//! A timeline for Timesketch, one JSON object a line.

use std::io::{self, Write};

use super::line::{Line, Rows};
use crate::escape;
use crate::report::TimelineEntry;

/// Rows as JSON lines.
pub struct TimesketchJsonl<'w> {
    out: &'w mut dyn Write,
    incident: &'w str,
}

impl<'w> TimesketchJsonl<'w> {
    /// Begins a timeline of an incident.
    pub fn new(out: &'w mut dyn Write, incident: &'w str) -> Self {
        Self { out, incident }
    }
}

impl Rows for TimesketchJsonl<'_> {
    fn row(&mut self, moment: &TimelineEntry) -> io::Result<()> {
        let line = serde_json::to_string(&Line::new(moment, self.incident))?;
        escape::json(&line, self.out)?;
        self.out.write_all(b"\n")
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

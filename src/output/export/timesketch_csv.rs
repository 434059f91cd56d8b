//! A timeline for Timesketch as comma-separated values.

use std::io::{self, Write};

use super::csv::table;
use super::line::{Line, Rows};
use crate::output::cell::inert;
use crate::report::TimelineEntry;

/// Rows with the columns of Timesketch first.
pub struct TimesketchCsv<'w> {
    rows: ::csv::Writer<&'w mut dyn Write>,
    incident: &'w str,
}

impl<'w> TimesketchCsv<'w> {
    /// Begins a timeline of an incident.
    ///
    /// # Errors
    /// Whatever the stream says.
    pub fn new(out: &'w mut dyn Write, incident: &'w str) -> io::Result<Self> {
        Ok(Self { rows: table(out, &Line::COLUMNS)?, incident })
    }
}

impl Rows for TimesketchCsv<'_> {
    fn row(&mut self, moment: &TimelineEntry) -> io::Result<()> {
        let line = Line::new(moment, self.incident);
        self.rows.write_record(line.cells().iter().map(|cell| inert(cell).into_owned()))?;
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.rows.flush()
    }
}

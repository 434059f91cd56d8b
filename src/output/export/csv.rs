//! A timeline for a spreadsheet, RFC 4180.

use std::io::{self, Write};

use super::line::{Line, Rows};
use crate::output::cell::{UTF_8, inert};
use crate::report::TimelineEntry;

const COLUMNS: [&str; 11] = [
    "when",
    "until",
    "precision",
    "shown",
    "recorded",
    "kind",
    "what",
    "by",
    "step",
    "entry",
    "incident",
];

/// Rows for people.
pub struct Csv<'w> {
    rows: ::csv::Writer<&'w mut dyn Write>,
    incident: &'w str,
}

impl<'w> Csv<'w> {
    /// Begins a timeline of an incident.
    ///
    /// # Errors
    /// Whatever the stream says.
    pub fn new(out: &'w mut dyn Write, incident: &'w str) -> io::Result<Self> {
        out.write_all(UTF_8)?;
        Ok(Self { rows: table(out, &COLUMNS)?, incident })
    }
}

impl Rows for Csv<'_> {
    fn row(&mut self, moment: &TimelineEntry) -> io::Result<()> {
        let line = Line::new(moment, self.incident);
        let [what, when, _, precision, until, shown, recorded, kind, step, by, ..] = line.cells();
        let kind = kind.replace('-', " ").into();
        let entry = moment.entry.as_deref().unwrap_or_default().into();
        let incident = self.incident.into();
        let cells =
            [when, until, precision, shown, recorded, kind, what, by, step, entry, incident];
        self.rows.write_record(cells.iter().map(|cell| inert(cell).into_owned()))?;
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.rows.flush()
    }
}

/// A table whose lines end as RFC 4180 wants them.
pub(super) fn table<'w>(
    out: &'w mut dyn Write,
    columns: &[&str],
) -> io::Result<::csv::Writer<&'w mut dyn Write>> {
    let mut rows = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    rows.write_record(columns)?;
    Ok(rows)
}

//! Duties as comma-separated values, RFC 4180.

use std::io;

use chrono::SecondsFormat;

use super::{View, local, whom};
use crate::escape;

pub(super) fn write(view: &View<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record([
        "id",
        "state",
        "due",
        "local",
        "zone",
        "to",
        "recipient",
        "who",
        "cite",
        "confidence",
        "why",
    ])?;
    for duty in view.duties {
        let due = duty.due.map(|due| due.to_rfc3339_opts(SecondsFormat::Secs, true));
        let fields = [
            duty.duty.id.clone(),
            duty.state.as_str().to_owned(),
            due.unwrap_or_default(),
            local(duty).unwrap_or_default(),
            duty.zone.name().to_owned(),
            whom(duty),
            duty.duty.recipient.clone().unwrap_or_default(),
            duty.duty.who.clone(),
            duty.duty.cite.clone(),
            duty.duty.confidence.as_str().to_owned(),
            duty.why(),
        ];
        rows.write_record(fields.iter().map(|field| inert(field)))?;
    }
    rows.flush()
}

/// A spreadsheet must not take a cell for a formula.
fn inert(field: &str) -> String {
    let line = escape::line(field);
    if line.starts_with(['=', '+', '-', '@']) { format!("'{line}") } else { line.into_owned() }
}

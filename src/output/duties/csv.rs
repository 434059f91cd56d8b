//! Duties as comma-separated values, RFC 4180.

use std::io;

use chrono::SecondsFormat;

use super::{View, local, whom};
use crate::escape;
use crate::output::cell::{UTF_8, inert};
use crate::regime::Period;
use crate::wording;

pub(super) fn write(view: &View<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(UTF_8)?;
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
        "period",
        "awaits",
    ])?;
    for gap in view.gaps {
        let state = gap.held();
        let empty = [""; 8].map(str::to_owned);
        let fields = [gap.place.clone(), state.to_owned()].into_iter().chain(empty);
        let fields: Vec<String> =
            fields.chain([gap.line(), String::new(), String::new()]).collect();
        rows.write_record(fields.iter().map(|field| inert(&escape::line(field)).into_owned()))?;
    }
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
            wording::unmarked(&duty.why()),
            duty.period.map(Period::show).unwrap_or_default(),
            duty.waiting().to_owned(),
        ];
        rows.write_record(fields.iter().map(|field| inert(&escape::line(field)).into_owned()))?;
    }
    rows.flush()
}

//! The chain-of-custody form of an exhibit: what the log says of it, and lines to sign by hand.

use std::io::{self, Write};

use super::evidence::{place, state};
use super::wrap::whole_words;
use crate::incident::event::{Event, Source, Stamped};
use crate::incident::{Exhibit, Incident};
use crate::{escape, wording};

/// Columns of the form.
const WIDTH: usize = 78;

/// Hand-overs that fit on a sheet.
const LINES: usize = 4;

/// What a form is made of.
pub struct Form<'f> {
    /// The name of the incident, and its fold.
    pub incident: (&'f str, &'f Incident),
    /// The exhibit and what the log holds of it.
    pub exhibit: (&'f str, &'f Exhibit),
    /// Which of how many forms it is.
    pub page: (usize, usize),
    /// The entries that are about it, in the order of the record.
    pub handled: &'f [Stamped],
    /// The last code that proves the log.
    pub code: Option<&'f str>,
}

/// The form, a sheet of its own.
///
/// # Errors
/// What `out` says.
pub fn text(form: &Form<'_>, out: &mut dyn Write) -> io::Result<()> {
    let ((name, incident), (exhibit, entry), (page, pages)) =
        (form.incident, form.exhibit, form.page);
    if page > 1 {
        // The next sheet of paper.
        writeln!(out, "\u{c}")?;
    }
    let rehearsal = wording::rehearsal(incident.drill);
    writeln!(out, "CHAIN OF CUSTODY, form {page} of {pages}{rehearsal}\n{}", "=".repeat(WIDTH))?;
    let title = incident.title.as_deref().map(|title| format!(": {title}")).unwrap_or_default();
    field(out, "Incident", &format!("{name}{title}"))?;
    field(out, "Exhibit", exhibit)?;
    field(out, "What", &entry.title)?;
    let from = format!("{}{}", place(&entry.source), state(incident, entry));
    field(out, "Source", &from)?;
    match &entry.kept {
        Some(kept) => {
            let cut = if kept.truncated { ", cut off" } else { "" };
            let size = wording::grouped(&format!("{} bytes", kept.bytes));
            field(out, "Size", &format!("{size}{cut}"))?;
            field(out, "SHA-256", &kept.sha256.to_string())?;
        }
        None => match &entry.source {
            Source::Reference { digest: Some(digest), .. } => {
                field(out, "Digest", &format!("{digest}, as whoever keeps it reported"))?;
            }
            _ => field(out, "SHA-256", "not known here: somebody else keeps it")?,
        },
    }
    field(out, "Recorded", &format!("{} by {}", wording::stamp(entry.at), entry.by))?;
    writeln!(out, "\nWHAT WAS DONE WITH IT, BY THE LOG\n{}", "-".repeat(WIDTH))?;
    for stamped in form.handled {
        let what = match &stamped.draft.event {
            Event::EvidenceAdded(_) => "recorded".to_owned(),
            event => super::event::said(event),
        };
        let at = wording::stamp(stamped.at);
        let line = format!(
            "{at}, {} on {}: {what} (entry {}/{})",
            stamped.actor.shown(),
            stamped.host,
            stamped.chain,
            stamped.seq
        );
        wrapped(out, "", "    ", &line)?;
    }
    writeln!(out, "\nHANDED OVER, BY HAND\n{}", "-".repeat(WIDTH))?;
    let blank = |width: usize| "_".repeat(width);
    for number in 1..=LINES {
        writeln!(out, "{number}. Released by  {}  Signature  {}", blank(26), blank(22))?;
        writeln!(out, "\n   Received by  {}  Signature  {}", blank(26), blank(22))?;
        writeln!(out, "\n   Date, time, time zone  {}", blank(WIDTH - 26))?;
        writeln!(out, "\n   Purpose, place, seal  {}\n", blank(WIDTH - 25))?;
    }
    let code = form.code.map_or_else(
        || "The log has no head code yet.".to_owned(),
        |code| format!("Head code of the log: {code}."),
    );
    wrapped(out, "", "", &format!("{code} Compare the digest before you sign."))
}

fn field(out: &mut dyn Write, name: &str, value: &str) -> io::Result<()> {
    wrapped(out, &format!("{name:<10}"), "          ", value)
}

/// Foreign text in lines of the form.
fn wrapped(out: &mut dyn Write, first: &str, rest: &str, text: &str) -> io::Result<()> {
    let text = escape::line(text);
    let options = whole_words(WIDTH).initial_indent(first).subsequent_indent(rest);
    for line in textwrap::wrap(&text, options) {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

//! What is kept, as a table and as JSON.

use std::fmt::Write as _;
use std::io::{self, Write};

use comfy_table::Cell;
use serde::Serialize;

use super::table;
use crate::incident::event::Source;
use crate::incident::{Exhibit, Incident};
use crate::{escape, wording};

#[derive(Serialize)]
struct Listed<'a> {
    exhibit: &'a str,
    title: &'a str,
    source: &'a Source,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    step: Option<&'a str>,
    changed_during_acquisition: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verified_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verified: Option<&'a str>,
    recorded_at: String,
    by: &'a str,
}

fn listed<'a>(exhibit: &'a str, entry: &'a Exhibit) -> Listed<'a> {
    Listed {
        exhibit,
        title: &entry.title,
        source: &entry.source,
        sha256: entry.kept.as_ref().map(|kept| kept.sha256.to_string()),
        bytes: entry.kept.as_ref().map(|kept| kept.bytes),
        step: entry.step.as_deref(),
        changed_during_acquisition: entry.changed,
        expires_at: entry.expires_at.as_ref().map(|when| when.earliest.to_rfc3339()),
        verified_at: entry.verified.as_ref().map(|(at, _)| at.to_rfc3339()),
        verified: entry.verified.as_ref().map(|(_, result)| result.as_str()),
        recorded_at: entry.at.to_rfc3339(),
        by: &entry.by,
    }
}

/// Exhibits in the order in which they were recorded.
fn sorted(incident: &Incident) -> Vec<(&String, &Exhibit)> {
    let mut exhibits: Vec<(&String, &Exhibit)> = incident.exhibits.iter().collect();
    exhibits.sort_by_key(|(_, entry)| entry.at);
    exhibits
}

/// All that is kept, as `breach.evidence/1`.
pub fn json(incident: &Incident) -> serde_json::Value {
    let exhibits = sorted(incident);
    let evidence: Vec<Listed<'_>> =
        exhibits.into_iter().map(|(name, entry)| listed(name, entry)).collect();
    serde_json::json!({ "schema": "breach.evidence/1", "evidence": evidence })
}

/// All that is kept, as a table at most `width` columns wide, then where each thing comes from.
///
/// # Errors
/// What `out` says.
pub fn text(incident: &Incident, width: Option<u16>, out: &mut dyn Write) -> io::Result<()> {
    let exhibits = sorted(incident);
    let header = ["Exhibit", "What", "Size", "SHA-256", "Recorded", "By"];
    let mut table = table::plain(&header, width);
    for (name, entry) in &exhibits {
        let kept = entry.kept.as_ref();
        table.add_row([
            Cell::new(name),
            Cell::new(escape::line(&entry.title)),
            Cell::new(kept.map_or_else(String::new, |kept| wording::size(kept.bytes))),
            Cell::new(kept.map_or_else(String::new, |kept| kept.sha256.short())),
            Cell::new(wording::stamp(entry.at)),
            Cell::new(escape::line(&entry.by)),
        ]);
    }
    writeln!(out, "{table}")?;
    for (name, entry) in exhibits {
        let text = format!("{name}: {}{}", place(&entry.source), state(entry));
        writeln!(out, "{}", escape::line(&text))?;
    }
    Ok(())
}

fn place(source: &Source) -> String {
    match source {
        Source::File { path } => format!("from {path}"),
        Source::InPlace { path } => format!("in place at {path}"),
        Source::Stdin => "from standard input".to_owned(),
        Source::Reference { id, kind, account, region, .. } => {
            let more = [kind, account, region].into_iter().flatten();
            more.fold(format!("kept elsewhere as {id}"), |text, more| format!("{text}, {more}"))
        }
    }
}

/// What is worth knowing of an exhibit before one relies on it.
fn state(entry: &Exhibit) -> String {
    let mut state = String::new();
    if entry.changed {
        state.push_str("; changed while it was read");
    }
    if let Some(when) = &entry.expires_at {
        let _ = write!(state, "; at its source until {}", when.show());
    }
    match &entry.verified {
        Some((at, result)) => {
            let _ = write!(state, "; {result} at {}", wording::stamp(*at));
        }
        None if entry.kept.is_some() => state.push_str("; not compared since"),
        None => {}
    }
    state
}

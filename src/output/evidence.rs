//! What is kept, as a table and as JSON.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::PathBuf;

use comfy_table::Cell;
use serde::Serialize;

use super::table;
use crate::incident::event::Source;
use crate::incident::{Comparison, Exhibit, Forgotten, Incident};
use crate::lexicon::words;
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
    verified: Option<&'a Comparison>,
    #[serde(skip_serializing_if = "Option::is_none")]
    forgotten: Option<&'a str>,
    recorded_at: String,
    by: &'a str,
}

fn listed<'a>(incident: &'a Incident, exhibit: &'a str, entry: &'a Exhibit) -> Listed<'a> {
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
        verified: entry.verified.as_ref().map(|(_, result)| result),
        forgotten: incident.forgotten_exhibit(entry).map(|forgotten| forgotten.why.as_str()),
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
        exhibits.into_iter().map(|(name, entry)| listed(incident, name, entry)).collect();
    serde_json::json!({
        "schema": "breach.evidence/1",
        "rehearsal": incident.drill,
        "evidence": evidence,
    })
}

/// An exhibit that was read again, or could not be because somebody else keeps it.
pub struct Checked<'a> {
    /// Its name.
    pub exhibit: &'a str,
    /// What the log holds of it.
    pub entry: &'a Exhibit,
    /// What came of it; none if it is kept elsewhere.
    pub result: Option<Comparison>,
    /// Why it was destroyed on purpose, if it was.
    pub forgotten: Option<&'a Forgotten>,
    /// Whether it is privileged and was left out of this copy.
    pub is_withheld: bool,
}

impl<'a> Checked<'a> {
    /// An exhibit that was neither destroyed on purpose nor withheld.
    pub fn new(exhibit: &'a str, entry: &'a Exhibit, result: Option<Comparison>) -> Self {
        Self { exhibit, entry, result, forgotten: None, is_withheld: false }
    }
}

words! {
    /// What came of reading an exhibit again.
    pub enum ExhibitVerdict {
        /// Its bytes are what they were.
        Intact = "intact",
        /// Its bytes are gone.
        Missing = "missing",
        /// Its bytes changed.
        Differs = "differs",
        /// Its bytes could not be read.
        Unreadable = "unreadable",
        /// It is privileged and was left out of this copy.
        Withheld = "withheld",
        /// It was destroyed on purpose.
        Forgotten = "forgotten",
        /// Somebody else keeps it, so nothing was read.
        Elsewhere = "elsewhere",
    }
}

/// What came of reading everything again, as `breach.evidence-verify/1`: one verdict per exhibit, with
/// the digest that the log holds, the one that was found, or why nothing could be read.
/// Then the verdicts on what else the log names, and the files of the store that no entry names.
pub fn checked(
    incident: &str,
    all: &[Checked<'_>],
    others: &[serde_json::Value],
    strays: &[PathBuf],
) -> serde_json::Value {
    let verdicts = all.iter().map(|checked| {
        let (verdict, found, why) = match &checked.result {
            None | Some(Comparison::Missing | Comparison::Intact)
                if checked.forgotten.is_some() =>
            {
                (ExhibitVerdict::Forgotten, None, checked.forgotten.map(|forgotten| &forgotten.why))
            }
            None => (ExhibitVerdict::Elsewhere, None, None),
            Some(Comparison::Intact) => (ExhibitVerdict::Intact, None, None),
            Some(Comparison::Missing) if checked.is_withheld => {
                (ExhibitVerdict::Withheld, None, None)
            }
            Some(Comparison::Missing) => (ExhibitVerdict::Missing, None, None),
            Some(Comparison::Differs(found)) => (ExhibitVerdict::Differs, Some(found), None),
            Some(Comparison::Unreadable(why) | Comparison::Other(why)) => {
                (ExhibitVerdict::Unreadable, None, Some(why))
            }
        };
        serde_json::json!({
            "exhibit": checked.exhibit,
            "title": checked.entry.title,
            "verdict": verdict,
            "sha256": checked.entry.kept.as_ref().map(|kept| kept.sha256),
            "found": found,
            "why": why,
        })
    });
    let verdicts: Vec<serde_json::Value> = verdicts.collect();
    serde_json::json!({
        "schema": "breach.evidence-verify/1", "incident": incident, "exhibits": verdicts,
        "others": others,
        "strays": strays.iter().map(|path| path.to_string_lossy()).collect::<Vec<_>>(),
    })
}

/// All that is kept, as a table at most `width` columns wide, then where each thing comes from.
///
/// # Errors
/// What `out` says.
pub fn text(incident: &Incident, width: Option<u16>, out: &mut dyn Write) -> io::Result<()> {
    let exhibits = sorted(incident);
    if incident.drill {
        writeln!(out, "Evidence{}", wording::rehearsal(true))?;
    }
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
        let text = format!("{name}: {}{}", place(&entry.source), state(incident, entry));
        writeln!(out, "{}", escape::line(&text))?;
    }
    Ok(())
}

pub(super) fn place(source: &Source) -> String {
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
pub(super) fn state(incident: &Incident, entry: &Exhibit) -> String {
    let mut state = String::new();
    if entry.changed {
        state.push_str("; changed while it was being read");
    }
    if let Some(when) = &entry.expires_at {
        let _ = write!(state, "; its source keeps it until {}", when.show());
    }
    if let Some(forgotten) = incident.forgotten_exhibit(entry) {
        let _ = write!(state, "; {}", forgotten.shown());
        return state;
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

//! `breach evidence list` and `verify`: what is kept, read again and compared.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use comfy_table::Cell;
use serde::Serialize;

use super::progress;
use crate::cli::args::Format;
use crate::cli::desk::{Context, Exit, Failure, Record, home};
use crate::incident::event::{Custody, Source};
use crate::incident::{Exhibit, Incident};
use crate::output::{json, table};
use crate::vault::{self, Verdict};
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

pub(super) fn list(context: &mut Context, format: Format) -> Result<Exit, Failure> {
    let incident = folded(context)?;
    let mut exhibits: Vec<(&String, &Exhibit)> = incident.exhibits.iter().collect();
    exhibits.sort_by_key(|(_, entry)| entry.at);
    if format == Format::Json {
        let evidence: Vec<Listed<'_>> =
            exhibits.into_iter().map(|(name, entry)| listed(name, entry)).collect();
        let value = serde_json::json!({ "schema": "breach.evidence/1", "evidence": evidence });
        json::write(&mut context.out, &value)?;
        return Ok(Exit::Done);
    }
    let mut table = table::plain(
        &["Exhibit", "What", "Size", "SHA-256", "Recorded", "By"],
        context.table_width,
    );
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
    writeln!(context.out, "{table}")?;
    for (name, entry) in exhibits {
        let text = format!("{name}: {}{}", place(&entry.source), state(entry));
        writeln!(context.out, "{}", escape::line(&text))?;
    }
    Ok(Exit::Done)
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

fn folded(context: &mut Context) -> Result<Incident, Failure> {
    let folder = home::one(context)?;
    let mut incident = Incident::default();
    crate::cli::desk::chains::fold(context, &folder, &mut incident)?;
    Ok(incident)
}

/// Reads every exhibit again. Looking is custody, so the result goes into the log.
pub(super) fn verify(context: &mut Context) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let mut record = Record::open(context, folder)?;
    let exhibits: Vec<(String, Exhibit)> = record
        .incident
        .exhibits
        .iter()
        .map(|(name, entry)| (name.clone(), entry.clone()))
        .collect();
    let mut damaged = 0;
    for (exhibit, entry) in &exhibits {
        let Some(kept) = &entry.kept else {
            writeln!(context.out, "{exhibit}: kept elsewhere, not checked")?;
            continue;
        };
        let bar = progress(Some(kept.bytes));
        let read = match &entry.source {
            Source::InPlace { path } => {
                vault::verify_file(Path::new(path), &kept.sha256, &mut |piece| bar.inc(piece))
            }
            _ => record.vault.verify(&kept.sha256, &mut |piece| bar.inc(piece)),
        };
        bar.finish_and_clear();
        let result = match read {
            Ok(Verdict::Intact) => "intact".to_owned(),
            Ok(Verdict::Missing) => "missing".to_owned(),
            Ok(Verdict::Differs(found)) => format!("differs, now {found}"),
            Err(error) => format!("cannot be read: {error}"),
        };
        damaged += usize::from(result != "intact");
        writeln!(context.out, "{exhibit}: {} ({})", result, escape::line(&entry.title))?;
        let custody = Custody {
            exhibit: exhibit.clone(),
            action: "verify".to_owned(),
            result: Some(result),
            text: None,
        };
        record.append(context, custody.into())?;
    }
    if damaged == 0 {
        return Ok(Exit::Done);
    }
    let verb = if damaged == 1 { "does" } else { "do" };
    let all = wording::count(exhibits.len(), "exhibit");
    Err(Failure::new(Exit::Damaged, format!("{damaged} of {all} {verb} not verify"))
        .hint("nothing was changed; the log says what it was, so look for another copy of it"))
}

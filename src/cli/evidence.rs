//! `breach evidence`: keep things, list them, read them again and compare.

use std::io::IsTerminal;
use std::path::Path;

use comfy_table::Cell;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::args::{EvidenceAddArgs, EvidenceCommand, Format};
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::record::Record;
use super::{answers, home, moment};
use crate::acquire::{self, Acquired};
use crate::incident::event::{Custody, Draft, Event, EvidenceAdded, Source, Stamped};
use crate::incident::{Exhibit, Incident};
use crate::output::{json, table};
use crate::vault::{self, Verdict};
use crate::{escape, id, wording};

pub(super) fn run(context: &mut Context, command: &EvidenceCommand) -> Result<Exit, Failure> {
    match command {
        EvidenceCommand::Add(args) => add(context, args),
        EvidenceCommand::List { format } => list(context, *format),
        EvidenceCommand::Verify => verify(context),
    }
}

fn add(context: &mut Context, args: &EvidenceAddArgs) -> Result<Exit, Failure> {
    let expires_at = moment::given(context, args.expires_at.as_deref())?;
    let occurred = moment::given(context, args.at.as_deref())?;
    let folder = home::one(context)?;
    let mut record = Record::one_shot(context, folder)?;
    record.say_if_closed(context);
    let mut body = match (&args.reference, &args.path) {
        (Some(id), _) => described(reference(context, id)?, args),
        (None, Some(path)) => {
            let acquired = take(context, &record, path, args.in_place);
            acquired.map_err(|error| {
                Failure::new(Exit::Failed, format!("failed to keep `{}`: {error}", path.display()))
                    .hint("nothing was recorded and nothing else was lost")
            })?
        }
        (None, None) => return Err(Failure::usage("name a file, `-`, or a reference")),
    };
    if let Some(title) = &args.title {
        body.title.clone_from(title);
    }
    body.expires_at = expires_at;
    let mut draft = Draft::from(body);
    draft.occurred = occurred;
    let mut source = answers::interactive();
    let stamped = record.append_careful(context, source.prompt(), draft)?;
    say_kept(context, &stamped);
    Ok(Exit::Done)
}

fn described(mut body: EvidenceAdded, args: &EvidenceAddArgs) -> EvidenceAdded {
    if let Source::Reference { kind, account, region, digest, .. } = &mut body.source {
        kind.clone_from(&args.kind);
        account.clone_from(&args.account);
        region.clone_from(&args.region);
        digest.clone_from(&args.digest);
    }
    body
}

fn take(
    context: &mut Context,
    record: &Record,
    path: &Path,
    in_place: bool,
) -> Result<EvidenceAdded, String> {
    if path == Path::new("-") {
        if in_place {
            return Err("standard input lies nowhere, so it is copied; leave --in-place".to_owned());
        }
        let bar = progress(None);
        let taken = acquire::stream(
            &mut std::io::stdin().lock(),
            &record.vault,
            &context.world,
            &mut |piece| bar.inc(piece),
        );
        bar.finish_and_clear();
        return added(context, taken.map_err(|error| error.to_string())?, "standard input");
    }
    if !in_place {
        return file(context, record, path);
    }
    let bar = progress(path.metadata().ok().map(|metadata| metadata.len()));
    let taken = acquire::in_place(path, &context.world, &mut |piece| bar.inc(piece));
    bar.finish_and_clear();
    added(context, taken.map_err(|error| error.to_string())?, &name(path))
}

/// Copies a file into the vault.
pub(super) fn file(
    context: &mut Context,
    record: &Record,
    path: &Path,
) -> Result<EvidenceAdded, String> {
    let bar = progress(path.metadata().ok().map(|metadata| metadata.len()));
    let taken = acquire::file(path, &record.vault, &context.world, &mut |piece| {
        bar.inc(piece);
    });
    bar.finish_and_clear();
    added(context, taken.map_err(|error| error.to_string())?, &name(path))
}

/// Whether a text names a thing elsewhere rather than a file here: `aws:snap-0a1b`.
pub(super) fn is_reference(spec: &str) -> bool {
    spec.split_once(':').is_some_and(|(provider, rest)| {
        !rest.is_empty() && id::is_kebab(provider) && !Path::new(spec).exists()
    })
}

/// Evidence that somebody else keeps.
pub(super) fn reference(context: &mut Context, id: &str) -> Result<EvidenceAdded, Failure> {
    let source = Source::Reference {
        id: id.to_owned(),
        kind: None,
        account: None,
        region: None,
        digest: None,
    };
    Ok(EvidenceAdded {
        exhibit: id::exhibit(context.world.random()?),
        title: id.to_owned(),
        source,
        kept: None,
        wanted: None,
        item: None,
        changed_during_acquisition: false,
        modified_at: None,
        started_at: None,
        expires_at: None,
    })
}

fn added(context: &mut Context, acquired: Acquired, title: &str) -> Result<EvidenceAdded, String> {
    let random = context.world.random().map_err(|error| error.to_string())?;
    if acquired.changed {
        context
            .screen
            .warn("the file changed while it was read; what was read is kept, and marked");
    }
    Ok(EvidenceAdded {
        exhibit: id::exhibit(random),
        title: title.to_owned(),
        source: acquired.source,
        kept: Some(acquired.kept),
        wanted: None,
        item: None,
        changed_during_acquisition: acquired.changed,
        modified_at: acquired.modified_at,
        started_at: Some(acquired.started_at),
        expires_at: None,
    })
}

/// Says what was kept, with the digest that one can read over the telephone.
pub(super) fn say_kept(context: &mut Context, stamped: &Stamped) {
    let Event::EvidenceAdded(body) = &stamped.draft.event else {
        return;
    };
    let kept = body
        .kept
        .as_ref()
        .map(|kept| format!(", {}, sha256 {}", wording::size(kept.bytes), kept.sha256));
    let kept = kept.unwrap_or_default();
    context.screen.say(&format!("Kept {}: {}{kept}", body.exhibit, body.title));
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| escape::bytes(name.as_encoded_bytes()))
}

/// A bar for what takes a while, at a terminal only.
fn progress(total: Option<u64>) -> ProgressBar {
    const WORTH_IT: u64 = 64 << 20;
    if !std::io::stderr().is_terminal() || total.is_some_and(|total| total < WORTH_IT) {
        return ProgressBar::hidden();
    }
    let (bar, form) = match total {
        Some(total) => (ProgressBar::new(total), "{bar:30} {bytes} of {total_bytes}, {eta} left"),
        None => (ProgressBar::no_length(), "{bytes} read"),
    };
    match ProgressStyle::with_template(form) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

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
        recorded_at: entry.at.to_rfc3339(),
        by: &entry.by,
    }
}

fn list(context: &mut Context, format: Format) -> Result<Exit, Failure> {
    let incident = folded(context)?;
    if format == Format::Json {
        let evidence: Vec<Listed<'_>> =
            incident.exhibits.iter().map(|(name, entry)| listed(name, entry)).collect();
        let value = serde_json::json!({ "schema": "breach.evidence/1", "evidence": evidence });
        json::write(&mut context.out, &value)?;
        return Ok(Exit::Done);
    }
    let mut table = table::plain(
        &["Exhibit", "What", "Size", "SHA-256", "Recorded", "By"],
        context.table_width,
    );
    for (name, entry) in &incident.exhibits {
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
    Ok(Exit::Done)
}

fn folded(context: &mut Context) -> Result<Incident, Failure> {
    let folder = home::one(context)?;
    let mut incident = Incident::default();
    super::chains::fold(context, &folder, &mut incident)?;
    Ok(incident)
}

/// Reads every exhibit again. Looking is custody, so the result goes into the log.
fn verify(context: &mut Context) -> Result<Exit, Failure> {
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
    let count = wording::count(damaged, "exhibit");
    Err(Failure::new(Exit::Damaged, format!("{count} of {} does not verify", exhibits.len()))
        .hint("nothing was changed; the log says what it was, so look for another copy of it"))
}

//! Taking a thing in: copied into the vault, or noted where it is.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};

use super::{Context, Failure, Record};
use crate::acquire::{self, Acquired};
use crate::incident::event::{Custody, CustodyAct, Event, EvidenceAdded, Source, Stamped};
use crate::{escape, id, wording};

/// What was taken in, and where other bytes lie that had taken its place.
pub(in crate::cli) struct Taken {
    pub(in crate::cli) body: EvidenceAdded,
    pub(in crate::cli) aside: Option<String>,
}

/// Says, and records, that what was kept before under the same digest had been altered.
pub(in crate::cli) fn record_aside(
    context: &mut Context,
    record: &mut Record,
    stamped: &Stamped,
    aside: Option<String>,
) -> Result<(), Failure> {
    let (Some(aside), Event::EvidenceAdded(body)) = (aside, &stamped.draft.event) else {
        return Ok(());
    };
    context.screen.warn(&format!(
        "this evidence was kept before and has been altered since; the altered copy is now \
         `{aside}`, and this copy replaces it"
    ));
    let custody = Custody {
        exhibit: body.exhibit.clone(),
        action: CustodyAct::SetAside,
        result: Some("an altered copy was stored under the same digest".to_owned()),
        text: Some(aside.into()),
    };
    record.append(context, custody.into())?;
    Ok(())
}

/// As [`copied`], for one who has no use for what was set aside.
pub(in crate::cli) fn file(
    context: &mut Context,
    record: &Record,
    path: &Path,
) -> io::Result<EvidenceAdded> {
    copied(context, record, path).map(|taken| taken.body)
}

/// Copies a file into the vault.
pub(in crate::cli) fn copied(
    context: &mut Context,
    record: &Record,
    path: &Path,
) -> io::Result<Taken> {
    let bar = progress(path.metadata().ok().map(|metadata| metadata.len()));
    let taken = acquire::file(path, &record.vault, &context.world, &mut |piece| {
        bar.inc(piece);
    });
    bar.finish_and_clear();
    added(context, taken?, &name(path))
}

/// A path as people type it: in quotes, or below their own folder with `~/`.
pub(in crate::cli) fn path(spec: &str) -> PathBuf {
    let spec = spec.trim();
    let quoted =
        ['"', '\''].iter().find_map(|quote| spec.strip_prefix(*quote)?.strip_suffix(*quote));
    let spec = quoted.unwrap_or(spec);
    match (spec.strip_prefix("~/"), std::env::var_os("HOME")) {
        (Some(below), Some(home)) if !Path::new(spec).exists() => PathBuf::from(home).join(below),
        _ => PathBuf::from(spec),
    }
}

/// Whether a text names a thing elsewhere rather than a file here: `aws:snap-0a1b`, an address such as
/// `s3://bucket/image`. A file on another machine (`web-01:/var/log/x`) is none: nobody keeps it for us.
pub(in crate::cli) fn is_reference(spec: &str) -> bool {
    let names = spec.split_once(':').is_some_and(|(provider, rest)| {
        let is_elsewhere = id::is_kebab(provider) && provider != "file";
        let is_thing = rest.starts_with("//") || !rest.is_empty() && !rest.starts_with('/');
        is_elsewhere && is_thing
    });
    names && !spec.contains(char::is_whitespace) && !Path::new(spec).exists()
}

/// Evidence that somebody else keeps.
pub(in crate::cli) fn reference(context: &mut Context, id: &str) -> Result<EvidenceAdded, Failure> {
    let source = Source::Reference {
        id: id.to_owned(),
        kind: None,
        account: None,
        region: None,
        digest: None,
    };
    Ok(EvidenceAdded::new(id::exhibit(context.world.random()?), id, source))
}

pub(in crate::cli) fn added(
    context: &mut Context,
    acquired: Acquired,
    title: &str,
) -> io::Result<Taken> {
    let random = context.world.random()?;
    if acquired.changed {
        context
            .screen
            .warn("the file changed while it was being read; what was read is kept and marked");
    }
    let aside = acquired.aside.map(|path| escape::bytes(path.as_os_str().as_encoded_bytes()));
    let body = EvidenceAdded {
        kept: Some(acquired.kept),
        changed_during_acquisition: acquired.changed,
        modified_at: acquired.modified_at,
        started_at: Some(acquired.started_at),
        ..EvidenceAdded::new(id::exhibit(random), title, acquired.source)
    };
    Ok(Taken { body, aside })
}

/// Says what was kept, with the digest that one can read over the telephone.
pub(in crate::cli) fn say_kept(context: &mut Context, stamped: &Stamped) {
    let Event::EvidenceAdded(body) = &stamped.draft.event else {
        return;
    };
    let (exhibit, title) = (&body.exhibit, &body.title);
    context.screen.say(&match &body.kept {
        Some(kept) => {
            let size = wording::size(kept.bytes);
            let from = match &body.source {
                Source::File { path } | Source::InPlace { path } => {
                    path.rsplit('/').next().filter(|name| !title.contains(*name))
                }
                _ => None,
            };
            let from = from.map_or_else(String::new, |name| format!(" ({name})"));
            format!("Kept {exhibit}: {title}{from}, {size}, sha256 {}", kept.sha256)
        }
        None => format!("Noted {exhibit}: {title}. It stays where it is; nothing is copied here."),
    });
    // If the command on the left of a pipe failed, nothing comes out of the pipe.
    if body.kept.as_ref().is_some_and(|kept| kept.bytes == 0) {
        context.screen.warn(&format!("{exhibit} is empty: nothing came to be kept"));
    }
}

pub(in crate::cli) fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| escape::bytes(name.as_encoded_bytes()))
}

/// A bar for what takes a while, at a terminal only.
pub(in crate::cli) fn progress(total: Option<u64>) -> ProgressBar {
    const WORTH_IT: u64 = 64 << 20;
    if !io::stderr().is_terminal() || total.is_some_and(|total| total < WORTH_IT) {
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

//! `breach evidence add`: keep a thing, or write down where it lies.

mod exhibits;

use std::io::IsTerminal;
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

use crate::acquire::{self, Acquired};
use crate::cli::args::{EvidenceAddArgs, EvidenceCommand};
use crate::cli::desk::{Context, Exit, Failure, Record, answers, home, moment};
use crate::incident::event::{Custody, Draft, Event, EvidenceAdded, Source, Stamped};
use crate::incident::sensitive;
use crate::{escape, id, wording};

pub(super) fn run(context: &mut Context, command: &EvidenceCommand) -> Result<Exit, Failure> {
    match command {
        EvidenceCommand::Add(args) => add(context, args),
        EvidenceCommand::List { format } => exhibits::list(context, *format),
        EvidenceCommand::Verify => exhibits::verify(context),
    }
}

fn add(context: &mut Context, args: &EvidenceAddArgs) -> Result<Exit, Failure> {
    let expires_at = moment::ahead(context, args.expires_at.as_deref())?;
    let occurred = moment::given(context, args.at.as_deref())?;
    let folder = home::one(context)?;
    let mut record = Record::one_shot(context, folder)?;
    record.say_if_closed(context);
    let taken = match (&args.reference, &args.path) {
        (Some(id), _) => Taken { body: described(reference(context, id)?, args), aside: None },
        (None, Some(path)) => {
            let acquired = take(context, &record, path, args.in_place);
            acquired.map_err(|error| {
                Failure::new(Exit::Failed, format!("failed to keep `{}`: {error}", path.display()))
                    .hint("nothing was recorded and nothing else was lost")
            })?
        }
        (None, None) => return Err(Failure::usage("name a file, `-`, or a reference")),
    };
    let Taken { mut body, aside } = taken;
    if let Some(title) = &args.title {
        body.title.clone_from(title);
    }
    body.expires_at = expires_at;
    let mut draft = Draft::from(body);
    draft.occurred = occurred;
    let mut source = answers::interactive();
    let stamped = record.append_careful(context, source.prompt(), draft)?;
    say_kept(context, &stamped);
    record_aside(context, &mut record, &stamped, aside)?;
    Ok(Exit::Done)
}

/// What was taken in, and where other bytes lie that had taken its place.
pub(super) struct Taken {
    pub(super) body: EvidenceAdded,
    pub(super) aside: Option<String>,
}

/// Says, and records, that what was kept before under the same digest had been altered.
pub(super) fn record_aside(
    context: &mut Context,
    record: &mut Record,
    stamped: &Stamped,
    aside: Option<String>,
) -> Result<(), Failure> {
    let (Some(aside), Event::EvidenceAdded(body)) = (aside, &stamped.draft.event) else {
        return Ok(());
    };
    context.screen.warn(&format!(
        "the same thing was kept before and altered since; the altered bytes are set aside as \
         `{aside}`, and this copy takes their place"
    ));
    let custody = Custody {
        exhibit: body.exhibit.clone(),
        action: "set aside".to_owned(),
        result: Some("bytes that were altered lay under the same digest".to_owned()),
        text: Some(aside),
    };
    record.append(context, custody.into())?;
    Ok(())
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
) -> Result<Taken, String> {
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
        return copied(context, record, path);
    }
    if !sensitive(&path.to_string_lossy()).is_empty() {
        return Err("its name holds what looks like a secret, which the log would keep for good; \
                    copy it without --in-place"
            .to_owned());
    }
    let bar = progress(path.metadata().ok().map(|metadata| metadata.len()));
    let taken = acquire::in_place(path, &context.world, &mut |piece| bar.inc(piece));
    bar.finish_and_clear();
    added(context, taken.map_err(|error| error.to_string())?, &name(path))
}

/// As [`copied`], for one who has no use for what was set aside.
pub(super) fn file(
    context: &mut Context,
    record: &Record,
    path: &Path,
) -> Result<EvidenceAdded, String> {
    copied(context, record, path).map(|taken| taken.body)
}

/// Copies a file into the vault.
pub(super) fn copied(context: &mut Context, record: &Record, path: &Path) -> Result<Taken, String> {
    let bar = progress(path.metadata().ok().map(|metadata| metadata.len()));
    let taken = acquire::file(path, &record.vault, &context.world, &mut |piece| {
        bar.inc(piece);
    });
    bar.finish_and_clear();
    added(context, taken.map_err(|error| error.to_string())?, &name(path))
}

/// Whether a text names a thing elsewhere rather than a file here: `aws:snap-0a1b`, an address. A
/// file on another machine (`web-01:/var/log/x`) is none: nobody keeps it for us.
pub(super) fn is_reference(spec: &str) -> bool {
    let names = spec.split_once(':').is_some_and(|(provider, rest)| {
        let is_address = matches!(provider, "http" | "https") && rest.starts_with("//");
        let is_thing = id::is_kebab(provider) && !rest.is_empty() && !rest.starts_with('/');
        is_address || is_thing
    });
    names && !spec.contains(char::is_whitespace) && !Path::new(spec).exists()
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

fn added(context: &mut Context, acquired: Acquired, title: &str) -> Result<Taken, String> {
    let random = context.world.random().map_err(|error| error.to_string())?;
    if acquired.changed {
        context
            .screen
            .warn("the file changed while it was read; what was read is kept, and marked");
    }
    let aside = acquired.aside.map(|path| escape::bytes(path.as_os_str().as_encoded_bytes()));
    let body = EvidenceAdded {
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
    };
    Ok(Taken { body, aside })
}

/// Says what was kept, with the digest that one can read over the telephone.
pub(super) fn say_kept(context: &mut Context, stamped: &Stamped) {
    let Event::EvidenceAdded(body) = &stamped.draft.event else {
        return;
    };
    let (exhibit, title) = (&body.exhibit, &body.title);
    context.screen.say(&match &body.kept {
        Some(kept) => {
            let size = wording::size(kept.bytes);
            format!("Kept {exhibit}: {title}, {size}, sha256 {}", kept.sha256)
        }
        None => format!("Noted {exhibit}: {title}. It stays where it is; nothing is copied here."),
    });
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| escape::bytes(name.as_encoded_bytes()))
}

/// A bar for what takes a while, at a terminal only.
pub(super) fn progress(total: Option<u64>) -> ProgressBar {
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

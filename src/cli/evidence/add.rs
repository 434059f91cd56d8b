//! `breach evidence add`: keep a thing, or write down where it is.

use std::io;
use std::path::Path;

use super::wanted;
use crate::acquire;
use crate::cli::args::EvidenceAddArgs;
use crate::cli::desk::exhibit::{
    Taken, added, copied, name, progress, record_aside, reference, say_kept,
};
use crate::cli::desk::{Context, Exit, Failure, Record, answers, home, moment};
use crate::incident::event::{Draft, Event, EvidenceAdded, Source};
use crate::incident::sensitive;

pub(super) fn run(context: &mut Context, args: &EvidenceAddArgs) -> Result<Exit, Failure> {
    let expires_at = moment::ahead(context, args.expires_at.as_deref())?;
    let occurred = moment::given(context, args.at.as_deref())?;
    let folder = home::one(context)?;
    let mut record = match &args.step {
        Some(_) => Record::open(context, folder)?,
        None => Record::one_shot(context, folder)?,
    };
    let wanted = wanted::of(context, &record, args)?;
    record.say_if_closed(context);
    record.privileged = args.privilege.said();
    let taken = match (&args.reference, &args.path) {
        (Some(id), _) => Taken { body: described(reference(context, id)?, args), aside: None },
        (None, Some(path)) if path != Path::new("-") && path.symlink_metadata().is_err() => {
            return Err(Failure::usage(format!("there is no file `{}`", path.display()))
                .hint("nothing was recorded; name a file, `-`, or a reference"));
        }
        (None, Some(path)) => {
            let acquired = take(context, &record, path, args.in_place);
            acquired.map_err(|error| {
                // What is wrong with the file is refused; what is wrong with our disk is not kept.
                let exit = if is_refused(&error) { Exit::Usage } else { Exit::NotRecorded };
                Failure::new(exit, format!("failed to keep `{}`: {error}", path.display()))
                    .hint("nothing was recorded, and nothing was lost")
            })?
        }
        (None, None) => return Err(Failure::usage("name a file, `-`, or a reference")),
    };
    let Taken { mut body, aside } = taken;
    body.expires_at = expires_at;
    let mut draft = Draft::from(body);
    if let Some(wanted) = wanted {
        wanted.mark(&mut draft);
    }
    if let (Event::EvidenceAdded(body), Some(title)) = (&mut draft.event, &args.title) {
        body.title = title.as_str().into();
    }
    draft.occurred = occurred;
    let mut source = answers::interactive();
    let stamped = record.append_careful(context, source.prompt(), draft)?;
    say_kept(context, &stamped);
    record_aside(context, &mut record, &stamped, aside)?;
    Ok(Exit::Done)
}

fn refused(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, why)
}

fn is_refused(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidInput, IsADirectory, NotADirectory, NotFound};
    // A circle of links has no kind of its own yet.
    error.raw_os_error() == Some(nix::libc::ELOOP)
        || matches!(error.kind(), InvalidInput | IsADirectory | NotADirectory | NotFound)
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

fn take(context: &mut Context, record: &Record, path: &Path, in_place: bool) -> io::Result<Taken> {
    if path == Path::new("-") {
        if in_place {
            return Err(refused(
                "standard input is not a file, so it can only be copied; leave out --in-place",
            ));
        }
        let bar = progress(None);
        let taken =
            acquire::stream(&mut io::stdin().lock(), &record.vault, &context.world, &mut |piece| {
                bar.inc(piece);
            });
        bar.finish_and_clear();
        return added(context, taken?, "standard input");
    }
    if !in_place {
        return copied(context, record, path);
    }
    if !sensitive(&path.to_string_lossy()).is_empty() {
        return Err(refused(
            "its name contains what looks like a secret, which the log would keep forever; copy it \
             without --in-place",
        ));
    }
    let bar = progress(path.metadata().ok().map(|metadata| metadata.len()));
    let taken = acquire::in_place(path, &context.world, &mut |piece| bar.inc(piece));
    bar.finish_and_clear();
    added(context, taken?, &name(path))
}

//! `breach forget`: what an entry keeps apart is destroyed, and the log says so.
//!
//! The entry that says so is on disk before anything is destroyed. Whatever kills us in between, the
//! log never lacks the reason of what is missing, and the same command goes on.

use super::args::ForgetArgs;
use super::desk::exhibit::progress;
use super::desk::naming::Naming;
use super::desk::{Context, Exit, Failure, Record, answers, chains, home};
use crate::custody::{self, Named, Store};
use crate::digest::Digest;
use crate::incident::Forgotten;
use crate::incident::event::{self, Draft, Event};
use crate::log::{Entry, Folder};
use crate::prompt::{Prompt, Stop, Topic};
use crate::vault::Reread;
use crate::{escape, wording};

/// The entry that is meant.
struct Meant {
    /// `chain/number`.
    place: String,
    id: String,
    kind: String,
    by: String,
    is_privileged: bool,
    /// What it keeps apart.
    kept: Vec<Named>,
    /// Whether words of it stand in the log itself.
    has_words: bool,
    /// Whether its bytes lie elsewhere.
    is_elsewhere: bool,
}

/// What other entries say of the same digests.
#[derive(Default)]
struct Others {
    /// Places of entries that name one of them.
    sharing: Vec<String>,
    /// What was destroyed for the entry that is meant.
    forgotten: Vec<(Digest, Forgotten)>,
}

pub(super) fn run(context: &mut Context, args: &ForgetArgs) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let meant = Naming::new(&args.entry)
        .find(context, &folder, &mut |chain, entry| meant(&folder, chain, entry))?;
    if meant.kept.is_empty() {
        return Err(nothing_apart(&meant));
    }
    let others = others(context, &folder, &meant)?;
    let here = look(&meant)?;
    let is_told = meant
        .kept
        .iter()
        .all(|named| others.forgotten.iter().any(|(digest, _)| *digest == named.kept.sha256));
    if is_told {
        let told =
            others.forgotten.first().map(|(_, one)| crate::output::verify::forgotten(one, None));
        let told = told.unwrap_or_default();
        context.screen.say(&escape::line(&format!("Entry {} was {told}.", meant.place)));
        if here.iter().all(|is_here| !is_here) {
            context.screen.say("Nothing of it is left here, so there is nothing to do.");
            return Ok(Exit::Done);
        }
    } else {
        record(context, &folder, &meant, (&others, &here), args)?;
    }
    destroy(context, &meant)?;
    let what = wording::count(here.iter().filter(|is_here| **is_here).count(), "file");
    context.screen.say(&format!(
        "Destroyed {what} of entry {}; the digests stay in the log, which verifies as before.",
        meant.place
    ));
    if !others.sharing.is_empty() {
        let others = wording::some(&others.sharing, 5);
        context.screen.say(&format!("The same bytes were named by {others}: forgotten there too."));
    }
    context.screen.say(
        "Not promised: that the disk keeps no trace of it, or that there is no copy elsewhere. Look \
         at other machines of this incident (`breach forget` there, too), backups, snapshots, and \
         reports and exports made before.",
    );
    Ok(Exit::Done)
}

fn meant(folder: &Folder, chain: &str, entry: &Entry<'_>) -> Meant {
    let mut event = entry.read().event;
    let mut kept = custody::named_by(folder, chain, entry, &event);
    // A playbook says what was to be done and speaks of nobody; nothing is in no bytes.
    kept.retain(|named| {
        let is_empty = named.store == Store::Evidence && named.kept.bytes == 0;
        named.store != Store::Playbooks && !is_empty
    });
    Meant {
        place: format!("{chain}/{}", entry.seq),
        id: entry.id.to_owned(),
        kind: entry.kind.to_owned(),
        by: entry.actor.name.as_deref().unwrap_or(&entry.actor.user).to_owned(),
        is_privileged: entry.is_privileged(),
        kept,
        has_words: event.texts().iter().any(|text| text.kept().is_none()),
        is_elsewhere: matches!(event, Event::EvidenceAdded(_)),
    }
}

fn nothing_apart(meant: &Meant) -> Failure {
    let place = &meant.place;
    if meant.is_elsewhere {
        return Failure::usage(format!("the evidence of entry {place} is not kept here")).hint(
            "nothing was changed; ask whoever keeps it to destroy it, and write a note of that",
        );
    }
    if !meant.has_words {
        return Failure::usage(format!("entry {place} ({}) keeps nothing separately", meant.kind))
            .hint("nothing was changed");
    }
    Failure::usage(format!(
        "the text of entry {place} is in the log itself and cannot be forgotten"
    ))
    .hint(
        "nothing was changed; to take it out, every line from there on would have to be \
             written anew, and no code, copy or digest made before would prove the log any more",
    )
    .hint(
        "if a law demands it, lock the folder away and hand out a report or an export instead; \
             from now on, `breach note --apart` writes what may have to be forgotten",
    )
}

/// What other entries say of what is to be destroyed.
fn others(context: &mut Context, folder: &Folder, meant: &Meant) -> Result<Others, Failure> {
    let digests: Vec<Digest> = meant.kept.iter().map(|named| named.kept.sha256).collect();
    let mut others = Others::default();
    crate::log::entries(folder, &context.world, &mut |chain, entry| {
        if entry.kind == "forgotten" {
            let told = Forgotten::told(&entry.stamped(chain)).into_iter();
            others.forgotten.extend(told.filter(|(_, one)| one.entry == meant.id));
        }
        // Looked for before it is read: there can be millions that are something else.
        if entry.id == meant.id || !entry.body.get().contains("\"sha256\"") {
            return;
        }
        let named = custody::named_by(folder, chain, entry, &entry.read().event);
        if named.iter().any(|named| digests.contains(&named.kept.sha256)) {
            others.sharing.push(format!("{chain}/{}", entry.seq));
        }
    })
    .map_err(chains::unreadable)?;
    Ok(others)
}

/// Whether each of the files is here, as the log says that it is. What is something else is looked at
/// by a person first.
fn look(meant: &Meant) -> Result<Vec<bool>, Failure> {
    let mut here = Vec::new();
    for named in &meant.kept {
        let length = named.path.metadata().map(|metadata| metadata.len()).ok();
        let bar = progress(length.filter(|_| named.store == Store::Evidence));
        let found = custody::compare(named, &mut |piece| bar.inc(piece));
        bar.finish_and_clear();
        let why = match found {
            Ok(Reread::Intact) => {
                here.push(true);
                continue;
            }
            Ok(Reread::Missing) => {
                here.push(false);
                continue;
            }
            Ok(Reread::Differs(found)) => format!("its digest is now {found}"),
            Err(error) => error.to_string(),
        };
        let path = named.path.display();
        return Err(Failure::new(
            Exit::Damaged,
            format!("`{path}` is not what the log says: {why}"),
        )
        .hint(
            "nothing was destroyed or recorded; look at it, move it away, and try again: what \
                 is not here can be forgotten",
        ));
    }
    // Where nothing can be removed, the log is not to say that it was.
    for (named, _) in meant.kept.iter().zip(&here).filter(|(_, is_here)| **is_here) {
        let dir = named.path.parent().unwrap_or(&named.path);
        nix::unistd::access(dir, nix::unistd::AccessFlags::W_OK).map_err(|error| {
            Failure::new(
                Exit::Failed,
                format!("failed to open `{}` for writing: {error}", dir.display()),
            )
            .hint("nothing was destroyed or recorded; make the folder writable and try again")
        })?;
    }
    Ok(here)
}

/// Writes down that it is forgotten. A person is asked first: it cannot be taken back.
fn record(
    context: &mut Context,
    folder: &Folder,
    meant: &Meant,
    (others, here): (&Others, &[bool]),
    args: &ForgetArgs,
) -> Result<(), Failure> {
    let Some(reason) = &args.reason else {
        return Err(Failure::usage("the log has to say why")
            .hint("nothing was changed; add `--reason WHY`"));
    };
    let mut record = Record::one_shot(context, folder.clone())?;
    let mut source = answers::interactive();
    let prompt = source.prompt();
    if prompt.is_patient() {
        ask(context, prompt, meant, others)?;
    }
    let of = meant.kept.iter().map(|named| named.kept.sha256);
    let absent = of.clone().zip(here).filter(|(_, is_here)| !**is_here).map(|(digest, _)| digest);
    let body = event::Forgotten {
        entry: meant.id.clone(),
        what: of.clone().collect(),
        absent: absent.collect(),
        why: reason.as_str().into(),
        basis: args.basis.as_deref().map(Into::into),
    };
    let mut draft = Draft::from(body);
    draft.privileged = meant.is_privileged;
    let stamped = record.append_careful(context, prompt, draft)?;
    context.screen.say(&format!("Entry {}/{} says why.", stamped.chain, stamped.seq));
    Ok(())
}

fn ask(
    context: &mut Context,
    prompt: &mut dyn Prompt,
    meant: &Meant,
    others: &Others,
) -> Result<(), Failure> {
    let Meant { place, kind, by, kept, .. } = meant;
    let what = wording::count(kept.len(), "file");
    let text = format!("Entry {place} ({kind}, by {by}) keeps {what} separately:");
    context.screen.say(&escape::line(&text));
    let files = kept.iter().map(|named| {
        let path = named.path.to_string_lossy();
        format!("  {} of {}: {}", named.store, escape::line(&named.name), escape::line(&path))
    });
    context.screen.lines(&files.collect::<Vec<_>>());
    if !others.sharing.is_empty() {
        let others = wording::some(&others.sharing, 5);
        context.screen.warn(&format!("the same bytes are named by {others}, and go there too"));
    }
    if kept.iter().any(|named| named.store == Store::Evidence) {
        context.screen.warn("a duty to preserve evidence may forbid this; ask counsel first");
    }
    let answer = prompt.line(Topic::Fault, "Destroy it for good? [y/N] ");
    match answer {
        Ok(answer) if answer.trim().eq_ignore_ascii_case("y") => Ok(()),
        Ok(_) | Err(Stop::EndOfInput) => {
            Err(Failure::usage("nothing was destroyed, and nothing was recorded"))
        }
        Err(stop) => Err(stop.into()),
    }
}

fn destroy(context: &mut Context, meant: &Meant) -> Result<(), Failure> {
    for named in &meant.kept {
        let path = named.path.display();
        let has_other_names = custody::destroy(named).map_err(|error| {
            let place = &meant.place;
            Failure::new(Exit::Failed, format!("failed to destroy `{path}`: {error}")).hint(
                format!(
                    "the log says that entry {place} is forgotten; `breach forget {place}` goes on"
                ),
            )
        })?;
        if has_other_names {
            context.screen.warn(&format!("the bytes of `{path}` have another name on this disk"));
        }
    }
    Ok(())
}

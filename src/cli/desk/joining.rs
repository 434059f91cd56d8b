//! Taking in what another machine, or a store, has of an incident: checked first, whole.

use std::io;
use std::path::Path;

use super::workroom::Workroom;
use super::{Context, Exit, Failure, Record, chains, files, home, moving, verified};
use crate::custody::{Inventory, Named, Store};
use crate::digest::Digest;
use crate::id::ChainId;
use crate::incident::Incident;
use crate::log::{Copies, DamageKind, Folder, OpenError, Taken};
use crate::vault::Vault;
use crate::{escape, plain_file, wording};

/// How many chains a line names.
const CHAINS: usize = 8;
/// Longest text, playbook or draft, in bytes; what is longer is evidence.
const LONGEST: usize = 16 << 20;

/// Joins the incident in a folder to the one of its name here, which is made where it is not.
///
/// # Errors
/// Theirs does not verify, or ours cannot be written.
pub(in crate::cli) fn join(
    context: &mut Context,
    home: &Path,
    from: &Folder,
) -> Result<Exit, Failure> {
    let here = home::list(home)?.into_iter().find(|folder| folder.name() == from.name());
    if let Some(here) = &here
        && !is_one(here, from)
        && has_all(here, from)?
    {
        context.screen.say("Nothing new: everything there is here already.");
        return Ok(Exit::Done);
    }
    // Where nothing is here yet, what theirs adds up to is all of it.
    let is_empty = |here: &Folder| here.chains().is_ok_and(|chains| chains.is_empty());
    let mut whole = here.as_ref().is_none_or(is_empty).then(Incident::default);
    let room = Workroom::open(home).map_err(no_room)?;
    let chains = (from, here.as_ref());
    let (copies, theirs) =
        Copies::beside(chains, room.path(), || check(context, from, whole.as_mut()))?;
    let into = target(context, home, from)?;
    if is_one(&into, from) {
        return Err(Failure::usage(format!("{} is this incident itself", from.name()))
            .hint("nothing was taken; name the folder of another machine"));
    }
    // Files first: an entry whose file is not there is a gap, a file without its entry is none.
    let brought = files_of(context, &into, from, &theirs)?;
    let taken = crate::log::join(&into, from, &copies).map_err(not_all)?;
    if tell(context, &taken, brought) {
        // A branch is damage, of which opening it all tells.
        let is_new = taken.iter().all(|(_, what)| *what == Taken::New);
        let mut record = match whole.filter(|_| is_new) {
            Some(incident) => Record::folded(context, into.clone(), incident)?,
            None => Record::open(context, into.clone())?,
        };
        record.end(context);
        for clock in record.incident.clocks() {
            context
                .screen
                .warn(&format!("{clock}; one of them is wrong, and so are the times it recorded"));
        }
        let conflicts = record.incident.conflicts().len();
        if conflicts > 0 {
            let conflicts = wording::count(conflicts, "conflict");
            context.screen.say(&format!("{conflicts} to settle: `breach conflicts`"));
        }
        if !record.incident.forgotten.is_empty() {
            tell_forgotten(context, &into)?;
        }
    } else {
        nothing_new(context, &into)?;
    }
    Ok(Exit::Done)
}

fn is_one(here: &Folder, there: &Folder) -> bool {
    here.path().canonicalize().ok() == there.path().canonicalize().ok()
}

/// Whether all of theirs is here, told by the heads of chains and the names of files.
fn has_all(here: &Folder, from: &Folder) -> Result<bool, Failure> {
    let stores =
        [Folder::texts_dir, Folder::evidence_dir, Folder::playbooks_dir, Folder::notices_dir];
    let theirs = stores.iter().flat_map(|dir| moving::files_of(&dir(from)));
    let mut inside =
        theirs.filter_map(|path| Some(path.strip_prefix(from.path()).ok()?.to_owned()));
    let all = inside.all(|name| here.path().join(name).is_file());
    Ok(all && crate::log::has_all(here, from).map_err(chains::unreadable)?)
}

/// Names what others destroyed on purpose and is still here.
fn tell_forgotten(context: &mut Context, here: &Folder) -> Result<(), Failure> {
    let (inventory, _) = Inventory::read(here, Some(&context.world)).map_err(chains::unreadable)?;
    let still = inventory
        .in_stores(&Store::ALL)
        .filter(|named| inventory.forgotten(&named.kept.sha256).is_some() && named.is_there());
    let still: Vec<&String> = still.map(|named| &named.entry).collect();
    if !still.is_empty() {
        let files = wording::count(still.len(), "file");
        let entries = wording::some(&still, 5);
        context.screen.warn(&format!(
            "{files} that somebody destroyed elsewhere on purpose, still here: of {entries}; `breach \
             forget ENTRY --reason TEXT` destroys it here"
        ));
    }
    Ok(())
}

/// Says so, and what is wrong with what is here.
pub(in crate::cli) fn nothing_new(context: &mut Context, here: &Folder) -> Result<(), Failure> {
    context.screen.say("Nothing new: everything there is here already.");
    let reports = crate::log::verify(here, &context.world).map_err(chains::unreadable)?;
    chains::show_damage(context, &reports);
    Ok(())
}

/// Refuses a log that does not verify, or whose kept files differ from their entries. Missing files may
/// come later. Returns the files that the copy has; `whole` is what its entries add up to, where that is
/// wanted.
fn check(
    context: &mut Context,
    from: &Folder,
    whole: Option<&mut Incident>,
) -> Result<Vec<Named>, Failure> {
    let read = match whole {
        Some(incident) => Inventory::read_and_fold(from, incident),
        None => Inventory::read(from, None),
    };
    let mut found = verified::with_files(from, read.map_err(chains::unreadable)?, true)?;
    let is_branch = |kind| kind == DamageKind::Branched;
    found.chains.retain(|report| !report.damage.as_ref().is_some_and(|at| is_branch(at.kind)));
    let missing = found.kept.iter().filter(|one| one.is_missing()).count();
    if missing > 0 {
        let (files, are) =
            (wording::count(missing, "file"), if missing == 1 { "is" } else { "are" });
        context.screen.warn(&format!(
            "{files} that its log names {are} not in it; they may come with another copy"
        ));
    }
    found.kept.retain(|one| !one.is_missing());
    found.strays.clear();
    for report in &found.chains {
        if let Some(damage) = &report.damage {
            context.screen.warn(&format!("chain {} does not verify: {damage}", report.chain));
        }
    }
    for one in found.kept.iter().filter(|one| !one.is_intact()) {
        context.screen.warn(&format!("{} ({}) was altered", one.named.name, one.named.entry));
    }
    if found.chains.is_empty() {
        return Err(Failure::usage("there is no chain in it").hint("nothing was taken"));
    }
    match verified::judge(&found) {
        Ok(_) => Ok(found.kept.into_iter().map(|one| one.named).collect()),
        Err(failure) => Err(Failure { hints: Vec::new(), ..failure }
            .hint("nothing was taken; get another copy from the machine that wrote it")),
    }
}

/// The incident here that is joined; it is made where this home does not have it.
fn target(context: &mut Context, home: &Path, from: &Folder) -> Result<Folder, Failure> {
    let name = from.name();
    let here = |folders: Vec<Folder>| folders.into_iter().find(|folder| folder.name() == name);
    if here(home::archived(home)?).is_some() {
        return Err(Failure::usage(format!("incident {name} is archived here"))
            .hint(format!("nothing was taken; first: breach incident archive {name} --undo")));
    }
    if let Some(folder) = here(home::list(home)?) {
        return Ok(folder);
    }
    let made = Folder::create(home, name).map_err(not_all)?;
    context.screen.say(&format!("Incident {name} is new here."));
    Ok(made)
}

/// Takes what the entries of theirs name and is not here. Returns how many files came.
fn files_of(
    context: &mut Context,
    into: &Folder,
    from: &Folder,
    theirs: &[Named],
) -> Result<usize, Failure> {
    let (ours, _) = Inventory::read(into, Some(&context.world)).map_err(chains::unreadable)?;
    let vault = Vault::new(into.evidence_dir());
    let mut brought = 0;
    for named in theirs {
        // What was destroyed here on purpose does not come back.
        let forgotten = ours.forgotten(&named.kept.sha256).is_some();
        let inside = named.path.strip_prefix(from.path()).unwrap_or(&named.path);
        let place = into.path().join(inside);
        if forgotten || place.is_file() || !named.is_there() {
            continue;
        }
        let taken = if named.store == Store::Evidence {
            plain_file::open(&named.path).and_then(|mut file| {
                let mut incoming = vault.incoming(&context.world)?;
                io::copy(&mut file, &mut incoming)?;
                same(incoming.keep()?.sha256, named)
            })
        } else {
            plain_file::read(&named.path, LONGEST).and_then(|bytes| {
                same(Digest::of(&bytes), named)?;
                files::make_private(place.parent().unwrap_or(into.path()))?;
                files::write_once(&place, &[&bytes])
            })
        };
        taken.map_err(|error| {
            let place = place.display().to_string();
            Failure::new(
                Exit::Failed,
                format!("failed to write `{}`: {error}", escape::line(&place)),
            )
            .hint("what came until then stays; make room and join again, which takes the rest")
        })?;
        brought += 1;
    }
    Ok(brought)
}

/// Refuses what is not what was checked a moment ago.
fn same(found: Digest, named: &Named) -> io::Result<()> {
    let changed = || io::Error::other("the file to copy changed while it was read");
    (found == named.kept.sha256).then_some(()).ok_or_else(changed)
}

/// Says what came. Returns whether anything did.
fn tell(context: &mut Context, taken: &[(ChainId, Taken)], files: usize) -> bool {
    let (mut new, mut grown, mut branches, mut more) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for (chain, what) in taken {
        match what {
            Taken::New => new.push(chain.as_str()),
            Taken::Grown(count) => {
                grown.push(chain.as_str());
                more += usize::try_from(*count).unwrap_or(usize::MAX);
            }
            Taken::Branch(name) => branches.push(format!(
                "chain {chain}: differs from ours of the same name, and is kept beside it as {name}"
            )),
            Taken::Known => {}
        }
    }
    let more = format!("{} more", wording::count(more, "entry"));
    let mut lines = Vec::new();
    for (chains, what) in [(new, "new here"), (grown, &*more)] {
        let chain = if chains.len() == 1 { "chain" } else { "chains" };
        let named = || format!("{chain} {}: {what}", wording::some(&chains, CHAINS));
        lines.extend((!chains.is_empty()).then(named));
    }
    lines.append(&mut branches);
    if files > 0 {
        lines.push(format!(
            "{} of evidence, texts, drafts, playbooks",
            wording::count(files, "file")
        ));
    }
    if !lines.is_empty() {
        context.screen.say("Joined:");
        let lines: Vec<String> = lines.iter().map(|line| format!("  {line}")).collect();
        context.screen.lines(&lines);
    }
    !lines.is_empty()
}

fn no_room(error: io::Error) -> Failure {
    Failure::new(Exit::Failed, format!("failed to join: {error}"))
        .hint("nothing was taken; make room in the home, and join again")
}

fn not_all(error: OpenError) -> Failure {
    let mut failure = Failure::new(Exit::Failed, format!("failed to join: {error}"));
    failure.hints.extend(error.hint());
    failure.hint("what came until then stays, whole; join again, which takes the rest")
}

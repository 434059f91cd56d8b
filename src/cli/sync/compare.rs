//! `breach sync status` and `breach sync verify`: what the store has, compared with what is here.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde::Serialize;

use super::held::{self, Held, files_to_pull, files_to_push};
use super::{Place, failed};
use crate::cli::args::{Format, StatusOfStoreArgs, VerifyStoreArgs};
use crate::cli::desk::stores::Stores;
use crate::cli::desk::workroom::Workroom;
use crate::cli::desk::{Context, Exit, Failure, chains, home};
use crate::custody::{Inventory, Store as Kept};
use crate::log::ChainReport;
use crate::output::json;
use crate::store::Segment;
use crate::{escape, wording};

/// How a store and this home stand to each other.
#[derive(Default, Serialize)]
struct Standing {
    schema: &'static str,
    store: String,
    incident: String,
    /// Entries and files that are here and not there.
    entries_to_push: usize,
    files_to_push: usize,
    /// Segments and files that are there and not here.
    segments_to_pull: usize,
    files_to_pull: usize,
    /// What is not as somebody put it there.
    wrong: Vec<String>,
    /// Whether every object was read and compared.
    compared: bool,
    /// How the store protects against overwriting and deletion.
    promise: Option<String>,
}

/// What of a store is read, beyond the names and lengths of everything.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Read {
    Nothing,
    AllButEvidence,
    All,
}

pub(super) fn status(context: &mut Context, args: &StatusOfStoreArgs) -> Result<Exit, Failure> {
    run(context, args, Read::Nothing)
}

pub(super) fn verify(context: &mut Context, args: &VerifyStoreArgs) -> Result<Exit, Failure> {
    let read = if args.evidence { Read::All } else { Read::AllButEvidence };
    run(context, &args.status, read)
}

fn run(context: &mut Context, args: &StatusOfStoreArgs, read: Read) -> Result<Exit, Failure> {
    let compares = read != Read::Nothing;
    let place = Place::parse(&args.of.store)?;
    let folder = home::one(context)?;
    place.ask(context, args.of.yes)?;
    place.remember(context)?;
    let name = folder.name().as_str();
    let held = Held::new(Some(&folder), place.list(name)?).map_err(chains::unreadable)?;
    let (inventory, reports) =
        Inventory::read(&folder, Some(&context.world)).map_err(chains::unreadable)?;
    chains::show_damage(context, &reports);
    let cannot = |error: io::Error| failed(&place, "read", &error);
    let mut standing = Standing {
        schema: "breach.sync/1",
        store: place.shown(),
        incident: name.to_owned(),
        files_to_push: files_to_push(&folder, &inventory, &held).len(),
        files_to_pull: files_to_pull(&folder, &inventory, &held).len(),
        segments_to_pull: held.foreign().filter(|segment| !held.differs(segment)).count(),
        compared: compares,
        ..Standing::default()
    };
    for ours in &held.ours {
        standing.entries_to_push += ours.count().map_err(cannot)?.1;
    }
    standing.wrong.extend(gone(context, &place, (name, &reports), standing.entries_to_push)?);
    for segment in held.foreign().filter(|segment| !compares && held.differs(segment)) {
        standing.wrong.push(format!("{} is not what this chain has there", segment.name()));
    }
    for named in inventory.in_stores(&Kept::ALL) {
        let inside = named.path.strip_prefix(folder.path()).ok().and_then(|path| path.to_str());
        let length = named.path.metadata().map(|metadata| metadata.len());
        if let (Some(inside), Ok(length)) = (inside, length)
            && held.files.get(inside).is_some_and(|there| *there != length)
        {
            standing.wrong.push(format!("{inside} has another length there"));
        }
    }
    if compares {
        let right = compare(context, (&place, name), &held, read, &mut standing)?;
        let any = held.segments.first().map(|(segment, _)| segment.name());
        standing.promise = any.map(|any| place.promise(name, &any));
        for older in place.store.older(name).map_err(cannot)? {
            let how = match older.is_replaced {
                false => "was deleted; the store has the older version",
                true if right.contains(&older.name) => {
                    "is right, and has an older version that is not"
                }
                true => "was overwritten; the store has the older version",
            };
            standing.wrong.push(format!("{} {how}", older.name));
        }
    }
    standing.wrong.sort();
    standing.wrong.dedup();
    match args.format {
        Format::Json => {
            let value = serde_json::to_value(&standing).map_err(io::Error::from)?;
            json::write(&mut context.out, &value)?;
        }
        Format::Text => tell(context, &standing, read)?,
    }
    if standing.wrong.is_empty() {
        return Ok(Exit::Done);
    }
    let wrong = wording::count(standing.wrong.len(), "finding");
    let error = format!("{} is not as it was pushed: {wrong}", place.shown());
    Err(Failure::new(Exit::Damaged, error)
        .hint(format!(
            "nothing was changed; `breach sync push {} --repair` puts again what is altered or missing, \
             as far as it is here",
            escape::shell(&args.of.store)
        ))
        .hint("ask the store's owner who can write there"))
}

/// Entries that were pushed from here and are not in the store any more.
fn gone(
    context: &Context,
    place: &Place,
    (incident, reports): (&str, &[ChainReport]),
    to_push: usize,
) -> Result<Option<String>, Failure> {
    let stores = Stores::read(context)?;
    let had = stores.of(incident).into_iter().find(|(known, _)| *known == place.name);
    let here: u64 = reports.iter().map(|report| report.lines).sum();
    let there = here.saturating_sub(to_push as u64);
    let gone = had.and_then(|(_, had)| had.checked_sub(there)).filter(|gone| *gone > 0);
    Ok(gone.map(|gone| {
        let entries = wording::count(usize::try_from(gone).unwrap_or(usize::MAX), "entry");
        format!("{entries} pushed from here, now missing in the store")
    }))
}

/// Reads objects and compares them with what their names say. Returns those that are right.
fn compare(
    context: &Context,
    (place, incident): (&Place, &str),
    held: &Held,
    read: Read,
    standing: &mut Standing,
) -> Result<BTreeSet<String>, Failure> {
    let cannot = |error: io::Error| failed(place, "read", &error);
    let room = Workroom::open(&context.home()?).map_err(cannot)?;
    let segments = held.segments.iter().map(|(segment, _)| segment.name());
    let is_read = |name: &&String| read == Read::All || !name.starts_with("evidence/");
    let names: Vec<String> = segments.chain(held.files.keys().filter(is_read).cloned()).collect();
    let altered = held::altered(place, incident, &names, room.path()).map_err(cannot)?;
    let differing: BTreeSet<String> =
        held.foreign().filter(|one| held.differs(one)).map(Segment::name).collect();
    let mut right = BTreeSet::new();
    for name in names {
        if altered.contains(&name) {
            standing.wrong.push(format!("{name} is not what its name says"));
        } else if differing.contains(&name) {
            standing.wrong.push(format!("{name} is not what this chain has there"));
        } else {
            right.insert(name);
        }
    }
    Ok(right)
}

fn tell(context: &mut Context, standing: &Standing, read: Read) -> Result<(), Failure> {
    let mut out = context.page();
    let Standing { store, incident, .. } = standing;
    writeln!(out, "Incident {incident}, in {store}")?;
    let both = |entries: usize, one: &str, files: usize| {
        format!("{}, {}", wording::count(entries, one), wording::count(files, "file"))
    };
    let to_push = both(standing.entries_to_push, "entry", standing.files_to_push);
    let to_pull = both(standing.segments_to_pull, "segment", standing.files_to_pull);
    writeln!(out, "Not in the store: {to_push}")?;
    writeln!(out, "Not here: {to_pull}")?;
    for wrong in &standing.wrong {
        writeln!(out, "WRONG: {wrong}")?;
    }
    if standing.compared && standing.wrong.is_empty() {
        let by_length = if read == Read::All {
            ""
        } else {
            "; evidence was compared by its length (`--evidence` reads it)"
        };
        writeln!(out, "Everything there is what its name says{by_length}.")?;
    }
    if let Some(promise) = &standing.promise {
        writeln!(out, "{promise}")?;
    }
    Ok(())
}

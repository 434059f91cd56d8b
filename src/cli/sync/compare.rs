//! `breach sync status` and `breach sync verify`: what the store has, compared with what is here.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde::Serialize;

use super::held::{self, Held, files_to_pull, files_to_push};
use super::{Place, failed};
use crate::cli::args::{Format, StatusOfStoreArgs};
use crate::cli::desk::stores::Stores;
use crate::cli::desk::workroom::Workroom;
use crate::cli::desk::{Context, Exit, Failure, chains, home};
use crate::custody::{Inventory, Store as Kept};
use crate::log::ChainReport;
use crate::output::json;
use crate::store::Segment;
use crate::wording;

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

pub(super) fn run(
    context: &mut Context,
    args: &StatusOfStoreArgs,
    compares: bool,
) -> Result<Exit, Failure> {
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
        read(context, &place, name, &held, &mut standing)?;
        let any = held.segments.first().map(|(segment, _)| segment.name());
        standing.promise = any.map(|any| place.promise(name, &any));
        for older in place.store.older(name).map_err(cannot)? {
            let how = if older.is_replaced { "overwritten" } else { "deleted" };
            let name = older.name;
            standing.wrong.push(format!("{name} was {how}; the store has the older version"));
        }
    }
    standing.wrong.sort();
    standing.wrong.dedup();
    match args.format {
        Format::Json => {
            let value = serde_json::to_value(&standing).map_err(io::Error::from)?;
            json::write(&mut context.out, &value)?;
        }
        Format::Text => tell(context, &standing)?,
    }
    if standing.wrong.is_empty() {
        return Ok(Exit::Done);
    }
    let wrong = wording::count(standing.wrong.len(), "finding");
    let error = format!("{} is not as it was pushed: {wrong}", place.shown());
    Err(Failure::new(Exit::Damaged, error)
        .hint("nothing was changed; push again, and ask the store's owner who can write there"))
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

/// Reads every object but evidence, and compares it with what its name says.
fn read(
    context: &Context,
    place: &Place,
    incident: &str,
    held: &Held,
    standing: &mut Standing,
) -> Result<(), Failure> {
    let cannot = |error: io::Error| failed(place, "read", &error);
    let room = Workroom::open(&context.home()?).map_err(cannot)?;
    let segments = held.segments.iter().map(|(segment, _)| segment.name());
    let texts = held.files.keys().filter(|name| !name.starts_with("evidence/")).cloned();
    let names: Vec<String> = segments.chain(texts).collect();
    place.store.get(incident, &names, room.path()).map_err(cannot)?;
    let differing: BTreeSet<String> =
        held.foreign().filter(|one| held.differs(one)).map(Segment::name).collect();
    for name in names {
        let found = held::digest_of(&room.path().join(&name)).map_err(cannot)?;
        if held::named_digest(&name) != found {
            standing.wrong.push(format!("{name} is not what its name says"));
        } else if differing.contains(&name) {
            standing.wrong.push(format!("{name} is not what this chain has there"));
        }
    }
    Ok(())
}

fn tell(context: &mut Context, standing: &Standing) -> Result<(), Failure> {
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
        writeln!(out, "Everything there is what its name says; evidence was compared by length.")?;
    }
    if let Some(promise) = &standing.promise {
        writeln!(out, "{promise}")?;
    }
    Ok(())
}

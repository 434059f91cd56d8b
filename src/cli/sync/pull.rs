//! `breach sync pull`: what others pushed, joined like any other copy.

use std::fs;
use std::io;
use std::path::Path;

use super::assemble::assemble;
use super::held::{self, Held, files_to_pull};
use super::{Place, failed};
use crate::cli::args::StoreArgs;
use crate::cli::desk::home::Found;
use crate::cli::desk::workroom::Workroom;
use crate::cli::desk::{Context, Exit, Failure, chains, files, home, joining};
use crate::custody::{Inventory, Store as Kept};
use crate::id::IncidentName;
use crate::log::Folder;
use crate::store::{Object, Older, Segment};
use crate::wording;

pub(super) fn run(context: &mut Context, args: &StoreArgs) -> Result<Exit, Failure> {
    let place = Place::parse(&args.store)?;
    place.ask(context, args.yes)?;
    let home = context.home()?;
    let name = which(context, &place, &home)?;
    let here = home::list(&home)?.into_iter().find(|folder| *folder.name() == name);
    place.remember(context)?;
    let mut objects = place.list(name.as_str())?;
    let held = Held::new(here.as_ref(), objects.clone()).map_err(chains::unreadable)?;
    if held.segments.is_empty() {
        return Err(Failure::usage(format!("{} has nothing of incident {name}", place.shown()))
            .hint("nothing was taken; `breach sync push` puts it there"));
    }
    if let Some(here) = &here {
        let (ours, _) = Inventory::read(here, Some(&context.world)).map_err(chains::unreadable)?;
        if held.foreign().next().is_none() && files_to_pull(here, &ours, &held).is_empty() {
            joining::nothing_new(context, here)?;
            return Ok(Exit::Done);
        }
    }
    let failed = |error: io::Error| failed(&place, "pull from", &error);
    let room = Workroom::open(&home).map_err(failed)?;
    let (inbox, at) = (room.path().join("inbox"), room.path().join(name.as_str()));
    let log = at.join("log");
    files::make_private(&inbox).and_then(|()| files::make_private(&log)).map_err(failed)?;
    let names: Vec<String> = held.foreign().map(Segment::name).collect();
    place.store.get(name.as_str(), &names, &inbox).map_err(failed)?;
    // A store without versions, or one that does not list them, has nothing to restore.
    let older = place.store.older(name.as_str()).unwrap_or_default();
    let is_ours = |name: &str| {
        let mut ours = held.segments.iter().filter(|(_, place)| place.is_some());
        ours.any(|(segment, _)| segment.name() == name)
    };
    let segments: Vec<&Older> =
        older.iter().filter(|one| one.name.starts_with("log/") && !is_ours(&one.name)).collect();
    for segment in restore(&place, name.as_str(), &segments, &inbox).map_err(failed)? {
        objects.retain(|object| object.name != segment.name);
        objects.push(segment);
    }
    let held = Held::new(here.as_ref(), objects).map_err(chains::unreadable)?;
    let odd = assemble(&held, &name, &inbox, &log).map_err(failed)?;
    if odd > 0 {
        let odd = wording::count(odd, "object");
        context.screen.warn(&format!(
            "not taken, because no chain goes on there, or not yet: {odd} of the store"
        ));
    }
    let from = Folder::at(&at).ok_or_else(|| failed(io::Error::other("nothing of it fits")))?;
    let (theirs, _) = Inventory::read(&from, None).map_err(chains::unreadable)?;
    let wanted =
        theirs.in_stores(&Kept::ALL).filter(|named| theirs.forgotten(&named.kept.sha256).is_none());
    let wanted = wanted.filter_map(|named| named.path.strip_prefix(from.path()).ok()?.to_str());
    let is_here = |name: &str| here.as_ref().is_some_and(|here| here.path().join(name).exists());
    let wanted: Vec<String> = wanted.filter(|name| !is_here(name)).map(str::to_owned).collect();
    let older: Vec<&Older> = older.iter().filter(|one| wanted.contains(&one.name)).collect();
    let wanted: Vec<String> =
        wanted.iter().filter(|name| held.files.contains_key(*name)).cloned().collect();
    place.store.get(name.as_str(), &wanted, &at).map_err(failed)?;
    restore(&place, name.as_str(), &older, &at).map_err(failed)?;
    for name in wanted {
        let path = at.join(&name);
        if held::digest_of(&path).map_err(failed)? != held::named_digest(&name) {
            context
                .screen
                .warn(&format!("{name} there is not what its name says; it is left there"));
            fs::remove_file(path).map_err(failed)?;
        }
    }
    joining::join(context, &home, &from)
}

/// Restores overwritten or deleted objects into `into`: for each, the older version whose digest matches
/// its name, unless that is already there. Returns the restored objects.
fn restore(
    place: &Place,
    incident: &str,
    older: &[&Older],
    into: &Path,
) -> io::Result<Vec<Object>> {
    let is_good = |path: &Path, name: &str| {
        path.is_file() && held::digest_of(path).is_ok_and(|found| found == held::named_digest(name))
    };
    let mut lacking = older.to_vec();
    lacking.retain(|one| !is_good(&into.join(&one.name), &one.name));
    let listed: Vec<String> = lacking.iter().map(|one| one.listed.clone()).collect();
    place.store.get_older(incident, &listed, into)?;
    let mut found = Vec::new();
    for Older { name, listed, .. } in lacking {
        let (version, place) = (into.join(listed), into.join(name));
        if is_good(&version, name) {
            fs::rename(&version, &place)?;
            found.push(Object { name: name.clone(), size: place.metadata()?.len() });
        } else if version.is_file() {
            fs::remove_file(version)?;
        }
    }
    Ok(found)
}

/// Which incident is pulled: the one that is named, the open one, or the only one in the store.
fn which(context: &mut Context, place: &Place, home: &Path) -> Result<IncidentName, Failure> {
    let prefix = context.global.incident.clone();
    let here = home::list(home)?;
    if let Some(prefix) = &prefix
        && here.iter().any(|folder| home::fits(folder, prefix))
    {
        return home::named(&here, prefix).map(|folder| folder.name().clone());
    }
    if prefix.is_none()
        && let Found::One(folder) = home::find(context)?
    {
        return Ok(folder.name().clone());
    }
    let names = place.store.incidents().map_err(|error| failed(place, "read", &error))?;
    let fits =
        |name: &String| prefix.as_ref().is_none_or(|prefix| name.starts_with(prefix.as_str()));
    let mut names: Vec<IncidentName> = names
        .iter()
        .filter(|name| fits(name))
        .filter_map(|name| IncidentName::parse(name))
        .collect();
    match names.len() {
        1 => Ok(names.remove(0)),
        0 => Err(Failure::usage(format!("{} has no such incident", place.shown()))
            .hint("nothing was taken; `breach sync push` puts one there")),
        _ => {
            let names: Vec<String> = names.iter().map(ToString::to_string).collect();
            Err(Failure::usage(format!("{} has several incidents", place.shown()))
                .hint(format!("name one with `--incident`: {}", wording::ticked(&names))))
        }
    }
}

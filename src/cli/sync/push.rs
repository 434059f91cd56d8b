//! `breach sync push`: what is here and not in the store.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use super::held::{Held, Ours, files_to_push, link};
use super::{Place, failed, repair};
use crate::cli::args::{PushArgs, Without};
use crate::cli::desk::pulse::Pulse;
use crate::cli::desk::stores::Stores;
use crate::cli::desk::workroom::Workroom;
use crate::cli::desk::{Context, Exit, Failure, chains, files, home};
use crate::custody::Inventory;
use crate::log::{Folder, whole_lines};
use crate::store::{LARGEST, Object, Segment};
use crate::wording;

pub(super) fn run(context: &mut Context, args: &PushArgs) -> Result<Exit, Failure> {
    let place = Place::parse(&args.of.store)?;
    let folder = home::one(context)?;
    place.ask(context, args.of.yes)?;
    let incident = folder.name().as_str();
    let mut there = place.list(incident)?;
    // Recorded before the push, so that the pushed log names the store.
    let is_first = place.enter(context, &folder)?;
    if args.repair {
        repair::run(context, &place, &folder, args.without, &mut there)?;
    }
    let pushed = push(context, args, &place, &folder, &mut there)?;
    match pushed {
        Some(pushed) => context.screen.say(&pushed),
        None => context.screen.say("Nothing to push: the store has everything that is here."),
    }
    if is_first && let Some(any) = there.last() {
        context.screen.say(&place.promise(incident, &any.name));
    }
    if args.follow {
        follow(context, args, &place, &folder, there);
    }
    Ok(Exit::Done)
}

/// Pushes new entries and files as they come. Lists the store again only after an error.
fn follow(
    context: &mut Context,
    args: &PushArgs,
    place: &Place,
    folder: &Folder,
    there: Vec<Object>,
) {
    context.screen.say("Pushing new entries and files as they come; Ctrl-C stops it.");
    let (mut pulse, mut there) = (Pulse::default(), Some(there));
    while !context.out.are_unread() {
        if there.is_none() || pulse.beats(context, folder) {
            let pushed = there.take().map_or_else(|| place.list(folder.name().as_str()), Ok);
            let pushed = pushed.and_then(|mut objects| {
                let pushed = push(context, args, place, folder, &mut objects)?;
                Ok((pushed, objects))
            });
            match pushed {
                Ok((pushed, objects)) => {
                    there = Some(objects);
                    if let Some(pushed) = pushed {
                        context.screen.say(&pushed);
                    }
                }
                Err(failure) => {
                    let seconds = args.every;
                    context
                        .screen
                        .warn(&format!("{:#}; trying again in {seconds} s", failure.error));
                }
            }
        }
        std::thread::sleep(Duration::from_secs(args.every));
    }
}

/// Pushes what the store lacks, and adds it to `there`. Returns the message to show, if it pushed any.
fn push(
    context: &mut Context,
    args: &PushArgs,
    place: &Place,
    folder: &Folder,
    there: &mut Vec<Object>,
) -> Result<Option<String>, Failure> {
    let taken = there.iter().map(|object| object.name.clone()).collect();
    let held = Held::new(Some(folder), there.clone()).map_err(chains::unreadable)?;
    let (inventory, reports) =
        Inventory::read(folder, Some(&context.world)).map_err(chains::unreadable)?;
    if !args.follow {
        chains::show_damage(context, &reports);
    }
    let left_out =
        args.without.map(|Without::Privileged| inventory.privileged()).unwrap_or_default();
    let mut kept = files_to_push(folder, &inventory, &held);
    kept.retain(|(_, path)| !left_out.contains(path));
    let home = context.home()?;
    let room = Workroom::open(&home).map_err(|error| failed(place, "prepare", &error))?;
    let mut new_there = Vec::new();
    let (mut entries, mut new) = (0, 0);
    let staged = (|| {
        for (name, path) in &kept {
            link(path, &room.path().join(name))?;
            new_there.push(Object { name: name.clone(), size: path.metadata()?.len() });
        }
        for ours in &held.ours {
            let (all, left) = ours.count()?;
            (entries, new) = (entries + all, new + left);
            stage(ours, room.path(), &taken, &mut new_there)?;
        }
        Ok(())
    })();
    staged.map_err(|error| failed(place, "prepare", &error))?;
    let incident = folder.name().as_str();
    let names: Vec<String> = new_there.iter().map(|object| object.name.clone()).collect();
    if !names.is_empty() {
        let put = place.store.put(incident, room.path(), &names);
        put.map_err(|error| failed(place, "push to", &error))?;
        there.append(&mut new_there);
    }
    let mut stores = Stores::read(context)?;
    if !stores.of(incident).contains(&(&place.name, entries as u64)) {
        stores.remember(&place.name, Some((incident, entries as u64)))?;
    }
    let (new, kept) = (wording::count(new, "entry"), wording::count(kept.len(), "file"));
    Ok((!names.is_empty()).then(|| format!("Pushed {new} and {kept} to {}.", place.shown())))
}

/// Cuts what the store lacks of a chain into segments.
fn stage(
    ours: &Ours,
    room: &Path,
    taken: &BTreeSet<String>,
    staged: &mut Vec<Object>,
) -> io::Result<()> {
    let mut offset = ours.up_to;
    while offset < ours.end {
        let (segment, bytes) = cut(ours, offset, taken)?;
        let place = room.join(segment.name());
        files::make_private(place.parent().unwrap_or(room))?;
        fs::write(place, bytes)?;
        offset = segment.end();
        staged.push(Object { name: segment.name(), size: segment.size });
    }
    Ok(())
}

/// The next segment of a chain. Where its name is taken by something that came cut short, or was
/// altered, the segment is made of fewer lines, or begins with lines that are there already, and so has
/// another name: nothing is overwritten.
fn cut(ours: &Ours, offset: u64, taken: &BTreeSet<String>) -> io::Result<(Segment, Vec<u8>)> {
    let root = ours.chain.root();
    let mut start = offset;
    loop {
        let mut most = LARGEST;
        loop {
            let (segment, bytes) = Segment::cut(root, &ours.file, (start, ours.end), most)?;
            let is_new = segment.end() > offset;
            if is_new && !taken.contains(&segment.name()) {
                return Ok((segment, bytes));
            }
            if !is_new || memchr::memchr(b'\n', &bytes).is_none_or(|at| at + 1 == bytes.len()) {
                break;
            }
            most = segment.size - 1;
        }
        let Some(before) = start.checked_sub(1) else {
            return Err(io::Error::other(format!(
                "what is there of chain {root} is not what its names say; `--repair` from a machine that \
                 has it as it was, or the store's owner, can mend it"
            )));
        };
        start = whole_lines(&ours.file, 0..before)?;
    }
}

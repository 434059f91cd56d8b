//! `breach sync pull`: what others pushed, joined like any other copy.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::held::{self, Held, files_to_pull};
use super::{Place, failed};
use crate::cli::args::StoreArgs;
use crate::cli::desk::home::Found;
use crate::cli::desk::workroom::Workroom;
use crate::cli::desk::{Context, Exit, Failure, chains, files, home, joining};
use crate::custody::{Inventory, Store as Kept};
use crate::digest::Digest;
use crate::id::{ChainId, IncidentName};
use crate::log::{Entry, Folder};
use crate::store::Segment;
use crate::{plain_file, wording};

pub(super) fn run(context: &mut Context, args: &StoreArgs) -> Result<Exit, Failure> {
    let place = Place::parse(&args.store)?;
    place.ask(context, args.yes)?;
    let home = context.home()?;
    let name = which(context, &place, &home)?;
    let here = home::list(&home)?.into_iter().find(|folder| *folder.name() == name);
    place.remember(context)?;
    let held = Held::new(here.as_ref(), place.list(name.as_str())?).map_err(chains::unreadable)?;
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
    let odd = assemble(&held, &inbox, &log).map_err(failed)?;
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
    let wanted: Vec<String> = wanted
        .filter(|name| held.files.contains_key(*name) && !is_here(name))
        .map(str::to_owned)
        .collect();
    place.store.get(name.as_str(), &wanted, &at).map_err(failed)?;
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

/// A chain as far as it is put together: the segments, where it ends, the digest of its last line.
type Piece = (Vec<usize>, u64, Digest);

/// Puts the chains of a store together from segments that are here and those that came. Where two fit,
/// two wrote one chain, and both are kept as branches. Returns how many objects fit nowhere.
fn assemble(held: &Held, inbox: &Path, log: &Path) -> io::Result<usize> {
    let roots: BTreeSet<&str> =
        held.segments.iter().map(|(segment, _)| segment.chain.as_str()).collect();
    let mut fits = BTreeSet::new();
    for root in roots {
        let of: Vec<usize> =
            (0..held.segments.len()).filter(|at| held.segments[*at].0.chain == root).collect();
        let mut known = BTreeSet::new();
        let mut paths: Vec<Piece> = vec![(Vec::new(), 0, Digest::ZERO)];
        let mut branch: u16 = 0;
        while let Some((mut path, mut end, mut last)) = paths.pop() {
            // Where it comes to what another way came to, it is that one.
            let mut is_other = true;
            loop {
                let mut next = None;
                // The longest last: of those that begin at one place it is taken first.
                for &at in of.iter().rev().filter(|at| held.segments[**at].0.offset == end) {
                    let Some(bytes) = bytes(held, at, inbox)? else { continue };
                    let Some(tip) = follows(&bytes, last) else { continue };
                    fits.insert(at);
                    let to = held.segments[at].0.end();
                    if !known.insert((to, tip.to_string())) {
                        is_other = false;
                    } else if next.is_none() {
                        next = Some((at, to, tip));
                    } else {
                        let path = path.iter().copied().chain([at]).collect();
                        paths.push((path, to, tip));
                    }
                }
                let Some((at, to, tip)) = next else { break };
                is_other = true;
                path.push(at);
                (end, last) = (to, tip);
            }
            let number = branch.saturating_add(1);
            let chain = ChainId::parse(root).filter(|_| number <= ChainId::BRANCHES);
            if let Some(chain) = chain.filter(|_| is_other && !path.is_empty()) {
                let place = log.join(format!("{}.jsonl", chain.with_branch(number)));
                write(held, &path, inbox, &place)?;
                branch = number;
            }
        }
    }
    Ok(held.segments.len() - fits.len())
}

/// The bytes of a segment, from here or from what came; none if they are others than its name says.
fn bytes(held: &Held, at: usize, inbox: &Path) -> io::Result<Option<Vec<u8>>> {
    let (segment, place) = &held.segments[at];
    if let Some(ours) = place {
        return held.ours[*ours].bytes(segment);
    }
    let most = usize::try_from(segment.size).unwrap_or(usize::MAX);
    let bytes = plain_file::read(&inbox.join(segment.name()), most)?;
    Ok(segment.is(&bytes).then_some(bytes))
}

/// The digest of the last line, if these are whole lines and the first of them follows `last`.
fn follows(bytes: &[u8], last: Digest) -> Option<Digest> {
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let first = Entry::parse(lines.next()?).ok()?;
    let tip = bytes.split_inclusive(|byte| *byte == b'\n').next_back()?;
    (last.is(first.prev) && tip.ends_with(b"\n")).then(|| Digest::of(tip))
}

fn write(held: &Held, path: &[usize], inbox: &Path, place: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    let mut file = options.write(true).create_new(true).mode(0o600).open(place)?;
    for at in path {
        file.write_all(&bytes(held, *at, inbox)?.unwrap_or_default())?;
    }
    Ok(())
}

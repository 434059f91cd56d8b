//! `breach pack`: an incident as one file, the same bytes for the same log.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use flate2::write::GzEncoder;
use flate2::{Compression, GzBuilder};

use super::args::{PackArgs, Without};
use super::desk::{Context, Exit, Failure, chains, home, verified};
use crate::custody::{Inventory, Named, Store};
use crate::log::Folder;
use crate::{escape, plain_file, vault, wording};

pub(super) fn run(context: &mut Context, args: &PackArgs) -> Result<Exit, Failure> {
    let folder = home::one(context)?;
    let shown = args.out.display().to_string();
    let shown = escape::line(&shown).into_owned();
    let taken = || {
        Failure::usage(format!("`{shown}` already exists"))
            .hint("nothing was written; give the file another name")
    };
    let failed = |error: io::Error| {
        Failure::new(Exit::Failed, format!("failed to write `{shown}`: {error}"))
            .hint("nothing was packed; the incident is as it was")
    };
    // Made first: a file that is there already is not ours to replace, nor to remove.
    let mut options = OpenOptions::new();
    let out = options.write(true).create_new(true).mode(0o600).open(&args.out);
    let out = out.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => taken(),
        _ => failed(error),
    })?;
    let packed = pack(context, &folder, args.without, out, &failed);
    if packed.is_err() {
        let _ = fs::remove_file(&args.out);
    }
    let (packed, left_out) = packed?;
    let packed = wording::count(packed, "file");
    context.screen.say(&format!("Packed {packed} of {} to `{shown}`.", folder.name()));
    if left_out > 0 {
        let left_out = wording::count(left_out, "privileged file");
        context.screen.say(&format!("{left_out} left out. The log names their digests."));
    }
    let digest = plain_file::open(&args.out).and_then(|file| vault::hash(file, &mut |_| {}));
    let digest = digest.map_err(|error| {
        Failure::new(Exit::Failed, format!("packed, but failed to read `{shown}`: {error}"))
    })?;
    context.screen.say(&format!(
        "sha256 {digest}: give it to the recipient by another channel. They compare it with `sha256sum \
         FILE`, then run: breach join FILE"
    ));
    Ok(Exit::Done)
}

/// Packs an incident. Returns how many files are in the pack, and how many were left out.
fn pack(
    context: &mut Context,
    folder: &Folder,
    without: Option<Without>,
    out: File,
    failed: &dyn Fn(io::Error) -> Failure,
) -> Result<(usize, usize), Failure> {
    // A log that does not verify is packed anyway: it is evidence, and `join` says what is wrong with it.
    let verified = verified::whole(folder, &context.world, false)?;
    chains::show_damage(context, &verified.chains);
    let (inventory, _) =
        Inventory::read(folder, Some(&context.world)).map_err(chains::unreadable)?;
    let left_out = without.map(|Without::Privileged| inventory.privileged()).unwrap_or_default();
    let files = files(context, folder, &inventory, &left_out)?;
    write(out, folder, &files).map_err(failed)?;
    Ok((files.len(), left_out.len()))
}

/// What is to be packed, in order: the chains first.
fn files(
    context: &mut Context,
    folder: &Folder,
    inventory: &Inventory,
    left_out: &BTreeSet<PathBuf>,
) -> Result<Vec<PathBuf>, Failure> {
    let chains = folder.chains().map_err(chains::unreadable)?;
    let (kept, gone): (Vec<&Named>, Vec<&Named>) =
        inventory.in_stores(&Store::ALL).partition(|named| named.is_there());
    let gone = gone.iter().filter(|named| inventory.forgotten(&named.kept.sha256).is_none());
    let gone = gone.count();
    if gone > 0 {
        context.screen.warn(&format!(
            "not in the pack, because no plain file is in its place: {} that the log names",
            wording::count(gone, "file")
        ));
    }
    let kept = kept.into_iter().map(|named| named.path.clone());
    let kept = kept.filter(|path| !left_out.contains(path));
    Ok(chains.into_iter().map(|(_, path)| path).chain(kept).collect())
}

fn write(out: File, folder: &Folder, files: &[PathBuf]) -> io::Result<()> {
    let gzip = GzBuilder::new().mtime(0).write(out, Compression::default());
    let mut tar = tar::Builder::new(gzip);
    for path in files {
        let inside = path.strip_prefix(folder.path()).map_err(io::Error::other)?;
        let is_chain = inside.starts_with("log");
        append(&mut tar, &Path::new(folder.name().as_str()).join(inside), path, is_chain)?;
    }
    let mut file = tar.into_inner()?.finish()?;
    file.flush()?;
    file.sync_all()
}

/// Of a chain, whole lines: another process may be writing the next one.
fn append(
    tar: &mut tar::Builder<GzEncoder<File>>,
    name: &Path,
    path: &Path,
    is_chain: bool,
) -> io::Result<()> {
    let file = plain_file::open(path)?;
    let length = file.metadata()?.len();
    let length = if is_chain { crate::log::whole_lines(&file, 0..length)? } else { length };
    // Our longest names fit into this format as they are.
    let mut header = tar::Header::new_ustar();
    header.set_size(length);
    header.set_mode(0o600);
    header.set_mtime(0);
    tar.append_data(&mut header, name, file.take(length))
}

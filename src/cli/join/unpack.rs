//! Opening what `breach pack` wrote, or somebody else: every name and length is somebody's claim.

use std::ffi::OsString;
use std::fs::OpenOptions;
use std::io::{self, Read};
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Component, Path, PathBuf};

use flate2::read::GzDecoder;

use crate::cli::desk::files::make_private;
use crate::id::{ChainId, IncidentName};
use crate::{escape, plain_file};

/// A pack may become so many times longer than it is, and by this much more: text that repeats itself
/// becomes a tenth, an archive made to fill a disk becomes a thousandth.
const AT_MOST: u64 = 200;
const AND: u64 = 16 << 20;
/// Bytes of a name that comes in a record of its own, as GNU tar writes long ones.
const LONGEST_NAME: u64 = 4096;
/// Bytes of what POSIX writes of a file before it: its name and its times.
const LONGEST_RECORD: u64 = 64 << 10;
/// Files in one pack.
const MOST: usize = 1_000_000;

/// Unpacks below `dir`, which is empty and ours. Returns the folder of the incident in it.
pub(super) fn unpack(path: &Path, dir: &Path) -> io::Result<PathBuf> {
    let file = plain_file::open(path)?;
    let mut left = file.metadata()?.len().saturating_mul(AT_MOST).saturating_add(AND);
    let mut archive = tar::Archive::new(GzDecoder::new(io::BufReader::new(file)));
    let mut incident: Option<String> = None;
    let mut long_name = None;
    // Raw, because the library would read a name of any length into memory.
    for (number, entry) in archive.entries()?.raw(true).enumerate() {
        let mut entry = entry?;
        let kind = entry.header().entry_type();
        if kind.is_gnu_longname() {
            let mut bytes = Vec::new();
            entry.take(LONGEST_NAME).read_to_end(&mut bytes)?;
            bytes.retain(|byte| *byte != 0);
            long_name = Some(PathBuf::from(OsString::from_vec(bytes)));
            continue;
        }
        if kind.is_pax_local_extensions() {
            let mut bytes = Vec::new();
            entry.take(LONGEST_RECORD).read_to_end(&mut bytes)?;
            let records = tar::PaxExtensions::new(&bytes).filter_map(Result::ok);
            let path = records.filter(|record| record.key_bytes() == b"path").last();
            let path =
                path.map(|path| PathBuf::from(OsString::from_vec(path.value_bytes().to_vec())));
            long_name = path.or(long_name);
            continue;
        }
        let name = match long_name.take() {
            Some(name) => name,
            None => entry.path()?.into_owned(),
        };
        let refused = |why: &str| {
            let name = name.display().to_string();
            io::Error::other(format!("`{}` in it {why}", escape::line(&name)))
        };
        if number >= MOST {
            return Err(io::Error::other("it has more files than an incident can have"));
        }
        if kind.is_dir() || kind.is_pax_global_extensions() {
            continue;
        }
        if !kind.is_file() {
            return Err(refused("is a link or something else that is no plain file"));
        }
        let parts = parts(&name).ok_or_else(|| refused("is not a name of an incident's file"))?;
        if incident.get_or_insert_with(|| parts[0].clone()) != &parts[0] {
            return Err(refused("belongs to a second incident"));
        }
        if entry.size() > left {
            return Err(refused("is far longer than the archive lets one expect"));
        }
        left -= entry.size();
        let place = dir.join(&name);
        make_private(place.parent().unwrap_or(dir))?;
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&place)
            .map_err(|_| refused("is there twice"))?;
        io::copy(&mut entry, &mut file)?;
    }
    incident.map(|name| dir.join(name)).ok_or_else(|| io::Error::other("there is nothing in it"))
}

/// The parts of a name that a file of an incident can have: `2026-11-23-plain-birch/log/….jsonl`.
fn parts(name: &Path) -> Option<Vec<String>> {
    let part = |part: Component<'_>| match part {
        Component::Normal(part) => part.to_str().map(str::to_owned),
        _ => None,
    };
    let parts = name.components().map(part).collect::<Option<Vec<_>>>()?;
    let plain = |part: &String| {
        !part.starts_with('.')
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.~".contains(&b))
    };
    let fits = match parts.as_slice() {
        [name, log, file] if log == "log" => {
            file.strip_suffix(".jsonl").and_then(ChainId::parse).is_some() && is_incident(name)
        }
        [name, store, _] => {
            ["texts", "notices", "playbooks"].contains(&store.as_str()) && is_incident(name)
        }
        [name, store, by, _, _] => store == "evidence" && by == "sha256" && is_incident(name),
        _ => false,
    };
    (fits && parts.iter().all(plain)).then_some(parts)
}

fn is_incident(name: &str) -> bool {
    IncidentName::parse(name).is_some()
}

//! What should be in the log of an incident and cannot be read: named, so that nothing vanishes.

use std::fs;
use std::path::Path;

use super::chain::{Chain, ChainReport};
use super::damage::{Damage, DamageKind};
use crate::id::{ChainId, IncidentName};

/// What the folder of the log is called, and the log in a report where no chain is left to name.
pub(super) const LOG: &str = "log";

/// The chain that a file is, by its name alone.
pub(super) fn chain_named(path: &Path) -> Option<ChainId> {
    let name = path.file_name()?.to_str()?;
    ChainId::parse(name.strip_suffix(".jsonl")?)
}

/// The incident in whose folder a chain is, by the place of its file.
pub(super) fn incident_of(chain: &Path) -> Option<String> {
    let log = chain.parent().filter(|log| log.ends_with(LOG))?;
    name_of(log.parent()?).map(|name| name.to_string())
}

/// Whether a folder is called as an incident is.
pub(super) fn is_incident(path: &Path) -> bool {
    std::path::absolute(path).is_ok_and(|path| name_of(&path).is_some())
}

fn name_of(folder: &Path) -> Option<IncidentName> {
    folder.file_name()?.to_str().and_then(IncidentName::parse)
}

/// Adds a report for each chain of a log folder whose file is not a plain one, and one for a log that
/// is gone. Reports on the same chain that say less are replaced.
pub(super) fn add(log: &Path, reports: &mut Vec<ChainReport>) {
    let barred = barred(log);
    reports.retain(|report| !barred.iter().any(|other| other.chain == report.chain));
    reports.extend(barred);
    // A log that was gone when a chain was started stays named.
    let was_gone = reports.iter().any(|report| report.continues.as_deref() == Some(LOG));
    if was_gone || is_gone(log, reports.is_empty()) {
        reports.push(report(LOG, DamageKind::NoChain));
    }
}

/// A report for each file of a log folder that should be a chain, and is none that can be read.
pub(super) fn barred(log: &Path) -> Vec<ChainReport> {
    let entries = fs::read_dir(log).into_iter().flatten().flatten();
    let mut barred: Vec<ChainReport> = entries.filter_map(|entry| bar(&entry)).collect();
    barred.sort_by(|a, b| a.chain.cmp(&b.chain));
    barred
}

fn bar(entry: &fs::DirEntry) -> Option<ChainReport> {
    let path = entry.path();
    if let Some(chain) = chain_named(&path) {
        let is_plain = entry.file_type().is_ok_and(|kind| kind.is_file());
        return (!is_plain).then(|| report(chain.as_str(), DamageKind::NotPlain));
    }
    let name = entry.file_name().to_string_lossy().into_owned();
    is_like_a_chain(&path, &name).then(|| report(&name, DamageKind::Misnamed))
}

/// Whether a name begins and ends as that of a chain does, in whatever case.
fn is_like_a_chain(path: &Path, name: &str) -> bool {
    let begins = name.get(..8).is_some_and(|start| start.bytes().all(|b| b.is_ascii_hexdigit()));
    begins && path.extension().is_some_and(|end| end.eq_ignore_ascii_case("jsonl"))
}

/// Whether a log without a chain had one: other files of the incident are there.
pub(super) fn is_gone(log: &Path, has_no_chain: bool) -> bool {
    has_no_chain
        && log.ends_with(LOG)
        && log.parent().is_some_and(|folder| holds_files(folder, log))
}

fn report(chain: &str, kind: DamageKind) -> ChainReport {
    ChainReport { damage: Some(Damage { line: 0, kind }), ..Chain::new(chain).finish(0) }
}

/// Whether there is a file in the folder of an incident outside its log. Empty folders are what an
/// opening leaves that was cut off.
pub(super) fn holds_files(folder: &Path, log: &Path) -> bool {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && path != log => folders.push(path),
                Ok(kind) if kind.is_dir() => {}
                _ => return true,
            }
        }
    }
    false
}

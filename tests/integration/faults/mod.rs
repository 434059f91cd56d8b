//! What goes wrong around the program: processes, disks, folders, locks; and what somebody puts there
//! who means harm. Each table of attacks ends in [`row`].

mod cells;
mod chains;
mod chance;
#[cfg(target_os = "linux")]
mod controls;
mod copies;
#[cfg(target_os = "linux")]
mod crashes;
mod damage;
// strace, which injects the faults, is a tool of Linux.
#[cfg(target_os = "linux")]
mod disk;
mod escapes;
#[cfg(target_os = "linux")]
mod every;
#[cfg(target_os = "linux")]
mod folders;
// Only Linux has GNU tar, which writes all three formats.
#[cfg(target_os = "linux")]
mod lies;
mod modes;
mod moving;
mod mutated;
mod places;
mod processes;
mod readers;
#[cfg(target_os = "linux")]
mod stage;
mod tampered;
mod tears;
mod unrecorded;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Whether every attack is tried, as `.ci/long` asks for: minutes. Otherwise some of each are: seconds.
fn tries_all() -> bool {
    std::env::var_os("ALL_FAULTS").is_some()
}

/// How many random cases are tried: a few, or as many as the long run asks for.
pub(crate) fn cases(few: u32, all: u32) -> u32 {
    if tries_all() { all } else { few }
}

/// Prints a row of the table of attacks, and fails if anything went wrong, or if fewer were tried than
/// `least`.
#[expect(clippy::print_stdout, reason = "the table is what the long run is for")]
pub(crate) fn row(name: &str, least: usize, cases: usize, bad: &[String]) {
    println!("ROW {name}: {cases} cases, {} bad", bad.len());
    assert!(bad.is_empty(), "{name}: {} bad:\n{}", bad.len(), bad.join("\n"));
    assert!(cases >= least, "{name}: {cases} cases, not {least}");
}

/// Every file below a folder but its traces, with what is in it.
fn files(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if !path.ends_with("trace") {
            found.insert(path.clone(), std::fs::read(&path).expect("read"));
        }
    }
    found
}

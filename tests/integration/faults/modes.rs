//! Whatever the mask of the shell, what the program makes is its user's alone.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::readers::{COMMANDS, prepared};
use crate::cli::room::{BREACH, Room, feed};

/// Every file and folder below one, with its mode.
fn modes(dir: &Path, found: &mut BTreeMap<PathBuf, u32>) {
    for entry in std::fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        let metadata = path.symlink_metadata().expect("metadata");
        found.insert(path.clone(), metadata.permissions().mode());
        if metadata.is_dir() {
            modes(&path, found);
        }
    }
}

fn unmasked(room: &Room, words: &str) {
    let words = words.split(' ').chain(["--as", "Ada"]);
    let mut command = Command::new("bash");
    command.args(["-c", "umask 0; exec \"$0\" \"$@\"", BREACH]).args(words);
    let plain = room.command(&[]);
    command.env_clear().current_dir(room.dir.path());
    command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let ran = feed(command, b"x\nunknown\n1\nn hunter22 password=hunter22\nd\nweb-01\nyes\nq\n");
    assert_ne!(ran.exit, Some(101), "{ran:?}");
}

#[test]
fn nothing_that_is_made_is_open_to_others() {
    let (mut cases, mut bad) = (0, Vec::new());
    let record = [
        "contain --playbook walk.toml --new",
        "note password=hunter22",
        "evidence add --in-place walk.toml",
        "report --out report.md",
        "report --format html --out report.html",
    ];
    let whole = prepared(false);
    // A playbook is for others to read: there the mask decides.
    let all = record.iter().chain(COMMANDS).filter(|words| !words.starts_with("playbook new"));
    for words in all {
        // What stands below an incident is made there, too; home and state only where there is none.
        let opens = super::tries_all() || words.starts_with("contain --playbook");
        let empty = opens.then(Room::new);
        for room in std::iter::once(whole.copied()).chain(empty) {
            let mut before = BTreeMap::new();
            modes(room.dir.path(), &mut before);
            unmasked(&room, words);
            let mut after = BTreeMap::new();
            modes(room.dir.path(), &mut after);
            for (path, mode) in after.iter().filter(|(path, _)| !before.contains_key(*path)) {
                cases += 1;
                // A store is shared with the group to which its owner gives it.
                let is_store =
                    path.strip_prefix(room.dir.path()).is_ok_and(|it| it.starts_with("store"));
                if mode & if is_store { 0o027 } else { 0o077 } != 0 {
                    bad.push(format!("{words}: {} is {mode:o}", path.display()));
                }
            }
        }
    }
    super::row("file modes", 56, cases, &bad);
}

//! Homes that were copied, moved, restored and cut: no chain ever has two writers, and what this
//! machine wrote and is gone is missed.

use std::path::{Path, PathBuf};

use crate::cli::room::{Ran, Room, copy};

fn text(path: &Path) -> &str {
    path.to_str().expect("text")
}

/// A room with an incident of three notes in its home.
fn room() -> Room {
    let room = Room::new();
    room.walk("n one\nn two\nn three\n");
    room
}

/// A copy of the home, as `cp -r` makes it.
fn copied(room: &Room, name: &str) -> PathBuf {
    let other = room.path(name);
    std::fs::create_dir(&other).expect("created");
    copy(&room.home(), &other);
    other
}

fn within(room: &Room, home: &Path, arguments: &[&str]) -> Ran {
    room.breach(&[&["--home", text(home)], arguments].concat())
}

/// The chains of a home with their bytes.
fn chains(home: &Path) -> Vec<(PathBuf, String)> {
    let incident = std::fs::read_dir(home.join("incidents")).expect("incidents").next();
    let log = incident.expect("an incident").expect("readable").path().join("log");
    let chains = std::fs::read_dir(log).expect("a log").map(|chain| chain.expect("one").path());
    let chains = chains.map(|chain| (chain.clone(), std::fs::read_to_string(chain).expect("text")));
    chains.collect()
}

fn verifies(room: &Room, home: &Path) {
    let ran = within(room, home, &["log", "verify"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
}

/// Every command that reads says so and ends with 4; whoever writes goes on in a new chain, and that
/// is all that changes.
fn is_missed(room: &Room, what: &str) {
    for arguments in
        [&["log", "verify"][..], &["status"], &["log", "show"], &["fact", "show"], &["report"]]
    {
        let ran = room.breach(arguments);
        assert_eq!(ran.exit, Some(4), "{arguments:?} {ran:?}");
        assert!(format!("{} {}", ran.said(), ran.out).contains(what), "{arguments:?} {ran:?}");
    }
    let before = chains(&room.home());
    let note = room.breach(&["note", "--as", "Ada", "it goes on"]);
    assert_eq!(note.exit, Some(0), "{note:?}");
    let after = chains(&room.home());
    assert_eq!(after.len(), before.len() + 1, "{note:?}");
    assert!(before.iter().all(|chain| after.contains(chain)), "nothing was changed");
    assert_eq!(room.breach(&["log", "verify"]).exit, Some(4), "it stays named");
    let again = room.breach(&["note", "--as", "Ada", "and on"]);
    assert_eq!((again.exit, chains(&room.home()).len()), (Some(0), after.len()), "{again:?}");
}

#[test]
fn a_copied_home_is_written_in_a_chain_of_its_own() {
    let room = room();
    let other = copied(&room, "home2");
    for (home, note) in [(room.home(), "in the first"), (other.clone(), "in the copy")] {
        let ran = within(&room, &home, &["note", note]);
        assert_eq!(ran.exit, Some(0), "{ran:?}");
        assert_eq!(ran.said().contains("is a copy or was moved"), home == other, "{ran:?}");
        verifies(&room, &home);
    }
    let (first, second) = (chains(&room.home()), chains(&other));
    assert_eq!((first.len(), second.len()), (1, 2));
    let new = second.iter().find(|(_, text)| text.contains("in the copy")).expect("a new chain");
    assert!(new.1.contains("\"joined\"") && !new.1.contains("\"because\""), "{}", new.1);
    // Both ways are one way: the new chain comes to the old home, and nothing is dropped.
    let name = new.0.file_name().expect("a name");
    std::fs::copy(&new.0, first[0].0.with_file_name(name)).expect("copied");
    verifies(&room, &room.home());
    let shown = room.breach(&["log", "show", "--kind", "note"]).out;
    assert!(shown.contains("in the first") && shown.contains("in the copy"), "{shown}");
    // Each goes on where it was.
    for home in [room.home(), other] {
        within(&room, &home, &["note", "later"]);
        assert_eq!(chains(&home).len(), 2);
    }
}

#[test]
fn a_copy_keeps_the_name_and_the_rehearsal() {
    let room = Room::new();
    let playbook = room.playbook();
    let playbook = text(&playbook);
    room.pipe(&["contain", "--drill", "--as", "Ada", "--playbook", playbook], b"x\n\n\n");
    let other = copied(&room, "home2");
    within(&room, &other, &["note", "practised"]);
    let shown = within(&room, &other, &["log", "show", "--kind", "note"]).out;
    assert!(shown.contains(" Ada note") && shown.contains("(rehearsal)"), "{shown}");
}

#[test]
fn a_restored_backup_was_rolled_back() {
    let room = room();
    let backup = copied(&room, "backup");
    room.breach(&["note", "--as", "Ada", "after the backup"]);
    std::fs::remove_dir_all(room.home()).expect("removed");
    std::fs::rename(&backup, room.home()).expect("restored");
    is_missed(&room, "this log was rolled back, or its tail was cut");
}

#[test]
fn a_restored_backup_that_lacks_nothing_is_no_damage() {
    let room = room();
    let backup = copied(&room, "backup");
    std::fs::remove_dir_all(room.home()).expect("removed");
    std::fs::rename(&backup, room.home()).expect("restored");
    verifies(&room, &room.home());
    let ran = room.breach(&["note", "--as", "Ada", "restored"]);
    assert!(ran.said().contains("was replaced, by a restored backup or a copy"), "{ran:?}");
    assert_eq!(room.chains().len(), 2);
    verifies(&room, &room.home());
}

#[test]
fn a_moved_home_goes_on_in_a_new_chain_once() {
    let room = room();
    let moved = room.path("moved");
    std::fs::rename(room.home(), &moved).expect("moved");
    verifies(&room, &moved);
    for note in ["here", "and here"] {
        let ran = within(&room, &moved, &["note", "--as", "Ada", note]);
        assert_eq!(ran.exit, Some(0), "{ran:?}");
        assert_eq!(chains(&moved).len(), 2);
        verifies(&room, &moved);
    }
}

#[test]
fn a_chain_that_was_cut_on_its_own_machine_was_not_torn_by_a_crash() {
    let cuts: [fn(&str) -> usize; 4] = [
        |text| text.len() - 1,
        |text| text.len() - 30,
        |text| text[..text.len() - 1].rfind('\n').expect("lines") + 1,
        |text| text.find('\n').expect("a line") + 1,
    ];
    for cut in cuts {
        let room = room();
        let chain = room.chains().remove(0);
        let text = std::fs::read_to_string(&chain).expect("a chain");
        std::fs::write(&chain, &text[..cut(&text)]).expect("cut");
        is_missed(&room, "this log was rolled back, or its tail was cut");
    }
}

#[test]
fn an_edited_last_line_is_found_on_its_own_machine() {
    let room = room();
    let chain = room.chains().remove(0);
    let text = std::fs::read_to_string(&chain).expect("a chain");
    let at = text.rfind("\"salt\":\"").expect("a salt") + 8;
    let other = if text[at..].starts_with('0') { "1" } else { "0" };
    std::fs::write(&chain, format!("{}{other}{}", &text[..at], &text[at + 1..])).expect("edited");
    is_missed(&room, "is not the one that was seen there before");
}

#[test]
fn a_chain_that_its_machine_wrote_and_nobody_saw_is_missed() {
    let room = room();
    let other = copied(&room, "home2");
    within(&room, &other, &["note", "in the copy"]);
    let new = chains(&other).into_iter().find(|(_, text)| text.contains("in the copy"));
    std::fs::remove_file(new.expect("a new chain").0).expect("removed");
    let ran = within(&room, &other, &["log", "verify"]);
    assert_eq!(ran.exit, Some(4), "{ran:?}");
    assert!(ran.out.contains("its file is missing"), "{ran:?}");
}

#[test]
fn two_copies_that_are_copied_over_each_other_lose_nothing_in_silence() {
    let room = room();
    let other = copied(&room, "home2");
    room.breach(&["note", "--as", "Ada", "in the first"]);
    within(&room, &other, &["note", "--as", "Ada", "in the copy"]);
    let incident = |home: &Path| chains(home)[0].0.parent().expect("a folder").to_owned();
    copy(&incident(&other), &incident(&room.home()));
    is_missed(&room, "this log was rolled back, or its tail was cut");
}

#[test]
fn an_older_copy_is_true() {
    let room = room();
    let other = copied(&room, "home2");
    room.breach(&["note", "--as", "Ada", "four"]);
    room.breach(&["note", "--as", "Ada", "five"]);
    let ran = within(&room, &other, &["log", "verify"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(ran.out.contains("2 more lines are known to exist, not here yet"), "{ran:?}");
    let status = within(&room, &other, &["status"]);
    assert_eq!(status.exit, Some(0), "{status:?}");
    assert!(status.said().contains("2 more lines are known to exist"), "{status:?}");
}

#[test]
fn whoever_remembers_nothing_starts_a_new_chain_and_loses_nothing() {
    let forget: [fn(&Path); 3] = [
        |state| std::fs::remove_dir_all(state).expect("removed"),
        |state| rewrite(state, |_| "garbage".to_owned()),
        |state| rewrite(state, |text| text.replace("\"machine\":\"", "\"machine\":\"0")),
    ];
    for forget in forget {
        let room = room();
        forget(&room.path("state/breach"));
        verifies(&room, &room.home());
        let ran = room.breach(&["note", "--as", "Ada", "what was I doing"]);
        assert_eq!(ran.exit, Some(0), "{ran:?}");
        assert!(ran.said().contains("nothing here remembers how far chain"), "{ran:?}");
        room.breach(&["note", "--as", "Ada", "on"]);
        assert_eq!(room.chains().len(), 2);
        verifies(&room, &room.home());
        let shown = room.breach(&["log", "show", "--kind", "note"]).out;
        assert!(["one", "two", "three", "on"].iter().all(|note| shown.contains(note)), "{shown}");
    }
}

fn rewrite(state: &Path, change: impl Fn(String) -> String) {
    for entry in std::fs::read_dir(state).expect("a folder") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("text");
        std::fs::write(path, change(text)).expect("written");
    }
}

#[test]
fn where_nothing_can_be_remembered_the_chain_goes_on() {
    let room = Room::new();
    std::fs::write(room.path("state"), "a file where the folder should be").expect("written");
    room.walk("n one\n");
    let ran = room.breach(&["note", "--as", "Ada", "two"]);
    assert_eq!((ran.exit, ran.err.contains("remembered")), (Some(0), false), "{ran:?}");
    let ran = room.breach(&["-v", "note", "--as", "Ada", "three"]);
    assert!(ran.said().contains("nothing is remembered of what is written here"), "{ran:?}");
    assert_eq!(room.chains().len(), 1);
    verifies(&room, &room.home());
}

#[test]
fn whoever_only_reads_writes_nothing() {
    let room = room();
    std::fs::remove_dir_all(room.path("state")).expect("removed");
    for arguments in [&["status"][..], &["log", "verify"], &["report"], &["duties"]] {
        let ran = room.breach(arguments);
        assert_eq!(ran.exit, Some(0), "{arguments:?} {ran:?}");
        assert!(!room.path("state").exists(), "{arguments:?}");
    }
}

#[test]
fn what_is_remembered_is_ours_alone() {
    use std::os::unix::fs::PermissionsExt;
    let room = room();
    let folder = room.path("state/breach");
    let files = std::fs::read_dir(&folder).expect("a folder");
    let mut modes: Vec<u32> = vec![folder.metadata().expect("metadata").permissions().mode()];
    modes.extend(
        files.map(|file| {
            file.and_then(|file| file.metadata()).expect("metadata").permissions().mode()
        }),
    );
    assert_eq!(modes.len(), 2, "one file for one chain");
    assert!(modes.iter().all(|mode| mode.trailing_zeros() >= 6), "{modes:?}");
}

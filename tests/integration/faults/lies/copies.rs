//! What a copy lacks, and what was not checked.

use std::path::PathBuf;

use super::{folder, ok};
use crate::cli::room::Room;

/// An incident with a privileged note, and a pack made without privileged material.
fn packed() -> (Room, PathBuf) {
    let room = Room::new();
    room.open();
    ok(&room, &["note", "for counsel only", "--privileged"]);
    ok(&room, &["note", "for everybody", "--apart"]);
    let pack = room.path("p.tgz");
    ok(&room, &["pack", "--without", "privileged", "--out", pack.to_str().expect("text")]);
    (room, pack)
}

fn texts(room: &Room) -> Vec<PathBuf> {
    let texts = std::fs::read_dir(folder(room).join("texts")).expect("texts");
    texts.map(|entry| entry.expect("an entry").path()).collect()
}

#[test]
fn a_pack_without_what_is_privileged_verifies_and_says_what_is_withheld() {
    let (room, pack) = packed();
    let other = Room::new();
    ok(&other, &["join", pack.to_str().expect("text")]);
    assert_eq!((texts(&room).len(), texts(&other).len()), (2, 1));
    let ran = other.breach(&["log", "verify"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(ran.out.contains("texts: 1 intact, 1 withheld"), "{ran:?}");
    assert!(ran.out.contains("Withheld: 1 file of privileged entries"), "{ran:?}");
    let json = other.breach(&["log", "verify", "--format", "json"]).out;
    assert!(json.contains("\"withheld\""), "{json}");
    // Only privileged files count as withheld.
    std::fs::remove_file(texts(&other).remove(0)).expect("removed");
    assert_eq!(other.breach(&["log", "verify"]).exit, Some(4));
}

#[test]
fn nothing_is_withheld_from_whoever_wrote_it() {
    let (room, _) = packed();
    for text in texts(&room) {
        let bytes = std::fs::read(&text).expect("read");
        std::fs::remove_file(&text).expect("removed");
        let ran = room.breach(&["log", "verify"]);
        assert_eq!(ran.exit, Some(4), "{ran:?}");
        assert!(!ran.out.contains("withheld"), "{ran:?}");
        std::fs::write(&text, bytes).expect("written");
    }
}

#[test]
fn a_privileged_exhibit_that_is_withheld_is_not_called_damaged() {
    let room = Room::new();
    room.open();
    std::fs::write(room.path("memo.txt"), "advice").expect("written");
    ok(&room, &["evidence", "add", "memo.txt", "--title", "memo", "--privileged"]);
    let pack = room.path("p.tgz");
    ok(&room, &["pack", "--without", "privileged", "--out", pack.to_str().expect("text")]);
    let other = Room::new();
    ok(&other, &["join", pack.to_str().expect("text")]);
    for arguments in [&["log", "verify", "--evidence"][..], &["evidence", "verify"]] {
        let ran = other.breach(arguments);
        assert_eq!(ran.exit, Some(0), "{arguments:?} {ran:?}");
        assert!(ran.out.contains("withheld"), "{arguments:?} {ran:?}");
    }
    std::fs::remove_dir_all(folder(&room).join("evidence/sha256")).expect("removed");
    assert_eq!(room.breach(&["evidence", "verify"]).exit, Some(4));
}

#[test]
fn a_chain_of_which_nothing_is_remembered_is_said_to_be_so() {
    let (room, _) = packed();
    let says = "Not looked at: whether the end of";
    let ran = room.breach(&["log", "verify"]);
    assert!(!ran.out.contains(says), "{ran:?}");
    std::fs::remove_dir_all(room.path("state")).expect("removed");
    let chain = room.chains().remove(0);
    for arguments in [&["log", "verify"][..], &["log", "verify", chain.to_str().expect("text")]] {
        let ran = room.breach(arguments);
        assert_eq!(ran.exit, Some(0), "{ran:?}");
        assert!(ran.out.contains(says), "{arguments:?} {ran:?}");
    }
    let json = room.breach(&["log", "verify", "--format", "json"]).out;
    assert!(json.contains("\"remembered\": null"), "{json}");
}

//! `breach forget`: what is kept separately goes, its digest and the reason stay.

use std::fs;
use std::path::PathBuf;

use super::room::{Ran, Room};
use crate::terminal::{answer, exit, start};

const SECRET: &str = "Customer 4711 called from Lisbon";

const SHOWN: &str = "[forgotten: erasure asked for]";

fn incident(room: &Room) -> PathBuf {
    let chain = room.chains().remove(0);
    chain.parent().and_then(|log| log.parent()).expect("a folder").to_owned()
}

fn texts(room: &Room) -> Vec<PathBuf> {
    let entries = fs::read_dir(incident(room).join("texts")).expect("a folder");
    let mut all: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    all.sort();
    all
}

/// A room with a note that is kept separately: its number.
fn noted(room: &Room) -> String {
    room.open();
    let ran = room.breach(&["note", "--apart", SECRET, "--as", "Ada"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    last(room)
}

/// The number of the last entry.
fn last(room: &Room) -> String {
    room.entries().last().expect("an entry")["seq"].to_string()
}

fn forget(room: &Room, entry: &str) -> Ran {
    let reason = ["--reason", "erasure asked for", "--basis", "GDPR Art. 17(1)", "--as", "Ada"];
    room.breach(&[&["forget", entry], &reason[..]].concat())
}

/// Whether any file below a folder holds a text.
fn holds(dir: PathBuf, text: &str) -> bool {
    let mut dirs = vec![dir];
    while let Some(dir) = dirs.pop() {
        for entry in fs::read_dir(dir).expect("a folder").flatten() {
            if entry.path().is_dir() {
                dirs.push(entry.path());
            } else if String::from_utf8_lossy(&fs::read(entry.path()).expect("a file"))
                .contains(text)
            {
                return true;
            }
        }
    }
    false
}

#[test]
fn a_text_kept_separately_reads_as_if_it_were_in_the_log_until_it_is_forgotten() {
    let room = Room::new();
    let entry = noted(&room);
    let readers: [&[&str]; 4] = [
        &["log", "show"],
        &["report", "--format", "json"],
        &["export", "csv"],
        &["export", "timesketch-jsonl"],
    ];
    for reader in readers {
        let ran = room.breach(reader);
        assert!(ran.out.contains(SECRET), "{reader:?}: {ran:?}");
    }
    let chain = fs::read_to_string(&room.chains()[0]).expect("a chain");
    assert!(!chain.contains("Lisbon"), "{chain}");

    let ran = forget(&room, &entry);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(ran.said().contains("Not promised"), "{ran:?}");
    assert!(!holds(room.home(), "Lisbon"));
    let body = room.bodies("forgotten").remove(0);
    assert_eq!(body["why"], "erasure asked for");
    assert_eq!(body["basis"], "GDPR Art. 17(1)");
    assert_eq!(body["what"][0], room.bodies("note")[0]["text"]["sha256"]);
    for reader in readers {
        let ran = room.breach(reader);
        assert_eq!(ran.exit, Some(0), "{reader:?}: {ran:?}");
        assert!(ran.out.contains(SHOWN), "{reader:?}: {ran:?}");
    }
    let verified = room.breach(&["log", "verify", "--evidence"]);
    assert_eq!(verified.exit, Some(0), "{verified:?}");
    let told = "forgotten by Ada on 20";
    assert!(
        verified.out.contains(told) && verified.out.contains("GDPR Art. 17(1)"),
        "{verified:?}"
    );

    let again = forget(&room, &entry);
    assert_eq!(again.exit, Some(0), "{again:?}");
    assert!(again.said().contains("Nothing of it is left here"), "{again:?}");
    assert_eq!(room.bodies("forgotten").len(), 1);
}

#[test]
fn what_is_marked_privileged_is_kept_separately_in_every_entry() {
    let room = Room::new();
    room.open();
    room.breach(&["note", "--privileged", "counsel says wait", "--as", "Ada"]);
    let body = room.bodies("note").remove(0);
    assert_eq!(body["text"]["length"], 17, "{body}");
    assert!(room.breach(&["log", "show"]).out.contains("counsel says wait"));
    let executive = room.breach(&["report", "--audience", "executive"]).out;
    assert!(!executive.contains("counsel says wait"), "{executive}");
}

#[test]
fn a_secret_is_masked_in_a_text_kept_separately_and_its_original_goes_too() {
    let room = Room::new();
    room.open();
    let secret = "AKIAIOSFODNN7REALKEY";
    room.breach(&["note", "--apart", &format!("found {secret}"), "--as", "Ada"]);
    assert_eq!(texts(&room).len(), 2);
    let shown = room.breach(&["log", "show"]).out;
    assert!(shown.contains("found ") && !shown.contains(secret), "{shown}");
    let entry = last(&room);
    assert_eq!(forget(&room, &entry).exit, Some(0));
    assert!(texts(&room).is_empty());
    assert!(room.breach(&["log", "show"]).out.contains(SHOWN));
}

#[test]
fn text_in_the_log_cannot_be_forgotten_and_the_program_says_what_it_would_take() {
    let room = Room::new();
    room.open();
    room.breach(&["note", "in the open", "--as", "Ada"]);
    let before = fs::read(&room.chains()[0]).expect("a chain");
    let entry = last(&room);
    let ran = forget(&room, &entry);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    for told in ["in the log itself", "every line from there on", "note --apart"] {
        assert!(ran.said().contains(told), "{ran:?}");
    }
    for wrong in ["999", "abc/1", "ev-000000", "0"] {
        assert_eq!(forget(&room, wrong).exit, Some(2), "{wrong}");
    }
    assert_eq!(fs::read(&room.chains()[0]).expect("a chain"), before);
}

#[test]
fn bytes_of_an_exhibit_go_for_every_exhibit_that_has_them() {
    let room = Room::new();
    room.open();
    fs::write(room.path("dump.sql"), SECRET).expect("written");
    for _ in 0..2 {
        assert_eq!(room.breach(&["evidence", "add", "dump.sql", "--as", "Ada"]).exit, Some(0));
    }
    let bodies = room.bodies("evidence");
    let exhibit = bodies[0]["exhibit"].as_str().expect("a name").to_owned();
    let ran = forget(&room, &exhibit);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(ran.said().contains("forgotten there too"), "{ran:?}");
    assert!(!holds(room.home(), "Lisbon"));
    let verified = room.breach(&["evidence", "verify"]);
    assert_eq!(verified.exit, Some(0), "{verified:?}");
    assert_eq!(verified.out.matches("forgotten by Ada").count(), 2, "{verified:?}");
    assert!(room.bodies("custody").is_empty());
    assert_eq!(room.breach(&["evidence", "list"]).out.matches(SHOWN).count(), 2);
    let report = room.breach(&["report", "--format", "json"]).out;
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let exhibits = report["evidence"]["exhibits"].as_array().expect("exhibits");
    assert!(exhibits.iter().all(|one| one["forgotten"] == "erasure asked for"), "{exhibits:?}");
}

#[test]
fn whatever_comes_between_the_entry_and_the_destruction_the_same_command_goes_on() {
    let room = Room::new();
    let entry = noted(&room);
    let text = texts(&room).remove(0);
    let kept = fs::read(&text).expect("a text");
    assert_eq!(forget(&room, &entry).exit, Some(0));
    // As if it had been killed in between; and as on another machine, once the entry has come.
    fs::write(&text, kept).expect("written");
    assert!(room.breach(&["log", "show"]).out.contains(SHOWN));
    let verified = room.breach(&["log", "verify"]);
    assert_eq!(verified.exit, Some(0), "{verified:?}");
    assert!(verified.out.contains("STILL HERE"), "{verified:?}");
    let ran = room.breach(&["forget", &entry]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(texts(&room).is_empty());
    assert_eq!(room.bodies("forgotten").len(), 1);
    // Something else in its place is no remains of it.
    fs::write(&text, "something else").expect("written");
    assert_eq!(room.breach(&["log", "verify"]).exit, Some(4));
}

#[test]
fn a_text_that_was_not_forgotten_is_missed_and_an_altered_one_is_named() {
    let room = Room::new();
    let entry = noted(&room);
    let text = texts(&room).remove(0);
    fs::write(&text, "x").expect("written");
    assert!(room.breach(&["log", "show"]).out.contains("[a text kept separately was altered"));
    assert_eq!(room.breach(&["log", "verify"]).exit, Some(4));
    let refused = forget(&room, &entry);
    assert_eq!(refused.exit, Some(4), "{refused:?}");
    assert!(text.exists() && room.bodies("forgotten").is_empty());

    fs::remove_file(&text).expect("removed");
    for reader in [&["log", "show"][..], &["report", "--format", "json"], &["export", "csv"]] {
        let ran = room.breach(reader);
        assert!(ran.out.contains("[a text kept separately is missing"), "{reader:?}: {ran:?}");
    }
    assert_eq!(room.breach(&["log", "verify"]).exit, Some(4));
    // What is not here can be forgotten all the same, and the log says that it was not here.
    let ran = forget(&room, &entry);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let verified = room.breach(&["log", "verify"]);
    assert_eq!(verified.exit, Some(0), "{verified:?}");
    assert!(verified.out.contains("it was not here then"), "{verified:?}");
}

#[test]
fn a_link_in_the_place_of_a_text_is_neither_read_nor_followed() {
    let room = Room::new();
    let entry = noted(&room);
    let text = texts(&room).remove(0);
    let elsewhere = room.path("elsewhere");
    fs::rename(&text, &elsewhere).expect("moved");
    std::os::unix::fs::symlink(&elsewhere, &text).expect("a link");
    let shown = room.breach(&["log", "show"]).out;
    assert!(
        shown.contains("cannot be read: `")
            && shown.contains("is a symbolic link")
            && !shown.contains("Lisbon"),
        "{shown}"
    );
    let ran = forget(&room, &entry);
    assert_eq!(ran.exit, Some(4), "{ran:?}");
    assert!(elsewhere.exists() && room.bodies("forgotten").is_empty());
}

#[test]
fn an_entry_of_another_machine_can_be_forgotten_here() {
    let room = Room::new();
    noted(&room);
    // A home that was copied goes on in a chain of its own.
    let other = room.copied();
    assert_eq!(other.breach(&["note", "elsewhere", "--as", "Bo"]).exit, Some(0));
    let first = room.chains().remove(0);
    let first = first.file_stem().expect("a name").to_string_lossy().into_owned();
    let seq = last(&room);
    assert_eq!(other.chains().len(), 2);
    let ran = forget(&other, &format!("{first}/{seq}"));
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(!holds(other.home(), "Lisbon"));
    let shown = other.breach(&["log", "show"]).out;
    assert!(shown.contains(SHOWN), "{shown}");
    assert_eq!(other.breach(&["log", "verify"]).exit, Some(0));
}

#[test]
fn where_nothing_can_be_removed_nothing_is_recorded() {
    let room = Room::new();
    let entry = noted(&room);
    let text = texts(&room).remove(0);
    // A folder that takes no change, for root as for anybody: the log cannot be written either.
    let log = incident(&room).join("log");
    fs::rename(&log, room.path("log")).expect("moved");
    let ran = forget(&room, &entry);
    assert_ne!(ran.exit, Some(0), "{ran:?}");
    assert!(text.exists());
    fs::rename(room.path("log"), &log).expect("moved");
    assert!(room.bodies("forgotten").is_empty());
    assert!(room.breach(&["log", "show"]).out.contains(SECRET));
}

#[test]
fn at_a_terminal_it_asks_before_it_destroys() {
    let room = Room::new();
    let entry = noted(&room);
    for (said, code, left) in [("n", Some(2), 1), ("y", Some(0), 0)] {
        let mut session = start(&room, "dumb", &["forget", &entry, "--reason", "no need"]);
        answer(&mut session, "Destroy it for good?", said);
        session.exp_eof().expect("it ends");
        assert_eq!(exit(&mut session), code);
        assert_eq!(texts(&room).len(), left);
    }
    assert_eq!(room.bodies("forgotten").len(), 1);
}

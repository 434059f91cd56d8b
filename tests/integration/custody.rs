//! What the log names, compared with what is kept; and what should be there and is not.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::cli::room::{Ran, Room};

/// A room with something in every store: a pinned playbook, a masked note, a draft, an exhibit.
fn full() -> Room {
    let room = Room::new();
    room.walk("n one\nd\nweb-01\nno\n");
    room.breach(&["note", "--as", "Ada", "card 4111 1111 1111 1111 seen"]);
    std::fs::write(room.path("a.log"), "proof").expect("written");
    room.breach(&["evidence", "add", "a.log", "--as", "Ada"]);
    let ran = room.breach(&["duties", "draft", "eu-gdpr.33-1", "--as", "Ada"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    room
}

fn incident(room: &Room) -> PathBuf {
    let chain = room.chains().remove(0);
    chain.parent().and_then(Path::parent).expect("a folder").to_owned()
}

/// The first file below a folder of the incident.
fn kept(room: &Room, store: &str) -> PathBuf {
    let mut at = incident(room).join(store);
    while at.is_dir() {
        let mut inside: Vec<PathBuf> = std::fs::read_dir(&at)
            .expect("a folder")
            .map(|entry| entry.expect("one").path())
            .collect();
        inside.sort();
        at = inside.remove(0);
    }
    at
}

fn verify(room: &Room) -> (Ran, Value) {
    let json = room.breach(&["log", "verify", "--evidence", "--format", "json"]);
    let value = serde_json::from_str(&json.out).unwrap_or_else(|_| panic!("{json:?}"));
    (json, value)
}

const STORES: [&str; 4] = ["evidence", "playbooks", "texts", "notices"];

#[test]
fn everything_kept_is_compared() {
    let room = full();
    let (ran, all) = verify(&room);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    for store in STORES {
        let of = |one: &&Value| one["store"] == store;
        let kept: Vec<&Value> = all["kept"].as_array().expect("kept").iter().filter(of).collect();
        assert!(!kept.is_empty(), "{store}: {all}");
        assert!(kept.iter().all(|one| one["verdict"] == "intact"), "{store}: {all}");
    }
    let text = room.breach(&["log", "verify"]).out;
    assert!(text.contains("playbooks: 3 intact"), "{text}");
    assert!(text.contains("Not looked at: 1 file of evidence (`--evidence` compares"), "{text}");
}

#[test]
fn a_change_of_any_kept_file_is_named_with_its_entry() {
    for store in STORES {
        for (how, verdict) in
            [("altered", "differs"), ("removed", "missing"), ("linked", "unreadable")]
        {
            let room = full();
            let file = kept(&room, store);
            let bytes = std::fs::read(&file).expect("a file");
            std::fs::remove_file(&file).expect("removed");
            match how {
                "altered" => std::fs::write(&file, [&bytes[..], b"!"].concat()).expect("written"),
                "linked" => {
                    std::fs::write(room.path("elsewhere"), &bytes).expect("written");
                    std::os::unix::fs::symlink(room.path("elsewhere"), &file).expect("linked");
                }
                _ => {}
            }
            let (ran, all) = verify(&room);
            assert_eq!(ran.exit, Some(4), "{store} {how}: {ran:?}");
            let kept = all["kept"].as_array().expect("kept");
            let bad: Vec<&Value> = kept.iter().filter(|one| one["verdict"] != "intact").collect();
            assert_eq!(bad.len(), 1, "{store} {how}: {bad:?}");
            assert_eq!((&bad[0]["store"], &bad[0]["verdict"]), (&store.into(), &verdict.into()));
            assert!(bad[0]["entry"].as_str().is_some_and(|entry| entry.contains('/')), "{bad:?}");
        }
    }
}

/// Evidence that no entry names is the only trace of an end that was cut off.
#[test]
fn evidence_without_an_entry_is_named() {
    let room = full();
    let chain = room.chains().remove(0);
    let text = std::fs::read_to_string(&chain).expect("a chain");
    let cut = text.find("\"kind\":\"evidence\"").expect("evidence");
    let cut = text[..cut].rfind('\n').expect("a line") + 1;
    std::fs::write(&chain, &text[..cut]).expect("written");
    for arguments in [&["log", "verify"][..], &["evidence", "verify"]] {
        let ran = room.breach(arguments);
        assert_eq!(ran.exit, Some(4), "{arguments:?}: {ran:?}");
        assert!(ran.out.contains("no entry names "), "{arguments:?}: {ran:?}");
    }
    // Recorded again, it has an entry again.
    let ran = room.breach(&["evidence", "add", "a.log", "--as", "Ada"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(!room.breach(&["log", "verify"]).out.contains("evidence/sha256"));
}

/// Commands that read the log, whatever else they do.
const READERS: [&[&str]; 9] = [
    &["log", "verify"],
    &["log", "show"],
    &["status"],
    &["report"],
    &["fact", "show"],
    &["evidence", "list"],
    &["evidence", "verify"],
    &["duties"],
    &["export", "csv"],
];

#[test]
fn a_chain_that_cannot_be_read_is_named_wherever_one_looks() {
    for how in ["link", "pipe", "folder", "removed"] {
        let room = Room::new();
        room.walk("n one\n");
        std::fs::write(room.path("a.log"), "proof").expect("written");
        room.breach(&["evidence", "add", "a.log", "--as", "Ada"]);
        let chain = room.chains().remove(0);
        std::fs::rename(&chain, room.path("moved.jsonl")).expect("moved");
        match how {
            "link" => std::os::unix::fs::symlink(room.path("moved.jsonl"), &chain).expect("linked"),
            "pipe" => nix::unistd::mkfifo(&chain, nix::sys::stat::Mode::S_IRWXU).expect("made"),
            "folder" => std::fs::create_dir(&chain).expect("made"),
            _ => {}
        }
        for arguments in READERS {
            let ran = room.breach(arguments);
            assert_eq!(ran.exit, Some(4), "{how}, {arguments:?}: {ran:?}");
        }
        // Whoever writes goes on in a new chain, and the old one stays named.
        let ran = room.breach(&["note", "--as", "Ada", "later"]);
        assert_eq!(ran.exit, Some(0), "{how}: {ran:?}");
        let ran = room.breach(&["log", "verify"]);
        assert_eq!(ran.exit, Some(4), "{how}: {ran:?}");
    }
}

#[test]
fn a_log_folder_that_is_gone_takes_no_incident_with_it() {
    let room = full();
    let folder = incident(&room);
    std::fs::remove_dir_all(folder.join("log")).expect("removed");
    for arguments in [&["log", "verify"][..], &["status"], &["report"], &["fact", "show"]] {
        let ran = room.breach(arguments);
        assert_eq!(ran.exit, Some(4), "{arguments:?}: {ran:?}");
        assert!(format!("{}{}", ran.out, ran.said()).contains("the log is gone"), "{ran:?}");
    }
    let ran = room.breach(&["note", "--as", "Ada", "later"]);
    assert_eq!(ran.exit, Some(74), "{ran:?}");
    assert!(ran.err.contains("NOT RECORDED"), "{ran:?}");
}

#[test]
fn the_log_of_another_incident_is_no_log_of_this_one() {
    let (room, other) = (full(), full());
    let stranger = other.chains().remove(0);
    let log = incident(&room).join("log");
    std::fs::copy(&stranger, log.join(stranger.file_name().expect("a name"))).expect("copied");
    for arguments in READERS {
        let ran = room.breach(arguments);
        assert_eq!(ran.exit, Some(4), "{arguments:?}: {ran:?}");
    }
    let ran = room.breach(&["log", "verify"]);
    assert!(ran.out.contains("it is the log of another incident"), "{ran:?}");
}

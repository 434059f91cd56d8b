//! Evidence that is gone or altered, and those who say that all is well.

use super::{exhibit, folder, kept, ok};
use crate::cli::room::Room;

/// Alters every kept file that holds these bytes.
fn alter(room: &Room) {
    let store = folder(room).join("evidence/sha256");
    for dir in std::fs::read_dir(store).expect("a store") {
        for file in std::fs::read_dir(dir.expect("a folder").path()).expect("a folder") {
            let path = file.expect("a file").path();
            std::fs::remove_file(&path).expect("removed");
            std::fs::write(path, "something else").expect("altered");
        }
    }
}

/// Asserts that both commands that compare evidence find it altered.
fn found(room: &Room) {
    for arguments in [
        &["evidence", "verify"][..],
        &["evidence", "verify", "--format", "json"],
        &["log", "verify", "--evidence"],
    ] {
        let ran = room.breach(arguments);
        assert_eq!(ran.exit, Some(4), "{arguments:?} {ran:?}");
        assert!(!ran.said().contains("nothing to compare"), "{ran:?}");
    }
}

#[test]
fn what_was_taken_back_is_compared_all_the_same() {
    let room = kept();
    ok(&room, &["undo"]);
    let ran = ok(&room, &["evidence", "verify"]);
    assert!(ran.out.contains("intact"), "{ran:?}");
    alter(&room);
    found(&room);
}

#[test]
fn the_output_of_a_command_is_compared() {
    let room = Room::new();
    room.open();
    let ran = room.pipe(&["ran", "commands", "--command", "by-hand", "--as", "Ada"], b"uid=0");
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    alter(&room);
    found(&room);
}

#[test]
fn every_reader_is_told_that_an_exhibit_does_not_verify() {
    for (file, says) in [("altered", "differs"), ("gone", "missing"), ("folder", "cannot be read")]
    {
        let room = Room::new();
        room.open();
        let path = room.path("mal.bin");
        std::fs::write(&path, "malice").expect("written");
        ok(&room, &["evidence", "add", "mal.bin", "--in-place"]);
        match file {
            "altered" => std::fs::write(&path, "nothing").expect("altered"),
            gone => {
                std::fs::remove_file(&path).expect("removed");
                if gone == "folder" {
                    std::fs::create_dir(&path).expect("a folder");
                }
            }
        }
        assert_eq!(room.breach(&["evidence", "verify", "--as", "Ada"]).exit, Some(4));
        for audience in ["internal", "regulator"] {
            let ran = room.breach(&["report", "--audience", audience, "--format", "json"]);
            let report: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
            let kept = &report["evidence"];
            for said in [&kept["exhibits"][0]["verified"], &kept["custody"][0]["result"]] {
                assert!(
                    said.as_str().is_some_and(|said| said.starts_with(says)),
                    "{audience} {kept}"
                );
            }
        }
    }
}

#[test]
fn evidence_of_a_done_step_that_is_taken_back_is_owed_again() {
    let room = Room::new();
    room.open();
    let add = ["evidence", "add", "disk.img", "--step", "image", "--item", "web-01"];
    std::fs::write(room.path("disk.img"), "bytes").expect("written");
    ok(&room, &["fact", "set", "boxes", "web-01"]);
    ok(&room, &add);
    let name = exhibit(&room);
    ok(&room, &["step", "image", "done", "--item", "web-01"]);
    assert!(!room.breach(&["status"]).out.contains("Owed: Image of web-01"));
    let entry = room.entries().into_iter().find(|entry| entry["body"]["exhibit"] == name.as_str());
    let id = entry.expect("an entry")["id"].as_str().expect("an id").to_owned();
    ok(&room, &["undo", &id]);
    let status = room.breach(&["status"]);
    assert!(status.out.contains("Owed: Image of web-01"), "{status:?}");
    ok(&room, &add);
    assert!(!room.breach(&["status"]).out.contains("Owed: Image of web-01"));
}

#[test]
fn a_form_of_custody_has_the_digest_that_its_keeper_reported() {
    let room = Room::new();
    room.open();
    let digest = format!("sha256:{}", "9f".repeat(32));
    ok(&room, &["evidence", "add", "--ref", "aws:snap-1", "--digest", &digest]);
    let form = room.breach(&["evidence", "list", "--form"]).out;
    let form = form.split_whitespace().collect::<String>();
    assert!(form.contains(&digest) && !form.contains("notknown"), "{form}");
}

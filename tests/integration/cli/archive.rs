//! How long a record is kept, and `breach incident archive`.

use std::fs;

use super::room::Room;
use crate::terminal::{answer, exit, start};

const CLOSE: [&str; 6] = ["close", "--anyway", "--reason", "over", "--as", "Ada"];

/// The name of the only incident.
fn name(room: &Room) -> String {
    let chain = room.chains().remove(0);
    let folder = chain.parent().and_then(|log| log.parent()).expect("a folder");
    folder.file_name().expect("a name").to_string_lossy().into_owned()
}

fn closed() -> (Room, String) {
    let room = Room::new();
    room.open();
    let ran = room.breach(&CLOSE);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let name = name(&room);
    (room, name)
}

#[test]
fn a_close_says_how_long_the_record_is_kept_and_what_is_past_its_day_is_named() {
    let room = Room::new();
    room.open();
    let past = room.breach(&[&CLOSE[..], &["--keep-until", "2001-02-03"]].concat());
    assert_eq!(past.exit, Some(2), "{past:?}");
    let ran = room.breach(&[&CLOSE[..], &["--keep-until", "2901-02-03"]].concat());
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert_eq!(room.bodies("closed")[0]["keep_until"], "2901-02-03");
    let name = name(&room);
    for reader in [&["incident", "list"][..], &["incident", "show", &name]] {
        let ran = room.breach(reader);
        assert!(ran.out.contains("2901-02-03"), "{reader:?}: {ran:?}");
        assert!(!ran.out.contains("has passed"), "{reader:?}: {ran:?}");
    }
    room.breach(&["reopen", "--reason", "more came", "--as", "Ada"]);
    assert!(!room.breach(&["incident", "list"]).out.contains("2901"));

    // The day passes: a log that says so is read.
    room.breach(&CLOSE);
    let chain = room.chains().remove(0);
    let mut lines = room.entries();
    let closed = lines.iter_mut().rev().find(|line| line["kind"] == "closed").expect("a close");
    closed["body"]["keep_until"] = "2001-02-03".into();
    fs::write(&chain, crate::log::newer::linked(&lines)).expect("written");
    room.witness_the_end();
    for reader in [&["incident", "list"][..], &["incident", "show", &name], &["status"]] {
        let ran = room.breach(reader);
        let told = "kept until 2001-02-03, which has passed: `breach forget`";
        assert!(ran.out.contains(told), "{reader:?}: {ran:?}");
    }
}

#[test]
fn at_a_terminal_the_close_asks_and_offers_a_day() {
    let room = Room::new();
    room.open();
    let mut session = start(&room, "dumb", &CLOSE);
    answer(&mut session, "Keep it until", "soon");
    answer(&mut session, "Keep it until", "");
    session.exp_eof().expect("it ends");
    assert_eq!(exit(&mut session), Some(0));
    let day = room.bodies("closed")[0]["keep_until"].as_str().expect("a day").to_owned();
    assert!(day.parse::<chrono::NaiveDate>().is_ok(), "{day}");
}

#[test]
fn a_closed_incident_goes_into_the_archive_whole_and_comes_back() {
    let (room, name) = closed();
    let ran = room.breach(&["incident", "archive", &name]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(room.home().join("archive").join(&name).join("log").is_dir());
    assert!(room.chains().is_empty());

    let list = room.breach(&["incident", "list"]);
    assert_eq!((list.exit, list.out.as_str()), (Some(0), ""), "{list:?}");
    assert!(room.breach(&["incident", "list", "--all"]).out.contains("archived"));
    assert_eq!(room.breach(&["log", "verify"]).exit, Some(2));
    let readers: [&[&str]; 4] =
        [&["log", "verify"], &["log", "show"], &["report"], &["export", "csv"]];
    for reader in readers {
        let ran = room.breach(&[reader, &["--incident", &name]].concat());
        assert_eq!(ran.exit, Some(0), "{reader:?}: {ran:?}");
    }
    assert_eq!(room.breach(&["incident", "show", &name]).exit, Some(0));
    let note = room.breach(&["note", "late", "--incident", &name]);
    assert_eq!(note.exit, Some(2), "{note:?}");
    assert!(note.err.contains("NOT RECORDED") && note.err.contains("--undo"), "{note:?}");
    assert_eq!(room.breach(&["incident", "archive", &name]).exit, Some(2));

    let ran = room.breach(&["incident", "archive", &name, "--undo"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert_eq!(room.breach(&["note", "late"]).exit, Some(0));
    // The chain goes on: it lies where it lay.
    assert_eq!(room.chains().len(), 1);
    assert_eq!(room.breach(&["log", "verify"]).exit, Some(0));
}

#[test]
fn an_open_incident_stays_and_so_does_a_damaged_one() {
    let room = Room::new();
    room.open();
    let name = name(&room);
    let ran = room.breach(&["incident", "archive", &name]);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    room.breach(&["note", "--apart", "Bob", "--as", "Ada"]);
    room.breach(&CLOSE);
    let texts = room.home().join("incidents").join(&name).join("texts");
    let text = fs::read_dir(texts).expect("a folder").next().expect("a text").expect("a text");
    fs::remove_file(text.path()).expect("removed");
    let ran = room.breach(&["incident", "archive", &name]);
    assert_eq!(ran.exit, Some(4), "{ran:?}");
    assert!(ran.said().contains("nothing was moved"), "{ran:?}");
    assert_eq!(room.chains().len(), 1);
    assert!(!room.home().join("archive").join(&name).exists());
}

#[test]
fn a_copy_that_comes_back_from_another_machine_harms_neither() {
    let (room, name) = closed();
    let other = room.copied();
    assert_eq!(room.breach(&["incident", "archive", &name]).exit, Some(0));
    let from = other.home().join("incidents").join(&name);
    let to = room.home().join("incidents").join(&name);
    let copied = std::process::Command::new("cp").arg("-R").args([&from, &to]).status();
    assert!(copied.is_ok_and(|status| status.success()));
    for undo in [&["--undo"][..], &[]] {
        let ran = room.breach(&[&["incident", "archive", &name], undo].concat());
        assert_eq!(ran.exit, Some(2), "{ran:?}");
        assert!(ran.said().contains("nothing was moved"), "{ran:?}");
    }
    assert!(to.join("log").is_dir());
    assert!(room.home().join("archive").join(&name).join("log").is_dir());
    let all = room.breach(&["incident", "list", "--all", "--format", "json"]).out;
    assert_eq!(all.matches(&name).count(), 2, "{all}");
}

//! A record that was damaged: every command that reads it says so and ends with 4, and the lines
//! that nobody believes can still be seen.

use std::path::PathBuf;

use crate::cli::room::Room;

/// A room whose only chain was edited in its eighth line.
fn edited() -> Room {
    let room = Room::new();
    room.walk("n one\nn two\nn three\nn four\nd\nweb-01\nno\n");
    let chain = room.chains().remove(0);
    let text = std::fs::read_to_string(&chain).expect("a chain");
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    lines[7] = lines[7].replace("\"kind\":\"", "\"kind\":\"x");
    std::fs::write(&chain, lines.concat()).expect("written");
    room
}

fn incident(room: &Room) -> PathBuf {
    let chain = room.chains().remove(0);
    chain.parent().and_then(|log| log.parent()).expect("a folder").to_owned()
}

#[test]
fn what_is_not_believed_is_said_and_can_be_seen() {
    let room = edited();
    let text = std::fs::read_to_string(&room.chains()[0]).expect("a chain");
    let shown = room.breach(&["log", "show"]);
    assert_eq!(shown.exit, Some(4), "{shown:?}");
    assert!(shown.err.contains("does not verify"), "{shown:?}");
    assert!(shown.err.contains("log show --unverified"), "{shown:?}");
    let behind = room.breach(&["log", "show", "--unverified", "--format", "json"]);
    assert_eq!(behind.exit, Some(4), "{behind:?}");
    assert!(text.ends_with(&behind.out) && !behind.out.is_empty(), "{behind:?}");
    assert_eq!(
        shown.out.lines().count() + behind.out.lines().count(),
        text.lines().count(),
        "every line is in one of them"
    );
    let behind = room.breach(&["log", "show", "--unverified"]);
    assert!(behind.out.lines().all(|line| line.starts_with("not trusted ")), "{behind:?}");
    let whole = Room::new();
    whole.open();
    let none = whole.breach(&["log", "show", "--unverified"]);
    assert_eq!((none.exit, none.out.as_str()), (Some(0), ""), "{none:?}");
}

#[test]
fn every_command_that_reads_it_ends_with_4() {
    for arguments in [
        &["status"][..],
        &["fact", "show"],
        &["fact", "show", "hosts_affected"],
        &["evidence", "list"],
        &["evidence", "verify"],
        &["contain", "--dry-run"],
        &["fact", "set", "leaking", "yes"],
    ] {
        let room = edited();
        let ran = room.breach(arguments);
        assert_eq!(ran.exit, Some(4), "{arguments:?} {ran:?}");
        assert!(ran.err.contains("does not verify"), "{arguments:?} {ran:?}");
    }
}

#[test]
fn a_chain_that_is_gone_is_missed_wherever_one_looks() {
    let room = edited();
    room.breach(&["fact", "set", "leaking", "yes"]);
    assert_eq!(room.chains().len(), 2, "a successor goes on");
    let folder = incident(&room);
    let damaged = room.chains().into_iter().find(|chain| {
        std::fs::read_to_string(chain).is_ok_and(|text| text.contains("\"kind\":\"x"))
    });
    std::fs::remove_file(damaged.expect("the edited chain")).expect("removed");
    let folder = folder.to_str().expect("text").to_owned();
    for arguments in [&["log", "verify"][..], &["log", "verify", &folder]] {
        let ran = room.breach(arguments);
        assert_eq!(ran.exit, Some(4), "{ran:?}");
        assert!(
            ran.out.contains("its file is missing, and this machine has written its line"),
            "{ran:?}"
        );
    }
}

#[test]
fn an_emptied_chain_is_damage() {
    let room = Room::new();
    room.open();
    std::fs::write(room.chains().remove(0), "").expect("emptied");
    let ran = room.breach(&["log", "verify"]);
    assert_eq!(ran.exit, Some(4), "{ran:?}");
    assert!(ran.out.contains("its file is empty"), "{ran:?}");
    let ran = room.breach(&["note", "--as", "Ada", "it goes on"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert_eq!(room.chains().len(), 2);
}

#[test]
fn a_forged_end_makes_no_incident_vanish() {
    let room = Room::new();
    room.walk("n one\nn two\n");
    let chain = room.chains().remove(0);
    let text = std::fs::read_to_string(&chain).expect("a chain");
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    // A whole entry, with the number and the link of its place, that a writer never wrote.
    let (before, rest) = lines[6].split_once("\"kind\":").expect("a kind");
    let salt = rest.split_once("\"salt\":").expect("a salt").1;
    let forged = format!("{before}\"kind\":\"closed\",\"body\":{{}},\"salt\":{salt}");
    for at in [6, lines.len()] {
        let mut changed = lines.clone();
        changed.insert(at, &forged);
        std::fs::write(&chain, changed.concat()).expect("written");
        let status = room.breach(&["status"]);
        assert_eq!(status.exit, Some(4), "{at}: {status:?}");
        assert!(status.out.contains("Incident "), "{at}: {status:?}");
    }
}

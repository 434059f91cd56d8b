//! Keeping things: whole, once, compared, and never outside the folder.

use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

use breach::digest::Digest;

use super::room::Room;

fn kept(room: &Room, digest: &str) -> PathBuf {
    let incident =
        room.chains()[0].parent().and_then(|log| log.parent()).expect("a folder").to_owned();
    incident.join("evidence/sha256").join(&digest[..2]).join(digest)
}

#[test]
fn a_file_is_copied_and_verified() {
    let room = Room::new();
    room.open();
    std::fs::write(room.path("access.log"), b"GET /pay").expect("written");
    let ran = room.breach(&[
        "evidence",
        "add",
        "access.log",
        "--title",
        "Access log",
        "--expires-at",
        "2027-01-01",
    ]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let digest = Digest::of(b"GET /pay").to_string();
    assert!(ran.err.contains(&digest), "{}", ran.err);
    assert_eq!(std::fs::read(kept(&room, &digest)).expect("kept"), b"GET /pay");
    let body = room.bodies("evidence").remove(0);
    assert_eq!(body["kept"]["bytes"], 8);
    assert!(body["source"]["file"]["path"].as_str().expect("a path").ends_with("/access.log"));
    assert_eq!(body["expires_at"]["precision"], "day");
    assert_eq!(room.breach(&["evidence", "verify"]).exit, Some(0));
    assert_eq!(room.bodies("custody")[0]["result"], "intact");
    let list = room.breach(&["evidence", "list"]);
    assert!(list.out.contains("Access log"), "{}", list.out);
}

#[test]
fn tampering_is_found() {
    let room = Room::new();
    room.open();
    for name in ["a", "b"] {
        std::fs::write(room.path(name), name).expect("written");
        room.breach(&["evidence", "add", name]);
    }
    let changed = kept(&room, &Digest::of(b"a").to_string());
    std::fs::remove_file(&changed).expect("removed");
    std::fs::write(&changed, b"x").expect("written");
    std::fs::remove_file(kept(&room, &Digest::of(b"b").to_string())).expect("removed");
    let ran = room.breach(&["evidence", "verify"]);
    assert_eq!(ran.exit, Some(4), "{ran:?}");
    assert!(ran.out.contains("differs") && ran.out.contains("missing"), "{}", ran.out);
}

#[test]
fn streams_references_and_places() {
    let room = Room::new();
    room.open();
    assert_eq!(room.pipe(&["evidence", "add", "-"], b"streamed").exit, Some(0));
    assert!(kept(&room, &Digest::of(b"streamed").to_string()).is_file());
    std::fs::write(room.path("big"), b"lies here").expect("written");
    assert_eq!(room.breach(&["evidence", "add", "--in-place", "big"]).exit, Some(0));
    assert!(!kept(&room, &Digest::of(b"lies here").to_string()).exists());
    assert_eq!(room.breach(&["evidence", "verify"]).exit, Some(0));
    let reference = [
        "evidence",
        "add",
        "--ref",
        "aws:snap-0a1b",
        "--kind",
        "snapshot",
        "--account",
        "1234",
        "--region",
        "eu-west-1",
        "--digest",
        "sha256:00",
    ];
    assert_eq!(room.breach(&reference).exit, Some(0));
    let body = room.bodies("evidence").remove(2);
    assert_eq!(body["source"]["reference"]["region"], "eu-west-1");
    assert_eq!(room.breach(&["evidence", "add"]).exit, Some(2));
}

#[test]
fn what_is_no_plain_file_is_refused_at_once() {
    let room = Room::new();
    room.open();
    std::fs::create_dir(room.path("folder")).expect("a folder");
    let fifo = room.path("fifo");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().expect("mkfifo").success());
    for name in ["folder", "fifo", "nowhere", "/dev/zero"] {
        let ran = room.breach(&["evidence", "add", name]);
        assert_eq!(ran.exit, Some(1), "{name} {ran:?}");
    }
    let ran = room.breach(&["evidence", "add", "folder"]);
    assert!(ran.err.contains("tar cf - folder | breach evidence add -"), "{}", ran.err);
    assert!(room.bodies("evidence").is_empty());
}

#[test]
fn a_name_cannot_leave_the_folder_or_touch_the_screen() {
    let room = Room::new();
    room.open();
    let name = std::ffi::OsStr::from_bytes(b"../evil\n\x1b[2J\xff.log").to_owned();
    let dir = room.path("sub");
    std::fs::create_dir(&dir).expect("a folder");
    let path = room.path("evil\n\u{1b}[2J.log");
    std::fs::write(&path, b"x").expect("written");
    let mut command = room.command(&["evidence", "add"]);
    command.arg(&path);
    let ran = super::room::feed(command, b"");
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(!ran.err.contains('\u{1b}'), "{ran:?}");
    let mut command = room.command(&["evidence", "add"]);
    command.arg(dir.join(name));
    let ran = super::room::feed(command, b"");
    assert_eq!(ran.exit, Some(1));
    assert!(!ran.err.contains('\u{1b}'), "{ran:?}");
    let list = room.breach(&["evidence", "list"]);
    assert!(!list.out.contains('\u{1b}'), "{list:?}");
    room.verify();
}

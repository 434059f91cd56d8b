//! What other machines recorded of the same incident: joined from folders and packs, whole or not at
//! all, and as often as one likes.

use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::room::{Ran, Room};

fn text(path: &Path) -> &str {
    path.to_str().expect("text")
}

/// The folder of the only incident.
fn incident(room: &Room) -> PathBuf {
    let all = std::fs::read_dir(room.home().join("incidents")).expect("incidents");
    let mut all: Vec<PathBuf> = all.map(|entry| entry.expect("one").path()).collect();
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

fn join(room: &Room, from: &Path) -> Ran {
    room.breach(&["join", text(from), "--as", "Ada"])
}

fn note(room: &Room, words: &str) {
    let ran = room.breach(&["note", "--as", "Ada", words]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
}

/// A room and another machine's copy of its incident, each with a note of its own since.
fn two() -> (Room, Room) {
    let here = Room::new();
    here.open();
    let there = Room::new();
    assert_eq!(join(&there, &incident(&here)).exit, Some(0));
    note(&here, "said here");
    note(&there, "said there");
    (here, there)
}

fn shown(room: &Room) -> String {
    room.breach(&["log", "show", "--kind", "note"]).out
}

fn packed(room: &Room, name: &str, more: &[&str]) -> PathBuf {
    let file = room.path(name);
    let ran = room.breach(&[&["pack", "--out", text(&file)], more].concat());
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    file
}

#[test]
fn what_each_machine_wrote_is_on_both_and_a_second_join_brings_nothing() {
    let (here, there) = two();
    for (to, from) in [(&here, &there), (&there, &here)] {
        let ran = join(to, &incident(from));
        assert_eq!(ran.exit, Some(0), "{ran:?}");
        let notes = shown(to);
        assert!(notes.contains("said here") && notes.contains("said there"), "{notes}");
        assert_eq!(to.breach(&["log", "verify"]).exit, Some(0));
        let chains: Vec<Vec<u8>> =
            to.chains().iter().map(|chain| std::fs::read(chain).expect("read")).collect();
        let again = join(to, &incident(from));
        assert!(again.said().contains("Nothing new"), "{again:?}");
        let after: Vec<Vec<u8>> =
            to.chains().iter().map(|chain| std::fs::read(chain).expect("read")).collect();
        assert_eq!(chains, after, "a join that brings nothing writes nothing");
    }
}

#[test]
fn an_older_copy_grows_and_is_not_overwritten() {
    let (here, there) = two();
    join(&here, &incident(&there));
    note(&there, "said later");
    let ran = join(&here, &incident(&there));
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(ran.said().contains("more"), "{ran:?}");
    assert!(shown(&here).contains("said later"));
    assert_eq!(here.breach(&["log", "verify"]).exit, Some(0));
}

#[test]
fn a_pack_is_the_same_bytes_and_opens_in_an_empty_home() {
    let (here, _) = two();
    let evidence = here.path("access.log");
    std::fs::write(&evidence, "GET /checkout\n").expect("written");
    let kept = here.breach(&["evidence", "add", text(&evidence), "--as", "Ada"]);
    assert_eq!(kept.exit, Some(0), "{kept:?}");
    let (one, two) = (packed(&here, "one.tar.gz", &[]), packed(&here, "two.tar.gz", &[]));
    assert_eq!(std::fs::read(&one).expect("read"), std::fs::read(&two).expect("read"));
    let three = here.path("three.tar.gz");
    let told = here.breach(&["pack", "--out", text(&three)]).said();
    let digest = breach::digest::Digest::of(&std::fs::read(&three).expect("read"));
    assert!(told.contains(&format!("sha256 {digest}: ")), "{told}");
    let taken = here.breach(&["pack", "--out", text(&one)]);
    assert_eq!(taken.exit, Some(2), "{taken:?}");
    let new = Room::new();
    let ran = join(&new, &one);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(shown(&new).contains("said here"));
    let verified = new.breach(&["log", "verify", "--evidence"]);
    assert_eq!(verified.exit, Some(0), "{verified:?}");
    let left: Vec<_> = std::fs::read_dir(new.home()).expect("a home").collect();
    assert!(left.iter().all(|entry| {
        !entry.as_ref().expect("one").file_name().to_string_lossy().starts_with(".tmp")
    }));
}

#[test]
fn a_pack_without_what_is_privileged_still_verifies_as_a_chain() {
    let (here, _) = two();
    let ran = here.breach(&["note", "--as", "Ada", "--privileged", "counsel says wait"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let new = Room::new();
    join(&new, &packed(&here, "outside.tar.gz", &["--without", "privileged"]));
    new.verify();
    let notes = shown(&new);
    assert!(!notes.contains("counsel says wait") && notes.contains("not here"), "{notes}");
    let whole = Room::new();
    join(&whole, &packed(&here, "inside.tar.gz", &[]));
    assert!(shown(&whole).contains("counsel says wait"));
}

#[test]
fn what_was_altered_there_is_not_taken_here() {
    let (here, there) = two();
    let theirs = there
        .chains()
        .into_iter()
        .find(|chain| std::fs::read_to_string(chain).is_ok_and(|text| text.contains("said there")));
    let theirs = theirs.expect("their chain");
    let altered =
        std::fs::read_to_string(&theirs).expect("text").replace("\"host\":\"", "\"host\":\"x");
    std::fs::write(&theirs, altered).expect("written");
    let before = here.chains();
    let ran = join(&here, &incident(&there));
    assert_eq!(ran.exit, Some(4), "{ran:?}");
    assert!(ran.said().contains("nothing was taken"), "{ran:?}");
    assert_eq!(here.chains(), before);
}

/// Two machines wrote one file: a clone that no log can tell from its original.
#[test]
fn two_files_of_one_name_are_two_branches_and_both_are_read() {
    let here = Room::new();
    here.open();
    let clone = here.copied();
    // In the clone the witness says that it is the original.
    let mut chain = std::fs::read(&clone.chains()[0]).expect("a chain");
    let last = chain.split_inclusive(|byte| *byte == b'\n').next_back().expect("a line").to_vec();
    let line = String::from_utf8(last.clone()).expect("text");
    let mut entry: serde_json::Value = serde_json::from_str(&line).expect("an entry");
    let old = entry["seq"].as_u64().expect("a number");
    let id = entry["id"].as_str().expect("an id").to_owned();
    let next = line
        .replace(&format!("\"seq\":{old}"), &format!("\"seq\":{}", old + 1))
        .replace(&id, "01a2220a-0000-7000-8000-000000000001")
        .replace(
            entry["prev"].take().as_str().expect("a digest"),
            &breach::digest::Digest::of(&last).to_string(),
        );
    chain.extend_from_slice(next.as_bytes());
    std::fs::write(&clone.chains()[0], chain).expect("written");
    note(&here, "in the original");
    let ran = join(&here, &incident(&clone));
    assert_eq!(ran.exit, Some(4), "{ran:?}");
    assert!(ran.said().contains("~2"), "{ran:?}");
    assert!(shown(&here).contains("in the original"));
    for command in [&["status"][..], &["log", "verify"], &["report"]] {
        let ran = here.breach(command);
        assert_eq!(ran.exit, Some(4), "{command:?} {ran:?}");
        let said = format!("{} {}", ran.said(), ran.out);
        assert!(said.contains("another branch of the chain"), "{command:?} {said}");
    }
    // Whoever has nothing yet is told of it, too.
    let ran = join(&Room::new(), &incident(&here));
    assert_eq!(ran.exit, Some(4), "{ran:?}");
    assert!(ran.said().contains("another branch of the chain"), "{ran:?}");
    // It stays usable, and an entry that both branches have is there once.
    let ran = here.breach(&["note", "--as", "Ada", "it goes on"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let opened = here.breach(&["log", "show", "--kind", "opened"]).out;
    assert_eq!(opened.lines().count(), 1, "{opened}");
    let again = join(&here, &incident(&clone));
    assert!(again.said().contains("Nothing new"), "{again:?}");
}

/// An archive of one file with this name.
fn archive(room: &Room, name: &str, kind: tar::EntryType, bytes: &[u8]) -> PathBuf {
    let path = room.path("made.tar.gz");
    let file = std::fs::File::create(&path).expect("made");
    let mut tar = tar::Builder::new(GzEncoder::new(file, Compression::fast()));
    let mut header = tar::Header::new_old();
    // Past the checks of the library that would make it.
    header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
    header.set_entry_type(kind);
    header.set_size(bytes.len() as u64);
    header.set_mode(0o644);
    header.set_cksum();
    tar.append(&header, bytes).expect("added");
    tar.into_inner().expect("done").finish().expect("done").flush().expect("done");
    path
}

#[test]
fn an_archive_that_reaches_elsewhere_is_refused() {
    let file = tar::EntryType::Regular;
    let zeros = vec![0; 64 << 20];
    for (name, kind, bytes) in [
        ("../escaped", file, &b"x"[..]),
        ("/tmp/escaped", file, b"x"),
        ("2026-11-23-plain-birch/log/../../escaped", file, b"x"),
        ("2026-11-23-plain-birch/log/.41389ab9.jsonl", file, b"x"),
        ("2026-11-23-plain-birch/escaped", file, b"x"),
        ("2026-11-23-plain-birch/log/41389ab9.jsonl", tar::EntryType::Symlink, b""),
        ("2026-11-23-plain-birch/log/41389ab9.jsonl", tar::EntryType::Fifo, b""),
        ("2026-11-23-plain-birch/log/41389ab9.jsonl", file, &zeros),
        ("2026-11-23-plain-birch/log/41389ab9.jsonl", file, b"not a log\n"),
    ] {
        let room = Room::new();
        let ran = join(&room, &archive(&room, name, kind, bytes));
        assert!(matches!(ran.exit, Some(1 | 2 | 4)), "{name} {ran:?}");
        assert!(ran.said().contains("nothing was taken"), "{name} {ran:?}");
        assert!(!room.path("escaped").exists() && !room.home().join("escaped").exists(), "{name}");
        assert!(room.chains().is_empty(), "{name}");
    }
}

#[test]
fn a_pack_takes_nothing_through_a_link() {
    let room = Room::new();
    room.open();
    note(&room, "password=hunter22");
    std::fs::write(room.path("outside"), "not of the incident").expect("written");
    let texts = std::fs::read_dir(incident(&room).join("texts")).expect("texts");
    for kept in texts.map(|kept| kept.expect("one").path()) {
        std::fs::remove_file(&kept).expect("removed");
        std::os::unix::fs::symlink(room.path("outside"), kept).expect("linked");
    }
    let file = room.path("packed.tar.gz");
    let ran = room.breach(&["pack", "--out", text(&file)]);
    assert!(ran.exit == Some(0) && ran.said().contains("not in the pack"), "{ran:?}");
    let packed = std::fs::File::open(&file).expect("a pack");
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(packed));
    for entry in archive.entries().expect("entries") {
        let entry = entry.expect("an entry");
        let name = entry.path().expect("a name").into_owned();
        assert!(!name.iter().any(|part| part == "texts"), "{}", name.display());
    }
}

/// As `tar` makes it, whose long names come in records of their own.
#[test]
fn an_archive_that_tar_made_is_joined() {
    let (here, _) = two();
    let evidence = here.path("access.log");
    std::fs::write(&evidence, "GET /checkout\n").expect("written");
    assert_eq!(here.breach(&["evidence", "add", text(&evidence), "--as", "Ada"]).exit, Some(0));
    let folder = incident(&here);
    let file = here.path("by-hand.tar.gz");
    let made = std::process::Command::new("tar")
        .args(["--format=gnu", "-czf", text(&file), "-C", text(folder.parent().expect("above"))])
        .arg(folder.file_name().expect("a name"))
        .status();
    assert!(made.expect("tar").success());
    let new = Room::new();
    let ran = join(&new, &file);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let verified = new.breach(&["log", "verify", "--evidence"]);
    assert_eq!(verified.exit, Some(0), "{verified:?}");
}

/// The library would read such a name into memory, all of it.
#[test]
fn a_name_without_end_is_refused() {
    let room = Room::new();
    let name = vec![b'a'; 64 << 20];
    let made = archive(&room, "././@LongLink", tar::EntryType::GNULongName, &name);
    let ran = join(&room, &made);
    assert_eq!(ran.exit, Some(1), "{ran:?}");
    assert!(ran.said().contains("nothing was taken"), "{ran:?}");
}

#[test]
fn what_is_no_incident_is_named() {
    let room = Room::new();
    room.open();
    let nothing = room.path("nothing");
    for (from, exit) in
        [(nothing.clone(), 1), (room.dir.path().to_owned(), 2), (incident(&room), 2)]
    {
        let ran = join(&room, &from);
        assert_eq!(ran.exit, Some(exit), "{ran:?}");
        assert!(ran.said().contains("hint: nothing was taken"), "{ran:?}");
    }
}

#[test]
fn what_a_killed_join_left_is_cleared_away_and_what_another_one_holds_is_not() {
    let (here, there) = two();
    let left = here.home().join(".tmpleft");
    let held = here.home().join(".tmpheld");
    for dir in [&left, &held] {
        std::fs::create_dir_all(dir.join("log")).expect("created");
    }
    let file = std::fs::File::open(&held).expect("a folder");
    file.try_lock().expect("locked");
    let ran = join(&here, &packed(&there, "there.tar.gz", &[]));
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(!left.exists() && held.exists());
}

#[test]
fn joining_again_reads_heads_and_not_chains() {
    let (here, there) = two();
    let folder = incident(&there);
    assert_eq!(join(&here, &folder).exit, Some(0));
    let mut chains = there.chains();
    // Had it been read, it would be refused.
    let chain = chains.pop().expect("a chain");
    let text = std::fs::read_to_string(&chain).expect("a chain");
    let first = text.find("genesis").expect("a first line");
    let mut altered = text.into_bytes();
    altered[first] = b'G';
    std::fs::write(&chain, &altered).expect("written");
    let ran = join(&here, &folder);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(ran.said().contains("Nothing new"), "{ran:?}");
    // With one line more it is.
    altered.extend(b"{}\n");
    std::fs::write(&chain, &altered).expect("written");
    assert_eq!(join(&here, &folder).exit, Some(4));
}

#[test]
fn what_others_destroyed_on_purpose_and_is_still_here_is_told() {
    let here = Room::new();
    here.open();
    let ran = here.breach(&["note", "--as", "Ada", "--apart", "a name that must go"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let there = Room::new();
    join(&there, &incident(&here));
    let entry = here.entries().into_iter().find(|entry| entry["kind"] == "note").expect("a note");
    let chain = here.chains()[0].file_stem().expect("a name").to_string_lossy().into_owned();
    let entry = format!("{chain}/{}", entry["seq"]);
    let forgot = there.pipe(&["forget", &entry, "--reason", "Art. 17", "--as", "Bo"], b"yes\n");
    assert_eq!(forgot.exit, Some(0), "{forgot:?}");
    let ran = join(&here, &incident(&there));
    assert!(ran.said().contains("still here") && ran.said().contains(&entry), "{ran:?}");
    assert!(shown(&here).contains("a name that must go") || shown(&here).contains("forgotten"));
    // What is destroyed here does not come back from anywhere.
    let forgot = here.pipe(&["forget", &entry, "--reason", "Art. 17", "--as", "Ada"], b"yes\n");
    assert_eq!(forgot.exit, Some(0), "{forgot:?}");
    let third = Room::new();
    assert_eq!(join(&third, &incident(&here)).exit, Some(0));
    assert!(!shown(&third).contains("a name that must go"));
}

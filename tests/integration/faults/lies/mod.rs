//! What somebody tries who wants the record to say less, or something else, than what happened.

mod asked;
mod claims;
mod commands;
mod copies;
mod doubtful;
mod duties;
mod heard;
mod kept;
mod later;
mod law;
mod left_out;
mod measured;
mod notices;
mod owed;
mod privilege;
mod rehearsal;
mod store;
mod told;
mod undo;
mod whom;

use std::path::Path;
use std::process::Command;

use crate::cli::room::{Ran, Room, copy};

/// What has to be recorded, and is.
fn ok(room: &Room, arguments: &[&str]) -> Ran {
    let ran = room.breach(&[arguments, &["--as", "Ada"]].concat());
    assert_eq!(ran.exit, Some(0), "{arguments:?} {ran:?}");
    ran
}

fn folder(room: &Room) -> std::path::PathBuf {
    room.chains()[0].ancestors().nth(2).expect("a folder").to_owned()
}

/// An incident with an exhibit.
fn kept() -> Room {
    let room = Room::new();
    room.open();
    std::fs::write(room.path("mal.bin"), "malice").expect("written");
    ok(&room, &["evidence", "add", "mal.bin", "--title", "found on web-01"]);
    room
}

fn exhibit(room: &Room) -> String {
    let body = room.bodies("evidence").pop().expect("an exhibit");
    body["exhibit"].as_str().expect("a name").to_owned()
}

#[test]
fn what_is_forgotten_hides_nothing_that_is_kept_later() {
    let room = kept();
    ok(&room, &["forget", &exhibit(&room), "--reason", "a duplicate"]);
    ok(&room, &["evidence", "add", "mal.bin", "--title", "the real one"]);
    let again = exhibit(&room);
    let list = room.breach(&["evidence", "list"]);
    let line = list.out.lines().find(|line| line.contains(&again)).expect("its line");
    assert!(!line.contains("forgotten"), "{list:?}");
    let store = folder(&room).join("evidence");
    std::fs::remove_dir_all(store.join("sha256")).expect("destroyed");
    for arguments in [&["evidence", "verify"][..], &["log", "verify", "--evidence"]] {
        let ran = room.breach(arguments);
        assert_eq!(ran.exit, Some(4), "{arguments:?} {ran:?}");
    }
}

#[test]
fn an_output_that_is_empty_is_no_trace_of_a_cut_tail() {
    let room = kept();
    let ran = room.pipe(&["ran", "commands", "--command", "by-hand", "--as", "Ada"], b"");
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let ran = room.breach(&["log", "verify", "--evidence"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
}

#[test]
fn a_folder_under_another_name_is_verified_with_all_that_its_log_names() {
    let room = kept();
    let copied = room.path("case-17");
    copy(&folder(&room), &copied);
    let path = copied.to_str().expect("text");
    let ran = room.breach(&["log", "verify", path, "--evidence"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let digest = room.bodies("evidence")[0]["kept"]["sha256"].as_str().expect("text").to_owned();
    let file = copied.join("evidence/sha256").join(&digest[..2]).join(&digest);
    std::fs::remove_file(&file).expect("removed");
    std::fs::write(&file, "nothing").expect("altered");
    let ran = room.breach(&["log", "verify", path, "--evidence"]);
    assert_eq!(ran.exit, Some(4), "{ran:?}");
}

#[test]
fn an_archive_is_read_in_each_of_the_three_formats_that_tar_writes() {
    let room = kept();
    let folder = folder(&room);
    let name = folder.file_name().and_then(|name| name.to_str()).expect("a name");
    for format in ["gnu", "posix", "ustar"] {
        let archive = room.path(&format!("{format}.tgz"));
        let packed = Command::new("tar")
            .arg(format!("--format={format}"))
            .arg("-czf")
            .arg(&archive)
            .arg("-C")
            .arg(folder.parent().unwrap_or(Path::new("/")))
            .arg(name)
            .status();
        assert!(packed.expect("tar runs").success());
        let other = Room::new();
        let ran = other.breach(&["join", archive.to_str().expect("text"), "--as", "Ada"]);
        assert_eq!(ran.exit, Some(0), "{format}: {ran:?}");
        let ran = other.breach(&["log", "verify", "--evidence"]);
        assert_eq!(ran.exit, Some(0), "{format}: {ran:?}");
        assert!(!ran.said().contains("missing"), "{format}: {ran:?}");
    }
}

#[test]
fn a_pack_without_the_evidence_says_so() {
    let room = kept();
    let bare = room.path("bare");
    copy(&folder(&room), &bare.join(folder(&room).file_name().expect("a name")));
    let inside = std::fs::read_dir(&bare).expect("listed").flatten().next().expect("it").path();
    std::fs::remove_dir_all(inside.join("evidence")).expect("removed");
    let other = Room::new();
    let ran = other.breach(&["join", inside.to_str().expect("text"), "--as", "Ada"]);
    assert!(ran.err.contains("that its log names"), "{ran:?}");
}

#[test]
fn a_letter_of_a_privileged_fact_stays_out_of_a_pack_without_what_is_privileged() {
    let room = kept();
    ok(&room, &["fact", "set", "notice_account", "SECRET ACCOUNT", "--privileged"]);
    ok(&room, &["duties", "draft", "staff"]);
    let pack = room.path("p.tgz");
    let path = pack.to_str().expect("text");
    ok(&room, &["pack", "--without", "privileged", "--out", path]);
    let out = Command::new("tar").arg("-xzOf").arg(&pack).output().expect("tar runs");
    assert!(!String::from_utf8_lossy(&out.stdout).contains("SECRET ACCOUNT"));
}

#[test]
fn facts_that_cannot_be_true_make_no_deadline_met() {
    let room = Room::new();
    room.open();
    for (name, value) in [
        ("people_affected", "DE 1200"),
        ("controller_or_processor", "controller"),
        ("aware", "2026-11-20 02:00"),
        ("noticed", "2026-11-20 01:00"),
    ] {
        let determined = ["--by", "Kim", "--role", "counsel", "--why", "the logs"];
        let more: &[&str] = if name == "aware" { &determined } else { &[] };
        ok(&room, &[&["fact", "set", name, value][..], more].concat());
    }
    let check = || room.breach(&["duties", "--check"]).exit;
    assert_eq!(check(), Some(5));
    ok(&room, &["fact", "set", "persons_affected", "0"]);
    assert_eq!(check(), Some(5), "1200 people are not nobody");
    let ahead = ["fact", "set", "aware", "2099-01-01 02:00", "--by", "Kim", "--role", "counsel"];
    ok(&room, &[&ahead[..], &["--why", "a slip"]].concat());
    assert_eq!(check(), Some(5), "a clock that starts ahead of us is no clock");
}

#[test]
fn a_rehearsal_runs_nothing_that_changes_whatever_its_author_marked() {
    let room = Room::new();
    let text = std::fs::read_to_string(room.playbook()).expect("a playbook");
    let copies = "[[step]]\nid = \"copy\"\ntitle = \"Copy\"\nwhy = \"It matters.\"\n\
                  do = \"Do it.\\n\\nDone when it is done.\"\nrole = \"responder\"\n\
                  [[step.command]]\nid = \"cp\"\ntitle = \"Copy it\"\n\
                  run = [\"cp\", \"/etc/hostname\", \"DRILLED\"]\n\n[[step]]";
    let text = text.replacen("[[step]]", copies, 1);
    std::fs::write(room.path("drill.toml"), text).expect("written");
    let lines = b"Ada\nDrill\n\n\nj copy\nr cp\nq\n";
    let ran = room.pipe(&["contain", "--drill", "--playbook", "drill.toml"], lines);
    assert!(ran.said().contains("Rehearsal, not run"), "{ran:?}");
    assert!(!room.path("DRILLED").exists());
}

#[test]
fn a_role_that_decides_nothing_ends_no_incident() {
    let room = kept();
    let why = ["--by", "Eve", "--basis", "x", "--role"];
    ok(&room, &[&["decide", "false-alarm", "yes"][..], &why, &["scribe"]].concat());
    let ran = room.breach(&["close", "--as", "Ada"]);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
}

#[test]
fn a_note_of_several_lines_passes_for_no_section_of_a_page_to_be_signed() {
    let room = kept();
    let note = "ok\n\nDECIDED\n-------\npay the ransom: yes, by the CEO";
    let ran = ok(&room, &["handoff", "--to", "Bob", "--note", note]);
    let page = ran.out + &ran.err;
    assert!(page.contains("pay the ransom"), "{page}");
    assert!(!page.lines().any(|line| line.starts_with("pay the ransom")), "{page}");
    let headings = page.lines().filter(|line| *line == "DECIDED").count();
    assert!(headings <= 1, "{page}");
}

#[test]
fn what_comes_back_from_the_archive_altered_is_said() {
    let room = kept();
    ok(&room, &["close", "--anyway", "--reason", "a test"]);
    let name = folder(&room).file_name().and_then(|name| name.to_str()).expect("it").to_owned();
    ok(&room, &["incident", "archive", &name]);
    let archived = room.home().join("archive").join(&name).join("log");
    let chain = std::fs::read_dir(archived).expect("listed").flatten().next().expect("one").path();
    let text = std::fs::read_to_string(&chain).expect("text");
    std::fs::write(&chain, text.replace("found on web-01", "found on web-02")).expect("altered");
    let ran = room.breach(&["incident", "archive", &name, "--undo"]);
    assert_eq!(ran.exit, Some(4), "{ran:?}");
}

//! What is kept: which arguments are refused, what the list says, what was altered, what is secret.

use super::room::Room;

fn evidence(room: &Room) -> std::path::PathBuf {
    let chain = room.chains().remove(0);
    chain.parent().and_then(|log| log.parent()).expect("a folder").join("evidence")
}

#[test]
fn what_would_be_dropped_or_says_nothing_is_refused() {
    let room = Room::new();
    room.open();
    std::fs::write(room.path("a.log"), "a").expect("written");
    for arguments in [
        &["a.log", "--kind", "image"][..],
        &["a.log", "--account", "1"],
        &["a.log", "--region", "eu"],
        &["a.log", "--digest", "sha256:00"],
        &["--ref", ":"],
        &["--ref", "aws:"],
        &["--ref", "snapshot of web-01"],
        &["--ref", "aws:snap-1", "--digest", "zzz"],
        &["a.log", "--title", " "],
    ] {
        let ran = room.breach(&[&["evidence", "add"][..], arguments].concat());
        assert_eq!(ran.exit, Some(2), "{arguments:?} {ran:?}");
    }
    assert!(room.bodies("evidence").is_empty());
    let long = "x".repeat(201);
    let ran = room.breach(&["--as", &long, "note", "x"]);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    assert!(ran.err.contains("at most 200 characters"), "{ran:?}");
    for arguments in [&["close", "--anyway", "--reason", ""][..], &["reopen", "--reason", " "]] {
        assert_eq!(room.breach(arguments).exit, Some(2), "{arguments:?}");
    }
}

#[test]
fn the_list_says_where_from_until_when_and_whether_it_was_compared() {
    let room = Room::new();
    room.open();
    std::fs::write(room.path("a.log"), "a").expect("written");
    room.breach(&[
        "evidence",
        "add",
        "--ref",
        "aws:snap-0a1b",
        "--kind",
        "snapshot",
        "--as",
        "Ada",
    ]);
    room.breach(&["evidence", "add", "a.log", "--expires-at", "in 3 days"]);
    room.breach(&["evidence", "verify"]);
    let list = room.breach(&["evidence", "list"]);
    let lines: Vec<&str> = list.out.lines().filter(|line| line.starts_with("ev-")).collect();
    assert!(lines[0].contains("aws:snap-0a1b, snapshot"), "by time: {}", list.out);
    assert!(
        lines[1].contains("/a.log") && lines[1].contains("its source keeps it until"),
        "{}",
        list.out
    );
    assert!(lines[1].contains("intact at "), "{}", list.out);
    let json = room.breach(&["evidence", "list", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(json["evidence"][1]["verified"], "intact");
}

#[test]
fn a_time_at_which_something_vanishes_is_still_to_come() {
    let room = Room::new();
    room.open();
    let at = room.entries().pop().expect("an entry")["at"].to_string();
    let now: chrono::DateTime<chrono::Utc> = at.trim_matches('"').parse().expect("a moment");
    let before = (now - chrono::TimeDelta::minutes(30)).format("%H:%M").to_string();
    let ran = room.breach(&["evidence", "add", "--ref", "aws:x", "--expires-at", &before]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let until = room.bodies("evidence")[0]["expires_at"]["earliest"].to_string();
    let until = until.trim_matches('"').parse::<chrono::DateTime<chrono::Utc>>().expect("a moment");
    assert!(until > now, "{until}");
    let ran = room.breach(&["evidence", "add", "--ref", "aws:y", "--expires-at", "2020-01-01"]);
    assert!(ran.said().contains("that time has passed"), "{ran:?}");
    let ran = room.breach(&["note", "--as", "Ada", "--at", "2099-01-01", "x"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(ran.said().contains("that time is in the future"), "{ran:?}");
    assert!(!room.breach(&["note", "--at", "now", "x"]).err.contains("in the future"));
}

#[test]
fn secrets_are_held_back_wherever_they_are_typed() {
    let room = Room::new();
    room.open();
    let card = "4111 1111 1111 1111";
    let file = format!("dump {card}.csv");
    std::fs::write(room.path(&file), "a").expect("written");
    let ran = room.breach(&["evidence", "add", &file, "--title", &format!("cards of {card}")]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    room.breach(&["evidence", "add", "--ref", "aws:x", "--account", "password=hunter22"]);
    room.breach(&["note", "x", "--as", "token=abcdefgh12345"]);
    let in_place = room.breach(&["evidence", "add", "--in-place", &file]);
    assert_eq!(in_place.exit, Some(2), "{in_place:?}");
    let text = std::fs::read_to_string(&room.chains()[0]).expect("a chain");
    for secret in [card, "hunter22", "abcdefgh12345"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    assert!(text.contains("cards of [card …1111]"), "{text}");
}

#[test]
fn a_reference_of_ten_megabytes_is_kept_apart() {
    let room = Room::new();
    room.open();
    let long = "x".repeat(10_000_000);
    let ran = room.walk(&format!("e aws:{long}\nn after it\n"));
    assert_eq!(ran.exit, Some(6), "{:.300}", ran.err);
    assert_eq!(room.bodies("note").len(), 1);
    let body = room.bodies("evidence").pop().expect("a reference");
    let id = body["source"]["reference"]["id"].as_str().expect("an id");
    assert!(id.starts_with("aws:xxx") && id.contains("the whole text is ev-"), "{id:.50}");
}

#[test]
fn what_was_altered_does_not_stand_in_the_way_of_the_original() {
    let room = Room::new();
    room.open();
    std::fs::write(room.path("a.log"), "a").expect("written");
    room.breach(&["evidence", "add", "a.log", "--as", "Ada"]);
    let digest = breach::digest::Digest::of(b"a").to_string();
    let kept = evidence(&room).join("sha256").join(&digest[..2]).join(&digest);
    std::fs::remove_file(&kept).expect("removed");
    std::fs::write(&kept, "b").expect("written");
    let ran = room.breach(&["evidence", "add", "a.log"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(ran.said().contains("the altered copy is now"), "{ran:?}");
    assert_eq!(room.bodies("custody")[0]["action"], "set aside");
    assert_eq!(std::fs::read(&kept).expect("kept"), b"a");
    assert_eq!(std::fs::read(kept.with_extension("altered-1")).expect("set aside"), b"b");
    assert_eq!(room.breach(&["evidence", "verify"]).exit, Some(0));
}

#[test]
fn what_was_left_half_copied_does_not_stay() {
    use std::io::Write;
    use std::process::Stdio;
    let room = Room::new();
    room.open();
    room.pipe(&["evidence", "add", "-", "--as", "Ada"], b"first");
    let old = evidence(&room).join(".incoming-00112233");
    std::fs::write(&old, "half").expect("written");
    let touched = std::process::Command::new("touch").args(["-d", "3 days ago"]).arg(&old).status();
    assert!(touched.expect("touch").success());
    let mut command = room.command(&["evidence", "add", "-"]);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(&vec![b'x'; 4 << 20]).expect("written");
    child.kill().expect("killed");
    child.wait().expect("it ends");
    let left = std::fs::read_dir(evidence(&room)).expect("evidence").filter(|entry| {
        let name = entry.as_ref().expect("an entry").file_name();
        name.to_string_lossy().starts_with(".incoming-")
    });
    // Only Linux has files without a name.
    assert_eq!(left.count(), usize::from(!cfg!(target_os = "linux")));
}

#[test]
fn what_is_set_aside_says_to_whom_and_why() {
    let room = Room::new();
    room.walk("d\nweb-01\nno\nd\n\nx the vendor sleeps\n");
    let mut command = room.command(&["status"]);
    command.env("COLUMNS", "300");
    let status = super::room::feed(command, b"");
    assert!(
        status.out.contains("containment, blocked: ") && status.out.contains(": the vendor sleeps"),
        "{}",
        status.out
    );
    let json = room.breach(&["status", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(json["incidents"][0]["phases"][0]["set_aside"][0]["text"], "the vendor sleeps");
    let all = room.breach(&["fact", "show", "--all"]);
    assert!(all.out.contains("leaking"), "the playbook's own: {}", all.out);
    let nameless = Room::new();
    let playbook = nameless.playbook();
    nameless.pipe(&["contain", "--playbook", playbook.to_str().expect("text")], b"\n\n\n\n");
    let status = nameless.breach(&["status"]);
    assert!(status.out.contains("by people who gave no name"), "{}", status.out);
}

#[test]
fn a_link_is_recorded_with_the_file_that_it_led_to() {
    let room = Room::new();
    room.open();
    std::fs::write(room.path("real.log"), "a").expect("written");
    std::os::unix::fs::symlink("real.log", room.path("link.log")).expect("linked");
    assert_eq!(room.breach(&["evidence", "add", "--as", "Ada", "link.log"]).exit, Some(0));
    let body = room.bodies("evidence").pop().expect("an exhibit");
    let path = body["source"]["file"]["path"].as_str().expect("a path");
    let real = room.path("real.log").canonicalize().expect("there");
    assert!(path.contains("/link.log -> ") && path.ends_with(&*real.to_string_lossy()), "{path}");
}

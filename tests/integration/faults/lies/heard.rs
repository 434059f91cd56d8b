//! Input that would be lost, hidden or mistaken for something else.

use std::io::Write;
use std::process::{Command, Stdio};

use super::ok;
use crate::cli::room::{Ran, Room, flowed};

fn opened() -> Room {
    let room = Room::new();
    room.open();
    room
}

#[test]
fn a_row_of_a_note_that_was_taken_back_says_so_in_every_export() {
    let room = opened();
    ok(&room, &["note", "the key was not stolen"]);
    ok(&room, &["undo"]);
    for format in ["csv", "timesketch-csv", "timesketch-jsonl"] {
        let ran = room.breach(&["export", format]);
        let line = ran.out.lines().find(|line| line.contains("the key was not stolen"));
        let line = line.unwrap_or_else(|| panic!("{format}: {ran:?}"));
        assert!(line.contains("taken back since"), "{format}: {line}");
    }
}

fn import(room: &Room, chat: &str) -> Ran {
    std::fs::write(room.path("chat.txt"), chat).expect("written");
    let chat = ["import", "notes", "chat.txt", "--dates", "day-first", "--as", "Ada"];
    room.breach(&chat)
}

#[test]
fn a_broken_message_is_no_part_of_the_one_before() {
    for (first, broken) in [
        ("[23/11/2026, 02:40:12] Ada: ok", "[23/11/2026, 25:61:00] Eve: pay them"),
        ("[23/11/2026, 02:40:12] Ada: ok", "[23/11/2O26, 02:41:00] Eve: pay them"),
        ("[23/11/2026, 02:40:12] Ada: ok", "[23/11/2026, 02:41:00 Eve: pay them"),
        ("23/11/2026, 02:40 - Ada: ok", "23/11/2026, 25:61 - Eve: pay them"),
        ("23/11/2026, 02:40 - Ada: ok", "99/99/2026, 02:41 - Eve: pay them"),
        ("2026-11-23 02:40 ok", "2026-13-45 02:41 pay them"),
        ("2026-11-23 02:40 ok", "25:61 pay them"),
        ("2026-11-23 02:40 ok", "23/11/2026, 02:41 - Eve: pay them"),
    ] {
        let room = opened();
        let ran = import(&room, &format!("{first}\n{broken}\n"));
        assert_eq!(ran.exit, Some(2), "{broken}: {ran:?}");
        assert!(ran.said().contains("line 2: "), "{broken}: {ran:?}");
        assert!(room.bodies("note").is_empty(), "{broken}");
    }
}

#[test]
fn what_goes_on_in_the_next_line_still_does() {
    for chat in [
        "[23/11/2026, 02:40:12] Ada: they saw\n2026-11-23 02:39 GET /login\n[1] a list\n10.0.0.1 - - x",
        "23/11/2026, 02:40 - Ada: two:\n1/2 done\n- and 02:39 - more\n3.11.2 is the version",
        "2026-11-23 02:40 first\n10.0.0.1 is theirs\n3.11.2 is the version\n1/2 are done\nand more",
    ] {
        let room = opened();
        let ran = import(&room, chat);
        assert_eq!(ran.exit, Some(0), "{chat}: {ran:?}");
        let notes = room.bodies("note");
        let text = notes[0]["text"].as_str().expect("a text");
        assert_eq!(
            (notes.len(), text.lines().count()),
            (1, chat.lines().count()),
            "{chat}: {text}"
        );
    }
}

#[test]
fn what_a_baseline_hides_is_counted() {
    let room = Room::new();
    let text = std::fs::read_to_string(room.playbook()).expect("a playbook");
    std::fs::write(room.path("bad.toml"), format!("{text}\nmystery = 1\n")).expect("written");
    let check = |more: &[&str]| {
        room.breach(
            &[&["playbook", "check", "bad.toml", "--baseline", "known.json"][..], more].concat(),
        )
    };
    assert_eq!(check(&["--write-baseline"]).exit, Some(0));
    let ran = check(&[]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(ran.said().contains("left out (already in the baseline)"), "{ran:?}");
    assert!(!ran.said().contains(": nothing found"), "{ran:?}");
    for (format, says) in [("markdown", "in the baseline"), ("json", "\"in_baseline\": ")] {
        let ran = check(&["--format", format]);
        assert!(ran.out.contains(says), "{ran:?}");
        assert!(!ran.out.contains("\"in_baseline\": 0"), "{ran:?}");
    }
}

#[test]
fn a_page_is_written_through_no_link() {
    let room = Room::new();
    let dir = room.path("man");
    std::fs::create_dir(&dir).expect("made");
    std::os::unix::fs::symlink(room.path("elsewhere"), dir.join("breach-note.1")).expect("a link");
    let ran = room.breach(&["generate", "man", dir.to_str().expect("text")]);
    assert_ne!(ran.exit, Some(0), "{ran:?}");
    assert!(ran.said().contains("breach-note.1"), "{ran:?}");
    assert!(!room.path("elsewhere").exists());
    std::fs::remove_file(dir.join("breach-note.1")).expect("removed");
    assert_eq!(room.breach(&["generate", "man", dir.to_str().expect("text")]).exit, Some(0));
    assert!(dir.join("breach-note.1").is_file());
}

/// Runs the language server on these bytes, in limited memory.
fn served(room: &Room, bytes: &[u8], repeated: usize) -> Ran {
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -v 4000000; exec \"$0\" playbook lsp", crate::cli::room::BREACH]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.current_dir(room.dir.path()).spawn().expect("started");
    let mut stdin = child.stdin.take().expect("piped");
    for _ in 0..repeated {
        if stdin.write_all(bytes).is_err() {
            break;
        }
    }
    drop(stdin);
    let ended = child.wait_with_output().expect("it ends");
    Ran {
        exit: ended.status.code(),
        out: String::from_utf8_lossy(&ended.stdout).into_owned(),
        err: String::from_utf8_lossy(&ended.stderr).into_owned(),
    }
}

#[test]
fn an_editor_that_announces_too_much_is_told_so() {
    let room = Room::new();
    for (bytes, repeated) in [
        (&b"Content-Length: 99999999999\r\n\r\n{"[..], 1),
        (b"Content-Length: 99999999999999999999999999\r\n\r\n{", 1),
        (b"X-Header: x\r\n", 1_000_000),
        (b"xxxxxxxxxxxxxxxx", 1_000_000),
    ] {
        let ran = served(&room, bytes, repeated);
        assert_eq!(ran.exit, Some(2), "{:?}: {ran:?}", String::from_utf8_lossy(bytes));
        assert!(ran.said().contains("protocol"), "{ran:?}");
    }
}

#[test]
fn what_is_piped_beside_a_text_is_said_not_to_be_recorded() {
    let room = opened();
    let says = "only the text on the command line is recorded";
    let typed = || room.command(&["note", "typed", "--as", "Ada"]);
    let said = |mut command: Command| {
        let ran = command.output().expect("it ends");
        assert_eq!(ran.status.code(), Some(0), "{ran:?}");
        flowed(&String::from_utf8_lossy(&ran.stderr))
    };
    let (reader, mut writer) = std::io::pipe().expect("a pipe");
    writer.write_all(b"piped\n").expect("written");
    std::fs::write(room.path("file"), "piped\n").expect("written");
    let file = std::fs::File::open(room.path("file")).expect("opened");
    for stdin in [Stdio::from(reader), Stdio::from(file)] {
        let mut command = typed();
        command.stdin(stdin);
        assert!(said(command).contains(says));
    }
    // Without input, or with a pipe that stays open, there is no warning and no waiting.
    let (empty, held) = std::io::pipe().expect("a pipe");
    let null = std::fs::File::open("/dev/null").expect("opened");
    for stdin in [Stdio::from(empty), Stdio::from(null), Stdio::null()] {
        let mut command = typed();
        command.stdin(stdin);
        assert!(!said(command).contains(says));
    }
    drop(held);
    assert_eq!(room.bodies("note").len(), 5);
}

#[test]
fn what_a_walk_refuses_of_a_pipe_is_shown_again() {
    let room = Room::new();
    room.open();
    for (lines, lost) in [
        ("d\nweb-01\nn came from 10.9.8.7\nyes\nq\n", "n came from 10.9.8.7"),
        ("j commands\nd @03:99 shut by Kim\nq\n", "d @03:99 shut by Kim"),
        ("j commands\nr nosuch of Kim\n", "r nosuch of Kim"),
    ] {
        let ran = room.walk(lines);
        let (_, shown) = ran.err.split_once("NOT RECORDED:\n").expect("what is not recorded");
        assert!(shown.contains(lost), "{lines:?} {shown}");
        assert!(!shown.contains("web-01"), "{lines:?} {shown}");
    }
    let ran = room.walk("j commands\nd as it should be\nq\n");
    assert!(!ran.err.contains("NOT RECORDED"), "{ran:?}");
}

#[test]
fn an_own_playbook_with_a_mistake_is_not_left_out_in_silence() {
    let room = opened();
    let own = room.home().join("playbooks");
    std::fs::create_dir_all(&own).expect("a folder");
    let text = std::fs::read_to_string(room.playbook()).expect("a playbook");
    std::fs::write(own.join("mine.toml"), text.replace("[[step]]", "[[step]")).expect("written");
    for arguments in [
        &["playbook", "list"][..],
        &["playbook", "show", "ransomware"],
        &["plan"],
        &["contain", "--dry-run", "--playbook", "ransomware"],
    ] {
        let ran = room.breach(arguments);
        assert!(
            ran.said().contains("mine.toml` has mistakes and is not used"),
            "{arguments:?} {}",
            ran.err
        );
    }
}

#[test]
fn a_walk_that_asks_nothing_does_not_swallow_what_it_was_told() {
    let room = opened();
    ok(&room, &["fact", "set", "boxes", "none"]);
    ok(&room, &["fact", "set", "leaking", "no"]);
    let next = ok(&room, &["next", "--format", "json"]).out;
    let next: serde_json::Value = serde_json::from_str(&next).expect("JSON");
    for task in next["tasks"].as_array().expect("tasks") {
        ok(&room, &["step", task["step"].as_str().expect("a step"), "not-applicable", "none"]);
    }
    let ran = room.walk("n it came from 10.9.8.7\n");
    let is_kept = room.breach(&["log", "show"]).out.contains("10.9.8.7");
    assert!(is_kept || ran.err.contains("NOT RECORDED:\nn it came from 10.9.8.7"), "{ran:?}");
}

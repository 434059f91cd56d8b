//! Many processes at once, and processes that die.

use std::process::Stdio;
use std::time::Duration;

use crate::cli::room::{Room, flowed, until};

#[test]
fn thirty_two_notes_at_once_are_all_there() {
    let room = Room::new();
    room.open();
    let children: Vec<_> = (0..32)
        .map(|number| {
            let text = format!("note-{number:02}");
            let mut command = room.command(&["note", "--as", "Ada", &text]);
            let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
            child.spawn().expect("it starts")
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let mut texts: Vec<String> = room
        .bodies("note")
        .iter()
        .map(|note| note["text"].as_str().expect("text").to_owned())
        .collect();
    texts.sort();
    let expected: Vec<String> = (0..32).map(|number| format!("note-{number:02}")).collect();
    assert_eq!(texts, expected);
    room.verify();
}

#[test]
fn a_walk_notices_what_others_did() {
    use std::io::Write;
    let room = Room::new();
    room.open();
    let mut command = room.command(&["contain", "--as", "Ada"]);
    let mut walk = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let sessions = || room.entries().iter().filter(|entry| entry["kind"] == "session").count();
    until("the walk has begun", || sessions() == 2);
    room.breach(&["fact", "set", "leaking", "yes", "--as", "Bo"]);
    room.breach(&["note", "--as", "Bo", "I saw it too"]);
    let mut stdin = walk.stdin.take().expect("a pipe");
    stdin.write_all(b"n hello\n").expect("written");
    drop(stdin);
    let output = walk.wait_with_output().expect("it ends");
    let text = flowed(&String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("Meanwhile, Bo at") && text.contains("Leaking: yes"), "{text}");
    assert!(text.contains("note: I saw it too"), "{text}");
    room.verify();
}

#[test]
fn whoever_is_killed_takes_no_acknowledged_note_along() {
    let room = Room::new();
    room.open();
    let mut acknowledged = Vec::new();
    for round in 0_u64..40 {
        let text = format!("round-{round:02}");
        let mut command = room.command(&["note", "--as", "Ada", &text]);
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        std::thread::sleep(Duration::from_millis(round * 7 % 30));
        let _ = child.kill();
        let output = child.wait_with_output().expect("it ends");
        if String::from_utf8_lossy(&output.stderr).contains("Recorded at") {
            acknowledged.push(text);
        }
    }
    assert_eq!(room.breach(&["note", "the last"]).exit, Some(0));
    let notes = room.bodies("note");
    for text in acknowledged {
        assert!(notes.iter().any(|note| note["text"] == text.as_str()), "{text} is lost");
    }
    room.verify();
}

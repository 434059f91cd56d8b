//! What was begun and cut off: openings, walks and rehearsals that somebody left.

use super::room::{Room, until};

#[test]
fn an_opening_that_was_cut_off_is_completed() {
    let room = Room::new();
    let playbook = room.playbook();
    let arguments = ["contain", "--as", "Ada", "--playbook", playbook.to_str().expect("text")];
    room.pipe(&arguments, b"Strange script\n");
    assert!(room.bodies("fact").is_empty(), "it was cut off before the first fact");
    let again = room.pipe(&arguments, b"2026-11-23 02:10\n1\nd seen\n");
    assert!(again.err.contains("legal moment") || again.out.contains("legal moment"), "{again:?}");
    let facts = room.bodies("fact");
    assert_eq!(facts[0]["name"], "first_signal");
    assert_eq!(facts[1]["name"], "incident_kind");
    assert_eq!(room.bodies("opened").len(), 1);
    assert_eq!(room.bodies("note")[0]["text"], "about to be called done: seen");
    room.verify();
}

#[test]
fn half_a_folder_is_no_incident() {
    let room = Room::new();
    room.open();
    let all = room.home().join("incidents");
    std::fs::create_dir(all.join("2026-11-23-half")).expect("made");
    std::fs::create_dir(all.join(".2026-11-23-made.1")).expect("made");
    let status = room.breach(&["status"]);
    assert_eq!(status.exit, Some(0), "{status:?}");
    assert_eq!(room.breach(&["note", "still one incident"]).exit, Some(0));
}

#[test]
fn an_incident_that_was_closed_elsewhere_ends_the_walk() {
    let room = Room::new();
    room.open();
    let playbook = room.playbook();
    let mut walk = room.command(&["contain", "--as", "Ada", "--playbook"]);
    let shown = room.path("shown");
    let mut walk = walk
        .arg(playbook)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .stderr(std::fs::File::create(&shown).expect("a file"))
        .spawn()
        .expect("it starts");
    let mut typed = walk.stdin.take().expect("a pipe");
    let mut type_in = |line: &str| {
        use std::io::Write;
        typed.write_all(line.as_bytes()).expect("typed");
        typed.flush().expect("typed");
    };
    let asks = || std::fs::read_to_string(&shown).expect("read").matches("Name the boxes").count();
    until("the step is asked", || asks() == 1);
    let closed = room.breach(&["close", "--anyway", "--reason", "a false alarm"]);
    assert_eq!(closed.exit, Some(0), "{closed:?}");
    type_in("n the last word\n");
    assert_eq!(walk.wait().expect("ended").code(), Some(2));
    let notes = room.bodies("note");
    assert_eq!(notes[0]["text"], "the last word", "what was typed is kept");
    room.verify();
}

#[test]
fn a_rehearsal_left_open_is_never_what_a_note_means() {
    let room = Room::new();
    let playbook = room.playbook();
    let playbook = playbook.to_str().expect("text");
    room.pipe(&["contain", "--drill", "--as", "Ada", "--playbook", playbook], b"drill\n\n1\n");
    room.pipe(&["contain", "--as", "Ada", "--playbook", playbook], b"real\n\n1\n");
    assert_eq!(room.breach(&["note", "of the real one"]).exit, Some(0));
    let log = room.breach(&["log", "show"]);
    assert!(log.out.contains("of the real one") && !log.out.contains("drill"), "{log:?}");
    let status = room.breach(&["status"]);
    assert!(status.out.contains(": real\n") && status.out.contains("(REHEARSAL)"), "{status:?}");
}

#[test]
fn the_pause_says_the_command_that_goes_on_here() {
    let room = Room::new();
    let playbook = room.playbook();
    let playbook = playbook.to_str().expect("text");
    let home = room.path("another home");
    let home = home.to_str().expect("text");
    let ran = room.pipe(
        &["--home", home, "contain", "--drill", "--as", "Ada", "--playbook", playbook],
        b"drill\n\n1\nq\n",
    );
    let wanted = format!("breach contain --drill --home '{home}'");
    let told = format!("{}{}", ran.out, ran.err).replace('\n', " ");
    assert!(told.contains(&wanted), "{told}");
}

//! Long answers: in an editor, whatever becomes of it, and line by line up to a full stop.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use rexpect::session::{PtySession, spawn_command};

use super::typed::{send, stop};
use super::{PROMPT, answer, open};
use crate::cli::room::Room;

/// A walk whose editor is this script; its file is `$1`.
fn with_editor(room: &Room, script: &str) -> PtySession {
    let editor = room.path("my editor");
    std::fs::write(&editor, format!("#!/bin/sh\n{script}\n")).expect("written");
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).expect("set");
    std::fs::create_dir_all(room.path("run")).expect("made");
    let playbook = room.playbook();
    let mut command = room.command(&["contain", "--playbook", playbook.to_str().expect("text")]);
    command
        .env("TERM", "xterm")
        .env("XDG_RUNTIME_DIR", room.path("run"))
        .env("EDITOR", "false")
        // It may hold arguments, and a name with a blank.
        .env("VISUAL", format!("'{}' --wait", editor.display()));
    let mut session = spawn_command(command, Some(20_000)).expect("it starts");
    open(&mut session);
    answer(&mut session, PROMPT, "n");
    session.exp_string("Note: ").expect("asked");
    session
}

/// What is left where the editor's files were.
fn left(room: &Room) -> Vec<PathBuf> {
    let folder = std::fs::read_dir(room.path("run")).expect("a folder");
    folder.map(|entry| entry.expect("an entry").path()).collect()
}

#[test]
fn a_long_answer_is_written_in_an_editor() {
    let room = Room::new();
    let script = "stat -c '%a' \"$2\" \"${2%/*}\" > modes; test -t 0 || exit 9\n\
                  printf 'one\\n\\ntwo\\n' > \"$2\"; cp \"$2\" \"$2~\"";
    let mut session = with_editor(&room, script);
    send(&mut session, b".e\r");
    session.exp_string("two").expect("what it left");
    assert!(room.bodies("note").is_empty(), "nothing before Enter");
    send(&mut session, b"\r");
    answer(&mut session, "a note. u takes it back", "q");
    stop(&mut session);
    assert_eq!(room.bodies("note")[0]["text"], "one\n\ntwo");
    assert_eq!(std::fs::read_to_string(room.path("modes")).expect("read"), "600\n700\n");
    assert!(left(&room).is_empty());
}

#[test]
fn what_was_typed_goes_into_the_editor_and_comes_back() {
    let room = Room::new();
    let mut session = with_editor(&room, "printf ' and more' >> \"$2\"");
    send(&mut session, b"begun here\x18\x05");
    session.exp_string("begun here and more").expect("what it left");
    send(&mut session, b"\r");
    answer(&mut session, "a note. u takes it back", "q");
    stop(&mut session);
    assert_eq!(room.bodies("note")[0]["text"], "begun here and more");
}

#[test]
fn an_editor_that_fails_is_said_and_loses_nothing() {
    for (script, said, kept) in [
        ("exit 3", "failed (exit 3); it saved nothing", "typed before"),
        ("kill -9 $$", "ended by signal 9); it saved nothing", "typed before"),
        ("echo saved > \"$2\"; kill -9 $$", "what it saved is here", "saved"),
        ("rm -r \"${2%/*}\"", "left no text", "typed before"),
        ("printf 'caf\\351' > \"$2\"", "", "caf\\xe9"),
    ] {
        let room = Room::new();
        let mut session = with_editor(&room, script);
        send(&mut session, b"typed before\x18\x05");
        if !said.is_empty() {
            session.exp_string(said).unwrap_or_else(|error| panic!("{script}: {error}"));
        }
        session.exp_string(kept).expect("the text");
        send(&mut session, b"\r");
        answer(&mut session, "a note. u takes it back", "q");
        stop(&mut session);
        assert_eq!(room.bodies("note")[0]["text"], kept, "{script}");
        assert!(left(&room).is_empty(), "{script}");
    }
}

#[test]
fn a_text_that_is_too_long_stays_where_it_was_written() {
    let room = Room::new();
    let mut session = with_editor(&room, "head -c 100000000 /dev/zero | tr '\\0' x > \"$2\"");
    send(&mut session, b"typed before\x18\x05");
    session.exp_string("too long for an answer").expect("said");
    session.exp_string("typed before").expect("still there");
    send(&mut session, b"\r");
    answer(&mut session, "a note. u takes it back", "q");
    stop(&mut session);
    assert_eq!(room.bodies("note")[0]["text"], "typed before");
    let file = left(&room)[0].join("answer.txt");
    assert_eq!(std::fs::metadata(file).expect("it is there").len(), 100_000_000);
}

#[test]
fn an_editor_that_was_stopped_or_is_not_there_holds_nobody() {
    let room = Room::new();
    let mut session = with_editor(&room, "kill -STOP $$; echo went on > \"$2\"");
    send(&mut session, b".e\r");
    session.exp_string("went on").expect("it was woken");
    std::fs::remove_file(room.path("my editor")).expect("removed");
    send(&mut session, b"\x15.e\r");
    session.exp_string("failed (exit 127)").expect("said");
    send(&mut session, b"x\r");
    answer(&mut session, "a note. u takes it back", "q");
    stop(&mut session);
}

#[test]
fn a_text_of_several_lines_ends_with_a_full_stop() {
    let room = Room::new();
    let mut session = with_editor(&room, "exit 1");
    send(&mut session, b".\r");
    session.exp_string("only a full stop").expect("said");
    send(&mut session, b"first\rq\r\r. not the end\r.\r");
    answer(&mut session, "a note. u takes it back", "q");
    stop(&mut session);
    assert_eq!(room.bodies("note")[0]["text"], "first\nq\n\n. not the end");
}

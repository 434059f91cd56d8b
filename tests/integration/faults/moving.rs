//! A disk that fails under a walk: the record goes on in another folder, whole and once.

use rexpect::session::{PtySession, spawn_command};

use crate::cli::room::Room;

fn answer(session: &mut PtySession, prompt: &str, line: &str) {
    session.exp_string(prompt).unwrap_or_else(|error| panic!("no `{prompt}`: {error}"));
    session.send_line(line).expect("sent");
}

/// Opens an incident with evidence and a masked text, and goes on with it at a dumb terminal while
/// a call fails.
fn moved(room: &Room, inject: &str) {
    room.open();
    std::fs::write(room.path("a.log"), "a").expect("written");
    room.breach(&["evidence", "add", "a.log", "--as", "Ada"]);
    room.breach(&["note", "--as", "Ada", "card 4111 1111 1111 1111"]);
    let other = room.path("other home");
    let mut command = super::disk::traced(room, inject, &["contain", "--as", "Ada"]);
    command.env("TERM", "dumb");
    let mut session = spawn_command(command, Some(20_000)).expect("it starts");
    answer(&mut session, ", Ada", "n the disk is going");
    // Typed for the step: no folder of that name is made.
    answer(&mut session, "Its path, or Enter to stop: ", "n isolated web-03");
    session.exp_string("That is no folder.").expect("said");
    answer(&mut session, "Its path, or Enter to stop: ", other.to_str().expect("text"));
    answer(&mut session, ", Ada", "q");
    session.exp_string("export BREACH_HOME='").expect("where to go on");
    session.exp_eof().expect("the end");
}

#[test]
fn the_record_goes_on_elsewhere_whole_and_once() {
    // A write that fails leaves nothing; a flush that fails leaves an entry that may be there.
    for inject in ["inject=write:error=ENOSPC:when=2", "inject=fdatasync:error=EIO:when=2"] {
        let room = Room::new();
        moved(&room, inject);
        assert!(!room.path("n isolated web-03").exists(), "{inject}");
        let other = room.path("other home");
        let home = other.to_str().expect("text");
        let shown = room.breach(&["--home", home, "log", "show", "--kind", "note"]);
        assert_eq!(shown.out.matches("the disk is going").count(), 1, "{inject}: {shown:?}");
        let verify = room.breach(&["--home", home, "log", "verify"]);
        assert_eq!(verify.exit, Some(0), "{inject}: {verify:?}");
        let kept = room.breach(&["--home", home, "evidence", "verify"]);
        assert_eq!(kept.exit, Some(0), "{inject}: {kept:?}");
        let incident = std::fs::read_dir(other.join("incidents")).expect("incidents").next();
        let incident = incident.expect("an incident").expect("readable").path();
        let texts = std::fs::read_dir(incident.join("texts")).expect("texts");
        assert_eq!(texts.count(), 1, "{inject}: the unmasked text went along");
        let json =
            room.breach(&["--home", home, "log", "show", "--kind", "genesis", "--format", "json"]);
        let cause = if inject.contains("EIO") { "Input/output error" } else { "No space left" };
        assert!(json.out.contains(cause), "{inject}: {}", json.out);
    }
}

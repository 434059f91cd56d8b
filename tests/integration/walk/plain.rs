//! Plain lines: for a screen reader, a dumb terminal, and where there is no terminal.

use crate::cli::room::{Room, feed};
use crate::terminal::{answer, exit, start};

/// No rule, no column, no broken line.
fn is_plain(text: &str) -> bool {
    !text.contains("----")
        && text.contains("\nStep: Name the boxes, for the responder.")
        && text.contains("\nAsks: Boxes")
        && text.lines().any(|line| line.starts_with("Containment 1 of 5, time box 20 min"))
}

#[test]
fn where_there_is_no_terminal_lines_are_plain() {
    let room = Room::new();
    room.open();
    let mut command = room.command(&["contain", "--as", "Ada"]);
    command.env_remove("COLUMNS");
    let ran = feed(command, b"v\nf boxes web-01, web-02\nj wipe\no\n");
    assert!(is_plain(&ran.err), "{}", ran.err);
    assert_eq!(
        ran.err.matches("Containment 1 of 5").count(),
        1,
        "said when it changed: {}",
        ran.err
    );
    let warning =
        "\nwarning: This destroys evidence that is not saved yet. First: Image web-01\nStep: Wipe";
    assert!(ran.err.contains(warning), "{}", ran.err);
    assert!(ran.err.contains("\n3, here, open: Wipe each item: web-01 and web-02"), "{}", ran.err);
}

#[test]
fn a_dumb_terminal_and_a_person_who_wants_it_have_plain_lines() {
    let room = Room::new();
    room.open();
    let lines = |term: &str, arguments: &[&str]| {
        let mut session = start(&room, term, arguments);
        let shown = session.exp_string(", Ada> ").expect("the step").replace('\r', "");
        session.send("q\r").expect("sent");
        session.flush().expect("sent");
        assert_eq!(exit(&mut session), Some(6));
        shown
    };
    let contain = ["contain", "--as", "Ada"];
    assert!(is_plain(&lines("dumb", &contain)));
    assert!(!is_plain(&lines("xterm", &contain)));
    assert!(is_plain(&lines("xterm", &["contain", "--as", "Ada", "--plain"])));
    assert!(is_plain(&lines("xterm", &contain)), "it is remembered");
    assert!(!is_plain(&lines("xterm", &["contain", "--as", "Ada", "--plain=no"])));
    assert!(!is_plain(&lines("xterm", &contain)), "and forgotten");
}

#[test]
fn plain_lines_record_what_is_typed() {
    let room = Room::new();
    room.open();
    let mut session = start(&room, "xterm", &["contain", "--as", "Ada", "--plain"]);
    answer(&mut session, ", Ada> ", "n from a screen reader");
    answer(&mut session, "a note. u takes it back", "q");
    assert_eq!(exit(&mut session), Some(6));
    assert_eq!(room.bodies("note")[0]["text"], "from a screen reader");
    room.verify();
}

//! Tab: keys, items, steps, facts, options, files.

use rexpect::session::PtySession;

use super::typed::{send, stop};
use super::{PROMPT, answer, contain, open};
use crate::cli::room::Room;

/// Types up to a Tab, and waits for what it adds.
fn tab(session: &mut PtySession, typed: &str, adds: &str) {
    send(session, format!("{typed}\t").as_bytes());
    session.exp_string(adds).unwrap_or_else(|error| panic!("{typed}: {error}"));
}

/// Empties the line.
fn away(session: &mut PtySession) {
    send(session, b"\x05\x15");
}

#[test]
fn tab_types_what_is_beyond_doubt_and_shows_what_is_not() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, PROMPT, "d");
    answer(&mut session, "list, with commas> ", "web-01, web-02, db server");
    session.exp_string("yes or no> ").expect("asked");
    tab(&mut session, "y", "es ");
    send(&mut session, b"\r");
    session.exp_string(PROMPT).expect("a step");
    for (typed, adds) in [
        ("sw", "itch "),
        ("f leak", "ing "),
        ("f leaking n", "o "),
        ("f boxes - d", "b server "),
        ("j st", "op-leak "),
        ("d w", "eb-0"),
        ("d web-01 d", "b server "),
        ("w all ex", "cept "),
    ] {
        tab(&mut session, typed, adds);
        away(&mut session);
    }
    // What is in doubt is shown, and the line stays.
    tab(&mut session, "d web-0", "web-01  web-02");
    session.exp_string("d web-0").expect("the line");
    away(&mut session);
    // Nothing fits: nothing happens.
    send(&mut session, b"d zz\tz\x15");
    answer(&mut session, "", "j commands");
    session.exp_string("Run commands").expect("the step");
    session.exp_string(PROMPT).expect("a step");
    tab(&mut session, "r lo", "ok ");
    away(&mut session);
    send(&mut session, b"q\r");
    stop(&mut session);
    room.verify();
}

#[test]
fn tab_finds_files_behind_a_tilde_and_in_quotes() {
    let room = Room::new();
    std::fs::create_dir_all(room.path("logs of web-01")).expect("made");
    std::fs::write(room.path("logs of web-01/access.log"), "GET /").expect("written");
    std::fs::write(room.path("logs of web-01/\u{1b}[2J.log"), "").expect("written");
    std::fs::write(room.path(".hidden"), "").expect("written");
    let mut session = contain(&room, "xterm");
    open(&mut session);
    session.exp_string(PROMPT).expect("a step");
    tab(&mut session, "e ~/lo", "e \"~/logs of web-01/");
    tab(&mut session, "acc", "access.log\" ");
    away(&mut session);
    tab(&mut session, "e ./.hi", "dden ");
    away(&mut session);
    tab(&mut session, "e 'logs", " of web-01/");
    tab(&mut session, "a", "access.log' ");
    send(&mut session, b"\r");
    session.exp_string(PROMPT).expect("kept");
    send(&mut session, b"e \"~/logs of web-01/access.log\"\r");
    answer(&mut session, PROMPT, "q");
    stop(&mut session);
    assert_eq!(room.bodies("evidence").len(), 2);
}

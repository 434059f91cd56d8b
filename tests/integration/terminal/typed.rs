//! What was typed is what arrives: pastes, type-ahead, bytes that are no text.

use super::{PROMPT, answer, contain, exit, open, start};
use crate::cli::room::Room;
use rexpect::session::PtySession;

/// Types bytes in one piece.
pub(super) fn send(session: &mut PtySession, bytes: &[u8]) {
    use std::io::Write as _;
    let mut pty = session.process().get_file_handle().expect("a handle");
    pty.write_all(bytes).expect("sent");
}

fn notes(room: &Room) -> Vec<String> {
    let text = |note: &serde_json::Value| note["text"].as_str().expect("a text").to_owned();
    room.bodies("note").iter().map(text).collect()
}

/// Up to here everything that was typed has been answered.
pub(super) fn stop(session: &mut PtySession) -> String {
    let seen = session.exp_string("Everything is kept").expect("a summary");
    assert_eq!(exit(session), Some(6));
    seen
}

const LINES: usize = 200;

fn many() -> (String, Vec<String>) {
    let texts: Vec<String> = (0..LINES).map(|n| format!("saw script number {n} of many")).collect();
    (format!("n {}\r", texts.join("\rn ")), texts)
}

#[test]
fn lines_that_come_at_once_arrive_in_order_at_any_terminal() {
    for term in ["xterm", "vt100", "dumb"] {
        let room = Room::new();
        let mut session = contain(&room, term);
        open(&mut session);
        session.exp_string(PROMPT).expect("a step");
        let (typed, texts) = many();
        send(&mut session, format!("{typed}q\r").as_bytes());
        let seen = stop(&mut session);
        assert_eq!(notes(&room), texts, "{term}");
        // No byte of what was typed is echoed by the system as a control: `^M`, `^[`.
        assert!(term == "dumb" || !seen.contains('^'), "{term}");
        room.verify();
    }
}

#[test]
fn what_is_typed_before_the_first_question_waits() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    let (typed, texts) = many();
    let opening = "Ada Lovelace\rStrange script\r02:10\r1\r";
    send(&mut session, format!("{opening}{typed}d\rweb-01, web-02\ryes\rq\r").as_bytes());
    stop(&mut session);
    let notes = notes(&room);
    assert_eq!(notes[..LINES], texts);
    assert_eq!(room.bodies("opened")[0]["title"], "Strange script");
    let boxes = room.bodies("fact").into_iter().find(|fact| fact["name"] == "boxes");
    assert_eq!(boxes.expect("a fact")["value"]["list"], serde_json::json!(["web-01", "web-02"]));
    assert_eq!(room.bodies("step-outcome").len(), 1);
}

#[test]
fn a_paste_into_a_question_is_one_answer_with_brackets_and_without() {
    for paste in ["web-01\rweb-02\rd\r", "\x1b[200~web-01\nweb-02\r\nd\x1b[201~\r"] {
        let room = Room::new();
        let mut session = contain(&room, "xterm");
        open(&mut session);
        answer(&mut session, PROMPT, "d");
        session.exp_string("list, with commas> ").expect("a question");
        send(&mut session, paste.as_bytes());
        session.exp_string("Is it leaking?").expect("the next question");
        answer(&mut session, "> ", "yes");
        answer(&mut session, PROMPT, "q");
        stop(&mut session);
        let boxes = room.bodies("fact").into_iter().find(|fact| fact["name"] == "boxes");
        let list = boxes.expect("a fact")["value"]["list"].clone();
        assert_eq!(list, serde_json::json!(["web-01", "web-02", "d"]), "{paste:?}");
        // The line that looks like a key did nothing.
        assert_eq!(room.bodies("step-outcome").len(), 1);
    }
}

#[test]
fn a_paste_that_is_no_key_is_asked_about_whatever_its_lines_look_like() {
    for paste in ["deploy\rd\rs it is gone\r", "\x1b[200~d\nx\ns it is gone\x1b[201~\r"] {
        let room = Room::new();
        let mut session = contain(&room, "xterm");
        open(&mut session);
        session.exp_string(PROMPT).expect("a step");
        send(&mut session, paste.as_bytes());
        session.exp_string("Keep it as a note?").expect("asked");
        answer(&mut session, "[y/N] ", "y");
        answer(&mut session, "a note. u takes it back", "q");
        stop(&mut session);
        let kept = paste.trim_start_matches("\x1b[200~").trim_end_matches('\r');
        let kept = kept.trim_end_matches("\x1b[201~").replace('\r', "\n");
        assert_eq!(notes(&room), [kept]);
        assert!(room.bodies("step-outcome").is_empty());
    }
}

#[test]
fn every_line_of_a_pasted_output_is_kept() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, PROMPT, "j commands");
    answer(&mut session, "Run commands", "c look");
    answer(&mut session, "On which machine", "web-01");
    answer(&mut session, "Under which account", "root");
    answer(&mut session, "Exit code", "0");
    session.exp_string("a full stop").expect("asked");
    let output = many().1.join("\n") + "\n";
    send(&mut session, format!("{}.\r", output.replace('\n', "\r")).as_bytes());
    answer(&mut session, PROMPT, "q");
    stop(&mut session);
    let outcomes = room.bodies("command-outcome");
    assert_eq!(outcomes[0]["stdout"]["bytes"], output.len());
}

#[test]
fn bytes_that_are_no_text_are_kept_and_said() {
    for term in ["xterm", "dumb"] {
        let room = Room::new();
        let mut session = contain(&room, term);
        open(&mut session);
        session.exp_string(PROMPT).expect("a step");
        send(&mut session, b"n caf\xe9 closed\r");
        session.exp_string("kept as it can be read: \\xe9").expect("said");
        session.exp_string(PROMPT).expect("a step");
        send(&mut session, b"n \x1b[200~\xff\xfe and \xc3\xa9\x1b[201~\r");
        session.exp_string(PROMPT).expect("a step");
        send(&mut session, b"n caf\xc3");
        std::thread::sleep(std::time::Duration::from_millis(100));
        send(&mut session, b"\xa9\rn next\r");
        answer(&mut session, PROMPT, "q");
        stop(&mut session);
        let expected = ["caf\\xe9 closed", "\\xff\\xfe and \u{e9}", "caf\u{e9}", "next"];
        if term == "xterm" {
            assert_eq!(notes(&room), expected);
        } else {
            assert_eq!(notes(&room)[0], expected[0]);
            assert_eq!(notes(&room)[2..], expected[2..]);
        }
        room.verify();
    }
}

#[test]
fn keys_that_mean_nothing_leave_nothing() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    session.exp_string(PROMPT).expect("a step");
    // Function keys, the mouse, answers of the terminal, a lone Escape.
    let noise =
        "\x1bOP\x1b[15~\x1b[<0;10;10M\x1b[?62;c\x1b]11;rgb:0/0/0\x1b\\\x1bP1$r0m\x1b\\\x1b[[A";
    send(&mut session, format!("n a{noise}b\r").as_bytes());
    answer(&mut session, "a note. u takes it back", "q");
    stop(&mut session);
    assert_eq!(notes(&room), ["ab"]);
}

#[test]
fn a_line_is_edited_as_people_expect() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    for (typed, kept) in [
        // Left, word left, word right, backspace, delete.
        ("n one three\x1b[D\x1b[1;5Dtwo \r", "one two three"),
        ("n wide \u{6771}\u{4eac}\x7f\x01\x06\x06\x1b[3~W\r", "Wide \u{6771}"),
        ("n e\u{301}\x7fx\r", "x"),
        // Cut to the end, put back twice, cut a word.
        ("n ab\x02\x0b\x19\x19 gone\x17\r", "abb"),
        ("\u{15}n \u{5d0}\u{5d1}\u{5d2} \u{627}\u{644}\r", "\u{5d0}\u{5d1}\u{5d2} \u{627}\u{644}"),
        // The line before comes back.
        ("\x1b[A!\r", "\u{5d0}\u{5d1}\u{5d2} \u{627}\u{644}!"),
        // Alt-Enter goes on below.
        ("n a\x1b\rb\r", "a\nb"),
    ] {
        session.exp_string(PROMPT).expect("a step");
        send(&mut session, typed.as_bytes());
        session.exp_string("a note. u takes it back").expect("kept");
        assert_eq!(notes(&room).pop().as_deref(), Some(kept), "{typed:?}");
    }
    answer(&mut session, PROMPT, "q");
    stop(&mut session);
}

#[test]
fn the_terminal_is_put_back_as_it_was() {
    use nix::sys::termios::{LocalFlags, tcgetattr};
    let room = Room::new();
    let mut session = start(&room, "xterm", &["contain"]);
    let by_line = |session: &PtySession| {
        let pty = session.process().get_file_handle().expect("a handle");
        tcgetattr(&pty).expect("a terminal").local_flags.contains(LocalFlags::ICANON)
    };
    session.exp_string("Your name").expect("asked");
    assert!(!by_line(&session));
    send(&mut session, b"\x03");
    assert_eq!(exit(&mut session), Some(130));
    assert!(by_line(&session));
}

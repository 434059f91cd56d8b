//! Small and wide screens, one that changes in the middle, other locales, very many items.

use std::process::Command;
use std::time::Duration;

use rexpect::session::{PtySession, spawn_command};

use super::typed::{send, stop};
use super::{PROMPT, answer, contain, open};
use crate::cli::room::Room;

/// The prompt between two pages.
const MORE: &str = "Enter for more, q to leave> ";

/// Gives the terminal so many columns and rows.
fn resize(session: &PtySession, columns: u16, rows: u16) {
    let pty = session.process().get_file_handle().expect("a handle");
    let done = Command::new("stty")
        .args(["cols", &columns.to_string(), "rows", &rows.to_string()])
        .stdin(pty)
        .status();
    assert!(done.expect("stty runs").success());
}

fn sized(room: &Room, (columns, rows): (u16, u16)) -> PtySession {
    let playbook = room.playbook();
    let mut command = Command::new("sh");
    let inner = room.command(&["contain", "--playbook", playbook.to_str().expect("text")]);
    command
        .args(["-c", &format!("stty cols {columns} rows {rows}; exec \"$0\" \"$@\"")])
        .arg(inner.get_program())
        .args(inner.get_args())
        .current_dir(room.dir.path())
        .env_clear()
        .envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .env_remove("COLUMNS")
        .env("TERM", "xterm")
        .env("LC_ALL", "C");
    spawn_command(command, Some(20_000)).expect("it starts")
}

#[test]
fn a_walk_fits_any_screen_and_one_that_changes() {
    for (before, after) in [((40, 10), (300, 80)), ((300, 80), (40, 10))] {
        let room = Room::new();
        let mut session = sized(&room, before);
        answer(&mut session, "Your name", "Ada");
        answer(&mut session, "words? ", "Strange script");
        answer(&mut session, "> ", "02:10");
        answer(&mut session, "13 other", "1");
        session.exp_string(PROMPT).expect("a step");
        let long = "w\u{f6}rter \u{6771}\u{4eac} \u{5d0}\u{5d1}\u{5d2} ".repeat(20);
        send(&mut session, format!("n {long}").as_bytes());
        std::thread::sleep(Duration::from_millis(100));
        resize(&session, after.0, after.1);
        send(&mut session, b"end\r");
        session.exp_string("a note. u takes it back").expect("kept");
        answer(&mut session, PROMPT, "v");
        session.exp_string(PROMPT).expect("the card again");
        // A paste of more lines than the screen has rows.
        let lines = vec!["line"; 120].join("\n");
        send(&mut session, format!("n \x1b[200~{lines}\x1b[201~").as_bytes());
        send(&mut session, b"\r");
        session.exp_string("a note. u takes it back").expect("kept");
        answer(&mut session, PROMPT, "q");
        stop(&mut session);
        assert_eq!(room.bodies("note")[0]["text"], format!("{long}end"));
        assert_eq!(room.bodies("note")[1]["text"], lines);
    }
}

#[test]
fn what_is_longer_than_the_screen_comes_page_by_page() {
    let room = Room::new();
    let mut session = sized(&room, (80, 12));
    answer(&mut session, "Your name", "Ada");
    answer(&mut session, "words? ", "Strange script");
    answer(&mut session, "> ", "02:10");
    answer(&mut session, "13 other", "1");
    answer(&mut session, PROMPT, "?");
    let page = session.exp_string(MORE).expect("a page");
    assert!(page.lines().count() <= 13, "{page}");
    send(&mut session, b"\r");
    answer(&mut session, PROMPT, "?");
    answer(&mut session, MORE, "q");
    answer(&mut session, PROMPT, "?");
    answer(&mut session, MORE, "n typed between pages");
    session.exp_string("a note. u takes it back").expect("a key is a key");
    answer(&mut session, PROMPT, "q");
    stop(&mut session);
    assert_eq!(room.bodies("note").len(), 1);
}

/// Each answer comes within the patience of the session, on a busy machine and from a debug build.
#[test]
fn ten_thousand_items_are_one_short_card() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, PROMPT, "d");
    session.exp_string("list, with commas> ").expect("asked");
    let items: Vec<String> = (0..10_000).map(|n| format!("web-{n:05}")).collect();
    // The pseudo-terminal takes no more at once than somebody reads.
    let pty = session.process().get_file_handle().expect("a handle");
    let paste = format!("\x1b[200~{}\x1b[201~\r", items.join(", "));
    let typist = std::thread::spawn(move || {
        use std::io::Write as _;
        let mut pty = pty;
        pty.write_all(paste.as_bytes()).expect("sent");
    });
    session.exp_string("yes or no> ").expect("the next question");
    typist.join().expect("typed");
    answer(&mut session, "", "yes");
    session.exp_string("Recorded").expect("recorded");
    let card = session.exp_string(PROMPT).expect("the next card");
    assert!(card.lines().count() < 24, "{card}");
    answer(&mut session, "", "d");
    let asked = session.exp_string("which> ").expect("asked");
    assert!(asked.lines().count() < 12, "{asked}");
    send(&mut session, b"web-0999\t");
    let offered = session.exp_string("web-09999").expect("offered");
    assert!(offered.lines().count() < 12, "{offered}");
    send(&mut session, b"\x15all except web-00007\r");
    session.exp_string("Evidence: ").expect("asked");
    send(&mut session, b"\r");
    session.exp_string("on 9999 items").expect("recorded");
    answer(&mut session, PROMPT, "q");
    stop(&mut session);
    assert_eq!(room.bodies("step-outcome")[1]["items"].as_array().expect("items").len(), 9_999);
}

#[test]
fn items_may_be_named_like_words_of_ours() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, PROMPT, "d");
    answer(&mut session, "list, with commas> ", "=all, rest, except, +x, -x, d, web-01");
    answer(&mut session, "yes or no> ", "yes");
    session.exp_string("Recorded").expect("recorded");
    for (line, items) in [
        ("d =all", vec!["all"]),
        ("d =rest =except: by hand", vec!["rest", "except"]),
        ("d +x -x", vec!["+x", "-x"]),
        ("d d", vec!["d"]),
    ] {
        session.exp_string(PROMPT).expect("a step");
        send(&mut session, format!("{line}\r").as_bytes());
        answer(&mut session, "Evidence: ", "");
        session.exp_string("Recorded").unwrap_or_else(|error| panic!("{line}: {error}"));
        let body = room.bodies("step-outcome").pop().expect("an outcome");
        let one = body["item"].as_str().map(|item| vec![item]);
        let many = body["items"].as_array();
        let named = one.or_else(|| Some(many?.iter().filter_map(|item| item.as_str()).collect()));
        assert_eq!(named, Some(items), "{line}: {body}");
    }
    answer(&mut session, PROMPT, "q");
    stop(&mut session);
}

//! The walk at a pseudo-terminal: line editing, Ctrl-C, Ctrl-D, a terminal that is lent and closed.

mod editor;
mod many;
mod sizes;
mod tab;
mod times;
mod typed;
mod words;

use nix::sys::signal::Signal;
use nix::sys::wait::WaitStatus;
use rexpect::session::{PtySession, spawn_command};

use crate::cli::room::{Room, runs, until};

pub(crate) const PROMPT: &str = ", Ada";

pub(crate) fn start(room: &Room, term: &str, arguments: &[&str]) -> PtySession {
    let mut command = room.command(arguments);
    command.env("TERM", term);
    spawn_command(command, Some(20_000)).expect("it starts")
}

pub(crate) fn contain(room: &Room, term: &str) -> PtySession {
    let playbook = room.playbook();
    start(room, term, &["contain", "--playbook", playbook.to_str().expect("text")])
}

/// Everything up to the next prompt.
pub(crate) fn up_to(session: &mut PtySession, prompt: &str) -> String {
    session.exp_string(prompt).unwrap_or_else(|error| panic!("no `{prompt}`: {error}"))
}

/// Waits for a prompt, then types a line.
pub(crate) fn answer(session: &mut PtySession, prompt: &str, line: &str) {
    up_to(session, prompt);
    enter(session, line);
}

/// Types a line.
pub(crate) fn enter(session: &mut PtySession, line: &str) {
    session.send(line).expect("sent");
    session.send("\r").expect("sent");
    session.flush().expect("sent");
}

pub(crate) fn open(session: &mut PtySession) {
    answer(session, "Your name", "Ada Lovelace");
    answer(session, "few words", "Strange script");
    answer(session, "This is not yet a legal moment.", "02:10");
    answer(session, "13 other", "1");
}

/// The prompt of the step that lists the boxes.
const HERE: &str = "name-boxes, Ada> ";

/// A walk in which the boxes were listed, and whether they leak was answered.
fn listed(room: &Room, boxes: &str, leaking: &str) -> PtySession {
    let mut session = contain(room, "xterm");
    open(&mut session);
    answer(&mut session, HERE, "d");
    answer(&mut session, "list, with commas> ", boxes);
    answer(&mut session, "yes or no> ", leaking);
    session
}

pub(crate) fn exit(session: &mut PtySession) -> Option<i32> {
    match session.process().wait().expect("it ends") {
        WaitStatus::Exited(_, code) => Some(code),
        // Between two prompts the signal ends the program; a shell sees the same number.
        WaitStatus::Signaled(_, Signal::SIGINT, _) => Some(130),
        _ => None,
    }
}

#[test]
fn a_person_walks_edits_and_stops() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, PROMPT, "d namex\u{7f}d");
    answer(&mut session, "Which boxes?", "web-01, web-02");
    answer(&mut session, "Is it leaking?", "maybe");
    answer(&mut session, "Not understood", "yes");
    answer(&mut session, PROMPT, "who is Bob");
    answer(&mut session, "Keep it as a note?", "y");
    answer(&mut session, "a note. u takes it back", "q");
    session.exp_string("Everything is kept").expect("a summary");
    assert_eq!(exit(&mut session), Some(6));
    assert_eq!(room.bodies("step-outcome")[0]["text"], "named");
    let notes = room.bodies("note");
    assert_eq!(
        (&notes[0]["text"], &notes[1]["text"]),
        (&"about to be called done: named".into(), &"who is Bob".into())
    );
    assert_eq!(room.entries().pop().expect("an entry")["actor"]["name"], "Ada Lovelace");
    room.verify();
}

#[test]
fn ctrl_c_at_any_prompt_is_exit_130_and_loses_nothing() {
    let prompts = [
        "Your name",
        "few words",
        "legal moment",
        "13 other",
        PROMPT,
        "Which boxes?",
        "Is it leaking?",
        PROMPT,
        "Evidence: ",
    ];
    let answers = ["Ada", "Strange", "02:10", "1", "d", "web-01", "yes", "d"];
    for stop in 0..prompts.len() {
        let room = Room::new();
        let mut session = contain(&room, "xterm");
        for (prompt, line) in prompts.iter().zip(answers).take(stop) {
            answer(&mut session, prompt, line);
        }
        session
            .exp_string(prompts[stop])
            .unwrap_or_else(|error| panic!("{}: {error}", prompts[stop]));
        std::thread::sleep(std::time::Duration::from_millis(150));
        session.send_control('c').expect("sent");
        // In the middle of a step it takes the question back, and at the step it stops.
        if ["Which boxes?", "Is it leaking?", "Evidence: "].contains(&prompts[stop]) {
            session.exp_string("Back at the step").expect("said");
            session.exp_string(PROMPT).expect("the step");
            std::thread::sleep(std::time::Duration::from_millis(150));
            session.send_control('c').expect("sent");
        }
        assert_eq!(exit(&mut session), Some(130), "at `{}`", prompts[stop]);
        room.verify();
        if stop > 6 {
            assert_eq!(room.bodies("step-outcome").len(), 1);
        }
    }
}

#[test]
fn a_value_that_somebody_else_set_meanwhile_is_not_overwritten_unseen() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, PROMPT, "d");
    session.exp_string("Which boxes?").expect("asked");
    let set = room.breach(&["fact", "set", "boxes", "db-01", "--as", "Priya"]);
    assert_eq!(set.exit, Some(0), "{set:?}");
    answer(&mut session, "> ", "web-01");
    session.exp_string("Meanwhile, Priya").expect("told");
    session.exp_string("your answer was not recorded: web-01").expect("held back");
    assert_eq!(room.bodies("fact").last().expect("a fact")["value"]["list"][0], "db-01");
    answer(&mut session, "or answer again.", "+ web-01");
    session.exp_string("added: web-01").expect("recorded");
    room.verify();
}

#[test]
fn what_somebody_else_takes_back_is_told_in_words() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, PROMPT, "o");
    session.exp_string(PROMPT).expect("at the step");
    assert_eq!(room.breach(&["note", "saw it", "--as", "Priya"]).exit, Some(0));
    assert_eq!(room.breach(&["undo", "--as", "Priya"]).exit, Some(0));
    session.send_line("o").expect("sent");
    session.exp_string("took back: note: saw it").expect("told");
    answer(&mut session, PROMPT, "q");
    assert_eq!(exit(&mut session), Some(6));
}

#[test]
fn ctrl_c_at_a_secret_takes_the_answer_back() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, PROMPT, "n card 4111 1111 1111 1111");
    session.exp_string("[k]eep it as it is?").expect("asked");
    std::thread::sleep(std::time::Duration::from_millis(150));
    session.send_control('c').expect("sent");
    session.exp_string("nothing was recorded").expect("said");
    assert_eq!(exit(&mut session), Some(130));
    assert!(room.bodies("note").is_empty());
    room.verify();
}

#[test]
fn a_playbook_that_is_not_there_is_asked_again() {
    let room = Room::new();
    let mut session = start(&room, "xterm", &["contain"]);
    open(&mut session);
    answer(&mut session, "Playbook [web-skimming]: ", "d started");
    answer(&mut session, "type a number", "");
    session.exp_string(PROMPT).expect("the first step");
    assert_eq!(room.bodies("playbook-pinned").len(), 1);
}

#[test]
fn the_choice_of_a_playbook_is_explained_and_can_be_left() {
    let room = Room::new();
    let mut session = start(&room, "xterm", &["contain"]);
    open(&mut session);
    answer(&mut session, "Playbook [web-skimming]: ", "?");
    answer(&mut session, "in brackets", "q");
    session.exp_string("everything recorded before it is kept").expect("said");
    assert_eq!(exit(&mut session), Some(6));
    assert_eq!(room.bodies("opened").len(), 1);
    assert!(room.bodies("playbook-pinned").is_empty());
}

#[test]
fn ctrl_d_stops_cleanly() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    session.exp_string(PROMPT).expect("a prompt");
    session.send_control('d').expect("sent");
    session.exp_string("Everything is kept").expect("a summary");
    assert_eq!(exit(&mut session), Some(6));
    room.verify();
}

#[test]
fn a_dumb_terminal_is_enough() {
    let room = Room::new();
    let mut session = contain(&room, "dumb");
    open(&mut session);
    answer(&mut session, PROMPT, "n from a dumb terminal");
    answer(&mut session, "a note. u takes it back", "q");
    assert_eq!(exit(&mut session), Some(6));
    assert_eq!(room.bodies("note")[0]["text"], "from a dumb terminal");
    room.verify();
}

#[test]
fn a_terminal_that_is_closed_leaves_a_whole_log() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, PROMPT, "n before the line dropped");
    session.exp_string("a note. u takes it back").expect("kept");
    drop(session);
    assert_eq!(room.bodies("note").len(), 1);
    room.verify();
}

#[test]
fn a_command_gets_the_terminal_and_its_own_ctrl_c() {
    let room = Room::new();
    let playbook = std::fs::read_to_string(room.playbook()).expect("read").replace(
        "run = [\"echo\", \"hello from the box\"]",
        "run = [\"bash\", \"-c\", \"read -p 'password? ' x < /dev/tty; echo got $x\"]",
    );
    std::fs::write(room.playbook(), playbook).expect("written");
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, PROMPT, "j commands");
    answer(&mut session, "Run commands", "r look");
    answer(&mut session, "password? ", "swordfish");
    session.exp_string("got swordfish").expect("it read the terminal");
    answer(&mut session, PROMPT, "r wait");
    session.exp_string("296").expect("shown");
    until("the command runs", || runs(&format!("sleep {}296", room.mark)));
    std::thread::sleep(std::time::Duration::from_millis(500));
    session.send_control('c').expect("sent");
    session.exp_string("Ended by signal 2").expect("the command ended, not the walk");
    answer(&mut session, PROMPT, "q");
    assert_eq!(exit(&mut session), Some(6));
    let ends = room.bodies("command-outcome");
    assert_eq!(ends[1]["ended"]["signal"], 2);
    room.verify();
}

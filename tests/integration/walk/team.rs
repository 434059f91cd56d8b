//! The next person at the keyboard, and what a step decides.

use crate::cli::room::Room;
use crate::terminal::{answer, contain, enter, exit, open, start, up_to};

/// The playbook of the room, with a step that decides whether to pay.
pub(crate) fn with_a_decision() -> Room {
    let room = Room::new();
    let playbook = std::fs::read_to_string(room.playbook()).expect("a playbook");
    let decides = "\n[[step]]\nid = \"pay\"\ntitle = \"Pay or not\"\nwhy = \"It matters.\"\n\
                   do = \"Decide.\"\nrole = \"commander\"\n[step.decision]\n\
                   question = \"Do we pay?\"\noptions = [\"pay\", \"do not pay\"]\n\
                   role = \"commander\"\n";
    let playbook = playbook.replacen("schema = 1", "schema = 2", 1) + decides;
    std::fs::write(room.playbook(), playbook).expect("written");
    room
}

#[test]
fn the_next_walk_begins_with_what_was_handed_over() {
    let room = Room::new();
    room.open();
    let words = ["handoff", "--to", "Priya Shah", "--note", "call the bank", "--as", "Ada"];
    assert_eq!(room.breach(&words).exit, Some(0));
    let mut jo = start(&room, "xterm", &["contain", "--as", "Jo"]);
    answer(&mut jo, "name-boxes, Jo> ", "q");
    assert_eq!(exit(&mut jo), Some(6));
    let mut priya = start(&room, "xterm", &["contain", "--as", "Priya Shah"]);
    priya.exp_string("call the bank").expect("the page");
    answer(&mut priya, "Do you accept the hand-over? [y/N] ", "y");
    answer(&mut priya, "name-boxes, Priya> ", "q");
    assert_eq!(exit(&mut priya), Some(6));
    assert!(room.bodies("handoff")[1]["accepts"].is_string());
    let mut again = start(&room, "xterm", &["contain", "--as", "Priya Shah"]);
    answer(&mut again, "name-boxes, Priya> ", "q");
    assert_eq!(exit(&mut again), Some(6));
    room.verify();
}

#[test]
fn a_pipe_leaves_a_hand_over_open_and_says_so() {
    let room = Room::new();
    room.open();
    assert_eq!(room.breach(&["handoff", "--to", "Ada", "--as", "Bo"]).exit, Some(0));
    let ran = room.walk("n on it\n");
    assert!(ran.said().contains("Bo handed the work over to Ada"), "{ran:?}");
    assert_eq!((room.bodies("handoff").len(), room.bodies("note").len()), (1, 1));
}

#[test]
fn a_step_that_decides_asks_what_who_why_and_against_whom() {
    let room = with_a_decision();
    room.open();
    let mut kim = start(&room, "xterm", &["contain", "--as", "Kim"]);
    answer(&mut kim, "name-boxes, Kim> ", "j pay");
    answer(&mut kim, "pay, Kim> ", "d");
    kim.exp_string("Do we pay?").expect("the question");
    answer(&mut kim, "What was decided? ", "3");
    answer(&mut kim, "There are 2 options.", "2");
    answer(&mut kim, "Who decided this? Name: ", "Kim Park");
    answer(&mut kim, "Enter for commander: ", "unknown");
    answer(&mut kim, "is no role", "");
    answer(&mut kim, "On what basis? ", "the backups restore");
    answer(&mut kim, "Enter if nobody did: ", "Bo would pay");
    answer(&mut kim, "name-boxes, Kim> ", "q");
    assert_eq!(exit(&mut kim), Some(6));
    let body = &room.bodies("decision")[0];
    for (field, value) in [
        ("name", "pay"),
        ("decided", "do not pay"),
        ("by", "Kim Park"),
        ("role", "commander"),
        ("basis", "the backups restore"),
        ("dissent", "Bo would pay"),
        ("question", "Do we pay?"),
    ] {
        assert_eq!(body[field], value, "{body}");
    }
    assert_eq!(room.bodies("step-outcome")[0]["text"], "decided: do not pay");
    let ran = room.walk("j pay\nd\n");
    assert!(!ran.said().contains("nothing says what was decided"), "{ran:?}");
    room.verify();
}

#[test]
fn a_pipe_is_told_that_a_decision_is_missing() {
    let room = with_a_decision();
    let ran = room.walk("j pay\nd\n");
    assert!(ran.said().contains("nothing says what was decided: `breach decide pay"), "{ran:?}");
    assert_eq!(room.bodies("step-outcome").len(), 1);
}

#[test]
fn what_a_colleague_set_at_the_opening_is_not_replaced() {
    let room = Room::new();
    let mut session = start(&room, "xterm", &["contain"]);
    answer(&mut session, "Your name", "Ada");
    answer(&mut session, "in a few words? ", "Locked servers");
    up_to(&mut session, "yesterday 9pm> ");
    let set = |name: &str, value: &str| {
        let ran = room.breach(&["fact", "set", name, value, "--as", "Bo"]);
        assert_eq!(ran.exit, Some(0), "{ran:?}");
    };
    set("first_signal", "01:30");
    enter(&mut session, "");
    up_to(&mut session, "First signal was set meanwhile");
    up_to(&mut session, "be asked what you see");
    set("incident_kind", "ransomware");
    enter(&mut session, "insider");
    up_to(&mut session, "Kind of incident was set meanwhile");
    answer(&mut session, "Playbook [ransomware]: ", "");
    answer(&mut session, ", Ada> ", "q");
    assert_eq!(exit(&mut session), Some(6));
    let kinds: Vec<_> = room.bodies("fact").iter().map(|body| body["value"].clone()).collect();
    assert_eq!(kinds.len(), 2, "{kinds:?}");
}

#[test]
fn at_an_offer_no_line_is_lost_without_a_word() {
    let room = Room::new();
    let mut session = start(&room, "xterm", &["contain"]);
    answer(&mut session, "Your name", "Ada");
    answer(&mut session, "in a few words? ", "Locked servers");
    answer(&mut session, "yesterday 9pm> ", "");
    answer(&mut session, "be asked what you see", "ransomware");
    answer(&mut session, "Playbook [ransomware]: ", "");
    answer(&mut session, ", Ada> ", "f incident_kind insider");
    answer(&mut session, "Follow it from here? [y/N] ", "n");
    up_to(&mut session, "The playbook stays.");
    answer(&mut session, ", Ada> ", "f incident_kind lost-device");
    answer(&mut session, "Follow it from here? [y/N] ", "d cut at 02:55");
    up_to(&mut session, "not recorded: d cut at 02:55");
    answer(&mut session, ", Ada> ", "q");
    assert_eq!(exit(&mut session), Some(6));
}

#[test]
fn what_has_nothing_to_do_with_a_card_is_taken_though_a_colleague_settled_it() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, "name-boxes, Ada> ", "f boxes web-01");
    answer(&mut session, "name-boxes, Ada> ", "j image");
    up_to(&mut session, "image, Ada, 1 open> ");
    let settle = |step: &str, item: &str| {
        let ran = room.breach(&["step", step, "done", "kept", "--item", item, "--as", "Bo"]);
        assert_eq!(ran.exit, Some(0), "{ran:?}");
    };
    settle("image", "web-01");
    enter(&mut session, "n the clock of the box is slow");
    up_to(&mut session, "a note");
    answer(&mut session, "0 open> ", "q");
    assert_eq!(exit(&mut session), Some(6));
    let notes = room.bodies("note");
    assert_eq!(notes.last().expect("a note")["text"], "the clock of the box is slow");
}

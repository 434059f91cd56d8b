//! The next person at the keyboard, and what a step decides.

use crate::cli::room::Room;
use crate::terminal::{answer, exit, start};

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

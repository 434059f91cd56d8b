//! What the program says of the way on: another playbook, the end of a walk, what was taken back.

use crate::cli::room::Room;
use crate::terminal::{answer, contain, exit, open, start};

fn followed(room: &Room) -> String {
    let pinned = room.bodies("playbook-pinned").pop().expect("a playbook");
    pinned["playbook"].as_str().expect("a name").to_owned()
}

#[test]
fn another_kind_of_incident_offers_the_playbook_that_suits() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    let prompt = "name-boxes, Ada> ";
    // Ours suits any kind, so one that is made for this kind is better.
    answer(&mut session, prompt, "f incident_kind ransomware");
    answer(&mut session, "Follow it from here? [y/N] ", "");
    answer(&mut session, prompt, "f incident_kind other");
    answer(&mut session, prompt, "f incident_kind lost-device");
    answer(&mut session, "there is `lost-device`", "y");
    session.exp_string("Now: Contain the loss of a device").expect("it is followed");
    answer(&mut session, ", Ada", "q");
    assert_eq!(exit(&mut session), Some(6));
    assert_eq!(followed(&room), "lost-device");
    room.verify();

    let room = Room::new();
    let ran = room.walk("f incident_kind ransomware\n");
    assert!(ran.said().contains("`breach contain --switch ransomware` follows it"), "{}", ran.err);
    assert_eq!(followed(&room), "walk-test", "a script is told, and nothing else");
}

#[test]
fn a_kind_that_was_set_elsewhere_offers_its_playbook_when_the_walk_goes_on() {
    let room = Room::new();
    room.open();
    let set = room.breach(&["fact", "set", "incident_kind", "insider"]);
    assert_eq!(set.exit, Some(0), "{set:?}");
    let mut session = start(&room, "xterm", &["contain", "--as", "Ada"]);
    answer(&mut session, "Follow it from here? [y/N] ", "y");
    session.exp_string("Now: Contain the misuse of legitimate access").expect("it is followed");
}

#[test]
fn switch_switches_and_a_sentence_that_begins_so_is_none() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    let prompt = "name-boxes, Ada> ";
    answer(&mut session, prompt, "switch nonsense");
    answer(&mut session, "Nothing is changed", "switch ports were shut");
    answer(&mut session, "Keep it as a note?", "n");
    answer(&mut session, prompt, "d web-01 is it");
    answer(&mut session, "Which boxes?", "web-01");
    answer(&mut session, "Is it leaking?", "no");
    answer(&mut session, ", Ada", "switch");
    answer(&mut session, "Which playbook? (Enter changes nothing) ", "");
    answer(&mut session, ", Ada", "switch");
    answer(&mut session, "Which playbook? (Enter changes nothing) ", "5");
    session.exp_string("Now: Contain ransomware").expect("it is followed");
    answer(&mut session, ", Ada", "q");
    assert_eq!(exit(&mut session), Some(6));
    assert_eq!(followed(&room), "ransomware");
    assert_eq!(room.bodies("step-outcome").len(), 1, "what was done stays");
    room.verify();
}

#[test]
fn the_end_of_a_walk_says_what_is_open_for_what_it_waits_and_what_comes_next() {
    let room = Room::new();
    let ran = room.walk("w to Priya, +30m\na no boxes\nd\nd\n");
    let said = ran.said();
    let waits = said.rsplit("stop-leak, Ada>").next().expect("the end");
    for told in [
        "3 of 5 steps settled: 2 done, 0 skipped, 1 not applicable",
        "assigned: Name the boxes: Priya, look again",
        "open: 2 Image each item, after 1",
        "`breach contain`; there, j and a number takes any step at once",
        "Meanwhile, `breach scope` can begin.",
    ] {
        assert!(waits.contains(told), "{told}: {waits}");
    }
    assert_eq!(ran.exit, Some(6));
}

#[test]
fn what_is_taken_back_is_said_in_words() {
    let room = Room::new();
    let lines = "f boxes web-01, web-02\nf boxes + web-03\nu\nn saw it\nu\ns no time\nu\n";
    let ran = room.walk(lines);
    let said = ran.said();
    for told in [
        "Taken back: Boxes, added: web-03.",
        "u again takes back: Boxes: web-01, web-02",
        "Taken back: note, name-boxes: saw it.",
        "Taken back: name-boxes is skipped: no time.",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    assert!(!said.contains("fact-edit") && !said.contains("step-outcome"), "{said}");
    room.verify();
}

#[test]
fn a_range_is_the_names_in_it() {
    let room = Room::new();
    let ran = room.walk("f boxes srv-08..srv-11\nf boxes + db-[1-2]\n");
    assert!(ran.said().contains("`srv-08..srv-11` was read as 4 names"), "{ran:?}");
    let fact = room.bodies("fact").pop().expect("a fact");
    assert_eq!(fact["value"]["list"], serde_json::json!(["srv-08", "srv-09", "srv-10", "srv-11"]));
    let edit = room.bodies("fact-edit").pop().expect("an edit");
    assert_eq!(edit["add"], serde_json::json!(["db-1", "db-2"]));
    let set = room.breach(&["fact", "set", "boxes", "a1..a3", "--replace"]);
    assert!(set.exit == Some(0) && set.said().contains("read as 3 names"), "{set:?}");
}

#[test]
fn a_refusal_gives_back_what_was_typed_and_nothing_else() {
    let room = Room::new();
    room.open();
    let bare = room.breach(&["close"]);
    assert_eq!(bare.exit, Some(2), "{bare:?}");
    assert!(!bare.err.contains("NOT RECORDED"), "{bare:?}");
    let said = room.breach(&["close", "--reason", "it is over"]);
    assert!(said.err.contains("NOT RECORDED") && said.err.contains("it is over"), "{said:?}");
    let undo = room.breach(&["undo", "9999", "--why=a slip"]);
    assert!(undo.err.contains("NOT RECORDED") && undo.err.contains("a slip"), "{undo:?}");
}

#[test]
fn what_may_be_owed_is_said_as_soon_as_there_are_people() {
    let room = Room::new();
    let ran = room.walk("f people_affected DE 1200\n");
    assert!(ran.said().contains("Law: May be owed: "), "{}", ran.err);
    assert!(ran.said().contains("GDPR Art. 33(1), (3), (4), to the authority"), "{}", ran.err);
    let status = room.breach(&["status"]);
    assert!(status.out.contains("May be owed: "), "{}", status.out);
}

//! What a tired person reads: names instead of ids, nothing that is known asked again, no list that
//! scrolls the question away.

use breach::clock::{Clock as _, SystemClock};

use super::{HERE, answer, contain, exit, listed, open, start, up_to};
use crate::cli::room::{Room, flowed};

const FORTY: &str = "srv-01..srv-40";

#[test]
fn who_decided_is_kept_with_enter_the_next_time() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, HERE, "f aware now");
    answer(&mut session, "Who decided this? Name: ", "Kim Counsel");
    answer(&mut session, "CISO or board? ", "counsel");
    answer(&mut session, "On what basis? ", "the logs");
    answer(&mut session, HERE, "f risk_level high-risk");
    answer(&mut session, "Enter for Kim Counsel (counsel), or a name: ", "");
    answer(&mut session, "On what basis? ", "the cards");
    answer(&mut session, HERE, "q");
    assert_eq!(exit(&mut session), Some(6));
    let decided = room.bodies("decision");
    let who = |n: usize| (decided[n]["by"].as_str(), decided[n]["role"].as_str());
    assert_eq!(who(1), (Some("Kim Counsel"), Some("counsel")), "{decided:?}");
    assert_eq!(decided[1]["basis"], "the cards");
    room.verify();
}

#[test]
fn a_time_of_day_that_means_yesterday_is_asked_back() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    // Thirteen hours back, whatever the hour.
    let far = chrono::Timelike::hour(&SystemClock::default().now().at) + 11;
    let far = format!("{:02}:00", far % 24);
    answer(&mut session, HERE, "f evidence_place s3");
    answer(&mut session, HERE, &format!("f contained_at {far}"));
    answer(&mut session, "Is that right? [y/N] ", "n");
    session.exp_string("can carry its day").expect("told how");
    answer(&mut session, HERE, "f contained_at yesterday 9pm");
    session.exp_string("Contained since: ").expect("understood");
    answer(&mut session, HERE, "q");
    assert_eq!(exit(&mut session), Some(6));
    let set: Vec<_> =
        room.bodies("fact").into_iter().filter(|fact| fact["name"] == "contained_at").collect();
    assert_eq!(set.len(), 1, "{set:?}");
}

#[test]
fn what_is_owed_or_unknown_is_called_by_its_title() {
    let room = Room::new();
    let mut session = listed(&room, FORTY, "");
    answer(&mut session, "40 open> ", "d all");
    answer(&mut session, "Evidence: ", "");
    session.exp_string("Recorded").expect("recorded");
    answer(&mut session, "> ", "q");
    assert_eq!(exit(&mut session), Some(6));
    let owed = "Owed: Image of each item (srv-01..srv-40): `breach contain`, j image\n";
    for command in ["status", "close"] {
        let ran = room.breach(&[command]);
        let said = ran.out + &ran.err;
        assert!(said.contains(owed), "{command}: {said}");
        assert!(said.contains("Leaking (leaking)"), "{command}: {said}");
        assert!(!said.contains("disk-image"), "{command}: {said}");
        assert!(said.lines().count() <= 24, "{command}: {said}");
    }
}

#[test]
fn forty_items_take_a_line_in_the_outline_whatever_stands_between_them() {
    let room = Room::new();
    let mut session = listed(&room, FORTY, "no");
    answer(&mut session, "40 open> ", "w srv-07: to Sam, +30m");
    answer(&mut session, "39 open> ", "o");
    let outline = up_to(&mut session, "39 open> ");
    let lines = outline.lines().count();
    let outline = flowed(&outline);
    let others = "Image each item: srv-01..srv-06 and srv-08..srv-40";
    assert!(outline.contains(others), "{outline}");
    assert!(outline.contains("assigned Image srv-07 (with Sam"), "{outline}");
    assert!(lines < 20, "{outline}");
    session.send_line("f boxes fileshare").expect("sent");
    let asked = flowed(&up_to(&mut session, "[y/N] "));
    assert!(asked.contains("leaves out: srv-01..srv-40."), "{asked}");
    assert!(asked.contains("begin with + or -: - srv-01"), "{asked}");
    session.send_line("n").expect("sent");
    answer(&mut session, "> ", "<");
    let back = up_to(&mut session, "39 open> ");
    assert!(back.contains("Back at the step; nothing was recorded."), "{back}");
    session.send_line("q").expect("sent");
    assert_eq!(exit(&mut session), Some(6));
}

#[test]
fn what_others_do_and_what_u_takes_back_needs_no_address() {
    let room = Room::new();
    let mut session = listed(&room, FORTY, "no");
    session.exp_string("40 open> ").expect("at the step");
    let mut priya = start(&room, "xterm", &["contain", "--as", "Priya"]);
    answer(&mut priya, "40 open> ", "d all except srv-07: by hand");
    answer(&mut priya, "Evidence: ", "");
    answer(&mut priya, "1 open> ", "u");
    let back = flowed(&up_to(&mut priya, "40 open> "));
    assert!(
        back.contains("Taken back: image is done on srv-01..srv-06 and srv-08..srv-40: by hand."),
        "{back}"
    );
    assert!(!back.contains("containment/") && !back.contains("about to be"), "{back}");
    session.send_line("").expect("sent");
    let told = flowed(&up_to(&mut session, "40 open> "));
    assert!(told.contains("image is done on srv-01..srv-06 and srv-08..srv-40"), "{told}");
    assert!(told.contains("took back: image is done"), "{told}");
    assert_eq!(told.matches("took back").count(), 1, "{told}");
    assert!(!told.contains("containment/") && !told.contains("not in this copy"), "{told}");
}

#[test]
fn a_value_that_was_unknown_was_used_by_nobody() {
    let room = Room::new();
    let ran = room.walk("f contained_at unknown\nd\nweb-01\nno\nf contained_at now\n");
    assert!(!ran.said().contains("was used in"), "{ran:?}");
    let ran = room.walk("f leaking yes\n");
    assert!(ran.said().contains("the old value of Leaking was used in"), "{ran:?}");
}

#[test]
fn which_items_are_meant_is_asked_in_plain_words() {
    let room = Room::new();
    let mut session = listed(&room, "mobile app, checkout page", "no");
    answer(&mut session, "2 open> ", "w");
    let asked = flowed(&up_to(&mut session, "which> "));
    assert!(asked.contains("somebody else's? mobile app, checkout page, all; < goes"), "{asked}");
    session.send_line("sessions off").expect("sent");
    let refused = flowed(&up_to(&mut session, "which> "));
    assert!(refused.contains("a text comes after a colon: all: shut"), "{refused}");
    session.send_line("mobile app: the store").expect("sent");
    answer(&mut session, "1 open> ", "q");
    assert_eq!(exit(&mut session), Some(6));
}

#[test]
fn the_commands_of_the_phases_go_by_either_spelling() {
    let room = Room::new();
    room.open();
    let ran = room.pipe(&["post-mortem", "--as", "Ada"], b"\n");
    assert!(ran.said().contains("1 generic - "), "{ran:?}");
    assert!(ran.said().contains(". Learn from the incident and close the gaps."), "{ran:?}");
}

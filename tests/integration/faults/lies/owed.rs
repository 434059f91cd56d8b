//! Faces that say that nothing is owed, or do not say that something is.

use super::law::{aware, people, words};
use super::ok;
use crate::cli::room::Room;

/// Asserts that everything that tells what is owed says this.
fn everywhere(room: &Room, says: &str) {
    for arguments in [
        &["status"][..],
        &["next"],
        &["brief"],
        &["brief", "--audience", "counsel"],
        &["handoff", "--to", "Bob", "--as", "Ada"],
    ] {
        let said = words(&room.breach(arguments));
        assert!(said.contains(says), "{arguments:?} does not say `{says}`: {said}");
    }
}

/// Told the authority in time; the people have to be told without a number of hours in the law.
fn told() -> Room {
    let room = people();
    aware(&room, "now");
    ok(&room, &["duties", "sent", "eu-gdpr.33-1", "--reference", "R-1", "--recipient", "DPA"]);
    room
}

#[test]
fn a_duty_without_a_number_in_the_law_is_told_by_all_that_tell_what_is_owed() {
    let room = told();
    everywhere(&room, "Owed without a date");
    everywhere(&room, "eu-gdpr.34");
    let ran = room.breach(&["brief", "--audience", "executive"]);
    assert!(words(&ran).contains("Art. 34"), "{ran:?}");
    let ran = room.breach(&["report"]);
    assert!(words(&ran).contains("1 met (with"), "{ran:?}");
    assert!(words(&ran).contains("1 owed without a date"), "{ran:?}");
    let calendar = room.breach(&["export", "ical"]).out;
    assert!(calendar.contains("eu-gdpr.34") && !calendar.contains("COMPLETED"), "{calendar}");
}

#[test]
fn a_duty_that_may_be_owed_is_told_as_overdue_if_it_is() {
    let room = Room::new();
    room.open();
    ok(&room, &["fact", "set", "people_affected", "DE 1500"]);
    aware(&room, "2026-11-16 08:00");
    everywhere(&room, "Overdue if owed: ");
    everywhere(&room, "May be owed: ");
    let ran = room.breach(&["close"]);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    assert!(words(&ran).contains("that may be owed, 1 overdue if so"), "{ran:?}");
}

#[test]
fn closing_an_incident_ends_nothing_that_is_owed() {
    let room = told();
    let by = ["--by", "Kim", "--role", "commander", "--basis", "looks fine"];
    ok(&room, &[&["decide", "false-alarm", "yes"][..], &by].concat());
    let ran = ok(&room, &["close"]);
    assert!(words(&ran).contains("duties to notify"), "{ran:?}");
    let brief = words(&room.breach(&["brief", "--incident", "20"]));
    assert!(brief.contains("(eu-gdpr.34)") && brief.contains("steps settled"), "{brief}");
    assert!(!brief.contains("no step or duty is open"), "{brief}");
}

#[test]
fn a_calendar_says_that_nothing_is_open_only_if_that_is_known() {
    let room = Room::new();
    room.open();
    let calendar = room.breach(&["export", "ical"]).out.replace("\r\n ", "");
    assert!(calendar.contains("not settled") && !calendar.contains("COMPLETED"), "{calendar}");
}

#[test]
fn what_counsel_decided_is_decided_on_the_page_of_a_hand_over() {
    let room = told();
    let page = words(&ok(&room, &["handoff", "--to", "Bob"]));
    assert!(page.contains("Risk to people: ") && page.contains(", by Kim (counsel)"), "{page}");
}

//! Verdicts about duties that would look better than the truth.

use super::ok;
use crate::cli::room::{Ran, Room, flowed};

const DUTY: &str = "eu-gdpr.33-1";

/// A controller with 1,500 people affected in Germany; no times are recorded.
pub(super) fn people() -> Room {
    let room = Room::new();
    room.open();
    room.knows(&[("people_affected", "DE 1500"), ("controller_or_processor", "controller")]);
    determined(&room, "risk_level", "high-risk");
    room
}

fn determined(room: &Room, name: &str, value: &str) {
    let by = ["--by", "Kim", "--role", "counsel", "--why", "the logs"];
    ok(room, &[&["fact", "set", name, value][..], &by].concat());
}

pub(super) fn aware(room: &Room, at: &str) {
    determined(room, "aware", at);
}

/// Became aware on Monday morning and told the authority on Friday, a day late.
fn late() -> Room {
    let room = people();
    aware(&room, "2026-11-16 08:00");
    ok(&room, &["duties", "sent", DUTY, "--at", "2026-11-20 08:00", "--reference", "R-1"]);
    room
}

pub(super) fn words(ran: &Ran) -> String {
    flowed(&ran.out)
}

fn json(room: &Room, duty: &str) -> serde_json::Value {
    let ran = room.breach(&["duties", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let duties = value["duties"].as_array().expect("duties").iter();
    duties.into_iter().find(|one| one["id"] == duty).expect("the duty").clone()
}

/// Asserts that everything that shows the state of the duties says this.
fn everywhere(room: &Room, says: &str) {
    for arguments in [
        &["duties"][..],
        &["duties", "--explain", DUTY],
        &["status"],
        &["brief"],
        &["handoff", "--to", "Bob", "--as", "Ada"],
        &["report", "--audience", "regulator", "--format", "json"],
        &["report", "--format", "json"],
    ] {
        let ran = room.breach(arguments);
        let all = words(&ran) + &ran.said();
        assert!(all.contains(says), "{arguments:?} does not say `{says}`: {all}");
    }
    let caveats = json(room, DUTY)["caveats"].to_string();
    assert!(caveats.contains(says), "{caveats}");
}

#[test]
fn a_clock_that_is_set_later_after_a_late_notice_makes_it_met_only_by_that() {
    let room = late();
    assert!(words(&room.breach(&["duties"])).contains("24 h late"));
    aware(&room, "2026-11-18 08:00");
    everywhere(&room, "met only by the corrected `aware`");
    everywhere(&room, "it was 24 h late");
    let ran = room.breach(&["report", "--audience", "internal", "--format", "json"]);
    assert!(!ran.out.contains("\"verdict\": \"met\""), "{}", ran.out);
}

#[test]
fn a_clock_that_is_taken_back_leaves_a_late_notice_late() {
    for undo in [
        &["undo"][..],
        &["fact", "set", "aware", "unknown", "--by", "Kim", "--role", "counsel", "--why", "x"],
    ] {
        let room = people();
        ok(&room, &["duties", "sent", DUTY, "--at", "2026-11-20 08:00", "--reference", "R-1"]);
        aware(&room, "2026-11-16 08:00");
        ok(&room, undo);
        everywhere(&room, "it was 24 h late");
    }
}

#[test]
fn a_late_notice_that_is_taken_back_for_an_earlier_one_is_not_forgotten() {
    let room = late();
    ok(&room, &["undo"]);
    ok(&room, &["duties", "sent", DUTY, "--at", "2026-11-18 08:00", "--reference", "R-1"]);
    everywhere(&room, "was recorded first and then taken back");
    let ran = room.breach(&["report", "--audience", "internal", "--format", "json"]);
    assert!(!ran.out.contains("\"verdict\": \"met\""), "{}", ran.out);
}

#[test]
fn a_clock_that_is_set_later_leaves_an_open_duty_overdue_by_the_time_before() {
    let room = people();
    aware(&room, "2026-11-16 08:00");
    aware(&room, "now");
    everywhere(&room, "not overdue only by the corrected `aware`");
}

#[test]
fn a_clock_that_is_set_more_exactly_or_earlier_hides_nothing() {
    let room = people();
    aware(&room, "2026-11-18");
    ok(&room, &["duties", "sent", DUTY, "--at", "2026-11-21 08:00", "--reference", "R-1"]);
    aware(&room, "2026-11-18 09:00");
    assert_eq!(json(&room, DUTY)["caveats"].to_string(), "[]");
    aware(&room, "2026-11-16 09:00");
    assert_eq!(json(&room, DUTY)["caveats"].to_string(), "[]");
    assert!(words(&room.breach(&["duties"])).contains("late"));
}

#[test]
fn a_waiver_after_the_deadline_is_late() {
    let room = people();
    aware(&room, "2026-11-16 08:00");
    ok(&room, &["duties", "waive", DUTY, "--by", "Kim", "--reason", "no risk"]);
    everywhere(&room, "after its deadline");
    assert!(json(&room, DUTY)["late"].is_string());
    let room = people();
    aware(&room, "now");
    ok(&room, &["duties", "waive", DUTY, "--by", "Kim", "--reason", "no risk"]);
    assert!(json(&room, DUTY)["late"].is_null());
}

#[test]
fn an_answer_after_it_was_due_is_late() {
    let room = people();
    aware(&room, "now");
    let asked = ["duties", "asked", DUTY, "--by", "DPA", "--reason", "how many?", "--until"];
    ok(&room, &[&asked[..], &["2026-11-20 08:00"]].concat());
    ok(&room, &["duties", "answered", DUTY, "--by", "Kim", "--reason", "1,500"]);
    everywhere(&room, "a question answered");
}

#[test]
fn a_part_of_the_people_is_not_all_of_them() {
    let room = people();
    let ran = ok(&room, &["duties", "sent", "eu-gdpr.34", "--sent", "1", "--reference", "R-2"]);
    assert!(ran.said().contains("Still to be told: 1499 of 1500"), "{ran:?}");
    assert_ne!(json(&room, "eu-gdpr.34")["state"], "sent");
    let all = ["duties", "sent", "eu-gdpr.34", "--sent", "1499", "--reference", "R-3"];
    ok(&room, &all);
    assert_eq!(json(&room, "eu-gdpr.34")["state"], "sent");
    // More people turn up, so not everybody has been told any longer.
    ok(&room, &["fact", "set", "people_affected", "DE 5000"]);
    let caveats = json(&room, "eu-gdpr.34")["caveats"].to_string();
    assert!(caveats.contains("sent to 1500 of the 5000 people on record"), "{caveats}");
}

#[test]
fn a_part_of_nobody_knows_how_many_is_asked_back() {
    let room = people();
    ok(&room, &["fact", "set", "people_affected", "DE unknown"]);
    let sent = ["duties", "sent", "eu-gdpr.34", "--sent", "1", "--reference", "R-2", "--as", "Ada"];
    let ran = room.breach(&sent);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    assert!(room.bodies("notice").is_empty());
    ok(&room, &[&sent[..7], &["--remaining", "0"]].concat());
}

#[test]
fn people_of_whom_nobody_knows_are_not_nobody() {
    let room = Room::new();
    room.open();
    aware(&room, "2026-11-16 08:00");
    let check = || room.breach(&["duties", "--check"]).exit;
    assert_eq!(check(), Some(5), "nobody said who is affected");
    ok(&room, &["fact", "set", "people_affected", "unknown"]);
    assert_eq!(check(), Some(5), "nobody knows who is affected");
    ok(&room, &["fact", "set", "people_affected", "DE unknown"]);
    assert_eq!(check(), Some(5), "nobody knows how many");
    ok(&room, &["fact", "set", "people_affected", "PE 3"]);
    assert_eq!(check(), Some(0), "no law is held that asks anything");
}

#[test]
fn a_clock_that_starts_in_the_future_runs_for_nobody() {
    let room = people();
    let by = ["--by", "Kim", "--role", "counsel", "--why", "the logs"];
    let ran = ok(&room, &[&["fact", "set", "aware", "2099-11-24 02:40"][..], &by].concat());
    assert!(ran.said().contains("`aware` (Tue 24 Nov 2099 02:40"), "{ran:?}");
    let ran = ok(&room, &["fact", "set", "first_signal", "2098-01-01"]);
    assert!(ran.said().contains("is in the future"), "{ran:?}");
    let ran = room.breach(&["duties", "--check"]);
    assert_eq!(ran.exit, Some(5), "{ran:?}");
    assert!(ran.said().contains("is in the future"), "{ran:?}");
    // What has been decided for a day to come is no clock.
    let ran = ok(&room, &["fact", "set", "postmortem_meeting_at", "2099-01-01"]);
    assert!(!ran.said().contains("postmortem_meeting_at` ("), "{ran:?}");
}

#[test]
fn the_second_time_of_a_range_is_of_the_day_of_the_first() {
    let room = people();
    aware(&room, "2026-11-10 08:00 to 12:00");
    let shown = room.breach(&["fact", "show", "aware"]).out;
    assert!(shown.contains("to Tue 10 Nov 2026 12:00"), "{shown}");
}

#[test]
fn a_notice_from_before_the_incident_is_doubted_everywhere() {
    let room = people();
    aware(&room, "2026-11-16 08:00");
    let sent = ["duties", "sent", DUTY, "--at", "2010-01-02 08:00", "--reference", "R-1"];
    let ran = ok(&room, &sent);
    assert!(ran.said().contains("sent before its clock started"), "{ran:?}");
    everywhere(&room, "before its clock started");
}

#[test]
fn a_text_for_the_public_is_no_notice_to_an_authority() {
    let room = people();
    let ran = room.breach(&["duties", "sent", DUTY, "--what", "substitute", "--as", "Ada"]);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    ok(&room, &["duties", "sent", "eu-gdpr.34", "--what", "substitute", "--reference", "x"]);
}

#[test]
fn an_answer_names_the_questions_that_it_closes() {
    let room = people();
    let answered = ["duties", "answered", DUTY, "--by", "Kim", "--reason", "1,500"];
    let ran = room.breach(&[&answered[..], &["--as", "Ada"]].concat());
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    for question in ["how many?", "which data?"] {
        let asked = ["duties", "asked", DUTY, "--by", "DPA", "--until", "in 2 days", "--reason"];
        ok(&room, &[&asked[..], &[question]].concat());
    }
    let ran = ok(&room, &answered);
    assert!(ran.said().contains("answers 1 question: how many? (DPA)"), "{ran:?}");
    let ran = ok(&room, &answered);
    assert!(ran.said().contains("answers 1 question: which data? (DPA)"), "{ran:?}");
}

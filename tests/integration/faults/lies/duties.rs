//! Duties that would stand nowhere, or seem settled, although they are owed or may be.

use super::ok;
use crate::cli::room::{Ran, Room, feed, flowed};

fn words(ran: &Ran) -> String {
    let all = format!("{} {}", ran.out, ran.err);
    flowed(&all)
}

fn says(room: &Room, arguments: &[&str], what: &str) {
    let ran = room.breach(arguments);
    assert!(words(&ran).contains(what), "{arguments:?} does not say `{what}`: {ran:?}");
}

fn refused(room: &Room, arguments: &[&str], why: &str) {
    let ran = room.breach(&[arguments, &["--as", "Ada"]].concat());
    assert_eq!(ran.exit, Some(2), "{arguments:?} {ran:?}");
    assert!(words(&ran).contains(why), "{arguments:?} does not say `{why}`: {ran:?}");
}

/// A controller with these people affected, and further facts.
fn of(people: &str, facts: &[(&str, &str)]) -> Room {
    let room = Room::new();
    room.open();
    room.knows(&[("people_affected", people), ("controller_or_processor", "controller")]);
    for (name, value) in facts {
        let by = ["--by", "Kim", "--role", "counsel", "--why", "the logs"];
        ok(&room, &[&["fact", "set", name, value][..], &by].concat());
    }
    room
}

fn ireland() -> Room {
    of("Ireland 4", &[("risk_level", "high-risk"), ("aware", "now")])
}

#[test]
fn what_somebody_has_to_find_first_is_asked_for_and_named_everywhere() {
    for (place, fact, value, duty, opens) in [
        (
            "Mexico",
            "mx_significant_effect",
            "yes",
            "mx-lfpdppp.individuals",
            "confirmed_and_scoped",
        ),
        ("Australia", "serious_harm_likely", "yes", "au-ndb.oaic", "believes"),
        ("Singapore", "sg_significant_harm", "yes", "sg-pdpa.pdpc", "assessed_notifiable"),
    ] {
        let kinds = ("entity_kinds", "health");
        let room = of(&format!("{place} 700"), &[(fact, value), kinds, ("data_encrypted", "no")]);
        for arguments in [&["duties"][..], &["status"], &["next"]] {
            says(&room, arguments, duty.split('.').next().expect("a law"));
        }
        says(
            &room,
            &["duties", "--explain", duty],
            &format!("May be owed: it depends on `{opens}`"),
        );
        says(&room, &["duties"], opens);
    }
}

#[test]
fn what_is_owed_without_a_number_stands_wherever_deadlines_stand() {
    let room = ireland();
    ok(&room, &["duties", "sent", "eu-gdpr.33-1", "--reference", "R-1"]);
    for arguments in
        [&["status"][..], &["next"], &["brief"], &["handoff", "--to", "Bob", "--as", "Ada"]]
    {
        says(&room, arguments, "Owed without a date");
    }
    says(&room, &["report"], "owed without a date");
    let ran = room.breach(&["next", "--format", "json"]);
    assert!(ran.out.contains("eu-gdpr.34"), "{ran:?}");
    for arguments in [&["export", "ical"][..], &["duties", "--format", "ical"]] {
        let ran = room.breach(arguments);
        assert!(ran.out.contains("SUMMARY:eu-gdpr.34: people"), "{arguments:?} {ran:?}");
        assert!(!ran.out.contains("COMPLETED"), "{arguments:?} {ran:?}");
    }
}

#[test]
fn a_privileged_value_leaves_no_outdated_verdict_behind() {
    let room = ireland();
    let more = ["fact", "set", "people_affected", "Ireland 4, California 10000", "--privileged"];
    ok(&room, &more);
    let audiences = ["regulator", "board", "executive"];
    for audience in audiences {
        let ran = room.breach(&["report", "--audience", audience]);
        let page = words(&ran);
        assert!(!page.contains("How many are affected is not recorded"), "{audience}: {page}");
    }
    let alone = ["report", "--audience", "regulator", "--for", "us-ca.regulator"];
    let page = words(&room.breach(&alone));
    assert!(!page.contains("no duty is known to apply"), "{page}");
    // A risk that is no longer high leaves no duty to people open.
    let room = ireland();
    let by = ["--by", "Kim", "--role", "counsel", "--why", "the logs", "--privileged"];
    ok(&room, &[&["fact", "set", "risk_level", "unlikely"][..], &by].concat());
    let ran = room.breach(&["report", "--audience", "regulator", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let duties = report["deadlines"]["duties"].as_array().expect("duties").iter();
    for duty in duties.filter(|duty| duty["duty"] == "eu-gdpr.34") {
        assert_eq!(duty["verdict"], "withheld", "{duty}");
    }
}

fn asked(room: &Room, what: &str, until: &str) {
    let asked = ["duties", "asked", "eu-gdpr.33-1", "--by", "DPA", "--reason", what, "--until"];
    ok(room, &[&asked[..], &[until]].concat());
}

fn answered(room: &Room, duty: &str) -> Ran {
    ok(room, &["duties", "answered", duty, "--by", "Kim", "--reason", "told"])
}

#[test]
fn an_answer_answers_one_question_and_part_of_a_notice_none() {
    let room = ireland();
    let answer = ["duties", "answered", "eu-gdpr.33-1", "--by", "Kim", "--reason", "told"];
    refused(&room, &answer, "no question about eu-gdpr.33-1 is open");
    asked(&room, "how many?", "2026-12-20 08:00");
    asked(&room, "since when?", "2026-12-21 08:00");
    let more = ["duties", "sent", "eu-gdpr.33-1", "--what", "supplement", "--reference", "R-2"];
    let ran = ok(&room, &[&more[..], &["--remaining", "5"]].concat());
    assert!(!ran.said().contains("this answers"), "{ran:?}");
    says(&room, &["duties"], "how many?");
    let ran = answered(&room, "eu-gdpr.33-1");
    assert!(words(&ran).contains("this answers 1 question: how many?"), "{ran:?}");
    says(&room, &["duties"], "since when?");
    let ran = ok(&room, &more);
    assert!(words(&ran).contains("this answers 1 question: since when?"), "{ran:?}");
    assert!(!words(&room.breach(&["duties"])).contains("since when?"));
}

#[test]
fn whoever_is_found_after_a_whole_notice_opens_it_again() {
    let room = ireland();
    ok(&room, &["duties", "sent", "eu-gdpr.34", "--reference", "R"]);
    let ran = ok(&room, &["duties", "sent", "eu-gdpr.34", "--remaining", "3", "--reference", "S"]);
    assert!(ran.said().contains("so it stays open"), "{ran:?}");
    says(&room, &["next"], "eu-gdpr.34");
    let sent = ["duties", "sent", "eu-gdpr.34", "--sent", "4", "--reference", "T"];
    ok(&room, &sent);
    ok(&room, &["fact", "set", "people_affected", "Ireland 1000"]);
    says(&room, &["close", "--as", "Ada"], "eu-gdpr.34: sent to 4 of the 1000 people on record");
}

#[test]
fn what_changes_nothing_is_said_or_refused() {
    let room = ireland();
    let why = ["--by", "Kim", "--reason", "x"];
    let resume = [&["duties", "resume", "eu-gdpr.33-1"][..], &why].concat();
    refused(&room, &resume, "nobody waived eu-gdpr.33-1");
    let ran = ok(&room, &[&["duties", "waive", "us-tx.individuals"][..], &why].concat());
    assert!(words(&ran).contains("us-tx.individuals is not owed, as far as is known"), "{ran:?}");
    let ran = ok(&room, &["duties", "sent", "us-tx.individuals", "--reference", "R"]);
    assert!(words(&ran).contains("us-tx.individuals is not owed, as far as is known"), "{ran:?}");
    let ran = ok(&room, &["duties", "sent", "eu-gdpr.33*", "--reference", "R"]);
    assert!(ran.said().contains("eu-gdpr.33-1"), "{ran:?}");
    let ran = ok(&room, &[&["duties", "waive", "eu-gdpr.33-1"][..], &why].concat());
    assert!(words(&ran).contains("eu-gdpr.33-1 is recorded as sent"), "{ran:?}");
}

#[test]
fn a_bound_on_the_people_of_a_place_hides_no_law_of_it() {
    for number in ["at most 300", "unknown"] {
        let room = of(&format!("Texas {number}"), &[("aware", "now")]);
        for arguments in [&["duties"][..], &["status"], &["next"]] {
            says(&room, arguments, "us-tx");
        }
    }
}

#[test]
fn a_day_begins_where_the_organisation_sits() {
    let room = of("Ireland 4", &[("entity_zone", "Europe/Berlin"), ("risk_level", "risk")]);
    let by = ["--by", "Kim", "--role", "counsel", "--why", "x", "--as", "Ada"];
    let set = [&["fact", "set", "aware", "2026-11-10"][..], &by].concat();
    let mut elsewhere = room.command(&set);
    elsewhere.env("TZ", "America/Los_Angeles");
    let ran = feed(elsewhere, b"");
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let explained = words(&room.breach(&["duties", "--explain", "eu-gdpr.33-1"]));
    assert!(explained.contains("2026-11-12T23:00:00Z"), "{explained}");
}

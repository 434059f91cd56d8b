//! What a mark, a correction or a word without a number would take out of sight.

use std::collections::BTreeSet;

use serde_json::Value;

use super::ok;
use crate::cli::room::{Ran, Room, flowed};

fn words(ran: &Ran) -> String {
    flowed(&format!("{} {}", ran.out, ran.err))
}

fn shown(room: &Room, arguments: &[&str]) -> String {
    words(&room.breach(arguments))
}

fn says(room: &Room, arguments: &[&str], what: &str) {
    let said = shown(room, arguments);
    assert!(said.contains(what), "{arguments:?} does not say `{what}`: {said}");
}

fn silent(room: &Room, arguments: &[&str], what: &str) {
    let said = shown(room, arguments);
    assert!(!said.contains(what), "{arguments:?} says `{what}`: {said}");
}

fn refused(room: &Room, arguments: &[&str], why: &str) {
    let ran = room.breach(&[arguments, &["--as", "Ada"]].concat());
    assert_eq!(ran.exit, Some(2), "{arguments:?} {ran:?}");
    assert!(words(&ran).contains(why), "{arguments:?} does not say `{why}`: {ran:?}");
}

/// A controller with people in two states, whose duty to tell them is owed.
fn shop() -> Room {
    let room = Room::new();
    room.open();
    room.knows(&[
        ("controller_or_processor", "controller"),
        ("people_affected", "IE 18410, PT 40180"),
        ("persons_affected", "58590"),
        ("establishment", "one-state"),
        ("home_country", "IE"),
    ]);
    for (name, value) in [("risk_level", "high-risk"), ("aware", "now")] {
        let by = ["--by", "Kim", "--role", "counsel", "--why", "the logs"];
        ok(&room, &[&["fact", "set", name, value][..], &by].concat());
    }
    room
}

fn report(room: &Room, audience: &str) -> Value {
    let ran = room.breach(&["report", "--audience", audience, "--format", "json"]);
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

fn duties(report: &Value) -> BTreeSet<String> {
    let rows = report["deadlines"]["duties"].as_array().expect("duties").iter();
    rows.map(|row| row["duty"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn a_mark_on_a_value_takes_no_duty_away_and_makes_none_doubtful() {
    let room = shop();
    room.knows(&[("records_affected", "48210")]);
    let audiences = ["executive", "board", "regulator"];
    let before: Vec<Value> = audiences.iter().map(|who| report(&room, who)).collect();
    ok(&room, &["fact", "set", "people_affected", "IE 18410, PT 40181", "--privileged"]);
    ok(&room, &["fact", "set", "persons_affected", "58591", "--privileged"]);
    for (audience, before) in audiences.iter().zip(&before) {
        let after = report(&room, audience);
        assert!(duties(&after).contains("eu-gdpr.33-1"), "{audience}: {}", after["deadlines"]);
        assert_eq!(duties(&after), duties(before), "{audience}");
        let unsure =
            |page: &Value| page["deadlines"]["may_be_owed"]["duties"].as_array().map(Vec::len);
        assert_eq!(unsure(&after), unsure(before), "{audience}");
        let due = |page: &Value| {
            let rows = page["deadlines"]["duties"].as_array().expect("duties").clone();
            rows.into_iter().map(|row| row["due"].clone()).collect::<Vec<Value>>()
        };
        assert_eq!(due(&after), due(before), "{audience}");
        assert_eq!(after["summary"]["affected"], "People affected: withheld.", "{audience}");
        for value in ["40181", "40,181", "58591", "58,591", "40180", "40,180"] {
            assert!(!after.to_string().contains(value), "{audience} reads {value}");
        }
    }
    let brief = shown(&room, &["brief", "--audience", "executive"]);
    let page = shown(&room, &["report", "--audience", "executive"]);
    assert!(
        brief.contains("GDPR Art. 33(1)") && page.contains("GDPR Art. 33(1)"),
        "{brief} {page}"
    );
}

#[test]
fn a_marked_start_of_a_clock_is_withheld_with_what_tells_it_and_its_duty_stays() {
    let room = shop();
    let before = duties(&report(&room, "executive"));
    let by = ["--by", "Kim", "--role", "counsel", "--why", "zqwhyqz", "--privileged"];
    ok(&room, &[&["fact", "set", "aware", "2h ago"][..], &by].concat());
    for audience in ["executive", "board", "regulator"] {
        let page = report(&room, audience);
        let rows = page["deadlines"]["duties"].as_array().expect("duties");
        let row = rows.iter().find(|row| row["duty"] == "eu-gdpr.33-1").expect("the duty");
        assert_eq!((&row["due"], &row["started"]), (&Value::Null, &Value::Null), "{row}");
        assert!(row["shown"].to_string().contains("marked privileged"), "{audience}: {row}");
        assert!(!page.to_string().contains("zqwhyqz"), "{audience}");
        assert_eq!(page["deadlines"]["may_be_owed"]["duties"].as_array().map(Vec::len), {
            let open = report(&room, "internal")["deadlines"]["may_be_owed"]["duties"].clone();
            if audience == "regulator" { Some(0) } else { open.as_array().map(Vec::len) }
        });
    }
    assert_eq!(duties(&report(&room, "executive")), before);
}

#[test]
fn how_many_were_told_of_how_many_gives_no_marked_number_away() {
    let room = shop();
    ok(&room, &["duties", "sent", "eu-gdpr.34", "--sent", "44090", "--reference", "M1"]);
    let more = ["fact", "set", "people_affected", "IE 18410, PT 40199", "--privileged"];
    ok(&room, &more);
    ok(&room, &["fact", "set", "persons_affected", "58609", "--privileged"]);
    for arguments in [
        &["report", "--audience", "executive"][..],
        &["report", "--audience", "board", "--format", "json"],
        &["brief", "--audience", "executive"],
    ] {
        for value in ["58609", "58,609", "14519", "14,519"] {
            silent(&room, arguments, value);
        }
    }
}

#[test]
fn who_is_left_is_counted_anew_when_the_people_on_record_change() {
    let room = shop();
    let batch = ["duties", "sent", "eu-gdpr.34", "--channel", "email"];
    let ran = ok(&room, &[&batch[..], &["--sent", "44090", "--bounced", "210"]].concat());
    assert!(ran.said().contains("Still to be told: 14500 of 58590"), "{ran:?}");
    says(&room, &["duties"], "44090 told, 14500 still to be told");
    ok(&room, &["fact", "set", "persons_affected", "61300"]);
    let ran = ok(&room, &["fact", "set", "people_affected", "IE 18410, PT 42890"]);
    let anew = "17210 still to be told of the 61300 people now on record";
    assert!(ran.said().contains(anew), "{ran:?}");
    for arguments in
        [&["duties"][..], &["status"], &["next"], &["duties", "--explain", "eu-gdpr.34"]]
    {
        says(&room, arguments, anew);
    }
    says(&room, &["close", "--as", "Ada"], anew);
    assert_eq!(report(&room, "internal")["notifications"]["campaigns"][0]["remaining"], 17_210);
    // A number that somebody gave is not replaced, and the change is told.
    let given = ["duties", "sent", "eu-gdpr.34", "--remaining", "9", "--reference", "M2"];
    ok(&room, &given);
    ok(&room, &["fact", "set", "people_affected", "IE 18410, PT 42900"]);
    let told = "9 still to be told, a number given when 61300 people were on record; now there are";
    says(&room, &["duties"], told);
}

#[test]
fn a_notice_without_numbers_leaves_those_who_were_not_told() {
    let room = shop();
    ok(&room, &["duties", "sent", "eu-gdpr.34", "--sent", "44090", "--reference", "M1"]);
    let ran = ok(&room, &["duties", "sent", "eu-gdpr.34", "--reference", "M2"]);
    let said = ran.said();
    assert!(said.contains("eu-gdpr.34 stays open") && said.contains("14500 still"), "{ran:?}");
    assert!(said.contains("--remaining 0"), "{ran:?}");
    says(&room, &["next"], "eu-gdpr.34");
    ok(&room, &["duties", "sent", "eu-gdpr.34", "--remaining", "0", "--reference", "M3"]);
    silent(&room, &["duties"], "still to be told");
    let ran = room.breach(&["duties", "--format", "json"]);
    let page: Value = serde_json::from_str(&ran.out).expect("JSON");
    let rows = page["duties"].as_array().expect("duties").iter();
    let state = rows.filter(|row| row["id"] == "eu-gdpr.34").map(|row| row["state"].clone());
    assert_eq!(state.collect::<Vec<_>>(), ["sent"]);
}

#[test]
fn the_same_notice_is_recorded_once() {
    let room = shop();
    let sent = ["duties", "sent", "eu-gdpr.33-1", "--reference", "CNPD-2026-7781"];
    ok(&room, &sent);
    refused(&room, &sent, "already recorded, sent");
    refused(&room, &sent, "--what supplement");
    assert_eq!(room.bodies("notice").len(), 1);
    for more in [
        &["--what", "supplement"][..],
        &["--what", "correction"],
        &["--recipient", "the lead authority"],
    ] {
        ok(&room, &[&sent[..], more].concat());
        refused(&room, &[&sent[..], more].concat(), "already recorded");
    }
    // Mailings of a campaign share a reference.
    for told in ["10", "20", "30"] {
        let batch = ["duties", "sent", "eu-gdpr.34", "--reference", "C", "--sent", "10"];
        let said = ok(&room, &batch).said();
        assert_eq!(said.matches("to be told").count(), 1, "{said}");
        says(&room, &["duties"], &format!("{told} told, "));
    }
}

const TO_CORRECT: &str = "tells People affected: 58590";

/// Where an open matter must stand.
const PLACES: [&[&str]; 6] = [
    &["status"],
    &["next"],
    &["duties"],
    &["brief"],
    &["close", "--as", "Ada"],
    &["handoff", "--show", "--as", "Ada"],
];

#[test]
fn a_notice_that_tells_an_old_value_stays_a_matter_until_it_is_corrected() {
    let room = shop();
    room.knows(&[("notice_account", "An intruder copied data.")]);
    ok(&room, &["duties", "draft", "eu-gdpr.33-1"]);
    ok(&room, &["duties", "sent", "eu-gdpr.33-1", "--reference", "R-1"]);
    ok(&room, &["duties", "sent", "eu-gdpr.33-1", "--reference", "R-2"]);
    ok(&room, &["handoff", "--to", "Bo"]);
    for place in PLACES {
        silent(&room, place, TO_CORRECT);
    }
    ok(&room, &["fact", "set", "persons_affected", "61300"]);
    for place in PLACES {
        says(&room, place, TO_CORRECT);
    }
    // The value is back.
    ok(&room, &["fact", "set", "persons_affected", "58590"]);
    for place in PLACES {
        silent(&room, place, TO_CORRECT);
    }
    ok(&room, &["fact", "set", "persons_affected", "61300"]);
    let correct = ["duties", "sent", "eu-gdpr.33-1", "--what", "correction", "--reference", "R-3"];
    ok(&room, &correct);
    for place in PLACES {
        silent(&room, place, TO_CORRECT);
    }
}

#[test]
fn the_notice_that_told_a_value_is_named_and_no_other() {
    let room = shop();
    // Sent before anything was drafted: nobody knows what it told.
    let early = ["duties", "sent", "eu-gdpr.33-1", "--reference", "R-0", "--at", "10m ago"];
    ok(&room, &early);
    ok(&room, &["duties", "draft", "eu-gdpr.33-1"]);
    let ran = ok(&room, &["fact", "set", "persons_affected", "61300"]);
    assert!(ran.said().contains("`eu-gdpr.33-1`, drafted"), "{ran:?}");
    silent(&room, &["next"], TO_CORRECT);
    // Drafted anew, sent, and sent once more.
    let room = shop();
    ok(&room, &["duties", "draft", "eu-gdpr.33-1"]);
    ok(&room, &["duties", "sent", "eu-gdpr.33-1", "--reference", "R-1"]);
    ok(&room, &["duties", "sent", "eu-gdpr.33-1", "--reference", "R-2"]);
    ok(&room, &["fact", "set", "persons_affected", "61300"]);
    let next = shown(&room, &["next"]);
    assert_eq!(next.matches(TO_CORRECT).count(), 1, "{next}");
}

#[test]
fn a_reminder_that_comes_after_a_deadline_that_moved_is_told() {
    let room = shop();
    let begun = room.pipe(&["notify", "--playbook", "generic", "--as", "Ada"], b"q\n");
    assert!(matches!(begun.exit, Some(0 | 6)), "{begun:?}");
    let wait = ["step", "notification/give-notice", "waiting", "the lawyers"];
    let wait = [&wait[..], &["--item", "eu-gdpr.33-1", "--check-at", "in 2 days"]].concat();
    ok(&room, &wait);
    silent(&room, &["next"], "Reminder too late");
    let by = ["--by", "Kim", "--role", "counsel", "--why", "an earlier mail"];
    let ran = ok(&room, &[&["fact", "set", "aware", "50h ago"][..], &by].concat());
    assert!(ran.said().contains("the reminder for it says"), "{ran:?}");
    for place in [&["next"][..], &["status"], &["handoff", "--to", "Bo", "--as", "Ada"]] {
        says(&room, place, "Reminder too late: `eu-gdpr.33-1` is due");
    }
    ok(&room, &[&wait[..4], &["--item", "eu-gdpr.33-1", "--check-at", "in 2 hours"]].concat());
    silent(&room, &["next"], "Reminder too late");
}

#[test]
fn what_was_skipped_in_containment_is_told_to_whoever_comes() {
    let room = Room::new();
    room.open();
    room.knows(&[("hosts_affected", "db-rad-01, web-01")]);
    ok(&room, &["step", "name-boxes", "done"]);
    ok(&room, &["fact", "set", "boxes", "db-rad-01, web-01"]);
    ok(&room, &["step", "wipe", "skipped", "RIS needs it till 6", "--item", "db-rad-01"]);
    ok(&room, &["handoff", "--to", "Bo"]);
    let told = "Skipped on purpose: wipe on db-rad-01: RIS needs it till 6 (Ada at";
    for place in [&["status"][..], &["next"], &["brief"], &["handoff", "--show", "--as", "Ada"]] {
        says(&room, place, told);
    }
    ok(&room, &["step", "wipe", "skipped", "zqwhyqz", "--item", "web-01", "--privileged"]);
    silent(&room, &["brief"], "zqwhyqz");
    silent(&room, &["brief", "--audience", "executive"], "RIS needs it");
}

#[test]
fn a_hand_over_that_was_accepted_is_not_taken_back() {
    let room = Room::new();
    room.open();
    ok(&room, &["handoff", "--to", "Bo"]);
    ok(&room, &["undo"]);
    ok(&room, &["handoff", "--to", "Bo"]);
    let accepted = room.breach(&["handoff", "--accept", "--as", "Bo"]);
    assert_eq!(accepted.exit, Some(0), "{accepted:?}");
    let before = room.entries().len();
    refused(&room, &["undo"], "Bo accepted that hand-over");
    refused(&room, &["undo"], "`breach handoff --to NAME`");
    let ran = room.walk("u\nq\n");
    assert!(words(&ran).contains("Not taken back: Bo accepted"), "{ran:?}");
    let kinds: Vec<Value> =
        room.entries()[before..].iter().map(|entry| entry["kind"].clone()).collect();
    assert!(!kinds.contains(&"withdrawn".into()), "{kinds:?}");
}

#[test]
fn what_was_announced_is_done_only_on_the_items_that_came_out() {
    let room = Room::new();
    room.open();
    ok(&room, &["fact", "set", "boxes", "web-01, web-02"]);
    ok(&room, &["step", "name-boxes", "done"]);
    // The image is asked for next, and nobody answers.
    room.walk("j image\nd web-01: imaged in the rack\n");
    let announced = room.bodies("note").iter().any(|note| {
        note["text"].as_str().is_some_and(|text| text.starts_with("about to be called done"))
    });
    assert!(announced, "{:?}", room.bodies("note"));
    let by_bo = |item: &str| {
        let ran = room.breach(&["step", "image", "done", "--item", item, "--as", "Bo"]);
        assert_eq!(ran.exit, Some(0), "{ran:?}");
    };
    by_bo("web-02");
    let brief = shown(&room, &["brief"]);
    assert!(brief.contains("about to be called done on web-01"), "{brief}");
    assert!(!brief.contains("step \"image\" done on web-01"), "{brief}");
    by_bo("web-01");
    let brief = shown(&room, &["brief"]);
    assert!(brief.contains(", Bo: step \"image\" done on web-01"), "{brief}");
    assert!(!brief.contains("imaged in the rack"), "what Ada began is no word of Bo's: {brief}");
}

#[test]
fn what_was_taken_back_is_counted_for_those_who_are_briefed() {
    let room = Room::new();
    room.open();
    for note in ["one", "two"] {
        ok(&room, &["note", note]);
        ok(&room, &["undo"]);
    }
    for audience in ["team", "executive", "counsel"] {
        let brief = shown(&room, &["brief", "--audience", audience]);
        assert!(brief.contains("2 entries taken back"), "{audience}: {brief}");
        let ids = room.bodies("withdrawn");
        for entry in ids.iter().filter_map(|body| body["entry"].as_str()) {
            assert!(!brief.contains(entry), "{audience}: {brief}");
        }
    }
}

#[test]
fn a_version_says_for_whose_places_it_is_and_where_it_only_stands_in() {
    let room = shop();
    room.knows(&[("notice_account", "An intruder copied data."), ("support_contact", "x@y.ie")]);
    let ran = ok(&room, &["duties", "draft", "eu-gdpr.34"]);
    let said = ran.said();
    assert!(said.contains("It is for IE 18,410; PT 40,180."), "{ran:?}");
    assert!(said.contains("PT 40,180: no other text is held for people there"), "{ran:?}");
    room.knows(&[("people_affected", "IE 18410, DE 5")]);
    let said = ok(&room, &["duties", "draft", "eu-gdpr.34"]).said();
    assert!(said.contains("It is for IE 18,410") && said.contains("It is for DE 5"), "{said}");
    assert!(!said.contains("no other text is held"), "{said}");
    std::fs::write(room.path("p.csv"), "id,name,place\n1,Ann,PT\n2,Bea,IE\n").expect("written");
    room.knows(&[
        ("people_affected", "IE 1, PT 1"),
        ("occurred", "2026-11-01"),
        ("data_classes", "credentials"),
        ("data_access", "copied-confirmed"),
        ("likely_consequences", "Fraud."),
        ("measures_taken", "We closed the gap."),
        ("organisation", "Example Shop"),
    ]);
    let letters = ["duties", "letters", "eu-gdpr.34", "--people", "p.csv", "--out", "out"];
    let letters = [&letters[..], &["--signed-by", "Kim, counsel", "--as", "Ada"]].concat();
    let ran = room.breach(&letters);
    assert!(ran.said().contains("PT 1: no other text is held for people there"), "{ran:?}");
}

#[test]
fn a_fact_is_found_by_its_label_and_a_number_with_dots_says_how_to_write_it() {
    let room = Room::new();
    room.open();
    let ran = ok(&room, &["fact", "set", "people affected", "61300"]);
    assert!(ran.said().contains("People affected: 61300"), "{ran:?}");
    assert_eq!(room.bodies("fact").last().expect("a fact")["name"], "persons_affected");
    refused(&room, &["fact", "set", "people", "61300"], "`persons_affected`");
    ok(&room, &["fact", "show", "People affected"]);
    ok(&room, &["fact", "add", "Boxes", "web-01"]);
    for (arguments, plain) in [
        (&["fact", "set", "persons_affected", "48.210"][..], "write 48210, without a dot"),
        (&["fact", "set", "persons_affected", "about 1.048.210"], "write 1048210, without a dot"),
        (&["fact", "set", "people_affected", "IE 61.300"], "write 61300, without a dot"),
        (&["duties", "sent", "eu-gdpr.34", "--sent", "44.090"], "write 44090, without a dot"),
    ] {
        refused(&room, arguments, plain);
    }
}

#[test]
fn a_line_break_ends_no_sentence_of_a_summary() {
    let room = Room::new();
    room.open();
    let account = "An intruder copied\nthe records of patients. The database\nis cut off.";
    ok(&room, &["fact", "set", "notice_account", account]);
    for audience in ["internal", "regulator", "public"] {
        let happened = report(&room, audience)["summary"]["happened"].clone();
        let whole = "An intruder copied the records of patients. The database is cut off.";
        assert_eq!(happened, whole, "{audience}");
    }
}

//! What people say under counsel's direction, and readers who may not see it.

use super::{folder, ok};
use crate::cli::room::{Room, flowed};

const SECRET: &str = "zqsecretqz";

fn directed() -> Room {
    let room = Room::new();
    room.open();
    ok(&room, &["action", "add", "patch", "the", "shop"]);
    let by = ["--by", "Kim", "--role", "counsel", "--basis", "advice"];
    ok(&room, &[&["decide", "counsel_directs", "yes"][..], &by].concat());
    room
}

/// Every command that records what people say, as opposed to what they found.
const SAID: [&[&str]; 11] = [
    &["duties", "waive", "eu-gdpr.34", "--by", "Kim", "--reason", SECRET],
    &["duties", "resume", "eu-gdpr.34", "--by", "Kim", "--reason", SECRET],
    &[
        "duties",
        "asked",
        "eu-gdpr.33-1",
        "--by",
        "DPA",
        "--reason",
        SECRET,
        "--due",
        "2030-01-01 10:00",
    ],
    &["duties", "answered", "eu-gdpr.33-1", "--by", "Kim", "--reason", SECRET],
    &[
        "duties",
        "delay",
        "eu-gdpr.34",
        "--by",
        "police",
        "--reason",
        SECRET,
        "--until",
        "2030-01-01 10:00",
    ],
    &["action", "add", SECRET],
    &["group", "add", "payers", "--classes", "card-number", "--offer", SECRET],
    &["incident", "title", SECRET],
    &["undo", "--why", SECRET],
    &["close", "--anyway", "--reason", SECRET],
    &["reopen", "--reason", SECRET],
];

/// Everything that readers outside counsel's circle are given, as one text.
fn given(room: &Room) -> String {
    let mut all = String::new();
    for audience in ["executive", "board", "regulator", "public"] {
        for format in ["text", "json", "html"] {
            all += &room.breach(&["report", "--audience", audience, "--format", format]).out;
        }
        for format in ["csv", "timesketch-csv"] {
            all += &room.breach(&["export", format, "--audience", audience]).out;
        }
    }
    for audience in ["team", "executive"] {
        all += &room.breach(&["brief", "--audience", audience]).out;
    }
    let pack = room.path("p.tgz");
    let _ = std::fs::remove_file(&pack);
    let path = pack.to_str().expect("text");
    ok(room, &["pack", "--without", "privileged", "--out", path]);
    let tar = std::process::Command::new("tar").arg("-xzOf").arg(&pack).output();
    all + &String::from_utf8_lossy(&tar.expect("tar runs").stdout)
}

#[test]
fn what_people_say_under_direction_stays_with_counsel() {
    let room = directed();
    for said in SAID {
        ok(&room, said);
        let kinds = ["duty", "action", "group", "titled", "withdrawn", "closed", "reopened"];
        let written = room
            .entries()
            .into_iter()
            .rfind(|entry| entry["kind"].as_str().is_some_and(|kind| kinds.contains(&kind)));
        assert_eq!(written.expect("an entry")["priv"], "legal", "{said:?}");
    }
    let all = given(&room);
    assert!(!all.contains(SECRET), "{}", &all[all.find(SECRET).unwrap_or(0).saturating_sub(300)..]);
    let shown = room.breach(&["report", "--audience", "internal", "--format", "json"]).out;
    assert!(shown.contains(SECRET), "counsel reads it");
}

#[test]
fn what_was_done_under_direction_is_told_without_why() {
    let room = directed();
    ok(&room, &["close", "--anyway", "--reason", SECRET]);
    let says = "the incident is open";
    let report = room.breach(&["report", "--audience", "regulator"]).out;
    assert!(!report.contains(says), "{report}");
    ok(&room, &["reopen", "--reason", SECRET]);
    let report = room.breach(&["report", "--audience", "regulator"]).out;
    assert!(report.contains(says), "{report}");
}

#[test]
fn there_is_a_way_out_of_the_mark() {
    let room = directed();
    for said in SAID {
        ok(&room, &[said, &["--not-privileged"]].concat());
    }
    let texts = folder(&room).join("texts");
    let kept = std::fs::read_dir(&texts).map_or(0, Iterator::count);
    assert_eq!(kept, 0, "nothing of it was kept apart");
    assert!(given(&room).contains(SECRET));
}

#[test]
fn a_text_for_outsiders_names_what_of_it_is_marked_privileged() {
    let room = Room::new();
    room.open();
    ok(&room, &["fact", "set", "notice_account", SECRET, "--privileged"]);
    for arguments in [
        &["duties", "draft", "eu-gdpr.33-1"][..],
        &["duties", "draft", "eu-gdpr.34"],
        &["duties", "form", "eu-gdpr.33-1"],
    ] {
        let ran = ok(&room, arguments);
        if ran.out.contains(SECRET) {
            assert!(ran.said().contains("marked privileged: `notice_account`"), "{ran:?}");
        }
    }
    let ran = ok(&room, &["duties", "draft", "eu-gdpr.33-1"]);
    assert!(ran.out.contains(SECRET) && ran.out.contains("MARKED PRIVILEGED"), "{ran:?}");
    ok(&room, &["fact", "set", "notice_account", "released", "--not-privileged"]);
    let ran = ok(&room, &["duties", "draft", "eu-gdpr.33-1"]);
    assert!(!ran.said().contains("marked privileged"), "{ran:?}");
}

#[test]
fn readers_are_not_told_the_law_by_a_value_that_privilege_replaced() {
    let room = Room::new();
    room.open();
    ok(&room, &["fact", "set", "people_affected", "US-CA 9000"]);
    ok(&room, &["fact", "set", "people_affected", "Ireland 4", "--privileged"]);
    for audience in ["executive", "board", "regulator"] {
        let ran = room.breach(&["report", "--audience", audience]);
        let report = flowed(&ran.out);
        assert!(!report.contains("California") && !report.contains("9,000"), "{audience} {report}");
        assert!(!report.contains("How many are affected is not recorded"), "{audience} {report}");
        assert!(!report.contains("no duty is known to apply to this incident."), "{report}");
    }
}

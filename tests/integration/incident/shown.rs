//! What was taken back stays in the record, and is told there as taken back.

use serde_json::{Value, json};

use crate::cli::room::Room;
use crate::log::newer::linked;

/// Adds an entry of this kind, as the next version of a command would.
fn append(room: &Room, kind: &str, body: &Value) {
    let mut lines = room.entries();
    let mut line = lines.last().expect("an entry").clone();
    line["kind"] = json!(kind);
    line["body"] = body.clone();
    line["id"] = json!(format!("id-{}", lines.len()));
    line.as_object_mut().expect("an object").remove("step");
    lines.push(line);
    std::fs::write(&room.chains()[0], linked(&lines)).expect("written");
    room.witness_the_end();
}

fn id_of(room: &Room, kind: &str) -> Value {
    let entries = room.entries();
    let entry = entries.iter().rev().find(|entry| entry["kind"] == kind).expect("such an entry");
    entry["id"].clone()
}

#[test]
fn a_value_taken_back_is_history_and_no_state() {
    let room = Room::new();
    room.open();
    for hosts in ["web-01", "web-99"] {
        let set = room.breach(&["fact", "set", "hosts_affected", hosts, "--replace"]);
        assert_eq!(set.exit, Some(0), "{set:?}");
    }
    let entry = id_of(&room, "fact");
    append(&room, "withdrawn", &json!({ "entry": entry, "why": "the wrong host" }));
    append(&room, "fact-edit", &json!({ "name": "hosts_affected", "add": ["db-01"] }));
    let shown = room.breach(&["fact", "show", "hosts_affected"]).out;
    assert!(shown.contains("web-01, db-01") && shown.matches("web-99").count() == 1, "{shown}");
    assert!(shown.contains("taken back since: fact hosts_affected = web-99"), "{shown}");
    let shown = room.breach(&["log", "show"]).out;
    let told = "withdrawn: took back fact hosts_affected = web-99 (";
    assert!(shown.contains(told) && shown.contains("), because the wrong host"), "{shown}");
    assert!(!shown.contains(entry.as_str().expect("text")), "in words, not by its id: {shown}");
    assert!(shown.contains("fact-edit: hosts_affected: added db-01"), "{shown}");
    let csv = room.breach(&["export", "csv"]).out;
    assert!(csv.contains("taken back since") && csv.contains("the wrong host"), "{csv}");
    let inside = room.breach(&["report", "--format", "markdown"]).out;
    assert!(
        inside.contains("an entry taken back") && inside.contains("the wrong host"),
        "{inside}"
    );
    let outside = room.breach(&["report", "--audience", "regulator", "--format", "json"]).out;
    assert!(!outside.contains("web-99") && !outside.contains("the wrong host"), "{outside}");
    room.verify();
}

#[test]
fn taking_back_the_close_opens_the_incident_again() {
    let room = Room::new();
    room.open();
    let closed = room.breach(&["close", "--anyway", "--reason", "over"]);
    assert_eq!(closed.exit, Some(0), "{closed:?}");
    assert!(room.breach(&["status"]).err.contains("No incident is open"));
    append(&room, "withdrawn", &json!({ "entry": id_of(&room, "closed") }));
    let status = room.breach(&["status"]);
    assert!(status.out.contains("Incident ") && !status.out.contains("Closed"), "{status:?}");
    let report = room.breach(&["report", "--format", "markdown"]).out;
    assert!(report.contains("DRAFT: the incident is open"), "{report}");
}

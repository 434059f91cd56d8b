//! Entries that are said to be taken back and stand, and what nobody may take back.

use super::ok;
use crate::cli::room::Room;

const CARD: &str = "seen with 4111 1111 1111 1111";

#[test]
fn what_was_masked_is_taken_back_whole() {
    let by = ["--by", "Kim", "--role", "executive", "--basis", CARD];
    let decide = [&["decide", "pay-ransom", "no"][..], &by].concat();
    for (kind, said) in [
        ("fact", &["fact", "set", "impact", CARD][..]),
        ("step-outcome", &["step", "commands", "done", CARD]),
        ("decision", &decide),
        ("titled", &["incident", "title", CARD]),
        ("handoff", &["handoff", "--to", "Bob", "--note", CARD]),
        ("action", &["action", "add", CARD]),
        ("duty", &["duties", "waive", "eu-gdpr.34", "--by", "Kim", "--reason", CARD]),
        ("notice", &["duties", "sent", "eu-gdpr.34", "--reference", CARD]),
        ("note", &["note", CARD]),
    ] {
        let room = Room::new();
        room.open();
        ok(&room, said);
        ok(&room, &["undo"]);
        let taken = room.bodies("withdrawn").pop().expect("an entry")["entry"].clone();
        let log = room.breach(&["log", "show", "--kind", kind, "--format", "json"]);
        let line = log.out.lines().last().expect("an entry");
        let entry: serde_json::Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(entry["id"], taken, "{kind} {log:?}");
    }
}

#[test]
fn that_it_was_opened_as_a_rehearsal_is_not_taken_back() {
    let room = Room::new();
    let lines = b"Ada\nFire drill\n\n\nq\n";
    let playbook = room.playbook();
    let playbook = playbook.to_str().expect("text");
    room.pipe(&["contain", "--drill", "--playbook", playbook], lines);
    let ran = room.breach(&["undo", "1", "--as", "Ada"]);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    assert!(room.breach(&["status"]).out.contains("REHEARSAL"));
}

#[test]
fn an_incident_whose_closing_was_taken_back_is_not_called_closed() {
    let room = Room::new();
    room.open();
    ok(&room, &["close", "--anyway", "--reason", "over"]);
    let ran = ok(&room, &["undo"]);
    assert!(!ran.said().contains("closed;"), "{ran:?}");
    let ran = ok(&room, &["note", "it goes on"]);
    assert!(!ran.said().contains("closed"), "{ran:?}");
}

#[test]
fn a_fact_that_was_taken_back_was_set() {
    let room = Room::new();
    room.open();
    ok(&room, &["fact", "set", "persons_affected", "100"]);
    ok(&room, &["undo"]);
    let shown = room.breach(&["fact", "show", "persons_affected"]).out;
    assert!(!shown.contains("never set"), "{shown}");
    assert!(shown.contains("taken back since: fact persons_affected = 100 (Ada)"), "{shown}");
}

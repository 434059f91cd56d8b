//! Pages of a rehearsal that look as if it had happened.

use super::ok;
use crate::cli::room::Room;

/// Everything that somebody could take for the real thing.
const FACES: [&[&str]; 28] = [
    &["status"],
    &["next"],
    &["next", "--format", "json"],
    &["brief"],
    &["brief", "--audience", "executive"],
    &["handoff", "--to", "Bob"],
    &["handoff", "--show", "--format", "json"],
    &["duties"],
    &["duties", "--format", "json"],
    &["duties", "--format", "ical"],
    &["duties", "draft", "eu-gdpr.33-1"],
    &["duties", "draft", "eu-gdpr.34", "--format", "text"],
    &["duties", "form", "eu-gdpr.33-1"],
    &["statement"],
    &["report"],
    &["report", "--audience", "public", "--tlp", "clear"],
    &["export", "stix"],
    &["export", "ical"],
    &["export", "csv"],
    &["export", "timesketch-csv"],
    &["export", "timesketch-jsonl"],
    &["export", "veris"],
    &["export", "mermaid"],
    &["evidence", "list"],
    &["evidence", "list", "--format", "json"],
    &["evidence", "list", "--form"],
    &["log", "follow", "--once"],
    &["incident", "list"],
];

#[test]
fn every_page_of_a_rehearsal_says_that_it_is_one() {
    let room = Room::new();
    let playbook = room.playbook();
    let playbook = playbook.to_str().expect("text");
    let arguments = ["contain", "--drill", "--playbook", playbook, "--as", "Ada"];
    room.pipe(&arguments, b"Strange script\nunknown\n1\n");
    let by = ["--by", "Kim", "--role", "counsel", "--why", "x"];
    ok(&room, &[&["fact", "set", "aware", "now"][..], &by].concat());
    ok(&room, &["fact", "set", "people_affected", "DE 1500"]);
    ok(&room, &["evidence", "add", "--ref", "aws:snap-0a1b"]);
    ok(&room, &["fact", "set", "controller_or_processor", "controller"]);
    let says_so = |text: &str| {
        let text = text.replace("\"rehearsal\": false", "").replace("\"rehearsal\":false", "");
        text.contains("rehears") || text.contains("\"drill\": true")
    };
    let silent = FACES.iter().filter(|arguments| {
        let said = ok(&room, arguments).out.to_lowercase();
        match arguments[0] {
            // A pipe may pass on any line alone.
            "log" => said.is_empty() || !said.lines().all(says_so),
            _ => !says_so(&said),
        }
    });
    let silent: Vec<_> = silent.collect();
    assert!(silent.is_empty(), "{silent:?}");
}

//! A log that a newer program wrote is kept and counted, never damage; one of an older is read as ever.

use breach::incident::Incident;
use breach::incident::event::{KINDS, kind};
use serde_json::{Value, json};

use super::room::Room;
use super::schema::lines;
use crate::cli::room::Room as Cli;

/// A chain of these lines, each linked to the one before.
pub(crate) fn linked(lines: &[Value]) -> Vec<u8> {
    let mut chain = Vec::new();
    let mut prev = "0".repeat(64);
    for (seq, line) in lines.iter().enumerate() {
        let mut line = line.clone();
        line["seq"] = json!(seq);
        line["prev"] = json!(prev);
        let mut line = line.to_string().into_bytes();
        line.push(b'\n');
        prev = breach::digest::Digest::of(&line).to_string();
        chain.extend(line);
    }
    chain
}

/// A word that no version knows yet.
const WORD: &str = "von morgen";

/// What a newer version may make of a line, and how.
fn later(line: &Value) -> Vec<(String, Value)> {
    let name = line["kind"].as_str().expect("a kind");
    let doc = kind(name).expect("a known kind");
    let mut all = Vec::new();
    let mut change = |how: String, change: &dyn Fn(&mut Value)| {
        let mut later = line.clone();
        change(&mut later);
        all.push((format!("{name}: {how}"), later));
    };
    if name != "genesis" {
        change("another kind".to_owned(), &|line| line["kind"] = json!(WORD));
    }
    change("one more field".to_owned(), &|line| line["body"][WORD] = json!(1));
    change("another precision".to_owned(), &|line| {
        line["occurred"] =
            json!({ "earliest": line["at"], "latest": line["at"], "precision": WORD });
    });
    for field in doc.fields {
        // By these a chain is known: no version may write them otherwise.
        if name == "genesis" && ["log_id", "machine", "continues"].contains(&field.name) {
            continue;
        }
        let what = field.name;
        change(format!("`{what}` of another shape"), &|line| {
            line["body"][what] = json!({ WORD: 1 });
        });
        if !field.optional {
            change(format!("no `{what}`"), &|line| {
                line["body"].as_object_mut().expect("an object").remove(what);
            });
        }
        let plain = ["String", "Text", "DecidedAs"].iter().any(|plain| {
            [(*plain).to_owned(), format!("Option<{plain}>")].contains(&field.shape.to_owned())
        });
        if !plain {
            change(format!("another word in `{what}`"), &|line| line["body"][what] = json!(WORD));
        }
    }
    all
}

#[test]
fn whatever_a_newer_version_writes_is_counted_and_no_damage() {
    let room = Room::new();
    room.notes(1);
    let path = room.chain();
    let text = std::fs::read_to_string(&path).expect("a chain");
    let own: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let mut tried = 0;
    let mut kinds: Vec<String> = Vec::new();
    for line in std::iter::once(&own[0]).chain(&lines()) {
        let kind = line["kind"].as_str().expect("a kind");
        if kinds.iter().any(|tried| tried == kind) {
            continue;
        }
        kinds.push(kind.to_owned());
        for (how, later) in later(line) {
            let chain = if kind == "genesis" {
                vec![later, own[1].clone()]
            } else {
                vec![own[0].clone(), later, own[1].clone()]
            };
            std::fs::write(&path, linked(&chain)).expect("written");
            let report =
                breach::log::verify(&room.folder, &room.world).expect("readable").remove(0);
            assert_eq!(report.damage, None, "{how}");
            assert_eq!((report.lines, report.newer), (chain.len() as u64, 1), "{how}");
            let mut incident = Incident::default();
            breach::log::fold_all(&room.folder, &room.world, &mut incident).expect("readable");
            assert_eq!(incident.newer, 1, "{how}");
            assert_eq!(incident.tally.values().sum::<u64>(), chain.len() as u64, "{how}");
            tried += 1;
        }
    }
    assert_eq!(kinds.len(), KINDS.len());
    assert!(tried > 200, "{tried}");
}

#[test]
fn every_place_that_shows_state_says_so_once() {
    let room = Cli::new();
    room.open();
    let path = room.chains().remove(0);
    let text = std::fs::read_to_string(&path).expect("a chain");
    let mut lines: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let fact = lines.iter().find(|line| line["kind"] == "fact").expect("a fact").clone();
    for change in [
        ("/kind", json!("sealed")),
        ("/body/value", json!({ "spectrum": 7 })),
        ("/body/sure", json!("quite")),
    ] {
        let mut later = fact.clone();
        let (place, value) = change;
        let (parent, key) = place.rsplit_once('/').expect("a place");
        later.pointer_mut(parent).expect("a parent")[key] = value;
        lines.push(later);
    }
    std::fs::write(&path, linked(&lines)).expect("written");
    room.witness_the_end();
    let warning = "3 entries need a newer breach; what follows may be incomplete";
    for arguments in [
        vec!["status"],
        vec!["status", "--format", "json"],
        vec!["duties"],
        vec!["fact", "show"],
        vec!["evidence", "list"],
        vec!["action", "list"],
        vec!["report"],
        vec!["export", "csv"],
        vec!["export", "veris"],
        vec!["export", "ical"],
        vec!["contain"],
        vec!["contain", "--dry-run"],
        vec!["close", "--anyway", "--reason", "over"],
    ] {
        let copy = room.copied();
        let ran = copy.breach(&arguments);
        assert_eq!(ran.err.matches(warning).count(), 1, "{arguments:?}: {ran:?}");
        assert!(!ran.err.contains("verify"), "{arguments:?}: {ran:?}");
    }
    let shown = room.breach(&["log", "show"]);
    assert_eq!(shown.out.matches("(needs a newer breach)").count(), 3, "{shown:?}");
    let verified = room.breach(&["log", "verify"]);
    assert_eq!(verified.exit, Some(0), "{verified:?}");
    assert!(verified.out.contains("3 entries need a newer breach"), "{verified:?}");
    let json = room.breach(&["status", "--format", "json"]);
    let status: Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(status["incidents"][0]["newer_entries"], 3, "{status}");
}

#[test]
fn a_text_kept_apart_and_a_reserved_kind_are_read_whole() {
    let room = Cli::new();
    room.open();
    let path = room.chains().remove(0);
    let mut lines = room.entries();
    let last = lines.last().expect("an entry").clone();
    let sha256 = "ab".repeat(32);
    let apart = json!({ "sha256": sha256 });
    let mut texts = 0;
    for (kind, body) in [
        ("note", json!({ "text": apart })),
        ("titled", json!({ "title": apart })),
        ("fact", json!({ "name": "volume_id", "value": { "text": "x" }, "why": apart })),
        ("step-outcome", json!({ "outcome": "blocked", "items": ["a", "b"], "text": apart })),
        ("inject", json!({ "to": "Bo" })),
    ] {
        let mut line = last.clone();
        line["kind"] = json!(kind);
        line["body"] = body;
        line["step"] = json!("containment/look");
        texts += usize::from(kind != "inject");
        lines.push(line);
    }
    std::fs::write(&path, linked(&lines)).expect("written");
    room.witness_the_end();
    let shown = room.breach(&["log", "show"]).out;
    let told = format!("[a text kept separately is missing, sha256 {sha256}]");
    assert_eq!(shown.matches(&told).count(), texts, "{shown}");
    assert!(shown.contains(r#"inject containment/look: {"to":"Bo"}"#), "{shown}");
    assert!(shown.contains("blocked on a and b"), "{shown}");
    assert!(!shown.contains("needs a newer breach"), "{shown}");
    let csv = room.breach(&["export", "csv"]);
    assert!(
        csv.out.contains("a rehearsal was given something to react to")
            && csv.out.contains("incident named")
    );
    assert!(!csv.err.contains("newer breach"), "{csv:?}");
}

/// A log as the first release wrote it: one entry of each kind at least.
pub(super) const FIRST: &str = include_str!("release-1.jsonl");

#[test]
fn a_log_of_the_first_release_gives_the_state_that_it_gave() {
    let room = Room::new();
    room.notes(1);
    std::fs::remove_file(room.chain()).expect("removed");
    std::fs::write(room.folder.log_dir().join("01080f16.jsonl"), FIRST).expect("written");
    let mut incident = Incident::default();
    let report = breach::log::fold_all(&room.folder, &room.world, &mut incident)
        .expect("readable")
        .remove(0);
    assert_eq!(report.damage, None);
    assert_eq!(incident.newer, 0);
    insta::assert_snapshot!("release-1", format!("{incident:#?}"));
}

//! A home of the first release, walked on with by this one.

use std::path::{Path, PathBuf};

use breach::digest::Digest;
use breach::incident::Incident;
use breach::incident::event::Note;
use breach::log::{IncidentLog, Remark};
use serde_json::Value;

use super::newer::FIRST;
use super::room::{Room as Given, actor};
use crate::cli::room::{Ran, Room};

const NAME: &str = "2026-11-23-amber-heron";

/// The home: a chain, what it names, and nothing that remembers it.
fn home() -> (Room, PathBuf) {
    let room = Room::new();
    let log = room.home().join("incidents").join(NAME).join("log");
    std::fs::create_dir_all(&log).expect("a folder");
    let chain = log.join("01080f16.jsonl");
    std::fs::write(&chain, FIRST).expect("written");
    // Its entries name one text, as everything.
    let digest = Digest::of(b"x").to_string();
    let evidence = Path::new("evidence/sha256").join(&digest[..2]).join(&digest);
    let others = ["playbooks", "notices", "texts"].iter().zip([".toml", ".md", ""]);
    let others = others.map(|(store, end)| Path::new(store).join(format!("{digest}{end}")));
    for path in others.chain([evidence]) {
        let path = log.with_file_name(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, "x").expect("written");
    }
    let verified = room.breach(&["log", "verify", "--evidence", "--incident", NAME]);
    assert_eq!(verified.exit, Some(0), "{verified:?}");
    (room, chain)
}

fn run(room: &Room, words: &[&str]) -> Ran {
    room.breach(&[words, &["--incident", NAME, "--as", "Ada"]].concat())
}

/// The state that people and programs read of it, without what moves with the clock.
fn state(room: &Room) -> Value {
    let ran = run(room, &["status", "--format", "json"]);
    let mut status: Value = serde_json::from_str(&ran.out).expect("JSON");
    status["incidents"][0].take()
}

#[test]
fn the_first_note_begins_a_chain_beside_the_old_one_and_changes_no_byte_of_it() {
    let (room, chain) = home();
    let before = state(&room);
    assert_eq!(before["title"], "Strange script");
    let note = run(&room, &["note", "by the new release"]);
    assert_eq!(note.exit, Some(0), "{note:?}");
    assert_eq!(std::fs::read_to_string(&chain).expect("a chain"), FIRST);
    assert_eq!(room.chains().len(), 2);
    let again = run(&room, &["note", "and another"]);
    assert!(again.exit == Some(0) && !again.said().contains("new chain"), "{again:?}");
    assert_eq!(room.chains().len(), 2, "one new chain, and no more");
    room.verify();
    let after = state(&room);
    for (key, value) in before.as_object().expect("an object") {
        // The new chain, its entries and the moment.
        let moves = ["chains", "entries", "last_entry_at", "people", "last_code"];
        if !moves.contains(&key.as_str()) {
            assert_eq!(&after[key], value, "{key}");
        }
    }
}

#[test]
fn its_own_machine_that_remembers_nothing_begins_a_chain_and_says_why() {
    let state = tempfile::tempdir().expect("a folder");
    let mut given = Given::new();
    given.world.state = Some(state.path().to_owned());
    // Chance that is given gives the same again: the chain of the sample has the first name of all.
    for _ in 0..60 {
        given.world.random::<1>().expect("entropy");
    }
    let log = given.folder.log_dir();
    std::fs::write(log.join("01080f16.jsonl"), FIRST).expect("written");
    let mut remarks = Vec::new();
    let mut log = IncidentLog::open(&given.folder, &given.world, true, &mut remarks).expect("ok");
    let unremembered = |remark: &Remark| matches!(remark, Remark::Unremembered(_));
    assert!(remarks.iter().any(unremembered), "{remarks:?}");
    log.append(&Note::new("on".to_owned()).into(), &actor(), &given.world).expect("recorded");
    assert_eq!(given.folder.chains().expect("chains").len(), 2);
    let mut incident = Incident::default();
    let reports = breach::log::fold_all(&given.folder, &given.world, &mut incident).expect("ok");
    assert!(reports.iter().all(|report| report.damage.is_none()), "{reports:?}");
    assert_eq!(incident.title.as_deref(), Some("Strange script"));
}

#[test]
fn every_command_works_in_it() {
    let (room, chain) = home();
    std::fs::write(room.path("proof"), "proof").expect("written");
    let walked = room.pipe(
        &["contain", "--switch", "walk.toml", "--incident", NAME, "--as", "Ada"],
        b"unknown\n1\nn on with it\nq\n",
    );
    assert_eq!(walked.exit, Some(6), "{walked:?}");
    for words in [
        &["fact", "set", "leaking", "yes"][..],
        &["evidence", "add", "proof"],
        &["action", "done", "a-3f9c1e"],
        &["duties", "resume", "eu-gdpr.34", "--by", "Kim", "--reason", "x"],
        &["undo"],
        &["close", "--anyway", "--reason", "over"],
        &["reopen", "--reason", "not yet"],
    ] {
        let ran = run(&room, words);
        assert_eq!(ran.exit, Some(0), "{words:?}: {ran:?}");
    }
    for words in
        [&["log", "show"][..], &["duties"], &["evidence", "list"], &["action", "list", "--all"]]
    {
        let ran = run(&room, words);
        assert_eq!(ran.exit, Some(0), "{words:?}: {ran:?}");
        assert!(!ran.out.is_empty(), "{words:?}");
    }
    // The copy of its playbook is no playbook.
    assert_eq!(run(&room, &["export", "csv"]).exit, Some(4));
    let report = run(&room, &["report"]);
    assert!(report.exit == Some(4) && report.out.contains("Strange script"), "{report:?}");
    let shown = run(&room, &["log", "show", "--kind", "note"]);
    assert!(shown.out.contains("on with it") && shown.out.contains("01080f16/5"), "{shown:?}");
    assert_eq!(std::fs::read_to_string(&chain).expect("a chain"), FIRST);
    room.verify();
}

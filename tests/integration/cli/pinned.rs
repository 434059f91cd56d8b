//! The playbook that a phase follows: its kept copies, and what became of the file since.

use std::path::PathBuf;

use super::room::{Ran, Room, flowed};

fn copies(room: &Room) -> Vec<PathBuf> {
    let folder =
        room.chains()[0].parent().and_then(|log| log.parent()).expect("a folder").to_owned();
    let entries = std::fs::read_dir(folder.join("playbooks")).expect("playbooks");
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

fn again(room: &Room, arguments: &[&str]) -> Ran {
    let mut ran = room.pipe(&[&["contain", "--as", "Ada"][..], arguments].concat(), b"");
    // Wrapped as it may be.
    ran.err = flowed(&ran.err);
    ran
}

#[test]
fn kept_copies_that_are_gone_or_altered_are_taken_again() {
    let room = Room::new();
    room.open();
    for change in ["gone", "altered"] {
        for copy in copies(&room) {
            match change {
                "gone" => std::fs::remove_file(&copy).expect("removed"),
                _ => std::fs::write(&copy, "id = \"evil\"").expect("written"),
            }
        }
        let ran = again(&room, &[]);
        assert_eq!(ran.exit, Some(4), "{change}: {ran:?}");
        let playbook = room.playbook();
        let playbook = playbook.to_str().expect("text");
        assert!(ran.err.contains(&format!("breach contain --switch {playbook}")), "{ran:?}");
        let status = room.breach(&["status"]);
        assert_eq!(status.exit, Some(4), "{change}: {status:?}");
        assert!(
            status.out.contains("not known") && status.err.contains("kept playbook"),
            "{status:?}"
        );
        let ran = again(&room, &["--switch", playbook]);
        assert_eq!(ran.exit, Some(6), "{change}: {ran:?}");
        assert_eq!(again(&room, &[]).exit, Some(6), "{change}");
        assert_eq!(room.breach(&["status"]).exit, Some(0), "{change}");
    }
    let aside = copies(&room).into_iter().filter(|copy| copy.extension() != Some("toml".as_ref()));
    assert_eq!(aside.count(), 3, "the altered copies are kept for whoever asks");
    room.verify();
}

#[test]
fn nothing_believes_a_kept_playbook_that_was_altered() {
    let commands: &[&[&str]] = &[
        &["fact", "show"],
        &["fact", "show", "door_used"],
        &["fact", "set", "leaking", "no"],
        &["fact", "import", "people", "people.csv"],
        &["contain"],
        &["contain", "--dry-run"],
        &["status"],
        &["duties"],
        &["duties", "draft", "eu-gdpr.33-1"],
        &["duties", "sent", "eu-gdpr.33-1"],
        &["report"],
        &["report", "--all"],
        &["export", "csv"],
        &["export", "veris"],
        &["close", "--anyway", "--reason", "x"],
    ];
    let room = Room::new();
    let text = std::fs::read_to_string(room.playbook()).expect("a playbook");
    let own = "\n[fact.door_used]\ntype = \"text\"\ntitle = \"Door\"\nask = \"Which door?\"\n";
    std::fs::write(room.playbook(), text + own).expect("written");
    std::fs::write(room.path("people.csv"), "jurisdiction,count\nDE,5\n").expect("written");
    room.open();
    assert_eq!(room.breach(&["fact", "set", "door_used", "front", "--as", "Ada"]).exit, Some(0));
    for copy in copies(&room) {
        let text = std::fs::read_to_string(&copy).expect("text");
        let text = text
            .replace("\"Door\"", "\"FORGED\"")
            .replace("type = \"text\"\ntitle = \"F", "type = \"yes-no\"\ntitle = \"F");
        std::fs::write(&copy, text).expect("written");
    }
    for words in commands {
        let room = room.copied();
        let ran = room.breach(&[&["--as", "Ada"][..], words].concat());
        assert_eq!(ran.exit, Some(4), "{words:?} {ran:?}");
        assert!(!ran.out.contains("FORGED") && !ran.err.contains("FORGED"), "{words:?} {ran:?}");
        assert!(ran.err.contains("altered"), "{words:?} {ran:?}");
    }
    let before = room.bodies("fact").len();
    let ran = room.breach(&["fact", "set", "door_used", "yes", "--as", "Ada"]);
    assert_eq!(ran.exit, Some(4), "{ran:?}");
    assert_eq!(room.bodies("fact").len(), before, "what the fact is, nobody knows");
}

#[test]
fn a_file_that_changed_since_is_told_and_taken_only_on_request() {
    let room = Room::new();
    room.open();
    let text = std::fs::read_to_string(room.playbook()).expect("a playbook");
    let first = text.find("title = \"").expect("a title") + "title = \"".len();
    let mut changed = text.clone();
    changed.insert_str(first, "Now ");
    std::fs::write(
        room.playbook(),
        changed
            .replace("[[step]]\nid = \"name-boxes\"", "[[step]]\nid = \"list-boxes\"")
            .replace("needs = [\"name-boxes\"]", "needs = [\"list-boxes\"]"),
    )
    .expect("written");
    for arguments in [&[][..], &["--playbook", "walk.toml"]] {
        let ran = again(&room, arguments);
        assert_eq!(ran.exit, Some(6), "{ran:?}");
        assert!(ran.err.contains("changed since this phase started"), "{ran:?}");
        assert!(ran.err.contains("added: ") && ran.err.contains("--switch "), "{ran:?}");
    }
    std::fs::write(room.playbook(), "id = ").expect("written");
    let ran = again(&room, &[]);
    assert_eq!(ran.exit, Some(6), "{ran:?}");
    assert!(
        ran.err.contains("cannot be read now, so the copy from the start of this phase is used"),
        "{ran:?}"
    );
    std::fs::remove_file(room.playbook()).expect("removed");
    let ran = again(&room, &[]);
    assert!(
        ran.err.contains("cannot be read now, so the copy from the start of this phase is used"),
        "{ran:?}"
    );
    std::fs::write(room.playbook(), text).expect("written");
    assert!(!again(&room, &[]).err.contains("changed since"));
}

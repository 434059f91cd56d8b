//! `breach playbook new`: what it writes passes the check and its own test as it is.

use super::room::Room;

fn room() -> Room {
    let room = Room::new();
    std::fs::remove_file(room.playbook()).expect("removed");
    room
}

#[test]
fn every_phase_begins_with_a_playbook_that_passes() {
    let room = room();
    for phase in ["containment", "scoping", "notification", "post-mortem"] {
        let title = format!("Mail: {phase}, \"all\"");
        let flags = ["--phase", phase, "--title", &title, "--owner", "Ada", "--suits", "insider"];
        let ran = room.breach(&[&["playbook", "new"], &flags[..]].concat());
        assert_eq!(ran.exit, Some(0), "{}", ran.err);
        let name = format!("mail-{phase}-all.toml");
        let text = std::fs::read_to_string(room.path(&name)).expect("written");
        assert!(text.contains(&format!("phase = \"{phase}\"")), "{text}");
        assert!(text.contains("suits = [\"insider\"]"), "{text}");
    }
    let flags = ["--phase", "scoping", "--title", "Wiki", "--owner", "Ada", "the wiki's.toml"];
    let ran = room.breach(&[&["playbook", "new"], &flags[..]].concat());
    let said = r"Test it: breach playbook test 'the wiki'\''s.test.toml'";
    assert!(ran.err.contains(said), "{}", ran.err);
    let ran = room.breach(&["playbook", "check", "--fail-on", "note", "."]);
    assert_eq!((ran.exit, ran.out.as_str()), (Some(0), ""), "{}", ran.err);
    let ran = room.breach(&["playbook", "test", "."]);
    assert_eq!(ran.exit, Some(0), "{}", ran.out);
    assert_eq!(ran.out.matches("pass  ").count(), 5, "{}", ran.out);
    let ran = room.breach(&["playbook", "fmt", "--check", "."]);
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
}

#[test]
fn what_is_not_named_is_asked_and_a_wrong_answer_is_asked_again() {
    let room = room();
    let answers = "x\nscoping\n\n\u{e9}t\u{e9}\nAda\nBad id\nsummer\n";
    let ran = room.pipe(&["playbook", "new"], answers.as_bytes());
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    assert_eq!(ran.err.matches("Not understood.").count(), 3, "{}", ran.err);
    let text = std::fs::read_to_string(room.path("summer.toml")).expect("written");
    assert!(text.contains("title = \"\u{e9}t\u{e9}\""), "{text}");
    let ran = room.pipe(&["playbook", "new"], b"scoping\n");
    assert_eq!(ran.exit, Some(6), "{}", ran.err);
    assert!(ran.err.contains("hint: nothing was written"), "{}", ran.err);
    assert!(!ran.err.contains("is kept"), "{}", ran.err);
}

#[test]
fn nothing_is_written_over() {
    let room = room();
    let flags = ["playbook", "new", "--phase", "scoping", "--title", "T", "--owner", "O"];
    assert_eq!(room.breach(&flags).exit, Some(0));
    let before = std::fs::read(room.path("t.toml")).expect("written");
    let again = room.breach(&flags);
    assert_eq!(again.exit, Some(2), "{}", again.err);
    assert!(again.err.contains("`t.test.toml` already exists"), "{}", again.err);
    std::fs::remove_file(room.path("t.test.toml")).expect("removed");
    let again = room.breach(&flags);
    assert_eq!(again.exit, Some(2), "{}", again.err);
    assert_eq!(std::fs::read(room.path("t.toml")).expect("there"), before);
    for folder in ["nodir/", "nodir", "no.dir/"] {
        let ran = room.breach(&[&flags[..], &[folder]].concat());
        let said = format!("there is no folder `{folder}`");
        assert!(ran.exit == Some(2) && ran.err.contains(&said), "{}", ran.err);
    }
    let odd = room.breach(&[&flags[..], &["t.yaml"]].concat());
    assert_eq!(odd.exit, Some(2), "{}", odd.err);
    for (flag, value) in [("--title", "a\nb"), ("--id", "A b"), ("--suits", "flood")] {
        let ran = room.breach(&[&flags[..2], &[flag, value]].concat());
        assert_eq!(ran.exit, Some(2), "{}", ran.err);
    }
}

/// Whoever writes a playbook has no incident, and asks what a fact can be.
#[test]
fn the_options_of_a_fact_are_told_without_an_incident() {
    let room = room();
    let ran = room.breach(&["fact", "show", "incident_kind"]);
    assert!(ran.exit == Some(0) && ran.out.contains("  web-skimming: "), "{ran:?}");
    let ran = room.breach(&["fact", "show", "incident_kind", "--format", "json"]);
    assert!(ran.exit == Some(0) && ran.out.contains("\"web-skimming\""), "{ran:?}");
    let ran = room.breach(&["fact", "show", "incident_knd"]);
    assert!(ran.exit == Some(2) && ran.err.contains("`incident_kind`"), "{ran:?}");
}

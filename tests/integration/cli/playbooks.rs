//! Playbook files that are wrong, hostile or huge: refused at once, with words that do no harm.

use breach::escape;

use super::room::{PLAYBOOK, Room};

/// Files by name: what they hold, the exit code of `playbook check`, a word of its answer.
fn wrong() -> Vec<(&'static str, Vec<u8>, i32, &'static str)> {
    let with_when = |when: String| PLAYBOOK.replace("when = \"leaking\"", &when).into_bytes();
    let closed = format!("{}leaking{}", "(".repeat(100_000), ")".repeat(100_000));
    vec![
        ("empty", Vec::new(), 3, "this file has no content"),
        ("not-text", b"schema = 1\nid = \"\xff\"".to_vec(), 3, "not UTF-8: byte 17"),
        ("deep", format!("x = {}", "[".repeat(200_000)).into_bytes(), 3, "recursion"),
        ("dotted", format!("{}b = 1", "a.".repeat(50_000)).into_bytes(), 3, "recursion"),
        (
            "not",
            with_when(format!("when = \"{}leaking\"", "not ".repeat(100_000))),
            3,
            "too deeply",
        ),
        ("closed", with_when(format!("when = \"{closed}\"")), 3, "too deeply"),
        (
            "escape",
            PLAYBOOK.replace("id = \"wipe\"", "id = \"wi\\u001b[2Jpe\"").into_bytes(),
            3,
            r"`wi\x1b[2Jpe`",
        ),
        ("long", vec![b'#'; 5 << 20], 2, "than"),
    ]
}

#[test]
fn wrong_files_are_named_and_never_used() {
    let room = Room::new();
    for (name, bytes, exit, word) in wrong() {
        let file = format!("{name}.toml");
        std::fs::write(room.path(&file), bytes).expect("written");
        let check = room.breach(&["playbook", "check", &file]);
        // A file that is too large is a finding here, and unusable elsewhere.
        let found = if name == "long" { 3 } else { exit };
        assert_eq!(check.exit, Some(found), "{name}: {check:?}");
        let said = format!("{}{}", check.out, check.err);
        assert!(said.contains(word) && said.contains(&file), "{name}: {said}");
        assert!(said.len() < 1000, "{name} is answered with {} bytes", said.len());
        let harmful = said.chars().find(|c| *c != '\n' && escape::is_harmful(*c));
        assert_eq!(harmful, None, "{name}: {said:?}");
        assert_eq!(room.breach(&["playbook", "show", &file]).exit, Some(exit), "{name}");
        let ran = room.breach(&["contain", "--dry-run", "--playbook", &file]);
        assert_eq!(ran.exit, Some(exit), "{name}: {ran:?}");
        assert!(!room.home().exists(), "{name} opened an incident");
    }
}

#[test]
fn what_is_no_plain_file_is_not_waited_for() {
    let room = Room::new();
    let fifo = room.path("fifo.toml");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().expect("mkfifo").success());
    std::os::unix::fs::symlink("/dev/zero", room.path("zero.toml")).expect("a link");
    for file in ["fifo.toml", "zero.toml"] {
        for arguments in [
            &["playbook", "check", file][..],
            &["playbook", "show", file],
            &["contain", "--dry-run", "--playbook", file],
            &["contain", "--as", "Ada", "--answers", file],
        ] {
            let ran = room.breach(arguments);
            assert_eq!(ran.exit, Some(2), "{arguments:?}: {ran:?}");
            let said = format!("{}{}", ran.out, ran.err);
            assert!(said.contains("not a plain file"), "{arguments:?}: {said}");
        }
    }
    assert!(!room.home().exists());
}

#[test]
fn one_wrong_file_on_the_shelf_hides_no_other() {
    let room = Room::new();
    let shelf = room.home().join("playbooks");
    std::fs::create_dir_all(&shelf).expect("a folder");
    for (name, bytes, ..) in wrong() {
        std::fs::write(shelf.join(format!("{name}.toml")), bytes).expect("written");
    }
    std::fs::copy(room.playbook(), shelf.join("walk.toml")).expect("copied");
    let list = room.breach(&["playbook", "list"]);
    assert_eq!(list.exit, Some(0), "{list:?}");
    assert!(list.out.contains("walk-test") && list.out.contains("web-skimming"), "{}", list.out);
    let harmful = list.err.chars().find(|c| *c != '\n' && escape::is_harmful(*c));
    assert_eq!(harmful, None, "{:?}", list.err);
}

#[test]
fn a_playbook_that_cannot_be_used_opens_no_incident() {
    let room = Room::new();
    std::fs::write(room.path("bad.toml"), "schema = 9").expect("written");
    for arguments in [
        &["--playbook", "bad.toml"][..],
        &["--playbook", "no-such"],
        &["--switch", "./gone.toml"],
        &["--playbooks", "no-such-folder"],
    ] {
        let ran = room.pipe(&[&["contain", "--as", "Ada"][..], arguments].concat(), b"x\n\n\n");
        assert!(matches!(ran.exit, Some(2 | 3)), "{ran:?}");
        assert!(room.chains().is_empty(), "{ran:?}");
    }
}

#[test]
fn shared_steps_are_listed_with_the_playbooks_that_use_them() {
    let room = Room::new();
    let ran = room.breach(&["playbook", "steps", "--format", "json"]);
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    let value: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(value["schema"], "breach.steps/1");
    let steps = value["steps"].as_array().expect("steps");
    let ids = steps.iter().filter_map(|step| step["id"].as_str());
    let text = include_str!("../../../playbooks/steps.toml");
    assert_eq!(ids.count(), text.matches("[[shared-step]]").count());
    let step = steps.iter().find(|step| step["id"] == "go-out-of-band").expect("a step");
    let users = step["used_by"].as_array().expect("names");
    assert!(users.contains(&"containment/web-skimming".into()), "{users:?}");
    let mut taken = 0;
    for (_, text) in breach::playbook::builtin::all() {
        taken += text.lines().filter(|line| line.starts_with("use = ")).count();
    }
    let listed = steps.iter().map(|step| step["used_by"].as_array().expect("names").len());
    assert_eq!(listed.sum::<usize>(), taken);
    // A playbook of the home counts, too.
    let own = room.path("own");
    std::fs::create_dir(&own).expect("created");
    let new =
        ["playbook", "new", "--phase", "scoping", "--title", "T", "--owner", "O", "own/t.toml"];
    assert_eq!(room.breach(&new).exit, Some(0));
    let text = std::fs::read_to_string(own.join("t.toml")).expect("written");
    let ran = room.breach(&["playbook", "steps", "--playbooks", "own"]);
    assert_eq!(ran.out.contains("scoping/t"), text.contains("use = "), "{}", ran.out);
}

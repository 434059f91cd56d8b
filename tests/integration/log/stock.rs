//! The shell of the README checks a chain with `sha256sum` and `jq` alone.

use std::process::Command;

use super::room::Room;

fn check(room: &Room) -> std::process::Output {
    let readme = include_str!("../../../README.md");
    let section = readme.split("## Checking a log with stock tools").nth(1).expect("a section");
    let shell = section.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next());
    let path = room.chain();
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    let shell = shell.expect("a block").replace("41389ab9.jsonl", &name);
    Command::new("bash")
        .args(["-o", "pipefail", "-c", &shell])
        .current_dir(path.parent().expect("a folder"))
        .output()
        .expect("bash, sha256sum and jq are installed")
}

#[test]
fn a_whole_chain_passes() {
    let room = Room::new();
    room.notes(20);
    let output = check(&room);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    let report = breach::log::verify(&room.folder, &room.world).expect("readable").remove(0);
    assert!(text.contains(&report.head.expect("a head").head.to_string()), "{text}");
}

#[test]
fn an_edited_chain_fails() {
    let room = Room::new();
    room.notes(20);
    let text = std::fs::read_to_string(room.chain()).expect("a chain");
    std::fs::write(room.chain(), text.replace("note 7", "note 8")).expect("written");
    assert!(!check(&room).status.success());
}

#[test]
fn a_torn_end_is_counted_with_and_without_its_line_feed() {
    let room = Room::new();
    room.notes(20);
    let whole = std::fs::read_to_string(room.chain()).expect("a chain");
    for end in ["{\"v\":1,\"se", "{\"v\":1,\"se\n"] {
        std::fs::write(room.chain(), format!("{whole}{end}")).expect("written");
        let output = check(&room);
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && text.contains("1 torn"), "{end:?}: {text}");
    }
}

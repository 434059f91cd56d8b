//! `breach playbook fmt`: writes the one form, or only says who is not in it.

use super::room::Room;

const UNTIDY: &str = "schema=1\nid = \"mail\"\nphase   = \"containment\"\n\n\n[[step]]\nid=\"a\"\n";
const TIDY: &str = "schema = 1\nid = \"mail\"\nphase = \"containment\"\n\n[[step]]\nid = \"a\"\n";

fn room() -> Room {
    let room = Room::new();
    std::fs::remove_file(room.playbook()).expect("removed");
    std::fs::create_dir(room.path("books")).expect("a folder");
    std::fs::write(room.path("books/mail.toml"), UNTIDY).expect("written");
    std::fs::write(room.path("books/other.toml"), "[package]\nname='x'\n").expect("written");
    room
}

fn text(room: &Room, name: &str) -> String {
    std::fs::read_to_string(room.path(name)).expect("text")
}

#[test]
fn a_check_changes_nothing_and_fails() {
    let room = room();
    let ran = room.breach(&["playbook", "fmt", "--check", "books"]);
    assert_eq!(ran.exit, Some(3), "{}", ran.err);
    assert!(ran.err.contains("books/mail.toml: would be formatted"), "{}", ran.err);
    assert!(ran.err.contains("1 file checked"), "{}", ran.err);
    let ran = room.breach(&["playbook", "fmt", "--diff", "books"]);
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    assert!(ran.out.contains("-schema=1\n") && ran.out.contains("+schema = 1\n"), "{}", ran.out);
    assert_eq!(text(&room, "books/mail.toml"), UNTIDY);
}

#[test]
fn files_of_ours_are_written_once() {
    let room = room();
    let ran = room.breach(&["playbook", "fmt", "books"]);
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    assert_eq!(text(&room, "books/mail.toml"), TIDY);
    assert_eq!(text(&room, "books/other.toml"), "[package]\nname='x'\n", "none of ours");
    let ran = room.breach(&["playbook", "fmt", "books", "--check"]);
    assert_eq!((ran.exit, ran.out.as_str()), (Some(0), ""), "{}", ran.err);
}

#[test]
fn what_is_broken_or_gone_is_left_and_told() {
    let room = room();
    std::fs::write(room.path("books/bad.toml"), "phase = \n").expect("written");
    let ran = room.breach(&["playbook", "fmt", "books"]);
    assert_eq!(ran.exit, Some(3), "{}", ran.err);
    assert!(ran.err.contains("books/bad.toml: not changed"), "{}", ran.err);
    assert_eq!(text(&room, "books/mail.toml"), TIDY, "the rest is formatted");
    assert_eq!(text(&room, "books/bad.toml"), "phase = \n");
    assert_eq!(room.breach(&["playbook", "fmt", "gone.toml"]).exit, Some(2));
    std::fs::create_dir(room.path("empty")).expect("a folder");
    assert_eq!(room.breach(&["playbook", "fmt", "empty"]).exit, Some(2));
}

#[test]
fn standard_input_goes_to_standard_output() {
    let room = room();
    let ran = room.pipe(&["playbook", "fmt", "-"], UNTIDY.as_bytes());
    assert_eq!((ran.exit, ran.out.as_str()), (Some(0), TIDY));
    let ran = room.pipe(&["playbook", "fmt", "-"], b"phase = \n");
    assert_eq!((ran.exit, ran.out.as_str()), (Some(3), "phase = \n"), "an editor loses nothing");
    assert_eq!(room.pipe(&["playbook", "fmt", "-", "--check"], UNTIDY.as_bytes()).exit, Some(3));
}

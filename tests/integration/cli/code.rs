//! The code at an end: what it proves, and what shows that it does not.

use super::room::{Ran, Room};

/// The code that a command says to write down.
fn code(ran: &Ran) -> String {
    let said = ran.said();
    let (_, rest) = said.split_once("Write this down: ").unwrap_or_else(|| panic!("{said}"));
    rest.split_once(". It proves").expect("an end").0.to_owned()
}

fn verify(room: &Room, code: &str) -> Ran {
    room.breach(&["log", "verify", "--head", code])
}

#[test]
fn a_walk_and_a_close_end_with_a_code_that_covers_all_before_it() {
    let room = Room::new();
    let first = code(&room.walk("n one\n"));
    let second = code(&room.breach(&["close", "--anyway", "--reason", "over"]));
    let newest = verify(&room, &second);
    assert_eq!(newest.exit, Some(0), "{newest:?}");
    assert!(newest.out.contains(&format!("Code {second}: entry ")), "{newest:?}");
    assert!(newest.out.contains("it covers every entry"), "{newest:?}");
    let older = verify(&room, &first.to_lowercase().replace('-', ""));
    assert_eq!(older.exit, Some(0), "{older:?}");
    assert!(older.out.contains("2 newer entries are not covered"), "{older:?}");
    let incident = room.entries()[0]["body"]["incident"].as_str().expect("a name").to_owned();
    for arguments in [&["--incident", &incident, "status"][..], &["log", "verify"]] {
        let ran = room.breach(arguments);
        assert!(ran.out.contains(&format!("Last code: {second}; it covers")), "{ran:?}");
        let json = room.breach(&[arguments, &["--format", "json"]].concat()).out;
        assert!(json.contains(&second), "{json}");
    }
}

#[test]
fn whoever_only_reads_says_how_much_the_last_code_does_not_cover() {
    let room = Room::new();
    let code = code(&room.walk("n one\n"));
    room.breach(&["note", "--as", "Ada", "later"]);
    for arguments in [&["status"][..], &["log", "verify"]] {
        let ran = room.breach(arguments);
        let last = format!("Last code: {code}; 1 newer entry is not covered");
        assert!(ran.out.contains(&last), "{ran:?}");
    }
}

#[test]
fn a_typo_is_wrong_usage() {
    let room = Room::new();
    let code = code(&room.walk("n one\n"));
    let (before, check) = code.split_at(code.len() - 1);
    let other = if check == "0" { "1" } else { "0" };
    for typed in [&format!("{before}{other}"), "143", ""] {
        let ran = verify(&room, typed);
        assert_eq!((ran.exit, ran.out.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.said().contains("nothing was compared"), "{ran:?}");
    }
}

#[test]
fn a_log_that_was_made_anew_does_not_have_the_code() {
    let room = Room::new();
    let code = code(&room.walk("n one\n"));
    let other = Room::new();
    other.walk("n one\n");
    let ran = verify(&other, &code);
    assert_eq!(ran.exit, Some(4), "{ran:?}");
    assert!(ran.said().contains("with this code"), "{ran:?}");
}

#[test]
fn a_head_that_the_code_covers_and_that_is_not_here_is_named() {
    let room = Room::new();
    room.walk("n one\n");
    let first = room.chains().remove(0);
    // A second chain, as another machine's.
    std::fs::remove_dir_all(room.path("state")).expect("removed");
    let code = code(&room.walk("n two\n"));
    assert_eq!((room.chains().len(), verify(&room, &code).exit), (2, Some(0)));
    std::fs::remove_file(&first).expect("removed");
    let ran = verify(&room, &code);
    assert_eq!(ran.exit, Some(4), "{ran:?}");
    let name = first.file_stem().expect("a name").to_str().expect("text").to_owned();
    let said = ran.said();
    assert!(said.contains("the code covers lines that are not here") && said.contains(&name));
    assert!(ran.out.contains("1 head of 2 that it names"), "{ran:?}");
}

//! `breach note -`: what is too long for an entry is kept as it is.

use super::room::{Ran, Room};

const SECRET: &str = "password=hunter22";

/// More than an entry holds, with bytes that are no text, and secrets in two lines.
fn long() -> Vec<u8> {
    let mut bytes = format!("first {SECRET} line\n").into_bytes();
    bytes.extend_from_slice(b"caf\xe9 \x1b[31m\n");
    for number in 0..20_000 {
        bytes.extend_from_slice(format!("GET /page/{number} 200\n").as_bytes());
    }
    bytes.extend_from_slice(format!("last {SECRET} and {SECRET}").as_bytes());
    bytes
}

fn kept(room: &Room, exhibit: &serde_json::Value) -> Vec<u8> {
    let digest = exhibit["kept"]["sha256"].as_str().expect("a digest");
    let folder = room.chains().remove(0).parent().expect("log").with_file_name("evidence");
    std::fs::read(folder.join("sha256").join(&digest[..2]).join(digest)).expect("kept")
}

#[test]
fn a_long_note_is_kept_as_it_is_and_the_entry_refers_to_it() {
    let room = Room::new();
    room.open();
    let ran = room.pipe(&["note", "--as", "Ada", "--at", "02:40", "-"], &long());
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(ran.said().contains("2 lines look like a secret"), "{ran:?}");
    let exhibit = room.bodies("evidence").remove(0);
    assert_eq!(kept(&room, &exhibit), long());
    let note = room.entries().pop().expect("a note");
    let text = note["body"]["text"].as_str().expect("a text");
    let refers =
        format!("(the whole text, 379.9 KiB, is {})", exhibit["exhibit"].as_str().expect("an id"));
    assert!(
        text.starts_with("first password=[password masked] line\ncaf\\xe9")
            && text.ends_with(&refers),
        "{text}"
    );
    assert!(note["occurred"].is_object(), "{note}");
    let ran = room.pipe(&["note", "--as", "Ada", "--verbatim"], &long());
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let text = room.bodies("note").pop().expect("a note");
    assert!(
        text["text"].as_str().expect("a text").starts_with("first password=hunter22"),
        "{text}"
    );
    room.verify();
    assert_eq!(room.breach(&["evidence", "verify"]).exit, Some(0));
}

/// The edges of what an entry holds, and bytes that only become too long when they are shown.
#[test]
fn what_an_entry_holds_stays_in_it() {
    let room = Room::new();
    room.open();
    for (number, (bytes, is_kept)) in [
        (vec![b'x'; 64 << 10], false),
        (vec![b'x'; (64 << 10) + 1], true),
        (vec![0xe9; 1 << 10], false),
        (vec![0xe9; 64 << 10], true),
    ]
    .into_iter()
    .enumerate()
    {
        let before = room.bodies("evidence").len();
        let ran = room.pipe(&["note", "--as", "Ada"], &bytes);
        assert_eq!(ran.exit, Some(0), "{number}: {ran:?}");
        let exhibits = room.bodies("evidence");
        assert_eq!(exhibits.len() > before, is_kept, "{number}");
        if is_kept {
            assert_eq!(kept(&room, exhibits.last().expect("an exhibit")), bytes, "{number}");
        }
    }
}

fn is_lost(ran: &Ran) {
    assert_eq!(ran.exit, Some(74), "{ran:.500?}");
    assert!(ran.err.contains("NOT RECORDED:\nfirst "), "{ran:.500?}");
}

#[test]
fn a_long_note_that_cannot_be_kept_is_not_recorded() {
    let nowhere = Room::new();
    is_lost(&nowhere.pipe(&["note"], &long()));
    let room = Room::new();
    room.open();
    let evidence = room.chains().remove(0).parent().expect("log").with_file_name("evidence");
    std::fs::remove_dir_all(&evidence).expect("removed");
    std::fs::write(&evidence, "a file").expect("written");
    let ran = room.pipe(&["note", "--as", "Ada"], &long());
    is_lost(&ran);
    assert!(ran.err.contains("failed to keep a long note"), "{ran:.500?}");
    assert!(!ran.err.contains("hunter22"), "{ran:.500?}");
    assert!(room.bodies("note").is_empty() && room.bodies("evidence").is_empty());
}

//! `breach import timeline`: what was exported comes back, and a mistake leaves no trace.

use serde_json::Value;

use super::timeline::{csv_rows, json_rows};
use super::{export, fresh, full, hostile};
use crate::cli::room::{Ran, Room};

fn import(room: &Room, text: &str, more: &[&str]) -> Ran {
    super::import_timeline(room, text.as_bytes(), more)
}

#[test]
fn what_was_exported_comes_back_row_by_row() {
    for from in [full(), hostile()] {
        let text = export(&from.room, &["timesketch-jsonl"]).out;
        let before = json_rows(&text);
        let to = fresh();
        let ran = import(&to, &text, &[]);
        assert_eq!(ran.exit, Some(0), "{}", ran.err);
        let after = json_rows(&export(&to, &["timesketch-jsonl"]).out);
        let after: Vec<&Value> = after.iter().filter(|row| row["kind"] == "note").collect();
        assert_eq!(after.len(), before.len());
        for (before, after) in before.iter().zip(after) {
            for name in ["message", "datetime", "precision", "latest", "privileged"] {
                // What a table would read as nothing got a word before it.
                assert_eq!(before[name], after[name], "{name} of {before}");
            }
            assert_eq!(before["actor"], after["actor"], "of {before}");
        }
        to.verify();
    }
}

#[test]
fn a_table_comes_back_too_and_apostrophes_with_it() {
    let from = full();
    for text in ["=1+1", "'x", "two\nlines, \"quoted\"", "+49 30"] {
        assert_eq!(from.room.breach(&["note", "--as", "Ada", text]).exit, Some(0));
    }
    let text = export(&from.room, &["timesketch-csv"]).out;
    let to = fresh();
    assert_eq!(import(&to, &text, &[]).exit, Some(0));
    let after = csv_rows(&export(&to, &["timesketch-csv"]).out);
    let after: Vec<_> = after.iter().filter(|row| row["kind"] == "note").collect();
    let before = csv_rows(&text);
    assert_eq!(after.len(), before.len());
    for (before, after) in before.iter().zip(after) {
        for name in ["message", "datetime", "precision", "latest"] {
            assert_eq!(before[name], after[name], "{name}");
        }
    }
    let last = to.bodies("note");
    assert_eq!(last[last.len() - 4]["text"], "=1+1", "the log has the text, not the cell");
}

#[test]
fn a_row_of_others_is_a_late_note_with_what_its_moment_means() {
    let room = fresh();
    let text = "\u{feff}datetime,message,timestamp_desc,host\r\n\
                2018-08-21T21:58:03.123456+02:00,=ran,Execution Time,web-03\r\n\
                2018-08-21,\"a\nb\",Occurred,\r\n";
    let ran = import(&room, text, &[]);
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    assert!(ran.err.contains("2 rows, 2 entries recorded."), "{}", ran.err);
    assert!(
        ran.err.contains("Columns left out, because a note has no place for them: `host`."),
        "{}",
        ran.err
    );
    let entries = room.entries();
    let [first, second] = &entries[entries.len() - 2..] else { panic!("{entries:?}") };
    assert_eq!(first["body"]["text"], "=ran (Execution Time)");
    assert_eq!(first["occurred"]["earliest"], "2018-08-21T21:58:03.123456+02:00");
    assert_eq!(second["body"]["text"], "a\nb");
    assert_eq!(second["occurred"]["precision"], "day");
    assert_eq!(second["occurred"]["latest"], "2018-08-21T23:59:59Z");
}

#[test]
fn one_mistake_and_nothing_is_recorded() {
    let room = fresh();
    let before = room.entries().len();
    for (text, said) in [
        ("message,datetime,timestamp_desc\nx,2018-01-01,y\nx,2018-13-01,y\n", "line 3: `datetime`"),
        ("message,datetime,timestamp_desc\n ,2018-01-01,y\n", "line 2: the message is empty"),
        ("message,datetime,timestamp_desc\n\"a\nb\",2018-01-01,y\na,b\n", "line 4: 2 cells"),
        ("message,datetime\nx,2018-01-01\n", "line 1: there is no column `timestamp_desc`"),
        ("message,datetime,timestamp_desc\n", "it has no rows"),
        ("{\"message\":\"x\",\"datetime\":\"2018-01-01\"}\n{}\n", "line 2: the message is empty"),
        ("{\"message\":7,\"datetime\":\"2018-01-01\"}\n", "line 1: `message` is not text"),
        ("{\"message\":\"x\"}\n[]\nnope\n", "line 3: not a JSON object"),
        (
            "{\"message\":\"x\",\"datetime\":\"2018-01-02\",\"precision\":\"day\",\"latest\":\"2018-01-01\"}",
            "line 1: `latest` is before",
        ),
        ("", "line 1: there is no column `message`"),
    ] {
        let ran = import(&room, text, &[]);
        assert_eq!(ran.exit, Some(2), "{text}");
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
        assert!(ran.err.contains("nothing was recorded"), "{}", ran.err);
        assert_eq!(room.entries().len(), before, "{text}");
    }
    let ran = import(&room, &"{\n".repeat(2_000_000), &[]);
    assert!(ran.err.contains("has 1001 mistakes"), "{}", ran.err);
    let rows = "x,2018-01-01,y\n".repeat(10_001);
    let ran = import(&room, &format!("message,datetime,timestamp_desc\n{rows}"), &[]);
    assert!(ran.err.contains("at most 10000 can be imported at once"), "{}", ran.err);
    assert_eq!(room.entries().len(), before);
}

#[test]
fn secrets_are_masked_and_marks_are_kept() {
    let room = fresh();
    let text = "message,datetime,timestamp_desc\npaid with 4111 1111 1111 1111,2018-01-01,\n";
    let ran = import(&room, text, &["--privileged"]);
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    assert!(ran.err.contains("masked"), "{}", ran.err);
    let entries = room.entries();
    let note = entries.iter().find(|entry| entry["kind"] == "note").expect("a note");
    // What is marked privileged is kept separately.
    assert_eq!(note["body"]["text"]["length"], 24, "{note}");
    let shown = room.breach(&["log", "show"]).out;
    assert!(shown.contains("paid with [card …1111]") && !shown.contains("4111"), "{shown}");
    assert_eq!(note["priv"], "legal");
}

#[test]
fn what_zone_was_assumed_is_told_and_can_be_named() {
    let rows = "message,datetime,timestamp_desc\nlocal,2026-07-22 18:20:00,Login\n\
                a day,2026-07-22,Login\nzoned,2026-07-22T18:40:00-04:00,Login\n";
    for (more, told, first) in [
        (&[][..], "2 rows name no time zone and were read in UTC; --zone", "18:20:00Z"),
        (
            &["--zone", "Europe/Berlin"],
            "2 rows name no time zone and were read in Europe/Berlin.",
            "18:20:00+02:00",
        ),
    ] {
        let room = fresh();
        let ran = import(&room, rows, more);
        assert!(ran.exit == Some(0) && ran.said().contains(told), "{ran:?}");
        let at = |n: usize| moments(&room)[n].clone();
        assert!(at(0).contains(first) && at(2).contains("18:40:00-04:00"), "{} {}", at(0), at(2));
    }
    let room = fresh();
    let entra = "Date (UTC),Username,Application\n2026-07-22 18:20:00,ada,mail\n";
    let ran = import(&room, entra, &["--zone", "Europe/Berlin"]);
    let at = &moments(&room)[0];
    assert!(at.contains("18:20:00Z") && !ran.said().contains("time zone"), "{at} {ran:?}");
    assert_eq!(import(&room, rows, &["--zone", "Berlin"]).exit, Some(2));
}

/// When each note happened, in the order of the record.
fn moments(room: &Room) -> Vec<String> {
    let entries = room.entries().into_iter().filter(|entry| entry["kind"] == "note");
    entries.map(|entry| entry["occurred"]["earliest"].to_string()).collect()
}

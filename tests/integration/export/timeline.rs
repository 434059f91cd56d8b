//! The timeline as rows: as many as entries, with two clocks, and no cell a formula.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{export, full, hostile};
use crate::report::case::Case;

pub(crate) type Row = BTreeMap<String, String>;

/// The rows of a CSV, by the names of its columns.
pub(crate) fn csv_rows(text: &str) -> Vec<Row> {
    let mut table = csv::Reader::from_reader(text.as_bytes());
    table.deserialize().map(|row| row.expect("a row")).collect()
}

pub(super) fn json_rows(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn entries(case: &Case) -> usize {
    let chain = &case.folder.chains().expect("chains")[0].1;
    std::fs::read_to_string(chain).expect("a chain").lines().count()
}

#[test]
fn every_entry_is_a_row() {
    for case in [full(), hostile(), Case::new()] {
        let all = entries(&case);
        let jsonl = export(&case.room, &["timesketch-jsonl"]);
        let rows = json_rows(&jsonl.out);
        let (anchors, rows): (Vec<_>, Vec<_>) =
            rows.iter().partition(|row| row["kind"] == "anchor");
        assert_eq!(rows.len(), all);
        for format in ["timesketch-csv", "csv"] {
            let table = csv_rows(&export(&case.room, &[format]).out);
            assert_eq!(table.len(), all + anchors.len(), "{format}");
        }
        let said = breach::wording::count(all, "row");
        assert!(jsonl.err.contains(&said), "{}", jsonl.err);
    }
}

#[test]
fn anchors_are_rows_at_their_own_times() {
    let rows = json_rows(&export(&full().room, &["timesketch-jsonl"]).out);
    let report = full().json("internal");
    let anchors = report["anchors"].as_array().expect("anchors");
    let mut seen = 0;
    for anchor in anchors.iter().filter(|anchor| {
        anchor["at"].is_object()
            && !anchor["source"].as_str().unwrap_or("entry ").starts_with("entry ")
    }) {
        let begins = format!("{}: ", anchor["id"].as_str().expect("an id"));
        let of = |row: &&Value| {
            row["kind"] == "anchor"
                && row["message"].as_str().is_some_and(|said| said.starts_with(&begins))
        };
        let row = rows.iter().find(of).unwrap_or_else(|| panic!("{anchor}"));
        let at = |text: &Value| {
            chrono::DateTime::parse_from_rfc3339(text.as_str().expect("a time")).expect("a time")
        };
        assert_eq!(at(&row["datetime"]), at(&anchor["at"]["earliest"]), "{row}");
        assert_eq!(row["timestamp_desc"], "Occurred");
        seen += 1;
    }
    assert!(seen > 5, "{anchors:?}");
}

#[test]
fn what_must_stand_in_a_row_stands_in_each() {
    for case in [full(), hostile()] {
        for row in json_rows(&export(&case.room, &["timesketch-jsonl"]).out) {
            let text =
                |name: &str| row[name].as_str().unwrap_or_else(|| panic!("{row}")).to_owned();
            assert!(!text("message").trim().is_empty(), "{row}");
            // One form for all: a reader of many rows takes that of the first for that of all.
            for name in ["datetime", "recorded"] {
                assert_eq!(text(name).len(), "2018-08-21T21:58:00.000000+00:00".len(), "{row}");
                assert!(text(name).ends_with("+00:00"), "{row}");
                let at = chrono::DateTime::parse_from_rfc3339(&text(name));
                assert!(at.is_ok(), "{row}");
            }
            assert!(["Occurred", "Recorded"].contains(&text("timestamp_desc").as_str()), "{row}");
        }
    }
}

#[test]
fn both_clocks_and_the_precision_are_kept() {
    let case = full();
    let rows = json_rows(&export(&case.room, &["timesketch-jsonl"]).out);
    let mail = rows.iter().find(|row| row["message"] == "Signal: a mail; \"look\" #1");
    let mail = mail.expect("the note as it was written");
    assert_eq!(mail["datetime"], "2018-09-05T19:59:30.250000+00:00");
    assert_eq!(mail["timestamp_desc"], "Occurred");
    assert!(mail["recorded"].as_str().is_some_and(|at| at.starts_with("2018-10-25T09:")));
    let is_day = |row: &&Value| row["precision"] == "day" && row["kind"] != "anchor";
    let letters = rows.iter().find(is_day).expect("a day");
    assert_eq!(letters["latest"], "2018-09-06T22:59:59.000000+00:00");
}

#[test]
fn a_year_that_readers_cannot_hold_costs_no_row() {
    let mut case = Case::new();
    case.open("x").note_that_happened("far", "2300-01-01T00:00:00Z");
    let rows = json_rows(&export(&case.room, &["timesketch-jsonl"]).out);
    let far = rows.iter().find(|row| row["message"] == "far").expect("a row");
    assert_eq!((&far["timestamp_desc"], &far["datetime"]), (&"Recorded".into(), &far["recorded"]));
    assert_eq!(far["shown"], "Mon 1 Jan 2300 00:00:00 UTC");
}

#[test]
fn no_cell_is_a_formula_and_lines_end_as_the_standard_wants() {
    let case = hostile();
    for format in ["csv", "timesketch-csv"] {
        let text = export(&case.room, &[format]).out;
        assert!(text.starts_with("\u{feff}when,until") || text.starts_with("message,datetime,"));
        assert!(text.ends_with("\r\n"));
        let mut guarded = 0;
        for row in csv_rows(&text) {
            for cell in row.values() {
                let first = cell.trim_start().chars().next().unwrap_or(' ');
                assert!(!"=+-@\t\r".contains(first), "{cell:?}");
                guarded += usize::from(cell.starts_with('\''));
            }
        }
        assert!(guarded >= 3, "{guarded}");
    }
    let jsonl = export(&case.room, &["timesketch-jsonl"]).out;
    let exact = json_rows(&jsonl).iter().any(|row| row["message"] == super::HOSTILE[4]);
    assert!(exact, "JSON keeps the exact text");
    let nothing = csv_rows(&export(&case.room, &["timesketch-csv"]).out);
    assert!(nothing.iter().any(|row| row["message"] == "note: NA"), "a cell that reads as none");
}

#[test]
fn entries_that_an_audience_does_not_get_are_counted() {
    let case = full();
    let all = entries(&case);
    let ran = export(&case.room, &["csv", "--audience", "public"]);
    let rows = csv_rows(&ran.out).iter().filter(|row| row["kind"] != "anchor").count();
    let left = all - rows;
    assert!(ran.err.contains(&format!("{all} entries, {rows} rows and ")), "{}", ran.err);
    let err = ran.err.replace('\n', " ");
    assert!(err.contains(&format!("Withheld: {left} entries of kinds")), "{err}");
}

#[test]
fn what_does_not_verify_is_no_row_and_is_said() {
    let case = full();
    let chain = case.folder.chains().expect("chains")[0].1.clone();
    let text = std::fs::read_to_string(&chain).expect("a chain");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[20] = lines[20].replace("Grace", "Grave");
    std::fs::write(&chain, lines.join("\n") + "\n").expect("written");
    let ran = case.room.breach(&["export", "timesketch-jsonl"]);
    assert_eq!(ran.exit, Some(4), "{}", ran.err);
    let rows = json_rows(&ran.out);
    let rows = rows.iter().filter(|row| row["kind"] != "anchor").count();
    assert_eq!(rows, 21, "the next line no longer follows");
    assert!(ran.err.contains("does not verify") && ran.err.contains("21 entries, 21 rows and "));
}

#[test]
fn a_torn_line_costs_no_entry() {
    use std::io::Write;
    let room = crate::cli::room::Room::new();
    room.open();
    let chain = room.chains().remove(0);
    let mut file = std::fs::OpenOptions::new().append(true).open(chain).expect("a chain");
    file.write_all(b"{\"v\":1,\"se").expect("written");
    assert_eq!(room.breach(&["note", "--as", "Ada", "after"]).exit, Some(0));
    let rows = json_rows(&export(&room, &["timesketch-jsonl"]).out);
    assert_eq!(rows.len(), room.entries().len());
    assert_eq!(rows.last().expect("a row")["message"], "after");
}

//! What people write in Markdown is read in words: no face shows a sign of markup, and none tears what
//! belongs together.

use breach::incident::event::{ActionChange, ActionTaken};
use breach::report::Audience;

use super::case::{Case, skimmed};
use crate::cli::room::flowed;
use crate::export::{export, formats};

/// Prose as people write it: each with a word that has to stand, and the signs that must not.
const WRITTEN: [(&str, &str); 6] = [
    ("the **gateway** had no lock", "gateway"),
    ("a dump of `orders` left", "orders"),
    ("it came from the [tunnel](https://t.example/1)", "tunnel"),
    ("we saw it _twice_ that day", "twice"),
    ("# Nobody watched bulk reads", "watched"),
    ("__Always__ ask *first*", "Always"),
];

const SIGNS: [&str; 8] =
    ["**", "`orders`", "[tunnel]", "_twice_", "# Nobody", "__Always__", "*first*", "*gateway*"];

fn written(case: &mut Case, name: &str, number: usize) {
    case.fact(name, WRITTEN[number % WRITTEN.len()].0);
}

/// An incident in which everything that people write is Markdown.
fn marked() -> Case {
    let mut case = skimmed();
    let prose = [
        "executive_summary",
        "what_happened",
        "notice_account",
        "impact",
        "likely_consequences",
        "measures_taken",
        "how_it_happened",
        "scope_unknowns",
        "contributing_factors",
        "missed_signals",
        "worked_well",
        "worked_badly",
        "luck",
        "why_surprised",
    ];
    let vocabulary = breach::fact::Vocabulary::builtin();
    for (number, name) in prose.iter().filter(|name| vocabulary.get(name).is_some()).enumerate() {
        written(&mut case, name, number);
    }
    for (text, _) in WRITTEN {
        case.note(text).note_that_happened(text, "2018-10-25T08:00:00Z");
        case.decide("aware", "2018-09-05 20:00Z", "Kim Counsel", text);
        case.waive("eu-gdpr.33-5", "Kim Counsel", text);
        case.draft(ActionTaken {
            text: Some(text.into()),
            ..ActionTaken::new(format!("a-{:06}", text.len()), ActionChange::Added)
        });
    }
    case
}

/// A page as its reader sees it: without tags, and in Markdown without what keeps signs from being markup.
fn seen(page: &str, format: &str) -> String {
    let mut page = page.to_owned();
    if ["html", "docx"].contains(&format) {
        page = page.split_once("</style>").map_or(page.clone(), |(_, page)| page.to_owned());
        page = page
            .split('<')
            .map(|piece| piece.split_once('>').map_or("", |(_, rest)| rest))
            .collect();
    }
    if format == "markdown" {
        page = page
            .replace("- **", "")
            .replace(":** *", " ")
            .replace(":** ", " ")
            .replace("*\n", "\n");
        page = page.replace('\\', "");
    }
    flowed(&page)
}

fn assert_plain(page: &str, format: &str, what: &str) {
    let page = seen(page, format);
    for sign in SIGNS {
        if let Some(at) = page.find(sign) {
            let from = page[..at].char_indices().rev().nth(60).map_or(0, |(from, _)| from);
            panic!("{what}: {sign} in {}", page[from..].chars().take(140).collect::<String>());
        }
    }
}

/// A file of another format as its reader sees it: unfolded, and with signs where entities stand.
fn unescaped(file: &str) -> String {
    let mut file = file.replace("\r\n ", "");
    for sign in ["*", "`", "_", "[", "]", "#"] {
        let code = u32::from(sign.chars().next().unwrap_or_default());
        file = file.replace(&format!("#{code};"), sign);
    }
    file
}

#[test]
fn no_face_shows_a_sign_of_markup() {
    let case = marked();
    let dir = tempfile::tempdir().expect("a folder");
    for audience in Audience::ALL {
        for format in ["text", "markdown", "html", "docx"] {
            let what = format!("{}.{format}", audience.as_str());
            let path = dir.path().join(&what);
            let out = path.to_str().expect("a path");
            let ran =
                case.report(&["--audience", audience.as_str(), "--format", format, "--out", out]);
            assert_eq!(ran.exit, Some(0), "{what}: {}", ran.err);
            let page = std::fs::read(&path).expect("a page");
            assert_plain(&String::from_utf8_lossy(&page), format, &what);
        }
    }
    for format in ["text", "markdown", "html"] {
        let all = case.report(&["--all", "--format", format]).out;
        assert_plain(&all, format, "all");
        for audience in ["team", "executive", "counsel"] {
            let brief = case.room.breach(&["brief", "--audience", audience, "--format", format]);
            assert_plain(&brief.out, format, audience);
        }
    }
    for format in ["text", "markdown"] {
        let statement = case.room.breach(&["statement", "--format", format]);
        assert_plain(&statement.out, format, "statement");
    }
    for format in formats() {
        let file = unescaped(&export(&case.room, &[&format]).out);
        assert!(file.contains("no lock") || ["veris", "ical"].contains(&&*format), "{format}");
        assert_plain(&file, "text", &format);
    }
    for format in ["ical", "csv"] {
        let duties = case.room.breach(&["duties", "--format", format]);
        assert_plain(&unescaped(&duties.out), "text", "duties");
    }
    // Nothing but the signs is gone.
    let page = flowed(&case.report(&[]).out);
    for (text, word) in WRITTEN {
        assert!(page.contains(word), "{text}");
    }
}

#[test]
fn a_number_is_never_torn_from_its_unit_nor_an_id_at_a_dash() {
    let mut case = skimmed();
    for (exhibit, size) in [("ev-9yfpwf", 2), ("ev-c73w95", 6), ("ev-k4msww", 5_300_000)] {
        case.evidence(exhibit, "memory of the payment host, as it was", &vec![0; size]);
    }
    let page = case.report(&["--format", "html"]).out;
    for whole in ["2\u{a0}B", "5.1\u{a0}MiB", "6\u{a0}Sep\u{a0}2018", "Art.\u{a0}33"] {
        assert!(page.contains(whole), "{whole}");
    }
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("report.docx");
    case.report(&["--format", "docx", "--out", path.to_str().expect("a path")]);
    let page = std::fs::read(&path).expect("a document");
    let page = String::from_utf8_lossy(&page);
    let dash = "</w:t><w:noBreakHyphen/><w:t xml:space=\"preserve\">";
    for whole in [
        "2\u{a0}B",
        "6\u{a0}Sep\u{a0}2018",
        &["ev", "9yfpwf"].join(dash),
        &["(eu", "gdpr.33", "1)"].join(dash),
    ] {
        assert!(page.contains(whole), "{whole}");
    }
    // On a screen the lines are broken at blanks, and units stay where their numbers are.
    for shown in [case.report(&[]).out, case.room.breach(&["evidence", "list"]).out] {
        for line in shown.lines() {
            let first = line.split_whitespace().next().unwrap_or_default();
            assert!(!["B", "MiB", "min"].contains(&first), "{line}");
        }
        assert!(!shown.contains('\u{a0}'), "a blank that nobody can search for");
    }
}

#[test]
fn what_was_taken_back_is_called_by_its_number() {
    let mut case = skimmed();
    case.note("a note that was wrong");
    let log = case.room.breach(&["log", "show"]).out;
    let entry = log.lines().rfind(|line| line.contains("that was wrong")).expect("a note");
    let entry = entry.split_whitespace().find(|word| word.contains('/')).expect("its number");
    let undo = ["undo", entry, "--as", "Ada Lovelace", "--why", "it was **wrong**"];
    let ran = case.room.breach(&undo);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    for format in ["markdown", "html"] {
        let page = seen(&case.report(&["--format", format]).out, format);
        let (_, told) =
            page.split_once("an entry taken back: ").unwrap_or_else(|| panic!("{page}"));
        assert!(told.starts_with(&format!("{entry}; it was wrong")), "{format}: {told:.80}");
    }
    for format in ["csv", "timesketch-csv", "timesketch-jsonl"] {
        let rows = export(&case.room, &[format]).out;
        let said = format!("an entry taken back: {entry}; it was wrong");
        assert!(rows.contains(&said), "{format}: {rows}");
    }
}

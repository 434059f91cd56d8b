//! The formats of others: what goes in comes out, nothing foreign commands them, and what is not
//! known is not invented. The validators of the formats are not ours; what they insist on is tested.

mod dialects;
mod ical;
mod import;
mod mermaid;
mod stix;
pub(crate) mod timeline;
mod veris;

use breach::cli::args::ExportFormat;
use clap::ValueEnum;

use crate::cli::room::{Ran, Room};
use crate::report::case::{Case, skimmed};

/// Every format, as it is typed.
pub(crate) fn formats() -> Vec<String> {
    let formats = ExportFormat::value_variants().iter();
    let formats =
        formats.map(|format| format.to_possible_value().expect("shown").get_name().to_owned());
    formats.collect()
}

/// `breach export` with more arguments.
pub(crate) fn export(room: &Room, arguments: &[&str]) -> Ran {
    let ran = room.breach(&[&["export"][..], arguments].concat());
    assert_eq!(ran.exit, Some(0), "{arguments:?}: {}", ran.err);
    ran
}

/// The skimmed checkout with all that a format can hold besides.
pub(super) fn full() -> Case {
    let mut case = skimmed();
    case.fact("entry_vector", "third-party-code")
        .fact("data_classes", "names-contact, card-number, card-cvv")
        .fact("data_access", "copied-confirmed")
        .fact("data_encrypted", "no")
        .fact("cards_affected", "about 244000")
        .fact("records_affected", "429612")
        .fact("cost_so_far", "GBP 1234.50")
        .fact("drop_domains", "evil[.]example, 203.0.113.9")
        .fact("indicators", "d41d8cd98f00b204e9800998ecf8427e, gate.js, 203.0.113.9")
        .fact("checks_30_days", "Priya: the alert fired once")
        .note_that_happened("Signal: a mail; \"look\" #1", "2018-09-05T19:59:30.25Z");
    case
}

/// What people and intruders write, in every place that takes text.
pub(crate) fn hostile() -> Case {
    let mut case = Case::new();
    case.open("=cmd|' /C calc'!A0: x; \"y\" #1 ```\n%%{init: {}}%%\u{202e}style");
    for text in HOSTILE {
        case.note(text).fact("action_items", &text.replace([',', ';'], " "));
    }
    case.fact("executive_summary", HOSTILE[3])
        .fact("indicators", "'] OR [x:y = 'z, evil.example")
        .fact("drop_domains", "a'b.example")
        .fact("occurred", "1900-01")
        .fact("contained_at", "2018-09-05 20:45Z");
    case
}

pub(crate) const HOSTILE: [&str; 9] = [
    "=HYPERLINK(\"http://evil.example\";\"x\")",
    "+1, -1, @SUM(A1)",
    "\t=1+1",
    "two\nlines, \"quoted\"\r\n; ##[error] ::error::x",
    "\u{1b}[2J\u{9b}31m\u{202e}\u{200b}\0",
    "NA",
    "<script>alert(1)</script> ``` %% end",
    "END:VCALENDAR\r\nBEGIN:VEVENT",
    "'=quoted already",
];

/// An incident of another machine.
fn fresh() -> Room {
    let room = Room::new();
    room.open();
    room
}

/// Imports a timeline with these bytes, as Eve.
fn import_timeline(room: &Room, bytes: &[u8], more: &[&str]) -> Ran {
    let path = room.path("timeline");
    std::fs::write(&path, bytes).expect("written");
    let path = path.to_str().expect("text");
    room.breach(&[&["import", "timeline", path, "--as", "Eve"][..], more].concat())
}

#[test]
fn each_format_is_as_it_was() {
    let case = full();
    for format in formats() {
        let format = format.as_str();
        let ran = export(&case.room, &[format]);
        insta::assert_snapshot!(
            format,
            format!("{}-----\n{}", ran.out.replace('\r', "␍"), ran.err)
        );
    }
}

#[test]
fn the_same_log_gives_the_same_bytes_and_is_left_alone() {
    let case = full();
    let chain = case.folder.chains().expect("chains")[0].1.clone();
    let before = std::fs::read(&chain).expect("a chain");
    for format in formats() {
        let format = format.as_str();
        let once = export(&case.room, &[format]).out;
        let mut elsewhere = case.room.command(&["export", format]);
        elsewhere.env("TZ", "Asia/Kolkata");
        assert!(once == crate::cli::room::feed(elsewhere, b"").out && !once.is_empty(), "{format}");
    }
    assert_eq!(std::fs::read(&chain).expect("a chain"), before);
}

#[test]
fn nothing_foreign_reaches_a_screen() {
    let case = hostile();
    for format in formats() {
        let format = format.as_str();
        let ran = export(&case.room, &[format]);
        let bare = ran.out.replace("\r\n", "\n");
        // A spreadsheet reads UTF-8 only after its mark.
        let bare =
            if format == "csv" { bare.strip_prefix('\u{feff}').expect("a mark") } else { &bare };
        let harmful = bare.chars().find(|c| *c != '\n' && breach::escape::is_harmful(*c));
        assert_eq!(harmful, None, "{format}");
    }
}

#[test]
fn names_and_what_is_privileged_leave_for_nobody_outside() {
    let mut case = full();
    case.privileged = true;
    case.note("Canarius told counsel").fact("luck", "Canarius looked");
    case.privileged = false;
    case.by("Zebedee Canarius").note("Zebedee Canarius was here, zebedee@example.org");
    case.fact("executive_summary", "Zebedee Canarius found it on web-03.");
    for format in formats() {
        let format = format.as_str();
        for audience in ["regulator", "public"] {
            let ran = export(&case.room, &[format, "--audience", audience]);
            for name in ["anarius", "Zebedee", "Lovelace", "Hopper", "web-03", "zebedee@"] {
                assert!(!ran.out.contains(name), "{format} for {audience} says {name}");
            }
            assert!(ran.err.contains("Withheld: 2 entries marked privileged."), "{}", ran.err);
        }
        let inside = export(&case.room, &[format]);
        assert!(!inside.err.contains("Withheld"), "{format}: {}", inside.err);
    }
}

#[test]
fn what_is_withheld_is_counted_in_words_that_fit_any_number() {
    let mut case = Case::new();
    case.open("One title");
    let ran = export(&case.room, &["csv", "--audience", "public"]);
    assert!(ran.err.contains("Texts withheld from this audience: titles: 1."), "{}", ran.err);
}

#[test]
fn an_incident_of_which_nothing_is_known_is_exported_too() {
    let case = Case::new();
    for format in formats() {
        let format = format.as_str();
        assert!(!export(&case.room, &[format]).out.is_empty(), "{format}");
    }
}

//! Too much, too little and damage: what stands on the first screen of every face, for every reader.

use std::fmt::Write as _;

use breach::incident::event::{ActionChange, ActionTaken};
use breach::report::Audience;

use super::case::Case;
use super::standing::damaged;
use crate::cli::room::flowed;

const FORMATS: [&str; 5] = ["text", "markdown", "html", "docx", "json"];

/// A face as text, and how the program ended. What a Word document holds is stored as it is.
fn face(case: &Case, audience: Audience, format: &str) -> (Option<i32>, String) {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("face");
    let out = path.to_str().expect("a path");
    let ran = case.report(&["--audience", audience.as_str(), "--format", format, "--out", out]);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    (ran.exit, flowed(&String::from_utf8_lossy(&bytes)))
}

/// What stands above the impact, the style of a page left out.
fn first(page: &str) -> &str {
    let page = page.split_once("</style></head>").map_or(page, |(_, page)| page);
    let ends = [
        "IMPACT ---",
        "## Impact",
        "<h2>Impact<",
        "<h2>Who and what",
        ">Impact</w:t>",
        "\"impact\":",
    ];
    ends.iter().fold(page, |page, end| page.split(end).next().unwrap_or_default())
}

#[test]
fn damage_is_said_on_the_first_screen_of_every_face() {
    let case = damaged();
    for audience in Audience::ALL {
        for format in FORMATS {
            let (exit, page) = face(&case, audience, format);
            assert_eq!(exit, Some(4), "{audience:?} {format}");
            let first = first(&page);
            let told = if format == "json" {
                first.contains("\"verifies\": false")
            } else {
                first.contains("DOES NOT VERIFY: line 7") && first.contains("DRAFT")
            };
            assert!(told, "{audience:?} {format}: {first}");
        }
    }
    for audience in ["team", "executive", "counsel"] {
        for (format, end) in [("text", "KNOWN"), ("markdown", "## Known"), ("html", "Known<")] {
            let ran = case.room.breach(&["brief", "--audience", audience, "--format", format]);
            assert_eq!(ran.exit, Some(4), "{ran:?}");
            let first = flowed(ran.out.split(end).next().unwrap_or_default());
            assert!(first.contains("ecord does not verify"), "{audience} {format}: {first}");
        }
        let json = case.room.breach(&["brief", "--audience", audience, "--format", "json"]).out;
        assert!(json.contains("\"verifies\": false"), "{json}");
    }
    let ran = case.room.breach(&["evidence", "list", "--form"]);
    assert_eq!(ran.exit, Some(4), "{ran:?}");
    assert!(ran.err.contains("does not verify"), "{ran:?}");
}

#[test]
fn an_incident_without_facts_says_of_each_answer_that_nobody_recorded_it() {
    let mut case = Case::new();
    case.open("Something");
    for audience in Audience::ALL {
        for format in FORMATS {
            let (exit, page) = face(&case, audience, format);
            assert_eq!(exit, Some(0), "{audience:?} {format}");
            // Where a value is, its keys say, not their order.
            let first = if format == "json" { page.as_str() } else { first(&page) };
            let first = first.replace("</w:t></w:r><w:r><w:t xml:space=\"preserve\">", "");
            if audience == Audience::Public {
                let none = "No account of the incident has been released.";
                assert!(first.contains(none), "{format}: {first}");
                assert!(!first.contains("Not recorded"), "{format}: {first}");
                continue;
            }
            assert!(first.contains("How many are affected is not recorded"), "{format}: {first}");
            if format == "json" || audience == Audience::Board {
                continue;
            }
            for asked in ["Classes of data", "How they got in", "How it was noticed"] {
                let (_, told) = first.split_once(asked).unwrap_or_else(|| panic!("{first}"));
                let told = told.split("ot recorded").next().unwrap_or_default();
                assert!(told.chars().count() < 40, "{audience:?} {format}: {asked}: {first}");
            }
            let cost = first.contains("Not recorded: Cost so far");
            assert_eq!(cost, audience != Audience::Regulator, "{audience:?} {format}: {first}");
        }
    }
}

/// 10,000 action items, 500 duties of one law, a title of 4,000 characters.
fn crowded() -> Case {
    let mut case = Case::new();
    case.open(&"an endless title ".repeat(240))
        .fact("controller_or_processor", "controller")
        .decide("aware", "2018-09-05 20:00Z", "Kim Counsel", "what we saw");
    let day = chrono::NaiveDate::from_ymd_opt(2018, 9, 1).expect("a day");
    for number in 0..10_000_u32 {
        case.draft(ActionTaken {
            text: Some(format!("item {number} of many").into()),
            owner: Some("Priya".to_owned()),
            due: day.checked_add_days(chrono::Days::new(u64::from(number % 400))),
            ..ActionTaken::new(format!("a-{number:06x}"), ActionChange::Added)
        });
    }
    let mut law = "schema = 1\nregime = \"acme\"\nname = \"A contract\"\njurisdiction = \"contract\"\n\
                   zone = \"local\"\nstatus = \"contract\"\napplies = \"us\"\ntrigger = \"a breach\"\n\
                   confidence = \"source-seen\"\nsources = [\"contract\"]\n"
        .to_owned();
    for number in 0..500 {
        let _ = write!(
            law,
            "[[duty]]\nid = \"acme.tell-{number}\"\ncite = \"section {number}\"\nwho = \"we\"\n\
             to = [\"customers\"]\nperiod = \"{} hours\"\ncount = \"exact-hours\"\nclock = \"aware\"\n\
             confidence = \"source-seen\"\n",
            number + 1
        );
    }
    let regimes = case.room.home().join("regimes");
    std::fs::create_dir_all(&regimes).expect("a folder");
    std::fs::write(regimes.join("acme.toml"), law).expect("written");
    case
}

#[test]
fn ten_thousand_items_five_hundred_duties_and_an_endless_title_leave_a_first_screen() {
    let case = crowded();
    let title = "an endless title ".repeat(20);
    for (audience, formats) in [
        (Audience::Executive, &["text", "html", "docx"][..]),
        (Audience::Board, &["html"]),
        (Audience::Internal, &["markdown", "html", "docx"]),
    ] {
        for format in formats {
            let (exit, page) = face(&case, audience, format);
            assert_eq!(exit, Some(0), "{audience:?} {format}");
            let first = first(&page);
            assert!(first.contains("an endless title an endless"), "{format}: {first}");
            assert!(!first.contains(&title), "{audience:?} {format}: the title is cut");
            if audience.has_annexes() {
                let next = "item 0 of many: Priya, due Sat 1 Sep 2018";
                assert!(first.contains(next), "{audience:?} {format}: {first}");
            } else {
                assert!(page.contains("Priya"), "{format}: {page}");
            }
            assert!(first.contains("10,000 action items open, "), "{audience:?} {format}: {first}");
            assert!(first.chars().count() < 9_000, "{audience:?} {format}");
            if audience.has_annexes() {
                for far in ["item 9999 of many", "section 499"] {
                    assert!(page.contains(far), "{format}: {far} is not lost");
                }
            } else {
                assert!(page.contains(" more rows not shown here"), "{format}: {page}");
                assert!(page.chars().count() < 60_000, "{audience:?} {format}");
            }
        }
    }
}

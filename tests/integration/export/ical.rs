//! The calendar: lines as the standard wants them, each item with a name of its own, no clock.

use super::{export, full, hostile};
use crate::report::case::Case;

/// Content lines, unfolded.
fn lines(text: &str) -> Vec<String> {
    text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

fn count(lines: &[String], line: &str) -> usize {
    lines.iter().filter(|one| *one == line).count()
}

#[test]
fn lines_are_folded_and_ended_and_parts_are_closed() {
    for case in [full(), hostile(), Case::new()] {
        let text = export(&case.room, &["ical"]).out;
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        assert!(text.split("\r\n").all(|line| line.len() <= 75));
        let lines = lines(&text);
        assert_eq!((count(&lines, "BEGIN:VCALENDAR"), count(&lines, "END:VCALENDAR")), (1, 1));
        for part in ["VEVENT", "VTODO", "VALARM"] {
            let begun = count(&lines, &format!("BEGIN:{part}"));
            assert_eq!(begun, count(&lines, &format!("END:{part}")), "{part}");
        }
        let mut uids: Vec<&String> = lines.iter().filter(|line| line.starts_with("UID:")).collect();
        let all = uids.len();
        uids.sort();
        uids.dedup();
        assert_eq!(uids.len(), all);
    }
}

#[test]
fn what_is_open_stands_there_once_and_is_counted() {
    let mut case = full();
    case.fact("establishment", "one-state").fact("home_country", "IE");
    let ran = export(&case.room, &["ical"]);
    let lines = lines(&ran.out);
    let (events, todos) = (count(&lines, "BEGIN:VEVENT"), count(&lines, "BEGIN:VTODO"));
    let said = format!(
        "Wrote {}, {}.",
        breach::wording::count(events, "event"),
        breach::wording::count(todos, "to-do")
    );
    assert!(ran.err.contains(&said), "{said}: {}", ran.err);
    for line in [
        "SUMMARY:Priya: alert on changed scripts",
        "DUE;VALUE=DATE:20181115",
        "SUMMARY:Priya: the alert fired once",
        "DUE;VALUE=DATE:20181124",
    ] {
        assert_eq!(count(&lines, line), 1, "{line} in {lines:?}");
    }
}

#[test]
fn a_calendar_of_nothing_holds_one_part_that_says_so() {
    let mut case = Case::new();
    case.open("x");
    let ran = export(&case.room, &["ical"]);
    let lines = lines(&ran.out);
    assert_eq!((count(&lines, "BEGIN:VTODO"), count(&lines, "BEGIN:VEVENT")), (1, 0), "{lines:?}");
    assert_eq!((ran.exit, count(&lines, "STATUS:NEEDS-ACTION")), (Some(0), 1));
    assert!(ran.err.contains("Wrote one to-do saying that there is no date"), "{}", ran.err);
}

#[test]
fn an_open_duty_is_one_event_and_grows_older() {
    let mut case = Case::new();
    case.open("x")
        .fact("controller_or_processor", "controller")
        .fact("establishment", "one-state")
        .fact("home_country", "IE")
        .fact("people_affected", "IE=10")
        .decide("aware", "2018-09-05 20:40Z", "Kim", "a mail");
    let before = lines(&export(&case.room, &["ical"]).out);
    let due = before.iter().filter(|line| **line == "DTSTART:20180908T204000Z").count();
    assert_eq!(due, 1, "{before:?}");
    assert!(before.iter().any(|line| line.starts_with("UID:eu-gdpr.33-1-event@2018-09-05-plain")));
    case.note("later");
    let after = lines(&export(&case.room, &["ical"]).out);
    let version = |lines: &[String]| -> u64 {
        let line = lines.iter().find_map(|line| line.strip_prefix("SEQUENCE:"));
        line.and_then(|n| n.parse().ok()).expect("a number")
    };
    assert_eq!(version(&after), version(&before) + 1);
}

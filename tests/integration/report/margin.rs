//! By how much a deadline was met or missed, on the first screen.

use serde_json::Value;

use super::case::Case;

/// An incident of which the authority has to be told by 8 September 2018, 20:00 UTC.
fn due() -> Case {
    let mut case = Case::new();
    case.open("Something")
        .fact("people_affected", "DE 400")
        .fact("home_country", "DE")
        .fact("establishment", "one-state")
        .fact("entity_kinds", "merchant")
        .fact("controller_or_processor", "controller")
        .fact("aware", "2018-09-05 20:00Z")
        .at("2018-09-20T09:00:00Z");
    case
}

fn duty(report: &Value) -> &Value {
    let duties = report["deadlines"]["duties"].as_array().expect("duties");
    duties.iter().find(|duty| duty["duty"] == "eu-gdpr.33-1").expect("the duty")
}

#[test]
fn nothing_late_reads_as_in_time_and_nothing_early_as_late() {
    for (sent, shown, first) in [
        ("2018-09-08 17:00Z", "met, 3 h to spare", "1 met (with 3 h to spare)"),
        (
            "2018-09-08 19:59:59Z",
            "met, less than a minute to spare",
            "1 met (with less than a minute to spare)",
        ),
        ("2018-09-08 20:00:00Z", "met, less than a minute to spare", "1 met"),
        ("2018-09-08 20:00:01Z", "missed by less than a minute", "less than a minute late)"),
        (
            "2018-09-08 23:05Z",
            "missed by 3 h 5 min",
            "1 missed (GDPR Art. 33(1), (3), (4), to the authority: 3 h 5 min late)",
        ),
        ("2018-09-10", "missed by 2 days", "2 days late)"),
        ("2018-09-07", "met, 0 to 1 day to spare", "1 met"),
        ("2018-09-08 19h Z", "met, 0 h to 1 h to spare", "1 met"),
        ("2018-09-08", "unclear: sent Sat 8 Sep 2018, due Sat 8 Sep 2018 20:00", "1 unclear"),
    ] {
        let mut case = due();
        case.sent("eu-gdpr.33-1", sent, "BfDI", None);
        let report = case.json("internal");
        assert_eq!(duty(&report)["shown"], shown, "{sent}");
        let owed = report["summary"]["owed"].as_str().expect("a sentence");
        assert!(owed.contains(first), "{sent}: {owed}");
        let page = case.report(&["--audience", "executive"]).out.replace("\n  ", " ");
        let summary = page.split("IMPACT").next().unwrap_or_default();
        assert!(summary.contains(first), "{sent}: {summary}");
    }
}

#[test]
fn what_was_not_sent_is_late_as_of_the_last_entry() {
    let mut case = due();
    case.note("the last entry");
    let report = case.json("board");
    let shown = duty(&report)["shown"].as_str().expect("words");
    assert_eq!(shown, "open, overdue by 11 d 13 h at the last entry");
    let owed = report["summary"]["owed"].as_str().expect("a sentence");
    assert!(owed.contains("late)") && owed.contains("overdue ("), "{owed}");
}

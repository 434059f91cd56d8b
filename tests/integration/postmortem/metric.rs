//! Times to something, deadlines and counts against answers made by hand.

use serde_json::Value;

use super::case::{Case, skimmed};

fn deadline(report: &Value, id: &str) -> Value {
    let mut duties = report["deadlines"]["duties"].as_array().expect("duties").iter();
    duties.find(|duty| duty["duty"] == id).unwrap_or_else(|| panic!("no `{id}`")).clone()
}

#[test]
fn a_whole_case_gives_the_answers_made_by_hand() {
    let case = skimmed();
    for (id, shown) in [
        ("dwell", "75 days"),
        ("time_to_detect", "41 days"),
        ("exfiltration_window", "14 d 22 h 47 min"),
        ("missed_signal_gap", "0 days (the same day)"),
        ("time_to_contain", "0 days (the same day)"),
        ("time_to_public", "1 day"),
        ("time_to_tell_people", "1 day"),
        (
            "exposure",
            "unknown: E7', containment verified, on systems that were offline too, was not recorded",
        ),
        ("time_to_recover", "unknown: E9, recovered: normal service is back, was not recorded"),
    ] {
        assert_eq!(case.metric(id), shown, "{id}");
    }
}

#[test]
fn ranges_and_months_make_intervals() {
    let mut case = Case::new();
    case.fact("occurred", "2014-02-20 to 2014-03-10")
        .fact("detected", "2014-05-01 to 2014-05-10")
        .fact("aware", "2014-12")
        .fact("public_statement_at", "2016-09-22");
    assert_eq!(case.metric("time_to_detect"), "52 to 79 days");
    assert_eq!(case.metric("time_to_public"), "631 to 661 days");
    assert!(case.metric("dwell").starts_with("the same as time to detect"), "one end, one number");
    assert!(case.metric("time_to_contain").starts_with("unknown: E7, contained"));
}

#[test]
fn what_ends_before_it_begins_is_an_error_in_the_log() {
    let mut case = Case::new();
    case.fact("occurred", "2018-09-05").fact("detected", "2018-08-01");
    let shown = case.metric("time_to_detect");
    assert!(shown.starts_with("error in the log: E3 (Wed 1 Aug 2018) lies before E0"), "{shown}");
    let report = case.json("internal");
    assert!(
        report["questions"]["errors"][0].as_str().expect("an error").contains("Time to detect")
    );
    let metrics = report["metrics"].as_array().expect("metrics");
    let metric = metrics.iter().find(|metric| metric["id"] == "time_to_detect").expect("one");
    assert_eq!(metric["value"]["most"], -35, "it is not clamped");
}

#[test]
fn deadlines_have_margins() {
    let report = skimmed().json("internal");
    let met = deadline(&report, "eu-gdpr.33-1");
    assert_eq!((&met["verdict"], &met["shown"]), (&"met".into(), &"met, 2 d 8 h to spare".into()));
    assert_eq!((&met["lag"]["shown"], &met["limit"]), (&"16 h".into(), &"72 hours".into()));
    let mut late = Case::new();
    late.fact("people_affected", "DE 1200")
        .fact("establishment", "one-state")
        .fact("controller_or_processor", "controller")
        .fact("aware", "2018-09-05 20:00Z");
    late.at("2018-09-06T20:00:00Z").note("still here");
    let open = deadline(&late.json("internal"), "eu-gdpr.33-1");
    assert_eq!(open["shown"], "open, 2 d left at the last entry");
    late.at("2018-09-10T20:00:00Z").note("still here");
    let overdue = deadline(&late.json("internal"), "eu-gdpr.33-1");
    assert_eq!(overdue["shown"], "open, overdue by 2 d at the last entry");
    late.sent("eu-gdpr.33-1", "2018-09-09 08:30Z", "BfDI", None);
    let missed = deadline(&late.json("internal"), "eu-gdpr.33-1");
    assert_eq!(missed["shown"], "missed by 12 h 30 min");
}

#[test]
fn a_duty_that_was_waived_says_why_and_one_without_a_number_says_so() {
    let mut case = skimmed();
    case.waive("eu-gdpr.33-1", "Kim Counsel", "no risk").waive("eu-gdpr.33-5", "Kim Counsel", "x");
    let report = case.json("internal");
    let sent = deadline(&report, "eu-gdpr.33-1");
    assert_eq!(sent["verdict"], "met", "what was done stays done");
    let waived = deadline(&report, "eu-gdpr.33-5");
    assert_eq!((&waived["verdict"], &waived["reason"]), (&"waived".into(), &"x".into()));
    assert_eq!(report["deadlines"]["tally"]["waived"], 1);
    let people = deadline(&report, "eu-gdpr.34");
    assert_eq!(people["shown"], "sent 2 days after its clock began; the law has no number");
    assert_eq!(report["notifications"]["rulings"][0]["reason"], "no risk");
}

#[test]
fn an_assumed_clock_is_an_open_question() {
    let mut case = Case::new();
    case.fact("people_affected", "DE 1200")
        .fact("establishment", "one-state")
        .fact("controller_or_processor", "controller")
        .fact("first_signal", "2018-09-05 12:00Z");
    let report = case.json("internal");
    let duty = deadline(&report, "eu-gdpr.33-1");
    assert_eq!(duty["assumed"], true);
    assert!(duty["shown"].as_str().expect("words").ends_with("at the last entry, start assumed"));
    assert_eq!(report["questions"]["assumed"][0]["clock"], "first_signal");
}

#[test]
fn a_day_that_holds_the_deadline_tells_nothing() {
    let mut case = Case::new();
    case.fact("people_affected", "DE 1200")
        .fact("establishment", "one-state")
        .fact("controller_or_processor", "controller")
        .fact("aware", "2018-09-05 12:00Z");
    case.at("2018-09-09T20:00:00Z").sent("eu-gdpr.33-1", "2018-09-08", "BfDI", None);
    let duty = deadline(&case.json("internal"), "eu-gdpr.33-1");
    assert_eq!(duty["verdict"], "unclear", "{duty}");
}

#[test]
fn a_count_keeps_what_it_was() {
    let report = skimmed().json("internal");
    let counts = report["impact"]["counts"].as_array().expect("counts");
    let people = counts.iter().find(|count| count["fact"] == "persons_affected").expect("one");
    let values: Vec<&str> = people["values"]
        .as_array()
        .expect("values")
        .iter()
        .filter_map(|v| v["shown"].as_str())
        .collect();
    assert_eq!(values, ["about 380,000 people", "about 429,612 people"]);
    let places = counts.iter().filter(|count| count["fact"] == "people_affected").count();
    assert_eq!(places, 2, "nothing is added");
    let campaign = &report["notifications"]["campaigns"][0];
    assert_eq!((&campaign["sent"], &campaign["remaining"]), (&429_612.into(), &0.into()));
}

#[test]
fn a_step_that_took_far_longer_than_its_box_is_an_edit_to_propose() {
    let report = skimmed().json("internal");
    let edits = report["response"]["edits"].as_array().expect("edits");
    assert!(edits.iter().any(|edit| edit["step"] == "note-signal-and-pages"), "{edits:?}");
    let silence = &report["response"]["silences"][0]["shown"];
    assert_eq!(silence, "47 d 14 h");
}

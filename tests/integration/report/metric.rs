//! Times to something, deadlines and counts against answers made by hand.

use breach::incident::event::{ActionChange, ActionTaken, Draft, NoticeKind, NoticeSent};
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
            "unknown: E7' (containment verified, including systems that were offline) was not recorded",
        ),
        ("time_to_recover", "unknown: E9 (recovered: normal service is back) was not recorded"),
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
    assert!(case.metric("time_to_contain").starts_with("unknown: E7 (contained)"));
}

#[test]
fn what_ends_before_it_begins_cannot_be_right() {
    let mut case = Case::new();
    case.fact("occurred", "2018-09-05").fact("detected", "2018-08-01");
    let shown = case.metric("time_to_detect");
    assert!(
        shown.starts_with("cannot be right: detection (Wed 1 Aug 2018) is before first malicious"),
        "{shown}"
    );
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
    assert_eq!(people["shown"], "sent 2 days after its clock started; the law has no number");
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
    let drift =
        "about 380,000 people to about 429,612 people (about +49,612, +13%) in 49 d 9 h 19 min";
    assert_eq!(people["drift"]["shown"], drift);
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

/// A batch of letters, as `breach duties sent` records one.
fn batch(case: &mut Case, sent: u64, remaining: Option<u64>) {
    case.draft(Draft::from(NoticeSent {
        duty: "eu-gdpr.34".to_owned(),
        what: NoticeKind::Notice,
        recipient: None,
        channel: None,
        reference: None,
        proof: None,
        language: None,
        group: None,
        manifest: None,
        sent: Some(sent),
        bounced: None,
        returned: None,
        remaining,
    }));
}

#[test]
fn a_batch_that_says_nothing_of_the_rest_leaves_nobody() {
    let mut case = skimmed();
    batch(&mut case, 10, Some(39_480));
    assert_eq!(case.json("internal")["notifications"]["campaigns"][0]["remaining"], 39_480);
    batch(&mut case, 39_480, None);
    assert_eq!(case.json("internal")["notifications"]["campaigns"][0]["remaining"], 0);
    let mut silent = Case::new();
    batch(&mut silent, 10, None);
    assert_eq!(silent.json("internal")["notifications"]["campaigns"][0]["remaining"], Value::Null);
}

#[test]
fn a_notice_before_its_clock_cannot_be_right() {
    let mut case = Case::new();
    case.fact("people_affected", "DE 1200")
        .fact("establishment", "one-state")
        .fact("controller_or_processor", "controller")
        .fact("aware", "2018-09-05 20:00Z");
    case.sent("eu-gdpr.33-1", "2018-09-01 20:00Z", "BfDI", None);
    let report = case.json("internal");
    let duty = deadline(&report, "eu-gdpr.33-1");
    assert_eq!((&duty["verdict"], &duty["margin"]), (&"error".into(), &Value::Null));
    assert!(duty["shown"].as_str().expect("words").starts_with("cannot be right: sent (Sat 1"));
    assert_eq!(report["deadlines"]["tally"]["met"], 0);
    let errors = report["questions"]["errors"].to_string();
    assert!(
        errors.contains("GDPR Art. 33(1), (3), (4), to the authority: sent (Sat 1 Sep 2018"),
        "{errors}"
    );
    case.sent("eu-gdpr.33-1", "2018-09-02 20:00Z", "BfDI", None);
    let errors = case.json("internal")["questions"]["errors"].to_string();
    assert!(errors.contains("a notice (Sun 2 Sep 2018 20:00) is dated before"), "{errors}");
}

#[test]
fn recovery_may_end_before_the_last_trace_is_removed() {
    let mut case = Case::new();
    case.fact("contained_at", "2018-09-02")
        .fact("recovered_at", "2018-09-03")
        .fact("eradicated_at", "2018-09-05");
    let report = case.json("internal");
    let phase = |report: &Value, name: &str| {
        let mut phases = report["phases"].as_array().expect("phases").iter();
        phases.find(|phase| phase["name"] == name).expect(name).clone()
    };
    let recovery = phase(&report, "recovery");
    assert_eq!((&recovery["from"][0], &recovery["shown"]), (&"E7".into(), &"1 day".into()));
    assert_eq!(report["questions"]["errors"], serde_json::json!([]));
    case.fact("recovered_at", "2018-09-01");
    let report = case.json("internal");
    assert_eq!(phase(&report, "recovery")["shown"], "cannot be right");
    let errors = report["questions"]["errors"].to_string();
    let words =
        "Phase recovery: recovered (Sat 1 Sep 2018) is before last trace of the intruder removed";
    assert!(errors.contains(words), "{errors}");
}

#[test]
fn the_summary_names_numbers_by_place_and_what_cannot_be_told() {
    let mut case = Case::new();
    case.fact("people_affected", "DE 1200, IE about 30")
        .fact("establishment", "one-state")
        .fact("controller_or_processor", "controller")
        .fact("aware", "2018-09-05 12:00Z");
    case.at("2018-09-09T20:00:00Z").sent("eu-gdpr.33-1", "2018-09-08", "BfDI", None);
    let page = case.report(&["--format", "markdown"]).out;
    assert!(
        page.contains("Affected: people by place: Germany 1,200 and Ireland about 30."),
        "{page}"
    );
    assert!(page.contains("1 unclear") && !page.contains("0 met"), "{page}");
    assert!(page.contains("unclear: sent Sat 8"), "{page}");
}

#[test]
fn an_action_that_was_done_after_the_closing_says_how_long_it_took() {
    let mut case = skimmed();
    let id = case.json("internal")["actions"][0]["id"].as_str().expect("a name").to_owned();
    case.at("2018-11-25T09:00:00Z").note("a month later");
    let page = case.report(&["--format", "markdown"]).out;
    assert!(page.contains("1 action item open, 1 overdue"), "{page}");
    case.draft(ActionTaken::new(id, ActionChange::Done));
    let report = case.json("internal");
    assert_eq!(report["actions"][0]["closure"]["shown"], "30 d 23 h 59 min");
    let page = case.report(&["--format", "markdown"]).out;
    assert!(page.contains("done, 30 d 23 h 59 min after the incident was closed"), "{page}");
    assert!(page.contains("0 action items open"), "{page}");
}

//! What was seen when every face of the published cases was looked at.

use breach::incident::event::{DutyDecided, RulingKind};
use breach::phase::Phase;
use serde_json::Value;

use super::case::Case;
use super::published::Published;
use crate::cli::room::flowed;

fn european() -> Case {
    let mut case = Case::new();
    case.open("Something")
        .fact("controller_or_processor", "controller")
        .fact("establishment", "one-state")
        .fact("people_affected", "DE 1200");
    case
}

fn of<'r>(report: &'r Value, list: &str, key: &str, id: &str) -> &'r Value {
    let list = report.pointer(list).and_then(Value::as_array).expect("a list");
    list.iter().find(|one| one[key] == id).unwrap_or_else(|| panic!("no {id}"))
}

#[test]
fn whoever_was_sent_a_notice_reads_when_its_clock_started_and_nobody_reads_why() {
    const READERS: [&str; 3] = ["executive", "board", "regulator"];
    let mut case = european();
    let stands = |case: &Case, audience: &str| {
        let report = case.json(audience);
        assert!(!report.to_string().contains("secret"), "{audience}");
        assert!(!report.to_string().contains("Kim Counsel"), "{audience}");
        assert_eq!(report["banner"]["privileged"]["decision"], 1, "{audience}");
        let aware = of(&report, "/anchors", "id", "E6")["presence"].clone();
        (aware, of(&report, "/deadlines/duties", "duty", "eu-gdpr.33-1")["verdict"].clone())
    };
    case.privileged = true;
    case.decide("aware", "2018-09-05 20:00Z", "Kim Counsel", "secret basis");
    case.privileged = false;
    for audience in READERS {
        assert_eq!(stands(&case, audience), ("withheld".into(), "withheld".into()), "{audience}");
    }
    case.sent("eu-gdpr.33-1", "2018-09-05 20:30Z", "BfDI", None);
    for audience in READERS {
        assert_eq!(stands(&case, audience), ("given".into(), "met".into()), "{audience}");
    }
    // Nor does anybody hear it read aloud.
    let brief = case.room.breach(&["brief"]).out;
    assert!(brief.contains("Aware of the breach: ") && !brief.contains("Kim Counsel"), "{brief}");
    // What counsel decides later, no notice has told.
    case.privileged = true;
    case.decide("aware", "2018-09-05 20:10Z", "Kim Counsel", "secret basis");
    let aware = of(&case.json("regulator"), "/anchors", "id", "E6")["presence"].clone();
    assert_eq!(aware, "withheld");
}

#[test]
fn a_figure_says_which_duties_are_withheld_and_explains_no_sign_that_it_lacks() {
    let mut case = european();
    case.privileged = true;
    case.decide("aware", "2018-09-05 20:00Z", "Kim Counsel", "basis");
    let page = case.report(&["--format", "html", "--audience", "regulator"]).out;
    let told = page.split("Figure 2. Legal deadlines.").nth(1).expect("a figure");
    let told = told.split("</figcaption>").next().expect("its caption");
    assert!(told.contains(" withheld.") && !told.contains("not settled."), "{told}");
    for absent in ["✓", "✕", "A dashed bar", "Each bar"] {
        assert!(!told.contains(absent), "{absent}: {told}");
    }
}

#[test]
fn what_from_memory_means_is_said_once_to_those_inside() {
    let mut case = european();
    case.fact("aware", "2018-09-05 20:00Z");
    let page = |audience| case.report(&["--format", "markdown", "--audience", audience]).out;
    let internal = page("internal");
    assert!(internal.contains("law from memory)"), "{internal}");
    assert_eq!(internal.matches("check it before you rely on it").count(), 1, "{internal}");
    assert!(!page("regulator").contains("from memory"));
}

#[test]
fn what_a_board_has_in_boxes_is_said_once_where_there_are_none() {
    let published = Published::new("ba-2018");
    for format in ["text", "markdown"] {
        let page = published.run(&format!("breach report --audience board --format {format}"));
        for once in ["How they got in", "Fine imposed"] {
            assert_eq!(page.matches(once).count(), 1, "{format}: {once}: {page}");
        }
        assert!(page.contains("Fine proposed"), "{page}");
    }
    let slides = published.run("breach report --audience board --format html");
    assert_eq!(slides.matches("How they got in").count(), 2, "a slide stands alone");
}

#[test]
fn that_nothing_else_is_known_of_the_causes_is_no_contradiction() {
    let mut case = Case::new();
    case.open("Something").fact("entry_vector", "supplier");
    let page = case.report(&["--format", "markdown"]).out;
    assert!(page.contains("nothing is recorded besides how they got in"), "{page}");
}

#[test]
fn a_text_of_an_executive_is_cut_at_the_end_of_its_line() {
    for case in ["ba-2018", "target-2013", "yahoo-2014"] {
        let page = Published::new(case).run("breach report --audience executive --format markdown");
        let cut = page.lines().filter(|line| line.starts_with("- **") && line.ends_with(" …"));
        for line in cut {
            let text = line.split(":** ").nth(1).expect("a field");
            assert!(text.chars().count() > 85, "{case}: {line}");
        }
        assert!(!page.contains("1 more row not"), "{case}: {page}");
    }
}

#[test]
fn a_final_report_says_over_what_and_why_it_was_closed() {
    let published = Published::new("ba-2018");
    for audience in ["internal", "executive", "board", "regulator"] {
        let page = published.run(&format!("breach report --audience {audience} --format markdown"));
        let first = page.split("## Summary").next().expect("a first screen");
        let left = "1 owed item; 3 phases not started; 1";
        assert!(first.contains(left), "{audience}: {first}");
        let why = "Closed because: the case is told as far as it was published";
        let told = ["internal", "executive"].contains(&audience);
        assert_eq!(first.contains(why), told, "{audience}: {first}");
        // Facts are counted as the open questions are.
        let open = if audience == "regulator" { "10" } else { "11" };
        assert!(first.contains(&format!("{open} facts not known")), "{audience}: {first}");
        assert!(page.contains(&format!("{open} questions without an answer")), "{audience}");
    }
}

#[test]
fn an_authority_that_asked_is_no_responder_and_reads_its_own_reference() {
    let mut case = european();
    case.fact("aware", "2018-09-05 20:00Z");
    for (what, by) in [(RulingKind::Asked, "LfD"), (RulingKind::Delayed, "Erika Muster")] {
        case.draft(DutyDecided::new("eu-gdpr.33-1".to_owned(), what, by.to_owned(), "x".into()));
    }
    let sent = case.room.breach(
        &[
            &["duties", "sent", "eu-gdpr.33-1", "--at", "2018-09-05 21:30Z", "--recipient", "LfD"]
                [..],
            &["--reference", "LfD-2018-1187", "--as", "Ada Lovelace"],
        ]
        .concat(),
    );
    assert_eq!(sent.exit, Some(0), "{}", sent.err);
    let regulator = case.json("regulator");
    assert_eq!(regulator["notifications"]["notices"][0]["reference"], "LfD-2018-1187");
    let by = |report: &Value| {
        let rulings = report["notifications"]["rulings"].as_array().expect("rulings").iter();
        rulings.map(|one| one["by"].clone()).collect::<Vec<Value>>()
    };
    assert_eq!(by(&regulator), ["the recipient", "not for this audience"]);
    assert_eq!(by(&case.json("internal")), ["LfD", "Erika Muster"]);
    assert!(!regulator.to_string().contains("Muster"));
    let page = case.report(&["--format", "markdown", "--audience", "regulator"]).out;
    assert!(page.contains("Question asked: ") && !page.contains("Duty asked"), "{page}");
}

#[test]
fn rows_and_columns_that_say_nothing_are_not_printed() {
    let mut case = Case::new();
    case.open("Something")
        .fact("hosts_affected", "web-01, web-02, web-03")
        .pin(Phase::Containment, "web-skimming");
    let page = |audience| case.report(&["--format", "markdown", "--audience", audience]).out;
    let (internal, regulator) = (page("internal"), page("regulator"));
    assert!(internal.contains("| Isolate web-02 "), "{internal}");
    let isolate = regulator.lines().filter(|line| line.starts_with("| Isolate … "));
    let isolate: Vec<&str> = isolate.collect();
    assert!(isolate.len() == 1 && isolate[0].contains("(3 items) |"), "{isolate:?}");
    for page in [internal, regulator] {
        assert!(page.contains("| Step | Outcome |\n"), "{page}");
        assert!(!page.contains("Remarks"), "{page}");
    }
}

#[test]
fn a_brief_tells_no_deadline_of_a_clock_that_started_at_a_marked_moment() {
    let mut case = Case::new();
    case.open("Something")
        .fact("controller_or_processor", "controller")
        .fact("establishment", "one-state")
        .fact("people_affected", "DE 1200");
    case.privileged = true;
    case.decide("aware", "2018-09-05 20:07Z", "Kim Counsel", "basis");
    let brief = |audience: &str| flowed(&case.room.breach(&["brief", "--audience", audience]).out);
    let executive = brief("executive");
    for told in ["20:07", "Sat 8 Sep 2018"] {
        assert!(!executive.contains(told), "{told}: {executive}");
    }
    let owed = "Owed, its date marked privileged: GDPR Art. 33(1)";
    assert!(executive.contains(owed), "{executive}");
    // Those who work against it, and counsel, have it.
    for audience in ["team", "counsel"] {
        assert!(brief(audience).contains("Sat 8 Sep 2018 20:07"), "{audience}");
    }
}

#[test]
fn a_duty_that_follows_one_with_a_marked_clock_has_no_date_either() {
    let mut case = Case::new();
    case.open("Something").fact("people_affected", "US-NY 700, US-CA 800, BR 9");
    case.privileged = true;
    case.fact("detected", "2018-09-05 20:07Z").fact("first_signal", "2018-09-05 20:07Z");
    let report = case.json("executive");
    let duties = report["deadlines"]["duties"].as_array().expect("duties");
    assert!(duties.len() > 2, "{duties:?}");
    for duty in duties {
        assert!(duty["due"].is_null(), "{duty}");
    }
}

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
        let left = "1 owed item; 3 phases not started";
        assert!(first.contains(left), "{audience}: {first}");
        let why = "Closed because: the case is told as far as it was published";
        let told = ["internal", "executive"].contains(&audience);
        assert_eq!(first.contains(why), told, "{audience}: {first}");
        let open = if audience == "regulator" { "10" } else { "11" };
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

#[test]
fn what_may_be_owed_is_one_number_wherever_it_is_told_and_half_a_page() {
    let published = Published::new("ebay-2014");
    let report = published.json();
    let name = report["banner"]["incident"].as_str().expect("a name");
    let open = report["deadlines"]["may_be_owed"]["duties"].as_array().expect("duties");
    let old = open.iter().filter(|duty| duty["hypothetical"] == true).count();
    let told = format!(
        "{} duties may be owed, {old} of them only if their rules were law then.",
        open.len()
    );
    for audience in ["internal", "executive", "board"] {
        let page = published.run(&format!("breach report --format markdown --audience {audience}"));
        assert!(flowed(&page).contains(&told), "{audience}: {page}");
    }
    for audience in ["team", "executive"] {
        let brief = published.run(&format!("breach brief --incident {name} --audience {audience}"));
        assert!(
            flowed(&brief).contains(&format!("May be owed: {} duties: ", open.len())),
            "{brief}"
        );
    }
    let sum = |page: &str, of: &str, more: &str| {
        let before = |end: &str| {
            let words = page.split(end).next().unwrap_or_default();
            let last = words.split(' ').next_back().unwrap_or_default();
            last.parse::<usize>().unwrap_or_else(|_| panic!("{end}: {page}"))
        };
        before(of) + before(more)
    };
    let duties = flowed(&published.run(&format!("breach duties --incident {name}")));
    assert_eq!(sum(&duties, " may be owed", " more if their laws apply to us"), open.len());
    let status = flowed(&published.run(&format!("breach status --incident {name}")));
    let status = status.split("May be owed: ").nth(1).expect("a line");
    assert_eq!(sum(status, " duties: ", " more if their laws apply to us"), open.len());
    // Two hundred duties hang on the same few facts, and nobody reads a row for each.
    let page = Published::new("ba-2018").run("breach report --format markdown");
    let list = page.split("Duties that may be owed, by place").nth(1).expect("a table");
    let list = list.split("The JSON report lists each").next().expect("its end");
    assert!(list.lines().filter(|line| line.starts_with('|')).count() <= 18, "{list}");
    let us = list.lines().find(|line| line.starts_with("| United States")).expect("a row");
    assert!(us.contains("People by jurisdiction"), "{us}");
}

#[test]
fn figures_are_numbered_as_they_stand_and_each_is_named_once() {
    for case in ["yahoo-2013", "ba-2018"] {
        let page = Published::new(case).run("breach report --format html");
        let named: Vec<&str> = page
            .split("<strong>Figure ")
            .skip(1)
            .filter_map(|rest| rest.split('.').next())
            .collect();
        let numbers: Vec<String> = (1..=named.len()).map(|number| number.to_string()).collect();
        assert_eq!(named, numbers, "{case}");
    }
}

#[test]
fn no_word_of_a_text_report_is_torn() {
    let published = Published::new("ebay-2014");
    let page = published.run("breach report --format text");
    for whole in ["us-fl.individuals.until-2024-06-30", "Thu 1 May 2014 to", "Wed 25 Nov 2026"] {
        assert!(page.contains(whole), "{whole}: {page}");
    }
    let head = published.json()["banner"]["chains"][0]["head"].as_str().expect("a head").to_owned();
    assert!(page.contains(&head), "{head}: {page}");
    let lines = page.lines().filter(|line| line.chars().count() > 80);
    assert_eq!(lines.collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn an_answer_that_is_none_of_those_listed_is_not_told_as_one() {
    let published = Published::new("ba-2018");
    for audience in ["internal", "executive", "board", "regulator", "public"] {
        for format in ["markdown", "html"] {
            let page =
                published.run(&format!("breach report --format {format} --audience {audience}"));
            assert!(!page.contains("In another way"), "{audience} {format}: {page}");
        }
    }
    let page = published.run("breach report --format markdown");
    assert!(page.contains("How it was noticed:** Missed signals: none."), "{page}");
}

#[test]
fn a_notice_before_its_clock_has_no_length() {
    let mut case = european();
    case.decide("aware", "2018-09-05 20:00Z", "Kim Counsel", "the logs");
    case.sent("eu-gdpr.33-1", "2018-09-05 19:59:46Z", "BfDI", None);
    let page = case.report(&["--format", "markdown"]).out;
    assert!(page.contains("before its clock started"), "{page}");
    assert!(!page.contains("-14 s"), "{page}");
}

#[test]
fn numbers_and_places_of_an_exported_timeline_are_in_words() {
    let published = Published::new("ba-2018");
    let name = published.json()["banner"]["incident"].as_str().expect("a name").to_owned();
    let rows = published.run(&format!("breach export --incident {name} csv"));
    assert!(rows.contains("about 429,612 people") && !rows.contains("429612"), "{rows}");
    assert!(rows.contains(",step outcome,") && !rows.contains(",step-outcome,"), "{rows}");
    let rows = Published::new("ebay-2014");
    let name = rows.json()["banner"]["incident"].as_str().expect("a name").to_owned();
    let rows = rows.run(&format!("breach export --incident {name} csv"));
    assert!(rows.contains("Connecticut (US-CT) at least 1"), "{rows}");
}

//! What the head of the report says of its record, and of how the incident was closed.

use breach::incident::event::Closed;

use super::case::{Case, skimmed};
use crate::export::export;

/// An incident that was closed, damaged in the line before its deadline was met.
pub(crate) fn damaged() -> Case {
    let mut case = Case::new();
    case.open("Something")
        .fact("controller_or_processor", "controller")
        .fact("establishment", "one-state")
        .fact("people_affected", "DE 1200")
        .fact("aware", "2018-09-05 20:00Z")
        .note("the line")
        .sent("eu-gdpr.33-1", "2018-09-05 20:30Z", "BfDI", None)
        .close();
    let chain = case.folder.chains().expect("chains")[0].1.clone();
    let text = std::fs::read_to_string(&chain).expect("a chain");
    std::fs::write(&chain, text.replace("the line", "thy line")).expect("written");
    case
}

#[test]
fn what_may_stand_behind_damage_is_not_known() {
    let case = damaged();
    let report = case.json("internal");
    let duties = report["deadlines"]["duties"].as_array().expect("duties");
    let duty = duties.iter().find(|duty| duty["duty"] == "eu-gdpr.33-1").expect("one");
    let shown = duty["shown"].as_str().expect("words");
    assert!(shown.starts_with("not known: the record is not trusted from line 7 of"), "{shown}");
    assert_eq!((&duty["verdict"], &duty["margin"]), (&"not_believed".into(), &().into()));
    let page = case.report(&["--format", "markdown"]).out;
    for said in [
        "whether the incident is closed is not known",
        "Whether it is contained is not known: the record is not trusted",
        "DOES NOT VERIFY: line 7",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("overdue") && !page.contains("the incident is open"), "{page}");
    let annex = page.split("## Annex: the record").nth(1).expect("an annex");
    assert!(annex.contains("| DOES NOT VERIFY: line 7"), "{annex}");
    let bundle = case.room.breach(&["export", "stix"]).out;
    assert!(bundle.contains("DRAFT: the record does not verify, so whether"), "{bundle}");
    let calendar = case.room.breach(&["export", "ical"]).out.replace("\r\n ", "");
    assert!(calendar.contains("(not known: the record does not verify)"), "{calendar}");
}

#[test]
fn an_incident_that_was_never_closed_is_still_open() {
    let mut case = Case::new();
    case.open("Something");
    assert!(case.report(&["--format", "markdown"]).out.contains("DRAFT: the incident is open"));
}

#[test]
fn bytes_behind_the_last_line_are_said() {
    let case = skimmed();
    let chain = case.folder.chains().expect("chains")[0].1.clone();
    let mut text = std::fs::read_to_string(&chain).expect("a chain");
    text.push_str("{\"v\":1,\"se");
    std::fs::write(&chain, text).expect("written");
    let ran = case.report(&["--format", "markdown"]);
    let said = "10 bytes after the last line: a write in progress, or a torn end";
    assert!(ran.err.replace("\n  ", " ").contains(said), "{}", ran.err);
    assert_eq!(ran.out.matches(said).count(), 2, "in the banner and in the annex: {}", ran.out);
    assert!(export(&case.room, &["csv"]).err.replace("\n  ", " ").contains(said));
}

#[test]
fn a_final_report_says_over_what_it_was_closed() {
    let mut case = Case::new();
    case.open("Something").close();
    assert!(!case.report(&[]).out.contains("Closed because"));
    let open = [
        "containment: Isolate the hosts",
        "scoping was not started",
        "fact `contained_at` is unknown",
        "fact `declared_at` is unknown",
        "fact `detected` is in conflict: `breach conflicts`",
        "2 duties to notify, neither sent nor waived: `breach duties`",
    ];
    let open = open.map(str::to_owned).to_vec();
    case.draft(Closed {
        reason: Some("enough".into()),
        ..Closed::new(vec!["evidence".to_owned()], open)
    });
    case.note("one more thing").note("and another");
    let page = case.report(&["--format", "markdown"]).out;
    let left = "1 owed item; 1 phase not started; 1 step not settled; 1 other matter";
    assert!(page.contains(left) && page.contains("Closed because: enough"), "{page}");
    assert!(page.contains("2 entries written by people"), "{page}");
    let summary = page.find("## Summary").expect("a summary");
    assert!(page.find(left) < Some(summary), "{page}");
    let regulator = case.report(&["--format", "markdown", "--audience", "regulator"]).out;
    assert!(regulator.contains(left) && !regulator.contains("enough"), "{regulator}");
    assert_eq!(case.json("internal")["banner"]["closing"]["later"], 2);
}

#[test]
fn the_summary_comes_before_chain_heads_and_names() {
    let page = skimmed().report(&[]).out;
    let summary = page.find("\nSUMMARY\n").expect("a summary");
    let lines = page[..summary].lines().count();
    assert!(lines <= 16, "{lines}");
    assert!(page.find("Recorded by").expect("names") > summary);
}

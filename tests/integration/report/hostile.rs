//! Logs that were written to do harm, or came to it.

use breach::escape;
use breach::incident::event::Outcome;

use super::case::{Case, skimmed};

const HOSTILE: &str = "<script>alert(1)</script> **b** [x](javascript:y) ![i](http://evil.example/i) \
                       # h | cell\n- list\n\u{1b}[2J\u{202e}\u{200b} `code` https://evil.example @team";

#[test]
fn nothing_foreign_is_markup_or_drives_a_screen() {
    let mut case = Case::new();
    case.open(HOSTILE)
        .note(HOSTILE)
        .fact("what_happened", HOSTILE)
        .fact("how_it_happened", &"long ".repeat(3_500))
        .fact("impact", &"x".repeat(17_000))
        .step("containment/no-such-step", Outcome::Skipped, HOSTILE)
        .by("Eve | <b>Evil</b>")
        .note(&"y".repeat(17_000));
    let text = case.report(&[]);
    assert!(!text.out.chars().any(|c| c != '\n' && escape::is_harmful(c)));
    let widest = text.out.lines().map(|line| line.chars().count()).max().expect("lines");
    assert!(widest <= 80, "{widest} columns");
    let json = case.report(&["--format", "json"]).out;
    assert!(json.contains("(17000 characters in the log)"), "a note is cut, and it says so");
    let markdown = case.report(&["--format", "markdown"]).out;
    assert!(!markdown.chars().any(|c| c != '\n' && escape::is_harmful(c)));
    let mut html = String::new();
    let parser = pulldown_cmark::Parser::new_ext(&markdown, pulldown_cmark::Options::all());
    pulldown_cmark::html::push_html(&mut html, parser);
    for tag in ["<script", "<img", "<a ", "<b>", "<code", "<pre", "<blockquote"] {
        assert!(!html.contains(tag), "{tag}");
    }
    assert!(html.contains("&lt;script&gt;alert(1)"), "it is shown as it is");
    assert!(markdown.contains(&"x".repeat(17_000)), "what people wrote is whole");
}

#[test]
fn an_outcome_that_no_playbook_knows_is_not_lost() {
    let mut case = skimmed();
    case.step("containment/gone-step", Outcome::Done, "it was done");
    let report = case.json("internal");
    let steps = report["response"]["playbooks"][0]["steps"].to_string();
    assert!(steps.contains("gone-step") && steps.contains("it was done"), "{steps}");
}

#[test]
fn an_empty_log_has_a_report() {
    let case = Case::new();
    let report = case.json("internal");
    assert_eq!(report["banner"]["incident"], "2018-09-05-plain-birch");
    assert_eq!(report["banner"]["verifies"], true);
    let metrics = report["metrics"].as_array().expect("metrics");
    assert!(metrics.iter().all(|metric| metric["computed"] != "known"));
    std::fs::write(&case.folder.chains().expect("chains")[0].1, b"").expect("emptied");
    let ran = case.report(&[]);
    assert_eq!(ran.exit, Some(4), "{}", ran.err);
    assert!(ran.out.contains("DOES NOT VERIFY"), "{}", ran.out);
}

#[test]
fn a_damaged_chain_is_said_in_the_banner_and_what_lies_behind_is_not_told() {
    let case = skimmed();
    let chain = case.folder.chains().expect("chains")[0].1.clone();
    let text = std::fs::read_to_string(&chain).expect("a chain");
    let edited = text.replace("phone bridge", "fone bridge");
    std::fs::write(&chain, edited).expect("written");
    for format in ["text", "markdown", "json"] {
        let ran = case.report(&["--format", format]);
        assert_eq!(ran.exit, Some(4), "{}", ran.err);
        assert!(!ran.out.contains("429612"), "what is not believed is not told");
    }
    let ran = case.report(&[]);
    assert!(ran.out.contains("DOES NOT VERIFY") && ran.out.contains("DRAFT"), "{}", ran.out);
}

#[test]
fn a_torn_end_is_counted() {
    let mut case = skimmed();
    let chain = case.folder.chains().expect("chains")[0].1.clone();
    let mut text = std::fs::read_to_string(&chain).expect("a chain");
    text.push_str("{\"v\":1,\"se\n");
    std::fs::write(&chain, text).expect("written");
    let report = case.json("internal");
    assert_eq!(report["banner"]["chains"][0]["torn"], 1);
    assert_eq!(report["banner"]["verifies"], true);
    case.privileged = false;
}

#[test]
fn what_happened_after_it_was_written_cannot_be_right() {
    let mut case = Case::new();
    case.note_that_happened("from the future", "2019-01-01T00:00:00Z");
    let errors = case.json("internal")["questions"]["errors"].clone();
    assert!(errors.to_string().contains("says that it happened Tue 1 Jan 2019"), "{errors}");
}

#[test]
fn a_long_log_is_cut_with_an_honest_count() {
    let mut case = Case::new();
    for number in 0..250 {
        case.note(&format!("note {number}"));
    }
    let report = case.json("internal");
    assert_eq!(report["timeline"]["omitted"]["note"], 150);
    let moments = report["timeline"]["moments"].as_array().expect("moments");
    assert_eq!(moments.len(), 100);
    assert_eq!(
        (&moments[0]["said"][0], &moments[49]["said"][0]),
        (&"note 0".into(), &"note 49".into())
    );
    assert_eq!(moments[50]["said"][0], "note 200", "the last are there, too");
    assert_eq!(moments[99]["said"][0], "note 249");
    assert_eq!(report["record"]["entries"]["note"], 250);
    assert!(case.report(&[]).out.contains("Not shown here: 150 notes"));
}

#[test]
fn every_decision_is_in_the_timeline() {
    let mut case = Case::new();
    for number in 0..120 {
        case.decide("aware", "2018-09-05 20:00Z", "Kim Counsel", &format!("basis {number}"));
    }
    let report = case.json("internal");
    let moments = report["timeline"]["moments"].as_array().expect("moments");
    assert_eq!(moments.iter().filter(|moment| moment["kind"] == "decision").count(), 120);
}

#[test]
fn a_number_that_changed_often_shows_its_first_and_its_latest_values() {
    let mut case = Case::new();
    for number in 0..120 {
        case.fact("cards_affected", &number.to_string());
    }
    let count = case.json("internal")["impact"]["counts"][0].clone();
    let values = count["values"].as_array().expect("values");
    assert_eq!((values.len(), &count["omitted"]), (50, &70.into()));
    assert_eq!(
        (&values[0]["n"], &values[1]["n"], &values[49]["n"]),
        (&0.into(), &71.into(), &119.into())
    );
}

#[test]
fn a_playbook_whose_copy_is_gone_costs_its_steps_only() {
    let case = skimmed();
    std::fs::remove_dir_all(case.folder.playbooks_dir()).expect("removed");
    let ran = case.report(&["--format", "json"]);
    assert_eq!(ran.exit, Some(4), "{}", ran.err);
    let report: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert!(
        report["response"]["playbooks"][0]["problem"].as_str().expect("why").contains("missing")
    );
    assert!(!ran.out.contains(case.room.dir.path().to_str().expect("text")), "no path of ours");
}

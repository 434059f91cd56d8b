//! Words where a reader would otherwise meet a code of the record, and nothing that only a program says.

use super::case::{Case, skimmed};
use crate::cli::room::flowed;

fn page(case: &Case, audience: &str, format: &str) -> String {
    case.report(&["--format", format, "--audience", audience]).out
}

/// The part of a Markdown page under a heading.
fn under<'p>(page: &'p str, heading: &str) -> &'p str {
    let (_, rest) = page.split_once(&format!("## {heading}\n")).unwrap_or_else(|| panic!("{page}"));
    rest.split("\n## ").next().unwrap_or_default()
}

#[test]
fn the_log_tells_duties_steps_and_kinds_by_their_names() {
    let mut case = skimmed();
    for number in 0..150 {
        case.note(&format!("note {number}"));
    }
    let page = page(&case, "internal", "markdown").replace('\\', "");
    let log = under(&page, "Annex: the log entry by entry");
    assert!(log.contains("notice sent: GDPR Art. 33"), "{log}");
    assert!(!log.contains("eu-gdpr."), "{log}");
    assert!(!log.contains("of kind"), "{log}");
    assert!(log.contains("Not shown here: "), "{log}");
    let record = under(&page, "Annex: the record");
    for code in ["step-outcome", "playbook-pinned", "genesis"] {
        assert!(!record.contains(&format!("| {code} |")), "{code}: {record}");
    }
}

#[test]
fn anchors_debts_and_rules_are_told_without_codes() {
    let page = page(&skimmed(), "internal", "markdown").replace('\\', "");
    let metrics = under(&page, "Annex: metrics");
    assert!(metrics.contains("| Incident began, "), "{metrics}");
    for code in ["occurred,", "contained_at", "entry "] {
        assert!(!metrics.contains(&format!("| {code}")), "{code}: {metrics}");
    }
    assert!(!under(&page, "Annex: method").contains('`'), "a code among the rules");
    let owed = under(&page, "Annex: planned and done");
    assert!(!owed.contains("- evidence `"), "{owed}");
}

#[test]
fn a_severity_says_how_bad_it_is_and_orders_nobody() {
    let mut case = skimmed();
    case.fact("severity", "critical");
    for audience in ["internal", "executive", "board"] {
        let page = page(&case, audience, "text");
        // The log keeps every word of what was chosen.
        let page = flowed(page.split("\nANNEX").next().unwrap_or_default());
        assert!(page.contains("Severity: Critical. Data is leaving"), "{page}");
        assert!(!page.contains("wake management"), "{page}");
    }
}

#[test]
fn parts_that_contain_commas_are_told_apart() {
    let mut case = skimmed();
    case.sent("eu-gdpr.34", "2018-09-09", "customers, second wave: cards, codes", None);
    let page = page(&case, "internal", "markdown").replace('\\', "");
    let notices = under(&page, "Annex: notifications");
    assert!(notices.contains("customers, second wave: cards, codes; REF-4711"), "{notices}");
    let sheet = flowed(&case.report(&["--audience", "executive"]).out);
    assert!(!sheet.contains("cards, codes, "), "{sheet}");
}

#[test]
fn the_first_slide_answers_who_leads_what_is_next_and_which_data() {
    let mut case = skimmed();
    case.fact("incident_commander", "Grace Hopper").fact("data_classes", "card-number");
    let page = page(&case, "board", "html");
    let slide = page.split("<section class=\"slide\"").nth(1).expect("a slide");
    for asked in ["Who leads", "Grace Hopper", "Next", "Classes of data"] {
        assert!(slide.contains(asked), "{asked}: {slide}");
    }
    let second = page.split("<section class=\"slide\"").nth(2).expect("a slide");
    assert!(!second.contains("Classes of data"), "the same twice");
}

#[test]
fn a_legend_names_what_is_drawn_and_no_more() {
    for audience in ["internal", "public"] {
        let page = page(&skimmed(), audience, "html");
        let figure = page.split("id=\"fig-timeline\"").nth(1).expect("a figure");
        let (drawing, legend) = figure.split_once("</svg>").expect("a drawing");
        let legend = legend.split("</ul>").next().unwrap_or_default();
        for lane in ["attacker", "signals", "response", "decisions", "notifications"] {
            let drawn = drawing.contains(&format!("<g class=\"{lane}\">"));
            assert_eq!(legend.contains(lane), drawn, "{audience}: {lane}");
        }
    }
}

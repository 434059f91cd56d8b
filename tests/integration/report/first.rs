//! What the first screen answers: what happened, to how many, who leads, what is owed, what is next and
//! what nobody knows.

use breach::fact::{FactType, Value, Vocabulary};
use breach::incident::event::{ActionChange, ActionTaken, DecidedAs, Decision, Draft};

use super::case::{Case, skimmed};

/// The text of a report down to its first section behind the summary, on one line.
fn first(case: &Case, audience: &str) -> String {
    let text = case.report(&["--audience", audience]).out;
    let (first, _) = text.split_once("\nIMPACT\n").expect("a summary, then the impact");
    first.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An open incident with a bit of everything.
fn open() -> Case {
    let mut case = Case::new();
    case.open("Export of customer records")
        .fact("incident_kind", "supplier-access")
        .fact("severity", "critical")
        .fact("incident_commander", "Grace Hopper")
        .fact("detected", "2018-09-05 20:00Z")
        .fact("entity_zone", "Europe/Berlin")
        .fact("controller_or_processor", "controller")
        .fact("establishment", "one-state")
        .fact("home_country", "DE")
        .fact("persons_affected", "84312")
        .fact("people_affected", "DE 84312")
        .fact("data_classes", "names-contact, bank")
        .fact("data_access", "copied-confirmed")
        .fact("scope_unknowns", "whether attachments were opened; who bought the list")
        .fact("measures_taken", "We closed the log-ins. Exports are limited now.")
        .decide("aware", "2018-09-05 20:30Z", "Kim Counsel", "the audit log")
        .decide("risk_level", "high-risk", "Kim Counsel", "bank details");
    case
}

fn item(case: &mut Case, id: &str, text: &str, due: &str, privileged: bool) {
    let mut draft = Draft::from(ActionTaken {
        action: id.to_owned(),
        what: ActionChange::Added,
        text: Some(text.into()),
        owner: Some("Priya Nair".to_owned()),
        due: Some(due.parse().expect("a day")),
        link: None,
        reason: None,
    });
    draft.privileged = privileged;
    case.draft(draft);
}

#[test]
fn numbers_of_what_was_not_affected_are_not_called_affected() {
    let mut case = open();
    let counts = Vocabulary::builtin().iter().filter(|fact| fact.kind == FactType::Count);
    let counts: Vec<(String, String)> =
        (7_001..).zip(counts).map(|(n, fact)| (fact.name.clone(), n.to_string())).collect();
    for (name, n) in &counts {
        case.fact(name, n);
    }
    for audience in ["internal", "executive", "board", "regulator"] {
        let first = first(&case, audience);
        let (_, told) = first.split_once("Affected: ").expect("how many");
        for (name, n) in &counts {
            let shown = format!("7,{}", &n[1..]);
            assert_eq!(told.contains(&shown), name.ends_with("_affected"), "{audience}: {name}");
        }
    }
    case.fact("notice_account", "Records were copied.");
    let public = case.report(&["--audience", "public"]).out;
    let (_, n) = counts.iter().find(|(name, _)| name == "employees").expect("a count");
    assert!(!public.contains(&format!("7,{}", &n[1..])), "{public}");
}

#[test]
fn it_says_how_severe_who_leads_what_is_done_owed_next_and_not_known() {
    let mut case = open();
    item(&mut case, "a-000001", "Second factor for providers", "2018-10-01", false);
    for audience in ["internal", "executive"] {
        let first = first(&case, audience);
        for words in [
            "Severity: Critical. Data is leaving",
            "What is being done: We closed the log-ins. Exports are limited now. It was noticed",
            "Who leads: Grace Hopper (incident commander).",
            "owed without a date (GDPR Art. 34(1)-(3), to the people affected)",
            "The next is due Sat 8 Sep 2018 22:30 (GDPR Art. 33(1), (3), (4), to the authority)",
            "Next: Second factor for providers: Priya Nair, due Mon 1 Oct 2018, open.",
            "Not known: whether attachments were opened; who bought the list.",
        ] {
            assert!(first.contains(words), "{audience}: {words}: {first}");
        }
    }
    let regulator = first(&case, "regulator");
    assert!(!regulator.contains("Who leads") && !regulator.contains("Grace"), "{regulator}");
    let board = first(&case, "board");
    for words in ["How they got in: not recorded", "Cost so far: not recorded"] {
        assert!(board.contains(words), "{board}");
    }
    case.fact("entry_vector", "supplier").fact("cost_so_far", "EUR 214500");
    let board = first(&case, "board");
    for words in ["How they got in: Through a supplier's access", "Cost so far: EUR 214,500"] {
        assert!(board.contains(words), "{board}");
    }
    case.fact("fine_imposed", "EUR 20000000");
    assert!(first(&case, "board").contains("Fine imposed: EUR 20,000,000"));
}

#[test]
fn an_item_that_may_not_be_read_hides_none_that_may() {
    let mut case = open();
    item(&mut case, "a-000001", "claims against the provider", "2018-09-10", true);
    item(&mut case, "a-000002", "Second factor for providers", "2018-10-01", false);
    let words = "Next: Second factor for providers";
    assert!(first(&case, "internal").contains("Next: claims against the provider"));
    for audience in ["executive", "regulator"] {
        assert!(first(&case, audience).contains(words), "{audience}");
    }
    for audience in ["executive", "board", "regulator"] {
        let text = case.report(&["--audience", audience]).out;
        let place = |words: &str| text.rfind(words).unwrap_or_else(|| panic!("{audience}: {text}"));
        assert!(!text.contains("claims"), "{audience}");
        assert!(place("[marked privileged]") > place("Second factor"), "{audience}: {text}");
    }
    let brief = case.room.breach(&["brief", "--since", "2018-09-01"]).out;
    let place = |words: &str| brief.rfind(words).unwrap_or_else(|| panic!("{brief}"));
    assert!(place("[marked privileged]") > place("Second factor"), "{brief}");
}

#[test]
fn law_that_may_not_have_been_law_then_owes_nothing_on_it() {
    let mut later = Case::new();
    later
        .at("2026-09-05T20:50:00Z")
        .open("Told years later")
        .fact("detected", "2013-12-12")
        .fact("contained_at", "2013-12-15")
        .fact("people_affected", "US-MI 1200")
        .fact("persons_affected", "1200")
        .fact("data_classes", "names-contact, card-number")
        .fact("data_access", "copied-confirmed");
    let report = later.json("internal");
    let duties = report["deadlines"]["duties"].as_array().expect("duties");
    assert!(duties.iter().any(|duty| duty["hypothetical"] == true), "{duties:?}");
    assert!(!first(&later, "internal").contains("owed without a date"));
}

#[test]
fn signatures_leave_it_to_the_summary() {
    let case = skimmed();
    for role in ["prepared", "reviewed"] {
        case.room.breach(&["report", "sign-off", role, "--as", "Grace Hopper"]);
    }
    case.room.breach(&["report", "sign-off", "approved", "--as", "Ada Lovelace"]);
    let first = first(&case, "internal");
    let signed = "Signed: prepared and reviewed by Grace Hopper and approved by Ada Lovelace; nothing \
                  else recorded since";
    assert!(first.contains(signed), "{first}");
    assert!(!first.contains(", at "), "codes are for those who look for them: {first}");
    let html = case.report(&["--format", "html"]).out;
    let (header, rest) = html.split_once("</header>").expect("a header");
    assert!(header.contains("Signed") && !header.contains("Approved"), "{header}");
    assert!(rest.contains("<dt>Approved</dt>"), "the annex has the code");
}

#[test]
fn a_decision_is_told_once() {
    let mut case = open();
    case.draft(Decision {
        decided: Some("no payment is made".into()),
        ..Decision::new(
            "pay-ransom",
            Value::Unknown,
            ("Kim Counsel".to_owned(), DecidedAs::Counsel),
            "no demand is credible".into(),
        )
    });
    let report = case.json("internal");
    let moments = report["story"]["moments"].as_array().expect("moments");
    for (label, begin) in [
        ("Decided: Risk to people", "There is a high risk"),
        ("Decided: pay ransom", "no payment is made"),
    ] {
        let told: Vec<_> = moments.iter().filter(|one| one["label"] == label).collect();
        assert_eq!(told.len(), 1, "{label}: {moments:?}");
        assert_eq!(told[0]["said"][0], begin, "{label}");
    }
}

#[test]
fn what_everybody_reads_fits_on_a_phone_without_moving_tables_sideways() {
    let mut case = open();
    item(&mut case, "a-000001", "Second factor for providers", "2018-10-01", false);
    let html = case.report(&["--format", "html"]).out;
    let (everybody, annexes) = html.split_once("Annex: what was written</h2>").expect("annexes");
    assert!(!everybody.contains("class=\"wide\""), "a table is wider than a phone");
    assert!(annexes.contains("class=\"wide\""));
}

#[test]
fn times_in_the_wrong_order_are_told_in_words() {
    let mut case = open();
    case.fact("public_statement_at", "2018-09-05").fact("scope_grew_at", "2018-09-01");
    let report = case.json("internal");
    let errors = report["questions"]["errors"].as_array().expect("errors");
    let told: Vec<&str> = errors.iter().filter_map(|error| error.as_str()).collect();
    let words = "first public correction of the scope (Sat 1 Sep 2018) is before public statement";
    assert!(told.iter().any(|error| error.contains(words)), "{told:?}");
    let phases = report["phases"].to_string();
    assert!(phases.contains("end not recorded") && !phases.contains("E8 is"), "{phases}");
    // Whoever reads no further learns what is wrong, and where the rest of it is told.
    case.fact("detected", "2018-09-05").fact("contained_at", "2018-08-01");
    for (audience, place) in
        [("internal", "below"), ("regulator", "below"), ("executive", "in the")]
    {
        let page = case.report(&["--format", "markdown", "--audience", audience]).out;
        let (first, _) = page.split_once("## Summary").expect("a summary");
        let first = crate::cli::room::flowed(first);
        let (_, told) = first.split_once("**Cannot be right:** ").expect("what is wrong");
        assert!(told.contains("(Wed 1 Aug 2018) is before"), "{audience}: {told}");
        assert!(told.contains(&format!(" more, {place}")), "{audience}: {told}");
    }
    let outside = case.report(&["--format", "markdown", "--audience", "public"]).out;
    assert!(!outside.contains("Cannot be right"), "{outside}");
}

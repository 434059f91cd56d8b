//! One log, four readers: what each must never see.

use breach::incident::event::{FactEdit, Outcome};
use breach::phase::Phase;
use breach::regime::builtin::law;
use breach::report::{Audience, Gather};

use super::case::{Case, skimmed};

const FORMATS: [&str; 3] = ["text", "markdown", "json"];

/// An incident with a canary in every text that the record takes.
fn canaries() -> Case {
    let mut case = skimmed();
    case.by("Canary Person")
        .note("canary-note by Canary Person")
        .fact("hosts_affected", "canaryhost")
        .fact("accounts_affected", "canary-account")
        .fact("incident_commander", "Canary Commander")
        .fact("scope_basis", "canary-basis")
        .fact("worked_badly", "canary-lesson")
        .fact("log_gaps", "canary-log")
        .fact("what_happened", "Canary Person mailed canary.person@canary.example about canaryhost")
        .fact("executive_summary", "CANARY COMMANDER and Commander closed canary-account")
        .fact("how_it_happened", "through canaryhost")
        .fact("action_items", "Canary Owner: mend canaryhost by 2018-12-01")
        .decide("risk_level", "high-risk", "Canary Decider", "canary-reason")
        .evidence("ev-aaaaaa", "canary-exhibit", b"canary")
        .pin(Phase::Containment, "generic")
        .step("containment/go-out-of-band", Outcome::Assigned, "Canary Assignee in networking")
        .item("containment/isolate-hosts", Some("canaryhost"), Outcome::Skipped, "canary-skip")
        .sent("eu-gdpr.33-1", "2018-10-25", "canary-recipient", None)
        .note_that_happened("canary-late", "2018-10-01T00:00:00Z");
    case
}

#[test]
fn no_canary_leaves_the_house() {
    let case = canaries();
    for audience in ["regulator", "public"] {
        for format in FORMATS {
            let ran = case.report(&["--format", format, "--audience", audience]);
            assert_eq!(ran.exit, Some(0), "{}", ran.err);
            let lower = ran.out.to_lowercase();
            if let Some(at) = lower.find("canary") {
                let near = &lower[at.saturating_sub(200)..(at + 100).min(lower.len())];
                panic!("{audience}, {format}: {near}");
            }
            for name in ["Ada", "Grace", "Hopper", "Kim", "Priya", "Commander closed"] {
                assert!(!ran.out.contains(name), "{audience}, {format}: {name}");
            }
            let told = ran.out.contains("responder A");
            assert!(told || audience == "public", "{audience}, {format}");
        }
    }
    let internal = case.report(&["--format", "json"]).out;
    for canary in ["canary-note", "canary-skip", "canary-basis", "canary-recipient", "canaryhost"] {
        assert!(internal.contains(canary), "{canary} is missing inside");
    }
}

#[test]
fn what_a_step_is_done_for_is_no_name() {
    let mut case = skimmed();
    case.fact("missed_signals", "30 November: an alert, after 2 December: another alert")
        .fact("how_it_happened", "it began on 30 November and went on after 2 December")
        .pin(Phase::PostMortem, "generic")
        .item(
            "post-mortem/explain-missed-signal",
            Some("30 November: an alert"),
            Outcome::NotApplicable,
            "nobody was there",
        )
        .item(
            "post-mortem/explain-missed-signal",
            Some("after 2 December: another alert"),
            Outcome::NotApplicable,
            "nobody was there",
        );
    let ran = case.report(&["--audience", "regulator", "--format", "markdown"]);
    assert!(
        ran.out.contains("it began on 30 November and went on after 2 December"),
        "{}",
        ran.out
    );
}

#[test]
fn those_who_lead_see_people_and_no_machines() {
    let report = canaries().json("executive");
    let steps = report["response"].to_string();
    assert!(steps.contains("Grace Hopper") && steps.contains("it pays wages"), "{steps}");
    assert!(!steps.contains("web-03") && !steps.contains("canaryhost"), "{steps}");
    assert!(!report.to_string().contains("canary-note"), "notes are for those who wrote them");
}

#[test]
fn everybody_is_told_nothing_before_an_account_was_released() {
    let mut case = skimmed();
    case.fact("notice_account", "unknown").fact("data_classes", "card-number");
    for format in ["text", "markdown", "html", "json"] {
        let ran = case.report(&["--format", format, "--audience", "public"]);
        assert!(ran.err.contains("notice_account"), "{}", ran.err);
        assert!(ran.out.contains("No account of the incident has been released"), "{}", ran.out);
        for word in ["Sep 2018", "429,612", "Payment card", "GDPR"] {
            assert!(!ran.out.contains(word), "{format}: {word}: {}", ran.out);
        }
    }
    // What was missed, and who was asked, is told to nobody outside.
    case.fact("notice_account", "A script copied card data.");
    let page = case.report(&["--format", "markdown", "--audience", "public"]).out;
    for word in ["First signal", "Withheld", "privileged", "CSF", "No duration is known"] {
        assert!(!page.contains(word), "{word}: {page}");
    }
    assert!(page.contains("TLP:AMBER, not yet cleared for the public"), "{page}");
}

#[test]
fn a_board_sees_the_cost_and_an_authority_no_findings_of_the_review() {
    let mut case = skimmed();
    case.fact("cost_so_far", "GBP 290000").fact("cost_insured", "GBP 90000");
    let page = case.report(&["--format", "markdown", "--audience", "board"]).out;
    for said in ["GBP 290,000", "GBP 90,000", "**Time to detect:**", "**Met:**"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let page = case.report(&["--format", "markdown", "--audience", "regulator"]).out;
    for word in ["290,000", "monitoring", "Convene", "post-mortem"] {
        assert!(!page.to_lowercase().contains(&word.to_lowercase()), "{word}: {page}");
    }
}

#[test]
fn hashes_stay_and_what_is_gone_is_counted() {
    let case = canaries();
    let digest = breach::digest::Digest::of(b"canary").to_string();
    for audience in Audience::ALL.map(Audience::as_str) {
        let report = case.json(audience);
        assert!(report["evidence"].to_string().contains(&digest), "{audience}");
        let withheld = report["banner"]["withheld"].as_object().expect("counts");
        assert_eq!(withheld.is_empty(), audience == "internal", "{audience}");
    }
}

#[test]
fn what_is_added_in_the_open_to_a_list_that_is_withheld_is_not_the_list() {
    let add = |item: &str| FactEdit {
        name: "hosts_affected".to_owned(),
        add: vec![item.to_owned()],
        remove: Vec::new(),
        apart: None,
        why: None,
    };
    let mut case = Case::new();
    case.open("Lists").fact("hosts_affected", "web-01");
    case.privileged = true;
    case.draft(add("web-02"));
    case.privileged = false;
    case.draft(add("web-03"));
    for (audience, items) in [(Audience::Internal, 3), (Audience::Executive, 0)] {
        let mut gather = Gather::new(audience, law());
        let mut take = |chain: &str, entry: &breach::log::Entry<'_>| gather.entry(chain, entry);
        breach::log::entries(&case.folder, &case.world, &mut take).expect("a log");
        let known = gather.incident.fact_value("hosts_affected");
        assert_eq!(known.map_or(0, |known| known.show(None).matches("web").count()), items);
    }
}

#[test]
fn what_is_marked_privileged_is_withheld_and_counted() {
    let mut case = skimmed();
    case.privileged = true;
    case.note("secret advice")
        .fact("risk_level", "high-risk")
        .step("post-mortem/review-notices", Outcome::Done, "secret finding")
        .decide("aware", "2018-09-05 23:00Z", "Kim Counsel", "secret basis");
    let internal = case.json("internal").to_string();
    assert!(internal.contains("secret advice") && internal.contains("secret basis"));
    for audience in ["executive", "board", "regulator", "public"] {
        let report = case.json(audience);
        assert!(!report.to_string().contains("secret"), "{audience}");
        let kind = if audience == "public" { "any other" } else { "note" };
        let counted = report["banner"]["privileged"][kind].as_u64();
        assert!(counted >= Some(1), "{audience}");
        if audience == "public" {
            continue;
        }
        let anchors = report["anchors"].as_array().expect("anchors");
        let aware = anchors.iter().find(|anchor| anchor["id"] == "E6").expect("E6");
        assert_eq!(aware["presence"], "withheld", "an older value would be a false one");
        let duties = report["deadlines"]["duties"].as_array().expect("duties");
        let duty = duties.iter().find(|duty| duty["duty"] == "eu-gdpr.33-1").expect("a duty");
        assert_eq!(duty["verdict"], "withheld", "{audience}");
    }
    let steps = case.json("executive")["response"]["playbooks"][1]["steps"].clone();
    let steps = steps.as_array().expect("steps");
    let review = steps.iter().find(|step| step["step"] == "review-notices").expect("a step");
    assert_eq!(review["shown"], "withheld", "it was done, so it must not stand as open");
    case.privileged = false;
    case.decide("aware", "2018-09-05 20:00Z", "Kim Counsel", "as told to the authority");
    let anchors = case.json("regulator")["anchors"].clone();
    let aware = anchors.as_array().expect("anchors").iter().find(|anchor| anchor["id"] == "E6");
    assert_eq!(aware.expect("E6")["presence"], "given", "a later value that is open is told");
}

#[test]
fn outsiders_read_what_counsel_released_and_not_what_was_written_inside() {
    let mut case = skimmed();
    case.fact("what_happened", "We slept, says the inside")
        .fact("executive_summary", "A disaster, says the inside")
        .fact("organisation", "Example Shop Ltd")
        .fact("notice_account", "A stranger put a script on our payment page.")
        .fact("measures_taken", "We removed it.")
        .fact("notice_contact", "Dana Roe, dpo@example.com, +44 20 7946 0999")
        .fact("payment_pages", "checkout")
        .fact("systems_affected", "ledger9.corp.example, Big Ledger")
        .fact("how_it_happened", "through ledger9 and Big Ledger at 10.1.2.3");
    for audience in ["regulator", "public"] {
        let page = case.report(&["--format", "markdown", "--audience", audience]);
        assert!(page.err.contains("read it before you send it"), "{}", page.err);
        for word in
            ["Example Shop Ltd", "A stranger put a script", "We removed it.", "dpo@example.com"]
        {
            assert!(page.out.contains(word), "{audience}: {word}\n{}", page.out);
        }
        for word in ["says the inside", "ledger9", "Big Ledger", "10.1.2.3"] {
            assert!(!page.out.contains(word), "{audience}: {word}");
        }
    }
    let public = case.report(&["--audience", "public"]);
    assert!(public.err.contains("--tlp clear"), "{}", public.err);
    let clear = case.report(&["--audience", "internal", "--tlp", "clear"]);
    assert!(clear.err.contains("lets everyone see it"), "{}", clear.err);
}

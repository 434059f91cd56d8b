//! What is on record and a draft or a form leaves out, or tells of others.

use super::ok;
use crate::cli::room::{Room, flowed};

fn shop(more: &[(&str, &str)]) -> Room {
    let room = Room::new();
    room.open();
    room.knows(&[
        ("people_affected", "countries: CA 18500, CA-QC 2600, US-FL 700, DE 40"),
        ("persons_affected", "19240"),
        ("data_classes", "names-contact, card-number"),
        ("data_access", "copied-confirmed"),
        ("occurred", "2026-11-01"),
        ("organisation", "Example Shop"),
        ("notice_account", "An incident."),
        ("likely_consequences", "Fraud."),
        ("measures_taken", "We closed the gap."),
        ("support_contact", "+1 800 555 0100"),
        ("notice_contact", "Ann, +1 800 555 0101"),
        ("home_country", "CA"),
    ]);
    room.knows(more);
    room
}

fn draft(room: &Room, more: &[&str]) -> String {
    flowed(&ok(room, &[&["duties", "draft"], more].concat()).out)
}

#[test]
fn the_number_of_a_country_is_not_that_of_a_part_of_it() {
    let room = shop(&[]);
    let text = draft(&room, &["ca-pipeda.opc"]);
    assert!(text.contains("18,500 (Canada)") && !text.contains("(Quebec"), "{text}");
    room.knows(&[("people_affected", "countries: CA at most 18500, CA-QC 2600, US-FL 700, DE 40")]);
    let text = draft(&room, &["ca-pipeda.opc"]);
    assert!(text.contains("2,600 to 18,500 (Canada)"), "{text}");
    room.knows(&[("people_affected", "countries: CA-ON 300, CA-QC 2600, US-FL 700, DE 40")]);
    let text = draft(&room, &["ca-pipeda.opc"]);
    assert!(text.contains("2,900 (Ontario 300, Quebec 2,600)"), "{text}");
}

#[test]
fn a_number_that_is_known_at_most_is_said_in_every_language() {
    let room =
        shop(&[("people_affected", "countries: DE at most 200"), ("persons_affected", "unknown")]);
    for (language, says) in [
        ("en", "0 to 200"),
        ("de", "höchstens 200"),
        ("fr", "au plus 200"),
        ("es", "como máximo 200"),
        ("pt-BR", "no máximo 200"),
    ] {
        let text = draft(&room, &["eu-gdpr.33-1", "--language", language]);
        assert!(text.contains(says), "{language}: {text}");
    }
    let sheet = draft(&room, &["support", "--language", "de"]);
    assert!(sheet.contains("betreut werden: höchstens 200."), "{sheet}");
}

/// A law whose list says only where it stands, or what may be asked later.
#[test]
fn a_law_without_a_list_suppresses_nothing_that_is_known() {
    let room = shop(&[("people_affected", "US-FL 700, US-AL 1400, US-DC 60")]);
    for (duty, says) in [("us-fl", "700"), ("us-al", "1,400"), ("us-dc", "60")] {
        let text = draft(&room, &[&format!("{duty}.regulator")]);
        for says in [says, "payment card number"] {
            assert!(text.contains(says), "{duty}: {says}: {text}");
        }
    }
}

#[test]
fn what_the_record_adds_is_asked_where_no_text_says_it() {
    let room = shop(&[]);
    let all = ["eu-gdpr.34", "media", "eu-gdpr.33-1", "eu-gdpr.33-5"];
    for (facts, says, readers) in [
        (
            &[("data_encrypted", "yes"), ("key_taken", "no"), ("decrypting_session_access", "no")]
                [..],
            "does this say that the data was encrypted?",
            &["eu-gdpr.34", "media", "eu-gdpr.33-1"][..],
        ),
        (
            &[("key_taken", "unknown"), ("delay_requested", "yes")],
            "law enforcement asked in writing to wait",
            &["eu-gdpr.34", "media"],
        ),
        (
            &[("delay_requested", "no"), ("controller_or_processor", "both")],
            "whose people are these?",
            &["eu-gdpr.34", "eu-gdpr.33-1", "eu-gdpr.33-5"],
        ),
    ] {
        for reader in all {
            let text = draft(&room, &[reader, "--language", "en"]);
            assert!(!text.contains(says), "{reader}, {says}: {text}");
        }
        room.knows(facts);
        for reader in all {
            let text = draft(&room, &[reader, "--language", "en"]);
            assert_eq!(text.contains(says), readers.contains(&reader), "{reader}, {says}: {text}");
        }
    }
    let text = draft(&room, &["eu-gdpr.33-5"]);
    assert!(text.contains("Whether the key or password that decrypts it was taken is not known."));
}

#[test]
fn dates_of_the_incident_are_asked_about_where_a_group_has_its_own_story() {
    let room = shop(&[("theft_from", "2026-11-02"), ("theft_to", "2026-11-20")]);
    for (name, access) in [("guests", None), ("members", Some("copied-likely"))] {
        let what = ["group", "add", name, "--classes", "names-contact", "--people", "DE=20"];
        let access = access.map(|access| ["--access", access]);
        let access = access.as_ref().map(<[&str; 2]>::as_slice).unwrap_or_default();
        ok(&room, &[&what[..], access, &["--overlaps", "none"]].concat());
        let letter = draft(&room, &["eu-gdpr.34", "--group", name, "--language", "en"]);
        let asks = letter.contains("are these the dates for these people's data?");
        assert_eq!(asks, !access.is_empty(), "{letter}");
    }
}

#[test]
fn an_offer_to_all_is_not_said_twice() {
    let room = shop(&[("protective_offer", "A call center.")]);
    for (name, offer) in [("guests", Some("A call center.")), ("members", None)] {
        let what = ["group", "add", name, "--classes", "names-contact", "--people", "US-FL=20"];
        let offer = offer.map(|offer| ["--offer", offer]);
        let offer = offer.as_ref().map(<[&str; 2]>::as_slice).unwrap_or_default();
        ok(&room, &[&what[..], offer, &["--overlaps", "none"]].concat());
    }
    for reader in ["media", "support"] {
        let text = draft(&room, &[reader, "--language", "en"]);
        assert_eq!(text.matches("A call center.").count(), 1, "{reader}: {text}");
    }
}

#[test]
fn a_form_answers_what_is_on_record_and_says_what_nobody_knows() {
    let room = shop(&[("records_affected", "unknown"), ("home_country", "NL")]);
    let form = |room: &Room, more: &[&str]| {
        flowed(&ok(room, &[&["duties", "form", "eu-gdpr.33-1", "--authority"], more].concat()).out)
    };
    let text = form(&room, &["eu-edpb"]);
    assert!(text.contains("Records affected: not known yet"), "{text}");
    assert!(text.contains("[TO ANSWER: How big is the organisation?"), "{text}");
    room.knows(&[("employees", "3200"), ("industry", "hospitality")]);
    let text = form(&room, &["eu-edpb"]);
    for says in ["Employees: 3,200", "Industry: Hotels and restaurants"] {
        assert!(text.contains(says), "{says}: {text}");
    }
    assert!(!text.contains("How big is the organisation?"), "{text}");
    let dora = |room: &Room| flowed(&ok(room, &["duties", "form", "eu-dora.initial"]).out);
    assert!(!dora(&room).contains("may this be told, in these words?"));
    room.knows(&[("scope_unknowns", "whether the archive was copied")]);
    let text = dora(&room);
    assert!(text.contains("Counsel has released none of it: `scope_unknowns`"), "{text}");
}

//! What drafts and forms tell of others, leave out or take for an answer.

use super::ok;
use crate::cli::room::{Room, flowed};

fn room(facts: &[(&str, &str)]) -> Room {
    let room = Room::new();
    room.open();
    room.knows(&[
        ("people_affected", "DE 40, US-TX 900, US-NY 30"),
        ("persons_affected", "970"),
        ("data_classes", "names-contact, bank"),
        ("data_access", "copied-confirmed"),
        ("occurred", "2026-11-01"),
        ("organisation", "Example Shop"),
        ("notice_account", "An incident."),
        ("likely_consequences", "Fraud."),
        ("measures_taken", "We closed the gap."),
        ("support_contact", "+1 800 555 0100"),
        ("notice_contact", "+1 800 555 0101"),
        ("home_country", "DE"),
    ]);
    room.knows(facts);
    room
}

fn draft(room: &Room, more: &[&str]) -> String {
    flowed(&ok(room, &[&["duties", "draft"], more].concat()).out)
}

fn form(room: &Room, more: &[&str]) -> String {
    flowed(&ok(room, &[&["duties", "form"], more].concat()).out)
}

/// Records what somebody decided.
fn decided(room: &Room, name: &str, value: &str) {
    let by = ["--by", "Kim", "--role", "counsel", "--why", "the logs"];
    ok(room, &[&["fact", "set", name, value][..], &by].concat());
}

fn group(room: &Room, name: &str, classes: &str, people: &str, more: &[&str]) {
    let what = ["group", "add", name, "--classes", classes, "--people", people];
    ok(room, &[&what[..], more, &["--overlaps", "none"]].concat());
}

#[test]
fn a_state_is_told_no_element_that_nobody_there_lost() {
    let room = room(&[("us_data_elements", "account-code")]);
    group(&room, "sellers", "names-contact,bank", "DE=40", &[]);
    group(&room, "members", "names-contact", "US-TX=900", &[]);
    let element = "lets someone use an affected card or bank account";
    assert!(!form(&room, &["us-tx.regulator"]).contains(element));
    ok(&room, &["group", "set", "members", "--classes", "names-contact,bank"]);
    assert!(form(&room, &["us-tx.regulator"]).contains(element));
}

#[test]
fn an_authority_is_not_taken_for_that_of_another_place() {
    let room = room(&[(
        "lead_authority",
        "Die Berliner Beauftragte für Datenschutz und Informationsfreiheit",
    )]);
    let text = form(&room, &["eu-gdpr.33-1"]);
    assert!(!text.contains("Hamburgische"), "{text}");
    let hamburg = "Der Hamburgische Beauftragte für Datenschutz und Informationsfreiheit";
    room.knows(&[("lead_authority", hamburg)]);
    assert!(form(&room, &["eu-gdpr.33-1"]).contains("form of Der Hamburgische"));
}

#[test]
fn where_somebody_got_in_is_no_origin_and_no_root_cause() {
    let room = room(&[
        ("entry_vector", "other"),
        ("supplier_involved", "yes"),
        ("suppliers_involved", "Druckhaus Mosel GmbH"),
    ]);
    for language in ["en", "de", "fr", "es", "pt-BR"] {
        let initial = draft(&room, &["eu-dora.initial", "--language", language]);
        assert!(initial.contains("(Druckhaus Mosel GmbH)"), "{language}: {initial}");
        let last = draft(&room, &["eu-dora.final", "--language", language]);
        assert!(last.contains("- TO WRITE by hand: root cause."), "{language}: {last}");
    }
    let police = draft(&room, &["law-enforcement"]);
    assert!(!police.contains("Point of entry"), "{police}");
    room.knows(&[("entry_vector", "insider")]);
    assert!(draft(&room, &["law-enforcement"]).contains("Point of entry"));
    assert!(draft(&room, &["eu-dora.final"]).contains("TO WRITE by hand: root cause."));
}

#[test]
fn a_filing_that_everybody_reads_is_asked_about_as_the_press_is() {
    let room = room(&[
        ("delay_requested", "yes"),
        ("data_published", "offered"),
        ("data_encrypted", "yes"),
        ("key_taken", "no"),
        ("decrypting_session_access", "no"),
    ]);
    for reader in ["us-sec-8k.1-05", "media"] {
        let text = draft(&room, &[reader]);
        for asks in [
            "law enforcement asked in writing to wait",
            "data is offered for sale or held to ransom",
            "does this say that the data was encrypted?",
        ] {
            assert!(text.contains(asks), "{reader}: {asks}: {text}");
        }
    }
    assert!(form(&room, &["us-sec-8k.1-05"]).contains("[TO ANSWER: Has the Attorney General"));
}

#[test]
fn a_processor_is_asked_before_it_tells_the_people_of_others() {
    let room = room(&[]);
    let asks = "the controllers tell these people";
    for (role, is_asked) in [("controller", false), ("processor", true)] {
        room.knows(&[("controller_or_processor", role)]);
        for reader in ["people", "support", "media"] {
            assert_eq!(draft(&room, &[reader]).contains(asks), is_asked, "{role}, {reader}");
        }
        assert!(!draft(&room, &["controller"]).contains(asks));
    }
}

#[test]
fn controllers_and_police_learn_what_each_group_lost() {
    let room = room(&[("records_affected", "7412")]);
    group(&room, "parcels", "names-contact", "DE=40", &["--access", "seen"]);
    group(&room, "sellers", "bank", "US-TX=900", &[]);
    let controller = draft(&room, &["eu-gdpr.33-2"]);
    for says in [
        "parcels, 40 people",
        "- bank account number",
        "by place: Germany 40, New York 30, Texas 900",
    ] {
        assert!(controller.contains(says), "{says}: {controller}");
    }
    let police = draft(&room, &["law-enforcement"]);
    assert!(police.contains("parcels (name or contact details, such as"), "{police}");
    assert!(police.contains("phone number): it was opened"), "{police}");
    let register = draft(&room, &["eu-gdpr.33-5"]);
    assert!(register.contains("7,412 records."), "{register}");
}

#[test]
fn people_at_special_risk_are_in_the_notice_as_in_the_form() {
    let room = room(&[("affected_groups", "customers"), ("groups_at_risk", "children")]);
    for (language, says) in [
        ("en", "at special risk: children."),
        ("de", "besonders gefährdet: Kinder."),
        ("fr", "particulièrement exposées : enfants."),
        ("es", "especialmente vulnerables: menores."),
        ("pt-BR", "especialmente vulneráveis: crianças."),
    ] {
        let path = room.path("texts.toml");
        let texts = format!("language = \"{language}\"\naffected_groups = [\"customers\"]\n");
        std::fs::write(&path, texts).expect("written");
        let path = path.to_str().expect("text");
        let text = draft(&room, &["eu-gdpr.33-1", "--language", language, "--texts", path]);
        assert!(text.contains(says), "{language}: {text}");
    }
}

#[test]
fn a_form_asks_nothing_that_the_record_rules_out() {
    let room = room(&[]);
    let common = ["eu-gdpr.33-1", "--authority", "eu-edpb"];
    let asks = [
        "What came of the changed data?",
        "Was the unavailability temporary",
        "Name and contact of the representative",
        "when did they tell you?",
        "Why are people not told?",
    ];
    let text = form(&room, &common);
    assert!(asks.iter().all(|asks| text.contains(asks)), "{text}");
    room.knows(&[
        ("data_altered", "no"),
        ("data_unavailable", "no"),
        ("establishment", "one-state"),
        ("how_noticed", "own-staff"),
    ]);
    decided(&room, "tell_people", "all");
    let text = form(&room, &common);
    assert!(!asks.iter().any(|asks| text.contains(asks)), "{text}");
    assert!(text.contains("Not asked, by the facts."), "{text}");
    let irish = form(&room, &["eu-gdpr.33-1", "--authority", "ie-dpc"]);
    assert!(irish.contains("[MISSING: Reasons for a late notice"), "{irish}");
}

#[test]
fn a_class_for_which_a_form_has_no_option_leaves_the_choice_to_a_person() {
    let room = room(&[("people_affected", "GB 40")]);
    let chooses = "[CHOOSE: Data revealing racial";
    assert!(!form(&room, &["uk-gdpr.33-1"]).contains(chooses));
    room.knows(&[("data_classes", "names-contact, special-category")]);
    let text = form(&room, &["uk-gdpr.33-1"]);
    assert!(text.contains("[CHOOSE: "), "{text}");
}

#[test]
fn a_form_in_another_language_asks_whether_its_texts_are_in_it() {
    let room = room(&[("data_classes", "credentials")]);
    let asks = "are these texts in";
    assert!(form(&room, &["br-lgpd.anpd"]).contains(asks));
    assert!(!form(&room, &["us-tx.regulator"]).contains(asks));
}

#[test]
fn who_was_sent_it_by_mistake_needed_no_permission() {
    let room = room(&[("data_access", "seen")]);
    for (language, before, then) in [
        ("en", "without permission", "for whom it was not meant"),
        ("de", "unbefugte Person hat", "für die sie nicht bestimmt waren"),
        ("fr", "Une personne non autorisée a", "pas destinées"),
        ("es", "Una persona no autorizada cons", "a la que no iban dirigidos"),
        ("pt-BR", "Uma pessoa não autorizada vis", "a quem não se destinavam"),
    ] {
        room.knows(&[("incident_kind", "user-database")]);
        let text = draft(&room, &["eu-gdpr.34", "--language", language]);
        assert!(text.contains(before) && !text.contains(then), "{language}: {text}");
        room.knows(&[("incident_kind", "misdirected-data")]);
        let text = draft(&room, &["eu-gdpr.34", "--language", language]);
        assert!(text.contains(then) && !text.contains(before), "{language}: {text}");
    }
}

#[test]
fn a_letter_that_speaks_of_children_to_others_is_asked_about() {
    let room = room(&[("likely_consequences", "Strangers could learn where a child lives.")]);
    group(&room, "pupils", "names-contact,children", "DE=40", &[]);
    group(&room, "parents", "names-contact", "DE=30", &[]);
    let letter = |group: &str| draft(&room, &["eu-gdpr.34", "--group", group, "--language", "en"]);
    assert!(letter("parents").contains("which these people did not lose"));
    assert!(!letter("pupils").contains("which these people did not lose"));
}

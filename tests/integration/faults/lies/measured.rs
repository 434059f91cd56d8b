//! Numbers, shares and moments in a notice: each of the people and of the event of which its sentence
//! speaks.

use super::ok;
use crate::cli::room::{Room, flowed};

/// A shop with people in several places: payers, and members of whom some live where no payer lives.
fn shop() -> Room {
    let room = Room::new();
    room.open();
    room.knows(&[
        ("people_affected", "IE 100, BR 50, US-NY 30"),
        ("persons_affected", "180"),
        ("data_classes", "names-contact, card-number, credentials, social-security"),
        ("password_storage", "slow-hash"),
        ("data_access", "seen"),
        ("occurred", "2026-11-01"),
        ("detected", "2026-11-20 08:00"),
        ("how_noticed", "researcher"),
        ("organisation", "Example Shop"),
        ("measures_taken", "We closed the gap."),
        ("support_contact", "+353 1 555 0100"),
        ("notice_contact", "Ann, +353 1 555 0101"),
        ("home_country", "IE"),
        ("cards_affected", "100"),
    ]);
    for (name, value) in [
        ("aware", "2026-11-20 12:00"),
        ("known_affected_personal_data", "2026-11-22 09:00"),
        ("br_significant_effect", "yes"),
    ] {
        let by = ["--by", "Kim", "--role", "counsel", "--why", "the logs"];
        ok(&room, &[&["fact", "set", name, value], &by[..]].concat());
    }
    for (name, classes, people) in [
        ("payers", "names-contact,card-number", "IE=70"),
        ("members", "names-contact,credentials", "BR=50"),
        ("staff", "names-contact,social-security", "IE=30,US-NY=30"),
    ] {
        let what = ["--classes", classes, "--people", people, "--overlaps", "none"];
        ok(&room, &[&["group", "add", name], &what[..]].concat());
    }
    room
}

fn draft(room: &Room, more: &[&str]) -> String {
    flowed(&ok(room, &[&["duties", "draft"], more].concat()).out)
}

#[test]
fn agencies_are_told_what_people_lost_who_live_where_they_keep_files() {
    let text = draft(&shop(), &["agencies"]);
    assert!(text.contains("national identification number"), "{text}");
    for of_others in ["payment card", "log-in", "some of the people"] {
        assert!(!text.contains(of_others), "{of_others}: {text}");
    }
    assert!(text.contains("People affected: 30 (New York)"), "{text}");
}

#[test]
fn a_share_is_one_of_the_people_of_whom_a_notice_tells() {
    let room = shop();
    let some = "de apenas uma parte dos titulares: ";
    let anpd = draft(&room, &["br-lgpd.anpd"]);
    assert!(anpd.contains("Dados de acesso") && !anpd.contains(some), "{anpd}");
    assert!(!anpd.contains("Número do cartão"), "{anpd}");
    // Everybody in the world, for the authority of our seat.
    let ours = draft(&room, &["eu-gdpr.33-1"]);
    assert!(ours.contains("payment card number, of some of the people affected"), "{ours}");
    assert!(!ours.contains("phone number, of some"), "{ours}");
    // Somebody there of whom no group tells, and somebody of another group.
    room.knows(&[("people_affected", "IE 100, BR 60, US-NY 20")]);
    let anpd = draft(&room, &["br-lgpd.anpd"]);
    assert!(!anpd.contains(some), "nobody knows of whom: {anpd}");
    ok(&room, &["group", "set", "payers", "--people", "IE=60,BR=10"]);
    let anpd = draft(&room, &["br-lgpd.anpd"]);
    let (_, of_some) = anpd.split_once(some).expect("some of them");
    assert!(of_some.starts_with("- ") && anpd.matches(some).count() == 1, "{anpd}");
    assert!(of_some.contains("Dados de acesso") && of_some.contains("Número do cartão"), "{anpd}");
    assert!(!anpd.contains("(100"), "cards of all places: {anpd}");
}

#[test]
fn people_and_their_authority_read_the_same_moment_of_knowledge() {
    let room = shop();
    let anpd = draft(&room, &["br-lgpd.anpd"]);
    let letter = draft(&room, &["br-lgpd.individuals", "--group", "members"]);
    for text in [&anpd, &letter] {
        assert!(text.contains("em 22 de novembro de 2026"), "{text}");
        assert!(!text.contains("20 de novembro"), "{text}");
    }
    // A list of what the law asks for goes by the text that answers it.
    assert!(anpd.contains("- Written: date of the incident, if known."), "{anpd}");
    assert!(anpd.contains("- MISSING: description of the incident"), "{anpd}");
}

#[test]
fn when_we_noticed_and_whose_signal_it_was_are_two_sentences() {
    let room = shop();
    for (reader, language, when, how) in [
        ("acquirer", "en", "noticed it on 20 November", "How it was noticed: by a security"),
        ("authority", "de", "Vorfall erstmals am 20. November", "Bekannt wurde er durch eine"),
        ("authority", "fr", "première fois le 20 novembre", "Il a été repéré par un chercheur"),
        (
            "authority",
            "es",
            "por primera vez el 20 de noviembre",
            "Se tuvo noticia del incidente por",
        ),
        (
            "authority",
            "pt-BR",
            "primeira vez em 20 de novembro",
            "O incidente foi identificado por",
        ),
    ] {
        let text = draft(&room, &[reader, "--language", language]);
        let (when, how) = (text.find(when), text.find(how));
        assert!(when.is_some() && how.is_some(), "{language}: {text}");
        let between = &text[when.unwrap_or(0)..how.unwrap_or(0)];
        assert!(between.contains('.'), "{language}: {between}");
    }
}

#[test]
fn estimates_of_those_who_are_told_of_add_up_to_an_estimate() {
    let room = Room::new();
    room.open();
    room.knows(&[
        ("people_affected", "US-TX about 50300"),
        ("persons_affected", "about 50300"),
        ("data_classes", "names-contact, health, employment"),
        ("data_access", "copied-likely"),
        ("home_country", "US-TX"),
        ("entity_kinds", "hipaa-covered-entity"),
    ]);
    for (name, classes, people) in [
        ("patients", "names-contact,health", "US-TX=about 50000"),
        ("visitors", "names-contact,health", "US-TX=100"),
        ("employees", "names-contact,employment", "US-TX=200"),
    ] {
        let what = ["--classes", classes, "--people", people, "--overlaps", "none"];
        ok(&room, &[&["group", "add", name], &what[..]].concat());
    }
    let text = draft(&room, &["us-hipaa.408-b"]);
    assert!(text.contains("The incident affects about 50,100 people"), "{text}");
    ok(&room, &["group", "set", "visitors", "--overlaps", "patients"]);
    let text = draft(&room, &["us-hipaa.408-b"]);
    assert!(!text.contains("about 50,100"), "somebody may be in both: {text}");
}

#[test]
fn a_law_on_incidents_speaks_spanish_in_words_of_its_own() {
    let room = shop();
    room.knows(&[("home_country", "ES"), ("entity_kinds", "eu-financial-entity")]);
    let text = draft(&room, &["eu-dora.initial"]);
    assert!(text.contains("Reglamento Delegado (UE) 2025/301"), "{text}");
    assert!(text.contains("Personas afectadas") || text.contains("personas afectadas"), "{text}");
    assert!(!text.contains("interesado") && !text.contains("brecha"), "{text}");
}

//! Whom a notice tells what: what nobody knows, what is no reader's, and what a place calls it.

use super::ok;
use crate::cli::room::{Room, flowed};

const LANGUAGES: [&str; 5] = ["en", "de", "fr", "es", "pt-BR"];

fn shop(more: &[(&str, &str)]) -> Room {
    let room = Room::new();
    room.open();
    room.knows(&[
        ("people_affected", "countries: CA 18500, CA-QC 2600, DE 40, AT 2"),
        ("persons_affected", "18542"),
        ("data_classes", "names-contact, card-number"),
        ("cards_affected", "40"),
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
    room.knows(more);
    room
}

fn draft(room: &Room, more: &[&str]) -> String {
    flowed(&ok(room, &[&["duties", "draft"], more].concat()).out)
}

/// A file of texts in a language.
fn texts(room: &Room, name: &str, text: &str) -> String {
    let path = room.path(name);
    std::fs::write(&path, text).expect("written");
    path.to_str().expect("text").to_owned()
}

#[test]
fn what_nobody_knows_is_said_to_be_not_known_and_only_what_nobody_said_is_missing() {
    let asked = ["records_affected", "malicious_act_suspected", "occurred", "entry_vector"];
    let room = shop(&[("persons_affected", "unknown")]);
    let missing = draft(&room, &["eu-gdpr.33-1", "--language", "en"]);
    assert!(missing.contains("[MISSING: Records affected]"), "{missing}");
    for name in asked {
        room.knows(&[(name, "unknown")]);
    }
    for (language, says, follows) in [
        ("en", "Records affected: not known yet", "it will follow."),
        ("de", "Zahl der Datensätze: noch nicht bekannt", "wird nachgereicht."),
        ("fr", "Nombre d’enregistrements : pas encore connu", "communiquée ultérieurement."),
        ("es", "Número de registros: aún no se conoce", "se comunicará más adelante."),
        ("pt-BR", "Número de registros: ainda não se sabe", "será informado posteriormente."),
    ] {
        for duty in ["eu-gdpr.33-1", "eu-nis2.23-4-a", "eu-dora.initial"] {
            let text = draft(&room, &[duty, "--language", language]);
            for name in asked {
                let fill = format!("breach fact set {name} ");
                assert!(!text.contains(&fill), "{language}, {duty}: {text}");
            }
            assert!(text.contains(follows), "{language}, {duty}: {text}");
        }
        let text = draft(&room, &["eu-gdpr.33-1", "--language", language]);
        assert!(text.contains(says), "{language}: {text}");
        assert!(text.contains("- Not known yet, and the text says so: categories and approx"));
        let letter = draft(&room, &["eu-gdpr.34", "--language", language]);
        assert!(!letter.contains(follows) && !letter.contains("fact set occurred"), "{letter}");
    }
    let register = draft(&room, &["eu-gdpr.33-5"]);
    assert!(register.contains("People affected: not known yet."), "{register}");
    // Whom to ask is known, and a letter needs its account.
    room.knows(&[("support_contact", "unknown"), ("notice_account", "unknown")]);
    let letter = draft(&room, &["eu-gdpr.34", "--language", "en"]);
    assert_eq!(letter.matches("[MISSING: ").count(), 2, "{letter}");
}

#[test]
fn one_of_two_facts_that_is_known_is_told_beside_the_other() {
    let room = shop(&[("cost_insured", "EUR 12500"), ("cost_recovered", "unknown")]);
    let text = draft(&room, &["eu-dora.final", "--language", "en"]);
    assert!(text.contains("12,500") && text.contains("not known yet; it will follow"), "{text}");
}

#[test]
fn a_register_is_no_notice_to_anybody() {
    let room = shop(&[
        ("scope_unknowns", "whether the archive was copied"),
        ("likely_consequences", "Somebody could use your card."),
    ]);
    let group = ["group", "add", "guests", "--classes", "card-number", "--people", "DE=40"];
    ok(&room, &group);
    for reader in ["register", "eu-gdpr.33-5"] {
        let text = draft(&room, &[reader]);
        assert!(text.contains("whether the archive was copied"), "{reader}: {text}");
        for asks in ["may these questions be told", "what do readers call", "goes to somebody else"]
        {
            assert!(!text.contains(asks), "{reader}: {asks}: {text}");
        }
    }
    let notice = draft(&room, &["eu-gdpr.33-1", "--language", "en"]);
    assert!(notice.contains("may these questions be told"), "{notice}");
}

#[test]
fn whose_the_cards_are_is_told_to_those_who_run_them() {
    let room = shop(&[]);
    let names = "name or contact details of card holders";
    for reader in ["acquirer", "card-visa.notify"] {
        assert!(draft(&room, &[reader]).contains(names), "{reader}");
    }
    for (name, classes) in [("guests", "card-number"), ("members", "names-contact")] {
        let group = ["group", "add", name, "--classes", classes, "--people", "DE=20"];
        ok(&room, &[&group[..], &["--overlaps", "none"]].concat());
    }
    assert!(!draft(&room, &["acquirer"]).contains(names));
}

#[test]
fn a_form_maps_what_is_known_however_it_is_typed() {
    let room = shop(&[
        ("home_country", "NL"),
        ("records_affected", "unknown"),
        ("police_told_at", "2026-11-20 10:00"),
        ("data_encrypted", "no"),
    ]);
    let form = |authority: &str| {
        flowed(&ok(&room, &["duties", "form", "eu-gdpr.33-1", "--authority", authority]).out)
    };
    let common = form("eu-edpb");
    for says in [
        "criminal offence? > Yes",
        "Number of records > To be determined",
        "Number of data subjects > Exact",
    ] {
        assert!(common.contains(says), "{says}: {common}");
    }
    assert!(form("nl-ap").contains("> Nee"), "{}", form("nl-ap"));
    room.knows(&[("police_told_at", "none")]);
    assert!(form("eu-edpb").contains("criminal offence? > No"));
}

#[test]
fn a_form_that_is_published_says_so_and_asks_about_what_nobody_released() {
    let room = shop(&[("entry_vector", "unpatched"), ("people_affected", "US-TX 900")]);
    let form = |duty: &str| flowed(&ok(&room, &["duties", "form", duty]).out);
    let text = form("us-tx.regulator");
    assert!(text.contains("Counsel has released none of it: `entry_vector`"), "{text}");
    assert!(text.contains("PUBLIC: "), "{text}");
    assert!(!form("eu-gdpr.33-1").contains("Counsel has released none"));
}

#[test]
fn nobody_gets_two_letters_because_a_region_has_its_own_language() {
    let room = shop(&[]);
    let ran = ok(&room, &["duties", "draft", "ca-pipeda.individuals"]);
    let says = "It is for CA 18,500 (without CA-QC 2,600, in another language).";
    assert!(flowed(&ran.said()).contains(says), "{ran:?}");
    assert!(flowed(&ran.said()).contains("It is for CA-QC 2,600."), "{ran:?}");
    let sheet = draft(&room, &["support", "--language", "en"]);
    assert!(sheet.contains("15,900"), "{sheet}");
}

#[test]
fn a_letter_has_its_parts_in_order_and_is_sorry() {
    let room = shop(&[]);
    for (language, subject, sorry) in [
        ("en", "# Notice of Data Breach", "We are sorry"),
        ("de", "# Ihre Daten sind", "Das tut uns leid."),
        ("fr", "# Objet\u{a0}: violation", "Nous vous présentons nos excuses."),
        ("es", "# Asunto: brecha", "le pedimos disculpas."),
        ("pt-BR", "# Assunto: incidente", "Pedimos desculpas"),
    ] {
        let text = ok(&room, &["duties", "draft", "eu-gdpr.34", "--language", language]).out;
        let at =
            |what: &str| text.find(what).unwrap_or_else(|| panic!("{language}: {what}: {text}"));
        let (subject, organisation) = (at(subject), at("Example Shop"));
        assert!(text[..subject].matches('[').count() >= 2, "{language}: {text}");
        assert!(subject < organisation && organisation < at(sorry), "{language}: {text}");
    }
}

#[test]
fn a_letter_names_the_agencies_of_its_place() {
    let room = shop(&[("data_classes", "social-security")]);
    let letter = |duty: &str, language: &str| draft(&room, &[duty, "--language", language]);
    assert!(letter("eu-gdpr.34", "de").contains("SCHUFA"));
    assert!(letter("ca-pipeda.individuals", "en").contains("Equifax and TransUnion"));
    assert!(letter("ca-pipeda.individuals", "fr").contains("alerte de sécurité"));
    for language in LANGUAGES {
        let text = letter("eu-gdpr.34", language);
        let is_own = language == "de";
        assert_eq!(text.contains("SCHUFA"), is_own, "{language}: {text}");
    }
    room.knows(&[("people_affected", "AT 40, DE 2")]);
    assert!(letter("eu-gdpr.34", "de").contains("SCHUFA"), "we are established in Germany");
    let austrian = flowed(&ok(&room, &["duties", "draft", "eu-gdpr.34"]).out);
    assert!(austrian.contains("KSV1870"), "{austrian}");
}

#[test]
fn what_is_certain_of_one_group_stays_so_for_people_who_are_in_two() {
    let room = shop(&[("theft_from", "2026-11-02"), ("theft_to", "2026-11-20")]);
    for (name, classes, access) in
        [("guests", "card-number", None), ("members", "names-contact", Some("seen"))]
    {
        let group = ["group", "add", name, "--classes", classes, "--people", "DE=20"];
        let access = access.map(|access| ["--access", access]);
        let access = access.as_ref().map(<[&str; 2]>::as_slice).unwrap_or_default();
        ok(&room, &[&group[..], access].concat());
    }
    let person = |group: &str| format!("1,Ada Ott,DE,{group},Weg 1,20095,Hamburg,en\n");
    let head = "id,name,place,group,street,postcode,town,language\n";
    let people = [head, &person("guests"), &person("members")].concat();
    let list = texts(&room, "people.csv", &people);
    let out = room.path("out");
    let out = out.to_str().expect("text");
    let signed = ["--signed-by", "Ann", "--checked", "--format", "markdown"];
    let more = [&["--people", &list, "--out", out][..], &signed].concat();
    ok(&room, &[&["duties", "letters", "eu-gdpr.34"][..], &more].concat());
    let letter = std::fs::read_to_string(room.path("out/letters/1.md")).expect("a letter");
    let (copied, seen) = (letter.find("was copied:"), letter.find("cannot rule out that it was"));
    assert!(copied.is_some() && copied < seen, "{letter}");
    assert!(letter.contains("first taken on 2 November 2026"), "{letter}");
    assert!(!letter.contains("may be affected") && !letter.contains("of other people"), "{letter}");
}

#[test]
fn times_are_those_of_the_organisation() {
    let room = shop(&[("contained_at", "2026-11-23 23:30 +00:00"), ("people_affected", "DE 40")]);
    assert!(draft(&room, &["eu-gdpr.34", "--language", "en"]).contains("on 23 November 2026"));
    room.knows(&[("entity_zone", "Europe/Berlin")]);
    assert!(draft(&room, &["eu-gdpr.34", "--language", "en"]).contains("on 24 November 2026"));
    let notice = draft(&room, &["eu-gdpr.33-1", "--language", "en"]);
    assert!(notice.contains("24 November 2026, 00:30 (UTC+01:00)"), "{notice}");
    assert!(notice.contains("began on 1 November 2026."), "{notice}");
    let form = flowed(&ok(&room, &["duties", "form", "eu-gdpr.33-1"]).out);
    assert!(form.contains("24 November 2026, 00:30 (UTC+01:00)"), "{form}");
}

#[test]
fn two_files_of_texts_in_a_language_are_both_read() {
    let room = shop(&[("people_affected", "DE 40")]);
    let one = texts(&room, "a.toml", "language = \"de\"\nnotice_account = \"Ein Vorfall.\"\n");
    let other = texts(&room, "b.toml", "language = \"de\"\nmeasures_taken = \"Behoben.\"\n");
    let text = draft(&room, &["eu-gdpr.34", "--texts", &one, "--texts", &other]);
    assert!(text.contains("Ein Vorfall.") && text.contains("Behoben."), "{text}");
    let more = ["eu-gdpr.34", "--texts", &one, "--texts", &one];
    let ran = room.breach(&[&["duties", "draft"], &more[..]].concat());
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    assert!(ran.err.contains("another file says `notice_account` as well"), "{ran:?}");
}

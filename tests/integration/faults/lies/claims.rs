//! What somebody wrote into a notice, beside a record that says otherwise: nothing is judged, and
//! nothing passes without a question.

use super::ok;
use crate::cli::room::{Room, flowed};

const TAKEN: &str = "this says that data was taken; is that certain of";
const DENIED: &str = "does this deny that data was affected?";

/// A shop of whose data this was done, by what somebody wrote.
fn shop(access: &str, account: &str) -> Room {
    let room = Room::new();
    room.open();
    room.knows(&[
        ("people_affected", "IE 40, DE 20, BR 6, US-CA 10"),
        ("persons_affected", "76"),
        ("data_classes", "names-contact, card-number, credentials"),
        ("password_storage", "slow-hash"),
        ("data_access", access),
        ("occurred", "2026-11-01"),
        ("organisation", "Example Shop"),
        ("notice_account", account),
        ("likely_consequences", "Fraud."),
        ("measures_taken", "We closed the gap."),
        ("support_contact", "+353 1 555 0100"),
        ("notice_contact", "Ann, +353 1 555 0101"),
        ("home_country", "IE"),
    ]);
    room
}

fn draft(room: &Room, more: &[&str]) -> String {
    flowed(&ok(room, &[&["duties", "draft"], more].concat()).out)
}

/// A letter to everybody in a language in which the record is kept.
fn letter(room: &Room, language: &str, account: &str) -> String {
    room.knows(&[("notice_account", account)]);
    draft(room, &["people", "--language", language, "--recorded-in", language])
}

#[test]
fn who_denies_what_the_record_does_not_rule_out_is_asked_in_every_language() {
    let denials = [
        ("en", "No data was taken."),
        ("en", "Your data was not accessed."),
        ("en", "Nothing was copied."),
        ("en", "Payment cards were not affected."),
        ("en", "No names, addresses or passwords were stolen."),
        ("en", "The intruder did not take any data."),
        ("en", "Your data is safe."),
        ("de", "Ihre Daten sind sicher."),
        ("fr", "Vos données sont en sécurité."),
        ("fr", "Personne n’a eu accès à vos données."),
        ("es", "Sus datos están a salvo."),
        ("pt-BR", "Seus dados estão seguros."),
        ("de", "Es wurden keine Daten entwendet."),
        ("de", "Ihre Daten wurden nicht kopiert."),
        ("de", "Passwörter waren nicht betroffen."),
        ("fr", "Aucune donnée n’a été volée."),
        ("fr", "Vos données n’ont pas été copiées."),
        ("fr", "Vos mots de passe ne sont pas concernés."),
        ("es", "No se robó ningún dato."),
        ("es", "Sus datos no se han visto afectados."),
        ("es", "Las contraseñas no están afectadas."),
        ("pt-BR", "Nenhum dado foi copiado."),
        ("pt-BR", "Seus dados não foram roubados."),
        ("pt-BR", "As senhas não foram afetadas."),
    ];
    for (access, asks) in [
        ("copied-confirmed", Some("On record, data was taken")),
        ("seen", Some("The record does not rule it out")),
        ("excluded", None),
    ] {
        let room = shop(access, "An incident.");
        for (language, text) in denials {
            let letter = letter(&room, language, text);
            let says = format!("{DENIED} {}", asks.unwrap_or_default());
            assert_eq!(letter.contains(says.trim()), asks.is_some(), "{access}: {text}: {letter}");
            assert!(!letter.contains(TAKEN), "the opposite of what it says: {text}: {letter}");
        }
    }
}

#[test]
fn who_says_that_data_was_taken_is_asked_in_every_language_where_that_is_not_certain() {
    let claims = [
        ("en", "Data left our network."),
        ("en", "An intruder stole passwords."),
        ("en", "Payment cards were stolen."),
        ("en", "This follows the theft of card numbers."),
        ("de", "Passwörter wurden gestohlen."),
        ("de", "Der Diebstahl der Passwörter dauerte eine Nacht."),
        ("de", "Daten haben unser Netzwerk verlassen."),
        ("fr", "Des mots de passe ont été volés."),
        ("fr", "Le vol des mots de passe a duré une nuit."),
        ("fr", "Des données ont quitté notre réseau."),
        ("es", "Se robaron contraseñas."),
        ("es", "El robo de contraseñas duró una noche."),
        ("es", "Los datos salieron de nuestra red."),
        ("pt-BR", "Senhas foram roubadas."),
        ("pt-BR", "O furto de senhas durou uma noite."),
        ("pt-BR", "Os dados saíram da nossa rede."),
    ];
    for (access, is_asked) in [("reachable", true), ("copied-confirmed", false)] {
        let room = shop(access, "An incident.");
        for (language, text) in claims {
            let letter = letter(&room, language, text);
            assert_eq!(letter.contains(TAKEN), is_asked, "{access}: {text}: {letter}");
            assert!(!letter.contains(DENIED), "{access}: {text}: {letter}");
        }
    }
}

#[test]
fn what_is_said_to_have_become_of_data_is_asked_about_where_the_record_has_none_of_it() {
    let room = shop("copied-confirmed", "An incident.");
    for (language, text, became) in [
        ("en", "Data was published on a forum.", "public"),
        ("en", "The data is for sale.", "offered for sale or held to ransom"),
        ("de", "Die Daten wurden veröffentlicht.", "public"),
        ("fr", "Les données sont en vente.", "offered for sale or held to ransom"),
        ("es", "Se ha detectado un uso indebido de los datos.", "misused"),
        ("pt-BR", "Os dados foram publicados.", "public"),
    ] {
        room.knows(&[("data_published", "no-sign")]);
        let says = format!("does this say that data is {became}?");
        assert!(letter(&room, language, text).contains(&says), "{text}");
        let id = [("public", "published"), ("misused", "used")];
        let id = id.iter().find(|(called, _)| *called == became).map_or("offered", |(_, id)| id);
        room.knows(&[("data_published", id)]);
        assert!(!letter(&room, language, text).contains(&says), "{text}");
    }
}

#[test]
fn what_is_neither_claimed_nor_denied_is_not_asked_about() {
    let room = shop("reachable", "An incident.");
    for (language, text) in [
        ("en", "There is no evidence that data was copied."),
        ("en", "An intruder used the stolen password of an employee."),
        ("en", "We took steps to protect your data."),
        ("en", "We did not notice for two days."),
        ("en", "Bank accounts were not affected."),
        ("de", "Unser Ladengeschäft war nicht betroffen."),
        ("de", "Es gibt keine Hinweise darauf, ob jemand etwas las."),
        ("fr", "Nos magasins ne sont pas concernés."),
        ("es", "Nuestras tiendas no están afectadas."),
        ("pt-BR", "Nossas lojas não foram afetadas."),
    ] {
        let letter = letter(&room, language, text);
        assert!(!letter.contains(TAKEN) && !letter.contains(DENIED), "{text}: {letter}");
    }
}

#[test]
fn offices_and_partners_read_no_theft_that_nobody_is_certain_of_without_a_question() {
    for (access, is_asked) in [("reachable", true), ("copied-confirmed", false)] {
        let room = shop(access, "An intruder stole card numbers.");
        for reader in ["acquirer", "eu-gdpr.33-1", "controller", "law-enforcement", "register"] {
            let text = draft(&room, &[reader]);
            assert_eq!(text.contains(TAKEN), is_asked, "{access}: {reader}: {text}");
        }
    }
}

#[test]
fn an_office_is_asked_about_a_theft_of_what_nobody_is_certain_of_beside_one_that_is() {
    let room = shop("reachable", "Passwords were stolen.");
    for (name, classes, people, access) in [
        ("shoppers", "names-contact,card-number", "IE=40", "copied-confirmed"),
        ("members", "names-contact,credentials", "IE=36", "seen"),
    ] {
        let what = ["--classes", classes, "--people", people, "--access", access];
        ok(&room, &[&["group", "add", name], &what[..], &["--overlaps", "none"]].concat());
    }
    for (text, is_asked) in [
        ("Passwords were stolen.", true),
        ("Card numbers were stolen. We reset passwords.", false),
        ("Data was stolen.", false),
    ] {
        room.knows(&[("notice_account", text)]);
        let notice = draft(&room, &["eu-gdpr.33-1"]);
        assert_eq!(notice.contains(TAKEN), is_asked, "{text}: {notice}");
    }
}

#[test]
fn data_that_came_to_light_was_copied_by_somebody() {
    let room = shop("seen", "An incident.");
    let asks = |says: &str| {
        let notice = draft(&room, &["controller"]);
        assert_eq!(notice.contains("does it still hold"), !says.is_empty(), "{notice}");
        assert!(notice.contains(says), "{says}: {notice}");
    };
    asks("");
    room.knows(&[("data_published", "offered")]);
    asks("that the data was copied?");
    room.knows(&[("data_access", "reachable")]);
    asks("that the data was opened?");
    room.knows(&[("data_published", "no-sign")]);
    asks("");
    for (name, published) in [("shoppers", "published"), ("members", "no-sign")] {
        let what = ["--classes", "credentials", "--people", "IE=20", "--published", published];
        ok(&room, &[&["group", "add", name], &what[..], &["--overlaps", "none"]].concat());
    }
    asks("that the data of `shoppers` was opened?");
    room.knows(&[("data_access", "copied-confirmed")]);
    asks("");
}

#[test]
fn a_status_page_is_asked_about_as_a_notice_is() {
    let room = shop("copied-confirmed", "No data was taken. We know of an incident.");
    room.knows(&[("data_published", "offered")]);
    let said = |room: &Room| flowed(&ok(room, &["statement"]).err);
    let ran = said(&room);
    for asks in [DENIED, "on record, data is offered for sale or held to ransom"] {
        assert!(ran.contains(asks), "{asks}: {ran}");
    }
    room.knows(&[("notice_account", "Data was copied, and is for sale.")]);
    assert!(!said(&room).contains("CHECK"), "{}", said(&room));
    room.knows(&[("data_access", "reachable"), ("data_published", "no-sign")]);
    assert!(said(&room).contains(TAKEN), "{}", said(&room));
}

#[test]
fn an_offer_is_read_as_every_other_text() {
    let room = shop("copied-confirmed", "An incident.");
    for (name, classes, people) in [
        ("shoppers", "names-contact,card-number", "IE=40,US-CA=5"),
        ("members", "names-contact,credentials", "DE=20,BR=6,US-CA=5"),
    ] {
        let what = ["--classes", classes, "--people", people, "--overlaps", "none"];
        ok(&room, &[&["group", "add", name], &what[..]].concat());
    }
    let offer = "A service watches your payment cards. Use the code in this letter.";
    ok(&room, &["group", "set", "members", "--offer", offer]);
    let in_english = ["--language", "en", "--group", "members"];
    for duty in ["people", "eu-gdpr.34", "us-ca.individuals", "br-lgpd.individuals"] {
        let letter = draft(&room, &[&[duty], &in_english[..]].concat());
        assert!(letter.contains("this speaks of payment card number"), "{duty}: {letter}");
        assert!(!letter.contains("speaks of a letter"), "{duty}: {letter}");
    }
    for reader in ["media", "support"] {
        let text = draft(&room, &[reader, "--language", "en"]);
        assert!(text.contains("speaks of a letter"), "{reader}: {text}");
    }
}

#[test]
fn only_those_whose_password_was_affected_are_told_that_it_was_reset() {
    let room = shop("seen", "An incident.");
    room.knows(&[("passwords_reset", "yes")]);
    for (language, says, to_all) in [
        ("en", "If your log-in details are affected, we have reset", "If you had a password"),
        ("de", "Falls Ihre Zugangsdaten betroffen sind, haben wir", "Falls Sie ein Passwort"),
        ("fr", "Si vos identifiants sont concernés, nous avons", "Si vous aviez un mot"),
        (
            "es",
            "Si sus datos de acceso se han visto afectados, ya hemos",
            "Si tenía una contraseña",
        ),
        ("pt-BR", "Se seus dados de acesso foram afetados, redefinimos", "Se você tinha uma senha"),
    ] {
        for reader in ["people", "support"] {
            let text = draft(&room, &[reader, "--language", language]);
            assert!(text.contains(says), "{language} {reader}: {text}");
            assert!(!text.contains(to_all), "{language} {reader}: {text}");
        }
    }
    let media = draft(&room, &["media"]);
    assert!(media.contains("If your log-in details are affected, we have reset"), "{media}");
}

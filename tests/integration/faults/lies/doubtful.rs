//! Drafts in which the record contradicts itself, a reader's words are another's, or a mark is wrong.

use super::ok;
use crate::cli::room::Room;

fn shop() -> Room {
    let room = Room::new();
    room.open();
    room.knows(&[
        ("people_affected", "DE 80, US-NY 15"),
        ("persons_affected", "95"),
        ("data_classes", "card-number, credentials"),
        ("data_access", "copied-confirmed"),
        ("occurred", "2026-11-01"),
        ("organisation", "Example Shop"),
        ("notice_account", "An intruder came in with a supplier's log-in and copied data."),
        ("likely_consequences", "Fraud."),
        ("measures_taken", "We replaced the password of the supplier."),
        ("support_contact", "+49 40 555 0100"),
        ("home_country", "DE"),
    ]);
    room
}

fn draft(room: &Room, more: &[&str]) -> String {
    ok(room, &[&["duties", "draft"], more].concat()).out
}

#[test]
fn a_total_that_the_places_do_not_make_up_is_asked_about() {
    let room = shop();
    let asked = |room: &Room, total: &str, places: &str| {
        ok(room, &["fact", "set", "persons_affected", total]);
        ok(room, &["fact", "set", "people_affected", places]);
        draft(room, &["eu-gdpr.33-1", "--language", "en"]).contains("where do the others live?")
    };
    for (total, places, is_asked) in [
        ("95", "DE 80, US-NY 15", false),
        ("96", "DE 80, US-NY 15", true),
        ("at least 95", "DE 80, US-NY 15", false),
        ("about 100", "DE 80, US-NY 15", false),
        ("about 200", "DE 80, US-NY 15", true),
        ("96", "DE 80, US-NY unknown", false),
    ] {
        assert_eq!(asked(&room, total, places), is_asked, "{total} {places}");
    }
}

#[test]
fn dates_of_a_theft_that_nothing_shows_are_asked_about() {
    let room = shop();
    ok(&room, &["fact", "set", "theft_from", "2026-11-02"]);
    let asks = "was data taken? `theft_from` says when";
    assert!(!draft(&room, &["register"]).contains(asks));
    ok(&room, &["fact", "set", "data_access", "reachable"]);
    for reader in ["register", "people", "eu-gdpr.33-1"] {
        let text = draft(&room, &[reader, "--language", "en"]);
        assert!(text.contains(asks) && !text.contains("first taken"), "{reader}: {text}");
    }
}

/// A mark that is wrong teaches people to pass over marks.
#[test]
fn a_log_in_of_a_supplier_is_not_taken_for_data_of_the_people_affected() {
    let room = shop();
    let alone = ["--people", "DE=80", "--overlaps", "none"];
    ok(&room, &[&["group", "add", "payers", "--classes", "card-number"][..], &alone].concat());
    let letter = || draft(&room, &["people", "--group", "payers", "--language", "en"]);
    assert!(!letter().contains("which these people did not lose"), "{}", letter());
    ok(&room, &["fact", "set", "notice_account", "An intruder copied passwords of customers."]);
    assert!(letter().contains("this speaks of log-in data, which these people did not lose"));
}

#[test]
fn a_law_of_the_united_states_is_answered_in_american_forms() {
    let room = shop();
    ok(&room, &["fact", "set", "people_affected", "DE 80, GB 5, US-NY 10"]);
    room.knows(&[("detected", "2026-11-10")]);
    for (name, value) in [("discovered", "2026-11-10"), ("aware", "2026-11-10")] {
        let by = ["--by", "Kim", "--role", "counsel", "--basis", "a memo"];
        ok(&room, &[&["decide", name, value][..], &by].concat());
    }
    for duty in
        ["us-hipaa.404", "us-hipaa.406", "us-hipaa.408-b", "us-sec-8k.1-05", "us-ny.regulator"]
    {
        let text = draft(&room, &[duty, "--language", "en"]);
        let text = text.split("\n---\n").next().unwrap_or_default();
        assert!(text.contains("November 1, 2026"), "{duty}: {text}");
        for british in ["1 November", "Yours sincerely", "organisation", "Dear [NAME],"] {
            assert!(!text.contains(british), "{duty}, {british}: {text}");
        }
    }
    let default = draft(&room, &["us-hipaa.408-b"]);
    assert!(default.contains("November 1, 2026"), "{default}");
}

/// Whoever edits a letter reads its places and gaps in its own language.
#[test]
fn a_letter_in_another_language_has_no_places_in_english_and_no_backslash() {
    let room = shop();
    for (tag, address) in [
        ("de", "[NAME UND ANSCHRIFT DER PERSON]"),
        ("fr", "[NOM ET ADRESSE DE LA PERSONNE]"),
        ("es", "[NOMBRE Y DIRECCIÓN DE LA PERSONA]"),
        ("pt-BR", "[NOME E ENDEREÇO DA PESSOA]"),
    ] {
        let page = draft(&room, &["eu-gdpr.34", "--language", tag]);
        let letter = page.split("\n---\n").next().unwrap_or_default();
        assert!(letter.contains(address), "{tag}: {letter}");
        for english in ["NAME AND ADDRESS", "SIGNATORY", "[MISSING: Released", "Likely", "\\"] {
            assert!(!letter.contains(english), "{tag}, {english}: {letter}");
        }
        assert_eq!(letter.contains("[DATE]"), tag == "fr", "{tag}: {letter}");
    }
}

#[test]
fn a_name_that_is_only_ours_is_asked_about_wherever_it_stands() {
    let room = shop();
    for (name, more) in [("payers", "card-number"), ("kids-club", "credentials")] {
        let group = ["group", "add", name, "--classes", more, "--people", "DE=40"];
        ok(&room, &[&group[..], &["--overlaps", "none"]].concat());
    }
    ok(&room, &["group", "set", "kids-club", "--access", "reachable"]);
    let asks = "what do readers call";
    for reader in ["eu-gdpr.33-1", "law-enforcement", "support", "controller"] {
        let text = draft(&room, &[reader, "--language", "en"]);
        assert!(text.contains(asks) && text.contains("`kids-club`"), "{reader}: {text}");
    }
    assert!(!draft(&room, &["media"]).contains(asks));
    let file = room.path("en.toml");
    let names =
        "[group]\npayers = \"Card payers\"\nkids-club = \"Members of the children's club\"\n";
    std::fs::write(&file, format!("language = \"en\"\n{names}")).expect("written");
    let texts = ["eu-gdpr.33-1", "--language", "en", "--texts", file.to_str().expect("text")];
    let text = draft(&room, &texts);
    assert!(!text.contains(asks) && text.contains("Members of the children's club"), "{text}");
}

/// A form tells of each group what was done with its data, and of all places what counts for them.
#[test]
fn a_form_is_no_more_certain_than_its_notice() {
    let room = shop();
    for (name, access) in [("payers", "copied-confirmed"), ("kids-club", "reachable")] {
        let group = ["group", "add", name, "--classes", "card-number", "--people", "DE=40,US-NY=5"];
        ok(&room, &[&group[..], &["--access", access, "--overlaps", "none"]].concat());
    }
    let form = ok(&room, &["duties", "form", "uk-gdpr.33-1"]).out;
    assert!(!form.contains("Evidence shows that it was copied"), "nobody is there: {form}");
    let form = ok(&room, &["duties", "form", "eu-gdpr.33-1"]).out;
    let form = form.split_whitespace().collect::<Vec<&str>>().join(" ");
    assert!(form.contains("copied; except kids-club: It could be reached"), "{form}");
    let form = ok(&room, &["duties", "form", "br-lgpd.anpd"]).out;
    assert!(!form.contains("cartão") && !form.contains("Payment card numbers"), "{form}");
    ok(&room, &["fact", "set", "people_told", "90"]);
    let form = ok(&room, &["duties", "form", "us-ny.regulator"]).out;
    assert!(form.contains("95 people (in all places)"), "{form}");
    ok(&room, &["fact", "set", "people_told_from", "2026-11-20"]);
    let form = ok(&room, &["duties", "form", "us-ny.regulator"]).out;
    assert!(form.contains("November 20, 2026 (in all places)"), "{form}");
    // Not every form asks when its period began.
    for (duty, fact) in
        [("us-sec-8k.1-05", "determined_material"), ("eu-nis2.23-4-a", "aware_significant")]
    {
        let form = ok(&room, &["duties", "form", duty]).out;
        assert!(form.contains("not on record") && form.contains(fact), "{duty}: {form}");
    }
}

/// Words of a law that a notice shows in its language are answered under either name.
#[test]
fn a_gap_is_filled_by_its_words_in_either_language() {
    let room = shop();
    for words in ["security measures", "medidas de segurança"] {
        let file = room.path("pt-BR.toml");
        let text = format!(
            "language = \"pt-BR\"\n[[write]]\nfor = \"{words}\"\ntext = \"Senhas com hash.\"\n"
        );
        std::fs::write(&file, text).expect("written");
        let texts = ["--language", "pt-BR", "--texts", file.to_str().expect("text")];
        let letter = draft(&room, &[&["br-lgpd.individuals"][..], &texts].concat());
        assert!(letter.contains("Senhas com hash.") && !letter.contains("[TO WRITE"), "{letter}");
    }
}

//! Notices that would tell of people whom they do not concern, or leave out what concerns them.

use super::ok;
use crate::cli::room::{Ran, Room, flowed};

/// Patients and staff in Texas, whose data was copied, and shoppers elsewhere, of whom less is known.
fn clinic(more: &[(&str, &str)]) -> Room {
    let room = Room::new();
    room.open();
    room.knows(&[
        ("people_affected", "US-TX 900, DE 70, BR 30"),
        ("persons_affected", "1000"),
        (
            "data_classes",
            "names-contact, social-security, health, employment, credentials, purchase-history",
        ),
        ("data_access", "copied-confirmed"),
        ("password_storage", "slow-hash"),
        ("occurred", "2026-11-01"),
        ("organisation", "Example Clinic"),
        ("notice_account", "Data was exported. Part of it has been published."),
        ("likely_consequences", "Fraud."),
        ("measures_taken", "We closed the gap."),
        ("support_contact", "+1 800 555 0100"),
        ("notice_contact", "Ann, +1 800 555 0101"),
        ("home_country", "US"),
        ("entity_kinds", "hipaa-covered-entity, sec-registrant"),
    ]);
    room.knows(more);
    for (name, classes, people, access) in [
        ("patients", "names-contact,social-security,health", "US-TX=600", "copied-confirmed"),
        ("employees", "names-contact,social-security,employment", "US-TX=300", "copied-likely"),
        ("shoppers", "names-contact,credentials,purchase-history", "DE=70,BR=30", "reachable"),
    ] {
        let what = ["--classes", classes, "--people", people, "--access", access];
        ok(&room, &[&["group", "add", name], &what[..], &["--overlaps", "none"]].concat());
    }
    room
}

fn draft(room: &Room, more: &[&str]) -> Ran {
    ok(room, &[&["duties", "draft"], more].concat())
}

fn form(room: &Room, more: &[&str]) -> String {
    flowed(&ok(room, &[&["duties", "form"], more].concat()).out)
}

#[test]
fn what_everybody_is_offered_is_told_beside_what_a_group_is_offered() {
    let room = clinic(&[("protective_offer", "A call center for everybody")]);
    let own = "Two years of credit monitoring.";
    ok(&room, &["group", "set", "patients", "--offer", own]);
    let (all, both) = ("A call center for everybody", "do `patients` get both");
    for (group, is_own) in [("patients", true), ("shoppers", false)] {
        let letter = draft(&room, &["us-tx.individuals", "--group", group]).out;
        assert!(letter.contains(all), "{group}: {letter}");
        let told = letter.contains(&format!("{all}.\n{own}"));
        assert_eq!(told, is_own, "{group}: {letter}");
        assert_eq!(letter.contains(own), is_own, "{group}: {letter}");
        assert_eq!(letter.contains(both), is_own, "{group}: {letter}");
    }
    for (reader, says) in [
        ("media", "What we offer to some of the people affected: Two years"),
        ("support", "Offered to this group: Two years"),
    ] {
        let text = draft(&room, &[reader]).out;
        assert!(text.contains("What we offer: A call center"), "{reader}: {text}");
        assert!(text.contains(says) && text.contains(both), "{reader}: {text}");
        assert_eq!(text.matches("Two years").count(), 1, "{reader}: {text}");
        let mut told = text.lines().filter(|line| !line.starts_with("[CHECK"));
        let is_named = told.any(|line| line.contains("patients"));
        assert_eq!(is_named, reader == "support", "our name for them: {text}");
    }
    for duty in ["us-hipaa.408-b", "us-tx.regulator", "eu-gdpr.33-1"] {
        let form = form(&room, &[duty]);
        assert!(form.contains(all), "{duty}: {form}");
        assert_eq!(form.contains("patients: Two years"), duty != "eu-gdpr.33-1", "{duty}: {form}");
    }
    // In another language each of the two is a gap until somebody writes it there.
    let file = room.path("de.toml");
    let german = ["us-tx.individuals", "--group", "patients", "--language", "de", "--texts"];
    let german = [&german[..], &[file.to_str().expect("text")]].concat();
    let gap = "[TO TRANSLATE: Angebot an die betroffenen Personen]";
    for (texts, is_whole) in [
        ("[offer]\npatients = \"Zwei Jahre.\"\n", false),
        ("protective_offer = \"Ein Servicetelefon.\"\n", false),
        ("protective_offer = \"Ein Servicetelefon.\"\n[offer]\npatients = \"Zwei Jahre.\"\n", true),
    ] {
        std::fs::write(&file, format!("language = \"de\"\n{texts}")).expect("written");
        let letter = draft(&room, &german).out;
        assert_eq!(letter.contains(gap), !is_whole, "{texts}: {letter}");
        let told = letter.contains("Ein Servicetelefon.\nZwei Jahre.");
        assert_eq!(told, is_whole, "{texts}: {letter}");
    }
}

#[test]
fn a_form_chooses_nothing_that_is_not_so_of_everybody_it_is_told_of() {
    let room = clinic(&[]);
    ok(&room, &["fact", "set", "home_country", "DE"]);
    let mixed = form(&room, &["eu-gdpr.33-1", "--authority", "eu-edpb"]);
    let field = mixed.split_once("Type of confidentiality breach").expect("asked").1;
    let field = field.split_once("Was the data unintelligible").expect("the next").0;
    assert!(field.contains("[CHOOSE: Exfiltrated or disclosed"), "{field}");
    assert!(!field.contains("> "), "{field}");
    assert!(field.contains("employees: It was probably copied"), "{field}");
    // Of the shoppers alone it is told where we have no seat, and in the place of each authority.
    ok(&room, &["fact", "set", "home_country", "US"]);
    let theirs = form(&room, &["eu-gdpr.33-1"]);
    assert!(theirs.contains("> Not possible to assess"), "{theirs}");
    assert!(!theirs.contains("authority in US"), "{theirs}");
    ok(&room, &["fact", "set", "people_affected", "US-TX 900, DE 40, FR 30, BR 30"]);
    let theirs = form(&room, &["eu-gdpr.33-1"]);
    assert!(theirs.contains("each place where affected people live is told (DE, FR)"), "{theirs}");
    assert!(theirs.contains("`fr-cnil`"), "{theirs}");
}

#[test]
fn what_counsel_released_is_not_called_unreleased() {
    let room = clinic(&[("data_published", "published")]);
    let asked = |room: &Room| {
        let text = draft(room, &["us-tx.individuals", "--group", "patients"]).out;
        text.contains("not in words that counsel released")
    };
    assert!(!asked(&room), "the account says it");
    for account in ["Data was copied.", "Data was copied. It has not been published."] {
        ok(&room, &["fact", "set", "notice_account", account]);
        assert!(asked(&room), "{account}");
    }
}

#[test]
fn records_of_an_employer_are_no_health_information() {
    let room = clinic(&[]);
    let letters = draft(&room, &["us-hipaa.404"]);
    assert!(letters.said().contains("No letter to `employees`: employment records"), "{letters:?}");
    assert!(!letters.out.contains("your employment"), "{letters:?}");
    let theirs = draft(&room, &["us-hipaa.404", "--group", "employees"]).out;
    assert!(theirs.contains("does this law protect `employees`?"), "{theirs}");
    for duty in ["us-hipaa.406", "us-hipaa.408-b"] {
        let text = draft(&room, &[duty]).out;
        assert!(!text.contains("data on employment"), "{duty}: {text}");
        assert!(text.contains("`employees` left out: employment records"), "{duty}: {text}");
    }
    let told = draft(&room, &["us-hipaa.408-b"]).out;
    assert!(told.contains("700 people") && !told.contains("1,000"), "{told}");
    let form = form(&room, &["us-hipaa.408-b"]);
    assert!(form.contains("700 people") && !form.contains("1,000"), "{form}");
    // Who is in no group may be protected.
    ok(&room, &["fact", "set", "persons_affected", "1200"]);
    let told = draft(&room, &["us-hipaa.408-b"]).out;
    assert!(told.contains("at least 700 people"), "{told}");
}

#[test]
fn a_sheet_in_one_language_lists_no_group_that_does_not_speak_it() {
    let room = clinic(&[]);
    let sheets = draft(&room, &["support"]).out;
    for (title, is_theirs) in [
        ("# Was wir zum Sicherheitsvorfall sagen", false),
        ("# O que dizemos sobre o incidente", false),
        ("# Support sheet", true),
    ] {
        let sheet = sheets.split_once(title).unwrap_or_else(|| panic!("{title}: {sheets}")).1;
        let sheet = sheet.split_once("Before you send").expect("an end").0;
        assert_eq!(sheet.contains("### shoppers"), !is_theirs, "{sheet}");
        assert_eq!(sheet.contains("### patients"), is_theirs, "{sheet}");
    }
    // Whom they share people with is on record, though it is not told here.
    ok(&room, &["group", "set", "shoppers", "--overlaps", "patients"]);
    let sheets = draft(&room, &["support"]).out;
    let german = sheets.split_once("# Was wir").expect("a sheet").1;
    assert!(!german.contains("hat noch niemand geprüft"), "{german}");
    let german = german.split_once("Before you send").expect("an end").0;
    assert!(!german.contains("Krankenversicherung"), "nobody who speaks it lost that: {german}");
}

#[test]
fn a_sheet_asks_about_nobody_who_does_not_get_it() {
    let room = clinic(&[("protective_offer", "A call center."), ("persons_affected", "1100")]);
    ok(&room, &["group", "set", "patients", "--offer", "Two years of monitoring."]);
    ok(&room, &["group", "set", "shoppers", "--published", "published"]);
    let english = draft(&room, &["support", "--language", "en"]).out;
    let german = draft(&room, &["support", "--language", "de"]).out;
    for (says, of) in [("do `patients` get both", &english), ("does it still hold that", &german)] {
        for sheet in [&english, &german] {
            assert_eq!(sheet.contains(says), sheet == of, "{says}: {sheet}");
        }
    }
    for never in ["`patients`", "`employees`", "the groups have"] {
        assert!(!german.contains(never), "{never}: {german}");
    }
    // Others are told of all.
    let media = draft(&room, &["media"]).out;
    for says in ["do `patients` get both", "data of `shoppers`", "the groups have"] {
        assert!(media.contains(says), "{says}: {media}");
    }
}

#[test]
fn who_asks_for_member_states_reads_of_no_other_places() {
    let room = clinic(&[("home_country", "DE"), ("entity_kinds", "eu-financial-entity")]);
    let draft = |more: &[&str]| draft(&room, &[&["eu-dora.initial"], more].concat()).out;
    for (text, says) in [
        (draft(&["--language", "en"]), "Economic Area, by place: Germany 70."),
        (draft(&[]), "Europäischen Wirtschaftsraum, nach Ort: "),
        (form(&room, &["eu-dora.initial"]), "People by jurisdiction: Germany 70 "),
    ] {
        assert!(text.contains(says), "{says}: {text}");
        let never = ["Texas", "Brazil", "US-TX 900", "BR 30"];
        assert!(!never.iter().any(|never| text.contains(never)), "{text}");
    }
    ok(&room, &["fact", "set", "people_affected", "US-TX 900, BR 100"]);
    let text = draft(&["--language", "en"]);
    assert!(text.contains("by place: none on record."), "{text}");
}

#[test]
fn who_reads_of_groups_reads_no_name_of_ours_for_them() {
    let room = clinic(&[]);
    let guests = ["--classes", "names-contact", "--people", "DE=5", "--offer", "A call center."];
    ok(&room, &[&["group", "add", "guests"], &guests[..]].concat());
    ok(&room, &["group", "set", "shoppers", "--overlaps", "guests"]);
    let file = room.path("de.toml");
    let sheet = ["support", "--language", "de", "--texts", file.to_str().expect("text")];
    std::fs::write(&file, "language = \"de\"\n").expect("written");
    let text = draft(&room, &sheet).out;
    assert!(text.contains("[TO TRANSLATE: Angebot"), "{text}");
    assert!(text.contains("readers of German call `shoppers` and `guests`"), "{text}");
    let texts = "language = \"de\"\n[offer]\nguests = \"Ein Servicetelefon.\"\n[group]\n\
                 shoppers = \"Kunden mit Konto\"\nguests = \"Gäste\"\n";
    std::fs::write(&file, texts).expect("written");
    let text = draft(&room, &sheet).out;
    for says in [
        "### Kunden mit Konto",
        "auch zu diesen Gruppen: Gäste",
        "diese Gruppe: Ein Servicetelefon.",
    ] {
        assert!(text.contains(says), "{says}: {text}");
    }
    assert!(!text.contains("shoppers") && !text.contains("guests"), "{text}");
}

#[test]
fn an_authority_reads_the_language_of_its_place_wherever_we_sit() {
    let room = clinic(&[]);
    let first = |room: &Room| draft(room, &["eu-gdpr.33-1"]).out;
    let german = first(&room);
    assert!(german.contains("# Meldung einer Verletzung"), "{german}");
    assert!(!german.contains("# Notification"), "{german}");
    ok(&room, &["fact", "set", "people_affected", "US-TX 900, DE 40, FR 30, BR 30"]);
    let both = first(&room);
    assert!(both.contains("# Meldung") && both.contains("# Notification d’une"), "{both}");
    ok(&room, &["fact", "set", "people_affected", "US-TX 900, NL 70, BR 30"]);
    assert!(first(&room).contains("# Notification of a personal data breach"));
    // So it is where a law of the Union asks for no people at all.
    ok(&room, &["fact", "set", "home_country", "DE"]);
    for duty in ["eu-dora.initial", "eu-nis2.23-4-b"] {
        let text = draft(&room, &[duty]).out;
        assert!(text.contains("# Meldung nach"), "{duty}: {text}");
    }
}

#[test]
fn agencies_that_keep_credit_files_are_told_of_credit_in_their_country() {
    let room = clinic(&[("people_told_from", "2026-12-01")]);
    for reader in ["us-tx.cra", "us-ny.cra", "agencies"] {
        let text = draft(&room, &[reader]).out;
        for never in ["1,000", "health", "log-in", "ordered", "bookings", "exported", "Germany"] {
            assert!(!text.contains(never), "{reader}, {never}: {text}");
        }
        assert!(text.contains("the first on December 1, 2026") || reader == "agencies", "{text}");
    }
    let text = draft(&room, &["agencies"]).out;
    assert!(text.contains("Social Security number"), "{text}");
    assert!(text.contains("People affected: 900"), "{text}");
}

/// What the laws of an office list themselves is answered or marked, item by item.
#[test]
fn an_office_with_a_list_of_its_own_finds_each_item_of_it() {
    let room = clinic(&[
        ("scope_unknowns", "whether the archive was opened"),
        ("police_told_at", "2026-11-02"),
    ]);
    for (duty, answered, marked) in [
        (
            "us-tx.regulator",
            "Law enforcement was told on November 2",
            "[TO WRITE: number of affected",
        ),
        ("us-tx.cra", "Enclosed: the text", "[TO WRITE: timing, distribution"),
        ("us-hipaa.408-b", "700 people", "[TO WRITE: safeguards in place before the breach]"),
        ("us-sec-8k.1-05", "- whether the archive was opened", "[TO WRITE: material impact"),
        (
            "us-sec-8k.1-05-amend",
            "To: [NAME AND ADDRESS OF: SEC",
            "[TO WRITE: information that was",
        ),
    ] {
        let text = draft(&room, &[duty]).out;
        assert!(text.contains(answered) && text.contains(marked), "{duty}: {text}");
        assert!(!text.contains("NO LIST HELD"), "{duty}: {text}");
        let promises = text.contains("Information that is not known yet is marked as such");
        assert_eq!(promises, duty != "us-tx.cra", "{duty}: {text}");
    }
}

#[test]
fn a_second_notice_names_the_one_before_it() {
    let room = clinic(&[("home_country", "DE"), ("establishment", "one-state")]);
    let sent = |duty: &str| ok(&room, &["duties", "sent", duty, "--reference", "LfD-77"]);
    let first = draft(&room, &["eu-gdpr.33-1"]).out;
    assert!(!first.contains("LfD-77"), "{first}");
    sent("eu-gdpr.33-1");
    for (language, says) in [
        ("en", "It follows our notice, sent on"),
        ("de", "berichtigt unsere frühere Meldung, abgegeben am"),
        ("fr", "fait suite à notre notification, transmise le"),
        ("es", "corrige la que enviamos el"),
        ("pt-BR", "corrige a anterior, enviada em"),
    ] {
        let text = draft(&room, &["eu-gdpr.33-1", "--language", language]).out;
        let line = text.lines().find(|line| line.contains(says));
        let line = line.unwrap_or_else(|| panic!("{says}: {text}"));
        assert!(line.contains("LfD-77") && line.contains("[CHECK: "), "{line}");
    }
    // A later stage names the first; another office of the same law had none.
    sent("us-sec-8k.1-05");
    let amended = draft(&room, &["us-sec-8k.1-05-amend"]).out;
    assert!(amended.contains("your reference LfD-77"), "{amended}");
    sent("us-ma.regulator");
    let other = draft(&room, &["us-ma.regulator-2"]).out;
    assert!(!other.contains("LfD-77"), "{other}");
    // Where each place has its authority, the one that reads this may have had none.
    ok(&room, &["fact", "set", "establishment", "serves-only"]);
    let next = draft(&room, &["eu-gdpr.33-1", "--language", "en"]).out;
    assert!(!next.contains("It follows our notice"), "{next}");
}

#[test]
fn nobody_is_counted_under_a_law_whose_test_they_do_not_meet_without_a_word() {
    let room = clinic(&[]);
    let lost = ["--classes", "names-contact,purchase-history", "--people", "US-TX=90"];
    ok(&room, &[&["group", "add", "browsers"], &lost[..], &["--overlaps", "none"]].concat());
    let counted = "is this law about `browsers`?";
    for (duty, is_asked) in [
        ("us-tx.regulator", true),
        ("us-hipaa.408-b", false),
        ("eu-gdpr.33-1", false),
        ("us-sec-8k.1-05", false),
    ] {
        let text = draft(&room, &[duty]).out;
        assert_eq!(text.contains(counted), is_asked, "{duty}: {text}");
        assert!(!text.contains("is this law about `patients`"), "{duty}: {text}");
    }
    assert!(form(&room, &["us-tx.regulator"]).contains(counted));
    for (group, is_asked) in [("browsers", true), ("patients", false), ("employees", false)] {
        let letter = draft(&room, &["us-tx.individuals", "--group", group]).out;
        let asked = letter.contains("must these people be told under this law?");
        assert_eq!(asked, is_asked, "{group}: {letter}");
    }
    // What was determined not to have been opened is nobody's loss.
    ok(&room, &["group", "set", "employees", "--access", "excluded"]);
    let text = draft(&room, &["us-tx.regulator"]).out;
    assert!(text.contains("is this law about `employees` and `browsers`?"), "{text}");
}

#[test]
fn a_form_names_data_in_its_language_and_by_the_words_of_its_law() {
    let classes = "names-contact, social-security, government-id, health";
    let room = clinic(&[("data_classes", classes)]);
    for (duty, says, never) in [
        ("us-tx.regulator", "Social Security number or taxpayer", "national personal"),
        ("us-tx.regulator", "driver's license", "driving licence"),
        ("br-lgpd.anpd", "Nome ou dados de contato", "Names, postal"),
    ] {
        let form = form(&room, &[duty]);
        assert!(form.contains(says) && !form.contains(never), "{duty}, {says}: {form}");
    }
    assert!(!form(&room, &["br-lgpd.anpd"]).contains("except"));
}

#[test]
fn a_late_notice_to_a_card_brand_says_why() {
    let room = clinic(&[
        ("entity_kinds", "merchant"),
        ("card_brands", "visa"),
        ("data_classes", "card-number"),
        ("suspected", "2026-01-05"),
    ]);
    ok(&room, &["group", "add", "payers", "--classes", "card-number", "--people", "DE=9"]);
    let gap = draft(&room, &["card-visa.notify"]).out;
    assert!(gap.contains("OVERDUE") && gap.contains("[MISSING: Reasons"), "{gap}");
    ok(&room, &["fact", "set", "delay_reasons", "The scope was open."]);
    let told = draft(&room, &["card-visa.notify"]).out;
    assert!(told.contains("The scope was open."), "{told}");
}

#[test]
fn the_press_reads_what_the_press_can_print() {
    let room = clinic(&[]);
    let text = draft(&room, &["media"]).out;
    assert!(text.contains("passwords or PINs only in hashed form"), "{text}");
    assert!(!text.contains("salted") && !text.contains("hashes"), "{text}");
    let letter = draft(&room, &["us-tx.individuals", "--group", "patients"]).out;
    assert!(letter.contains("your Social Security number or taxpayer"), "{letter}");
}

#[test]
fn a_letter_believes_no_more_of_a_group_than_the_record_says_of_it() {
    let room = clinic(&[]);
    let determined = ["access_reasonably_believed", "yes", "--role", "counsel", "--by", "Ann"];
    ok(&room, &[&["fact", "set"], &determined[..], &["--why", "logs"]].concat());
    let letter = draft(&room, &["br-lgpd.individuals", "--group", "shoppers", "--language", "en"]);
    assert!(letter.out.contains("Somebody could have read the following"), "{letter:?}");
    assert!(!letter.out.contains("We have reason to believe"), "{letter:?}");
    assert!(letter.out.contains("does the determination concern them?"), "{letter:?}");
}

#[test]
fn a_report_says_of_all_no_more_than_is_on_record_of_each_group() {
    let room = clinic(&[]);
    for audience in ["board", "public", "regulator"] {
        let report = ok(&room, &["report", "--audience", audience, "--format", "markdown"]).out;
        let report = report.replace('\\', "");
        let told = report.lines().find(|line| line.contains("What was done with the data"));
        let told = told.unwrap_or_else(|| panic!("{audience}: {report}"));
        for says in
            ["of some groups: It was probably copied", "of some groups: It could be reached"]
        {
            assert!(told.contains(says), "{audience}: {told}");
        }
        assert_eq!(told.matches("evidence shows").count(), 0, "once, of all: {told}");
    }
}

//! Drafts, forms and letters that would say other than the record, or more than may be said.

use breach::clock::{Clock as _, SystemClock};
use std::time::{Duration, SystemTime};

use super::ok;
use crate::cli::room::{Ran, Room};

/// A shop whose cards and log-ins were copied.
fn shop() -> Room {
    let room = Room::new();
    room.open();
    known(&room);
    room
}

fn known(room: &Room) {
    room.knows(&[
        ("people_affected", "IE 2, US-CA 2"),
        ("persons_affected", "4"),
        ("data_classes", "card-number, credentials"),
        ("data_access", "copied-confirmed"),
        ("occurred", "2026-11-01"),
        ("organisation", "Example Shop"),
        ("notice_account", "An intruder copied data."),
        ("likely_consequences", "Fraud."),
        ("measures_taken", "We closed the gap."),
        ("support_contact", "+353 1 555 0100"),
        ("home_country", "IE"),
    ]);
}

fn group(room: &Room, name: &str, more: &[&str]) -> Ran {
    ok(room, &[&["group", "add", name], more].concat())
}

fn draft(room: &Room, more: &[&str]) -> String {
    ok(room, &[&["duties", "draft"], more].concat()).out
}

/// A mail merge to these people, as Markdown.
fn letters(room: &Room, duty: &str, table: &str, more: &[&str]) -> Ran {
    let (file, out) = (room.path("people.csv"), room.path("out"));
    std::fs::write(&file, table).expect("written");
    let (file, out) = (file.to_str().expect("text"), out.to_str().expect("text"));
    let base = ["duties", "letters", duty, "--people", file, "--out", out, "--as", "Ada"];
    let as_markdown = ["--signed-by", "Ada, Director", "--format", "markdown"];
    room.breach(&[&base[..], &as_markdown, more].concat())
}

const TWO: &str = "id,name,place\na,Ann,IE\nb,Bob,IE\n";

#[test]
fn letters_that_nobody_sent_as_they_were_written_are_not_recorded_as_sent() {
    let room = shop();
    let ran = letters(&room, "eu-gdpr.34", TWO, &[]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let out = room.path("out");
    let sent = ["duties", "sent", "eu-gdpr.34", "--letters", out.to_str().expect("text")];
    let letter = room.path("out/letters/a.md");
    let text = std::fs::read(&letter).expect("a letter");
    std::fs::write(&letter, "You lost nothing.").expect("written");
    let ran = room.breach(&sent);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    assert!(ran.said().contains("1 letter not as written: letters/a.md"), "{ran:?}");
    assert!(room.bodies("notice").is_empty());
    std::fs::write(&letter, text).expect("written");
    // What was told since is out of date, and whoever records it is told so.
    ok(&room, &["fact", "set", "notice_account", "Nothing was copied."]);
    let ran = ok(&room, &sent);
    assert!(ran.said().contains("`notice_account` changed after these letters"), "{ran:?}");
    // Later the letters may be gone; each came back once.
    std::fs::remove_dir_all(room.path("out/letters")).expect("removed");
    let returned = room.path("returned.csv");
    std::fs::write(&returned, "id\na\n").expect("written");
    let back = [&sent[..], &["--returned", returned.to_str().expect("text")]].concat();
    ok(&room, &back);
    let ran = room.breach(&back);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    assert!(ran.said().contains("was counted before: 1 came back"), "{ran:?}");
    std::fs::write(&returned, "id\nb\na\n").expect("written");
    let ran = room.breach(&back);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    assert!(ran.said().contains("3 of 2 cannot have come back"), "{ran:?}");
}

#[test]
fn an_estimate_contradicts_no_number_and_hides_none_that_is_certain() {
    let room = shop();
    group(&room, "shoppers", &["--classes", "card-number,credentials", "--people", "IE=2"]);
    let warned = |people: &str, persons: &str, of_group: &str| {
        room.knows(&[("people_affected", people), ("persons_affected", persons)]);
        ok(&room, &["group", "set", "shoppers", "--people", of_group]);
        ok(&room, &["group", "list"]).said().contains("the groups have")
    };
    assert!(!warned("DE about 100", "about 100", "DE=98"));
    assert!(!warned("DE 100", "100", "DE=about 98"));
    assert!(warned("DE 100", "about 100", "DE=98"));
    assert!(warned("DE about 100, IE 5", "about 105", "DE=98,IE=6"));
}

#[test]
fn who_changes_a_group_hears_who_was_told_less() {
    let room = shop();
    group(&room, "shoppers", &["--classes", "card-number", "--people", "IE=2"]);
    group(&room, "members", &["--classes", "credentials", "--people", "IE=2"]);
    let table = "id,name,place,group\na,Ann,IE,shoppers\nb,Bob,IE,members\n";
    let ran = letters(&room, "eu-gdpr.34", table, &[]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    draft(&room, &["eu-gdpr.33-1"]);
    let ran = ok(&room, &["group", "set", "shoppers", "--classes", "card-number,credentials"]);
    for says in
        ["the group `shoppers` as it was before is still in", "`eu-gdpr.34`", "`eu-gdpr.33-1`"]
    {
        assert!(ran.said().contains(says), "{says}: {ran:?}");
    }
    let same = ok(&room, &["group", "set", "members", "--people", "IE=2"]);
    assert!(!same.said().contains("was before"), "{same:?}");
    let out = room.path("out");
    let ran =
        ok(&room, &["duties", "sent", "eu-gdpr.34", "--letters", out.to_str().expect("text")]);
    assert!(ran.said().contains("`shoppers` and `members` changed after these"), "{ran:?}");
}

#[test]
fn what_is_marked_privileged_is_told_to_nobody_without_a_word() {
    let room = shop();
    ok(&room, &["fact", "set", "notice_account", "As counsel advised.", "--privileged"]);
    let says = "may this be told? On record it is marked privileged: `notice_account`";
    for reader in ["eu-gdpr.33-1", "us-ca.individuals", "media"] {
        let text = draft(&room, &[reader]);
        assert!(text.contains(&format!("[CHECK: {says}]")), "{reader}: {text}");
    }
    let form = ok(&room, &["duties", "form", "eu-gdpr.33-1"]).out;
    assert!(form.contains("CHECK: may this be told?"), "{form}");
    let ran = letters(&room, "eu-gdpr.34", TWO, &[]);
    assert_eq!(ran.exit, Some(3), "{ran:?}");
    assert!(ran.said().contains("marked privileged: `notice_account`"), "{ran:?}");
    assert_eq!(letters(&room, "eu-gdpr.34", TWO, &["--checked"]).exit, Some(0));
    let letter = std::fs::read_to_string(room.path("out/letters/a.md")).expect("a letter");
    assert!(letter.contains("\n# Notice") && !letter.contains("[CHECK"), "{letter}");
    // What tells nothing of it has no mark.
    ok(&room, &["fact", "set", "notice_account", "Released.", "--not-privileged"]);
    assert!(!draft(&room, &["media"]).contains("marked privileged"));
}

#[test]
fn a_request_to_wait_is_never_denied_nor_passed_over() {
    let room = shop();
    ok(&room, &["fact", "set", "delay_requested", "no"]);
    let denial = "Law enforcement did not ask";
    assert!(draft(&room, &["us-ca.individuals"]).contains(denial));
    let delay = ["duties", "delay", "us-ca.individuals", "--by", "FBI", "--reason", "an arrest"];
    ok(&room, &[&delay[..], &["--until", "2099-02-01 10:00"]].concat());
    let text = draft(&room, &["us-ca.individuals"]);
    assert!(!text.contains(denial), "{text}");
    for says in ["A request to wait with it stands: FBI, until", "`delay_requested` is no"] {
        assert!(text.contains(says), "{says}: {text}");
    }
    let table = "id,name,place\na,Ann,US-CA\n";
    let ran = letters(&room, "us-ca.individuals", table, &["--checked"]);
    assert_eq!(ran.exit, Some(3), "{ran:?}");
    let ran = ok(&room, &["duties", "sent", "us-ca.individuals", "--reference", "x"]);
    assert!(ran.said().contains("a request to wait with us-ca.individuals stands: FBI"), "{ran:?}");
    let by = ["--by", "Kim", "--reason", "low risk"];
    ok(&room, &[&["duties", "waive", "eu-gdpr.34"][..], &by].concat());
    let ran = letters(&room, "eu-gdpr.34", TWO, &[]);
    assert!(ran.said().contains("Somebody decided not to send it"), "{ran:?}");
}

#[test]
fn a_translation_that_is_older_than_the_fact_is_marked() {
    let room = shop();
    let file = room.path("de.toml");
    let text = "language = \"de\"\nnotice_account = \"Jemand hat Daten kopiert.\"\n";
    std::fs::write(&file, text).expect("written");
    let write = |contact: &str| {
        ok(&room, &["fact", "set", "support_contact", contact]);
        let texts = ["--texts", file.to_str().expect("text")];
        draft(&room, &[&["eu-gdpr.34", "--language", "de"][..], &texts].concat())
    };
    let older = "in German is older than the fact";
    let german = write("+353 1 555 0100, dpo@shop.example");
    assert!(german.contains("Jemand hat") && !german.contains(older), "{german}");
    assert!(!german.contains("is not translated"), "{german}");
    let german = write("+353 1 555 0100, Monday to Friday");
    assert!(german.contains("support_contact` is not translated"), "{german}");
    let before = SystemTime::from(SystemClock::default().now().at) - Duration::from_secs(3600);
    let opened = std::fs::File::options().write(true).open(&file).expect("opened");
    opened.set_modified(before).expect("dated");
    let german = write("+353 1 555 0100");
    assert!(german.contains(older), "{german}");
}

#[test]
fn records_that_contradict_each_other_are_both_shown() {
    let room = shop();
    let classes = ["--classes", "credentials,children", "--people", "IE=9", "--overlaps", "none"];
    group(&room, "members", &classes);
    group(
        &room,
        "shoppers",
        &["--classes", "card-number", "--people", "IE=1", "--overlaps", "none"],
    );
    ok(&room, &["fact", "set", "user_accounts_affected", "3"]);
    // One phrase for all groups does not say that all of them lost the same.
    ok(&room, &["fact", "set", "affected_groups", "customers"]);
    ok(&room, &["fact", "set", "scope_unknowns", "was it all"]);
    let text = draft(&room, &["eu-gdpr.33-1"]).replace('\\', "");
    for says in [
        "IE: the groups have 10 people, `people_affected` has 2",
        "the groups have 10 people, `persons_affected` has 4",
        "`children`: lost by a group, and not on record in `data_classes`",
        "`user_accounts_affected` is 3, and the groups that lost such data have 9 people",
        "of some of the people affected",
    ] {
        assert!(text.contains(says), "{says}: {text}");
    }
    let file = room.path("en.toml");
    std::fs::write(&file, "language = \"en\"\n[group]\nmembers = \"Members of the club\"\n")
        .expect("written");
    let text = draft(&room, &["eu-gdpr.33-1", "--texts", file.to_str().expect("text")]);
    assert!(text.contains("- Members of the club, 9 people"), "{text}");
    let letter = draft(&room, &["eu-gdpr.34", "--group", "members"]).replace('\\', "");
    for says in ["`children`: lost by these people", "to a child or to a parent?"] {
        assert!(letter.contains(says), "{says}: {letter}");
    }
    assert!(letter.contains("The following information was copied:"), "{letter}");
    let table = "id,name,place,group\na,Ann,IE,shoppers\na,Ann,IE,members\n";
    let ran = letters(&room, "eu-gdpr.34", table, &["--checked"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    for says in [
        "IE: the groups have 10",
        "1 person of `members` in another group as well, though the record says nobody is",
    ] {
        assert!(ran.said().contains(says), "{says}: {ran:?}");
    }
}

#[test]
fn a_correction_reaches_nobody_new_and_a_follow_up_says_what_it_is() {
    let room = shop();
    let sent = ["duties", "sent", "eu-gdpr.34", "--reference", "x", "--sent", "2"];
    ok(&room, &sent);
    ok(&room, &[&sent[..], &["--what", "correction"]].concat());
    let report = ok(&room, &["report", "--format", "json"]).out;
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!(report["notifications"]["campaigns"][0]["sent"], 2, "{report}");
    let ran = ok(&room, &[&sent[..5], &["--sent", "25"]].concat());
    assert!(ran.said().contains("that makes 27 people told, and only 2 are on record"), "{ran:?}");
    ok(&room, &["duties", "sent", "eu-gdpr.33-1", "--reference", "LfD-77"]);
    ok(&room, &["fact", "set", "persons_affected", "5"]);
    let text = draft(&room, &["eu-gdpr.33-1"]).replace('\\', "");
    for says in
        [", reference LfD-77: does this one say that it supplements or corrects it?", "and is “5"]
    {
        assert!(text.contains(says), "{says}: {text}");
    }
}

#[test]
fn what_no_fact_says_is_written_by_somebody_and_never_left_out() {
    let room = shop();
    for (name, value) in [
        ("people_affected", "US-MA 2"),
        ("data_classes", "names-contact, card-number, social-security"),
        ("protective_offer", "two years of credit monitoring"),
    ] {
        ok(&room, &["fact", "set", name, value, "--replace"]);
    }
    let table = "id,name,place\na,Ann,US-MA\n";
    let text = draft(&room, &["us-ma.individuals"]);
    assert_eq!(text.matches("two years of credit monitoring").count(), 1, "{text}");
    let run = |more: &[&str]| {
        letters(&room, "us-ma.individuals", table, &[&["--checked"], more].concat())
    };
    let ran = run(&[]);
    assert_eq!(ran.exit, Some(3), "{ran:?}");
    assert!(ran.said().contains("[TO WRITE: name of the parent"), "{ran:?}");
    // A template of one's own does not hide what the law asks for.
    let own = room.path("own.md");
    std::fs::write(&own, "{{ letter.date }} {{ parts.data }} {{ letter.signatory }}\n")
        .expect("written");
    let ran = run(&["--template", own.to_str().expect("text")]);
    assert_eq!(ran.exit, Some(3), "{ran:?}");
    assert!(ran.said().contains("[not in the text: name of the parent"), "{ran:?}");
    let file = room.path("en.toml");
    let write = |words: &str| {
        let text = format!(
            "language = \"en\"\n[[write]]\nfor = \"{words}\"\ntext = \"We are part of [Big] Ltd.\"\n"
        );
        std::fs::write(&file, text).expect("written");
        run(&["--texts", file.to_str().expect("text")])
    };
    let ran = write("the weather");
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    assert!(ran.said().contains("no law asks for “the weather”"), "{ran:?}");
    let ran = write("name of the parent or affiliated corporation, if there is one");
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let letter = std::fs::read_to_string(room.path("out/letters/a.md")).expect("a letter");
    assert!(letter.contains("We are part of \\[Big\\] Ltd."), "{letter}");
}

#[test]
fn numbers_dates_and_forms_are_those_of_the_reader() {
    let room = shop();
    for (name, value) in [
        ("people_affected", "IE about 41207, US-CA 1200, US-TX 9900"),
        ("persons_affected", "52307"),
        ("home_country", "DE"),
        ("lead_authority", "Die Landesbeauftragte, Niedersachsen"),
        ("entity_zone", "America/New_York"),
    ] {
        ok(&room, &["fact", "set", name, value]);
    }
    let text = draft(&room, &["eu-gdpr.33-1", "--language", "en"]);
    assert!(text.contains("52,307 people in total, of these about 41,207 (Ireland"), "{text}");
    let letter = draft(&room, &["us-ca.individuals", "--language", "en"]);
    for says in ["November 1, 2026", "Dear [NAME]:", "\nSincerely,"] {
        assert!(letter.contains(says), "{says}: {letter}");
    }
    let form = ok(&room, &["duties", "form", "eu-gdpr.33-1"]).out;
    assert!(form.contains("Datenschutz Niedersachsen"), "{form}");
    let form = ok(&room, &["duties", "form", "us-tx.regulator"]).out;
    assert!(form.contains("Texas 9,900") && !form.contains("1200"), "{form}");
    let statement = ok(&room, &["statement"]).out;
    assert!(statement.contains("-05:00") || statement.contains("-04:00"), "{statement}");
    let contact = "Ask us at any hour of the day on this number of ours: +353 1 555 / 0100 200.";
    ok(&room, &["fact", "set", "support_contact", contact]);
    let plain = draft(&room, &["us-ca.individuals", "--format", "text"]);
    assert!(plain.contains("+353 1 555 / 0100 200"), "{plain}");
}

/// Members in Ireland and California, and payers in Ireland only, of whom less is known.
fn of_two_groups() -> Room {
    let room = shop();
    let ireland = ["--people", "IE=1,US-CA=2", "--overlaps", "none"];
    group(&room, "members", &[&["--classes", "credentials,health"], &ireland[..]].concat());
    let payers = ["--classes", "card-number", "--people", "IE=1", "--overlaps", "none"];
    group(&room, "payers", &[&payers[..], &["--access", "reachable"]].concat());
    ok(&room, &["fact", "set", "data_classes", "card-number, credentials, health"]);
    room
}

#[test]
fn what_was_done_with_the_data_of_one_group_is_not_said_of_another() {
    let room = of_two_groups();
    let letter = |group: &str| draft(&room, &["eu-gdpr.34", "--group", group]);
    assert!(letter("members").contains("The following information was copied:"));
    let payers = letter("payers");
    assert!(payers.contains("Somebody could have read the following information"), "{payers}");
    for reader in ["media", "staff", "support"] {
        let text = draft(&room, &[reader]);
        let copied = text.split("The following information was copied").nth(1).unwrap_or_default();
        let copied = copied.split("Somebody could have read").next().unwrap_or_default();
        assert!(!copied.contains("card"), "{reader}: {text}");
    }
    let authority = draft(&room, &["eu-gdpr.33-1"]);
    for says in [
        "except for the groups named here: evidence shows that it was copied",
        "payers: it could be reached, and nothing shows that it was opened",
    ] {
        assert!(authority.contains(says), "{says}: {authority}");
    }
    // Somebody in both groups is told of each lot what is true of it.
    let unknown = ["--published", "no-sign", "--access", "unknown", "--overlaps", "members"];
    ok(&room, &[&["group", "set", "payers"], &unknown[..]].concat());
    let table = "id,name,place,group\na,Ann,IE,members\na,Ann,IE,payers\n";
    let ran = letters(&room, "eu-gdpr.34", table, &["--checked"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let letter = std::fs::read_to_string(room.path("out/letters/a.md")).expect("a letter");
    for says in ["was copied:", "may be affected:"] {
        assert!(letter.contains(&format!("The following information {says}")), "{says}: {letter}");
    }
    let authority = draft(&room, &["eu-gdpr.33-1"]);
    assert!(authority.contains("payers: not known yet"), "{authority}");
    let german = draft(&room, &["eu-gdpr.33-1", "--language", "de"]);
    assert!(german.contains("payers: noch nicht bekannt."), "{german}");
    let refused = room.breach(&["group", "set", "payers", "--access", "stolen"]);
    assert_eq!(refused.exit, Some(2), "{refused:?}");
}

#[test]
fn a_notice_tells_no_more_than_concerns_who_reads_it() {
    let room = of_two_groups();
    // A state of the US protects its residents: nobody there lost a card.
    let text = draft(&room, &["us-ca.owner"]);
    assert!(text.contains("payment card number"), "the owner is told of all of it: {text}");
    let text = draft(&room, &["us-wa.regulator"]);
    assert!(!text.contains("health") && !text.contains("payment card number"), "{text}");
    ok(&room, &["group", "set", "members", "--people", "IE=1,US-WA=2"]);
    let text = draft(&room, &["us-wa.regulator"]);
    assert!(text.contains("health") && !text.contains("payment card number"), "{text}");
    // Who runs cards is told of cards, and a brand how many are its own.
    ok(&room, &["fact", "set", "card_brands", "visa, amex"]);
    ok(&room, &["fact", "set", "cards_affected", "3"]);
    for duty in ["card-visa.notify", "card-amex.72h", "pci-dss.12-10-1"] {
        let text = draft(&room, &[duty]);
        assert!(text.contains("- payment card number\n"), "{duty}: {text}");
        assert!(!text.contains("health") && !text.contains("log-in data"), "{duty}: {text}");
        let brand = "of several brands; of yours: [TO WRITE: how many]";
        assert_eq!(text.contains(brand), duty != "pci-dss.12-10-1", "{duty}: {text}");
    }
    // The number of all is not that of a group.
    ok(&room, &["group", "set", "members", "--people", "India=1,US-RI=2"]);
    ok(&room, &["fact", "set", "people_affected", "India=1,IE=1,US-RI=2"]);
    for (duty, says) in [("in-dpdp.principals", "1 (India)"), ("us-ri.individuals", "in total")] {
        let text = draft(&room, &[duty]);
        assert!(text.contains("The breach affects 4 people in total"), "{duty}: {text}");
        assert!(text.contains(says), "{duty}: {text}");
    }
}

/// What a draft says to do about a gap works.
#[test]
fn what_is_recorded_as_none_is_no_text_of_a_draft() {
    let room = of_two_groups();
    for name in [
        "protective_offer",
        "police_reference",
        "likely_consequences",
        "notification_lead",
        "delay_reasons",
        "forensics_firm",
        "indicators",
    ] {
        ok(&room, &["fact", "set", name, "none"]);
    }
    for reader in ["media", "support", "staff", "law-enforcement", "acquirer", "eu-gdpr.33-1"] {
        let text = draft(&room, &[reader]);
        let is_none = |line: &&str| {
            let line = line.trim().trim_end_matches('.').trim_end();
            line.ends_with(" none") || line == "none" || line.ends_with("Indicators:")
        };
        assert_eq!(text.lines().find(is_none), None, "{reader}: {text}");
    }
}

#[test]
fn a_gap_is_filled_as_the_draft_says() {
    let room = shop();
    ok(&room, &["fact", "set", "affected_groups", "customers"]);
    ok(&room, &["fact", "set", "scope_unknowns", "was it all"]);
    let german = ["eu-gdpr.33-1", "--language", "de"];
    let text = draft(&room, &german);
    let gaps = text.lines().filter_map(|line| line.strip_prefix("- Fill a gap in German: write `"));
    let gaps = gaps.filter_map(|line| Some(line.split_once('`')?.0.replace('…', "xx")));
    let gaps: Vec<String> = gaps.collect();
    assert!(gaps.len() > 2, "{text}");
    let file = room.path("de.toml");
    std::fs::write(&file, format!("language = \"de\"\n{}\n", gaps.join("\n"))).expect("written");
    let text = draft(&room, &[&german[..], &["--texts", file.to_str().expect("text")]].concat());
    assert!(!text.contains("Fill a gap in German"), "{text}");
    let unlisted = draft(&room, &["eu-gdpr.33-5"]);
    assert!(unlisted.contains("NO LIST HELD"), "{unlisted}");
    // A field that asks for several things says which of them is missing.
    let form = ok(&room, &["duties", "form", "nz-privacy.opc"]).out;
    assert!(form.contains("[MISSING: Contained since"), "{form}");
}

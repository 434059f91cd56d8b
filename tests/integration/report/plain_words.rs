//! Stores and machines with names that are ordinary words: they are hidden in what people typed, and
//! never in the words of the program itself.

use std::collections::BTreeSet;

use crate::cli::room::Room;

/// An incident with counts, choices and places, and one sentence that somebody typed.
fn scene() -> Room {
    let room = Room::new();
    // The steps of a playbook of one's own may name things.
    let ran = room.pipe(&["contain", "--as", "Ada"], b"A case\nunknown\n1\nq\n");
    assert_ne!(ran.exit, Some(101), "{ran:?}");
    room.knows(&[
        ("people_affected", "IE 40, DE 20"),
        ("persons_affected", "60"),
        ("user_accounts_affected", "50"),
        ("cards_affected", "12"),
        ("records_affected", "900"),
        ("data_classes", "names-contact, card-number, credentials"),
        ("data_access", "seen"),
        ("incident_kind", "user-database"),
        ("how_noticed", "customer"),
        ("entry_vector", "credentials"),
        ("occurred", "2026-11-01"),
        ("detected", "2026-11-20 08:00"),
        ("home_country", "IE"),
        ("notice_account", "An intruder read names."),
        ("measures_taken", "We closed the gap."),
    ]);
    for arguments in [
        &["duties", "sent", "eu-gdpr.33-1", "--reference", "R-1", "--recipient", "DPC"][..],
        &["duties", "waive", "eu-gdpr.34", "--by", "Kim", "--reason", "None."],
        &[
            "fact",
            "set",
            "risk_level",
            "risk",
            "--by",
            "Kim",
            "--role",
            "counsel",
            "--why",
            "Read.",
        ],
        &["note", "Somebody typed."],
    ] {
        let ran = room.breach(&[arguments, &["--as", "Ada"]].concat());
        assert_eq!(ran.exit, Some(0), "{arguments:?} {ran:?}");
    }
    room
}

fn report(room: &Room, audience: &str, format: &str) -> String {
    let ran = room.breach(&["report", "--audience", audience, "--format", format]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    ran.out
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphabetic());
    words.filter(|word| word.len() > 2).map(str::to_lowercase)
}

#[test]
fn no_name_strikes_a_word_of_the_program_out_of_a_report() {
    let room = scene();
    let mut named: BTreeSet<String> = BTreeSet::new();
    for audience in ["public", "regulator"] {
        named.extend(words(&report(&room, audience, "text")));
    }
    assert!(named.contains("accounts") && named.contains("customers"), "{named:?}");
    let stores: Vec<&str> = named.iter().map(String::as_str).collect();
    room.knows(&[("data_stores", &stores.join(", "))]);
    for audience in ["public", "regulator"] {
        for format in ["text", "markdown", "json", "html"] {
            let text = report(&room, audience, format);
            let struck: Vec<&str> =
                text.lines().filter(|line| line.contains("[withheld]")).collect();
            assert!(struck.is_empty(), "{audience} {format}: {struck:#?}");
        }
    }
}

#[test]
fn the_same_name_is_hidden_in_what_people_typed() {
    let room = scene();
    room.knows(&[
        ("data_stores", "accounts, orders"),
        ("how_it_happened", "A key opened orders, then accounts: 3 of them."),
    ]);
    let text = report(&room, "regulator", "markdown");
    assert!(
        text.contains("A key opened \\[withheld\\], then \\[withheld\\]: 3 of them")
            || text.contains("A key opened [withheld], then [withheld]: 3 of them"),
        "{text}"
    );
    assert!(text.contains("50 accounts"), "{text}");
}

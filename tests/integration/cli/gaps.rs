//! What `breach` says of places of which it holds no law, and of clocks that have not started, on
//! every page on which somebody could take silence for a clean bill.

use serde_json::Value;

use super::room::{Ran, Room, flowed};

const PERU: &str = "Law held only in outline, as it is today, and no deadline counted: Peru (PE) 500. Law 29733; Regulation DS 016-2024-JUS; \
                    authority: Autoridad Nacional de Protección de Datos Personales (ANPD); time, \
                    48 hours: no later than 48 hours after becoming aware (large volumes, many \
                    people, sensitive data or evident prejudice); note: the Regulation is in \
                    force from 2025-03-30, or 2025-03-31 as some firms count. Ask counsel there.";

/// Every gate answered, and nobody but these people.
fn ask(room: &Room, people: &str, more: &[&str]) -> Ran {
    let people = format!("people_affected={people}");
    let mut arguments = vec!["duties", "--set", &people];
    for fact in [
        "controller_or_processor=controller",
        "entity_kinds=none",
        "establishment=not-concerned",
        "home_country=IE",
        "data_classes=names-contact, social-security",
        "data_access=copied-confirmed",
        "data_encrypted=no",
        "risk_level=high-risk",
    ] {
        arguments.extend(["--set", fact]);
    }
    arguments.extend(more);
    room.breach(&arguments)
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

/// An incident with people in Peru and California, and no time of anything.
fn peru() -> Room {
    let room = Room::new();
    room.open();
    room.knows(&[
        ("people_affected", "PE 500, US-CA 20"),
        ("data_classes", "names-contact, social-security"),
        ("data_access", "copied-confirmed"),
        ("data_encrypted", "no"),
    ]);
    room
}

#[test]
fn a_place_without_law_comes_first_in_every_format_of_duties() {
    let room = Room::new();
    for more in [&[][..], &["--all"], &["--by-recipient"], &["--check"]] {
        let ran = ask(&room, "PE 500", more);
        let says = flowed(&ran.out);
        assert_eq!(ran.exit, Some(0), "{more:?}");
        assert!(says.starts_with(PERU), "{more:?}: {says}");
        assert!(says.contains("under the laws known here, no duty is known to be owed"), "{says}");
    }
    let value = json(&ask(&room, "PE 500, US 70", &["--format", "json"]));
    let place = &value["places_without_law"][0];
    assert_eq!((&place["place"], &place["name"]), (&"PE".into(), &"Peru".into()));
    assert_eq!((&place["people"]["least"], &place["people"]["most"]), (&500.into(), &500.into()));
    assert_eq!((&place["says"], &place["such_as"]), (&PERU.into(), &Value::Null));
    assert_eq!(
        (&place["held"], &place["outline"]["period"]),
        (&"in outline".into(), &"48 hours".into())
    );
    let states = &value["places_without_law"][1];
    assert_eq!((&states["place"], &states["such_as"]), (&"US".into(), &"US-AK".into()));
    let csv = ask(&room, "PE 500", &["--format", "csv"]).out;
    let row = csv.lines().nth(1).expect("a row");
    assert!(row.starts_with("PE,in outline,") && row.contains(PERU), "{row}");
    let ical = ask(&room, "PE 500", &["--format", "ical"]);
    assert!(flowed(&ical.err).contains(PERU), "{ical:?}");
    let held = ask(&room, "DE 500", &[]);
    assert!(!held.out.contains("Law held only"), "{held:?}");
    let nothing = room.breach(&["duties", "--set", "home_country=IE"]);
    let says = "under the laws known here, no duty is known to be owed so far; whether ";
    assert!(flowed(&nothing.out).contains(says), "{nothing:?}");
}

#[test]
fn all_countries_without_law_are_named_with_their_number() {
    let room = Room::new();
    let letters = || (b'A'..=b'Z').map(char::from);
    let codes: Vec<String> =
        letters().flat_map(|one| letters().map(move |two| format!("{one}{two}"))).collect();
    let ask = |code: &str| {
        let people = format!("people_affected={code} 7");
        room.breach(&["duties", "--set", &people, "--set", "home_country=AQ", "--format", "json"])
    };
    // A sample of the whole through the program: the library's own test asks for each.
    let mut seen = 0;
    for code in codes.iter().step_by(53) {
        let ran = ask(code);
        if ran.exit == Some(2) {
            continue;
        }
        let value = json(&ran);
        let duties = value["duties"].as_array().expect("duties");
        let concerned = duties.iter().any(|duty| duty["concerns"] == true);
        let gaps = value["places_without_law"].as_array().expect("places");
        let named = gaps.iter().any(|gap| gap["place"] == **code && gap["people"]["most"] == 7);
        seen += 1;
        assert!(concerned || named, "{code}: {gaps:?}");
    }
    assert!(seen > 2, "{seen}");
}

#[test]
fn a_place_without_law_stands_in_status_close_and_the_walk() {
    let room = peru();
    let told = room.breach(&["fact", "set", "people_affected", "PE 501, US-CA 20"]);
    assert!(
        flowed(&told.err).contains(
            "Law held only in outline, as it is today, and no deadline counted: Peru (PE) 501."
        ),
        "{told:?}"
    );
    let told = room.breach(&["fact", "set", "people_affected", "PE 500, US-CA 20"]);
    assert!(flowed(&told.err).contains(PERU), "{told:?}");
    let told = room.breach(&["fact", "set", "police_reference", "47"]);
    assert!(!told.err.contains("Law held only"), "it is news only once: {told:?}");
    let status = room.breach(&["status"]).out;
    assert!(status.contains(PERU), "{status}");
    let value = json(&room.breach(&["status", "--format", "json"]));
    let incident = &value["incidents"][0];
    assert_eq!(incident["without_law"][0], PERU);
    let unstarted = incident["unstarted_duties"].as_array().expect("a list");
    let first = "us-ca.individuals, 30 days from `discovered`, which is not recorded";
    assert!(unstarted.iter().any(|duty| duty == first), "{unstarted:?}");
    let walk = room.pipe(&["notify", "--playbook", "generic"], b"q\n");
    let card = flowed(&walk.err);
    assert!(card.contains(PERU), "{card}");
    assert!(card.contains(&format!("Clock not started: {first}")), "{card}");
    let close = room.breach(&["close"]);
    assert!(close.exit == Some(2) && close.out.contains(&format!("Open: {PERU}")), "{close:?}");
    let close = room.breach(&["close", "--anyway", "--reason", "moved to counsel"]);
    assert_eq!(close.exit, Some(0), "{close:?}");
    let closed = room.bodies("closed").pop().expect("an entry");
    assert!(closed["open"].as_array().expect("a list").iter().any(|open| open == PERU), "{closed}");
    room.verify();
}

#[test]
fn a_report_to_those_inside_names_places_without_law() {
    let room = peru();
    // Before that, the public is told nothing at all.
    let released = ["fact", "set", "notice_account", "Data was copied.", "--as", "Ada"];
    assert_eq!(room.breach(&released).exit, Some(0));
    for audience in ["internal", "executive", "regulator", "public"] {
        let inside = ["internal", "executive"].contains(&audience);
        let report = |format: &str| {
            let ran = room.breach(&["report", "--audience", audience, "--format", format]);
            assert_eq!(ran.exit, Some(0), "{ran:?}");
            flowed(&ran.out)
        };
        for format in ["text", "markdown", "html"] {
            let page = report(format).replace('\\', "");
            let page = page.replace("<span class=\"id\">", "").replace("</span>", "");
            // An executive's sheet names the place and leaves the rest to the internal report.
            assert_eq!(page.contains(PERU), audience == "internal", "{audience} {format}: {page}");
            // The places of people affected are shown to all; which laws we hold is for insiders only.
            assert!(page.contains("Peru (PE)"), "{audience} {format}: {page}");
            assert_eq!(page.contains("Law only in outline for"), inside, "{audience} {format}");
            assert!(!page.contains("no duty is known to"), "{audience} {format}");
        }
        let value: Value = serde_json::from_str(&report("json")).expect("JSON");
        let unheld = value["deadlines"]["unheld"].as_array().expect("a list");
        assert_eq!(unheld.iter().any(|place| place["place"] == "PE"), inside, "{audience}");
        assert_eq!(value["deadlines"]["unheld_shown"] == serde_json::json!([PERU]), inside);
        let duties = value["deadlines"]["duties"].as_array().expect("a list");
        let waits = |duty: &&Value| duty["duty"] == "us-ca.individuals";
        let Some(california) = duties.iter().find(waits) else {
            assert_eq!(audience, "public");
            continue;
        };
        assert_eq!(california["verdict"], "unstarted");
        assert_eq!(california["limit"], "30 days");
    }
    let schema = room.breach(&["report", "--schema"]).out;
    for word in ["\"unstarted\"", "\"unheld\"", "\"unheld_shown\"", "\"awaits\""] {
        assert!(schema.contains(word), "{word}");
    }
}

/// The first hour of a breach: who is affected is known, and not when anybody knew.
const FIRST_HOUR: [&str; 4] =
    ["--set", "entity_kinds=hipaa-covered-entity", "--set", "phi_affected=yes"];

#[test]
fn a_law_with_a_number_says_it_before_its_clock_starts() {
    let room = Room::new();
    let people = "DE 100, US-CA 600, US-TX 300, BR 50, KR 40";
    let shown = json(&ask(&room, people, &[&FIRST_HOUR[..], &["--format", "json"]].concat()));
    let duty = |id: &str| {
        let mut duties = shown["duties"].as_array().expect("a list").iter();
        duties.find(|duty| duty["id"] == id).unwrap_or_else(|| panic!("no `{id}`")).clone()
    };
    for (id, period, fact) in [
        ("eu-gdpr.33-1", "72 hours", "aware"),
        ("kr-pipa.authority", "72 hours", "aware"),
        ("us-tx.individuals", "60 days", "determined_breach"),
        ("us-hipaa.406", "60 days", "discovered"),
    ] {
        let duty = duty(id);
        assert_eq!(duty["state"], "unstarted", "{id}: {duty}");
        assert_eq!((&duty["period"], &duty["due"]), (&period.into(), &Value::Null), "{id}");
        let awaits = &duty["awaits"];
        assert_eq!((&awaits["period"], &awaits["fact"]), (&period.into(), &fact.into()), "{id}");
        assert_eq!(duty["why"], awaits["words"], "{id}");
    }
    let wait = "72 hours from `aware`, which is not recorded";
    assert_eq!(duty("eu-gdpr.33-1")["awaits"]["words"], wait);
    let page = ask(&room, people, &FIRST_HOUR).out;
    let started = page.find("OWED, CLOCK NOT STARTED").expect("a section");
    assert!(started < page.find("OWED, NO NUMBER IN THE LAW").expect("another"), "{page}");
    assert!(page.contains(" not started, ") && page.contains(wait), "{page}");
    let csv = ask(&room, people, &[&FIRST_HOUR[..], &["--format", "csv"]].concat()).out;
    let row = csv.lines().find(|line| line.starts_with("eu-gdpr.33-1,unstarted,")).expect("a row");
    assert!(row.ends_with(&format!(",72 hours,\"{wait}\"")), "{row}");
    let ical = ask(&room, people, &[&FIRST_HOUR[..], &["--format", "ical"]].concat());
    assert!(!ical.out.contains("BEGIN:VEVENT") && ical.out.contains("X-WR-CALDESC:"), "{ical:?}");
    assert!(ical.err.contains("without a date") && ical.err.contains("eu-gdpr.33-1"), "{ical:?}");
    let explain = flowed(&ask(&room, people, &["--explain", "eu-gdpr.33-1"]).out);
    assert!(explain.contains(&format!("Its clock has not started: {wait}")), "{explain}");
    assert!(explain.contains("State owed, clock not started"), "{explain}");
    let check = ask(&room, people, &[&FIRST_HOUR[..], &["--check"]].concat());
    assert_eq!(check.exit, Some(0), "no deadline has passed: {check:?}");
}

#[test]
fn a_new_fact_tells_the_number_before_its_clock_starts() {
    let room = Room::new();
    room.open();
    room.breach(&["fact", "set", "controller_or_processor", "controller"]);
    room.breach(&["fact", "set", "persons_affected", "500"]);
    let ran = room.breach(&["fact", "set", "people_affected", "DE 500"]);
    let owed = "Owed now: GDPR Art. 33(1), (3), (4), to the authority (eu-gdpr.33-1), 72 hours from \
                `aware`, which is not recorded.";
    assert!(flowed(&ran.err).contains(owed), "{ran:?}");
    let status = room.breach(&["status"]).out;
    assert!(status.contains("Clock not started for 1 duty: eu-gdpr.33-1, 72 hours"), "{status}");
    let sent = room.breach(&["duties", "sent", "eu-gdpr.33-1", "--reference", "R-1"]);
    assert_eq!(sent.exit, Some(0), "{sent:?}");
    let report = room.breach(&["report", "--format", "json"]);
    let value = json(&report);
    let duties = value["deadlines"]["duties"].as_array().expect("a list");
    let notice = duties.iter().find(|duty| duty["duty"] == "eu-gdpr.33-1").expect("sent");
    assert_eq!(
        notice["shown"],
        "sent; 72 hours from \"Aware of the breach\", which is not recorded"
    );
}

//! `breach duties`: what is owed over supposed and recorded facts, and what was done about it.

use breach::escape;
use breach::fact::Vocabulary;
use serde_json::Value;

use super::room::{Ran, Room, flowed};

/// A web shop of Ireland whose checkout was skimmed.
const SHOP: [&str; 18] = [
    "people_affected=IE 800, GB 400, IN 5, JP 40",
    "persons_affected=1245",
    "incident_kind=web-skimming",
    "controller_or_processor=controller",
    "establishment=one-state",
    "home_country=IE",
    "entity_zone=Europe/Dublin",
    "entity_kinds=merchant",
    "card_brands=visa, mastercard",
    "cards_taken=yes",
    "data_classes=names-contact, card-number",
    "data_access=copied-confirmed",
    "data_encrypted=no",
    "risk_level=high-risk",
    "wrongful_purpose=no",
    "suspected=2026-11-21 01:00",
    "noticed=2026-11-20 23:10",
    "aware=2026-11-21 03:40",
];

/// `breach duties` over the shop, three days after.
fn ask(room: &Room, more: &[&str]) -> Ran {
    let mut arguments = vec!["duties", "--at", "2026-11-23 03:00"];
    arguments.extend(SHOP.iter().flat_map(|fact| ["--set", fact]));
    arguments.extend(more);
    let ran = room.breach(&arguments);
    assert_ne!(ran.exit, Some(101), "{}", ran.err);
    ran
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

/// The duty of this id, as JSON tells it.
fn duty(json: &Value, id: &str) -> Value {
    let mut duties = json["duties"].as_array().expect("a list").iter();
    duties.find(|duty| duty["id"] == id).unwrap_or_else(|| panic!("no `{id}`")).clone()
}

/// A room with an incident whose organisation became aware on 21 November.
fn aware() -> Room {
    let room = Room::new();
    room.open();
    let facts = SHOP.into_iter().map(|fact| fact.split_once('=').expect("a fact"));
    let is_decided = |name| Vocabulary::builtin().get(name).is_some_and(|fact| fact.determination);
    let (decided, known): (Vec<_>, Vec<_>) = facts.partition(|(name, _)| is_decided(name));
    room.knows(&known);
    for (name, value) in decided {
        let why = ["--by", "Kim", "--role", "counsel", "--why", "case file"];
        let ran = room.breach(&[&["fact", "set", name, value][..], &why].concat());
        assert_eq!(ran.exit, Some(0), "{name}: {ran:?}");
    }
    room
}

fn now(room: &Room, more: &[&str]) -> Ran {
    let mut command = room.command(&[&["duties", "--at", "2026-11-23 03:00"], more].concat());
    command.env("COLUMNS", "250");
    super::room::feed(command, b"")
}

#[test]
fn the_page_is_as_it_was() {
    let room = Room::new();
    let ran = ask(&room, &[]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    insta::assert_snapshot!("page", ran.out);
    // Beside it stands only how people and times were understood.
    let said = "Assuming: People by jurisdiction: United Kingdom (GB) 400, Ireland (IE) 800,";
    assert!(ran.err.starts_with(said) && !ran.err.contains("warning:"), "{}", ran.err);
    assert!(!room.home().exists(), "a what-if records nothing");
}

#[test]
fn an_explanation_is_as_it_was() {
    let room = Room::new();
    insta::assert_snapshot!("explain", ask(&room, &["--explain", "jp-appi.final"]).out);
}

#[test]
fn lines_fit_the_terminal() {
    let room = aware();
    for width in ["60", "80", "120", "200"] {
        for arguments in [&["duties"][..], &["duties", "--all"], &["duties", "--by-recipient"]] {
            let mut command = room.command(arguments);
            command.env("COLUMNS", width);
            let ran = super::room::feed(command, b"");
            assert_eq!(ran.exit, Some(0), "{ran:?}");
            let most: usize = width.parse().expect("a number");
            // Ids and moments are never broken, so a very narrow page may be wider.
            let long = ran.out.lines().find(|line| line.chars().count() > most.max(80));
            assert!(long.is_none() || most < 80, "{width}: {long:?}");
        }
    }
}

#[test]
fn what_is_supposed_changes_what_is_owed() {
    let room = Room::new();
    let unsure = json(&ask(&room, &["--format", "json"]));
    assert_eq!(duty(&unsure, "eu-gdpr.33-1")["due"], "2026-11-24T03:40:00Z");
    assert_eq!(duty(&unsure, "eu-gdpr.34")["state"], "no number");
    let low = json(&ask(&room, &["--set", "risk_level=unlikely", "--format", "json"]));
    assert_eq!(duty(&low, "eu-gdpr.33-1")["state"], "not triggered");
    let later = json(&ask(&room, &["--set", "aware=2026-11-22 10:00", "--format", "json"]));
    assert_eq!(duty(&later, "eu-gdpr.33-1")["due"], "2026-11-25T10:00:00Z");
    for (bad, says) in [
        ("aware", "sets nothing"),
        ("awre=2026-11-22", "did you mean `aware`?"),
        ("aware=soonish", "was not understood"),
        ("entity_zone=Europe/Dublan", "not a time zone"),
    ] {
        let ran = ask(&room, &["--set", bad]);
        assert!(ran.exit == Some(2) && ran.err.contains(says), "{bad}: {ran:?}");
    }
    let bare = room.breach(&["duties"]);
    assert!(bare.exit == Some(2) && bare.err.contains("breach duties --set"), "{bare:?}");
    assert!(!room.home().exists());
}

#[test]
fn a_check_tells_by_its_exit_code_that_a_deadline_passed() {
    let room = Room::new();
    let india = ["duties", "--set", "people_affected=IN 1", "--set", "noticed=2026-11-20 23:10"];
    let check = |at: &str| room.breach(&[&india[..], &["--check", "--at", at]].concat()).exit;
    assert_eq!(check("2026-11-21 05:10"), Some(0), "the last minute");
    assert_eq!(check("2026-11-21 05:11"), Some(5));
    let without = room.breach(&[&india[..], &["--at", "2026-11-22 05:11"]].concat());
    assert_eq!(without.exit, Some(0));
    assert!(without.out.contains("OVERDUE"), "{}", without.out);
}

#[test]
fn what_was_done_is_recorded_and_shown() {
    let room = aware();
    assert_eq!(now(&room, &["--check"]).exit, Some(5), "India's six hours are over");
    let sent = ["duties", "sent", "in-certin.6h", "--at", "2026-11-21 04:00", "--reference", "C-7"];
    assert_eq!(room.breach(&sent).exit, Some(0));
    assert_eq!(room.bodies("notice")[0]["reference"], "C-7");
    let shown = json(&now(&room, &["--format", "json"]));
    assert_eq!(duty(&shown, "in-certin.6h")["state"], "sent");
    let page = now(&room, &[]).out;
    assert!(page.contains("sent Sat 21 Nov 2026 04:00 +00:00, C-7"), "{page}");

    let why = ["--by", "Kim", "--reason", "no residents"];
    let ruling = |words: &[&str]| {
        let ran = room.breach(&[&["duties"], words, &why].concat());
        assert_eq!(ran.exit, Some(0), "{ran:?}");
        json(&now(&room, &["--format", "json"]))
    };
    let gdpr = "uk-gdpr.33-1";
    assert_eq!(duty(&ruling(&["waive", gdpr]), gdpr)["state"], "waived");
    assert!(now(&room, &[]).out.contains("waived by Kim: no residents"));
    let delayed = ruling(&["delay", gdpr, "--until", "2999-01-01 10:00"]);
    assert_eq!(duty(&delayed, gdpr)["state"], "waived", "a request to wait takes nothing back");
    let resumed = duty(&ruling(&["resume", gdpr]), gdpr);
    assert_eq!(resumed["state"], "due");
    assert_eq!(resumed["delayed_until"], Value::Null);
    let delayed = duty(&ruling(&["delay", gdpr, "--until", "2999-01-01 10:00"]), gdpr);
    assert_eq!(delayed["delayed_until"], "2999-01-01T10:00:00Z");
    assert_eq!(delayed["due"], resumed["due"], "the law's clock goes on");
    let asked = duty(&ruling(&["asked", gdpr, "--due", "2999-01-02 10:00"]), gdpr);
    assert_eq!(asked["questions"][0]["due"], "2999-01-02T10:00:00Z");
    let calendar = now(&room, &["--format", "ical"]).out;
    assert!(calendar.contains("DTSTART:29990102T100000Z"), "{calendar}");
    let page = now(&room, &[]).out;
    assert!(page.contains("asked by Kim: no") && page.contains("asked to wait until"), "{page}");
    let explained = now(&room, &["--explain", gdpr]).out;
    for word in ["waived by Kim", "resumed by Kim", "delayed until", "asked until"] {
        assert!(explained.contains(word), "{word}: {explained}");
    }
    assert_eq!(room.breach(&["duties", "sent", gdpr, "--what", "supplement"]).exit, Some(0));
    let answered = json(&now(&room, &["--format", "json"]));
    assert_eq!(duty(&answered, gdpr)["questions"], serde_json::json!([]));
    assert_eq!(room.bodies("duty").len(), 5);
    room.verify();
}

#[test]
fn a_notice_in_batches_stays_open_until_the_last() {
    let room = aware();
    let batch = |sent: &str, bounced: &str, left: &str| {
        room.breach(&[
            "duties",
            "sent",
            "eu-gdpr.34",
            "--sent",
            sent,
            "--bounced",
            bounced,
            "--remaining",
            left,
        ])
    };
    assert_eq!(batch("10", "20", "0").exit, Some(2), "more came back than were sent");
    assert!(batch("500", "3", "300").err.contains("Still to be told: 300"));
    let page = now(&room, &[]).out;
    let words = flowed(&page);
    assert!(words.contains("300 still to be told"), "{page}");
    assert_eq!(batch("300", "0", "0").exit, Some(0));
    let explained = flowed(&now(&room, &["--explain", "eu-gdpr.34"]).out);
    assert!(explained.contains("800 told"), "{explained}");
    let shown = json(&now(&room, &["--format", "json"]));
    assert_eq!(duty(&shown, "eu-gdpr.34")["state"], "sent");
}

#[test]
fn an_unanswered_question_can_be_overdue() {
    let room = Room::new();
    room.open();
    room.breach(&["fact", "set", "people_affected", "IE 5"]);
    let by = ["--by", "Kim", "--reason", "how many?", "--due", "2026-11-22 10:00"];
    room.breach(&[&["duties", "asked", "eu-gdpr.33-1"], &by[..]].concat());
    assert_eq!(now(&room, &["--check"]).exit, Some(5));
    assert!(now(&room, &[]).out.contains("OVERDUE 17 h"), "{}", now(&room, &[]).out);
}

#[test]
fn clocks_are_told_before_anybody_knows_whom_they_concern() {
    let room = Room::new();
    let ran =
        room.breach(&["duties", "--set", "aware=2026-11-21 03:40", "--at", "2026-11-23 03:00"]);
    assert!(ran.out.contains("known to be owed so far"), "{}", ran.out);
    let words = flowed(&ran.out);
    assert!(words.contains("If these laws apply to us: already past would be "), "{words}");
    assert!(words.contains("; next, in 40 min, "), "{words}");
    assert!(!ran.out.contains("OVERDUE"), "what may not concern us alarms nobody: {}", ran.out);
}

#[test]
fn contradictions_are_told() {
    let room = Room::new();
    let ran = ask(&room, &["--set", "occurred=2026-11-22 10:00"]);
    assert_eq!(ran.exit, Some(0));
    let said = ran.said();
    assert!(
        said.contains("(`occurred`, ") && said.contains("is after Aware of the breach (`aware`"),
        "{said}"
    );
}

#[test]
fn the_home_overrides_and_adds_law() {
    let room = Room::new();
    let regimes = room.home().join("regimes");
    std::fs::create_dir_all(&regimes).expect("a folder");
    let own = |name: &str, regime: &str, hours: &str| {
        let text = format!(
            "schema = 1\nregime = \"{regime}\"\nname = \"A contract\"\njurisdiction = \"contract\"\n\
             zone = \"local\"\nstatus = \"contract\"\napplies = \"us\"\ntrigger = \"a breach\"\n\
             confidence = \"source-seen\"\nsources = [\"contract\"]\n[[duty]]\nid = \"{regime}.tell\"\n\
             cite = \"section 4\"\nwho = \"we\"\nto = [\"customers\"]\nperiod = \"{hours} hours\"\n\
             count = \"exact-hours\"\nclock = \"aware\"\nconfidence = \"source-seen\"\n"
        );
        std::fs::write(regimes.join(name), text).expect("written");
    };
    own("acme.toml", "acme", "24");
    own("mastercard.toml", "card-mastercard", "2");
    let shown = json(&ask(&room, &["--format", "json"]));
    assert_eq!(duty(&shown, "acme.tell")["due"], "2026-11-22T03:40:00Z");
    assert_eq!(duty(&shown, "card-mastercard.tell")["due"], "2026-11-21T05:40:00Z");
    let duties = shown["duties"].as_array().expect("a list");
    assert!(duties.iter().all(|duty| duty["id"] != "card-mastercard.24h"));
    own("acme.toml", "acme", "72 or so");
    let ran = ask(&room, &[]);
    assert_eq!(ran.exit, Some(3), "{ran:?}");
    assert!(ran.err.contains("acme.toml:16"), "{}", ran.err);
}

#[test]
fn an_unknown_duty_gets_a_suggestion_and_nothing_is_recorded() {
    let room = aware();
    let before = room.entries().len();
    for arguments in [
        &["--explain", "eu-gdpr.33"][..],
        &["sent", "eu-gdpr.33"],
        &["waive", "eu-gdpr.33", "--by", "Kim", "--reason", "x"],
        &["asked", "eu-gdpr.33", "--by", "Kim", "--reason", "x", "--due", "2999-01-01"],
    ] {
        let ran = room.breach(&[&["duties"], arguments].concat());
        assert_eq!(ran.exit, Some(2), "{ran:?}");
        assert!(ran.err.contains("`eu-gdpr.33-1`"), "{}", ran.err);
    }
    let ran = room.breach(&["duties", "--explain", "eu-gdrp.33-1"]);
    assert!(ran.err.contains("did you mean `eu-gdpr.33-1`"), "{}", ran.err);
    assert_eq!(room.entries().len(), before);
}

#[test]
fn nobody_takes_it_for_advice() {
    let room = Room::new();
    for more in [&[][..], &["--all"], &["--by-recipient"], &["--explain", "eu-gdpr.33-1"]] {
        let ran = ask(&room, more);
        assert_eq!(ran.out.matches("not legal advice").count(), 1, "{more:?} {}", ran.out);
    }
    let calendar = ask(&room, &["--format", "ical"]).out.replace("\r\n ", "");
    let described = calendar.matches("This is not legal advice").count();
    let entries = ["BEGIN:VEVENT", "BEGIN:VTODO"].map(|begin| calendar.matches(begin).count());
    assert_eq!(described, entries.iter().sum::<usize>(), "{calendar}");
}

#[test]
fn hostile_words_reach_no_screen_and_no_file() {
    const HOSTILE: &str = "=a\u{1b}[2J\u{7}\u{9b}31m\u{202e}b\u{200b}";
    let room = aware();
    let mut ran = vec![
        room.breach(&["fact", "set", "home_country", HOSTILE]),
        room.breach(&["duties", "sent", "eu-gdpr.33-1", "--reference", HOSTILE]),
        room.breach(&[
            "duties",
            "sent",
            "in-certin.6h",
            "--recipient",
            HOSTILE,
            "--channel",
            HOSTILE,
        ]),
        room.breach(&["duties", "waive", "uk-gdpr.33-1", "--by", HOSTILE, "--reason", HOSTILE]),
        room.breach(&[
            "duties",
            "asked",
            "jp-appi.prompt",
            "--by",
            HOSTILE,
            "--reason",
            HOSTILE,
            "--until",
            "2999-01-01",
        ]),
        room.breach(&["duties", "sent", HOSTILE]),
        room.breach(&["duties", "--explain", HOSTILE]),
        room.breach(&["duties", "--set", HOSTILE]),
        room.breach(&["duties", "--at", HOSTILE]),
    ];
    for more in [
        &[][..],
        &["--all"],
        &["--by-recipient"],
        &["--explain", "eu-gdpr.33-1"],
        &["--explain", "uk-gdpr.33-1"],
        &["--explain", "jp-appi.prompt"],
        &["--format", "json"],
        &["--format", "csv"],
        &["--format", "ical"],
    ] {
        ran.push(now(&room, more));
    }
    for ran in ran {
        for text in [&ran.out, &ran.err] {
            let text = text.replace("\r\n", "\n");
            // The mark by which a spreadsheet knows UTF-8 comes first, and nowhere else.
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            let found = text.chars().find(|c| *c != '\n' && escape::is_harmful(*c));
            assert_eq!(found, None, "{ran:?}");
        }
    }
}

#[test]
fn tables_of_other_programs_hold_every_duty() {
    let room = Room::new();
    let ran = ask(&room, &["--format", "csv"]);
    let mut rows = csv::Reader::from_reader(ran.out.as_bytes());
    let header = rows.headers().expect("a header").clone();
    assert_eq!(header.get(0), Some("id"));
    let rows: Vec<csv::StringRecord> = rows.records().map(|row| row.expect("a row")).collect();
    assert!(rows.len() > 300 && rows.iter().all(|row| row.len() == header.len()));
    let gdpr = rows.iter().find(|row| &row[0] == "eu-gdpr.33-1").expect("a row");
    assert_eq!((&gdpr[1], &gdpr[2]), ("due", "2026-11-24T03:40:00Z"));
    let shown = json(&ask(&room, &["--format", "json"]));
    assert_eq!(shown["schema"], "breach.duties/1");
    assert_eq!(shown["duties"].as_array().map(Vec::len), Some(rows.len()));
}

#[test]
fn a_calendar_keeps_to_its_format() {
    let room = Room::new();
    let first = ask(&room, &["--format", "ical"]).out;
    assert!(first.starts_with("BEGIN:VCALENDAR\r\n") && first.ends_with("END:VCALENDAR\r\n"));
    let bare = first.replace("\r\n", "");
    assert!(!bare.contains(['\r', '\n']), "every line ends as RFC 5545 wants it");
    assert!(first.split("\r\n").all(|line| line.len() <= 75));
    let uids = |text: &str| -> Vec<String> {
        let whole = text.replace("\r\n ", "");
        let lines = whole.lines().filter(|line| line.starts_with("UID:"));
        lines.map(ToOwned::to_owned).collect()
    };
    let mut all = uids(&first);
    let later = ask(&room, &["--set", "aware=2026-11-22 10:00", "--format", "ical"]).out;
    assert_eq!(all, uids(&later), "a moved deadline keeps its name");
    let count = all.len();
    all.dedup();
    assert!(count > 5 && all.len() == count, "{all:?}");
    assert_eq!(first.matches("BEGIN:VALARM").count(), first.matches("BEGIN:VEVENT").count() * 3);
    // A duty whose clock has not started is a to-do that says what it waits for.
    let whole = first.replace("\r\n ", "");
    let duties = json(&ask(&room, &["--format", "json"]));
    let mut waiting = 0;
    for duty in duties["duties"].as_array().expect("a list") {
        let state = duty["state"].as_str().expect("a state");
        if duty["concerns"] == true && ["unstarted", "no number", "time not read"].contains(&state)
        {
            let summary = format!("SUMMARY:{}: ", duty["id"].as_str().expect("an id"));
            let todo = whole.lines().find(|line| line.starts_with(&summary)).expect("a to-do");
            let waits = todo.contains(", which is not recorded") || todo.contains(" is filed");
            assert!(waits || state != "unstarted", "{todo}");
            waiting += 1;
        }
    }
    // What has a date is an event and nothing besides.
    assert_eq!(
        (whole.matches("BEGIN:VTODO").count(), whole.matches("\nDUE:").count()),
        (waiting, 0)
    );
}

#[test]
fn a_draft_says_what_is_missing_and_leaves_its_digest() {
    let room = aware();
    let ran = room.breach(&["duties", "draft", "eu-gdpr.33-1"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(ran.out.contains("[MISSING: Released account of what happened]"), "{}", ran.out);
    assert!(ran.out.contains("MISSING: likely consequences."), "{}", ran.out);
    assert!(ran.out.contains("This is not legal advice"), "{}", ran.out);
    let bodies = room.bodies("draft");
    let digest = bodies[0]["sha256"].as_str().expect("a digest");
    let folder = room.chains()[0].ancestors().nth(2).expect("a folder").join("notices");
    let kept = std::fs::read_to_string(folder.join(format!("{digest}.md")));
    assert_eq!(kept.expect("a copy"), ran.out);
    assert_eq!(bodies[0]["missing"].as_array().map(Vec::len), Some(10), "{bodies:?}");

    room.breach(&["duties", "draft", "eu-gdpr.33-1", "--format", "text"]);
    assert_eq!(room.bodies("draft").len(), 1, "the same text is recorded once");
}

#[test]
fn a_template_of_the_home_replaces_ours_and_a_mistake_has_its_place() {
    let room = aware();
    let notices = room.home().join("notices");
    std::fs::create_dir_all(&notices).expect("a folder");
    let own = notices.join("authority.md");
    std::fs::write(&own, "Mine, of {{ facts.home_country }}: {{ say.likely_consequences }}\n")
        .expect("written");
    let ran = room.breach(&["duties", "draft", "eu-gdpr.33-1"]);
    assert!(ran.out.starts_with("Mine, of IE: [MISSING: Likely consequences]\n"), "{ran:?}");

    std::fs::write(&own, "a\n{{ facts.home_contry }}\n").expect("written");
    let ran = room.breach(&["duties", "draft", "eu-gdpr.33-1"]);
    assert_eq!(ran.exit, Some(3), "{ran:?}");
    assert!(ran.err.contains("authority.md:2:4"), "{}", ran.err);
    std::fs::write(
        &own,
        "{% for a in range(100000) %}{% for b in range(100000) %}x{% endfor %}{% endfor %}",
    )
    .expect("written");
    let ran = room.breach(&["duties", "draft", "eu-gdpr.33-1"]);
    assert_eq!(ran.exit, Some(3), "{ran:?}");
    assert_eq!(room.bodies("draft").len(), 1, "a text that cannot be filled leaves no entry");
}

#[test]
fn a_decision_has_no_draft_and_a_reader_without_a_law_has_one() {
    let room = aware();
    let ran = room.breach(&["duties", "draft", "sg-pdpa.assess"]);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    let ran = room.breach(&["duties", "draft", "nobody"]);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    assert!(ran.err.contains("`law-enforcement`"), "{}", ran.err);
    for reader in ["staff", "media", "law-enforcement"] {
        let ran = room.breach(&["duties", "draft", reader]);
        assert_eq!(ran.exit, Some(0), "{ran:?}");
    }
}

#[test]
fn a_request_to_wait_moves_a_deadline_only_where_the_law_says_so() {
    let room = aware();
    room.breach(&["fact", "set", "people_affected", "IE 800, US-CA 900"]);
    room.breach(&[
        "fact",
        "set",
        "data_classes",
        "names-contact, card-number, card-cvv",
        "--replace",
    ]);
    let due = |id: &str| duty(&json(&now(&room, &["--format", "json"])), id)["due"].clone();
    let before = (due("us-ca.individuals"), due("eu-gdpr.33-1"));
    let delay = |id: &str| {
        let why = ["--by", "FBI", "--reason", "letter", "--until", "2027-03-01 10:00"];
        room.breach(&[&["duties", "delay", id], &why[..]].concat())
    };
    let california = delay("us-ca.individuals");
    assert!(
        california.err.contains("This law allows a delay for: law enforcement"),
        "{california:?}"
    );
    let moved = "Moved: Cal. Civ. Code § 1798.82(a), to the people affected (us-ca.individuals),";
    assert!(flowed(&california.err).contains(moved), "{california:?}");
    assert_ne!(due("us-ca.individuals"), before.0);
    assert_eq!(due("us-ca.individuals"), "2027-03-01T10:00:00Z");
    let europe = delay("eu-gdpr.33-1");
    assert!(europe.err.contains("does not provide for a delay"), "{europe:?}");
    assert_eq!(due("eu-gdpr.33-1"), before.1);
}

#[test]
fn a_new_fact_says_what_it_changes() {
    let room = aware();
    let ran = room.breach(&["fact", "set", "people_affected", "IE 800, US-CA 20"]);
    let gone = "No longer known to be owed: CERT-In Directions of 28 April 2022, (ii), to the authority (in-certin.6h)";
    assert!(flowed(&ran.err).contains(gone), "{ran:?}");
    let ran = room.breach(&["fact", "set", "data_classes", "names-contact, health", "--replace"]);
    let owed =
        "Owed now: Cal. Civ. Code § 1798.82(a), to the people affected (us-ca.individuals), by ";
    assert!(flowed(&ran.err).contains(owed), "{ran:?}");
    let why = ["--by", "Kim", "--role", "counsel", "--why", "mail"];
    let ran = room.breach(&[&["fact", "set", "aware", "2026-11-21 05:40"], &why[..]].concat());
    let moved = "Moved: GDPR Art. 33(1), (3), (4), to the authority (eu-gdpr.33-1), by Tue 24 Nov";
    assert!(flowed(&ran.err).contains(moved), "{ran:?}");
    let ran = room.breach(&["fact", "set", "police_reference", "47"]);
    assert!(!ran.err.contains("Owed now") && !ran.err.contains("Moved"), "{ran:?}");
}

#[test]
fn one_mailing_settles_the_duties_of_many_states() {
    let room = aware();
    room.breach(&["fact", "set", "people_affected", "US-CA 20, US-NY 30, US-TX 40"]);
    room.breach(&["fact", "set", "data_classes", "names-contact, social-security", "--replace"]);
    let none = room.breach(&["duties", "sent", "eu-*.individuals", "--reference", "M-1"]);
    assert!(none.exit == Some(2) && none.err.contains("no open duty matches"), "{none:?}");
    let ran = room.breach(&["duties", "sent", "us-*.individuals", "--reference", "M-1"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let sent: Vec<String> =
        room.bodies("notice").iter().map(|body| body["duty"].to_string()).collect();
    let states = ["\"us-ca.individuals\"", "\"us-ny.individuals\"", "\"us-tx.individuals\""];
    assert_eq!(sent, states);
    assert!(room.bodies("notice").iter().all(|body| body["reference"] == "M-1"));
}

#[test]
fn the_walk_goes_through_the_duties_that_apply() {
    let room = aware();
    room.breach(&["fact", "set", "people_affected", "IE 800"]);
    room.breach(&["duties", "sent", "eu-gdpr.34", "--reference", "letters"]);
    let lines =
        "j give-notice eu-gdpr.33-1\nd DPC-9\nj give-notice eu-gdpr.33-5\na kept elsewhere\nq\n";
    let ran = room.pipe(&["notify", "--playbook", "generic"], lines.as_bytes());
    let title = "Give the notice of GDPR Art. 33(1), (3), (4), to the authority [counsel]";
    assert!(flowed(&ran.err).contains(title), "{}", ran.err);
    assert!(ran.err.contains("Due Tue 24 Nov 2026 03:40 +00:00"), "{}", ran.err);
    assert!(!ran.err.contains("Give the notice of GDPR Art. 34"), "it is sent: {}", ran.err);
    let notices = room.bodies("notice");
    assert!(
        notices.iter().any(|body| body["duty"] == "eu-gdpr.33-1" && body["reference"] == "DPC-9")
    );
    assert!(ran.err.contains("stays open in `breach duties`"), "{}", ran.err);
    let owed = room.bodies("fact").into_iter().rfind(|body| body["name"] == "duties_owed");
    let owed = owed.expect("the list is kept").to_string();
    for id in ["eu-gdpr.33-1", "eu-gdpr.34", "eu-gdpr.33-5"] {
        assert!(owed.contains(id), "{owed}");
    }
    room.verify();
}

#[test]
fn more_of_a_notice_that_was_never_sent_settles_nothing() {
    let room = aware();
    assert_eq!(
        room.breach(&["duties", "sent", "eu-gdpr.33-1", "--what", "supplement"]).exit,
        Some(0)
    );
    let state = || duty(&json(&now(&room, &["--format", "json"])), "eu-gdpr.33-1")["state"].clone();
    assert_eq!(state(), "due");
    let ahead = room.breach(&["duties", "sent", "eu-gdpr.33-1", "--at", "2999-01-01 10:00"]);
    assert!(
        ahead.exit == Some(2) && ahead.err.contains("cannot have been sent in the future"),
        "{ahead:?}"
    );
    room.breach(&["duties", "sent", "eu-gdpr.33-1", "--at", "2026-11-25 10:40"]);
    assert_eq!(state(), "sent");
    let page = room.breach(&["duties"]).out;
    assert!(page.contains("31 h late"), "{page}");
}

#[test]
fn a_question_is_answered_by_its_word_or_by_more_of_the_notice() {
    let room = aware();
    let by = ["--by", "DPC", "--reason", "how many?", "--due", "2999-01-02 10:00"];
    room.breach(&[&["duties", "asked", "eu-gdpr.33-1"], &by[..]].concat());
    room.breach(&["duties", "sent", "eu-gdpr.33-1", "--reference", "first"]);
    let open = || {
        let shown = json(&now(&room, &["--format", "json"]));
        duty(&shown, "eu-gdpr.33-1")["questions"].as_array().map(Vec::len)
    };
    assert_eq!(open(), Some(1), "the notice is no answer");
    let by = ["--by", "Kim", "--reason", "1245, by mail"];
    let answered = room.breach(&[&["duties", "answered", "eu-gdpr.33-1"], &by[..]].concat());
    assert_eq!((answered.exit, open()), (Some(0), Some(0)), "{answered:?}");
}

#[test]
fn what_the_law_wants_first_is_named_before_it_is_too_late() {
    let room = aware();
    room.breach(&["fact", "set", "people_affected", "US-MD 900"]);
    room.breach(&["fact", "set", "data_classes", "names-contact, social-security", "--replace"]);
    let why = ["--by", "Kim", "--role", "counsel", "--why", "numbers are sold"];
    room.breach(&[&["fact", "set", "misuse_likely", "yes"], &why[..]].concat());
    let page = now(&room, &[]).out;
    assert!(page.contains("before us-md.individuals"), "{page}");
    let ran = room.breach(&["duties", "sent", "us-md.individuals", "--reference", "M"]);
    assert!(ran.err.contains("before what you record now"), "{ran:?}");
    assert!(ran.err.contains("us-md.regulator"), "{ran:?}");
}

#[test]
fn status_and_close_know_what_is_owed_by_law() {
    let room = aware();
    let status = room.breach(&["status"]).out;
    assert!(status.contains("Overdue duties: ") && status.contains("in-certin.6h"), "{status}");
    let close = room.breach(&["close"]);
    assert!(close.out.contains("duties to notify, neither sent nor waived, "), "{close:?}");
    assert_eq!(close.exit, Some(2));
}

#[test]
fn a_letter_keeps_silent_where_the_law_says_so_and_owns_up_to_what_a_template_leaves_out() {
    let room = aware();
    room.breach(&["fact", "set", "people_affected", "US-MA 900"]);
    room.breach(&["fact", "set", "occurred", "2026-11-10"]);
    room.breach(&["fact", "set", "measures_taken", "The script is gone."]);
    let letter = room.breach(&["duties", "draft", "us-ma.individuals"]).out;
    assert!(!letter.contains("What Happened") && !letter.contains("10 November"), "{letter}");
    assert!(!letter.contains("The script is gone"), "it betrays what happened: {letter}");
    assert!(letter.contains("MUST NOT: nature of the breach"), "{letter}");
    assert!(letter.contains("Not needed now: identity theft services"), "{letter}");
    assert!(letter.contains("www.equifax.com"), "who is told of a freeze is told where: {letter}");
    let own = room.path("own.md");
    std::fs::write(&own, "Nothing.\n").expect("written");
    let template = own.to_str().expect("text");
    let bare = room.breach(&["duties", "draft", "us-ma.individuals", "--template", template]).out;
    assert!(
        bare.contains("NOT IN THE TEXT, because the template leaves it out: right to obtain a"),
        "{bare}"
    );
}

#[test]
fn a_fact_that_says_when_it_was_done_settles_the_duty() {
    let room = aware();
    let state = |id: &str| duty(&json(&now(&room, &["--format", "json"])), id)["state"].clone();
    assert_eq!(state("card-visa.acquirer"), "no number");
    room.breach(&["fact", "set", "acquirer_told_at", "2026-11-21 04:00"]);
    assert_eq!(state("card-visa.acquirer"), "sent");
    let page = now(&room, &[]).out;
    assert!(page.contains("told: see `acquirer_told_at`"), "{page}");
}

#[test]
fn a_ruling_has_the_moment_at_which_it_happened_and_that_of_its_record() {
    let room = aware();
    let word = |verb: &str, duty: &str, more: &[&str]| {
        let said = ["duties", verb, duty, "--by", "Kim", "--reason", "by phone"];
        let ran = room.breach(&[&said[..], &["--at", "2026-11-22 09:30"], more].concat());
        assert_eq!(ran.exit, Some(0), "{verb}: {ran:?}");
    };
    word("waive", "eu-gdpr.34", &[]);
    word("resume", "eu-gdpr.34", &[]);
    word("asked", "eu-gdpr.33-1", &["--until", "2027-01-10 12:00"]);
    word("answered", "eu-gdpr.33-1", &[]);
    word("delay", "eu-gdpr.33-1", &["--until", "2027-01-10 12:00"]);
    for (id, times) in [("eu-gdpr.34", 2), ("eu-gdpr.33-1", 3)] {
        let page = now(&room, &["--explain", id]).out;
        let words = flowed(&page);
        assert_eq!(
            words.matches("on Sun 22 Nov 2026 09:30 +00:00, recorded ").count(),
            times,
            "{page}"
        );
    }
    let ahead =
        ["duties", "waive", "eu-gdpr.34", "--by", "Kim", "--reason", "r", "--at", "2999-01-01"];
    assert_eq!(room.breach(&ahead).exit, Some(2), "nothing is decided in the future");
    let lines = room.breach(&["report", "--format", "json"]).out;
    let report: Value = serde_json::from_str(&lines).expect("a report");
    let text = report.to_string();
    assert!(
        text.contains("2026-11-22T09:30:00"),
        "the timeline stands at the moment that was said"
    );
}

#[test]
fn what_is_left_of_a_batch_is_counted_from_the_people_on_record() {
    let room = Room::new();
    room.open();
    for (name, value) in [("people_affected", "US-MD 10"), ("persons_affected", "10")] {
        assert_eq!(room.breach(&["fact", "set", name, value]).exit, Some(0), "{name}");
    }
    let sent = |n: &str, more: &[&str]| {
        room.breach(&[&["duties", "sent", "us-md.individuals", "--sent", n][..], more].concat()).err
    };
    assert!(sent("4", &[]).contains("Still to be told: 6"), "of ten");
    assert!(sent("5", &[]).contains("Still to be told: 1"), "the batch before counts");
    assert!(sent("1", &[]).contains("Recorded as sent."), "all ten");
    assert!(
        sent("1", &["--remaining", "3"]).contains("Still to be told: 3"),
        "what is given counts"
    );
}

#[test]
fn days_that_are_counted_where_the_machine_is_say_so() {
    let room = Room::new();
    let facts = [
        "people_affected=DE 50",
        "entity_kinds=critical-infrastructure, eu-financial-entity",
        "home_country=CH",
        "aware=2026-11-21 03:40",
        "classified_major=2026-11-21 05:00",
    ];
    let mut arguments = vec!["duties", "--at", "2026-11-21 06:00", "--format", "json"];
    arguments.extend(facts.iter().flat_map(|fact| ["--set", fact]));
    let shown = json(&room.breach(&arguments));
    let initial = duty(&shown, "eu-dora.initial");
    assert_eq!(initial["zone_assumed"], true, "{initial}");
    arguments.truncate(3);
    arguments.extend(facts.iter().flat_map(|fact| ["--set", fact]));
    let page = room.breach(&arguments).out;
    assert!(page.contains("`entity_zone` is not recorded"), "{page}");
    let explained = room.breach(&[&arguments[..], &["--explain", "eu-dora.final"]].concat()).out;
    let words = flowed(&explained);
    assert!(words.contains("because `entity_zone` is not recorded"), "{explained}");
    let explained = room.breach(&[&arguments[..], &["--explain", "eu-dora.initial"]].concat()).out;
    assert!(explained.contains("the other limit, 24 hours from `aware`"), "{explained}");
    arguments.extend(["--set", "entity_zone=Europe/Berlin"]);
    let page = room.breach(&arguments).out;
    assert!(!page.contains("`entity_zone` is not recorded"), "{page}");
    let wrong = room.breach(&["duties", "--set", "entity_zone=Berlin"]);
    assert_eq!(wrong.exit, Some(2));
    assert!(wrong.err.contains("did you mean `Europe/Berlin`?"), "{}", wrong.err);
}

#[test]
fn a_start_after_the_moment_that_is_asked_about_is_told() {
    let ran = ask(&Room::new(), &["--set", "aware=2026-11-24 10:00"]);
    assert!(
        ran.err.contains("`aware` (Tue 24 Nov 2026 10:00 +00:00) is after the time"),
        "{}",
        ran.err
    );
}

#[test]
fn a_count_that_runs_past_its_calendar_says_so_where_the_date_stands() {
    let room = Room::new();
    let more = ["--set", "known=2032-11-20"];
    let shown = json(&ask(&room, &[&more[..], &["--format", "json"]].concat()));
    let last = duty(&shown, "jp-appi.final");
    assert_eq!(last["beyond_calendar"], "japan", "{last}");
    let page = ask(&room, &more).out;
    let words = flowed(&page);
    assert!(words.contains("holidays not known that far (`japan`)"), "{page}");
    let steps = ask(&room, &[&more[..], &["--explain", "jp-appi.final"]].concat()).out;
    assert!(steps.contains("the calendar `japan` does not go that far"), "{steps}");
}

#[test]
fn an_explanation_says_why_by_whose_word_and_what_would_change_it() {
    let room = aware();
    let page = now(&room, &["--explain", "eu-gdpr.33-1"]).out;
    let words = flowed(&page);
    for said in [
        "Owed, on these facts: ",
        "Its clock runs from `aware`, Sat 21 Nov 2026 03:40 +00:00.",
        "It is due Tue 24 Nov 2026 03:40 +00:00.",
        "What triggered it",
        "decided by Kim (counsel), recorded",
        "its clock: Sat 21 Nov 2026 03:40 +00:00 (`aware`)",
        "if “A risk is unlikely”: not owed (lifted by this: unlikely to result in a risk (Art. 33(1)))",
        "if “Processor for others”: not owed",
        "not later than 72 hours after having become aware of it",
    ] {
        assert!(words.contains(said), "{said}: {page}");
    }
    let untested = now(&room, &["--explain", "pci-dss.12-10-1"]).out;
    assert!(!untested.contains("=> yes: there is no test"), "{untested}");
}

#[test]
fn a_law_that_began_after_the_clock_started_is_no_clean_bill() {
    let room = Room::new();
    let set = ["--set", "people_affected=FR 7, US-AL 9", "--set", "aware=2017-05-05 09:00"];
    let page = |at: &str| room.breach(&[&["duties", "--at", at][..], &set].concat()).out;
    let words = page("2026-11-23 03:00").replace("\n  ", " ");
    assert!(words.contains("eu-gdpr from 2018-05-25"), "{words}");
    assert!(words.contains("us-al from 2018-06-01"), "{words}");
    assert!(words.contains("Whether others applied before is not known here"), "{words}");
    // That nothing known here applied then is no proof that nothing did.
    let then = page("2017-05-08 03:00").replace("\n  ", " ");
    assert!(then.contains("eu-gdpr from 2018-05-25"), "{then}");
    let now =
        room.breach(&["duties", "--set", "people_affected=FR 7, IN 3", "--set", "aware=yesterday"]);
    assert!(!now.out.contains("began only after"), "{now:?}");
}

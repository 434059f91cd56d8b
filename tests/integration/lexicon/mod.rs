//! Documents that the program writes are held against the schemas that it prints: none uses a word
//! that its schema does not name, and every word that a schema names occurs in some document.

mod held;

use breach::fact::{Precision, When};
use breach::incident::event::{FactSet, Outcome};
use breach::phase::Phase;
use breach::report::Audience;
use serde_json::Value;

use held::{Held, told};

use super::cli::room::Room;
use super::log::schema::lines;
use super::report::case::{Case, skimmed};
use super::report::dealings::entangled;
use super::report::published::Published;
use super::report::standing::damaged;

fn json(room: &Room, command: &[&str]) -> Value {
    let ran = room.breach(command);
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

/// Runs commands that must end well.
fn all(room: &Room, commands: &[&[&str]]) {
    for command in commands {
        let ran = room.breach(command);
        assert_eq!(ran.exit, Some(0), "{command:?}: {ran:?}");
    }
}

/// An incident in which every command that chooses a word chose each.
fn worded() -> Room {
    let room = Room::new();
    room.open();
    all(
        &room,
        &[
            &["action", "add", "Watch scripts", "--owner", "Priya", "--as", "Ada"],
            &[
                "fact",
                "set",
                "aware",
                "2020-01-02 10:00",
                "--by",
                "Kim",
                "--role",
                "counsel",
                "--why",
                "x",
            ],
            &[
                "fact",
                "set",
                "aware",
                "2020-01-02 11:00",
                "--by",
                "Kim",
                "--role",
                "commander",
                "--why",
                "x",
            ],
        ],
    );
    let listed = json(&room, &["action", "list", "--format", "json"]);
    let id = listed["actions"][0]["id"].as_str().expect("a name");
    all(
        &room,
        &[
            &["action", "set", id, "--due", "2030-01-01"],
            &["action", "done", id],
            &["action", "reopen", id, "--reason", "x"],
            &["action", "drop", id, "--reason", "x"],
            &["action", "add", "Watch pages"],
        ],
    );
    let listed = json(&room, &["action", "list", "--format", "json"]);
    all(&room, &[&["action", "done", listed["actions"][0]["id"].as_str().expect("a name")]]);
    room.walk("j commands\nr look\n");
    for what in ["notice", "supplement", "correction", "substitute"] {
        let duty = if what == "substitute" { "eu-gdpr.34" } else { "eu-gdpr.33-1" };
        all(&room, &[&["duties", "sent", duty, "--what", what, "--reference", "x"]]);
    }
    for verb in ["waive", "resume", "asked", "answered", "delay"] {
        let mut command = vec!["duties", verb, "eu-gdpr.34", "--by", "Kim", "--reason", "x"];
        if matches!(verb, "asked" | "delay") {
            command.extend(["--until", "2099-01-01 10:00"]);
        }
        all(&room, &[&command]);
    }
    altered(&room);
    worded_by_a_team(&room);
    room
}

/// Every role that decides, and every reason that a step is blocked for.
fn worded_by_a_team(room: &Room) {
    for role in
        ["counsel", "commander", "executive", "deputy", "liaison", "expert", "responder", "scribe"]
    {
        let by = ["--by", "Kim", "--role", role, "--basis", "x", "--option", "y"];
        all(room, &[&[&["decide", "pay-ransom", "no"][..], &by].concat()]);
    }
    for why in ["offline-at-the-sweep", "no-access", "no-answer", "not-found", "in-use"] {
        all(room, &[&["step", "commands", "blocked", "--why", why]]);
    }
}

/// Evidence that is altered, verified, set aside, verified again, lost.
fn altered(room: &Room) {
    std::fs::write(room.path("a.log"), "a").expect("written");
    all(room, &[&["evidence", "add", "a.log"], &["evidence", "verify"]]);
    let digest = breach::digest::Digest::of(b"a").to_string();
    let chain = room.chains().remove(0);
    let folder = chain.parent().and_then(std::path::Path::parent).expect("the incident");
    let kept = folder.join("evidence/sha256").join(&digest[..2]).join(&digest);
    std::fs::remove_file(&kept).expect("removed");
    std::fs::write(&kept, "b").expect("written");
    assert_eq!(room.breach(&["evidence", "verify"]).exit, Some(4));
    all(room, &[&["evidence", "add", "a.log"], &["evidence", "verify"]]);
    std::fs::write(room.path("b.log"), "b").expect("written");
    all(room, &[&["evidence", "add", "b.log", "--in-place"]]);
    std::fs::remove_file(room.path("b.log")).expect("removed");
    let verdicts = json(room, &["evidence", "verify", "--format", "json"]);
    let mut verdicts = verdicts["exhibits"].as_array().expect("exhibits").iter();
    let lost = verdicts.find(|one| one["title"] == "b.log").expect("the exhibit");
    assert_eq!(lost["verdict"], "missing");
}

/// Facts, steps and phases in every form that they can have.
fn varied() -> Case {
    let mut case = Case::new();
    case.open("Everything")
        .fact("people_affected", "DE 1200")
        .fact("establishment", "one-state")
        .fact("controller_or_processor", "controller")
        .fact("occurred", "2018-06")
        .fact("first_signal", "2018-08-20 to 2018-08-22")
        .fact("detected", "2018-08-21 22h")
        .fact("taken_up_at", "2018-08-21 23h")
        .fact("contained_at", "2018-08-20 22:58:30 +01:00");
    for count in ["10", "about 10", "at most 10", "at least 10"] {
        case.fact("persons_affected", count);
    }
    for phase in Phase::ALL {
        let id = if phase == Phase::Preparation { "readiness" } else { "generic" };
        case.pin(phase, id);
    }
    for (number, outcome) in OUTCOMES.into_iter().enumerate() {
        case.step(&format!("containment/step-{number}"), outcome, "x");
    }
    case.privileged = true;
    case.step("post-mortem/convene-review", Outcome::Done, "x").decide(
        "aware",
        "2018-08-21 22:58 +01:00",
        "Kim",
        "x",
    );
    case.privileged = false;
    case.sent("eu-gdpr.33-1", "2018-09-01 12:00Z", "BfDI", None).sent(
        "us-ca.individuals",
        "2018-09-01",
        "nobody there",
        None,
    );
    // No notice has told of what counsel decides later.
    case.privileged = true;
    case.decide("aware", "2018-08-21 22:59 +01:00", "Kim", "x");
    case.privileged = false;
    case
}

const OUTCOMES: [Outcome; 6] = [
    Outcome::Done,
    Outcome::Skipped,
    Outcome::NotApplicable,
    Outcome::Blocked,
    Outcome::Waiting,
    Outcome::Assigned,
];

/// Duties of one law, told at that moment, on the day on which that was too early or too coarse.
fn told_at(aware: &str, sent: Option<&str>) -> Case {
    let mut case = Case::new();
    case.fact("people_affected", "DE 1200")
        .fact("establishment", "one-state")
        .fact("controller_or_processor", "controller");
    if !aware.is_empty() {
        case.fact("aware", aware);
    }
    let at = "2018-01-01T00:00:00Z".parse::<chrono::DateTime<chrono::FixedOffset>>();
    let at = at.expect("a moment");
    let latest = at + chrono::TimeDelta::days(365);
    let year = When { earliest: at, latest, precision: Precision::Year };
    case.draft(FactSet::new("occurred", breach::fact::Value::Time(year)));
    // It was never contained, and somebody says so.
    case.draft(FactSet::new("contained_at", breach::fact::Value::None));
    if let Some(sent) = sent {
        case.at("2018-09-09T20:00:00Z").sent("eu-gdpr.33-1", sent, "BfDI", None);
    }
    case
}

/// A notice that nobody owed, a duty whose law is partly from memory, and one whose time was not read.
fn needless() -> Case {
    let mut case = Case::new();
    case.fact("people_affected", "DE 1200, HK 40, NG 10")
        .fact("controller_or_processor", "both")
        .fact("entity_kinds", "critical-infrastructure")
        .fact("critical_infrastructure_in", "hong-kong")
        .fact("hk_serious_incident", "yes")
        .fact("aware", "2026-03-05 12:00Z");
    case.at("2026-03-05T20:00:00Z").sent("us-tx.regulator", "2026-03-05", "Attorney General", None);
    case
}

#[test]
fn every_word_of_the_log_is_written() {
    let mut held = Held::new(breach::log::schema());
    for line in lines() {
        held.hold(&line);
    }
    for (kind, _) in breach::incident::event::RESERVED {
        let mut line = lines().remove(1);
        line["kind"] = kind.into();
        line["body"] = serde_json::json!({});
        held.hold(&line);
    }
    let published = Published::new("ba-2018");
    for entry in
        worded().entries().into_iter().chain(varied().room.entries()).chain(published.entries())
    {
        held.hold(&entry);
    }
    // Asks for a terminal of its own.
    told(&held, &[("AnswersFrom", "terminal")]);
}

#[test]
fn a_word_of_another_version_is_kept_and_fits() {
    let open = jsonschema::validator_for(&breach::log::schema()).expect("a schema");
    let mut tried = 0;
    for line in lines() {
        for key in ["what", "action", "role", "how", "clock_sync", "checkpoints", "answers_from"] {
            let mut later = line.clone();
            let Some(word) = later["body"].get_mut(key).filter(|word| word.is_string()) else {
                continue;
            };
            *word = "von später".into();
            let body = later["body"].to_string();
            let kind = line["kind"].as_str().expect("a kind");
            let read = breach::incident::event::Event::read(kind, &body);
            // Nobody's role and no action item has a name of ours only.
            let is_theirs = [("action", "action"), ("decision", "role")].contains(&(kind, key));
            assert_eq!(read.is_whole, is_theirs, "{kind}: `{key}`");
            let again = read.event.body().expect("JSON");
            let again: Value = serde_json::from_str(&again).expect("JSON");
            assert_eq!(again, later["body"], "{kind}");
            assert!(open.is_valid(&later), "{later}");
            tried += 1;
        }
    }
    assert!(tried > 6, "{tried}");
}

/// The report on an incident, and the one on all incidents of its home.
fn reports(room: &Room, audience: &str, one: &mut Held, many: &mut Held) {
    one.hold(&json(room, &["report", "--format", "json", "--audience", audience]));
    many.hold(&json(room, &["report", "--all", "--format", "json", "--audience", audience]));
}

#[test]
fn every_word_of_reports_occurs_in_one() {
    let mut one = Held::new(breach::report::schema());
    let mut many = Held::new(breach::report::across_schema());
    let cases = vec![
        skimmed(),
        entangled(true),
        damaged(),
        // In time, nobody knows whether in time, before it began, open, late, not begun.
        told_at("2018-09-05 12:00Z", Some("2018-09-08")),
        told_at("2018-09-05 20:00Z", Some("2018-09-01 20:00Z")),
        told_at("2018-09-05 20:00Z", None),
        told_at("2018-08-05 20:00Z", None),
        told_at("", None),
        needless(),
    ];
    for case in &cases {
        reports(&case.room, "internal", &mut one, &mut many);
    }
    let varied = varied();
    for audience in Audience::ALL.map(Audience::as_str) {
        reports(&varied.room, audience, &mut one, &mut many);
    }
    let room = worded();
    for tlp in ["red", "amber+strict", "amber", "green", "clear"] {
        one.hold(&json(&room, &["report", "--format", "json", "--tlp", tlp]));
    }
    told(&one, &[]);
    // Only open items are listed across incidents.
    told(&many, &[("ActionState", "done"), ("ActionState", "dropped")]);
}

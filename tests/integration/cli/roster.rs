//! `breach roster`: begun, filled in, checked, and shown where a step needs somebody.

use super::room::{Room, flowed};

pub(super) const ROSTER: &str = r#"schema = 1
organisation = "Example Shop"
reviewed-on = 2999-01-01
channel = "Bridge of the insurer"

[[contact]]
part = "commander"
name = "Ada Lovelace"
phone = ["+44 20 7946 0001"]

[[contact]]
part = "deputy"
name = "Bo"
phone = ["+44 20 7946 0002"]

[[contact]]
part = "counsel"
name = "Cy"
organisation = "Law LLP"
phone = ["+44 20 7946 0003", "+44 20 7946 0013"]

[[contact]]
part = "insurer"
name = "Hotline"
phone = ["+44 20 7946 0004"]
hours = "day and night"
reference = "policy 4711"

[[contact]]
part = "acquirer"
name = "Desk"
phone = ["+44 20 7946 0005"]

[[contact]]
part = "forensics"
name = "Firm"
phone = ["+44 20 7946 0006"]

[[contact]]
part = "authority"
name = "Commissioner"
phone = ["+44 20 7946 0007"]
portal = "https://authority.example/report"

[[contact]]
part = "police"
name = "Unit"
phone = ["+44 20 7946 0008"]
"#;

pub(super) fn room(roster: &str) -> Room {
    let room = Room::new();
    std::fs::create_dir_all(room.home()).expect("a home");
    std::fs::write(room.home().join("roster.toml"), roster).expect("written");
    room
}

#[test]
fn one_is_begun_once_and_wants_to_be_filled_in() {
    let room = Room::new();
    assert_eq!(room.breach(&["roster", "show"]).exit, Some(2));
    let ran = room.breach(&["roster", "new"]);
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    let again = room.breach(&["roster", "new"]);
    assert_eq!(again.exit, Some(2), "{}", again.err);
    let ran = room.breach(&["roster", "check"]);
    assert_eq!(ran.exit, Some(3), "{}", ran.out);
    assert!(ran.out.matches("`name` is empty").count() >= 8, "{}", ran.out);
    assert_eq!(room.breach(&["roster", "show"]).exit, Some(3));
}

#[test]
fn a_whole_one_is_silent_and_what_is_missing_is_named() {
    let whole = room(ROSTER);
    let ran = whole.breach(&["roster", "check"]);
    assert_eq!((ran.exit, ran.out.as_str()), (Some(0), ""), "{}", ran.err);
    for (right, wrong, says) in [
        ("part = \"police\"", "part = \"supplier\"", "the roster has no `police`"),
        ("phone = [\"+44 20 7946 0008\"]", "", "`Unit` has no phone number"),
        ("channel = \"Bridge of the insurer\"", "", "names no out-of-band channel"),
        ("2999-01-01", "2020-01-01", "nobody has tried the numbers since 2020-01-01"),
        ("part = \"police\"", "part = \"polize\"", "did you mean `police`?"),
    ] {
        assert!(ROSTER.contains(right), "{right}");
        let room = room(&ROSTER.replace(right, wrong));
        let ran = room.breach(&["roster", "check"]);
        assert_eq!(ran.exit, Some(3), "{wrong}");
        assert!(ran.out.contains(says), "{says}: {}", ran.out);
    }
    let elsewhere = whole.breach(&["roster", "check", "gone.toml"]);
    assert_eq!(elsewhere.exit, Some(2), "{}", elsewhere.err);
}

#[test]
fn it_is_shown_to_people_and_to_machines() {
    let room = room(&ROSTER.replace("Unit", "Unit\\u001b[2J"));
    let ran = room.breach(&["roster", "show"]);
    assert!(ran.out.contains("Cy, Law LLP, +44 20 7946 0003 or +44 20 7946 0013"), "{}", ran.out);
    assert!(!ran.out.contains('\u{1b}'), "{}", ran.out);
    let ran = room.breach(&["roster", "show", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(value["contacts"][3]["reference"], "policy 4711");
    assert_eq!(value["contacts"].as_array().map(Vec::len), Some(8));
}

#[test]
fn a_step_shows_whom_to_call() {
    let playbook =
        super::room::PLAYBOOK.replacen("[[step]]", "[[step]]\ncall = [\"insurer\", \"press\"]", 1);
    for (roster, says) in [
        (ROSTER, "Call insurer: Hotline, +44 20 7946 0004, day and night, reference policy 4711"),
        (ROSTER, "Call press: not on the roster"),
        ("broken", "Call the insurer"),
    ] {
        let room = room(roster);
        std::fs::write(room.playbook(), &playbook).expect("written");
        let ran = room.open();
        let shown = flowed(&ran.err);
        assert!(shown.contains(says), "{says}: {}", ran.err);
    }
}

//! `breach prepare`: a review beside the incidents, graded and compared with the one before.

use serde_json::Value;

use super::room::Room;

const REVIEW: &str = r#"schema = 1
id = "small"
phase = "preparation"
title = "A small review"
version = "1.0.0"
owner = "security"
reviewed-on = 2026-11-20
summary = "Two areas."

[fact.ready_plan]
title = "Plan"
ask = "Is there a plan?"
type = "choice"
[fact.ready_plan.options]
proven = "There and tried"
in-place = "There"
absent = "Not there"
[fact.ready_plan.next]
in-place = "Run a drill"
absent = "Print one"

[fact.ready_backups]
title = "Backups"
ask = "Are there backups?"
type = "choice"
[fact.ready_backups.options]
proven = "Restored"
absent = "Not there"
[fact.ready_backups.next]
absent = "Take one"

[[step]]
id = "grade-plan"
title = "Grade the plan"
why = "It counts."
do = "Look."
role = "deputy"
ask = ["ready_plan"]

[[step]]
id = "grade-backups"
title = "Grade the backups"
why = "They count."
do = "Restore one."
role = "expert"
ask = ["ready_backups"]
"#;

fn room() -> Room {
    let room = Room::new();
    std::fs::write(room.path("review.toml"), REVIEW).expect("written");
    room
}

fn prepare(room: &Room, more: &[&str], lines: &str) -> super::room::Ran {
    let all = [&["prepare", "--playbook", "review.toml", "--as", "Ada"], more].concat();
    room.pipe(&all, lines.as_bytes())
}

fn json(room: &Room) -> Value {
    let ran = room.breach(&["prepare", "--show", "--format", "json"]);
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    serde_json::from_str(&ran.out).expect("JSON")
}

#[test]
fn a_review_stops_goes_on_and_is_graded() {
    let room = room();
    assert_eq!(room.breach(&["prepare", "--show"]).exit, Some(2));
    let ran = prepare(&room, &[], "d\nin-place\n");
    assert_eq!(ran.exit, Some(6), "{}", ran.err);
    assert!(ran.said().contains("Continue: breach prepare"), "{}", ran.err);
    let ran = prepare(&room, &[], "d\nabsent\n");
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    assert!(ran.out.contains("1 of 3 points"), "{}", ran.out);
    let todo = ran.out.split("weakest area first:\n").nth(1).expect("what to do");
    assert_eq!(todo, "- Backups: Take one\n- Plan: Run a drill\n");
    assert!(room.breach(&["status"]).err.contains("No incident is open"));
    assert!(room.chains().is_empty(), "no incident");
    let name = json(&room)["review"].as_str().expect("a name").to_owned();
    let log = room.breach(&["log", "show", "--incident", &name]);
    assert!(log.out.contains("done"), "{log:?}");
    assert_eq!(room.breach(&["log", "verify", "--incident", &name]).exit, Some(0));
    assert_eq!(room.breach(&["contain", "--incident", &name]).exit, Some(2), "it is none");
}

#[test]
fn the_next_review_is_compared_with_the_one_before() {
    let room = room();
    assert_eq!(prepare(&room, &[], "d\nabsent\nd\nproven\n").exit, Some(0));
    let ran = prepare(&room, &[], "d\nproven\nd\nunknown\n");
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    let shown = json(&room);
    assert_eq!((&shown["points"], &shown["most"]), (&2.into(), &3.into()));
    assert_eq!(shown["before"]["points"], 1);
    let areas = shown["areas"].as_array().expect("areas");
    assert_eq!((&areas[0]["grade"], &areas[0]["before"]), (&"proven".into(), &0.into()));
    assert_eq!(areas[0]["next"], Value::Null);
    assert_eq!((&areas[1]["grade"], &areas[1]["before"]), (&Value::Null, &1.into()));
    assert!(areas[1]["next"].as_str().expect("a text").starts_with("Find out"));
}

#[test]
fn a_rehearsal_of_the_questions_writes_nothing() {
    let room = room();
    let ran = room.breach(&["prepare", "--playbook", "review.toml", "--dry-run"]);
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    assert!(ran.out.contains("Grade the backups"), "{}", ran.out);
    assert!(!room.home().exists());
}

#[test]
fn what_comes_next_belongs_to_an_option() {
    let room = room();
    let text = REVIEW.replace("absent = \"Take one\"", "absnt = \"Take one\"");
    std::fs::write(room.path("review.toml"), text).expect("written");
    let ran = room.breach(&["playbook", "check", "review.toml"]);
    assert_eq!(ran.exit, Some(3), "{}", ran.out);
    assert!(ran.out.contains("there is no option `absnt`"), "{}", ran.out);
}

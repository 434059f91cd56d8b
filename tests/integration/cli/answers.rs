//! Walks from an answers file.

use super::room::{PLAYBOOK, Room};

const ANSWERS: &str = r#"
[opening]
title = "From a file"
first_signal = "2018-09-05 20:45Z"
incident_kind = "web-skimming"

[fact]
boxes = ["web-01", "web, the second"]
leaking = false

[step.name-boxes]
outcome = "done"
text = "named"
at = "2026-11-23 02:40"

[step.image]
outcome = "done"
evidence = { disk-image = "aws:snap-1" }

[step.image.item.web-01]
outcome = "skipped"
reason = "the host is gone"

[step.wipe]
outcome = "done"
confirm = { destroy = "destroy" }

[step.commands]
outcome = "done"
run = ["look", "change"]
note = ["ran what was needed"]
confirm = { change = "change" }
"#;

fn walk(room: &Room, answers: &str) -> super::room::Ran {
    let file = room.path("answers.toml");
    std::fs::write(&file, answers).expect("written");
    let playbook = room.playbook();
    let arguments = [
        "contain",
        "--as",
        "Ada",
        "--playbook",
        playbook.to_str().expect("text"),
        "--answers",
        file.to_str().expect("text"),
    ];
    room.breach(&arguments)
}

#[test]
fn a_file_walks_to_the_end() {
    let room = Room::new();
    let ran = walk(&room, ANSWERS);
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    let outcomes = room.bodies("step-outcome");
    assert_eq!(outcomes[1]["outcome"], "skipped");
    assert_eq!(outcomes[1]["text"], "the host is gone");
    assert_eq!(outcomes[2]["item"], "web, the second");
    assert_eq!(room.entries().iter().filter(|entry| entry["occurred"].is_object()).count(), 2);
    assert!(room.path("changed").exists());
    assert_eq!(room.bodies("note").len(), 3);
    room.verify();
}

#[test]
fn an_answer_that_nobody_asked_for_is_an_error_with_its_place() {
    let room = Room::new();
    let ran = walk(&room, &format!("{ANSWERS}\n[step.no-such-step]\noutcome = \"done\"\n"));
    assert_eq!(ran.exit, Some(2), "{}", ran.err);
    assert!(
        ran.err.contains("step.no-such-step") && ran.err.contains("answers.toml:34"),
        "{}",
        ran.err
    );
}

#[test]
fn evidence_that_nobody_asked_for_is_an_error_with_its_place() {
    let room = Room::new();
    let ran = walk(&room, &ANSWERS.replace("disk-image", "disk-imgae"));
    assert_eq!(ran.exit, Some(2), "{}", ran.err);
    assert!(
        ran.err.contains("step.image.evidence.disk-imgae") && ran.err.contains("answers.toml:18"),
        "{}",
        ran.err
    );
    assert_eq!(room.bodies("step-outcome").len(), 6, "what was walked is kept");
    room.verify();
}

#[test]
fn a_missing_answer_stops_the_walk_and_keeps_the_rest() {
    let room = Room::new();
    let without = ANSWERS.replace("[step.commands]", "[step.others]");
    let ran = walk(&room, &without);
    assert_eq!(ran.exit, Some(6), "{}", ran.err);
    assert!(ran.err.contains("no answer for `step.commands`"), "{}", ran.err);
    assert_eq!(room.bodies("step-outcome").len(), 5);
    room.verify();
}

#[test]
fn every_mistake_in_the_file_is_shown_before_anything_starts() {
    let room = Room::new();
    let ran = walk(&room, "[step.x]\noutcome = \"maybe\"\ncolour = 1\n[fcat]\n");
    assert_eq!(ran.exit, Some(2), "{}", ran.err);
    for place in ["answers.toml:2:", "answers.toml:3:", "answers.toml:4:"] {
        assert!(ran.err.contains(place), "{place}: {}", ran.err);
    }
    assert!(!room.home().exists());
}

#[test]
fn an_answer_that_changes_nothing_ends_the_run() {
    for (old, new, step) in [
        ("\"look\", \"change\"", "\"look\", \"no-such\", \"change\"", "step.commands"),
        ("2026-11-23 02:40", "half past never", "step.name-boxes"),
        ("leaking = false", "leaking = \"a little\"", "fact.leaking"),
    ] {
        let room = Room::new();
        let ran = walk(&room, &ANSWERS.replace(old, new));
        assert_eq!(ran.exit, Some(6), "{new}: {}", ran.err);
        assert!(ran.err.contains(step) && ran.err.contains("was refused"), "{}", ran.err);
        assert!(!room.path("changed").exists());
    }
}

#[test]
fn the_same_file_goes_on_where_it_was_cut_off() {
    let room = Room::new();
    let first = ANSWERS.split("[step.wipe]").next().expect("a beginning");
    assert_eq!(walk(&room, first).exit, Some(6));
    let before = room.bodies("step-outcome").len();
    let ran = walk(&room, ANSWERS);
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    assert_eq!(room.bodies("opened").len(), 1);
    assert!(room.bodies("step-outcome").len() > before);
    assert_eq!(walk(&room, ANSWERS).exit, Some(0), "nothing is left to say");
    room.verify();
}

#[test]
fn every_answer_that_is_missing_is_named_in_one_run() {
    let room = Room::new();
    let without = ANSWERS
        .replace("[step.commands]", "[step.others]")
        .replace("leaking = false", "leaking = true");
    let (head, tail) = without.split_once("[step.wipe]").expect("a step");
    let tail = tail.split_once("\n[").expect("another step").1;
    let ran = walk(&room, &format!("{head}[{tail}"));
    assert_eq!(ran.exit, Some(6), "{}", ran.err);
    let lacks = "all that it lacks, as far as is known now: `step.wipe`, `step.commands` and `step.stop-leak`";
    assert!(ran.said().contains(lacks), "{}", ran.err);
    assert_eq!(room.bodies("step-outcome").len(), 3, "what it answers is kept");
    room.verify();
}

#[test]
fn what_a_determination_lacks_is_named_with_the_rest() {
    let room = Room::new();
    let playbook = room.path("decided.toml");
    let decided =
        PLAYBOOK.replace("title = \"Run commands\"", "title = \"Run commands\"\nask = [\"aware\"]");
    std::fs::write(&playbook, decided).expect("written");
    let answers = room.path("decided.answers.toml");
    let said = ANSWERS.split_once("[step.wipe]").expect("a step").0;
    let said = format!("{said}\n[fact.aware]\nvalue = \"02:40\"\nby = \"Nora\"\n");
    std::fs::write(&answers, said).expect("written");
    let words = ["contain", "--playbook", "decided.toml", "--answers", "decided.answers.toml"];
    let ran = room.breach(&words);
    assert_eq!(ran.exit, Some(6), "{ran:?}");
    let said = ran.said();
    assert!(said.contains("`fact.aware.role` and `fact.aware.basis`"), "{said}");
    assert!(!said.contains("`fact.aware.by`"), "{said}");
}

#[test]
fn an_answers_file_says_what_a_step_decides() {
    let room = crate::walk::team::with_a_decision();
    let walk = |decision: &str| {
        let answers = format!(
            "[opening]\ntitle = \"Script\"\n[fact]\nboxes = [\"web-01\"]\nleaking = false\n\
             [step.name-boxes]\noutcome = \"done\"\n[step.image]\noutcome = \"skipped\"\n\
             reason = \"x\"\n[step.wipe]\noutcome = \"skipped\"\nreason = \"x\"\n\
             [step.commands]\noutcome = \"skipped\"\nreason = \"x\"\n{decision}"
        );
        std::fs::write(room.path("answers.toml"), answers).expect("written");
        let playbook = room.playbook();
        let playbook = playbook.to_str().expect("text");
        room.breach(&[
            "contain",
            "--playbook",
            playbook,
            "--answers",
            "answers.toml",
            "--as",
            "Ada",
        ])
    };
    let pay = "[step.pay]\noutcome = \"done\"\n";
    let wrong = walk(&format!(
        "{pay}decision = {{ what = 3, by = \"Kim\", role = \"commander\", basis = \"x\" }}\n"
    ));
    assert!(wrong.said().contains("step.pay.decision.what"), "{wrong:?}");
    assert!(room.bodies("decision").is_empty());
    let ran = walk(&format!(
        "{pay}decision = {{ what = 2, by = \"Kim\", basis = \"backups restore\", dissent = \"Bo\" }}\n"
    ));
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let body = &room.bodies("decision")[0];
    for (field, value) in [
        ("decided", "do not pay"),
        ("by", "Kim"),
        ("role", "commander"),
        ("basis", "backups restore"),
        ("dissent", "Bo"),
    ] {
        assert_eq!(body[field], value, "{body}");
    }
    room.verify();
}

#[test]
fn a_decision_of_a_step_that_decides_nothing_is_an_answer_nobody_asked_for() {
    let room = Room::new();
    let decides = "text = \"named\"\ndecision = { what = \"x\", by = \"Kim\", basis = \"y\" }";
    let ran = walk(&room, &ANSWERS.replace("text = \"named\"", decides));
    assert!(ran.said().contains("step.name-boxes.decision"), "{ran:?}");
    assert!(room.bodies("decision").is_empty());
}

#[test]
fn a_template_is_printed_and_what_the_opening_asks_may_stand_with_the_facts() {
    let room = Room::new();
    let playbook = room.playbook();
    let playbook = playbook.to_str().expect("text");
    let ran = room.breach(&["contain", "--playbook", playbook, "--answers-template"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    for said in ["[opening]", "boxes", "leaking", "[step.image]"] {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
    assert!(!room.home().join("incidents").exists(), "nothing is written");
    let opening = "first_signal = \"2018-09-05 20:45Z\"\nincident_kind = \"web-skimming\"\n";
    let moved = ANSWERS.replace(opening, "").replace("[fact]\n", &format!("[fact]\n{opening}"));
    assert!(moved.contains(opening), "{moved}");
    assert_eq!(walk(&room, &moved).exit, Some(0));
    let said = room.breach(&["fact", "show", "first_signal"]).out;
    assert!(said.contains("5 Sep 2018"), "{said}");
    room.verify();
}

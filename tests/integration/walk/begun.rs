//! Answers are not lost, and anything that changed since is asked again: moments, lists, states.

use breach::clock::Clock as _;
use breach::fact::{FactType, Value, Vocabulary};
use breach::incident::event::Event;
use breach::output::Screen;
use breach::output::card::Beside;
use breach::walk::{QuestionPart, Walk};

use super::driver::{World, ask, end, here, last_outcome, type_in};
use super::{step, steps, steps_of_schema};
use crate::cli::room::{Room, flowed};
use crate::paper::Paper;
use crate::terminal::{answer, contain, exit, open};

/// When the last outcome happened, if a time was given.
fn occurred(world: &World) -> Option<String> {
    let outcome =
        |draft: &&breach::incident::event::Draft| matches!(draft.event, Event::StepOutcome(_));
    let last = world.drafts.iter().rev().find(outcome).expect("an outcome");
    last.occurred.as_ref().map(|when| when.earliest.format("%H:%M").to_string())
}

#[test]
fn a_moment_whose_question_was_left_is_offered_again() {
    let ask_one = "ask = [\"leaking\"]";
    let (playbook, vocabulary) =
        steps(&[step("a", ask_one), step("b", ""), step("c", ""), step("d", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["d @02:40", "<"]);
    assert!(world.said.last().expect("said").contains("02:40"), "{:?}", world.said);
    // Another step does not get the moment.
    type_in(&mut walk, &mut world, &["j b", "d", "j a", "d"]);
    assert_eq!(occurred(&world), None);
    type_in(&mut walk, &mut world, &["y", "yes"]);
    assert_eq!(occurred(&world).as_deref(), Some("02:40"));
    for (reply, when) in [("n", None), ("", Some("02:50")), ("y", Some("02:50"))] {
        type_in(&mut walk, &mut world, &["open c", "s @02:50", "<", "s", reply, "no time"]);
        assert_eq!(occurred(&world).as_deref(), when, "after {reply:?}");
        type_in(&mut walk, &mut world, &["j c"]);
    }
}

#[test]
fn a_moment_of_some_items_is_offered_for_them() {
    let (playbook, vocabulary) = steps(&step("image", "for-each = \"boxes\""));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "boxes", "web-01, web-02");
    type_in(&mut walk, &mut world, &["d @02:40", "<", "d web-01", "y"]);
    assert_eq!(last_outcome(&world).item.as_deref(), Some("web-01"));
    assert_eq!(occurred(&world).as_deref(), Some("02:40"));
    type_in(&mut walk, &mut world, &["d web-02"]);
    assert_eq!(occurred(&world), None, "it was used");
}

#[test]
fn what_a_step_changes_is_asked_again_and_nothing_else() {
    let again = "ask = [\"target\"]\nask-again = [\"leaking\"]";
    let all = [step("one", "ask = [\"leaking\", \"target\"]"), step("two", again)].concat();
    let (playbook, vocabulary) = steps_of_schema(2, &all);
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["d", "yes", "shop", "d"]);
    let question = ask(&mut walk, &world).expect("a question");
    assert_eq!(question.key.part, QuestionPart::Fact("leaking".to_owned()));
    assert!(question.lines[0].ends_with(" Now: yes. Enter keeps it."), "{question:?}");
    type_in(&mut walk, &mut world, &["no"]);
    assert_eq!(world.incident.fact_value("leaking"), Some(&Value::YesNo(false)));
    assert_eq!(here(&mut walk, &world), "end");
}

#[test]
fn a_comma_separates_names_and_is_a_part_of_a_phrase() {
    let world = World::new();
    for fact in Vocabulary::builtin().iter().filter(|fact| fact.kind == FactType::List) {
        let items = |answer: &str| {
            let understood = fact.parse(answer, &world.clock).expect("a list");
            let items = understood.value.items().expect("items").len();
            (items, !understood.remarks.is_empty())
        };
        let (one, remarked) = items("the log, 3 to 9 May");
        assert_eq!(
            (one, remarked),
            if fact.phrases { (1, true) } else { (2, false) },
            "{}",
            fact.name
        );
        assert_eq!(items("the log, 3 to 9 May; another").0, 3 - usize::from(fact.phrases));
    }
    let gaps = Vocabulary::builtin().get("log_gaps").expect("a fact");
    let quoted = gaps.parse("\"nginx, 3 to 9 May\", \"CDN\"", &world.clock).expect("a list");
    assert_eq!(quoted.value.items().expect("items"), ["nginx, 3 to 9 May", "CDN"]);
    assert!(quoted.remarks.is_empty(), "{quoted:?}");
    let phrases = Vocabulary::builtin().iter().filter(|fact| fact.phrases);
    assert!(phrases.count() >= 10);
}

#[test]
fn options_are_added_and_taken_off_like_items() {
    let room = Room::new();
    let ran = room.walk("f platforms + nginx\nf platforms + linux docker\nf platforms + abc\n");
    assert!(ran.said().contains("Platforms, added: linux and docker"), "{ran:?}");
    assert!(ran.said().contains("Not understood: `abc`"), "{ran:?}");
    let edit = |words: &[&str]| {
        let ran = room.breach(&[&["fact"], words].concat());
        assert_eq!(ran.exit, Some(0), "{words:?}: {ran:?}");
        ran.out
    };
    edit(&["remove", "platforms", "docker"]);
    edit(&["add", "platforms", "aws"]);
    let shown = edit(&["show", "platforms", "--format", "json"]);
    let shown: serde_json::Value = serde_json::from_str(&shown).expect("JSON");
    assert!(shown.to_string().contains(r#"["nginx","linux","aws"]"#), "{shown}");
    let text = room.breach(&["fact", "add", "evidence_place", "x"]);
    assert_eq!(text.exit, Some(2), "{text:?}");
    room.verify();
}

#[test]
fn facts_that_cannot_both_be_right_are_told_when_they_are_answered() {
    let room = Room::new();
    let ran = room.walk("f detected 2026-11-20 02:40\nf occurred 2026-11-21 02:40\nn on\n");
    let said = ran.said();
    assert!(
        said.contains(
            "warning: Incident began (`occurred`, Sat 21 Nov 2026 02:40 +00:00) is after"
        ),
        "{said}"
    );
    let set = room.breach(&["fact", "set", "contained_at", "2026-11-19 02:40"]);
    assert!(set.said().contains("is after Contained since (`contained_at`"), "{set:?}");
}

#[test]
fn after_undo_one_stands_where_it_was_said() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, "name-boxes, Ada> ", "d");
    answer(&mut session, "Which boxes?", "web-01, web-02");
    answer(&mut session, "Is it leaking?", "no");
    answer(&mut session, "image, Ada, 2 open> ", "u");
    session.exp_string("Taken back: name-boxes is done").expect("said");
    answer(&mut session, "name-boxes, Ada> ", "j commands");
    answer(&mut session, "commands, Ada> ", "n saw it");
    answer(&mut session, "commands, Ada> ", "j image");
    answer(&mut session, "image, Ada, 2 open> ", "u");
    answer(&mut session, "commands, Ada> ", "q");
    assert_eq!(exit(&mut session), Some(6));
    room.verify();
}

#[test]
fn the_line_above_a_card_has_the_whole_clock_and_says_why_steps_are_set_aside() {
    let all = ["a", "b", "c", "d"].map(|id| step(id, "within = \"20m\""));
    let (playbook, vocabulary) = steps(&all.concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["x no access", "w the bank", "w to Priya"]);
    let card = ask(&mut walk, &world).expect("a question").card.expect("a card");
    let clock = "us-ca.individuals-of-the-state 1234 h 59 min if owed";
    let beside = Beside { clock: Some(clock.to_owned()), ..Beside::default() };
    for width in [40, 60, 80, 100] {
        let paper = Paper::default();
        Screen::new(Box::new(paper.clone()), width).card(&card, &beside, world.clock.now().at);
        let shown = paper.plain();
        assert!(shown.lines().all(|line| line.chars().count() <= width), "{width}: {shown}");
        let flat = flowed(&shown);
        assert!(flat.contains(clock), "{width}: {shown}");
        assert!(flat.contains("4 of 4"), "{width}: {shown}");
    }
    let paper = Paper::default();
    Screen::new(Box::new(paper.clone()), 100).card(&card, &Beside::default(), world.clock.now().at);
    let shown = paper.plain();
    assert!(shown.contains("| 1 waiting, 1 assigned, 1 blocked"), "{shown}");
}

#[test]
fn a_phase_counts_its_steps_as_the_card_does() {
    let all = [step("a", ""), step("b", "when = \"leaking\""), step("c", "for-each = \"boxes\"")];
    let (playbook, vocabulary) = steps(&all.concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "leaking", "no");
    world.know(&vocabulary, "boxes", "none");
    let card = ask(&mut walk, &world).expect("a question").card.expect("a card");
    assert_eq!(card.position, (1, 3));
    type_in(&mut walk, &mut world, &["d"]);
    let summary = end(&mut walk, &world);
    assert_eq!(summary.steps, (3, 3), "{summary:?}");
    assert!(summary.is_complete());
}

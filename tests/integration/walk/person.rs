//! What a person at a keyboard may do in the middle of a question, half awake.

use breach::fact::Value;
use breach::incident::event::{Event, Outcome};
use breach::walk::Walk;

use super::driver::{World, ask, end, here, last_outcome, type_in};
use super::{COMMANDS, intents, step, steps};

fn notes(world: &World) -> Vec<&str> {
    world
        .drafts
        .iter()
        .filter_map(|draft| match &draft.event {
            Event::Note(note) => Some(note.text.as_str()),
            _ => None,
        })
        .collect()
}

#[test]
fn what_was_said_is_recorded_before_the_next_question() {
    let (playbook, vocabulary) = steps(&step("one", "ask = [\"leaking\"]"));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["d pulled the cable at the rack"]);
    assert_eq!(notes(&world), ["about to be called done: pulled the cable at the rack"]);
    type_in(&mut walk, &mut world, &["yes"]);
    assert_eq!(last_outcome(&world).text.as_deref(), Some("pulled the cable at the rack"));
}

#[test]
fn a_fact_can_be_left_and_records_nothing() {
    let (playbook, vocabulary) = steps(&step("one", "ask = [\"target\"]"));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["d", "<"]);
    assert_eq!(here(&mut walk, &world), "one");
    assert!(world.drafts.is_empty(), "{:?}", world.drafts);
    assert!(ask(&mut walk, &world).expect("a step").card.is_some());
    // At a question, words are answers.
    type_in(&mut walk, &mut world, &["d", "back"]);
    assert!(world.incident.facts.contains_key("target"));
}

#[test]
fn a_key_is_no_answer_to_a_question_for_text() {
    let (playbook, vocabulary) = steps(&step("one", "ask = [\"target\"]"));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    for key in ["d", "n", "q", "j one", "f target x"] {
        type_in(&mut walk, &mut world, &["d", key]);
        assert!(world.incident.facts.is_empty(), "{key}");
        walk.go_back(&world.clock);
    }
    type_in(&mut walk, &mut world, &["d", "= d"]);
    let target = world.incident.fact_value("target");
    assert_eq!(target, Some(&Value::Text("d".to_owned())));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, false), World::new());
    type_in(&mut walk, &mut world, &["d", "q"]);
    assert!(world.incident.facts.contains_key("target"), "a script means what it says");
}

#[test]
fn a_sentence_is_not_taken_for_the_key_it_begins_with() {
    let (playbook, vocabulary) = steps(&[step("one", ""), step("two", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["a second host is talking to it", "n", "y"]);
    assert_eq!(notes(&world), ["a second host is talking to it"]);
    assert_eq!(here(&mut walk, &world), "one");
}

#[test]
fn an_outcome_that_one_letter_recorded_is_said_and_taken_back() {
    let (playbook, vocabulary) = steps(&[step("one", ""), step("two", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["s no access"]);
    assert!(world.said.iter().any(|said| said == "one skipped"), "{:?}", world.said);
    type_in(&mut walk, &mut world, &["u"]);
    assert_eq!(here(&mut walk, &world), "two", "what is on the screen stays");
    type_in(&mut walk, &mut world, &["<"]);
    assert_eq!(here(&mut walk, &world), "one");
    assert!(world.incident.phases.values().all(|phase| phase.steps.is_empty()));
}

#[test]
fn a_command_that_was_only_looked_at_leaves_no_trace() {
    let (playbook, vocabulary) = steps(&step("one", COMMANDS));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "target", "web-01");
    let before = world.drafts.len();
    type_in(&mut walk, &mut world, &["c look", ""]);
    assert_eq!(world.drafts.len(), before);
    assert_eq!(here(&mut walk, &world), "one");
}

#[test]
fn a_finished_phase_can_be_walked_again() {
    let (playbook, vocabulary) = steps(&[step("one", ""), step("two", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["d", "d"]);
    end(&mut walk, &world);
    let mut again = Walk::new(&playbook, &vocabulary, true);
    assert!(ask(&mut again, &world).is_some());
    let mut script = Walk::new(&playbook, &vocabulary, false);
    assert!(end(&mut script, &world).is_complete(), "a script is not asked what it settled");
}

#[test]
fn a_command_of_a_destroying_step_waits_for_the_word_too() {
    let text = [
        step("image", "preserves = [\"disk\"]"),
        step("wipe", &format!("destroys = [\"disk\"]\n{COMMANDS}")),
    ];
    let (playbook, vocabulary) = steps(&text.concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "target", "web-01");
    type_in(&mut walk, &mut world, &["s no time", "r block", "yes", "r block", "block"]);
    assert_eq!(intents(&world), 0, "neither an agreement nor the command's name is the word");
    type_in(&mut walk, &mut world, &["r block", "destroy it spreads", "block"]);
    assert_eq!(intents(&world), 1);
    let note = notes(&world).pop().expect("why it may go");
    assert!(note.contains("Do image") && note.contains("it spreads"), "{note}");
    type_in(&mut walk, &mut world, &["d"]);
    assert_eq!(last_outcome(&world).outcome, Outcome::Done, "it was confirmed in this walk");
}

#[test]
fn evidence_that_is_owed_was_not_preserved() {
    let wants = "preserves = [\"disk\"]\nevidence = [{ id = \"image\", title = \"Disk\", required = true }]";
    let text = [step("image", wants), step("wipe", "destroys = [\"disk\"]")].concat();
    let (playbook, vocabulary) = steps(&text);
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["d", "", "d"]);
    let question = ask(&mut walk, &world).expect("a question");
    assert!(question.prompt.contains("destroy"), "{}", question.prompt);
}

//! One card for all items of a step, and lists that are edited.

use breach::fact::Value;
use breach::incident::event::{Event, Outcome, StepOutcome};
use breach::walk::Walk;

use super::driver::{World, ask, end, here, last_outcome, type_in};
use super::{step, steps};

const IMAGE: &str = "for-each = \"boxes\"";

fn outcomes(world: &World) -> Vec<StepOutcome> {
    let bodies = world.drafts.iter().filter_map(|draft| match &draft.event {
        Event::StepOutcome(body) => Some(body.clone()),
        _ => None,
    });
    bodies.collect()
}

fn boxes(world: &World) -> Vec<String> {
    match world.incident.fact_value("boxes") {
        Some(Value::List(items)) => items.clone(),
        other => panic!("{other:?}"),
    }
}

/// A walk at a step with three items.
macro_rules! three {
    ($walk:ident, $world:ident) => {
        let (playbook, vocabulary) = steps(&[step("image", IMAGE), step("next", "")].concat());
        let (mut $walk, mut $world) = (Walk::new(&playbook, &vocabulary, true), World::new());
        $world.know(&vocabulary, "boxes", "web-01, web-02, all");
    };
}

#[test]
fn an_act_on_many_items_is_one_entry_and_is_taken_back_as_one() {
    three!(walk, world);
    type_in(&mut walk, &mut world, &["d web-01 web-02: by hand"]);
    let body = last_outcome(&world);
    assert_eq!((body.item, body.items), (None, vec!["web-01".to_owned(), "web-02".to_owned()]));
    assert_eq!(body.text.as_deref(), Some("by hand"));
    assert_eq!(here(&mut walk, &world), "image", "one is open");
    type_in(&mut walk, &mut world, &["u"]);
    let card = ask(&mut walk, &world).and_then(|question| question.card).expect("a card");
    assert!(card.items.iter().all(|item| item.state == "open"), "{:?}", card.items);
    type_in(&mut walk, &mut world, &["s all except =all: gone", "w =all: to Priya, +30m"]);
    assert_eq!(outcomes(&world).len(), 3);
    assert_eq!(last_outcome(&world).outcome, Outcome::Assigned);
    assert_eq!(here(&mut walk, &world), "next");
}

#[test]
fn a_key_alone_asks_which_and_nothing_is_guessed() {
    three!(walk, world);
    type_in(&mut walk, &mut world, &["d", "web-09", "web-01"]);
    assert_eq!(last_outcome(&world).item.as_deref(), Some("web-01"));
    // A line that begins like an item and goes on is asked about, and recorded only then.
    let before = outcomes(&world).len();
    type_in(&mut walk, &mut world, &["d web-02 and the switch"]);
    let question = ask(&mut walk, &world).expect("a question");
    assert!(question.lines.iter().any(|line| line.contains("two ways")), "{:?}", question.lines);
    assert_eq!(outcomes(&world).len(), before);
    type_in(&mut walk, &mut world, &["<"]);
    assert_eq!(outcomes(&world).len(), before);
    type_in(&mut walk, &mut world, &["d web-02 and the switch", "2", "rest"]);
    let body = last_outcome(&world);
    assert_eq!(body.text.as_deref(), Some("web-02 and the switch"));
    assert_eq!(body.items, ["web-02", "all"]);
    type_in(&mut walk, &mut world, &["open image web-01"]);
    assert_eq!(here(&mut walk, &world), "image");
}

#[test]
fn lists_are_edited_and_dropping_is_asked() {
    three!(walk, world);
    type_in(&mut walk, &mut world, &["f boxes + web-03, \"a, b\""]);
    assert_eq!(boxes(&world), ["web-01", "web-02", "all", "web-03", "a, b"]);
    type_in(&mut walk, &mut world, &["f boxes - web-03", "f boxes - web-77", "<"]);
    assert_eq!(boxes(&world).len(), 4);
    type_in(&mut walk, &mut world, &["f boxes web-09", "n", "<"]);
    assert_eq!(boxes(&world).len(), 4, "nothing was dropped");
    type_in(&mut walk, &mut world, &["f boxes web-09", "y"]);
    assert_eq!(boxes(&world), ["web-09"]);
    type_in(&mut walk, &mut world, &["f Boxes", "= +x, web-09"]);
    assert_eq!(boxes(&world), ["+x", "web-09"], "an item may look like an edit");
    type_in(&mut walk, &mut world, &["f boxes = -y", "y"]);
    assert_eq!(boxes(&world), ["-y"], "also when it was asked back");
}

#[test]
fn a_moment_far_from_now_is_asked_back() {
    three!(walk, world);
    // It is 03:12; a watch that is ahead says 03:59, and nobody means the day before.
    for line in ["d @03:59 web-01: shut", "d @2026-11-20 22:40 web-01: shut"] {
        type_in(&mut walk, &mut world, &[line, "n"]);
        assert!(outcomes(&world).is_empty(), "{line}");
    }
    let before = outcomes(&world).len();
    type_in(&mut walk, &mut world, &["d @2026-11-20 22:40 web-01: shut", "y"]);
    assert_eq!(outcomes(&world).len(), before + 1);
    let at = world.drafts.last().and_then(|draft| draft.occurred.clone()).expect("a moment");
    assert_eq!(at.earliest.to_rfc3339(), "2026-11-20T22:40:00+01:00");
}

#[test]
fn a_step_that_waits_comes_up_when_its_time_has_come() {
    let again = "needs = [\"cut\"]\nafter = \"30m\"";
    let text = [step("cut", ""), step("look-again", again), step("other", "")].concat();
    let (playbook, vocabulary) = super::steps_of_schema(2, &text);
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["d"]);
    assert_eq!(here(&mut walk, &world), "other");
    type_in(&mut walk, &mut world, &["d"]);
    let summary = end(&mut walk, &world);
    assert!(!summary.is_complete());
    let next = summary.next_at.expect("a moment");
    world.clock.advance(chrono::TimeDelta::minutes(31));
    assert!(next.to_utc() < breach::clock::Clock::now(&world.clock).at);
    assert_eq!(here(&mut walk, &world), "look-again");
}

#[test]
fn an_output_answers_a_fact_once_somebody_says_so() {
    let command =
        "[[step.command]]\nid = \"list\"\ntitle = \"List\"\nrun = [\"ls\"]\nfills = \"boxes\"";
    let (playbook, vocabulary) = super::steps_of_schema(2, &step("one", command));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    assert!(ask(&mut walk, &world).is_some());
    let key = breach::incident::CommandKey {
        step: "containment/one".to_owned(),
        item: None,
        command: "list".to_owned(),
    };
    walk.printed(&world.clock, &key, "web-01\nweb-02\n");
    type_in(&mut walk, &mut world, &["n"]);
    assert!(world.incident.facts.is_empty());
    walk.printed(&world.clock, &key, "web-01\nweb-02\n");
    type_in(&mut walk, &mut world, &["y"]);
    assert_eq!(boxes(&world), ["web-01", "web-02"]);
    // What is known of a list stays.
    walk.printed(&world.clock, &key, "web-03\n");
    type_in(&mut walk, &mut world, &["y"]);
    assert_eq!(boxes(&world), ["web-01", "web-02", "web-03"]);
}

#[test]
fn a_step_without_items_names_those_that_nobody_saved() {
    let save = step("save", "preserves = [\"pages\"]\nfor-each = \"boxes\"");
    let save = save.replace("Do save", "Save {item}");
    let (playbook, vocabulary) = steps(&(save + &step("purge", "destroys = [\"pages\"]")));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["f boxes checkout, app, shop", "d checkout", "s app: gone"]);
    type_in(&mut walk, &mut world, &["w shop: Jonas", "j purge"]);
    let card = ask(&mut walk, &world).expect("a question").card.expect("a card");
    assert_eq!(card.unkept, ["Save each item: app and shop"]);
    type_in(&mut walk, &mut world, &["j save", "d shop", "j purge", "d"]);
    let asked = ask(&mut walk, &world).expect("a question").lines;
    assert!(asked.contains(&"  - Save app".to_owned()), "{asked:?}");
}

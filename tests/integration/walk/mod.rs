//! The walk as a state machine: what is asked, in which order, and what is recorded.

mod asked;
mod begun;
mod builtin;
mod command;
pub(crate) mod driver;
mod guidance;
mod items;
mod left;
mod meant;
mod misread;
mod named;
mod night;
mod people;
mod person;
mod plain;
mod played;
mod release;
mod remarks;
mod rhythm;
mod said;
mod shown;
mod slips;
pub(crate) mod team;
mod tired;

use breach::fact::Vocabulary;
use breach::incident::event::{DecidedAs, Event, Outcome};
use breach::walk::Walk;

use driver::{World, ask, end, here, last_outcome, playbook, type_in};

const HEAD: &str = r#"
schema = 1
id = "test"
phase = "containment"
title = "Test"
version = "1.0.0"
owner = "security"
reviewed-on = 2026-11-20
summary = "A test."

[fact.boxes]
title = "Boxes"
ask = "Which boxes?"
type = "list"
of = "hosts"

[fact.leaking]
title = "Leaking"
ask = "Is it leaking?"
type = "yes-no"

[fact.target]
title = "Target"
ask = "Which target?"
type = "text"

[fact.noticed_by_law]
title = "Known in law"
ask = "When did it become known in the sense of the law?"
type = "time"
determination = true
"#;

fn steps(steps: &str) -> (breach::playbook::Playbook, Vocabulary) {
    playbook(&format!("{HEAD}\n{steps}"))
}

fn steps_of_schema(schema: u32, steps: &str) -> (breach::playbook::Playbook, Vocabulary) {
    let head = HEAD.replacen("schema = 1", &format!("schema = {schema}"), 1);
    playbook(&format!("{head}\n{steps}"))
}

fn step(id: &str, rest: &str) -> String {
    format!(
        "[[step]]\nid = \"{id}\"\ntitle = \"Do {id}\"\nwhy = \"Because.\"\ndo = \"Do it.\"\nrole = \"responder\"\n{rest}\n"
    )
}

#[test]
fn steps_come_in_their_order_and_settle() {
    let (playbook, vocabulary) =
        steps(&[step("one", ""), step("two", ""), step("three", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    assert_eq!(here(&mut walk, &world), "one");
    type_in(&mut walk, &mut world, &["d saw it", "s", "no time", "a no such thing", "y"]);
    let summary = end(&mut walk, &world);
    assert!(summary.is_complete());
    assert_eq!((summary.total, summary.done, summary.skipped), (3, 1, 1));
}

#[test]
fn a_reason_is_wanted_and_nothing_said_goes_back_to_the_step() {
    let (playbook, vocabulary) = steps(&step("one", ""));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["s", " ", "s", "the host is gone"]);
    let outcome = last_outcome(&world);
    assert_eq!(outcome.outcome, Outcome::Skipped);
    assert_eq!(outcome.text.as_deref(), Some("the host is gone"));
}

#[test]
fn facts_are_asked_once_and_kept_with_enter() {
    let (playbook, vocabulary) =
        steps(&[step("one", "ask = [\"leaking\"]"), step("two", "ask = [\"leaking\"]")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["d", "maybe", "", "yes", "d", ""]);
    assert!(end(&mut walk, &world).is_complete());
    assert_eq!(world.incident.facts["leaking"].len(), 1, "Enter records nothing new");
    assert_eq!(last_outcome(&world).used_facts, ["leaking"]);
}

#[test]
fn unknown_is_an_answer_and_leaves_conditions_open() {
    let text = [step("ask", "ask = [\"leaking\"]"), step("stop", "when = \"leaking\"")].concat();
    let (playbook, vocabulary) = steps(&text);
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["d", "unknown"]);
    let question = ask(&mut walk, &world).expect("the step may apply");
    assert_eq!(question.card.expect("a card").may_apply.as_deref(), Some("Leaking (f leaking)"));
    type_in(&mut walk, &mut world, &["f leaking no"]);
    // It was on the screen, so it stays there until it is answered; a new walk passes it by.
    let mut walk = Walk::new(&playbook, &vocabulary, false);
    assert!(end(&mut walk, &world).is_complete());
}

#[test]
fn a_step_that_becomes_applicable_behind_us_is_offered_next() {
    let text =
        [step("early", "when = \"leaking\""), step("ask", "ask = [\"leaking\"]"), step("late", "")];
    let (playbook, vocabulary) = steps(&text.concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "leaking", "no");
    type_in(&mut walk, &mut world, &["f leaking yes", "d"]);
    assert_eq!(here(&mut walk, &world), "early");
}

#[test]
fn a_repeated_step_has_one_outcome_for_each_item_and_new_items_reopen_it() {
    let (playbook, vocabulary) = steps(&step("image", "for-each = \"boxes\""));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "boxes", "web-01, web-02");
    let items = |walk: &mut Walk<'_>, world: &World| -> Vec<(String, String)> {
        let card = ask(walk, world).and_then(|question| question.card).expect("a card");
        card.items.into_iter().map(|item| (item.name, item.state)).collect()
    };
    let pair = |name: &str, state: &str| (name.to_owned(), state.to_owned());
    let both = [pair("web-01", "open"), pair("web-02", "open")];
    assert_eq!(items(&mut walk, &world), both, "both on one card");
    type_in(&mut walk, &mut world, &["d", "web-01", "s gone"]);
    assert!(end(&mut walk, &world).is_complete());
    world.know(&vocabulary, "boxes", "web-01, web-02, web-03");
    assert_eq!(items(&mut walk, &world)[2], pair("web-03", "open"));
    // A script says what it means of one after the other.
    let mut script = Walk::new(&playbook, &vocabulary, false);
    assert_eq!(here(&mut script, &world), "image web-03");
}

#[test]
fn a_list_nobody_knows_does_not_hide_its_step() {
    let (playbook, vocabulary) = steps(&step("image", "for-each = \"boxes\""));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    assert_eq!(here(&mut walk, &world), "image");
    type_in(&mut walk, &mut world, &["f boxes none"]);
    let mut walk = Walk::new(&playbook, &vocabulary, true);
    assert!(end(&mut walk, &world).is_complete(), "an empty list needs nothing");
}

#[test]
fn needs_hold_a_step_back_and_a_skipped_need_satisfies() {
    let text = [step("one", ""), step("two", "needs = [\"one\"]"), step("three", "")].concat();
    let (playbook, vocabulary) = steps(&text);
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["w Priya in networking, 04:30"]);
    assert_eq!(here(&mut walk, &world), "three", "two waits for one");
    type_in(&mut walk, &mut world, &["d"]);
    let summary = end(&mut walk, &world);
    assert!(!summary.is_complete());
    assert_eq!(summary.aside.len(), 1);
    let check_at = summary.aside[0].check_at.expect("a moment to look again");
    assert_eq!(check_at.to_rfc3339(), "2026-11-23T04:30:00+01:00");
    let mut walk = Walk::new(&playbook, &vocabulary, true);
    type_in(&mut walk, &mut world, &["s she is asleep", "d"]);
    assert!(end(&mut walk, &world).is_complete());
}

#[test]
fn a_step_is_offered_again_when_its_moment_comes() {
    let text = [step("one", ""), step("two", ""), step("three", "")].concat();
    let (playbook, vocabulary) = steps(&text);
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["w to Priya, in 30 min"]);
    assert_eq!(last_outcome(&world).outcome, Outcome::Assigned);
    world.clock.advance(chrono::TimeDelta::minutes(31));
    let mut walk = Walk::new(&playbook, &vocabulary, true);
    assert_eq!(here(&mut walk, &world), "one");
}

#[test]
fn destroying_what_was_not_preserved_wants_a_typed_word() {
    let text = [step("image", "preserves = [\"disk\"]"), step("wipe", "destroys = [\"disk\"]")];
    let (playbook, vocabulary) = steps(&text.concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["s no time", "d", ""]);
    assert_eq!(here(&mut walk, &world), "wipe");
    assert_eq!(last_outcome(&world).outcome, Outcome::Skipped, "nothing was recorded for wipe");
    type_in(&mut walk, &mut world, &["d", "yes"]);
    assert_eq!(here(&mut walk, &world), "wipe");
    type_in(&mut walk, &mut world, &["d", "destroy", "destroy it spreads"]);
    assert!(end(&mut walk, &world).is_complete());
}

#[test]
fn destroying_what_is_preserved_needs_no_word() {
    let text = [
        step("image", "preserves = [\"disk\"]\nfor-each = \"boxes\""),
        step("wipe", "destroys = [\"disk\"]\nfor-each = \"boxes\""),
    ];
    let (playbook, vocabulary) = steps(&text.concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "boxes", "a, b");
    type_in(&mut walk, &mut world, &["d a", "s broken", "d a"]);
    assert_eq!(here(&mut walk, &world), "wipe");
    type_in(&mut walk, &mut world, &["d b", "destroy it spreads"]);
    assert!(end(&mut walk, &world).is_complete());
}

#[test]
fn required_evidence_is_asked_and_owed_when_it_is_missing() {
    let wants = "evidence = [{ id = \"image\", title = \"Disk image\", required = true }]";
    let (playbook, vocabulary) = steps(&[step("one", wants), step("two", wants)].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["d", ""]);
    assert_eq!(world.incident.debts(), ["evidence `image` of containment/one"]);
    type_in(&mut walk, &mut world, &["d", "/missing.img", "aws:snap-1"]);
    assert!(last_outcome(&world).missing_evidence.is_empty());
    assert!(end(&mut walk, &world).is_complete());
    assert_eq!(world.incident.debts().len(), 1);
    type_in(&mut walk, &mut world, &[]);
}

const COMMANDS: &str = r#"
[[step.command]]
id = "look"
title = "Look"
run = ["ls", "{target}"]

[[step.command]]
id = "block"
title = "Block"
run = ["nft", "add", "{target}"]
changes = true
undo = "Delete the rule"
"#;

fn intents(world: &World) -> usize {
    world.drafts.iter().filter(|draft| matches!(draft.event, Event::Intent(_))).count()
}

#[test]
fn a_command_asks_for_its_fact_and_a_change_for_its_name() {
    let (playbook, vocabulary) = steps(&step("one", COMMANDS));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["r look", "web-01"]);
    assert_eq!(intents(&world), 1, "it ran as soon as the fact was there");
    type_in(&mut walk, &mut world, &["r 2", "y"]);
    assert_eq!(intents(&world), 1, "`y` is not the typed word");
    type_in(&mut walk, &mut world, &["r", "2", "block"]);
    assert_eq!(intents(&world), 2);
    type_in(&mut walk, &mut world, &["r block", "block"]);
    assert_eq!(intents(&world), 2, "a change that succeeded needs `again`");
}

#[test]
fn a_command_of_unknown_outcome_does_not_run_twice_unasked() {
    let (playbook, vocabulary) = steps(&step("one", COMMANDS));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "target", "web-01");
    world.crash = true;
    type_in(&mut walk, &mut world, &["r look"]);
    world.crash = false;
    let mut walk = Walk::new(&playbook, &vocabulary, true);
    let card = ask(&mut walk, &world).and_then(|question| question.card).expect("a card");
    assert!(card.commands[0].3.as_deref().expect("a state").ends_with("outcome unknown"));
    assert_eq!(world.incident.debts(), ["outcome of command `look` of containment/one"]);
    type_in(&mut walk, &mut world, &["r look", ""]);
    assert_eq!(intents(&world), 1);
    type_in(&mut walk, &mut world, &["r look", "again"]);
    assert_eq!(intents(&world), 2);
    assert!(world.incident.debts().is_empty());
}

#[test]
fn a_rehearsal_runs_no_change() {
    let (playbook, vocabulary) = steps(&step("one", COMMANDS));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.incident.drill = true;
    world.know(&vocabulary, "target", "web-01");
    type_in(&mut walk, &mut world, &["r block", "r look"]);
    assert_eq!(intents(&world), 1);
}

#[test]
fn a_command_can_be_reported_from_elsewhere() {
    let (playbook, vocabulary) = steps(&step("one", COMMANDS));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    // What it lacks is asked first.
    type_in(&mut walk, &mut world, &["c block", "target-1", "web-01", "root", "0", "ok\n"]);
    assert!(world.incident.fact_value("target").is_some());
    let reported = world.drafts.iter().any(|draft| {
        matches!(&draft.event, Event::CommandOutcome(body)
            if body.place.as_deref() == Some("web-01") && body.account.as_deref() == Some("root"))
    });
    assert!(reported);
}

#[test]
fn a_value_that_reads_as_an_option_is_refused() {
    let (playbook, vocabulary) = steps(&step("one", COMMANDS));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "target", "--force");
    type_in(&mut walk, &mut world, &["r look"]);
    assert_eq!(intents(&world), 0);
}

#[test]
fn stray_text_is_never_lost() {
    let (playbook, vocabulary) = steps(&step("one", ""));
    for (patient, replies) in [(true, &["who is Bob", "y"][..]), (false, &["who is Bob"][..])] {
        let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, patient), World::new());
        type_in(&mut walk, &mut world, replies);
        let kept = world.drafts.iter().any(
            |draft| matches!(&draft.event, Event::Note(note) if note.text.as_str() == "who is Bob"),
        );
        assert!(kept, "patient: {patient}");
        assert_eq!(here(&mut walk, &world), "one");
    }
}

#[test]
fn going_back_corrects_the_earlier_outcome() {
    let (playbook, vocabulary) = steps(&[step("one", ""), step("two", "")].concat());
    let walk = Walk::new(&playbook, &vocabulary, true).by(Some("Ada".to_owned()));
    let (mut walk, mut world) = (walk, World::new());
    type_in(&mut walk, &mut world, &["d", "<"]);
    assert_eq!(here(&mut walk, &world), "one");
    type_in(&mut walk, &mut world, &["x it came back"]);
    let corrected = world.drafts.last().and_then(|draft| draft.corrects.clone());
    assert_eq!(corrected.as_deref(), Some("id-1"));
    assert_eq!(here(&mut walk, &world), "two");
}

#[test]
fn jumping_takes_a_step_out_of_order() {
    let text = [step("one", ""), step("two", "needs = [\"one\"]")].concat();
    let (playbook, vocabulary) = steps(&text);
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["j 2"]);
    let card = ask(&mut walk, &world).and_then(|question| question.card).expect("a card");
    assert_eq!(card.key.step, "two");
    assert_eq!(card.unmet, [(1, "one".to_owned())]);
    type_in(&mut walk, &mut world, &["d", "j nowhere"]);
    assert_eq!(here(&mut walk, &world), "one");
}

#[test]
fn late_entries_keep_both_moments() {
    let (playbook, vocabulary) = steps(&step("one", ""));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["d @02:40 isolated"]);
    let draft = world.drafts.last().expect("a draft");
    let occurred = draft.occurred.as_ref().expect("a moment");
    assert_eq!(occurred.earliest.to_rfc3339(), "2026-11-23T02:40:00+01:00");
    assert!(world.said.iter().any(|text| text.contains("02:40")), "it is echoed: {:?}", world.said);
}

#[test]
fn a_determination_needs_a_person_a_role_and_a_basis() {
    let (playbook, vocabulary) = steps(&step("one", "ask = [\"noticed_by_law\"]"));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(
        &mut walk,
        &mut world,
        &["d", "2026-11-23 03:00", "", "Kim", "unknown", "counsel", "card data seen in the logs"],
    );
    let change = world.incident.facts["noticed_by_law"].last().expect("a value");
    assert_eq!(change.decided, Some(("Kim".to_owned(), DecidedAs::Counsel)));
    assert!(end(&mut walk, &world).is_complete());
}

#[test]
fn changing_a_fact_names_the_steps_that_used_it() {
    let text = [step("one", "ask = [\"leaking\"]"), step("two", "")].concat();
    let (playbook, vocabulary) = steps(&text);
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["d", "no", "f leaking yes"]);
    let warned = world.said.iter().any(|text| text.contains("was used in one"));
    assert!(warned, "{:?}", world.said);
}

#[test]
fn ten_thousand_steps_stay_quick_to_plan() {
    let text: String = (0..10_000).map(|n| step(&format!("s{n}"), "")).collect();
    let (playbook, vocabulary) = steps(&text);
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["d", "j 9999", "d", "o"]);
    assert_eq!(here(&mut walk, &world), "s1");
}

//! What a tired person types, and what must not come of it.

use breach::fact::{Value, Vocabulary};
use breach::incident::event::{Event, Outcome};
use breach::walk::{QuestionPart, Walk};

use super::driver::{World, ask, here, last_outcome, type_in};
use super::{step, steps};
use crate::cli::room::Room;
use crate::terminal::{answer, exit, start};

/// Whether something was said that has these words.
fn heard(world: &World, words: &str) -> bool {
    world.said.iter().any(|said| said.contains(words))
}

#[test]
fn a_moment_alone_is_an_answer_only_where_a_time_is_asked() {
    let ask_both = "ask = [\"detected\", \"leaking\"]";
    let (playbook, vocabulary) = steps(&step("when", ask_both));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["d", "@02:40", "@02:50"]);
    let Some(Value::Time(when)) = world.incident.fact_value("detected") else {
        panic!("{:?}", world.incident.fact_value("detected"));
    };
    assert_eq!(when.earliest.format("%H:%M").to_string(), "02:40");
    assert_eq!(world.incident.fact_value("leaking"), None, "a moment answers no yes-no question");
    assert!(heard(&world, "after the moment, answer yes, no"), "{:?}", world.said);
    type_in(&mut walk, &mut world, &["@02:50 yes"]);
    assert_eq!(world.incident.fact_value("leaking"), Some(&Value::YesNo(true)));
}

#[test]
fn a_question_mark_is_no_answer_to_any_question() {
    let facts = "ask = [\"risk_level\", \"leaking\"]\n[[step.evidence]]\nid = \"e\"\n\
                 title = \"A copy\"\nrequired = true\n";
    let (playbook, vocabulary) = steps(&[step("a", facts), step("b", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    let answers = |part: &QuestionPart| match part {
        QuestionPart::Step => "d",
        QuestionPart::Fact(name) if name == "leaking" => "yes",
        QuestionPart::Fact(_) => "1",
        QuestionPart::DecidedBy(_) => "Kim",
        QuestionPart::DecidedRole(_) => "counsel",
        QuestionPart::DecidedBasis(_) => "the logs",
        QuestionPart::Evidence(_) => "aws:snap-1",
        part => panic!("{part:?}"),
    };
    for line in ["n", "e", "f", "w", "x", "s"] {
        let before = world.drafts.len();
        type_in(&mut walk, &mut world, &[line, "?"]);
        assert_eq!(world.drafts.len(), before, "? at {line}");
        type_in(&mut walk, &mut world, &["<"]);
    }
    let mut asked = 0;
    while let Some(question) = ask(&mut walk, &world) {
        let (before, said) = (world.drafts.len(), world.said.len());
        type_in(&mut walk, &mut world, &["?"]);
        assert_eq!(world.drafts.len(), before, "? at {:?}", question.key);
        let is_step = question.key.part == QuestionPart::Step;
        assert!(is_step || world.said.len() > said, "{:?}", question.key);
        type_in(&mut walk, &mut world, &[answers(&question.key.part)]);
        asked += 1;
    }
    assert_eq!(asked, 8);
}

#[test]
fn what_looks_like_a_time_is_one_and_a_doubtful_name_is_told() {
    let (playbook, vocabulary) = steps(&[step("a", ""), step("b", ""), step("c", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["w +30m"]);
    assert!(world.drafts.is_empty(), "for what it waits is asked");
    type_in(&mut walk, &mut world, &["the bank"]);
    let state = last_outcome(&world);
    assert_eq!((state.outcome, state.text.as_deref()), (Outcome::Waiting, Some("the bank")));
    assert!(state.check_at.is_some(), "{state:?}");
    type_in(&mut walk, &mut world, &["w to Adda 04:30"]);
    assert!(last_outcome(&world).check_at.is_some());
    assert!(heard(&world, "Nobody called Adda has written here, but Ada has"), "{:?}", world.said);
    type_in(&mut walk, &mut world, &["w 10 to Ada"]);
    assert!(heard(&world, "u, then w to Ada"), "{:?}", world.said);
}

#[test]
fn a_slip_in_the_name_of_an_item_is_asked_back() {
    let (playbook, vocabulary) = steps(&step("image", "for-each = \"boxes\""));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "boxes", "magento-admin, srv-01 to srv-04");
    let before = world.drafts.len();
    type_in(&mut walk, &mut world, &["d magento-admn disabled"]);
    assert_eq!(world.drafts.len(), before, "{:?}", world.drafts);
    type_in(&mut walk, &mut world, &["1"]);
    assert_eq!(last_outcome(&world).item.as_deref(), Some("magento-admin"));
    type_in(&mut walk, &mut world, &["d srv-41: shut", "d srv-21-38"]);
    assert!(heard(&world, "srv-41 is not among the items"), "{:?}", world.said);
    assert_eq!(last_outcome(&world).item.as_deref(), Some("magento-admin"), "no other host");
    type_in(&mut walk, &mut world, &["d srv-01 to srv-03", "d srv-4"]);
    assert_eq!(last_outcome(&world).item.as_deref(), Some("srv-04"));
    let outcomes = world.drafts.iter().filter(|d| matches!(d.event, Event::StepOutcome(_)));
    assert_eq!(outcomes.count(), 3);
}

#[test]
fn evidence_of_an_item_needs_no_colon_and_commands_have_the_names_of_the_card() {
    let commands = "for-each = \"boxes\"\n[[step.command]]\nid = \"look\"\ntitle = \"Look\"\n\
                    run = [\"true\"]\n";
    let (playbook, vocabulary) = steps(&step("image", commands));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "boxes", "web-01, web-02");
    type_in(&mut walk, &mut world, &["e web-01 aws:snap-1", "r1 web-02"]);
    let kept = world.incident.exhibits.values().next().expect("kept");
    assert_eq!(kept.item.as_deref(), Some("web-01"));
    assert_eq!(world.incident.commands.len(), 1);
}

#[test]
fn references_that_do_not_fit_the_items_are_asked_again() {
    let wanted = "for-each = \"boxes\"\n[[step.evidence]]\nid = \"e\"\ntitle = \"Copy of {item}\"\n\
                  required = true\n";
    let (playbook, vocabulary) = steps(&step("image", wanted));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "boxes", "web-01, web-02, web-03");
    type_in(&mut walk, &mut world, &["d all aws:snap-1 aws:snap-2"]);
    assert!(heard(&world, "That names 2 for 3 items"), "{:?}", world.said);
    assert!(world.drafts.iter().all(|draft| !matches!(draft.event, Event::StepOutcome(_))));
    type_in(&mut walk, &mut world, &["d all", "aws:snap-1, aws:snap-2"]);
    assert!(world.incident.exhibits.is_empty(), "{:?}", world.incident.exhibits);
    type_in(&mut walk, &mut world, &["s3:a s3:b s3:c"]);
    let kept: Vec<&str> =
        world.incident.exhibits.values().filter_map(|exhibit| exhibit.item.as_deref()).collect();
    assert_eq!(kept.len(), 3, "{kept:?}");
}

#[test]
fn what_is_done_is_not_done_again_by_chance_and_a_key_is_no_answer() {
    let steps_of = [step("a", ""), step("b", "ask = [\"boxes\"]")].concat();
    let (playbook, vocabulary) = steps(&steps_of);
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["d first", "<", "d backups ejected"]);
    assert_eq!(last_outcome(&world).text.as_deref(), Some("first"));
    assert!(heard(&world, "called it done at"), "{:?}", world.said);
    type_in(&mut walk, &mut world, &["d backups ejected"]);
    assert_eq!(last_outcome(&world).text.as_deref(), Some("backups ejected"));
    type_in(&mut walk, &mut world, &["d", "d isolated srv-01"]);
    assert_eq!(world.incident.fact_value("boxes"), None);
    assert!(heard(&world, "That is a key"), "{:?}", world.said);
}

#[test]
fn facts_are_asked_in_the_order_of_the_card() {
    let (playbook, vocabulary) = steps(&step("a", "ask = [\"boxes\", \"leaking\"]"));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "boxes", "web-01");
    type_in(&mut walk, &mut world, &["d"]);
    let question = ask(&mut walk, &world).expect("a question");
    assert_eq!(question.key.part, QuestionPart::Fact("leaking".to_owned()));
    type_in(&mut walk, &mut world, &["yes", ""]);
    assert_eq!(here(&mut walk, &world), "end");
}

#[test]
fn the_first_sentence_of_every_help_is_a_sentence() {
    for fact in Vocabulary::builtin().iter() {
        let Some(help) = fact.help.as_deref() else { continue };
        let first = breach::wording::first_sentence(help);
        let next = help[first.len()..].trim_start().chars().next();
        let begins = next.is_none_or(|c| c.is_uppercase() || c.is_ascii_digit() || c == '`');
        assert!(first.ends_with(['.', '?', ')']) && begins, "{}: {first}", fact.name);
        assert!(!first.ends_with("Art."), "{}: {first}", fact.name);
    }
}

#[test]
fn an_outcome_is_taken_back_with_what_it_brought() {
    let room = Room::new();
    room.open();
    let mut session = start(&room, "xterm", &["contain", "--as", "Ada"]);
    answer(&mut session, "name-boxes, Ada> ", "f boxes web-01, web-02");
    answer(&mut session, "name-boxes, Ada> ", "j image");
    answer(&mut session, "2 open> ", "d all: by hand");
    answer(&mut session, "Evidence: ", "aws:snap-1, aws:snap-2");
    session.exp_string("u takes it back").expect("recorded");
    answer(&mut session, "> ", "u");
    session.exp_string("Taken back: image is done on web-01 and web-02: by hand").expect("said");
    answer(&mut session, "> ", "q");
    assert_eq!(exit(&mut session), Some(6));
    let withdrawn = room.bodies("withdrawn").len();
    let kept = room.bodies("evidence").len();
    assert!(kept >= 2 && withdrawn > kept, "{withdrawn} taken back, {kept} kept");
    let list = room.breach(&["fact", "show", "boxes"]);
    assert!(list.out.contains("web-02"), "the list stays: {list:?}");
    room.verify();
}

#[test]
fn what_somebody_settles_during_the_questions_is_not_overwritten() {
    let room = Room::new();
    room.open();
    let mut session = start(&room, "xterm", &["contain", "--as", "Ada"]);
    answer(&mut session, "name-boxes, Ada> ", "f boxes web-01, web-02, web-03");
    answer(&mut session, "name-boxes, Ada> ", "j image");
    answer(&mut session, "3 open> ", "d web-01");
    session.exp_string("Evidence: ").expect("asked");
    let other = |item: &str| {
        let words = ["step", "image", "blocked", "no access", "--item", item, "--as", "Bo"];
        let ran = room.breach(&words);
        assert_eq!(ran.exit, Some(0), "{ran:?}");
    };
    other("web-02");
    session.send_line("aws:snap-1").expect("sent");
    session.exp_string("image done on web-01").expect("another item stands in nobody's way");
    answer(&mut session, "> ", "d web-03");
    session.exp_string("Evidence: ").expect("asked");
    other("web-03");
    session.send_line("aws:snap-3").expect("sent");
    session.exp_string("was changed on web-03 meanwhile").expect("held back");
    answer(&mut session, "> ", "q");
    assert_eq!(exit(&mut session), Some(6));
    let last = room.bodies("step-outcome").pop().expect("an outcome");
    assert_eq!(last["outcome"], "blocked", "{last}");
    room.verify();
}

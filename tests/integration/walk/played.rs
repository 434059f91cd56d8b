//! Slips of two nights that were played to their end, and what they must not become.

use breach::fact::{FactType, Value, Vocabulary};
use breach::incident::event::{Event, Outcome, StepOutcome};
use breach::walk::{QuestionPart, Walk};

use super::driver::{World, ask, here, last_outcome, type_in};
use super::{step, steps};
use crate::cli::room::Room;
use crate::terminal::{answer, exit, start};

const EACH: &str = "for-each = \"boxes\"";
const PROOF: &str = "[[step.evidence]]\nid = \"proof\"\ntitle = \"Proof\"\nrequired = true\n";

fn heard(world: &World, words: &str) -> bool {
    world.said.iter().any(|said| said.contains(words))
}

fn outcomes(world: &World) -> Vec<StepOutcome> {
    let outcome = |event: &Event| match event {
        Event::StepOutcome(body) => Some(body.clone()),
        _ => None,
    };
    world.drafts.iter().filter_map(|draft| outcome(&draft.event)).collect()
}

/// When it happened, and the text, of what was recorded last.
fn last(world: &World) -> (Option<String>, String) {
    let draft = world.drafts.last().expect("an entry");
    let at = draft.occurred.as_ref().map(|at| at.earliest.format("%H:%M").to_string());
    (at, last_outcome(world).text.map(|text| text.as_str().to_owned()).unwrap_or_default())
}

#[test]
fn a_moment_counts_behind_the_text_as_before_it() {
    let all = [step("cut", ""), step("image", EACH), step("next", "")].concat();
    let (playbook, vocabulary) = steps(&all);
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "boxes", "web-01, web-02, web-03");
    let at = Some("02:40".to_owned());
    for (line, text) in [
        ("d port shut @02:40", "port shut"),
        ("d web-01: by hand @02:40", "by hand"),
        ("d all @02:40", ""),
    ] {
        type_in(&mut walk, &mut world, &[line]);
        assert_eq!(last(&world), (at.clone(), text.to_owned()), "{line}");
    }
    assert_eq!(outcomes(&world).last().expect("one").items, ["web-02", "web-03"]);
    type_in(&mut walk, &mut world, &["d mail to ada@02.example"]);
    assert_eq!(last(&world), (None, "mail to ada@02.example".to_owned()));
}

#[test]
fn a_time_that_is_taken_back_leads_to_the_step_and_the_line_may_come_again() {
    let (playbook, vocabulary) = steps(&[step("image", EACH), step("next", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "boxes", "web-01, web-02");
    type_in(&mut walk, &mut world, &["d web-01 @04:59 cut here", "n"]);
    assert!(walk.is_at_step() && outcomes(&world).is_empty(), "{:?}", world.said);
    type_in(&mut walk, &mut world, &["d web-01 @04:59 cut here", "d web-01: @02:50 cut here"]);
    assert_eq!(last(&world), (Some("02:50".to_owned()), "cut here".to_owned()));
}

#[test]
fn a_time_in_words_before_the_text_is_asked_and_enter_takes_it() {
    let all = [step("a", ""), step("b", ""), step("c", ""), step("d", "")].concat();
    let (playbook, vocabulary) = steps(&all);
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    let at = Some("02:40".to_owned());
    for (line, reply, at) in [
        ("d at 02:40, page closed", "", at.clone()),
        ("d 02:40 page closed", "y", at),
        ("d at 02:40 page closed", "n", None),
    ] {
        type_in(&mut walk, &mut world, &[line]);
        assert!(!walk.is_at_step(), "{line}");
        type_in(&mut walk, &mut world, &["j 1", reply]);
        assert_eq!(last(&world).0, at, "{line}, {reply}");
        assert!(last(&world).1.ends_with("page closed"), "{line}");
    }
    type_in(&mut walk, &mut world, &["d 3 of 4 closed"]);
    assert_eq!(last(&world).0, None);
}

#[test]
fn a_moment_right_behind_an_item_is_one() {
    let (playbook, vocabulary) = steps(&[step("image", EACH), step("next", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "boxes", "web-01, web-02, web-03");
    let at = Some("02:40".to_owned());
    for line in ["d web-01 @02:40 cut here", "d rest @02:40 cut here"] {
        type_in(&mut walk, &mut world, &[line]);
        assert_eq!(last(&world), (at.clone(), "cut here".to_owned()), "{line}");
    }
    assert_eq!(outcomes(&world).len(), 2);
    // Nothing that is settled is settled again unasked.
    type_in(&mut walk, &mut world, &["j image", "d web-01 web-03: again"]);
    assert_eq!(outcomes(&world).len(), 2, "{:?}", world.said);
    type_in(&mut walk, &mut world, &["d web-01 web-03: again"]);
    assert_eq!(outcomes(&world).len(), 3);
}

#[test]
fn a_line_of_files_that_comes_again_keeps_only_what_was_missing() {
    let image = format!("{EACH}\n{PROOF}");
    let (playbook, vocabulary) = steps(&[step("image", &image), step("next", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "boxes", "web-01, web-02, web-03");
    type_in(&mut walk, &mut world, &["d all", "./1.log, ./2.log, ./missing.log"]);
    assert_eq!(world.incident.exhibits.len(), 2);
    type_in(&mut walk, &mut world, &["./1.log, ./2.log, ./3.log"]);
    assert_eq!(world.incident.exhibits.len(), 3, "{:?}", world.said);
    assert_eq!(last_outcome(&world).items.len(), 3);
}

#[test]
fn what_never_came_has_no_time_and_a_deadline_lies_ahead() {
    let vocabulary = Vocabulary::builtin();
    let parsed = |fact: &str, answer: &str| {
        let fact = vocabulary.get(fact).expect("a fact");
        fact.parse(answer, &World::new().clock).map(|understood| understood.value)
    };
    // Whatever tells people what to answer where there was nothing can be answered so.
    let mut told = 0;
    for fact in vocabulary.iter().filter(|fact| fact.kind == FactType::Time) {
        let help = fact.help.as_deref().unwrap_or_default();
        assert!(!help.contains("Answer unknown if"), "{}: {help}", fact.name);
        if help.contains("Answer none if") {
            assert_eq!(parsed(&fact.name, "none"), Ok(Value::None), "{}", fact.name);
            told += 1;
        }
    }
    assert!(told > 5);
    let month = |value: Result<Value, String>| match value {
        Ok(Value::Time(when)) => when.earliest.format("%d %b %H:%M").to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(month(parsed("postmortem_meeting_at", "fri 23:00")), "27 Nov 23:00");
    assert_eq!(month(parsed("detected", "fri 23:00")), "20 Nov 23:00");
    assert_eq!(month(parsed("detected", "14 Nov 22:58")), "14 Nov 22:58");
    assert_eq!(month(parsed("detected", "24 Dec 22:58")), "24 Dec 22:58");
}

#[test]
fn a_key_for_a_step_is_no_item_of_a_list() {
    let asks = "ask = [\"boxes\", \"hosts_affected\"]";
    let (playbook, vocabulary) = steps(&[step("a", asks), step("b", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["d", "j 2", "j b", "n odd log", "w"]);
    assert_eq!(world.incident.fact_value("boxes"), None);
    assert!(heard(&world, "That is a key, and this asks for a list"), "{:?}", world.said);
    type_in(&mut walk, &mut world, &["= j 2", "web-01"]);
    let items = world.incident.fact_value("boxes").and_then(|value| value.items());
    assert_eq!(items, Some(["j 2".to_owned()].as_slice()));
}

#[test]
fn what_was_answered_before_a_step_back_is_not_asked_twice() {
    let asks = format!("ask = [\"boxes\", \"leaking\"]\n{PROOF}");
    let (playbook, vocabulary) = steps(&[step("a", &asks), step("b", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["d", "web-01", "<", "d"]);
    let part = |walk: &mut Walk<'_>, world: &World| ask(walk, world).expect("more").key.part;
    assert_eq!(part(&mut walk, &world), QuestionPart::Fact("leaking".to_owned()));
    type_in(&mut walk, &mut world, &["yes", "<", "d"]);
    assert_eq!(part(&mut walk, &world), QuestionPart::Evidence("proof".to_owned()));
    // At the next step that lists them they are asked again.
    type_in(&mut walk, &mut world, &["aws:snap-1", "j a", "d again", "d again"]);
    assert_eq!(part(&mut walk, &world), QuestionPart::Fact("boxes".to_owned()));
}

#[test]
fn whoever_decided_has_a_name() {
    let (playbook, vocabulary) = steps(&step("a", "ask = [\"risk_level\"]"));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["d", "1", "10:15", "y", "unknown", "counsel", "2026", "Kim"]);
    let question = ask(&mut walk, &world).expect("a question").key.part;
    assert_eq!(question, QuestionPart::DecidedRole("risk_level".to_owned()));
    assert_eq!(world.said.iter().filter(|said| said.contains("That is no name")).count(), 5);
}

#[test]
fn a_reference_before_the_text_is_the_evidence() {
    let (playbook, vocabulary) = steps(&[step("a", PROOF), step("b", PROOF)].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["d ticket:IR-27 lists by Worldpay"]);
    assert_eq!(last_outcome(&world).text.as_deref(), Some("lists by Worldpay"));
    assert!(world.incident.debts().is_empty(), "{:?}", world.incident.debts());
    type_in(&mut walk, &mut world, &["d port: shut now"]);
    let part = ask(&mut walk, &world).expect("a question").key.part;
    assert_eq!(part, QuestionPart::Evidence("proof".to_owned()));
}

#[test]
fn items_with_long_names_have_numbers() {
    let (playbook, vocabulary) = steps(&[step("image", EACH), step("next", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "boxes", "\"the shop, old\", \"2\", www.example.com/book/pay");
    type_in(&mut walk, &mut world, &["d"]);
    let lines = ask(&mut walk, &world).expect("a question").lines;
    assert_eq!(lines[1..4], ["  1 the shop, old", "  2 2", "  3 www.example.com/book/pay"]);
    type_in(&mut walk, &mut world, &["1 3"]);
    assert_eq!(last_outcome(&world).items, ["the shop, old", "www.example.com/book/pay"]);
}

#[test]
fn notices_are_recorded_one_by_one_and_set_aside_together() {
    let give = "for-each = \"duties_owed\"";
    let (playbook, vocabulary) = steps(&[step("give", give), step("next", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "duties_owed", "eu-gdpr.33-1, uk-gdpr.33, us-ny.individuals");
    for line in ["d all: letters sent", "d rest", "d all letters", "e all: mail:x"] {
        type_in(&mut walk, &mut world, &[line]);
        assert!(outcomes(&world).is_empty() && world.incident.exhibits.is_empty(), "{line}");
    }
    assert!(heard(&world, "Record each notice on its own"), "{:?}", world.said);
    type_in(&mut walk, &mut world, &["w rest: letters, 04:30"]);
    let waiting = last_outcome(&world);
    assert_eq!((waiting.outcome, waiting.items.len()), (Outcome::Waiting, 3));
    assert_eq!(waiting.text.as_deref(), Some("letters"));
    type_in(&mut walk, &mut world, &["j give uk-gdpr.33", "d mail:x"]);
    assert_eq!(last_outcome(&world).item.as_deref(), Some("uk-gdpr.33"));
    assert_eq!(world.drafts.iter().filter(|one| one.event.kind() == "notice").count(), 1);
}

#[test]
fn a_card_that_somebody_went_to_stays_while_something_on_it_is_left() {
    let all = [step("first", ""), step("image", EACH), step("next", "")].concat();
    let (playbook, vocabulary) = steps(&all);
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "boxes", "web-01, web-02");
    type_in(&mut walk, &mut world, &["j image", "x web-01: no key", "d web-02: shut"]);
    assert_eq!(here(&mut walk, &world), "image", "web-01 is blocked");
    type_in(&mut walk, &mut world, &["d web-01: shut"]);
    assert_eq!(here(&mut walk, &world), "first");
}

#[test]
fn names_with_blanks_between_commas_stay_whole() {
    let world = World::new();
    let (_, vocabulary) = steps(&step("a", ""));
    let fact = vocabulary.get("boxes").expect("a fact");
    for (answer, items) in [
        (
            "access.log web1, access.log web2, edge logs",
            vec!["access.log web1", "access.log web2", "edge logs"],
        ),
        ("web-01 web-02, web-03", vec!["web-01", "web-02", "web-03"]),
        ("web-01, web-02 and lb-01", vec!["web-01", "web-02", "lb-01"]),
        ("hxxps://drop[.]example/a, img[.]example", vec!["https://drop.example/a", "img.example"]),
        ("\"drop[.]example\"", vec!["drop[.]example"]),
        ("web-01 db.internal", vec!["web-01", "db.internal"]),
    ] {
        let value = fact.parse(answer, &world.clock).expect("a list").value;
        assert_eq!(value, Value::List(items.into_iter().map(str::to_owned).collect()), "{answer}");
    }
}

#[test]
fn an_answer_to_a_question_of_a_step_that_somebody_else_settled_replaces_nothing() {
    let room = Room::new();
    room.open();
    let mut jonas = start(&room, "xterm", &["contain", "--as", "Jonas"]);
    answer(&mut jonas, "name-boxes, Jonas> ", "d switch ports down");
    jonas.exp_string("commas> ").expect("the question");
    let ada = room.pipe(&["contain", "--as", "Ada"], b"d border cut\nweb-01\nyes\n");
    assert_eq!(ada.exit, Some(6), "{ada:?}");
    jonas.send_line("").expect("sent");
    jonas.exp_string("name-boxes was changed").expect("held back");
    answer(&mut jonas, "Jonas, 1 open> ", "q");
    assert_eq!(exit(&mut jonas), Some(6));
    let outcomes = room.bodies("step-outcome");
    assert_eq!(outcomes.len(), 1, "{outcomes:?}");
    assert_eq!(outcomes[0]["text"], "border cut");
}

#[test]
fn what_a_line_announced_is_taken_back_with_it_and_not_alone() {
    let room = Room::new();
    room.open();
    let mut ada = start(&room, "xterm", &["contain", "--as", "Ada"]);
    answer(&mut ada, "name-boxes, Ada> ", "n a first note");
    answer(&mut ada, "u takes it back", "d named");
    answer(&mut ada, "commas> ", "web-01");
    answer(&mut ada, "yes or no> ", "yes");
    answer(&mut ada, "image, Ada, 1 open> ", "u");
    ada.exp_string("Taken back: ").expect("the outcome");
    let note = room
        .entries()
        .into_iter()
        .find(|entry| entry["body"]["text"].as_str().is_some_and(|text| text.ends_with("named")));
    let note = note.expect("announced")["id"].clone();
    let taken_back = || room.bodies("withdrawn").iter().any(|body| body["entry"] == note);
    assert!(taken_back(), "{:?}", room.bodies("withdrawn"));
    answer(&mut ada, "name-boxes, Ada> ", "d soon named");
    answer(&mut ada, "commas> ", "<");
    answer(&mut ada, "name-boxes, Ada> ", "q");
    assert_eq!(exit(&mut ada), Some(6));
    let undone = room.breach(&["undo", "--as", "Ada"]);
    assert!(undone.exit == Some(0) && !undone.said().contains("soon named"), "{undone:?}");
}

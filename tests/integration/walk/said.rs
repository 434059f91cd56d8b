//! What tired people say to a question, and what it becomes.

use breach::fact::{Value, Vocabulary};
use breach::incident::event::Event;
use breach::walk::{QuestionPart, Walk};

use super::driver::{World, ask, here, last_outcome, type_in};
use super::{step, steps};
use crate::cli::room::Room;
use crate::terminal::{answer, exit, start};

fn heard(world: &World, words: &str) -> bool {
    world.said.iter().any(|said| said.contains(words))
}

/// Types lines at a step that asks one fact, after `d`.
fn asked(fact: &str, lines: &[&str]) -> World {
    let (playbook, vocabulary) =
        steps(&[step("a", &format!("ask = [\"{fact}\"]")), step("b", "")].concat());
    let walk = Walk::new(&playbook, &vocabulary, true);
    let (mut walk, mut world) = (walk.by(Some("Maya Brandt".to_owned())), World::new());
    world.know(&vocabulary, "first_signal", "02:50");
    type_in(&mut walk, &mut world, &["d"]);
    type_in(&mut walk, &mut world, lines);
    world
}

fn value(world: &World, fact: &str) -> Option<Value> {
    world.incident.fact_value(fact).cloned()
}

#[test]
fn who_does_not_know_says_so_in_any_words_to_any_question() {
    let of_each_type = [
        "accounts_affected",
        "log_gaps",
        "out_of_band_channel",
        "incident_kind",
        "data_classes",
        "counsel_told_at",
        "records_affected",
        "card_data_in_logs",
        "people_affected",
    ];
    let vocabulary = Vocabulary::builtin();
    for fact in of_each_type.into_iter().filter(|fact| vocabulary.get(fact).is_some()) {
        for answer in ["don't know yet", "not known", "no idea", "?? ", "We don\u{2019}t know."] {
            let world = asked(fact, &[answer]);
            assert_eq!(value(&world, fact), Some(Value::Unknown), "{fact}: {answer}");
        }
    }
    for answer in ["nothing", "none yet", "nobody"] {
        assert_eq!(value(&asked("log_gaps", &[answer]), "log_gaps"), Some(Value::List(vec![])));
    }
    for answer in ["not yet", "no", "never"] {
        let world = asked("counsel_told_at", &[answer]);
        assert_eq!(value(&world, "counsel_told_at"), Some(Value::Unknown), "{answer}");
        assert!(heard(&world, "No time yet"), "{answer}");
    }
    let no = asked("log_gaps", &["no"]);
    assert_eq!(value(&no, "log_gaps"), None, "no to a list says nothing");
}

#[test]
fn me_is_whoever_types() {
    let world = asked("incident_commander", &["me"]);
    assert_eq!(value(&world, "incident_commander"), Some(Value::Text("Maya Brandt".to_owned())));
}

#[test]
fn a_yes_with_a_sentence_is_a_yes_and_a_note() {
    let fact = "supplier_involved";
    let world = asked(fact, &["yes, in log files on web-01"]);
    assert_eq!(value(&world, fact), Some(Value::YesNo(true)));
    let noted = world.drafts.iter().any(|draft| {
        matches!(&draft.event, Event::Note(note) if note.text.as_str().ends_with(" yes, in log files on web-01"))
    });
    assert!(noted);
    assert_eq!(value(&asked(fact, &["n odd log at 3"]), fact), None, "a note is no no");
}

#[test]
fn a_time_before_the_first_signal_is_asked_back() {
    let world = asked("counsel_told_at", &["yesterday 22:30"]);
    assert_eq!(value(&world, "counsel_told_at"), None);
    let sure = asked("counsel_told_at", &["01:10", "y"]);
    assert!(matches!(value(&sure, "counsel_told_at"), Some(Value::Time(_))));
    let right = asked("counsel_told_at", &["03:05"]);
    assert!(matches!(value(&right, "counsel_told_at"), Some(Value::Time(_))));
}

#[test]
fn a_list_is_said_back_with_how_many_there_are() {
    let world = asked("systems_affected", &["the shop, Citrix and the wiki"]);
    assert!(heard(&world, "Affected systems: the shop, Citrix, wiki"), "{:?}", world.said);
    assert!(heard(&world, "was read as 2 names"), "{:?}", world.said);
    let world = asked("systems_affected", &["checkout, citrix"]);
    assert!(!heard(&world, "2 systems"), "names as they were typed: {:?}", world.said);
    let shop = "the shop and Citrix";
    let world = asked("systems_affected", &[shop, shop]);
    assert!(heard(&world, "1 system: the shop and Citrix"), "{:?}", world.said);
}

#[test]
fn domains_have_no_path_and_two_pages_are_two() {
    let world = asked("drop_domains", &["https://www.drop.example/gateway/x?y , 192.0.2.248"]);
    let items = ["www.drop.example".to_owned(), "192.0.2.248".to_owned()];
    assert_eq!(value(&world, "drop_domains"), Some(Value::List(items.to_vec())));
    let pages = "www.shop.example/pay https://www.shop.example/de/zahlung, m.shop.example/pay";
    let world = asked("payment_pages", &[pages]);
    let count = value(&world, "payment_pages").and_then(|value| value.items().map(<[_]>::len));
    assert_eq!(count, Some(3), "{:?}", world.said);
}

#[test]
fn numbers_of_people_are_edited_place_by_place() {
    let (playbook, vocabulary) = steps(&step("a", ""));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "people_affected", "DE 100, BR 7, US 30");
    let shown = |world: &World| value(world, "people_affected").expect("known").show(None);
    type_in(&mut walk, &mut world, &["f people_affected DE 99", ""]);
    assert_eq!(shown(&world), "BR 7, DE 100, US 30", "asked back");
    type_in(&mut walk, &mut world, &["<", "f people_affected + DE 99, FR 5"]);
    assert_eq!(shown(&world), "BR 7, DE 99, FR 5, US 30");
    type_in(&mut walk, &mut world, &["f people_affected - FR"]);
    assert_eq!(shown(&world), "BR 7, DE 99, US 30");
    // The states of a country stand for it.
    type_in(&mut walk, &mut world, &["f people_affected DE 99, BR 7, US-CA 20, US-NY 10"]);
    assert_eq!(shown(&world), "BR 7, DE 99, US-CA 20, US-NY 10");
}

#[test]
fn an_edit_has_one_sign() {
    let (playbook, vocabulary) = steps(&step("a", ""));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "hosts_affected", "web-01, web-02");
    type_in(&mut walk, &mut world, &["f hosts_affected + web-03, - web-01"]);
    assert_eq!(value(&world, "hosts_affected").expect("known").items().expect("a list").len(), 2);
    type_in(&mut walk, &mut world, &["<", "f hosts_affected + web-03\n+ web-04"]);
    let items = value(&world, "hosts_affected").expect("known");
    assert_eq!(items.items().expect("a list"), ["web-01", "web-02", "web-03", "web-04"]);
}

#[test]
fn a_fact_is_named_by_the_words_of_the_screen_with_its_value_behind() {
    let (playbook, vocabulary) = steps(&step("a", ""));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["f counsel told 02:40"]);
    assert!(matches!(value(&world, "counsel_told_at"), Some(Value::Time(_))), "{:?}", world.said);
    type_in(&mut walk, &mut world, &["f dpo"]);
    let question = ask(&mut walk, &world).and_then(|question| question.fact);
    assert_eq!(question.map(|fact| fact.name).as_deref(), Some("dpo_told_at"), "{:?}", world.said);
    type_in(&mut walk, &mut world, &["<"]);
    // What was answered last can be corrected from any step.
    type_in(&mut walk, &mut world, &["f"]);
    let lines = ask(&mut walk, &world).expect("a question").lines.join("\n");
    assert!(lines.contains("counsel_told_at"), "{lines}");
    // A name of a fact is no text.
    let world = asked("out_of_band_channel", &["f help_offered 24 months"]);
    assert_eq!(value(&world, "out_of_band_channel"), None);
}

#[test]
fn not_yet_is_not_done() {
    let (playbook, vocabulary) = steps(&[step("a", ""), step("b", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    for line in ["d not yet", "d no", "d Not sent", "d later", "d not needed, they are ours"] {
        type_in(&mut walk, &mut world, &[line]);
        assert_eq!(here(&mut walk, &world), "a", "{line}");
    }
    type_in(&mut walk, &mut world, &["d not needed, they are ours"]);
    assert_eq!(last_outcome(&world).text.expect("a text").as_str(), "not needed, they are ours");
    // Nor is it asked for ever where something is replaced besides.
    type_in(&mut walk, &mut world, &["j a", "d no longer there", "d no longer there"]);
    assert_eq!(last_outcome(&world).text.expect("a text").as_str(), "no longer there");
}

#[test]
fn behind_names_comes_a_text() {
    let (playbook, vocabulary) =
        steps(&[step("cut", "for-each = \"boxes\""), step("next", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "boxes", "web-01, web-02, web-03");
    type_in(&mut walk, &mut world, &["d web-01 isolated at the switch"]);
    let outcome = last_outcome(&world);
    assert_eq!(outcome.item.as_deref(), Some("web-01"), "{:?}", world.said);
    assert_eq!(outcome.text.expect("a text").as_str(), "isolated at the switch");
    for line in ["d web-02 wbe-03 shut", "d web-02 and the switch", "d web-02 web-3 shut"] {
        type_in(&mut walk, &mut world, &[line]);
        assert!(!walk.is_at_step(), "{line} may mean another one");
        type_in(&mut walk, &mut world, &["<"]);
    }
    // The one that is left, though it waits for somebody.
    type_in(
        &mut walk,
        &mut world,
        &["d web-02: x", "w web-03: the supplier", "j cut", "d supplier cut it"],
    );
    assert_eq!(last_outcome(&world).item.as_deref(), Some("web-03"));
}

#[test]
fn a_report_of_a_command_that_is_dropped_is_on_its_way_for_ever() {
    let command =
        "[[step.command]]\nid = \"look\"\ntitle = \"Look\"\nrun = [\"true\"]\nundo = \"x\"\n";
    let (playbook, vocabulary) = steps(&[step("a", command), step("b", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["c 1", "n a note", "jump-01", "<"]);
    let notes: Vec<String> = world
        .drafts
        .iter()
        .filter_map(|draft| match &draft.event {
            Event::Note(note) => Some(note.text.as_str().to_owned()),
            _ => None,
        })
        .collect();
    assert_eq!(notes.len(), 1, "a key is no machine: {notes:?}");
    assert!(breach::walk::is_on_its_way(&notes[0]), "{notes:?}");
}

#[test]
fn a_determination_that_somebody_else_made_meanwhile_is_not_replaced_unasked() {
    let (playbook, vocabulary) =
        steps(&[step("a", "ask = [\"risk_level\"]"), step("b", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["d", "1", "Kim", "counsel"]);
    world.know(&vocabulary, "risk_level", "2");
    type_in(&mut walk, &mut world, &["the logs"]);
    assert!(heard(&world, "somebody decided it meanwhile"), "{:?}", world.said);
    let question = ask(&mut walk, &world).expect("a question").key.part;
    assert_eq!(question, QuestionPart::DecidedBasis("risk_level".to_owned()));
    type_in(&mut walk, &mut world, &["the logs"]);
    assert!(world.drafts.iter().any(|draft| matches!(draft.event, Event::Decision(_))));
}

#[test]
fn an_item_that_was_taken_off_meanwhile_is_not_settled() {
    let more =
        "for-each = \"boxes\"\n[[step.evidence]]\nid = \"p\"\ntitle = \"P\"\nrequired = true\n";
    let (playbook, vocabulary) = steps(&[step("cut", more), step("next", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    world.know(&vocabulary, "boxes", "app-01, app-02");
    type_in(&mut walk, &mut world, &["d all"]);
    world.know(&vocabulary, "boxes", "app-01");
    type_in(&mut walk, &mut world, &[""]);
    assert!(heard(&world, "app-02: taken off the list"), "{:?}", world.said);
    assert_eq!(last_outcome(&world).item.as_deref(), Some("app-01"));
}

#[test]
fn a_line_never_goes_to_a_card_that_nobody_has_seen() {
    let room = Room::new();
    room.open();
    assert_eq!(room.pipe(&["contain", "--as", "Ada"], b"d\nweb-01, web-02\nyes\n").exit, Some(6));
    let mut jonas = start(&room, "xterm", &["contain", "--as", "Jonas"]);
    answer(&mut jonas, "image, Jonas, 2 open> ", "w all: the supplier");
    jonas.exp_string("Jonas").expect("the next card");
    // Back on what waits, while somebody else writes.
    answer(&mut jonas, "> ", "j image");
    jonas.exp_string("image, Jonas, 0 open> ").expect("the card");
    assert_eq!(room.breach(&["note", "somebody called", "--as", "Ada"]).exit, Some(0));
    jonas.send_line("n of the image").expect("sent");
    jonas.exp_string("u takes it back").expect("a note");
    let entries = room.entries();
    let note = entries.iter().rfind(|entry| entry["body"]["text"] == "of the image");
    let step = note.expect("a note")["step"].as_str().expect("a step").to_owned();
    assert!(step.ends_with("/image"), "{step}");
    answer(&mut jonas, "image, Jonas, 0 open> ", "q");
    assert_eq!(exit(&mut jonas), Some(6));
}

#[test]
fn a_closed_incident_takes_no_line_that_was_being_typed() {
    let room = Room::new();
    room.open();
    let mut jonas = start(&room, "xterm", &["contain", "--as", "Jonas"]);
    jonas.exp_string("name-boxes, Jonas> ").expect("the step");
    let close = ["close", "--anyway", "--reason", "a test", "--as", "Ada"];
    assert_eq!(room.breach(&close).exit, Some(0));
    jonas.send_line("n one more thing").expect("sent");
    jonas.exp_string("closed").expect("told");
    assert_ne!(exit(&mut jonas), Some(0));
    assert!(room.bodies("note").is_empty(), "{:?}", room.bodies("note"));
}

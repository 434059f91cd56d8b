//! What tired hands type: sentences where a reference is wanted, words that give no value, names that are
//! none, evidence in another order.

use super::driver::{World, ask, here, last_outcome, type_in};
use super::{step, steps};
use crate::cli::room::Room;
use crate::terminal::{answer, contain, enter, exit, open, up_to};

use breach::fact::Value;
use breach::incident::event::{Event, Outcome};
use breach::walk::Walk;

pub(super) fn heard(world: &World, words: &str) -> bool {
    world.said.iter().any(|said| said.contains(words))
}

pub(super) fn list<'w>(world: &'w World, fact: &str) -> Option<&'w [String]> {
    world.incident.fact_value(fact).and_then(Value::items)
}

/// A walk over the steps after these lines.
pub(super) fn typed(text: &str, known: &[(&str, &str)], lines: &[&str]) -> World {
    let (playbook, vocabulary) = steps(text);
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    for (name, answer) in known {
        world.know(&vocabulary, name, answer);
    }
    type_in(&mut walk, &mut world, lines);
    let question = ask(&mut walk, &world);
    world.said.extend(question.into_iter().flat_map(|question| question.lines));
    world
}

#[test]
fn a_sentence_does_not_record_a_notice_as_sent() {
    let give = [step("give", "for-each = \"duties_owed\""), step("after", "")].concat();
    let known = [("duties_owed", "eu-gdpr.33-1")];
    for line in [
        "d drafted it, not sent yet",
        "d only a draft",
        "d draft 2",
        "d will file in the morning",
        "d Ana files it at 9",
        "d portal is down",
        "d waiting for counsel",
        "d mailrun 90 goes out tomorrow",
        "d half",
        "d handed to Ana",
    ] {
        let world = typed(&give, &known, &[line]);
        assert!(heard(&world, "records the notice as sent"), "{line}: {:?}", world.said);
        assert!(!world.incident.is_answered("eu-gdpr.33-1"), "{line}");
        let world = typed(&give, &known, &[line, ""]);
        assert!(!world.incident.is_answered("eu-gdpr.33-1"), "{line}: Enter is no");
        let world = typed(&give, &known, &[line, "y"]);
        assert!(world.incident.is_answered("eu-gdpr.33-1"), "{line}: meant");
    }
    for line in
        ["d CNPD-2026-7781", "d by letter", "d portal, receipt 4711", "d sent by mail, ref 12"]
    {
        let world = typed(&give, &known, &[line]);
        assert!(world.incident.is_answered("eu-gdpr.33-1"), "{line}: {:?}", world.said);
        assert!(heard(&world, "recorded as sent"), "{line}: {:?}", world.said);
    }
    // What was not done is asked back of every step.
    for line in ["d couldn't reach it", "d tried, no access", "d half of it"] {
        let world = typed(&[step("one", ""), step("two", "")].concat(), &[], &[line]);
        assert!(heard(&world, "as if it were not done"), "{line}");
        assert!(!world.drafts.iter().any(|draft| matches!(draft.event, Event::StepOutcome(_))));
    }
}

#[test]
fn words_that_give_no_value_are_no_item() {
    let text = [step("a", "ask = [\"boxes\"]"), step("b", "")].concat();
    for line in ["dunno", "no clue", "Sorry, I have no idea", "can't say yet"] {
        let world = typed(&text, &[], &["d", line]);
        assert_eq!(world.incident.fact_value("boxes"), Some(&Value::Unknown), "{line}");
    }
    let world = typed(&text, &[], &["d", "web-1, web-2, and web-3"]);
    assert_eq!(list(&world, "boxes").map(<[_]>::len), Some(3), "{:?}", list(&world, "boxes"));
    assert_eq!(list(&world, "boxes").and_then(<[_]>::last).map(String::as_str), Some("web-3"));
}

#[test]
fn what_differs_by_capitals_or_a_domain_is_asked_back() {
    let text = [step("a", "ask = [\"boxes\"]"), step("b", "")].concat();
    let known = [("boxes", "fs-01, db-01")];
    for line in ["f boxes + FS-01", "f boxes + fs-01.clinic.example"] {
        let world = typed(&text, &known, &[line]);
        assert!(heard(&world, "may be fs-01"), "{line}: {:?}", world.said);
        assert_eq!(list(&world, "boxes").map(<[_]>::len), Some(2), "{line}");
    }
    let world = typed(&text, &known, &["f boxes + fs-02, 10.0.0.7"]);
    assert_eq!(list(&world, "boxes").map(<[_]>::len), Some(4), "{:?}", world.said);
}

#[test]
fn a_time_that_is_not_understood_is_no_part_of_a_name() {
    let text = [step("a", ""), step("b", "")].concat();
    for (line, late) in [
        ("w to Rui, next week", "next week"),
        ("w to Rui, after lunch", "after lunch"),
        ("w to Rui until 5", "until 5"),
        ("w to Rui, back at 6", "back at 6"),
    ] {
        let world = typed(&text, &[], &[line]);
        let outcome = last_outcome(&world);
        assert_eq!(
            (outcome.outcome, outcome.to.as_deref()),
            (Outcome::Assigned, Some("Rui")),
            "{line}"
        );
        assert_eq!((outcome.check_at, outcome.text.as_deref()), (None, Some(late)), "{line}");
        assert!(heard(&world, "nobody is reminded"), "{line}: {:?}", world.said);
    }
    for line in [
        "w to Rui, half an hour",
        "w to Rui, in half an hour",
        "w to Rui, +30m",
        "w to Rui 30m",
        "w to Rui 03:42",
    ] {
        let world = typed(&text, &[], &[line]);
        let outcome = last_outcome(&world);
        assert_eq!(outcome.to.as_deref(), Some("Rui"), "{line}");
        let at = outcome.check_at.expect("a reminder").format("%H:%M").to_string();
        assert_eq!(at, "03:42", "{line}");
    }
    let world = typed(&text, &[], &["w to Priya, Ben and Omar"]);
    assert_eq!(last_outcome(&world).to.as_deref(), Some("Priya, Ben and Omar"));
}

#[test]
fn a_key_at_a_yes_or_no_is_carried_out() {
    let text = [step("one", ""), step("two", ""), step("three", "")].concat();
    let (playbook, vocabulary) = steps(&text);
    for (line, place) in [("j 3", "three"), ("d", "two"), ("why", "one")] {
        let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
        type_in(&mut walk, &mut world, &["a no insurance", line]);
        assert_eq!(here(&mut walk, &world), place, "{line}");
        assert!(heard(&world, "Not recorded: a no insurance"), "{line}: {:?}", world.said);
    }
    let world = typed(&text, &[], &["a no insurance", "maybe"]);
    assert!(!heard(&world, "`a` is not a key"), "{:?}", world.said);
}

/// For each exhibit: what it is, and of which item.
pub(super) fn kept(world: &World) -> Vec<(Option<String>, Option<String>, String)> {
    let of = |event: &Event| match event {
        Event::EvidenceAdded(body) => {
            Some((body.wanted.clone(), body.item.clone(), body.title.to_string()))
        }
        _ => None,
    };
    world.drafts.iter().filter_map(|draft| of(&draft.event)).collect()
}

#[test]
fn evidence_goes_to_the_item_that_its_name_tells() {
    let image =
        "for-each = \"boxes\"\nevidence = [{ id = \"image\", title = \"Image\", required = true }]";
    let text = [step("image", image), step("b", "")].concat();
    let known = [("boxes", "web-01, web-02")];
    let world = typed(&text, &known, &["d all", "img:web-02.raw, img:web-01.raw"]);
    let items: Vec<_> = kept(&world).into_iter().filter_map(|(_, item, _)| item).collect();
    assert_eq!(items, ["web-02", "web-01"]);
    // One tells whose it is, and it is not whose turn it would be.
    let world = typed(&text, &known, &["d all", "img:web-02.raw, img:other"]);
    assert!(kept(&world).is_empty() && heard(&world, "one by one"), "{:?}", world.said);
    let world = typed(&text, &known, &["d all", "img:a, img:b"]);
    assert_eq!(kept(&world).len(), 2);
}

#[test]
fn of_several_exhibits_a_person_says_which_it_is() {
    let wants = "evidence = [{ id = \"note\", title = \"The note\", required = true }, \
                 { id = \"files\", title = \"Locked files\", required = true }]";
    let text = [step("keep", wants), step("b", "")].concat();
    let wanted = |lines: &[&str]| {
        let world = typed(&text, &[], lines);
        kept(&world).into_iter().map(|(wanted, ..)| wanted).collect::<Vec<_>>()
    };
    assert_eq!(wanted(&["e vault:locked-1"]), Vec::new());
    assert_eq!(wanted(&["e vault:locked-1", "2"]), [Some("files".to_owned())]);
    assert_eq!(wanted(&["e vault:locked-1", "3"]), [None]);
    assert_eq!(wanted(&["e vault:locked-1", ""]), Vec::new());
    assert_eq!(wanted(&["e vault:locked-1", "9", "1"]), [Some("note".to_owned())]);
    // Where one is left, it is that.
    let both = [Some("files".to_owned()), Some("note".to_owned())];
    assert_eq!(wanted(&["e vault:locked-1", "2", "e vault:note-1"]), both);
    assert_eq!(wanted(&["d vault:locked-1"]), Vec::new(), "with `d`, no order tells it either");
}

#[test]
fn a_file_that_is_here_is_evidence_where_it_stands_alone() {
    let proof = "evidence = [{ id = \"proof\", title = \"Proof\", required = true }]";
    let (playbook, vocabulary) =
        steps(&[step("one", proof), step("two", proof), step("three", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    walk.beside_files(["page.har".to_owned(), "inventory".to_owned()].into());
    type_in(&mut walk, &mut world, &["d page.har"]);
    assert_eq!((kept(&world).len(), last_outcome(&world).text), (1, None));
    type_in(&mut walk, &mut world, &["d page.har shows the second script"]);
    let with_text = last_outcome(&world).text;
    assert_eq!((kept(&world).len(), with_text.as_deref()), (2, Some("shows the second script")));
    type_in(&mut walk, &mut world, &["u", "u"]);
    for text in ["saw it in page.har", "inventory"] {
        type_in(&mut walk, &mut world, &["j two", &format!("d {text}"), ""]);
        assert_eq!(last_outcome(&world).text.as_deref(), Some(text));
        assert_eq!(kept(&world).len(), 2, "{text}");
        type_in(&mut walk, &mut world, &["j two", "open"]);
    }
}

#[test]
fn all_are_those_that_were_on_the_card() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, "name-boxes, Ada> ", "f boxes web-01, web-02");
    answer(&mut session, "name-boxes, Ada> ", "j 2");
    up_to(&mut session, ", 2 open> ");
    assert!(room.breach(&["fact", "add", "boxes", "web-03", "--as", "Priya"]).exit == Some(0));
    enter(&mut session, "d all: cut off");
    up_to(&mut session, "web-03 came onto the list meanwhile");
    up_to(&mut session, "> ");
    assert!(room.bodies("step-outcome").is_empty());
    enter(&mut session, "d all: cut off");
    answer(&mut session, "Evidence: ", "");
    answer(&mut session, "> ", "q");
    assert_eq!(exit(&mut session), Some(6));
    assert!(!room.bodies("step-outcome").is_empty(), "the same line again takes what is there");
    room.verify();
}

#[test]
fn an_entry_says_that_it_is_marked_privileged_from_the_moment_at_which_counsel_directs() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    up_to(&mut session, "name-boxes, Ada> ");
    let decided = room.breach(&[
        "decide",
        "counsel_directs",
        "yes",
        "--by",
        "Ana Reis",
        "--role",
        "counsel",
        "--basis",
        "advice",
        "--as",
        "Priya",
    ]);
    assert_eq!(decided.exit, Some(0), "{decided:?}");
    enter(&mut session, "n the hash is weak");
    up_to(&mut session, "From now on, all that you record is marked privileged.");
    up_to(&mut session, ", marked privileged: a note");
    answer(&mut session, "> ", "f boxes web-01");
    up_to(&mut session, "Marked privileged.");
    answer(&mut session, "> ", "q");
    assert_eq!(exit(&mut session), Some(6));
    room.verify();
}

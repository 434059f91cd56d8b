//! What a person is asked, and what follows from another answer and is not.

use breach::incident::event::Event;
use breach::walk::{QuestionPart, Walk};

use super::driver::{World, ask, type_in};
use super::{step, steps};

/// The facts that a step asks a person for who answers so.
fn asked(asks: &str, known: &[(&str, &str)], replies: &[&str]) -> (Vec<String>, World) {
    let (playbook, vocabulary) = steps(&step("one", &format!("ask = {asks}")));
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    for (name, answer) in known {
        world.know(&vocabulary, name, answer);
    }
    let mut asked = Vec::new();
    type_in(&mut walk, &mut world, &["d"]);
    let mut replies = replies.iter();
    while let Some(question) = ask(&mut walk, &world) {
        let QuestionPart::Fact(name) = question.key.part else { break };
        asked.push(name);
        type_in(&mut walk, &mut world, &[replies.next().expect("a reply")]);
    }
    (asked, world)
}

#[test]
fn a_way_in_through_a_supplier_says_that_one_is_involved() {
    let asks = "[\"entry_vector\", \"supplier_involved\"]";
    let (names, world) = asked(asks, &[], &["supplier"]);
    assert_eq!(names, ["entry_vector"]);
    let said = "Supplier involved: yes, which follows from How they got in. f supplier_involved";
    assert!(world.said.iter().any(|text| text.starts_with(said)), "{:?}", world.said);
    let recorded = world.drafts.iter().any(|draft| match &draft.event {
        Event::FactSet(body) => {
            let why = body.why.as_ref().map(ToString::to_string);
            body.name == "supplier_involved"
                && why.as_deref() == Some("follows from How they got in")
        }
        _ => false,
    });
    assert!(recorded, "{:?}", world.drafts);
    let (names, _) = asked(asks, &[], &["web", "no"]);
    assert_eq!(names, ["entry_vector", "supplier_involved"]);
    let (names, _) = asked(asks, &[("supplier_involved", "no")], &["supplier"]);
    assert_eq!(names, ["entry_vector"], "what somebody said stays");
}

#[test]
fn nobody_far_from_australia_is_asked_for_its_statement() {
    let asks = "[\"statement_completed\", \"request\"]";
    let british = [("people_affected", "GB 1200"), ("home_country", "GB")];
    assert_eq!(asked(asks, &british, &["unknown"]).0, ["request"]);
    for known in [
        vec![],
        vec![("people_affected", "GB 1200, AU 3"), ("home_country", "GB")],
        vec![("people_affected", "GB 1200")],
    ] {
        let (names, _) = asked(asks, &known, &["unknown", "unknown"]);
        assert_eq!(names, ["statement_completed", "request"], "{known:?}");
    }
}

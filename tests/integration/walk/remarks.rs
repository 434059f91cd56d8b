//! What is no answer, though it stands where one is wanted: a remark among names, words for nobody knows,
//! the number of another step.

use super::driver::last_outcome;
use super::step;
use super::tired::{heard, list, typed};

use breach::fact::Value;
use breach::incident::event::{Event, Outcome};

fn two() -> String {
    [step("a", "ask = [\"boxes\"]"), step("b", "")].concat()
}

#[test]
fn a_remark_among_names_is_asked_back() {
    let known = [("boxes", "web-01, web-02, web-03")];
    for answer in [
        "no, web-01",
        "sorry, web-01, web-07",
        "no jump-02",
        "web-01 and web-02, not sure about web-02 yet",
        "only web-01 and web-02",
        "just web-07",
        "boxes are web-01 and web-02",
        "web-07, web-08 too",
        "web-07 and web-08 (maybe)",
        "the box beside web-01",
    ] {
        for line in [format!("f boxes {answer}"), format!("f boxes + {answer}")] {
            let world = typed(&two(), &known, &[&line]);
            assert!(heard(&world, "reads like a remark"), "{line}: {:?}", world.said);
            assert_eq!(list(&world, "boxes").map(<[_]>::len), Some(3), "{line}");
        }
        let line = format!("f boxes + {answer}");
        let world = typed(&two(), &known, &[&line, answer, &format!("+ {answer}")]);
        assert!(
            list(&world, "boxes").is_some_and(|all| all.len() >= 3),
            "{line}: {:?}",
            world.said
        );
    }
    for answer in [
        "web-07",
        "+ customer database",
        "+ 10.0.0.7",
        "+ orders and payments",
        "+ https://a.example/x",
    ] {
        let world = typed(&two(), &known, &[&format!("f boxes {answer}")]);
        assert!(!heard(&world, "like a remark"), "{answer}: {:?}", world.said);
    }
}

#[test]
fn what_an_answer_leaves_of_a_list_is_shown_before_it_is_taken() {
    let known = [("boxes", "web-01, web-02")];
    let line = "f boxes web-02, web-07";
    let world = typed(&two(), &known, &[line]);
    assert!(heard(&world, "leaves out: web-01"), "{:?}", world.said);
    assert!(heard(&world, "The list would be: web-02, web-07"), "{:?}", world.said);
    // Whoever means a remark is asked all the same.
    let line = "f boxes only web-07";
    let world = typed(&two(), &known, &[line, "only web-07"]);
    assert!(heard(&world, "leaves out"), "{:?}", world.said);
    let world = typed(&two(), &known, &[line, "only web-07", "y"]);
    assert_eq!(list(&world, "boxes"), Some(&["only web-07".to_owned()][..]), "{:?}", world.said);
}

#[test]
fn names_with_a_plus_between_them_are_several() {
    let world = typed(&two(), &[], &["d", "web-1 + web-2"]);
    assert_eq!(list(&world, "boxes").map(<[_]>::len), Some(2), "{:?}", world.said);
}

#[test]
fn a_text_that_says_that_nobody_knows_is_asked_back() {
    let text = [step("a", "ask = [\"target\"]"), step("b", "")].concat();
    for answer in ["no idea, Jonas knows", "Not sure. Ask Priya", "dunno - the agency has it"] {
        let world = typed(&text, &[], &["d", answer]);
        assert!(heard(&world, "says that nobody knows"), "{answer}: {:?}", world.said);
        assert_eq!(world.incident.fact_value("target"), None, "{answer}");
        let world = typed(&text, &[], &["d", answer, "unknown"]);
        assert_eq!(world.incident.fact_value("target"), Some(&Value::Unknown), "{answer}");
        let world = typed(&text, &[], &["d", answer, answer]);
        let kept = world.incident.fact_value("target").cloned();
        assert_eq!(kept, Some(Value::Text(answer.to_owned())), "{answer}");
    }
}

#[test]
fn the_number_of_another_step_is_no_text() {
    let boxes = "for-each = \"boxes\"";
    let text = [step("a", ""), step("cut", boxes), step("keep", boxes), step("b", "")].concat();
    let known = [("boxes", "srv-38, srv-39")];
    for line in ["s 3 srv-39 off", "d 3", "x 2 srv-38", "s 4", "a 3", "w 2 srv-39: to Bo"] {
        let world = typed(&text, &known, &[line]);
        assert!(heard(&world, "Did you mean step"), "{line}: {:?}", world.said);
        let is_outcome = |event: &Event| matches!(event, Event::StepOutcome(_));
        assert!(!world.drafts.iter().any(|draft| is_outcome(&draft.event)), "{line}");
    }
    for line in ["d 3 sessions ended", "s 12", "d 1"] {
        let world = typed(&text, &known, &[line]);
        assert!(!heard(&world, "Did you mean step"), "{line}: {:?}", world.said);
    }
    let world = typed(&text, &known, &["s 4", "s 4"]);
    assert_eq!(last_outcome(&world).outcome, Outcome::Skipped);
}

#[test]
fn the_beginning_of_names_is_asked_back() {
    let text = [step("cut", "for-each = \"boxes\""), step("b", "")].concat();
    let known = [("boxes", "payments-db-primary, vpn-gw-1, vpn-gw-2, wiki")];
    for (line, named) in [("d payments", "payments-db-primary"), ("d vpn", "vpn-gw-1 and vpn-gw-2")]
    {
        let world = typed(&text, &known, &[line]);
        assert!(heard(&world, named), "{line}: {:?}", world.said);
        let world = typed(&text, &known, &[line, "1"]);
        assert_eq!(last_outcome(&world).outcome, Outcome::Done, "{line}: {:?}", world.said);
    }
}

#[test]
fn what_the_step_itself_calls_done_is_done() {
    let offers = "do = \"Ask.\\n\\nDone when the log says who, or that you cannot tell.\"";
    let text = step("a", "").replace("do = \"Do it.\"", offers);
    let world = typed(&[text.clone(), step("b", "")].concat(), &[], &["d cannot tell, no logs"]);
    assert_eq!(last_outcome(&world).outcome, Outcome::Done, "{:?}", world.said);
    let world = typed(&[text, step("b", "")].concat(), &[], &["d cannot reach them"]);
    assert!(heard(&world, "as if it were not done"), "{:?}", world.said);
}

#[test]
fn what_was_abandoned_empty_takes_nothing_back() {
    let text = [step("one", ""), step("a", "ask = [\"boxes\"]"), step("b", "")].concat();
    let world = typed(&text, &[], &["d", "d", "<", "u"]);
    assert!(heard(&world, "u again takes back"), "{:?}", world.said);
    assert_eq!(last_outcome(&world).outcome, Outcome::Done);
    assert!(!world.stamped.iter().any(|stamped| stamped.is_withdrawn), "{:?}", world.said);
    let world = typed(&text, &[], &["d", "d", "<", "u", "u"]);
    assert!(world.stamped.iter().any(|stamped| stamped.is_withdrawn), "{:?}", world.said);
    // What was said with d is kept as a note, and is no act of its own.
    let world = typed(&text, &[], &["d", "d cut at the wall", "<", "u"]);
    assert!(heard(&world, "kept as a note"), "{:?}", world.said);
    assert!(!world.stamped.iter().any(|stamped| stamped.is_withdrawn), "{:?}", world.said);
}

#[test]
fn a_fact_is_set_by_one_word_of_its_name() {
    let world = typed(&two(), &[], &["f boxes web-1, web-2"]);
    assert_eq!(list(&world, "boxes").map(<[_]>::len), Some(2), "{:?}", world.said);
    let asks = step("a", "ask = [\"hosts_affected\"]");
    for line in ["f hosts srv-1, srv-2", "f affected srv-1, srv-2", "f affected hosts srv-1, srv-2"]
    {
        let world = typed(&[asks.clone(), step("b", "")].concat(), &[], &[line]);
        assert_eq!(
            list(&world, "hosts_affected").map(<[_]>::len),
            Some(2),
            "{line}: {:?}",
            world.said
        );
    }
}

#[test]
fn a_time_between_commas_is_when_to_look_again() {
    let text = [step("a", ""), step("b", "")].concat();
    for (line, to, said) in [
        ("w to Noor, 10 min, she has the switch room", Some("Noor"), "she has the switch room"),
        ("w to Bo, +30m, tapes", Some("Bo"), "tapes"),
        ("w to Bo Lund: tapes, 20m", Some("Bo Lund"), "tapes"),
        ("w the bank, 13:30, they call back", None, "the bank, they call back"),
        ("w the bank until 13:00 tapes", None, "the bank, tapes"),
    ] {
        let world = typed(&text, &[], &[line]);
        let outcome = last_outcome(&world);
        assert!(outcome.check_at.is_some(), "{line}: {:?}", world.said);
        assert_eq!(outcome.to.as_deref(), to, "{line}");
        assert_eq!(
            outcome.text.as_ref().map(breach::incident::event::Text::as_str),
            Some(said),
            "{line}"
        );
    }
}

#[test]
fn bare_numbers_behind_an_item_are_its_siblings() {
    let text = [step("cut", "for-each = \"boxes\""), step("b", "")].concat();
    let known = [("boxes", "srv-11..srv-16, wiki")];
    let settled = |world: &super::driver::World| {
        let outcomes = world.drafts.iter().filter_map(|draft| match &draft.event {
            Event::StepOutcome(body) => Some(body.item.iter().chain(&body.items).count()),
            _ => None,
        });
        outcomes.sum::<usize>()
    };
    for (lines, count) in [
        (&["d srv-11, 12 and 13"][..], 3),
        (&["d srv-11, 12 and 13 done, memory kept", "1"], 3),
        (&["d srv-11 12 13 by hand", "1"], 3),
        (&["d srv-11,12,13: by hand"], 3),
        (&["d srv-11, 13-15"], 4),
        (&["d srv-11 - 13"], 3),
        (&["d srv-11 thru srv-13: by hand"], 3),
        (&["d srv-11 to 13"], 3),
        (&["d srv11 and srv12", "1"], 2),
        (&["d srv-11 + srv-12"], 2),
        (&["d the rest", "y"], 7),
        (&["d all 7: by hand"], 7),
        (&["d all but the wiki"], 6),
        (&["d everything else"], 7),
    ] {
        let world = typed(&text, &known, lines);
        assert_eq!(settled(&world), count, "{lines:?}: {:?}", world.said);
    }
    for line in ["d all but us", "d all except srv-19", "d srv-11, 12 and 13 done"] {
        let world = typed(&text, &known, &[line]);
        assert_eq!(settled(&world), 0, "{line}: {:?}", world.said);
        assert!(!heard(&world, "all of them"), "{line}: {:?}", world.said);
    }
    let world = typed(&text, &known, &["d srv-11 2 sessions ended"]);
    assert_eq!(settled(&world), 1, "{:?}", world.said);
}

#[test]
fn words_that_keep_what_is_known_are_no_value() {
    let text = [step("a", "ask = [\"target\", \"boxes\"]"), step("b", "")].concat();
    let known = [("target", "Ana"), ("boxes", "web-01")];
    for word in ["keep", "same", "same as before", "y", "OK"] {
        let world = typed(&text, &known, &["f target", word, "f boxes", word]);
        assert_eq!(
            world.incident.fact_value("target"),
            Some(&Value::Text("Ana".to_owned())),
            "{word}"
        );
        assert_eq!(list(&world, "boxes"), Some(&["web-01".to_owned()][..]), "{word}");
    }
}

#[test]
fn what_comes_with_an_answer_is_kept_as_a_note() {
    let text = [step("a", "ask = [\"first_signal\"]"), step("b", "")].concat();
    for answer in ["called at 01:50", "0150, by phone", "when we cut the tags, 01:50"] {
        let world = typed(&text, &[], &["d", answer, "y"]);
        let time = world.incident.fact_value("first_signal").cloned();
        let time = time.map(|time| match time {
            Value::Time(when) => when.earliest.format("%H:%M").to_string(),
            other => format!("{other:?}"),
        });
        assert_eq!(time.as_deref(), Some("01:50"), "{answer}: {:?}", world.said);
        let is_kept = |event: &Event| matches!(event, Event::Note(note) if note.text.as_str().contains(answer));
        assert!(world.drafts.iter().any(|draft| is_kept(&draft.event)), "{answer}");
    }
    // A line that begins with its time needs no question.
    let world = typed(&text, &[], &["d", "01:50, helpdesk got 3 calls"]);
    assert!(
        matches!(world.incident.fact_value("first_signal"), Some(Value::Time(_))),
        "{:?}",
        world.said
    );
    for answer in [
        "27/11 9:50",
        "27.11. and 9:50",
        "9:50 fri or so",
        "a week ago, 8:28",
        "9:50 cet 2026-11-01",
    ] {
        let world = typed(&text, &[], &["d", answer]);
        let today = world.incident.fact_value("first_signal").map(|value| value.show(None));
        let is_today = today.is_some_and(|shown| shown.contains("23 Nov"));
        assert!(!is_today, "{answer}: {:?}", world.said);
    }
    for answer in ["not before 01:50", "01:50 or 02:10", "about 01:50", "after the call 01:50"] {
        let world = typed(&text, &[], &["d", answer]);
        assert_eq!(world.incident.fact_value("first_signal"), None, "{answer}: {:?}", world.said);
    }
    let text = [step("a", "ask = [\"transactions_affected\"]"), step("b", "")].concat();
    let number = |answer: &str| {
        let world = typed(&text, &[], &["d", answer]);
        world.incident.fact_value("transactions_affected").map(|value| value.show(None))
    };
    assert_eq!(number("61000 bookings, not all by card").as_deref(), Some("61000"));
    assert_eq!(number("approx 38500 cards").as_deref(), Some("about 38500"));
    for answer in ["3 or 4 hundred", "10 of 12", "10 to 20", "5 %"] {
        assert_eq!(number(answer), None, "{answer}");
    }
}

#[test]
fn a_sentence_that_begins_with_no_is_kept_as_it_was_said() {
    let text = [step("a", "ask = [\"leaking\"]"), step("b", "")].concat();
    let world = typed(&text, &[], &["d", "no trace of changes"]);
    assert_eq!(
        world.incident.fact_value("leaking"),
        Some(&Value::YesNo(false)),
        "{:?}",
        world.said
    );
    let is_kept = |event: &Event| matches!(event, Event::Note(note) if note.text.as_str().ends_with(" no trace of changes"));
    assert!(world.drafts.iter().any(|draft| is_kept(&draft.event)), "{:?}", world.drafts);
    for answer in ["none", "none found", "nothing found"] {
        let world = typed(&text, &[], &["d", answer]);
        assert_eq!(world.incident.fact_value("leaking"), Some(&Value::YesNo(false)), "{answer}");
    }
}

#[test]
fn a_correction_is_nobody_who_decides() {
    let text = [step("a", "ask = [\"noticed_by_law\"]"), step("b", "")].concat();
    for name in ["no, it was Tom", "no, harm is likely", "Tom was it"] {
        let world = typed(&text, &[], &["d", "02:40", name]);
        assert!(heard(&world, "That is no name"), "{name}: {:?}", world.said);
    }
}

#[test]
fn evidence_is_asked_whose_it_is_where_several_owe_it() {
    let image =
        "for-each = \"boxes\"\nevidence = [{ id = \"image\", title = \"Image\", required = true }]";
    let text = [step("image", image), step("b", "")].concat();
    let known = [("boxes", "web-a, web-b")];
    let kept = |world: &super::driver::World| {
        world.drafts.iter().any(|draft| matches!(draft.event, Event::EvidenceAdded(_)))
    };
    let world = typed(&text, &known, &["d web-a", "", "e aws:snap-1"]);
    assert!(!kept(&world), "{:?}", world.said);
    assert!(heard(&world, "Of which is it evidence?"), "{:?}", world.said);
    let world = typed(&text, &known, &["d web-a", "aws:snap-1", "e aws:snap-2"]);
    assert!(kept(&world) && !heard(&world, "Of which"), "{:?}", world.said);
}

#[test]
fn an_action_item_has_the_day_that_was_said() {
    use breach::incident::ACTION_ITEMS;
    let text = [step("a", &format!("ask = [\"{ACTION_ITEMS}\"]")), step("b", "")].concat();
    for day in ["2026-12-15", "15 dec", "15 Dec 2026", "friday", "next monday", "tomorrow"] {
        let world = typed(&text, &[], &["d", &format!("Tomas: rotate the keys by {day}")]);
        assert!(!heard(&world, "without an owner or a day"), "{day}: {:?}", world.said);
    }
    let world = typed(&text, &[], &["d", "Tomas: rotate the keys by hand"]);
    assert!(heard(&world, "without an owner or a day"), "{:?}", world.said);
}

#[test]
fn a_stray_key_takes_no_time_off_a_notice() {
    let give = [step("give", "for-each = \"duties_owed\""), step("after", "")].concat();
    let known = [("duties_owed", "eu-gdpr.33-1")];
    let lines = ["d told the authority 02:00", "y", "v"];
    let world = typed(&give, &known, &lines);
    assert!(!world.incident.is_answered("eu-gdpr.33-1"), "{:?}", world.said);
    assert!(heard(&world, "Answer y or n"), "{:?}", world.said);
    let world = typed(&give, &known, &[&lines[..], &["y"]].concat());
    assert!(world.incident.is_answered("eu-gdpr.33-1"), "{:?}", world.said);
    let last = world.drafts.iter().rev().find_map(|draft| draft.occurred.clone());
    assert_eq!(last.map(|at| at.earliest.format("%H:%M").to_string()).as_deref(), Some("02:00"));
}

#[test]
fn items_are_named_in_other_spellings() {
    let text = [step("cut", "for-each = \"boxes\""), step("b", "")].concat();
    let known = [("boxes", "fs-01..fs-06, vm-01..vm-03, wiki")];
    for (lines, count) in [
        (&["d fs1-4 images taken", "1"][..], 4),
        (&["d fs-01/02 shut", "1"], 2),
        (&["d", "fs 1 to 4", "1"], 4),
        (&["d fs-05, -06 shut on the switch", "1"], 2),
        (&["d all fs"], 6),
        (&["d all vm: by hand"], 3),
    ] {
        let world = typed(&text, &known, lines);
        let outcomes = world.drafts.iter().filter_map(|draft| match &draft.event {
            Event::StepOutcome(body) => Some(body.item.iter().chain(&body.items).count()),
            _ => None,
        });
        assert_eq!(outcomes.sum::<usize>(), count, "{lines:?}: {:?}", world.said);
    }
}

#[test]
fn a_list_is_read_as_it_is_written() {
    for (answer, names) in [
        (
            "stripe key, admin token and deploy key",
            &["stripe key", "admin token", "deploy key"][..],
        ),
        ("a key, b key and the c key", &["a key", "b key", "c key"]),
        ("lea / j.tom / svc-x", &["lea", "j.tom", "svc-x"]),
        ("3 keys: a key, b key, c key", &["a key", "b key", "c key"]),
        ("two: web-1, web-2", &["web-1", "web-2"]),
        ("\"orders and payments\"", &["orders and payments"]),
        ("acme, \"Smith and Sons\"", &["acme", "Smith and Sons"]),
    ] {
        let world = typed(&two(), &[], &["d", answer]);
        let all =
            list(&world, "boxes").map(|all| all.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(all.as_deref(), Some(names), "{answer}: {:?}", world.said);
    }
}

#[test]
fn what_is_said_with_a_no_to_a_time_is_not_dropped() {
    let text = [step("a", "ask = [\"first_signal\"]"), step("b", "")].concat();
    for answer in ["no, without svc-deploy", "no, only web-02"] {
        let world = typed(&text, &[], &["d", answer]);
        assert_eq!(world.incident.fact_value("first_signal"), None, "{answer}: {:?}", world.said);
    }
    let world = typed(&text, &[], &["d", "not yet, tomorrow"]);
    assert_eq!(
        world.incident.fact_value("first_signal"),
        Some(&Value::Unknown),
        "{:?}",
        world.said
    );
    assert!(world.drafts.iter().any(|draft| matches!(draft.event, Event::Note(_))));
}

#[test]
fn a_day_beside_the_reference_of_a_notice_is_no_now() {
    let give = [step("give", "for-each = \"duties_owed\""), step("after", "")].concat();
    let known = [("duties_owed", "eu-gdpr.33-1")];
    for line in ["d MC-PFI-42 by mail 30/11", "d LOT-12 posted on 20 nov", "d LOT-12 8.11."] {
        let world = typed(&give, &known, &[line]);
        assert!(!world.incident.is_answered("eu-gdpr.33-1"), "{line}: {:?}", world.said);
        assert!(heard(&world, "sent now"), "{line}: {:?}", world.said);
    }
}

#[test]
fn who_is_known_is_the_person_whatever_words_follow() {
    let text = [step("a", ""), step("b", ""), step("c", "")].concat();
    for (line, to, said) in [
        ("w to priya please, asap", "priya", Some("please, asap")),
        ("w to priya instead", "priya", Some("instead")),
        ("w to priya and bo", "priya and bo", None),
    ] {
        let world = typed(&text, &[], &["w to Priya", line]);
        let outcome = last_outcome(&world);
        assert_eq!(outcome.to.as_deref(), Some(to), "{line}");
        let text = outcome.text.as_ref().map(breach::incident::event::Text::as_str);
        assert_eq!(text, said, "{line}");
    }
}

#[test]
fn an_item_of_another_step_is_no_text_of_this_one() {
    let text = [
        step("cut", "for-each = \"boxes\""),
        step("close", "for-each = \"accounts_affected\""),
        step("b", ""),
    ]
    .concat();
    let known = [("boxes", "web-01"), ("accounts_affected", "tom9, root")];
    for line in ["d tom9 has left the firm", "d tom9", "s root"] {
        let world = typed(&text, &known, &[line]);
        assert!(heard(&world, "another step"), "{line}: {:?}", world.said);
        assert!(!world.drafts.iter().any(|draft| matches!(draft.event, Event::StepOutcome(_))));
    }
    let world = typed(&text, &known, &["a somebody has left the firm"]);
    assert!(!world.drafts.iter().any(|draft| matches!(draft.event, Event::StepOutcome(_))));
}

#[test]
fn a_time_at_which_something_was_done_is_asked_about() {
    let text = [step("a", ""), step("b", "")].concat();
    for line in
        ["d all cut at 02:40", "d since 02:40 maintenance page", "d page is down since 02:40"]
    {
        let world = typed(&text, &[], &[line]);
        assert!(heard(&world, "You gave a time"), "{line}: {:?}", world.said);
    }
    // It is 03:12: what is ahead is an appointment.
    for line in ["d told them to call at 14:00", "d saw two at once"] {
        let world = typed(&text, &[], &[line]);
        assert_eq!(last_outcome(&world).outcome, Outcome::Done, "{line}: {:?}", world.said);
    }
}

#[test]
fn an_option_is_named_as_its_title_has_it_in_brackets() {
    let text = [step("a", "ask = [\"platforms\"]"), step("b", "")].concat();
    let world = typed(&text, &[], &["d", "linux, m365, K8s and gmail"]);
    let platforms = list(&world, "platforms").map(<[_]>::to_vec).unwrap_or_default();
    assert_eq!(
        platforms,
        ["linux", "microsoft-365", "kubernetes", "google-workspace"],
        "{:?}",
        world.said
    );
}

#[test]
fn a_confirmation_is_for_the_line_that_was_asked_back() {
    let world = typed(&two(), &[], &["d 2", "f boxes", ""]);
    assert!(!heard(&world, "not recorded yet"), "{:?}", world.said);
    let world = typed(&two(), &[], &["f boxes only web-1", ""]);
    assert!(heard(&world, "not recorded yet"), "{:?}", world.said);
}

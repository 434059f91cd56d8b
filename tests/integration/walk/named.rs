//! Items that are named by a word of their name, the question which, and what an item found later opens
//! in a phase before.

use super::driver::last_outcome;
use super::step;
use super::tired::{heard, typed};
use crate::cli::room::Room;
use crate::terminal::{answer, contain, enter, exit, open, up_to};

use breach::fact::Value;
use breach::incident::event::{DecidedAs, Decision, Event, Outcome, StepOutcome};
use breach::walk::Walk;

fn settled(world: &super::driver::World) -> Vec<String> {
    let StepOutcome { item, items, .. } = last_outcome(world);
    item.into_iter().chain(items).collect()
}

/// A step over three accounts.
fn accounts() -> (String, [(&'static str, &'static str); 1]) {
    let text = [step("a", "for-each = \"boxes\""), step("b", "")].concat();
    (text, [("boxes", "\"AD krbtgt\", \"stripe live key\", \"magento admin token\"")])
}

#[test]
fn where_it_is_asked_which_a_word_of_a_name_is_enough() {
    let (text, known) = accounts();
    for (reply, names) in [
        ("krbtgt", &["AD krbtgt"][..]),
        ("Stripe", &["stripe live key"]),
        ("live key", &["stripe live key"]),
        ("magento and krbtgt", &["magento admin token", "AD krbtgt"]),
    ] {
        let world = typed(&text, &known, &["d rotated", reply]);
        assert_eq!(settled(&world), names, "{reply}: {:?}", world.said);
    }
    for reply in ["key card", "kr", "admin panel", "tokens"] {
        let world = typed(&text, &known, &["d rotated", reply]);
        let is_none =
            !world.drafts.iter().any(|draft| matches!(draft.event, Event::StepOutcome(_)));
        assert!(is_none, "{reply}: {:?}", world.said);
    }
}

#[test]
fn at_a_step_a_word_of_a_name_is_offered() {
    let (text, known) = accounts();
    for (line, names) in [
        ("d stripe rotated tonight", "1 Done: stripe live key"),
        ("d krbtgt: reset twice", "1 Done: AD krbtgt, with the text: reset twice"),
        ("d stripe and krbtgt: rotated", "1 Done: stripe live key and AD krbtgt"),
    ] {
        let world = typed(&text, &known, &[line]);
        assert!(heard(&world, names), "{line}: {:?}", world.said);
        let world = typed(&text, &known, &[line, "1"]);
        assert_eq!(last_outcome(&world).outcome, Outcome::Done, "{line}");
    }
    // Behind a name that is given in full, a word of another begins the text.
    let world = typed(&text, &known, &["d AD krbtgt stripe will follow"]);
    assert_eq!(settled(&world), ["AD krbtgt"], "{:?}", world.said);
}

#[test]
fn a_line_for_the_step_leaves_the_two_readings() {
    let (text, known) = accounts();
    let world = typed(&text, &known, &["d stripe rotated tonight", "n told the bank"]);
    assert!(heard(&world, "Not recorded: stripe rotated tonight"), "{:?}", world.said);
    assert!(world.drafts.iter().any(|draft| matches!(draft.event, Event::Note(_))));
}

#[test]
fn what_is_said_behind_a_name_is_not_of_the_name() {
    let (text, known) = accounts();
    for (line, to, why) in [
        ("w all: to Kasia please", "Kasia", "please"),
        ("w all: to Kasia Nowak if she is up", "Kasia Nowak", "if she is up"),
        ("w all: to the network team", "the network team", ""),
    ] {
        let outcome = last_outcome(&typed(&text, &known, &[line]));
        let said = outcome.text.as_ref().map_or("", breach::incident::event::Text::as_str);
        assert_eq!((outcome.to.as_deref(), said), (Some(to), why), "{line}");
    }
}

#[test]
fn an_item_that_is_found_later_is_told_to_open_steps_before() {
    let room = Room::new();
    let ok = |words: &[&str]| assert_eq!(room.breach(words).exit, Some(0), "{words:?}");
    let walk = |phase: &str, lines: &str| {
        room.pipe(&[phase, "--playbook", "generic"], lines.as_bytes()).said()
    };
    walk("contain", "Ada\nx\nunknown\n1\n");
    ok(&["fact", "set", "hosts_affected", "srv-01"]);
    let said = walk("scope", "f hosts_affected + srv-07\n");
    assert!(said.contains("srv-07 is open in containment now: save-live-state"), "{said}");
    let said = walk("scope", "n nothing new\n");
    assert!(!said.contains("open in containment now"), "{said}");
}

#[test]
fn a_duty_of_which_a_notice_was_taken_back_is_open_again() {
    let world = |lines: &[&str]| super::left::with_duties(lines);
    let mut world = world(&["d FR: CNIL-17", "d rest: by letter"]);
    let first = world.incident.notices["eu-gdpr.33-1"][0].entry.clone();
    assert_eq!(super::left::first_open(&world).as_deref(), Some("uk-gdpr.33"));
    world.withdraw(&first);
    assert_eq!(super::left::first_open(&world).as_deref(), Some("eu-gdpr.33-1"));
}

#[test]
fn under_counsel_every_answer_is_repeated() {
    let text = [step("a", "ask = [\"leaking\", \"target\"]"), step("b", "")].concat();
    let (playbook, vocabulary) = super::steps(&text);
    let mut walk = Walk::new(&playbook, &vocabulary, true);
    let mut world = super::driver::World::new();
    let counsel = ("Ana".to_owned(), DecidedAs::said("counsel").expect("a role"));
    let yes = Value::YesNo(true);
    world.fold(Decision::new("counsel_directs", yes, counsel, "advice".into()).into());
    super::driver::type_in(&mut walk, &mut world, &["d", "no", "the shop"]);
    for echo in ["Leaking: no", "Target: the shop"] {
        assert!(heard(&world, echo), "{echo}: {:?}", world.said);
    }
}

#[test]
fn whoever_led_the_response_is_asked_back_as_moderator() {
    let ask = "ask = [\"incident_commander\", \"postmortem_moderator\"]";
    let text = [step("a", ask), step("b", "")].concat();
    let world = typed(&text, &[], &["d", "Sam Ott", "sam"]);
    assert!(heard(&world, "Sam Ott led the response"), "{:?}", world.said);
    let world = typed(&text, &[], &["d", "Sam Ott", "sam", "sam"]);
    assert!(world.incident.fact_value("postmortem_moderator").is_some(), "{:?}", world.said);
    let world = typed(&text, &[], &["d", "Sam Ott", "Ida"]);
    assert!(world.incident.fact_value("postmortem_moderator").is_some(), "{:?}", world.said);
}

#[test]
fn each_argument_is_an_item() {
    let room = Room::new();
    room.open();
    let added = room.breach(&["fact", "add", "boxes", "AD krbtgt", "svc-backup"]);
    assert_eq!(added.exit, Some(0), "{added:?}");
    let edit = &room.bodies("fact-edit")[0];
    assert_eq!(edit["add"], serde_json::json!(["AD krbtgt", "svc-backup"]), "{edit}");
    assert_eq!(room.breach(&["fact", "add", "boxes", "a,", "b", "and", "c"]).exit, Some(0));
    let edit = &room.bodies("fact-edit")[1];
    assert_eq!(edit["add"], serde_json::json!(["a", "b", "c"]), "{edit}");
}

#[test]
fn an_item_that_may_be_two_is_asked_back() {
    let text = [step("a", "ask = [\"boxes\"]"), step("b", "")].concat();
    for answer in ["orders and payments", "+ orders and the crm", "crm, tills & scanners"] {
        let world = typed(&text, &[], &["d", answer]);
        assert!(heard(&world, "For two, put a comma between them"), "{answer}: {:?}", world.said);
        assert!(world.incident.fact_value("boxes").is_none(), "{answer}");
        let world = typed(&text, &[], &["d", answer, answer]);
        assert!(world.incident.fact_value("boxes").is_some(), "{answer}: {:?}", world.said);
    }
    for answer in ["web-1 and web-2", "orders, payments and crm"] {
        let world = typed(&text, &[], &["d", answer]);
        assert!(world.incident.fact_value("boxes").is_some(), "{answer}: {:?}", world.said);
    }
    for answer in
        ["web-1, that we know of", "web-1, as far as we know", "web-1, or so", "web-1, etc"]
    {
        let world = typed(&text, &[], &["d", answer]);
        assert!(heard(&world, "reads like a remark"), "{answer}: {:?}", world.said);
    }
    for answer in ["none known", "none that we know of", "nothing found so far"] {
        let world = typed(&text, &[], &["d", answer]);
        assert_eq!(super::tired::list(&world, "boxes"), Some(&[][..]), "{answer}");
    }
}

#[test]
fn a_step_that_somebody_gives_me_stays_before_me() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    up_to(&mut session, "name-boxes, Ada> ");
    let give = ["step", "name-boxes", "assigned", "--to", "Ada", "--as", "Priya"];
    let given = room.breach(&give);
    assert_eq!(given.exit, Some(0), "{given:?}");
    enter(&mut session, "");
    up_to(&mut session, "Meanwhile, Priya");
    answer(&mut session, "name-boxes, Ada> ", "f boxes web-01, web-02");
    answer(&mut session, "name-boxes, Ada> ", "j 2");
    // All of a card that are given to me stay there, too.
    up_to(&mut session, ", 2 open> ");
    let give = ["step", "image", "assigned", "--item", "all", "--to", "Ada", "--as", "Priya"];
    let given = room.breach(&give);
    assert_eq!(given.exit, Some(0), "{given:?}");
    enter(&mut session, "");
    up_to(&mut session, "yours> ");
    enter(&mut session, "q");
    assert_eq!(exit(&mut session), Some(6));
    room.verify();
}

#[test]
fn another_line_at_a_question_says_what_is_not_recorded() {
    let text = [step("a", ""), step("b", "")].concat();
    let world = typed(&text, &[], &["f first_signal 2026-11-24 08:00", "n called the bank"]);
    assert!(heard(&world, "Not recorded: f first_signal"), "{:?}", world.said);
    assert!(world.drafts.iter().any(|draft| matches!(draft.event, Event::Note(_))));
}

#[test]
fn evidence_for_all_items_is_asked_for() {
    let wants = "for-each = \"boxes\"\nevidence = [{ id = \"image\", title = \"Disk image\" }]";
    let text = [step("a", wants), step("b", "")].concat();
    let world = typed(&text, &[("boxes", "web-1, web-2")], &["e", "all", "aws:snap-1"]);
    let items: Vec<_> = world.incident.exhibits.values().map(|kept| kept.item.clone()).collect();
    assert_eq!(items, [Some("web-1".to_owned()), Some("web-2".to_owned())], "{:?}", world.said);
}

#[test]
fn a_short_end_of_a_range_is_a_number_of_its_family() {
    let text = [step("a", "for-each = \"boxes\""), step("b", "")].concat();
    let known = [("boxes", "gc-03, gc-04, gc-05, gc-06")];
    for line in ["d gc-04..6: shut", "d gc-4..06 shut", "d gc-04..06 shut", "d gc-04-06: shut"] {
        let world = typed(&text, &known, &[line, "1"]);
        assert_eq!(settled(&world), ["gc-04", "gc-05", "gc-06"], "{line}: {:?}", world.said);
    }
    let world = typed(&text, &known, &["d gc-04..9 shut"]);
    assert!(heard(&world, "not among the items"), "{:?}", world.said);
}

#[test]
fn a_line_that_edits_another_list_is_no_answer_to_this_one() {
    let text = [step("a", "ask = [\"boxes\"]"), step("b", "")].concat();
    for line in ["f hosts + gc-10, gc-11", "f hosts - gc-10", "f keys = x"] {
        let world = typed(&text, &[], &["d", line]);
        assert!(heard(&world, "That is a key"), "{line}: {:?}", world.said);
        assert!(world.incident.fact_value("boxes").is_none(), "{line}");
    }
}

#[test]
fn another_time_takes_the_place_of_the_one_that_was_doubted() {
    let text = [step("a", "ask = [\"counsel_told_at\"]"), step("b", "")].concat();
    for (lines, minute) in [
        (&["d", "our lawyer was called 02:20", "02:25"][..], "02:25"),
        (&["d", "our lawyer was called 02:20", "02:25 by phone", "y"], "02:25"),
        (&["d", "our lawyer was called 02:20", "n", "02:30"], "02:30"),
        (&["d", "our lawyer was called 02:20", "y"], "02:20"),
    ] {
        let world = typed(&text, &[], lines);
        let told = world.incident.fact_value("counsel_told_at");
        let Some(Value::Time(told)) = told else { panic!("{lines:?}: {:?}", world.said) };
        assert_eq!(told.earliest.format("%H:%M").to_string(), minute, "{lines:?}");
        assert!(!heard(&world, "w sets aside"), "{lines:?}: {:?}", world.said);
    }
}

#[test]
fn what_was_called_done_is_replaced_by_no_key_in_passing() {
    let text = [step("a", ""), step("b", "")].concat();
    for line in ["x it was off", "s not now", "w Priya, 04:30"] {
        let world = typed(&text, &[], &["d shut", "j a", line]);
        assert!(heard(&world, "called it done at"), "{line}: {:?}", world.said);
        assert_eq!(last_outcome(&world).outcome, Outcome::Done, "{line}");
        let world = typed(&text, &[], &["d shut", "j a", line, line]);
        assert_ne!(last_outcome(&world).outcome, Outcome::Done, "{line}: {:?}", world.said);
    }
}

#[test]
fn what_somebody_did_is_no_host() {
    let text = [step("a", "ask = [\"hosts_affected\"]"), step("b", "")].concat();
    for answer in [
        "app-04, found by lars on the db",
        "app-04, seen in the proxy",
        "app-04, the one beside it",
    ] {
        let world = typed(&text, &[], &["d", answer]);
        assert!(heard(&world, "reads like a remark"), "{answer}: {:?}", world.said);
    }
}

#[test]
fn a_second_group_within_the_text_is_asked_back() {
    let text = [step("a", "for-each = \"boxes\""), step("b", "")].concat();
    let known = [("boxes", "gc-1, gc-2, app-1")];
    for line in ["w gc-*: to Lars; apps: me", "d gc-1: shut; the other: later"] {
        let world = typed(&text, &known, &[line]);
        assert!(heard(&world, "stands within the text"), "{line}: {:?}", world.said);
    }
    for line in ["d gc-*: shut; back in rack 4", "d gc-*: shut; see the ticket"] {
        let world = typed(&text, &known, &[line]);
        assert_eq!(settled(&world), ["gc-1", "gc-2"], "{line}: {:?}", world.said);
    }
}

#[test]
fn no_number_and_no_time_begins_like_a_key() {
    let ask = "ask = [\"acquirer_told_at\", \"cards_affected\"]";
    let text = [step("a", ask), step("b", "")].concat();
    for line in ["f first signal is 02:10", "d told them 02:10", "j b"] {
        let world = typed(&text, &[], &["d", line, "y"]);
        assert!(heard(&world, "That is a key"), "{line}: {:?}", world.said);
        assert!(world.incident.fact_value("acquirer_told_at").is_none(), "{line}");
    }
    let world = typed(&text, &[], &["d", "02:10", "f hosts + 12"]);
    assert!(world.incident.fact_value("cards_affected").is_none(), "{:?}", world.said);
}

#[test]
fn a_fact_is_named_by_its_name_with_blanks() {
    let text = [step("a", ""), step("b", "")].concat();
    for (line, fact) in [
        ("f home country sweden", "home_country"),
        ("f incident commander Ida", "incident_commander"),
        ("f risk level high", "risk_level"),
    ] {
        let world = typed(&text, &[], &[line]);
        assert!(!heard(&world, "There is no fact"), "{fact}: {:?}", world.said);
        assert!(!heard(&world, "Not understood"), "{fact}: {:?}", world.said);
    }
    let keys = [step("a", "ask = [\"keys_exposed\"]"), step("b", "")].concat();
    let world = typed(&keys, &[], &["f keys", "a key"]);
    assert!(world.incident.fact_value("keys_exposed").is_some(), "{:?}", world.said);
}

#[test]
fn a_time_within_a_text_is_asked_about_unless_it_is_another_one() {
    let text = [step("a", ""), step("b", "")].concat();
    for line in ["d memory saved at 02:40 today, by the vendor", "d shut 02:10, sessions killed"] {
        let world = typed(&text, &[], &[line]);
        assert!(heard(&world, "You gave a time"), "{line}: {:?}", world.said);
    }
    for line in [
        "d traffic kept from 01:00 to 02:00",
        "d logs until 02:40 kept",
        "d they call at 14:00 again",
    ] {
        let world = typed(&text, &[], &[line]);
        assert!(!heard(&world, "You gave a time"), "{line}: {:?}", world.said);
    }
    let world = typed(&text, &[], &["d the php log is gone, rotated away on sunday"]);
    assert!(heard(&world, "as if it were not done"), "{:?}", world.said);
}

#[test]
fn numbers_of_items_have_ranges() {
    let text = [step("a", "for-each = \"boxes\""), step("b", "")].concat();
    let known = [("boxes", "\"shop, old\", \"crm, old\", till, wiki")];
    for reply in ["1-3", "1..3", "1 2 and 3", "1-2, 3"] {
        let world = typed(&text, &known, &["d", reply]);
        assert_eq!(settled(&world), ["shop, old", "crm, old", "till"], "{reply}: {:?}", world.said);
    }
    let world = typed(&text, &known, &["d", "3-9"]);
    assert!(!world.drafts.iter().any(|draft| matches!(draft.event, Event::StepOutcome(_))));
}

#[test]
fn who_was_told_is_not_told_twice_and_other_keys_are_about_the_whole_notice() {
    let world = super::left::with_duties(&["d FR: CNIL-17", "d FR and DE: by letter"]);
    assert!(heard(&world, "told FR at"), "{:?}", world.said);
    assert_eq!(world.incident.notices["eu-gdpr.33-1"].len(), 1);
    let world = super::left::with_duties(&["w DE: to Bodil, 04:30"]);
    assert!(heard(&world, "only d is for DE alone"), "{:?}", world.said);
    assert!(!world.drafts.iter().any(|draft| matches!(draft.event, Event::StepOutcome(_))));
}

#[test]
fn the_fact_that_is_asked_can_be_set_by_a_line_of_the_step() {
    let text = [step("a", "ask = [\"keys_exposed\"]"), step("b", "")].concat();
    let world = typed(&text, &[], &["d", "f keys a key, b key"]);
    assert_eq!(super::tired::list(&world, "keys_exposed").map(<[_]>::len), Some(2));
    let world = typed(&text, &[], &["d", "f hosts web1, web2"]);
    assert!(heard(&world, "That is a key"), "{:?}", world.said);
}

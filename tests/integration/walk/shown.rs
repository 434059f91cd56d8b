//! What the screen says of a step, at a real terminal: where one is, what can be seen again, and that
//! nothing is wider than the terminal or asked twice.

use rexpect::session::PtySession;

use crate::cli::room::{PLAYBOOK, Room};
use crate::terminal::{answer, contain, exit, open, start, up_to};

const HERE: &str = "name-boxes, Ada> ";

/// What a terminal shows of a line.
fn without_styles(line: &str) -> String {
    // A line of progress is written over.
    let line = line.trim_end_matches('\r').rsplit('\r').next().unwrap_or_default();
    let mut pieces = line.split("\u{1b}[");
    let first = pieces.next().unwrap_or_default().to_owned();
    let rest = pieces.map(|piece| piece.split_once('m').map_or(piece, |(_, text)| text));
    first + &rest.collect::<String>()
}

fn named(session: &mut PtySession, boxes: &str) {
    answer(session, HERE, "d");
    answer(session, "Which boxes?", boxes);
    answer(session, "Is it leaking?", "no");
}

#[test]
fn the_prompt_names_the_step_and_every_view_leads_back_to_its_card() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    for key in ["?", "o", "m", "l", "why", "mine"] {
        answer(&mut session, HERE, key);
    }
    answer(&mut session, HERE, "f boxes");
    answer(&mut session, "list, with commas> ", "<");
    answer(&mut session, HERE, "v");
    let card = up_to(&mut session, HERE);
    assert!(card.contains("Name the boxes") && card.contains("Asks  Boxes; Leaking"), "{card}");
    session.send("\r").and_then(|_| session.flush()).expect("sent");
    let said = up_to(&mut session, HERE);
    assert!(said.contains("v shows the card"), "{said}");
}

#[test]
fn ten_boxes_are_one_card_and_one_line_settles_what_is_left() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    let boxes: Vec<String> = (1..=10).map(|n| format!("web-{n:02}")).collect();
    named(&mut session, &boxes.join(", "));
    answer(&mut session, "image, Ada, 10 open> ", "d web-03: by hand");
    answer(&mut session, "Evidence: ", "");
    answer(&mut session, "image, Ada, 9 open> ", "w all except web-03: to Priya, +30m");
    answer(&mut session, ", Ada", "q");
    assert_eq!(exit(&mut session), Some(6));
    let outcomes = room.bodies("step-outcome");
    let last = outcomes.last().expect("an outcome");
    assert_eq!(last["items"].as_array().map(Vec::len), Some(9), "{last}");
    assert_eq!(last["to"], "Priya", "{last}");
    room.verify();
}

#[test]
fn what_is_known_is_not_asked_again_but_a_list_that_may_have_grown() {
    let room = Room::new();
    let playbook = room.path("again.toml");
    let again = PLAYBOOK.replace(
        "title = \"Run commands\"",
        "title = \"Run commands\"\nask = [\"boxes\", \"platforms\"]",
    );
    std::fs::write(&playbook, again).expect("written");
    let mut session =
        start(&room, "xterm", &["contain", "--playbook", playbook.to_str().expect("text")]);
    open(&mut session);
    answer(&mut session, HERE, "f platforms linux");
    named(&mut session, "web-01");
    answer(&mut session, "image", "j commands");
    answer(&mut session, "commands, Ada> ", "d all was run");
    answer(&mut session, "Now: web-01. Enter keeps it.", "");
    let asked = up_to(&mut session, "Recorded");
    assert!(!asked.contains("Which platforms"), "{asked}");
    let facts = room.bodies("fact");
    assert_eq!(facts.iter().filter(|fact| fact["name"] == "boxes").count(), 1);
}

#[test]
fn none_is_an_answer_that_lets_an_incident_be_closed_and_unknown_is_named_in_words() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, HERE, "f boxes none");
    answer(&mut session, HERE, "f leaking unknown");
    answer(&mut session, HERE, "q");
    assert_eq!(exit(&mut session), Some(6));
    let close = room.breach(&["close", "--as", "Ada"]);
    assert_eq!(close.exit, Some(2), "{close:?}");
    let said = close.out + &close.err;
    assert!(said.contains("1 fact nobody knows: Leaking (leaking)."), "{said}");
    assert!(said.lines().count() <= 24, "{said}");
}

#[test]
fn a_running_clock_of_the_law_stands_above_the_card_and_in_status() {
    let room = Room::new();
    room.open();
    for (fact, value) in [
        ("people_affected", "DE=12"),
        ("controller_or_processor", "controller"),
        ("detected", "1h ago"),
    ] {
        let set = room.breach(&["fact", "set", fact, value, "--as", "Ada"]);
        assert_eq!(set.exit, Some(0), "{set:?}");
    }
    let mut session = start(&room, "xterm", &["contain", "--as", "Ada"]);
    let card = up_to(&mut session, ", Ada");
    assert!(card.contains("| GDPR 33(1) 70 h "), "{card}");
    let status = room.breach(&["status"]);
    assert!(status.out.contains("Next duty: eu-gdpr.33-1"), "{}", status.out);
}

#[test]
fn nothing_is_wider_than_the_terminal() {
    let room = Room::new();
    let long = "a very long remark that goes on and on ".repeat(12);
    room.walk(&format!(
        "n {long}\nd named\nweb-01, web-02, a-host-with-a-rather-long-name.internal.example.com\nno\n\
         s because {long}\nw for {long}\n"
    ));
    for words in [
        &["status"][..],
        &["close"],
        &["log", "show"],
        &["log", "verify"],
        &["incident", "show"],
        &["incident", "list"],
        &["fact", "show"],
        &["brief"],
        &["duties"],
        &["evidence", "list"],
        &["watch"],
        &["roster", "show"],
        &["playbook", "list"],
    ] {
        let mut session = start(&room, "xterm", words);
        if words == ["watch"] {
            session.exp_string("q leaves").expect("a page");
            session.send("q").and_then(|_| session.flush()).expect("sent");
        }
        let said = session.exp_eof().unwrap_or_else(|error| panic!("{words:?}: {error}"));
        for line in said.lines().map(without_styles) {
            let line = line.as_str();
            // An address or a digest is not broken: half of it would be wrong.
            let longest = line.split_whitespace().map(|word| word.chars().count()).max();
            let indent = line.chars().count() - line.trim_start().chars().count();
            let width = line.chars().count();
            assert!(
                width <= 80 || longest.unwrap_or(0) + indent > 60,
                "{words:?}, {width}: {line}"
            );
        }
    }
}

#[test]
fn the_sum_of_a_walk_adds_up() {
    let room = Room::new();
    room.walk("d named\nweb-01\nno\ns no time\nj commands\na no box is left\n");
    let status = room.breach(&["status", "--format", "json"]);
    let status: serde_json::Value = serde_json::from_str(&status.out).expect("JSON");
    let phase = &status["incidents"][0]["phases"][0];
    let number = |key: &str| phase[key].as_u64().unwrap_or_else(|| panic!("no {key}: {phase}"));
    assert_eq!(number("settled"), 4, "{phase}");
    assert_eq!(number("done") + number("skipped") + number("not_applicable"), 4, "{phase}");
}

#[test]
fn the_status_names_the_command_of_every_phase_that_was_not_begun() {
    let room = Room::new();
    room.walk("d named\nweb-01\nyes\nw for the bank, +30m\n");
    let status = room.breach(&["status"]).out;
    let begun = "containment   1 of 5 steps settled, 1 set aside (walk-test)\n";
    assert!(status.contains(begun), "{status}");
    for said in ["scoping       not started: `breach scope`\n", "not started: `breach notify`\n"] {
        assert!(status.contains(said), "{said}: {status}");
    }
}

#[test]
fn a_step_that_is_set_aside_for_each_of_its_items_is_one_step() {
    let room = Room::new();
    room.walk("d named\nweb-01, web-02, web-03\nno\nw the vendor, +30m\nw the vendor, +30m\n");
    let status = room.breach(&["status"]).out;
    let begun = "containment   2 of 5 steps settled, 1 set aside (walk-test)\n";
    assert!(status.contains(begun), "{status}");
}

//! Who is at the keyboard, whose a step is, and until when.

use breach::walk::Walk;

use super::driver::{World, here, type_in};
use super::{step, steps};
use crate::cli::room::Room;
use crate::terminal::{answer, contain, exit, open, start};

#[test]
fn a_new_terminal_asks_under_whose_name_it_goes_on() {
    let room = Room::new();
    let mut first = contain(&room, "xterm");
    open(&mut first);
    answer(&mut first, ", Ada", "q");
    assert_eq!(exit(&mut first), Some(6));
    let who = |reply: &str, prompt: &str| {
        let mut session = start(&room, "xterm", &["contain"]);
        answer(&mut session, "Go on as Ada Lovelace? Enter, or your own name: ", reply);
        answer(&mut session, prompt, "q");
        assert_eq!(exit(&mut session), Some(6));
        room.entries().pop().expect("an entry")["actor"]["name"].as_str().map(str::to_owned)
    };
    assert_eq!(who("", "name-boxes, Ada> ").as_deref(), Some("Ada Lovelace"));
    assert_eq!(who("y", "name-boxes, Ada> ").as_deref(), Some("Ada Lovelace"));
    assert_eq!(who("Priya Shah", "name-boxes, Priya> ").as_deref(), Some("Priya Shah"));
    room.verify();
}

#[test]
fn a_sentence_a_time_and_an_answer_are_no_name_until_it_is_said_twice() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    answer(&mut session, "Your name", "there is a strange script on it");
    answer(&mut session, "reads like a sentence", "3:30");
    answer(&mut session, "That is no name", "sure");
    answer(&mut session, "That is no name", "48210");
    answer(&mut session, "That is no name", "Ada");
    answer(&mut session, "few words", "Strange script");
    answer(&mut session, "legal moment.", "");
    answer(&mut session, "13 other", "");
    answer(&mut session, "name-boxes, Ada> ", "q");
    assert_eq!(exit(&mut session), Some(6));
    assert_eq!(room.bodies("opened")[0]["title"], "Strange script");
    let entries = room.entries();
    let mut names = entries.iter().filter_map(|entry| entry["actor"]["name"].as_str());
    assert!(names.all(|name| name == "Ada"), "{entries:?}");
}

#[test]
fn who_walks_is_offered_what_is_assigned_to_them_first() {
    let room = Room::new();
    room.open();
    let mut ada = start(&room, "xterm", &["contain", "--as", "Ada"]);
    answer(&mut ada, "name-boxes, Ada> ", "j commands");
    answer(&mut ada, "commands, Ada> ", "w to Priya in networking, +30m");
    answer(&mut ada, "name-boxes, Ada> ", "o");
    ada.exp_regex(r"assigned +Run commands \(with Priya in networking, look").expect("whose");
    ada.exp_regex(r"again[^)]*\d\d:\d\d\)").expect("until when");
    answer(&mut ada, "name-boxes, Ada> ", "q");
    let mut priya = start(&room, "xterm", &["contain", "--as", "Priya Shah"]);
    answer(&mut priya, "commands, Priya> ", "mine");
    answer(&mut priya, "Run commands (with Priya", "d");
    answer(&mut priya, "name-boxes, Priya> ", "mine");
    answer(&mut priya, "Nothing is assigned to Priya Shah.", "q");
    let mut jo = start(&room, "xterm", &["contain", "--as", "Pri"]);
    answer(&mut jo, "name-boxes, Pri> ", "mine");
    answer(&mut jo, "Nothing is assigned to Pri.", "q");
    room.verify();
}

#[test]
fn when_a_time_is_up_the_next_enter_says_so_and_the_step_comes_next() {
    let (playbook, vocabulary) =
        steps(&[step("one", ""), step("two", ""), step("three", "")].concat());
    let (mut walk, mut world) = (Walk::new(&playbook, &vocabulary, true), World::new());
    type_in(&mut walk, &mut world, &["w to Priya, +30m"]);
    let due = |walk: &mut Walk<'_>, world: &World| {
        walk.due(&world.incident, breach::clock::Clock::now(&world.clock))
    };
    assert_eq!(here(&mut walk, &world), "two");
    assert!(due(&mut walk, &world).is_empty());
    world.clock.advance(chrono::TimeDelta::minutes(31));
    assert_eq!(due(&mut walk, &world), ["Time is up: 1 one, with Priya, look again 03:42."]);
    assert!(due(&mut walk, &world).is_empty(), "it is said once");
    assert_eq!(here(&mut walk, &world), "two", "what is on the screen stays");
    type_in(&mut walk, &mut world, &["d"]);
    assert_eq!(here(&mut walk, &world), "one");
}

#[test]
fn a_line_about_a_step_that_somebody_else_settled_meanwhile_waits() {
    let room = Room::new();
    room.open();
    room.walk("f boxes web-01, web-02\n");
    let mut ada = start(&room, "xterm", &["contain", "--as", "Ada"]);
    answer(&mut ada, "name-boxes, Ada> ", "j image");
    ada.exp_string("image, Ada, 2 open> ").expect("asked");
    let other = room.pipe(&["contain", "--as", "Priya"], b"j image\ns gone\n");
    assert_eq!(other.exit, Some(6), "{other:?}");
    answer(&mut ada, "", "d web-01: saved");
    ada.exp_string("image is skipped on web-01: gone").expect("told for which item");
    ada.exp_string("was changed on web-01 meanwhile").expect("held back");
    assert_eq!(room.bodies("step-outcome").len(), 1);
    answer(&mut ada, "1 open> ", "o");
    answer(&mut ada, "1 open> ", "d web-01: saved");
    answer(&mut ada, "Evidence: ", "aws:snap-1");
    ada.exp_string("image done on web-01").expect("it is recorded all the same");
    room.verify();
}

#[test]
fn what_is_with_somebody_else_is_no_part_of_the_rest_and_stands_in_their_prompt() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, "name-boxes, Ada> ", "d");
    answer(&mut session, "Which boxes?", "web-01, web-02, web-03, web-04");
    answer(&mut session, "Is it leaking?", "no");
    answer(&mut session, "image, Ada, 4 open> ", "w web-03: to Priya, +30m");
    answer(&mut session, "image, Ada, 3 open> ", "d web-01: by hand");
    answer(&mut session, "Evidence: ", "");
    answer(&mut session, "image, Ada, 2 open> ", "d");
    answer(&mut session, "web-02  web-04  all", "?");
    answer(&mut session, "what waits for nobody else", "rest");
    answer(&mut session, "Evidence: ", "");
    answer(&mut session, ", Ada", "q");
    assert_eq!(exit(&mut session), Some(6));
    let last = room.bodies("step-outcome").pop().expect("an outcome");
    assert_eq!(last["items"], serde_json::json!(["web-02", "web-04"]), "{last}");
    let mut session = start(&room, "xterm", &["contain", "--as", "Priya"]);
    answer(&mut session, "image, Priya, 1 yours> ", "q");
    assert_eq!(exit(&mut session), Some(6));
    room.verify();
}

//! What a tired person types by mistake at a real terminal, and what comes of it.

use crate::cli::room::Room;
use crate::terminal::{PROMPT, answer, contain, exit, open, start};

const HERE: &str = "name-boxes, Ada> ";

fn texts(room: &Room, kind: &str) -> Vec<String> {
    let bodies = room.bodies(kind);
    bodies.iter().filter_map(|body| body["text"].as_str().map(str::to_owned)).collect()
}

#[test]
fn a_moment_of_several_words_is_read_whole_and_asked_back_when_it_is_far() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, HERE, "n @2026-11-20 22:40 all sessions ended");
    answer(&mut session, "Is that right? [y/N] ", "y");
    // The first minutes of yesterday are far back at any hour.
    answer(&mut session, HERE, "n @yesterday 00:10 keys revoked");
    answer(&mut session, "Is that right? [y/N] ", "n");
    answer(&mut session, "Nothing was recorded", "n @-20m port shut");
    answer(&mut session, "a note. u takes it back", "q");
    assert_eq!(exit(&mut session), Some(6));
    assert_eq!(texts(&room, "note"), ["all sessions ended", "port shut"]);
    let late = room.entries().into_iter().find(|entry| entry["kind"] == "note").expect("a note");
    let occurred = late["occurred"]["earliest"].as_str().expect("a moment");
    assert!(occurred.starts_with("2026-11-20T22:40"), "{late}");
}

#[test]
fn at_the_opening_a_question_mark_and_a_key_are_no_answers() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    answer(&mut session, "Your name", "?");
    answer(&mut session, "Your name", "j 5");
    answer(&mut session, "no key yet", "Ada");
    answer(&mut session, "few words", "j 5");
    answer(&mut session, "no key yet", "Skimmer");
    answer(&mut session, "legal moment.", "<");
    answer(&mut session, "few words", "");
    answer(&mut session, "legal moment.", "?");
    answer(&mut session, "< goes back, q stops.", "02:10");
    answer(&mut session, "not sure: be asked what you see", "j 5");
    answer(&mut session, "no key yet", "1");
    answer(&mut session, HERE, "q");
    assert_eq!(exit(&mut session), Some(6));
    assert_eq!(room.bodies("opened")[0]["title"], "Skimmer");
    assert_eq!(room.bodies("fact").last().expect("a kind")["value"]["choice"], "web-skimming");
    let retitled = room.breach(&["incident", "title", "Skimmed checkout"]);
    assert_eq!(retitled.exit, Some(0), "{retitled:?}");
}

#[test]
fn whoever_cannot_name_the_kind_says_what_they_see() {
    let kind = |answers: &[(&str, &str)]| {
        let room = Room::new();
        let mut session = contain(&room, "xterm");
        answer(&mut session, "Your name", "Ada");
        answer(&mut session, "few words", "Odd traffic");
        answer(&mut session, "legal moment.", "");
        answer(&mut session, "be asked what you see", "?");
        for (prompt, line) in answers {
            answer(&mut session, prompt, line);
        }
        answer(&mut session, HERE, "q");
        assert_eq!(exit(&mut session), Some(6));
        room.bodies("fact").last().expect("a kind")["value"]["choice"].to_string()
    };
    let first = "What do you see?";
    assert_eq!(kind(&[(first, "3")]), "\"lost-device\"");
    let three = [(first, "8"), ("What do they have?", "3"), ("Whose access", "3")];
    assert_eq!(kind(&three), "\"supplier-access\"");
    assert_eq!(kind(&[(first, "")]), "\"other\"");
    // Back to the question before, then to the list.
    let back = [(first, "8"), ("What do they have?", "<"), (first, "<"), ("13 other", "9")];
    assert_eq!(kind(&back), "\"insider\"");
    let slips = [(first, "?"), ("press Enter if none fits", "ten"), ("Not understood", "1")];
    assert_eq!(kind(&slips), "\"ransomware\"");
}

#[test]
fn the_way_back_leads_out_of_every_question() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, HERE, "w");
    answer(&mut session, ": ", "<");
    answer(&mut session, HERE, "d");
    answer(&mut session, "Which boxes?", "web-01");
    answer(&mut session, "Is it leaking?", "no");
    answer(&mut session, "image, Ada", "d");
    answer(&mut session, "Evidence: ", "<");
    answer(&mut session, "Back at the step", "v");
    answer(&mut session, "Image each", "q");
    assert_eq!(exit(&mut session), Some(6));
    assert_eq!(room.bodies("step-outcome").len(), 1);
    assert!(room.bodies("evidence").is_empty());
}

#[test]
fn what_was_recorded_is_said_with_its_step_and_taken_back_or_opened_again() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, HERE, "j commands");
    answer(&mut session, "commands, Ada> ", "d ran them");
    session.exp_string(": commands done. u takes it back.").expect("said");
    answer(&mut session, HERE, "u");
    session.exp_string("Taken back: commands is done: ran them.").expect("said");
    answer(&mut session, "commands, Ada> ", "d again");
    answer(&mut session, HERE, "open commands");
    answer(&mut session, "commands, Ada> ", "q");
    assert_eq!(exit(&mut session), Some(6));
    assert_eq!(room.bodies("withdrawn").len(), 2);
    room.verify();
}

#[test]
fn words_are_keys_and_a_time_behind_a_name_is_no_part_of_it() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, HERE, "wait to Jonas, +30m");
    session.exp_string("name-boxes assigned to Jonas, look again").expect("understood");
    answer(&mut session, "Ada> ", "jump commands");
    answer(&mut session, "commands, Ada> ", "note by word");
    answer(&mut session, "commands, Ada> ", "j");
    answer(&mut session, "Jump where?", "j nowhere");
    answer(&mut session, "There is no step `nowhere`", "q");
    assert_eq!(exit(&mut session), Some(6));
    assert_eq!(room.bodies("step-outcome")[0]["to"], "Jonas");
    assert_eq!(texts(&room, "note"), ["by word"]);
}

#[test]
fn facts_are_found_by_the_words_on_the_screen_and_none_is_a_value() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, HERE, "f Leaking");
    answer(&mut session, "Is it leaking?", "perhaps");
    session.exp_string("perhaps").expect("the word is named");
    answer(&mut session, "> ", "yes");
    answer(&mut session, HERE, "f boxes none");
    answer(&mut session, HERE, "q");
    assert_eq!(exit(&mut session), Some(6));
    let facts = room.bodies("fact");
    assert!(facts.iter().any(|fact| fact["value"]["yes_no"] == true), "{facts:#?}");
    assert!(facts.last().expect("a fact")["name"] == "boxes", "{facts:#?}");
}

#[test]
fn an_answer_that_drops_items_says_which_and_a_step_of_many_items_is_one_card() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, HERE, "f boxes web-01, web-02, web-03");
    answer(&mut session, HERE, "f boxes web-04");
    answer(&mut session, "Take them off the list? [y/N] ", "");
    answer(&mut session, "list, with commas> ", "+ web-04");
    answer(&mut session, HERE, "j image");
    answer(&mut session, "4 open> ", "d all is broken");
    session.exp_string("web-01").expect("both readings");
    answer(&mut session, "> ", "<");
    answer(&mut session, "4 open> ", "s all except web-04: powered off");
    session.exp_string("on web-01, web-02 and web-03").expect("said");
    answer(&mut session, "1 open> ", "q");
    assert_eq!(exit(&mut session), Some(6));
    assert_eq!(room.bodies("step-outcome").len(), 1, "one entry for all of them");
    room.verify();
}

#[test]
fn destroying_takes_its_reason_and_is_asked_again_in_the_next_walk() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, HERE, "f boxes web-01");
    answer(&mut session, HERE, "j wipe");
    answer(&mut session, "wipe, Ada", "d");
    answer(&mut session, "destroy", "no");
    answer(&mut session, "wipe, Ada", "d");
    answer(&mut session, "destroy", "destroy it spreads");
    session.exp_string("wipe done on web-01").expect("said");
    answer(&mut session, "Ada", "q");
    assert_eq!(exit(&mut session), Some(6));
    assert!(
        texts(&room, "note").iter().any(|note| note.contains("it spreads")),
        "the reason is kept"
    );
}

#[test]
fn what_commands_print_fits_the_terminal_and_zones_are_checked() {
    let room = Room::new();
    room.walk("d\nweb-01\nyes\n");
    for arguments in [&["status"][..], &["close"]] {
        let mut session = start(&room, "xterm", arguments);
        let shown = session.exp_eof().expect("its end");
        assert!(shown.lines().count() <= 24, "{shown}");
    }
    let zone = room.breach(&["fact", "set", "entity_zone", "Europe/Berlinn"]);
    assert_eq!(zone.exit, Some(2), "{zone:?}");
    let shown = room.breach(&["fact", "show", "data_classes"]);
    assert!(shown.out.contains("card"), "its options are listed: {}", shown.out);
}

#[test]
fn a_jump_names_one_item_and_what_is_not_understood_is_named() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, PROMPT, "d");
    answer(&mut session, "list, with commas> ", "web-01, web-02");
    answer(&mut session, "yes or no> ", "perhaps");
    answer(&mut session, "Not understood: `perhaps`; answer yes, no or unknown.", "no");
    // The card of the step, whichever item is named.
    answer(&mut session, PROMPT, "d all");
    answer(&mut session, "Evidence: ", "");
    answer(&mut session, PROMPT, "j 2 web-02");
    session.exp_string("Image each item").expect("its card");
    answer(&mut session, "0 open> ", "f how_noticed nobdy");
    session.exp_string("Not understood: `nobdy`").expect("the word");
    session.send_control('c').expect("sent");
}

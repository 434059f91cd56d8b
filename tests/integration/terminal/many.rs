//! Many items at once: said in one line, named by a range, a number or whose they are.

use super::{answer, exit, listed, start, up_to};
use crate::cli::room::{Room, flowed};

const FORTY: &str = "srv-01..srv-40";

#[test]
fn forty_hosts_are_assigned_and_settled_in_a_line_each() {
    let room = Room::new();
    let mut session = listed(&room, FORTY, "no");
    answer(&mut session, "40 open> ", "w 3 items: to Priya");
    let said = flowed(&up_to(&mut session, "37 open> "));
    assert!(said.contains("assigned to Priya on srv-01, srv-02 and srv-03. u takes"), "{said}");
    session.send_line("w srv-04..srv-13: to Priya, +30m").expect("sent");
    let said = flowed(&up_to(&mut session, "27 open> "));
    assert!(said.contains("to Priya on 10 items (srv-04..srv-13), look again"), "{said}");
    session.send_line("d all except srv-40").expect("sent");
    let said = flowed(&up_to(&mut session, "Evidence: "));
    assert!(said.contains("(srv-01..srv-39)"), "{said}");
    session.send_line("aws:snap-1").expect("sent");
    let said = flowed(&up_to(&mut session, "1 open> "));
    assert!(said.contains("The same for 38 others (srv-02..srv-39)."), "{said}");
    assert_eq!(said.matches("Noted ev-").count(), 1, "{said}");
    assert!(said.contains("image done on 39 items (srv-01..srv-39)."), "{said}");
    session.send_line("q").expect("sent");
    assert_eq!(exit(&mut session), Some(6));
    assert_eq!(room.bodies("evidence").len(), 39);
    room.verify();
}

#[test]
fn what_is_assigned_to_me_is_mine() {
    let room = Room::new();
    let mut session = listed(&room, FORTY, "no");
    answer(&mut session, "40 open> ", "w srv-04..srv-13: to Priya, +30m");
    session.exp_string("30 open> ").expect("at the step");
    let mut priya = start(&room, "xterm", &["contain", "--as", "Priya"]);
    answer(&mut priya, "30+10 yours> ", "d");
    let asked = flowed(&up_to(&mut priya, "which> "));
    assert!(asked.contains("srv-01..srv-40 all mine; < goes back"), "{asked}");
    // As it is typed at the step.
    priya.send_line("d mine: by hand").expect("sent");
    answer(&mut priya, "Evidence: ", "");
    let said = flowed(&up_to(&mut priya, "30 open> "));
    assert!(said.contains("done on 10 items (srv-04..srv-13)."), "{said}");
    priya.send_line("all").expect("sent");
    let said = flowed(&up_to(&mut priya, "30 open> "));
    assert!(said.contains("`all` names items: begin with a key"), "{said}");
    priya.send_line("q").expect("sent");
    assert_eq!(exit(&mut priya), Some(6));
    assert!(room.bodies("note").iter().all(|note| note["text"] != "all"));
}

#[test]
fn a_loss_that_was_given_up_once_is_confirmed_with_y() {
    let room = Room::new();
    let mut session = listed(&room, FORTY, "no");
    answer(&mut session, "40 open> ", "j wipe");
    answer(&mut session, "40 open> ", "d srv-01");
    let asked = flowed(&up_to(&mut session, "anything else to go back: "));
    assert!(!asked.contains("y: for the same reason"), "{asked}");
    session.send_line("y").expect("sent");
    session.exp_string("Not confirmed; the step stays open.").expect("nothing was given up yet");
    answer(&mut session, "40 open> ", "d srv-01");
    answer(&mut session, "anything else to go back: ", "destroy the disk is broken");
    answer(&mut session, "39 open> ", "d srv-02..srv-04");
    let asked = flowed(&up_to(&mut session, "anything else to go back: "));
    assert!(asked.contains("y: for the same reason as before: the disk is broken"), "{asked}");
    session.send_line("y").expect("sent");
    answer(&mut session, "36 open> ", "q");
    assert_eq!(exit(&mut session), Some(6));
    let notes = room.bodies("note");
    let given_up: Vec<String> = notes.iter().map(|note| note["text"].to_string()).collect();
    let why = |text: &&String| text.contains("Why: the disk is broken");
    assert_eq!(given_up.iter().filter(why).count(), 2, "{given_up:?}");
}

#[test]
fn a_key_typed_where_evidence_is_asked_names_no_file() {
    let room = Room::new();
    let mut session = listed(&room, FORTY, "no");
    answer(&mut session, "40 open> ", "d srv-01");
    answer(&mut session, "Evidence: ", "d");
    let said = flowed(&up_to(&mut session, "Evidence: "));
    assert!(said.contains("`d` begins with a key; < goes back to the step."), "{said}");
    session.send_line("j wipe").expect("sent");
    session.exp_string("`j wipe` begins with a key").expect("said");
    answer(&mut session, "Evidence: ", "e s3://evidence/srv-01");
    session.exp_string("Noted ev-").expect("kept");
    answer(&mut session, "39 open> ", "q");
    assert_eq!(exit(&mut session), Some(6));
    let kept = room.bodies("evidence").pop().expect("evidence");
    assert!(kept.to_string().contains("s3://evidence/srv-01"), "{kept}");
}

#[test]
fn evidence_that_nobody_has_yet_comes_later_in_words_too() {
    let room = Room::new();
    let mut session = listed(&room, FORTY, "no");
    session.exp_string("40 open> ").expect("at the step");
    for (place, word) in ["unknown", "Later", ""].into_iter().enumerate() {
        session.send_line(&format!("d srv-0{}", place + 1)).expect("sent");
        answer(&mut session, "Evidence: ", word);
        let said = flowed(&up_to(&mut session, &format!("{} open> ", 39 - place)));
        assert!(said.contains("Owed: ") && !said.contains("not kept"), "{word}: {said}");
    }
    session.send_line("q").expect("sent");
    assert_eq!(exit(&mut session), Some(6));
    assert!(room.bodies("evidence").is_empty());
}

#[test]
fn evidence_comes_with_the_outcome_and_a_name_needs_no_colon() {
    let room = Room::new();
    let mut session = listed(&room, FORTY, "no");
    answer(&mut session, "40 open> ", "w srv-21..srv-40 to Priya");
    session.exp_string("assigned to Priya on 20 items").expect("recorded");
    answer(&mut session, "20 open> ", "d srv-01 srv-02 s3:a s3:b");
    session.exp_string("image done on srv-01 and srv-02").expect("recorded");
    // A file that is not there is asked for, and nothing is called done before that.
    answer(&mut session, "18 open> ", "d srv-03 /no/such/file");
    session.exp_string("not kept: `/no/such/file`").expect("said");
    answer(&mut session, "Evidence: ", "<");
    answer(&mut session, "18 open> ", "u");
    session
        .exp_string("Taken back: image is done on srv-01 and srv-02")
        .expect("with its evidence");
    answer(&mut session, "20 open> ", "d * s3:all");
    session.exp_string("image done on 40 items").expect("all that is not settled");
    answer(&mut session, "> ", "q");
    assert_eq!(exit(&mut session), Some(6));
    let kept = room.bodies("evidence");
    let of = |id: &str| kept.iter().filter(|body| body.to_string().contains(id)).count();
    assert_eq!((of("s3:a\""), of("s3:b\""), of("s3:all\""), kept.len()), (1, 1, 40, 42));
    assert!(room.bodies("step-outcome").iter().all(|body| body["text"].is_null()), "no text");
    room.verify();
}

#[test]
fn enter_leads_on_from_a_step_that_is_settled_and_what_others_settled_is_named() {
    let room = Room::new();
    let mut session = listed(&room, "web-01, web-02, web-03", "no");
    answer(&mut session, "3 open> ", "j name-boxes");
    answer(&mut session, "name-boxes, Ada> ", "");
    session.exp_string("image, Ada, 3 open> ").expect("what is ready");
    for item in ["web-01", "web-02"] {
        let ran =
            room.breach(&["step", "image", "blocked", "no access", "--item", item, "--as", "Bo"]);
        assert_eq!(ran.exit, Some(0), "{ran:?}");
    }
    session.send_line("d web-01 web-02 web-03").expect("sent");
    let said = flowed(&up_to(&mut session, "1 open> "));
    assert!(said.contains("was changed on web-01 and web-02 meanwhile"), "{said}");
    assert!(said.contains("`d web-03` takes the others."), "{said}");
    session.send_line("d rest").expect("sent");
    answer(&mut session, "Evidence: ", "s3:a");
    session.exp_string("image done on web-03").expect("the one that is left");
    answer(&mut session, "> ", "q");
    assert_eq!(exit(&mut session), Some(6));
    room.verify();
}

//! Moments before a text: read whole, said back with date and distance, asked back when in doubt.

use breach::clock::{Clock as _, SystemClock};
use chrono::{DateTime, Duration, Utc};

use super::typed::{send, stop};
use super::{PROMPT, answer, contain, open};
use crate::cli::room::Room;

fn now() -> DateTime<Utc> {
    SystemClock::default().now().at
}

#[test]
fn a_moment_is_read_whole_and_said_with_its_distance() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    // All of them within the last hours, whatever the hour is now.
    let hour_ago = now() - Duration::minutes(65);
    let two = now() - Duration::minutes(125);
    let day = if two.date_naive() == now().date_naive() { "today" } else { "yesterday" };
    for (moment, at) in [
        (hour_ago.format("@%H:%M").to_string(), hour_ago),
        (hour_ago.format("@%Y-%m-%d %H:%M").to_string(), hour_ago),
        (format!("@{day} {}", two.format("%H:%M")), two),
        ("@-20m".to_owned(), now() - Duration::minutes(20)),
    ] {
        session.exp_string(PROMPT).expect("a step");
        send(&mut session, format!("n {moment} all sessions ended\r").as_bytes());
        session.exp_string(&at.format("Happened: %a %-d %b %Y ").to_string()).expect("the date");
        session.exp_string("ago.").expect("the distance");
        let note = room.entries().into_iter().rfind(|entry| entry["kind"] == "note");
        let note = note.expect("a note");
        assert_eq!(note["body"]["text"], "all sessions ended", "{moment}");
        let occurred = note["occurred"].to_string();
        // The minute may have turned since.
        let near =
            [at, at + Duration::minutes(1)].map(|at| at.format("%Y-%m-%dT%H:%M").to_string());
        assert!(near.iter().any(|near| occurred.contains(near)), "{moment}: {occurred}");
    }
    answer(&mut session, PROMPT, "q");
    stop(&mut session);
}

#[test]
fn a_moment_ahead_or_far_back_is_asked_at_every_question() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    let ahead = (now() + Duration::hours(3)).format("@%Y-%m-%d %H:%M").to_string();
    let back = (now() - Duration::hours(14)).format("@%Y-%m-%d %H:%M").to_string();
    // At the step, and refused: nothing is recorded.
    for line in [format!("n {ahead} x"), format!("s {back} x"), format!("f leaking {ahead} yes")] {
        session.exp_string(PROMPT).expect("a step");
        send(&mut session, format!("{line}\r").as_bytes());
        session.exp_string("That is ").unwrap_or_else(|error| panic!("{line}: {error}"));
        answer(&mut session, "Is that right?", "");
        session.exp_string("Nothing was recorded").expect("said");
    }
    let kinds = ["note", "step-outcome"];
    assert!(kinds.iter().all(|kind| room.bodies(kind).is_empty()));
    // At questions that follow a key, and confirmed.
    answer(&mut session, PROMPT, "n");
    answer(&mut session, "Note: ", &format!("{back} saw it"));
    answer(&mut session, "14 h ", "y");
    session.exp_string("Recorded").expect("kept");
    answer(&mut session, PROMPT, "d");
    answer(&mut session, "list, with commas> ", "web-01, web-02");
    answer(&mut session, "yes or no> ", &format!("{back} yes"));
    answer(&mut session, "14 h ", "y");
    answer(&mut session, PROMPT, "j wipe");
    answer(&mut session, "Wipe", &format!("s web-01: {back} gone"));
    answer(&mut session, "14 h ", "y");
    session.exp_string("skipped on web-01").expect("recorded");
    answer(&mut session, PROMPT, "s");
    answer(&mut session, "Why is it skipped? ", &format!("{ahead} gone"));
    answer(&mut session, "Is that right?", "n");
    answer(&mut session, "Why is it skipped? ", "gone");
    session.exp_string("skipped on web-02").expect("recorded");
    answer(&mut session, PROMPT, "q");
    stop(&mut session);
    let dated: Vec<bool> =
        room.bodies("step-outcome").iter().map(|outcome| outcome["outcome"] == "skipped").collect();
    assert_eq!(dated, [false, true, true]);
    assert_eq!(room.bodies("note")[0]["text"], "saw it");
    let entries = room.entries();
    let late = entries.iter().filter(|entry| !entry["occurred"].is_null());
    assert_eq!(late.count(), 3);
}

#[test]
fn when_to_look_again_is_read_and_said() {
    let room = Room::new();
    let mut session = contain(&room, "xterm");
    open(&mut session);
    answer(&mut session, PROMPT, "w to Jonas, +30m");
    session.exp_string("assigned to Jonas, look again ").expect("said");
    answer(&mut session, PROMPT, "j name-boxes");
    answer(&mut session, "Name the boxes", "w to Priya, at 23:40");
    session.exp_string("assigned to Priya, look again ").expect("said");
    session.exp_string("23:40").expect("the time");
    answer(&mut session, PROMPT, "q");
    stop(&mut session);
    let owners: Vec<_> =
        room.bodies("step-outcome").iter().map(|body| body["to"].clone()).collect();
    assert_eq!(owners, ["Jonas", "Priya"]);
}

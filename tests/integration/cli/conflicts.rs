//! What two machines said without knowledge of each other: shown, asked for, settled by a person.

use std::path::PathBuf;

use super::room::{Ran, Room};

fn incident(room: &Room) -> PathBuf {
    room.chains()[0].ancestors().nth(2).expect("a folder").to_owned()
}

fn run(room: &Room, name: &str, words: &[&str]) -> Ran {
    let ran = room.breach(&[words, &["--as", name]].concat());
    assert_eq!(ran.exit, Some(0), "{words:?}: {ran:?}");
    ran
}

fn join(room: &Room, name: &str, from: &Room) -> Ran {
    run(room, name, &["join", incident(from).to_str().expect("text")])
}

/// Two machines of which each did something that the other knew nothing of, joined.
fn apart(here: &[&[&str]], there: &[&[&str]]) -> (Room, Room) {
    let (ada, bo) = (Room::new(), Room::new());
    ada.open();
    join(&bo, "Bo", &ada);
    for words in here {
        run(&ada, "Ada", words);
    }
    for words in there {
        run(&bo, "Bo", words);
    }
    // Whoever was there all the time hears of it, and so does who has nothing yet.
    for (room, name, from) in [(&ada, "Ada", &bo), (&Room::new(), "Cy", &ada)] {
        let joined = join(room, name, from);
        assert!(joined.said().contains("1 conflict to settle"), "{joined:?}");
    }
    join(&bo, "Bo", &ada);
    (ada, bo)
}

fn listed(room: &Room) -> serde_json::Value {
    let ran = run(room, "Ada", &["conflicts", "--format", "json"]);
    serde_json::from_str(&ran.out).expect("JSON")
}

#[test]
fn two_values_are_both_shown_and_one_entry_settles_them_everywhere() {
    let (ada, bo) =
        apart(&[&["fact", "set", "leaking", "yes"]], &[&["fact", "set", "leaking", "no"]]);
    for room in [&ada, &bo] {
        let shown = run(room, "Ada", &["conflicts"]).out;
        for part in [
            "1 fact leaking",
            "it counts as unknown",
            "Ada: fact leaking = yes",
            "Bo: fact leaking = no",
        ] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        let status = run(room, "Ada", &["status"]).out;
        assert!(status.contains("In conflict: fact leaking"), "{status}");
        assert!(run(room, "Ada", &["fact", "show"]).out.contains("unknown"));
        let report = run(room, "Ada", &["report"]).out;
        assert!(report.contains("Not settled: 1 conflict"), "{report}");
        assert!(
            run(room, "Ada", &["fact", "show", "leaking"]).out.contains("yes, in conflict")
                || run(room, "Ada", &["fact", "show", "leaking"]).out.contains("no, in conflict")
        );
    }
    assert_eq!(listed(&ada), listed(&bo), "whoever joined first, it is the same list");
    let ran =
        run(&bo, "Bo", &["conflicts", "settle", "1", "--take", "1", "--why", "the proxy log"]);
    assert!(ran.said().contains("Settled"), "{ran:?}");
    assert_eq!(listed(&bo)["conflicts"], serde_json::json!([]));
    join(&ada, "Ada", &bo);
    assert_eq!(listed(&ada)["conflicts"], serde_json::json!([]));
    let shown = run(&ada, "Ada", &["fact", "show", "leaking"]).out;
    assert!(shown.contains("yes") && shown.contains("the proxy log"), "{shown}");
    ada.verify();
}

#[test]
fn a_value_that_neither_said_settles_too_and_wrong_numbers_record_nothing() {
    let set = |value| ["fact", "set", "records_affected", value];
    let (ada, _) = apart(&[&set("5000")], &[&set("70000")]);
    for words in [
        &["conflicts", "settle", "2", "--take", "1"][..],
        &["conflicts", "settle", "1", "--take", "3"],
        &["conflicts", "settle", "1", "--take", "0"],
        &["conflicts", "settle", "0", "--take", "1"],
        &["conflicts", "settle", "1", "--value", "many"],
        &["conflicts", "settle", "1"],
    ] {
        let ran = ada.breach(words);
        assert_eq!(ran.exit, Some(2), "{words:?}: {ran:?}");
    }
    assert_eq!(listed(&ada)["conflicts"].as_array().map(Vec::len), Some(1));
    run(&ada, "Ada", &["conflicts", "settle", "1", "--value", "71234"]);
    assert_eq!(listed(&ada)["conflicts"], serde_json::json!([]));
    assert!(run(&ada, "Ada", &["fact", "show"]).out.contains("71234"));
}

#[test]
fn a_step_with_two_outcomes_is_open_and_the_walk_says_what_each_said() {
    let (ada, _) =
        apart(&[&["step", "commands", "done"]], &[&["step", "commands", "skipped", "not ours"]]);
    let shown = listed(&ada);
    assert_eq!(shown["conflicts"][0]["subject"]["step"], "commands", "{shown}");
    let walked = ada.walk("j commands\nq\n");
    assert!(walked.said().contains("in conflict: "), "{walked:?}");
    run(&ada, "Ada", &["conflicts", "settle", "1", "--take", "2"]);
    assert_eq!(listed(&ada)["conflicts"], serde_json::json!([]));
}

#[test]
fn closing_does_not_hold_against_work_that_it_knew_nothing_of() {
    let close = ["close", "--anyway", "--reason", "over"];
    let (ada, bo) = apart(&[&close], &[&["step", "commands", "done"]]);
    for room in [&ada, &bo] {
        let status = run(room, "Ada", &["status"]).out;
        assert!(status.contains("In conflict: whether the incident is closed"), "{status}");
    }
    let shown = listed(&ada);
    let says = &shown["conflicts"][0]["claims"];
    assert_eq!(says.as_array().map(Vec::len), Some(2), "{shown}");
    let take = 1 + usize::from(!says[0]["says"].as_str().expect("text").starts_with("closed"));
    run(&ada, "Ada", &["conflicts", "settle", "1", "--take", &take.to_string()]);
    let status = run(&ada, "Ada", &["status"]);
    assert!(status.said().contains("No incident is open"), "{status:?}");
    // The other way round: the work goes on.
    run(&bo, "Bo", &["conflicts", "settle", "1", "--take", &(3 - take).to_string()]);
    assert!(run(&bo, "Bo", &["status"]).out.contains("Incident"));
    assert_eq!(listed(&bo)["conflicts"], serde_json::json!([]));
}

#[test]
fn two_decisions_hold_neither_until_one_is_taken() {
    let decide = |what| {
        ["decide", "pay-ransom", what, "--by", "Kim", "--role", "executive", "--basis", "talks"]
    };
    let (ada, bo) = apart(&[&decide("yes")], &[&decide("no")]);
    for room in [&ada, &bo] {
        let shown = run(room, "Ada", &["conflicts"]).out;
        assert!(shown.contains("decision pay-ransom: until this is settled, neither"), "{shown}");
        for words in [&["next"][..], &["brief"], &["handoff", "--to", "Cy"], &["status"]] {
            let said = run(room, "Ada", words).out;
            assert!(said.contains("In conflict: "), "{words:?} {said}");
        }
        for words in [&["brief"][..], &["handoff", "--to", "Di"]] {
            let said = run(room, "Ada", words).out;
            assert!(said.contains("pay-ransom: in conflict with another: "), "{words:?} {said}");
        }
        let ran = room.breach(&["close"]);
        assert!(ran.out.contains("decision pay-ransom is in conflict"), "{ran:?}");
    }
    run(&ada, "Ada", &["conflicts", "settle", "1", "--take", "1"]);
    assert_eq!(listed(&ada)["conflicts"].as_array().expect("a list").len(), 0);
    let brief = run(&ada, "Ada", &["brief"]).out;
    assert!(!brief.contains("in conflict"), "{brief}");
}

#[test]
fn an_alarm_that_only_one_of_two_calls_false_is_none() {
    let decide = |what| {
        ["decide", "false-alarm", what, "--by", "Kim", "--role", "commander", "--basis", "logs"]
    };
    let (ada, _) = apart(&[&decide("no")], &[&decide("yes")]);
    assert_eq!(ada.breach(&["close", "--as", "Ada"]).exit, Some(2));
}

#[test]
fn a_group_that_two_changed_loses_nothing_of_what_either_said() {
    let (ada, bo) = (Room::new(), Room::new());
    ada.open();
    run(&ada, "Ada", &["group", "add", "shoppers", "--classes", "card-number", "--people", "IE=5"]);
    join(&bo, "Bo", &ada);
    run(&bo, "Bo", &["group", "set", "shoppers", "--classes", "card-number,health"]);
    run(&ada, "Ada", &["group", "set", "shoppers", "--people", "IE=9"]);
    join(&ada, "Ada", &bo);
    join(&bo, "Bo", &ada);
    assert_eq!(listed(&ada), listed(&bo));
    for room in [&ada, &bo] {
        let shown = run(room, "Ada", &["conflicts"]).out;
        assert!(shown.contains("group shoppers") && shown.contains("health"), "{shown}");
        let list = run(room, "Ada", &["group", "list", "--format", "json"]).out;
        let list: serde_json::Value = serde_json::from_str(&list).expect("JSON");
        assert_eq!(list["groups"][0]["classes"], serde_json::json!(["card-number", "health"]));
        assert_eq!(list["groups"][0]["people"], serde_json::Value::Null, "{list}");
        let letter =
            run(room, "Ada", &["duties", "draft", "eu-gdpr.34", "--group", "shoppers"]).out;
        assert!(letter.contains("[CHECK: what did `shoppers` lose? "), "{letter}");
    }
    let ran = ada.breach(&["conflicts", "settle", "1", "--take", "1", "--why", "x"]);
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    // Whoever describes it again in knowledge of both settles it.
    run(&ada, "Ada", &["group", "set", "shoppers", "--people", "IE=9"]);
    assert_eq!(listed(&ada)["conflicts"], serde_json::json!([]));
    join(&bo, "Bo", &ada);
    let list = run(&bo, "Bo", &["group", "list", "--format", "json"]).out;
    let list: serde_json::Value = serde_json::from_str(&list).expect("JSON");
    assert_eq!(list["groups"][0]["classes"], serde_json::json!(["card-number", "health"]));
    assert_eq!(list["groups"][0]["people"]["by"]["IE"]["n"], 9, "{list}");
}

#[test]
fn two_titles_are_both_shown_until_one_is_taken() {
    let (ada, bo) = apart(
        &[&["incident", "title", "Ransom note on the file server"]],
        &[&["incident", "title", "Insider copies the customer list"]],
    );
    for room in [&ada, &bo] {
        let status = run(room, "Ada", &["status"]).out;
        assert!(status.contains("In conflict: the title"), "{status}");
        for title in ["Ransom note on the file server", "Insider copies the customer list"] {
            assert!(status.contains(title), "{title}: {status}");
        }
        let shown = run(room, "Ada", &["conflicts"]).out;
        assert!(shown.contains("1 the title: until this is settled, all of them"), "{shown}");
    }
    assert_eq!(listed(&ada), listed(&bo));
    let why = ada.breach(&["conflicts", "settle", "1", "--take", "2", "--why", "x"]);
    assert_eq!(why.exit, Some(2), "{why:?}");
    run(&ada, "Ada", &["conflicts", "settle", "1", "--take", "2"]);
    join(&bo, "Bo", &ada);
    let status = run(&bo, "Bo", &["status"]).out;
    assert!(status.contains("Insider copies") && !status.contains("Ransom note"), "{status}");
    assert!(!status.contains("In conflict"), "{status}");
}

#[test]
fn an_action_item_that_one_did_and_another_dropped_is_open_until_one_is_taken() {
    let (ada, bo) = (Room::new(), Room::new());
    ada.open();
    run(&ada, "Ada", &["action", "add", "alert on changed scripts", "--owner", "Priya"]);
    join(&bo, "Bo", &ada);
    let items = || -> serde_json::Value {
        let list = run(&ada, "Ada", &["action", "list", "--all", "--format", "json"]).out;
        serde_json::from_str::<serde_json::Value>(&list).expect("JSON")["actions"][0].clone()
    };
    let id = items()["id"].as_str().expect("an id").to_owned();
    run(&ada, "Ada", &["action", "done", &id]);
    run(&bo, "Bo", &["action", "drop", &id, "--reason", "bought a product"]);
    join(&ada, "Ada", &bo);
    assert_eq!(items()["state"], "open");
    let status = run(&ada, "Ada", &["status"]).out;
    assert!(status.contains(&format!("In conflict: action item {id}")), "{status}");
    run(&ada, "Ada", &["conflicts", "settle", "1", "--take", "1", "--why", "seen at work"]);
    assert_eq!(items()["state"], "done");
    assert_eq!(listed(&ada)["conflicts"], serde_json::json!([]));
}

#[test]
fn incidents_linked_in_two_ways_stay_linked_in_both_until_one_is_taken() {
    let (ada, bo) = (Room::new(), Room::new());
    ada.open();
    let first = incident(&ada);
    join(&bo, "Bo", &ada);
    let again = ["contain", "--new", "--playbook", "web-skimming", "--as", "Ada"];
    ada.pipe(&again, b"The other theft\n\n1\n");
    let all = std::fs::read_dir(first.parent().expect("incidents")).expect("a folder");
    let second = all.map(|one| one.expect("one").path()).find(|path| *path != first);
    let second = second.expect("a second incident");
    run(&bo, "Bo", &["join", second.to_str().expect("text")]);
    let name =
        |path: &PathBuf| path.file_name().expect("a name").to_str().expect("text").to_owned();
    let (one, other) = (name(&first), name(&second));
    run(&ada, "Ada", &["incident", "link", &one, &other, "--kind", "duplicate"]);
    run(
        &bo,
        "Bo",
        &["incident", "link", &one, &other, "--kind", "split", "--reason", "two thefts"],
    );
    let theirs = bo.home().join("incidents");
    for name in [&one, &other] {
        run(&ada, "Ada", &["join", theirs.join(name).to_str().expect("text")]);
    }
    let of =
        |words: &[&str], name: &str| run(&ada, "Ada", &[words, &["--incident", name]].concat());
    for (name, links) in [
        (&one, [format!("a duplicate of {other}"), format!("split off {other}: two thefts")]),
        (&other, [format!("duplicated by {one}"), format!("split into {one}: two thefts")]),
    ] {
        let status = of(&["status"], name).out;
        for linked in &links {
            assert!(status.contains(&format!("Linked: {linked}")), "{linked}: {status}");
        }
        assert!(status.contains("In conflict: the link with "), "{status}");
        of(&["conflicts", "settle", "1", "--take", "2", "--why", "Bo compared them"], name);
        let status = of(&["status"], name).out;
        assert!(!status.contains("In conflict"), "{status}");
        assert_eq!(status.matches("Linked: ").count(), 1, "{status}");
        let taken = links[1].split(": ").next().unwrap_or_default();
        assert!(status.contains(taken), "{taken}: {status}");
        assert!(status.contains(": Bo compared them"), "{status}");
    }
}

//! `breach action`: items from the command and from the walk, to their end.

use serde_json::Value;

use super::room::Room;

fn opened() -> Room {
    let room = Room::new();
    room.open();
    room
}

fn actions(room: &Room) -> Vec<Value> {
    listed(room, &[])
}

fn actions_of(room: &Room, incident: &str) -> Vec<Value> {
    listed(room, &["--incident", incident])
}

fn listed(room: &Room, more: &[&str]) -> Vec<Value> {
    let list = ["action", "list", "--all", "--format", "json"];
    let ran = room.breach(&[&list, more].concat());
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let json: Value = serde_json::from_str(&ran.out).expect("JSON");
    json["actions"].as_array().expect("a list").clone()
}

#[test]
fn an_item_is_added_changed_and_done() {
    let room = opened();
    let add = ["action", "add", "Alert on", "changed scripts", "--owner", "Priya"];
    assert_eq!(room.breach(&add).exit, Some(0));
    let again = room.breach(&add);
    assert!(again.exit == Some(2) && again.err.contains("already exists"), "{again:?}");
    let id = actions(&room)[0]["id"].as_str().expect("a name").to_owned();
    let set = room.breach(&["action", "set", &id[..4], "--due", "2020-01-31"]);
    assert!(set.exit == Some(0) && set.err.contains("Priya, due 2020-01-31"), "{set:?}");
    let item = &actions(&room)[0];
    assert_eq!(item["text"], "Alert on changed scripts");
    assert_eq!((&item["owner"], &item["overdue"]), (&"Priya".into(), &true.into()));
    let status = room.breach(&["status"]).out;
    assert!(status.contains(&format!("Overdue: {id} Priya: Alert on changed scripts")), "{status}");
    assert!(room.breach(&["action", "list"]).out.contains("2020-01-31 OVERDUE"));
    let at =
        |time: &'static str| room.breach(&["action", "done", &id, "--link", "OPS-7", "--at", time]);
    let ahead = at("2999-01-01");
    assert!(ahead.exit == Some(2) && ahead.err.contains("this cannot have been done"), "{ahead:?}");
    let done = at("2020-01-20");
    assert_eq!(done.exit, Some(0), "{done:?}");
    let last = room.entries().pop().expect("an entry");
    assert_eq!(last["occurred"]["precision"], "day", "when it was done: {last}");
    let item = &actions(&room)[0];
    assert_eq!((&item["state"], &item["link"]), (&"done".into(), &"OPS-7".into()));
    assert!(!room.breach(&["status"]).out.contains("Overdue"));
    room.breach(&["action", "reopen", &id, "--reason", "it broke"]);
    room.breach(&["action", "drop", &id, "--reason", "the page is gone"]);
    let item = &actions(&room)[0];
    assert_eq!((&item["state"], &item["reason"]), (&"dropped".into(), &"the page is gone".into()));
    assert_eq!(room.bodies("action").len(), 5);
    room.verify();
}

#[test]
fn what_the_walk_lists_is_an_item_and_what_it_takes_off_is_dropped() {
    let room = opened();
    let set = |list: &str| room.breach(&["fact", "set", "action_items", list, "--replace"]);
    set("Priya: alert on changed scripts by 2026-12-15; rotate the keys");
    let both = actions(&room);
    assert_eq!(both[0]["owner"], "Priya");
    assert_eq!(both[0]["text"], "alert on changed scripts");
    assert_eq!(both[0]["due"], "2026-12-15");
    assert_eq!((&both[1]["owner"], &both[1]["text"]), (&Value::Null, &"rotate the keys".into()));
    let id = both[0]["id"].as_str().expect("a name");
    room.breach(&["action", "done", id]);
    set("rotate all keys");
    let states: Vec<String> =
        actions(&room).iter().map(|item| format!("{} {}", item["text"], item["state"])).collect();
    assert!(states.contains(&"\"alert on changed scripts\" \"done\"".to_owned()), "{states:?}");
    assert!(states.contains(&"\"rotate the keys\" \"dropped\"".to_owned()), "{states:?}");
    assert!(states.contains(&"\"rotate all keys\" \"open\"".to_owned()), "{states:?}");
}

#[test]
fn what_is_not_there_or_not_clear_changes_nothing() {
    let room = opened();
    for (arguments, says) in [
        (&["action", "done", "a-000000"][..], "no action item"),
        (&["action", "add", "x", "--due", "soon"][..], "write the day as 2026-12-15"),
        (&["action", "add", " "][..], "empty"),
    ] {
        let ran = room.breach(arguments);
        assert!(ran.exit == Some(2) && ran.err.contains(says), "{arguments:?}: {ran:?}");
    }
    room.breach(&["action", "add", "one"]);
    let id = actions(&room)[0]["id"].as_str().expect("a name").to_owned();
    let nothing = room.breach(&["action", "set", &id]);
    assert!(nothing.exit == Some(2) && nothing.err.contains("nothing to change"), "{nothing:?}");
    room.breach(&["action", "add", "two"]);
    let none = room.breach(&["action", "done", "a-"]);
    assert!(none.exit == Some(2) && none.err.contains("no action item"), "{none:?}");
    assert_eq!(room.bodies("action").len(), 2);
}

#[test]
fn what_is_overdue_in_a_closed_incident_is_not_forgotten() {
    let room = opened();
    room.breach(&["action", "add", "alert on changed scripts", "--due", "2020-01-31"]);
    room.breach(&["close", "--anyway", "--reason", "over"]);
    let json = || room.breach(&["status", "--format", "json"]).out;
    let late = |json: &str| -> Value {
        let json: Value = serde_json::from_str(json).expect("JSON");
        json["closed_with_overdue_actions"].clone()
    };
    let name = late(&json())[0]["name"].as_str().expect("a name").to_owned();
    let said =
        format!("Overdue in closed incident {name}: 1 action item; `breach action list --incident");
    let none = room.breach(&["status"]);
    assert!(none.out.contains(&said) && none.err.contains("No incident is open"), "{none:?}");
    let another = room.pipe(&["contain", "--as", "Ada"], b"Another\nunknown\n1\n");
    let both = room.breach(&["status"]).out;
    assert!(both.contains("Another") && both.contains(&said), "{both}: {another:?}");
    let id = actions_of(&room, &name)[0]["id"].as_str().expect("an id").to_owned();
    room.breach(&["action", "done", &id, "--incident", &name]);
    assert_eq!(late(&json()), serde_json::json!([]));
}

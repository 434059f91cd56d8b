//! A walk that the first release began goes on with this one.

use serde_json::{Value, json};

use crate::cli::room::Room;
use crate::log::newer::linked;

/// Writes the only chain again as the first release would have written it: without the kinds and the
/// fields that came later, one entry for each item.
fn as_the_first_release(room: &Room) {
    let mut lines = Vec::new();
    for mut line in room.entries() {
        if line["kind"] == "joined" {
            continue;
        }
        let body = line["body"].as_object_mut().expect("a body");
        body.remove("steps_sha256");
        // The owner was stored as the text.
        if let Some(to) = body.remove("to") {
            body.insert("text".to_owned(), to);
        }
        let items = body.remove("items").unwrap_or(Value::Null);
        match items.as_array() {
            None => lines.push(line),
            Some(items) => lines.extend(items.iter().enumerate().map(|(number, item)| {
                let mut one = line.clone();
                one["body"]["item"] = item.clone();
                one["id"] = json!(format!("{}-{number}", line["id"].as_str().expect("an id")));
                one
            })),
        }
    }
    std::fs::write(&room.chains()[0], linked(&lines)).expect("written");
    room.witness_the_end();
}

#[test]
fn a_walk_that_the_first_release_began_goes_on() {
    let room = Room::new();
    let before = "d named\nweb-01, web-02\nyes\nd\naws:snap-1\nw to Priya, 04:30\nd\n";
    assert_eq!(room.walk(before).exit, Some(6));
    as_the_first_release(&room);
    room.verify();
    let outcomes = room.bodies("step-outcome");
    assert_eq!((outcomes.len(), &outcomes[2]["text"]), (4, &json!("Priya")));
    let status = room.breach(&["status"]);
    assert!(status.out.contains("1 of 5"), "{}", status.out);
    // Nothing that was settled is asked again, and the walk comes to its end.
    let ran = room.walk("d\ndestroy\nd\nd stopped\ns Priya has left\n");
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    let after = room.bodies("step-outcome");
    assert_eq!(after[..4], outcomes[..]);
    assert_eq!(after.len(), 8, "{after:#?}");
    room.verify();
}

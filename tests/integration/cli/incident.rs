//! `breach incident`: all of them, one of them, another title.

use super::room::Room;

#[test]
fn every_incident_is_listed_and_one_is_shown_even_if_it_is_closed() {
    let room = Room::new();
    let ran = room.breach(&["incident", "list"]);
    assert_eq!((ran.exit, ran.out.as_str()), (Some(0), ""), "{ran:?}");
    room.open();
    let ran = room.breach(&["close", "--anyway", "--reason", "over", "--as", "Ada"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let again = ["contain", "--new", "--as", "Ada", "--playbook", "web-skimming"];
    room.pipe(&again, b"Another \x1b[31mone\n\n1\n");
    let json = room.breach(&["incident", "list", "--format", "json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["schema"], "breach.incidents/1");
    let all = json["incidents"].as_array().expect("incidents");
    let closed: Vec<_> = all.iter().filter(|one| one["closed_at"].is_string()).collect();
    assert_eq!((all.len(), closed.len()), (2, 1), "{json}");
    assert!(all.iter().all(|one| one["verifies"] == true && one["entries"].as_u64() > Some(1)));
    let name = closed[0]["name"].as_str().expect("a name");
    let shown = room.breach(&["incident", "show", name]);
    assert_eq!(shown.exit, Some(0), "{shown:?}");
    assert!(shown.out.contains(name) && shown.out.contains("Closed "), "{shown:?}");
    let list = room.breach(&["incident", "list"]).out;
    assert!(list.lines().all(|line| line.chars().count() <= 80), "{list}");
    assert!(list.contains("closed ") && list.contains("Strange script"), "{list}");
    assert!(!list.contains('\x1b'), "{list}");
    assert_eq!(room.breach(&["incident", "show", "1999"]).exit, Some(2));
}

#[test]
fn a_new_title_is_an_entry_and_the_old_one_stays_in_the_log() {
    let room = Room::new();
    let lost = room.breach(&["incident", "title", "Skimmed checkout"]);
    assert_eq!(lost.exit, Some(74), "{lost:?}");
    assert!(lost.err.contains("NOT RECORDED") && lost.err.contains("Skimmed checkout"), "{lost:?}");
    room.open();
    let ran = room.breach(&["incident", "title", "Skimmed", "checkout", "--as", "Ada"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert_eq!(room.bodies("titled")[0]["title"], "Skimmed checkout");
    assert!(room.breach(&["status"]).out.contains("Skimmed checkout"));
    assert!(room.breach(&["report"]).out.contains("Skimmed checkout"));
    assert_eq!(room.bodies("opened")[0]["title"], "Strange script");
}

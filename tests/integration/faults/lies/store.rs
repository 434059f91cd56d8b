//! A store from which something that was pushed is gone.

use super::ok;
use crate::cli::room::Room;

#[test]
fn entries_that_were_pushed_and_are_gone_are_missed() {
    let room = Room::new();
    room.open();
    let store = room.path("store");
    std::fs::create_dir(&store).expect("a folder");
    let place = store.to_str().expect("text");
    ok(&room, &["sync", "push", place, "--yes"]);
    assert_eq!(room.breach(&["sync", "verify", place]).exit, Some(0));
    let log = std::fs::read_dir(&store).expect("a store").next().expect("one").expect("one");
    let chain = std::fs::read_dir(log.path().join("log")).expect("a log").next();
    std::fs::remove_dir_all(chain.expect("a chain").expect("a chain").path()).expect("removed");
    for command in ["verify", "status"] {
        let ran = room.breach(&["sync", command, place]);
        assert_eq!(ran.exit, Some(4), "{command} {ran:?}");
        assert!(
            ran.out.contains("pushed from here, now missing in the store"),
            "{command} {ran:?}"
        );
    }
    ok(&room, &["sync", "push", place]);
    assert_eq!(room.breach(&["sync", "verify", place]).exit, Some(0));
}

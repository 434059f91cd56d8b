//! `breach plan`: one binder, from the roster, the last review and the playbooks.

use super::room::Room;
use super::roster::{ROSTER, room};

#[test]
fn it_holds_whom_to_call_and_every_playbook() {
    let room = room(&ROSTER.replace("Example Shop", "Example <b>Shop</b> | x"));
    let ran = room.breach(&["plan"]);
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with("# Incident response plan for Example "), "{}", &ran.out[..200]);
    assert!(ran.out.contains("| insurer | Hotline, "), "no roster");
    assert!(ran.out.contains("# Contain a web-skimming attack on the checkout"), "no playbook");
    assert!(!ran.out.contains("<b>"), "markup of a name");
    let page = room.breach(&["plan", "--format", "html"]);
    assert_eq!(page.exit, Some(0), "{}", page.err);
    assert!(page.out.starts_with("<!doctype html>"), "{}", &page.out[..100]);
    assert!(page.out.contains("Example &lt;b&gt;Shop&lt;/b&gt; | x"), "a name of the roster");
    for loaded in ["<script", "src=", "href=\"http", "@import", "url("] {
        assert!(!page.out.contains(loaded), "{loaded}");
    }
}

#[test]
fn without_a_roster_there_is_room_to_write() {
    let room = Room::new();
    let ran = room.breach(&["plan", "--playbook", "web-skimming"]);
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    assert!(ran.out.contains("- insurer: ____"), "no room");
    assert_eq!(ran.out.matches("\n# ").count(), 1, "one playbook");
    assert_eq!(room.breach(&["plan", "--playbook", "gone"]).exit, Some(2));
}

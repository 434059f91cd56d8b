//! Nothing that somebody else wrote drives the responder's terminal.

use breach::escape;

use super::room::Room;

const HOSTILE: &str = "a\u{1b}[2J\u{7}\u{9b}31m\u{202e}b\u{200b}\r";

#[test]
fn no_command_lets_an_escape_through() {
    let room = Room::new();
    let playbook = super::room::PLAYBOOK
        .replace("Stop the leak", "Stop \\u001B[2J\\u202E the leak")
        .replace("Take an image", "Take \\u0007 an image");
    std::fs::write(room.playbook(), playbook).expect("written");
    let path = room.playbook();
    let path = path.to_str().expect("text");
    let walk = format!(
        "{HOSTILE}\n{HOSTILE}\n{HOSTILE}\nunknown\n1\nd {HOSTILE}\n{HOSTILE}, web\nyes\nn {HOSTILE}\n{HOSTILE}\no\n?\nd\naws:{HOSTILE}\n"
    );
    let mut outputs = vec![room.pipe(&["contain", "--playbook", path], walk.as_bytes())];
    assert!(room.entries().len() > 6, "{outputs:?}");
    outputs.push(room.breach(&["note", HOSTILE]));
    outputs.push(room.breach(&["evidence", "add", "--ref", "aws:x", "--title", HOSTILE]));
    for arguments in [
        &["status"][..],
        &["status", "--format", "json"],
        &["log", "show"],
        &["log", "show", "--format", "json"],
        &["log", "verify"],
        &["fact", "show"],
        &["fact", "show", "boxes"],
        &["evidence", "list"],
        &["evidence", "list", "--format", "json"],
        &["evidence", "verify"],
        &["close"],
        &["contain", "--dry-run"],
        &["contain"],
        &["playbook", "show", path],
        &["playbook", "check", path],
        &["fact", "set", HOSTILE, "1"],
        &["--incident", HOSTILE, "status"],
        &["note", "--at", HOSTILE, "x"],
        &["note", "--as", HOSTILE, "x"],
        &["evidence", "add", "--ref", HOSTILE],
        &["playbook", "show", HOSTILE],
    ] {
        outputs.push(room.breach(arguments));
    }
    for ran in outputs {
        for text in [&ran.out, &ran.err] {
            let found = text.chars().find(|c| *c != '\n' && escape::is_harmful(*c));
            assert_eq!(found, None, "{ran:?}");
        }
    }
    room.verify();
}

#[test]
fn nobody_is_recorded_without_a_name_or_under_two_lines() {
    let room = Room::new();
    room.open();
    for name in ["", "  ", "Ada\nRecorded at 03:00 by Bo", "A\u{202e}da"] {
        let ran = room.breach(&["note", "--as", name, "x"]);
        assert_eq!(ran.exit, Some(2), "{ran:?}");
        let ran = room.breach(&["evidence", "add", "--ref", name]);
        assert_eq!(ran.exit, Some(2), "{ran:?}");
    }
    assert!(room.bodies("note").is_empty() && room.bodies("evidence").is_empty());
}

//! Nothing that somebody wrote, in the record, in a file or on the command line, reaches the terminal
//! as it is.

use std::path::Path;

use super::readers::COMMANDS;
use crate::cli::room::{PLAYBOOK, Ran, Room};

/// What moves a cursor, rings, turns the line around, hides, or starts one again.
pub(super) const HOSTILE: &str =
    "a\u{1b}[2J\u{1b}]0;x\u{7}\u{9b}31m\u{202e}b\u{200b}\u{2066}\u{feff}\r\u{8}\u{7f}c";

/// A record with such a text in everything that takes one.
fn hostile_room() -> Room {
    let room = Room::new();
    let playbook = PLAYBOOK
        .replace("Stop the leak", "Stop \\u001B[2J\\u202E the leak")
        .replace("Take an image", "Take \\u0007 an image");
    std::fs::write(room.playbook(), playbook).expect("written");
    std::fs::write(room.path(HOSTILE), HOSTILE).expect("written");
    std::fs::write(room.path("wrong.toml"), format!("id = \"{HOSTILE}\"\n{HOSTILE}\n"))
        .expect("ok");
    let people = format!("jurisdiction,count\nDE,5\n{HOSTILE},{HOSTILE}\n");
    std::fs::write(room.path("people.csv"), people).expect("written");
    let timeline = format!(
        "message,datetime,timestamp_desc,{HOSTILE}\n\"{HOSTILE}\",2026-01-01T00:00:00Z,{HOSTILE},x\n"
    );
    std::fs::write(room.path("timeline.csv"), timeline).expect("written");
    let walk = format!(
        "{HOSTILE}\nunknown\n1\nd {HOSTILE}\n{HOSTILE}, web\nyes\nn {HOSTILE}\no\n?\nd\naws:{HOSTILE}\n"
    );
    room.pipe(&["contain", "--playbook", "walk.toml", "--as", "Ada"], walk.as_bytes());
    for words in [
        "note X",
        "fact add boxes X",
        "fact set what_happened X",
        "evidence add X",
        "evidence add --ref aws:x --title X",
        "action add X --owner Eve --due 2099-01-01",
        "duties waive eu-gdpr.33-1 --by Eve --reason X",
        "duties sent eu-gdpr.33-1 --reference X",
        "import timeline timeline.csv",
        "incident title X",
    ] {
        let ran = run(&room, words);
        assert_ne!(ran.exit, Some(101), "{words}: {ran:?}");
    }
    assert!(room.entries().len() > 14, "{:?}", room.entries());
    room
}

/// Runs a command line in which a lone `X` is replaced by the hostile text.
fn run(room: &Room, words: &str) -> Ran {
    let words = words.split(' ').map(|word| if word == "X" { HOSTILE } else { word });
    room.breach(&words.chain(["--as", "Ada"]).collect::<Vec<_>>())
}

#[test]
fn no_command_line_lets_an_escape_through() {
    let room = hostile_room();
    // Each command in that record, and each with the text in the place of its last word.
    let mut lines: Vec<String> = COMMANDS.iter().map(|words| (*words).to_owned()).collect();
    lines.extend(COMMANDS.iter().filter_map(|words| {
        let (before, _) = words.rsplit_once(' ')?;
        Some(format!("{before} X"))
    }));
    lines.extend(
        [
            "--incident X status",
            "--home X status",
            "note --at X x",
            "log show --by X",
            "log show --since X",
            "log show --step X",
            "log show --kind X",
            "log verify --head X",
            "report --section X",
            "report --template X",
            "playbook show walk.toml",
            "contain --answers X",
            "contain --at X",
            "X",
            "-X",
            "--X",
        ]
        .map(str::to_owned),
    );
    let (mut cases, mut bad) = (0, Vec::new());
    for words in &lines {
        let room = room.copied();
        let ran = run(&room, words);
        cases += 1;
        for text in [&ran.out, &ran.err] {
            // Formats for other programs begin, and end their lines, as those want it.
            let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
            if let Some(found) = text.chars().find(|c| *c != '\n' && breach::escape::is_harmful(*c))
            {
                bad.push(format!("{words}: {found:?} in {text:?}"));
            }
        }
        if ran.exit == Some(101) || !Path::new(room.dir.path()).exists() {
            bad.push(format!("{words}: {ran:?}"));
        }
    }
    super::row("terminal escapes", 96, cases, &bad);
}

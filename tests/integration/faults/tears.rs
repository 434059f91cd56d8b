//! Short writes as the system makes them: a file may not grow beyond a limit.

use std::process::Command;

use crate::cli::room::{BREACH, Room, feed};

#[test]
fn a_note_that_is_written_in_part_is_told_and_loses_nothing() {
    let room = Room::new();
    room.open();
    let chain = room.chains().remove(0);
    let length = || usize::try_from(chain.metadata().expect("a chain").len()).expect("a length");
    let (mut tears, mut told, mut bad) = (0, Vec::new(), Vec::new());
    for number in 0..64 {
        let before = length();
        // Blocks of 1 KiB: where it stops, somewhere in the line.
        let limit = before / 1024 + 1 + number % 3;
        let mark = format!("note-{number:02}.");
        let text = format!("{mark} {}", "y".repeat(limit * 1024 - before + number * 41 % 1500));
        let limited = format!("trap '' XFSZ; ulimit -f {limit}; exec \"$0\" \"$@\"");
        let mut command = Command::new("bash");
        command.args(["-c", &limited, BREACH, "note", "--as", "Ada", &text]);
        let plain = room.command(&[]);
        command.env_clear().current_dir(room.dir.path());
        command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let ran = feed(command, b"");
        tears += usize::from(ran.exit == Some(74) && length() > before);
        match ran.exit {
            Some(0) => told.push(mark),
            Some(74) if ran.err.contains("NOT RECORDED") && ran.err.contains(&mark) => {}
            _ => bad.push(format!("{mark} at {before} of {limit} KiB: {ran:?}")),
        }
        let mark = format!("after-{number:02}.");
        let after = room.breach(&["note", "--as", "Ada", &mark]);
        if after.exit != Some(0) {
            bad.push(format!("{mark}: {after:?}"));
        }
        told.push(mark);
    }
    room.verify();
    let notes = room.bodies("note");
    let texts: Vec<&str> = notes.iter().filter_map(|note| note["text"].as_str()).collect();
    for mark in told.iter().filter(|mark| !texts.iter().any(|text| text.starts_with(*mark))) {
        bad.push(format!("{mark} is lost"));
    }
    super::row("real short writes", 60, 64, &bad);
    super::row("tears among them", 40, tears, &[]);
}

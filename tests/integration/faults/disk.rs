//! A disk that fails or is full: recorded, or NOT RECORDED with the text. Nothing in between.

use std::process::Command;

use crate::cli::room::{BREACH, Ran, Room, feed};

/// Runs `breach` with a system call of the chain file failing, through strace.
pub(super) fn faulty(room: &Room, inject: &str, arguments: &[&str], input: &[u8]) -> Ran {
    feed(traced(room, inject, arguments), input)
}

pub(super) fn traced(room: &Room, inject: &str, arguments: &[&str]) -> Command {
    let chain = room.chains().remove(0);
    let chain = chain.to_str().expect("text");
    strace(room, &["-o", "/dev/null", "-P", chain, "-e", inject], arguments)
}

/// Runs `breach` under strace with these options.
pub(super) fn strace(room: &Room, options: &[&str], arguments: &[&str]) -> Command {
    let plain = room.command(&[]);
    let mut command = Command::new("strace");
    command.args(["-f", "-qq"]).args(options).arg(BREACH).args(arguments);
    command.env_clear().current_dir(room.dir.path());
    command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command
}

#[test]
fn a_failing_call_is_told_and_the_next_note_works() {
    let injections = [
        "inject=fdatasync:error=EIO:when=1",
        "inject=write:error=ENOSPC:when=1",
        "inject=write:error=EDQUOT:when=1",
        "inject=write:error=EIO:when=1",
        "inject=write:retval=10:when=1",
        "inject=write:error=EINTR:when=1",
        "inject=fdatasync:signal=KILL:when=1",
        "inject=write:signal=KILL:when=1",
    ];
    let room = Room::new();
    room.open();
    for (number, inject) in injections.iter().enumerate() {
        let text = format!("under fault {number}");
        let ran = faulty(&room, inject, &["note", "--as", "Ada", &text], b"");
        let there = room.bodies("note").iter().any(|note| note["text"] == text.as_str());
        match ran.exit {
            Some(0) => assert!(there, "{inject}: acknowledged and lost: {ran:?}"),
            Some(74) => {
                assert!(
                    ran.err.contains("NOT RECORDED") && ran.err.contains(&text),
                    "{inject}: {ran:?}"
                );
                assert!(
                    ran.err.contains("hint: nothing before this was lost"),
                    "{inject}: {ran:?}"
                );
            }
            // Killed: nobody was told anything.
            None => {}
            other => panic!("{inject}: exit {other:?}: {ran:?}"),
        }
        let after = room.breach(&["note", "--as", "Ada", "after it"]);
        assert_eq!(after.exit, Some(0), "{inject}: {after:?}");
        room.verify();
    }
}

#[test]
fn a_walk_whose_disk_fails_says_so_and_goes_on_later() {
    let room = Room::new();
    room.open();
    let answers = b"n one\nn two\nd\nweb-01\nno\n";
    let ran =
        faulty(&room, "inject=fdatasync:error=EIO:when=3", &["contain", "--as", "Ada"], answers);
    assert_eq!(ran.exit, Some(74), "{ran:?}");
    assert!(ran.err.contains("NOT RECORDED") && ran.err.contains("two"), "{ran:?}");
    let ran = room.walk("d\nweb-01\nno\n");
    assert_eq!(ran.exit, Some(6), "{ran:?}");
    room.verify();
}

#[test]
fn a_full_disk_loses_nothing_that_was_said_to_be_recorded() {
    let room = Room::new();
    let disk = room.path("disk");
    std::fs::create_dir(&disk).expect("a folder");
    let mount = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"])
        .arg(&disk)
        .status()
        .expect("mount is installed");
    // Without the right to mount, the limit of a file's size stands in for the full disk.
    let home = if mount.success() { disk.join("home") } else { room.home() };
    let home = home.to_str().expect("text").to_owned();
    room.pipe(&["--home", &home, "contain", "--as", "Ada", "--playbook", "walk.toml"], b"x\n\n\n");
    let text = "y".repeat(60_000);
    let (mut told, mut refused) = (0, 0);
    for number in 0..60 {
        let note = format!("{number:02} {text}");
        let ran = if mount.success() {
            room.pipe(&["--home", &home, "note", "--as", "Ada"], note.as_bytes())
        } else {
            let limited = "trap '' XFSZ; ulimit -f 2000; exec \"$0\" \"$@\"";
            let mut command = Command::new("bash");
            command.args(["-c", limited, BREACH, "--home", &home, "note", "--as", "Ada"]);
            feed(command, note.as_bytes())
        };
        match ran.exit {
            Some(0) => told += 1,
            Some(74) => {
                assert!(ran.err.contains("NOT RECORDED"), "{:.300}", ran.err);
                refused += 1;
            }
            other => panic!("exit {other:?}: {:.300}", ran.err),
        }
    }
    let shown = room.breach(&["--home", &home, "log", "show", "--kind", "note"]);
    let verified = room.breach(&["--home", &home, "log", "verify"]);
    if mount.success() {
        let _ = Command::new("umount").arg(&disk).status();
    }
    assert!(told > 5 && refused > 5, "{told} told, {refused} refused");
    assert!(shown.out.lines().count() >= told, "{} of {told} are there", shown.out.lines().count());
    assert_eq!(verified.exit, Some(0), "{verified:?}");
}

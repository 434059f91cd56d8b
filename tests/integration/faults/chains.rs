//! Chains that were torn, cut, reordered, forked, and clocks that jumped: seen by the program.

use crate::cli::room::Room;

/// A room whose chain is changed by `change`, line by line.
fn changed(change: impl FnOnce(&mut Vec<String>)) -> Room {
    let room = Room::new();
    room.walk("n one\nn two\nn three\nn four\n");
    let chain = room.chains().remove(0);
    let text = std::fs::read_to_string(&chain).expect("a chain");
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    change(&mut lines);
    std::fs::write(&chain, lines.concat()).expect("written");
    room
}

#[test]
fn a_torn_tail_is_sealed_and_reported() {
    let room = changed(|lines| {
        let last = lines.last_mut().expect("a line");
        last.truncate(last.len() / 2);
    });
    room.witness_the_end();
    let before = std::fs::read(&room.chains()[0]).expect("a chain");
    let ran = room.breach(&["note", "--as", "Ada", "after the crash"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(ran.err.contains("1 line torn by a crash, sealed and recorded"), "{}", ran.err);
    let after = std::fs::read(&room.chains()[0]).expect("a chain");
    assert!(after.starts_with(&before), "nothing was cut away");
    assert_eq!(room.bodies("recovery").len(), 1);
    let verify = room.breach(&["log", "verify"]);
    assert!(verify.out.contains("intact") && verify.out.contains("1 torn"), "{}", verify.out);
    room.verify();
}

#[test]
fn what_was_altered_is_named_and_the_walk_goes_on_beside_it() {
    let changes: [fn(&mut Vec<String>); 5] = [
        |lines| lines.swap(4, 5),
        |lines| drop(lines.remove(5)),
        |lines| lines.insert(5, lines[5].clone()),
        |lines| lines[5] = lines[5].replace("\"seq\":5", "\"seq\":50"),
        |lines| lines[5] = "{}\n".to_owned(),
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let room = changed(change);
        let verify = room.breach(&["log", "verify"]);
        assert_eq!(verify.exit, Some(4), "{number}: {verify:?}");
        assert!(verify.out.contains("DOES NOT VERIFY"), "{number}: {}", verify.out);
        let before = std::fs::read(&room.chains()[0]).expect("a chain");
        let ran = room.walk("n it goes on\nd\nweb-01\nno\n");
        assert_eq!(ran.exit, Some(6), "{number}: {}", ran.err);
        assert_eq!(room.chains().len(), 2, "{number}");
        let damaged = room
            .chains()
            .into_iter()
            .find(|chain| std::fs::read(chain).expect("a chain") == before);
        assert!(damaged.is_some(), "{number}: the damaged chain was touched");
        let status = room.breach(&["status"]);
        assert_eq!(status.exit, Some(4), "{number}: {status:?}");
        assert!(status.out.contains("2 of 5"), "{number}: {}", status.out);
    }
}

#[test]
fn a_clock_that_jumps_is_an_entry() {
    // The boot clock of the last entry is moved: for the next writer, the wall clock jumped.
    let room = changed(|lines| {
        let last = lines.last_mut().expect("a line");
        let at = last.find("\"mono\":").expect("a boot clock") + "\"mono\":".len();
        let end = at + last[at..].find(',').expect("an end");
        let mono: u64 = last[at..end].parse().expect("a number");
        last.replace_range(at..end, &(mono / 2).to_string());
    });
    room.witness_the_end();
    let ran = room.breach(&["note", "--as", "Ada", "after the jump"]);
    assert_eq!(ran.exit, Some(0));
    assert!(ran.err.contains("warning: the clock of this machine was set back by "), "{ran:?}");
    let clock = room.bodies("clock");
    assert_eq!(clock.len(), 1);
    assert!(clock[0]["step_us"].as_i64().expect("a number") < -1_000_000, "{clock:?}");
    room.verify();
}

#[test]
fn ten_thousand_steps_are_walked() {
    use std::fmt::Write;
    let room = Room::new();
    let head = crate::cli::room::PLAYBOOK.split("[[step]]").next().expect("a head");
    let mut text = head.to_owned();
    for number in 0..10_000 {
        let _ = write!(
            text,
            "[[step]]\nid = \"s{number}\"\ntitle = \"Step {number}\"\nwhy = \"w\"\ndo = \"d\"\nrole = \"scribe\"\n"
        );
    }
    std::fs::write(room.playbook(), text).expect("written");
    assert_eq!(room.breach(&["playbook", "check", "walk.toml"]).exit, Some(0));
    let ran = room.walk("d\nj 10000\nd\n");
    assert_eq!(ran.exit, Some(6), "{:.300}", ran.err);
    assert!(ran.err.contains("Stopped with 2 of 10000 steps settled"), "{:.300}", ran.err);
    room.verify();
}

#[test]
fn a_home_that_turned_read_only_is_not_recorded() {
    let room = Room::new();
    room.open();
    let home = room.home();
    let mount = |arguments: &[&str]| {
        let mut command = std::process::Command::new("mount");
        command.args(arguments).status().is_ok_and(|status| status.success())
    };
    let path = home.to_str().expect("text");
    if !(mount(&["--bind", path, path]) && mount(&["-o", "remount,bind,ro", path])) {
        // Without the right to mount, modes stand in; they bind everybody but root.
        let chain = room.chains().remove(0);
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o400);
        std::fs::set_permissions(chain, mode).expect("changed");
        let expected = if nix::unistd::geteuid().is_root() { Some(0) } else { Some(74) };
        assert_eq!(room.breach(&["note", "while it is read-only"]).exit, expected);
        return;
    }
    let ran = room.breach(&["note", "while it is read-only"]);
    let unmounted = std::process::Command::new("umount").arg(path).status();
    assert!(unmounted.is_ok_and(|status| status.success()));
    assert_eq!(ran.exit, Some(74), "{ran:?}");
    assert!(ran.err.contains("NOT RECORDED:\nwhile it is read-only"), "{ran:?}");
    assert_eq!(room.breach(&["note", "afterwards"]).exit, Some(0));
}

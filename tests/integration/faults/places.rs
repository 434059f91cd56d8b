//! Homes that cannot be used, and a lock that nobody lets go.

use std::fs::File;
use std::os::unix::fs::PermissionsExt;

use crate::cli::room::Room;

#[test]
fn a_home_that_cannot_be_is_named_with_what_to_do() {
    let room = Room::new();
    std::fs::write(room.path("file"), b"x").expect("written");
    let home = room.path("file/home");
    let home = home.to_str().expect("text");
    let ran = room.pipe(&["--home", home, "contain", "--as", "Ada"], b"x\n\n\n");
    assert_eq!(ran.exit, Some(1), "{ran:?}");
    assert!(ran.err.contains(home) && ran.err.contains("--home DIR"), "{ran:?}");
}

#[test]
fn no_home_at_all_is_wrong_usage() {
    let room = Room::new();
    let mut command = room.command(&["contain"]);
    command.env_remove("BREACH_HOME").env_remove("HOME");
    let ran = crate::cli::room::feed(command, b"");
    assert_eq!(ran.exit, Some(2), "{ran:?}");
    assert!(ran.err.contains("export BREACH_HOME=DIR"), "{ran:?}");
}

#[test]
fn folders_and_files_are_ours_alone() {
    let room = Room::new();
    room.walk("n x\n");
    let mut folders = vec![room.home()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("readable") {
            let path = entry.expect("an entry").path();
            let mode = path.metadata().expect("metadata").permissions().mode();
            assert_eq!(mode & 0o077, 0, "{} is {mode:o}", path.display());
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
}

#[test]
fn another_users_incident_is_refused() {
    let room = Room::new();
    room.open();
    let log = room.chains()[0].parent().expect("a folder").to_owned();
    if std::os::unix::fs::chown(&log, Some(12345), None).is_err() {
        // Only root can give a folder away: then nobody can have given us one, either.
        assert!(!nix::unistd::geteuid().is_root());
        return;
    }
    let ran = room.breach(&["note", "x"]);
    assert_eq!(ran.exit, Some(74), "{ran:?}");
    assert!(ran.err.contains("NOT RECORDED:\nx"), "{ran:?}");
    assert!(ran.err.contains("belongs to another user (uid 12345)"), "{ran:?}");
}

#[test]
fn a_stuck_lock_is_named_after_ten_seconds() {
    let room = Room::new();
    room.open();
    let chain = File::open(&room.chains()[0]).expect("a chain");
    chain.lock().expect("locked");
    let ran = room.breach(&["note", "while somebody holds it"]);
    assert_eq!(ran.exit, Some(74), "{ran:?}");
    assert!(ran.err.contains("NOT RECORDED:\nwhile somebody holds it"), "{ran:?}");
    let pid = std::process::id().to_string();
    assert!(ran.err.contains(&pid), "{ran:?}");
    assert!(ran.err.contains("10 s"), "{ran:?}");
    assert!(ran.err.contains("NOT RECORDED:\nwhile somebody holds it"), "{ran:?}");
    chain.unlock().expect("unlocked");
    assert_eq!(room.breach(&["note", "afterwards"]).exit, Some(0));
}

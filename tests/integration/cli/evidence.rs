//! Keeping things: whole, once, compared, and never outside the folder.

use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

use breach::digest::Digest;

use super::room::Room;

fn kept(room: &Room, digest: &str) -> PathBuf {
    let incident =
        room.chains()[0].parent().and_then(|log| log.parent()).expect("a folder").to_owned();
    incident.join("evidence/sha256").join(&digest[..2]).join(digest)
}

#[test]
fn a_file_is_copied_and_verified() {
    let room = Room::new();
    room.open();
    std::fs::write(room.path("access.log"), b"GET /pay").expect("written");
    let ran = room.breach(&[
        "evidence",
        "add",
        "access.log",
        "--title",
        "Access log",
        "--expires-at",
        "2027-01-01",
    ]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    let digest = Digest::of(b"GET /pay").to_string();
    assert!(ran.err.contains(&digest), "{}", ran.err);
    assert_eq!(std::fs::read(kept(&room, &digest)).expect("kept"), b"GET /pay");
    let body = room.bodies("evidence").remove(0);
    assert_eq!(body["kept"]["bytes"], 8);
    assert!(body["source"]["file"]["path"].as_str().expect("a path").ends_with("/access.log"));
    assert_eq!(body["expires_at"]["precision"], "day");
    assert_eq!(room.breach(&["evidence", "verify"]).exit, Some(0));
    assert_eq!(room.bodies("custody")[0]["result"], "intact");
    let list = room.breach(&["evidence", "list"]);
    assert!(list.out.contains("Access log"), "{}", list.out);
}

#[test]
fn tampering_is_found() {
    let room = Room::new();
    room.open();
    for name in ["a", "b"] {
        std::fs::write(room.path(name), name).expect("written");
        room.breach(&["evidence", "add", name]);
    }
    let changed = kept(&room, &Digest::of(b"a").to_string());
    std::fs::remove_file(&changed).expect("removed");
    std::fs::write(&changed, b"x").expect("written");
    std::fs::remove_file(kept(&room, &Digest::of(b"b").to_string())).expect("removed");
    let ran = room.breach(&["evidence", "verify"]);
    assert_eq!(ran.exit, Some(4), "{ran:?}");
    assert!(ran.out.contains("differs") && ran.out.contains("missing"), "{}", ran.out);
}

#[test]
fn streams_references_and_places() {
    let room = Room::new();
    room.open();
    assert_eq!(room.pipe(&["evidence", "add", "-"], b"streamed").exit, Some(0));
    assert!(kept(&room, &Digest::of(b"streamed").to_string()).is_file());
    std::fs::write(room.path("big"), b"lies here").expect("written");
    assert_eq!(room.breach(&["evidence", "add", "--in-place", "big"]).exit, Some(0));
    assert!(!kept(&room, &Digest::of(b"lies here").to_string()).exists());
    assert_eq!(room.breach(&["evidence", "verify"]).exit, Some(0));
    let reference = [
        "evidence",
        "add",
        "--ref",
        "aws:snap-0a1b",
        "--kind",
        "snapshot",
        "--account",
        "1234",
        "--region",
        "eu-west-1",
        "--digest",
        "sha256:00",
    ];
    assert_eq!(room.breach(&reference).exit, Some(0));
    let body = room.bodies("evidence").remove(2);
    assert_eq!(body["source"]["reference"]["region"], "eu-west-1");
    assert_eq!(room.breach(&["evidence", "add"]).exit, Some(2));
}

#[test]
fn what_is_no_plain_file_is_refused_at_once() {
    let room = Room::new();
    room.open();
    std::fs::create_dir(room.path("folder")).expect("a folder");
    let fifo = room.path("fifo");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().expect("mkfifo").success());
    for name in ["folder", "fifo", "nowhere", "/dev/zero"] {
        let ran = room.breach(&["evidence", "add", name]);
        assert_eq!(ran.exit, Some(2), "{name} {ran:?}");
    }
    let ran = room.breach(&["evidence", "add", "folder"]);
    assert!(ran.err.contains("tar cf - folder | breach evidence add -"), "{}", ran.err);
    assert!(room.bodies("evidence").is_empty());
}

#[test]
fn a_name_cannot_leave_the_folder_or_touch_the_screen() {
    let room = Room::new();
    room.open();
    let name = std::ffi::OsStr::from_bytes(b"../evil\n\x1b[2J\xff.log").to_owned();
    let dir = room.path("sub");
    std::fs::create_dir(&dir).expect("a folder");
    let path = room.path("evil\n\u{1b}[2J.log");
    std::fs::write(&path, b"x").expect("written");
    let mut command = room.command(&["evidence", "add"]);
    command.arg(&path);
    let ran = super::room::feed(command, b"");
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(!ran.err.contains('\u{1b}'), "{ran:?}");
    let mut command = room.command(&["evidence", "add"]);
    command.arg(dir.join(name));
    let ran = super::room::feed(command, b"");
    assert_eq!(ran.exit, Some(2));
    assert!(!ran.err.contains('\u{1b}'), "{ran:?}");
    let list = room.breach(&["evidence", "list"]);
    assert!(!list.out.contains('\u{1b}'), "{list:?}");
    room.verify();
}

#[test]
fn links_are_followed_and_broken_ones_refused() {
    use std::os::unix::fs::symlink;
    let room = Room::new();
    room.open();
    std::fs::write(room.path("target"), b"linked").expect("written");
    for (name, target) in [("link", "target"), ("dangling", "nowhere"), ("circle", "circle")] {
        symlink(target, room.path(name)).expect("a link");
    }
    assert_eq!(room.breach(&["evidence", "add", "link"]).exit, Some(0));
    assert!(
        kept(&room, &Digest::of(b"linked").to_string())
            .symlink_metadata()
            .is_ok_and(|metadata| metadata.is_file(),)
    );
    for name in ["dangling", "circle"] {
        let ran = room.breach(&["evidence", "add", name]);
        assert_eq!(ran.exit, Some(2), "{ran:?}");
        assert!(ran.err.contains(name) && ran.err.contains("nothing was recorded"), "{ran:?}");
    }
    assert_eq!(room.bodies("evidence").len(), 1);
}

#[test]
fn a_file_that_may_not_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let room = Room::new();
    room.open();
    let path = room.path("secret");
    std::fs::write(&path, b"x").expect("written");
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o000)).expect("changed");
    let ran = room.breach(&["evidence", "add", "secret"]);
    if nix::unistd::geteuid().is_root() {
        // Modes do not bind root: it is read, and kept under a mode of our own.
        assert_eq!(ran.exit, Some(0), "{ran:?}");
        let kept = kept(&room, &Digest::of(b"x").to_string());
        assert_eq!(kept.metadata().expect("kept").permissions().mode() & 0o777, 0o400);
    } else {
        assert_eq!(ran.exit, Some(74), "{ran:?}");
        assert!(ran.err.contains("Permission denied"), "{ran:?}");
        assert!(room.bodies("evidence").is_empty());
    }
}

#[test]
fn a_file_that_changes_meanwhile_is_kept_and_marked() {
    use std::io::Write;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    let room = Room::new();
    room.open();
    let path = room.path("growing");
    std::fs::write(&path, vec![b'x'; 8 << 20]).expect("written");
    let over = Arc::new(AtomicBool::new(false));
    let (stop, mut file) = (
        Arc::clone(&over),
        std::fs::OpenOptions::new().append(true).open(&path).expect("it opens"),
    );
    let writer = std::thread::spawn(move || {
        while !stop.load(Ordering::SeqCst) {
            file.write_all(b"y").expect("written");
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
    });
    let runs = [&["evidence", "add", "growing"][..], &["evidence", "add", "--in-place", "growing"]];
    let ran: Vec<_> = runs.into_iter().map(|arguments| room.breach(arguments)).collect();
    over.store(true, Ordering::SeqCst);
    writer.join().expect("it ends");
    for (ran, body) in ran.iter().zip(room.bodies("evidence")) {
        assert_eq!(ran.exit, Some(0), "{ran:?}");
        assert!(ran.err.contains("changed while it was being read"), "{ran:?}");
        assert_eq!(body["changed_during_acquisition"], true, "{body}");
    }
    // What was copied is what was hashed; what lies elsewhere went on changing.
    let verify = room.breach(&["evidence", "verify"]);
    assert_eq!(verify.exit, Some(4), "{verify:?}");
    assert_eq!(verify.out.matches(": intact").count(), 1, "{}", verify.out);
}

#[test]
fn a_big_file_is_kept_whole() {
    const BIG: u64 = 300 << 20;
    let room = Room::new();
    room.open();
    let file = std::fs::File::create(room.path("disk.img")).expect("a file");
    file.set_len(BIG).expect("it grows");
    assert_eq!(room.breach(&["evidence", "add", "disk.img"]).exit, Some(0));
    let body = room.bodies("evidence").remove(0);
    assert_eq!(body["kept"]["bytes"], BIG);
    let kept = kept(&room, body["kept"]["sha256"].as_str().expect("a digest"));
    assert_eq!(kept.metadata().expect("kept").len(), BIG);
}

// Elsewhere the file system takes no such name.
#[cfg(target_os = "linux")]
#[test]
fn what_could_not_be_found_again_is_not_kept_in_place() {
    let room = Room::new();
    room.open();
    let path = room.path("").join(std::ffi::OsStr::from_bytes(b"a\xff.log"));
    std::fs::write(&path, b"x").expect("written");
    for (in_place, exit) in [(true, 2), (false, 0)] {
        let mut command = room.command(&["evidence", "add"]);
        command.args(in_place.then_some("--in-place")).arg(&path);
        let ran = super::room::feed(command, b"");
        assert_eq!(ran.exit, Some(exit), "{ran:?}");
        assert_eq!(ran.err.contains("without --in-place"), in_place, "{ran:?}");
    }
    assert_eq!(room.breach(&["evidence", "verify"]).exit, Some(0));
}

#[test]
fn a_pipe_or_device_in_the_place_of_a_file_holds_nobody() {
    let room = Room::new();
    room.open();
    std::fs::write(room.path("a.log"), "a").expect("written");
    std::fs::write(room.path("b.log"), "b").expect("written");
    assert_eq!(room.breach(&["evidence", "add", "--in-place", "a.log"]).exit, Some(0));
    assert_eq!(room.breach(&["evidence", "add", "b.log"]).exit, Some(0));
    let digest = Digest::of(b"b").to_string();
    for path in [room.path("a.log"), kept(&room, &digest)] {
        std::fs::remove_file(&path).expect("removed");
        nix::unistd::mkfifo(&path, nix::sys::stat::Mode::S_IRWXU).expect("a pipe");
    }
    let verify = room.breach(&["evidence", "verify"]);
    assert_eq!(verify.exit, Some(4), "{verify:?}");
    assert_eq!(verify.out.matches("not a plain file").count(), 2, "{}", verify.out);
    for path in ["a.log", "/dev/zero", "/dev/null"] {
        let ran = room.breach(&["log", "verify", path]);
        assert_eq!(ran.exit, Some(1), "{ran:?}");
        assert!(ran.err.contains("not a plain file"), "{ran:?}");
    }
}

#[test]
fn nothing_lies_in_place_that_is_not_here() {
    let room = Room::new();
    room.open();
    for arguments in [&["--ref", "aws:snap-1"][..], &["-"]] {
        let ran = room.breach(&[&["evidence", "add", "--in-place"][..], arguments].concat());
        assert_ne!(ran.exit, Some(0), "{ran:?}");
        assert!(ran.err.contains("--in-place"), "{ran:?}");
    }
    assert!(room.bodies("evidence").is_empty());
}

#[test]
fn what_nobody_keeps_for_us_is_not_evidence() {
    let room = Room::new();
    let lines = "d\nweb-01\nno\nd\nnote: see the ticket\nweb-01:/var/log/x\naws:snap-0a1b\n";
    let ran = room.walk(lines);
    assert_eq!(ran.err.matches("not kept: ").count(), 2, "{}", ran.err);
    assert!(ran.err.contains("nothing is copied here"), "{}", ran.err);
    let evidence = room.bodies("evidence");
    assert_eq!(evidence.len(), 1);
    assert!(evidence[0]["source"].to_string().contains("aws:snap-0a1b"), "{evidence:?}");
}

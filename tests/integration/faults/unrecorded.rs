//! What could not be recorded is shown, whatever was in the way, and a closed incident says so.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::cli::room::{Room, feed};

#[test]
fn a_note_that_has_nowhere_to_go_is_shown() {
    let room = Room::new();
    let ran = room.pipe(&["note"], b"precious\n");
    assert_eq!(ran.exit, Some(74), "{ran:?}");
    assert!(ran.err.contains("NOT RECORDED:\nprecious"), "{ran:?}");
    room.open();
    room.pipe(&["contain", "--new", "--as", "Ada", "--playbook", "web-skimming"], b"Other\n\n1\n");
    for arguments in [&["note"][..], &["note", "--at", "soonish"]] {
        let ran = room.pipe(arguments, b"precious\n");
        assert_eq!(ran.exit, Some(2), "{ran:?}");
        assert!(ran.err.contains("NOT RECORDED:\nprecious"), "{ran:?}");
    }
    let ran = room.breach(&["fact", "set", "leaking", "yes"]);
    assert!(ran.err.contains("NOT RECORDED:\nleaking = yes"), "{ran:?}");
}

#[test]
fn an_exhibit_of_nothing_is_said_to_be_empty() {
    let room = Room::new();
    room.open();
    for (input, is_empty) in [(&b""[..], true), (b"x", false)] {
        let ran = room.pipe(&["evidence", "add", "-", "--as", "Ada"], input);
        assert_eq!((ran.exit, ran.said().contains("is empty")), (Some(0), is_empty), "{ran:?}");
    }
}

#[test]
fn what_a_pipe_gives_after_the_last_question_is_shown() {
    let room = Room::new();
    let step = "[[step]]\nid = \"look\"\ntitle = \"T\"\nwhy = \"W\"\ndo = \"D\"\n";
    let head = crate::cli::room::PLAYBOOK.split("[[").next().expect("a head");
    std::fs::write(room.playbook(), format!("{head}{step}")).expect("written");
    let ran = room.walk("d\n\n \n");
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    for last in ["d\nn too late\n", "q\nn too late\n"] {
        let room = Room::new();
        std::fs::write(room.playbook(), format!("{head}{step}")).expect("written");
        let ran = room.walk(last);
        assert_eq!(ran.exit, Some(2), "{ran:?}");
        assert!(ran.err.contains("NOT RECORDED:\nn too late\n"), "{ran:?}");
        assert!(room.bodies("note").is_empty());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_incident_that_cannot_be_opened_is_not_recorded() {
    let room = Room::new();
    let ran = room.pipe(&["--home", "/proc/nowhere", "contain", "--as", "Ada"], b"Title\n\n1\n");
    assert_eq!(ran.exit, Some(74), "{ran:?}");
    assert!(ran.err.contains("NOT RECORDED"), "{ran:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fails_is_not_told_to_be_full() {
    let room = Room::new();
    room.open();
    let ran = super::disk::faulty(
        &room,
        "inject=fdatasync:error=EIO:when=1",
        &["fact", "set", "leaking", "yes", "--as", "Ada"],
        b"",
    );
    assert_eq!(ran.exit, Some(74), "{ran:?}");
    assert!(ran.err.contains("NOT RECORDED:\nfact leaking = yes"), "{ran:?}");
    assert!(!ran.err.contains("free some space"), "{ran:?}");
}

#[test]
fn a_filter_that_is_none_keeps_nobody_from_a_note() {
    let room = Room::new();
    room.open();
    let mut command = room.command(&["note", "--as", "Ada", "x"]);
    command.env("BREACH_LOG", "=garbage=,,");
    let ran = feed(command, b"");
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(ran.said().contains("`BREACH_LOG` is not a valid filter and is ignored"), "{ran:?}");
}

#[test]
fn what_an_incident_is_about_is_shown_when_it_cannot_be_opened() {
    let room = Room::new();
    let playbook = room.playbook();
    let playbook = playbook.to_str().expect("text");
    let arguments = ["--home", "/proc/breach", "contain", "--as", "Ada", "--playbook", playbook];
    let ran = room.pipe(&arguments, b"strange script\n");
    assert_eq!(ran.exit, Some(74), "{ran:?}");
    assert!(ran.err.contains("NOT RECORDED:\nstrange script"), "{ran:?}");
}

#[test]
fn what_comes_late_into_a_closed_incident_is_recorded_and_said() {
    let room = Room::new();
    room.walk("d\nweb-01\nyes\n");
    room.breach(&["close", "--anyway", "--reason", "over", "--as", "Ada"]);
    std::fs::write(room.path("late.log"), "late").expect("written");
    for arguments in
        [&["note", "late"][..], &["fact", "set", "leaking", "no"], &["evidence", "add", "late.log"]]
    {
        let ran = room.breach(arguments);
        assert_eq!(ran.exit, Some(0), "{ran:?}");
        assert!(ran.said().contains("is closed; this is recorded anyway"), "{ran:?}");
    }
    assert!(room.breach(&["status"]).err.contains("No incident is open"));
    room.breach(&["reopen", "--reason", "more", "--as", "Ada"]);
    assert!(!room.breach(&["note", "again"]).err.contains("is closed"));
}

#[test]
fn an_outcome_after_the_end_opens_nothing() {
    use std::io::Write;
    use std::process::Stdio;
    let room = Room::new();
    room.open();
    let mut command = room.command(&["contain", "--as", "Ada"]);
    let shown = room.path("shown");
    let screen = std::fs::File::create(&shown).expect("a file");
    let command = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(screen);
    let mut walk = command.spawn().expect("it starts");
    crate::cli::room::until("the step is asked", || {
        std::fs::read_to_string(&shown).expect("read").contains("Name the boxes")
    });
    room.breach(&["close", "--anyway", "--reason", "over", "--as", "Bo"]);
    let mut stdin = walk.stdin.take().expect("a pipe");
    stdin.write_all(b"s no need\n").expect("written");
    drop(stdin);
    walk.wait().expect("it ends");
    assert_eq!(room.bodies("step-outcome").len(), 1);
    let status = room.breach(&["status"]);
    assert!(status.err.contains("No incident is open"), "{status:?}");
    assert_eq!(room.breach(&["contain", "--incident", "2", "--as", "Ada"]).exit, Some(2));
}

#[test]
fn strangers_files_do_not_speak_for_us() {
    let room = Room::new();
    room.open();
    let mode = |path: &Path, mode: u32| {
        std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).expect("changed");
    };
    let playbooks = room.home().join("playbooks");
    std::fs::create_dir(&playbooks).expect("a folder");
    let ours = playbooks.join("ours.toml");
    std::fs::copy(room.playbook(), &ours).expect("copied");
    mode(&playbooks, 0o755);
    mode(&ours, 0o644);
    let listed = || room.breach(&["playbook", "list"]);
    assert!(listed().out.contains("walk-test"));
    for (path, bad, good) in
        [(&ours, 0o666, 0o644), (&playbooks, 0o777, 0o755), (&room.home(), 0o777, 0o700)]
    {
        mode(path, bad);
        let ran = listed();
        assert!(!ran.out.contains("walk-test"), "{ran:?}");
        assert!(
            ran.err.starts_with("warning: `") && ran.err.contains("can be written by others"),
            "{ran:?}"
        );
        mode(path, good);
    }
    let regimes = room.home().join("regimes");
    std::fs::create_dir(&regimes).expect("a folder");
    std::fs::write(regimes.join("x.toml"), "id = \"x\"").expect("written");
    mode(&regimes, 0o777);
    let ran = room.breach(&["duties"]);
    assert_eq!(ran.exit, Some(1), "{ran:?}");
    assert!(ran.err.contains("can be written by others"), "{ran:?}");
    room.breach(&["roster", "new"]);
    mode(&room.home().join("roster.toml"), 0o666);
    let ran = room.breach(&["roster", "show"]);
    assert_eq!(ran.exit, Some(1), "{ran:?}");
    assert!(ran.err.contains("can be written by others"), "{ran:?}");
    if std::os::unix::fs::chown(&ours, Some(12345), None).is_ok() {
        assert!(listed().err.contains("belongs to another user (uid 12345)"));
    }
}

#[test]
fn nothing_is_begun_in_another_users_home() {
    let room = Room::new();
    std::fs::create_dir(room.home()).expect("a folder");
    if std::os::unix::fs::chown(room.home(), Some(12345), None).is_err() {
        return;
    }
    let ran = room.pipe(&["contain", "--as", "Ada"], b"x\n\n1\n");
    assert_eq!(ran.exit, Some(74), "{ran:?}");
    assert!(ran.err.contains("belongs to another user (uid 12345)"), "{ran:?}");
}

/// Commands that are given something, each with words that must come back.
const GIVEN: [&[&str]; 12] = [
    &["note", "words-of-mine"],
    &["fact", "set", "leaking", "yes", "--why", "words-of-mine"],
    &["evidence", "add", "--ref", "aws:words-of-mine"],
    &["action", "add", "words-of-mine"],
    &["close", "--anyway", "--reason", "words-of-mine"],
    &["reopen", "--reason", "words-of-mine"],
    &["duties", "sent", "eu-gdpr.33-1", "--reference", "words-of-mine"],
    &["duties", "waive", "eu-gdpr.33-1", "--by", "Ada", "--reason", "words-of-mine"],
    &["duties", "asked", "eu-gdpr.33-1", "--by", "Ada", "--text", "words-of-mine"],
    &["action", "done", "words-of-mine"],
    &["fact", "import", "people", "words-of-mine"],
    &["import", "timeline", "words-of-mine"],
];

fn comes_back(ran: &crate::cli::room::Ran, exits: &[i32], of: &dyn std::fmt::Debug) {
    assert!(ran.exit.is_some_and(|exit| exits.contains(&exit)), "{of:?}: {ran:?}");
    let lost = ran.err.split("NOT RECORDED").nth(1).unwrap_or_default();
    assert!(lost.contains("words-of-mine"), "{of:?}: {ran:?}");
}

#[test]
fn whatever_was_given_comes_back_on_every_path() {
    let empty = Room::new();
    let file = Room::new();
    std::fs::write(file.home(), "a file").expect("written");
    for arguments in GIVEN {
        comes_back(&empty.breach(arguments), &[2, 74], &arguments);
        comes_back(&file.breach(arguments), &[2, 74], &arguments);
        let wrong = [arguments, &["--no-such-option"][..]].concat();
        comes_back(&empty.breach(&wrong), &[2], &wrong);
    }
    // What could not be kept is told apart from what was refused.
    assert_eq!(empty.breach(&["note", "x"]).exit, Some(74), "no incident");
    assert_eq!(file.breach(&["note", "x"]).exit, Some(74), "the home is a file");
    assert_eq!(empty.breach(&["note", ""]).exit, Some(2), "refused");
    for arguments in [&["status", "--bogus"][..], &["fact", "show", "--bogus"], &["log", "nope"]] {
        let ran = empty.breach(arguments);
        assert!(!ran.err.contains("NOT RECORDED"), "{arguments:?}: {ran:?}");
    }
}

#[test]
fn bytes_that_are_no_text_come_back() {
    use std::os::unix::ffi::OsStrExt;
    let room = Room::new();
    room.open();
    let mut command = room.command(&["note"]);
    command.arg(std::ffi::OsStr::from_bytes(b"words-of-mine caf\xe9"));
    comes_back(&feed(command, b""), &[74], &"no UTF-8");
}

#[test]
fn a_note_with_a_secret_is_one_entry() {
    let room = Room::new();
    room.open();
    let before = room.entries().len();
    let ran = room.breach(&["note", "--as", "Ada", "card 4111 1111 1111 1111 seen"]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert_eq!(room.entries().len(), before + 1);
    assert!(room.bodies("note").last().expect("a note")["original"]["sha256"].is_string());
}

#[test]
fn a_record_that_others_can_change_is_named() {
    let room = Room::new();
    room.open();
    let log = room.chains().remove(0).parent().expect("a log").to_owned();
    let mode = |path: &Path, mode: u32| {
        std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).expect("changed");
    };
    room.pipe(&["contain", "--new", "--as", "Ada", "--playbook", "walk.toml"], b"Other\n\n1\n");
    let name = log.parent().and_then(Path::file_name).and_then(|name| name.to_str());
    let name = name.expect("a name");
    for (path, was) in [(room.home(), 0o700), (log.clone(), 0o700)] {
        mode(&path, 0o777);
        let note = ["note", "--as", "Ada", "--incident", name, "x"];
        for arguments in [&note[..], &["status"], &["incident", "list"]] {
            let ran = room.breach(arguments);
            assert_eq!(ran.exit, Some(0), "{ran:?}");
            let named = format!("{}` can be written by others", path.display());
            let said = ran.said();
            // Once, however many incidents are read.
            assert_eq!(said.matches(&named).count(), 1, "{arguments:?}: {ran:?}");
            assert!(said.contains("chmod go-w"), "{ran:?}");
        }
        mode(&path, was);
    }
    assert!(!room.breach(&["status"]).err.contains("can be written"));
}

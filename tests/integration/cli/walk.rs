//! Walking through a pipe: cuts, commands, crashes, changes under way.

use std::io::Write;
use std::time::{Duration, Instant};

use super::room::{Room, feed, flowed, runs, until};

/// Answers that walk the test playbook to its end.
const WHOLE: &str =
    "d named\nweb-01, web-02\nyes\nd\naws:snap-1\ns broken\nd\nd\ndestroy\nd\nd stopped\n";

#[test]
fn a_pipe_walks_to_the_end() {
    let room = Room::new();
    let ran = room.walk(WHOLE);
    assert_eq!(ran.exit, Some(0), "{}", ran.err);
    let outcomes = room.bodies("step-outcome");
    assert_eq!(outcomes.len(), 7, "{outcomes:#?}");
    assert_eq!(outcomes[2]["outcome"], "skipped");
    room.verify();
}

#[test]
fn input_that_ends_anywhere_loses_nothing() {
    let opening = "Strange script\nunknown\n1\n";
    let all = format!("{opening}{WHOLE}");
    let lines = all.lines().count();
    for cut in 0..lines {
        let room = Room::new();
        let input: String = all.split_inclusive('\n').take(cut).collect();
        let playbook = room.playbook();
        let arguments = ["contain", "--as", "Ada", "--playbook", playbook.to_str().expect("text")];
        let ran = room.pipe(&arguments, input.as_bytes());
        assert_eq!(ran.exit, Some(6), "after {cut} lines: {}", ran.err);
        room.verify();
        if cut > 5 {
            let boxes = room.bodies("fact").into_iter().find(|fact| fact["name"] == "boxes");
            let list = boxes.expect("the fact was recorded before the next question");
            assert_eq!(list["value"]["list"][1], "web-02");
            // And the same command goes on from there to the end.
            let rest: String = all.split_inclusive('\n').skip(cut).collect();
            assert_ne!(room.walk(&rest).exit, Some(101));
        }
    }
}

#[test]
fn commands_are_shown_run_and_kept() {
    let room = Room::new();
    room.walk("j commands\nr look\nr hostile\nr missing\nr change\nno\n");
    let outcomes = room.bodies("command-outcome");
    assert_eq!(outcomes.len(), 3, "{outcomes:#?}");
    assert_eq!(outcomes[0]["ended"]["exit"], 0);
    assert_eq!(outcomes[0]["stdout"]["bytes"], 19);
    assert!(outcomes[2]["ended"]["not_started"].is_string());
    assert!(!room.path("changed").exists(), "it was not confirmed");
    let digest = outcomes[1]["stdout"]["sha256"].as_str().expect("a digest").to_owned();
    let incident =
        room.chains()[0].parent().and_then(|log| log.parent()).expect("a folder").to_owned();
    let kept = incident.join("evidence/sha256").join(&digest[..2]).join(&digest);
    assert_eq!(std::fs::read(kept).expect("kept"), b"a\x1b[31mred\x1b[0m\xff\n");
    let ran = room.walk("j commands\nr hostile\n");
    assert!(
        ran.err.contains(r"a\x1b[31mred\x1b[0m\xff") && !ran.err.contains('\x1b'),
        "{}",
        ran.err
    );
}

#[test]
fn a_confirmed_change_runs_once() {
    let room = Room::new();
    room.walk("j commands\nr change\nchange\nr change\nchange\n");
    assert!(room.path("changed").exists());
    assert_eq!(room.bodies("intent").len(), 1, "the second one wanted `again`");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test waits for real processes")]
fn a_time_out_kills_the_whole_group() {
    let room = Room::new();
    let start = Instant::now();
    room.walk("j commands\nr slow\n");
    assert!(start.elapsed() < Duration::from_secs(20));
    assert_eq!(room.bodies("command-outcome")[0]["ended"], "timed_out");
    until("no child survives", || !runs(&format!("sleep {}29[78]", room.mark)));
}

#[test]
fn a_child_that_outlives_its_obedient_leader_is_killed_too() {
    for output in ["", ">/dev/null 2>&1"] {
        let room = Room::new();
        let text = std::fs::read_to_string(room.playbook()).expect("read");
        let shell = format!("(trap '' TERM; exec sleep 60 {output}) & echo $! > child; sleep 60");
        let old = text.lines().find(|line| line.contains("trap '' TERM")).expect("the command");
        let new = format!("run = [\"bash\", \"-c\", \"{shell}\"]");
        std::fs::write(room.playbook(), text.replace(old, &new)).expect("written");
        room.walk("j commands\nr slow\n");
        assert_eq!(room.bodies("command-outcome")[0]["ended"], "timed_out");
        let child = std::fs::read_to_string(room.path("child")).expect("it was started");
        let alive = || {
            let mut ps = std::process::Command::new("ps");
            let state = ps.args(["-o", "stat=", "-p", child.trim()]).output().expect("ps").stdout;
            !state.is_empty() && !state.starts_with(b"Z")
        };
        until("the child is gone", || !alive());
        room.verify();
    }
}

#[test]
fn a_background_child_neither_holds_the_walk_nor_is_ended() {
    let room = Room::new();
    let playbook = super::room::PLAYBOOK.replace(
        "run = [\"echo\", \"hello from the box\"]",
        "run = [\"bash\", \"-c\", \"(until [ -e go ]; do sleep 0.1; done; touch later) & echo started\"]",
    );
    std::fs::write(room.playbook(), playbook).expect("written");
    let ran = room.walk("j commands\nr look\n");
    assert_eq!(room.bodies("command-outcome")[0]["ended"]["exit"], 0, "{}", ran.err);
    assert_eq!(room.bodies("command-outcome")[0]["stdout"]["bytes"], 8);
    std::fs::write(room.path("go"), "").expect("written");
    until("the child goes on", || room.path("later").exists());
}

#[test]
fn a_crash_between_intent_and_outcome_is_seen_and_nothing_runs_twice() {
    let room = Room::new();
    room.open();
    let playbook = room.playbook();
    let arguments = ["contain", "--as", "Ada", "--playbook", playbook.to_str().expect("text")];
    let mut command = room.command(&arguments);
    let mut child = command
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("it starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(b"j commands\nr wait\n").expect("written");
    // The intent is written before the command starts; the crash comes after both.
    let started = format!("sleep {}296", room.mark);
    until("the command runs", || runs(&started));
    child.kill().expect("killed");
    child.wait().expect("ended");
    let killed = std::process::Command::new("pkill").args(["-f", &started]).status();
    assert!(killed.is_ok_and(|status| status.success()), "the command was still running");
    let ran = room.walk("j commands\nr wait\nno\n");
    assert!(ran.err.contains("outcome unknown"), "{}", ran.err);
    assert_eq!(room.bodies("intent").len(), 1);
    assert_eq!(room.bodies("command-outcome").len(), 0);
    let status = room.breach(&["status"]);
    assert!(
        status.out.contains("Owed: how `wait` ended: `breach contain`, j commands\n"),
        "{}",
        status.out
    );
    room.verify();
}

#[test]
fn what_a_crash_left_open_runs_again_only_when_told() {
    let room = Room::new();
    room.walk("j commands\nr look\n");
    // A chain that ends at the intent is what a crash leaves.
    let chain = room.chains().remove(0);
    let text = std::fs::read_to_string(&chain).expect("a chain");
    let intent = text.find("\"kind\":\"intent\"").expect("an intent");
    let end = intent + text[intent..].find('\n').expect("a whole line") + 1;
    std::fs::write(&chain, &text[..end]).expect("written");
    room.witness_the_end();
    let ran = room.walk("j commands\nr look\nyes\n");
    assert!(ran.err.contains("outcome unknown"), "{}", ran.err);
    assert_eq!(room.bodies("intent").len(), 1, "`yes` is not `again`");
    let ran = room.walk("j commands\nr look\nagain\n");
    assert!(ran.err.contains("hello from the box"), "{}", ran.err);
    assert_eq!(room.bodies("intent").len(), 2);
    assert_eq!(room.bodies("command-outcome").len(), 1);
    room.verify();
}

#[test]
fn a_changed_playbook_is_shown_and_the_pinned_one_goes_on() {
    let room = Room::new();
    let home = room.home().join("playbooks");
    std::fs::create_dir_all(&home).expect("a folder");
    let text = std::fs::read_to_string(room.playbook()).expect("read");
    std::fs::write(home.join("walk.toml"), &text).expect("written");
    let open = ["contain", "--as", "Ada", "--playbook", "walk-test"];
    room.pipe(&open, b"x\n\n\nd\nweb-01\nno\n");
    std::fs::write(home.join("walk.toml"), text.replace("Wipe {item}", "Scrub {item}"))
        .expect("written");
    let ran = room.pipe(&["contain", "--as", "Ada"], b"o\n");
    assert!(ran.err.contains("changed since") && ran.err.contains("changed: Scrub"), "{}", ran.err);
    assert!(ran.err.contains("Wipe web-01"), "{}", ran.err);
    let ran = room.pipe(&["contain", "--as", "Ada", "--switch", "walk-test"], b"o\n");
    assert!(ran.err.contains("Scrub web-01") && ran.err.contains("done"), "{}", ran.err);
}

#[test]
fn a_dry_run_writes_nothing_at_all() {
    let room = Room::new();
    let ran = room.breach(&[
        "contain",
        "--dry-run",
        "--playbook",
        room.playbook().to_str().expect("text"),
    ]);
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    assert!(ran.out.contains("runs: echo 'hello from the box'"), "{}", ran.out);
    assert!(ran.out.contains("wants Image of each item") && !ran.out.contains("{item}"), "{ran:?}");
    assert!(!room.home().exists());
}

#[test]
fn a_rehearsal_marks_every_entry_and_changes_nothing() {
    let room = Room::new();
    let playbook = room.playbook();
    let playbook = playbook.to_str().expect("text");
    let arguments = ["contain", "--drill", "--as", "Ada", "--playbook", playbook];
    let ran = room.pipe(&arguments, b"x\n\n\nj commands\nr change\nr look\nd\n");
    assert!(ran.err.contains("REHEARSAL"), "{}", ran.err);
    assert_eq!(room.breach(&["note", "in the rehearsal"]).exit, Some(0));
    let entries = room.entries();
    assert!(entries.len() > 5);
    for entry in entries.iter().filter(|entry| entry["kind"] != "genesis") {
        assert_eq!(entry["drill"], true, "{entry}");
    }
    assert!(!room.path("changed").exists());
}

#[test]
fn a_forgotten_rehearsal_never_catches_a_real_response() {
    let room = Room::new();
    let playbook = room.playbook();
    let playbook = playbook.to_str().expect("text");
    room.pipe(&["contain", "--drill", "--as", "Ada", "--playbook", playbook], b"drill\n\n\n");
    let real = room.pipe(&["contain", "--as", "Ada", "--playbook", playbook], b"real\n\n\nd\n");
    assert!(real.err.contains("A rehearsal is also open"), "{}", real.err);
    assert!(!real.err.contains("REHEARSAL"), "{}", real.err);
    assert_eq!(room.chains().len(), 2);
    let drill = room.pipe(&["contain", "--drill", "--as", "Ada"], b"");
    assert!(drill.err.contains("REHEARSAL"), "{}", drill.err);
    assert_eq!(room.chains().len(), 2);
}

#[test]
fn an_altered_chain_is_named_and_a_new_one_goes_on() {
    let room = Room::new();
    room.walk("n first\nn second\nn third\n");
    let chain = room.chains().remove(0);
    let text = std::fs::read_to_string(&chain).expect("a chain");
    std::fs::write(&chain, text.replace("second", "sekond")).expect("written");
    let verify = room.breach(&["log", "verify"]);
    assert_eq!(verify.exit, Some(4), "{verify:?}");
    assert!(verify.out.contains("DOES NOT VERIFY"), "{}", verify.out);
    let ran = room.pipe(&["contain", "--as", "Ada"], b"n after\nd\nweb-01\nno\n");
    let words = flowed(&ran.err);
    assert!(words.contains("a new chain continues"), "{}", ran.err);
    assert_eq!(room.chains().len(), 2);
    let shown = room.breach(&["log", "show", "--kind", "note"]);
    assert!(shown.out.contains("after") && shown.out.contains("first"), "{}", shown.out);
    // The walk goes on in the new chain the next time, too.
    let again = room.pipe(&["contain", "--as", "Ada"], b"");
    assert_eq!((again.exit, room.chains().len()), (Some(6), 2), "{}", again.err);
}

#[test]
fn a_huge_answer_is_kept_whole() {
    let room = Room::new();
    room.open();
    let mut input = b"n ".to_vec();
    input.resize(10_000_000, b'x');
    input.extend_from_slice(b"\nd\nweb-01\nno\n");
    let playbook = room.playbook();
    let arguments = ["contain", "--as", "Ada", "--playbook", playbook.to_str().expect("text")];
    let ran = feed(room.command(&arguments), &input);
    assert_eq!(ran.exit, Some(6), "{:.500}", ran.err);
    let kept = room.bodies("evidence");
    assert_eq!(kept[0]["kept"]["bytes"], 10_000_000 - 2);
    assert!(
        room.bodies("note")[0]["text"].as_str().expect("text").contains("the whole text is ev-")
    );
    room.verify();
}

#[test]
fn a_pipe_that_never_ends_is_stopped() {
    let room = Room::new();
    room.open();
    let ran = room.walk(&"\n".repeat(3000));
    assert_eq!(ran.exit, Some(6));
    assert!(ran.err.contains("check what the pipe writes"), "{:.300}", ran.err);
    room.verify();
}

#[test]
fn invalid_utf8_is_kept_visible() {
    let room = Room::new();
    room.open();
    let ran = room.pipe(&["contain", "--as", "Ada"], b"n caf\xe9 \xff\n");
    assert_eq!(ran.exit, Some(6));
    assert_eq!(room.bodies("note")[0]["text"], r"caf\xe9 \xff");
}

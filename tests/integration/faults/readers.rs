//! Whoever reads the results may leave before the first byte, and a disk behind a redirection may be
//! full: neither changes what a command records, nor its verdict.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;
use std::process::Stdio;

use breach::cli::args::Cli;
use clap::CommandFactory;

use crate::cli::room::Room;

/// Every command once, as somebody would type it.
pub(super) const COMMANDS: &[&str] = &[
    "contain --playbook walk.toml",
    "contain --playbook walk.toml --dry-run",
    "scope",
    "notify",
    "postmortem",
    "prepare",
    "incident list",
    "incident show",
    "incident title x",
    "incident archive 20",
    "pack --out packed.tar.gz",
    "join other",
    "sync push store --yes",
    "sync pull store --yes",
    "sync status store --yes",
    "sync verify store --yes --format json",
    "sync policy rclone:backup:bucket",
    "conflicts",
    "conflicts --format json",
    "conflicts settle 1 --take 1",
    "roster new",
    "roster show",
    "roster check",
    "plan",
    "duties",
    "duties --format json --check",
    "duties --explain eu-gdpr.33-1",
    "duties draft eu-gdpr.33-1",
    "duties form eu-gdpr.33-1",
    "duties letters eu-gdpr.34 --people people.csv --out out",
    "group add card-payers --classes card-number",
    "group set card-payers --classes card-number",
    "group import people.csv",
    "group list",
    "duties sent eu-gdpr.33-1",
    "duties waive eu-gdpr.33-1 --by Eve --basis x",
    "duties resume eu-gdpr.33-1 --by Eve --reason x",
    "duties asked eu-gdpr.33-1 --by Eve --reason x",
    "duties answered eu-gdpr.33-1 --by Eve --reason x",
    "duties delay us-ca.individuals --by Eve --reason x --until 2099-01-01",
    "note x",
    "next",
    "next --format json",
    "step commands done",
    "ran commands --command look --host web-01",
    "decide pay-ransom no --by Eve --role counsel --basis x",
    "handoff --to Eve",
    "handoff --show",
    "incident link 20 x --kind related",
    "import notes notes.txt",
    "log follow --once",
    "action add x --owner Eve --due 2099-01-01",
    "action set A1 --owner Bob",
    "action done A1",
    "action drop A1 --reason x",
    "action reopen A1 --reason x",
    "action list",
    "fact set leaking yes",
    "fact add boxes web-09",
    "fact remove boxes web-09",
    "undo",
    "fact import people people.csv",
    "fact show",
    "fact show leaking",
    "evidence add walk.toml",
    "evidence list",
    "evidence verify",
    "forget 1 --reason x",
    "status",
    "status --format json",
    "watch",
    "report",
    "report --format html",
    "report sign-off approved",
    "brief",
    "statement",
    "statement --keep",
    "export csv",
    "export stix",
    "export timesketch-jsonl",
    "import timeline timeline.csv",
    "close",
    "close --anyway --reason x",
    "reopen --reason x",
    "log show",
    "log show --format json",
    "log verify",
    "log schema",
    "playbook list",
    "playbook show web-skimming",
    "playbook steps",
    "playbook new --phase containment --title Mail --owner x",
    "playbook check walk.toml",
    "playbook check wrong.toml",
    "playbook fmt --check walk.toml",
    "playbook test .",
    "playbook schema",
    "playbook lsp",
    "playbook explain BR201",
    "generate completions bash",
    "generate man",
    "help",
    "help conditions",
];

/// An incident with an exhibit and an action item; with `altered`, neither log nor exhibit verifies.
pub(super) fn prepared(altered: bool) -> Room {
    let room = Room::new();
    room.walk("n one\nn two\n");
    std::fs::write(room.path("people.csv"), "jurisdiction,count\nDE,5\n").expect("written");
    std::fs::write(room.path("wrong.toml"), "schema = 1\nid = \"Wrong\"\n").expect("written");
    let timeline = "message,datetime,timestamp_desc\nx,2026-01-01T00:00:00Z,seen\n";
    std::fs::write(room.path("timeline.csv"), timeline).expect("written");
    std::fs::create_dir(room.path("store")).expect("created");
    std::fs::write(room.path("notes.txt"), "2026-01-01 02:40 x\n").expect("written");
    for name in ["one", "two"] {
        std::fs::write(room.path(name), name).expect("written");
        assert_eq!(room.breach(&["evidence", "add", name]).exit, Some(0));
    }
    let added = room.breach(&["action", "add", "x", "--owner", "Eve", "--due", "2099-01-01"]);
    assert_eq!(added.exit, Some(0), "{added:?}");
    if altered {
        let chain = room.chains().remove(0);
        for kept in
            files(&chain.parent().and_then(Path::parent).expect("a folder").join("evidence"))
        {
            let mut mode = kept.metadata().expect("kept").permissions();
            std::os::unix::fs::PermissionsExt::set_mode(&mut mode, 0o600);
            std::fs::set_permissions(&kept, mode).expect("changed");
            std::fs::write(&kept, "altered").expect("written");
        }
        let text = std::fs::read_to_string(&chain).expect("a chain");
        std::fs::write(&chain, text.replacen("\"text\":\"one\"", "\"text\":\"won\"", 1))
            .expect("written");
    }
    room
}

pub(super) fn files(dir: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(dir).expect("a folder").map(|entry| entry.expect("one").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

type Ended = (Option<i32>, bool, Vec<String>);

/// How a command ends whose results go to `out`, and the kinds of entries that the chains then hold.
fn ended(words: &str, prepared: &Room, out: Stdio) -> Ended {
    let room = prepared.copied();
    let words: Vec<&str> = words.split(' ').collect();
    let child = room
        .command(&[&["--as", "Ada"], &words[..]].concat())
        .stdin(Stdio::null())
        .stdout(out)
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let ran = child.wait_with_output().expect("it ends");
    let kinds = room.chains().into_iter().flat_map(|chain| {
        let text = std::fs::read_to_string(chain).expect("a chain");
        let kinds = text.lines().map(|line| {
            let kind = line.split("\"kind\":\"").nth(1).and_then(|rest| rest.split('"').next());
            kind.unwrap_or("no entry").to_owned()
        });
        kinds.collect::<Vec<_>>()
    });
    let mut kinds: Vec<String> = kinds.collect();
    kinds.sort();
    (ran.status.code(), !ran.stdout.is_empty(), kinds)
}

fn nobody() -> Stdio {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    writer.into()
}

fn a_lost_reader_changes_nothing(what: &str, room: &Room, disks: bool) {
    let (mut cases, mut bad) = (0, Vec::new());
    // A damaged record adds a warning, and little that is a command's own.
    let (least, each) = match disks {
        _ if super::tries_all() => (60, 1),
        true => (60, 2),
        false => (20, 3),
    };
    let without = ["playbook", "generate", "help", "roster", "log schema"];
    let reads = |words: &&&str| each == 1 || !without.iter().any(|none| words.starts_with(none));
    for words in COMMANDS.iter().filter(reads).step_by(each) {
        let (exit, printed, kinds) = ended(words, room, Stdio::piped());
        let mut judge = |how: &str, (found, _, found_kinds): Ended, expected: Option<i32>| {
            cases += 1;
            if exit == Some(101) || (found, &found_kinds) != (expected, &kinds) {
                bad.push(format!(
                    "{words} {how}: {found:?} {found_kinds:?}, {expected:?} {kinds:?}"
                ));
            }
        };
        judge("unread", ended(words, room, nobody()), exit);
        if disks && Path::new("/dev/full").exists() {
            let full = ended(words, room, File::create("/dev/full").expect("open").into());
            // The results did not get through, which no verdict covers that was good.
            judge("full", full, if exit == Some(0) && printed { Some(1) } else { exit });
        }
    }
    super::row(&format!("closed or full standard output, {what}"), least, cases, &bad);
}

#[test]
fn a_reader_that_leaves_changes_nothing_of_a_good_record() {
    a_lost_reader_changes_nothing("a whole record", &prepared(false), true);
}

#[test]
fn a_reader_that_leaves_hides_no_damage() {
    let room = prepared(true);
    assert_eq!(ended("log verify", &room, nobody()).0, Some(4));
    assert_eq!(ended("evidence verify", &room, nobody()).0, Some(4));
    a_lost_reader_changes_nothing("a damaged one", &room, false);
}

#[test]
fn every_command_is_tried() {
    fn leaves(command: &clap::Command, path: &str, all: &mut BTreeSet<String>) {
        let below: Vec<&clap::Command> = command.get_subcommands().collect();
        if below.is_empty() {
            all.insert(path.trim().to_owned());
        }
        for child in below {
            leaves(child, &format!("{path} {}", child.get_name()), all);
        }
    }
    let mut all = BTreeSet::new();
    leaves(&Cli::command(), "", &mut all);
    all.retain(|leaf| {
        !COMMANDS.iter().any(|words| format!("{words} ").starts_with(&format!("{leaf} ")))
    });
    assert!(all.is_empty(), "not tried with a reader that leaves: {all:?}");
}

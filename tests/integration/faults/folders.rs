//! Folders that somebody prepared: links, files without end, witnesses by the ten thousand. Every
//! command is done in seconds and in little memory, and believes and writes nothing through a link.

use std::fmt::Write as _;
use std::fs::File;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use breach::digest::Digest;

use crate::cli::room::{Ran, Room};

/// Commands that read an incident, and one that writes.
const ALL: [&[&str]; 8] = [
    &["log", "verify"],
    &["log", "show"],
    &["status"],
    &["report"],
    &["evidence", "list"],
    &["evidence", "verify"],
    &["fact", "show"],
    &["note", "--as", "Ada", "seen"],
];

fn folder(room: &Room) -> PathBuf {
    let chain = room.chains().remove(0);
    chain.parent().and_then(Path::parent).expect("a folder").to_owned()
}

/// The most memory that a command may hold, in KiB.
const MOST: u64 = 256 << 10;

/// Runs a command that is done in seconds and holds little memory.
fn bounded(room: &Room, arguments: &[&str]) -> Ran {
    bounded_by(room, arguments, Stdio::null(), MOST)
}

/// As [`bounded`], with this input and at most so many KiB resident.
#[expect(clippy::disallowed_methods, reason = "it measures how long a command takes")]
fn bounded_by(room: &Room, arguments: &[&str], input: Stdio, most: u64) -> Ran {
    let paths = [room.path("bounded.out"), room.path("bounded.err")];
    let [out, err] = paths.each_ref().map(|path| File::create(path).expect("made"));
    let mut command = room.command(arguments);
    let started = Instant::now();
    let mut child = command.stdin(input).stdout(out).stderr(err).spawn().expect("it starts");
    let status = format!("/proc/{}/status", child.id());
    // Of its own: which pages of the program are mapped is the kernel's business.
    let mut peak = 0;
    let exit = loop {
        if let Some(status) = child.try_wait().expect("it ends") {
            break status.code();
        }
        let status = std::fs::read_to_string(&status).unwrap_or_default();
        let held = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
        let held = held.and_then(|held| held.split_whitespace().next()?.parse().ok());
        peak = peak.max(held.unwrap_or(0));
        assert!(started.elapsed() < Duration::from_secs(60), "{arguments:?} does not end");
        std::thread::sleep(Duration::from_millis(1));
    };
    let [out, err] =
        paths.map(|path| String::from_utf8_lossy(&std::fs::read(path).expect("read")).into_owned());
    let ran = Ran { exit, out, err };
    assert!(peak <= most, "{arguments:?} held {peak} KiB: {ran:.500?}");
    assert!(matches!(ran.exit, Some(0..=99)), "{arguments:?}: {ran:?}");
    ran
}

/// A chain of another machine: entries of these bodies, each behind the one before.
fn forged(room: &Room, name: &str, bodies: &[(&str, String)]) {
    let first = std::fs::read_to_string(room.chains().remove(0)).expect("a chain");
    let first = first.lines().next().expect("a genesis");
    let genesis: serde_json::Value = serde_json::from_str(first).expect("an entry");
    let mut body = genesis["body"].clone();
    body["log_id"] = format!("{name}{}", "0".repeat(24)).into();
    let body = body.to_string();
    let (mut text, mut prev) = (String::new(), "0".repeat(64));
    let bodies = std::iter::once(("genesis", body)).chain(bodies.iter().cloned());
    for (seq, (kind, body)) in bodies.enumerate() {
        let mut entry = genesis.clone();
        entry["seq"] = seq.into();
        entry["prev"] = prev.clone().into();
        entry["id"] = format!("00000000-0000-4000-8000-{seq:012}").into();
        entry["kind"] = kind.into();
        entry["body"] = serde_json::from_str(&body).expect("a body");
        let line = format!("{entry}\n");
        prev = Digest::of(line.as_bytes()).to_string();
        text.push_str(&line);
    }
    std::fs::write(folder(room).join(format!("log/{name}.jsonl")), text).expect("written");
}

#[test]
fn a_folder_that_is_a_link_is_refused_by_name() {
    for dir in
        [None, Some("log"), Some("texts"), Some("evidence"), Some("playbooks"), Some("notices")]
    {
        let room = Room::new();
        room.walk("n one\n");
        let incident = folder(&room);
        let path = dir.map_or_else(|| incident.clone(), |dir| incident.join(dir));
        let away = room.path("away");
        if path.exists() {
            std::fs::rename(&path, &away).expect("moved");
        } else {
            std::fs::create_dir(&away).expect("made");
        }
        symlink(&away, &path).expect("linked");
        let before = listed(&away);
        for arguments in ALL {
            let ran = room.breach(arguments);
            // What was given is not recorded, and that comes first.
            let exit = if ran.err.contains("NOT RECORDED") { 74 } else { 4 };
            assert_eq!(ran.exit, Some(exit), "{dir:?} {arguments:?}: {ran:?}");
            // Where a path is long, the line breaks in it.
            let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
            assert!(ran.said().contains(&format!("{name}` is a symbolic link")), "{}", ran.err);
        }
        room.pipe(&["note", "--as", "Ada", "-"], b"db password=hunter22");
        room.pipe(&["evidence", "add", "-"], b"secret");
        assert_eq!(listed(&away), before, "{dir:?} was written through");
    }
}

/// All files below a folder, with their lengths.
fn listed(dir: &Path) -> Vec<(PathBuf, u64)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(listed(&path));
        } else {
            found.push((path.clone(), path.metadata().expect("a file").len()));
        }
    }
    found.sort();
    found
}

#[test]
fn a_link_in_the_place_of_what_was_kept_is_not_it() {
    let room = Room::new();
    room.open();
    std::fs::write(room.path("proof"), b"proof").expect("written");
    assert_eq!(room.breach(&["evidence", "add", "--as", "Ada", "proof"]).exit, Some(0));
    let digest = Digest::of(b"proof").to_string();
    let kept = folder(&room).join("evidence/sha256").join(&digest[..2]).join(&digest);
    let shelf = kept.parent().expect("a folder").to_owned();
    let replaced = [kept, shelf.clone(), shelf.parent().expect("a folder").to_owned()];
    for (number, place) in replaced.iter().enumerate() {
        let away = room.path(&format!("away{number}"));
        std::fs::rename(place, &away).expect("moved");
        symlink(&away, place).expect("linked");
        let ran = room.breach(&["evidence", "verify"]);
        assert_eq!(ran.exit, Some(4), "{ran:?}");
        assert!(ran.out.contains("is a symbolic link"), "{}", ran.out);
        if number > 0 {
            let ran = room.breach(&["evidence", "add", "--as", "Ada", "proof"]);
            assert!(!matches!(ran.exit, Some(0)), "{ran:?}");
        }
        std::fs::remove_file(place).expect("unlinked");
        std::fs::rename(&away, place).expect("moved back");
    }
    assert_eq!(room.breach(&["evidence", "verify"]).exit, Some(0));
}

#[test]
fn an_exhibit_without_end_is_given_up() {
    let room = Room::new();
    room.open();
    std::fs::write(room.path("proof"), b"proof").expect("written");
    room.breach(&["evidence", "add", "--as", "Ada", "--in-place", "proof"]);
    std::fs::remove_file(room.path("proof")).expect("gone");
    for endless in ["/proc/self/pagemap", "/dev/zero"] {
        symlink(endless, room.path("proof")).expect("linked");
        let ran = bounded(&room, &["evidence", "verify"]);
        assert_eq!(ran.exit, Some(4), "{ran:?}");
        std::fs::remove_file(room.path("proof")).expect("gone");
    }
    let sparse = File::create(room.path("proof")).expect("made");
    sparse.set_len(20 << 30).expect("sparse");
    let ran = bounded(&room, &["evidence", "verify"]);
    assert_eq!(ran.exit, Some(4), "{ran:?}");
}

#[test]
fn a_chain_with_a_tail_of_zeros_is_read_in_seconds() {
    let room = Room::new();
    room.walk("n one\n");
    let chain = File::options().append(true).open(room.chains().remove(0)).expect("a chain");
    chain.set_len(20 << 30).expect("sparse");
    for arguments in ALL {
        bounded(&room, arguments);
    }
    assert_eq!(room.breach(&["log", "verify"]).exit, Some(4));
}

#[test]
fn thousands_of_empty_chains_take_little_memory() {
    let room = Room::new();
    room.walk("n one\n");
    let log = folder(&room).join("log");
    for number in 0..3000 {
        File::create(log.join(format!("{number:08x}.jsonl"))).expect("made");
    }
    for arguments in ALL {
        bounded(&room, arguments);
    }
}

#[test]
fn thousands_of_branches_are_compared_in_seconds() {
    let room = Room::new();
    room.walk("n one\n");
    let chain = room.chains().remove(0);
    let name = chain.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
    let text = std::fs::read_to_string(&chain).expect("a chain");
    for branch in 2..3000 {
        let longer = format!("{text}{}", "x\n".repeat(branch));
        std::fs::write(chain.with_file_name(format!("{name}~{branch}.jsonl")), longer).expect("ok");
    }
    for arguments in ALL {
        bounded(&room, arguments);
    }
    // No branch is free for another copy of the chain: that is said, and nothing waits for one.
    let incident = folder(&room);
    let other = room.path("other").join(incident.file_name().expect("a name"));
    std::fs::create_dir_all(other.join("log")).expect("made");
    let first = text.lines().next().expect("a line");
    let (before, salt) = first.split_once("\"salt\":\"").expect("a salt");
    let salt: String = salt.chars().map(|c| if c == '0' { '1' } else { c }).collect();
    let differs = format!("{before}\"salt\":\"0{}\n", &salt[1..]);
    std::fs::write(other.join(format!("log/{name}.jsonl")), differs).expect("written");
    let ran = bounded(&room, &["join", other.to_str().expect("text"), "--as", "Ada"]);
    assert_ne!(ran.exit, Some(0), "{ran:?}");
}

#[test]
fn forty_thousand_heads_are_looked_up_in_one_pass() {
    let room = Room::new();
    room.walk("n one\n");
    let chain = room.chains().remove(0);
    let name = chain.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned();
    let note = ("note", r#"{"text":"long"}"#.to_owned());
    forged(&room, "00000001", &vec![note; 20_000]);
    let mut bodies = Vec::new();
    for entry in 0..40 {
        let mut heads = String::new();
        for head in 0..1000 {
            let seq = (entry * 1000 + head * 7) % 20_000;
            let of = if head % 3 == 0 { &*name } else { "00000001" };
            let head = Digest::of(b"forged");
            let _ = write!(heads, "{{\"chain\":\"{of}\",\"seq\":{seq},\"head\":\"{head}\"}},");
        }
        let heads = heads.trim_end_matches(',');
        bodies.push(("joined", format!("{{\"heads\":[{heads}]}}")));
    }
    forged(&room, "00000002", &bodies);
    let ran = bounded(&room, &["log", "verify"]);
    assert_eq!(ran.exit, Some(4), "{ran:?}");
    assert!(ran.out.contains("that was seen there before"), "the heads were read: {}", ran.out);
    bounded(&room, &["status"]);
}

#[test]
fn a_long_note_and_an_exhibit_take_the_memory_of_a_piece() {
    let room = Room::new();
    room.open();
    let path = room.path("long");
    let line = "2026-11-23T02:40:00Z GET /index.html 200 from 192.0.2.7\n";
    std::fs::write(&path, line.repeat(1_000_000)).expect("written");
    let most = 40 << 10;
    for arguments in [
        &["note", "--as", "Ada", "-"][..],
        &["evidence", "add", "--as", "Ada", "-"],
        &["evidence", "add", "--as", "Ada", "long"],
        &["evidence", "verify"],
    ] {
        let input = File::open(&path).expect("opened");
        let ran = bounded_by(&room, arguments, input.into(), most);
        assert_eq!(ran.exit, Some(0), "{ran:?}");
    }
}

#[test]
fn an_exhibit_that_grows_while_it_is_read_comes_to_an_end() {
    use std::io::Write;
    use std::sync::atomic::{AtomicBool, Ordering};
    let room = Room::new();
    room.open();
    let mut file = File::create(room.path("growing")).expect("made");
    let is_over = AtomicBool::new(false);
    let (start, piece) = (vec![b'x'; 8 << 20], vec![b'x'; 1 << 20]);
    file.write_all(&start).expect("written");
    std::thread::scope(|scope| {
        scope.spawn(|| {
            // More than any machine reads in the meantime, and bounded for the disk.
            for _ in 0..600 {
                if is_over.load(Ordering::Relaxed) {
                    break;
                }
                file.write_all(&piece).expect("written");
            }
        });
        let ran = bounded(&room, &["evidence", "add", "--as", "Ada", "growing"]);
        is_over.store(true, Ordering::Relaxed);
        let is_kept = room.bodies("evidence").len() == 1;
        assert_eq!(ran.exit, Some(if is_kept { 0 } else { 74 }), "{ran:?}");
        assert!(is_kept || ran.err.contains("far beyond the length"), "{ran:?}");
        assert!(!is_kept || ran.err.contains("changed while it was being read"), "{ran:?}");
    });
}

#[test]
fn no_exhibit_hides_another_of_its_name() {
    let room = Room::new();
    room.open();
    let none = room.breach(&["evidence", "verify"]);
    assert!(none.exit == Some(0) && none.said().contains("nothing to compare"), "{none:?}");
    std::fs::write(room.path("proof"), b"proof").expect("written");
    assert_eq!(room.breach(&["evidence", "add", "--as", "Ada", "proof"]).exit, Some(0));
    let mut body = room.bodies("evidence").remove(0);
    let name = body["exhibit"].as_str().expect("a name").to_owned();
    for harmless in ["one", "two"] {
        let digest = Digest::of(harmless.as_bytes()).to_string();
        let kept = folder(&room).join("evidence/sha256").join(&digest[..2]).join(&digest);
        std::fs::create_dir_all(kept.parent().expect("a folder")).expect("made");
        std::fs::write(kept, harmless).expect("written");
        body["kept"] = serde_json::json!({ "sha256": digest, "bytes": harmless.len() });
        let chain = if harmless == "one" { "eeeeeeee" } else { "ffffffff" };
        forged(&room, chain, &[("evidence", body.to_string())]);
    }
    let digest = Digest::of(b"proof").to_string();
    let kept = folder(&room).join("evidence/sha256").join(&digest[..2]).join(&digest);
    std::fs::remove_file(kept).expect("removed");
    let ran = room.breach(&["evidence", "verify"]);
    assert_eq!(ran.exit, Some(4), "{ran:?}");
    assert!(ran.out.contains(&name) && ran.out.lines().count() == 3, "{ran:?}");
    assert!(ran.out.contains("missing") && ran.err.contains("1 of 3 exhibits"), "{ran:?}");
}

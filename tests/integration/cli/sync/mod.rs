//! A copy outside the machine, in a folder.

mod cost;
mod follow;
mod forks;
mod remote;
mod repair;

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::room::{Ran, Room};

fn text(path: &Path) -> &str {
    path.to_str().expect("text")
}

/// The store of these tests, beside the room that makes it.
fn store(room: &Room) -> PathBuf {
    let store = room.path("store");
    std::fs::create_dir_all(&store).expect("created");
    store
}

fn sync(room: &Room, verb: &str, store: &str) -> Ran {
    room.breach(&["sync", verb, store, "--yes", "--as", "Ada"])
}

fn fine(ran: Ran) -> Ran {
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    ran
}

fn note(room: &Room, words: &str) {
    fine(room.breach(&["note", "--as", "Ada", words]));
}

fn notes(room: &Room) -> String {
    room.breach(&["log", "show", "--kind", "note"]).out
}

fn status(room: &Room, store: &str) -> serde_json::Value {
    let ran = room.breach(&["sync", "status", store, "--yes", "--format", "json"]);
    serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{ran:?}"))
}

/// Every object of a store.
fn objects(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("one").path();
        if path.is_dir() {
            found.extend(objects(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn segments(dir: &Path) -> Vec<PathBuf> {
    objects(dir)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "jsonl"))
        .collect()
}

/// A room with an incident, a note and a piece of evidence.
fn with_incident() -> Room {
    let room = Room::new();
    room.open();
    note(&room, "said here");
    std::fs::write(room.path("access.log"), "GET /checkout\n").expect("written");
    fine(room.breach(&["evidence", "add", "access.log", "--as", "Ada"]));
    room
}

#[test]
fn a_folder_carries_an_incident_to_an_empty_home_and_back() {
    let here = with_incident();
    let store = store(&here);
    let store = text(&store);
    let ran = fine(sync(&here, "push", store));
    assert!(ran.said().contains("Pushed"), "{ran:?}");
    let again = fine(sync(&here, "push", store));
    assert!(again.said().contains("Nothing to push"), "{again:?}");
    let there = Room::new();
    let ran = fine(sync(&there, "pull", store));
    assert!(ran.said().contains("is new here"), "{ran:?}");
    assert!(notes(&there).contains("said here"));
    fine(there.breach(&["log", "verify", "--evidence"]));
    assert!(fine(sync(&there, "pull", store)).said().contains("Nothing new"));
    note(&there, "said there");
    fine(sync(&there, "push", store));
    fine(sync(&here, "pull", store));
    assert!(notes(&here).contains("said there"));
    here.verify();
    fine(sync(&here, "push", store));
    let stands = status(&here, store);
    for name in ["entries_to_push", "files_to_push", "segments_to_pull", "files_to_pull"] {
        assert_eq!(stands[name], 0, "{name}: {stands}");
    }
    assert!(fine(sync(&here, "verify", store)).out.contains("what its name says"));
}

#[test]
fn one_new_entry_is_one_object_of_plain_lines_named_by_its_digest() {
    let here = with_incident();
    let store = store(&here);
    fine(sync(&here, "push", text(&store)));
    let before = objects(&store);
    note(&here, "one more");
    let stands = status(&here, text(&store));
    assert_eq!(stands["entries_to_push"], 1, "{stands}");
    let told = |room: &Room| room.breach(&["status"]).out;
    assert!(told(&here).contains(&format!("Not in {}: 1 entry", text(&store))), "{}", told(&here));
    fine(sync(&here, "push", text(&store)));
    assert!(!told(&here).contains("Not in "), "{}", told(&here));
    let new: Vec<PathBuf> =
        objects(&store).into_iter().filter(|path| !before.contains(path)).collect();
    assert_eq!(new.len(), 1, "{new:?}");
    let bytes = std::fs::read(&new[0]).expect("read");
    assert!(String::from_utf8(bytes.clone()).expect("text").contains("one more"));
    let name = new[0].file_stem().and_then(|name| name.to_str()).expect("a name");
    let (offset, sha256) = name.split_once('-').expect("two parts");
    assert_eq!(
        (offset.len(), sha256),
        (20, breach::digest::Digest::of(&bytes).to_string().as_str())
    );
    // As the help says: the segments in the order of their names are the chain.
    let mut whole = Vec::new();
    for path in segments(&store) {
        whole.extend(std::fs::read(path).expect("read"));
    }
    assert_eq!(whole, std::fs::read(&here.chains()[0]).expect("read"));
}

#[test]
fn a_new_place_is_asked_about_and_is_an_entry() {
    let here = with_incident();
    let store = store(&here);
    for verb in ["push", "pull", "status", "verify"] {
        let ran = here.breach(&["sync", verb, text(&store)]);
        assert_eq!(ran.exit, Some(2), "{verb}: {ran:?}");
        assert!(ran.said().contains("--yes"), "{ran:?}");
    }
    assert!(objects(&store).is_empty());
    fine(sync(&here, "push", text(&store)));
    let entries = here.bodies("store");
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["place"], text(&store));
    // Known from now on.
    fine(here.breach(&["sync", "push", text(&store), "--as", "Ada"]));
    assert_eq!(here.bodies("store").len(), 1);
    for bad in ["", "rclone:x", "rclone:-x:y", "rclone:x:../y"] {
        assert_eq!(sync(&here, "push", bad).exit, Some(2), "{bad}");
    }
}

#[test]
fn what_somebody_changed_or_planted_in_the_store_is_named_and_not_taken() {
    let here = with_incident();
    let store = store(&here);
    fine(sync(&here, "push", text(&store)));
    let segment = segments(&store).remove(0);
    let good = std::fs::read(&segment).expect("read");
    // Altered in its place.
    let bad = String::from_utf8(good.clone()).expect("text").replace("said here", "said hare");
    std::fs::write(&segment, &bad).expect("written");
    let ran = sync(&here, "verify", text(&store));
    assert_eq!(ran.exit, Some(4), "{ran:?}");
    assert!(ran.out.contains("not what its name says"), "{ran:?}");
    let there = Room::new();
    let ran = sync(&there, "pull", text(&store));
    assert_ne!(ran.exit, Some(0), "{ran:?}");
    assert!(there.chains().is_empty(), "nothing of it was taken");
    std::fs::write(&segment, &good).expect("written");
    // Planted beside it, under its own digest.
    let other = format!("{:020}-{}.jsonl", 0, breach::digest::Digest::of(bad.as_bytes()));
    std::fs::write(segment.with_file_name(other), &bad).expect("written");
    let ran = sync(&here, "verify", text(&store));
    assert_eq!(ran.exit, Some(4), "{ran:?}");
    assert!(ran.out.contains("is not what this chain has there"), "{ran:?}");
    // Names that lead out, links, and rubbish are nobody's business.
    let log = segment.parent().expect("a folder");
    std::os::unix::fs::symlink(
        "/etc/passwd",
        log.join(format!("{:020}-{}.jsonl", 7, "0".repeat(64))),
    )
    .expect("linked");
    std::fs::write(log.join(".hidden"), "x").expect("written");
    std::fs::write(log.join("00000000000000000000-x.jsonl"), "x").expect("written");
    let listed = status(&here, text(&store));
    assert_eq!(listed["wrong"].as_array().map(Vec::len), Some(1), "{listed}");
}

/// Whoever may add objects must not keep others from what is true.
#[test]
fn what_looks_like_a_piece_of_the_log_and_is_none_keeps_nobody_from_the_rest() {
    let here = with_incident();
    let store = store(&here);
    fine(sync(&here, "push", text(&store)));
    let segment = segments(&store).remove(0);
    let log = segment.parent().and_then(Path::parent).expect("a log");
    let chain = std::fs::read(&here.chains()[0]).expect("a chain");
    let plant = |chain: &Path, offset: usize, bytes: &[u8]| {
        let name = format!("{offset:020}-{}.jsonl", breach::digest::Digest::of(bytes));
        std::fs::create_dir_all(chain).expect("created");
        std::fs::write(chain.join(name), bytes).expect("written");
    };
    let last = chain.split_inclusive(|byte| *byte == b'\n').next_back().expect("a line");
    let line = String::from_utf8(last.to_vec()).expect("text");
    let entry: serde_json::Value = serde_json::from_str(&line).expect("an entry");
    let (seq, prev) = (entry["seq"].as_u64().expect("one"), entry["prev"].as_str().expect("one"));
    let next = line
        .replace(&format!("\"seq\":{seq}"), &format!("\"seq\":{}", seq + 1))
        .replace(prev, &breach::digest::Digest::of(last).to_string());
    // It goes on from the true end, and its own second line from nothing.
    let ours = segment.parent().expect("a chain");
    plant(ours, chain.len(), format!("{next}{next}").as_bytes());
    plant(ours, chain.len(), format!("{next}{{}}\n").as_bytes());
    // A first line that no machine writes, and the chain of another incident.
    let first = chain.split_inclusive(|byte| *byte == b'\n').next().expect("a line");
    let first = String::from_utf8(first.to_vec()).expect("text");
    plant(ours, 0, first.replace("\"genesis\"", "\"note\"").as_bytes());
    plant(&log.join("00c0ffee"), 0, first.as_bytes());
    let other = with_incident();
    let foreign = other.chains().remove(0);
    let name = foreign.file_stem().expect("a name");
    plant(&log.join(name), 0, &std::fs::read(&foreign).expect("a chain"));
    let there = Room::new();
    let ran = fine(sync(&there, "pull", text(&store)));
    assert!(ran.said().contains("5 objects of the store"), "{ran:?}");
    assert!(notes(&there).contains("said here"));
    fine(there.breach(&["log", "verify", "--evidence"]));
    assert_eq!(there.chains().len(), 2, "{:?}", there.chains());
}

#[test]
fn a_gap_ends_a_chain_and_what_comes_behind_it_waits() {
    let here = with_incident();
    let store = store(&here);
    fine(sync(&here, "push", text(&store)));
    note(&here, "in the gap");
    fine(sync(&here, "push", text(&store)));
    note(&here, "behind the gap");
    fine(sync(&here, "push", text(&store)));
    let gap = segments(&store)
        .into_iter()
        .find(|path| std::fs::read_to_string(path).expect("read").contains("in the gap"));
    let gap = gap.expect("a segment");
    let kept = std::fs::read(&gap).expect("read");
    std::fs::remove_file(&gap).expect("removed");
    let there = Room::new();
    let ran = fine(sync(&there, "pull", text(&store)));
    assert!(ran.said().contains("not taken, because no chain goes on there"), "{ran:?}");
    assert!(notes(&there).contains("said here") && !notes(&there).contains("behind the gap"));
    std::fs::write(&gap, kept).expect("written");
    fine(sync(&there, "pull", text(&store)));
    assert!(notes(&there).contains("behind the gap"));
    // Whoever has it puts it back.
    std::fs::remove_file(&gap).expect("removed");
    fine(sync(&here, "push", text(&store)));
    assert!(fine(sync(&here, "verify", text(&store))).out.contains("what its name says"));
}

#[test]
fn a_long_chain_goes_in_segments_and_privileged_text_can_stay_here() {
    let here = with_incident();
    let long = "x".repeat(60_000);
    for _ in 0..8 {
        fine(here.pipe(&["note", "--as", "Ada"], long.as_bytes()));
    }
    fine(here.breach(&["note", "--as", "Ada", "--privileged", "counsel says wait"]));
    let store = store(&here);
    let words = ["sync", "push", text(&store), "--yes", "--without", "privileged", "--as", "Ada"];
    fine(here.breach(&words));
    assert!(segments(&store).iter().all(|path| path.metadata().expect("one").len() <= 256 << 10));
    let there = Room::new();
    fine(sync(&there, "pull", text(&store)));
    there.verify();
    assert!(!notes(&there).contains("counsel says wait"));
    fine(sync(&here, "push", text(&store)));
    fine(sync(&there, "pull", text(&store)));
    assert!(notes(&there).contains("counsel says wait"));
}

#[test]
fn the_policy_lets_nobody_take_away() {
    let room = Room::new();
    let ran = fine(room.breach(&["sync", "policy", "rclone:backup:evidence/breach"]));
    for part in [
        "arn:aws:s3:::evidence/breach/*",
        "s3:DeleteObjectVersion",
        "COMPLIANCE",
        "[backup]",
        "env_auth = false",
    ] {
        assert!(ran.out.contains(part), "{part}: {ran:?}");
    }
    fine(room.breach(&["sync", "policy", "/mnt/share"]));
}

#[test]
fn many_machines_push_and_pull_at_once_and_all_have_all() {
    let first = with_incident();
    let store = store(&first);
    let store = text(&store);
    fine(sync(&first, "push", store));
    let rooms: Vec<Room> = (0..6).map(|_| Room::new()).collect();
    std::thread::scope(|scope| {
        for (number, room) in rooms.iter().enumerate() {
            scope.spawn(move || {
                fine(sync(room, "pull", store));
                for round in 0..3 {
                    note(room, &format!("said by {number} in {round}"));
                    fine(sync(room, "push", store));
                    fine(sync(room, "pull", store));
                }
            });
        }
    });
    for room in rooms.iter().chain([&first]) {
        fine(sync(room, "pull", store));
        let notes = notes(room);
        for (number, round) in (0..6).flat_map(|number| (0..3).map(move |round| (number, round))) {
            let said = format!("said by {number} in {round}");
            assert!(notes.contains(&said), "{said}: {notes}");
        }
        room.verify();
    }
    assert!(fine(sync(&first, "verify", store)).out.contains("what its name says"));
}

#[test]
fn whoever_is_killed_while_it_pushes_or_pulls_leaves_no_half_of_anything() {
    let here = with_incident();
    let store = store(&here);
    let store_text = text(&store);
    let there = Room::new();
    for round in 0..12_u8 {
        std::fs::write(here.path("big"), vec![round; 3 << 20]).expect("written");
        fine(here.breach(&["evidence", "add", "big", "--as", "Ada"]));
        for (room, verb) in [(&here, "push"), (&there, "pull")] {
            let mut command = room.command(&["sync", verb, store_text, "--yes", "--as", "Ada"]);
            let quiet = || std::process::Stdio::null();
            let command = command.stdin(quiet()).stdout(quiet()).stderr(quiet());
            let mut child = command.spawn().expect("runs");
            std::thread::sleep(std::time::Duration::from_millis(3 * u64::from(round)));
            let _ = child.kill();
            child.wait().expect("it ends");
        }
        for object in objects(&store) {
            let name = object.file_name().and_then(|name| name.to_str()).expect("a name");
            if !name.starts_with('.') {
                let bytes = std::fs::read(&object).expect("read");
                let digest = breach::digest::Digest::of(&bytes).to_string();
                assert!(name.contains(&digest), "{}", object.display());
            }
        }
    }
    fine(sync(&here, "push", store_text));
    fine(sync(&there, "pull", store_text));
    fine(there.breach(&["log", "verify", "--evidence"]));
    let left = std::fs::read_dir(there.home()).expect("a home");
    assert!(left.flatten().all(|entry| !entry.file_name().to_string_lossy().starts_with(".tmp")));
}

#[test]
fn who_shares_the_folder_can_read_what_is_in_it_and_nobody_else() {
    let here = with_incident();
    let store = store(&here);
    for (of_store, of_dirs, of_files) in
        [(0o775, 0o770, 0o660), (0o755, 0o750, 0o640), (0o700, 0o700, 0o600)]
    {
        let store = store.join(format!("{of_store:o}"));
        std::fs::create_dir(&store).expect("created");
        let mode = std::fs::Permissions::from_mode(of_store);
        std::fs::set_permissions(&store, mode).expect("changed");
        fine(sync(&here, "push", text(&store)));
        for object in objects(&store) {
            let mode = |path: &Path| path.metadata().expect("one").permissions().mode() & 0o777;
            assert_eq!(mode(&object), of_files, "{}", object.display());
            let dirs = object.ancestors().skip(1).take_while(|dir| *dir != store);
            for dir in dirs {
                assert_eq!(mode(dir), of_dirs, "{}", dir.display());
            }
        }
    }
}

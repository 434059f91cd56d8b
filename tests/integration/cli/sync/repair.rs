//! What somebody altered in a store, and what came cut short: put again by whoever has it.

use std::path::{Path, PathBuf};

use super::remote::{REMOTE, with_rclone};
use super::{fine, note, notes, objects, segments, store, sync, text, with_incident};
use crate::cli::room::{Ran, Room, flowed};

fn name(path: &Path) -> String {
    path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned()
}

/// The objects of a store, without what it keeps beside them.
fn shown(store: &Path) -> Vec<PathBuf> {
    objects(store).into_iter().filter(|path| !name(path).starts_with('.')).collect()
}

fn repair(room: &Room, store: &str) -> Ran {
    room.breach(&["sync", "push", store, "--repair", "--yes", "--as", "Ada"])
}

fn verify(room: &Room, store: &str) -> Ran {
    room.breach(&["sync", "verify", store, "--evidence", "--yes"])
}

/// The same number of bytes, and others: what no listing shows.
fn alter(path: &Path) {
    let mut bytes = std::fs::read(path).expect("read");
    let last = bytes.len() - 2;
    bytes[last] ^= 1;
    std::fs::write(path, bytes).expect("written");
}

#[test]
fn every_object_that_was_altered_is_put_again_and_what_stood_there_stays_beside_it() {
    let here = with_incident();
    fine(here.breach(&["note", "--as", "Ada", "--privileged", "counsel says wait"]));
    let store = store(&here);
    fine(sync(&here, "push", text(&store)));
    note(&here, "one more");
    fine(sync(&here, "push", text(&store)));
    let before = shown(&store);
    let good: Vec<Vec<u8>> = before.iter().map(|path| std::fs::read(path).expect("read")).collect();
    for harm in [alter as fn(&Path), |path| std::fs::write(path, "x\n").expect("written")] {
        for object in &before {
            harm(object);
        }
        let found = verify(&here, text(&store));
        assert_eq!(found.exit, Some(4), "{found:?}");
        assert!(found.said().contains("--repair"), "{found:?}");
        let said = flowed(&found.out);
        for object in &before {
            assert!(said.contains(&name(object)), "{}: {said}", object.display());
        }
        let ran = fine(repair(&here, text(&store)));
        let count = format!("put {} altered objects again", before.len());
        assert!(ran.said().contains(&count), "{ran:?}");
        fine(verify(&here, text(&store)));
        assert_eq!(shown(&store), before);
        for (object, good) in before.iter().zip(&good) {
            assert_eq!(&std::fs::read(object).expect("read"), good, "{}", object.display());
            let beside = object.with_file_name(format!(".{}.altered-1", name(object)));
            assert_ne!(&std::fs::read(beside).expect("kept"), good);
        }
    }
    let there = Room::new();
    fine(sync(&there, "pull", text(&store)));
    fine(there.breach(&["log", "verify", "--evidence"]));
    assert!(notes(&there).contains("one more") && notes(&there).contains("counsel says wait"));
    assert!(fine(repair(&here, text(&store))).said().contains("put 0 altered objects again"));
}

#[test]
fn what_is_not_here_or_was_left_out_is_named_and_stays() {
    let here = with_incident();
    let store = store(&here);
    fine(sync(&here, "push", text(&store)));
    let there = Room::new();
    fine(sync(&there, "pull", text(&store)));
    note(&here, "only here");
    fine(here.breach(&["note", "--as", "Ada", "--privileged", "counsel says wait"]));
    fine(sync(&here, "push", text(&store)));
    let texts = objects(&store).into_iter().find(|path| {
        std::fs::read_to_string(path).is_ok_and(|text| text.contains("counsel says wait"))
    });
    let last = segments(&store).pop().expect("a segment");
    let altered = [texts.expect("a text"), last];
    for path in &altered {
        alter(path);
    }
    let ran = repair(&there, text(&store));
    assert_eq!(ran.exit, Some(4), "{ran:?}");
    assert!(ran.said().contains("a machine that has it can repair it"), "{ran:?}");
    // Long names are broken over lines.
    let said: String = ran.err.split_whitespace().collect();
    for path in &altered {
        assert!(said.contains(&name(path)), "{}: {ran:?}", path.display());
    }
    let without =
        ["sync", "push", text(&store), "--repair", "--without", "privileged", "--as", "Ada"];
    let ran = here.breach(&without);
    assert_eq!(ran.exit, Some(4), "the text is altered still: {ran:?}");
    assert!(ran.said().contains("put 1 altered object again"), "{ran:?}");
    assert_eq!(verify(&here, text(&store)).exit, Some(4));
    fine(repair(&here, text(&store)));
    fine(verify(&here, text(&store)));
}

/// A line that came cut short, or was made longer, has its name: the next push goes around it.
#[test]
fn a_line_whose_name_is_taken_goes_under_another() {
    let here = with_incident();
    let bin = here.path("bin");
    let run = with_rclone(&here, &bin);
    let push = || run(&["sync", "push", REMOTE, "--yes", "--as", "Ada"]);
    let fault = |name: &str| std::fs::write(bin.join("remote.fault"), name).expect("written");
    fine(push());
    for words in ["one", "two"] {
        note(&here, words);
        fault("truncate");
        fine(push());
        fault("");
        fine(push());
        let there = Room::new();
        let pulls = with_rclone(&there, &bin);
        fine(pulls(&["sync", "pull", REMOTE, "--yes", "--as", "Bo"]));
        assert!(notes(&there).contains(words), "{words}");
        there.verify();
    }
    assert_eq!(run(&["sync", "verify", REMOTE]).exit, Some(4));
    fine(run(&["sync", "push", REMOTE, "--repair", "--as", "Ada"]));
    fine(run(&["sync", "verify", REMOTE]));
}

/// Machines that push the same chain at once cut it differently, and somebody deletes one piece.
#[test]
fn pieces_that_overlap_make_one_chain() {
    let here = with_incident();
    let store = store(&here);
    fine(sync(&here, "push", text(&store)));
    let first = segments(&store).remove(0);
    let chain = std::fs::read(&here.chains()[0]).expect("a chain");
    let ends: Vec<usize> =
        (0..chain.len()).filter(|at| chain[*at] == b'\n').map(|at| at + 1).collect();
    std::fs::remove_file(&first).expect("removed");
    for (from, to) in [(0, ends[2]), (ends[0], ends[3]), (ends[1], chain.len())] {
        let part = &chain[from..to];
        let name = format!("{from:020}-{}.jsonl", breach::digest::Digest::of(part));
        std::fs::write(first.with_file_name(name), part).expect("written");
    }
    let there = Room::new();
    let ran = fine(sync(&there, "pull", text(&store)));
    assert!(!ran.said().contains("not taken"), "{ran:?}");
    assert!(notes(&there).contains("said here"));
    assert!(there.chains().iter().any(|path| std::fs::read(path).expect("read") == chain));
    assert!(there.chains().iter().all(|path| !name(path).contains('~')));
    fine(verify(&here, text(&store)));
}

//! A chain that two writers went on with, each without the other: a machine restored from a snapshot.

use super::*;

fn read(paths: impl IntoIterator<Item = PathBuf>) -> Vec<(PathBuf, Vec<u8>)> {
    paths.into_iter().map(|path| (path.clone(), std::fs::read(&path).expect("read"))).collect()
}

/// Writes every file back in place, as a snapshot of a disk does, so that nothing tells that it was.
fn restore(files: &[(PathBuf, Vec<u8>)]) {
    for (path, bytes) in files {
        std::fs::write(path, bytes).expect("written");
    }
}

/// Fails unless a machine that pulls has these branches of a chain, and no other. Whoever has two is told.
fn arrive(store: &Path, root: &str, branches: &[Vec<u8>]) -> Room {
    let there = Room::new();
    assert_eq!(sync(&there, "pull", text(store)).exit, Some(4));
    let mut chains = there.chains();
    chains.retain(|path| text(path).contains(&format!("log/{root}")));
    let mut found: Vec<Vec<u8>> = read(chains).into_iter().map(|(_, bytes)| bytes).collect();
    found.sort();
    assert!(found == branches, "{} branches", found.len());
    there
}

#[test]
fn whichever_branch_is_longer_each_arrives_as_it_was_written_whatever_is_lost_and_put_again() {
    for (before, after) in [("aa", "a"), ("a", "aa"), ("a much longer text", "b"), ("a", "b")] {
        let here = with_incident();
        let store = store(&here);
        fine(sync(&here, "push", text(&store)));
        let root = here.chains()[0].file_stem().expect("a name").to_str().expect("text").to_owned();
        let snapshot = read(objects(&here.home()).into_iter().chain(objects(&here.path("state"))));
        let mut branches = Vec::new();
        for words in [before, after] {
            restore(&snapshot);
            note(&here, words);
            fine(sync(&here, "push", text(&store)));
            branches.push(std::fs::read(&here.chains()[0]).expect("read"));
        }
        branches.sort();
        let there = arrive(&store, &root, &branches);
        for lost in segments(&store) {
            std::fs::remove_file(lost).expect("removed");
            assert_eq!(sync(&there, "push", text(&store)).exit, Some(4));
            arrive(&store, &root, &branches);
        }
    }
}

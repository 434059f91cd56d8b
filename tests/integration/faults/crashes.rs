//! Power cuts: whatever the disk may hold of what was not yet flushed, the next note goes on, nothing
//! that was flushed is lost, and not one byte is taken away.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::Ordering;

use super::files;
use super::stage::{Stage, WRITERS, on_each_stage};
use crate::cli::room::feed;

const PAGE: usize = 4096;

/// What a disk may hold of `all`, of which it holds the first `durable` bytes for certain: none of the
/// rest, a part, its length alone, all but one page.
fn states(all: &[u8], durable: usize) -> BTreeSet<Vec<u8>> {
    let (kept, pending) = all.split_at(durable);
    let length = pending.len();
    let mut found = BTreeSet::from([kept.to_vec()]);
    let cuts = (1..=9).map(|ninth| length * ninth / 9);
    found.extend(
        cuts.chain([1, 2, length - 1]).map(|cut| all[..durable + cut.min(length)].to_vec()),
    );
    let zeroed = |from: usize, to: usize| {
        let mut state = all.to_vec();
        state[from..to].fill(0);
        state
    };
    found.extend([zeroed(durable, all.len()), zeroed(durable, all.len() - 1)]);
    let pages = (durable / PAGE..=all.len() / PAGE).map(|page| page * PAGE);
    found.extend(pages.map(|page| zeroed(page.max(durable), (page + PAGE).min(all.len()))));
    found
}

/// Bytes of a chain that were flushed, and that were written, after each write to it.
fn writes(stage: &Stage, chain: &PathBuf) -> Vec<(usize, usize)> {
    let trace = stage.room.path("trace");
    let to = trace.to_str().expect("text");
    let command = stage.traced(&["-y", "-o", to, "-e", "trace=write,fdatasync,fsync"]);
    assert_eq!(feed(command, &stage.input).exit, stage.exit, "{:?}", stage.words);
    let text = std::fs::read_to_string(&trace).expect("a trace");
    let name = chain.file_name().and_then(|name| name.to_str()).expect("a name");
    let start = stage.before.get(chain).map_or(0, Vec::len);
    let (mut durable, mut written, mut all) = (start, start, Vec::new());
    for line in text.lines().filter(|line| line.contains(&format!("/{name}>"))) {
        let result = line.rsplit(" = ").next().and_then(|result| result.parse::<usize>().ok());
        if line.contains(" write(") {
            written += result.expect("a length");
            all.push((durable, written));
        } else {
            durable = written;
        }
    }
    all
}

/// Every state that a power cut may leave of the chain that one command writes to.
fn cut(stage: &Stage) {
    let chains = stage.room.chains();
    let [chain] = &chains[..] else { return };
    let writes = writes(stage, chain);
    let after = files(stage.room.dir.path());
    for (durable, written) in writes {
        for state in states(&after[chain][..written], durable) {
            stage.restore();
            // What an entry names is flushed before it is written; what is remembered, behind it.
            for (path, bytes) in &after {
                let kept = ["evidence", "texts", "notices", "playbooks"];
                if path.iter().any(|part| kept.iter().any(|kept| part == *kept)) {
                    let dir = path.parent().expect("a folder");
                    std::fs::create_dir_all(dir).expect("a folder");
                    if stage.before.get(path) != Some(bytes) {
                        let _ = std::fs::remove_file(path);
                        std::fs::write(path, bytes).expect("written");
                    }
                }
            }
            std::fs::write(chain, &state).expect("written");
            stage.judged.fetch_add(1, Ordering::Relaxed);
            let note = stage.room.breach(&["note", "--incident", "2", "--as", "Ada", "after it"]);
            let verified = stage.room.breach(&["log", "verify", chain.to_str().expect("text")]);
            let now = std::fs::read(chain).expect("a chain");
            let is_kept = now.starts_with(&state);
            if note.exit != Some(0) || verified.exit != Some(0) || !is_kept {
                let (words, length) = (&stage.words, state.len());
                stage.tell(format!(
                    "{words:?}, {length} bytes of {written}, {durable} flushed, kept: {is_kept}, \
                     {note:?}, {verified:?}"
                ));
            }
        }
    }
    stage.restore();
}

/// At any moment of every command that writes, or of a note.
#[test]
fn a_power_cut_at_any_moment_leaves_a_chain_that_goes_on() {
    let (least, writers) = if super::tries_all() { (825, WRITERS) } else { (12, &WRITERS[..1]) };
    on_each_stage("crash states", least, writers, |_, stage| {
        cut(stage);
        // And while it mends what an earlier one tore.
        let chain = stage.room.chains().remove(0);
        stage.before.get_mut(&chain).expect("a chain").extend(b"{\"v\":1,\"seq\":");
        stage.restore();
        cut(stage);
    });
}

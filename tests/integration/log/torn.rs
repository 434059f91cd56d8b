//! Crashes, forks and chains that somebody else put there.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU8, Ordering};

use breach::clock::SystemClock;
use breach::id::IncidentName;
use breach::incident::event::{Actor, Draft, Note};
use breach::log::{ChainReport, Folder, IncidentLog, Remark, verify};
use breach::world::{Entropy, World};

/// Never the same byte twice in a row, so that two chains have two names.
struct Counting(AtomicU8);

impl Entropy for Counting {
    fn fill(&self, buffer: &mut [u8]) -> std::io::Result<()> {
        buffer.fill_with(|| self.0.fetch_add(1, Ordering::Relaxed));
        Ok(())
    }
}

struct Room {
    _home: tempfile::TempDir,
    folder: Folder,
    world: World,
}

fn room() -> Room {
    let home = tempfile::tempdir().expect("a temporary folder");
    let name = IncidentName::parse("2026-11-23-amber-heron").expect("a name");
    Room {
        folder: Folder::create(home.path(), &name).expect("a folder"),
        world: World::given(SystemClock::default(), Counting(AtomicU8::new(1))),
        _home: home,
    }
}

impl Room {
    fn open(&self) -> (IncidentLog, Vec<Remark>) {
        let mut remarks = Vec::new();
        let log = IncidentLog::open(&self.folder, &self.world, false, &mut remarks);
        (log.expect("a log"), remarks)
    }

    fn note(&self, log: &mut IncidentLog, text: &str) {
        let draft = Draft::from(Note::new(text.to_owned()));
        log.append(&draft, &Actor::default(), &self.world).expect("recorded");
    }

    /// The chains, by name. Names are given in the order of the counting bytes.
    fn paths(&self) -> Vec<PathBuf> {
        let chains = self.folder.chains().expect("readable");
        chains.into_iter().map(|(_, path)| path).collect()
    }

    fn bytes(&self) -> Vec<u8> {
        std::fs::read(&self.paths()[0]).expect("a chain")
    }

    /// Adds what no writer of ours would.
    fn write(&self, bytes: &[u8]) {
        std::fs::OpenOptions::new()
            .append(true)
            .open(&self.paths()[0])
            .and_then(|mut file| file.write_all(bytes))
            .expect("room on the disk");
    }

    fn whole(&self) -> Vec<ChainReport> {
        let reports = verify(&self.folder, &self.world).expect("readable");
        for report in &reports {
            assert_eq!(report.damage, None, "{report:?}");
        }
        reports
    }
}

#[test]
fn whoever_writes_next_owns_what_another_process_left_torn() {
    for left in [&b"{\"v\":1,"[..], b"{\"v\":1,\n", b"\0\0\0\n{\"v\"", b"torn\ntorn\n"] {
        for refreshed in [false, true] {
            let room = room();
            let (mut log, _) = room.open();
            room.note(&mut log, "before");
            room.write(left);
            if refreshed {
                log.refresh().expect("no damage");
            }
            room.note(&mut log, "after");
            let [report] = &room.whole()[..] else {
                panic!("one chain");
            };
            let torn = left.split_inclusive(|byte| *byte == b'\n').count();
            assert_eq!(report.torn.len(), torn, "{report:?}");
        }
    }
}

#[test]
fn an_entry_without_its_line_feed_counts() {
    let room = room();
    let (mut log, _) = room.open();
    room.note(&mut log, "whole");
    let bytes = room.bytes();
    std::fs::write(&room.paths()[0], &bytes[..bytes.len() - 1]).expect("writable");
    let (mut again, remarks) = room.open();
    assert!(matches!(remarks[..], [.., Remark::Completed(1)]), "{remarks:?}");
    room.note(&mut again, "after");
    assert_eq!(room.whole()[0].lines, 4);
}

#[test]
fn a_second_writer_without_a_lock_is_a_fork_not_a_crash() {
    let room = room();
    let (mut log, _) = room.open();
    room.note(&mut log, "once");
    let bytes = room.bytes();
    let last = bytes.split_inclusive(|byte| *byte == b'\n').next_back();
    let forked = last.expect("a line").trim_ascii_end();
    room.write(forked);
    let before = room.bytes();
    let (mut again, remarks) = room.open();
    assert!(matches!(remarks[..], [.., Remark::Succeeded { .. }]), "{remarks:?}");
    assert_eq!(room.bytes(), before, "not one byte is added to it");
    room.note(&mut again, "in the other chain");
    assert_eq!(room.paths().len(), 2);
}

#[test]
fn a_chain_of_another_machine_cannot_exhaust_memory() {
    let room = room();
    let (mut log, _) = room.open();
    room.note(&mut log, "ours");
    let path = room.folder.log_dir().join("ffffffff.jsonl");
    let theirs = File::create(path).expect("a file");
    log.refresh().expect("nothing there yet");
    theirs.set_len(1 << 40).expect("a sparse file");
    assert!(log.refresh().expect("readable").is_empty());
}

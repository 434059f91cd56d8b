//! What a stranger can find: edits, cuts, reorders, copies; and what only a copy elsewhere shows.

use breach::digest::Digest;
use breach::log::{ChainReport, DamageKind, verify};

use super::room::Room;

const NOTES: usize = 6;

/// Verifies a chain after its bytes were changed.
fn after(change: impl FnOnce(&mut Vec<Vec<u8>>)) -> ChainReport {
    let room = Room::new();
    room.notes(NOTES);
    let path = room.chain();
    let bytes = std::fs::read(&path).expect("a chain");
    let mut lines: Vec<Vec<u8>> =
        bytes.split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
    assert_eq!(lines.len(), NOTES + 1);
    change(&mut lines);
    std::fs::write(&path, lines.concat()).expect("written");
    verify(&room.folder, &room.world).expect("readable").remove(0)
}

fn damage(change: impl FnOnce(&mut Vec<Vec<u8>>)) -> (u64, DamageKind) {
    let damage = after(change).damage.expect("damage");
    (damage.line, damage.kind)
}

fn replace(line: &mut Vec<u8>, from: &str, to: &str) {
    let text = String::from_utf8(line.clone()).expect("text");
    assert!(text.contains(from));
    *line = text.replace(from, to).into_bytes();
}

#[test]
fn an_untouched_chain_verifies() {
    let report = after(|_| ());
    assert!(report.damage.is_none());
    assert_eq!(report.lines, 7);
    assert_eq!(report.head.expect("a head").seq, 6);
}

#[test]
fn an_edited_line_is_found_by_the_next() {
    assert_eq!(
        damage(|lines| replace(&mut lines[3], "note 2", "note 9")),
        (4, DamageKind::Unlinked)
    );
}

#[test]
fn a_deleted_line_is_found() {
    let found = damage(|lines| {
        lines.remove(3);
    });
    assert_eq!(found, (3, DamageKind::Unlinked));
}

#[test]
fn reordered_and_repeated_and_foreign_lines_are_found() {
    assert_eq!(damage(|lines| lines.swap(2, 3)).0, 2);
    assert_eq!(damage(|lines| lines.insert(4, lines[3].clone())).0, 4);
    assert_eq!(damage(|lines| lines.insert(4, b"{}\n".to_vec())), (4, DamageKind::Malformed));
    assert_eq!(damage(|lines| lines.insert(4, b"hello\n".to_vec())).1, DamageKind::Unlinked);
}

#[test]
fn a_changed_genesis_is_found() {
    assert_eq!(damage(|lines| drop(lines.remove(0))).0, 0);
    assert_eq!(damage(|lines| replace(&mut lines[0], "genesis", "opened")).0, 0);
}

#[test]
fn converted_line_endings_are_named() {
    let (_, kind) = damage(|lines| {
        for line in lines {
            line.insert(line.len() - 1, b'\r');
        }
    });
    assert_eq!(kind, DamageKind::Converted);
}

#[test]
fn more_and_other_keys_are_found() {
    assert_eq!(damage(|lines| replace(&mut lines[3], "\"v\":1", "\"v\":2")).0, 3);
    assert_eq!(damage(|lines| replace(&mut lines[3], "\"host\"", "\"most\"")).0, 3);
    assert_eq!(damage(|lines| replace(&mut lines[3], "\"v\":1", "\"v\":1,\"v\":1")).0, 3);
}

#[test]
fn a_cut_tail_passes_and_only_a_kept_head_shows_it() {
    let report = after(|lines| lines.truncate(4));
    assert!(report.damage.is_none(), "a chain alone cannot show what was cut off its end");
    assert_eq!(report.head.expect("a head").seq, 3);
}

#[test]
fn every_flipped_bit_in_any_line_but_the_last_is_found() {
    let room = Room::new();
    room.notes(3);
    let path = room.chain();
    let bytes = std::fs::read(&path).expect("a chain");
    let last = bytes[..bytes.len() - 1].iter().rposition(|b| *b == b'\n').expect("lines") + 1;
    for at in 0..last {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (at % 8);
        std::fs::write(&path, &flipped).expect("written");
        let report = verify(&room.folder, &room.world).expect("readable").remove(0);
        // Two lines that lost the feed between them look like what a crash tears: said, not hidden.
        let found = report.damage.is_some() || !report.torn.is_empty();
        assert!(found, "the flip at byte {at} was not found");
    }
}

#[test]
fn in_a_chain_of_many_blocks_a_change_is_found_where_it_is() {
    let room = Room::new();
    room.notes(1);
    let path = room.chain();
    let bytes = std::fs::read(&path).expect("a chain");
    let mut lines: Vec<String> = bytes
        .split_inclusive(|byte| *byte == b'\n')
        .map(|line| String::from_utf8(line.to_vec()).expect("text"))
        .collect();
    let note = lines.pop().expect("a note");
    let genesis = Digest::of(lines[0].as_bytes());
    let mut prev = genesis;
    for seq in 1..3_000 {
        // Lines may end anywhere in a block, and some are longer than a block.
        let length = if seq % 500 == 0 { 300_000 } else { seq * seq * 37 % 3_000 };
        let line = note
            .replace("\"seq\":1", &format!("\"seq\":{seq}"))
            .replace(&genesis.to_string(), &prev.to_string())
            .replace("note 0", &"x".repeat(length));
        prev = Digest::of(line.as_bytes());
        lines.push(line);
    }
    let damage = |text: String| {
        std::fs::write(&path, text).expect("written");
        let report = verify(&room.folder, &room.world).expect("readable").remove(0);
        (report.damage.map(|damage| damage.line), report.head.map(|head| head.head))
    };
    assert_eq!(damage(lines.concat()), (None, Some(prev)));
    for changed in [1, 499, 500, 501, 1_700, 2_998] {
        let mut lines = lines.clone();
        lines[changed] = lines[changed].replacen("\"text\":\"", "\"text\":\"y", 1);
        assert_eq!(damage(lines.concat()).0, Some(changed as u64 + 1));
    }
}

//! The promises of the record under power cuts and many writers, and controls: without its flush, or
//! without its lock, the program must fail these tests. The system calls are made to do nothing from
//! outside; no switch in the program does that.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::disk::strace;
use crate::cli::room::{Room, feed};

/// Whether a note that was acknowledged is there after a power cut at that moment: of its chain, what
/// was flushed.
fn survives_a_power_cut(inject: &[&str]) -> bool {
    let room = Room::new();
    room.open();
    let chain = room.chains().remove(0);
    let before = std::fs::metadata(&chain).expect("a chain").len();
    let trace = room.path("trace");
    let to = trace.to_str().expect("text");
    let options = [&["-y", "-o", to, "-e", "trace=write,fdatasync"], inject].concat();
    let command = strace(&room, &options, &["note", "--as", "Ada", "acknowledged"]);
    let ran = feed(command, b"");
    assert_eq!(ran.exit, Some(0), "{ran:?}");
    // What is on the disk when it says that it is recorded.
    let text = std::fs::read_to_string(&trace).expect("a trace");
    let name = chain.file_name().and_then(|name| name.to_str()).expect("a name");
    let (mut written, mut durable) = (before, before);
    for line in text.lines().take_while(|line| !line.contains("\"Recorded at")) {
        let is_chain = line.contains(&format!("/{name}>"));
        let result = line.rsplit(" = ").next().and_then(|result| result.parse::<u64>().ok());
        if is_chain && line.contains("write(") {
            written += result.expect("a length");
        } else if is_chain && line.contains("fdatasync(") && result == Some(0) {
            durable = written;
        }
    }
    std::fs::OpenOptions::new()
        .write(true)
        .open(&chain)
        .expect("a chain")
        .set_len(durable)
        .expect("cut");
    let shown = room.breach(&["log", "show", "--kind", "note"]);
    shown.out.contains("acknowledged")
}

#[test]
fn what_was_acknowledged_survives_a_power_cut() {
    assert!(survives_a_power_cut(&[]));
}

#[test]
fn without_its_flush_a_power_cut_takes_it() {
    assert!(!survives_a_power_cut(&["-e", "inject=fdatasync:retval=0"]));
}

/// Whether all notes that several writers were told are recorded are in chains that verify; each
/// waits before it writes.
fn writers_do_not_meet(inject: &str) -> bool {
    let room = Room::new();
    room.open();
    let writers: Vec<_> = (0..6)
        .map(|number| {
            let text = format!("writer-{number}");
            let chain = room.chains().remove(0);
            let log = chain.parent().and_then(Path::to_str).expect("a folder");
            let chain = chain.to_str().expect("text");
            let slow = "inject=write:delay_enter=100000";
            let options = ["-o", "/dev/null", "-P", chain, "-P", log, "-e", slow, "-e", inject];
            let mut command = strace(&room, &options, &["note", "--as", "Ada", &text]);
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            (number, command.spawn().expect("it starts"))
        })
        .collect();
    let told: Vec<String> = writers
        .into_iter()
        .filter_map(|(number, mut child)| {
            child.wait().expect("it ends").success().then(|| format!("writer-{number}"))
        })
        .collect();
    let shown = room.breach(&["log", "show", "--kind", "note"]);
    room.breach(&["log", "verify"]).exit == Some(0)
        && told.iter().all(|text| shown.out.contains(text))
}

#[test]
fn writers_wait_for_each_other() {
    assert!(writers_do_not_meet("inject=flock:delay_exit=1"));
}

#[test]
fn without_their_lock_writers_fork_the_chain() {
    // By chance they may keep out of each other's way once.
    assert!((0..5).any(|_| !writers_do_not_meet("inject=flock:retval=0")));
}

/// Sixteen writers: of their notes half are killed at any moment.
#[test]
fn a_storm_of_kills_takes_no_acknowledged_note_along() {
    let (most_kills, most_told): (usize, usize) =
        if super::tries_all() { (5_345, 5_950) } else { (40, 45) };
    let room = Room::new();
    room.open();
    let (kills, acknowledged) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let writer = |writer: u64| {
        let mut told = Vec::new();
        for round in 0.. {
            let behind = most_told.saturating_sub(acknowledged.load(Ordering::Relaxed));
            let alive = most_kills.saturating_sub(kills.load(Ordering::Relaxed));
            if behind == 0 && alive == 0 {
                break;
            }
            let text = format!("note-{writer:02}-{round:04}.");
            let mut command = room.command(&["note", "--as", "Ada", &text]);
            let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
            let mut child = command.spawn().expect("it starts");
            if alive > 0 && alive + most_kills / 9 > behind {
                let moment = (writer * 7 + round * 13) % 250;
                std::thread::sleep(std::time::Duration::from_millis(moment));
                let _ = child.kill();
            }
            let output = child.wait_with_output().expect("it ends");
            if output.status.code().is_none() {
                kills.fetch_add(1, Ordering::Relaxed);
            }
            if String::from_utf8_lossy(&output.stderr).contains("Recorded at") {
                acknowledged.fetch_add(1, Ordering::Relaxed);
                told.push(text);
            }
        }
        told
    };
    let told: Vec<String> = std::thread::scope(|scope| {
        let writer = &writer;
        let writers: Vec<_> = (0..16).map(|number| scope.spawn(move || writer(number))).collect();
        writers.into_iter().flat_map(|writer| writer.join().expect("it ends")).collect()
    });
    room.verify();
    let shown = room.breach(&["log", "show", "--kind", "note"]).out;
    let there: BTreeSet<&str> = shown.split_whitespace().collect();
    let lost = told.into_iter().filter(|text| !there.contains(text.as_str()));
    let lost: Vec<String> = lost.map(|text| format!("{text} is lost")).collect();
    super::row("kills of 16 writers", most_kills, kills.into_inner(), &lost);
    super::row("notes acknowledged among them", most_told, acknowledged.into_inner(), &[]);
}

//! The record against its floors, each measured in the same run: `cargo bench`.
//!
//! A floor is the least that any program must do for the same promise: write and flush the same
//! bytes; read a file, hash each line and scan it as JSON. Ratios are printed, never judged by a
//! clock on somebody else's machine.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use breach::digest::Digest;
use breach::id::IncidentName;
use breach::incident::Incident;
use breach::incident::event::{Actor, Draft, Note};
use breach::log::{Folder, IncidentLog, entries, fold_all, verify};
use breach::report::{Audience, Gather};
use breach::world::World;

const APPENDS: usize = 10_000;
const LONG: usize = 1_000_000;

fn main() {
    let mut world = World::system();
    let home = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    world.state = Some(home.path().join("state"));
    append(&world, home.path());
    let long = incident(home.path(), "2026-11-23-long", &world);
    grow(&long, LONG);
    one_shot(&world, home.path(), &long);
    read(&long, &world);
    report(&long, &world);
    start(home.path());
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn now() -> Instant {
    Instant::now()
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = now();
    let result = work();
    let took = start.elapsed();
    drop(result);
    took
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn ratio(what: &str, ours: Duration, floor: Duration) {
    let ratio = ours.as_secs_f64() / floor.as_secs_f64();
    println!("{what:<58} {ours:>12.1?} {floor:>12.1?} {ratio:>7.2}");
}

fn incident(home: &Path, name: &str, world: &World) -> Folder {
    let name = IncidentName::parse(name).expect("a name");
    let folder = Folder::create(home, &name).expect("an incident");
    open(&folder, world);
    folder
}

fn open(folder: &Folder, world: &World) -> IncidentLog {
    IncidentLog::open(folder, world, true, &mut Vec::new()).expect("a log")
}

fn note(number: usize) -> Draft {
    let text = format!("note {number}: web-03 answers again after the change of its certificate");
    Note::new(text).into()
}

fn actor() -> Actor {
    Actor { name: Some("Ada Lovelace".to_owned()), user: "ops".to_owned(), login: 1 }
}

fn chain(folder: &Folder) -> std::path::PathBuf {
    folder.chains().expect("chains").remove(0).1
}

/// Appending, each entry on disk before the next, against a bare write and flush of its bytes,
/// turn by turn so that both see the same disk.
fn append(world: &World, home: &Path) {
    println!("{:<58} {:>12} {:>12} {:>7}", "", "ours", "floor", "ratio");
    let folder = incident(home, "2026-11-23-append", world);
    let mut log = open(&folder, world);
    let bare = home.join("bare");
    let mut bare = OpenOptions::new().create(true).append(true).open(bare).expect("a file");
    let line = vec![b'x'; 450];
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    for number in 0..APPENDS {
        let draft = note(number);
        ours.push(timed(|| log.append(&draft, &actor(), world).expect("recorded")));
        floor.push(timed(|| {
            bare.write_all(&line).expect("written");
            bare.sync_data().expect("flushed");
        }));
    }
    ratio("append, median of 10,000 | write + fdatasync", median(ours), median(floor));
}

/// Lengthens a chain without flushing each line: the lines are what a writer would have made.
fn grow(folder: &Folder, lines: usize) {
    let path = chain(folder);
    let genesis = std::fs::read(&path).expect("a chain");
    let mut prev = Digest::of(&genesis);
    let mut file =
        std::io::BufWriter::new(OpenOptions::new().append(true).open(path).expect("a chain"));
    for number in 1..=lines {
        let line = format!(
            "{{\"v\":1,\"seq\":{number},\"prev\":\"{prev}\",\"id\":\"01936c2e-7a10-7000-8000-{number:012}\",\
             \"at\":\"2026-11-23T02:12:07.{:06}Z\",\"off\":\"+01:00\",\"mono\":{},\
             \"boot\":\"5c0e9a3e-1111-4222-8333-944455556666\",\"host\":\"jump-01\",\
             \"actor\":{{\"name\":\"Ada Lovelace\",\"user\":\"ops\",\"login\":1}},\"kind\":\"note\",\
             \"body\":{{\"text\":\"note {number}: web-03 answers again after the change of its certificate\"}},\
             \"salt\":\"{number:032x}\"}}\n",
            number % 1_000_000,
            number * 1000,
        );
        prev = Digest::of(line.as_bytes());
        file.write_all(line.as_bytes()).expect("written");
    }
    file.into_inner().expect("written").sync_all().expect("flushed");
}

/// What `breach report` needs of a log, against what every command that reads needs of it.
fn report(folder: &Folder, world: &World) {
    let ours = timed(|| {
        let mut gather = Gather::new(Audience::Public, breach::regime::builtin::law());
        entries(folder, world, &mut |chain, entry| gather.entry(chain, entry)).expect("readable");
        gather
    });
    let floor = timed(|| fold_all(folder, world, &mut Incident::default()).expect("readable"));
    ratio("gather a report of 1,000,000 entries | fold them", ours, floor);
}

/// What `breach note` does, on a chain of a million entries and on one of ten.
fn one_shot(world: &World, home: &Path, long: &Folder) {
    let short = incident(home, "2026-11-23-short", world);
    grow(&short, 10);
    let (mut on_long, mut on_short) = (Vec::new(), Vec::new());
    for number in 0..300 {
        for (folder, times) in [(long, &mut on_long), (&short, &mut on_short)] {
            times.push(timed(|| {
                let mut record = open(folder, world);
                record.append(&note(number), &actor(), world).expect("recorded");
            }));
        }
    }
    ratio("note on 1,000,000 entries | note on 10", median(on_long), median(on_short));
}

/// Verifying and folding against reading, hashing each line and scanning it, on one thread.
fn read(folder: &Folder, world: &World) {
    let path = chain(folder);
    let best = |work: &dyn Fn()| (0..3).map(|_| timed(work)).min().expect("three runs");
    let floor = best(&|| {
        let mut reader = BufReader::with_capacity(1 << 20, File::open(&path).expect("a chain"));
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).expect("readable") > 0 {
            std::hint::black_box(Digest::of(&line));
            let scanned = serde_json::from_slice::<serde::de::IgnoredAny>(&line);
            assert!(scanned.is_ok());
            line.clear();
        }
    });
    let verified = best(&|| {
        let reports = verify(folder, world).expect("readable");
        assert!(reports[0].damage.is_none() && reports[0].lines > 1_000_000);
    });
    ratio("log verify, 1,000,000 entries | read + hash + scan", verified, floor);
    let all = best(&|| {
        let mut incident = Incident::default();
        fold_all(folder, world, &mut incident).expect("readable");
        assert!(incident.tally["note"] >= 1_000_000);
    });
    ratio("fold, 1,000,000 entries | read + hash + scan", all, floor);
    println!("{:<58} {:>9.0} MB", "chain of 1,000,000 entries", size(&path));
    println!("{:<58} {:>9.0} MB", "most memory used by this run so far", peak());
}

#[expect(clippy::cast_precision_loss, reason = "megabytes are shown")]
fn size(path: &Path) -> f64 {
    path.metadata().expect("a chain").len() as f64 / 1e6
}

/// The most memory that this process ever held, as Linux tells.
fn peak() -> f64 {
    let mut status = String::new();
    let read =
        File::open("/proc/self/status").and_then(|mut file| file.read_to_string(&mut status));
    let kilobytes = read.ok().and_then(|_| {
        let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
        line.split_whitespace().nth(1)?.parse::<f64>().ok()
    });
    kilobytes.unwrap_or(f64::NAN) / 1e3
}

/// Processor time of a whole process, start to end.
fn start(home: &Path) {
    let empty = home.join("empty");
    for arguments in [&["--help"][..], &["status"]] {
        let runs = 50;
        let before = children();
        for _ in 0..runs {
            let status = std::process::Command::new(env!("CARGO_BIN_EXE_breach"))
                .args(arguments)
                .env("BREACH_HOME", &empty)
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::null())
                .status();
            assert!(status.expect("it starts").success());
        }
        let each = children().saturating_sub(before) / runs;
        println!(
            "{:<58} {each:>12.1?} of processor time",
            format!("breach {}", arguments.join(" "))
        );
    }
}

/// Processor time of all children that have ended.
fn children() -> Duration {
    use nix::sys::resource::{UsageWho, getrusage};
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("usage");
    let (user, system) = (usage.user_time(), usage.system_time());
    let micros = |time: nix::sys::time::TimeVal| {
        u64::try_from(time.tv_sec()).unwrap_or(0) * 1_000_000
            + u64::try_from(time.tv_usec()).unwrap_or(0)
    };
    Duration::from_micros(micros(user) + micros(system))
}

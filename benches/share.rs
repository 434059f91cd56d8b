//! What several machines recorded, against its floors, each measured in the same run:
//! `cargo bench --bench share`, or with `-- 10000` of so many entries.
//!
//! Joining against verifying the same, the status after it against the fold, joining again against
//! reading the ends of the chains, and appending with `breach sync push --follow` beside it against
//! appending alone.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use breach::clock::FakeClock;
use breach::digest::Digest;
use breach::id::IncidentName;
use breach::incident::Incident;
use breach::incident::event::{Actor, Note};
use breach::log::{Folder, IncidentLog, fold_all};
use breach::world::{SystemEntropy, World};
use chrono::{DateTime, FixedOffset};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

#[path = "common/chain.rs"]
mod chain;

/// The program's own allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const NAME: &str = "2026-11-23-shared";
const MACHINES: usize = 100;
const ENTRIES: usize = 1_000_000;
/// How often appending is measured alone and with a push beside it, for a second each.
const ROUNDS: usize = 10;

fn main() {
    let wanted = std::env::args().find_map(|argument| argument.parse().ok());
    let entries = wanted.unwrap_or(ENTRIES);
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    println!("{:<58} {:>12} {:>12} {:>7}", "", "ours", "floor", "ratio");
    joined(dir.path(), entries);
    followed(dir.path());
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn now() -> Instant {
    Instant::now()
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = now();
    work();
    start.elapsed()
}

fn ratio(what: &str, ours: Duration, floor: Duration) {
    let ratio = ours.as_secs_f64() / floor.as_secs_f64();
    println!("{what:<58} {ours:>12.1?} {floor:>12.1?} {ratio:>7.2}");
}

fn breach(home: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_breach"));
    command.args(words).env("BREACH_HOME", home).env("XDG_STATE_HOME", home.join("state"));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn run(home: &Path, words: &[&str]) {
    let status = breach(home, words).status();
    assert!(status.expect("it starts").success(), "{words:?}");
}

fn text(path: &Path) -> &str {
    path.to_str().expect("text")
}

/// Joining what many machines wrote, the status after that, and joining it again.
fn joined(dir: &Path, entries: usize) {
    let theirs = written(&dir.join("theirs"), entries / MACHINES);
    let (home, from) = (dir.join("home"), text(theirs.path()));
    let verified = timed(|| run(&dir.join("empty"), &["log", "verify", from]));
    let taken = timed(|| run(&home, &["join", from, "--as", "Ada"]));
    let what = format!("join {entries} entries of {MACHINES} machines | log verify");
    ratio(&what, taken, verified);
    let here = home.join("incidents").join(NAME);
    let here = Folder::at(&here).expect("the incident");
    let best = |work: &dyn Fn()| (0..3).map(|_| timed(work)).min().expect("three runs");
    let world = World::system();
    let folded = best(&|| {
        let mut incident = Incident::default();
        fold_all(&here, &world, &mut incident).expect("readable");
        assert!(incident.tally["note"] >= (entries / MACHINES * MACHINES) as u64);
    });
    ratio("status after it | fold", best(&|| run(&home, &["status"])), folded);
    let start = best(&|| run(&home, &["--version"]));
    let ends = best(&|| [&theirs, &here].iter().for_each(|folder| read_ends(folder)));
    let again = best(&|| run(&home, &["join", from, "--as", "Ada"]));
    ratio("join again | start, and read the ends of the chains", again, start + ends);
}

fn read_ends(folder: &Folder) {
    for (_, path) in folder.chains().expect("chains") {
        let mut file = File::open(path).expect("a chain");
        let length = file.metadata().expect("a chain").len();
        file.seek(SeekFrom::Start(length.saturating_sub(4096))).expect("read");
        let mut end = Vec::new();
        file.read_to_end(&mut end).expect("read");
        std::hint::black_box(Digest::of(&end));
    }
}

/// An incident to which every machine wrote so many entries of its own.
fn written(home: &Path, each: usize) -> Folder {
    let folder = Folder::create(home, &IncidentName::parse(NAME).expect("a name"));
    let folder = folder.expect("an incident");
    for number in 0..MACHINES {
        let world = machine(home, number);
        drop(open(&folder, &world));
    }
    for (_, path) in folder.chains().expect("chains") {
        grow(&path, each);
    }
    folder
}

/// A machine at the beginning of the incident.
fn machine(home: &Path, number: usize) -> World {
    let at: DateTime<FixedOffset> = "2026-11-23T02:12:07Z".parse().expect("a moment");
    let clock = Arc::new(FakeClock::new(at.to_utc(), *at.offset()));
    let mut world = World::given(clock, SystemEntropy);
    world.machine = format!("machine-{number}");
    world.state = Some(home.join("states").join(number.to_string()));
    world
}

fn open(folder: &Folder, world: &World) -> IncidentLog {
    IncidentLog::open(folder, world, true, &mut Vec::new()).expect("a log")
}

/// Lengthens a chain without flushing each line.
fn grow(path: &Path, lines: usize) {
    let chain = std::fs::read(path).expect("a chain");
    let begun: Vec<&[u8]> = chain.split_inclusive(|byte| *byte == b'\n').collect();
    let mut prev = Digest::of(begun.last().expect("a line"));
    let file = OpenOptions::new().append(true).open(path).expect("a chain");
    let mut file = std::io::BufWriter::new(file);
    for number in begun.len()..begun.len() + lines {
        let line = chain::line(number, &prev, ("note", &chain::note(number, "")));
        prev = Digest::of(line.as_bytes());
        file.write_all(line.as_bytes()).expect("written");
    }
    file.into_inner().expect("written").sync_all().expect("flushed");
}

/// A process that ends with the benchmark.
struct Beside(Child);

impl Beside {
    fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(i32::try_from(self.0.id()).expect("a process")), signal).expect("sent");
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Appending while new entries are pushed to a store, against appending while that is stopped, turn by
/// turn so that both see the same disk.
fn followed(dir: &Path) {
    let (home, store) = (dir.join("followed"), dir.join("store"));
    std::fs::create_dir(&store).expect("a folder");
    let name = IncidentName::parse("2026-11-23-followed").expect("a name");
    let folder = Folder::create(&home, &name).expect("an incident");
    let mut world = World::system();
    world.state = Some(home.join("state").join("breach"));
    let mut log = open(&folder, &world);
    let words = ["sync", "push", text(&store), "--yes", "--as", "Ada", "--follow", "--every", "1"];
    let beside = Beside(breach(&home, &words).spawn().expect("it starts"));
    let actor = Actor { name: Some("Ada".to_owned()), user: "ops".to_owned(), login: 1 };
    let (mut appended, mut times) = (0, [Duration::ZERO; 2]);
    let mut counts = [0_u32; 2];
    for _ in 0..ROUNDS {
        for (place, signal) in [Signal::SIGSTOP, Signal::SIGCONT].into_iter().enumerate() {
            beside.signal(signal);
            let start = now();
            while start.elapsed() < Duration::from_secs(1) {
                appended += 1;
                let draft = Note::new(format!("note {appended}")).into();
                log.append(&draft, &actor, &world).expect("recorded");
                counts[place] += 1;
            }
            times[place] += start.elapsed();
        }
    }
    let [alone, with] = [0, 1].map(|place| times[place] / counts[place]);
    assert!(pushed(&store) > 1, "nothing was pushed");
    ratio("append, with `sync push --follow` beside it | alone", with, alone);
    drop(beside);
    run(&home, &["sync", "push", text(&store), "--as", "Ada"]);
    let before = pushed(&store);
    run(&home, &["note", "--as", "Ada", "one more"]);
    let one = timed(|| run(&home, &["sync", "push", text(&store), "--as", "Ada"]));
    let (objects, start) = (pushed(&store) - before, timed(|| run(&home, &["status"])));
    ratio(&format!("push one entry behind {appended}, {objects} object | status"), one, start);
}

/// How many segments a store has.
fn pushed(store: &Path) -> usize {
    let mut folders: Vec<PathBuf> = vec![store.to_owned()];
    let mut found = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found += usize::from(path.extension().is_some_and(|end| end == "jsonl"));
            }
        }
    }
    found
}

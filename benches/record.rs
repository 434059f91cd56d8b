//! The record against its floors, each measured in the same run: `cargo bench`.
//!
//! A floor is the least that any program must do for the same promise: write and flush the same
//! bytes; read a file, hash each line and scan it as JSON. Ratios are printed, never judged by a
//! clock on somebody else's machine.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use breach::custody::{Inventory, Store, compare};
use breach::digest::Digest;
use breach::id::IncidentName;
use breach::incident::Incident;
use breach::incident::event::{Actor, Draft, Note};
use breach::log::{Folder, IncidentLog, entries, fold_all, verify};
use breach::report::{Audience, Gather};
use breach::vault::Reread;
use breach::world::World;

#[path = "common/chain.rs"]
mod chain;

/// The program's own allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const APPENDS: usize = 10_000;
/// Entries of the long chain; with `-- long`, of the longest one that we promise something for.
const LONG: usize = 1_000_000;
const LONGEST: usize = 5_000_000;
/// Texts that the long chain names.
const TEXTS: usize = 200;

fn main() {
    let mut world = World::system();
    let home = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    world.state = Some(home.path().join("state"));
    append(&world, home.path());
    let is_long = std::env::args().any(|argument| argument == "long");
    let entries = if is_long { LONGEST } else { LONG };
    let long = incident(home.path(), "2026-11-23-long", &world);
    grow(&long, entries);
    one_shot(&world, home.path(), &long, entries);
    read(&long, &world, entries);
    report(&long, &world);
    heads(&world, home.path());
    start(home.path());
    if is_long {
        piped(home.path());
    }
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

/// A text that is kept beside the log; its digest.
fn text(folder: &Folder, number: usize) -> Digest {
    let text = format!("{:032x}{}", number, "unmasked ".repeat(100));
    let digest = Digest::of(text.as_bytes());
    std::fs::write(folder.texts_dir().join(digest.to_string()), text).expect("written");
    digest
}

/// Lengthens a chain without flushing each line; some lines name a text.
fn grow(folder: &Folder, lines: usize) {
    let path = chain(folder);
    let genesis = std::fs::read(&path).expect("a chain");
    let mut prev = Digest::of(&genesis);
    let mut file =
        std::io::BufWriter::new(OpenOptions::new().append(true).open(path).expect("a chain"));
    for number in 1..=lines {
        let original = if lines > TEXTS && number % (lines / TEXTS) == 0 {
            format!(",\"original\":{{\"sha256\":\"{}\"}}", text(folder, number))
        } else {
            String::new()
        };
        let line = chain::line(number, &prev, ("note", &chain::note(number, &original)));
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
    ratio("gather a report of them | fold them", ours, floor);
}

/// What `breach note` does, on a long chain and on one of ten entries.
fn one_shot(world: &World, home: &Path, long: &Folder, entries: usize) {
    let short = incident(home, "2026-11-23-short", world);
    grow(&short, 10);
    let (mut on_long, mut on_short) = (Vec::new(), Vec::new());
    for number in 0..300 {
        for (folder, times) in [(long, &mut on_long), (&short, &mut on_short)] {
            times.push(timed(|| {
                let mut record = open(folder, world);
                assert!(folder.is_open(world));
                record.append(&note(number), &actor(), world).expect("recorded");
            }));
        }
    }
    ratio(&format!("note on {entries} entries | note on 10"), median(on_long), median(on_short));
}

/// Verifying and folding against reading, hashing each line and scanning it, on one thread.
fn read(folder: &Folder, world: &World, entries: usize) {
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
        assert!(reports[0].damage.is_none() && reports[0].lines > entries as u64);
    });
    ratio(&format!("verify {entries} entries | read + hash + scan"), verified, floor);
    let compared = best(&|| {
        let (inventory, reports) = Inventory::read(folder, Some(world)).expect("readable");
        let texts = inventory.in_stores(&[Store::Playbooks, Store::Texts, Store::Notices]);
        let found: Vec<Reread> =
            texts.map(|named| compare(named, &mut |_| {}).expect("readable")).collect();
        assert!(reports[0].damage.is_none() && found.len() >= TEXTS);
        assert!(found.iter().all(|found| *found == Reread::Intact));
    });
    ratio("the same, and what the entries name | read + hash + scan", compared, floor);
    let all = best(&|| {
        let mut incident = Incident::default();
        fold_all(folder, world, &mut incident).expect("readable");
        assert!(incident.tally["note"] >= entries as u64);
    });
    ratio("fold them | read + hash + scan", all, floor);
    println!("{:<58} {:>9.0} MB", "the chain", size(&path));
    println!("{:<58} {:>9.0} MB", "most memory used by this run so far", peak());
}

/// Verifying where another chain names 40 times 1,000 heads of a long one, against as many bytes of
/// notes.
fn heads(world: &World, home: &Path) {
    let times = ["joined", "note"].map(|kind| {
        let folder = incident(home, &format!("2026-11-23-{kind}"), world);
        grow(&folder, 100_000);
        let ours = chain(&folder);
        let name = ours.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
        let text = std::fs::read_to_string(&ours).expect("a chain");
        let digests: Vec<Digest> =
            text.split_inclusive('\n').map(|line| Digest::of(line.as_bytes())).collect();
        let other = "00c0ffee";
        let mut lines = text.lines().next().expect("a genesis").replace(&name, other) + "\n";
        let mut prev = Digest::of(lines.as_bytes());
        for number in 1..=40 {
            let heads: Vec<String> = (0..1000)
                .map(|head| (number * 1000 + head * 7) % digests.len())
                .map(|seq| format!(r#"{{"chain":"{name}","seq":{seq},"head":"{}"}}"#, digests[seq]))
                .collect();
            let heads = heads.join(",");
            let body = match kind {
                "note" => format!(r#"{{"text":"{}"}}"#, "x".repeat(heads.len())),
                _ => format!(r#"{{"heads":[{heads}]}}"#),
            };
            let line = chain::line(number, &prev, (kind, &body));
            prev = Digest::of(line.as_bytes());
            lines += &line;
        }
        std::fs::write(ours.with_file_name(format!("{other}.jsonl")), lines).expect("written");
        let one = || {
            timed(|| {
                let reports = verify(&folder, world).expect("readable");
                assert!(reports.iter().all(|report| report.damage.is_none()), "{reports:?}");
            })
        };
        (0..3).map(|_| one()).min().expect("three runs")
    });
    ratio("verify with 40 times 1,000 heads | without", times[0], times[1]);
}

/// A gigabyte through `breach note -` against a copy, its flush and its digest, one after the other.
fn piped(home: &Path) {
    let long = home.join("gigabyte");
    let mut file = std::io::BufWriter::new(File::create(&long).expect("a file"));
    for number in 0..1_000_000_000 / 60 {
        writeln!(file, "{number:012} GET /index.html HTTP/1.1 200 from 192.0.2.7 curl")
            .expect("written");
    }
    file.into_inner().expect("written").sync_all().expect("flushed");
    incident(&home.join("piped"), "2026-11-23-piped", &World::system());
    let run = |command: &mut Command| assert!(command.status().expect("it starts").success());
    let floor = timed(|| {
        let copy = home.join("copy");
        run(Command::new("cp").arg(&long).arg(&copy));
        run(Command::new("sync").arg(&copy));
        run(Command::new("sha256sum").arg(&copy).stdout(Stdio::null()));
    });
    let ours = timed(|| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_breach"));
        command.args(["note", "--as", "Ada", "-"]).env("BREACH_HOME", home.join("piped"));
        let input = File::open(&long).expect("a file");
        run(command.stdin(input).stdout(Stdio::null()).stderr(Stdio::null()));
    });
    ratio("note - of 1 GB | cp, sync, sha256sum", ours, floor);
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
            let status = Command::new(env!("CARGO_BIN_EXE_breach"))
                .args(arguments)
                .env("BREACH_HOME", &empty)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
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

//! What checking a large collection costs, against a floor that only parses it, in the same run.
//!
//! The program itself is timed, with everything that it does for the user: looking for the files,
//! all rules, the report. The floor reads the same files and parses each once, on all processors. The
//! time that processors spent is told, too: on a machine that others use, it is the one to trust.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::{TimeVal, TimeValLike};
use rayon::prelude::*;

/// The program's own allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const FILES: usize = 10_000;
const ROUNDS: usize = 9;

fn main() {
    let dir = tempfile::tempdir().expect("a folder");
    let valid = collection(dir.path(), "valid", valid);
    let faulty = collection(dir.path(), "faulty", faulty);
    let one = valid.dir.join("000/00000.toml");
    let mut out = std::io::stdout().lock();
    for (name, collection, exit) in [("valid", &valid, 0), ("faulty", &faulty, 3)] {
        let (mut floor, mut checked) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            floor.push(timed(|| parse(&collection.files)));
            checked.push(timed(|| check(&collection.dir, exit)));
        }
        let lines = collection.lines;
        writeln!(out, "{name}: {FILES} files of {lines} lines, peak {} MB", peak())
            .expect("written");
        for (what, part) in [("by the clock", 0), ("of processors", 1)] {
            let (floor, checked) = (median(&floor, part), median(&checked, part));
            let ratio = checked.as_secs_f64() / floor.as_secs_f64();
            writeln!(out, "  {what}: floor {floor:.2?}, checked {checked:.2?}, ratio {ratio:.2}")
                .expect("written");
        }
    }
    let mut cold = |what: &str, args: &[&OsStr]| {
        let times: Vec<_> = (0..100).map(|_| timed(|| run(args, 0))).collect();
        let (clock, processors) = (median(&times, 0), median(&times, 1));
        writeln!(out, "{what}, a process of its own: {clock:.1?}, of processors {processors:.1?}")
            .expect("written");
    };
    cold("--version", &[OsStr::new("--version")]);
    cold("one file", &check_args(&one));
}

struct Collection {
    dir: PathBuf,
    files: Vec<PathBuf>,
    lines: usize,
}

fn collection(root: &Path, name: &str, text: fn(usize) -> String) -> Collection {
    let dir = root.join(name);
    let files: Vec<PathBuf> =
        (0..FILES).map(|n| dir.join(format!("{:03}/{n:05}.toml", n / 100))).collect();
    for (number, path) in files.iter().enumerate() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text(number)).expect("written");
    }
    Collection { dir, files, lines: text(0).lines().count() }
}

/// About 150 lines in which no rule finds anything, and none of whose ids, conditions and commands
/// stand in another file.
fn valid(number: usize) -> String {
    let mut text = format!(
        "schema = 1\nid = \"playbook-{number}\"\nphase = \"containment\"\ntitle = \"Contain it\"\n\
         version = \"1.0.0\"\nowner = \"security\"\nreviewed-on = 2026-11-20\n\
         suits = [\"web-skimming\"]\nsummary = \"Stop it, and keep what shows how it came.\"\n\
         references = [\"NIST SP 800-61r3 RS.MI-01\"]\n\n\
         [[step]]\nid = \"name-hosts\"\ntitle = \"Name the hosts\"\nwhy = \"All else hangs on it.\"\n\
         do = \"List every host from which the logs show traffic.\"\nrole = \"scribe\"\n\
         ask = [\"hosts_affected\"]\npreserves = [\"logs\"]\n",
    );
    for step in 0..9 {
        let _ = write!(
            text,
            "\n[[step]]\nid = \"image-{step}-{number}\"\ntitle = \"Image {{item}} before you touch it\"\n\
             why = \"Cleaning destroys the only copy of what they left.\"\n\
             do = \"\"\"\n1. Take an image of every disk of the host.\n2. Write down its digest.\n\
             3. Move it to where the intruder has no rights.\n\"\"\"\nrole = \"responder\"\n\
             within = \"20m\"\nwhen = \"hosts_affected.count > {number}\"\nneeds = [\"name-hosts\"]\n\
             for-each = \"hosts_affected\"\npreserves = [\"disk-{step}\"]\n\
             evidence = [{{ id = \"image-{step}\", title = \"Image of {{item}}\", required = true }}]\n"
        );
    }
    for step in 0..2 {
        let _ = write!(
            text,
            "\n[[step.command]]\nid = \"snapshot-{step}\"\ntitle = \"Snapshot the volume\"\n\
             run = [\"lvcreate\", \"--snapshot\", \"--name\", \"{{item}}\", \"vg/{number}\"]\ntimeout = \"5m\"\n"
        );
    }
    text
}

/// The same with one slip of the pen and four other mistakes.
fn faulty(number: usize) -> String {
    valid(number)
        .replacen("title = \"Image {item} before you touch it\"", "title = \"Image {item}", 1)
        .replacen("within", "wihtin", 1)
        .replacen("role = \"responder\"", "role = \"respnoder\"", 1)
        .replacen("needs = [\"name-hosts\"]", "needs = [\"name-host\"]", 1)
        .replacen("hosts_affected.count", "hosts_afected.count", 1)
}

fn parse(files: &[PathBuf]) {
    let keys: usize = files
        .par_iter()
        .map(|path| {
            let text = std::fs::read_to_string(path).expect("read");
            toml::de::DeTable::parse_recoverable(&text).0.get_ref().len()
        })
        .sum();
    assert!(keys > files.len());
}

/// Checks a path in a process of its own.
fn check(path: &Path, exit: i32) {
    run(&check_args(path), exit);
}

fn check_args(path: &Path) -> Vec<&OsStr> {
    let args = ["playbook", "check", "--no-config", "--today", "2026-11-23", "--format", "concise"];
    // What is called valid is so for every rule.
    let args = args.into_iter().chain(["--fail-on", "note"]).map(OsStr::new);
    args.chain([path.as_os_str()]).collect()
}

fn run(args: &[&OsStr], exit: i32) {
    let status = Command::new(env!("CARGO_BIN_EXE_breach"))
        .args(args)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("it starts");
    assert_eq!(status.code(), Some(exit), "{args:?}");
}

/// The most memory that any process of ours had so far, in MB.
fn peak() -> i64 {
    getrusage(UsageWho::RUSAGE_CHILDREN).map_or(0, |usage| usage.max_rss()) / 1024
}

/// The time by the clock, and that of processors, in us or in a process that we started.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn timed(work: impl FnOnce()) -> [Duration; 2] {
    let (start, spent) = (Instant::now(), spent());
    work();
    [start.elapsed(), self::spent().saturating_sub(spent)]
}

/// The time that processors spent on us and on what we started.
fn spent() -> Duration {
    let of = |who| {
        getrusage(who)
            .map_or([TimeVal::zero(); 2], |usage| [usage.user_time(), usage.system_time()])
    };
    let all = [UsageWho::RUSAGE_SELF, UsageWho::RUSAGE_CHILDREN].into_iter().flat_map(of);
    all.map(|time| Duration::from_micros(time.num_microseconds().unsigned_abs())).sum()
}

fn median(times: &[[Duration; 2]], part: usize) -> Duration {
    let mut times: Vec<Duration> = times.iter().map(|time| time[part]).collect();
    times.sort();
    times[times.len() / 2]
}

//! Whatever is changed in a file that somebody hands us, its reader returns: no panic, and no wait.
//! Which changes are made is given by their number: a failure can be repeated.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use breach::check::{Policy, check};
use breach::cli::args::Cli;
use breach::clock::FakeClock;
use breach::document::{self, Document};
use breach::fact::{Condition, Vocabulary, When};
use breach::incident::Incident;
use breach::log::HeadCode;
use breach::notice::{self, Item};
use breach::playbook::{Library, Playbook, builtin};
use breach::prompt::Answers;
use breach::regime::{self, Calendar, Regime};
use breach::roster::Roster;
use chrono::{DateTime, FixedOffset, NaiveDate};
use clap::Parser;
use serde_json::Value;

use super::chance::{Chance, mutated};
use super::files;
use crate::cli::room::{PLAYBOOK, Room};
use crate::log::newer::linked;
use crate::log::room::{Room as LogRoom, world};

type Read = Box<dyn Fn(&[u8]) + Send>;

/// A reader with texts that it reads.
struct Target {
    name: &'static str,
    seeds: Vec<Vec<u8>>,
    read: Read,
}

impl Target {
    fn new<'s>(
        name: &'static str,
        seeds: impl IntoIterator<Item = &'s str>,
        read: impl Fn(&[u8]) + Send + 'static,
    ) -> Self {
        let seeds = seeds.into_iter().map(|seed| seed.as_bytes().to_vec()).collect();
        Self { name, seeds, read: Box::new(read) }
    }

    /// Of TOML: it is checked and formatted, and mended by what was found, too.
    fn toml<'s>(
        name: &'static str,
        seeds: impl IntoIterator<Item = &'s str>,
        read: impl Fn(&Document) + Send + 'static,
    ) -> Self {
        Self::new(name, seeds, move |bytes| {
            let Ok(document) = Document::from_bytes("x.toml", bytes.to_vec()) else { return };
            read(&document);
            check(&document, "x.toml", &Policy::default(), today());
            document::format(&document.text);
        })
    }
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day")
}

fn clock() -> FakeClock {
    let at = DateTime::parse_from_rfc3339("2026-11-23T03:12:00+01:00").expect("a moment");
    FakeClock::new(at.to_utc(), FixedOffset::east_opt(3600).expect("a real offset"))
}

/// The built-in playbooks, cases or laws whose path has this in it.
fn of<'t>(all: impl Iterator<Item = &'t (&'static str, &'static str)>, part: &str) -> Vec<&'t str> {
    all.filter(|(path, _)| path.contains(part)).map(|(_, text)| *text).collect()
}

/// Runs a command of the program in this process, in a home of its own.
fn command(room: &Room, words: &[&str]) {
    let home = room.home();
    let home = home.to_str().expect("text");
    let all = [&["breach", "--home", home, "--as", "Ada"], words].concat();
    let cli = Cli::try_parse_from(all).expect("a command line");
    let sink = || Box::new(std::io::sink());
    let mut context = breach::cli::Context::given(world(), sink(), sink(), &cli.global);
    let _ = breach::cli::run(&mut context, &cli);
}

/// An import of a file, in a record that is as it was before each.
fn import(name: &'static str, seeds: &[&str], words: &'static [&'static str]) -> Target {
    let room = Room::new();
    room.open();
    let before = files(room.dir.path());
    Target::new(name, seeds.iter().copied(), move |bytes| {
        let path = room.path("given");
        std::fs::write(&path, bytes).expect("written");
        command(&room, &[words, &[path.to_str().expect("text")]].concat());
        for (path, bytes) in &before {
            if std::fs::metadata(path).expect("there").len() != bytes.len() as u64 {
                std::fs::write(path, bytes).expect("written");
            }
        }
    })
}

/// A chain whose lines are changed as they are.
fn chain() -> Target {
    let room = LogRoom::new();
    room.notes(6);
    let path = room.chain();
    let text = std::fs::read_to_string(&path).expect("a chain");
    let first = include_str!("../log/release-1.jsonl").to_owned();
    Target::new("chain", [&*text, &*first], move |bytes| {
        // Its home lives as long as the whole room does.
        let whole = &room;
        let LogRoom { folder, world, .. } = whole;
        std::fs::write(&path, bytes).expect("written");
        let _ = breach::log::verify(folder, world);
        let _ = breach::log::fold_all(folder, world, &mut Incident::default());
        folder.is_open(world);
    })
}

/// A chain in which a line is changed and all are linked again: it is believed, and told.
fn believed() -> Target {
    let room = Room::new();
    room.walk("n one\nd\nweb-01\nyes\n");
    let path = room.chains().remove(0);
    let first = include_str!("../log/release-1.jsonl");
    Target::new("chain that is believed", [first], move |bytes| {
        let lines = bytes.split(|byte| *byte == b'\n');
        let lines: Vec<Value> = lines
            .filter_map(|line| serde_json::from_slice(line).ok())
            .filter(Value::is_object)
            .collect();
        std::fs::write(&path, linked(&lines)).expect("written");
        let all: [&[&str]; 11] = [
            &["status"],
            &["status", "--format", "json"],
            &["log", "verify", "--evidence"],
            &["export", "timesketch-jsonl"],
            &["report"],
            &["report", "--format", "html"],
            &["log", "show"],
            &["duties"],
            &["evidence", "list"],
            &["export", "csv"],
            &["export", "ical"],
        ];
        let words = all[bytes.iter().map(|byte| usize::from(*byte)).sum::<usize>() % all.len()];
        command(&room, words);
    })
}

/// What this machine remembers of a chain.
fn witness() -> Target {
    let mut room = LogRoom::new();
    let state = tempfile::tempdir().expect("a folder");
    room.world.state = Some(state.path().to_owned());
    room.notes(3);
    let path = files(state.path()).into_keys().next().expect("a witness");
    let text = std::fs::read_to_string(&path).expect("text");
    Target::new("witness", [&*text], move |bytes| {
        let (whole, _) = (&room, &state);
        let LogRoom { folder, world, .. } = whole;
        std::fs::write(&path, bytes).expect("written");
        let _ = breach::log::verify(folder, world);
        let _ = breach::log::fold_all(folder, world, &mut Incident::default());
    })
}

fn targets() -> Vec<Target> {
    let playbooks = || builtin::all().iter();
    let laws: Vec<(&str, &str)> = regime::builtin::all().collect();
    let answers = [
        include_str!("../../cases/ba-2018/answers-opening.toml"),
        include_str!("../../cases/ba-2018/answers-post-mortem.toml"),
    ];
    let facts = Vocabulary::builtin_text();
    let conditions = [
        "incident_kind == 'skimming' and not (hosts_affected.count > 700 or 'a' in data_types)",
        "data_encrypted == unknown or people_affected.count >= 500 and aware is known",
    ];
    let typed = ["about 244000", "DE=5, US-CA=100..200, unknown", "yesterday 02:40", "GBP 1234.50"];
    let timeline = [
        "message,datetime,timestamp_desc\nx,2026-01-01T00:00:00Z,seen\n\"y, z\",2026-01-02T00:00:00+01:00,Occurred\n",
        "{\"message\":\"x\",\"datetime\":\"2026-01-01T00:00:00Z\",\"timestamp_desc\":\"seen\"}\n{\"message\":\"y\",\"datetime\":\"2026-01-01T00:00:00.5Z\",\"timestamp_desc\":\"Occurred\",\"latest\":\"2026-01-01T00:00:01Z\"}\n",
    ];
    let people =
        ["jurisdiction,count\nDE,5\nUS-CA,100\n", "jurisdiction;count\nDE;about 5\nFR;unknown\n"];
    vec![
        chain(),
        believed(),
        witness(),
        Target::toml("playbook", of(playbooks(), "").into_iter().chain([PLAYBOOK]), |document| {
            Playbook::read(document, Library::builtin());
        }),
        Target::toml("facts", [facts], |document| drop(Vocabulary::read(document))),
        Target::toml("shared steps", [Library::builtin_steps()], |document| {
            Library::new(Vocabulary::builtin().clone(), document);
        }),
        Target::toml("roster", [breach::roster::TEMPLATE], |document| {
            Roster::read(document, today());
        }),
        Target::toml("regime", of(laws.iter(), "regimes/"), |document| {
            Regime::read(document, Vocabulary::builtin());
        }),
        Target::toml("calendar", of(laws.iter(), "calendars/"), |document| {
            Calendar::read(document);
        }),
        Target::toml("places", of(laws.iter(), "atlas"), |_| ()),
        Target::toml("answers", answers, |document| drop(Answers::read(document))),
        Target::toml(
            "test of a playbook",
            [include_str!("../../../playbooks/notification/generic.test.toml")],
            |_| (),
        ),
        Target::toml(
            "notice items",
            [include_str!("../../../playbooks/notification/notices/items.toml")],
            |document| drop(Item::read(document)),
        ),
        Target::new("template", notice::builtin().map(|(_, text)| text), |bytes| {
            let Ok(document) = Document::from_bytes("x.md", bytes.to_vec()) else { return };
            let data = minijinja::context! { name => "Ada", list => vec![1, 2], flag => true };
            let _ = breach::template::fill(&document, str::to_uppercase, &data);
        }),
        Target::new("condition", conditions, |bytes| {
            let _ = Condition::parse(&String::from_utf8_lossy(bytes), Vocabulary::builtin());
        }),
        Target::new("typed answer", typed, |bytes| {
            let text = String::from_utf8_lossy(bytes);
            for fact in Vocabulary::builtin().iter() {
                let _ = fact.parse(&text, &clock());
            }
            let _ = When::parse(&text, &clock());
            let _ = HeadCode::parse(&text);
        }),
        import("timeline", &timeline, &["import", "timeline"]),
        import("people", &people, &["fact", "import", "people"]),
    ]
}

/// Changes the texts of each reader at random.
#[test]
#[expect(clippy::disallowed_methods, reason = "it measures how long a reader takes")]
fn a_file_that_was_changed_in_any_way_is_read_to_its_end() {
    let (least, each) = if super::tries_all() { (37_449, 2_100_u64) } else { (18 * 12, 12) };
    let (targets, bad) = (Mutex::new(targets()), Mutex::new(Vec::new()));
    let cases = AtomicUsize::new(0);
    let work = || loop {
        let Some(target) = targets.lock().expect("no panic").pop() else { return };
        for number in 1..=each {
            let mut chance = Chance(number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            let bytes = mutated(&target.seeds, &mut chance);
            let start = Instant::now();
            let ended = catch_unwind(AssertUnwindSafe(|| (target.read)(&bytes)));
            let took = start.elapsed();
            cases.fetch_add(1, Ordering::Relaxed);
            if ended.is_err() || took > Duration::from_secs(60) {
                let text = String::from_utf8_lossy(&bytes);
                let what = format!("{} {number}, {took:?}: {text:.2000?}", target.name);
                bad.lock().expect("no panic").push(what);
            }
        }
    };
    std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    super::row("mutations", least, cases.into_inner(), &bad.into_inner().expect("no panic"));
}

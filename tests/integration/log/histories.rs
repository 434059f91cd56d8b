//! Random histories of several machines that write, copy, restore and join: in whatever order all of it
//! comes together, it is one state, and nothing that was there before is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use breach::clock::FakeClock;
use breach::fact::Value;
use breach::id::IncidentName;
use breach::incident::Incident;
use breach::incident::event::{Closed, Draft, FactSet, Note, Outcome, Reopened, StepOutcome};
use breach::log::{Copies, Folder, IncidentLog};
use breach::world::{Entropy, World};
use chrono::{DateTime, FixedOffset, TimeDelta};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use super::room::{NAME, actor};

const MACHINES: usize = 3;

/// Random bytes that are never the same twice, on no machine.
struct Seeded(AtomicU64);

impl Entropy for Seeded {
    fn fill(&self, buffer: &mut [u8]) -> std::io::Result<()> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        let digest = breach::digest::Digest::of(&number.to_le_bytes()).to_string();
        for (place, byte) in buffer.iter_mut().zip(digest.bytes().cycle()) {
            *place = byte;
        }
        Ok(())
    }
}

/// Something that somebody does, on a machine.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// Writes an entry, having read everything here or not.
    Write { on: usize, what: u8, reads: bool },
    /// Copies the files of another machine over its own, as `cp` does.
    Copy { on: usize, from: usize },
    /// Keeps a backup.
    Save { on: usize },
    /// Plays it back over what is there.
    Restore { on: usize },
    /// Joins what another machine has.
    Join { on: usize, from: usize },
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let machine = || 0..MACHINES;
    let write = (machine(), any::<u8>(), any::<bool>());
    let act = prop_oneof![
        4 => write.prop_map(|(on, what, reads)| Act::Write { on, what, reads }),
        1 => (machine(), machine()).prop_map(|(on, from)| Act::Copy { on, from }),
        1 => machine().prop_map(|on| Act::Save { on }),
        1 => machine().prop_map(|on| Act::Restore { on }),
        3 => (machine(), machine()).prop_map(|(on, from)| Act::Join { on, from }),
    ];
    proptest::collection::vec(act, 4..24)
}

/// The chains of a folder, by file name.
type Files = BTreeMap<String, Vec<u8>>;

struct Machine {
    world: World,
    clock: Arc<FakeClock>,
    folder: Folder,
    saved: Files,
    _dir: tempfile::TempDir,
}

impl Machine {
    fn new(number: usize) -> Self {
        let dir = room();
        let name = IncidentName::parse(NAME).expect("a name");
        let folder = Folder::create(dir.path(), &name).expect("an incident");
        let at = DateTime::parse_from_rfc3339("2026-11-23T03:12:07Z").expect("a moment");
        let skew = TimeDelta::hours([0, -24, 5][number % 3]);
        let off = FixedOffset::east_opt(3600).expect("a real offset");
        let clock = Arc::new(FakeClock::new(at.to_utc() + skew, off));
        let seed = AtomicU64::new(1_000_000 * (1 + number as u64));
        let mut world = World::given(Arc::clone(&clock), Seeded(seed));
        world.machine = format!("machine-{number}");
        world.host = format!("host-{number}");
        world.state = Some(dir.path().join("state"));
        Self { world, clock, folder, saved: Files::new(), _dir: dir }
    }

    fn write(&self, what: u8, reads: bool) {
        self.clock.advance(TimeDelta::seconds(1));
        let mut log =
            IncidentLog::open(&self.folder, &self.world, true, &mut Vec::new()).expect("a log");
        if reads {
            log.fold(&mut Incident::default(), &self.world, &mut Vec::new()).expect("readable");
        }
        let value = || Value::Text(format!("{}", what % 3));
        let mut draft: Draft = match what % 7 {
            0 | 1 => FactSet::new("records", value()).into(),
            2 => FactSet::new("hosts", Value::List(vec![format!("web-{}", what % 5)])).into(),
            3 => StepOutcome::new(if what > 99 { Outcome::Done } else { Outcome::Skipped }).into(),
            4 => Closed::new(vec![], vec![]).into(),
            5 => Reopened { reason: "x".into() }.into(),
            _ => Note::new(format!("note {what}")).into(),
        };
        draft.step = Some("containment/look".to_owned());
        log.append(&draft, &actor(), &self.world).expect("recorded");
    }
}

fn files(folder: &Folder) -> Files {
    let chains = folder.chains().expect("chains").into_iter();
    chains
        .map(|(chain, path)| (format!("{chain}.jsonl"), std::fs::read(path).expect("read")))
        .collect()
}

fn put(folder: &Folder, files: &Files) {
    for (name, bytes) in files {
        std::fs::write(folder.log_dir().join(name), bytes).expect("written");
    }
}

fn lines(files: &Files) -> BTreeSet<Vec<u8>> {
    let each = files.values().flat_map(|bytes| bytes.split_inclusive(|byte| *byte == b'\n'));
    each.filter(|line| line.ends_with(b"\n")).map(<[u8]>::to_vec).collect()
}

/// A folder that vanishes; in memory where that can be, since what a crash loses is tested elsewhere.
fn room() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a folder")
}

/// How one folder is joined to another.
type Join = fn(&Folder, &Folder);

fn join(into: &Folder, from: &Folder) {
    let room = tempfile::tempdir_in(into.path()).expect("a folder");
    let checked = Copies::beside((from, Some(into)), room.path(), || Ok::<_, ()>(()));
    let (copies, ()) = checked.expect("nothing was refused");
    breach::log::join(into, from, &copies).expect("joined");
}

/// A new folder with what these machines have, joined in this order.
fn all_of(dir: &Path, machines: &[Machine], order: &[usize], join: Join) -> Folder {
    let name = IncidentName::parse(NAME).expect("a name");
    let folder = Folder::create(dir, &name).expect("an incident");
    for number in order {
        join(&folder, &machines[*number].folder);
    }
    folder
}

/// Plays a history and brings all of it together in several orders. What is wrong with the outcome.
fn play(acts: &[Act], join: Join) -> Result<(), String> {
    let mut machines: Vec<Machine> = (0..MACHINES).map(Machine::new).collect();
    for act in acts {
        match *act {
            Act::Write { on, what, reads } => machines[on].write(what, reads),
            Act::Copy { on, from } => put(&machines[on].folder, &files(&machines[from].folder)),
            Act::Save { on } => machines[on].saved = files(&machines[on].folder),
            Act::Restore { on } => put(&machines[on].folder, &machines[on].saved),
            Act::Join { on, from } => {
                let before = lines(&files(&machines[on].folder));
                join(&machines[on].folder, &machines[from].folder);
                if !before.is_subset(&lines(&files(&machines[on].folder))) {
                    return Err("a join lost what was there".to_owned());
                }
            }
        }
    }
    let there: BTreeSet<Vec<u8>> =
        machines.iter().flat_map(|machine| lines(&files(&machine.folder))).collect();
    let mut first: Option<(Incident, BTreeSet<Vec<u8>>, bool)> = None;
    for order in [&[0, 1, 2][..], &[2, 1, 0], &[1, 1, 0, 2, 0]] {
        let dir = room();
        let folder = all_of(dir.path(), &machines, order, join);
        let all = files(&folder);
        if lines(&all) != there {
            return Err(format!("not all lines are there, or others, joined as {order:?}"));
        }
        let count = all.values().map(|bytes| bytes.split_inclusive(|b| *b == b'\n').count());
        let has_branches = all.keys().any(|name| name.contains('~'));
        if !has_branches && count.sum::<usize>() != there.len() {
            return Err("a line is there twice".to_owned());
        }
        let mut incident = Incident::default();
        let reports = breach::log::fold_all(&folder, &machines[0].world, &mut incident)
            .map_err(|error| error.to_string())?;
        if !has_branches && let Some(bad) = reports.iter().find_map(|report| report.damage.as_ref())
        {
            return Err(format!("a chain does not verify: {bad}"));
        }
        let chains: BTreeSet<Vec<u8>> = all.into_values().collect();
        match &first {
            None => first = Some((incident, chains, has_branches)),
            Some((state, before, branches)) => {
                if *before != chains {
                    return Err("other chains in another order".to_owned());
                }
                if !branches && !state.is_same_state(&incident) {
                    return Err(format!("another state in another order: {order:?}"));
                }
            }
        }
    }
    Ok(())
}

#[test]
fn any_history_comes_to_one_state_and_loses_nothing() {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let cases = crate::faults::cases(200, 10_000) / u32::try_from(threads).expect("few") + 1;
    let found: Vec<String> = std::thread::scope(|scope| {
        let work = || {
            let config = Config { failure_persistence: None, ..Config::with_cases(cases) };
            let ran = TestRunner::new(config)
                .run(&acts(), |acts| play(&acts, join).map_err(TestCaseError::fail));
            ran.err().map(|error| error.to_string())
        };
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        threads.into_iter().filter_map(|thread| thread.join().expect("it ends")).collect()
    });
    crate::faults::row("histories of several machines", 200, cases as usize * threads, &found);
}

/// Joins with a fault in each: what the histories above have to find.
const FAULTY: [(&str, Join); 7] = [
    ("does nothing", |_, _| {}),
    ("overwrites ours with theirs", |into, from| put(into, &files(from))),
    ("leaves out what ours has an older copy of", |into, from| {
        let ours = files(into);
        let new = files(from).into_iter().filter(|(name, _)| !ours.contains_key(name));
        put(into, &new.collect());
    }),
    ("leaves out new chains", |into, from| {
        let ours = files(into);
        if ours.is_empty() {
            return join(into, from);
        }
        let known = files(from)
            .into_iter()
            .filter(|(name, bytes)| ours.get(name).is_some_and(|ours| ours.len() < bytes.len()));
        put(into, &known.collect());
    }),
    ("cuts the last line of what it brings", |into, from| {
        let before = files(into);
        join(into, from);
        for (name, bytes) in files(into) {
            let last =
                bytes.split_inclusive(|byte| *byte == b'\n').next_back().map_or(0, <[u8]>::len);
            if before.get(&name) != Some(&bytes) && bytes.len() > last {
                let cut = bytes[..bytes.len() - last].to_vec();
                put(into, &Files::from([(name, cut)]));
            }
        }
    }),
    ("adds growth behind what is there already", |into, from| {
        let before = files(into);
        for (name, theirs) in files(from) {
            let mut all = before.get(&name).cloned().unwrap_or_default();
            if all.len() < theirs.len() {
                let from = all.len().saturating_sub(1);
                let start =
                    theirs[..from].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
                all.extend(&theirs[start..]);
                put(into, &Files::from([(name, all)]));
            }
        }
    }),
    ("leaves out short chains", |into, from| {
        let ours = files(into);
        let longer = files(from)
            .into_iter()
            .filter(|(name, theirs)| ours.get(name).is_none_or(|ours| ours.len() < theirs.len()));
        put(into, &longer.filter(|(_, bytes)| bytes.len() > 1500).collect());
    }),
];

#[test]
fn each_planted_fault_is_found() {
    for (number, (fault, join)) in FAULTY.into_iter().enumerate() {
        let seed = RngSeed::Fixed(number as u64);
        let config = Config {
            failure_persistence: None,
            rng_seed: seed,
            max_shrink_iters: 0,
            ..Config::with_cases(200)
        };
        let ran = TestRunner::new(config)
            .run(&acts(), |acts| play(&acts, join).map_err(TestCaseError::fail));
        assert!(ran.is_err(), "nothing found with a join that {fault}");
    }
}

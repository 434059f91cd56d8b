//! A stage on which each command that writes is played again and again from the same state, with the
//! system calls that it makes.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::files;
use crate::cli::room::{Ran, Room, feed};

/// Words that must come back.
pub(super) const WORDS: &str = "words-of-mine";

/// A command that writes: what is run before it, what is typed, what it reads from a pipe.
pub(super) struct Writer(&'static str, pub(super) &'static str, &'static str);

pub(super) const WRITERS: &[Writer] = &[
    Writer("", "note words-of-mine", ""),
    Writer("join OTHER", "conflicts settle 1 --take 1 --why words-of-mine", ""),
    Writer("", "note", "words-of-mine"),
    Writer("", "note words-of-mine:password=hunter22", ""),
    Writer("", "note --at 02:40 -", "LONG"),
    Writer("", "fact set leaking yes --why words-of-mine", ""),
    Writer("", "fact add hosts_affected words-of-mine", ""),
    Writer(
        "fact add hosts_affected gone",
        "fact remove hosts_affected gone --why words-of-mine",
        "",
    ),
    Writer("note x", "undo --why words-of-mine", ""),
    Writer("", "fact import people words-of-mine.csv", ""),
    Writer("", "evidence add words-of-mine", ""),
    Writer("", "evidence add - --title words-of-mine", "an exhibit"),
    Writer("", "evidence add --ref aws:words-of-mine", ""),
    Writer("", "evidence add --in-place words-of-mine", ""),
    Writer("", "evidence verify", ""),
    Writer("", "action add words-of-mine --owner Eve --due 2099-01-01", ""),
    Writer("", "action set A1 --owner words-of-mine", ""),
    Writer("", "action done A1 --link https://x/words-of-mine", ""),
    Writer("", "action drop A1 --reason words-of-mine", ""),
    Writer("action done A1", "action reopen A1 --reason words-of-mine", ""),
    Writer("", "group add words-of-mine --classes bank", ""),
    Writer("group add words-of-mine --classes bank", "group set words-of-mine --offer x", ""),
    Writer("", "group import words-of-mine.groups", ""),
    Writer("", "duties draft eu-gdpr.33-1", ""),
    Writer("", LETTERS, ""),
    Writer("", "duties sent eu-gdpr.33-1 --reference words-of-mine", ""),
    Writer("", "duties waive eu-gdpr.33-1 --by Eve --reason words-of-mine", ""),
    Writer(WAIVE, "duties resume eu-gdpr.33-1 --by Eve --reason words-of-mine", ""),
    Writer("", "duties asked eu-gdpr.33-1 --by Eve --until 2099-01-01 --reason words-of-mine", ""),
    Writer(ASK, "duties answered eu-gdpr.33-1 --by Eve --reason words-of-mine", ""),
    Writer("", DELAY, ""),
    Writer("", "import timeline words-of-mine.timeline", ""),
    Writer("", "import notes words-of-mine.notes", ""),
    Writer("", "step commands blocked words-of-mine", ""),
    Writer("", "step commands assigned --to words-of-mine", ""),
    Writer("step commands done", "step commands open words-of-mine", ""),
    Writer("", "step --from words-of-mine.steps", ""),
    Writer("", "ran commands --command look --host words-of-mine", ""),
    Writer("", "decide pay-ransom words-of-mine --by Eve --role counsel --basis x", ""),
    Writer("", "handoff --to Eve --note words-of-mine", ""),
    Writer("", "incident title words-of-mine", ""),
    Writer("", "close --anyway --reason words-of-mine", ""),
    Writer("close --anyway --reason over", "reopen --reason words-of-mine", ""),
    Writer("", "sync push words-of-mine.store --yes", ""),
    Writer("", "contain --playbook walk.toml", "n words-of-mine\nd\nweb-01\nno\n"),
    Writer(
        "",
        "contain --playbook walk.toml --new",
        "words-of-mine\nunknown\n1\nn words-of-mine\n",
    ),
];
const ASK: &str = "duties asked eu-gdpr.33-1 --by Eve --reason x --until 2099-01-01";
const WAIVE: &str = "duties waive eu-gdpr.33-1 --by Eve --reason x";
// A law that lists no contents, so that a line will do.
const LETTERS: &str = "duties letters us-ga.individuals --people readers.csv --language en \
                       --template readers.md --out out";
const DELAY: &str =
    "duties delay us-ca.individuals --by Eve --reason words-of-mine --until 2099-01-01";

/// System calls that write, or that writing needs.
const CALLS: &str = "openat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,link,linkat,\
                     mkdir,mkdirat,chmod,fchmod,ftruncate,copy_file_range,sendfile,flock,fallocate";

/// A call that can fail: its name, which one of that name, and whether it writes to a stream.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) name: String,
    pub(super) when: usize,
    pub(super) is_stream: bool,
}

/// A room in which one command is run again and again, from the same state.
pub(super) struct Stage {
    pub(super) room: Room,
    pub(super) words: Vec<String>,
    pub(super) input: Vec<u8>,
    pub(super) before: BTreeMap<PathBuf, Vec<u8>>,
    /// How the command ends, and what it records, where nothing fails.
    pub(super) exit: Option<i32>,
    kinds: BTreeMap<String, usize>,
    /// How often it was judged, and where the exit code or what was said did not fit.
    pub(super) judged: AtomicUsize,
    wrong: Mutex<Vec<String>>,
}

impl Stage {
    pub(super) fn new(Writer(before, words, input): &'static Writer) -> Self {
        let room = Room::new();
        room.walk("n one\n");
        std::fs::write(room.path(WORDS), "an exhibit").expect("written");
        let people = "jurisdiction,count\nDE,5\n";
        std::fs::write(room.path("words-of-mine.csv"), people).expect("written");
        let timeline = "message,datetime,timestamp_desc\nx,2026-01-01T00:00:00Z,seen\n";
        std::fs::write(room.path("words-of-mine.timeline"), timeline).expect("written");
        let steps = "step,outcome,text\ncommands,waiting,x\n";
        std::fs::write(room.path("words-of-mine.steps"), steps).expect("written");
        std::fs::write(room.path("words-of-mine.notes"), "2026-01-01 02:40 x\n").expect("written");
        let groups = "group,classes\nwords-of-mine,bank\n";
        std::fs::write(room.path("words-of-mine.groups"), groups).expect("written");
        let people = "id,name,place\na,Ann,US-GA\nb,Bea,US-GA\n";
        std::fs::write(room.path("readers.csv"), people).expect("written");
        std::fs::write(room.path("readers.md"), "[NAME], read this.\n").expect("written");
        std::fs::write(room.path("kept"), "kept").expect("written");
        std::fs::create_dir(room.path("words-of-mine.store")).expect("created");
        if *before == "join OTHER" {
            disagree(&room);
        }
        let prepared = ["evidence add kept", "action add x --owner Eve --due 2099-01-01", before];
        for words in prepared.into_iter().filter(|words| !words.is_empty()) {
            let ran = pipe(&room, &typed(&room, words), b"");
            assert_eq!(ran.exit, Some(0), "{words:?}: {ran:?}");
        }
        let input = if *input == "LONG" { WORDS.repeat(10_000) } else { (*input).to_owned() };
        let words = typed(&room, words);
        let before = files(room.dir.path());
        let mut stage = Self {
            room,
            words,
            input: input.into(),
            before,
            exit: None,
            kinds: BTreeMap::new(),
            judged: AtomicUsize::new(0),
            wrong: Mutex::default(),
        };
        let ran = pipe(&stage.room, &stage.words, &stage.input);
        assert!(matches!(ran.exit, Some(0 | 6)), "{:?}: {ran:?}", stage.words);
        (stage.exit, stage.kinds) = (ran.exit, stage.recorded());
        assert!(!stage.kinds.is_empty(), "{:?} records nothing: {ran:?}", stage.words);
        stage.restore();
        stage
    }

    /// How many entries of each kind the command has recorded.
    fn recorded(&self) -> BTreeMap<String, usize> {
        let mut kinds = BTreeMap::new();
        for (path, bytes) in files(self.room.dir.path()) {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if path.extension().is_none_or(|end| end != "jsonl") || name.starts_with('.') {
                continue;
            }
            let old = self.before.get(&path).map_or(0, Vec::len);
            for line in bytes[old..].split(|byte| *byte == b'\n') {
                let Ok(entry) = serde_json::from_slice::<serde_json::Value>(line) else { continue };
                let kind = entry["kind"].as_str().expect("a kind");
                // What the program says by itself.
                if !["genesis", "joined", "recovery", "clock"].contains(&kind) {
                    *kinds.entry(kind.to_owned()).or_default() += 1;
                }
            }
        }
        kinds
    }

    /// Whether all that the command was to record is there.
    pub(super) fn is_complete(&self) -> bool {
        let found = self.recorded();
        self.kinds.iter().all(|(kind, count)| found.get(kind).is_some_and(|found| found >= count))
    }

    /// Puts every file back as it was, in its place: it stays the same file.
    pub(super) fn restore(&self) {
        let now = files(self.room.dir.path());
        for path in now.keys().filter(|path| !self.before.contains_key(*path)) {
            std::fs::remove_file(path).expect("removed");
        }
        // Letters are written only into an empty folder.
        let _ = std::fs::remove_dir_all(self.room.path("out"));
        for (path, bytes) in &self.before {
            if now.get(path) != Some(bytes) {
                std::fs::write(path, bytes).expect("written");
            }
        }
    }

    /// The command, under strace with these options.
    pub(super) fn traced(&self, options: &[&str]) -> Command {
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        super::disk::strace(&self.room, options, &words)
    }

    pub(super) fn surrounded(&self, mut command: Command) -> Command {
        let plain = self.room.command(&[]);
        command.env_clear().current_dir(self.room.dir.path());
        command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command
    }

    /// The calls that it makes.
    pub(super) fn calls(&self) -> Vec<Call> {
        let trace = self.room.path("trace");
        let path = trace.to_str().expect("text");
        let command = self.traced(&["-o", path, "-e", &format!("trace={CALLS}")]);
        assert_eq!(feed(command, &self.input).exit, self.exit, "{:?}", self.words);
        let text = std::fs::read_to_string(&trace).expect("a trace");
        self.restore();
        let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut calls = Vec::new();
        for line in text.lines() {
            let Some((process, call)) = line.split_once(' ') else { continue };
            let Some((name, arguments)) = call.trim_start().split_once('(') else { continue };
            let when = counts.entry((process, name)).or_default();
            *when += 1;
            let writes = ["O_WRONLY", "O_RDWR", "O_CREAT"].iter().any(|flag| call.contains(flag));
            if name != "openat" || writes {
                let is_stream = name == "write"
                    && arguments.starts_with(['1', '2'])
                    && arguments[1..].starts_with(',');
                calls.push(Call { name: name.to_owned(), when: *when, is_stream });
            }
        }
        assert!(calls.iter().any(|call| call.name == "fdatasync"), "{text}");
        calls
    }

    pub(super) fn tell(&self, what: String) {
        self.wrong.lock().expect("no panic").push(what);
    }
}

/// Another machine says otherwise, in a copy of the incident.
fn disagree(room: &Room) {
    let there = room.copied();
    for (room, said) in [(room, "yes"), (&there, "no")] {
        let ran = pipe(room, &typed(room, &format!("fact set leaking {said}")), b"");
        assert_eq!(ran.exit, Some(0), "{ran:?}");
    }
    let incident = there.chains()[0].ancestors().nth(2).expect("a folder").to_owned();
    let other = room.path("other").join(incident.file_name().expect("a name"));
    std::fs::create_dir_all(other.join("log")).expect("created");
    crate::cli::room::copy(&incident, &other);
}

/// A command line as it is typed, with the action item that there is.
fn typed(room: &Room, words: &str) -> Vec<String> {
    let item = || {
        let body = room.bodies("action").into_iter().next()?;
        Some(body["action"].as_str()?.to_owned())
    };
    let item = if words.contains("A1") { item().unwrap_or_default() } else { String::new() };
    let words = words.replace("A1", &item);
    let other = std::fs::read_dir(room.path("other")).ok().and_then(|mut all| all.next()?.ok());
    let other = other.map(|entry| entry.path().to_string_lossy().into_owned());
    let words = words.replace("OTHER", &other.unwrap_or_default());
    words.split(' ').chain(["--as", "Ada"]).map(str::to_owned).collect()
}

fn pipe(room: &Room, words: &[String], input: &[u8]) -> Ran {
    room.pipe(&words.iter().map(String::as_str).collect::<Vec<_>>(), input)
}

/// Sets the stage for each of these writers, and fails if anything went wrong on one, or at less than
/// `least`.
pub(super) fn on_each_stage(
    row: &str,
    least: usize,
    writers: &'static [Writer],
    play: impl Fn(usize, &mut Stage) + Sync,
) {
    let (next, judged) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        let mut wrong = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(writer) = writers.get(number) else { return wrong };
            let mut stage = Stage::new(writer);
            play(number, &mut stage);
            judged.fetch_add(stage.judged.load(Ordering::Relaxed), Ordering::Relaxed);
            wrong.extend(stage.wrong.into_inner().expect("no panic"));
        }
    };
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("it ends")).collect()
    });
    super::row(row, least, judged.into_inner(), &wrong);
}

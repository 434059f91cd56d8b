//! Every command that writes, with each of its system calls that write failing in turn, and with
//! nobody there to be told: its exit code is held against the log.
//!
//! 0 only if all of it is recorded; 74, NOT RECORDED and the text back if it is not; and where
//! something fails afterwards, the program says that it is recorded.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use breach::cli::args::{Cli, gives};
use clap::CommandFactory;

use crate::cli::room::{BREACH, Ran, Room, feed};

/// Words that must come back.
const WORDS: &str = "words-of-mine";

/// A command that writes: what is run before it, what is typed, what it reads from a pipe.
struct Writer(&'static str, &'static str, &'static str);

const WRITERS: &[Writer] = &[
    Writer("", "note words-of-mine", ""),
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
    Writer("", "duties draft eu-gdpr.33-1", ""),
    Writer("", "duties sent eu-gdpr.33-1 --reference words-of-mine", ""),
    Writer("", "duties waive eu-gdpr.33-1 --by Eve --reason words-of-mine", ""),
    Writer(WAIVE, "duties resume eu-gdpr.33-1 --by Eve --reason words-of-mine", ""),
    Writer("", "duties asked eu-gdpr.33-1 --by Eve --until 2099-01-01 --reason words-of-mine", ""),
    Writer("", "duties answered eu-gdpr.33-1 --by Eve --reason words-of-mine", ""),
    Writer("", DELAY, ""),
    Writer("", "import timeline words-of-mine.timeline", ""),
    Writer("", "incident title words-of-mine", ""),
    Writer("", "close --anyway --reason words-of-mine", ""),
    Writer("close --anyway --reason over", "reopen --reason words-of-mine", ""),
    Writer("", "contain --playbook walk.toml", "n words-of-mine\nd\nweb-01\nno\n"),
    Writer(
        "",
        "contain --playbook walk.toml --new",
        "words-of-mine\nunknown\n1\nn words-of-mine\n",
    ),
];
const WAIVE: &str = "duties waive eu-gdpr.33-1 --by Eve --reason x";
const DELAY: &str =
    "duties delay us-ca.individuals --by Eve --reason words-of-mine --until 2099-01-01";

/// System calls that write, or that writing needs.
const CALLS: &str = "openat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,link,linkat,\
                     mkdir,mkdirat,chmod,fchmod,ftruncate,copy_file_range,sendfile,flock,fallocate";

/// A call that can fail: its name, which one of that name, and whether it writes to a stream.
#[derive(Debug)]
struct Call {
    name: String,
    when: usize,
    is_stream: bool,
}

/// A room in which one command is run again and again, from the same state.
struct Stage {
    room: Room,
    words: Vec<String>,
    input: Vec<u8>,
    before: BTreeMap<PathBuf, Vec<u8>>,
    /// How the command ends, and what it records, where nothing fails.
    exit: Option<i32>,
    kinds: BTreeMap<String, usize>,
    /// Where the exit code or what was said did not fit.
    wrong: Mutex<Vec<String>>,
}

impl Stage {
    fn new(Writer(before, words, input): &'static Writer) -> Self {
        let room = Room::new();
        room.walk("n one\n");
        std::fs::write(room.path(WORDS), "an exhibit").expect("written");
        let people = "jurisdiction,count\nDE,5\n";
        std::fs::write(room.path("words-of-mine.csv"), people).expect("written");
        let timeline = "message,datetime,timestamp_desc\nx,2026-01-01T00:00:00Z,seen\n";
        std::fs::write(room.path("words-of-mine.timeline"), timeline).expect("written");
        std::fs::write(room.path("kept"), "kept").expect("written");
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
    fn is_complete(&self) -> bool {
        let found = self.recorded();
        self.kinds.iter().all(|(kind, count)| found.get(kind).is_some_and(|found| found >= count))
    }

    /// Puts every file back as it was, in its place: it stays the same file.
    fn restore(&self) {
        let now = files(self.room.dir.path());
        for path in now.keys().filter(|path| !self.before.contains_key(*path)) {
            std::fs::remove_file(path).expect("removed");
        }
        for (path, bytes) in &self.before {
            if now.get(path) != Some(bytes) {
                std::fs::write(path, bytes).expect("written");
            }
        }
    }

    /// The command, under strace with these options.
    fn traced(&self, options: &[&str]) -> Command {
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        super::disk::strace(&self.room, options, &words)
    }

    fn surrounded(&self, mut command: Command) -> Command {
        let plain = self.room.command(&[]);
        command.env_clear().current_dir(self.room.dir.path());
        command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command
    }

    /// The calls that it makes.
    fn calls(&self) -> Vec<Call> {
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

    /// Runs it with one call failing, holds the exit code against the log, and sees that the next
    /// note works.
    fn fail(&self, call: &Call, error: &str) {
        let Call { name, when, is_stream } = call;
        let inject = format!("inject={name}:error={error}:when={when}");
        let ran = feed(self.traced(&["-o", "/dev/null", "-e", &inject]), &self.input);
        self.judge(&ran, !is_stream, &inject);
        let after = self.room.breach(&["note", "--incident", "2", "--as", "Ada", "after it"]);
        let several = after.said().contains("matches several incidents");
        assert!(after.exit == Some(0) || several, "{:?} {inject}: {after:?}", self.words);
        self.restore();
    }

    /// Whether the exit code and what was said fit what is in the log.
    fn judge(&self, ran: &Ran, is_heard: bool, fault: &str) {
        let (complete, said) = (self.is_complete(), ran.said());
        let says = |what: &str| !is_heard || said.contains(what);
        let in_part = says("recorded before this failed");
        // A walk has not read what it was to record when its first entry fails.
        let words = says(WORDS) || !self.gives_words() || self.words[0] == "contain";
        let fits = match ran.exit {
            exit if exit == self.exit => complete,
            Some(1) => complete && says("recorded"),
            Some(74) if complete => in_part || says("may have been recorded after all"),
            Some(74) => says("NOT RECORDED") && (words || in_part),
            _ => false,
        };
        if !fits {
            let what = format!("{} {fault}, complete: {complete}, {ran:?}", self.words.join(" "));
            self.wrong.lock().expect("no panic").push(what);
        }
    }

    fn gives_words(&self) -> bool {
        let typed = self.words.iter().any(|word| word.contains(WORDS));
        typed || String::from_utf8_lossy(&self.input).contains(WORDS)
    }

    /// Runs it with nobody there to be told, in each way.
    fn unheard(&self) {
        let closed =
            ["exec \"$0\" \"$@\" >&-", "exec \"$0\" \"$@\" 2>&-", "exec \"$0\" \"$@\" >&- 2>&-"];
        for how in closed {
            let mut command = Command::new("bash");
            command.args(["-c", how, BREACH]).args(&self.words);
            let ran = feed(self.surrounded(command), &self.input);
            self.judge(&ran, !how.contains("2>"), how);
            self.restore();
        }
        for (out, err) in [(true, false), (false, true), (true, true)] {
            for how in ["full", "left"] {
                let stream = |is_bad: bool| match how {
                    _ if !is_bad => Stdio::piped(),
                    "full" => File::create("/dev/full").expect("a device").into(),
                    _ => nobody(),
                };
                let ran = self.with(stream(out), stream(err));
                self.judge(&ran, !err, &format!("{how}: {out} {err}"));
                self.restore();
            }
        }
    }

    fn with(&self, out: Stdio, err: Stdio) -> Ran {
        use std::io::Write;
        let mut command = self.surrounded(Command::new(BREACH));
        command.args(&self.words);
        let mut child =
            command.stdin(Stdio::piped()).stdout(out).stderr(err).spawn().expect("runs");
        let mut stdin = child.stdin.take().expect("a pipe");
        // It may have had enough before the end.
        let _ = stdin.write_all(&self.input);
        drop(stdin);
        let output = child.wait_with_output().expect("it ends");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Ran { exit: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// A command line as it is typed, with the action item that there is.
fn typed(room: &Room, words: &str) -> Vec<String> {
    let item =
        room.bodies("action").first().and_then(|body| Some(body["action"].as_str()?.to_owned()));
    let words = words.replace("A1", &item.unwrap_or_default());
    words.split(' ').chain(["--as", "Ada"]).map(str::to_owned).collect()
}

fn pipe(room: &Room, words: &[String], input: &[u8]) -> Ran {
    room.pipe(&words.iter().map(String::as_str).collect::<Vec<_>>(), input)
}

fn nobody() -> Stdio {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    writer.into()
}

/// Every file below a folder but its traces, with what is in it.
fn files(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if !path.ends_with("trace") {
            found.insert(path.clone(), std::fs::read(&path).expect("read"));
        }
    }
    found
}

/// Sets the stage for each writer, and fails if anything went wrong on one.
fn on_each_stage(play: impl Fn(usize, &Stage) + Sync) {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut wrong = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(writer) = WRITERS.get(number) else { return wrong };
            let stage = Stage::new(writer);
            play(number, &stage);
            wrong.extend(stage.wrong.into_inner().expect("no panic"));
        }
    };
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("it ends")).collect()
    });
    assert!(wrong.is_empty(), "{} do not fit:\n{}", wrong.len(), wrong.join("\n"));
}

/// Few of the calls of each command, others for each; of a note, all.
#[test]
fn whatever_fails_the_exit_code_says_what_is_in_the_log() {
    on_each_stage(|number, stage| {
        for (place, call) in stage.calls().iter().enumerate() {
            if number == 0 || place % 48 == number % 48 {
                stage.fail(call, if call.name.contains("sync") { "EIO" } else { "ENOSPC" });
            }
        }
        if number % 10 == 0 {
            stage.unheard();
        }
    });
}

#[test]
#[ignore = "minutes: `.ci/long` runs it"]
fn whichever_call_fails_the_exit_code_says_what_is_in_the_log() {
    on_each_stage(|_, stage| {
        for call in stage.calls() {
            for error in ["EIO", "ENOSPC"] {
                stage.fail(&call, error);
            }
        }
        stage.unheard();
    });
}

#[test]
fn every_command_that_writes_is_tried() {
    let tried = |words: &str| {
        WRITERS.iter().any(|writer| format!("{} ", writer.1).starts_with(&format!("{words} ")))
    };
    let root = Cli::command();
    for command in root.get_subcommands() {
        let name = command.get_name();
        let verbs: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        for verb in &verbs {
            let words = format!("{name} {verb}");
            assert!(!gives(words.split(' ')) || tried(&words), "{words} is not tried");
        }
        assert!(!verbs.is_empty() || !gives([name]) || tried(name), "{name} is not tried");
    }
}

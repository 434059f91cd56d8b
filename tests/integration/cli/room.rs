//! A scrubbed room for the real binary: a home that vanishes, nothing of our own environment.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use breach::clock::FakeClock;
use breach::fact::Vocabulary;
use breach::incident::event::{Actor, FactSet};
use breach::log::{Folder, IncidentLog};
use breach::world::World;
use chrono::FixedOffset;
use tempfile::TempDir;

pub(crate) const BREACH: &str = env!("CARGO_BIN_EXE_breach");

/// A playbook with one of everything that a walk can meet.
pub(crate) const PLAYBOOK: &str = include_str!("walk.toml");

pub(crate) struct Room {
    pub(crate) dir: TempDir,
    /// Digits that stand before the 29 of every `sleep` of this room's playbook, and of no other's:
    /// what is left of them can be looked for by name.
    pub(crate) mark: String,
}

/// What a run gave.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) exit: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// What was said on standard error, its lines joined: where they break is not tested.
    pub(crate) fn said(&self) -> String {
        flowed(&self.err)
    }
}

/// A text on one line, wherever its lines break.
pub(crate) fn flowed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Room {
    pub(crate) fn new() -> Self {
        static ROOMS: AtomicU32 = AtomicU32::new(100);
        let number = ROOMS.fetch_add(1, Ordering::Relaxed);
        let mark = format!("{}{number}", std::process::id());
        let room = Self { dir: tempfile::tempdir().expect("a folder"), mark };
        let playbook = PLAYBOOK.replace("sleep 29", &format!("sleep {}29", room.mark));
        let playbook = playbook.replace("\"296\"", &format!("\"{}296\"", room.mark));
        std::fs::write(room.playbook(), playbook).expect("written");
        room
    }

    /// Another room with the same files.
    pub(crate) fn copied(&self) -> Self {
        let room = Self { dir: tempfile::tempdir().expect("a folder"), mark: self.mark.clone() };
        copy(self.dir.path(), room.dir.path());
        room
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.path("home")
    }

    pub(crate) fn playbook(&self) -> PathBuf {
        self.path("walk.toml")
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(BREACH);
        command
            .args(arguments)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.dir.path())
            .env("TZ", "UTC")
            .env("COLUMNS", "80")
            .env("BREACH_HOME", self.home())
            .env("XDG_STATE_HOME", self.path("state"))
            .current_dir(self.dir.path());
        command
    }

    pub(crate) fn breach(&self, arguments: &[&str]) -> Ran {
        self.pipe(arguments, b"")
    }

    pub(crate) fn pipe(&self, arguments: &[&str], input: &[u8]) -> Ran {
        feed(self.command(arguments), input)
    }

    /// Opens an incident without walking any step.
    pub(crate) fn open(&self) -> Ran {
        self.walk("")
    }

    /// `breach contain` with our playbook; the opening is answered, then `lines`.
    pub(crate) fn walk(&self, lines: &str) -> Ran {
        let opening =
            if self.chains().is_empty() { "Ada\nStrange script\nunknown\n1\n" } else { "" };
        let playbook = self.playbook();
        let playbook = playbook.to_str().expect("text");
        let ran = self.pipe(
            &["contain", "--playbook", playbook, "--as", "Ada"],
            format!("{}{lines}", opening.strip_prefix("Ada\n").unwrap_or(opening)).as_bytes(),
        );
        assert_ne!(ran.exit, Some(101), "{}", ran.err);
        ran
    }

    /// Records facts of the only incident without a start of the program for each: no determinations, in
    /// no rehearsal, and not under counsel's direction.
    pub(crate) fn knows(&self, facts: &[(&str, &str)]) {
        let mut world = World::system();
        world.state = Some(self.path("state/breach"));
        let incident = entries(&self.home().join("incidents")).remove(0);
        let folder = Folder::at(&incident).expect("an incident");
        let mut log = IncidentLog::open(&folder, &world, true, &mut Vec::new()).expect("a log");
        let (user, login) = (world.user.clone(), world.login);
        let actor = Actor { name: Some("Ada".to_owned()), user, login };
        // The program runs in UTC, too.
        let utc = FakeClock::new(world.now().at, FixedOffset::east_opt(0).expect("UTC"));
        for (name, value) in facts {
            let fact = Vocabulary::builtin().get(name).expect("a fact");
            assert!(!fact.determination, "{name} is decided");
            let value = fact.parse(value, &utc).expect("a value").value;
            log.append(&FactSet::new(*name, value).into(), &actor, &world).expect("recorded");
        }
    }

    /// The chain files of all incidents.
    pub(crate) fn chains(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for incident in entries(&self.home().join("incidents")) {
            found.extend(entries(&incident.join("log")));
        }
        found.sort();
        found
    }

    /// Every entry of the only chain.
    pub(crate) fn entries(&self) -> Vec<serde_json::Value> {
        let chains = self.chains();
        assert_eq!(chains.len(), 1, "{chains:?}");
        let bytes = std::fs::read(&chains[0]).expect("a chain");
        bytes
            .split(|byte| *byte == b'\n')
            .filter_map(|line| serde_json::from_slice(line).ok())
            .collect()
    }

    /// The bodies of one kind.
    pub(crate) fn bodies(&self, kind: &str) -> Vec<serde_json::Value> {
        let of_kind = self.entries().into_iter().filter(|entry| entry["kind"] == kind);
        of_kind.map(|mut entry| entry["body"].take()).collect()
    }

    /// Lets the witness of the only chain name its last whole line: as a crash leaves it that tore
    /// what was written then, or as if the program had written what a test did.
    pub(crate) fn witness_the_end(&self) {
        let chain = self.chains().remove(0);
        let text = std::fs::read(&chain).expect("a chain");
        let lines = text.split_inclusive(|byte| *byte == b'\n');
        let whole = |line: &&[u8]| serde_json::from_slice::<serde_json::Value>(line).is_ok();
        let (seq, line) = lines.enumerate().filter(|(_, line)| whole(line)).last().expect("a line");
        let name = chain.with_extension("json");
        let witness = self.path("state/breach").join(name.file_name().expect("a name"));
        let text = std::fs::read(&witness).expect("a witness");
        let mut value: serde_json::Value = serde_json::from_slice(&text).expect("JSON");
        value["head"]["seq"] = seq.into();
        value["head"]["head"] = breach::digest::Digest::of(line).to_string().into();
        std::fs::write(witness, value.to_string()).expect("written");
    }

    /// Fails unless every chain verifies.
    pub(crate) fn verify(&self) {
        for chain in self.chains() {
            let ran = self.breach(&["log", "verify", chain.to_str().expect("text")]);
            assert_eq!(ran.exit, Some(0), "{ran:?}");
        }
    }
}

/// Waits for something that another process does, long enough for the busiest machine.
#[expect(clippy::disallowed_methods, reason = "the test waits for real processes")]
pub(crate) fn until(what: &str, mut happened: impl FnMut() -> bool) {
    let start = std::time::Instant::now();
    while !happened() {
        assert!(start.elapsed().as_secs() < 60, "waited in vain until {what}");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

/// Whether a process runs whose command line matches.
pub(crate) fn runs(pattern: &str) -> bool {
    let found = Command::new("pgrep").args(["-f", pattern]).output().expect("pgrep");
    !found.stdout.is_empty()
}

fn entries(dir: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(dir)
        .map(|entries| entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect())
        .unwrap_or_default()
}

pub(crate) fn copy(from: &Path, to: &Path) {
    for entry in entries(from) {
        let to = to.join(entry.file_name().expect("a name"));
        if entry.is_dir() {
            std::fs::create_dir_all(&to).expect("created");
            let mode = entry.metadata().expect("a folder").permissions();
            std::fs::set_permissions(&to, mode).expect("changed");
            copy(&entry, &to);
        } else {
            std::fs::copy(&entry, &to).expect("copied");
        }
    }
}

/// Runs a command with this input to its end.
pub(crate) fn feed(mut command: Command, input: &[u8]) -> Ran {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        use std::io::Write;
        // It may have had enough before the end.
        let _ = stdin.write_all(&input);
    });
    let Output { status, stdout, stderr } = child.wait_with_output().expect("it ends");
    writer.join().expect("the input was written");
    Ran {
        exit: status.code(),
        out: String::from_utf8(stdout).expect("UTF-8"),
        err: String::from_utf8(stderr).expect("UTF-8"),
    }
}

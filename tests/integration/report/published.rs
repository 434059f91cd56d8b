//! Published breaches, each recorded through the program by the script of its folder under
//! `tests/cases/`, on a clock that stands where it is put: the same bytes on every machine.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use breach::cli::args::Cli;
use breach::cli::{self, Context};
use breach::clock::{Clock, FakeClock, Moment};
use breach::world::World;
use chrono::{DateTime, FixedOffset, Offset as _, TimeDelta, Utc};
use chrono_tz::Tz;
use clap::Parser as _;
use serde_json::Value;

use crate::log::room::Counting;
use crate::paper::Paper;

/// A case that was recorded.
pub(crate) struct Published {
    home: tempfile::TempDir,
    clock: Arc<FakeClock>,
    folder: PathBuf,
    zone: Tz,
    entropy: Arc<Counting>,
}

/// A clock that stands still, on a wall where the company of a case sits.
struct Wall(Arc<FakeClock>, Tz);

impl Clock for Wall {
    fn now(&self) -> Moment {
        let now = self.0.now();
        Moment { off: now.at.with_timezone(&self.1).offset().fix(), ..now }
    }

    fn offset_at(&self, at: DateTime<Utc>) -> FixedOffset {
        at.with_timezone(&self.1).offset().fix()
    }
}

impl Published {
    /// Runs the script of a case from its first line to its last.
    pub(crate) fn new(case: &str) -> Self {
        let now = DateTime::parse_from_rfc3339("2026-11-25T09:00:00Z").expect("a moment");
        let utc = FixedOffset::east_opt(0).expect("an offset");
        let mut published = Self {
            home: tempfile::tempdir().expect("a folder"),
            clock: Arc::new(FakeClock::new(now.to_utc(), utc)),
            folder: PathBuf::new(),
            zone: Tz::UTC,
            entropy: Arc::new(Counting::new()),
        };
        published.record(case);
        published
    }

    /// Runs the script of another case in the same home.
    pub(crate) fn record(&mut self, case: &str) {
        self.folder = folder(case);
        let script = std::fs::read_to_string(self.folder.join("record.sh")).expect("a script");
        let zone = script.lines().find_map(|line| line.strip_prefix("export TZ="));
        self.zone = zone.expect("a zone").parse().expect("a known zone");
        for line in lines(&script) {
            self.run(&line);
        }
    }

    /// The commands of a case.
    pub(crate) fn script(case: &str) -> Vec<String> {
        let script = std::fs::read_to_string(folder(case).join("record.sh")).expect("a script");
        lines(&script)
    }

    /// Where the incidents lie.
    pub(crate) fn incidents(&self) -> PathBuf {
        self.home.path().join("home/incidents")
    }

    /// Runs a command as it is typed, and gives its results.
    pub(crate) fn run(&self, line: &str) -> String {
        let (exit, out) = self.attempt(line);
        // The opening answers no step: the walk waits for the facts.
        let expected = if line.contains("--new") { "(Stopped, " } else { "Done" };
        assert!(exit.starts_with(expected), "{line}: {exit}");
        out
    }

    /// Runs a command: how it ended, and its results.
    pub(crate) fn attempt(&self, line: &str) -> (String, String) {
        let place = |word: String| {
            let file = word.starts_with("answers-");
            if file { self.folder.join(&word).to_string_lossy().into_owned() } else { word }
        };
        let mut words: Vec<String> = words(line).into_iter().map(place).collect();
        words.push("--home".to_owned());
        words.push(self.home.path().join("home").to_string_lossy().into_owned());
        let cli = Cli::try_parse_from(words).unwrap_or_else(|error| panic!("{line}: {error}"));
        let world =
            World::given(Wall(Arc::clone(&self.clock), self.zone), Arc::clone(&self.entropy));
        let (out, screen) = (Paper::default(), Paper::default());
        let mut context =
            Context::given(world, Box::new(out.clone()), Box::new(screen.clone()), &cli.global);
        let result = cli::run(&mut context, &cli);
        self.clock.advance(TimeDelta::seconds(1));
        let exit = match result {
            Ok(exit) => format!("{exit:?}"),
            Err(failure) => {
                let shown = (failure.exit, &failure.error, &failure.hints, &failure.details);
                format!("{shown:?}")
            }
        };
        (exit, out.text())
    }

    /// The report as Markdown. Digests hang on the playbook's text and on what this machine says of
    /// its clock.
    pub(crate) fn markdown(&self) -> String {
        let page = self.run("breach report --format markdown");
        let digest = |word: &str| word.len() == 64 && word.bytes().all(|b| b.is_ascii_hexdigit());
        let lines = page.lines().map(|line| {
            let line = if line.starts_with("- **Code of the record:** ") { "CODE" } else { line };
            let words = line.split(' ').map(|word| if digest(word) { "DIGEST" } else { word });
            words.collect::<Vec<_>>().join(" ")
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Every entry of its logs.
    pub(crate) fn entries(&self) -> Vec<Value> {
        let inside = |folder: &Path| {
            let entries = std::fs::read_dir(folder).expect("a folder");
            entries.map(|entry| entry.expect("an entry").path())
        };
        let chains = inside(&self.incidents()).flat_map(|incident| inside(&incident.join("log")));
        let texts = chains.map(|chain| std::fs::read_to_string(chain).expect("a chain"));
        let read = |line: &str| serde_json::from_str(line).expect("JSON");
        texts.flat_map(|text| text.lines().map(read).collect::<Vec<Value>>()).collect()
    }

    /// The report as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.run("breach report --format json")).expect("JSON")
    }
}

fn folder(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(case)
}

/// Commands of a script: comments are left out, a backslash goes on in the next line.
fn lines(script: &str) -> Vec<String> {
    let joined = script.replace("\\\n", " ");
    let lines = joined.lines().map(str::trim);
    lines.filter(|line| line.starts_with("breach ")).map(str::to_owned).collect()
}

/// Words of a command: what is between single quotes is one.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (number, piece) in line.split('\'').enumerate() {
        if number % 2 == 1 {
            words.push(piece.to_owned());
        } else {
            words.extend(piece.split_whitespace().map(str::to_owned));
        }
    }
    words
}

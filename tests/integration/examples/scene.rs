//! A room in which the examples of a page are played.

use std::io::{Read, Write};
use std::process::{Command, Stdio};

use super::page::Block;
use crate::check::example::whole;
use crate::cli::room::{BREACH, Room};

/// What examples call the things that differ from run to run: incident, chain, home.
const INCIDENT: &str = "2026-11-23-plain-birch";
const CHAIN: &str = "41389ab9";
const HOME: &str = "/home/ada/.local/share/breach";

pub(super) struct Scene {
    room: Room,
}

impl Scene {
    pub(super) fn new() -> Self {
        let room = Room::new();
        std::fs::remove_file(room.playbook()).expect("removed");
        Self { room }
    }

    /// Plays a block.
    pub(super) fn play(&mut self, block: &Block<'_>) -> Result<(), String> {
        for (name, value) in &block.marks {
            match *name {
                "room" => *self = Self::prepare(value)?,
                "file" | "part" | "typed" | "exit" | "foreign" => {}
                name => return Err(format!("no block has a `{name}`")),
            }
        }
        let text = block.lines.iter().flat_map(|line| [line, "\n"]).collect::<String>();
        match block.fence {
            "console" => self.console(block),
            "toml" if block.mark("foreign").is_some() => {
                toml::from_str::<toml::Table>(&text).map(drop).map_err(|error| error.to_string())
            }
            "toml" => self.toml(block, &text),
            "json" => {
                let parsed: Result<serde_json::Value, _> = serde_json::from_str(&text);
                parsed.map(drop).map_err(|error| error.to_string())
            }
            "sh" | "yaml" | "text" | "lua" => self.keep(block, &text).map(drop),
            "csv" => self.keep(block, &text).and_then(|name| {
                name.map(drop).ok_or_else(|| "a table is no example without its file".to_owned())
            }),
            fence => Err(format!("nobody knows how to try `{fence}`")),
        }
    }

    /// A room in which something has happened.
    fn prepare(name: &str) -> Result<Self, String> {
        let scene = Self::new();
        let commands: &[(&str, &str, i32)] = match name {
            "empty" => &[],
            "skimming" => &[
                (
                    "breach contain --as 'Ada Lovelace'",
                    "Strange script on the checkout\n2026-11-23 02:10\n1\n\n\
                     d\nclosed\nlinux\n",
                    6,
                ),
                ("breach fact set hosts_affected web-01, web-02", "", 0),
                ("breach fact set people_affected DE 1200, US-CA about 300", "", 0),
            ],
            "own-playbook" => &[(
                "breach playbook new --phase containment --title 'Contain a breach of mail' \
                 --owner secops mail.toml",
                "",
                0,
            )],
            name => return Err(format!("nobody prepares a room `{name}`")),
        };
        for (line, typed, exit) in commands {
            let (code, shown) = scene.run(line, typed);
            assert_eq!(code, Some(*exit), "{line}: {shown}");
        }
        Ok(scene)
    }

    /// Writes a block into the file that it names.
    fn keep(&self, block: &Block<'_>, text: &str) -> Result<Option<String>, String> {
        let Some(name) = block.mark("file") else { return Ok(None) };
        std::fs::write(self.room.path(name), text).map_err(|error| error.to_string())?;
        Ok(Some(name.to_owned()))
    }

    fn toml(&self, block: &Block<'_>, text: &str) -> Result<(), String> {
        let line = match (self.keep(block, text)?, block.mark("part")) {
            (Some(name), None) if name == "roster.toml" => format!("breach roster check {name}"),
            (Some(name), None) if name == "breach.toml" => {
                format!("breach playbook check --builtin --config {name}")
            }
            (Some(name), None) => format!("breach playbook check --fail-on warning {name}"),
            (None, Some("playbook")) => {
                std::fs::write(self.room.path("part.toml"), whole(text)).expect("written");
                "breach playbook check --fail-on warning part.toml".to_owned()
            }
            _ => return Err("name its `file`, or the `part` that it is".to_owned()),
        };
        match self.run(&line, "") {
            (Some(0), _) => Ok(()),
            (_, shown) => Err(format!("$ {line}\n{shown}")),
        }
    }

    fn console(&self, block: &Block<'_>) -> Result<(), String> {
        let mut typed: Vec<&str> =
            block.mark("typed").map(|typed| typed.split(" | ").collect()).unwrap_or_default();
        let exit = block.mark("exit").map_or(0, |exit| exit.parse().expect("a number"));
        if !block.lines.first().is_some_and(|line| line.starts_with("$ ")) {
            return Err("it begins with no command".to_owned());
        }
        let starts: Vec<usize> =
            (0..block.lines.len()).filter(|&at| block.lines[at].starts_with("$ ")).collect();
        for (number, &start) in starts.iter().enumerate() {
            let end = starts.get(number + 1).copied();
            let mut lines = block.lines[start..end.unwrap_or(block.lines.len())].iter();
            let mut line = lines.next().expect("a command")[2..].to_owned();
            while line.ends_with('\\') {
                line.push('\n');
                line.push_str(lines.next().ok_or("a command goes on behind its block")?);
            }
            let mut expected: Vec<String> = lines.map(|line| (*line).to_owned()).collect();
            let input = answers(&mut typed, &mut expected);
            let (code, shown) = self.run(&line, &input);
            let shown: Vec<&str> = shown.lines().map(str::trim_end).collect();
            let expected: Vec<&str> = expected.iter().map(|line| line.trim_end()).collect();
            if !fits(&expected, &shown) {
                let (expected, shown) = (expected.join("\n"), shown.join("\n"));
                return Err(format!("$ {line}\n--- it says\n{expected}\n--- it is\n{shown}"));
            }
            let wanted = if end.is_none() { exit } else { 0 };
            if code != Some(wanted) {
                return Err(format!("$ {line}\nends with {code:?}, not {wanted}"));
            }
        }
        if typed.is_empty() { Ok(()) } else { Err(format!("{typed:?} answers no line")) }
    }

    /// Runs a shell line with this input; what it shows on both streams, in its order.
    fn run(&self, line: &str, input: &str) -> (Option<i32>, String) {
        let bin = std::path::Path::new(BREACH).parent().expect("a folder");
        let path = std::env::var("PATH").unwrap_or_default();
        let (mut reader, out) = std::io::pipe().expect("a pipe");
        let mut command = Command::new("sh");
        command
            .args(["-c", &self.real(line)])
            .env_clear()
            .env("PATH", format!("{}:{path}", bin.display()))
            .env("HOME", self.room.dir.path())
            .env("TZ", "UTC")
            .env("COLUMNS", "80")
            .env("BREACH_HOME", self.room.home())
            .env("XDG_STATE_HOME", self.room.path("state"))
            .current_dir(self.room.dir.path())
            .stdin(Stdio::piped())
            .stderr(out.try_clone().expect("a pipe"))
            .stdout(out);
        let mut child = command.spawn().expect("it starts");
        // Or the pipe would never end.
        drop(command);
        // A command may read none of it.
        let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
        let mut shown = String::new();
        reader.read_to_string(&mut shown).expect("UTF-8");
        let status = child.wait().expect("it ends");
        (status.code(), self.told(&shown))
    }

    /// Names of this run, and what examples call them.
    fn names(&self) -> Vec<(String, &'static str)> {
        let stem = |path: &std::path::Path| {
            path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
        };
        let mut names = vec![(self.room.home().display().to_string(), HOME)];
        for chain in self.room.chains().iter().take(1) {
            names.push((stem(chain), CHAIN));
            let incident = chain.parent().and_then(|log| log.parent()).expect("an incident");
            names.push((stem(incident), INCIDENT));
        }
        names
    }

    fn real(&self, line: &str) -> String {
        self.names().iter().fold(line.to_owned(), |line, (real, told)| line.replace(told, real))
    }

    fn told(&self, shown: &str) -> String {
        self.names().iter().fold(shown.to_owned(), |shown, (real, told)| shown.replace(real, told))
    }
}

/// Takes what is typed off the ends of the lines that ask for it, and gives it as input.
fn answers(typed: &mut Vec<&str>, expected: &mut [String]) -> String {
    let mut input = String::new();
    let mut lines = expected.iter_mut();
    while let Some(answer) = typed.first() {
        let end = format!(" {answer}");
        let Some(line) = lines.find(|line| line.ends_with(&end)) else { break };
        line.truncate(line.len() - answer.len());
        input.push_str(answer);
        input.push('\n');
        typed.remove(0);
    }
    input
}

/// Whether lines are as expected; `…` alone is any number of them.
fn fits(expected: &[&str], shown: &[&str]) -> bool {
    match expected {
        [] => shown.is_empty(),
        ["…", rest @ ..] => (0..=shown.len()).any(|skipped| fits(rest, &shown[skipped..])),
        [line, rest @ ..] => {
            shown.first().is_some_and(|first| fits_line(line, first)) && fits(rest, &shown[1..])
        }
    }
}

/// Whether a line is as expected; `…` in it is any text.
fn fits_line(expected: &str, shown: &str) -> bool {
    let Some((before, after)) = expected.split_once('…') else { return expected == shown };
    let Some(rest) = shown.strip_prefix(before) else { return false };
    let mut ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    ends.any(|at| fits_line(after, &rest[at..]))
}

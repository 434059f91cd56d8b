//! `breach.toml`: the levels that a project chose, found upwards from each playbook.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::check::Policy;
use crate::cli::args::{CheckArgs, FailOn};
use crate::cli::desk::context::read_input;
use crate::cli::desk::{Exit, Failure};
use crate::document::shape::{Key, Kind, RULE, Shape};
use crate::document::{Diagnostic, Document, Findings, Level, Table, syntax, visit};
use crate::output::diagnostics;

/// The file.
pub(super) static SHAPE: Shape = Shape {
    name: "a `breach.toml`",
    keys: &[Key::optional("check", Kind::Table(&CHECK), "How to check playbooks.")],
};

static CHECK: Shape = Shape {
    name: "`check`",
    keys: &[
        Key::optional(
            "fail-on",
            Kind::Option(&["error", "warning", "note", "never"]),
            "The level at which the check fails.",
        ),
        Key::optional(
            "levels",
            Kind::Named(&RULE, &Kind::Option(&["error", "warning", "note", "off"])),
            "Levels for rules or families.",
        ),
    ],
};

/// What a project chose.
#[derive(Clone, Debug, Default)]
pub(super) struct Config {
    pub(super) policy: Policy,
    pub(super) fail_on: Option<FailOn>,
}

/// The configs of the folders that were asked for.
pub(super) struct Configs {
    flags: Policy,
    fail_on: Option<FailOn>,
    fixed: Option<Config>,
    upwards: bool,
    /// By folder as it was named: what counts there, flags included.
    known: HashMap<PathBuf, Arc<Config>>,
    /// Files that cannot be used, each once.
    broken: Vec<Failure>,
}

impl Configs {
    /// Reads the flags, and the file that they name.
    pub(super) fn new(args: &CheckArgs) -> Result<Self, Failure> {
        let mut flags = Policy::default();
        for choice in &args.levels {
            let (what, level) = choice.split_once('=').ok_or_else(|| {
                Failure::usage(format!("`--level {choice}` has no `=`")).hint("write RULE=LEVEL")
            })?;
            flags.choose(what, level).map_err(|unknown| {
                let mut failure = Failure::usage(unknown.message);
                failure.hints.extend(unknown.hint);
                failure
            })?;
        }
        let fixed = args.config.as_deref().map(read).transpose()?;
        let upwards = fixed.is_none() && !args.no_config;
        Ok(Self {
            flags,
            fail_on: args.fail_on,
            fixed,
            upwards,
            known: HashMap::new(),
            broken: Vec::new(),
        })
    }

    /// What counts for a file; flags win. A `breach.toml` that cannot be used is remembered, and the
    /// files below it are checked as if it were not there.
    pub(super) fn of(&mut self, path: &Path) -> Arc<Config> {
        let dir = path.parent().unwrap_or(Path::new(""));
        if let Some(known) = self.known.get(dir) {
            return Arc::clone(known);
        }
        let found = match &self.fixed {
            Some(config) => config.clone(),
            None if self.upwards => self.above(dir),
            None => Config::default(),
        };
        let policy = found.policy.with(&self.flags);
        let config = Arc::new(Config { policy, fail_on: self.fail_on.or(found.fail_on) });
        self.known.insert(dir.to_owned(), Arc::clone(&config));
        config
    }

    fn above(&mut self, dir: &Path) -> Config {
        let file = std::path::absolute(dir.join("x")).map_err(Failure::from);
        file.and_then(|file| above(&file)).unwrap_or_else(|failure| {
            if !self.broken.iter().any(|known| known.error.to_string() == failure.error.to_string())
            {
                self.broken.push(failure);
            }
            Config::default()
        })
    }

    /// What could not be used, to be told at the end.
    pub(super) fn broken(self) -> Vec<Failure> {
        self.broken
    }
}

/// The nearest `breach.toml` above a file, not further than the root of its repository.
fn above(file: &Path) -> Result<Config, Failure> {
    for dir in file.ancestors().skip(1) {
        let config = dir.join("breach.toml");
        if config.exists() {
            return read(&config);
        }
        if dir.join(".git").exists() {
            break;
        }
    }
    Ok(Config::default())
}

fn read(path: &Path) -> Result<Config, Failure> {
    let name = path.display().to_string();
    let document = Document::from_bytes(name.clone(), read_input(path)?)
        .map_err(|diagnostic| Failure::usage(format!("`{name}`: {}", diagnostic.message)))?;
    let mut findings = Findings::default();
    let config = syntax::read(&document.text, &mut findings, |tree, findings| {
        visit::check(tree, &SHAPE, findings);
        config(&Table::root(tree), findings)
    });
    let errors: Vec<Diagnostic> = findings.into_sorted();
    if errors.iter().all(|found| found.level != Level::Error) {
        return Ok(config);
    }
    let mut failure = Failure::new(Exit::Usage, format!("`{name}` cannot be used"));
    failure.details = diagnostics::render(&document, &errors, false);
    Err(failure
        .hint("the files below it were checked without it; correct it, or use `--no-config`"))
}

fn config(root: &Table<'_>, findings: &mut Findings) -> Config {
    let mut config = Config::default();
    let Some(check) = root.table("check") else { return config };
    config.fail_on = check.text("fail-on").and_then(|level| FailOn::parse(&level.text));
    let Some(levels) = check.table("levels") else { return config };
    for what in levels.keys() {
        let Some(level) = levels.text(&what.text) else { continue };
        if let Err(unknown) = config.policy.choose(&what.text, &level.text) {
            let diagnostic = Diagnostic::error("levels", unknown.message, what.span);
            findings.push(diagnostic.maybe_help(unknown.hint));
        }
    }
    config
}

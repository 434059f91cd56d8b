//! `breach.toml`: the levels that a project chose and what it leaves out, found upwards from each
//! playbook.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::discover::Discovered;
use super::texts::{self, Texts};
use crate::check::Policy;
use crate::cli::args::{CheckArgs, FailOn};
use crate::cli::desk::context::read_input;
use crate::cli::desk::{Context, Exit, Failure};
use crate::document::shape::{Key, Kind, RULE, Shape};
use crate::document::{Diagnostic, Document, Findings, Level, Table, syntax, visit};
use crate::output::diagnostics;
use crate::playbook::{PROGRAM, Programs};

/// What it is called.
pub(super) const FILE: &str = "breach.toml";

/// The file.
pub(super) static SHAPE: Shape = Shape {
    name: "a `breach.toml`",
    keys: &[
        Key::optional(
            "exclude",
            Kind::Array(&Kind::Line),
            "What to leave out of folders, as in `.gitignore`.",
        ),
        Key::optional("check", Kind::Table(&CHECK), "How to check playbooks."),
        PROGRAM,
    ],
};

const LEVELS: [&str; 4] = ["error", "warning", "note", "off"];

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
            Kind::Named(&RULE, &Kind::Option(&LEVELS)),
            "Levels for rules or families.",
        ),
    ],
};

/// What a project chose.
#[derive(Clone, Debug, Default)]
pub(super) struct Config {
    pub(super) policy: Policy,
    pub(super) fail_on: Option<FailOn>,
    /// What is left out, by the file and by the command line.
    exclude: Vec<Arc<Gitignore>>,
}

impl Config {
    /// Whether a file that a folder contains is left out.
    pub(super) fn excludes(&self, path: &Path) -> bool {
        if self.exclude.is_empty() {
            return false;
        }
        let full = texts::full(path);
        self.exclude.iter().any(|exclude| {
            // Elsewhere the patterns mean nothing, and they may only be asked about what is here.
            full.starts_with(exclude.path())
                && exclude.matched_path_or_any_parents(&full, false).is_ignore()
        })
    }
}

/// The configs of the folders that were asked for.
pub(super) struct Configs {
    flags: Policy,
    fail_on: Option<FailOn>,
    exclude: Option<Arc<Gitignore>>,
    force_exclude: bool,
    fixed: Option<Config>,
    upwards: bool,
    /// What is open in an editor.
    pub(super) texts: Texts,
    /// By folder as it was named: what counts there, flags included.
    known: HashMap<PathBuf, Arc<Config>>,
    /// Files that cannot be used, each once.
    broken: Vec<Failure>,
    /// How many of the files that somebody named are left out.
    pub(super) left_out: usize,
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
        let fixed = args.config.as_deref().map(|path| read(path, &Texts::default())).transpose()?;
        let here = std::env::current_dir()?;
        let patterns = args.exclude.iter().map(String::as_str);
        let exclude = patterns.len() > 0;
        let exclude = exclude.then(|| self::exclude(&here, patterns)).transpose();
        let exclude = exclude.map_err(|(pattern, why)| {
            Failure::usage(format!("`--exclude {pattern}` is no pattern: {why}"))
                .hint("patterns are those of `.gitignore`")
        })?;
        Ok(Self {
            flags,
            fail_on: args.fail_on,
            exclude,
            force_exclude: args.force_exclude,
            upwards: fixed.is_none() && !args.no_config,
            fixed,
            ..Self::upwards()
        })
    }

    /// What the files above each playbook say, and nothing else.
    pub(super) fn upwards() -> Self {
        Self {
            flags: Policy::default(),
            fail_on: None,
            exclude: None,
            force_exclude: false,
            fixed: None,
            upwards: true,
            texts: Texts::default(),
            known: HashMap::new(),
            broken: Vec::new(),
            left_out: 0,
        }
    }

    /// Whether a file is left out: one that a folder contains, or any if that was asked for.
    pub(super) fn leave_out(&mut self, found: &Discovered) -> bool {
        let is_out =
            (!found.named || self.force_exclude) && self.of(&found.path).excludes(&found.path);
        self.left_out += usize::from(is_out && found.named);
        is_out
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
        let exclude = found.exclude.into_iter().chain(self.exclude.clone()).collect();
        let config = Config { policy, fail_on: self.fail_on.or(found.fail_on), exclude };
        let config = Arc::new(config);
        self.known.insert(dir.to_owned(), Arc::clone(&config));
        config
    }

    fn above(&mut self, dir: &Path) -> Config {
        let file = std::path::absolute(dir.join("x")).map_err(Failure::from);
        file.and_then(|file| above(&file, &self.texts)).unwrap_or_else(|failure| {
            if !self.broken.iter().any(|known| known.error.to_string() == failure.error.to_string())
            {
                self.broken.push(failure);
            }
            Config::default()
        })
    }

    /// What is said of files that cannot be used.
    pub(super) fn broken(&self) -> impl Iterator<Item = String> {
        self.broken.iter().map(|failure| failure.error.to_string())
    }

    /// Tells what could not be used, and how the run ends with that.
    pub(super) fn end(self, context: &mut Context, exit: Exit) -> Exit {
        for failure in &self.broken {
            context.screen.failure(&failure.details, &failure.error, &failure.hints);
        }
        if self.broken.is_empty() { exit } else { Exit::Usage }
    }
}

/// The nearest `breach.toml` above a file, not further than the root of its repository.
fn above(file: &Path, texts: &Texts) -> Result<Config, Failure> {
    for dir in file.ancestors().skip(1) {
        let config = dir.join(FILE);
        if config.exists() || texts.get(&config).is_some() {
            return read(&config, texts);
        }
        if dir.join(".git").exists() {
            break;
        }
    }
    Ok(Config::default())
}

fn read(path: &Path, texts: &Texts) -> Result<Config, Failure> {
    let name = path.display().to_string();
    let open = texts.get(path).map(|text| text.as_bytes().to_vec());
    let bytes = open.map_or_else(|| read_input(path), Ok)?;
    let document = Document::from_bytes(name.clone(), bytes)
        .map_err(|diagnostic| Failure::usage(format!("`{name}`: {}", diagnostic.message)))?;
    let (config, errors) = parse(&document, path);
    if errors.iter().all(|found| found.level != Level::Error) {
        return Ok(config);
    }
    let mut failure = Failure::new(Exit::Usage, format!("`{name}` cannot be used"));
    failure.details = diagnostics::render(&document, &errors, false);
    Err(failure
        .hint("the files below it were handled without it; correct it, or use `--no-config`"))
}

/// Reads the text of a `breach.toml`, with all that is wrong with it.
pub(super) fn parse(document: &Document, path: &Path) -> (Config, Vec<Diagnostic>) {
    let mut findings = Findings::default();
    let config = syntax::read(&document.text, &mut findings, |tree, findings| {
        visit::check(tree, &SHAPE, findings);
        config(&Table::root(tree), path, findings)
    });
    (config, findings.into_sorted())
}

fn config(root: &Table<'_>, path: &Path, findings: &mut Findings) -> Config {
    let mut config = Config::default();
    let patterns = root.texts("exclude");
    if !patterns.is_empty() {
        let full = texts::full(path);
        let dir = full.parent().unwrap_or(Path::new("/"));
        match exclude(dir, patterns.iter().map(|pattern| &*pattern.text)) {
            Ok(exclude) => config.exclude.push(exclude),
            Err((wrong, why)) => {
                let place = patterns.iter().find(|pattern| pattern.text == wrong);
                let span = place.map_or(0..0, |place| place.span.clone());
                findings.push(Diagnostic::error(
                    "wrong-form",
                    format!("this is no pattern: {why}"),
                    span,
                ));
            }
        }
    }
    config.policy.programs = Programs::read(root);
    let Some(check) = root.table("check") else { return config };
    config.fail_on = check.text("fail-on").and_then(|level| FailOn::parse(&level.text));
    let Some(levels) = check.table("levels") else { return config };
    for what in levels.keys() {
        let Some(level) = levels.text(&what.text) else { continue };
        // Of what is no level the shape already spoke.
        if !LEVELS.contains(&&*level.text) {
            continue;
        }
        if let Err(unknown) = config.policy.choose(&what.text, &level.text) {
            let diagnostic = Diagnostic::error("wrong-option", unknown.message, what.span);
            findings.push(diagnostic.maybe_help(unknown.hint));
        }
    }
    config
}

/// What these patterns match in a folder and below it; the first that is none, and why.
fn exclude<'p>(
    dir: &Path,
    patterns: impl Iterator<Item = &'p str>,
) -> Result<Arc<Gitignore>, (&'p str, ignore::Error)> {
    let mut builder = GitignoreBuilder::new(dir);
    let mut last = "";
    for pattern in patterns {
        builder.add_line(None, pattern).map_err(|error| (pattern, error))?;
        last = pattern;
    }
    builder.build().map(Arc::new).map_err(|error| (last, error))
}

//! `breach playbook check`: every mistake of every file, in any number of formats, one exit code.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::{baseline, discover};

use super::baseline::Baseline;
use super::config::{Config, Configs};
use super::discover::Namer;
use super::job::{Done, Job, Mend};
use super::permits::Permits;
use super::sinks::Sinks;
use crate::check::{self, Checked, FileKind, Finding};
use crate::cli::args::{CheckArgs, FailOn};
use crate::cli::desk::{Context, Exit, Failure};
use crate::document::{Document, Level};
use crate::output::findings::{Kind, Totals};
use crate::playbook::builtin;
use crate::wording;

/// Files that are checked before anything of them is written: enough for all processors, few
/// enough for what may be found in them.
const BATCH: usize = 128;

pub(super) fn run(context: &mut Context, args: &CheckArgs) -> Result<Exit, Failure> {
    let job = Job {
        baseline: match &args.baseline {
            Some(path) if !args.write_baseline => Baseline::read(path)?,
            _ => Baseline::default(),
        },
        namer: Namer::new(),
        today: args.today.unwrap_or_else(|| context.world.now().local().date_naive()),
        max_size: args.max_size,
        excerpts: args.format == Kind::Human
            || args.report.iter().any(|(kind, _)| *kind == Kind::Human),
        mend: match (args.diff, args.fix) {
            (true, _) => Mend::Diff,
            (false, true) => Mend::Write,
            (false, false) => Mend::No,
        },
        gate: Permits::new(),
    };
    let (paths, stdin) = paths(args)?;
    if stdin.is_some() && job.mend == Mend::Write {
        return Err(Failure::usage("standard input cannot be fixed in place")
            .hint("nothing was checked; `--diff` shows what `--fix` would change"));
    }
    let mut configs = Configs::new(args)?;
    let mut tally = Tally::new(args)?;
    if args.paths.is_empty() && args.files_from.is_none() {
        let config = configs.of(Path::new("."));
        for (path, text) in builtin::all().iter().chain(&builtin::beside()) {
            let document = Document { name: (*path).to_owned(), text: (*text).to_owned() };
            tally.take(context, &config, job.document(&document, path, &config, None))?;
        }
    }
    if let Some(document) = stdin {
        let config = configs.of(Path::new("."));
        let done = match document {
            Ok(document) => job.document(&document, &document.name, &config, None),
            Err(checked) => Done::refused(checked),
        };
        tally.take(context, &config, done)?;
    }
    let (files, unreadable) = discover::files(&paths);
    for (found, why) in unreadable {
        let checked = check::unreadable(&found.name(), &job.namer.machine(&found.path), &why);
        tally.take(context, &Config::default(), Done::refused(checked))?;
    }
    for batch in files.chunks(BATCH) {
        let configs: Vec<Arc<Config>> = batch.iter().map(|found| configs.of(&found.path)).collect();
        let small = batch.par_iter().zip(&configs);
        let done: Vec<Option<Done>> =
            small.map(|(found, config)| job.small_file(found, config)).collect();
        for ((found, config), done) in batch.iter().zip(&configs).zip(done) {
            // Large files have their turn here, one by one.
            let done = done.unwrap_or_else(|| job.file(found, config));
            tally.take(context, config, done)?;
        }
    }
    let exit = tally.finish(context)?;
    let broken = configs.broken();
    for failure in &broken {
        context.screen.failure(&failure.details, &failure.error, &failure.hints);
    }
    Ok(if broken.is_empty() { exit } else { Exit::Usage })
}

/// What a run comes to.
struct Tally<'a> {
    args: &'a CheckArgs,
    sinks: Sinks,
    totals: Totals,
    /// Files that are none of ours.
    aside: usize,
    mended: usize,
    gone: usize,
    /// The baseline that is written.
    written: Vec<baseline::Accepted>,
    fails: bool,
    /// The rule of the first finding.
    example: Option<String>,
}

impl<'a> Tally<'a> {
    fn new(args: &'a CheckArgs) -> Result<Self, Failure> {
        let (sinks, totals) = (Sinks::new(args)?, Totals::default());
        Ok(Self {
            args,
            sinks,
            totals,
            aside: 0,
            mended: 0,
            gone: 0,
            written: Vec::new(),
            fails: false,
            example: None,
        })
    }

    fn take(
        &mut self,
        context: &mut Context,
        config: &Config,
        mut done: Done,
    ) -> Result<(), Failure> {
        let checked = &mut done.checked;
        if !done.named && checked.kind == FileKind::Unknown && only_unknown(checked) {
            tracing::info!(path = %checked.name, "not a file for breach; skipped");
            self.aside += 1;
            return Ok(());
        }
        if let Some(why) = done.failed {
            return Err(Failure::usage(format!("failed to write `{}`: {why}", checked.name))
                .hint("that file is unchanged; the files before it are fixed"));
        }
        context.out.write_all(done.diff.as_bytes())?;
        self.mended += done.mended;
        self.gone += done.gone;
        if self.args.write_baseline {
            self.written.extend(baseline::take(checked));
            done.excerpts.clear();
        }
        let least = config.fail_on.map_or(Some(Level::Error), FailOn::level);
        self.fails |=
            least.is_some_and(|least| checked.findings.iter().any(|found| found.level() <= least));
        let first = || checked.findings.first().map(|found| found.rule.id.to_string());
        self.example = self.example.take().or_else(first);
        self.totals.add(checked);
        self.sinks.file(&mut context.out, checked, &done.excerpts)
    }

    fn finish(mut self, context: &mut Context) -> Result<Exit, Failure> {
        self.sinks.end(&mut context.out, &self.totals)?;
        if let (Some(path), true) = (&self.args.baseline, self.args.write_baseline) {
            let count = wording::count(self.written.len(), "finding");
            baseline::write(path, self.written)?;
            context.screen.say(&format!("{count} written to `{}`.", path.display()));
        }
        if self.gone > 0 {
            let count = wording::count(self.gone, "finding");
            context.screen.say(&format!(
                "{count} of the baseline no longer found; --write-baseline updates it."
            ));
        }
        if self.args.fix || self.args.diff {
            let count = wording::count(self.mended, "finding");
            let did = if self.args.diff { "can be fixed; --fix does it" } else { "fixed" };
            context.screen.say(&format!("{count} {did}."));
        }
        let Self { args, totals, aside, fails, example, .. } = self;
        if totals.files == 0 && !args.allow_empty {
            return Err(Failure::usage("there is no playbook to check").hint(
                "name TOML files, or folders that contain some; `--allow-empty` accepts that there \
                 are none",
            ));
        }
        context.screen.say(&format!("{}.", found(&totals)));
        if aside > 0 {
            let aside = wording::count(aside, "other TOML file");
            context.screen.say(&format!("{aside} skipped; -v names them."));
        }
        if example.is_some() && args.format == Kind::Human {
            let rule = example.unwrap_or_default();
            context
                .screen
                .say(&format!("To see what a rule means: breach playbook explain {rule}"));
        }
        Ok(if totals.unreadable > 0 {
            Exit::Usage
        } else if fails {
            Exit::Mistakes
        } else {
            Exit::Done
        })
    }
}

/// `3 files checked: 2 errors and 1 note`.
fn found(totals: &Totals) -> String {
    let files = wording::count(totals.files - totals.unreadable, "file");
    let found: Vec<String> = ["error", "warning", "note"]
        .iter()
        .zip(totals.by_level)
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| wording::count(count, word))
        .collect();
    let found = if found.is_empty() { "nothing found".to_owned() } else { wording::list(&found) };
    let unread = match totals.unreadable {
        0 => String::new(),
        unread => format!(", {unread} could not be read"),
    };
    format!("{files} checked{unread}: {found}")
}

/// Whether all that is wrong with a file is that it is another program's.
fn only_unknown(checked: &Checked) -> bool {
    // A file with nothing in it is nobody's: it may be a playbook that somebody emptied.
    let is_foreign = |found: &Finding| {
        found.rule.name == "unknown-file" && found.diagnostic.message != check::SAYS_NOTHING
    };
    checked.findings.iter().all(is_foreign)
}

/// The paths of a run, and what came through standard input.
type Paths = (Vec<PathBuf>, Option<Result<Document, Checked>>);

fn paths(args: &CheckArgs) -> Result<Paths, Failure> {
    let mut paths = args.paths.clone();
    if let Some(list) = &args.files_from {
        let names = if list == Path::new("-") {
            let mut names = Vec::new();
            std::io::stdin().lock().read_to_end(&mut names)?;
            names
        } else {
            crate::cli::desk::context::read_input(list)?
        };
        // A name need not be UTF-8.
        let lines = names.split(|byte| *byte == b'\n');
        let lines = lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line));
        let lines = lines.filter(|line| !line.is_empty());
        paths.extend(lines.map(|line| PathBuf::from(OsStr::from_bytes(line))));
    }
    let before = paths.len();
    paths.retain(|path| path != Path::new("-"));
    if paths.len() == before {
        return Ok((paths, None));
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(args.max_size as u64 + 1).read_to_end(&mut bytes)?;
    let name = &args.stdin_filename;
    let document = Document::within(name.clone(), bytes, args.max_size)
        .map_err(|diagnostic| check::refused(name, name, "", *diagnostic));
    Ok((paths, Some(document)))
}

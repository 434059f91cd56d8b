//! `breach playbook check`: every mistake of every file, in any number of formats, one exit code.

use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::baseline::{self, Baseline};
use super::config::{Config, Configs};
use super::discover::{self, Found, Namer};
use crate::check::{self, Checked, FileKind};
use crate::cli::args::{CheckArgs, FailOn};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::document::{Document, Level};
use crate::fact::Vocabulary;
use crate::output::report::{self, Kind, Report, Totals};
use crate::playbook::builtin;
use crate::{plain_file, wording};

/// Files that are checked before anything of them is written: enough for all processors, few
/// enough to stay small.
const CHUNK: usize = 1024;

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
    };
    let mut configs = Configs::new(args)?;
    let mut sinks = Sinks::new(args)?;
    let mut known = 0;
    let mut written = Vec::new();
    let mut fails = false;
    let mut totals = Totals::default();
    let mut aside = 0;
    let mut take = |context: &mut Context, config: &Config, done: Done| -> Result<(), Failure> {
        let Done { mut checked, mut excerpts, named, known: known_here } = done;
        if !named && checked.kind == FileKind::Unknown && only_unknown(&checked) {
            tracing::info!(path = %checked.name, "none of our files; left alone");
            aside += 1;
            return Ok(());
        }
        known += known_here;
        if args.write_baseline {
            written.extend(baseline::take(&mut checked));
            excerpts.clear();
        }
        let least = config.fail_on.map_or(Some(Level::Error), FailOn::level);
        fails |=
            least.is_some_and(|least| checked.findings.iter().any(|found| found.level() <= least));
        totals.add(&checked);
        sinks.file(&mut context.out, &checked, &excerpts)
    };
    if args.paths.is_empty() && args.files_from.is_none() {
        let config = configs.of(Path::new("."))?;
        let facts = ("playbooks/facts.toml", Vocabulary::builtin_text());
        for (path, text) in builtin::all().iter().chain([&facts]) {
            let document = Document { name: (*path).to_owned(), text: (*text).to_owned() };
            take(context, &config, job.document(&document, path, &config, true))?;
        }
    }
    let (paths, stdin) = paths(args)?;
    if let Some(document) = stdin {
        let config = configs.of(Path::new("."))?;
        let done = match document {
            Ok(document) => job.document(&document, &document.name, &config, true),
            Err(checked) => Done::refused(checked),
        };
        take(context, &config, done)?;
    }
    let (files, unreadable) = discover::files(&paths);
    for (found, why) in unreadable {
        let checked = check::unreadable(&found.name(), &job.namer.machine(&found.path), &why);
        take(context, &Config::default(), Done::refused(checked))?;
    }
    for chunk in files.chunks(CHUNK) {
        let configs: Vec<Arc<Config>> =
            chunk.iter().map(|found| configs.of(&found.path)).collect::<Result<_, _>>()?;
        let done: Vec<Done> =
            chunk.par_iter().zip(&configs).map(|(found, config)| job.file(found, config)).collect();
        for (done, config) in done.into_iter().zip(&configs) {
            take(context, config, done)?;
        }
    }
    sinks.end(&mut context.out, &totals)?;
    if let (Some(path), true) = (&args.baseline, args.write_baseline) {
        let count = wording::count(written.len(), "finding");
        baseline::write(path, written)?;
        context.screen.say(&format!("{count} written to `{}`.", path.display()));
    }
    let gone = job.baseline.len().saturating_sub(known);
    if gone > 0 {
        let count = wording::count(gone, "finding");
        context
            .screen
            .say(&format!("{count} of the baseline gone; --write-baseline writes it anew."));
    }
    finish(context, args, &totals, aside, fails)
}

/// Whether all that is wrong with a file is that it is none of ours.
fn only_unknown(checked: &Checked) -> bool {
    checked.findings.iter().all(|found| found.rule.name == "unknown-file")
}

fn finish(
    context: &mut Context,
    args: &CheckArgs,
    totals: &Totals,
    aside: usize,
    fails: bool,
) -> Result<Exit, Failure> {
    if totals.files == 0 && !args.allow_empty {
        return Err(Failure::usage("there is no playbook to check")
            .hint("name files or folders with TOML files; `--allow-empty` accepts that"));
    }
    let files = wording::count(totals.files, "file");
    let words = ["error", "warning", "note"];
    let found: Vec<String> = words
        .iter()
        .zip(totals.by_level)
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| wording::count(count, word))
        .collect();
    let found = if found.is_empty() { "nothing found".to_owned() } else { wording::list(&found) };
    context.screen.say(&format!("{files} checked: {found}."));
    if aside > 0 {
        let aside = wording::count(aside, "other TOML file");
        context.screen.say(&format!("{aside} left alone; -v names them."));
    }
    if totals.by_level.iter().sum::<usize>() > 0 && args.format == Kind::Human {
        context.screen.say("What a rule means: breach playbook explain BR101");
    }
    Ok(if totals.unreadable > 0 {
        Exit::Usage
    } else if fails {
        Exit::Mistakes
    } else {
        Exit::Done
    })
}

/// The paths of a run, and what came through standard input.
type Paths = (Vec<PathBuf>, Option<Result<Document, Checked>>);

fn paths(args: &CheckArgs) -> Result<Paths, Failure> {
    let mut paths = args.paths.clone();
    if let Some(list) = &args.files_from {
        let text = if list == Path::new("-") {
            let mut text = String::new();
            std::io::stdin().lock().read_to_string(&mut text)?;
            text
        } else {
            String::from_utf8_lossy(&crate::cli::context::read_input(list)?).into_owned()
        };
        paths.extend(text.lines().filter(|line| !line.is_empty()).map(PathBuf::from));
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
        .map_err(|diagnostic| check::refused(name, name, *diagnostic));
    Ok((paths, Some(document)))
}

/// What is the same for every file.
struct Job {
    baseline: Baseline,
    namer: Namer,
    today: NaiveDate,
    max_size: usize,
    excerpts: bool,
}

/// A file that was checked.
struct Done {
    checked: Checked,
    excerpts: String,
    named: bool,
    /// Findings that the baseline leaves out.
    known: usize,
}

impl Done {
    /// A file that could not be taken up, whoever named it.
    fn refused(checked: Checked) -> Self {
        Self { excerpts: report::excerpts(None, &checked), checked, named: true, known: 0 }
    }
}

impl Job {
    fn file(&self, found: &Found, config: &Config) -> Done {
        let (name, machine) = (found.name(), self.namer.machine(&found.path));
        let checked = match plain_file::read(&found.path, self.max_size) {
            Ok(bytes) => match Document::within(name.clone(), bytes, self.max_size) {
                Ok(document) => return self.document(&document, &machine, config, found.named),
                Err(diagnostic) => check::refused(&name, &machine, *diagnostic),
            },
            Err(error) => check::unreadable(&name, &machine, &error.to_string()),
        };
        Done::refused(checked)
    }

    fn document(&self, document: &Document, machine: &str, config: &Config, named: bool) -> Done {
        let mut checked = check::check(document, machine, &config.policy, self.today);
        let known = self.baseline.filter(&mut checked);
        let excerpts = if self.excerpts && !checked.findings.is_empty() {
            report::excerpts(Some(document), &checked)
        } else {
            String::new()
        };
        Done { checked, excerpts, named, known }
    }
}

/// Where the reports go.
struct Sinks {
    main: Box<dyn Report>,
    files: Vec<(PathBuf, Box<dyn Report>, BufWriter<File>)>,
}

impl Sinks {
    fn new(args: &CheckArgs) -> Result<Self, Failure> {
        let open = |(kind, path): &(Kind, PathBuf)| {
            let file = File::create(path).map_err(|error| cannot_write(path, &error))?;
            Ok((path.clone(), kind.start(), BufWriter::new(file)))
        };
        let files = args.report.iter().map(open).collect::<Result<_, Failure>>()?;
        Ok(Self { main: args.format.start(), files })
    }

    fn file(
        &mut self,
        out: &mut dyn Write,
        checked: &Checked,
        excerpts: &str,
    ) -> Result<(), Failure> {
        self.main.file(checked, excerpts, out)?;
        for (path, report, file) in &mut self.files {
            report.file(checked, excerpts, file).map_err(|error| cannot_write(path, &error))?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, totals: &Totals) -> Result<(), Failure> {
        self.main.end(totals, out)?;
        out.flush()?;
        for (path, report, file) in &mut self.files {
            let ended = report.end(totals, file).and_then(|()| file.flush());
            ended.map_err(|error| cannot_write(path, &error))?;
        }
        Ok(())
    }
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Failure {
    Failure::usage(format!("failed to write `{}`: {error}", path.display()))
        .hint("the report is not whole; name a place that can be written")
}

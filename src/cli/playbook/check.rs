//! `breach playbook check`: every mistake of every file, in any number of formats, one exit code.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::{baseline, config, discover};

use super::baseline::Baseline;
use super::config::{Config, Configs};
use super::discover::{Discovered, Namer};
use super::input::Input;
use super::job::{Done, Job, Mend};
use super::permits::Permits;
use super::rewrite::View;
use super::sinks::Sinks;
use super::together::Names;
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
    check::prepare();
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
        view: View::of(&context.out),
        gate: Permits::new(),
    };
    let mut configs = Configs::new(args)?;
    let input = Input::of(args)?;
    if input.stdin.is_some() && job.mend == Mend::Write {
        return Err(Failure::usage("standard input cannot be fixed in place")
            .hint("nothing was checked; `--diff` shows what `--fix` would change"));
    }
    let (mut files, mut unreadable) = discover::files(&input.paths);
    files.retain(|found| !configs.leave_out(found));
    unreadable.retain(|(found, _)| !configs.leave_out(found));
    let stdin = input.stdin.filter(|(found, _)| !configs.leave_out(found));
    let mut tally = Tally::new(args, Sinks::new(args, &files)?, configs.left_out > 0);
    if args.builtin {
        let config = configs.of(Path::new("."));
        for (path, text) in builtin::all().iter().chain(&builtin::beside()) {
            let document = Document { name: (*path).to_owned(), text: (*text).to_owned() };
            tally.take(context, &config, job.document(&document, path, &config, None))?;
        }
    }
    if let Some((found, bytes)) = stdin {
        let config = configs.of(&found.path);
        tally.take(context, &config, job.stdin(&found, bytes, &config))?;
    }
    for (found, why) in unreadable {
        let checked = check::unreadable(&found.name(), &job.namer.machine(&found.path), &why);
        tally.take(context, &Config::default(), Done::refused(checked))?;
    }
    let mut names = Names::default();
    let mut batches = files.chunks(BATCH).map(|batch| {
        batch.iter().map(|found| (found, configs.of(&found.path))).collect::<Vec<_>>()
    });
    let check = |batch: &Vec<(&Discovered, Arc<Config>)>| -> Vec<Option<Done>> {
        batch.par_iter().map(|(found, config)| job.small_file(found, config)).collect()
    };
    let mut next = batches.next();
    let mut done = next.as_ref().map(check).unwrap_or_default();
    while let Some(batch) = next {
        next = batches.next();
        let told = std::mem::take(&mut done);
        rayon::in_place_scope(|scope| {
            // The next ones are checked while these are told.
            scope.spawn(|_| done = next.as_ref().map(check).unwrap_or_default());
            for ((found, config), done) in batch.iter().zip(told) {
                // Large files have their turn here, one by one.
                let mut done = done.unwrap_or_else(|| job.file(found, config));
                if let Some(other) = names.take(&done.checked) {
                    job.repeats(&mut done, &other, config);
                }
                tally.take(context, config, done)?;
            }
            Ok::<(), Failure>(())
        })?;
    }
    drop(batches);
    let exit = tally.finish(context)?;
    Ok(configs.end(context, exit))
}

/// What a run comes to.
struct Tally<'a> {
    args: &'a CheckArgs,
    sinks: Sinks,
    /// Whether it is in order that there is nothing to check.
    may_be_empty: bool,
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
    /// `left_out`: something that was named is excluded.
    fn new(args: &'a CheckArgs, sinks: Sinks, left_out: bool) -> Self {
        Self {
            args,
            sinks,
            may_be_empty: args.allow_empty || left_out,
            totals: Totals::default(),
            aside: 0,
            mended: 0,
            gone: 0,
            written: Vec::new(),
            fails: false,
            example: None,
        }
    }

    fn take(
        &mut self,
        context: &mut Context,
        config: &Config,
        mut done: Done,
    ) -> Result<(), Failure> {
        let checked = &mut done.checked;
        let is_aside = !done.named && checked.kind == FileKind::Unknown && done.known == 0;
        if is_aside && only_unknown(checked) {
            if Path::new(&checked.name).ends_with(config::FILE) {
                return Ok(());
            }
            tracing::info!(path = %checked.name, "not a file for breach; skipped");
            self.aside += 1;
            return Ok(());
        }
        if let Some(why) = done.failed {
            return Err(Failure::usage(format!("failed to write `{}`: {why}", checked.name))
                .hint("that file is unchanged; the files before it are fixed"));
        }
        context.out.write_exact(done.diff.as_bytes());
        self.mended += done.mended;
        self.gone += done.gone;
        self.totals.known += done.known;
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
        let Self { args, totals, may_be_empty, aside, fails, example, .. } = self;
        if totals.files == 0 && !may_be_empty {
            let here = if Input::is_here(args) { " in this folder" } else { "" };
            return Err(Failure::usage(format!("there is no playbook to check{here}")).hint(
                "name TOML files, or folders that contain some; `--allow-empty` accepts that there \
                 are none",
            ));
        }
        let place = match args {
            args if args.builtin => " in the built-in set",
            args if Input::is_here(args) => " in this folder",
            _ => "",
        };
        context.screen.say(&format!("{}.", found(&totals, place)));
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

/// `3 playbooks checked in this folder: 2 errors and 1 note`.
fn found(totals: &Totals, place: &str) -> String {
    let files = totals.read();
    let found: Vec<String> = ["error", "warning", "note"]
        .iter()
        .zip(totals.by_level)
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| wording::count(count, word))
        .collect();
    let found = match (found.is_empty(), totals.known) {
        (true, 0) => "nothing found".to_owned(),
        (true, _) => "nothing new found".to_owned(),
        _ => wording::list(&found),
    };
    let known = match totals.known {
        0 => String::new(),
        known => {
            format!("; {} left out (already in the baseline)", wording::count(known, "finding"))
        }
    };
    let unread = match totals.unreadable {
        0 => String::new(),
        unread => format!(", {} could not be read", wording::count(unread, "file")),
    };
    format!("{files} checked{place}{unread}: {found}{known}")
}

/// Whether all that is wrong with a file is that it is another program's.
pub(super) fn only_unknown(checked: &Checked) -> bool {
    let is_foreign = |found: &Finding| found.diagnostic.message == check::FOREIGN;
    checked.findings.iter().all(is_foreign)
}

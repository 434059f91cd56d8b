//! `breach playbook test`: walks with scripted answers, and what must come of them.

mod case;
mod coverage;
mod expect;
mod rehearsal;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::Serialize;
use toml::de::DeTable;

use case::Case;
use coverage::{Coverage, Measure};
use rehearsal::Rehearsal;

use super::config::Configs;
use super::texts::Texts;
use super::{discover, texts};
use crate::check::FileKind;
use crate::cli::args::{Format, TestArgs};
use crate::cli::desk::{Context, Exit, Failure};
use crate::document::{Diagnostic, Document, Findings, LIMIT, Level, Table, short, syntax, visit};
use crate::fact::Vocabulary;
use crate::output::{diagnostics, json};
use crate::playbook::{Library, Playbook, TESTS};
use crate::{escape, plain_file, wording};

/// A playbook that is there, and has mistakes of its own.
const FAULTY: &str = "playbook-faulty";

/// What came of a case.
#[derive(Serialize)]
struct Tried {
    name: String,
    line: usize,
    passed: bool,
    failures: Vec<Shown>,
}

/// A difference, and where it was expected otherwise.
#[derive(Serialize)]
struct Shown {
    rule: &'static str,
    line: usize,
    column: usize,
    message: String,
}

/// What came of a test file.
#[derive(Serialize)]
struct Tested {
    file: String,
    playbook: Option<String>,
    cases: Vec<Tried>,
    /// Why its cases could not be tried.
    broken: Vec<Shown>,
    #[serde(skip)]
    details: String,
}

/// A playbook and what its walks met.
struct Covered {
    name: String,
    playbook: Playbook,
    met: Coverage,
    /// Whether any test names it.
    is_tested: bool,
}

/// A run so far.
#[derive(Default)]
struct Run {
    /// What came of the files, for the one JSON document at the end.
    tested: Vec<Tested>,
    files: usize,
    cases: usize,
    failed: usize,
    broken: usize,
    /// Playbooks by path, and what their walks met; nothing of those without a test.
    covered: BTreeMap<PathBuf, Covered>,
    /// Files that cannot be read.
    unreadable: usize,
    /// What went wrong, to be told last.
    wrong: String,
    /// What is read.
    texts: Texts,
}

pub(super) fn run(context: &mut Context, args: &TestArgs) -> Result<Exit, Failure> {
    let mut configs = Configs::upwards();
    let (mut files, mut unreadable) = discover::files(&args.paths);
    files.retain(|found| !configs.leave_out(found));
    unreadable.retain(|(found, _)| !configs.leave_out(found));
    let mut run = Run::default();
    for (found, why) in unreadable {
        let tested = run.refuse(&found.name(), &why);
        run.take(context, args, tested)?;
    }
    for found in files {
        let document = plain_file::read(&found.path, LIMIT)
            .map_err(|error| error.to_string())
            .and_then(|bytes| {
                Document::from_bytes(found.name(), bytes).map_err(|refused| refused.message)
            });
        let tested = match document {
            Ok(document) if discover::is_test(&found.path, &document.text) => {
                run.file(&found.path, &document)
            }
            Ok(document) if !found.named => {
                run.untested(&found.path, &document);
                continue;
            }
            Ok(_) => run.refuse(&found.name(), "it is not a test file: it has no `[[case]]`"),
            Err(why) => run.refuse(&found.name(), &why),
        };
        run.take(context, args, tested)?;
    }
    if run.files == 0 {
        return Err(Failure::usage("there is no test to run")
            .hint("put tests next to their playbook: `mail.test.toml` next to `mail.toml`"));
    }
    let exit = run.report(context, args)?;
    Ok(configs.end(context, exit))
}

/// What of a test, which is sound in itself, its playbook does not have.
pub(super) fn mistakes(path: &Path, document: &Document, texts: &Texts) -> Vec<Diagnostic> {
    let tree = DeTable::parse_recoverable(&document.text).0;
    let mut findings = Findings::default();
    let mut run = Run { texts: texts.clone(), ..Run::default() };
    let tested = run.playbook(path, tree.get_ref(), &mut findings);
    if let Some((_, playbook)) = tested {
        let vocabulary = Vocabulary::builtin().clone().with(playbook.facts.clone());
        case::read(tree.get_ref(), &playbook, &vocabulary, &mut findings);
    }
    let mut found = findings.into_sorted();
    // Of its own mistakes the playbook speaks itself.
    found.retain(|found| found.rule != FAULTY);
    found
}

impl Tested {
    fn broken(document: &Document, playbook: Option<String>, found: &[Diagnostic]) -> Self {
        Self {
            file: document.name.clone(),
            playbook,
            cases: Vec::new(),
            broken: found.iter().map(|found| shown(document, found)).collect(),
            details: diagnostics::render(document, found, false),
        }
    }
}

impl Run {
    /// A file that could not be taken up.
    fn refuse(&mut self, name: &str, why: &str) -> Tested {
        self.unreadable += 1;
        let document = Document { name: name.to_owned(), text: String::new() };
        let message = format!("failed to read the file: {why}");
        Tested::broken(&document, None, &[Diagnostic::error("unreadable", message, 0..0)])
    }

    /// Tells what came of a file, or keeps it for the end.
    fn take(
        &mut self,
        context: &mut Context,
        args: &TestArgs,
        mut tested: Tested,
    ) -> Result<(), Failure> {
        self.files += 1;
        self.cases += tested.cases.len();
        self.failed += tested.cases.iter().filter(|case| !case.passed).count();
        self.broken += usize::from(!tested.broken.is_empty());
        if args.format == Format::Json {
            tested.details = String::new();
            self.tested.push(tested);
            return Ok(());
        }
        let file = escape::line(&tested.file);
        for case in &tested.cases {
            let place = format!("{file}:{}  {}", case.line, escape::line(&case.name));
            if case.passed {
                writeln!(context.out, "pass  {place}")?;
            } else {
                self.wrong.extend(["FAIL  ", &place, "\n"]);
            }
        }
        self.wrong += &tested.details;
        Ok(())
    }

    /// Takes up a playbook of a folder: unless a test names it, none of its steps is covered.
    fn untested(&mut self, path: &Path, document: &Document) {
        if FileKind::of_text(&document.text) == FileKind::Playbook
            && let Some(playbook) = Playbook::read(document, Library::builtin()).0
        {
            self.cover(path, playbook, None);
        }
    }

    /// Adds what the walks of a test met; none if there is no test.
    fn cover(&mut self, path: &Path, playbook: Playbook, met: Option<&Coverage>) {
        let covered = self.covered.entry(texts::full(path)).or_insert_with(|| Covered {
            name: path.display().to_string(),
            playbook,
            met: Coverage::default(),
            is_tested: false,
        });
        if let Some(met) = met {
            covered.is_tested = true;
            covered.met.add(met);
        }
    }

    fn file(&mut self, path: &Path, document: &Document) -> Tested {
        let mut findings = Findings::default();
        let read = syntax::read(&document.text, &mut findings, |tree, findings| {
            visit::check(tree, &TESTS, findings);
            let (path, playbook) = self.playbook(path, tree, findings)?;
            let vocabulary = Vocabulary::builtin().clone().with(playbook.facts.clone());
            let cases = case::read(tree, &playbook, &vocabulary, findings);
            Some((path, playbook, vocabulary, cases))
        });
        let name = read.as_ref().map(|(path, ..)| path.display().to_string());
        let Some((path, playbook, vocabulary, cases)) = read else {
            return Tested::broken(document, name, &findings.into_sorted());
        };
        if findings.has_errors() {
            self.cover(&path, playbook, Some(&Coverage::default()));
            return Tested::broken(document, name, &findings.into_sorted());
        }
        let (mut tried, mut told, mut left_out) = (Vec::new(), Vec::new(), 0);
        let mut coverage = Coverage::default();
        let mut effort = rehearsal::EFFORT;
        for mut case in cases {
            let rehearsal = Rehearsal::run(&playbook, &vocabulary, &mut case, &mut effort);
            coverage.add(&rehearsal.coverage);
            let mut failures = failures(&case, &rehearsal);
            let passed = failures.is_empty();
            let room = Findings::LIMIT - told.len();
            left_out += failures.len().saturating_sub(room);
            failures.truncate(room);
            told.extend_from_slice(&failures);
            tried.push(Tried {
                line: document.line_column(case.span.start).0,
                passed,
                failures: failures.iter().map(|failure| shown(document, failure)).collect(),
                name: short(case.name),
            });
        }
        if left_out > 0 {
            let message = format!("{left_out} more differences not shown");
            let note = Diagnostic::error("too-many", message, 0..0);
            told.push(Diagnostic { level: Level::Note, ..note });
        }
        self.cover(&path, playbook, Some(&coverage));
        let details = diagnostics::render(document, &told, false);
        let file = document.name.clone();
        Tested { file, playbook: name, cases: tried, broken: Vec::new(), details }
    }

    /// The playbook that a test file names, or the one of the same name beside it.
    fn playbook(
        &mut self,
        test: &Path,
        tree: &DeTable<'_>,
        findings: &mut Findings,
    ) -> Option<(PathBuf, Playbook)> {
        let root = Table::root(tree);
        let named = root.text("playbook");
        let span = named.as_ref().map_or(0..0, |named| named.span.clone());
        let path = match &named {
            Some(named) => test.parent().unwrap_or(Path::new("")).join(&*named.text),
            None => PathBuf::from(test.to_string_lossy().replace(".test.toml", ".toml")),
        };
        let shown = escape::line(&path.to_string_lossy()).into_owned();
        let mut failed = |rule: &'static str, message: String| {
            let help = match rule {
                FAULTY => {
                    format!("breach playbook check {}", escape::shell(&path.to_string_lossy()))
                }
                _ => "name it with `playbook`, relative to the folder of this file".to_owned(),
            };
            findings.push(Diagnostic::error(rule, message, span.clone()).help(help));
        };
        if path == test {
            failed("playbook", "this file does not say which playbook it tests".to_owned());
            return None;
        }
        let bytes = match self.texts.read(&path, LIMIT) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.unreadable += 1;
                failed("playbook", format!("failed to read the playbook `{shown}`: {error}"));
                return None;
            }
        };
        let read = Document::from_bytes(shown.clone(), bytes)
            .map(|document| Playbook::read(&document, Library::builtin()).0);
        let Ok(Some(playbook)) = read else {
            failed(FAULTY, format!("the playbook `{shown}` has mistakes"));
            return None;
        };
        Some((path, playbook))
    }

    fn report(&self, context: &mut Context, args: &TestArgs) -> Result<Exit, Failure> {
        // What has no test is measured where somebody asks how much is covered.
        let asked = args.min_coverage.is_some() || args.missing || args.format == Format::Json;
        let measures: Vec<Measure> = self
            .covered
            .values()
            .filter(|covered| covered.is_tested || asked)
            .map(|covered| covered.met.measure(&covered.name, &covered.playbook))
            .collect();
        let untested = self.covered.values().filter(|covered| !covered.is_tested).count();
        let least = usize::from(args.min_coverage.unwrap_or(0));
        let thin = measures.iter().filter(|measure| measure.percent() < least).count();
        if args.format == Format::Json {
            let value = serde_json::json!({
                "schema": "breach.playbook-test/1",
                "files": &self.tested,
                "coverage": &measures,
            });
            json::write(&mut context.out, &value)?;
        } else {
            for measure in &measures {
                coverage(context, measure, args.missing)?;
            }
            context.out.write_all(self.wrong.as_bytes())?;
        }
        let count = wording::count(self.cases, "case");
        context.screen.say(&format!("{count} run, {} failed.", self.failed));
        if self.broken > 0 {
            context
                .screen
                .say(&format!("{} could not be used.", wording::count(self.broken, "file")));
        }
        if untested > 0 {
            let (untested, has) =
                (wording::count(untested, "playbook"), if untested == 1 { "has" } else { "have" });
            context.screen.say(&format!("{untested} {has} no test."));
        }
        if thin > 0 {
            let thin = wording::count(thin, "playbook");
            context.screen.say(&format!("{thin} covered less than {least} percent."));
        }
        Ok(if self.unreadable > 0 {
            Exit::Usage
        } else if self.failed + self.broken + thin > 0 {
            Exit::Mistakes
        } else {
            Exit::Done
        })
    }
}

fn coverage(context: &mut Context, measure: &Measure, missing: bool) -> Result<(), Failure> {
    let Measure { playbook, steps, branches, .. } = measure;
    writeln!(
        context.out,
        "{}: {} percent covered: {} of {} steps, {} of {} branches",
        escape::line(playbook),
        measure.percent(),
        steps.0,
        steps.1,
        branches.0,
        branches.1,
    )?;
    for missing in measure.missing.iter().filter(|_| missing) {
        writeln!(context.out, "  {}", escape::line(missing))?;
    }
    Ok(())
}

/// What came otherwise than expected. Where the walk went wrong, only that is told.
fn failures(case: &Case, rehearsal: &Rehearsal<'_>) -> Vec<Diagnostic> {
    let mut failures = rehearsal.wrong.clone();
    if failures.is_empty() {
        failures.extend(case.expect.iter().filter_map(|expected| {
            let message = expected.get_ref().differs(rehearsal)?;
            Some(Diagnostic::error("expect", message, expected.span()))
        }));
    }
    let stopped = rehearsal.stopped_at.as_ref();
    let help = stopped.map(|asked| format!("the walk stopped: there is no answer to {asked}"));
    let told = |failure: Diagnostic| {
        let help = failure.help.clone().or_else(|| help.clone());
        failure.maybe_help(help)
    };
    failures.into_iter().map(told).collect()
}

fn shown(document: &Document, found: &Diagnostic) -> Shown {
    let (line, column) = document.line_column(found.span.start);
    Shown { rule: found.rule, line, column, message: found.message.clone() }
}

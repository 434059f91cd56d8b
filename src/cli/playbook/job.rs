//! One file of a check: read, checked, compared with the baseline, mended if that was asked for.

use std::borrow::Cow;
use std::path::Path;

use chrono::NaiveDate;

use super::baseline::Baseline;
use super::config::Config;
use super::discover::{Discovered, Namer};
use super::input::STDIN;
use super::permits::{Permit, Permits};
use super::rewrite::{self, View};
use super::texts::Texts;
use super::together;
use crate::check::{self, Checked};
use crate::document::{self, Document};
use crate::output::findings;
use crate::plain_file;

/// Rounds of mending: what one mends may show the next.
const ROUNDS: usize = 10;

/// What is the same for every file.
pub(super) struct Job {
    pub(super) baseline: Baseline,
    pub(super) namer: Namer,
    pub(super) today: NaiveDate,
    pub(super) max_size: usize,
    /// Whether a report shows the source.
    pub(super) excerpts: bool,
    pub(super) mend: Mend,
    pub(super) view: View,
    pub(super) gate: Permits,
}

/// What to do about what can be mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mend {
    /// Nothing.
    No,
    /// Show it.
    Diff,
    /// Write it.
    Write,
}

/// A file that was checked.
pub(super) struct Done {
    pub(super) checked: Checked,
    pub(super) excerpts: String,
    pub(super) named: bool,
    /// The number of findings left out because the baseline has them.
    pub(super) known: usize,
    /// Findings of the baseline that are not there any more.
    pub(super) gone: usize,
    /// Findings that are mended, or would be.
    pub(super) mended: usize,
    /// What mending changes, if that was asked for.
    pub(super) diff: String,
    /// Why the mended file could not be written.
    pub(super) failed: Option<String>,
}

impl Done {
    /// A file that could not be taken up, whoever named it.
    pub(super) fn refused(checked: Checked) -> Self {
        Self { excerpts: findings::excerpts(None, &checked), ..Self::new(checked, true) }
    }

    fn new(checked: Checked, named: bool) -> Self {
        let (known, gone, mended) = (0, 0, 0);
        let (excerpts, diff) = (String::new(), String::new());
        Self { checked, excerpts, named, known, gone, mended, diff, failed: None }
    }
}

impl Job {
    /// Checks a file that is small enough to be checked beside others.
    pub(super) fn small_file(&self, found: &Discovered, config: &Config) -> Option<Done> {
        self.file_when(found, config, |bytes| self.gate.enter_small(bytes))
    }

    /// Checks a file.
    pub(super) fn file(&self, found: &Discovered, config: &Config) -> Done {
        let done = self.file_when(found, config, |bytes| Some(self.gate.enter(bytes)));
        done.unwrap_or_else(|| unreachable!("every file is let in"))
    }

    fn file_when<'g>(
        &'g self,
        found: &Discovered,
        config: &Config,
        enter: impl FnOnce(usize) -> Option<Permit<'g>>,
    ) -> Option<Done> {
        let (name, machine) = (found.name(), self.namer.machine(&found.path));
        let checked = match plain_file::read_when(&found.path, self.max_size, enter) {
            Ok(read) => {
                let (bytes, _permit) = read?;
                let text = || String::from_utf8_lossy(&bytes).into_owned();
                let shown =
                    if std::str::from_utf8(&bytes).is_err() { text() } else { String::new() };
                match Document::within(name.clone(), bytes, self.max_size) {
                    Ok(document) => {
                        return Some(self.document(&document, &machine, config, Some(found)));
                    }
                    Err(diagnostic) => check::refused(&name, &machine, &shown, *diagnostic),
                }
            }
            Err(error) => check::unreadable(&name, &machine, &error.to_string()),
        };
        Some(self.refused(checked))
    }

    /// A file that could not be taken up, unless that was known.
    fn refused(&self, mut checked: Checked) -> Done {
        let known = self.baseline.filter(&mut checked);
        let gone = self.baseline.known(&checked.path).saturating_sub(known);
        Done { known, gone, ..Done::refused(checked) }
    }

    /// Checks what came through standard input, in the place of a file.
    pub(super) fn stdin(&self, found: &Discovered, bytes: Vec<u8>, config: &Config) -> Done {
        let name = found.name();
        let is_nameless = found.path == Path::new(STDIN);
        let machine = if is_nameless { name.clone() } else { self.namer.machine(&found.path) };
        match Document::within(name.clone(), bytes, self.max_size) {
            Ok(document) => self.document(&document, &machine, config, None),
            Err(diagnostic) => self.refused(check::refused(&name, &machine, "", *diagnostic)),
        }
    }

    /// Checks a text; `found` is the file that holds it, if one does.
    pub(super) fn document(
        &self,
        document: &Document,
        machine: &str,
        config: &Config,
        found: Option<&Discovered>,
    ) -> Done {
        let path = found.map(|found| found.path.as_path());
        let (checked, known) = self.check(document, path, machine, config);
        let mut done = Done::new(checked, found.is_none_or(|found| found.named));
        done.known = known;
        done.gone = self.baseline.known(&done.checked.path).saturating_sub(known);
        let mut document = Cow::Borrowed(document);
        if self.mend != Mend::No
            && let Some((mended, count, after)) =
                self.mended(&document, path, &done, machine, config)
        {
            done.mended = count;
            if let Some(found) = found.filter(|_| self.mend == Mend::Write) {
                match rewrite::write(&found.path, &document.text, &mended.text) {
                    Ok(()) => {
                        done.checked = after;
                        document = Cow::Owned(mended);
                    }
                    Err(error) => done.failed = Some(error.to_string()),
                }
            } else {
                let marked = found.is_some_and(|found| rewrite::is_marked(&found.path));
                let (before, after) = (&document.text, &mended.text);
                done.diff = rewrite::diff(&document.name, marked, before, after, self.view);
            }
        }
        if self.excerpts && !done.checked.findings.is_empty() {
            done.excerpts = findings::excerpts(Some(&document), &done.checked);
        }
        done
    }

    /// Says of a playbook that another one, at `other`, has its id.
    pub(super) fn repeats(&self, done: &mut Done, other: &str, config: &Config) {
        let Some(repeats) = done.checked.repeats(other) else { return };
        let read = plain_file::read(Path::new(&done.checked.name), self.max_size).ok();
        let text = read.and_then(|bytes| {
            Document::within(done.checked.name.clone(), bytes, self.max_size).ok()
        });
        // What came through standard input cannot be read again; its place is known all the same.
        let Some(document) = text else { return };
        done.checked.add(&document, vec![repeats], &config.policy);
        let known = self.baseline.filter(&mut done.checked);
        (done.known, done.gone) = (done.known + known, done.gone.saturating_sub(known));
        if self.excerpts {
            done.excerpts = findings::excerpts(Some(&document), &done.checked);
        }
    }

    fn check(
        &self,
        document: &Document,
        path: Option<&Path>,
        machine: &str,
        config: &Config,
    ) -> (Checked, usize) {
        let texts = Texts::default();
        let mut checked =
            together::check(document, path, machine, &config.policy, self.today, &texts);
        let known = self.baseline.filter(&mut checked);
        (checked, known)
    }

    /// The text with everything mended that can be, how much that was, and what is left.
    fn mended(
        &self,
        document: &Document,
        path: Option<&Path>,
        done: &Done,
        machine: &str,
        config: &Config,
    ) -> Option<(Document, usize, Checked)> {
        let mut result: Option<(Document, usize, Checked)> = None;
        for _ in 0..ROUNDS {
            let (now, count, checked) = match &result {
                Some((now, count, checked)) => (now, *count, checked),
                None => (document, 0, &done.checked),
            };
            let found = checked.findings.iter().map(|finding| &finding.diagnostic);
            let Some((text, more)) = document::mend(&now.text, found) else { break };
            let next = Document { name: document.name.clone(), text };
            let (checked, _) = self.check(&next, path, machine, config);
            result = Some((next, count + more, checked));
        }
        result
    }
}

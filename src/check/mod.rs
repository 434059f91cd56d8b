//! The checker: every mistake of a file in one run, each with its rule and its place.
//!
//! The reader that the walk uses finds what makes a file unusable; the rules that judge for
//! themselves look at what it read. What a comment allows and which level somebody chose come last.

mod allow;
mod brackets;
mod finding;
mod kind;
mod policy;
mod rule;
mod rules;
mod subject;

use std::ops::Range;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::DeTable;

use crate::document::{Diagnostic, Document, Findings, Level, Table, short, syntax, visit};
use crate::escape;
use crate::fact::{Vocabulary, check_conditions};
use crate::incident::sensitive;
use crate::phase::Phase;
use crate::playbook::{self, Library, Look, Outline, Programs};
use crate::regime::{CALENDAR, Regime, check_atlas};
use brackets::Single;
use kind::Meant;

pub use finding::{Finding, Place};
pub use kind::FileKind;
pub use policy::{Policy, Unknown};
pub use rule::{Family, Judge, Rule};
pub use rules::{ALL as RULES, did_you_mean, find as rule};
pub use subject::Subject;

/// What is said of a file that is another program's.
pub const FOREIGN: &str = "this is not a playbook, nor any other file that breach uses";

/// What is said of a file in which there is no key at all.
const SAYS_NOTHING: &str = "this file has no content";

/// What was found in a file.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The file, as it is shown to people.
    pub name: String,
    /// The file for machines: from the root of its repository, parts joined by `/`.
    pub path: String,
    /// What the file is.
    pub kind: FileKind,
    /// In the order of the text.
    pub findings: Vec<Finding>,
    /// What it is called among playbooks, if it is one.
    pub identity: Option<Identity>,
}

/// What a playbook is called, and where it says so.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Its phase and its id.
    pub name: (Phase, String),
    /// Line and column of the id.
    pub place: (usize, usize),
    span: Range<usize>,
}

impl Checked {
    /// Adds what was found with the help of other files; what no rule is named for does not fit the
    /// playbook that this file tests.
    pub fn add(&mut self, document: &Document, mut found: Vec<Diagnostic>, policy: &Policy) {
        for diagnostic in &mut found {
            if rule(diagnostic.rule).is_none() {
                diagnostic.rule = rules::test_unfit::RULE.name;
            }
        }
        self.findings.extend(finding::all(&document.text, &self.path, found, &[], policy));
        self.findings.sort_by_key(|finding| finding.diagnostic.span.start);
    }

    /// The same id as another playbook of the same phase, at `other`.
    pub fn repeats(&self, other: &str) -> Option<Diagnostic> {
        let Identity { name: (phase, id), span, .. } = self.identity.as_ref()?;
        let id = escape::line(id);
        let message = format!("{other} has the id `{id}` for {phase}, too");
        Some(
            rules::duplicate_id::RULE.at(span.clone(), message).help(
                "give each its own id: of two playbooks with one, only the first is ever walked",
            ),
        )
    }
}

/// Begins to read what every playbook is compared with, on all processors: of a single file it is most
/// of the work.
pub fn prepare() {
    rayon::spawn(|| _ = Vocabulary::builtin());
    rayon::spawn(|| _ = sensitive("="));
    rayon::spawn(|| _ = Look::of::<&str>(&[], &Programs::default()));
}

/// Checks a document on a day. `path` names it for machines.
pub fn check(document: &Document, path: &str, policy: &Policy, today: NaiveDate) -> Checked {
    check_as(FileKind::Unknown, document, path, policy, today)
}

/// Checks a document that is a test by its name, whatever its contents.
pub fn check_test(document: &Document, path: &str, policy: &Policy, today: NaiveDate) -> Checked {
    check_as(FileKind::Tests, document, path, policy, today)
}

fn check_as(
    meant: FileKind,
    document: &Document,
    path: &str,
    policy: &Policy,
    today: NaiveDate,
) -> Checked {
    let (mut found, kind, mut steps, mut identity) = look(document, today, policy, meant);
    let faulty = found.iter().any(|diagnostic| diagnostic.level == Level::Error);
    if let Some(single) = faulty.then(|| Single::of(&document.text, kind)).flatten() {
        let doubled = Document { name: String::new(), text: single.doubled(&document.text) };
        (found, _, steps, identity) = look(&doubled, today, policy, meant);
        found = found.into_iter().map(|diagnostic| single.moved(diagnostic)).collect();
        found.extend(single.found().take(Findings::LIMIT));
        found.sort_by_key(|diagnostic| (diagnostic.span.start, diagnostic.level));
        for (start, _) in &mut steps {
            *start = single.place(*start);
        }
        if let Some(Identity { span, .. }) = &mut identity {
            *span = single.place(span.start)..single.place(span.end);
        }
    }
    let findings = finding::all(&document.text, path, found, &steps, policy);
    if let Some(Identity { span, place, .. }) = &mut identity {
        *place = document.line_column(span.start);
    }
    Checked { name: document.name.clone(), path: path.to_owned(), kind, findings, identity }
}

/// Where each step starts, and its id.
type Starts = Vec<(usize, String)>;

/// What is found in a document, what it is, its steps, and what it is called.
type Looked = (Vec<Diagnostic>, FileKind, Starts, Option<Identity>);

/// `meant` is what a file is whose contents do not say.
fn look(document: &Document, today: NaiveDate, policy: &Policy, meant: FileKind) -> Looked {
    let mut findings = Findings::default();
    let ((kind, steps), identity) =
        syntax::read(&document.text, &mut findings, |tree, findings| {
            (inspect(document, tree, today, policy, meant, findings), identity(tree))
        });
    allow::apply(document, &mut findings);
    let identity = identity.filter(|_| kind == FileKind::Playbook);
    (findings.into_sorted(), kind, steps, identity)
}

/// What a playbook with this tree is called.
fn identity(tree: &DeTable<'_>) -> Option<Identity> {
    let root = Table::root(tree);
    let (phase, id) = (root.text("phase")?, root.text("id")?);
    let name = (Phase::parse(&phase.text)?, short(id.text.clone().into_owned()));
    Some(Identity { name, place: (0, 0), span: id.span })
}

/// What was found in a file that could not be taken up. `text` is what of it can be shown.
pub fn refused(name: &str, path: &str, text: &str, diagnostic: Diagnostic) -> Checked {
    other(name, path, text, vec![diagnostic])
}

/// What was found in a file that holds neither playbooks nor law.
pub fn other(name: &str, path: &str, text: &str, found: Vec<Diagnostic>) -> Checked {
    let findings = finding::all(text, path, found, &[], &Policy::default());
    let (name, path) = (name.to_owned(), path.to_owned());
    Checked { name, path, kind: FileKind::Unknown, findings, identity: None }
}

/// A file that cannot be read.
pub fn unreadable(name: &str, path: &str, why: &str) -> Checked {
    refused(
        name,
        path,
        "",
        rules::unreadable::RULE.at(0..0, format!("failed to read the file: {why}")),
    )
}

/// Runs the reader and every rule that judges for itself. Returns what the file is, where each step
/// starts, and its id.
fn inspect(
    document: &Document,
    tree: &DeTable<'_>,
    today: NaiveDate,
    policy: &Policy,
    meant: FileKind,
    findings: &mut Findings,
) -> (FileKind, Starts) {
    let source = &document.text;
    let judge = |draft: Outline<'_>, findings: &mut Findings| {
        judge(&Subject::new(source, &draft, today, &policy.programs), findings)
    };
    let kind = match FileKind::of(tree) {
        FileKind::Unknown => meant,
        kind => kind,
    };
    if kind != FileKind::Unknown {
        for rule in RULES {
            if let Judge::Text(judge) = rule.judge {
                judge(source, findings);
            }
        }
    }
    let steps = match kind {
        FileKind::Playbook => Outline::read(source, tree, Library::builtin(), findings, judge),
        FileKind::Steps => {
            Outline::read_shared(source, tree, Vocabulary::builtin(), findings, judge)
        }
        FileKind::Facts => {
            let facts = Vocabulary::read_tree(tree, findings);
            check_conditions(&facts, source, &Table::root(tree), findings);
            for rule in RULES {
                if let Judge::Facts(judge) = rule.judge {
                    judge(&Table::root(tree), findings);
                }
            }
            Vec::new()
        }
        FileKind::Regime => {
            Regime::read_tree(source, tree, Vocabulary::builtin(), findings);
            Vec::new()
        }
        FileKind::Calendar => {
            visit::check(tree, &CALENDAR, findings);
            Vec::new()
        }
        FileKind::Atlas => {
            check_atlas(tree, findings);
            Vec::new()
        }
        FileKind::Answers => {
            visit::check(tree, &playbook::ANSWERS, findings);
            Vec::new()
        }
        FileKind::Tests => {
            visit::check(tree, &playbook::TESTS, findings);
            Vec::new()
        }
        FileKind::Unknown => {
            findings.push_absent(unknown(tree));
            Vec::new()
        }
    };
    (kind, steps)
}

/// What is said of a file of no kind.
fn unknown(tree: &DeTable<'_>) -> Diagnostic {
    let rule = &rules::unknown_file::RULE;
    let help = "a playbook has `phase` and `[[step]]`, a vocabulary has `[fact]`";
    match Meant::of(tree) {
        Some(Meant { key, nearest: Some((name, nearest)) }) => {
            let name = escape::line(&name);
            let message =
                format!("no file of breach's has a key `{name}`, so this one is not read");
            rule.at(key, message).help(format!("did you mean `{nearest}`?"))
        }
        Some(Meant { key, nearest: None }) => {
            let message = "this is not yet a playbook, nor any other file that breach uses";
            rule.at(key, message).help(help)
        }
        None => {
            let message = if tree.is_empty() { SAYS_NOTHING } else { FOREIGN };
            let first = tree.keys().map(Spanned::span).min_by_key(|key| key.start).unwrap_or(0..0);
            rule.at(first, message).help(help)
        }
    }
}

/// Runs every rule that judges for itself. Returns where each step starts, and its id.
fn judge(subject: &Subject<'_>, findings: &mut Findings) -> Starts {
    for rule in RULES {
        match rule.judge {
            Judge::Playbook(judge) => judge(subject, findings),
            Judge::Facts(judge) => judge(&subject.draft.root, findings),
            Judge::File | Judge::Reader | Judge::Checker | Judge::Text(_) => {}
        }
    }
    if subject.effort.is_spent() {
        findings.stop();
    }
    let id = |table: &Table<'_>| table.text("id").map(|id| short(id.to_owned()));
    subject.tables().map(|table| (table.span.start, id(table).unwrap_or_default())).collect()
}

//! What a file names that its other places can speak of.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::open::Open;
use crate::check::FileKind;
use crate::cli::playbook::texts::Texts;
use crate::document::{Document, Findings, LIMIT, Table, syntax};
use crate::fact::{Vocabulary, read_facts};
use crate::playbook::Library;

/// What a file names, or the playbook that it tests.
pub(super) struct Known {
    pub(super) kind: FileKind,
    /// In their order.
    pub(super) steps: Vec<Named>,
    /// Names of its own facts, and where each is defined.
    pub(super) own: Vec<(String, Range<usize>)>,
    /// The facts that it can ask.
    pub(super) vocabulary: Vocabulary,
    /// Evidence that is kept or destroyed.
    pub(super) tags: BTreeSet<String>,
    /// Evidence that is kept, and where.
    pub(super) kept: Vec<(String, Range<usize>)>,
    /// The playbook that it tests and its text, if it is a test.
    pub(super) tested: Option<(PathBuf, String)>,
}

/// A step.
pub(super) struct Named {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) why: String,
    /// The place of its id.
    pub(super) span: Range<usize>,
    /// Where it begins.
    pub(super) start: usize,
}

impl Known {
    /// Reads an open file.
    pub(super) fn of(open: &Open) -> Self {
        let kind = open.kind();
        let tested = if kind == FileKind::Tests {
            open.path.as_deref().and_then(|path| tested(path, &open.text, &open.texts))
        } else {
            None
        };
        let text = tested.as_ref().map_or(open.text.as_str(), |(_, text)| text.as_str());
        let read = syntax::read(text, &mut Findings::default(), |tree, findings| {
            let root = Table::root(tree);
            let facts = read_facts(&root, findings);
            let places = facts.iter().filter_map(|fact| {
                let table = root.table("fact")?.table(&fact.name)?;
                Some((fact.name.clone(), table.span))
            });
            let own: Vec<_> = places.collect();
            let mut steps = Vec::new();
            let (mut tags, mut kept) = (BTreeSet::new(), Vec::new());
            for table in ["step", "shared-step"].into_iter().flat_map(|key| root.tables(key)) {
                let text = |key: &str| table.text(key).map(|text| text.to_owned());
                let all = ["preserves", "destroys"].into_iter().flat_map(|key| table.texts(key));
                tags.extend(all.map(|tag| tag.to_owned()).filter(|tag| !tag.is_empty()));
                kept.extend(
                    table.texts("preserves").into_iter().map(|tag| (tag.to_owned(), tag.span)),
                );
                let Some(id) = table.text("id").or_else(|| table.text("use")) else { continue };
                // A shared step says these where it is written.
                let says = |key| {
                    let shared = || Library::builtin().says(&id.text, key).map(str::to_owned);
                    text(key).or_else(shared).unwrap_or_default()
                };
                steps.push(Named {
                    title: says("title"),
                    why: says("why"),
                    span: id.span.clone(),
                    start: table.span.start,
                    id: id.to_owned(),
                });
            }
            (facts, own, steps, tags, kept)
        });
        let (facts, own, steps, tags, kept) = read;
        // A vocabulary defines its facts itself.
        let vocabulary = Vocabulary::builtin().clone().with(facts);
        Self { kind, steps, own, vocabulary, tags, kept, tested }
    }
}

/// The playbook that a test names, or the one of the same name beside it.
fn tested(path: &Path, text: &str, texts: &Texts) -> Option<(PathBuf, String)> {
    let named = syntax::read(text, &mut Findings::default(), |tree, _| {
        Table::root(tree).text("playbook").map(|name| name.to_owned())
    });
    let beside = || PathBuf::from(path.to_string_lossy().replace(".test.toml", ".toml"));
    let playbook = named.map_or_else(beside, |name| path.parent().unwrap_or(path).join(name));
    let bytes = texts.read(&playbook, LIMIT).ok().filter(|_| playbook != path)?;
    let document = Document::from_bytes(playbook.display().to_string(), bytes).ok()?;
    Some((playbook, document.text))
}

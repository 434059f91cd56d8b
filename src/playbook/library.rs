//! What playbooks share: the facts that all of them ask, and steps that several of them take.
//!
//! A shared step is written once, in `steps.toml`, and means the same wherever it is used. Only its
//! place is the playbook's own: what it needs there, and when it applies.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, LazyLock, OnceLock};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::document::{Diagnostic, Document, Findings, did_you_mean, nearest, syntax};
use crate::fact::Vocabulary;
use crate::id::is_kebab;
use crate::{escape, wording};

/// Shared steps that are copied whole although a playbook took all of them already. Each repetition
/// is a mistake, and there are more of them than anybody is shown.
const REPEATS: usize = 2 * Findings::LIMIT;

/// Facts and steps. A copy costs nothing.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// The facts that every playbook can ask.
    pub facts: Vocabulary,
    steps: Arc<Shared>,
}

/// Shared steps. Most playbooks take none, so they are read when one does.
#[derive(Debug, Default)]
struct Shared {
    text: String,
    /// By id, as they are written.
    steps: OnceLock<BTreeMap<String, DeTable<'static>>>,
}

static BUILTIN: LazyLock<Library> = LazyLock::new(|| {
    let name = "playbooks/steps.toml".to_owned();
    let text = Library::builtin_steps().to_owned();
    Library::new(Vocabulary::builtin().clone(), &Document { name, text })
});

impl Library {
    /// Facts, and the steps of a document. Mistakes are for the checker to find; a step without an
    /// id is left out.
    pub fn new(facts: Vocabulary, steps: &Document) -> Self {
        let steps = Shared { text: steps.text.clone(), steps: OnceLock::new() };
        Self { facts, steps: Arc::new(steps) }
    }

    fn shared(&self) -> &BTreeMap<String, DeTable<'static>> {
        let read = |tree: &DeTable<'_>, _: &mut Findings| {
            let array = tree.get("shared-step").and_then(|steps| steps.get_ref().as_array());
            let tables = array.into_iter().flatten().filter_map(|step| step.get_ref().as_table());
            tables
                .filter_map(|table| {
                    let id = table.get("id")?.get_ref().as_str()?.to_owned();
                    Some((id, placed(table, &(0..0))))
                })
                .collect()
        };
        let Shared { text, steps } = &*self.steps;
        steps.get_or_init(|| syntax::read(text, &mut Findings::default(), read))
    }

    /// The library that comes with the tool.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// The text of its steps, so that a copy can be kept with an incident.
    pub fn builtin_steps() -> &'static str {
        include_str!("../../playbooks/steps.toml")
    }

    /// Id and title of each shared step, by id.
    pub fn steps(&self) -> impl Iterator<Item = (&str, &str)> {
        self.shared().iter().map(|(id, step)| {
            let title = step.get("title").and_then(|title| title.get_ref().as_str());
            (id.as_str(), title.unwrap_or_default())
        })
    }

    /// What a shared step says under this key.
    pub fn says(&self, id: &str, key: &str) -> Option<&str> {
        self.shared().get(id)?.get(key)?.get_ref().as_str()
    }

    /// A playbook's tree with each shared step in its place, whole; every part of it stands where
    /// it is used. `None` if the playbook uses none.
    pub(super) fn whole<'t>(
        &self,
        tree: &DeTable<'t>,
        findings: &mut Findings,
    ) -> Option<DeTable<'t>> {
        let used = |step: &Spanned<DeValue<'_>>| {
            step.get_ref().as_table().is_some_and(|step| step.contains_key("use"))
        };
        let steps = tree.get("step")?.get_ref().as_array()?;
        if !steps.iter().any(used) {
            return None;
        }
        let mut whole = tree.clone();
        let mut placed_steps = 0;
        let steps = whole.get_mut("step").map(Spanned::get_mut);
        let Some(DeValue::Array(steps)) = steps else { return None };
        for step in steps.iter_mut() {
            let DeValue::Table(own) = step.get_mut() else { continue };
            let Some(name) = own.get("use") else { continue };
            let (Some(id), span) = (name.get_ref().as_str(), name.span()) else { continue };
            let Some(shared) = self.shared().get(id) else {
                // Of its form the shape already spoke.
                if is_kebab(id) {
                    findings.push_unnamed(id, self.unknown(id, span));
                    // Of the step that was meant others may speak.
                    if let Some(meant) = nearest(id, self.shared().keys().map(String::as_str)) {
                        findings.spoil(meant);
                    }
                }
                continue;
            };
            placed_steps += 1;
            let mut filled: DeTable<'t> = if placed_steps > self.shared().len() + REPEATS {
                named(shared, &span)
            } else {
                placed(shared, &span)
            };
            filled.extend(std::mem::take(own));
            *own = filled;
        }
        Some(whole)
    }

    fn unknown(&self, id: &str, span: Range<usize>) -> Diagnostic {
        let message = format!("there is no shared step `{}`", escape::line(id));
        let ids: Vec<&String> = self.shared().keys().collect();
        let help = did_you_mean(id, ids.iter().map(|id| id.as_str()))
            .unwrap_or_else(|| format!("it is one of {}", wording::ticked(&ids)));
        Diagnostic::error("unknown-shared-step", message, span).help(help)
    }
}

/// Ids of the shared steps that a playbook's text takes, in its order.
pub fn shared_steps_of(text: &str) -> Vec<String> {
    syntax::read(text, &mut Findings::default(), |tree, _| {
        let steps = tree.get("step").and_then(|steps| steps.get_ref().as_array());
        let taken = |step: &Spanned<DeValue<'_>>| {
            let name = step.get_ref().as_table()?.get("use")?;
            name.get_ref().as_str().map(str::to_owned)
        };
        steps.into_iter().flatten().filter_map(taken).collect()
    })
}

/// Only the id of a shared step, so that its repetition is found.
fn named<'t>(table: &DeTable<'_>, at: &Range<usize>) -> DeTable<'t> {
    let id =
        table.iter().find(|(key, _)| key.get_ref() == "id").map(|entry| placed_entry(entry, at));
    id.into_iter().collect()
}

/// A copy of a table, all of it at one place. It goes as deep as the shape of a step does.
fn placed<'t>(table: &DeTable<'_>, at: &Range<usize>) -> DeTable<'t> {
    table.iter().map(|entry| placed_entry(entry, at)).collect()
}

fn placed_entry<'t>(
    (key, value): (&Spanned<Cow<'_, str>>, &Spanned<DeValue<'_>>),
    at: &Range<usize>,
) -> (Spanned<Cow<'t, str>>, Spanned<DeValue<'t>>) {
    let key = Cow::Owned(key.get_ref().clone().into_owned());
    (Spanned::new(at.clone(), key), placed_value(value.get_ref(), at))
}

fn placed_value<'t>(value: &DeValue<'_>, at: &Range<usize>) -> Spanned<DeValue<'t>> {
    let value = match value {
        DeValue::Table(table) => DeValue::Table(placed(table, at)),
        DeValue::Array(values) => {
            DeValue::Array(values.iter().map(|value| placed_value(value.get_ref(), at)).collect())
        }
        DeValue::String(text) => DeValue::String(text.clone().into_owned().into()),
        DeValue::Datetime(moment) => DeValue::Datetime(*moment),
        DeValue::Boolean(flag) => DeValue::Boolean(*flag),
        // A step has no numbers.
        DeValue::Integer(_) | DeValue::Float(_) => DeValue::Boolean(false),
    };
    Spanned::new(at.clone(), value)
}

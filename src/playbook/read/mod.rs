//! Reads a playbook: syntax, shape, then what only the whole can tell.

mod command;

use std::borrow::Cow;
use std::ops::Range;

use chrono::TimeDelta;
use toml::de::DeTable;

use super::{
    CutOff, Decision, Library, Part, Playbook, Role, SHAPE, STEPS, Step, Wanted, preserved,
    references,
};
use crate::document::{
    Diagnostic, Document, Findings, Spanned, Table, TextOrTable, did_you_mean, syntax, visit,
};
use crate::fact::names;
use crate::fact::{
    Condition, Fact, FactType, LISTED, MISTAKES, Vocabulary, check_conditions, length, read_facts,
};
use crate::id::is_kebab;
use crate::phase::Phase;
use crate::{escape, wording};

/// What could be read of a playbook, each part beside its table, whatever else is wrong.
pub struct Outline<'t> {
    /// The whole document.
    pub root: Table<'t>,
    /// The phase that it is for.
    pub phase: Option<Phase>,
    /// Its steps in their order.
    pub steps: Vec<DraftStep<'t>>,
    /// The shared facts, and its own.
    pub vocabulary: Vocabulary,
    /// What has to be cut together, by when.
    pub cut_offs: Vec<CutOff>,
    suits: Vec<String>,
    facts: Vec<Fact>,
}

/// A step and its table.
pub struct DraftStep<'t> {
    /// As written.
    pub table: Table<'t>,
    /// As read, if it could be.
    pub step: Option<Step>,
}

impl Playbook {
    /// Reads a playbook whose conditions speak of the facts of `library` and of its own. There is
    /// a playbook only without errors.
    pub fn read(document: &Document, library: &Library) -> (Option<Self>, Vec<Diagnostic>) {
        let mut findings = Findings::default();
        let playbook = syntax::read(&document.text, &mut findings, |tree, findings| {
            let finish = |draft: Outline<'_>, findings: &mut Findings| draft.finish(findings);
            Outline::read(&document.text, tree, library, findings, finish)
        });
        (playbook, findings.into_sorted())
    }
}

impl Outline<'_> {
    /// Reads the tree of a playbook; `source` is its text. Shared steps are in their place.
    pub fn read<R>(
        source: &str,
        tree: &DeTable<'_>,
        library: &Library,
        findings: &mut Findings,
        then: impl FnOnce(Outline<'_>, &mut Findings) -> R,
    ) -> R {
        visit::check(tree, &SHAPE, findings);
        let whole = library.whole(tree, findings);
        let root = Table::root(whole.as_ref().unwrap_or(tree));
        let facts = read_facts(&root, findings);
        taken(&root, &facts, &library.facts, findings);
        let vocabulary = library.facts.clone().with(facts.clone());
        vocabulary.check_order(&root, findings);
        check_conditions(&vocabulary, source, &root, findings);
        let mut reader = Reader::new(source, &vocabulary, findings);
        let steps = reader.steps(&root);
        let suits = reader.suits(&root);
        let cut_offs = references::cut_offs(&root, |table| delta(table, "by"), reader.findings);
        let phase = root.text("phase").and_then(|phase| Phase::parse(&phase.text));
        then(Outline { root, phase, steps, vocabulary, cut_offs, suits, facts }, findings)
    }

    /// Reads the tree of a file of shared steps, as steps of no phase.
    pub fn read_shared<R>(
        source: &str,
        tree: &DeTable<'_>,
        facts: &Vocabulary,
        findings: &mut Findings,
        then: impl FnOnce(Outline<'_>, &mut Findings) -> R,
    ) -> R {
        visit::check(tree, &STEPS, findings);
        let root = Table::root(tree);
        let mut reader = Reader::new(source, facts, findings);
        let steps = reader.shared_steps(&root);
        let vocabulary = facts.clone();
        let (suits, cut_offs, facts) = (Vec::new(), Vec::new(), Vec::new());
        then(Outline { root, phase: None, steps, vocabulary, cut_offs, suits, facts }, findings)
    }

    /// The playbook, if nothing stands in its way.
    pub fn finish(self, findings: &Findings) -> Option<Playbook> {
        let Self { root, phase, steps, suits, cut_offs, facts, .. } = self;
        if findings.has_errors() {
            return None;
        }
        Some(Playbook {
            id: owned(&root, "id")?,
            phase: phase?,
            title: owned(&root, "title")?,
            version: owned(&root, "version")?,
            owner: owned(&root, "owner")?,
            reviewed_on: root.day("reviewed-on")?,
            suits,
            summary: owned(&root, "summary")?,
            references: all(&root, "references"),
            facts,
            cut_offs,
            steps: steps.into_iter().map(|step| step.step).collect::<Option<_>>()?,
        })
    }
}

/// A fact of the shared vocabulary means the same everywhere.
fn taken(root: &Table<'_>, own: &[Fact], vocabulary: &Vocabulary, findings: &mut Findings) {
    let Some(facts) = root.table("fact") else {
        return;
    };
    let is_taken =
        |fact: &&Fact| vocabulary.get(&fact.name).is_some_and(|known| !known.means_the_same(fact));
    for fact in own.iter().filter(is_taken) {
        let span = facts.table(&fact.name).map_or(0..0, |table| table.span);
        let message = format!("`{}` means something else in the shared vocabulary", fact.name);
        let help = "use that fact as it is, or choose another name";
        findings.push(Diagnostic::error("fact-taken", message, span).help(help));
    }
}

/// What reading needs besides the table at hand.
pub(in crate::playbook) struct Reader<'d> {
    source: &'d str,
    pub(in crate::playbook) vocabulary: &'d Vocabulary,
    pub(in crate::playbook) findings: &'d mut Findings,
    /// The condition that was read before.
    condition: Option<Condition>,
}

impl<'d> Reader<'d> {
    fn new(source: &'d str, vocabulary: &'d Vocabulary, findings: &'d mut Findings) -> Self {
        Self { source, vocabulary, findings, condition: None }
    }

    fn steps<'t>(&mut self, root: &Table<'t>) -> Vec<DraftStep<'t>> {
        let tables = root.tables("step");
        if root.is_empty_array("step") {
            let message = "a playbook needs at least one step";
            self.findings.push_absent(Diagnostic::error("no-steps", message, 0..0));
        }
        let needs = references::check(&tables, self.findings);
        let drafts = self.drafts(tables, needs);
        let written: Vec<_> =
            drafts.iter().map(|draft| (&draft.table, draft.step.as_ref())).collect();
        preserved::check(&written, self.vocabulary, self.findings);
        drafts
    }

    fn shared_steps<'t>(&mut self, root: &Table<'t>) -> Vec<DraftStep<'t>> {
        let tables = root.tables("shared-step");
        references::unique_ids(&tables, self.findings);
        let needs = vec![Vec::new(); tables.len()];
        self.drafts(tables, needs)
    }

    fn drafts<'t>(&mut self, tables: Vec<Table<'t>>, needs: Vec<Vec<usize>>) -> Vec<DraftStep<'t>> {
        let read = |(table, needs): (Table<'t>, _)| {
            let step = self.step(&table, needs);
            DraftStep { table, step }
        };
        tables.into_iter().zip(needs).map(read).collect()
    }

    fn suits(&mut self, root: &Table<'_>) -> Vec<String> {
        let suits = root.texts("suits");
        let Some(kinds) = self.vocabulary.get(names::INCIDENT_KIND) else {
            return strings(&suits);
        };
        // Of their form the shape already spoke.
        for kind in suits.iter().filter(|kind| is_kebab(&kind.text)) {
            if kinds.options.iter().all(|option| option.id != kind.text) {
                let message =
                    format!("there is no kind of incident `{}`", escape::line(&kind.text));
                let ids: Vec<&str> =
                    kinds.options.iter().map(|option| option.id.as_str()).collect();
                let help = (!self.findings.is_full()).then(|| {
                    did_you_mean(&kind.text, ids.iter().copied())
                        .unwrap_or_else(|| format!("it is one of {}", wording::ticked(&ids)))
                });
                let diagnostic = Diagnostic::error("unknown-kind", message, kind.span.clone());
                self.findings.push(diagnostic.maybe_help(help));
            }
        }
        strings(&suits)
    }

    fn step(&mut self, table: &Table<'_>, needs: Vec<usize>) -> Option<Step> {
        let for_each = table.text("for-each");
        if let Some(list) = &for_each {
            self.for_each(list);
        } else if !table.has("for-each") {
            self.no_item(table);
        }
        let (ask, ask_again) = (table.texts("ask"), table.texts("ask-again"));
        for name in ask.iter().chain(&ask_again) {
            self.fact(name, &name.text);
        }
        let when = self.condition(table);
        let (instructions, acts) = (self.parts(table, "do"), self.parts(table, "acts"));
        let commands: Vec<_> = table
            .tables("command")
            .iter()
            .map(|command| command::read(self, command, table.has("for-each")))
            .collect();
        Some(Step {
            id: owned(table, "id")?,
            title: owned(table, "title")?,
            why: owned(table, "why")?,
            instructions: instructions?,
            acts: acts?,
            see: all(table, "see"),
            after: delta(table, "after"),
            decision: table.table("decision").map(|table| decision(&table)).unwrap_or_default(),
            role: role(table),
            within: delta(table, "within"),
            when,
            needs,
            noun: self.noun(for_each.as_ref()),
            for_each: for_each.map(|list| list.to_owned()),
            ask: strings(&ask).into_iter().chain(strings(&ask_again)).collect(),
            ask_again: strings(&ask_again),
            ask_duties: table.flag("ask-duties"),
            evidence: table.tables("evidence").iter().map(wanted).collect::<Option<_>>()?,
            preserves: all(table, "preserves"),
            destroys: all(table, "destroys"),
            shared: table.has("use"),
            call: all(table, "call"),
            privileged: table.flag("privileged"),
            commands: commands.into_iter().collect::<Option<_>>()?,
        })
    }

    /// A text, or the texts and tables of an array.
    fn parts(&mut self, table: &Table<'_>, key: &str) -> Option<Vec<Part>> {
        if let Some(text) = owned(table, key) {
            return Some(vec![Part { when: None, text }]);
        }
        let part = |part: TextOrTable<'_>| match part {
            TextOrTable::Text(text) => Some(Part { when: None, text: text.to_owned() }),
            TextOrTable::Table(table) => {
                let when = self.condition(&table);
                Some(Part { when, text: owned(&table, "text")? })
            }
        };
        table.texts_and_tables(key).into_iter().map(part).collect()
    }

    fn noun(&self, list: Option<&Spanned<'_>>) -> String {
        let fact = list.and_then(|list| self.vocabulary.get(&list.text));
        fact.and_then(|fact| fact.item.clone()).unwrap_or_else(|| "item".to_owned())
    }

    fn for_each(&mut self, list: &Spanned<'_>) {
        let Some(kind) = self.fact(list, &list.text).map(|fact| fact.kind) else {
            return;
        };
        if kind != FactType::List {
            let message = format!("`{}` is of type `{}`, not a list", list.text, kind.as_str());
            let help = "a step repeats for each item of a fact of type `list`";
            let span = list.span.clone();
            self.findings.push(Diagnostic::error("not-a-list", message, span).help(help));
        }
    }

    /// `{item}` would be shown as it is.
    fn no_item(&mut self, table: &Table<'_>) {
        let lines = ["title", "why", "do"].into_iter().filter_map(|key| table.text(key));
        let parts = ["do", "acts"].into_iter().flat_map(|key| table.texts_and_tables(key));
        let texts = lines.chain(parts.filter_map(TextOrTable::text));
        for text in texts.filter(|text| memchr::memchr(b'{', text.text.as_bytes()).is_some()) {
            let Some(at) = text.text.find("{item}") else { continue };
            self.item_outside(self.within(&text, at..at + 6));
        }
    }

    pub(in crate::playbook) fn item_outside(&mut self, span: Range<usize>) {
        let message = "`{item}` has no meaning in a step that does not repeat";
        let help = "give the step a `for-each` with a list fact";
        self.findings.push(Diagnostic::error("item-outside", message, span).help(help));
    }

    /// A fact by a name that stands at `place`, which is refused if there is none.
    pub(in crate::playbook) fn fact(&mut self, place: &Spanned<'_>, name: &str) -> Option<&Fact> {
        let vocabulary = self.vocabulary;
        let fact = vocabulary.get(name);
        // Of an empty name the shape already spoke.
        if fact.is_none() && !name.trim().is_empty() {
            let message = format!("there is no fact `{}`", escape::line(name));
            let near =
                if self.findings.is_full() { None } else { did_you_mean(name, vocabulary.names()) };
            let help = near.unwrap_or_else(|| LISTED.to_owned());
            let at = place.text.find(name).unwrap_or(0);
            let span = self.within(place, at..at + name.len());
            let diagnostic = Diagnostic::error("unknown-fact", message, span);
            self.findings.push_unnamed(name, diagnostic.help(help));
        }
        fact
    }

    /// The key `when` of a step or a command.
    pub(in crate::playbook) fn condition(&mut self, table: &Table<'_>) -> Option<Condition> {
        let text = table.text("when")?;
        // The steps of one list say the same one after the other.
        if let Some(before) = self.condition.as_ref().filter(|one| one.source() == text.text) {
            return Some(before.clone());
        }
        let mistakes = match Condition::read(&text.text, self.vocabulary, !self.findings.is_full())
        {
            Ok(condition) => {
                self.condition = Some(condition.clone());
                return Some(condition);
            }
            Err(mistakes) => mistakes,
        };
        if mistakes.len() >= MISTAKES {
            self.findings.stop();
        }
        // The shape already spoke of an empty text.
        for mistake in mistakes.into_iter().filter(|_| !text.text.trim().is_empty()) {
            let span = self.within(&text, mistake.span.clone());
            let part = text.text.get(mistake.span).unwrap_or_default();
            let diagnostic = Diagnostic::error(mistake.rule, mistake.message, span);
            self.findings.push_unnamed(part, diagnostic.maybe_help(mistake.help));
        }
        None
    }

    /// [`Spanned::part`] of this document.
    pub(in crate::playbook) fn within(
        &self,
        text: &Spanned<'_>,
        part: Range<usize>,
    ) -> Range<usize> {
        text.part(self.source, part)
    }
}

pub(in crate::playbook) fn delta(table: &Table<'_>, key: &str) -> Option<TimeDelta> {
    let seconds = length(&table.text(key)?.text)?;
    TimeDelta::try_seconds(i64::try_from(seconds).ok()?)
}

fn decision(table: &Table<'_>) -> Option<Decision> {
    Some(Decision {
        question: owned(table, "question")?,
        options: all(table, "options"),
        role: role(table),
    })
}

fn role(table: &Table<'_>) -> Option<Role> {
    Role::parse(&table.text("role")?.text)
}

fn wanted(table: &Table<'_>) -> Option<Wanted> {
    Some(Wanted {
        id: owned(table, "id")?,
        title: owned(table, "title")?,
        required: table.flag("required"),
    })
}

pub(in crate::playbook) fn owned(table: &Table<'_>, key: &str) -> Option<String> {
    table.text(key).map(|text| text.to_owned())
}

fn all(table: &Table<'_>, key: &str) -> Vec<String> {
    strings(&table.texts(key))
}

fn strings(texts: &[Spanned<'_>]) -> Vec<String> {
    texts.iter().map(|text| Cow::clone(&text.text).into_owned()).collect()
}

//! What a rule looks at.

use std::cell::OnceCell;
use std::ops::Range;

use chrono::NaiveDate;

use crate::document::{Spanned, Table, TextOrTable};
use crate::fact::{Condition, Effort};
use crate::phase::Phase;
use crate::playbook::program::{Look, Reads};
use crate::playbook::{Command, Outline, Programs, Step};

/// A playbook as far as it could be read.
pub struct Subject<'s> {
    /// Its text.
    pub source: &'s str,
    /// What could be read of it.
    pub draft: &'s Outline<'s>,
    /// The day of the check.
    pub today: NaiveDate,
    /// Programs of the project's own.
    pub programs: &'s Programs,
    /// What may still be spent on trying out its conditions.
    pub effort: Effort,
    commands: OnceCell<Vec<Written<'s>>>,
}

/// A command as it is written, and what is known of its words.
pub(crate) struct Written<'s> {
    pub(crate) table: Table<'s>,
    pub(crate) run: Vec<Spanned<'s>>,
    pub(crate) look: Look,
    /// As it was read; none where its step could not be.
    command: Option<&'s Command>,
}

impl Written<'_> {
    /// Words into which an answer is filled that something would read as a program: where the answer
    /// stands, and who would read it.
    pub(crate) fn injections(&self, source: &str) -> Vec<(Range<usize>, Reads)> {
        let Some(command) = self.command else { return Vec::new() };
        let found = self.look.injections(command).into_iter();
        found.map(|(at, reads)| (self.hole(command, source, at), reads)).collect()
    }

    /// Where an answer is filled into a word that an unknown program may read as code.
    pub(crate) fn doubts(&self, source: &str) -> Vec<Range<usize>> {
        let Some(command) = self.command else { return Vec::new() };
        self.look.doubts(command).map(|at| self.hole(command, source, at)).collect()
    }

    fn hole(&self, command: &Command, source: &str, at: usize) -> Range<usize> {
        self.run[at].part(source, command.run[at].hole())
    }
}

impl<'s> Subject<'s> {
    /// A playbook with this text, as of this day.
    pub(super) fn new(
        source: &'s str,
        draft: &'s Outline<'s>,
        today: NaiveDate,
        programs: &'s Programs,
    ) -> Self {
        let (effort, commands) = (Effort::default(), OnceCell::new());
        Self { source, draft, today, programs, effort, commands }
    }

    /// The commands of all steps, looked at once.
    pub(crate) fn commands(&self) -> &[Written<'s>] {
        self.commands.get_or_init(|| {
            let steps = self.draft.steps.iter().flat_map(|step| {
                let read = step.step.as_ref().map_or(&[][..], |step| &step.commands);
                let read = read.iter().map(Some).chain(std::iter::repeat(None));
                step.table.tables("command").into_iter().zip(read)
            });
            let written = steps.map(|(table, command)| {
                let run = table.texts("run");
                let look = Look::of(&run, self.programs);
                Written { table, run, look, command }
            });
            written.collect()
        })
    }

    /// Whether it is for this phase and has steps, each of them known, so that one can be missing.
    pub fn is_for(&self, phase: Phase) -> bool {
        let mut tables = self.tables().peekable();
        self.draft.phase == Some(phase)
            && tables.peek().is_some()
            && tables.all(|table| !table.has("use") || table.has("id"))
    }

    /// [`Condition::can_hold`] with the facts of this playbook.
    pub fn can_hold(&self, conditions: &[&Condition]) -> bool {
        Condition::can_hold(conditions, &self.draft.vocabulary, &self.effort)
    }

    /// Where it says which phase it is for.
    pub fn phase_span(&self) -> Range<usize> {
        self.draft.root.value_span("phase").unwrap_or(0..0)
    }

    /// The steps as they are written.
    pub fn tables(&self) -> impl Iterator<Item = &'s Table<'s>> + use<'s> {
        self.draft.steps.iter().map(|step| &step.table)
    }

    /// The steps that could be read, with their tables.
    pub fn steps(&self) -> impl Iterator<Item = (&'s Table<'s>, &'s Step)> + use<'s> {
        self.draft.steps.iter().filter_map(|step| Some((&step.table, step.step.as_ref()?)))
    }

    /// Every text that a person reads in a step: title, reason, instructions, titles of evidence.
    pub fn prose(table: &Table<'s>) -> Vec<Spanned<'s>> {
        let mut texts: Vec<_> =
            ["title", "why", "do"].into_iter().filter_map(|key| table.text(key)).collect();
        let parts = ["do", "acts"].into_iter().flat_map(|key| table.texts_and_tables(key));
        texts.extend(parts.filter_map(TextOrTable::text));
        texts.extend(table.tables("evidence").iter().filter_map(|wanted| wanted.text("title")));
        texts
    }

    /// The first step in whose prose one of these stems stands, at the start of a word.
    pub fn speaks_of(&self, stems: &[&str]) -> Option<&'s Table<'s>> {
        self.tables().find(|table| {
            let says = |text: &Spanned<'_>| {
                let lower = text.text.to_lowercase();
                stems.iter().any(|stem| has(&lower, stem))
            };
            Self::prose(table).iter().any(says)
        })
    }
}

/// Whether a word of the text starts with this stem; both are lower-case.
pub(super) fn has(lower: &str, stem: &str) -> bool {
    lower
        .match_indices(stem)
        .any(|(at, _)| at == 0 || !lower[..at].ends_with(|c: char| c.is_alphanumeric()))
}

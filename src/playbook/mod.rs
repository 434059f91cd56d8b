//! Playbooks: linear lists of steps with conditions, read with every mistake at its place.

mod argument;
mod binder;
pub mod builtin;
pub mod chooser;
mod library;
mod minutes;
mod preserved;
pub(crate) mod program;
mod read;
mod references;
mod script;
mod shape;

use chrono::{NaiveDate, TimeDelta};

pub use argument::{Argument, Fill, Unfilled};
pub use binder::{Paper, binder, running_head};
pub use library::{Library, shared_steps_of};
pub(crate) use program::Look;
pub use program::{PROGRAM, PROGRAMS, Programs};
pub use read::{DraftStep, Outline};
pub use script::{ANSWERS, TESTS};
pub use shape::{SHAPE, STEPS};

use crate::fact::{Condition, Fact, FactType, Value};
use crate::lexicon::words;
use crate::phase::Phase;

/// A plan for one phase.
#[derive(Clone, Debug)]
pub struct Playbook {
    /// Kebab-case.
    pub id: String,
    /// The phase that it is for.
    pub phase: Phase,
    /// One line.
    pub title: String,
    /// Version of the playbook, as its owner counts.
    pub version: String,
    /// Who keeps it up to date.
    pub owner: String,
    /// When somebody last read it through.
    pub reviewed_on: NaiveDate,
    /// Kinds of incident that it is offered for, options of the fact `incident_kind`; none is all.
    pub suits: Vec<String>,
    /// What it is for.
    pub summary: String,
    /// Standards and pages that it follows.
    pub references: Vec<String>,
    /// Facts that only this playbook asks.
    pub facts: Vec<Fact>,
    /// What has to be cut together, by when.
    pub cut_offs: Vec<CutOff>,
    /// The steps in their order; at least one.
    pub steps: Vec<Step>,
}

impl Playbook {
    /// Whether a step that is privileged asks a fact: it is so from wherever it is set.
    pub fn is_privileged(&self, fact: &str) -> bool {
        self.steps.iter().any(|step| step.privileged && step.ask.iter().any(|name| name == fact))
    }
}

/// Ways in that are cut in the same minute, so that no cut warns before the next.
#[derive(Clone, Debug)]
pub struct CutOff {
    /// How long after the start.
    pub by: TimeDelta,
    /// Numbers of the steps that cut.
    pub steps: Vec<usize>,
    /// Numbers of the steps that come first.
    pub after: Vec<usize>,
}

/// One thing for a person to do, decide or record.
#[derive(Clone, Debug)]
pub struct Step {
    /// Kebab-case, unique in the playbook.
    pub id: String,
    /// One line; may hold `{item}` if the step repeats.
    pub title: String,
    /// Why it matters.
    pub why: String,
    /// What to do, in short Markdown; the key is `do`.
    pub instructions: Vec<Part>,
    /// The same as short imperatives; none where nobody wrote them yet.
    pub acts: Vec<Part>,
    /// Ids of other playbooks to look at.
    pub see: Vec<String>,
    /// How long to wait, once the steps it needs are settled, before it comes up.
    pub after: Option<TimeDelta>,
    /// What has to be decided.
    pub decision: Option<Decision>,
    /// Who should do it.
    pub role: Option<Role>,
    /// How long it may take.
    pub within: Option<TimeDelta>,
    /// When it applies; always, if absent.
    pub when: Option<Condition>,
    /// Numbers of the steps that come first, all smaller than its own.
    pub needs: Vec<usize>,
    /// A list fact; the step repeats for each item.
    pub for_each: Option<String>,
    /// What an item of that list is called: `host`; otherwise `item`.
    pub noun: String,
    /// Facts asked when the step is done.
    pub ask: Vec<String>,
    /// The facts in `ask` that the step changes: asked even if they are known.
    pub ask_again: Vec<String>,
    /// Whether a person is also asked the facts that duties of the law wait for.
    pub ask_duties: bool,
    /// What should be kept.
    pub evidence: Vec<Wanted>,
    /// Tags of evidence that it keeps.
    pub preserves: Vec<String>,
    /// Tags of evidence that it destroys.
    pub destroys: Vec<String>,
    /// Whether it is written once for several playbooks.
    pub shared: bool,
    /// Whom it needs, as [`crate::part::PARTS`].
    pub call: Vec<String>,
    /// Its entries are marked privileged.
    pub privileged: bool,
    /// What the tool can run for it.
    pub commands: Vec<Command>,
}

impl Step {
    /// Whether a person is asked for a fact even if it is known: a list may have grown, and a step may
    /// change the facts it asks for.
    pub fn asks_again(&self, fact: &Fact) -> bool {
        fact.kind == FactType::List || self.ask_again.contains(&fact.name)
    }

    /// A text of the step for one item of its list; for all of them, `each host`.
    pub fn fill(&self, text: &str, item: Option<&str>) -> String {
        match item {
            Some(item) => text.replace("{item}", item),
            None => text.replace("{item}", &format!("each {}", self.noun)),
        }
    }
}

impl Part {
    /// The texts that apply, or may, as far as the facts tell.
    pub fn told<'p, 'v>(
        parts: &'p [Self],
        known: &dyn Fn(&str) -> Option<&'v Value>,
    ) -> Vec<&'p str> {
        let applies =
            |part: &&Self| part.when.as_ref().is_none_or(|when| when.holds(known) != Some(false));
        parts.iter().filter(applies).map(|part| part.text.as_str()).collect()
    }
}

/// A text that may hold only under a condition.
#[derive(Clone, Debug)]
pub struct Part {
    /// When it applies; always, if absent.
    pub when: Option<Condition>,
    /// May hold `{item}` if the step repeats.
    pub text: String,
}

/// A question that a person decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// One line.
    pub question: String,
    /// What can be chosen; none: anything.
    pub options: Vec<String>,
    /// Who decides.
    pub role: Option<Role>,
}

/// Evidence that a step wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Kebab-case, unique in the step.
    pub id: String,
    /// One line.
    pub title: String,
    /// Without it the step leaves a debt.
    pub required: bool,
}

/// A program and its arguments; never a shell line.
#[derive(Clone, Debug)]
pub struct Command {
    /// Kebab-case, unique in the step.
    pub id: String,
    /// One line.
    pub title: String,
    /// The program, then its arguments.
    pub run: Vec<Argument>,
    /// How long it may run.
    pub timeout: TimeDelta,
    /// Whether it alters the world.
    pub changes: bool,
    /// The way back, or that there is none.
    pub undo: Option<String>,
    /// When it is offered; always, if absent.
    pub when: Option<Condition>,
    /// The fact that its output answers, once a person confirmed it.
    pub fills: Option<String>,
}

words! {
    /// Who does a step.
    pub enum Role {
        /// Leads and decides.
        Commander = "commander",
        /// Keeps the commander free.
        Deputy = "deputy",
        /// Writes down.
        Scribe = "scribe",
        /// Speaks with those outside.
        Liaison = "liaison",
        /// Knows the system.
        Expert = "expert",
        /// Does the work.
        Responder = "responder",
        /// Advises on law.
        Counsel = "counsel",
    }
}

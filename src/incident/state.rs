//! What is known of an incident: its phases, facts, exhibits and commands.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::action::ActionItem;
use super::agreed::{Decided, HandedOver, Letter, Link, Stated};
use super::claims::{Claims, Conflict, Subject};
use super::clocks::Clocks;
use super::comparison::Comparison;
use super::event::{DecidedAs, Ended, Group, Kept, Obstacle, Outcome, RulingKind, Source, Stamped};
use super::forgotten::Forgotten;
use super::key::StepKey;
use super::notice::Notice;
use super::order::Order;
use super::times::Times;
use crate::digest::Digest;
use crate::fact::{Value, When};
use crate::phase::Phase;

/// An incident, folded. Grows with what is known of it, not with the number of entries.
#[derive(Clone, Debug, Default)]
pub struct Incident {
    /// Name of the incident, as its first genesis gives it.
    pub name: String,
    /// What the responder called it.
    pub title: Option<String>,
    /// When it was opened.
    pub opened_at: Option<DateTime<FixedOffset>>,
    /// True if it is a rehearsal.
    pub drill: bool,
    /// When it was closed, unless it was reopened.
    pub closed_at: Option<DateTime<FixedOffset>>,
    /// The last day on which its record has to be kept, as its close says.
    pub keep_until: Option<NaiveDate>,
    /// Every fact that was ever set, with its history, oldest first.
    pub facts: BTreeMap<String, Vec<FactChange>>,
    /// The earliest and the latest time that each fact was ever given.
    pub times: BTreeMap<String, Times>,
    /// Groups of people who are affected alike, in the order in which they were first described.
    pub groups: Vec<Group>,
    /// The phases under way.
    pub phases: BTreeMap<Phase, PhaseState>,
    /// Exhibits by name.
    pub exhibits: BTreeMap<String, Exhibit>,
    /// Commands that were started or reported, latest attempt of each.
    pub commands: HashMap<CommandKey, CommandState>,
    /// Notices that were sent, by duty, in the order of the record.
    pub notices: BTreeMap<String, Vec<Notice>>,
    /// Notices that were recorded and taken back, by duty.
    pub taken_back: BTreeMap<String, Vec<Notice>>,
    /// Drafts of notices, by duty or reader, in the order of the record.
    pub drafts: BTreeMap<String, Vec<Letter>>,
    /// Digests of the lists of those to whom letters were written, by duty.
    pub manifests: BTreeMap<String, BTreeSet<Digest>>,
    /// Texts for the status page, in the order of the record.
    pub statements: Vec<Stated>,
    /// Decisions that are no determinations, by name, in the order of the record.
    pub decisions: BTreeMap<String, Vec<Decided>>,
    /// The last hand-over of the work.
    pub handoff: Option<HandedOver>,
    /// Who accepted which hand-over, and when. A clock that is behind may have it come first.
    pub(super) accepted: BTreeMap<String, (String, DateTime<FixedOffset>)>,
    /// How it belongs with other incidents, by their names: several ways where people differ.
    pub links: BTreeMap<String, Vec<Link>>,
    /// What was decided of duties and asked by recipients, by duty, in the order of the record.
    pub rulings: BTreeMap<String, Vec<Ruling>>,
    /// What will be done so that it does not happen again, in the order of the record.
    pub actions: Vec<ActionItem>,
    /// Texts and files that were destroyed, by digest: of several entries that say so, the first.
    pub forgotten: BTreeMap<Digest, Forgotten>,
    /// Entries by kind.
    pub tally: BTreeMap<String, u64>,
    /// Entries that are marked privileged.
    pub privileged: u64,
    /// Entries that this version cannot read, wholly or in part: what is folded may be incomplete.
    pub newer: u64,
    /// When the latest entry was written.
    pub last_at: Option<DateTime<FixedOffset>>,
    /// Names of the people who wrote entries.
    pub people: BTreeMap<String, u64>,
    /// Of a machine, of an account: the last name used in each login session, the latest last.
    pub(super) names: BTreeMap<String, BTreeMap<String, Vec<(u32, String)>>>,
    /// How far the entries have been taken in.
    pub(super) order: Order,
    /// The times on the clocks of chains.
    pub(super) clocks: Clocks,
    /// Of evidence that was taken back, by its entry: the step that wanted it, its item, and its name.
    pub(super) unkept: BTreeMap<String, (String, Option<String>, String)>,
    /// Ids of entries that others take back.
    pub(super) withdrawn: BTreeSet<String>,
    /// What people said, and in knowledge of what.
    pub(super) claims: Claims,
}

impl Incident {
    /// What two people said differently without knowledge of each other, and nobody settled.
    pub fn conflicts(&self) -> Vec<Conflict<'_>> {
        self.claims.conflicts()
    }

    /// Describes the clocks that disagree, one line for each that differs from others.
    pub fn clocks(&self) -> Vec<String> {
        self.clocks.told()
    }

    /// Who said what of a subject, if they differ and nobody settled it.
    pub fn contested(&self, subject: &Subject) -> Option<Vec<&Stamped>> {
        self.claims.contested(subject)
    }

    /// Whether two folds say the same of the incident, whatever entries they counted to say so.
    pub fn is_same_state(&self, other: &Self) -> bool {
        let Self {
            name: _,
            title,
            opened_at,
            drill,
            closed_at,
            facts,
            groups,
            phases,
            exhibits,
            commands,
            notices,
            drafts,
            manifests,
            statements,
            decisions,
            handoff,
            accepted,
            links,
            rulings,
            actions,
            forgotten,
            keep_until,
            // The rest is bookkeeping, and says nothing of the incident itself.
            times: _,
            taken_back: _,
            tally: _,
            privileged: _,
            newer: _,
            last_at: _,
            people: _,
            names: _,
            order: _,
            clocks: _,
            unkept: _,
            withdrawn: _,
            claims: _,
        } = self;
        *title == other.title
            && *opened_at == other.opened_at
            && *drill == other.drill
            && *closed_at == other.closed_at
            && *facts == other.facts
            && *groups == other.groups
            && *phases == other.phases
            && *exhibits == other.exhibits
            && *commands == other.commands
            && *notices == other.notices
            && *drafts == other.drafts
            && *manifests == other.manifests
            && *statements == other.statements
            && *decisions == other.decisions
            && *handoff == other.handoff
            && *accepted == other.accepted
            && *links == other.links
            && *rulings == other.rulings
            && *actions == other.actions
            && *forgotten == other.forgotten
            && *keep_until == other.keep_until
            && self.conflicts() == other.conflicts()
    }
}

/// What was decided of a duty, or asked by its recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// What it is.
    pub what: RulingKind,
    /// Who decided or asked.
    pub by: String,
    /// Why, or what was asked.
    pub reason: String,
    /// The exhibit it is based on.
    pub proof: Option<String>,
    /// When an answer is due, or a delay ends.
    pub until: Option<DateTime<FixedOffset>>,
    /// When it happened, if somebody said.
    pub occurred: Option<When>,
    /// When it was recorded.
    pub at: DateTime<FixedOffset>,
    /// Whether it is marked privileged.
    pub is_privileged: bool,
}

/// One value that a fact had.
#[derive(Clone, Debug, PartialEq)]
pub struct FactChange {
    /// The value; unknown where this person and another differ, and nobody settled it.
    pub value: Value,
    /// What this person said, where another said otherwise and the value is unknown.
    pub said: Option<Value>,
    /// The item of a repeated step that it was given for.
    pub item: Option<String>,
    /// When it was recorded.
    pub at: DateTime<FixedOffset>,
    /// When it became so, if somebody said.
    pub occurred: Option<When>,
    /// Who said so.
    pub by: String,
    /// Why, or for a decision, on what basis.
    pub why: Option<String>,
    /// For a determination: who decided, in which role.
    pub decided: Option<(String, DecidedAs)>,
    /// Who saw a determination otherwise, and why.
    pub dissent: Option<String>,
    /// When to look at a determination again.
    pub review_at: Option<DateTime<FixedOffset>>,
    /// The text shown in place of a value, or part of one, that is kept separately and missing here.
    pub absent: Option<String>,
    /// Whether it is marked privileged.
    pub is_privileged: bool,
}

/// Where a phase stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PhaseState {
    /// When its first playbook was adopted. Cut-offs count from it; a new playbook gains no time.
    pub begun: Option<DateTime<FixedOffset>>,
    /// The playbook in force.
    pub pinned: Option<Pinned>,
    /// Outcomes by step and item.
    pub steps: HashMap<StepKey, StepState>,
    /// The step and item that came out last.
    pub latest: Option<StepKey>,
}

/// The playbook that a phase follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinned {
    /// Its id.
    pub playbook: String,
    /// Its version.
    pub version: String,
    /// Digest of its text; a copy is kept in the incident folder under this name.
    pub sha256: Digest,
    /// Digest of the facts it was read with.
    pub facts_sha256: Option<Digest>,
    /// Digest of the shared steps it was read with.
    pub steps_sha256: Option<Digest>,
    /// Where it came from.
    pub source: String,
    /// Since when.
    pub at: DateTime<FixedOffset>,
}

/// The latest outcome of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct StepState {
    /// How it ended.
    pub outcome: Outcome,
    /// What the responder wrote with it.
    pub text: Option<String>,
    /// Whose it is, if it is assigned.
    pub owner: Option<String>,
    /// What kind of obstacle it is.
    pub why: Option<Obstacle>,
    /// When to check again.
    pub check_at: Option<DateTime<FixedOffset>>,
    /// Required evidence that was missing then.
    pub missing_evidence: Vec<String>,
    /// Facts that the step used.
    pub used_facts: Vec<String>,
    /// When it was recorded.
    pub at: DateTime<FixedOffset>,
    /// When it happened, if that was said.
    pub occurred: Option<When>,
    /// Who recorded it.
    pub by: String,
    /// The entry, to be named by a correction.
    pub entry: String,
    /// Whether it is marked privileged.
    pub is_privileged: bool,
}

/// Evidence that is kept, or whose location is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Exhibit {
    /// What it is.
    pub title: String,
    /// Where it comes from.
    pub source: Source,
    /// Digest and size, where we have the bytes or saw them.
    pub kept: Option<Kept>,
    /// The step it belongs to.
    pub step: Option<String>,
    /// The step's wanted evidence that it satisfies.
    pub wanted: Option<String>,
    /// The item of a repeated step.
    pub item: Option<String>,
    /// True if the source changed while it was copied.
    pub changed: bool,
    /// When it will vanish at its source.
    pub expires_at: Option<When>,
    /// When it was last read again and compared, and what came of it.
    pub verified: Option<(DateTime<FixedOffset>, Comparison)>,
    /// When it was recorded.
    pub at: DateTime<FixedOffset>,
    /// Who recorded it.
    pub by: String,
}

/// A command of a step and, if the step repeats, the item.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CommandKey {
    /// The step, `containment/image-web-hosts`.
    pub step: String,
    /// Item of its list.
    pub item: Option<String>,
    /// Id of the command in the step.
    pub command: String,
}

/// The latest attempt at a command.
#[derive(Clone, Debug, PartialEq)]
pub struct CommandState {
    /// Entry of the intent; none if somebody ran it elsewhere.
    pub intent: Option<String>,
    /// When it was started, or reported.
    pub at: DateTime<FixedOffset>,
    /// Who started it.
    pub by: String,
    /// The machine.
    pub host: String,
    /// How it ended. None: it was started and nobody knows how it ended.
    pub ended: Option<Ended>,
}

impl StepState {
    /// What was said with it: whose it is, the kind of obstacle, in which words.
    pub fn said(&self) -> Option<String> {
        let parts = [self.owner.as_deref(), self.why.as_ref().map(Obstacle::as_str)];
        let parts = parts.into_iter().chain([self.text.as_deref()]).flatten();
        let said = parts.collect::<Vec<_>>().join(": ");
        (!said.is_empty()).then_some(said)
    }
}

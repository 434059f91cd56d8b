//! What people said of one subject without knowledge of each other.
//!
//! An entry's chain shows what its author knew: every line before it, and the heads of other chains
//! named there. An entry replaces the entries that its author knew. If the authors of two entries did
//! not know of each other, both count; if they differ, the safe reading holds until somebody settles
//! the conflict.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::event::{Event, Group, HeadRef, Outcome, Stamped, StepOutcome};
use super::key::StepKey;
use crate::fact::Value;
use crate::phase::Phase;

/// What can be said differently.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A fact, or its value for an item.
    Fact {
        /// Its name.
        name: String,
        /// The item, if it is asked for each item.
        item: Option<String>,
    },
    /// How a step came out.
    Step(Phase, StepKey),
    /// A decision that is no determination.
    Decision(String),
    /// Whether a duty is performed, and when.
    Duty(String),
    /// What a group of people lost, and how many they are.
    Group(String),
    /// What the incident is called.
    Title,
    /// How it belongs with another incident.
    Link(String),
    /// The playbook of a phase.
    Playbook(Phase),
    /// Whether an action item is done.
    Action(String),
    /// Whether the incident is closed.
    Closing,
}

impl Subject {
    /// As people read it: `fact records_affected`, `step containment/image-hosts (web-03)`.
    pub fn shown(&self) -> String {
        match self {
            Self::Fact { name, item: None } => format!("fact {name}"),
            Self::Fact { name, item: Some(item) } => format!("fact {name} ({item})"),
            Self::Step(phase, key) => format!("step {}", key.shown(*phase)),
            Self::Decision(name) => format!("decision {name}"),
            Self::Duty(duty) => format!("duty {duty}"),
            Self::Group(name) => format!("group {name}"),
            Self::Title => "the title".to_owned(),
            Self::Link(other) => format!("the link with {other}"),
            Self::Playbook(phase) => format!("the playbook for {phase}"),
            Self::Action(id) => format!("action item {id}"),
            Self::Closing => "whether the incident is closed".to_owned(),
        }
    }

    /// What is in force until somebody settles it.
    pub fn until_then(&self) -> &'static str {
        match self {
            Self::Fact { .. } => "it counts as unknown",
            Self::Step(..) => "the step is open",
            Self::Decision(_) => "neither holds",
            Self::Duty(_) => "the duty is owed",
            Self::Group(_) => "it lost what any of them says, and what differs besides is unknown",
            Self::Title | Self::Link(_) => "all of them are shown",
            Self::Action(_) => "the item is open",
            Self::Playbook(_) => "the walk follows the latest, and no outcome of a step is lost",
            Self::Closing => "the incident is open",
        }
    }
}

/// Something that was said and that nobody who knew of it replaced.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Claim {
    /// The entry that says it.
    said: Arc<Stamped>,
    /// Of a fact, its value as this person knew it then.
    pub(super) view: Value,
}

/// Claims that differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict<'i> {
    /// Of what.
    pub subject: &'i Subject,
    /// Who said what, in the order of the record.
    pub claims: Vec<&'i Stamped>,
}

/// What stands, by subject, and what each chain knew.
#[derive(Clone, Debug, Default)]
pub(super) struct Claims {
    /// Of each chain, how far it saw others.
    seen: BTreeMap<String, BTreeMap<String, u64>>,
    standing: BTreeMap<Subject, Vec<Claim>>,
    /// Of a fact that is a list, what each chain took for it last; the latest last.
    lists: BTreeMap<Subject, Vec<Claim>>,
    /// The last work of each chain.
    worked: BTreeMap<String, Arc<Stamped>>,
    /// Work that a closing did not know of, and that did not know of it.
    late: Vec<Arc<Stamped>>,
}

impl Claims {
    /// A chain names the heads of others.
    pub(super) fn sees<'h>(&mut self, chain: &str, heads: impl IntoIterator<Item = &'h HeadRef>) {
        for head in heads {
            self.sees_up_to(chain, &head.chain, head.seq);
        }
    }

    /// A branch knows what stands before the line at which it begins.
    pub(super) fn begins(&mut self, chain: &str, seq: u64) {
        if let Some((root, _)) = chain.split_once('~').filter(|_| seq > 0) {
            self.sees_up_to(chain, root, seq - 1);
        }
    }

    fn sees_up_to(&mut self, chain: &str, other: &str, seq: u64) {
        if !self.seen.contains_key(chain) {
            self.seen.insert(chain.to_owned(), BTreeMap::new());
        }
        if let Some(seen) = self.seen.get_mut(chain) {
            match seen.get_mut(other) {
                Some(known) => *known = seq.max(*known),
                None => drop(seen.insert(other.to_owned(), seq)),
            }
        }
    }

    /// Whether somebody named this entry, or one behind it, before it was here.
    pub(super) fn is_awaited(&self, chain: &str, seq: u64) -> bool {
        self.seen.values().any(|seen| seen.get(chain).is_some_and(|known| *known >= seq))
    }

    /// Whether whoever writes in `chain` knows of an entry.
    fn knows(&self, chain: &str, of: &Stamped) -> bool {
        chain == of.chain
            || self
                .seen
                .get(chain)
                .and_then(|seen| seen.get(&of.chain))
                .is_some_and(|n| *n >= of.seq)
    }

    /// Takes out what an entry replaces: what its author knew of, and what it settles. Returns that,
    /// and what stands beside it.
    pub(super) fn enter(
        &mut self,
        subject: &Subject,
        said: &Stamped,
        settles: &[String],
    ) -> (Vec<Claim>, Vec<Claim>) {
        let standing = self.standing.remove(subject).unwrap_or_default();
        let is_replaced = |claim: &Claim| {
            self.knows(&said.chain, &claim.said) || settles.contains(&claim.said.id)
        };
        let (replaced, beside): (Vec<Claim>, Vec<Claim>) =
            standing.into_iter().partition(is_replaced);
        if !beside.is_empty() {
            self.standing.insert(subject.clone(), beside.clone());
        }
        (replaced, beside)
    }

    /// Has an entry stand.
    pub(super) fn stand(&mut self, subject: Subject, said: Arc<Stamped>, view: Value) {
        let claim = Claim { said, view };
        if items(&claim.view).is_some() {
            let lists = self.lists.entry(subject.clone()).or_default();
            lists.retain(|list| list.said.chain != claim.said.chain);
            lists.push(claim.clone());
        }
        self.standing.entry(subject).or_default().push(claim);
    }

    /// Has an entry stand in place of those that its author knew of. Claims differ by what they say.
    pub(super) fn replace(&mut self, subject: Subject, said: &Stamped) {
        self.enter(&subject, said, &[]);
        self.stand(subject, Arc::new(said.clone()), Value::Unknown);
    }

    /// The list that whoever writes in `chain` knew last.
    pub(super) fn list(&self, subject: &Subject, chain: &str) -> Option<&Value> {
        let lists = self.lists.get(subject)?;
        lists.iter().rfind(|list| self.knows(chain, &list.said)).map(|list| &list.view)
    }

    /// Somebody worked. It stands against a closing that knew nothing of it.
    pub(super) fn work(&mut self, said: Arc<Stamped>) {
        let closings = self.of(&Subject::Closing).iter().filter(|claim| claim.closes());
        let (known, unknown): (Vec<&Claim>, Vec<&Claim>) =
            closings.partition(|claim| self.knows(&said.chain, &claim.said));
        if known.is_empty() && !unknown.is_empty() {
            self.late.retain(|late| late.chain != said.chain);
            self.late.push(Arc::clone(&said));
        }
        match self.worked.get_mut(&said.chain) {
            Some(last) => *last = said,
            None => drop(self.worked.insert(said.chain.clone(), said)),
        }
    }

    /// Somebody closed the incident or opened it again. Work that they knew nothing of stands against
    /// a closing, unless whoever did it closed the incident as well.
    pub(super) fn close(&mut self, said: &Arc<Stamped>, settles: &[String]) {
        self.enter(&Subject::Closing, said, settles);
        let mut late = std::mem::take(&mut self.late);
        late.retain(|late| !self.knows(&said.chain, late) && !settles.contains(&late.id));
        let is_closed_over = |work: &Stamped| {
            let mut closings = self.of(&Subject::Closing).iter().filter(|claim| claim.closes());
            closings.any(|claim| claim.said.chain == work.chain && claim.said.seq > work.seq)
        };
        if matches!(said.draft.event, Event::Closed(_)) {
            for work in self.worked.values() {
                let known = self.knows(&said.chain, work) || settles.contains(&work.id);
                if !known && !is_closed_over(work) && !late.contains(work) {
                    late.push(Arc::clone(work));
                }
            }
        }
        self.late = late;
        self.stand(Subject::Closing, Arc::clone(said), Value::Unknown);
    }

    /// The closing that holds, if nothing stands against one.
    pub(super) fn closed(&self) -> Option<&Stamped> {
        let standing = self.of(&Subject::Closing);
        let all = standing.iter().all(Claim::closes) && self.late.is_empty();
        standing.last().filter(|_| all).map(|claim| &*claim.said)
    }

    fn of(&self, subject: &Subject) -> &[Claim] {
        self.standing.get(subject).map(Vec::as_slice).unwrap_or_default()
    }

    /// The entries that stand of a subject.
    pub(super) fn said(&self, subject: &Subject) -> impl Iterator<Item = &Stamped> {
        self.of(subject).iter().map(|claim| &*claim.said)
    }

    /// What stands of a group.
    pub(super) fn group(&self, subject: &Subject) -> Option<Group> {
        let groups = self.said(subject).filter_map(|said| match &said.draft.event {
            Event::Group(group) => Some(group.clone()),
            _ => None,
        });
        groups.reduce(|one, other| one.or(&other))
    }

    /// Whether what stands of a subject differs.
    pub(super) fn differ(&self, subject: &Subject) -> bool {
        let standing = self.of(subject);
        let closes = standing.iter().any(Claim::closes);
        standing.iter().any(|claim| !claim.agrees(&standing[0])) || closes && !self.late.is_empty()
    }

    /// What stands of a subject, if it differs.
    pub(super) fn contested(&self, subject: &Subject) -> Option<Vec<&Stamped>> {
        let said = || self.of(subject).iter().map(|claim| &*claim.said).collect();
        self.differ(subject).then(said)
    }

    /// What differs, by subject.
    pub(super) fn conflicts(&self) -> Vec<Conflict<'_>> {
        let differing = self.standing.iter().filter(|(subject, _)| self.differ(subject));
        let told = differing.map(|(subject, standing)| {
            let late = self.late.iter().filter(|_| *subject == Subject::Closing);
            let said = standing.iter().map(|claim| &claim.said).chain(late);
            Conflict { subject, claims: said.map(|said| &**said).collect() }
        });
        told.collect()
    }
}

impl Claim {
    fn closes(&self) -> bool {
        matches!(self.said.draft.event, Event::Closed(_))
    }

    /// Whether another says the same. Lists never differ: their items are merged.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        match (&self.said.draft.event, &other.said.draft.event) {
            (Event::StepOutcome(a), Event::StepOutcome(b)) => {
                // A walk says whose it is as its text.
                let owner = |of: &StepOutcome| {
                    let text = of.text.as_deref().filter(|_| of.outcome == Outcome::Assigned);
                    of.to.as_deref().or(text).map(str::to_owned)
                };
                (a.outcome, owner(a)) == (b.outcome, owner(b))
            }
            (Event::DutyDecided(a), Event::DutyDecided(b)) => {
                (&a.what, a.until) == (&b.what, b.until)
            }
            (Event::Group(a), Event::Group(b)) => a == b,
            (Event::Linked(a), Event::Linked(b)) => a.how == b.how,
            (Event::ActionTaken(a), Event::ActionTaken(b)) => a.what == b.what,
            (Event::PlaybookPinned(a), Event::PlaybookPinned(b)) => a.sha256 == b.sha256,
            (Event::Closed(_), Event::Closed(_)) | (Event::Reopened(_), Event::Reopened(_)) => true,
            (Event::Closed(_), Event::Reopened(_)) | (Event::Reopened(_), Event::Closed(_)) => {
                false
            }
            _ => self.view == other.view || items(&self.view).zip(items(&other.view)).is_some(),
        }
    }
}

/// The items of a value that is a list.
pub(super) fn items(value: &Value) -> Option<&Vec<String>> {
    match value {
        Value::List(items) | Value::Choices(items) => Some(items),
        _ => None,
    }
}

/// A list to which somebody who knew only some of what stands gave another value: what they added is
/// added, what they took off is taken off, and what others did in the meantime stays. None where
/// something that stands is no list.
pub(super) fn merged(
    current: Option<&Value>,
    (known, beside): (Option<&Value>, &[Claim]),
    new: &Value,
) -> Option<Value> {
    let wanted = items(new)?;
    let others: Vec<&Vec<String>> =
        beside.iter().map(|claim| items(&claim.view)).collect::<Option<_>>()?;
    let known = known.and_then(items).map(Vec::as_slice).unwrap_or_default();
    let mut all = current.and_then(items).cloned().unwrap_or_default();
    let mut add = |items: &[String]| {
        let fresh: Vec<String> = items.iter().filter(|item| !all.contains(item)).cloned().collect();
        all.extend(fresh);
    };
    if current.and_then(items).is_none() {
        for items in others {
            add(items);
        }
    }
    let fresh: Vec<String> = wanted.iter().filter(|item| !known.contains(item)).cloned().collect();
    add(&fresh);
    all.retain(|item| wanted.contains(item) || !known.contains(item));
    Some(match new {
        Value::Choices(_) => Value::Choices(all),
        _ => Value::List(all),
    })
}

//! What the entries of an incident add up to. Everything the tool says of it is computed here.
//!
//! The state is a function of the set of entries: they are taken in by one order, and one that is
//! taken back says nothing, wherever it stands. Only evidence is different: once it is
//! taken back, the step that wanted it owes it again.

mod action;
mod evidence;
mod fact;
mod law;
mod team;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::fact::Value;
use crate::incident::event::{
    CommandOutcome, CustodyAct, Event, Group, Intent, Outcome, Passing, Source, Stamped,
    StepOutcome,
};
use crate::incident::key::split_step;
use crate::incident::{
    CommandKey, CommandState, Exhibit, FactChange, Forgotten, Incident, Letter, Pinned, Stated,
    StepKey, StepState, Subject, named,
};
use crate::phase::Phase;

impl Incident {
    /// Whether an entry can be taken in as it comes, and the state is what all entries in their order
    /// give. Otherwise all of them are to be folded again: it belongs before others, takes one back, or
    /// says that words of others were destroyed.
    pub fn is_next(&self, stamped: &Stamped) -> bool {
        let event = &stamped.draft.event;
        self.order.is_next(stamped)
            && !self.claims.is_awaited(&stamped.chain, stamped.seq)
            && !matches!(event, Event::Withdrawn(_) | Event::Forgotten(_))
    }

    /// Ids of the entries that others take back.
    pub fn withdrawn(&self) -> &BTreeSet<String> {
        &self.withdrawn
    }

    /// Counts the next entry, whatever it says. Of one that changes no state this is all.
    pub fn count(&mut self, passing: &Passing<'_>) {
        if self.order.take(passing.chain, passing.seq, passing.at) {
            self.claims.begins(passing.chain, passing.seq);
        }
        self.clocks.take(passing.chain, passing.seq, passing.at.to_utc());
        at(&mut self.tally, passing.kind, |n| *n += 1);
        self.privileged += u64::from(passing.is_privileged);
        self.newer += u64::from(!passing.is_whole);
        self.last_at = self.last_at.max(Some(passing.at));
        self.remember(passing);
    }

    /// Takes in the next event. One that is taken back only counts as an entry.
    pub fn apply(&mut self, stamped: &Stamped) {
        self.count(&stamped.passing());
        let heads = named(&stamped.draft.event);
        self.claims.sees(&stamped.chain, heads);
        self.clocks.sees(&stamped.chain, stamped.at.to_utc(), heads);
        self.remember_time(&stamped.draft.event);
        // The one that takes it back may have come first, from another chain.
        let is_withdrawn = stamped.is_withdrawn || self.withdrawn.contains(&stamped.id);
        if is_withdrawn && Event::is_withdrawable(stamped.draft.event.kind()) {
            self.taken_back(stamped);
            return;
        }
        match &stamped.draft.event {
            Event::Genesis(body) if self.name.is_empty() => self.name.clone_from(&body.incident),
            Event::Opened(body) => {
                if let Some(title) = &body.title {
                    self.titled(stamped, title);
                }
                self.opened_at = Some(stamped.at);
                self.drill = stamped.draft.drill;
            }
            Event::PlaybookPinned(body) => {
                self.claims.replace(Subject::Playbook(body.phase), stamped);
                let phase = self.phases.entry(body.phase).or_default();
                phase.begun = Some(phase.begun.map_or(stamped.at, |begun| begun.min(stamped.at)));
                phase.pinned = Some(Pinned {
                    playbook: body.playbook.clone(),
                    version: body.version.clone(),
                    sha256: body.sha256,
                    facts_sha256: body.facts_sha256,
                    steps_sha256: body.steps_sha256,
                    source: body.source.clone(),
                    at: stamped.at,
                });
            }
            Event::Statement(body) => self
                .statements
                .push(Stated { text: body.text.to_string(), used_facts: body.used_facts.clone() }),
            Event::Group(body) => self.group(stamped, body),
            Event::Titled(body) => self.titled(stamped, &body.title),
            Event::StepOutcome(body) => self.outcome(stamped, body),
            Event::FactSet(body) => self.fact(stamped, body),
            Event::FactEdit(body) => self.edit(stamped, body),
            Event::Decision(body) if body.is_determination() => self.determination(stamped, body),
            Event::Decision(body) => self.decision(stamped, body),
            Event::Handoff(body) => self.handed_over(stamped, body),
            Event::Linked(body) => self.linked(stamped, body),
            Event::EvidenceAdded(body) => self.exhibit(stamped, body),
            Event::Custody(body) => {
                if let (Some(exhibit), CustodyAct::Verify, Some(result)) =
                    (self.exhibits.get_mut(&body.exhibit), &body.action, &body.result)
                {
                    exhibit.verified = Some((stamped.at, result.as_str().into()));
                }
            }
            Event::NoticeSent(body) => self.notice(stamped, body),
            Event::NoticeDrafted(body) => {
                let (sha256, used_facts) = (body.sha256, body.used_facts.clone());
                let (group, manifest) = (body.group.clone(), body.manifest);
                let letter = Letter { sha256, used_facts, group, manifest, at: stamped.at };
                self.drafts.entry(body.duty.clone()).or_default().push(letter);
                if let Some(manifest) = body.manifest {
                    self.manifests.entry(body.duty.clone()).or_default().insert(manifest);
                }
            }
            Event::DutyDecided(body) => self.ruling(stamped, body),
            Event::ActionTaken(body) => self.action(stamped, body),
            Event::Intent(body) => self.intent(stamped, body),
            Event::CommandOutcome(body) => self.command_outcome(stamped, body),
            Event::Withdrawn(body) => {
                self.withdrawn.insert(body.entry.clone());
                self.owe_again(&body.entry);
            }
            Event::Closed(body) => self.claims.close(&Arc::new(stamped.clone()), &body.settles),
            Event::Reopened(_) => self.claims.close(&Arc::new(stamped.clone()), &[]),
            Event::Forgotten(_) => {
                for (digest, forgotten) in Forgotten::told(stamped) {
                    self.forgotten.insert(digest, forgotten);
                }
            }
            Event::Genesis(_)
            | Event::Note(_)
            | Event::Session(_)
            | Event::ClockStepped(_)
            | Event::Recovery(_)
            | Event::Joined(_)
            | Event::SignedOff(_)
            | Event::Stored(_)
            | Event::Reserved(_)
            | Event::Newer(_) => {}
        }
        self.see_whether_closed();
    }

    fn see_whether_closed(&mut self) {
        let closed = self.claims.closed();
        let keep_until = closed.and_then(|closed| match &closed.draft.event {
            Event::Closed(body) => body.keep_until,
            _ => None,
        });
        (self.closed_at, self.keep_until) = (closed.map(|closed| closed.at), keep_until);
    }

    fn remember(&mut self, passing: &Passing<'_>) {
        let Some(name) = passing.name else { return };
        at(&mut self.people, name, |n| *n += 1);
        let add = |names: &mut Vec<(u32, String)>| {
            let last = names.last().map(|(login, last)| (*login, last.as_str()));
            if last != Some((passing.login, name)) {
                names.retain(|(login, _)| *login != passing.login);
                names.push((passing.login, name.to_owned()));
            }
        };
        at(&mut self.names, passing.host, |accounts| at(accounts, passing.user, add));
    }

    /// A group that is described again is what was said last, by whoever knew of what was said before.
    fn group(&mut self, stamped: &Stamped, body: &Group) {
        let subject = Subject::Group(body.name.clone());
        self.claims.replace(subject.clone(), stamped);
        let group = self.claims.group(&subject).unwrap_or_else(|| body.clone());
        match self.groups.iter_mut().find(|known| known.name == body.name) {
            Some(known) => *known = group,
            None => self.groups.push(group),
        }
    }

    fn outcome(&mut self, stamped: &Stamped, body: &StepOutcome) {
        let said = Arc::new(stamped.clone());
        self.claims.work(Arc::clone(&said));
        let Some((phase, step)) = stamped.draft.step.as_deref().and_then(split_step) else {
            return;
        };
        let text = body.text.as_deref().or(body.waits_for.as_deref());
        let is_assigned = body.outcome == Outcome::Assigned;
        let state = StepState {
            outcome: body.outcome,
            // A walk says whose it is as its text.
            owner: body.to.clone().or_else(|| text.filter(|_| is_assigned).map(str::to_owned)),
            text: text.filter(|_| !is_assigned || body.to.is_some()).map(str::to_owned),
            why: body.why.clone(),
            check_at: body.check_at,
            missing_evidence: body.missing_evidence.clone(),
            used_facts: body.used_facts.clone(),
            at: stamped.at,
            occurred: stamped.draft.occurred.clone(),
            by: stamped.actor.shown().to_owned(),
            entry: stamped.id.clone(),
            is_privileged: stamped.draft.privileged,
        };
        let state_of = self.phases.entry(phase).or_default();
        let many = body.items.iter().cloned().map(Some);
        let one = body.item.clone();
        let items = many.chain(Some(one).filter(|one| one.is_some() || body.items.is_empty()));
        for item in items {
            let key = StepKey { step: step.to_owned(), item };
            let subject = Subject::Step(phase, key.clone());
            self.claims.enter(&subject, stamped, &body.settles);
            self.claims.stand(subject.clone(), Arc::clone(&said), Value::Unknown);
            if self.claims.differ(&subject) {
                state_of.steps.remove(&key);
            } else {
                state_of.steps.insert(key.clone(), state.clone());
            }
            state_of.latest = Some(key);
        }
    }

    fn intent(&mut self, stamped: &Stamped, body: &Intent) {
        let key = command_key(stamped, body.item.clone(), &body.command);
        self.commands.insert(
            key,
            CommandState {
                intent: Some(stamped.id.clone()),
                at: stamped.at,
                by: stamped.actor.shown().to_owned(),
                host: stamped.host.clone(),
                ended: None,
            },
        );
    }

    fn command_outcome(&mut self, stamped: &Stamped, body: &CommandOutcome) {
        let key = command_key(stamped, body.item.clone(), &body.command);
        let state = self.commands.entry(key).or_insert_with(|| CommandState {
            intent: None,
            at: stamped.at,
            by: stamped.actor.shown().to_owned(),
            host: body.place.clone().unwrap_or_default(),
            ended: None,
        });
        // A late outcome of an older attempt says nothing about the newer one.
        if body.intent.is_none() || state.intent == body.intent {
            state.ended = Some(body.ended.clone());
        }
    }

    /// The value of a fact, if it was ever given. May be [`Value::Unknown`].
    pub fn fact_value(&self, name: &str) -> Option<&Value> {
        self.facts.get(name)?.last().map(|change| &change.value)
    }

    /// The name that this account last used in this login session.
    pub fn name_of(&self, host: &str, user: &str, login: u32) -> Option<&str> {
        let names = self.names.get(host)?.get(user)?;
        names.iter().find(|(of, _)| *of == login).map(|(_, name)| name.as_str())
    }

    /// The name that this account last used, in whatever login session.
    pub fn last_name(&self, host: &str, user: &str) -> Option<&str> {
        let names = self.names.get(host)?.get(user)?;
        names.last().map(|(_, name)| name.as_str())
    }

    /// The state of a step, if it came out in any way.
    pub fn step(&self, phase: Phase, key: &StepKey) -> Option<&StepState> {
        self.phases.get(&phase)?.steps.get(key)
    }

    /// Whether an exhibit satisfies what a step wants.
    pub fn has_evidence(&self, step: &str, wanted: &str, item: Option<&str>) -> bool {
        self.exhibits.values().any(|exhibit| {
            exhibit.step.as_deref() == Some(step)
                && exhibit.wanted.as_deref() == Some(wanted)
                && exhibit.item.as_deref() == item
        })
    }

    /// Why the bytes of an exhibit are not here any more, if they were destroyed on purpose.
    pub fn forgotten_exhibit(&self, exhibit: &Exhibit) -> Option<&Forgotten> {
        if matches!(exhibit.source, Source::InPlace { .. } | Source::Reference { .. }) {
            return None;
        }
        // The same bytes, kept again later, are there until they are destroyed again.
        let forgotten = self.forgotten.get(&exhibit.kept.as_ref()?.sha256);
        forgotten.filter(|forgotten| exhibit.at <= forgotten.at)
    }

    /// Steps that used a fact and are settled, `phase/step` with the item.
    pub fn users_of(&self, fact: &str) -> Vec<String> {
        let mut users: Vec<String> = self
            .phases
            .iter()
            .flat_map(|(phase, state)| {
                state.steps.iter().map(move |(key, step)| (phase, key, step))
            })
            .filter(|(_, _, step)| step.used_facts.iter().any(|used| used == fact))
            .map(|(phase, key, _)| key.shown(*phase))
            .collect();
        users.sort();
        users
    }

    /// Facts that were asked and answered with "unknown".
    pub fn unknown_facts(&self) -> Vec<&str> {
        self.facts_whose(|last| last.value == Value::Unknown && last.absent.is_none())
    }

    /// Facts that were answered, but whose words are missing here.
    pub fn absent_facts(&self) -> Vec<&str> {
        self.facts_whose(|last| last.absent.is_some())
    }

    fn facts_whose(&self, is_so: impl Fn(&FactChange) -> bool) -> Vec<&str> {
        let of = self.facts.iter().filter(|(_, history)| history.last().is_some_and(&is_so));
        of.map(|(name, _)| name.as_str()).collect()
    }
}

/// Changes the value of a key. Only a new key is copied.
fn at<V: Default>(map: &mut BTreeMap<String, V>, key: &str, change: impl FnOnce(&mut V)) {
    match map.get_mut(key) {
        Some(value) => change(value),
        None => change(map.entry(key.to_owned()).or_default()),
    }
}

fn command_key(stamped: &Stamped, item: Option<String>, command: &str) -> CommandKey {
    CommandKey {
        step: stamped.draft.step.clone().unwrap_or_default(),
        item,
        command: command.to_owned(),
    }
}

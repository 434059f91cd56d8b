//! What was done and told with a value that a fact had.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::agreed::Letter;
use super::{Incident, Notice, Subject};
use crate::digest::Digest;
use crate::fact::{Value, names};
use crate::wording;

/// Letters and statements that are named one by one.
const MOST: usize = 12;

/// A notice that tells what is no longer so.
#[derive(Clone, Copy, Debug)]
pub struct Untrue<'i> {
    /// The duty.
    pub duty: &'i str,
    /// The notice.
    pub notice: &'i Notice,
    /// The fact.
    pub fact: &'i str,
    /// The value that the notice tells.
    pub told: &'i Value,
    /// The value that the fact has now.
    pub now: &'i Value,
    /// Whether that is marked privileged.
    pub is_privileged: bool,
}

/// The sheet for support agents lists the groups whatever facts it tells.
const SUPPORT: &str = "support";

impl Incident {
    /// What is to be checked again after a fact has changed: the steps that used it, and the letters and
    /// statements that tell the old value. A line for each kind.
    pub fn outdated(&self, fact: &str, title: &str) -> Vec<String> {
        let steps = self.users_of(fact);
        let mut lines = Vec::new();
        if !steps.is_empty() {
            lines.push(format!("the old value of {title} {}", wording::used_in(&steps)));
        }
        let uses = |facts: &[String]| facts.iter().any(|used| used == fact);
        let mut told = self.drafts_that(&|_, draft| uses(&draft.used_facts));
        if self.statements.last().is_some_and(|last| uses(&last.used_facts)) {
            told.push(format!("update {} of the status page", self.statements.len()));
        }
        if !told.is_empty() {
            let told = wording::some(&told, MOST);
            lines.push(format!("the old value of {title} is still in {told}: correct it there"));
        }
        lines
    }

    /// The letters and notices that tell what a group was before it was described anew.
    pub fn outdated_group(&self, group: &str) -> Option<String> {
        let lists = |facts: &[String]| facts.iter().any(|used| used == names::AFFECTED_GROUPS);
        let told = self.drafts_that(&|duty, draft| match &draft.group {
            Some(groups) => groups.split('+').any(|one| one == group),
            None => duty == SUPPORT || lists(&draft.used_facts),
        });
        let told = (!told.is_empty()).then(|| wording::some(&told, MOST))?;
        Some(format!("the group `{group}` as it was before is still in {told}: correct it there"))
    }

    /// Notices that tell a value that was changed since. Once a correction or more of the notice is
    /// recorded, or the value is back, nothing is left to be corrected.
    pub fn untrue(&self) -> Vec<Untrue<'_>> {
        let mut all = Vec::new();
        for (duty, drafts) in &self.drafts {
            let mut sent: BTreeMap<_, (&Letter, &Notice)> = BTreeMap::new();
            for draft in drafts {
                let told = self.told_by(duty, draft).map(|notice| (draft, notice));
                sent.extend(told.map(|told| (&draft.group, told)));
            }
            for (draft, notice) in sent.into_values() {
                let changed = draft.used_facts.iter().filter_map(|fact| {
                    let last = self.facts.get(fact)?.last()?;
                    let told = self.value_at(fact, draft.at)?;
                    let is_told = *told != Value::Unknown && *told != last.value;
                    let of_duty = self.notices.get(duty).into_iter().flatten();
                    let mut more = of_duty.filter(|notice| !notice.is_first());
                    let is_corrected = more.any(|notice| notice.recorded_at >= last.at);
                    (is_told && !is_corrected).then_some(Untrue {
                        duty,
                        notice,
                        fact,
                        told,
                        now: &last.value,
                        is_privileged: last.is_privileged,
                    })
                });
                all.extend(changed);
            }
        }
        all
    }

    /// The notice with which a draft was sent: the first that is no older than the draft, unless the text
    /// was drafted anew before it.
    fn told_by(&self, duty: &str, draft: &Letter) -> Option<&Notice> {
        // A notice is known to the minute.
        let end = |notice: &Notice| notice.at.latest + TimeDelta::seconds(59);
        let sent = self.notices.get(duty)?.iter().filter(|notice| end(notice) >= draft.at);
        let notice = sent.min_by_key(|notice| (notice.at.earliest, notice.recorded_at))?;
        let anew = |other: &&Letter| {
            other.group == draft.group && other.at > draft.at && other.at <= end(notice)
        };
        self.drafts.get(duty)?.iter().find(anew).is_none().then_some(notice)
    }

    /// Facts and groups that changed after the letters of a list were written, or no longer exist.
    pub fn changed_since(&self, duty: &str, manifest: Digest) -> Vec<String> {
        let letters = self.drafts.get(duty).into_iter().flatten();
        let mut changed: Vec<String> = Vec::new();
        for letter in letters.filter(|letter| letter.manifest == Some(manifest)) {
            // What a group lost stands in the place of the facts of everybody.
            let own = |fact: &&String| letter.group.is_none() || *fact != names::DATA_CLASSES;
            let facts = letter.used_facts.iter().filter(own);
            let facts =
                facts.filter(|fact| self.value_at(fact, letter.at) != self.fact_value(fact));
            let groups = letter.group.iter().flat_map(|groups| groups.split('+'));
            let groups = groups.filter(|group| {
                let subject = Subject::Group((*group).to_owned());
                let mut said = self.claims.said(&subject).peekable();
                said.peek().is_none() || said.any(|said| said.at > letter.at)
            });
            let names = facts.map(String::as_str).chain(groups).map(str::to_owned);
            let fresh: Vec<String> = names.filter(|name| !changed.contains(name)).collect();
            changed.extend(fresh);
        }
        changed
    }

    /// The value that a fact had at a moment.
    pub fn value_at(&self, fact: &str, at: DateTime<FixedOffset>) -> Option<&Value> {
        let change = self.facts.get(fact)?.iter().rfind(|change| change.at <= at)?;
        Some(&change.value)
    }

    /// Whether what stands of a group is marked privileged.
    pub fn is_group_privileged(&self, name: &str) -> bool {
        let subject = Subject::Group(name.to_owned());
        self.claims.said(&subject).any(|said| said.draft.privileged)
    }

    /// Letters and notices, one line per duty: its notice if one was sent, else a draft.
    fn drafts_that(&self, is_meant: &dyn Fn(&str, &Letter) -> bool) -> Vec<String> {
        let mut told = Vec::new();
        for (duty, drafts) in &self.drafts {
            let latest: BTreeMap<_, _> = drafts.iter().map(|draft| (&draft.group, draft)).collect();
            let mut latest = latest.into_values().filter(|draft| is_meant(duty, draft));
            let Some(draft) = latest.next() else { continue };
            told.push(match self.told_by(duty, draft) {
                Some(notice) => format!("`{duty}`, {} sent {}", notice.what, notice.at.show()),
                None => format!("`{duty}`, drafted {}", wording::moment(draft.at)),
            });
        }
        told
    }
}

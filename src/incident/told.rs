//! What was done and told with a value that a fact had.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

use super::agreed::Letter;
use super::{Incident, Subject};
use crate::digest::Digest;
use crate::fact::{Value, names};
use crate::wording;

/// Letters and statements that are named one by one.
const MOST: usize = 12;

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
            let sent = self.notices.get(duty).and_then(|sent| sent.last());
            told.push(match sent {
                Some(notice) => format!("`{duty}`, {} sent {}", notice.what, notice.at.show()),
                None => format!("`{duty}`, drafted {}", wording::moment(draft.at)),
            });
        }
        told
    }
}

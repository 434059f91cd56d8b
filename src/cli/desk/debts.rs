//! What steps owe and what nobody knows, in the words of the playbooks.

use std::collections::BTreeMap;

use super::followed;
use crate::fact::Vocabulary;
use crate::incident::{Debt, Incident, Owed, StepKey};
use crate::log::Folder;
use crate::phase::Phase;
use crate::playbook::Playbook;
use crate::wording;

/// Items that are named.
const NAMED: usize = 3;

/// A line for all items of a step that owe the same thing:
/// `Copy of each log, with its digest (git, nginx): breach contain, j save-log`.
pub(in crate::cli) fn lines(folder: &Folder, incident: &Incident, debts: &[Debt]) -> Vec<String> {
    of(folder, incident, (debts, true))
}

/// The same lines with the number of items instead of their names.
pub(in crate::cli) fn counted(folder: &Folder, incident: &Incident) -> Vec<String> {
    of(folder, incident, (&incident.owed(), false))
}

fn of(folder: &Folder, incident: &Incident, (debts, named): (&[Debt], bool)) -> Vec<String> {
    let mut playbooks: BTreeMap<Phase, Option<Playbook>> = BTreeMap::new();
    let alike = |one: &Debt, next: &Debt| {
        (one.phase, &one.key.step, &one.owed) == (next.phase, &next.key.step, &next.owed)
    };
    let mut lines = Vec::new();
    for debts in debts.chunk_by(alike) {
        let playbook = debts[0].phase.and_then(|phase| {
            let read = || {
                let pinned = incident.phases.get(&phase)?.pinned.as_ref()?;
                followed::kept_in(folder, phase, pinned).ok().map(|followed| followed.playbook)
            };
            playbooks.entry(phase).or_insert_with(read).as_ref()
        });
        lines.push(line(playbook, debts, named));
    }
    lines
}

fn line(playbook: Option<&Playbook>, debts: &[Debt], named: bool) -> String {
    let Debt { phase, key: StepKey { step: id, item }, owed } = &debts[0];
    let step = playbook.and_then(|playbook| playbook.steps.iter().find(|step| step.id == *id));
    let only = item.as_deref().filter(|_| named && debts.len() == 1);
    let what = match owed {
        Owed::Outcome(command) => format!("how `{command}` ended"),
        Owed::Evidence(wanted) => step
            .and_then(|step| Some((step, step.evidence.iter().find(|one| one.id == *wanted)?)))
            .map_or_else(
                || format!("evidence `{wanted}`"),
                |(step, wanted)| step.fill(&wanted.title, only),
            ),
    };
    let items: Vec<&str> = debts.iter().filter_map(|debt| debt.key.item.as_deref()).collect();
    let is_said = only.is_some_and(|only| what.contains(only));
    let of = if items.is_empty() || is_said {
        String::new()
    } else if named {
        format!(" ({})", wording::few_of(&items, NAMED))
    } else {
        format!(" ({})", wording::count(items.len(), "item"))
    };
    let phase = phase.map(|phase| format!("`breach {}`, j ", phase.command())).unwrap_or_default();
    format!("{what}{of}: {phase}{id}")
}

/// Facts as a person finds them: `Service recovered (recovered_at)`.
pub(in crate::cli) fn titled(vocabulary: &Vocabulary, names: &[&str]) -> Vec<String> {
    let titled = |name: &&str| match vocabulary.get(name) {
        Some(fact) => format!("{} ({name})", fact.title),
        None => (*name).to_owned(),
    };
    names.iter().map(titled).collect()
}

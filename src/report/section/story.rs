//! The timeline as a story: at most twenty-five moments, each with a few words for a label. What
//! happened and what people did; bookkeeping has an annex.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::naming::anchor_label;
use super::timeline::{TimelineEntry, moment_of};
use crate::fact::{Value, When};
use crate::incident::event::{ANNOUNCES, Outcome};
use crate::phase::Phase;
use crate::report::gate::{Class, Text};
use crate::report::gather::row::Row;
use crate::report::material::Build;
use crate::report::measure::Anchor;
use crate::wording;

/// Moments that a story has.
pub const MOMENTS: usize = 25;

/// Characters of a label.
const LABEL: usize = 80;

/// Before the name of what was decided.
const DECIDED: &str = "Decided: ";

/// A moment of the story.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Moment {
    /// When it happened.
    pub at: When,
    /// The same in words, never finer than it was given.
    pub shown: String,
    /// What happened, in a few words.
    pub label: Text,
    /// The rest of what is known of it.
    pub said: Vec<Text>,
    /// Who recorded it.
    pub by: Option<Text>,
    /// The anchor, if it is one.
    pub anchor: Option<String>,
    /// The kind of the entry; `anchor`.
    pub kind: String,
    /// The chain and number of the entry it comes from.
    pub entry: Option<String>,
}

/// The story, and what else would belong to it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Story {
    /// At most twenty-five moments, in order of time.
    pub moments: Vec<Moment>,
    /// Moments that would belong to it and have no room, by kind of entry.
    pub omitted: BTreeMap<String, u64>,
}

impl Build<'_> {
    /// From the anchors, and from the entries that tell of something that happened or was done.
    pub(in crate::report) fn story(&self, anchors: &[Anchor]) -> Story {
        let mut all: Vec<(u8, Moment)> = Vec::new();
        for anchor in anchors {
            let Some(at) = anchor.at.clone().filter(|_| !anchor.source.starts_with("entry "))
            else {
                continue;
            };
            let moment = Moment {
                shown: self.zone.show(&at),
                at,
                label: self.gate.ours(anchor_label(&anchor.id, &anchor.event)),
                said: Vec::new(),
                by: anchor.by.clone(),
                anchor: Some(anchor.id.clone()),
                kind: "anchor".to_owned(),
                entry: None,
            };
            all.push((0, moment));
        }
        let mut steps: Vec<&str> = Vec::new();
        let rows = self.gather.rows().filter(|row| self.gather.reach.row(self.vocabulary, row));
        // What was taken back is no part of the story; the annex keeps it.
        for row in rows.filter(|row| !row.is_withdrawn) {
            // Many items of one step are one act.
            if row.kind == "step-outcome" {
                let step = row.step.as_deref().unwrap_or_default();
                if steps.contains(&step) {
                    continue;
                }
                steps.push(step);
            }
            if let Some((rank, label)) = self.labelled(row) {
                all.push((rank, self.told_as(row, &label)));
            }
        }
        all.sort_by_key(|(rank, moment)| (*rank, (*rank > 0).then_some(moment.at.earliest)));
        let ranks: Vec<u8> = all.iter().map(|(rank, _)| *rank).collect();
        let chosen = chosen(&ranks);
        let (mut moments, mut omitted) = (Vec::new(), BTreeMap::new());
        for (place, (_, moment)) in all.into_iter().enumerate() {
            if chosen.contains(&place) {
                moments.push(moment);
            } else {
                *omitted.entry(moment.kind).or_default() += 1;
            }
        }
        // Of the same day, anchors stand in their own order: noticed, then contained.
        moments.sort_by_key(|one| (one.at.earliest, one.at.latest));
        Story { moments, omitted }
    }

    /// How little an entry matters to the story, and its label; none: it is bookkeeping.
    fn labelled(&self, row: &Row) -> Option<(u8, String)> {
        // A log that is written afterwards tells of its own writing, which is no part of the story.
        let lived = !self.is_afterwards();
        let fact = row.fact.as_ref();
        match row.kind {
            "notice" => Some((1, self.sent(row))),
            "duty" => {
                let what = row.said.get(1).filter(|(class, _)| self.gate.sees(*class));
                let what = what.map_or("ruled on", |(_, what)| what);
                let of = if ["asked", "answered"].contains(&what) { "Question" } else { "Duty" };
                Some((2, format!("{of} {what}")))
            }
            "decision" => {
                let Some((name, _)) = fact else {
                    // Its name says what was to be decided.
                    let (class, name) = row.said.first()?;
                    let seen = lived && self.gate.sees(*class);
                    return seen.then(|| (2, format!("{DECIDED}{}", name.replace('-', " "))));
                };
                let title = self.vocabulary.get(name).map_or(name.as_str(), |fact| &fact.title);
                let new = lived && !self.told.borrow().contains(name);
                new.then(|| (2, format!("{DECIDED}{title}")))
            }
            "opened" => lived.then(|| (2, "Incident opened".to_owned())),
            "closed" => lived.then(|| (2, "Incident closed".to_owned())),
            "reopened" => lived.then(|| (2, "Incident reopened".to_owned())),
            "fact" => {
                let (name, value) = fact?;
                let title = self.vocabulary.get(name).map_or(name.as_str(), |fact| &fact.title);
                let new = !self.told.borrow().contains(name);
                // A value that was corrected since belongs to the annex, too.
                let holds = self.history(name).last().is_some_and(|last| last.value == *value);
                (new && holds && matches!(value, Value::Time(_))).then(|| (3, title.to_owned()))
            }
            "note" => {
                row.occurred.as_ref()?;
                let (_, text) = row.said.first()?;
                let is_note = !text.starts_with(ANNOUNCES);
                (is_note && self.gate.sees(Class::Note)).then(|| (3, wording::unmarked(text)))
            }
            "step-outcome" => Some((4, self.done(row)?)),
            _ => None,
        }
    }

    /// The title of a step of the response that was done.
    fn done(&self, row: &Row) -> Option<String> {
        let (phase, id) = row.step.as_deref()?.split_once('/')?;
        let phase = Phase::parse(phase).filter(|phase| *phase != Phase::PostMortem)?;
        if row.what != format!("step {}", Outcome::Done.as_str()) {
            return None;
        }
        let mut playbooks = self.material.playbooks.iter().filter(|one| one.phase == phase);
        let step = playbooks.find_map(|one| {
            let steps = &one.playbook.as_ref().ok()?.steps;
            steps.iter().find(|step| step.id == id)
        });
        if !self.gather.reach.step(id, step) {
            return None;
        }
        let title = step.map(|step| step.title.replace(" {item}", "").replace("{item}", "…"));
        Some(title.unwrap_or_else(|| id.replace('-', " ")))
    }

    /// The label of a notice: its recipient or, for readers who may not see that, its duty.
    fn sent(&self, row: &Row) -> String {
        let named = row.said.iter().find(|(class, _)| *class == Class::Recipient);
        if let Some((_, name)) = named.filter(|_| self.gate.sees(Class::Recipient)) {
            return format!("Notice to {name}");
        }
        let title = row.duty.as_deref().and_then(|duty| self.duty_title(duty));
        title.map_or_else(|| "Notice sent".to_owned(), |title| format!("Notice: {title}"))
    }

    fn told_as(&self, row: &Row, label: &str) -> Moment {
        let entry: TimelineEntry =
            moment_of(row, self.gather, (&self.gate, self.zone), self.vocabulary, false);
        let short = wording::clip_words(label, LABEL);
        let is_ours = match row.kind {
            "opened" | "closed" | "reopened" | "duty" => true,
            "notice" => !self.gate.sees(Class::Recipient),
            _ => false,
        };
        let (lead, rest) = match short.strip_prefix(DECIDED) {
            _ if is_ours => (&*short, ""),
            Some(rest) if row.kind == "decision" => (DECIDED, rest),
            _ => ("", &*short),
        };
        let mut said: Vec<Text> = Vec::new();
        match row.kind {
            "notice" => {
                let title = row.duty.as_deref().and_then(|duty| self.duty_title(duty));
                let new = title.filter(|title| !label.ends_with(title.as_str()));
                said.extend(new.map(|title| self.gate.ours(&title)));
            }
            "duty" => {
                let title = row.duty.as_deref().and_then(|duty| self.duty_title(duty));
                said.extend(title.map(|title| self.gate.ours(&title)));
                said.extend(entry.said.iter().skip(2).cloned());
            }
            "step-outcome" => {
                said.extend((short != label).then(|| self.gate.id(label)));
                said.extend(entry.said.iter().cloned());
            }
            "note" => said.extend(entry.said.iter().filter(|_| short != label).cloned()),
            // Why a fact was set is no part of what happened.
            "fact" => {}
            "decision" => {
                // The label has the title of the fact, or the name of what was decided.
                let named = usize::from(row.fact.is_none());
                let title = row.fact.as_ref().and_then(|(name, _)| self.vocabulary.get(name));
                let title = title.map(|fact| format!("{}: ", fact.title)).unwrap_or_default();
                said.extend(entry.said.iter().skip(named).map(|text| {
                    let rest = text.as_str().strip_prefix(&title).filter(|_| !title.is_empty());
                    rest.map_or_else(|| text.clone(), |rest| self.gate.id(rest))
                }));
            }
            _ => said.extend(entry.said.iter().cloned()),
        }
        Moment {
            at: entry.at,
            shown: entry.shown,
            label: self.gate.led(lead, rest),
            said,
            by: entry.by,
            anchor: None,
            kind: entry.kind,
            entry: entry.entry,
        }
    }
}

/// The places of those that there is room for. Of those that matter as much as the first one without,
/// some from their beginning to their end: a story of which only the first day is told misleads.
fn chosen(ranks: &[u8]) -> BTreeSet<usize> {
    let Some(rank) = ranks.get(MOMENTS) else { return (0..ranks.len()).collect() };
    let first = ranks.partition_point(|one| one < rank);
    let (like, room) = (ranks.partition_point(|one| one <= rank) - first, MOMENTS - first);
    let spread = (0..room).map(|number| first + number * (like - 1) / (room - 1).max(1));
    (0..first).chain(spread).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_what_matters_as_much_the_last_is_told_as_the_first() {
        assert_eq!(chosen(&[0, 1, 1]).len(), 3);
        for (before, like) in [(0, 26), (10, 16), (24, 2), (24, 70), (20, 70), (0, 92)] {
            let ranks: Vec<u8> = [vec![0; before], vec![3; like], vec![4; 9]].concat();
            let chosen = chosen(&ranks);
            assert_eq!(chosen.len(), MOMENTS, "{before}, {like}");
            assert!(chosen.contains(&before) && chosen.iter().all(|place| *place < before + like));
            let last = before + like - 1;
            assert!(before == MOMENTS - 1 || chosen.contains(&last), "{before}, {like}");
        }
    }
}

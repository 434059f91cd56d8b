//! What happened when: the anchors and the entries, by when it happened.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use schemars::JsonSchema;
use serde::Serialize;

use crate::fact::names::AFFECTED_GROUPS;
use crate::fact::{Fact, Value, Vocabulary, When};
use crate::phase::Phase;
use crate::report::gate::{Class, Gate, Text};
use crate::report::gather::Gather;
use crate::report::gather::row::{Row, cut};
use crate::report::material::Build;
use crate::report::measure::interval::second;
use crate::report::measure::{Anchor, Zone};
use crate::report::section::written::class;
use crate::wording::{grouped, unmarked};

/// What happened, in order.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Timeline {
    /// In order of time; an imprecise time counts as its earliest moment.
    pub moments: Vec<TimelineEntry>,
    /// Entries that are not shown, by kind: of each kind the first fifty and the last fifty are, of
    /// decisions and notices all. A fact that a section of its own tells with its history is told there.
    pub omitted: BTreeMap<String, u64>,
}

/// Something that happened.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TimelineEntry {
    /// When it happened.
    pub at: When,
    /// The same in words, never finer than it was given.
    pub shown: String,
    /// When it was recorded.
    pub recorded_at: Option<DateTime<FixedOffset>>,
    /// The anchor, if it is one.
    pub anchor: Option<String>,
    /// The kind of the entry; `anchor`.
    pub kind: String,
    /// The chain and number of the entry it comes from.
    pub entry: Option<String>,
    /// The step it belongs to.
    pub step: Option<Text>,
    /// The duty it is about.
    pub duty: Option<Text>,
    /// What happened, in the tool's words.
    pub what: String,
    /// What was said, in the words of others.
    pub said: Vec<Text>,
    /// Who wrote it.
    pub by: Option<Text>,
    /// Who wrote it first, of a row that was imported.
    pub author: Option<Text>,
    /// Whether the entry is marked privileged.
    pub privileged: bool,
    /// Whether it happened before detection, so that it is part of the dwell time, not of the
    /// response.
    pub before_detection: bool,
}

impl Build<'_> {
    pub(in crate::report) fn timeline(&self, anchors: &[Anchor]) -> Timeline {
        let detected = anchors.iter().find(|anchor| anchor.id == "E3");
        let detected = detected.and_then(|anchor| Some(anchor.at.as_ref()?.earliest));
        let before = |when: &When| detected.is_some_and(|detected| when.earliest < detected);
        let mut moments: Vec<TimelineEntry> = Vec::new();
        for anchor in anchors {
            // A moment that an entry gives is in the timeline as that entry.
            let Some(at) = anchor.at.clone().filter(|_| !anchor.source.starts_with("entry "))
            else {
                continue;
            };
            moments.push(TimelineEntry {
                shown: self.zone.show(&at),
                before_detection: before(&at),
                at,
                recorded_at: anchor.recorded_at,
                anchor: Some(anchor.id.clone()),
                kind: "anchor".to_owned(),
                entry: None,
                step: None,
                duty: None,
                what: anchor.event.clone(),
                said: Vec::new(),
                by: anchor.by.clone(),
                author: None,
                privileged: false,
            });
        }
        let mut omitted = self.gather.omitted.clone();
        let told = self.told.borrow();
        for row in self.gather.rows() {
            // Its section tells it with its history.
            if row.kind == "fact" && row.fact.as_ref().is_some_and(|(name, _)| told.contains(name))
            {
                continue;
            }
            // Of a log that was written afterwards, the moments count, and not when it was written.
            let value = row.fact.as_ref().map(|(_, value)| value);
            let paper = row.kind == "fact" && !matches!(value, Some(Value::Time(_)));
            if paper && self.is_afterwards() {
                *omitted.entry(row.kind.to_owned()).or_default() += 1;
                continue;
            }
            // What the review did is told by the response; the incident was over.
            let review = row.step.as_deref().and_then(|step| step.split('/').next());
            if review == Some(Phase::PostMortem.as_str()) {
                *omitted.entry(format!("{} of the review", row.kind)).or_default() += 1;
                continue;
            }
            if self.gather.reach.row(self.vocabulary, row) {
                let moment =
                    moment_of(row, self.gather, (&self.gate, self.zone), self.vocabulary, false);
                let before_detection = before(&moment.at);
                let said = self.in_words(row, moment.said);
                moments.push(TimelineEntry { said, before_detection, ..moment });
            } else {
                *omitted.entry(row.kind.to_owned()).or_default() += 1;
            }
        }
        moments.sort_by(|a, b| {
            let key = |moment: &TimelineEntry| {
                (moment.at.earliest, moment.anchor.is_none(), moment.recorded_at)
            };
            key(a).cmp(&key(b))
        });
        Timeline { moments, omitted: self.gather.reach.kinds(&omitted) }
    }

    /// What was said, with a duty by its title, and without the codes of items.
    fn in_words(&self, row: &Row, said: Vec<Text>) -> Vec<Text> {
        let named = |text: Text| {
            let is = |code: Option<&str>| code == Some(text.as_str());
            if is(row.action.as_deref()) {
                return None;
            }
            let duty = row.duty.as_deref().filter(|duty| is(Some(duty)));
            let title = duty.and_then(|duty| self.duty_title(duty));
            Some(title.map_or(text, |title| self.gate.ours(&title)))
        };
        said.into_iter().filter_map(named).collect()
    }
}

/// A row as an audience may read it, a fact's value with its texts cut or `whole`. An entry that it is
/// about goes by its number.
pub(in crate::report) fn moment_of(
    row: &Row,
    gather: &Gather,
    (gate, zone): (&Gate, Zone),
    vocabulary: &Vocabulary,
    whole: bool,
) -> TimelineEntry {
    // Whoever says when somebody was told means that moment; a row of an export stands at its own.
    let meant = match &row.fact {
        Some((_, Value::Time(when))) if row.kind == "fact" && !whole => Some(when),
        _ => row.occurred.as_ref(),
    };
    let at = meant.cloned().unwrap_or_else(|| second(row.at));
    let mut said: Vec<Text> = Vec::new();
    if let Some((name, value)) = &row.fact {
        let fact = vocabulary.get(name);
        let title = fact.map_or(name.as_str(), |fact| fact.title.as_str());
        let class = fact.map_or(Class::Note, class);
        let shown = match value {
            // The row stands at that moment.
            Value::Time(_) if row.kind == "fact" && !whole => title.to_owned(),
            Value::Time(when) => format!("{title}: {}", zone.show(when)),
            value if whole => format!("{title}: {}", unmarked(&in_numbers(value, fact))),
            value => format!("{title}: {}", cut(&unmarked(&in_numbers(value, fact)))),
        };
        said.extend(gate.text(class, &shown));
    }
    let named = |text| match row.of_entry() {
        Some(id) if id == text => gather.number(id).or(whole.then_some(text)),
        _ => Some(text),
    };
    said.extend(row.said.iter().filter_map(|(class, text)| gate.option(*class, named(text))));
    TimelineEntry {
        shown: zone.show(&at),
        at,
        recorded_at: Some(row.at),
        anchor: None,
        kind: row.kind.to_owned(),
        entry: Some(format!("{}/{}", row.chain, row.seq)),
        step: row.step.as_deref().map(|step| gate.id(step)),
        duty: row.duty.as_deref().map(|duty| gate.id(duty)),
        what: row.what.clone(),
        said,
        by: Some(gate.person(&row.by)),
        author: row.author.as_ref().map(|author| gate.person(author)),
        privileged: row.privileged,
        before_detection: false,
    }
}

/// A value in words: numbers as people write them, places by their names.
fn in_numbers(value: &Value, fact: Option<&Fact>) -> String {
    let is_groups = fact.is_some_and(|fact| fact.name == AFFECTED_GROUPS);
    match (value, fact) {
        (Value::People(_), Some(fact)) => grouped(&value.echo(fact)),
        (Value::Count(_) | Value::Money(_), _) => grouped(&value.show(fact)),
        _ if is_groups => grouped(&value.show(fact)),
        _ => value.show(fact),
    }
}

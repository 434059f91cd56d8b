//! What to know within thirty seconds: three sentences on what happened, to how many, and what is
//! being done.

use schemars::JsonSchema;
use serde::Serialize;

use super::deadline::{Deadline, Deadlines, Verdict};
use super::impact::Tallied;
use super::written::Written;
use crate::fact::names::{
    CONTAINED_AT, DETECTED, EXECUTIVE_SUMMARY, INCIDENT_KIND, MEASURES_TAKEN, NOTICE_ACCOUNT,
    OCCURRED, PEOPLE_AFFECTED, PERSONS_AFFECTED, WHAT_HAPPENED,
};
use crate::fact::{Topic, Value};
use crate::incident::ActionState;
use crate::report::gate::{Audience, Class, Text};
use crate::report::material::Build;
use crate::report::measure::Interval;
use crate::wording;

/// What to know if you read nothing else.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Summary {
    /// What happened: the first sentence of what people wrote for this audience or, before they
    /// did, what the facts say.
    pub happened: Text,
    /// How many are affected.
    pub affected: Text,
    /// What is being done.
    pub doing: Text,
    /// All that was written to sum it up.
    pub written: Vec<Written>,
}

/// Places that a sentence names.
const PLACES: usize = 6;

/// Characters of a sentence.
const SENTENCE: usize = 280;

impl Build<'_> {
    pub(in crate::report) fn summary(&self, counts: &[Tallied], deadlines: &Deadlines) -> Summary {
        Summary {
            happened: self.happened(),
            affected: self.gate.id(&affected(counts)),
            doing: self.doing(deadlines),
            written: self.writings(Topic::Summary),
        }
    }

    /// The first sentence of the first of these that was written and that the audience may read.
    fn sentence(&self, names: &[(&str, Class)]) -> Option<Text> {
        let seen = names.iter().filter(|(_, class)| self.gate.sees(*class));
        let mut texts = seen.filter_map(|(name, class)| Some((self.text_of(name)?, *class)));
        texts.find_map(|(text, class)| self.gate.text(class, &first_sentence(text)))
    }

    fn happened(&self) -> Text {
        let told = self.sentence(&[
            (EXECUTIVE_SUMMARY, Class::Summary),
            (WHAT_HAPPENED, Class::Summary),
            (NOTICE_ACCOUNT, Class::Released),
        ]);
        told.unwrap_or_else(|| {
            if !self.gather.reach.judges() {
                return self.gate.id("No account of what happened has been released.");
            }
            let kind = self.history(INCIDENT_KIND).last().map(|change| &change.value);
            let kind = match kind {
                Some(value @ Value::Choice(_)) => value.show(self.vocabulary.get(INCIDENT_KIND)),
                _ => "What kind of incident it is, is not known".to_owned(),
            };
            let moments = [(OCCURRED, "it began"), (DETECTED, "it was noticed")];
            let moments = moments.iter().filter_map(|(name, what)| {
                Some(format!("{what} {}", self.zone.show(self.time(name)?)))
            });
            let parts: Vec<String> = std::iter::once(kind).chain(moments).collect();
            self.gate.id(&format!("{}.", parts.join("; ")))
        })
    }

    fn doing(&self, deadlines: &Deadlines) -> Text {
        if self.gate.audience() == Audience::Public {
            let told = self.sentence(&[(MEASURES_TAKEN, Class::Released)]);
            let none = "No account of what is being done has been released.";
            return told.unwrap_or_else(|| self.gate.id(none));
        }
        let mut parts = Vec::new();
        let incident = &self.gather.incident;
        parts.push(match (self.time(CONTAINED_AT), incident.closed_at) {
            (Some(when), _) => format!("It was contained {}", self.zone.show(when)),
            (None, Some(at)) => format!("The incident was closed {}", self.zone.moment(&at)),
            (None, None) => self.doubt().map_or_else(
                || "It is not known to be contained".to_owned(),
                |doubt| format!("Whether it is contained is {doubt}"),
            ),
        });
        parts.extend(self.dues(deadlines));
        let sees = self.gate.sees(Class::Action) && !incident.actions.is_empty();
        if sees {
            let open =
                incident.actions.iter().filter(|item| item.state == ActionState::Open).count();
            let last = incident.last_at.map(|at| at.date_naive());
            let late = incident.actions.iter();
            let late = late.filter(|item| last.is_some_and(|last| item.is_overdue(last))).count();
            let late = if late > 0 { format!(", {late} overdue") } else { String::new() };
            parts.push(format!("{} open{late}", wording::count(open, "action item")));
        }
        self.gate.id(&format!("{}.", parts.join("; ")))
    }

    /// How the legal duties stand, and which is due next.
    fn dues(&self, deadlines: &Deadlines) -> Vec<String> {
        let tally = &deadlines.tally;
        let parts = [
            (tally.met, "met", Some(Verdict::Met)),
            (tally.missed, "missed", Some(Verdict::Missed)),
            (tally.overdue, "overdue", Some(Verdict::Overdue)),
            (tally.open, "open", None),
            (tally.waived, "waived", None),
            (tally.unclear, "unclear", None),
        ];
        let told = parts.iter().filter(|(n, ..)| *n > 0).map(|(n, how, verdict)| {
            let margin = verdict.and_then(|verdict| margin(deadlines, verdict));
            let margin = margin.map(|margin| format!(" ({margin})"));
            format!("{n} {how}{}", margin.unwrap_or_default())
        });
        let told: Vec<String> = told.collect();
        let mut dues = Vec::new();
        if !told.is_empty() {
            dues.push(format!("legal deadlines: {}", told.join(", ")));
        }
        let open = deadlines.duties.iter().filter(|duty| duty.verdict == Verdict::Open);
        if let Some((at, duty)) =
            open.filter_map(|duty| Some((duty.due?, duty))).min_by_key(|one| one.0)
        {
            dues.push(format!("the next is due {} ({})", self.zone.moment(&at), duty.title));
        }
        dues
    }
}

/// The margin that matters most among those that ended so: the closest that was met, the longest
/// that was not, with its duty.
fn margin(deadlines: &Deadlines, verdict: Verdict) -> Option<String> {
    let of = deadlines.duties.iter().filter(|duty| duty.verdict == verdict);
    // Of what may not be sent before some moment, nothing is late.
    let is_deadline = |duty: &&Deadline| match (&duty.done, duty.due) {
        (Some(done), Some(due)) => (done.earliest.to_utc() > due) == (verdict != Verdict::Met),
        _ => true,
    };
    let of = of.filter(|duty| !duty.hypothetical).filter(is_deadline);
    let of: Vec<(&Interval, &Deadline)> =
        of.filter_map(|duty| Some((duty.margin.as_ref()?, duty))).collect();
    if verdict == Verdict::Met {
        let (margin, _) = of.iter().min_by_key(|(margin, _)| margin.seconds().0)?;
        return Some(format!("the closest {} before", margin.margin()));
    }
    let worst = if of.len() > 1 { "at worst " } else { "" };
    let (margin, duty) = of.iter().max_by_key(|(margin, _)| margin.seconds().1)?;
    Some(format!("{worst}{}: {} late", duty.title, margin.margin()))
}

/// The latest of each number, people first; those of places stand together, and are no sum.
fn affected(counts: &[Tallied]) -> String {
    let mut kinds: Vec<&[Tallied]> = counts.chunk_by(|one, next| one.fact == next.fact).collect();
    let rank = |fact: &str| match fact {
        PERSONS_AFFECTED => 0,
        PEOPLE_AFFECTED => 1,
        _ => 2,
    };
    kinds.sort_by_key(|kind| rank(&kind[0].fact));
    let mut told: Vec<String> = Vec::new();
    for kind in kinds {
        let latest = kind.iter().filter_map(|count| {
            let value = count.values.last()?;
            let place = count.place.as_ref().map(|place| format!("{place} "));
            Some(format!("{}{}", place.unwrap_or_default(), value.shown))
        });
        let latest: Vec<String> = latest.collect();
        if latest.is_empty() {
            continue;
        }
        let more = latest.len().saturating_sub(PLACES);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let latest = format!("{}{more}", latest[..latest.len().min(PLACES)].join(", "));
        told.push(match kind[0].fact.as_str() {
            PERSONS_AFFECTED => latest,
            _ => format!("{}: {latest}", kind[0].title.as_str().to_lowercase()),
        });
    }
    match told.as_slice() {
        [] => "How many are affected is not recorded.".to_owned(),
        [one] => format!("Affected: {one}."),
        several => format!("Affected, and not to be added: {}.", several.join("; ")),
    }
}

/// The first sentence of a text, or as much of it as a first screen has room for.
fn first_sentence(text: &str) -> String {
    let text = text.trim();
    let text = text.lines().next().unwrap_or_default();
    let ends = text.match_indices(['.', '!', '?', '。', '！', '？']).find(|(at, sign)| {
        let behind = &text[at + sign.len()..];
        let next = behind.trim_start().chars().next();
        // A full stop within a number, a name or an abbreviation ends nothing.
        let starts = next.is_none_or(|c| c.is_uppercase() || !c.is_ascii() && c.is_alphabetic());
        let word = text[..*at].rsplit(char::is_whitespace).next().unwrap_or_default();
        let is_gap = behind.is_empty() || behind.starts_with(' ') || !sign.is_ascii();
        starts && is_gap && (word.chars().count() > 3 || next.is_none())
    });
    let sentence = ends.map_or(text, |(at, sign)| &text[..at + sign.len()]);
    match sentence.char_indices().nth(SENTENCE) {
        None => sentence.to_owned(),
        Some((at, _)) => {
            let cut = &sentence[..at];
            format!("{} …", cut.rsplit_once(' ').map_or(cut, |(words, _)| words))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_where_readers_end_it() {
        for (text, first) in [
            ("Cards were copied. The page is closed.", "Cards were copied."),
            ("We paid GBP 3.5 million. Then more.", "We paid GBP 3.5 million."),
            ("Dr. Roe was told. She left.", "Dr. Roe was told."),
            ("No full stop", "No full stop"),
            ("漏洩しました。対応中です。", "漏洩しました。"),
            ("first line\nsecond line", "first line"),
            ("", ""),
        ] {
            assert_eq!(first_sentence(text), first);
        }
        let long = "word ".repeat(200);
        assert!(first_sentence(&long).chars().count() <= SENTENCE + 2);
    }
}

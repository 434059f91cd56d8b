//! What to know within thirty seconds: three sentences on what happened, to how many, and what is
//! being done.

use std::iter;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use super::deadline::{Deadline, Deadlines, Verdict};
use super::impact::Tallied;
use super::written::Written;
use crate::fact::names::{
    CONTAINED_AT, CONTAINMENT_VERIFIED_AT, DETECTED, EXECUTIVE_SUMMARY, FIRST_LOSS, INCIDENT_KIND,
    MEASURES_TAKEN, NOTICE_ACCOUNT, OCCURRED, PEOPLE_AFFECTED, PERSONS_AFFECTED, THEFT_FROM,
    THEFT_TO, WHAT_HAPPENED,
};
use crate::fact::{Precision, Topic, Value, place_name};
use crate::incident::{ActionItem, ActionState};
use crate::report::gate::{Audience, Class, Text};
use crate::report::material::Build;
use crate::report::measure::Interval;
use crate::wording;

/// What to know if you read nothing else.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Summary {
    /// What happened: the first sentences of what people wrote for this audience, `…` behind them if
    /// they wrote more, or, before they did, what the facts say.
    pub happened: Text,
    /// How many are affected.
    pub affected: Text,
    /// What is being done.
    pub doing: Text,
    /// How the legal duties stand, and which is due next; none for everybody.
    pub owed: Option<Text>,
    /// For everybody: whether no account was released. Then nothing else is told, either.
    pub unreleased: bool,
    /// All that was written to sum it up.
    pub written: Vec<Written>,
}

/// Places that a sentence names.
const PLACES: usize = 6;

/// Duties that a sentence names.
const DUTIES: usize = 2;

/// Characters of what is being done.
const DOING: usize = 200;

/// Sentences that a first screen tells of what people wrote, and the characters they may have.
const SENTENCES: usize = 3;
const SPACE: usize = 420;

impl Build<'_> {
    pub(in crate::report) fn summary(&self, counts: &[Tallied], deadlines: &Deadlines) -> Summary {
        Summary {
            happened: self.happened(),
            affected: self.gate.ours(&self.affected(counts)),
            doing: self.doing(),
            owed: self.owed(deadlines),
            unreleased: self.is_unreleased(),
            written: self.writings(Topic::Summary),
        }
    }

    /// Where the number of the people is withheld, no other number stands in for it.
    fn affected(&self, counts: &[Tallied]) -> String {
        let (absent, withheld) = (self.gather.incident.absent_facts(), &self.gather.withheld.facts);
        let is_kept = |name: &&str| withheld.contains(*name) || absent.contains(name);
        if [PERSONS_AFFECTED, PEOPLE_AFFECTED].iter().any(is_kept) {
            return "People affected: withheld.".to_owned();
        }
        affected(counts)
    }

    /// The first sentences of the first of these that was written and that the audience may read.
    fn sentences(&self, names: &[(&str, Class)]) -> Option<Text> {
        let seen = names.iter().filter(|(_, class)| self.gate.sees(*class));
        let mut texts = seen.filter_map(|(name, class)| Some((self.text_of(name)?, *class)));
        texts.find_map(|(text, class)| {
            let text = wording::unmarked(text);
            self.gate.text(class, &wording::sentences(&text, SENTENCES, SPACE))
        })
    }

    fn happened(&self) -> Text {
        let told = self.sentences(&[
            (EXECUTIVE_SUMMARY, Class::Summary),
            (WHAT_HAPPENED, Class::Summary),
            (NOTICE_ACCOUNT, Class::Released),
        ]);
        told.unwrap_or_else(|| {
            if !self.gather.reach.judges() {
                let none = "No account of the incident has been released.";
                return self.gate.ours(none);
            }
            let kind = self.history(INCIDENT_KIND).last().map(|change| &change.value);
            let kind = match kind {
                Some(value @ Value::Choice(_)) => value.show(self.vocabulary.get(INCIDENT_KIND)),
                _ => "What kind of incident it is, is not known".to_owned(),
            };
            let alarm =
                if self.gather.is_false_alarm() { "A false alarm, by decision. " } else { "" };
            self.gate.id(&format!("{alarm}{kind}."))
        })
    }

    fn doing(&self) -> Text {
        if self.gate.audience() == Audience::Public {
            let told = self.sentences(&[(MEASURES_TAKEN, Class::Released)]);
            let none = "No account of what is being done has been released.";
            return told.unwrap_or_else(|| self.gate.ours(none));
        }
        let incident = &self.gather.incident;
        let is_alarm = self.gather.is_false_alarm();
        let mut parts: Vec<String> = self.doing_now().into_iter().collect();
        parts.extend((!is_alarm).then(|| self.course()));
        let closed = incident.closed_at.filter(|_| is_alarm || self.time(CONTAINED_AT).is_none());
        let closed =
            closed.map(|at| format!("The incident was closed on {}", self.zone.moment(&at)));
        parts.extend(closed);
        if self.gate.sees(Class::Action) {
            let all = &incident.actions;
            let open = all.iter().filter(|item| item.state == ActionState::Open).count();
            let last = incident.last_at.map(|at| at.date_naive());
            let is_late = |item: &&ActionItem| last.is_some_and(|last| item.is_overdue(last));
            let late = all.iter().filter(is_late).count();
            let late = if late > 0 { format!(", {late} overdue") } else { String::new() };
            parts.push(if incident.actions.is_empty() {
                "No action items are recorded".to_owned()
            } else {
                let open = wording::count(open, "action item");
                wording::grouped(&format!("{open} open{late}"))
            });
        }
        self.gate.ours(&format!("{}.", parts.join(". ")))
    }

    fn owed(&self, deadlines: &Deadlines) -> Option<Text> {
        if self.gate.audience() == Audience::Public {
            return None;
        }
        let dues = self.dues(deadlines);
        (!dues.is_empty()).then(|| self.gate.ours(&format!("{}.", dues.join(". "))))
    }

    /// What people wrote of what they do, while the incident is open.
    fn doing_now(&self) -> Option<String> {
        let is_open = self.gather.incident.closed_at.is_none() && self.gate.sees(Class::Released);
        let written = self.text_of(MEASURES_TAKEN).filter(|_| is_open)?;
        let written = wording::sentences(&wording::unmarked(written), SENTENCES, DOING);
        let told = self.gate.text(Class::Released, &written)?;
        Some(told.as_str().trim_end_matches(['.', ' ', '…']).to_owned())
    }

    /// When it began, was noticed and was contained, and when data was taken.
    fn course(&self) -> String {
        let began =
            [OCCURRED, FIRST_LOSS, THEFT_FROM].into_iter().find(|name| self.time(name).is_some());
        let moments = [
            (began.unwrap_or(OCCURRED), "began"),
            (DETECTED, "was noticed"),
            (CONTAINED_AT, "was contained"),
        ];
        let mut told: Vec<String> = Vec::new();
        let mut before = String::new();
        for (name, what) in moments {
            let Some(when) = self.time(name) else { continue };
            let shown = self.zone.show(when);
            told.push(match (when.precision, shown.split_once(" to ")) {
                _ if shown == before => format!("{what} the same day"),
                (Precision::Range, Some((from, to))) => format!("{what} between {from} and {to}"),
                (Precision::Month | Precision::Year, _) => format!("{what} in {shown}"),
                _ => format!("{what} on {shown}"),
            });
            before = if when.precision == Precision::Day { shown } else { String::new() };
        }
        let course = match self.doubt() {
            _ if self.time(CONTAINED_AT).is_some() => format!("It {}", wording::list(&told)),
            None if self.gather.withheld.facts.contains(CONTAINED_AT) => {
                let hidden = "Whether it is contained is not told here";
                match told.as_slice() {
                    [] => hidden.to_owned(),
                    told => format!("It {}. {hidden}", wording::list(told)),
                }
            }
            None => {
                told.push("is not known to be contained".to_owned());
                format!("It {}", wording::list(&told))
            }
            Some(doubt) if told.is_empty() => format!("Whether it is contained is {doubt}"),
            Some(doubt) => {
                format!("It {}. Whether it is contained is {doubt}", wording::list(&told))
            }
        };
        course + &self.theft()
    }

    /// From when to when data was taken, which may be after what was called the containment.
    fn theft(&self) -> String {
        let (Some(from), Some(to)) = (self.time(THEFT_FROM), self.time(THEFT_TO)) else {
            return String::new();
        };
        let contained = self.time(CONTAINED_AT);
        let failed = contained.is_some_and(|contained| contained.latest < to.earliest);
        let verified = self.time(CONTAINMENT_VERIFIED_AT).map(|at| self.zone.show(at));
        let held = match (failed, verified) {
            (false, _) => String::new(),
            (true, None) => ": the containment did not hold".to_owned(),
            (true, Some(at)) => {
                format!(": the containment held only from {at}, when it was verified")
            }
        };
        // Of a range, the end that is told is the outer one.
        let is_coarse = [from, to].iter().any(|at| at.precision == Precision::Range);
        let (from, to) = if is_coarse && from != to {
            (self.zone.moment(&from.earliest), self.zone.moment(&to.latest))
        } else {
            (self.zone.show(from), self.zone.show(to))
        };
        if from == to {
            return format!(". Data was taken on {from}{held}");
        }
        format!(". Data was taken from {from} to {to}{held}")
    }

    /// How the legal duties stand, and which is due next.
    fn dues(&self, deadlines: &Deadlines) -> Vec<String> {
        // The rest is told more exactly below, or is no matter of a first screen.
        let [judged @ .., _other, _hypothetical] = deadlines.tally.parts();
        let verdicts = [Verdict::Met, Verdict::Missed, Verdict::Overdue].map(Some);
        let judged = judged.into_iter().zip(verdicts.into_iter().chain(iter::repeat(None)));
        let told = judged.filter(|((n, _), _)| *n > 0).map(|((n, how), verdict)| {
            let margin = verdict.and_then(|verdict| margin(deadlines, verdict));
            let margin = margin.map(|margin| format!(" ({margin})"));
            format!("{n} {how}{}", margin.unwrap_or_default())
        });
        let mut told: Vec<String> = told.collect();
        let firm = || deadlines.duties.iter().filter(|duty| !duty.hypothetical);
        let undated = [Verdict::NoNumber, Verdict::Unread, Verdict::Unstarted];
        let undated: Vec<&Deadline> = firm().filter(|one| undated.contains(&one.verdict)).collect();
        // What is kept on file waits for nobody.
        let (kept, waiting): (Vec<&Deadline>, Vec<&Deadline>) =
            undated.into_iter().partition(|duty| duty.is_kept_on_file());
        for (duties, what) in [(waiting, "owed without a date"), (kept, "to be kept on file")] {
            let titles: Vec<&str> = duties.iter().map(|duty| duty.title.as_str()).collect();
            let count = titles.len();
            told.extend(
                (count > 0).then(|| format!("{count} {what} ({})", wording::some(&titles, DUTIES))),
            );
        }
        let in_doubt = || firm().filter(|duty| duty.verdict == Verdict::Check);
        let doubted = in_doubt().count();
        let unsure = deadlines.may_be_owed.shown().or_else(|| {
            (doubted > 0).then(|| format!("{} may be owed", wording::count(doubted, "duty")))
        });
        let unsure = unsure.filter(|_| !told.is_empty());
        // Counted all the same: who reads two of nine must not take them for all.
        let withheld = firm().filter(|duty| duty.verdict == Verdict::Withheld).count();
        told.extend((withheld > 0).then(|| format!("{withheld} not shown to this audience")));
        let mut dues = Vec::new();
        if !told.is_empty() {
            dues.push(wording::capital(&told.join(", ")));
        } else if self.doubt().is_none() && !self.gather.is_false_alarm() {
            let none = "No legal deadline is known to apply";
            let open = "Which legal deadlines apply is not settled";
            let is_settled = deadlines.settled && deadlines.duties.is_empty();
            dues.push(if is_settled { none } else { open }.to_owned());
        }
        dues.extend(unsure);
        let open = firm().filter(|duty| duty.verdict == Verdict::Open);
        if let Some((at, duty)) = first_due(open) {
            let next = if withheld > 0 { "Of those shown, the next" } else { "The next" };
            dues.push(format!("{next} is due {} ({})", self.zone.moment(&at), duty.title));
        } else if let Some((at, duty)) = first_due(in_doubt()) {
            let is_past = deadlines.as_of.is_some_and(|last| at < last);
            let (is, at) = (if is_past { "was" } else { "is" }, self.zone.moment(&at));
            dues.push(format!("The first that may be owed {is} due {at} ({})", duty.title));
        }
        dues
    }
}

/// The duty that is due first, and when.
fn first_due<'d>(
    duties: impl Iterator<Item = &'d Deadline>,
) -> Option<(DateTime<Utc>, &'d Deadline)> {
    duties.filter_map(|duty| Some((duty.due?, duty))).min_by_key(|one| one.0)
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
        let closest = if of.len() > 1 { "the closest with" } else { "with" };
        return Some(format!("{closest} {} to spare", margin.margin()));
    }
    let worst = if of.len() > 1 { "at worst " } else { "" };
    let (margin, duty) = of.iter().max_by_key(|(margin, _)| margin.seconds().1)?;
    Some(format!("{worst}{}: {} late", duty.title, margin.margin()))
}

/// The latest value of each count, people and their places first; the counts are never added.
fn affected(counts: &[Tallied]) -> String {
    let mut kinds: Vec<&[Tallied]> = counts.chunk_by(|one, next| one.fact == next.fact).collect();
    kinds.retain(|kind| kind[0].affected);
    let rank = |fact: &str| match fact {
        PERSONS_AFFECTED => 0,
        PEOPLE_AFFECTED => 1,
        _ => 2,
    };
    kinds.sort_by_key(|kind| rank(&kind[0].fact));
    let (mut told, mut unknown): (Vec<String>, Vec<&str>) = (Vec::new(), Vec::new());
    for kind in kinds {
        match kind[0].latest() {
            _ if kind[0].place.is_some() => match by_place(kind) {
                Some(places) => {
                    let before = told.pop().map_or_else(|| "people".to_owned(), |told| told + ",");
                    told.push(format!("{before} {places}"));
                }
                None if told.is_empty() => unknown.push("people"),
                None => {}
            },
            Some(latest) => told.push(latest.shown.clone()),
            None => unknown.push(kind[0].unit.as_str()),
        }
    }
    unknown.dedup();
    let unknown = (!unknown.is_empty())
        .then(|| format!("How many {} are affected is not known.", wording::list(&unknown)));
    let told = match told.as_slice() {
        [] => None,
        [one] => Some(format!("Affected: {one}.")),
        several => {
            let all = several.join("; ");
            Some(format!("Affected: {all}. Counts of different things overlap; do not add them."))
        }
    };
    let said: Vec<String> = unknown.into_iter().chain(told).collect();
    if said.is_empty() {
        "How many are affected is not recorded.".to_owned()
    } else {
        said.join(" ")
    }
}

/// The people of each place, by place name, then the places where nobody counted them. That some live
/// somewhere does not say where most do: if nobody counted at all, no place is named.
fn by_place(places: &[Tallied]) -> Option<String> {
    let name = |count: &Tallied| {
        let code = count.place.as_deref().unwrap_or_default();
        place_name(code).unwrap_or(code).to_owned()
    };
    let (counted, uncounted): (Vec<&Tallied>, Vec<&Tallied>) =
        places.iter().partition(|count| count.latest().is_some());
    let counted = counted.into_iter().filter_map(|count| {
        let latest = count.latest()?;
        Some(format!("{} {}", name(count), latest.shown))
    });
    let counted: Vec<String> = counted.collect();
    let uncounted: Vec<String> = uncounted.into_iter().map(name).collect();
    match (counted.is_empty(), uncounted.is_empty()) {
        (true, _) => None,
        (false, true) => Some(format!("by place: {}", wording::few_of(&counted, PLACES))),
        (false, false) => Some(format!(
            "by place: {}; not counted in {}",
            wording::few_of(&counted, PLACES),
            wording::few_of(&uncounted, PLACES)
        )),
    }
}

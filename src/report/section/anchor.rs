//! Which fact or entry of the log is which anchor.

use crate::fact::names::{
    AWARE, CLASSIFIED_MAJOR, CONTAINED_AT, CONTAINMENT_VERIFIED_AT, DECLARED_AT, DETECTED,
    DETERMINED_MATERIAL, ERADICATED_AT, FIRST_LOSS, FIRST_SIGNAL, OCCURRED, PEOPLE_TOLD_FROM,
    PEOPLE_TOLD_TO, PUBLIC_STATEMENT_AT, RECOVERED_AT, RULED_AT, SCOPE_GREW_AT, TAKEN_UP_AT,
    THEFT_FROM, THEFT_TO, WRONG_STATEMENT_AT,
};
use crate::fact::{Value, When};
use crate::incident::{FactChange, Notice};
use crate::report::gate::Class;
use crate::report::material::Build;
use crate::report::measure::interval::second;
use crate::report::measure::{Anchor, Presence, Said};

/// An anchor: its id, what happened then, and the facts that say when, the first that is known
/// counting. `entry opened` and `entry closed` are entries; `notice` is the earliest notice.
struct Mapping {
    id: &'static str,
    event: &'static str,
    from: &'static [&'static str],
}

const OPENED: &str = "entry opened";
const CLOSED: &str = "entry closed";
const REVIEW: &str = "entry playbook-pinned";
const NOTICE: &str = "entry notice";
/// Notices of duties that tell people.
const FIRST_LETTER: &str = "entry notice to people, first";
const LAST_LETTER: &str = "entry notice to people, last";

/// Which fact or entry of the log is which anchor.
const ANCHORS: [Mapping; 23] = [
    Mapping { id: "E0", event: "first malicious action", from: &[OCCURRED] },
    Mapping {
        id: "E1",
        event: "first loss of confidentiality, integrity or availability",
        from: &[FIRST_LOSS],
    },
    Mapping { id: "E2", event: "first known theft of data", from: &[THEFT_FROM] },
    Mapping { id: "E2'", event: "last known theft of data", from: &[THEFT_TO] },
    Mapping { id: "S1", event: "first signal that showed it, in hindsight", from: &[FIRST_SIGNAL] },
    Mapping { id: "E3", event: "detection: somebody here first suspected it", from: &[DETECTED] },
    Mapping { id: "E4", event: "a named person took it up", from: &[TAKEN_UP_AT] },
    Mapping { id: "E5", event: "incident declared", from: &[DECLARED_AT, OPENED] },
    Mapping { id: "E6", event: "confirmed: legal awareness", from: &[AWARE] },
    Mapping {
        id: "E6m",
        event: "classified as major, or judged material",
        from: &[CLASSIFIED_MAJOR, DETERMINED_MATERIAL],
    },
    Mapping { id: "E7", event: "contained", from: &[CONTAINED_AT] },
    Mapping {
        id: "E7'",
        event: "containment verified, including systems that were offline",
        from: &[CONTAINMENT_VERIFIED_AT],
    },
    Mapping { id: "E8", event: "last trace of the intruder removed", from: &[ERADICATED_AT] },
    Mapping { id: "E9", event: "recovered: normal service is back", from: &[RECOVERED_AT] },
    Mapping { id: "E10", event: "incident closed", from: &[CLOSED] },
    Mapping {
        id: "D",
        event: "first person affected was told",
        from: &[PEOPLE_TOLD_FROM, FIRST_LETTER],
    },
    Mapping {
        id: "D'",
        event: "last person affected was told",
        from: &[PEOPLE_TOLD_TO, LAST_LETTER],
    },
    Mapping { id: "P", event: "public statement", from: &[PUBLIC_STATEMENT_AT] },
    Mapping { id: "G", event: "first public correction of the scope", from: &[SCOPE_GREW_AT] },
    Mapping {
        id: "W",
        event: "a statement to outsiders that contradicted what somebody here knew",
        from: &[WRONG_STATEMENT_AT],
    },
    Mapping { id: "J", event: "first ruling by an authority or a court", from: &[RULED_AT] },
    Mapping { id: "R", event: "review started", from: &[REVIEW] },
    Mapping { id: "N", event: "first notice to anyone", from: &[NOTICE] },
];

/// Anchors of what most incidents never see: told only where they are known.
const RARE: [&str; 3] = ["G", "W", "J"];

/// Anchors that everybody may read, as letters to people tell them: none that starts a legal clock,
/// judges what was said or shows what was missed.
const EVERYBODY: [&str; 10] = ["E0", "E1", "E2", "E2'", "E3", "E7", "E9", "D", "D'", "P"];

/// Earlier values of an anchor that are listed.
const VALUES: usize = 10;

impl Build<'_> {
    /// Every anchor, in the order of the table.
    pub(in crate::report) fn anchors(&self) -> Vec<Anchor> {
        let told = |mapping: &&Mapping| {
            let open = self.gather.reach.judges() || EVERYBODY.contains(&mapping.id);
            let mut from = mapping.from.iter();
            open && from.any(|name| self.gather.reach.fact(self.vocabulary, name))
        };
        let anchors = ANCHORS.iter().filter(told).map(|mapping| self.anchor(mapping));
        anchors.filter(|one| one.at.is_some() || !RARE.contains(&one.id.as_str())).collect()
    }

    fn anchor(&self, mapping: &Mapping) -> Anchor {
        let mut known = mapping.from.iter().filter_map(|name| Some((*name, self.moment(name)?)));
        // Two determinations are one anchor: the earlier counts. A letter only stands in for a fact.
        let first = if mapping.id == "E6m" {
            known.min_by_key(|(_, when)| when.earliest)
        } else {
            known.next()
        };
        let (source, at) = first.map_or((mapping.from[0], None), |(name, when)| (name, Some(when)));
        let history = self.history(source);
        let latest = history.last();
        let withheld = at.is_none() && mapping.from.iter().any(|name| self.is_withheld(name));
        self.told.borrow_mut().extend(mapping.from.iter().map(|name| (*name).to_owned()));
        let presence = match (&at, history.last()) {
            (Some(_), _) => Presence::Given,
            _ if withheld => Presence::Withheld,
            (None, Some(FactChange { value: Value::None, .. })) => Presence::Inapplicable,
            (None, Some(_)) => Presence::Unknown,
            (None, None) => Presence::Missing,
        };
        Anchor {
            id: mapping.id.to_owned(),
            event: match mapping.id {
                // Of those that are told.
                "N" if self.gather.reach.reader().duty().is_some() => "first notice under this law",
                "N" if !self.gather.reach.is_inside() => {
                    "first notice to an authority or to people"
                }
                _ => mapping.event,
            }
            .to_owned(),
            source_title: self.source_title(source),
            source: source.to_owned(),
            presence,
            shown: at.as_ref().map(|at| self.zone.show(at)),
            at,
            by: latest.map(|change| self.gate.person(&change.by)),
            recorded_at: latest.map(|change| change.at),
            why: latest.and_then(|change| self.gate.option(Class::Reason, change.why.as_deref())),
            earlier: history.len().saturating_sub(1),
            before: self.before(history),
        }
    }

    /// A fact by its title, an entry by what it did.
    fn source_title(&self, source: &str) -> String {
        let title = match source {
            OPENED => "opening of the incident",
            CLOSED => "closing of the incident",
            REVIEW => "start of the review",
            NOTICE => "earliest notice",
            FIRST_LETTER => "first notice to people",
            LAST_LETTER => "last notice to people",
            fact => return self.called(fact),
        };
        title.to_owned()
    }

    /// Moments that were on record and differ from the one that counts.
    fn before(&self, history: &[FactChange]) -> Vec<Said> {
        let Some((latest, before)) = history.split_last() else { return Vec::new() };
        let mut said: Vec<Said> = Vec::new();
        for change in before.iter().rev().filter(|change| change.value != latest.value) {
            let Value::Time(when) = &change.value else { continue };
            let shown = self.zone.show(when);
            if said.last().is_some_and(|last| last.shown == shown) {
                continue;
            }
            if said.len() == VALUES {
                break;
            }
            said.push(Said {
                shown,
                said: change.occurred.clone(),
                recorded_at: change.at,
                by: self.gate.person(&change.by),
                why: self.gate.option(Class::Reason, change.why.as_deref()),
            });
        }
        said.reverse();
        said
    }

    /// When notices went to people themselves.
    fn letters(&self) -> impl Iterator<Item = When> {
        let to_people = |id: &String| {
            let mut duties = self.material.duties.iter();
            duties.any(|one| one.duty.id == *id && one.duty.tells_people())
        };
        let told = move |id: &String| to_people(id) && self.gather.reach.duty(id);
        let notices = self.gather.incident.notices.iter().filter(move |(id, _)| told(id));
        notices.flat_map(|(_, notices)| notices).map(|notice| notice.at.clone())
    }

    /// Whether somebody may still have to be told: letters remain, or a duty to tell people is open.
    fn is_telling(&self) -> bool {
        let to_people = |one: &&crate::regime::Assessed<'_>| one.duty.tells_people();
        let told = |one: &&crate::regime::Assessed<'_>| self.gather.reach.duty(&one.duty.id);
        self.material.duties.iter().filter(to_people).filter(told).any(|one| {
            let sent = one.filed(&self.gather.incident.notices);
            let complete = Notice::completing(sent).is_some();
            let owed = one.concerns == Some(true) && one.state.is_open();
            !complete && (owed || !sent.is_empty())
        })
    }

    /// The moment of a fact, or of an entry.
    fn moment(&self, name: &str) -> Option<When> {
        let incident = &self.gather.incident;
        match name {
            // A log that is written afterwards is opened long after the incident was declared.
            OPENED => {
                let asked = self.history(DECLARED_AT).last();
                incident.opened_at.filter(|_| asked.is_none()).map(second)
            }
            CLOSED => incident.closed_at.map(second),
            REVIEW => {
                let review = |(phase, _): &&(crate::phase::Phase, _)| {
                    *phase == crate::phase::Phase::PostMortem
                };
                self.gather.pins.iter().find(review).map(|(_, pinned)| second(pinned.at))
            }
            NOTICE => {
                let told = |(id, _): &(&String, _)| self.gather.reach.duty(id);
                let notices = incident.notices.iter().filter(told).flat_map(|(_, sent)| sent);
                notices.map(|notice| notice.at.clone()).min_by_key(|when| when.earliest)
            }
            FIRST_LETTER => self.letters().min_by_key(|when| when.earliest),
            LAST_LETTER if self.is_telling() => None,
            LAST_LETTER => self.letters().max_by_key(|when| when.latest),
            name if self.is_withheld(name) => None,
            name => match incident.fact_value(name) {
                Some(Value::Time(when)) => Some(when.clone()),
                _ => None,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::report::measure::metric::{METRICS, RARE as RARE_METRICS};

    #[test]
    fn whatever_names_an_anchor_or_a_metric_names_one_that_exists() {
        let anchors: BTreeSet<&str> = ANCHORS.iter().map(|mapping| mapping.id).collect();
        assert_eq!(anchors.len(), ANCHORS.len(), "an id twice");
        let metrics = METRICS.iter().flat_map(|metric| {
            let readings = metric.readings.iter().flat_map(|(from, to, _)| [*from, *to]);
            metric.from.iter().copied().chain([metric.to]).chain(readings)
        });
        for id in metrics.chain(RARE).chain(EVERYBODY) {
            assert!(anchors.contains(id), "{id}");
        }
        let ids: BTreeSet<&str> = METRICS.iter().map(|metric| metric.id).collect();
        let titles: BTreeSet<&str> = METRICS.iter().map(|metric| metric.title).collect();
        assert_eq!((ids.len(), titles.len()), (METRICS.len(), METRICS.len()), "a metric twice");
        assert!(RARE_METRICS.iter().all(|id| ids.contains(id)));
    }

    /// The table in the documentation of the report has a row for each, and none besides.
    #[test]
    fn the_documentation_lists_every_anchor() {
        let docs = include_str!("../mod.rs");
        let rows = docs.lines().filter_map(|line| line.strip_prefix("//! | "));
        let rows = rows.skip(1).map(|row| row.split('|').next().unwrap_or_default());
        let words = rows.flat_map(|row| row.split([' ', ',']));
        let listed: BTreeSet<&str> = words.filter(|word| is_id(word)).collect();
        let anchors: BTreeSet<&str> = ANCHORS.iter().map(|mapping| mapping.id).collect();
        assert_eq!(listed, anchors);
    }

    fn is_id(word: &str) -> bool {
        word.chars().next().is_some_and(|c| c.is_ascii_uppercase()) && word.len() <= 3
    }
}

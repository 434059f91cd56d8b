//! What is not known, not decided, or contradicts itself.

use schemars::JsonSchema;
use serde::Serialize;

use super::deadline::{Deadline, Verdict};
use super::notification::Told;
use super::written::Written;
use crate::fact::{Topic, clashes, contradictions};
use crate::report::gate::{Audience, Class, Text};
use crate::report::material::Build;
use crate::report::measure::{Anchor, Computed, Interval, Metric, Span, WRONG};

/// Open questions.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Questions {
    /// Facts that somebody was asked for and did not know.
    pub unknown: Vec<Question>,
    /// Unsettled facts that decide whether a duty is owed.
    pub undecided: Vec<Question>,
    /// Clocks that run from another fact, because the one the law names is not recorded.
    pub assumed: Vec<Assumed>,
    /// What cannot be right: times that cannot both be true, entries from the future.
    pub errors: Vec<String>,
    /// How often the wall clock was changed while the log was being written.
    pub clock_steps: u64,
    /// How many questions this audience may not see.
    pub withheld: usize,
    /// What people wrote about what is not known.
    pub written: Vec<Written>,
}

/// An open question.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Question {
    /// The fact.
    pub fact: String,
    /// The question.
    pub ask: Text,
    /// Duties that depend on it.
    pub duties: Vec<String>,
    /// The same in words.
    pub titles: Vec<String>,
    /// Why it is not known, if somebody said.
    pub why: Option<Text>,
}

/// A clock whose start is assumed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Assumed {
    /// The fact used instead.
    pub clock: String,
    /// Its title.
    pub title: String,
    /// The duties whose clocks run from it.
    pub duties: Vec<String>,
    /// The same in words.
    pub titles: Vec<String>,
}

impl Build<'_> {
    pub(in crate::report) fn questions(
        &self,
        anchors: &[Anchor],
        (metrics, phases): (&[Metric], &[Span]),
        duties: &[Deadline],
        notices: &[Told],
    ) -> Questions {
        let incident = &self.gather.incident;
        let unknown = incident.unknown_facts().into_iter();
        let unknown = unknown.filter(|name| {
            !self.is_withheld(name)
                && !self.vocabulary.get(name).is_some_and(|fact| fact.telling.rare)
        });
        let unknown = unknown.filter(|name| self.gather.reach.fact(self.vocabulary, name));
        let mut undecided: Vec<Question> = Vec::new();
        let mut assumed: Vec<Assumed> = Vec::new();
        for duty in duties {
            // A rule not known to have been in force yet raises no question.
            let asks = duty.verdict == Verdict::Check && !duty.hypothetical;
            for name in duty.unsettled.iter().filter(|_| asks) {
                match undecided.iter_mut().find(|question| question.fact == *name) {
                    Some(question) => {
                        question.duties.push(duty.duty.clone());
                        question.titles.push(duty.title.clone());
                    }
                    None => undecided.push(self.question(name, Some(duty))),
                }
            }
            if let Some(clock) = duty.clock.as_ref().filter(|_| duty.assumed) {
                match assumed.iter_mut().find(|assumed| assumed.clock == *clock) {
                    Some(assumed) => {
                        assumed.duties.push(duty.duty.clone());
                        assumed.titles.push(duty.title.clone());
                    }
                    None => assumed.push(Assumed {
                        clock: clock.clone(),
                        title: self.called(clock),
                        duties: vec![duty.duty.clone()],
                        titles: vec![duty.title.clone()],
                    }),
                }
            }
        }
        let contradictions = metrics.iter().filter(|one| one.computed == Computed::Contradiction);
        let mut errors: Vec<String> = contradictions
            .map(|metric| {
                let wrong = metric.shown.trim_start_matches(WRONG);
                format!("{}{wrong}", metric.title)
            })
            .collect();
        // A metric between the same anchors tells it already.
        let told = |span: &&Span| {
            let ends = (span.from.0.as_str(), span.to.0.as_str());
            metrics.iter().any(|metric| (metric.from.as_str(), metric.to.as_str()) == ends)
        };
        errors.extend(
            phases
                .iter()
                .filter(|span| !told(span))
                .filter_map(|span| span.disorder(anchors, self.zone)),
        );
        for duty in duties {
            errors.extend(duty.disorder(self.zone).map(|wrong| format!("{}: {wrong}", duty.title)));
            let assessed = self.material.duties.iter().find(|one| one.duty.id == duty.duty);
            let leads = assessed.is_some_and(|one| one.duty.clock.is_filed());
            // What settled it was just told.
            let early = |told: &&Told| {
                !leads
                    && told.duty.as_str() == duty.duty
                    && duty.done.as_ref() != Some(&told.at)
                    && told.lag.as_ref().is_some_and(Interval::is_contradiction)
            };
            errors.extend(notices.iter().filter(early).map(|told| {
                format!(
                    "{}: a notice ({}) is dated before its clock started",
                    duty.title, told.shown
                )
            }));
        }
        errors.extend(self.disorder(anchors, metrics, phases));
        errors.extend(self.clashes());
        errors.extend(self.gather.ahead.iter().map(|(entry, at, when)| {
            let (at, when) = (self.zone.moment(at), self.zone.show(when));
            format!("An entry written {at} says that it happened {when} ({entry})")
        }));
        let mut unknown: Vec<Question> = unknown.map(|name| self.question(name, None)).collect();
        let mut withheld = 0;
        if self.gate.audience() == Audience::Public {
            withheld = unknown.len() + undecided.len() + assumed.len();
            unknown.clear();
            undecided.clear();
            assumed.clear();
            errors.clear();
        }
        Questions {
            unknown,
            undecided,
            assumed,
            errors,
            withheld,
            clock_steps: self.gather.clock_steps,
            written: self.writings(Topic::Questions),
        }
    }

    fn question(&self, name: &str, duty: Option<&Deadline>) -> Question {
        let ask = self.vocabulary.get(name).map_or("", |fact| &fact.ask);
        let why = self.history(name).last().and_then(|change| change.why.as_deref());
        let why = self.gate.option(Class::Reason, why);
        Question {
            fact: name.to_owned(),
            ask: self.gate.id(if ask.is_empty() { name } else { ask }),
            duties: duty.map(|duty| duty.duty.clone()).into_iter().collect(),
            titles: duty.map(|duty| duty.title.clone()).into_iter().collect(),
            why,
        }
    }

    /// What else cannot be true together; of facts that this reader may not know, nothing.
    fn clashes(&self) -> Vec<String> {
        let incident = &self.gather.incident;
        let told = |name: &String| {
            !self.is_withheld(name) && self.gather.reach.fact(self.vocabulary, name)
        };
        let clashes = clashes(self.vocabulary, &|name| incident.fact_value(name)).into_iter();
        clashes
            .filter(|clash| clash.facts.iter().all(told))
            .map(|clash| self.spoken(&clash.rule))
            .collect()
    }

    /// Times in the wrong order, but for those that a metric or a phase tells.
    fn disorder(&self, anchors: &[Anchor], metrics: &[Metric], phases: &[Span]) -> Vec<String> {
        let source = |id: &str| {
            anchors.iter().find(|anchor| anchor.id == id).map(|anchor| anchor.source.as_str())
        };
        let metrics = metrics.iter().filter(|one| one.computed == Computed::Contradiction);
        let metrics = metrics.map(|one| (source(&one.from), source(&one.to)));
        let phases = phases.iter().filter(|span| span.disorder(anchors, self.zone).is_some());
        let told: Vec<_> =
            metrics.chain(phases.map(|span| (source(&span.from.0), source(&span.to.0)))).collect();
        let wrong = contradictions(self.vocabulary, |name| self.time(name)).into_iter();
        let untold = wrong.filter(|one| !told.contains(&(Some(one.first), Some(one.then))));
        untold
            .map(|one| {
                let (before, after) = (self.zone.show(one.before), self.zone.show(one.after));
                let (first, then) = (self.called(one.first), self.called(one.then));
                format!("\"{first}\" ({before}) is after \"{then}\" ({after})")
            })
            .collect()
    }
}

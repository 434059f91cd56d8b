//! From what was gathered to the report.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::deadline::Deadlines;
use super::gate::{Audience, Gate};
use super::section::Section;
use super::{Causes, Detection, Gather, Lessons, REPORT, Record, Report, Response, Summary, Tlp};
use super::{gate::Class, method, metric, span};
use crate::fact::{Value, Vocabulary, When};
use crate::incident::{FactChange, Pinned};
use crate::log::ChainReport;
use crate::phase::Phase;
use crate::playbook::Playbook;
use crate::regime::{Assessed, Gap};

/// A playbook that was followed, and what its kept copy says.
pub struct Followed {
    /// The phase.
    pub phase: Phase,
    /// What was pinned.
    pub pinned: Pinned,
    /// The kept copy, or why it cannot be read.
    pub playbook: Result<Playbook, String>,
}

/// Everything that a report is made of. Nothing of it is read from a clock.
pub struct Material<'m> {
    /// Name of the incident: that of its folder.
    pub name: &'m str,
    /// What was seen of the log, for the same audience.
    pub gather: &'m Gather,
    /// The facts with their titles.
    pub vocabulary: &'m Vocabulary,
    /// The playbooks that were followed, in the order of [`Gather::pins`].
    pub playbooks: &'m [Followed],
    /// The law over the facts, as of the last entry.
    pub duties: &'m [Assessed<'m>],
    /// The places of which no law is held.
    pub gaps: &'m [Gap],
    /// What is known of the chains.
    pub chains: &'m [ChainReport],
    /// For whom.
    pub audience: Audience,
    /// With whom it may be shared.
    pub tlp: Tlp,
}

/// A report in the making.
pub(super) struct Build<'b> {
    pub(super) material: &'b Material<'b>,
    pub(super) gather: &'b Gather,
    pub(super) vocabulary: &'b Vocabulary,
    pub(super) gate: Gate,
    /// Facts that a section of their own tells with their history.
    pub(super) told: RefCell<BTreeSet<String>>,
}

impl Material<'_> {
    /// The report. The same material gives the same value.
    pub fn report(&self) -> Report {
        let gate = Gate::new(self.audience, &self.gather.known);
        let build = Build {
            material: self,
            gather: self.gather,
            vocabulary: self.vocabulary,
            gate,
            told: RefCell::default(),
        };
        build.report()
    }
}

impl Report {
    /// Leaves a section without anything, for those who are not told of it.
    fn empty(&mut self, section: Section) {
        match section {
            Section::Metrics => self.metrics.clear(),
            Section::Deadlines => self.deadlines = Deadlines::default(),
            Section::Detection => self.detection.written.clear(),
            Section::Causes => {
                self.causes.written.clear();
                self.causes.controls.clear();
            }
            Section::Response => self.response = Response::default(),
            Section::Lessons => self.lessons.written.clear(),
            Section::Actions => {
                self.actions.clear();
                self.checks.clear();
            }
            Section::Method => self.method.rules.clear(),
            Section::Frameworks => self.method.frameworks.clear(),
            Section::Glossary => self.method.glossary.clear(),
            // Its gate withholds all but numbers, digests and times; the questions are counted.
            Section::Evidence
            | Section::Questions
            | Section::Banner
            | Section::Summary
            | Section::Timeline
            | Section::Phases
            | Section::Impact
            | Section::Notifications
            | Section::Record => {}
        }
    }
}

impl Gather {
    /// Names that a reader outside must not see.
    pub fn known(&self) -> &super::mask::Known {
        &self.known
    }

    /// Every playbook that was followed, in the order of the pins.
    pub fn pins(&self) -> &[(Phase, Pinned)] {
        &self.pins
    }
}

impl Build<'_> {
    fn report(&self) -> Report {
        let anchors = self.anchors();
        let metrics = metric::metrics(&anchors);
        let deadlines = self.deadlines();
        let phases = span::spans(&anchors);
        let notifications = self.notifications(&deadlines.duties);
        let questions =
            self.questions(&metrics, &phases, &deadlines.duties, &notifications.notices);
        let mut report = Report {
            schema: REPORT.to_owned(),
            summary: Summary {
                written: self.writings(&[
                    ("executive_summary", Class::Summary),
                    ("what_happened", Class::Summary),
                    ("organisation", Class::Released),
                    ("notice_account", Class::Released),
                    ("likely_consequences", Class::Released),
                    ("measures_taken", Class::Released),
                    ("notice_contact", Class::Released),
                ]),
            },
            phases,
            impact: self.impact(),
            detection: Detection {
                noticed: self.written("how_noticed", Class::Cause),
                written: self.writings(&[
                    ("missed_signals", Class::Cause),
                    ("control_monitoring", Class::Cause),
                ]),
            },
            causes: Causes {
                written: self.writings(&[
                    ("entry_vector", Class::Cause),
                    ("how_it_happened", Class::Cause),
                    ("contributing_factors", Class::Cause),
                    ("supplier_involved", Class::Cause),
                    ("suppliers_involved", Class::Machine),
                ]),
                controls: self.controls(),
            },
            response: self.response(),
            notifications,
            lessons: Lessons {
                written: self.writings(&[
                    ("worked_well", Class::Lesson),
                    ("worked_badly", Class::Lesson),
                    ("luck", Class::Lesson),
                    ("why_surprised", Class::Lesson),
                ]),
            },
            actions: self.actions(),
            checks: self.writings(&[
                ("checks_30_days", Class::Lesson),
                ("checks_90_days", Class::Lesson),
                ("temporary_measures", Class::Machine),
            ]),
            questions,
            evidence: self.evidence(),
            record: Record { entries: self.gather.reach.kinds(&self.gather.incident.tally) },
            method: method::method(),
            timeline: self.timeline(&anchors),
            metrics,
            anchors,
            banner: self.banner(&deadlines),
            deadlines,
        };
        if self.gate.audience() == Audience::Public {
            let sections = Section::ALL.into_iter();
            sections.filter(|one| !one.is_for(Audience::Public)).for_each(|one| report.empty(one));
        }
        report
    }

    /// How each control that the review looked at was found.
    fn controls(&self) -> Vec<super::Written> {
        let names = self.vocabulary.names().filter(|name| name.starts_with("control_"));
        names.map(|name| self.written(name, Class::Cause)).collect()
    }

    /// The values of a fact, oldest first; none of a fact that is withheld.
    pub(super) fn history(&self, name: &str) -> &[FactChange] {
        let of = self.gather.incident.facts.get(name).filter(|_| !self.is_withheld(name));
        of.map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a value of a fact was left out.
    pub(super) fn is_withheld(&self, name: &str) -> bool {
        self.gather.withheld.facts.contains(name)
    }

    /// The moment that a fact says.
    pub(super) fn time(&self, name: &str) -> Option<&When> {
        match &self.history(name).last()?.value {
            Value::Time(when) => Some(when),
            _ => None,
        }
    }

    /// The text that a fact says.
    pub(super) fn text_of(&self, name: &str) -> Option<&str> {
        match &self.history(name).last()?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

//! From what was gathered to the report.

use std::cell::RefCell;

use super::gate::{Audience, Class, Gate};
use super::material::{Build, Material};
use super::measure::{metric, spans};
use super::section::Section;
use super::section::deadline::Deadlines;
use super::section::method;
use super::section::response::Response;
use super::section::written::Written;
use super::{Causes, Detection, Lessons, REPORT, Record, Report, Summary};

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

impl Build<'_> {
    fn report(&self) -> Report {
        let anchors = self.anchors();
        let metrics = metric::metrics(&anchors);
        let deadlines = self.deadlines();
        let phases = spans(&anchors);
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
    fn controls(&self) -> Vec<Written> {
        let names = self.vocabulary.names().filter(|name| name.starts_with("control_"));
        names.map(|name| self.written(name, Class::Cause)).collect()
    }
}

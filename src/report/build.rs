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
use super::{
    Causes, Detection, Impact, Lessons, Notifications, REPORT, Recorded, Report, SignOff, Text,
};
use crate::digest::Digest;
use crate::fact::names::{CONTROL_MONITORING, HOW_NOTICED};
use crate::fact::{Fact, Topic};

impl Material<'_> {
    /// The report. The same material gives the same value.
    pub fn report(&self) -> Report {
        let zone = self.gather.zone(self.vocabulary);
        let gate = Gate::new(self.gather.reach.audience(), &self.gather.known(self.vocabulary));
        let build = Build {
            material: self,
            gather: self.gather,
            vocabulary: self.vocabulary,
            gate,
            zone,
            told: RefCell::default(),
        };
        build.report()
    }
}

impl Report {
    /// What is signed: the value without the label, which is put on later, and the signatures.
    fn digest(&self) -> Digest {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        if let Some(all) = value.as_object_mut() {
            all.remove("sign_off");
            all.get_mut("banner").and_then(|banner| banner.as_object_mut()?.remove("tlp"));
        }
        value.sort_all_objects();
        Digest::of(value.to_string().as_bytes())
    }

    /// Leaves a section without anything, for those who are not told of it.
    fn empty(&mut self, section: Section) {
        match section {
            Section::Metrics => self.metrics.clear(),
            Section::Deadlines | Section::Duties => self.deadlines = Deadlines::default(),
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
            Section::Impact | Section::Counts => {
                let Impact { counts, groups, described, scope, written } = &mut self.impact;
                counts.clear();
                *groups = None;
                described.clear();
                scope.clear();
                written.clear();
                self.summary.affected = Text::default();
            }
            Section::Account => {
                self.summary.written.clear();
                self.summary.doing = Text::default();
            }
            // The moments of the incident are released with the account of it.
            Section::Timeline => {
                self.anchors.clear();
                self.story.moments.clear();
                self.story.omitted.clear();
                self.phases.clear();
                self.timeline.moments.clear();
                self.timeline.omitted.clear();
            }
            Section::Notifications => {
                let Notifications { notices, campaigns, rulings, others } = &mut self.notifications;
                notices.clear();
                campaigns.clear();
                rulings.clear();
                others.clear();
            }
            Section::Record => self.record.entries.clear(),
            // Its gate withholds all but numbers, digests and times; the questions are counted.
            Section::Evidence
            | Section::Questions
            | Section::Banner
            | Section::Summary
            | Section::Phases
            | Section::Entries => {}
        }
    }
}

impl Build<'_> {
    fn report(&self) -> Report {
        let anchors = self.anchors();
        let metrics = metric::metrics(&anchors, self.zone);
        let deadlines = self.deadlines();
        let mut phases = spans(&anchors);
        // How long somebody typed afterwards is not how long anything took.
        if self.is_afterwards() {
            phases.retain(|span| span.from.0 != "R");
        }
        let notifications = self.notifications(&deadlines.duties);
        let questions = self.questions(
            &anchors,
            (&metrics, &phases),
            &deadlines.duties,
            &notifications.notices,
        );
        let impact = self.impact();
        let mut report = Report {
            schema: REPORT.to_owned(),
            sign_off: SignOff::default(),
            summary: self.summary(&impact.counts, &deadlines),
            phases,
            impact,
            detection: Detection {
                noticed: self.written(HOW_NOTICED, Class::Cause),
                written: self.detected(),
            },
            causes: Causes { written: self.writings(Topic::Causes), controls: self.controls() },
            response: self.response(),
            notifications,
            lessons: Lessons { written: self.writings(Topic::Lessons) },
            actions: self.actions(),
            checks: self.writings(Topic::Checks),
            questions,
            evidence: self.evidence(),
            record: Recorded { entries: self.gather.reach.kinds(&self.gather.incident.tally) },
            method: method::method(),
            story: self.story(&anchors),
            timeline: self.timeline(&anchors),
            metrics,
            anchors,
            banner: self.banner(&deadlines),
            deadlines,
        };
        if self.gate.audience() == Audience::Public {
            let theirs: Vec<Section> = report.sections().collect();
            let others = Section::ALL.into_iter().filter(|one| !theirs.contains(one));
            others.for_each(|one| report.empty(one));
        }
        report.sign_off = self.sign_off(report.digest());
        report
    }

    /// What was missed, and whether anybody watched.
    fn detected(&self) -> Vec<Written> {
        let mut written = self.writings(Topic::Detection);
        if self.gather.reach.is_inside() {
            written.push(self.written(CONTROL_MONITORING, Class::Cause));
        }
        written
    }

    /// How each control that the review looked at was found: a playbook's own, too, that is called
    /// one and says nothing of where it is told. What a review found is told inside, as lessons are.
    fn controls(&self) -> Vec<Written> {
        if !self.gather.reach.is_inside() {
            return Vec::new();
        }
        let own =
            |fact: &&Fact| fact.telling.section.is_none() && fact.name.starts_with("control_");
        let own = self.vocabulary.iter().filter(own);
        let controls = self.vocabulary.told_in(Topic::Controls).into_iter().chain(own);
        controls.map(|fact| self.written(&fact.name, Class::Cause)).collect()
    }
}

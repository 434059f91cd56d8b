//! A bundle of STIX 2.1: the incident, a report over it, a note for each phase, indicators, and what
//! will be done.
//!
//! An id hangs on the incident, the audience and what the object is, so that a later bundle brings
//! newer versions of the same objects and one for another audience brings others. It is shaped as a
//! random one, because that is the form that the standard wants.

mod pattern;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{Export, Made};
use crate::digest::Digest;
use crate::fact::names;
use crate::report::{Class, Report, Tlp};
use crate::wording::{self, unmarked};

/// The bundle.
pub fn stix(export: Export<'_>) -> Made<Value> {
    let mut bundle = Bundle::new(export.report);
    bundle.fill(export);
    let counted = wording::count(bundle.objects.len(), "object");
    let value = json!({
        "type": "bundle",
        "id": bundle.id("bundle", ""),
        "objects": bundle.objects,
    });
    Made { value, counted, left: bundle.left }
}

struct Bundle<'b> {
    report: &'b Report,
    /// When the incident was opened, and the last entry was written.
    created: String,
    modified: String,
    objects: Vec<Value>,
    left: Vec<String>,
}

impl<'b> Bundle<'b> {
    fn new(report: &'b Report) -> Self {
        let last = report.banner.last_entry_at.map(|at| at.to_utc()).unwrap_or_default();
        let opened = report.banner.opened_at.map_or(last, |at| at.to_utc());
        Self {
            report,
            created: millis(opened.min(last)),
            modified: millis(last),
            objects: Vec::new(),
            left: Vec::new(),
        }
    }

    /// 128 bits of a digest, with version and variant of a random UUID.
    fn id(&self, kind: &str, key: &str) -> String {
        let banner = &self.report.banner;
        let (incident, audience) = (&banner.incident, banner.audience.as_str());
        let opened = banner.opened_at.map(|at| at.to_utc().to_rfc3339()).unwrap_or_default();
        let seed = [incident.as_str(), &opened, audience, kind, key].join("\0");
        let hex = Digest::of(seed.as_bytes()).to_string();
        let variant = ["8", "9", "a", "b"][usize::from(hex.as_bytes()[16] & 3)];
        format!(
            "{kind}--{}-{}-4{}-{variant}{}-{}",
            &hex[..8],
            &hex[8..12],
            &hex[13..16],
            &hex[17..20],
            &hex[20..32]
        )
    }

    /// Adds an object with what all have in common.
    fn add(&mut self, kind: &str, key: &str, mut own: Value) -> String {
        let id = self.id(kind, key);
        own["type"] = json!(kind);
        own["spec_version"] = json!("2.1");
        own["id"] = json!(id);
        own["created"] = json!(self.created);
        own["modified"] = json!(self.modified);
        own["object_marking_refs"] = json!([marking(self.report.banner.tlp).0]);
        if kind != "identity" {
            own["created_by_ref"] = json!(self.id("identity", ""));
        }
        self.objects.push(own);
        id
    }

    fn fill(&mut self, export: Export<'_>) {
        let report = self.report;
        let banner = &report.banner;
        let (id, name) = marking(banner.tlp);
        self.objects.push(json!({
            "type": "marking-definition",
            "spec_version": "2.1",
            "id": id,
            "created": "2022-10-01T00:00:00.000Z",
            "name": banner.tlp.as_str(),
            "extensions": { TLP_2: { "extension_type": "property-extension", "tlp_2_0": name } },
        }));
        let who = format!("Responders to {}", banner.incident);
        self.add("identity", "", json!({ "name": who, "identity_class": "group" }));
        let summary = self.summary();
        let title = banner.title.as_ref().map_or(banner.incident.as_str(), |text| text.as_str());
        let incident = self.add("incident", "", json!({ "name": title, "description": summary }));
        let mut refs = vec![incident.clone()];
        refs.extend(self.notes(&incident));
        refs.extend(self.indicators(export));
        refs.extend(self.actions());
        let report = json!({
            "name": format!("Incident report: {title}"),
            "description": summary,
            "report_types": ["threat-report"],
            "published": self.modified,
            "object_refs": refs,
        });
        self.add("report", "", report);
        self.leave();
    }

    fn summary(&self) -> String {
        let banner = &self.report.banner;
        let mut parts =
            vec![format!("{}, {}. {}.", banner.tlp.as_str(), banner.tool, banner.standing())];
        if banner.rehearsal {
            parts.push("A rehearsal, not an incident.".to_owned());
        }
        for part in &self.report.summary.written {
            parts.extend(part.texts.iter().map(|text| unmarked(text.as_str())));
        }
        parts.join("\n\n")
    }

    /// A note for each phase whose beginning is known.
    fn notes(&mut self, incident: &str) -> Vec<String> {
        let (mut ids, zone) = (Vec::new(), self.report.banner.zone);
        for span in &self.report.phases {
            let (Some(from), to) = (&span.from.1, &span.to.1) else {
                self.left.push(format!("phase {}: {}", span.name, span.shown));
                continue;
            };
            let until = to.as_ref();
            let until = until.map(|to| format!(", until {} ({})", zone.show(to), span.to.0));
            let until = until.unwrap_or_default();
            let from = format!("From {} ({})", zone.show(from), span.from.0);
            let content = format!("{from}{until}: {}. Times: {}.", span.shown, zone.words());
            let note = json!({
                "abstract": format!("Phase: {}", span.name),
                "content": content,
                "object_refs": [incident],
            });
            ids.push(self.add("note", &span.name, note));
        }
        ids
    }

    fn indicators(&mut self, export: Export<'_>) -> Vec<String> {
        let (mut ids, mut seen, mut plain) = (Vec::new(), BTreeSet::new(), 0);
        for (fact, meaning) in [
            (names::DROP_DOMAINS, "Stolen data went there."),
            (names::INDICATORS, "A trace of the intruder."),
        ] {
            for item in export.facts.items(fact, Class::Machine) {
                let Some(found) = pattern::pattern(item.as_str()) else {
                    plain += 1;
                    continue;
                };
                if !seen.insert(found.pattern.clone()) {
                    continue;
                }
                let indicator = json!({
                    "name": format!("{}: {}", found.what, item.as_str()),
                    "description": meaning,
                    "indicator_types": ["malicious-activity"],
                    "pattern": found.pattern,
                    "pattern_type": "stix",
                    "valid_from": self.created,
                });
                ids.push(self.add("indicator", &found.pattern, indicator));
            }
        }
        if plain > 0 {
            let traces = wording::count(plain, "trace");
            self.left.push(format!("{traces} without a pattern: no address, domain or digest"));
        }
        ids
    }

    fn actions(&mut self) -> Vec<String> {
        let mut ids = Vec::new();
        for action in &self.report.actions {
            let Some(text) = &action.text else { continue };
            let owner = action.owner.as_ref().map(|owner| format!("Owner: {}.", owner.as_str()));
            let due = action.due.as_ref().map(|due| format!("Due: {due}."));
            let about: Vec<String> = owner.into_iter().chain(due).collect();
            let mut own = json!({ "name": unmarked(text.as_str()) });
            if !about.is_empty() {
                own["description"] = json!(about.join(" "));
            }
            ids.push(self.add("course-of-action", action.id.as_str(), own));
        }
        ids
    }

    fn leave(&mut self) {
        let report = self.report;
        let known = report.anchors.iter().filter(|anchor| anchor.at.is_some()).count();
        for (n, noun, where_) in [
            (known, "anchor", " with precision and source"),
            (report.impact.counts.len(), "count", " of what was affected"),
            (report.deadlines.duties.len(), "duty", " of law with deadlines"),
            (report.notifications.notices.len(), "notice", ""),
            (report.evidence.exhibits.len(), "exhibit", ""),
        ] {
            if n > 0 {
                self.left.push(format!("{}{where_}", wording::count(n, noun)));
            }
        }
    }
}

/// The extension of the standard for version 2.0 of the Traffic Light Protocol.
const TLP_2: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

/// Id and name of a label, as the extension fixes them.
fn marking(tlp: Tlp) -> (&'static str, &'static str) {
    match tlp {
        Tlp::Red => ("marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1", "red"),
        Tlp::AmberStrict => {
            ("marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003", "amber+strict")
        }
        Tlp::Amber => ("marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421", "amber"),
        Tlp::Green => ("marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "green"),
        Tlp::Clear => ("marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487", "clear"),
    }
}

/// Exactly milliseconds.
fn millis(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

//! An incident in the vocabulary of VERIS 1.4.1.
//!
//! The schema takes coarse durations and closed lists. Moments in full go into `plus`, which is
//! open. Where a fact is not known, or where one of our answers could be several of theirs, stands
//! `Unknown`: whoever submits the record can say more, and nobody has to take anything back.

mod terms;
mod timeline;
mod victim;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{Export, Made};
use crate::fact::names;
use crate::fact::{Basis, Value as Fact};
use crate::report::Class;
use crate::wording::{self, unmarked};
use terms::Action;

const VERSION: &str = "1.4.1";
const UNKNOWN: &str = "Unknown";

/// The record, for one file.
pub fn veris(export: Export<'_>) -> Made<Value> {
    let mut record = Veris { export, left: Vec::new() };
    let value = record.value();
    Made { value, counted: "1 incident".to_owned(), left: record.left }
}

struct Veris<'e> {
    export: Export<'e>,
    left: Vec<String>,
}

impl Veris<'_> {
    fn value(&mut self) -> Value {
        let report = self.export.report;
        let actions = self.actions();
        let attribute = self.attribute(&actions);
        let mut value = Map::new();
        value.insert("schema_version".to_owned(), json!(VERSION));
        value.insert("incident_id".to_owned(), json!(report.banner.incident));
        value.insert("security_incident".to_owned(), json!(self.certainty()));
        value.insert("summary".to_owned(), json!(self.summary()));
        value.insert("timeline".to_owned(), timeline::coarse(report));
        value.insert("victim".to_owned(), self.victim());
        value.insert("actor".to_owned(), actor(&actions));
        value.insert("action".to_owned(), action(&actions));
        value.insert("asset".to_owned(), self.asset());
        if !attribute.is_empty() {
            value.insert("attribute".to_owned(), Value::Object(attribute));
        }
        self.discovery(&mut value);
        value.insert("impact".to_owned(), self.impact());
        if let Some(indicators) = self.indicators() {
            value.insert("ioc".to_owned(), indicators);
        }
        value.insert("plus".to_owned(), self.plus());
        self.leave();
        let left: Vec<String> = self.left.iter().map(|left| format!("- {left}")).collect();
        value.insert(
            "notes".to_owned(),
            json!(format!("{}\nNo place in this format:\n{}", head(report), left.join("\n"))),
        );
        Value::Object(value)
    }

    /// A determination or evidence makes an incident confirmed; nothing less does. The schema's rules
    /// want to know what was affected then.
    fn certainty(&self) -> &'static str {
        let aware = self
            .export
            .report
            .anchors
            .iter()
            .any(|anchor| matches!(anchor.id.as_str(), "E6" | "E6m") && anchor.at.is_some());
        if self.export.facts.is_false_alarm() {
            return "False positive";
        }
        let seen = matches!(self.choice(names::DATA_ACCESS), Some("copied-confirmed" | "seen"));
        if aware || seen { "Confirmed" } else { "Suspected" }
    }

    fn summary(&self) -> String {
        let written = self.export.report.summary.written.iter();
        let first = written.filter(|part| !part.texts.is_empty()).map(|part| {
            let texts: Vec<String> =
                part.texts.iter().map(|text| unmarked(text.as_str())).collect();
            texts.join("\n")
        });
        let title =
            || self.export.report.banner.title.as_ref().map(|text| text.as_str().to_owned());
        first.into_iter().next().or_else(title).unwrap_or_else(|| UNKNOWN.to_owned())
    }

    fn choice(&self, name: &str) -> Option<&str> {
        self.export.facts.choice(name, Class::Scope)
    }

    fn yes(&self, name: &str) -> bool {
        self.yes_no(name) == Some(true)
    }

    fn yes_no(&self, name: &str) -> Option<bool> {
        match self.export.facts.value(name, Class::Scope)? {
            Fact::YesNo(yes) => Some(*yes),
            _ => None,
        }
    }

    fn actions(&self) -> Vec<Action> {
        let mut actions = Vec::new();
        if let Some(kind) = self.choice(names::INCIDENT_KIND) {
            actions.extend(terms::action_of_kind(kind, self.yes(names::DATA_UNAVAILABLE)));
        }
        if self.is_lost() {
            let way = self.choice(names::LOSS_WAY);
            actions.extend(way.and_then(terms::action_of_loss));
        }
        let vector = self.export.facts.choice(names::ENTRY_VECTOR, Class::Cause);
        actions.extend(vector.and_then(terms::action_of_vector));
        actions
    }

    fn attribute(&mut self, actions: &[Action]) -> Map<String, Value> {
        let mut attribute = Map::new();
        if let Some(value) = self.confidentiality() {
            attribute.insert("confidentiality".to_owned(), value);
        }
        let mut integrity = BTreeSet::new();
        for action in actions {
            // What each of them changes by its nature, as the schema's own rules have it.
            integrity.extend(match action.category {
                "malware" => Some("Software installation"),
                "social" => Some("Alter behavior"),
                _ => None,
            });
        }
        if self.yes(names::DATA_ALTERED) {
            integrity.insert("Modify data");
        }
        if !integrity.is_empty() {
            attribute.insert("integrity".to_owned(), json!({ "variety": integrity }));
        }
        if self.yes(names::DATA_UNAVAILABLE) || self.is_lost() {
            let locked = actions.iter().any(|action| action.variety == "Ransomware");
            let variety = match (self.is_lost(), locked) {
                // True of what was lost and of what was stolen alike.
                (true, _) => "Loss",
                (false, true) => "Obscuration",
                (false, false) => UNKNOWN,
            };
            attribute.insert("availability".to_owned(), json!({ "variety": [variety] }));
        }
        // A confirmed incident affected something.
        if attribute.is_empty() && self.certainty() == "Confirmed" {
            attribute.insert("unknown".to_owned(), json!({}));
        }
        attribute
    }

    fn confidentiality(&mut self) -> Option<Value> {
        let access = self.choice(names::DATA_ACCESS).map(str::to_owned);
        let classes = self.export.facts.choices(names::DATA_CLASSES, Class::Scope);
        if access.is_none() && classes.is_empty() {
            return None;
        }
        let disclosed = match access.as_deref() {
            Some("copied-confirmed" | "seen") => "Yes",
            Some("copied-likely" | "reachable") => "Potentially",
            Some("excluded") => "No",
            _ => UNKNOWN,
        };
        let mut data: BTreeMap<&str, Option<u64>> =
            classes.iter().map(|class| (terms::data(class), None)).collect();
        if let Some(cards) = self.count(names::CARDS_AFFECTED)
            && let Some(amount) = data.get_mut("Payment")
        {
            *amount = Some(cards);
        }
        let most = data.values().flatten().max().copied().unwrap_or(0);
        let total = self.count(names::RECORDS_AFFECTED).filter(|total| *total >= most);
        let rows: Vec<Value> = data
            .iter()
            .map(|(variety, amount)| match amount {
                Some(amount) => json!({ "variety": variety, "amount": amount }),
                None => json!({ "variety": variety }),
            })
            .collect();
        let mut value = json!({ "data_disclosure": disclosed });
        if !rows.is_empty() {
            value["data"] = json!(rows);
        }
        if let Some(total) = total {
            value["data_total"] = json!(total);
        }
        match self.yes_no(names::DATA_ENCRYPTED) {
            Some(true) => value["state"] = json!(["Stored encrypted"]),
            Some(false) => value["state"] = json!(["Stored unencrypted"]),
            None => {}
        }
        Some(value)
    }

    /// A count that stands for a number: a bound does not.
    fn count(&self, name: &str) -> Option<u64> {
        match self.export.facts.value(name, Class::Scope)? {
            Fact::Count(count) if matches!(count.basis, Basis::Exact | Basis::About) => {
                Some(count.n)
            }
            _ => None,
        }
    }

    fn discovery(&self, value: &mut Map<String, Value>) {
        let by = self.export.facts.choice(names::HOW_NOTICED, Class::Cause);
        let method = match by.map(terms::discovery) {
            Some(Some((who, variety))) => json!({ who: { "variety": [variety] } }),
            Some(None) => json!({ "other": true }),
            None => json!({ "unknown": true }),
        };
        value.insert("discovery_method".to_owned(), method);
        if let Some(words) = self.export.facts.shown(names::HOW_NOTICED, Class::Cause) {
            value.insert("discovery_notes".to_owned(), json!(words.as_str()));
        }
    }

    fn impact(&self) -> Value {
        let mut value = json!({ "overall_rating": UNKNOWN });
        if let Some(Fact::Money(cost)) = self.export.facts.value(names::COST_SO_FAR, Class::Reason)
            && terms::is_currency(&cost.currency)
        {
            value["iso_currency_code"] = json!(cost.currency);
            value["overall_amount"] = json!(cost.major());
        }
        value
    }

    fn indicators(&self) -> Option<Value> {
        let mut rows = Vec::new();
        for (fact, comment) in [
            (names::DROP_DOMAINS, "Stolen data went there."),
            (names::INDICATORS, "A trace of the intruder."),
        ] {
            for item in self.export.facts.items(fact, Class::Machine) {
                rows.push(json!({ "indicator": item.as_str(), "comment": comment }));
            }
        }
        (!rows.is_empty()).then(|| json!(rows))
    }

    /// Anchors in full, and counts with what they count and how they are meant.
    fn plus(&mut self) -> Value {
        let report = self.export.report;
        let anchors: Map<String, Value> = report
            .anchors
            .iter()
            .filter_map(|anchor| {
                let at = anchor.at.as_ref()?;
                let value = json!({
                    "event": anchor.event,
                    "earliest": super::line::utc(at.earliest),
                    "latest": super::line::utc(at.latest),
                    "precision": at.precision,
                });
                Some((anchor.id.clone(), value))
            })
            .collect();
        let counts: Vec<Value> = report
            .impact
            .counts
            .iter()
            .filter_map(|count| {
                let last = count.values.last()?;
                // Of a place, `at least 0` is how nobody knows is written.
                let known = last.shown != "unknown";
                Some(json!({
                    "fact": count.fact,
                    "unit": count.unit,
                    "place": count.place,
                    "n": last.n.filter(|_| known),
                    "basis": last.basis.filter(|_| known),
                    "superseded": count.values.len() - 1,
                }))
            })
            .collect();
        json!({
            "timeline": {
                "incident_is": timeline::began(report).map(|(id, _)| id),
                "anchors": anchors,
            },
            "counts": counts,
            "tool": report.banner.tool,
        })
    }

    /// What the schema has no place for.
    fn leave(&mut self) {
        let report = self.export.report;
        let tallies = report.response.playbooks.iter().flat_map(|playbook| &playbook.tally);
        let steps: usize = tallies.map(|(_, n)| n).sum();
        let mut leave = |n: usize, noun: &str, where_: &str| {
            if n > 0 {
                self.left.push(format!("{}{where_}", wording::count(n, noun)));
            }
        };
        let moments = report.timeline.moments.len()
            + usize::try_from(report.timeline.omitted.values().sum::<u64>()).unwrap_or(0);
        leave(moments, "moment", " of the timeline (`breach export timesketch-jsonl` has all)");
        leave(
            report.anchors.iter().filter(|anchor| anchor.at.is_some()).count(),
            "anchor",
            ", in full in `plus.timeline`",
        );
        leave(
            report.impact.counts.len(),
            "count",
            " with unit, basis and history, in `plus.counts`",
        );
        leave(report.deadlines.duties.len(), "duty", " of law with deadlines");
        leave(report.notifications.notices.len(), "notice", "");
        leave(steps, "step", " of the response");
        leave(report.evidence.exhibits.len(), "exhibit", "");
        leave(report.actions.len(), "action item", "");
        let texts = report.lessons.written.iter().chain(&report.causes.written);
        let texts = texts.chain(&report.impact.written);
        leave(
            texts.filter(|part| !part.texts.is_empty()).count(),
            "text",
            " on causes, lessons and impact, costs too",
        );
    }
}

fn head(report: &crate::report::Report) -> String {
    let status = match report.banner.status {
        crate::report::Status::Draft => "draft",
        crate::report::Status::Final => "final",
    };
    let rehearsal = if report.banner.rehearsal { " A rehearsal, not an incident." } else { "" };
    format!("{}, {status}, {}.{rehearsal}", report.banner.tlp.as_str(), report.banner.tool)
}

/// Who did it is no fact of ours, unless it follows from what was done.
fn actor(actions: &[Action]) -> Value {
    if actions.iter().any(|action| action.category == "misuse") {
        return json!({ "internal": { "variety": [UNKNOWN], "motive": [UNKNOWN] } });
    }
    json!({ "unknown": {} })
}

/// Actions by category; what is known of one ousts what is not.
fn action(actions: &[Action]) -> Value {
    let mut all = Map::new();
    for category in actions.iter().map(|action| action.category).collect::<BTreeSet<_>>() {
        let of = |part: fn(&Action) -> &'static str| {
            let of = actions.iter().filter(|action| action.category == category).map(part);
            let mut all: BTreeSet<&str> = of.collect();
            if all.len() > 1 {
                all.remove(UNKNOWN);
            }
            all
        };
        let mut value =
            json!({ "variety": of(|action| action.variety), "vector": of(|action| action.vector) });
        if category == "social" {
            value["target"] = json!([UNKNOWN]);
        }
        all.insert(category.to_owned(), value);
    }
    if all.is_empty() {
        all.insert("unknown".to_owned(), json!({}));
    }
    Value::Object(all)
}

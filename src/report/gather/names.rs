//! Names that stand in the log, so that they can be masked for readers outside.

use super::entries::Gather;
use crate::fact::Value;
use crate::incident::event::{Event, Outcome, Stamped};
use crate::incident::{ACTION_ITEMS, ActionItem};
use crate::log::Entry;

/// Facts whose value is a person.
const PEOPLE: [&str; 4] =
    ["incident_commander", "notification_lead", "postmortem_moderator", "scope_lead"];

/// Facts that list machines, accounts and houses, whatever their names look like.
const NAMES: [&str; 11] = [
    "accounts_affected",
    "controllers_served",
    "data_stores",
    "forensics_firm",
    "hosts_affected",
    "keys_exposed",
    "out_of_band_channel",
    "partners_to_tell",
    "payment_pages",
    "suppliers_involved",
    "systems_affected",
];

/// Facts whose values are meant to be seen: what counsel released, and traces of the intruder.
const OPEN: [&str; 11] = [
    "drop_domains",
    "duties_owed",
    "entity_zone",
    "home_country",
    "indicators",
    "lead_authority",
    "notice_contact",
    "organisation",
    "status_page",
    "support_contact",
    "authorities",
];

impl Gather {
    pub(super) fn remember(&mut self, entry: &Entry<'_>) {
        if let Some(name) = &entry.actor.name {
            self.known.person(name);
        }
        self.known.hidden(&entry.host);
        self.known.hidden(&entry.actor.user);
    }

    /// Names in what is withheld must be known, too: they may stand elsewhere.
    pub(super) fn withhold(&mut self, stamped: &Stamped) {
        self.names(stamped);
        let step = stamped.draft.step.clone().unwrap_or_default();
        match &stamped.draft.event {
            Event::StepOutcome(body) => {
                self.withheld.steps.insert((step, body.item.clone()));
            }
            Event::FactSet(body) => {
                self.withheld.facts.insert(body.name.clone());
            }
            Event::Decision(body) => {
                self.withheld.facts.insert(body.name.clone());
            }
            Event::NoticeSent(body) => {
                self.withheld.duties.insert(body.duty.clone());
            }
            Event::DutyDecided(body) => {
                self.withheld.duties.insert(body.duty.clone());
            }
            _ => {}
        }
    }

    pub(super) fn names(&mut self, stamped: &Stamped) {
        match &stamped.draft.event {
            Event::Decision(body) => self.known.person(&body.by),
            Event::DutyDecided(body) => self.known.person(&body.by),
            Event::StepOutcome(body) => {
                if let (Outcome::Assigned, Some(text)) = (body.outcome, &body.text) {
                    self.known.person(text.split(" in ").next().unwrap_or(text));
                }
                if let Some(item) = &body.item {
                    self.owner(item);
                }
            }
            Event::ActionTaken(body) => {
                if let Some(owner) = &body.owner {
                    self.known.person(owner);
                }
            }
            Event::FactSet(body) => self.value(&body.name, &body.value),
            Event::NoticeSent(body) => {
                for name in body.recipient.iter().chain(&body.channel) {
                    self.known.value(name);
                }
            }
            Event::EvidenceAdded(body) => self.known.value(&body.title),
            _ => {}
        }
    }

    /// Names in the value of a fact.
    fn value(&mut self, fact: &str, value: &Value) {
        let texts = match value {
            Value::Text(text) => std::slice::from_ref(text),
            Value::List(items) => items,
            _ => return,
        };
        for text in texts {
            match fact {
                ACTION_ITEMS => self.owner(text),
                fact if PEOPLE.contains(&fact) => self.known.person(text),
                fact if NAMES.contains(&fact) => self.known.hidden(text),
                fact if OPEN.contains(&fact) => {}
                _ => self.known.value(text),
            }
        }
    }

    /// `Priya: alert on changed scripts`: who owns an item.
    fn owner(&mut self, item: &str) {
        // Its time plays no part here.
        let at = self.incident.last_at.unwrap_or_default();
        if let Some(owner) = ActionItem::read(item, at).owner {
            self.known.person(&owner);
        }
    }
}

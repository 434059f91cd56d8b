//! Whose it is and what was affected: the organisation, its things.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{UNKNOWN, Veris, terms};
use crate::fact::{Value as Fact, names};
use crate::report::Class;

impl Veris<'_> {
    /// Whether a thing is gone, lost or stolen.
    pub(super) fn is_lost(&self) -> bool {
        self.choice(names::INCIDENT_KIND) == Some("lost-device")
    }

    pub(super) fn victim(&self) -> Value {
        let country = match self.export.facts.value(names::HOME_COUNTRY, Class::Scope) {
            Some(Fact::Text(code)) => terms::country(code),
            _ => None,
        };
        let heads = self.count(names::EMPLOYEES).filter(|heads| *heads > 0);
        let industry = self.choice(names::INDUSTRY).and_then(terms::industry);
        json!({
            "country": [country.as_deref().unwrap_or(UNKNOWN)],
            "employee_count": heads.map_or(UNKNOWN, terms::head_count),
            // The industry code of the schema's users for one that is not known.
            "industry": industry.unwrap_or("00"),
            "government": [UNKNOWN],
        })
    }

    pub(super) fn asset(&self) -> Value {
        let kind = self.choice(names::INCIDENT_KIND).unwrap_or_default();
        let platforms = self.export.facts.choices(names::PLATFORMS, Class::Scope);
        let cloud = platforms.iter().any(|name| terms::is_cloud(name));
        let things = self.export.facts.choices(names::DEVICE_KINDS, Class::Scope);
        let things: BTreeSet<&str> = things.iter().map(|thing| terms::lost(thing)).collect();
        let things: BTreeSet<&str> = if self.is_lost() && !things.is_empty() {
            things
        } else {
            BTreeSet::from([terms::asset(kind)])
        };
        let things: Vec<Value> =
            things.iter().map(|variety| json!({ "variety": variety })).collect();
        json!({
            "assets": things,
            "cloud": [if cloud { "External Cloud Asset(s)" } else { UNKNOWN }],
        })
    }
}

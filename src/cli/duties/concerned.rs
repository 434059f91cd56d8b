//! What a notice is made from where it concerns only some of the people: what is on record of them, in
//! the place of what is on record of all.

use std::collections::BTreeMap;

use super::language::Languages;
use crate::fact::{Value, names};
use crate::incident::Incident;
use crate::incident::event::Group;
use crate::notice::{BELIEVED, Language, Reader, concerned, of_these, offers, told_of};
use crate::regime::{Matter, Regime};

/// A notice, as far as it depends on whom it concerns.
pub(super) struct Concerned<'c> {
    pub(super) languages: &'c Languages,
    pub(super) language: &'c Language,
    /// Whom a letter goes to.
    pub(super) groups: &'c [&'c Group],
    /// What readers call groups.
    pub(super) titles: &'c BTreeMap<String, String>,
    pub(super) regime: Option<&'c Regime>,
}

/// Of whom it is told.
pub(super) struct Told {
    pub(super) groups: Vec<Group>,
    /// What everybody is offered, where groups are offered something besides.
    pub(super) offer_to_all: Option<String>,
}

impl Concerned<'_> {
    /// Puts what is on record of those whom it concerns in the place of what is on record of all.
    pub(super) fn suppose(
        &self,
        matter: &mut Matter<'_>,
        incident: &Incident,
        reader: Reader,
        untranslated: &mut Vec<&'static str>,
    ) -> Told {
        // Who is in a group counts for what is owed to them; how many there are is told of all.
        for name in [names::PERSONS_AFFECTED, names::PEOPLE_AFFECTED] {
            let all = incident.fact_value(name).cloned();
            matter.suppose(name, all.unwrap_or(Value::Unknown));
        }
        let language = self.language;
        let all = self.languages.told(&incident.groups, language);
        if !self.groups.is_empty() {
            // What was determined of all changes nothing on record of a group alone.
            if self.groups.iter().any(|group| group.own(names::DATA_ACCESS).is_some()) {
                for name in BELIEVED {
                    matter.suppose(name, Value::Unknown);
                }
            }
            return Told { groups: all, offer_to_all: None };
        }
        let groups = concerned(&all, (reader, language), self.regime);
        let known = |name: &str| matter.value(name);
        for (name, value) in of_these(&groups, &all, (reader, self.regime), &known) {
            matter.suppose(name, value);
        }
        let offered = told_of(&groups, (reader, self.regime), &|name| matter.value(name));
        let offer_to_all = self.offers(matter, (incident, &offered), reader, untranslated);
        Told { groups, offer_to_all }
    }

    /// Adds to what everybody is offered what groups are offered besides; gives the first.
    fn offers(
        &self,
        matter: &mut Matter<'_>,
        (incident, told): (&Incident, &[Group]),
        reader: Reader,
        untranslated: &mut Vec<&'static str>,
    ) -> Option<String> {
        let is_offered = |told: &Group| {
            let own = incident.groups.iter().find(|own| own.name == told.name);
            own.is_some_and(|own| own.offer.is_some())
        };
        if !told.iter().any(is_offered) {
            return None;
        }
        let to_all = match matter.value(names::PROTECTIVE_OFFER) {
            Some(Value::Text(offer)) => Some(offer.clone()),
            _ => None,
        };
        let is_untold = told.iter().any(|told| told.offer.is_none() && is_offered(told));
        if is_untold && !untranslated.contains(&names::PROTECTIVE_OFFER) {
            untranslated.push(names::PROTECTIVE_OFFER);
        }
        if untranslated.contains(&names::PROTECTIVE_OFFER) {
            matter.suppose(names::PROTECTIVE_OFFER, Value::Unknown);
        } else if reader != Reader::Support
            // The sheet for agents has it with each group.
            && let Some(offers) = offers(to_all.as_deref(), told, self.titles)
        {
            matter.suppose(names::PROTECTIVE_OFFER, offers);
        }
        to_all
    }
}

//! How many people a duty has to tell, as far as is recorded, and how many were told.

use super::{Duty, Regime};
use crate::fact::{Value, names};
use crate::incident::Notice;

impl Regime {
    /// Bounds of the number of people that a duty has to tell; nothing, if it tells no people or no
    /// number of them is recorded. Of a law of several places, all people count.
    pub fn people<'v>(
        &self,
        duty: &Duty,
        known: &dyn Fn(&str) -> Option<&'v Value>,
    ) -> Option<(u64, Option<u64>)> {
        if !duty.to.iter().any(|to| to == "people") {
            return None;
        }
        let all = match known(names::PERSONS_AFFECTED) {
            Some(Value::Count(count)) => Some(count.bounds()),
            _ => None,
        };
        let Some(Value::People(people)) = known(names::PEOPLE_AFFECTED) else { return all };
        let places = self.concerns.as_ref().map(|concerns| concerns.jurisdictions());
        let (least, most) = match places.as_deref() {
            Some([place]) => people.of(place),
            _ => people.total(),
        };
        Some((least, most.or(all.and_then(|(_, most)| most))))
    }
}

impl Duty {
    /// How many people were told, of how many more that are on record.
    pub(super) fn reached<'v>(
        &self,
        regime: &Regime,
        filings: &[Notice],
        known: &dyn Fn(&str) -> Option<&'v Value>,
    ) -> Option<(u64, u64)> {
        let told = told(filings)?;
        let (least, most) = regime.people(self, known)?;
        let all = most.unwrap_or(least).max(least);
        (told < all).then_some((told, all))
    }
}

/// How many people notices went to; nothing, if nobody counted.
pub fn told(notices: &[Notice]) -> Option<u64> {
    let counted = notices.iter().filter_map(|notice| notice.counts.sent);
    counted.reduce(u64::saturating_add)
}

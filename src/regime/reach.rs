//! How many people on record a duty requires to be told, and how many were told.

use super::{Duty, Regime};
use crate::fact::{Value, names};
use crate::incident::Notice;

impl Regime {
    /// Bounds on the number of people that a duty requires to be told; none if its recipients are not
    /// people or no number is recorded. For a law that covers several places, all people count.
    pub fn people<'v>(
        &self,
        duty: &Duty,
        known: &dyn Fn(&str) -> Option<&'v Value>,
    ) -> Option<(u64, Option<u64>)> {
        if !duty.tells_people() {
            return None;
        }
        let all = match known(names::PERSONS_AFFECTED) {
            Some(Value::Count(count)) => Some(count.bounds()),
            _ => None,
        };
        let Some(Value::People(people)) = known(names::PEOPLE_AFFECTED) else { return all };
        let (least, most) =
            self.only_place().map_or_else(|| people.total(), |place| people.of(place));
        Some((least, most.or(all.and_then(|(_, most)| most))))
    }
}

impl Duty {
    /// How many people were told and how many are on record; none unless fewer were told.
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

/// How many people notices went to; none if nobody counted.
pub fn told(notices: &[Notice]) -> Option<u64> {
    // More of it, or a correction, goes to people who were told before.
    let first = notices.iter().filter(|notice| notice.is_first());
    let counted = first.filter_map(|notice| notice.counts.sent);
    counted.reduce(u64::saturating_add)
}

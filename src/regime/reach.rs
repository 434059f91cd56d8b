//! How many people on record a duty requires to be told, and how many were told.

use super::{Duty, Regime};
use crate::fact::{Value, names};
use crate::incident::{Incident, Notice};

/// How many people are still to be told, where notices went to some of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// How many: counted anew, if the record counted them from the people on record.
    pub people: u64,
    /// How many were told.
    pub told: Option<u64>,
    /// How many notices there are.
    pub(super) notices: usize,
    /// The people on record when the notice was recorded and now, where they differ.
    changed: Option<(u64, u64)>,
    /// Whether the number was counted from the people on record.
    counted: bool,
}

impl Left {
    /// In words: `sent in part, 17210 still to be told of the 61300 people now on record`.
    pub fn shown(&self) -> String {
        let told = self.told.map(|told| format!("{told} told, ")).unwrap_or_default();
        let people = self.people;
        let left = match self.changed {
            Some((_, now)) if self.counted => format!(" of the {now} people now on record"),
            Some((then, now)) => {
                format!(", a number given when {then} people were on record; now there are {now}")
            }
            None => String::new(),
        };
        format!("sent in part: {told}{people} still to be told{left}")
    }
}

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
    /// How many people are still to be told, if notices say that some are. A number that was counted from
    /// the people on record follows their correction; one that somebody gave stands, with a word on it.
    pub fn left(
        &self,
        regime: &Regime,
        incident: &Incident,
        now: &dyn Fn(&str) -> Option<Value>,
    ) -> Option<Left> {
        let filings = self.filed(&incident.notices);
        let people = Notice::left(filings).filter(|left| *left > 0)?;
        let counts = |notice: &Notice| notice.is_first() && notice.counts.remaining.is_some();
        let place = filings.iter().rposition(counts)?;
        let last = &filings[place];
        let then = |name: &str| incident.value_at(name, last.recorded_at);
        let before = regime.people(self, &then).map(all);
        let values =
            [names::PERSONS_AFFECTED, names::PEOPLE_AFFECTED].map(|name| (name, now(name)));
        let now = |name: &str| values.iter().find(|one| one.0 == name)?.1.as_ref();
        let after = regime.people(self, &now).map(all);
        let sum = told(&filings[..=place]);
        let counted = last.counts.sent.and(sum.zip(before));
        let counted = counted.is_some_and(|(told, all)| {
            all.saturating_sub(told) == last.counts.remaining.unwrap_or_default()
        });
        let changed = before.zip(after).filter(|(then, now)| then != now);
        let told = told(filings);
        let anew = changed.filter(|_| counted).zip(told);
        let people = anew.map_or(people, |((_, now), told)| now.saturating_sub(told));
        Some(Left { people, told, notices: filings.len(), changed, counted })
    }

    /// How many people were told and how many are on record; none unless fewer were told.
    pub(super) fn reached<'v>(
        &self,
        regime: &Regime,
        filings: &[Notice],
        known: &dyn Fn(&str) -> Option<&'v Value>,
    ) -> Option<(u64, u64)> {
        let told = told(filings)?;
        let all = all(regime.people(self, known)?);
        (told < all).then_some((told, all))
    }
}

/// The most that there can be for sure.
fn all((least, most): (u64, Option<u64>)) -> u64 {
    most.unwrap_or(least).max(least)
}

/// How many people notices went to; none if nobody counted.
pub fn told(notices: &[Notice]) -> Option<u64> {
    // More of it, or a correction, goes to people who were told before.
    let first = notices.iter().filter(|notice| notice.is_first());
    let counted = first.filter_map(|notice| notice.counts.sent);
    counted.reduce(u64::saturating_add)
}

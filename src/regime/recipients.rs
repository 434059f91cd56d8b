//! To whom a duty goes where there are several, each of whom is told on their own.

use std::collections::BTreeMap;

use super::{Duty, Law, Matter, OWED, Regime};
use crate::fact::{Value, is_within, names, place_name};

/// One of several who have to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// As it is typed: `FR`, `law-enforcement`.
    pub name: String,
    /// As the record calls it: `authority in France`.
    pub called: String,
}

impl Duty {
    /// Those to whom it goes, each told on their own; none where there is only one.
    pub fn recipients<'v>(
        &self,
        regime: &Regime,
        known: &dyn Fn(&str) -> Option<&'v Value>,
    ) -> Vec<Recipient> {
        let of = |name: &str, called: String| Recipient { name: name.to_owned(), called };
        let in_places =
            self.each_place.as_ref().is_some_and(|each| each.holds(known) == Some(true));
        let all: Vec<Recipient> = match known(names::PEOPLE_AFFECTED) {
            Some(Value::People(people)) if in_places => {
                let is_of = |place: &str| regime.places().iter().any(|of| is_within(place, of));
                let places = people.by.iter().filter(|(_, count)| count.n > 0);
                let places = places.map(|(place, _)| place.as_str()).filter(|place| is_of(place));
                let called = |place| format!("authority in {}", place_name(place).unwrap_or(place));
                places.map(|place| of(place, called(place))).collect()
            }
            _ => self.to.iter().map(|kind| of(kind, kind.replace('-', " "))).collect(),
        };
        if all.len() > 1 { all } else { Vec::new() }
    }
}

impl Matter<'_> {
    /// The duties that apply and go to several, with those to whom each goes.
    pub fn several(&self, law: &Law) -> BTreeMap<String, Vec<Recipient>> {
        let Some(Value::List(owed)) = self.value(OWED) else { return BTreeMap::new() };
        let of = |id: &String| {
            let (regime, duty) = law.whole(id)?;
            let all = duty.recipients(regime, &|name| self.value(name));
            (!all.is_empty()).then(|| (id.clone(), all))
        };
        owed.iter().filter_map(of).collect()
    }
}

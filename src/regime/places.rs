//! Places of which no law is held: what is owed there is not known, and must not look like nothing.
//! Of most, the law is at least known in outline.
//!
//! What is held is read off the regimes themselves, so that a regime that a user adds makes its
//! place held. A country's law covers its regions; the law of a region does not cover its country.

use crate::fact::names;
use crate::fact::{Basis, Count, People, Value, place_name};
use crate::wording;

use super::{Law, Outline, Regime, builtin};

/// The fact of type `people`.
const PEOPLE: &str = names::PEOPLE_AFFECTED;

/// The fact of type `place`.
const HOME: &str = names::HOME_COUNTRY;

/// The facts that name places.
pub const PLACES: [&str; 2] = [PEOPLE, HOME];

/// A place that counts in an incident, and of which no law is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Its code: `PE`.
    pub place: String,
    /// Its name, if one is known.
    pub name: Option<&'static str>,
    /// Least and most people there; none if only the main establishment is.
    pub people: Option<(u64, Option<u64>)>,
    /// Whether the main establishment is there.
    pub home: bool,
    /// A region of it whose law is held: the region of the people must be named. None: no law of it
    /// is held at all.
    pub region: Option<String>,
    /// What is known of its law; none if that is not held at all.
    pub outline: Option<&'static Outline>,
}

impl Law {
    /// The places of an incident of which no law is held, in the order of their codes.
    pub fn gaps<'v>(&self, known: &dyn Fn(&str) -> Option<&'v Value>) -> Vec<Gap> {
        let mut held: Vec<&str> = self.regimes.iter().flat_map(|regime| regime.places()).collect();
        held.sort_unstable();
        held.dedup();
        let none = People::default();
        let people = match known(PEOPLE) {
            Some(Value::People(people)) => people,
            _ => &none,
        };
        let home = match known(HOME) {
            Some(Value::Text(home)) => Some(home.as_str()),
            _ => None,
        };
        let mut places: Vec<&str> = people.by.keys().map(String::as_str).chain(home).collect();
        places.sort_unstable();
        places.dedup();
        let mut gaps: Vec<Gap> = Vec::new();
        let mut unheld: Vec<&str> = Vec::new();
        for place in places {
            let (covered, region) = standing(place, &held);
            // People of a region are counted with those of their country.
            let told = place.split_once('-').is_some_and(|(country, _)| unheld.contains(&country));
            if covered || told {
                continue;
            }
            unheld.extend(region.is_none().then_some(place));
            let count = people.by.contains_key(place).then(|| rest(people, place, region));
            let count = count.filter(|(_, most)| *most != Some(0));
            // Laws that hang on the region hang on where people live.
            let home = home == Some(place) && region.is_none();
            if count.is_some() || home {
                gaps.push(Gap {
                    place: place.to_owned(),
                    name: place_name(place),
                    people: count,
                    home,
                    region: region.map(str::to_owned),
                    outline: region.is_none().then(|| builtin::outline(place)).flatten(),
                });
            }
        }
        gaps
    }
}

impl Regime {
    /// The place whose people it counts, if its law covers only one.
    pub fn only_place(&self) -> Option<&str> {
        match self.concerns.as_ref()?.jurisdictions().as_slice() {
            [place] => Some(place),
            _ => None,
        }
    }

    /// The places that can make it concern an incident.
    pub fn places(&self) -> Vec<&str> {
        match &self.concerns {
            Some(concerns) => concerns.places(HOME),
            // It concerns everybody, so the tests of its duties say where.
            None => self
                .duties
                .iter()
                .filter_map(|duty| duty.when.as_ref())
                .flat_map(|when| when.places(HOME))
                .collect(),
        }
    }
}

/// Whether one of the held places covers this one; if not, the first that is in it.
fn standing<'h>(place: &str, held: &[&'h str]) -> (bool, Option<&'h str>) {
    let one = Count { n: 1, basis: Basis::Exact };
    let somebody = People { by: [(place.to_owned(), one)].into() };
    let counts = |held: &&&str| somebody.of(held).0 > 0;
    let may_count = |held: &&&str| somebody.of(held).1 != Some(0);
    let covered = held.contains(&place) || held.iter().any(|held| counts(&held));
    (covered, held.iter().find(may_count).copied())
}

/// People of a place, without those whose region is named where the law hangs on it.
fn rest(people: &People, place: &str, region: Option<&str>) -> (u64, Option<u64>) {
    let (least, most) = people.of(place);
    if region.is_none() {
        return (least, most);
    }
    let mut others = people.clone();
    others.by.remove(place);
    let (named, at_most) = others.of(place);
    let least = at_most.map_or(0, |named| least.saturating_sub(named));
    (least, most.map(|most| most.saturating_sub(named)))
}

impl Gap {
    /// `Peru (PE) 500`, `Chile (CL), the main establishment`.
    pub fn show(&self) -> String {
        let code = &self.place;
        let name = self.name.map_or_else(|| code.clone(), |name| format!("{name} ({code})"));
        let number = match self.people {
            Some((0, None)) => " an unknown number".to_owned(),
            Some((least, None)) => format!(" at least {least}"),
            Some((least, Some(most))) if least == most => format!(" {most}"),
            Some((0, Some(most))) => format!(" at most {most}"),
            Some((least, Some(most))) => format!(" {least} to {most}"),
            None => String::new(),
        };
        let home = if self.home { ", the main establishment" } else { "" };
        format!("{name}{number}{home}")
    }

    /// Its law in outline, if one is known.
    pub fn law(&self) -> Option<String> {
        self.outline.map(Outline::show).filter(|law| !law.is_empty())
    }

    /// How much of its law is held, in a word or three.
    pub fn held(&self) -> &'static str {
        match self.outline {
            _ if self.region.is_some() => "region not named",
            Some(outline) if outline.law.is_some() => "in outline",
            Some(_) => "no law known",
            None => "no law held",
        }
    }

    /// What it means, in a sentence or two.
    pub fn line(&self) -> String {
        lines(std::slice::from_ref(self), 1).concat()
    }
}

/// What places without law mean, in sentences: one for each of which the law is known in outline, a
/// line for those of which no law is known, one for those of which none is held, and one for those
/// whose law hangs on the region. Of each kind, only the first `most` are named.
pub fn lines(gaps: &[Gap], most: usize) -> Vec<String> {
    let (unnamed, unheld): (Vec<&Gap>, Vec<&Gap>) =
        gaps.iter().partition(|gap| gap.region.is_some());
    let (outlined, unheld): (Vec<&Gap>, Vec<&Gap>) =
        unheld.into_iter().partition(|gap| gap.law().is_some());
    let (unknown, unheld): (Vec<&Gap>, Vec<&Gap>) =
        unheld.into_iter().partition(|gap| gap.outline.is_some());
    let shown = |gaps: &[&Gap]| {
        let shown: Vec<String> = gaps.iter().map(|gap| gap.show()).collect();
        wording::some(&shown, most)
    };
    let mut lines = Vec::new();
    if !unheld.is_empty() {
        lines.push(format!("No law is held here for: {}. Ask counsel there.", shown(&unheld)));
    }
    if !unknown.is_empty() {
        let shown = shown(&unknown);
        lines.push(format!(
            "No law is known to us, which is no proof of none: {shown}. Ask counsel there."
        ));
    }
    lines.extend(outlined.iter().take(most).map(|gap| {
        let law = gap.law().unwrap_or_default();
        format!(
            "Law held only in outline, as it is today, and no deadline counted: {}. {law}. Ask \
             counsel there.",
            gap.show()
        )
    }));
    if let Some(rest) = outlined.get(most..).filter(|rest| !rest.is_empty()) {
        lines.push(format!("Law held only in outline, too: {}.", shown(rest)));
    }
    if !unnamed.is_empty() {
        let mut regions: Vec<String> = unnamed
            .iter()
            .filter_map(|gap| gap.region.as_ref())
            .map(|r| format!("`{r}`"))
            .collect();
        regions.dedup();
        lines.push(format!(
            "The law depends on the state or region, and none is recorded for: {}. Record people \
             by region, such as {}.",
            shown(&unnamed),
            wording::some(&regions, 3),
        ));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{FactType, Vocabulary};

    #[test]
    fn every_fact_that_names_places_is_looked_at() {
        let vocabulary = Vocabulary::builtin();
        let of = |kind: FactType| -> Vec<&str> {
            let facts = vocabulary.names().filter_map(|name| vocabulary.get(name));
            facts.filter(|fact| fact.kind == kind).map(|fact| fact.name.as_str()).collect()
        };
        assert_eq!((of(FactType::People), of(FactType::Place)), (vec![PEOPLE], vec![HOME]));
    }
}

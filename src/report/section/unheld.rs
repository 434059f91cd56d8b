//! Places of which no law is held, for those inside.

use schemars::JsonSchema;
use serde::Serialize;

use crate::regime::{Gap, PLACES};
use crate::report::material::Build;

/// A place whose law is not known here.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Unheld {
    /// Its code: `PE`.
    pub place: String,
    /// Its name, if one is known.
    pub name: Option<String>,
    /// The least number of people there; none if only the main establishment is there.
    pub least: Option<u64>,
    /// The greatest number of people there; none if not known.
    pub most: Option<u64>,
    /// Whether the main establishment is there.
    pub home: bool,
    /// A region of it whose law is held, where the law hangs on the region and none is named.
    pub such_as: Option<String>,
    /// Its law in outline, if one is known: its name, its authority and its words on the time.
    pub outline: Option<String>,
    /// The place with its number: `Peru (PE) 500`.
    pub shown: String,
}

impl Unheld {
    pub(in crate::report) fn new(gap: &Gap) -> Self {
        Self {
            place: gap.place.clone(),
            name: gap.name.map(str::to_owned),
            least: gap.people.map(|(least, _)| least),
            most: gap.people.and_then(|(_, most)| most),
            home: gap.home,
            such_as: gap.region.clone(),
            outline: gap.law(),
            shown: gap.show(),
        }
    }
}

impl Build<'_> {
    /// What the library does not hold is a matter of those inside.
    pub(in crate::report) fn gaps(&self) -> &[Gap] {
        let inside = self.gate.audience().names_people();
        let withheld = PLACES.iter().any(|name| self.is_withheld(name));
        if inside && !withheld { self.material.gaps } else { &[] }
    }
}
